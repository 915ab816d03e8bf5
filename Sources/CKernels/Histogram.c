#include "Histogram.h"
#include "Clones.h"

#include <string.h>

#pragma clang fp contract(off)

typedef double lanes4 __attribute__((vector_size(32)));
typedef double lanes8 __attribute__((vector_size(64)));

ESPALIER_CLONES
void espalier_histogram(const uint8_t *bins, const uint32_t *entries, const float *y, size_t count,
                               double *cells) {
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = entries[i];
        double *cell = cells + ((size_t)bins[entry >> 1] * 2 + (entry & 1)) * 4;
        double value = y[i];
        lanes4 sums, record = {1, value, value * value, 0};
        memcpy(&sums, cell, sizeof sums);
        sums += record;
        memcpy(cell, &sums, sizeof sums);
    }
}

ESPALIER_CLONES
void espalier_histogram_weighted(const uint8_t *bins, const uint32_t *entries, const float *y,
                                        const float *weights, size_t count, double *cells) {
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = entries[i];
        double *cell = cells + ((size_t)bins[entry >> 1] * 2 + (entry & 1)) * 8;
        double value = y[i], weight = weights[i], square = weight * weight;
        lanes8 sums, record = {1, weight, weight * value, square, square * value, square * value * value, 0, 0};
        memcpy(&sums, cell, sizeof sums);
        sums += record;
        memcpy(cell, &sums, sizeof sums);
    }
}

void espalier_histogram_counts(const uint8_t *bins, const uint32_t *entries, size_t count, uint32_t *counts) {
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = entries[i];
        counts[(size_t)bins[entry >> 1] * 2 + (entry & 1)] += 1;
    }
}

void espalier_arm_sums(const uint32_t *entries, size_t count, const float *y, const float *weights, double *sums) {
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = entries[i], row = entry >> 1;
        double *arm = sums + (size_t)(entry & 1) * 6;
        double value = y[row], weight = weights ? weights[row] : 1, square = weight * weight;
        arm[0] += 1;
        arm[1] += weight;
        arm[2] += weight * value;
        arm[3] += square;
        arm[4] += square * value;
        arm[5] += square * value * value;
    }
}

size_t espalier_partition(const uint8_t *bins, const uint8_t *left, uint32_t *entries, float *y, float *weights,
                          size_t count, uint32_t *scratch_entries, float *scratch_y, float *scratch_weights) {
    size_t kept = 0, moved = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = entries[i];
        size_t goes_left = left[bins[entry >> 1]] & 1;
        entries[kept] = entry;
        scratch_entries[moved] = entry;
        if (y) {
            float value = y[i];
            y[kept] = value;
            scratch_y[moved] = value;
        }
        if (weights) {
            float weight = weights[i];
            weights[kept] = weight;
            scratch_weights[moved] = weight;
        }
        kept += goes_left;
        moved += 1 - goes_left;
    }
    memcpy(entries + kept, scratch_entries, moved * sizeof *entries);
    if (y) memcpy(y + kept, scratch_y, moved * sizeof *y);
    if (weights) memcpy(weights + kept, scratch_weights, moved * sizeof *weights);
    return kept;
}

ESPALIER_CLONES
void espalier_bin(const float *values, size_t count, const float *edges, uint8_t missing, uint8_t *bins) {
    for (size_t i = 0; i < count; i++) {
        float value = values[i];
        uint32_t bin = 0;
        for (uint32_t step = 128; step > 0; step >>= 1)
            bin += edges[bin + step - 1] < value ? step : 0;
        bins[i] = value == value ? (uint8_t)bin : missing;
    }
}
