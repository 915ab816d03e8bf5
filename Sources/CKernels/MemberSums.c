#include "MemberSums.h"
#include "Lanes.h"

// Eight units side by side: utilities in double, the chosen effects as they are stored.
enum { WIDTH = LANES / 2 };
typedef int64_t long_lanes __attribute__((vector_size(64)));
typedef int32_t half_int_lanes __attribute__((vector_size(32)));

ESPALIER_INLINE void load_half(half_lanes *out, const float *values, size_t count) {
    if (count < WIDTH) memset(out, 0, sizeof *out);
    memcpy(out, values, (count < WIDTH ? count : WIDTH) * sizeof *values);
}

ESPALIER_CLONES
void espalier_member_sums(const EspalierMembers *members, const double *weights, size_t start, size_t count, double *sums) {
    const int32_t others = members->arms - 1, outcomes = members->outcomes;
    double_lanes totals[ESPALIER_MEMBER_OUTCOMES];
    for (int32_t j = 0; j < outcomes; j++) totals[j] = (double_lanes){0};
    for (size_t done = 0; done < count; done += WIDTH) {
        const size_t left = count - done;
        const float *first = members->effects + start + done;
        double_lanes best = {0};
        half_lanes chosen[ESPALIER_MEMBER_OUTCOMES];
        for (int32_t j = 0; j < outcomes; j++) chosen[j] = (half_lanes){0};
        for (int32_t i = 0; i < others; i++) {
            half_lanes effects[ESPALIER_MEMBER_OUTCOMES];
            double_lanes utility = {0};
            for (int32_t j = 0; j < outcomes; j++) {
                load_half(&effects[j], first + (size_t)(j * others + i) * members->stride, left);
                utility += weights[j] * __builtin_convertvector(effects[j], double_lanes);
            }
            const long_lanes better = utility > best;
            best = (double_lanes)((better & (long_lanes)utility) | (~better & (long_lanes)best));
            const half_int_lanes taken = __builtin_convertvector(better, half_int_lanes);
            for (int32_t j = 0; j < outcomes; j++)
                chosen[j] = (half_lanes)((taken & (half_int_lanes)effects[j]) | (~taken & (half_int_lanes)chosen[j]));
        }
        for (int32_t j = 0; j < outcomes; j++) totals[j] += __builtin_convertvector(chosen[j], double_lanes);
    }
    for (int32_t j = 0; j < outcomes; j++)
        for (int lane = 0; lane < WIDTH; lane++) sums[j] += totals[j][lane];
}

ESPALIER_INLINE double utility_of(const EspalierMembers *members, const double *weights, size_t unit, int32_t arm) {
    if (arm == 0) return 0;
    double utility = 0;
    for (int32_t j = 0; j < members->outcomes; j++)
        utility += weights[j] * (double)members->effects[(size_t)(j * (members->arms - 1) + arm - 1) * members->stride + unit];
    return utility;
}

ESPALIER_INLINE double effect_of(const EspalierMembers *members, int32_t outcome, size_t unit, int32_t arm) {
    if (arm == 0) return 0;
    return (double)members->effects[(size_t)(outcome * (members->arms - 1) + arm - 1) * members->stride + unit];
}

void espalier_member_choices(const EspalierMembers *members, const double *weights, size_t start, size_t count,
                             uint8_t *choices, double *margins) {
    for (size_t done = 0; done < count; done++) {
        double best = 0, second = -__builtin_inf();
        int32_t choice = 0;
        for (int32_t i = 1; i < members->arms; i++) {
            const double utility = utility_of(members, weights, start + done, i);
            if (utility > best) {
                second = best;
                best = utility;
                choice = i;
            } else if (utility > second) {
                second = utility;
            }
        }
        choices[done] = (uint8_t)choice;
        margins[done] = best - second;
    }
}

size_t espalier_member_screen(const EspalierMembers *members, const double *weights, const double *reach, size_t start,
                              size_t count, uint8_t *choices, uint32_t *open, double *sums) {
    size_t found = 0;
    for (size_t unit = start; unit < start + count; unit++) {
        double best = 0;
        int32_t choice = 0;
        for (int32_t i = 1; i < members->arms; i++) {
            const double utility = utility_of(members, weights, unit, i);
            if (utility > best) {
                best = utility;
                choice = i;
            }
        }
        choices[unit - start] = (uint8_t)choice;
        int is_open = 0;
        for (int32_t i = 0; i < members->arms; i++) {
            if (i == choice) continue;
            double slack = best - utility_of(members, weights, unit, i);
            for (int32_t j = 0; j < members->outcomes; j++) {
                const double difference = effect_of(members, j, unit, choice) - effect_of(members, j, unit, i);
                slack -= reach[j] * (difference < 0 ? -difference : difference);
            }
            is_open |= slack <= 0;
        }
        if (is_open) open[found++] = (uint32_t)unit;
        else
            for (int32_t j = 0; j < members->outcomes; j++) sums[j] += effect_of(members, j, unit, choice);
    }
    return found;
}
