#include "ProfileRows.h"

#include <stdlib.h>

enum { MAXIMUM_EFFECTS = ESPALIER_MAXIMUM_ARMS * ESPALIER_MAXIMUM_OUTCOMES, DIRECT_GUESSES = 3, BUCKETS = 512 };

/// One unit on its way along the grid.
typedef struct {
    const EspalierPolicyTable *table;
    const double *positions, *slopes, *offsets;
    size_t unit, width;
    double tau[MAXIMUM_EFFECTS];
    double *cells;
    /// Where changes go instead, while there are few arms and outcomes; else NULL.
    ProfileRow *rows;
    /// The grid's reach in even buckets: of each the first grid value at or above its left edge, and how many a unit of
    /// position holds.
    const uint32_t *firsts;
    double buckets_per_unit;
} Walk;

/// Two grid values and the arms at them.
typedef struct {
    size_t low, high;
    int32_t low_arm, high_arm;
} Stretch;

ESPALIER_INLINE double utility(const Walk *walk, int32_t arm, size_t g, const int32_t outcomes) {
    double sum = walk->offsets[g * (size_t)walk->table->arms + (size_t)arm];
    if (arm == 0) return sum;
    const double *slopes = walk->slopes + g * (size_t)outcomes;
    const double *tau = walk->tau + (arm - 1) * outcomes;
    for (int32_t j = 0; j < outcomes; j++) sum = sum + slopes[j] * tau[j];
    return sum;
}

/// The pointwise argmax, by the policy's own expression: it defines the assignment at a grid value.
ESPALIER_INLINE int32_t choose(const Walk *walk, size_t g, const int32_t arms, const int32_t outcomes) {
    int32_t pick = 0;
    double best = utility(walk, 0, g, outcomes);
    for (int32_t arm = 1; arm < arms; arm++) {
        const double value = utility(walk, arm, g, outcomes);
        pick = value > best ? arm : pick;
        best = value > best ? value : best;
    }
    return pick;
}

