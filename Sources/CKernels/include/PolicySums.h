#ifndef ESPALIER_POLICY_SUMS_H
#define ESPALIER_POLICY_SUMS_H

#include <stddef.h>
#include <stdint.h>

/// Per-unit columns of a policy table, column c at `columns + c * stride`; outcomes are net of arm costs, centred and scaled.
typedef struct {
    const float *columns;
    size_t stride;
    const uint8_t *assignment; ///< Observed arm of each unit.
    int32_t arms, outcomes;
    int32_t effects;   ///< First of (arms - 1) x outcomes columns: tau, what utilities are made of.
    int32_t contrasts; ///< First of (arms - 1) x outcomes columns: mu_i - mu_0.
    int32_t residuals; ///< First of `outcomes` columns: (Y - mu_T) / e_T, 0 where SWITCH-DR leaves the correction out.
    int32_t uncut;     ///< First of `outcomes` columns: (Y - mu_T) / e_T everywhere.
    int32_t control;   ///< First of `outcomes` columns: Gamma_0.
    int32_t observed;  ///< First of `outcomes` columns: Y.
    int32_t inverse;   ///< One column: 1 / e_T.
} EspalierPolicyTable;

/// Layout of the sums of one policy: `arms` counts of the units that get each arm, the common sums, then one group per outcome.
/// v = pi(T | x) / e_T, which is [chosen = observed] / e_T for a policy that gives one arm; d = sum_i pi_i Gamma_i - Gamma_0;
/// g = Gamma_0. "Control" and "Baseline" are restricted to units observed in arm 0 and in the baseline arm, and one of the
/// two v is that arm's, 1 / e_T: products of the policy's terms with the arm's.
enum {
    ESPALIER_MATCHED,           ///< Units whose observed arm the policy may give.
    ESPALIER_V,
    ESPALIER_VV,
    ESPALIER_VV_CONTROL,
    ESPALIER_VV_BASELINE,
    ESPALIER_COMMON_COUNT
};
enum {
    ESPALIER_D,
    ESPALIER_DD,
    ESPALIER_DG,
    ESPALIER_DB,                ///< d times the baseline arm's d.
    ESPALIER_VY,
    ESPALIER_VVY,
    ESPALIER_VVYY,
    ESPALIER_VVY_CONTROL,
    ESPALIER_VVYY_CONTROL,
    ESPALIER_VVY_BASELINE,
    ESPALIER_VVYY_BASELINE,
    ESPALIER_OUTCOME_COUNT
};

enum { ESPALIER_MAXIMUM_ARMS = 32, ESPALIER_MAXIMUM_OUTCOMES = 32 };

/// The arm with the highest utility offset_i + sum_j slope_j tau_ij for units [start, start + count); ties to the lower arm.
/// `slopes`: one per outcome; `offsets`: one per arm. Multiplies and adds are never fused, so that every machine decides alike.
void espalier_choose(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t start, size_t count,
    uint8_t *choice);

/// Adds the sums of linear policies over units [start, start + count) to `sums`, row by row; each row is the same to the last bit
/// whatever others are asked for. `slopes` is policies x outcomes, `offsets` policies x arms.
void espalier_policy_sums(
    const EspalierPolicyTable *table, const double *slopes, const double *offsets, size_t policies, int32_t baseline,
    size_t start, size_t count, double *sums);

/// Adds the sums of probabilities over the arms: those of unit `start + u` stand in row `rows[u]` of `distributions`, `arms`
/// numbers a row. The correction of d counts where v is at most `limit`, that of an arm where 1 / e_T is (SWITCH-DR). Rows of
/// zeros and a one give what the assignment's own sums would be, to the last bit.
void espalier_probability_sums(
    const EspalierPolicyTable *table, const uint32_t *rows, const float *distributions, float limit, int32_t baseline,
    size_t start, size_t count, double *sums);

/// Adds, per grid value, the change of the sums between that grid value and the one before (the first row holds the sums
/// themselves): `cells` is grid x (arms + common + outcomes x group), row by row. `slopes` is grid x outcomes and
/// `offsets` grid x arms, taken along one line (up to a positive factor per grid value) at the ascending `positions`, so
/// that the grid values at which a unit gets an arm are contiguous. The baseline sums stay 0.
void espalier_profile_sums(
    const EspalierPolicyTable *table, const double *positions, const double *slopes, const double *offsets, size_t grid,
    size_t start, size_t count, double *cells);

#endif
