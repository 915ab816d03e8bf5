#ifndef ESPALIER_PROFILE_GRID_H
#define ESPALIER_PROFILE_GRID_H

#include "UnitRecords.h"

#include <math.h>

enum { BUCKETS = 512 };

/// A line of policies by grid value.
typedef struct {
    /// Ascending, with a last one above every other.
    double *positions;
    const double *slopes;
    /// Arms side by side.
    wide_lanes *offsets;
    size_t last;
    /// The grid's reach in even buckets: of each the first grid value at or above its left edge, how many a unit of position
    /// holds, and the most grid values in one.
    uint32_t firsts[BUCKETS];
    double buckets_per_unit;
    size_t most;
} ProfileGrid;

/// `room`, all zeros.
ESPALIER_INLINE void *zeros(size_t bytes) { return memset(room(bytes), 0, bytes); }

ESPALIER_INLINE void make_grid(
    ProfileGrid *own, const EspalierPolicyTable *table, const double *positions, const double *slopes,
    const double *offsets, size_t grid) {
    const size_t arms = (size_t)table->arms, lanes = RECORD_GROUPS(arms) * RECORD_LANES, last = grid - 1;
    own->positions = zeros((grid + 1) * sizeof(double));
    own->offsets = zeros(grid * lanes * sizeof(double));
    own->slopes = slopes;
    own->last = last;
    memcpy(own->positions, positions, grid * sizeof(double));
    own->positions[grid] = INFINITY;
    double *lane_offsets = (double *)own->offsets;
    for (size_t g = 0; g < grid; g++) memcpy(lane_offsets + g * lanes, offsets + g * arms, arms * sizeof(double));
    const double reach = positions[last] - positions[0];
    own->buckets_per_unit = reach > 0 ? BUCKETS / reach : 0;
    own->most = 0;
    size_t g = 0;
    for (size_t b = 0; b <= BUCKETS; b++) {
        const size_t before = g;
        while (g < last && (b == BUCKETS || positions[g] < positions[0] + (double)b * (reach / BUCKETS))) g++;
        if (b < BUCKETS) own->firsts[b] = (uint32_t)g;
        if (b > 0 && g - before > own->most) own->most = g - before;
    }
}

ESPALIER_INLINE void free_grid(ProfileGrid *own) {
    free(own->positions);
    free(own->offsets);
}

/// The first grid value at or above `position`, between `low` and `high` exclusive; `high` where there is nothing between.
/// Always as many steps, since neither halving nor a walk's end can be predicted.
ESPALIER_INLINE size_t grid_index(const ProfileGrid *grid, size_t low, size_t high, double position) {
    const double place = (position - grid->positions[0]) * grid->buckets_per_unit;
    const double inside = place > 0 ? (place < BUCKETS - 1 ? place : BUCKETS - 1) : 0;
    uint32_t g = grid->firsts[(uint32_t)inside];
    for (size_t step = 0; step < grid->most; step++) g += grid->positions[g] < position;
    const size_t below = g < high ? g : high - 1;
    return below > low ? below : low + 1;
}

/// The utilities of every arm at a grid value, offset + slope_0 tau_0 + slope_1 tau_1 ..., by the policy's own expression.
/// - Parameter effects: the unit's. `arms` and `outcomes` are constants where this is inlined.
ESPALIER_INLINE void utilities(
    const ProfileGrid *grid, const record_lanes *effects, size_t g, const int32_t arms, const int32_t outcomes,
    double *out) {
    const size_t groups = RECORD_GROUPS((size_t)arms);
    const double *slopes = grid->slopes + g * (size_t)outcomes;
    for (size_t group = 0; group < groups; group++) {
        wide_lanes sum = grid->offsets[g * groups + group];
        for (int32_t j = 0; j < outcomes; j++) sum = sum + slopes[j] * WIDE(effects[group * (size_t)outcomes + (size_t)j]);
        memcpy(out + group * RECORD_LANES, &sum, sizeof sum);
    }
}

/// The pointwise argmax: it defines the assignment at a grid value.
ESPALIER_INLINE int32_t choose(
    const ProfileGrid *grid, const record_lanes *effects, size_t g, const int32_t arms, const int32_t outcomes) {
    double own[ESPALIER_MAXIMUM_ARMS];
    utilities(grid, effects, g, arms, outcomes, own);
    int32_t pick = 0;
    double best = own[0];
    for (int32_t arm = 1; arm < arms; arm++) {
        const double value = own[arm];
        pick = value > best ? arm : pick;
        best = value > best ? value : best;
    }
    return pick;
}

#endif
