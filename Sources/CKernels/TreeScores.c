#include "TreeScores.h"
#include "Clones.h"

enum { rows = ESPALIER_TREE_ROWS };

ESPALIER_CLONES
void espalier_tree_scores(const espalier_tree_node *nodes, size_t count, const float *features, float *scratch,
                          float *sums) {
    for (size_t i = count; i-- > 0;) {
        espalier_tree_node node = nodes[i];
        float *restrict own = scratch + i * rows;
        if (node.feature < 0) {
            for (size_t row = 0; row < rows; row++) own[row] = node.threshold;
            continue;
        }
        const float *values = features + (size_t)node.feature * rows;
        const float *left = scratch + (size_t)node.left * rows, *right = scratch + (size_t)node.right * rows;
        /* Both sides are loaded whichever is taken, or there would be no vectors. Comparisons with NaN are false. */
        if (node.missing_left) {
            for (size_t row = 0; row < rows; row++) {
                const float below = left[row], above = right[row];
                own[row] = values[row] >= node.threshold ? above : below;
            }
        } else {
            for (size_t row = 0; row < rows; row++) {
                const float below = left[row], above = right[row];
                own[row] = values[row] < node.threshold ? below : above;
            }
        }
    }
    for (size_t row = 0; row < rows; row++) sums[row] += scratch[row];
}
