#include "Checksum.h"
#include "Clones.h"

#include <string.h>

typedef uint64_t word_lanes __attribute__((vector_size(64)));
enum { WIDTH = sizeof(word_lanes) };

static inline uint64_t mixed(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

ESPALIER_CLONES uint64_t espalier_checksum(const void *bytes, size_t count) {
    const unsigned char *next = bytes;
    word_lanes sum = {0}, weighted = {0}, words;
    size_t rest = count;
    for (; rest >= WIDTH; rest -= WIDTH, next += WIDTH) {
        memcpy(&words, next, WIDTH);
        sum += words;
        weighted += sum;
    }
    if (rest > 0) {
        words = (word_lanes){0};
        memcpy(&words, next, rest);
        sum += words;
        weighted += sum;
    }
    uint64_t result = count;
    for (size_t lane = 0; lane < WIDTH / sizeof(uint64_t); lane++)
        result = mixed(mixed(result ^ sum[lane]) ^ weighted[lane]);
    return result;
}
