#include "PolicyBlocks.h"

enum { MAXIMUM_EFFECTS = ESPALIER_MAXIMUM_ARMS * ESPALIER_MAXIMUM_OUTCOMES, DIRECT_GUESSES = 3, BUCKETS = 512 };

/// One unit on its way along the grid.
typedef struct {
    const EspalierPolicyTable *table;
    const double *positions, *slopes, *offsets;
    size_t unit, width;
    double tau[MAXIMUM_EFFECTS];
    double *cells;
    /// The grid's reach in even buckets: of each the first grid value at or above its left edge, and how many a unit of
    /// position holds.
    const uint32_t *firsts;
    double buckets_per_unit;
} Walk;

ESPALIER_INLINE double utility(const Walk *walk, int32_t arm, size_t g) {
#pragma clang fp contract(off)
    const int32_t outcomes = walk->table->outcomes;
    double sum = walk->offsets[g * (size_t)walk->table->arms + (size_t)arm];
    if (arm == 0) return sum;
    const double *slopes = walk->slopes + g * (size_t)outcomes;
    const double *tau = walk->tau + (arm - 1) * outcomes;
    for (int32_t j = 0; j < outcomes; j++) sum = sum + slopes[j] * tau[j];
    return sum;
}

/// The pointwise argmax, by the policy's own expression: it defines the assignment at a grid value.
ESPALIER_INLINE int32_t choose(const Walk *walk, size_t g) {
    int32_t pick = 0;
    double best = utility(walk, 0, g);
    for (int32_t arm = 1; arm < walk->table->arms; arm++) {
        const double value = utility(walk, arm, g);
        pick = value > best ? arm : pick;
        best = value > best ? value : best;
    }
    return pick;
}

/// Adds what changes when the unit passes from arm `low` to arm `high` to row g of the cells.
ESPALIER_INLINE void add_change(const Walk *walk, size_t g, int32_t low, int32_t high) {
    const EspalierPolicyTable *table = walk->table;
    const size_t unit = walk->unit;
    double *row = walk->cells + g * walk->width;
    double *common = row + table->arms;
    const int32_t observed = table->assignment[unit];
    row[low] -= 1;
    row[high] += 1;
    const double match = (double)(high == observed) - (double)(low == observed);
    const double v = (double)column(table, table->inverse, unit)[0];
    const double in_control = observed == 0 ? 1 : 0;
    const double low_sign = (double)(low == observed) - in_control;
    const double high_sign = (double)(high == observed) - in_control;
    if (match != 0) {
        common[ESPALIER_MATCHED] += match;
        common[ESPALIER_V] += match * v;
        common[ESPALIER_VV] += match * v * v;
        common[ESPALIER_VV_CONTROL] += in_control * match * v * v;
    }
    for (int32_t j = 0; j < table->outcomes; j++) {
        double *group = common + ESPALIER_COMMON_COUNT + j * ESPALIER_OUTCOME_COUNT;
        const double residual = (double)column(table, table->residuals + j, unit)[0];
        const float *contrasts = column(table, table->contrasts + j, unit);
        const size_t arm_stride = (size_t)table->outcomes * table->stride;
        const double low_contrast = low > 0 ? (double)contrasts[(size_t)(low - 1) * arm_stride] : 0;
        const double high_contrast = high > 0 ? (double)contrasts[(size_t)(high - 1) * arm_stride] : 0;
        const double low_d = low_contrast + low_sign * residual;
        const double high_d = high_contrast + high_sign * residual;
        group[ESPALIER_D] += high_d - low_d;
        group[ESPALIER_DD] += high_d * high_d - low_d * low_d;
        group[ESPALIER_DG] += (high_d - low_d) * (double)column(table, table->control + j, unit)[0];
        if (match == 0) continue;
        const double vy = v * (double)column(table, table->observed + j, unit)[0];
        group[ESPALIER_VY] += match * vy;
        group[ESPALIER_VVY] += match * v * vy;
        group[ESPALIER_VVYY] += match * vy * vy;
        if (observed == 0) {
            group[ESPALIER_VVY_CONTROL] += match * v * vy;
            group[ESPALIER_VVYY_CONTROL] += match * vy * vy;
        }
    }
}

static void fill_buckets(const double *positions, size_t last, uint32_t *firsts) {
    const double width = (positions[last] - positions[0]) / BUCKETS;
    size_t g = 0;
    for (size_t b = 0; b < BUCKETS; b++) {
        while (g < last && positions[g] < positions[0] + (double)b * width) g++;
        firsts[b] = (uint32_t)g;
    }
}

