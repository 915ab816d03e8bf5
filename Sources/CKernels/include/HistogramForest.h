#ifndef ESPALIER_HISTOGRAM_FOREST_H
#define ESPALIER_HISTOGRAM_FOREST_H

#include <stddef.h>
#include <stdint.h>

/*
 * The row loops of forests. As in Histogram.h, sums are taken in the order of the rows and never reassociated or fused.
 *
 * A record is one unit's eight floats {1, w, w^2, y, w y, t, 0, 0}: residual treatment w, residual outcome y, and 1 in t
 * if treated. A cell is the eight doubles that records add up to. Four covariates' bins share one word: covariate k of
 * the four has bits 8k to 8k + 7.
 */

/* words[i] = the bins of row rows[i] in four columns. */
void espalier_forest_pack(const uint8_t *_Nonnull first, const uint8_t *_Nonnull second,
                          const uint8_t *_Nonnull third, const uint8_t *_Nonnull fourth,
                          const uint32_t *_Nonnull rows, size_t count, uint32_t *_Nonnull words);

/* Adds the record of each row to cells[(k * stride + bin of k) * 8], for the four covariates k of the word. */
void espalier_forest_histogram(const uint32_t *_Nonnull words, const uint32_t *_Nonnull rows,
                               const float *_Nonnull records, size_t count, size_t stride,
                               double *_Nonnull cells);

/*
 * Stable partition of the rows by left[bin of covariate k]: those that go left come first. The scratch holds at least
 * count elements. Returns how many went left.
 */
size_t espalier_forest_partition(const uint32_t *_Nonnull words, unsigned k, const uint8_t *_Nonnull left,
                                 uint32_t *_Nonnull rows, size_t count, uint32_t *_Nonnull scratch);

/* What both children of a cut have to have. */
typedef struct {
    /* units */
    double count;
    /* treated units, and as many control units */
    double arm;
    /* sum of (w - mean w)^2 */
    double information;
} espalier_forest_least;

typedef struct {
    /* (sum of rho on the left)^2 / units + the same on the right; 0 without an admissible cut */
    double gain;
    /* cells 0...position go left */
    int32_t position;
    /* whether `apart` goes left */
    int32_t apart_left;
} espalier_forest_cut;

/*
 * The best cut of `count` cells in their order, `apart` on the better side (on the larger one if it is empty). rho is
 * linear in a cell: the first five lanes times the coefficients. Of equal gains the first cut wins.
 */
espalier_forest_cut espalier_forest_best_cut(const double *_Nonnull cells, size_t count, const double *_Nonnull apart,
                                             const double *_Nonnull total, const double *_Nonnull coefficients,
                                             espalier_forest_least least);

/*
 * A node of a finished tree. A value goes left if value <= threshold; with `levels` >= 0 if bit (int)value of the 256
 * from word 4 * levels on is set; NaN if missing_left. The right child follows the left one. A leaf is its own left child,
 * with an infinite threshold and missing_left set.
 */
typedef struct {
    uint32_t covariate;
    float threshold;
    int32_t levels;
    /* left child << 1 | missing_left */
    uint32_t link;
} espalier_forest_node;

/*
 * The leaf (index of its node) of each row of a row-major matrix of encoded values: leaves[i] for row rows[i].
 */
void espalier_forest_walk(const espalier_forest_node *_Nonnull nodes, const uint64_t *_Nullable levels,
                          const float *_Nonnull values, size_t width, const uint32_t *_Nonnull rows, size_t count,
                          uint32_t *_Nonnull leaves);

#endif
