#ifndef ESPALIER_KERNELS_H
#define ESPALIER_KERNELS_H

#include "Checksum.h"
#include "Histogram.h"
#include "HistogramForest.h"
#include "MatrixProducts.h"
#include "MemberSums.h"
#include "PolicySums.h"
#include "ReplicateSums.h"
#include "SelectionSums.h"
#include "TreeScores.h"

#endif
