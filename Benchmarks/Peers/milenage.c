// libosmocore's MILENAGE behind two functions, so that it can be measured in turn with ours in one process.
// Scripts/bench builds it where pkg-config finds libosmogsm.
#include <osmocom/crypt/auth.h>
#include <stdint.h>
#include <string.h>

// Exported by the library, declared in none of its installed headers.
int milenage_f1(const uint8_t *opc, const uint8_t *k, const uint8_t *rand, const uint8_t *sqn, const uint8_t *amf, uint8_t *mac_a, uint8_t *mac_s);
int milenage_f2345(const uint8_t *opc, const uint8_t *k, const uint8_t *rand, uint8_t *res, uint8_t *ck, uint8_t *ik, uint8_t *ak, uint8_t *akstar);

static uint8_t rand_of(uint64_t index, uint8_t rand[16]) {
    memset(rand, 0, 16);
    for (int byte = 0; byte < 8; byte++) rand[15 - byte] = (uint8_t)(index >> (8 * byte));
    return rand[15];
}

// f1 and f2 to f5 for `count` challenges; gives the exclusive or of all MACs, responses and keys, to compare.
uint64_t peer_milenage(const uint8_t *k, const uint8_t *opc, uint64_t count) {
    uint64_t sum = 0;
    const uint8_t amf[2] = {0x80, 0};
    for (uint64_t index = 0; index < count; index++) {
        uint8_t rand[16], sqn[6] = {0}, mac_a[8], mac_s[8], res[8], ck[16], ik[16], ak[6];
        rand_of(index, rand);
        if (milenage_f1(opc, k, rand, sqn, amf, mac_a, mac_s) != 0) return 0;
        if (milenage_f2345(opc, k, rand, res, ck, ik, ak, NULL) != 0) return 0;
        uint64_t parts[6];
        memcpy(&parts[0], mac_a, 8);
        memcpy(&parts[1], res, 8);
        memcpy(&parts[2], ck, 16);
        memcpy(&parts[4], ik, 16);
        for (int part = 0; part < 6; part++) sum ^= __builtin_bswap64(parts[part]);
    }
    return sum;
}

// Whole vectors as an authentication centre makes them: UMTS, and the GSM triplet that this library always adds.
int peer_vectors(const uint8_t *k, const uint8_t *opc, uint64_t count) {
    struct osmo_sub_auth_data subscriber = {.type = OSMO_AUTH_TYPE_UMTS, .algo = OSMO_AUTH_ALG_MILENAGE};
    memcpy(subscriber.u.umts.k, k, 16);
    memcpy(subscriber.u.umts.opc, opc, 16);
    subscriber.u.umts.ind_bitlen = 5;
    for (uint64_t index = 0; index < count; index++) {
        struct osmo_auth_vector vector;
        uint8_t rand[16];
        rand_of(index, rand);
        if (osmo_auth_gen_vec(&vector, &subscriber, rand) < 0) return -1;
    }
    return 0;
}
