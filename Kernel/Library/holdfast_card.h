/* The card as a library: a UICC that lives in the software of a device or of a modem's host.
 *
 * The library has no thread, no clock and no file of its own. It is called with command APDUs, answers with response APDUs, and hands
 * what must survive a loss of power to the caller, who makes it durable before the call returns. Time is what the terminal tells the
 * card, by the toolkit's timers and by STATUS (ETSI TS 102 221, clause 11.1.2).
 *
 * One card is used by one thread at a time. Different cards are independent of each other.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOLDFAST_CARD_H
#define HOLDFAST_CARD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct holdfast_card holdfast_card;

/* How the caller is to store the bytes. */
enum {
    /* The whole card: in place of everything before, at once or not at all (write another file, sync it, rename it). */
    HOLDFAST_CARD_REPLACE = 0,
    /* One more record: after what is there. One that a power cut left incomplete is recognised and dropped. */
    HOLDFAST_CARD_APPEND = 1
};

/* Makes bytes durable. They are the card's secrets in the clear: encrypt them. Returns 0 when they will survive a loss of power, anything
 * else when not: then the card answers 6581 and keeps what it had. It must not call the library. */
typedef int32_t (*holdfast_card_persist)(void *context, int32_t how, const uint8_t *bytes, size_t count);

/* The longest answer: 256 bytes and the status word. */
#define HOLDFAST_CARD_LONGEST_RESPONSE 258
/* The longest answer to reset. */
#define HOLDFAST_CARD_LONGEST_ATR 33

/* A card of what was last stored: the image, with the records after it. NULL when it is no card's image; nothing has been written then.
 * `persist` may be NULL: the card then forgets at the end what it was taught. */
holdfast_card *holdfast_card_create(const uint8_t *image, size_t count, holdfast_card_persist persist, void *context);

/* Power on or reset. Writes the answer to reset and returns its length; 0 when `room` is too small for it, and then
 * nothing has happened. */
size_t holdfast_card_reset(holdfast_card *card, uint8_t *atr, size_t room);

/* A command APDU. Writes the response APDU and returns its length, at least 2; 0 when `room` is below HOLDFAST_CARD_LONGEST_RESPONSE or
 * `count` above 65,544, and then the card has not seen the command. */
size_t holdfast_card_transmit(holdfast_card *card, const uint8_t *command, size_t count, uint8_t *response, size_t room);

/* The terminal's poll, for hosts that send no STATUS of their own. Returns the length of the proactive command that waits to be fetched
 * (FETCH, ETSI TS 102 221, clause 11.2.3), 0 when none does. Call it as often as POLL INTERVAL asks, every 30 s without it. */
size_t holdfast_card_tick(holdfast_card *card);

/* The profile that is enabled: 0 the primary, 1 the backup. It becomes visible at the next reset. */
int32_t holdfast_card_enabled(const holdfast_card *card);

/* Ends the card. NULL is allowed. */
void holdfast_card_destroy(holdfast_card *card);

#ifdef __cplusplus
}
#endif
#endif
