#ifndef ESPALIER_MEMBER_SUMS_H
#define ESPALIER_MEMBER_SUMS_H

#include <stddef.h>
#include <stdint.h>

/*
 * Passes over the effects of every unit. The effect of arm i > 0 on outcome j is column j * (arms - 1) + i - 1 at
 * `effects + column * stride`; control's are 0. A unit's utility of an arm is sum_j weights[j] * effect, in double precision,
 * never fused; it takes the arm of the highest utility, the lower of equals.
 */

enum { ESPALIER_MEMBER_OUTCOMES = 32 };

typedef struct {
    const float *effects;
    size_t stride;
    int32_t arms, outcomes;
} EspalierMembers;

/// Adds the effects of the arms taken by units [start, start + count) to sums, one per outcome.
void espalier_member_sums(const EspalierMembers *members, const double *weights, size_t start, size_t count, double *sums);

/// The arms taken, and by how much the utility of each is above that of the next best.
void espalier_member_choices(const EspalierMembers *members, const double *weights, size_t start, size_t count,
                             uint8_t *choices, double *margins);

/// The arms taken, with the units that do not take the same arm for all weights within `reach` of `weights`: their indices
/// go to `open`, in order. The effects of all others are added to sums.
/// Returns the number of open units.
size_t espalier_member_screen(const EspalierMembers *members, const double *weights, const double *reach, size_t start,
                              size_t count, uint8_t *choices, uint32_t *open, double *sums);

#endif
