#ifndef ESPALIER_TREE_SCORES_H
#define ESPALIER_TREE_SCORES_H

#include <stddef.h>
#include <stdint.h>

/* Rows that are scored at a time. */
#define ESPALIER_TREE_ROWS 128

/* A node of a regression tree on numbers; children come after their parent. */
typedef struct {
    /* -1 in a leaf. */
    int32_t feature;
    /* A value below it goes left; in a leaf the leaf's value. */
    float threshold;
    /* Whether NaN goes left. */
    int32_t missing_left;
    int32_t left, right;
} espalier_tree_node;

/*
 * Adds the value of each row's leaf to its sum. All nodes are looked at, from the last to the root, so that there is
 * nothing to be guessed: faster than walking down for trees of a few levels.
 *
 * features[feature * ESPALIER_TREE_ROWS + row]; scratch holds count * ESPALIER_TREE_ROWS values.
 */
void espalier_tree_scores(const espalier_tree_node *_Nonnull nodes, size_t count, const float *_Nonnull features,
                          float *_Nonnull scratch, float *_Nonnull sums);

#endif
