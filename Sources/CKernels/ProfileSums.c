#include "ProfileRows.h"
#include "ProfileSteps.h"

/// A block of units and the arms they get at the ends of the grid.
typedef struct {
    size_t start, count;
    int32_t first[BLOCK], last[BLOCK];
} Ends;

/// Adds what changes when a unit passes from arm `low` to arm `high` to a row of the cells.
ESPALIER_INLINE void add_cell_change(
    const EspalierPolicyTable *table, size_t unit, double *row, int32_t low, int32_t high, const int32_t outcomes) {
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

/// Adds a block: the sums at the first grid value to `sums`, the steps from there to rows or, where there are none, to cells.
/// `arms` and `outcomes` are constants where this is inlined.
ESPALIER_INLINE void add_steps(
    Walk *walk, const EspalierPolicyTable *table, const double *slopes, const double *offsets, Ends *ends,
    UnitScores *scores, ProfileRow *rows, double *cells, block_sums *sums, const int32_t arms, const int32_t outcomes) {
    const size_t last = walk->grid.last;
    choose_block(table, slopes, offsets, ends->start, ends->count, ends->first, arms, outcomes);
    choose_block(
        table, slopes + last * (size_t)outcomes, offsets + last * (size_t)arms, ends->start, ends->count, ends->last,
        arms, outcomes);
    add_block(table, (Given){.pick = ends->first}, 0, ends->start, ends->count, sums, arms, outcomes);
    find_steps(walk, table, ends->start, ends->count, ends->first, ends->last, arms, outcomes);
    if (walk->count == 0) return;
    if (rows) turn_scores(table, ends->start, ends->count, scores, arms, outcomes);
    for (size_t k = 0; k < walk->count; k++) {
        const Step step = walk->sorted[k];
        if (rows) {
            add_row_change(scores, step.unit, rows + step.g, step.low_arm, step.high_arm);
        } else {
            double *cell = cells + step.g * sum_count(table);
            add_cell_change(table, ends->start + step.unit, cell, step.low_arm, step.high_arm, outcomes);
        }
    }
}

ESPALIER_CLONES
void espalier_profile_sums(
    const EspalierPolicyTable *table, const double *positions, const double *slopes, const double *offsets, size_t grid,
    size_t start, size_t count, double *cells) {
    const int32_t arms = table->arms, outcomes = table->outcomes;
    Ends ends;
    UnitScores scores = {0};
    Walk walk;
    start_walk(&walk, table, positions, slopes, offsets, grid);
    ProfileRow *rows = arms <= ROW_ARMS && outcomes <= ROW_OUTCOMES ? zeros(grid * sizeof *rows) : NULL;
    block_sums grown;
    clear_sums(table, &grown);
    for (size_t done = 0; done < count; done += BLOCK) {
        ends.start = start + done;
        ends.count = count - done < BLOCK ? count - done : BLOCK;
#define ADD(arms, outcomes) add_steps(&walk, table, slopes, offsets, &ends, &scores, rows, cells, &grown, arms, outcomes)
        FOR_SHAPE(table, ADD)
#undef ADD
    }
    add_totals(table, &grown, cells);
    if (rows) add_rows(table, rows, grid, cells);
    free(rows);
    end_walk(&walk);
}
