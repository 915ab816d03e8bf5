#ifndef ESPALIER_PROFILE_STEPS_H
#define ESPALIER_PROFILE_STEPS_H

#include "ProfileGrid.h"

// Where the units of a block change arms, found for all of them together, round by round: each loop does one thing to every
// stretch and hardly branches, so that a unit does not wait for the one before it.
enum { DIRECT_GUESSES = 3, STRETCHES = 2 * BLOCK };

/// A unit's change of arm between a grid value and the one before.
typedef struct {
    uint32_t g;
    uint8_t unit, low_arm, high_arm;
} Step;

/// Two grid values and the arms at them, which differ; `unit` counts from the block's first.
typedef struct {
    uint32_t low, high;
    uint8_t unit, low_arm, high_arm;
} Stretch;

/// The units of one block on their way along the grid.
typedef struct {
    ProfileGrid grid;
    record_lanes *effects;
    size_t effects_per_unit;
    /// Steps as they are found, and in the order of the units.
    Step *found, *sorted;
    size_t count;
} Walk;

ESPALIER_INLINE void start_walk(
    Walk *walk, const EspalierPolicyTable *table, const double *positions, const double *slopes, const double *offsets,
    size_t grid) {
    make_grid(&walk->grid, table, positions, slopes, offsets, grid);
    walk->effects_per_unit = (size_t)(RECORD_GROUPS(table->arms) * table->outcomes);
    walk->effects = zeros(BLOCK * walk->effects_per_unit * sizeof *walk->effects);
    // A unit has at most one step at a grid value, and one more is written than counts.
    walk->found = zeros((BLOCK * grid + 1) * sizeof *walk->found);
    walk->sorted = zeros(BLOCK * grid * sizeof *walk->sorted);
}

ESPALIER_INLINE void end_walk(Walk *walk) {
    free_grid(&walk->grid);
    free(walk->effects);
    free(walk->found);
    free(walk->sorted);
}

ESPALIER_INLINE void add_step(Walk *walk, const Stretch *now) {
    walk->found[walk->count++] = (Step){now->high, now->unit, now->low_arm, now->high_arm};
}

/// Where the arm at the end should overtake that at the start, from their utilities at both.
ESPALIER_INLINE double crossing(const Walk *walk, const Stretch *now, const int32_t arms, const int32_t outcomes) {
    const record_lanes *effects = walk->effects + now->unit * walk->effects_per_unit;
    double first[ESPALIER_MAXIMUM_ARMS], last[ESPALIER_MAXIMUM_ARMS];
    utilities(&walk->grid, effects, now->low, arms, outcomes, first);
    utilities(&walk->grid, effects, now->high, arms, outcomes, last);
    const double ahead = first[now->low_arm] - first[now->high_arm];
    const double behind = last[now->high_arm] - last[now->low_arm];
    const double share = ahead + behind > 0 ? ahead / (ahead + behind) : 0.5;
    const double *positions = walk->grid.positions;
    return positions[now->low] + share * (positions[now->high] - positions[now->low]);
}

ESPALIER_INLINE uint8_t arm_at(
    const Walk *walk, const Stretch *now, size_t g, const int32_t arms, const int32_t outcomes) {
    return (uint8_t)choose(&walk->grid, walk->effects + now->unit * walk->effects_per_unit, g, arms, outcomes);
}

enum { PENDING = 32 };

