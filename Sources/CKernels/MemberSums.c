#include "MemberSums.h"
#include "Lanes.h"

// Eight units side by side: utilities in double, the chosen effects as they are stored.
enum { WIDTH = LANES / 2 };
typedef int64_t long_lanes __attribute__((vector_size(64)));
typedef uint8_t byte_lanes __attribute__((vector_size(8)));
typedef int32_t half_int_lanes __attribute__((vector_size(32)));

ESPALIER_INLINE void load_half(half_lanes *out, const float *values, size_t count) {
    if (count < WIDTH) memset(out, 0, sizeof *out);
    memcpy(out, values, (count < WIDTH ? count : WIDTH) * sizeof *values);
}

#define CHOOSE_LONG(mask, yes, no) (((mask) & (long_lanes)(yes)) | (~(mask) & (long_lanes)(no)))
#define CHOOSE_FLOAT(mask, yes, no) ((half_lanes)(((mask) & (half_int_lanes)(yes)) | (~(mask) & (half_int_lanes)(no))))

/// What eight units take.
typedef struct {
    double_lanes utility;
    long_lanes arm;
    half_lanes effects[ESPALIER_MEMBER_OUTCOMES];
} taken;

/// Loads the effects of an arm i > 0 for `left` units (at most eight count) and returns their utilities.
ESPALIER_INLINE void load_arm(const EspalierMembers *members, const double *weights, size_t unit, size_t left, int32_t i,
                              half_lanes *effects, double_lanes *utility) {
    *utility = (double_lanes){0};
    for (int32_t j = 0; j < members->outcomes; j++) {
        const size_t column = (size_t)(j * (members->arms - 1) + i - 1);
        load_half(&effects[j], members->effects + column * members->stride + unit, left);
        *utility += weights[j] * __builtin_convertvector(effects[j], double_lanes);
    }
}

ESPALIER_INLINE void take(const EspalierMembers *members, const double *weights, size_t unit, size_t left, taken *out) {
    out->utility = (double_lanes){0};
    out->arm = (long_lanes){0};
    for (int32_t j = 0; j < members->outcomes; j++) out->effects[j] = (half_lanes){0};
    for (int32_t i = 1; i < members->arms; i++) {
        half_lanes effects[ESPALIER_MEMBER_OUTCOMES];
        double_lanes utility;
        load_arm(members, weights, unit, left, i, effects, &utility);
        const long_lanes better = utility > out->utility;
        const half_int_lanes narrow = __builtin_convertvector(better, half_int_lanes);
        out->utility = (double_lanes)CHOOSE_LONG(better, utility, out->utility);
        out->arm = CHOOSE_LONG(better, (long_lanes){0} + i, out->arm);
        for (int32_t j = 0; j < members->outcomes; j++)
            out->effects[j] = CHOOSE_FLOAT(narrow, effects[j], out->effects[j]);
    }
}

ESPALIER_CLONES
void espalier_member_sums(const EspalierMembers *members, const double *weights, size_t start, size_t count, double *sums) {
    double_lanes totals[ESPALIER_MEMBER_OUTCOMES];
    for (int32_t j = 0; j < members->outcomes; j++) totals[j] = (double_lanes){0};
    for (size_t done = 0; done < count; done += WIDTH) {
        taken best;
        take(members, weights, start + done, count - done, &best);
        for (int32_t j = 0; j < members->outcomes; j++)
            totals[j] += __builtin_convertvector(best.effects[j], double_lanes);
    }
    for (int32_t j = 0; j < members->outcomes; j++)
        for (int lane = 0; lane < WIDTH; lane++) sums[j] += totals[j][lane];
}

ESPALIER_INLINE double utility_of(const EspalierMembers *members, const double *weights, size_t unit, int32_t arm) {
    if (arm == 0) return 0;
    double utility = 0;
    for (int32_t j = 0; j < members->outcomes; j++)
        utility += weights[j] * (double)members->effects[(size_t)(j * (members->arms - 1) + arm - 1) * members->stride + unit];
    return utility;
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

ESPALIER_CLONES
size_t espalier_member_screen(const EspalierMembers *members, const double *weights, const double *reach, size_t start,
                              size_t count, uint8_t *choices, uint32_t *open, double *sums) {
    size_t found = 0;
    double_lanes totals[ESPALIER_MEMBER_OUTCOMES];
    for (int32_t j = 0; j < members->outcomes; j++) totals[j] = (double_lanes){0};
    for (size_t done = 0; done < count; done += WIDTH) {
        const size_t left = count - done;
        taken best;
        take(members, weights, start + done, left, &best);
        long_lanes is_open = {0};
        for (int32_t i = 0; i < members->arms; i++) {
            half_lanes effects[ESPALIER_MEMBER_OUTCOMES];
            double_lanes utility = {0};
            if (i > 0) load_arm(members, weights, start + done, left, i, effects, &utility);
            double_lanes slack = best.utility - utility;
            for (int32_t j = 0; j < members->outcomes; j++) {
                const half_lanes other = i > 0 ? effects[j] : (half_lanes){0};
                const double_lanes difference =
                    __builtin_convertvector(best.effects[j], double_lanes) - __builtin_convertvector(other, double_lanes);
                slack -= reach[j] * (double_lanes)((long_lanes)difference & INT64_MAX);
            }
            is_open |= (slack <= 0) & (best.arm != i);
        }
        const half_int_lanes closed = ~__builtin_convertvector(is_open, half_int_lanes);
        for (int32_t j = 0; j < members->outcomes; j++)
            totals[j] += __builtin_convertvector((half_lanes)(closed & (half_int_lanes)best.effects[j]), double_lanes);
        const size_t units = left < WIDTH ? left : WIDTH;
        const byte_lanes arms = __builtin_convertvector(best.arm, byte_lanes);
        memcpy(choices + done, &arms, units);
        const byte_lanes marks = __builtin_convertvector(is_open, byte_lanes);
        uint64_t any;
        memcpy(&any, &marks, sizeof any);
        if (any == 0) continue;
        for (size_t lane = 0; lane < units; lane++)
            if (marks[lane]) open[found++] = (uint32_t)(start + done + lane);
    }
    for (int32_t j = 0; j < members->outcomes; j++)
        for (int lane = 0; lane < WIDTH; lane++) sums[j] += totals[j][lane];
    return found;
}
