#ifndef ESPALIER_POLICY_BLOCKS_H
#define ESPALIER_POLICY_BLOCKS_H

#include "Lanes.h"
#include "PolicySums.h"
#include <stdlib.h>

// Units are taken in blocks whose intermediate columns stay in the first-level cache. Sums run in Float32 lanes within a
// block (four units a lane) and in Double across blocks.
// Loops over blocks pass BLOCK as a constant for every block but the last, so that the compiler unrolls what is in them.
enum { BLOCK = 64 };

/// Memory on a cache line's edge; without any the process ends, as it does where an array of Swift's finds none.
ESPALIER_INLINE void *room(size_t bytes) {
    void *memory = aligned_alloc(64, (bytes | 63) + 1);
    if (!memory) abort();
    return memory;
}

ESPALIER_INLINE const float *column(const EspalierPolicyTable *table, int32_t index, size_t start) {
    return table->columns + (size_t)index * table->stride + start;
}

/// How many values ahead of those in use a column is asked for: so many columns read side by side are more streams than the
/// machine follows by itself. Spread over the work, requests do not queue up.
enum { AHEAD = 256 };

/// Asking past the end of a column is harmless.
ESPALIER_INLINE void fetch_ahead(const float *values) { __builtin_prefetch(values + AHEAD, 0, 2); }

/// `load` from a column that is read to its end.
ESPALIER_INLINE void load_stream(lanes *out, const float *values, size_t count) {
    fetch_ahead(values);
    load(out, values, count);
}

/// Any number of arms and outcomes, column by column.
ESPALIER_INLINE void choose_large(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    int32_t *pick) {
    double best[BLOCK], utility[BLOCK];
    for (size_t u = 0; u < count; u++) {
        best[u] = offsets[0];
        pick[u] = 0;
    }
    for (int32_t arm = 1; arm < table->arms; arm++) {
        for (size_t u = 0; u < count; u++) utility[u] = offsets[arm];
        for (int32_t j = 0; j < table->outcomes; j++) {
            const double slope = slopes[j];
            const float *own = column(table, table->effects + (arm - 1) * table->outcomes + j, start);
            for (size_t u = 0; u < count; u++) utility[u] = utility[u] + slope * (double)own[u];
        }
        for (size_t u = 0; u < count; u++) {
            const int higher = utility[u] > best[u];
            best[u] = higher ? utility[u] : best[u];
            pick[u] = higher ? arm : pick[u];
        }
    }
}

// What is done for every unit is compiled for the arms and outcomes of small tables, so that inner loops unroll: `arms` and
// `outcomes` are constants where these functions are inlined.
enum { SMALL_ARMS = 4, SMALL_OUTCOMES = 4 };

/// Does `body(arms, outcomes)`, with constants where the table is small.
#define FOR_SHAPE(table, body)                                                                                      \
    switch ((table)->outcomes <= SMALL_OUTCOMES ? (table)->arms * (SMALL_OUTCOMES + 1) + (table)->outcomes : 0) {   \
        SHAPES_OF(2, body) SHAPES_OF(3, body) SHAPES_OF(4, body)                                                    \
    default: body((table)->arms, (table)->outcomes);                                                                \
    }
#define SHAPES_OF(arms, body) SHAPE(arms, 1, body) SHAPE(arms, 2, body) SHAPE(arms, 3, body) SHAPE(arms, 4, body)
#define SHAPE(arms, outcomes, body)                   \
    case arms * (SMALL_OUTCOMES + 1) + outcomes:      \
        body(arms, outcomes);                         \
        break;

/// The arms of eight units by their highest utilities; `tau` is the first effect of the first of them.
ESPALIER_INLINE void choose_eight(
    const float *tau, size_t stride, const double *slopes, const double *offsets, int32_t *pick, const int32_t arms,
    const int32_t outcomes) {
    double_lanes best = (double_lanes){0} + offsets[0];
    long_lanes own = {0};
    for (int32_t arm = 1; arm < arms; arm++) {
        double_lanes utility = (double_lanes){0} + offsets[arm];
        for (int32_t j = 0; j < outcomes; j++) {
            const float *effects = tau + (size_t)((arm - 1) * outcomes + j) * stride;
            half_lanes effect;
            fetch_ahead(effects);
            memcpy(&effect, effects, sizeof effect);
            utility = utility + slopes[j] * __builtin_convertvector(effect, double_lanes);
        }
        const long_lanes higher = utility > best;
        best = (double_lanes)((higher & (long_lanes)utility) | (~higher & (long_lanes)best));
        own = (higher & arm) | (~higher & own);
    }
    const half_int_lanes picked = __builtin_convertvector(own, half_int_lanes);
    memcpy(pick, &picked, sizeof picked);
}

