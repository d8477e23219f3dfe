/* A table's rows counted by two of its columns: what irm-crosstab prints. */
#ifndef IRM_STATS_CROSSTAB_TABLE_H
#define IRM_STATS_CROSSTAB_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "table/table.h"
#include "table/writer.h"

#define IRM_CROSSTAB_CELLS 10000000 /* at most */

struct irm_crosstab_query {
	const char *row, *col; /* columns; NULL: the first ones that are not count */
	bool cells;            /* a row a cell, else one of tests */
	double level;          /* of the limits, between 0 and 1 */
	int64_t draws;         /* of Fisher's test; 0: as many as are done soon */
	uint32_t seed;
};

struct irm_crosstab_result;

/* Counts the rows of a table by two columns.
 *
 * table   its column count, where there is one, says how often a row counts (>= 0); borrowed:
 *         outlives the result
 *
 * Rows with an empty key or the key 'all' are left out: they are in no cell, or in another one
 * again. A key that counts 0 in all is none. The caller frees *out with
 * irm_crosstab_result_free(); untouched on error. IRM_USAGE: no such column, count, or the same
 * twice; IRM_INPUT at its place: fewer than two key columns, a count that is none, more than
 * IRM_CROSSTAB_CELLS cells; IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_crosstab_result_new(struct irm_crosstab_result **out,
                                                const struct irm_table *table,
                                                const struct irm_crosstab_query *query,
                                                struct irm_err *err);
void irm_crosstab_result_free(struct irm_crosstab_result *result);

/* Rows that were left out: with an empty key, and with the key 'all'. */
size_t irm_crosstab_result_unknown(const struct irm_crosstab_result *result);
size_t irm_crosstab_result_totals(const struct irm_crosstab_result *result);

/* How many of the cells expect less than 5, so that chi-squared is rough; of how many. */
size_t irm_crosstab_result_small(const struct irm_crosstab_result *result, size_t *cells);

/* How many tables Fisher's p-value was drawn from; 0: from none. */
int64_t irm_crosstab_result_draws(const struct irm_crosstab_result *result);

/* Writes header and rows: chisq, df, p, cramers_v, fisher_p, cramers_v_lo, cramers_v_hi,
 * fisher_method (exact, monte-carlo), fisher_se; or with query->cells
 * row, col, count, expected, residual, p, p_adjusted (Benjamini-Hochberg). */
void irm_crosstab_result_write(const struct irm_crosstab_result *result, struct irm_writer *writer);

#endif
