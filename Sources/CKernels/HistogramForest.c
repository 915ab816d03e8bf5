#include "HistogramForest.h"
#include "Clones.h"

#include <string.h>

#pragma clang fp contract(off)

typedef float record8 __attribute__((vector_size(32)));
typedef double lanes8 __attribute__((vector_size(64)));

void espalier_forest_pack(const uint8_t *first, const uint8_t *second, const uint8_t *third, const uint8_t *fourth,
                          const uint32_t *rows, size_t count, uint32_t *words) {
    for (size_t i = 0; i < count; i++) {
        uint32_t row = rows[i];
        words[i] = (uint32_t)first[row] | (uint32_t)second[row] << 8 | (uint32_t)third[row] << 16 |
                   (uint32_t)fourth[row] << 24;
    }
}

ESPALIER_INLINE void add(double *cell, const lanes8 *record) {
    lanes8 sums;
    memcpy(&sums, cell, sizeof sums);
    sums += *record;
    memcpy(cell, &sums, sizeof sums);
}

ESPALIER_CLONES
void espalier_forest_histogram(const uint32_t *words, const uint32_t *rows, const float *records, size_t count,
                               size_t stride, double *cells) {
    double *second = cells + stride * 8, *third = second + stride * 8, *fourth = third + stride * 8;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = rows[i], word = words[row];
        record8 record;
        memcpy(&record, records + (size_t)row * 8, sizeof record);
        lanes8 wide = __builtin_convertvector(record, lanes8);
        add(cells + (word & 255) * 8, &wide);
        add(second + (word >> 8 & 255) * 8, &wide);
        add(third + (word >> 16 & 255) * 8, &wide);
        add(fourth + (word >> 24) * 8, &wide);
    }
}

size_t espalier_forest_partition(const uint32_t *words, unsigned k, const uint8_t *left, uint32_t *rows, size_t count,
                                 uint32_t *scratch) {
    size_t kept = 0, moved = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = rows[i];
        size_t goes_left = left[words[row] >> 8 * k & 255] & 1;
        rows[kept] = row;
        scratch[moved] = row;
        kept += goes_left;
        moved += 1 - goes_left;
    }
    memcpy(rows + kept, scratch, moved * sizeof *rows);
    return kept;
}

ESPALIER_INLINE double rho(const double *cell, const double *coefficients) {
    return coefficients[0] * cell[0] + coefficients[1] * cell[1] + coefficients[2] * cell[2] +
           coefficients[3] * cell[3] + coefficients[4] * cell[4];
}

ESPALIER_INLINE int admissible(const double *cell, espalier_forest_least least) {
    return (cell[0] >= least.count) & (cell[5] >= least.arm) & (cell[0] - cell[5] >= least.arm) &
           (cell[2] * cell[0] - cell[1] * cell[1] >= least.information * cell[0]);
}

ESPALIER_INLINE void offer(const lanes8 *left, const lanes8 *total, const double *coefficients, espalier_forest_least least,
                           int32_t position, int32_t apart_left, espalier_forest_cut *best) {
    double l[8], r[8];
    lanes8 right = *total - *left;
    memcpy(l, left, sizeof l);
    memcpy(r, &right, sizeof r);
    if (!admissible(l, least) || !admissible(r, least)) return;
    double left_rho = rho(l, coefficients), right_rho = rho(r, coefficients);
    double gain = (left_rho * left_rho * r[0] + right_rho * right_rho * l[0]) / (l[0] * r[0]);
    if (gain > best->gain) *best = (espalier_forest_cut){gain, position, apart_left};
}

ESPALIER_CLONES
espalier_forest_cut espalier_forest_best_cut(const double *cells, size_t count, const double *apart,
                                             const double *total, const double *coefficients,
                                             espalier_forest_least least) {
    espalier_forest_cut best = {0, -1, 0};
    lanes8 left = {0}, whole, aside, cell;
    memcpy(&whole, total, sizeof whole);
    memcpy(&aside, apart, sizeof aside);
    int has_apart = apart[0] > 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i * 8] == 0) continue;
        memcpy(&cell, cells + i * 8, sizeof cell);
        left += cell;
        if (has_apart) {
            lanes8 both = left + aside;
            offer(&both, &whole, coefficients, least, (int32_t)i, 1, &best);
            offer(&left, &whole, coefficients, least, (int32_t)i, 0, &best);
        } else {
            offer(&left, &whole, coefficients, least, (int32_t)i, left[0] >= whole[0] - left[0], &best);
        }
    }
    return best;
}

void espalier_forest_walk(const espalier_forest_node *nodes, const uint64_t *levels, const float *values, size_t width,
                          const uint32_t *rows, size_t count, uint32_t *leaves) {
    enum { together = 16 };
    for (size_t start = 0; start < count; start += together) {
        size_t block = count - start < together ? count - start : together;
        uint32_t at[together] = {0}, moved;
        // Rows side by side: a walk waits for memory, sixteen of them wait together.
        do {
            moved = 0;
            for (size_t i = 0; i < block; i++) {
                espalier_forest_node node = nodes[at[i]];
                float value = values[(size_t)rows[start + i] * width + node.covariate];
                uint32_t goes_left;
                if (__builtin_expect(node.levels >= 0, 0) && value == value) {
                    uint32_t level = (uint32_t)value & 255;
                    goes_left = levels[(size_t)node.levels * 4 + level / 64] >> level % 64 & 1;
                } else {
                    goes_left = (value <= node.threshold) | ((value != value) & node.link);
                }
                uint32_t next = (node.link >> 1) + 1 - goes_left;
                moved |= next ^ at[i];
                at[i] = next;
            }
        } while (moved);
        memcpy(leaves + start, at, block * sizeof *leaves);
    }
}
