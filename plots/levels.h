/* The values of a key: the categories or the groups of a chart. */
#ifndef IRM_PLOTS_LEVELS_H
#define IRM_PLOTS_LEVELS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "table/table.h"

/* The values of a key column, in the table's order. */
struct irm_levels {
	int column; /* -1: no key; then there is one level, "" */
	size_t n;
	const char **code;  /* [n] borrowed from the table */
	const char **label; /* [n] what is drawn; set by irm_chart_labels() */
};

/* The levels of a column, in the order in which they first appear, and each row's level in
 * index[rows]. Everything lies in `arena` and in the table.
 *
 * IRM_INPUT: more than `max` levels. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_levels_read(struct irm_levels *out, size_t index[],
                                        struct irm_arena *arena, const struct irm_table *table,
                                        int column, size_t max, struct irm_err *err);

/* Arranges levels so that they agree with the order of rows under each level of the other key, as
 * far as those agree with each other: a stage that no review of the first cycle is in stands where
 * the second cycle's rows have it. Levels that no row orders stay in the order of appearance.
 *
 * index   [rows] each row's level; changed with the levels
 * other   [rows] each row's level of the other key, of n_other
 *
 * IRM_SYSTEM: no memory. O(rows + n * n) time. */
IRM_CHECK enum irm_code irm_levels_arrange(struct irm_levels *levels, size_t index[],
                                           const size_t other[], struct irm_arena *arena,
                                           size_t rows, size_t n_other, struct irm_err *err);

/* The level of a code; levels->n where there is none. */
size_t irm_levels_find(const struct irm_levels *levels, const char *code);

#endif