/// Adds what changes when the unit passes from arm `low` to arm `high` to row g of the cells.
ESPALIER_INLINE void add_change(const Walk *walk, size_t g, int32_t low, int32_t high, const int32_t outcomes) {
    const EspalierPolicyTable *table = walk->table;
    const size_t unit = walk->unit;
    if (walk->rows) return add_row_change(table, unit, walk->rows + g, low, high, outcomes);
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
    for (int32_t j = 0; j < outcomes; j++) {
        double *group = common + ESPALIER_COMMON_COUNT + j * ESPALIER_OUTCOME_COUNT;
        const double residual = (double)column(table, table->residuals + j, unit)[0];
        const float *contrasts = column(table, table->contrasts + j, unit);
        const size_t arm_stride = (size_t)outcomes * table->stride;
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

/// Where the arm at the end should overtake that at the start, from their utilities at both.
ESPALIER_INLINE size_t crossing(const Walk *walk, const Stretch *now, const int32_t outcomes) {
    const size_t low = now->low, high = now->high;
    const double ahead = utility(walk, now->low_arm, low, outcomes) - utility(walk, now->high_arm, low, outcomes);
    const double behind = utility(walk, now->high_arm, high, outcomes) - utility(walk, now->low_arm, high, outcomes);
    const double share = ahead + behind > 0 ? ahead / (ahead + behind) : 0.5;
    return grid_index(
        walk, low, high, walk->positions[low] + share * (walk->positions[high] - walk->positions[low]));
}

enum { PENDING = 32 };

static void walk_rest(const Walk *walk, Stretch stretch);

/// Finds every change of arm along a stretch. `arms` and `outcomes` are constants where this is inlined.
ESPALIER_INLINE void walk_stretch(const Walk *walk, Stretch now, const int32_t arms, const int32_t outcomes) {
    Stretch pending[PENDING];
    size_t count = 0;
    int guesses = 0;
    while (1) {
        while (now.low_arm != now.high_arm && now.high > now.low + 1) {
            // Crossings hit at once in nearly every case; halving bounds the rest.
            const size_t guess = guesses < DIRECT_GUESSES ? crossing(walk, &now, outcomes) : (now.low + now.high) / 2;
            guesses++;
            const int32_t arm = choose(walk, guess, arms, outcomes);
            if (arm == now.high_arm) {
                // Nothing changes above the guess. One step below it is the usual end.
                now.high = guess;
                if (now.high > now.low + 1) {
                    const int32_t before = choose(walk, now.high - 1, arms, outcomes);
                    if (before == now.low_arm) {
                        now.low = now.high - 1;
                    } else if (before != now.high_arm) {
                        add_change(walk, now.high, before, now.high_arm, outcomes);
                        now.high_arm = before;
                        now.high--;
                    } else {
                        now.high--;
                    }
                }
            } else if (arm == now.low_arm) {
                now.low = guess;
            } else {
                // A third arm in between: what lies above it waits.
                const Stretch above = {guess, now.high, arm, now.high_arm};
                if (count < PENDING) pending[count++] = above; else walk_rest(walk, above);
                now.high = guess;
                now.high_arm = arm;
                guesses = 0;
            }
        }
        if (now.low_arm != now.high_arm) add_change(walk, now.high, now.low_arm, now.high_arm, outcomes);
        if (count == 0) return;
        now = pending[--count];
        guesses = 0;
    }
}

static void walk_rest(const Walk *walk, Stretch stretch) {
    walk_stretch(walk, stretch, walk->table->arms, walk->table->outcomes);
}

/// Walks the units of a block whose arms differ at the ends of the grid. `arms` and `outcomes` are constants where this is
/// inlined.
ESPALIER_INLINE void walk_block(
    Walk *walk, size_t start, size_t block, size_t last, const int32_t *first_pick, const int32_t *last_pick,
    const int32_t arms, const int32_t outcomes) {
    for (size_t u = 0; u < block; u++) {
        const int32_t low = first_pick[u], high = last_pick[u];
        // A unit with the same arm at both ends has it all along: the upper envelope of lines is convex.
        if (low == high) continue;
        walk->unit = start + u;
        for (int32_t c = 0; c < (arms - 1) * outcomes; c++) {
            walk->tau[c] = (double)column(walk->table, walk->table->effects + c, walk->unit)[0];
        }
        walk_stretch(walk, (Stretch){0, last, low, high}, arms, outcomes);
    }
}

ESPALIER_CLONES
void espalier_profile_sums(
    const EspalierPolicyTable *table, const double *positions, const double *slopes, const double *offsets, size_t grid,
    size_t start, size_t count, double *cells) {
    const int32_t arms = table->arms, outcomes = table->outcomes;
    const size_t last = grid - 1;
    int32_t first_pick[BLOCK], last_pick[BLOCK];
    uint32_t firsts[BUCKETS];
    fill_buckets(positions, last, firsts);
    const double reach = positions[last] - positions[0];
    // Without memory for rows the cells themselves serve, only slower.
    ProfileRow *rows =
        arms <= ROW_ARMS && outcomes <= ROW_OUTCOMES ? aligned_alloc(64, (grid * sizeof(ProfileRow) + 63) & ~63ul) : NULL;
    if (rows) memset(rows, 0, grid * sizeof *rows);
    Walk walk = {
        .table = table, .positions = positions, .slopes = slopes, .offsets = offsets, .width = sum_count(table),
        .cells = cells, .rows = rows, .firsts = firsts, .buckets_per_unit = reach > 0 ? BUCKETS / reach : 0,
    };
    block_sums grown;
    clear_sums(table, &grown);
    for (size_t done = 0; done < count; done += BLOCK) {
        const size_t block = count - done < BLOCK ? count - done : BLOCK;
        const size_t first = start + done;
        choose_block(table, slopes, offsets, first, block, first_pick);
        choose_block(
            table, slopes + last * (size_t)outcomes, offsets + last * (size_t)arms, first, block, last_pick);
        add_block(table, (Given){.pick = first_pick}, 0, first, block, &grown);
        switch (arms * (ROW_OUTCOMES + 1) + (outcomes <= ROW_OUTCOMES ? outcomes : 0)) {
#define WALK(a, m) \
    case a * (ROW_OUTCOMES + 1) + m: walk_block(&walk, first, block, last, first_pick, last_pick, a, m); break;
            WALK(2, 1) WALK(2, 2) WALK(2, 3) WALK(2, 4)
            WALK(3, 1) WALK(3, 2) WALK(3, 3) WALK(3, 4)
            WALK(4, 1) WALK(4, 2) WALK(4, 3) WALK(4, 4)
#undef WALK
        default: walk_block(&walk, first, block, last, first_pick, last_pick, arms, outcomes);
        }
    }
    add_totals(table, &grown, cells);
    if (rows) add_rows(table, rows, grid, cells);
    free(rows);
}
