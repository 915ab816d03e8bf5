#ifndef ESPALIER_PROFILE_ROWS_H
#define ESPALIER_PROFILE_ROWS_H

#include "UnitRecords.h"

// Changes of the sums at a grid value, the outcomes side by side: what one unit changes is added in a few vector operations
// to memory that stays in the first-level cache. Each sum is added up as if it stood alone, in the order of the units.
enum { ROW_OUTCOMES = RECORD_LANES, ROW_ARMS = 8 };

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
    wide_lanes of[ROW_GROUP_COUNT];
    /// MATCHED, V, VV and VV_CONTROL.
    wide_lanes common;
    double units[ROW_ARMS];
} ProfileRow;

enum { SCORE_RESIDUAL, SCORE_CONTROL, SCORE_OBSERVED, SCORE_CONTRASTS, SCORE_COUNT = SCORE_CONTRASTS + ROW_ARMS };

/// What the units of a block add to rows.
typedef struct {
    /// Outcomes side by side; the contrasts of arm 0 are 0.
    record_lanes scores[BLOCK][SCORE_COUNT];
    double inverse[BLOCK];
    int32_t observed[BLOCK];
} UnitScores;

ESPALIER_INLINE void turn_outcomes(
    const EspalierPolicyTable *table, int32_t first, size_t start, size_t count, const int32_t outcomes, int32_t score,
    UnitScores *scores) {
    RecordColumns columns;
    for (int32_t j = 0; j < ROW_OUTCOMES; j++) columns.of[j] = j < outcomes ? column(table, first + j, start) : NULL;
    turn(columns, count, SCORE_COUNT, &scores->scores[0][score]);
}

/// Turns a block; the contrasts of arm 0 stay as they are. `arms` and `outcomes` are constants where this is inlined.
ESPALIER_INLINE void turn_scores(
    const EspalierPolicyTable *table, size_t start, size_t count, UnitScores *scores, const int32_t arms,
    const int32_t outcomes) {
    turn_outcomes(table, table->residuals, start, count, outcomes, SCORE_RESIDUAL, scores);
    turn_outcomes(table, table->control, start, count, outcomes, SCORE_CONTROL, scores);
    turn_outcomes(table, table->observed, start, count, outcomes, SCORE_OBSERVED, scores);
    for (int32_t arm = 1; arm < arms; arm++) {
        const int32_t contrasts = table->contrasts + (arm - 1) * outcomes;
        turn_outcomes(table, contrasts, start, count, outcomes, SCORE_CONTRASTS + arm, scores);
    }
    const float *inverse = column(table, table->inverse, start);
    for (size_t u = 0; u < count; u++) {
        scores->inverse[u] = (double)inverse[u];
        scores->observed[u] = table->assignment[start + u];
    }
}

/// Adds what changes when a unit passes from arm `low` to arm `high`. Which of its terms are 0 cannot be predicted, so all are
/// added: a 0 leaves a sum as it is to the last bit.
ESPALIER_INLINE void add_row_change(const UnitScores *scores, size_t unit, ProfileRow *row, int32_t low, int32_t high) {
    const int32_t observed = scores->observed[unit], is_control = observed == 0;
    row->units[low] -= 1;
    row->units[high] += 1;
    const double match = (double)((high == observed) - (low == observed));
    const double v = scores->inverse[unit];
    const double in_control = (double)is_control;
    const double low_sign = (double)((low == observed) - is_control);
    const double high_sign = (double)((high == observed) - is_control);
    const record_lanes *own = scores->scores[unit];
    const wide_lanes residual = WIDE(own[SCORE_RESIDUAL]);
    const wide_lanes low_d = WIDE(own[SCORE_CONTRASTS + low]) + low_sign * residual;
    const wide_lanes high_d = WIDE(own[SCORE_CONTRASTS + high]) + high_sign * residual;
    row->of[ROW_D] += high_d - low_d;
    row->of[ROW_DD] += high_d * high_d - low_d * low_d;
    row->of[ROW_DG] += (high_d - low_d) * WIDE(own[SCORE_CONTROL]);
    const wide_lanes vy = v * WIDE(own[SCORE_OBSERVED]);
    const wide_lanes vvy = match * v * vy, vvyy = match * vy * vy;
    row->of[ROW_VY] += match * vy;
    row->of[ROW_VVY] += vvy;
    row->of[ROW_VVYY] += vvyy;
    row->of[ROW_VVY_CONTROL] += in_control * vvy;
    row->of[ROW_VVYY_CONTROL] += in_control * vvyy;
    row->common += (wide_lanes){match, match * v, match * v * v, in_control * match * v * v};
}

/// Adds rows to the cells of `espalier_profile_sums`.
ESPALIER_INLINE void add_rows(const EspalierPolicyTable *table, const ProfileRow *rows, size_t grid, double *cells) {
    static const int32_t common[RECORD_LANES] = {ESPALIER_MATCHED, ESPALIER_V, ESPALIER_VV, ESPALIER_VV_CONTROL};
    static const int32_t groups[ROW_GROUP_COUNT] = {
        ESPALIER_D, ESPALIER_DD, ESPALIER_DG, ESPALIER_VY, ESPALIER_VVY, ESPALIER_VVYY, ESPALIER_VVY_CONTROL,
        ESPALIER_VVYY_CONTROL,
    };
    const size_t arms = (size_t)table->arms, width = sum_count(table);
    for (size_t g = 0; g < grid; g++) {
        double *cell = cells + g * width;
        for (size_t arm = 0; arm < arms; arm++) cell[arm] += rows[g].units[arm];
        for (int32_t k = 0; k < RECORD_LANES; k++) cell[arms + (size_t)common[k]] += rows[g].common[k];
        double *outcome = cell + arms + ESPALIER_COMMON_COUNT;
        for (int32_t j = 0; j < table->outcomes; j++, outcome += ESPALIER_OUTCOME_COUNT) {
            for (int32_t k = 0; k < ROW_GROUP_COUNT; k++) outcome[groups[k]] += rows[g].of[k][j];
        }
    }
}

#endif
