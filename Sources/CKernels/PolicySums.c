#include "PolicyBlocks.h"

ESPALIER_CLONES
void espalier_choose(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    uint8_t *choice) {
    int32_t pick[BLOCK];
    for (size_t done = 0; done < count; done += BLOCK) {
        const size_t block = count - done < BLOCK ? count - done : BLOCK;
        choose_block(table, slopes, offsets, start + done, block, pick);
        for (size_t u = 0; u < block; u++) choice[done + u] = (uint8_t)pick[u];
    }
}

ESPALIER_CLONES
void espalier_policy_sums(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, int32_t baseline, size_t start,
    size_t count, double *sums) {
    int32_t pick[BLOCK];
    for (size_t done = 0; done < count; done += BLOCK) {
        const size_t block = count - done < BLOCK ? count - done : BLOCK;
        choose_block(table, slopes, offsets, start + done, block, pick);
        add_block(table, pick, baseline, start + done, block, sums);
    }
}

ESPALIER_CLONES
void espalier_assignment_sums(
    const EspalierPolicyTable *table, const uint8_t *choice, int32_t baseline, size_t start, size_t count,
    double *sums) {
    int32_t pick[BLOCK];
    for (size_t done = 0; done < count; done += BLOCK) {
        const size_t block = count - done < BLOCK ? count - done : BLOCK;
        for (size_t u = 0; u < block; u++) pick[u] = choice[done + u];
        add_block(table, pick, baseline, start + done, block, sums);
    }
}
