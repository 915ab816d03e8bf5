#ifndef ESPALIER_KERNELS_H
#define ESPALIER_KERNELS_H

#include "PolicySums.h"

#endif
