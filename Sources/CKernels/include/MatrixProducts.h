#ifndef ESPALIER_MATRIX_PRODUCTS_H
#define ESPALIER_MATRIX_PRODUCTS_H

#include <stddef.h>

/*
 * C += A B, with C rows x columns and A rows x inner: entry (i, k) of A at a + i * a_row + k * a_step, so that A may lie
 * transposed; rows of B and C lie whole, b_row and c_row apart. Every entry of C adds its products in the order of k, in the
 * precision of its type and without fused multiply-adds: the same bits on every machine.
 */
void espalier_multiply_add_doubles(
    double *c, size_t c_row, const double *a, size_t a_row, size_t a_step, const double *b, size_t b_row, size_t rows,
    size_t columns, size_t inner);
void espalier_multiply_add_floats(
    float *c, size_t c_row, const float *a, size_t a_row, size_t a_step, const float *b, size_t b_row, size_t rows,
    size_t columns, size_t inner);

/// What a step of Adam (Kingma & Ba 2015) with decoupled decay (Loshchilov & Hutter 2019) goes by.
typedef struct {
    float rate;
    float decay;       ///< Of the values, per unit of the rate.
    float first_share; ///< 1 / (1 - .9^step), which makes up for the start of the first moment at 0.
    float second_share; ///< 1 / (1 - .999^step).
} EspalierAdamStep;

/// One step of `count` values down their gradient.
void espalier_adam(
    float *values, const float *gradient, float *first, float *second, size_t count, const EspalierAdamStep *step);

#endif
