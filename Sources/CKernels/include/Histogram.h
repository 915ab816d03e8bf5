#ifndef ESPALIER_HISTOGRAM_H
#define ESPALIER_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

/*
 * The row loops of tree growth. Sums are taken in the order of the rows and never reassociated or fused, so that their
 * bits depend neither on the machine's instruction set nor on the number of threads.
 *
 * An entry is one unit of an arm-against-control pair: row << 1 | (1 if treated, 0 if control).
 */

/* Adds {1, y, y^2, 0} of each entry to cells[(bin * 2 + arm) * 4]. */
void espalier_histogram(const uint8_t *_Nonnull bins, const uint32_t *_Nonnull entries, const float *_Nonnull y,
                        size_t count, double *_Nonnull cells);

/* Adds {1, w, w y, w^2, w^2 y, w^2 y^2, 0, 0} of each entry, w its weight, to cells[(bin * 2 + arm) * 8]. */
void espalier_histogram_weighted(const uint8_t *_Nonnull bins, const uint32_t *_Nonnull entries,
                                 const float *_Nonnull y, const float *_Nonnull weights, size_t count,
                                 double *_Nonnull cells);

/* Adds 1 for each entry to counts[bin * 2 + arm]. */
void espalier_histogram_counts(const uint8_t *_Nonnull bins, const uint32_t *_Nonnull entries, size_t count,
                               uint32_t *_Nonnull counts);

/*
 * Adds {1, w, w y, w^2, w^2 y, w^2 y^2} of each entry to sums[arm * 6]; y and weights are columns by row, and without
 * weights every w is 1.
 */
void espalier_arm_sums(const uint32_t *_Nonnull entries, size_t count, const float *_Nonnull y,
                       const float *_Nullable weights, double *_Nonnull sums);

/*
 * Stable partition of the entries (and of y and weights beside them, where given) by left[bin]: those that go left come
 * first. The scratch arrays hold at least count elements. Returns how many went left.
 */
size_t espalier_partition(const uint8_t *_Nonnull bins, const uint8_t *_Nonnull left, uint32_t *_Nonnull entries,
                          float *_Nullable y, float *_Nullable weights, size_t count,
                          uint32_t *_Nonnull scratch_entries, float *_Nullable scratch_y,
                          float *_Nullable scratch_weights);

/* The number of the 255 ascending edges (padded with +infinity) that lie below each value; `missing` for NaN. */
void espalier_bin(const float *_Nonnull values, size_t count, const float *_Nonnull edges, uint8_t missing,
                  uint8_t *_Nonnull bins);

#endif
