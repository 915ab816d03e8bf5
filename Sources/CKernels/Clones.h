#ifndef ESPALIER_CLONES_H
#define ESPALIER_CLONES_H

/// One binary, the right instructions on any host.
#if defined(__x86_64__) && defined(__clang__)
#define ESPALIER_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ESPALIER_CLONES
#endif
#define ESPALIER_INLINE static inline __attribute__((always_inline))

#endif
