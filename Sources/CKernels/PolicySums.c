#include "PolicyBlocks.h"

ESPALIER_INLINE void choose_into(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    uint8_t *choice) {
    int32_t pick[BLOCK];
    choose_block(table, slopes, offsets, start, count, pick, table->arms, table->outcomes);
    for (size_t u = 0; u < count; u++) choice[u] = (uint8_t)pick[u];
}

ESPALIER_INLINE void add_policy(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, int32_t baseline, size_t start,
    size_t count, block_sums *sums, const int32_t arms, const int32_t outcomes) {
    int32_t pick[BLOCK];
    choose_block(table, slopes, offsets, start, count, pick, arms, outcomes);
    add_block(table, (Given){.pick = pick}, baseline, start, count, sums, arms, outcomes);
}

/// Adds a policy's sums over a tile.
ESPALIER_INLINE void add_tile(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, int32_t baseline, size_t start,
    size_t count, block_sums *sums, const int32_t arms, const int32_t outcomes) {
    size_t done = 0;
    for (; count - done >= BLOCK; done += BLOCK) {
        add_policy(table, slopes, offsets, baseline, start + done, BLOCK, sums, arms, outcomes);
    }
    if (done < count) add_policy(table, slopes, offsets, baseline, start + done, count - done, sums, arms, outcomes);
}

ESPALIER_INLINE void add_shares(
    const EspalierPolicyTable *table, const uint32_t *rows, const float *distributions, float limit, int32_t baseline,
    size_t start, size_t count, block_sums *sums) {
    float shares[ESPALIER_MAXIMUM_ARMS * BLOCK], own[BLOCK];
    const size_t arms = (size_t)table->arms;
    memset(shares, 0, arms * BLOCK * sizeof *shares);
    memset(own, 0, sizeof own);
    for (size_t u = 0; u < count; u++) {
        const float *distribution = distributions + rows[u] * arms;
        for (size_t arm = 0; arm < arms; arm++) shares[arm * BLOCK + u] = distribution[arm];
        own[u] = distribution[table->assignment[start + u]];
    }
    add_block(table, (Given){.shares = shares, .own = own, .limit = limit}, baseline, start, count, sums,
        table->arms, table->outcomes);
}

ESPALIER_CLONES
void espalier_choose(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    uint8_t *choice) {
    size_t done = 0;
    for (; count - done >= BLOCK; done += BLOCK) {
        choose_into(table, slopes, offsets, start + done, BLOCK, choice + done);
    }
    choose_into(table, slopes, offsets, start + done, count - done, choice + done);
}

/// Units whose columns stay in the second-level cache while one policy after the other takes its turn.
enum { TILE = 16 * BLOCK };

ESPALIER_CLONES
void espalier_policy_sums(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t policies, int32_t baseline,
    size_t start, size_t count, double *sums) {
    const size_t width = sum_count(table), outcome_count = (size_t)table->outcomes, arm_count = (size_t)table->arms;
    block_sums *grown = room(policies * sizeof *grown);
    for (size_t p = 0; p < policies; p++) clear_sums(table, grown + p);
    for (size_t done = 0; done < count; done += TILE) {
        const size_t tile = count - done < TILE ? count - done : TILE;
        for (size_t p = 0; p < policies; p++) {
            const double *own_slopes = slopes + p * outcome_count, *own_offsets = offsets + p * arm_count;
#define ADD(arms, outcomes) \
    add_tile(table, own_slopes, own_offsets, baseline, start + done, tile, grown + p, arms, outcomes)
            FOR_SHAPE(table, ADD)
#undef ADD
        }
    }
    for (size_t p = 0; p < policies; p++) add_totals(table, grown + p, sums + p * width);
    free(grown);
}

ESPALIER_CLONES
void espalier_probability_sums(
    const EspalierPolicyTable *table, const uint32_t *rows, const float *distributions, float limit, int32_t baseline,
    size_t start, size_t count, double *sums) {
    block_sums grown;
    clear_sums(table, &grown);
    size_t done = 0;
    for (; count - done >= BLOCK; done += BLOCK) {
        add_shares(table, rows + done, distributions, limit, baseline, start + done, BLOCK, &grown);
    }
    add_shares(table, rows + done, distributions, limit, baseline, start + done, count - done, &grown);
    add_totals(table, &grown, sums);
}