/// The arm of the highest utility, offset + slope_0 tau_0 + slope_1 tau_1 ..., added in this order and never fused.
ESPALIER_INLINE void choose_block(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    int32_t *pick, const int32_t arms, const int32_t outcomes) {
    if (arms > SMALL_ARMS || outcomes > SMALL_OUTCOMES) return choose_large(table, slopes, offsets, start, count, pick);
    const float *tau = column(table, table->effects, start);
    const size_t stride = table->stride;
    size_t done = 0;
    for (; count - done >= LANES / 2; done += LANES / 2) {
        choose_eight(tau + done, stride, slopes, offsets, pick + done, arms, outcomes);
    }
    for (size_t u = done; u < count; u++) {
        double best = offsets[0];
        int32_t own = 0;
        for (int32_t arm = 1; arm < arms; arm++) {
            double utility = offsets[arm];
            for (int32_t j = 0; j < outcomes; j++) {
                utility = utility + slopes[j] * (double)tau[(size_t)((arm - 1) * outcomes + j) * stride + u];
            }
            const int higher = utility > best;
            best = higher ? utility : best;
            own = higher ? arm : own;
        }
        pick[u] = own;
    }
}

/// Sums of a policy as they grow: units by chosen arm, the common sums, then one group per outcome.
typedef struct {
    /// Units by chosen arm, and those whose observed arm is chosen, where whole units go to one arm.
    int_lanes units[ESPALIER_MAXIMUM_ARMS], matched;
    lane_sums of[ESPALIER_MAXIMUM_ARMS + ESPALIER_COMMON_COUNT + ESPALIER_MAXIMUM_OUTCOMES * ESPALIER_OUTCOME_COUNT];
} block_sums;

ESPALIER_INLINE size_t sum_count(const EspalierPolicyTable *table) {
    return (size_t)(table->arms + ESPALIER_COMMON_COUNT + table->outcomes * ESPALIER_OUTCOME_COUNT);
}

ESPALIER_INLINE void clear_sums(const EspalierPolicyTable *table, block_sums *sums) {
    memset(sums->units, 0, (size_t)table->arms * sizeof sums->units[0]);
    memset(&sums->matched, 0, sizeof sums->matched);
    memset(sums->of, 0, sum_count(table) * sizeof sums->of[0]);
}

ESPALIER_INLINE double count_total(const int_lanes *counts) {
    int64_t sum = 0;
    for (int lane = 0; lane < LANES; lane++) sum += (*counts)[lane];
    return (double)sum;
}

ESPALIER_INLINE void add_totals(const EspalierPolicyTable *table, const block_sums *sums, double *totals) {
    for (size_t i = 0; i < sum_count(table); i++) totals[i] += total(&sums->of[i]);
    for (int32_t arm = 0; arm < table->arms; arm++) totals[arm] += count_total(&sums->units[arm]);
    totals[table->arms + ESPALIER_MATCHED] += count_total(&sums->matched);
}

enum { GROUPS = BLOCK / LANES };

/// What a policy gives to the units of a block. Where `pick` is set, the whole of a unit goes to one arm; elsewhere `shares`
/// holds BLOCK probabilities an arm and `own` the probability of the observed arm, 0 past a short block.
typedef struct {
    const int32_t *pick;
    const float *shares, *own;
    /// The corrections of shares count where their weights are at most this (SWITCH-DR).
    float limit;
} Given;

/// The part of a group of units that gets an arm.
ESPALIER_INLINE void load_share(lanes *out, const Given *given, const int_lanes *chosen, int32_t arm, size_t group) {
    if (given->pick) {
        *out = ONES(*chosen == arm);
    } else {
        memcpy(out, given->shares + arm * BLOCK + group * LANES, sizeof *out);
    }
}

