/* Boots a card as a terminal would: reads a plain image from a file, resets the card, reads its number, says what the terminal can do, and
 * fetches the card's first wish. What the card wants stored goes to a second file.
 *
 *   cc example.c -lholdfast_card -o example && ./example card.image card.stored */
#include "holdfast_card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t store(void *context, int32_t how, const uint8_t *bytes, size_t count) {
    FILE *file = fopen(context, how == HOLDFAST_CARD_REPLACE ? "wb" : "ab");
    if (!file) return 1;
    size_t written = fwrite(bytes, 1, count, file);
    /* A real host also syncs, encrypts, and replaces by renaming. */
    return fclose(file) == 0 && written == count ? 0 : 1;
}

static uint8_t response[HOLDFAST_CARD_LONGEST_RESPONSE];

static size_t send(holdfast_card *card, const char *what, const uint8_t *command, size_t count) {
    size_t length = holdfast_card_transmit(card, command, count, response, sizeof response);
    printf("%s:", what);
    for (size_t index = 0; index < length; index++) printf(" %02X", response[index]);
    printf("\n");
    return length;
}

int main(int argc, char **argv) {
    if (argc != 3) return fprintf(stderr, "usage: %s IMAGE STORED\n", argv[0]), 64;
    FILE *file = fopen(argv[1], "rb");
    if (!file) return perror(argv[1]), 1;
    static uint8_t image[1 << 20];
    size_t count = fread(image, 1, sizeof image, file);
    fclose(file);

    holdfast_card *card = holdfast_card_create(image, count, store, argv[2]);
    if (!card) return fprintf(stderr, "%s is no card's image.\n", argv[1]), 1;
    uint8_t atr[HOLDFAST_CARD_LONGEST_ATR];
    size_t length = holdfast_card_reset(card, atr, sizeof atr);
    printf("ATR: %zu bytes, the first %02X\n", length, atr[0]);

    const uint8_t select[] = {0x00, 0xA4, 0x08, 0x0C, 0x02, 0x2F, 0xE2};
    const uint8_t read[] = {0x00, 0xB0, 0x00, 0x00, 0x0A};
    send(card, "SELECT EF.ICCID", select, sizeof select);
    size_t answered = send(card, "READ BINARY", read, sizeof read);
    int well = answered == 12 && response[10] == 0x90;

    /* Everything that this terminal can do: all of it, which makes the card speak. */
    uint8_t profile[5 + 36] = {0x80, 0x10, 0x00, 0x00, 36};
    memset(profile + 5, 0xFF, 36);
    answered = send(card, "TERMINAL PROFILE", profile, sizeof profile);
    well = well && answered == 2 && response[0] == 0x91;
    size_t waiting = holdfast_card_tick(card);
    const uint8_t fetch[] = {0x80, 0x12, 0x00, 0x00, (uint8_t)waiting};
    answered = send(card, "FETCH", fetch, sizeof fetch);
    well = well && answered == waiting + 2 && response[0] == 0xD0;
    printf("enabled: %s\n", holdfast_card_enabled(card) == 0 ? "primary" : "backup");
    holdfast_card_destroy(card);
    return well ? 0 : 1;
}
