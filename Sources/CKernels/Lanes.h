#ifndef ESPALIER_LANES_H
#define ESPALIER_LANES_H

#include "Clones.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Sixteen floats side by side, whatever the machine's registers hold, and no multiply-add ever fused: sums come out the same
// to the last bit on every machine.
#pragma clang fp contract(off)

enum { LANES = 16 };
typedef float lanes __attribute__((vector_size(64)));
typedef int32_t int_lanes __attribute__((vector_size(64)));
typedef float half_lanes __attribute__((vector_size(32)));
typedef double double_lanes __attribute__((vector_size(64)));
typedef int64_t long_lanes __attribute__((vector_size(64)));
typedef int32_t half_int_lanes __attribute__((vector_size(32)));

/// Doubles that lanes are added up in.
typedef struct {
    double_lanes low, high;
} lane_sums;

/// The first `count` of sixteen values; what lies beyond is 0.
ESPALIER_INLINE void load(lanes *out, const float *values, size_t count) {
    if (count < LANES) memset(out, 0, sizeof *out);
    memcpy(out, values, (count < LANES ? count : LANES) * sizeof *values);
}

ESPALIER_INLINE void load_ints(int_lanes *out, const int32_t *values, size_t count) {
    if (count < LANES) memset(out, 0xFF, sizeof *out);
    memcpy(out, values, (count < LANES ? count : LANES) * sizeof *values);
}

/// Bytes as integers; beyond `count`, 255.
ESPALIER_INLINE void load_bytes(int_lanes *out, const uint8_t *values, size_t count) {
    typedef uint8_t byte_lanes __attribute__((vector_size(16)));
    byte_lanes bytes;
    if (count < LANES) memset(&bytes, 0xFF, sizeof bytes);
    memcpy(&bytes, values, count < LANES ? count : LANES);
    *out = __builtin_convertvector(bytes, int_lanes);
}

/// 1 where a comparison holds, else 0.
#define ONES(mask) ((lanes)((mask) & (int_lanes)((lanes){0} + 1.0f)))
/// The values where a comparison holds, else 0.
#define WHERE(mask, values) ((lanes)((mask) & (int_lanes)(values)))

/// Adds lanes to doubles, which lose nothing of them.
ESPALIER_INLINE void add_lanes(lane_sums *sums, const lanes *values) {
    const half_lanes low = __builtin_shufflevector(*values, *values, 0, 1, 2, 3, 4, 5, 6, 7);
    const half_lanes high = __builtin_shufflevector(*values, *values, 8, 9, 10, 11, 12, 13, 14, 15);
    sums->low += __builtin_convertvector(low, double_lanes);
    sums->high += __builtin_convertvector(high, double_lanes);
}

ESPALIER_INLINE double total(const lane_sums *sums) {
    double sum = 0;
    for (int lane = 0; lane < LANES / 2; lane++) sum += sums->low[lane];
    for (int lane = 0; lane < LANES / 2; lane++) sum += sums->high[lane];
    return sum;
}

#endif
