#ifndef ESPALIER_POLICY_BLOCKS_H
#define ESPALIER_POLICY_BLOCKS_H

#include "Clones.h"
#include "PolicySums.h"

// Units are taken in blocks whose intermediate columns stay in the first-level cache. Sums run in Float32 lanes within a
// block (16 units a lane at most) and in Double across blocks.
// Loops over blocks pass BLOCK as a constant for every block but the last, so that the compiler unrolls what is in them.
enum { BLOCK = 64 };

ESPALIER_INLINE const float *column(const EspalierPolicyTable *table, int32_t index, size_t start) {
    return table->columns + (size_t)index * table->stride + start;
}

ESPALIER_INLINE void fetch_columns(const EspalierPolicyTable *table, int32_t first, int32_t count, size_t start) {
    for (int32_t c = 0; c < count; c++) {
        const float *own = column(table, first + c, start);
        for (size_t u = 0; u < BLOCK; u += 16) __builtin_prefetch(own + u, 0, 2);
    }
}

/// Asks for the block at `start`, which has to be whole, while the one before it is summed: so many columns read side by side
/// are more streams than the machine follows by itself.
ESPALIER_INLINE void fetch_block(const EspalierPolicyTable *table, size_t start) {
    const int32_t pairs = (table->arms - 1) * table->outcomes;
    fetch_columns(table, table->effects, pairs, start);
    if (table->contrasts != table->effects) fetch_columns(table, table->contrasts, pairs, start);
    fetch_columns(table, table->residuals, table->outcomes, start);
    fetch_columns(table, table->control, table->outcomes, start);
    fetch_columns(table, table->observed, table->outcomes, start);
    fetch_columns(table, table->inverse, 1, start);
    for (size_t u = 0; u < BLOCK; u += 64) __builtin_prefetch(table->assignment + start + u, 0, 2);
}

/// offset + slope_0 tau_0 + slope_1 tau_1 ..., added in this order and never fused, for one arm.
/// `outcomes` is a constant where it is small, so that the inner loop unrolls.
ESPALIER_INLINE void arm_utilities(
    const float *tau, size_t stride, const double *slopes, double offset, const int32_t outcomes, size_t count,
    double *utility) {
#pragma clang fp contract(off)
    for (size_t u = 0; u < count; u++) {
        double sum = offset;
        for (int32_t j = 0; j < outcomes; j++) sum = sum + slopes[j] * (double)tau[(size_t)j * stride + u];
        utility[u] = sum;
    }
}

ESPALIER_INLINE void many_outcome_utilities(
    const float *tau, size_t stride, const double *slopes, double offset, int32_t outcomes, size_t count,
    double *utility) {
#pragma clang fp contract(off)
    for (size_t u = 0; u < count; u++) utility[u] = offset;
    for (int32_t j = 0; j < outcomes; j++) {
        const double slope = slopes[j];
        const float *own = tau + (size_t)j * stride;
        for (size_t u = 0; u < count; u++) utility[u] = utility[u] + slope * (double)own[u];
    }
}

ESPALIER_INLINE void choose_block(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    int32_t *pick) {
    double best[BLOCK], utility[BLOCK];
    for (size_t u = 0; u < count; u++) {
        best[u] = offsets[0];
        pick[u] = 0;
    }
    for (int32_t arm = 1; arm < table->arms; arm++) {
        const float *tau = column(table, table->effects + (arm - 1) * table->outcomes, start);
        const size_t stride = table->stride;
        switch (table->outcomes) {
        case 1: arm_utilities(tau, stride, slopes, offsets[arm], 1, count, utility); break;
        case 2: arm_utilities(tau, stride, slopes, offsets[arm], 2, count, utility); break;
        case 3: arm_utilities(tau, stride, slopes, offsets[arm], 3, count, utility); break;
        case 4: arm_utilities(tau, stride, slopes, offsets[arm], 4, count, utility); break;
        default:
            many_outcome_utilities(tau, stride, slopes, offsets[arm], table->outcomes, count, utility);
        }
        for (size_t u = 0; u < count; u++) {
            const int higher = utility[u] > best[u];
            best[u] = higher ? utility[u] : best[u];
            pick[u] = higher ? arm : pick[u];
        }
    }
}

/// Adds a block's sums of one outcome against the baseline arm.
ESPALIER_INLINE void add_baseline(
    const float *contrast, const float *sign, const float *mu, const float *baseline_sign, const float *v_baseline,
    const float *residual, const float *y, size_t count, double *group) {
#pragma clang fp reassociate(on) contract(fast)
    float s_db = 0, b_vvy = 0, b_vvyy = 0;
    for (size_t u = 0; u < count; u++) {
        const float d = contrast[u] + sign[u] * residual[u];
        const float d_baseline = mu[u] + baseline_sign[u] * residual[u];
        const float vby = v_baseline[u] * y[u];
        s_db += d * d_baseline;
        b_vvy += v_baseline[u] * vby;
        b_vvyy += vby * vby;
    }
    group[ESPALIER_DB] += (double)s_db;
    group[ESPALIER_VVY_BASELINE] += (double)b_vvy;
    group[ESPALIER_VVYY_BASELINE] += (double)b_vvyy;
}

