#ifndef ESPALIER_REPLICATE_SUMS_H
#define ESPALIER_REPLICATE_SUMS_H

#include <stddef.h>
#include <stdint.h>

/// Units in descending order of a score; unit u at index u of every column.
typedef struct {
    const float *weight;    ///< 1 / P(T = own arm given x).
    const float *value;     ///< weight x value.
    const float *cost;      ///< weight x cost.
    const uint8_t *treated; ///< 1 for treated units, 0 for control.
    const uint64_t *hash;   ///< What the unit's bootstrap weights are drawn from, whatever its place in the order.
} EspalierRankedUnits;

enum {
    ESPALIER_REPLICATE_KEYS = 16,  ///< Each key draws for two replicates.
    ESPALIER_REPLICATES = 32,      ///< Replicates summed side by side.
    ESPALIER_REPLICATE_COUNT = 7   ///< Units; weight, value and cost of the treated; the same of control.
};

/// Sums over units [start, start + count), each counted Poisson(1) times per replicate: `sums` is COUNT x REPLICATES, row by
/// row; replicates 2k and 2k + 1 are those of key k.
void espalier_replicate_sums(
    const EspalierRankedUnits *units, size_t start, size_t count, const uint32_t *keys, float *sums);

#endif
