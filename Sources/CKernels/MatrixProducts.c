#include "MatrixProducts.h"
#include "Lanes.h"

#include <math.h>

// A tile of four rows and two vectors stays in registers while the products of all k are added to it.
enum { TILE_ROWS = 4 };

#define DEFINE_TILE(name, type, vector, width)                                                                         \
    ESPALIER_INLINE void name(                                                                                         \
        type *c, size_t c_row, const type *a, size_t a_row, size_t a_step, const type *b, size_t b_row, size_t rows,   \
        size_t columns, size_t inner) {                                                                                \
        if (rows == TILE_ROWS && columns == 2 * width) {                                                               \
            vector sums[TILE_ROWS][2];                                                                                 \
            for (int i = 0; i < TILE_ROWS; i++) memcpy(sums[i], c + i * c_row, sizeof sums[i]);                        \
            for (size_t k = 0; k < inner; k++) {                                                                       \
                vector right[2];                                                                                       \
                memcpy(right, b + k * b_row, sizeof right);                                                            \
                for (int i = 0; i < TILE_ROWS; i++) {                                                                  \
                    const type left = a[i * a_row + k * a_step];                                                       \
                    sums[i][0] += left * right[0];                                                                     \
                    sums[i][1] += left * right[1];                                                                     \
                }                                                                                                      \
            }                                                                                                          \
            for (int i = 0; i < TILE_ROWS; i++) memcpy(c + i * c_row, sums[i], sizeof sums[i]);                        \
            return;                                                                                                    \
        }                                                                                                              \
        for (size_t i = 0; i < rows; i++) {                                                                            \
            for (size_t k = 0; k < inner; k++) {                                                                       \
                const type left = a[i * a_row + k * a_step];                                                           \
                for (size_t j = 0; j < columns; j++) c[i * c_row + j] += left * b[k * b_row + j];                      \
            }                                                                                                          \
        }                                                                                                              \
    }

DEFINE_TILE(double_tile, double, double_lanes, 8)
DEFINE_TILE(float_tile, float, lanes, 16)

#define DEFINE_PRODUCT(name, tile, type, width)                                                                        \
    ESPALIER_CLONES                                                                                                    \
    void name(                                                                                                         \
        type *c, size_t c_row, const type *a, size_t a_row, size_t a_step, const type *b, size_t b_row, size_t rows,   \
        size_t columns, size_t inner) {                                                                                \
        for (size_t j = 0; j < columns; j += 2 * width) {                                                              \
            const size_t wide = columns - j < 2 * width ? columns - j : 2 * width;                                     \
            for (size_t i = 0; i < rows; i += TILE_ROWS) {                                                             \
                const size_t tall = rows - i < TILE_ROWS ? rows - i : TILE_ROWS;                                       \
                tile(c + i * c_row + j, c_row, a + i * a_row, a_row, a_step, b + j, b_row, tall, wide, inner);         \
            }                                                                                                          \
        }                                                                                                              \
    }

DEFINE_PRODUCT(espalier_multiply_add_doubles, double_tile, double, 8)
DEFINE_PRODUCT(espalier_multiply_add_floats, float_tile, float, 16)

ESPALIER_CLONES
void espalier_adam(
    float *values, const float *gradient, float *first, float *second, size_t count, const EspalierAdamStep *step) {
    const float rate = step->rate, shrink = 1 - step->rate * step->decay;
    for (size_t i = 0; i < count; i++) {
        first[i] = 0.9f * first[i] + 0.1f * gradient[i];
        second[i] = 0.999f * second[i] + 0.001f * gradient[i] * gradient[i];
        const float root = sqrtf(second[i] * step->second_share) + 1e-8f;
        values[i] = shrink * values[i] - rate * (first[i] * step->first_share) / root;
    }
}