/// The first grid value at or above `position`, between `low` and `high` exclusive; by its bucket, since halving would
/// stumble over comparisons that cannot be predicted.
ESPALIER_INLINE size_t grid_index(const Walk *walk, size_t low, size_t high, double position) {
    const double place = (position - walk->positions[0]) * walk->buckets_per_unit;
    const size_t bucket = place > 0 ? (place < BUCKETS - 1 ? (size_t)place : BUCKETS - 1) : 0;
    size_t g = walk->firsts[bucket];
    while (g < high - 1 && walk->positions[g] < position) g++;
    return g > low ? (g < high ? g : high - 1) : low + 1;
}

/// Where `high_arm` should overtake `low_arm`, from their utilities at both ends.
ESPALIER_INLINE size_t crossing(const Walk *walk, size_t low, size_t high, int32_t low_arm, int32_t high_arm) {
    const double ahead = utility(walk, low_arm, low) - utility(walk, high_arm, low);
    const double behind = utility(walk, high_arm, high) - utility(walk, low_arm, high);
    const double share = ahead + behind > 0 ? ahead / (ahead + behind) : 0.5;
    return grid_index(
        walk, low, high, walk->positions[low] + share * (walk->positions[high] - walk->positions[low]));
}

/// Finds every change of arm between two grid values whose arms are known.
ESPALIER_CLONES
static void refine(const Walk *walk, size_t low, size_t high, int32_t low_arm, int32_t high_arm, int guesses) {
    while (low_arm != high_arm && high > low + 1) {
        // Crossings hit at once in nearly every case; halving bounds the rest.
        const size_t guess =
            guesses < DIRECT_GUESSES ? crossing(walk, low, high, low_arm, high_arm) : (low + high) / 2;
        guesses++;
        const int32_t arm = choose(walk, guess);
        if (arm == high_arm) {
            // Nothing changes above the guess. One step below it is the usual end.
            high = guess;
            if (high > low + 1) {
                const int32_t before = choose(walk, high - 1);
                if (before == low_arm) {
                    low = high - 1;
                } else if (before != high_arm) {
                    add_change(walk, high, before, high_arm);
                    high_arm = before;
                    high--;
                } else {
                    high--;
                }
            }
        } else if (arm == low_arm) {
            low = guess;
        } else {
            refine(walk, low, guess, low_arm, arm, 0);
            low = guess;
            low_arm = arm;
            guesses = 0;
        }
    }
    if (low_arm != high_arm) add_change(walk, high, low_arm, high_arm);
}

ESPALIER_CLONES
void espalier_profile_sums(
    const EspalierPolicyTable *table, const double *positions, const double *slopes, const double *offsets, size_t grid,
    size_t start, size_t count, double *cells) {
    const size_t arms = (size_t)table->arms, outcomes = (size_t)table->outcomes;
    const size_t last = grid - 1;
    int32_t first_pick[BLOCK], last_pick[BLOCK];
    uint32_t firsts[BUCKETS];
    fill_buckets(positions, last, firsts);
    const double reach = positions[last] - positions[0];
    Walk walk = {
        .table = table, .positions = positions, .slopes = slopes, .offsets = offsets,
        .width = arms + ESPALIER_COMMON_COUNT + outcomes * ESPALIER_OUTCOME_COUNT, .cells = cells,
        .firsts = firsts, .buckets_per_unit = reach > 0 ? BUCKETS / reach : 0,
    };
    block_sums grown;
    clear_sums(table, &grown);
    for (size_t done = 0; done < count; done += BLOCK) {
        const size_t block = count - done < BLOCK ? count - done : BLOCK;
        choose_block(table, slopes, offsets, start + done, block, first_pick);
        choose_block(table, slopes + last * outcomes, offsets + last * arms, start + done, block, last_pick);
        add_block(table, (Given){.pick = first_pick}, 0, start + done, block, &grown);
        for (size_t u = 0; u < block; u++) {
            // A unit with the same arm at both ends has it all along: the upper envelope of lines is convex.
            if (first_pick[u] == last_pick[u]) continue;
            walk.unit = start + done + u;
            for (int32_t c = 0; c < (table->arms - 1) * table->outcomes; c++) {
                walk.tau[c] = (double)column(table, table->effects + c, walk.unit)[0];
            }
            refine(&walk, 0, last, first_pick[u], last_pick[u], 0);
        }
    }
    add_totals(table, &grown, cells);
}
