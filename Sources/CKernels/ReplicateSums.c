#include "ReplicateSums.h"
#include "Lanes.h"

typedef uint32_t word_lanes __attribute__((vector_size(64)));
typedef int16_t short_lanes __attribute__((vector_size(64)));

/// How often each replicate counts the unit: sixteen random bits each, compared with the Poisson(1) distribution. The bits
/// are a hash of unit and key (the multipliers are those of C. Wellons's lowbias32), so that any weight can be had alone.
ESPALIER_INLINE void draw_counts(uint64_t hash, const word_lanes *keys, lanes *even, lanes *odd) {
    word_lanes x = *keys ^ (uint32_t)hash;
    x ^= x >> 16;
    x *= 0x7feb352du;
    x += (uint32_t)(hash >> 32);
    x ^= x >> 15;
    x *= 0x846ca68bu;
    x ^= x >> 16;
    // Signed comparisons of bits less 2^15: every machine has those.
    const short_lanes draw = (short_lanes)(x ^ 0x80008000u);
    short_lanes count = {0};
    count -= (short_lanes)(draw >= (int16_t)-8659);
    count -= (short_lanes)(draw >= (int16_t)15451);
    count -= (short_lanes)(draw >= (int16_t)27505);
    count -= (short_lanes)(draw >= (int16_t)31524);
    count -= (short_lanes)(draw >= (int16_t)32528);
    count -= (short_lanes)(draw >= (int16_t)32729);
    count -= (short_lanes)(draw >= (int16_t)32763);
    count -= (short_lanes)(draw >= (int16_t)32767);
    *even = __builtin_convertvector((int_lanes)count & 0xFFFF, lanes);
    *odd = __builtin_convertvector((int_lanes)count >> 16, lanes);
}

ESPALIER_CLONES
void espalier_replicate_sums(
    const EspalierRankedUnits *units, size_t start, size_t count, const uint32_t *keys, float *sums) {
    word_lanes key;
    memcpy(&key, keys, sizeof key);
    lanes grown[ESPALIER_REPLICATE_COUNT][2];
    memset(grown, 0, sizeof grown);
    for (size_t unit = start; unit < start + count; unit++) {
        lanes counts[2];
        draw_counts(units->hash[unit], &key, &counts[0], &counts[1]);
        lanes(*arm)[2] = units->treated[unit] ? &grown[1] : &grown[4];
        for (int half = 0; half < 2; half++) {
            grown[0][half] += counts[half];
            arm[0][half] += counts[half] * units->weight[unit];
            arm[1][half] += counts[half] * units->value[unit];
            arm[2][half] += counts[half] * units->cost[unit];
        }
    }
    for (int sum = 0; sum < ESPALIER_REPLICATE_COUNT; sum++) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[sum * ESPALIER_REPLICATES + 2 * lane] = grown[sum][0][lane];
            sums[sum * ESPALIER_REPLICATES + 2 * lane + 1] = grown[sum][1][lane];
        }
    }
}
