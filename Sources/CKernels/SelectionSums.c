#include "SelectionSums.h"
#include "Lanes.h"

enum { CHUNK = 512, WIDTH = 8 };
typedef int64_t long_lanes __attribute__((vector_size(64)));

/// e^x for |x| up to 600: 2^n times a Taylor series on |r| <= ln 2 / 2, good to the last bits.
ESPALIER_INLINE void exponential(double_lanes *out, const double_lanes *x) {
    // Adding 1.5 x 2^52 rounds to a whole number, which then stands in the low bits.
    const double_lanes shift = (double_lanes){0} + 0x1.8p52;
    const double_lanes shifted = *x * 0x1.71547652b82fep0 + shift;
    const double_lanes n = shifted - shift;
    const double_lanes r = (*x - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33;
    static const double inverse_factorials[] = {
        1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120,
        1.0 / 24, 1.0 / 6, 0.5, 1, 1};
    double_lanes series = (double_lanes){0} + 1.0 / 6227020800;
    for (int term = 0; term < 13; term++) series = series * r + inverse_factorials[term];
    const long_lanes exponent = (long_lanes)shifted - (long_lanes)shift;
    *out = series * (double_lanes)((exponent + 1023) << 52);
}

/// tanh(x), through e^(-2|x|).
ESPALIER_INLINE void hyperbolic_tangent(double_lanes *out, const double_lanes *x) {
    const long_lanes sign = (long_lanes)*x & INT64_MIN;
    double_lanes size = (double_lanes)((long_lanes)*x & INT64_MAX);
    const long_lanes large = (long_lanes)(size > 40.0);
    size = (double_lanes)((~large & (long_lanes)size) | (large & (long_lanes)((double_lanes){0} + 40.0)));
    const double_lanes twice = size * -2.0;
    double_lanes z;
    exponential(&z, &twice);
    *out = (double_lanes)((long_lanes)((1.0 - z) / (1.0 + z)) | sign);
}

ESPALIER_INLINE void load_doubles(double_lanes *out, const double *values, size_t count) {
    if (count < WIDTH) memset(out, 0, sizeof *out);
    memcpy(out, values, (count < WIDTH ? count : WIDTH) * sizeof *values);
}

ESPALIER_INLINE double added(const double_lanes *sums) {
    double sum = 0;
    for (int lane = 0; lane < WIDTH; lane++) sum += (*sums)[lane];
    return sum;
}

/// At most CHUNK units. Lanes beyond `count` have a selection weight of 0.
ESPALIER_INLINE void add_chunk(
    const EspalierSelectionTable *table, const double *parameters, size_t start, size_t count, double *sums) {
    const size_t groups = (count + WIDTH - 1) / WIDTH;
    const int rows = 1 + table->outcome_count, width = 1 + table->feature_count;
    double_lanes score[CHUNK / WIDTH];
    // q y_k ds/draw, by row.
    double_lanes slopes[1 + ESPALIER_SELECTION_MAXIMUM_OUTCOMES][CHUNK / WIDTH];
    for (size_t group = 0; group < groups; group++) score[group] = (double_lanes){0};
    for (int feature = 0; feature < table->feature_count; feature++) {
        const double *column = table->features + (size_t)feature * table->stride + start;
        for (size_t group = 0; group < groups; group++) {
            double_lanes x;
            load_doubles(&x, column + group * WIDTH, count - group * WIDTH);
            score[group] += x * parameters[feature];
        }
    }
    double_lanes total[1 + ESPALIER_SELECTION_MAXIMUM_OUTCOMES];
    for (int row = 0; row < rows; row++) total[row] = (double_lanes){0};
    for (size_t group = 0; group < groups; group++) {
        const size_t left = count - group * WIDTH;
        double_lanes t, q;
        hyperbolic_tangent(&t, &score[group]);
        const double_lanes s = 3.0 * t;
        exponential(&q, &s);
        if (table->weight) {
            double_lanes weight;
            load_doubles(&weight, table->weight + start + group * WIDTH, left);
            q *= weight;
        }
        for (size_t lane = left; lane < WIDTH; lane++) q[lane] = 0;
        const double_lanes slope = q * (3.0 * (1.0 - t * t));
        total[0] += q;
        slopes[0][group] = slope;
        for (int row = 1; row < rows; row++) {
            double_lanes y;
            load_doubles(&y, table->outcomes + (size_t)(row - 1) * table->stride + start + group * WIDTH, left);
            total[row] += q * y;
            slopes[row][group] = slope * y;
        }
    }
    for (int row = 0; row < rows; row++) sums[row * width] += added(&total[row]);
    for (int feature = 0; feature < table->feature_count; feature++) {
        const double *column = table->features + (size_t)feature * table->stride + start;
        for (int row = 0; row < rows; row++) {
            double_lanes grown = {0};
            for (size_t group = 0; group < groups; group++) {
                double_lanes x;
                load_doubles(&x, column + group * WIDTH, count - group * WIDTH);
                grown += slopes[row][group] * x;
            }
            sums[row * width + 1 + feature] += added(&grown);
        }
    }
}

ESPALIER_CLONES
void espalier_selection_sums(
    const EspalierSelectionTable *table, const double *parameters, size_t start, size_t count, double *sums) {
    size_t done = 0;
    for (; count - done >= CHUNK; done += CHUNK) add_chunk(table, parameters, start + done, CHUNK, sums);
    if (done < count) add_chunk(table, parameters, start + done, count - done, sums);
}
