#ifndef ESPALIER_SELECTION_SUMS_H
#define ESPALIER_SELECTION_SUMS_H

#include <stddef.h>
#include <stdint.h>

/// Units of one arm: column c of the features at `features + c * stride`, likewise the outcomes.
typedef struct {
    const double *features;
    const double *outcomes;
    const double *weight; ///< 1 / P(T = own arm given x), or NULL where all have the same.
    size_t stride;
    int32_t feature_count, outcome_count;
} EspalierSelectionTable;

enum { ESPALIER_SELECTION_MAXIMUM_OUTCOMES = 8 };

/// Adds, over units [start, start + count), the sums that a softmax of the linear score s = 3 tanh(x' parameters) is made
/// of. With q = weight exp(s) and y = (1, outcomes), row k of `sums`, 1 + feature_count wide, holds sum(q y_k), then the
/// derivatives sum(q y_k ds/dparameter_j).
void espalier_selection_sums(
    const EspalierSelectionTable *table, const double *parameters, size_t start, size_t count, double *sums);

#endif
