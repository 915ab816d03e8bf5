#ifndef ESPALIER_UNIT_RECORDS_H
#define ESPALIER_UNIT_RECORDS_H

#include "PolicyBlocks.h"

// The columns of a block turned into records: what is wanted of one unit lies side by side, four floats at a time.
enum { RECORD_LANES = 4 };
typedef float record_lanes __attribute__((vector_size(16)));
typedef double wide_lanes __attribute__((vector_size(32)));

#define WIDE(values) __builtin_convertvector(values, wide_lanes)
#define RECORD_GROUPS(count) (((count) + RECORD_LANES - 1) / RECORD_LANES)

/// Four columns of a block, NULL being one of zeros.
typedef struct {
    const float *of[RECORD_LANES];
} RecordColumns;

/// Pairs of `x` and `y` from pair `k / 2` on, in turns.
#define PAIRS(x, y, k)                                                                                        \
    __builtin_shufflevector(                                                                                  \
        x, y, k, k + 1, k + 16, k + 17, k + 2, k + 3, k + 18, k + 19, k + 4, k + 5, k + 20, k + 21, k + 6, k + 7, \
        k + 22, k + 23)
#define LOW_HALVES(x, y) \
    __builtin_shufflevector(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH_HALVES(x, y) \
    __builtin_shufflevector(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

/// Writes the four values of each unit at `out`, `step` records apart; `out` has room for a whole block.
ESPALIER_INLINE void turn(const RecordColumns columns, size_t count, size_t step, record_lanes *out) {
    for (size_t done = 0; done < count; done += LANES) {
        lanes own[RECORD_LANES] = {{0}};
        for (int k = 0; k < RECORD_LANES; k++) {
            if (columns.of[k]) load(&own[k], columns.of[k] + done, count - done);
        }
        const lanes low = LOW_HALVES(own[0], own[1]), high = HIGH_HALVES(own[0], own[1]);
        const lanes low_rest = LOW_HALVES(own[2], own[3]), high_rest = HIGH_HALVES(own[2], own[3]);
        const lanes turned[RECORD_LANES] = {
            PAIRS(low, low_rest, 0), PAIRS(low, low_rest, 8), PAIRS(high, high_rest, 0), PAIRS(high, high_rest, 8),
        };
        record_lanes units[LANES];
        memcpy(units, turned, sizeof units);
        for (size_t u = 0; u < LANES; u++) out[(done + u) * step] = units[u];
    }
}

#undef PAIRS
#undef LOW_HALVES
#undef HIGH_HALVES

/// Effects of the units of a block, by unit, group of arms and outcome; the arms of a group lie side by side, those of arm 0
/// being 0.
ESPALIER_INLINE void turn_effects(
    const EspalierPolicyTable *table, size_t start, size_t count, record_lanes *effects, const int32_t arms,
    const int32_t outcomes) {
    const int32_t groups = RECORD_GROUPS(arms);
    for (int32_t group = 0; group < groups; group++) {
        for (int32_t j = 0; j < outcomes; j++) {
            RecordColumns columns;
            for (int32_t lane = 0; lane < RECORD_LANES; lane++) {
                const int32_t arm = group * RECORD_LANES + lane;
                columns.of[lane] =
                    arm > 0 && arm < arms ? column(table, table->effects + (arm - 1) * outcomes + j, start) : NULL;
            }
            turn(columns, count, (size_t)(groups * outcomes), effects + group * outcomes + j);
        }
    }
}

#endif
