#include "PolicyBlocks.h"

enum { MAXIMUM_EFFECTS = ESPALIER_MAXIMUM_ARMS * ESPALIER_MAXIMUM_OUTCOMES, DIRECT_GUESSES = 3 };

/// One unit on its way along the grid.
typedef struct {
    const EspalierPolicyTable *table;
    const double *positions, *slopes, *offsets;
    size_t unit, width;
    double tau[MAXIMUM_EFFECTS];
    double *cells;
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

ESPALIER_INLINE int32_t choose(const Walk *walk, size_t g) {
    int32_t pick = 0;
    double best = utility(walk, 0, g);
    for (int32_t arm = 1; arm < walk->table->arms; arm++) {
        const double value = utility(walk, arm, g);
        if (value > best) {
            best = value;
            pick = arm;
        }
    }
    return pick;
}

/// Adds `sign` times what the unit contributes when it gets `arm` to row g of the cells.
ESPALIER_INLINE void add_unit(const Walk *walk, size_t g, int32_t arm, double sign) {
    const EspalierPolicyTable *table = walk->table;
    double *row = walk->cells + g * walk->width;
    double *common = row + table->arms;
    const int32_t observed = table->assignment[walk->unit];
    const double v = arm == observed ? (double)column(table, table->inverse, walk->unit)[0] : 0;
    row[arm] += sign;
    if (arm == observed) {
        common[ESPALIER_MATCHED] += sign;
        common[ESPALIER_V] += sign * v;
        common[ESPALIER_VV] += sign * v * v;
        if (observed == 0) common[ESPALIER_VV_CONTROL] += sign * v * v;
    }
    const double residual_sign = (double)(arm == observed) - (double)(observed == 0);
    for (int32_t j = 0; j < table->outcomes; j++) {
        double *group = common + ESPALIER_COMMON_COUNT + j * ESPALIER_OUTCOME_COUNT;
        if (arm > 0) {
            const double contrast =
                (double)column(table, table->contrasts + (arm - 1) * table->outcomes + j, walk->unit)[0];
            const double d = contrast + residual_sign * (double)column(table, table->residuals + j, walk->unit)[0];
            group[ESPALIER_D] += sign * d;
            group[ESPALIER_DD] += sign * d * d;
            group[ESPALIER_DG] += sign * d * (double)column(table, table->control + j, walk->unit)[0];
        }
        if (arm == observed) {
            const double vy = v * (double)column(table, table->observed + j, walk->unit)[0];
            group[ESPALIER_VY] += sign * vy;
            group[ESPALIER_VVY] += sign * v * vy;
            group[ESPALIER_VVYY] += sign * vy * vy;
            if (observed == 0) {
                group[ESPALIER_VVY_CONTROL] += sign * v * vy;
                group[ESPALIER_VVYY_CONTROL] += sign * vy * vy;
            }
        }
    }
}

/// The grid value at which `high_arm` should overtake `low_arm`, from their utilities at both ends.
ESPALIER_INLINE size_t crossing(const Walk *walk, size_t low, size_t high, int32_t low_arm, int32_t high_arm) {
    const double ahead = utility(walk, low_arm, low) - utility(walk, high_arm, low);
    const double behind = utility(walk, high_arm, high) - utility(walk, low_arm, high);
    const double share = ahead + behind > 0 ? ahead / (ahead + behind) : 0.5;
    const double position = walk->positions[low] + share * (walk->positions[high] - walk->positions[low]);
    size_t left = low + 1, right = high - 1;
    while (left < right) {
        const size_t middle = (left + right) / 2;
        if (walk->positions[middle] < position) left = middle + 1;
        else right = middle;
    }
    return left;
}

/// Finds every change of arm between two grid values whose arms are known.
static void refine(const Walk *walk, size_t low, size_t high, int32_t low_arm, int32_t high_arm, int guesses) {
    while (low_arm != high_arm) {
        if (high == low + 1) {
            add_unit(walk, high, low_arm, -1);
            add_unit(walk, high, high_arm, 1);
            return;
        }
        // Crossings hit at once in nearly every case; halving bounds the rest.
        const size_t middle =
            guesses < DIRECT_GUESSES ? crossing(walk, low, high, low_arm, high_arm) : (low + high) / 2;
        const int32_t arm = choose(walk, middle);
        guesses++;
        refine(walk, low, middle, low_arm, arm, guesses);
        low = middle;
        low_arm = arm;
    }
}

ESPALIER_CLONES
void espalier_profile_sums(
    const EspalierPolicyTable *table, const double *positions, const double *slopes, const double *offsets, size_t grid,
    size_t start, size_t count, double *cells) {
    const size_t arms = (size_t)table->arms, outcomes = (size_t)table->outcomes;
    const size_t last = grid - 1;
    int64_t first_pick[BLOCK], last_pick[BLOCK];
    Walk walk = {
        .table = table, .positions = positions, .slopes = slopes, .offsets = offsets,
        .width = arms + ESPALIER_COMMON_COUNT + outcomes * ESPALIER_OUTCOME_COUNT, .cells = cells,
    };
    for (size_t done = 0; done < count; done += BLOCK) {
        const size_t block = count - done < BLOCK ? count - done : BLOCK;
        choose_block(table, slopes, offsets, start + done, block, first_pick);
        choose_block(table, slopes + last * outcomes, offsets + last * arms, start + done, block, last_pick);
        add_block(table, first_pick, 0, start + done, block, cells);
        for (size_t u = 0; u < block; u++) {
            // A unit with the same arm at both ends has it all along: the upper envelope of lines is convex.
            if (first_pick[u] == last_pick[u]) continue;
            walk.unit = start + done + u;
            for (int32_t c = 0; c < (table->arms - 1) * table->outcomes; c++) {
                walk.tau[c] = (double)column(table, table->effects + c, walk.unit)[0];
            }
            refine(&walk, 0, last, (int32_t)first_pick[u], (int32_t)last_pick[u], 0);
        }
    }
}
