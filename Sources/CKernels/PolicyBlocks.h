#ifndef ESPALIER_POLICY_BLOCKS_H
#define ESPALIER_POLICY_BLOCKS_H

#include "Clones.h"
#include "PolicySums.h"

// Units are taken in blocks whose intermediate columns stay in the first-level cache.
enum { BLOCK = 256 };

ESPALIER_INLINE const float *column(const EspalierPolicyTable *table, int32_t index, size_t start) {
    return table->columns + (size_t)index * table->stride + start;
}

ESPALIER_INLINE void choose_block(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    int64_t *pick) {
#pragma clang fp contract(off)
    double best[BLOCK], utility[BLOCK];
    for (size_t u = 0; u < count; u++) {
        best[u] = offsets[0];
        pick[u] = 0;
    }
    for (int32_t arm = 1; arm < table->arms; arm++) {
        const double offset = offsets[arm];
        for (size_t u = 0; u < count; u++) utility[u] = offset;
        for (int32_t j = 0; j < table->outcomes; j++) {
            const double slope = slopes[j];
            const float *tau = column(table, table->effects + (arm - 1) * table->outcomes + j, start);
            for (size_t u = 0; u < count; u++) utility[u] = utility[u] + slope * (double)tau[u];
        }
        for (size_t u = 0; u < count; u++) {
            const int higher = utility[u] > best[u];
            best[u] = higher ? utility[u] : best[u];
            pick[u] = higher ? arm : pick[u];
        }
    }
}

ESPALIER_INLINE void add_block(
    const EspalierPolicyTable *table, const int64_t *pick, int32_t baseline, size_t start, size_t count,
    double *sums) {
#pragma clang fp reassociate(on) contract(fast)
    const uint8_t *assignment = table->assignment + start;
    const float *inverse = column(table, table->inverse, start);
    double *common = sums + table->arms;
    double v[BLOCK], v_control[BLOCK], v_baseline[BLOCK], sign[BLOCK], baseline_sign[BLOCK], contrast[BLOCK];

    for (int32_t arm = 0; arm < table->arms; arm++) {
        int64_t chosen = 0;
        for (size_t u = 0; u < count; u++) chosen += pick[u] == arm;
        sums[arm] += (double)chosen;
    }
    double matched = 0, s_v = 0, s_vv = 0, s_vvc = 0, s_vvb = 0;
    for (size_t u = 0; u < count; u++) {
        const int64_t observed = assignment[u];
        const double match = pick[u] == observed ? 1.0 : 0.0;
        const double in_control = observed == 0 ? 1.0 : 0.0;
        const double in_baseline = observed == baseline ? 1.0 : 0.0;
        const double weight = match * (double)inverse[u];
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
    common[ESPALIER_MATCHED] += matched;
    common[ESPALIER_V] += s_v;
    common[ESPALIER_VV] += s_vv;
    common[ESPALIER_VV_CONTROL] += s_vvc;
    common[ESPALIER_VV_BASELINE] += s_vvb;

    for (int32_t j = 0; j < table->outcomes; j++) {
        double *group = common + ESPALIER_COMMON_COUNT + j * ESPALIER_OUTCOME_COUNT;
        const float *residual = column(table, table->residuals + j, start);
        const float *control = column(table, table->control + j, start);
        const float *y = column(table, table->observed + j, start);
        for (size_t u = 0; u < count; u++) contrast[u] = 0;
        for (int32_t arm = 1; arm < table->arms; arm++) {
            const float *mu = column(table, table->contrasts + (arm - 1) * table->outcomes + j, start);
            for (size_t u = 0; u < count; u++) contrast[u] = pick[u] == arm ? (double)mu[u] : contrast[u];
        }
        double s_d = 0, s_dd = 0, s_dg = 0, s_vy = 0, s_vvy = 0, s_vvyy = 0, c_vvy = 0, c_vvyy = 0;
        for (size_t u = 0; u < count; u++) {
            const double d = contrast[u] + sign[u] * (double)residual[u];
            const double vy = v[u] * (double)y[u];
            const double vcy = v_control[u] * (double)y[u];
            s_d += d;
            s_dd += d * d;
            s_dg += d * (double)control[u];
            s_vy += vy;
            s_vvy += v[u] * vy;
            s_vvyy += vy * vy;
            c_vvy += v_control[u] * vcy;
            c_vvyy += vcy * vcy;
        }
        group[ESPALIER_D] += s_d;
        group[ESPALIER_DD] += s_dd;
        group[ESPALIER_DG] += s_dg;
        group[ESPALIER_VY] += s_vy;
        group[ESPALIER_VVY] += s_vvy;
        group[ESPALIER_VVYY] += s_vvyy;
        group[ESPALIER_VVY_CONTROL] += c_vvy;
        group[ESPALIER_VVYY_CONTROL] += c_vvyy;
        if (baseline == 0) continue;
        const float *mu = column(table, table->contrasts + (baseline - 1) * table->outcomes + j, start);
        double s_db = 0, b_vvy = 0, b_vvyy = 0;
        for (size_t u = 0; u < count; u++) {
            const double d = contrast[u] + sign[u] * (double)residual[u];
            const double d_baseline = (double)mu[u] + baseline_sign[u] * (double)residual[u];
            const double vby = v_baseline[u] * (double)y[u];
            s_db += d * d_baseline;
            b_vvy += v_baseline[u] * vby;
            b_vvyy += vby * vby;
        }
        group[ESPALIER_DB] += s_db;
        group[ESPALIER_VVY_BASELINE] += b_vvy;
        group[ESPALIER_VVYY_BASELINE] += b_vvyy;
    }
}

#endif