/// Adds the sums of a block of units, whose arms are `pick`, to `sums`.
ESPALIER_INLINE void add_block(
    const EspalierPolicyTable *table, const int32_t *pick, int32_t baseline, size_t start, size_t count,
    double *sums) {
#pragma clang fp reassociate(on) contract(fast)
    const uint8_t *assignment = table->assignment + start;
    const float *inverse = column(table, table->inverse, start);
    double *common = sums + table->arms;
    float v[BLOCK], v_control[BLOCK], v_baseline[BLOCK], sign[BLOCK], baseline_sign[BLOCK], contrast[BLOCK];

    for (int32_t arm = 0; arm < table->arms; arm++) {
        int32_t chosen = 0;
        for (size_t u = 0; u < count; u++) chosen += pick[u] == arm;
        sums[arm] += (double)chosen;
    }
    float matched = 0, s_v = 0, s_vv = 0, s_vvc = 0, s_vvb = 0;
    for (size_t u = 0; u < count; u++) {
        const int32_t observed = assignment[u];
        const float match = pick[u] == observed ? 1.0f : 0.0f;
        const float in_control = observed == 0 ? 1.0f : 0.0f;
        const float in_baseline = observed == baseline ? 1.0f : 0.0f;
        const float weight = match * inverse[u];
        v[u] = weight;
        v_control[u] = in_control * weight;
        v_baseline[u] = in_baseline * weight;
        sign[u] = match - in_control;
        baseline_sign[u] = in_baseline - in_control;
        matched += match;
        s_v += weight;
        s_vv += weight * weight;
        s_vvc += in_control * weight * weight;
        s_vvb += in_baseline * weight * weight;
    }
    common[ESPALIER_MATCHED] += (double)matched;
    common[ESPALIER_V] += (double)s_v;
    common[ESPALIER_VV] += (double)s_vv;
    common[ESPALIER_VV_CONTROL] += (double)s_vvc;
    common[ESPALIER_VV_BASELINE] += (double)s_vvb;

    for (int32_t j = 0; j < table->outcomes; j++) {
        double *group = common + ESPALIER_COMMON_COUNT + j * ESPALIER_OUTCOME_COUNT;
        const float *residual = column(table, table->residuals + j, start);
        const float *control = column(table, table->control + j, start);
        const float *y = column(table, table->observed + j, start);
        for (size_t u = 0; u < count; u++) contrast[u] = 0;
        for (int32_t arm = 1; arm < table->arms; arm++) {
            const float *mu = column(table, table->contrasts + (arm - 1) * table->outcomes + j, start);
            for (size_t u = 0; u < count; u++) {
                // A product, not a choice: a load under a condition would keep the loop scalar.
                contrast[u] += (pick[u] == arm ? 1.0f : 0.0f) * mu[u];
            }
        }
        float s_d = 0, s_dd = 0, s_dg = 0, s_vy = 0, s_vvy = 0, s_vvyy = 0, c_vvy = 0, c_vvyy = 0;
        for (size_t u = 0; u < count; u++) {
            const float d = contrast[u] + sign[u] * residual[u];
            const float vy = v[u] * y[u];
            const float vcy = v_control[u] * y[u];
            s_d += d;
            s_dd += d * d;
            s_dg += d * control[u];
            s_vy += vy;
            s_vvy += v[u] * vy;
            s_vvyy += vy * vy;
            c_vvy += v_control[u] * vcy;
            c_vvyy += vcy * vcy;
        }
        group[ESPALIER_D] += (double)s_d;
        group[ESPALIER_DD] += (double)s_dd;
        group[ESPALIER_DG] += (double)s_dg;
        group[ESPALIER_VY] += (double)s_vy;
        group[ESPALIER_VVY] += (double)s_vvy;
        group[ESPALIER_VVYY] += (double)s_vvyy;
        group[ESPALIER_VVY_CONTROL] += (double)c_vvy;
        group[ESPALIER_VVYY_CONTROL] += (double)c_vvyy;
        if (baseline > 0) {
            const float *mu = column(table, table->contrasts + (baseline - 1) * table->outcomes + j, start);
            add_baseline(contrast, sign, mu, baseline_sign, v_baseline, residual, y, count, group);
        }
    }
}

#endif
