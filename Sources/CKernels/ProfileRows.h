#ifndef ESPALIER_PROFILE_ROWS_H
#define ESPALIER_PROFILE_ROWS_H

#include "PolicyBlocks.h"

// Changes of the sums at a grid value, the outcomes side by side: what one unit changes is added in a few vector operations
// to memory that stays in the first-level cache. Each sum is added up as if it stood alone, in the order of the units.
enum { ROW_OUTCOMES = 4, ROW_ARMS = 8 };
typedef double outcome_lanes __attribute__((vector_size(32)));

enum {
    ROW_D,
    ROW_DD,
    ROW_DG,
    ROW_VY,
    ROW_VVY,
    ROW_VVYY,
    ROW_VVY_CONTROL,
    ROW_VVYY_CONTROL,
    ROW_GROUP_COUNT
};

/// The sums' changes at one grid value; up to ROW_ARMS arms and ROW_OUTCOMES outcomes.
typedef struct {
    outcome_lanes of[ROW_GROUP_COUNT];
    double common[ESPALIER_COMMON_COUNT];
    double units[ROW_ARMS];
} ProfileRow;

ESPALIER_INLINE void load_outcomes(
    const EspalierPolicyTable *table, int32_t first, size_t unit, const int32_t outcomes, outcome_lanes *out) {
    outcome_lanes values = {0};
    for (int32_t j = 0; j < outcomes; j++) values[j] = (double)column(table, first + j, unit)[0];
    *out = values;
}

/// Adds what changes when a unit passes from arm `low` to arm `high`. `outcomes` is a constant where this is inlined.
ESPALIER_INLINE void add_row_change(
    const EspalierPolicyTable *table, size_t unit, ProfileRow *row, int32_t low, int32_t high, const int32_t outcomes) {
    const int32_t observed = table->assignment[unit];
    row->units[low] -= 1;
    row->units[high] += 1;
    const double match = (double)(high == observed) - (double)(low == observed);
    const double v = (double)column(table, table->inverse, unit)[0];
    const double in_control = observed == 0 ? 1 : 0;
    const double low_sign = (double)(low == observed) - in_control;
    const double high_sign = (double)(high == observed) - in_control;
    outcome_lanes residual, control, low_contrast = {0}, high_contrast = {0};
    load_outcomes(table, table->residuals, unit, outcomes, &residual);
    load_outcomes(table, table->control, unit, outcomes, &control);
    if (low > 0) load_outcomes(table, table->contrasts + (low - 1) * outcomes, unit, outcomes, &low_contrast);
    if (high > 0) load_outcomes(table, table->contrasts + (high - 1) * outcomes, unit, outcomes, &high_contrast);
    const outcome_lanes low_d = low_contrast + low_sign * residual;
    const outcome_lanes high_d = high_contrast + high_sign * residual;
    row->of[ROW_D] += high_d - low_d;
    row->of[ROW_DD] += high_d * high_d - low_d * low_d;
    row->of[ROW_DG] += (high_d - low_d) * control;
    if (match == 0) return;
    row->common[ESPALIER_MATCHED] += match;
    row->common[ESPALIER_V] += match * v;
    row->common[ESPALIER_VV] += match * v * v;
    row->common[ESPALIER_VV_CONTROL] += in_control * match * v * v;
    outcome_lanes vy;
    load_outcomes(table, table->observed, unit, outcomes, &vy);
    vy = v * vy;
    row->of[ROW_VY] += match * vy;
    row->of[ROW_VVY] += match * v * vy;
    row->of[ROW_VVYY] += match * vy * vy;
    if (observed != 0) return;
    row->of[ROW_VVY_CONTROL] += match * v * vy;
    row->of[ROW_VVYY_CONTROL] += match * vy * vy;
}

/// Adds rows to the cells of `espalier_profile_sums`.
ESPALIER_INLINE void add_rows(const EspalierPolicyTable *table, const ProfileRow *rows, size_t grid, double *cells) {
    static const int32_t groups[ROW_GROUP_COUNT] = {
        ESPALIER_D, ESPALIER_DD, ESPALIER_DG, ESPALIER_VY, ESPALIER_VVY, ESPALIER_VVYY, ESPALIER_VVY_CONTROL,
        ESPALIER_VVYY_CONTROL,
    };
    const size_t arms = (size_t)table->arms, width = sum_count(table);
    for (size_t g = 0; g < grid; g++) {
        double *cell = cells + g * width;
        for (size_t arm = 0; arm < arms; arm++) cell[arm] += rows[g].units[arm];
        for (size_t k = 0; k < ESPALIER_COMMON_COUNT; k++) cell[arms + k] += rows[g].common[k];
        double *outcome = cell + arms + ESPALIER_COMMON_COUNT;
        for (int32_t j = 0; j < table->outcomes; j++, outcome += ESPALIER_OUTCOME_COUNT) {
            for (int32_t k = 0; k < ROW_GROUP_COUNT; k++) outcome[groups[k]] += rows[g].of[k][j];
        }
    }
}

#endif