/// Finds every step along a stretch by itself, whatever rounding makes of crossings.
static void walk_stretch(Walk *walk, Stretch now, const int32_t arms, const int32_t outcomes) {
    Stretch pending[PENDING];
    size_t count = 0;
    int guesses = 0;
    while (1) {
        while (now.low_arm != now.high_arm && now.high > now.low + 1) {
            // Crossings hit at once in nearly every case; halving bounds the rest.
            const uint32_t guess = guesses < DIRECT_GUESSES
                ? (uint32_t)grid_index(&walk->grid, now.low, now.high, crossing(walk, &now, arms, outcomes))
                : (now.low + now.high) / 2;
            guesses++;
            const uint8_t arm = arm_at(walk, &now, guess, arms, outcomes);
            if (arm == now.high_arm) {
                // Nothing changes above the guess. One step below it is the usual end.
                now.high = guess;
                if (now.high > now.low + 1) {
                    const uint8_t before = arm_at(walk, &now, now.high - 1, arms, outcomes);
                    if (before == now.low_arm) {
                        now.low = now.high - 1;
                    } else if (before != now.high_arm) {
                        add_step(walk, &(Stretch){now.low, now.high, now.unit, before, now.high_arm});
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
                const Stretch above = {guess, now.high, now.unit, arm, now.high_arm};
                if (count < PENDING) pending[count++] = above; else walk_stretch(walk, above, arms, outcomes);
                now.high = guess;
                now.high_arm = arm;
                guesses = 0;
            }
        }
        if (now.low_arm != now.high_arm) add_step(walk, &now);
        if (count == 0) return;
        now = pending[--count];
        guesses = 0;
    }
}

/// Finds the steps of stretches that have one where it is expected.
/// - Returns: how many stretches `next` has: those on either side of a third arm.
ESPALIER_INLINE size_t find_round(
    Walk *walk, const Stretch *now, size_t count, Stretch *next, const int32_t arms, const int32_t outcomes) {
    double position[STRETCHES];
    uint32_t guess[STRETCHES];
    uint8_t at[STRETCHES], before[STRETCHES];
    for (size_t k = 0; k < count; k++) position[k] = crossing(walk, now + k, arms, outcomes);
    for (size_t k = 0; k < count; k++) {
        guess[k] = (uint32_t)grid_index(&walk->grid, now[k].low, now[k].high, position[k]);
    }
    for (size_t k = 0; k < count; k++) at[k] = arm_at(walk, now + k, guess[k], arms, outcomes);
    for (size_t k = 0; k < count; k++) before[k] = arm_at(walk, now + k, guess[k] - 1, arms, outcomes);
    size_t rest = 0;
    for (size_t k = 0; k < count; k++) {
        const Stretch own = now[k];
        const int hits = (at[k] == own.high_arm) & (before[k] == own.low_arm);
        const int third = (at[k] != own.high_arm) & (at[k] != own.low_arm);
        if (!hits & !(third & (rest + 4 <= STRETCHES))) {
            walk_stretch(walk, own, arms, outcomes);
            continue;
        }
        // Which of the two it is cannot be predicted: both are written, and one counts.
        walk->found[walk->count] = (Step){guess[k], own.unit, own.low_arm, own.high_arm};
        walk->count += (size_t)hits;
        next[rest] = (Stretch){own.low, guess[k], own.unit, own.low_arm, at[k]};
        next[rest + 1] = (Stretch){guess[k], own.high, own.unit, at[k], own.high_arm};
        rest += 2 * (size_t)third;
    }
    return rest;
}

/// Puts what was found in the order of the units; a unit's own steps lie at different grid values, and their order is free.
ESPALIER_INLINE void sort_steps(Walk *walk) {
    uint32_t ends[BLOCK + 1] = {0};
    for (size_t k = 0; k < walk->count; k++) ends[walk->found[k].unit + 1]++;
    for (size_t u = 0; u < BLOCK; u++) ends[u + 1] += ends[u];
    for (size_t k = 0; k < walk->count; k++) walk->sorted[ends[walk->found[k].unit]++] = walk->found[k];
}

/// Finds the steps of a block from the arms at the ends of the grid, into `walk->sorted`.
/// `arms` and `outcomes` are constants where this is inlined.
ESPALIER_INLINE void find_steps(
    Walk *walk, const EspalierPolicyTable *table, size_t start, size_t block, const int32_t *first_pick,
    const int32_t *last_pick, const int32_t arms, const int32_t outcomes) {
    Stretch rounds[2][STRETCHES];
    size_t count = 0;
    walk->count = 0;
    for (size_t u = 0; u < block; u++) {
        rounds[0][count] = (Stretch){
            0, (uint32_t)walk->grid.last, (uint8_t)u, (uint8_t)first_pick[u], (uint8_t)last_pick[u],
        };
        // A unit with the same arm at both ends has it all along: the upper envelope of lines is convex.
        count += first_pick[u] != last_pick[u];
    }
    if (count == 0) return;
    turn_effects(table, start, block, walk->effects, arms, outcomes);
    for (int round = 0; count > 0; round ^= 1) {
        count = find_round(walk, rounds[round], count, rounds[round ^ 1], arms, outcomes);
    }
    sort_steps(walk);
}

#endif