/// Adds the sums of a block of units to `sums`. What `given` holds is known when this is compiled, since it is inlined: one
/// definition serves policies that pick and policies that share.
ESPALIER_INLINE void add_block(
    const EspalierPolicyTable *table, const Given given, int32_t baseline, size_t start, size_t count,
    block_sums *sums, const int32_t arms, const int32_t outcomes) {
    const size_t groups = (count + LANES - 1) / LANES;
    lane_sums *common = sums->of + arms;
    int_lanes chosen[GROUPS];
    lanes v[GROUPS], v_control[GROUPS], v_baseline[GROUPS], sign[GROUPS], baseline_sign[GROUPS];
    lanes matched = {0}, s_v = {0}, s_vv = {0}, s_vvc = {0}, s_vvb = {0};
    for (size_t g = 0; g < groups; g++) {
        const size_t first = start + g * LANES, rest = count - g * LANES;
        int_lanes observed;
        lanes inverse, own;
        load_bytes(&observed, table->assignment + first, rest);
        load_stream(&inverse, column(table, table->inverse, first), rest);
        if (given.pick) {
            load_ints(&chosen[g], given.pick + g * LANES, rest);
            own = ONES(chosen[g] == observed);
        } else {
            memcpy(&own, given.own + g * LANES, sizeof own);
        }
        const lanes in_control = ONES(observed == 0);
        const lanes in_baseline = ONES(observed == baseline);
        v[g] = own * inverse;
        v_control[g] = in_control * inverse;
        v_baseline[g] = in_baseline * inverse;
        if (given.pick) {
            sign[g] = own - in_control;
            baseline_sign[g] = in_baseline - in_control;
        } else {
            // The weight of a share is smaller than that of the whole, so its correction may stay where the other is cut.
            const lanes uncut = ONES(inverse <= given.limit);
            sign[g] = WHERE(v[g] <= given.limit, own) - in_control * uncut;
            baseline_sign[g] = (in_baseline - in_control) * uncut;
        }
        if (given.pick) {
            sums->matched -= chosen[g] == observed;
        } else {
            matched += ONES(own > 0.0f);
        }
        s_v += v[g];
        s_vv += v[g] * v[g];
        s_vvc += v_control[g] * v[g];
        s_vvb += v_baseline[g] * v[g];
    }
    if (!given.pick) add_lanes(&common[ESPALIER_MATCHED], &matched);
    add_lanes(&common[ESPALIER_V], &s_v);
    add_lanes(&common[ESPALIER_VV], &s_vv);
    add_lanes(&common[ESPALIER_VV_CONTROL], &s_vvc);
    add_lanes(&common[ESPALIER_VV_BASELINE], &s_vvb);
    for (int32_t arm = 0; arm < arms; arm++) {
        if (given.pick) {
            for (size_t g = 0; g < groups; g++) sums->units[arm] -= chosen[g] == arm;
            continue;
        }
        lanes units = {0};
        for (size_t g = 0; g < groups; g++) {
            lanes share;
            load_share(&share, &given, &chosen[g], arm, g);
            units += share;
        }
        add_lanes(&sums->of[arm], &units);
    }

    const int32_t residuals = given.pick ? table->residuals : table->uncut;
    for (int32_t j = 0; j < outcomes; j++) {
        lane_sums *group = common + ESPALIER_COMMON_COUNT + j * ESPALIER_OUTCOME_COUNT;
        lanes s_d = {0}, s_dd = {0}, s_dg = {0}, s_vy = {0}, s_vvy = {0}, s_vvyy = {0}, c_vvy = {0}, c_vvyy = {0};
        lanes s_db = {0}, b_vvy = {0}, b_vvyy = {0};
        for (size_t g = 0; g < groups; g++) {
            const size_t first = start + g * LANES, rest = count - g * LANES;
            lanes residual, control, y, contrast = {0};
            load_stream(&residual, column(table, residuals + j, first), rest);
            load_stream(&control, column(table, table->control + j, first), rest);
            load_stream(&y, column(table, table->observed + j, first), rest);
            for (int32_t arm = 1; arm < arms; arm++) {
                lanes mu;
                load_stream(&mu, column(table, table->contrasts + (arm - 1) * outcomes + j, first), rest);
                if (given.pick) {
                    contrast += WHERE(chosen[g] == arm, mu);
                } else {
                    lanes share;
                    load_share(&share, &given, &chosen[g], arm, g);
                    contrast += share * mu;
                }
            }
            const lanes d = contrast + sign[g] * residual;
            const lanes vy = v[g] * y;
            const lanes vcy = v_control[g] * y;
            s_d += d;
            s_dd += d * d;
            s_dg += d * control;
            s_vy += vy;
            s_vvy += v[g] * vy;
            s_vvyy += vy * vy;
            c_vvy += v_control[g] * vy;
            c_vvyy += vcy * vy;
            if (baseline > 0) {
                lanes mu;
                load(&mu, column(table, table->contrasts + (baseline - 1) * outcomes + j, first), rest);
                const lanes vby = v_baseline[g] * y;
                s_db += d * (mu + baseline_sign[g] * residual);
                b_vvy += v_baseline[g] * vy;
                b_vvyy += vby * vy;
            }
        }
        add_lanes(&group[ESPALIER_D], &s_d);
        add_lanes(&group[ESPALIER_DD], &s_dd);
        add_lanes(&group[ESPALIER_DG], &s_dg);
        add_lanes(&group[ESPALIER_VY], &s_vy);
        add_lanes(&group[ESPALIER_VVY], &s_vvy);
        add_lanes(&group[ESPALIER_VVYY], &s_vvyy);
        add_lanes(&group[ESPALIER_VVY_CONTROL], &c_vvy);
        add_lanes(&group[ESPALIER_VVYY_CONTROL], &c_vvyy);
        if (baseline > 0) {
            add_lanes(&group[ESPALIER_DB], &s_db);
            add_lanes(&group[ESPALIER_VVY_BASELINE], &b_vvy);
            add_lanes(&group[ESPALIER_VVYY_BASELINE], &b_vvyy);
        }
    }
}

#endif
