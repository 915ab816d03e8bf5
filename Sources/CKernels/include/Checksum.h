#ifndef ESPALIER_CHECKSUM_H
#define ESPALIER_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * A checksum of stored bytes that costs no more than reading them: Fletcher's two sums (IEEE Trans. Comm. 30, 1982) over
 * 64-bit little-endian words, in eight lanes that are mixed at the end. Any change of fewer than 64 neighbouring bits
 * changes it; it is no defence against intent.
 */
uint64_t espalier_checksum(const void *_Nullable bytes, size_t count);

#endif
