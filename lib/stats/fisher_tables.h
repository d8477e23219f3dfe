/* Between the files of Fisher's test: all tables of given sums, one after the other or at random.
 */
#ifndef IRM_STATS_FISHER_TABLES_H
#define IRM_STATS_FISHER_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/crosstab.h"

#define IRM_FISHER_RELATIVE 1e-7 /* tables that are this much likelier count as no likelier */

/* Sums, and what the cells cost: the logarithm of a table's probability is `most` less its cells'
 * costs, which are all >= 0. */
struct irm_sums {
	size_t rows, cols; /* rows >= cols: a wide table is turned */
	int64_t n;
	int64_t *row, *col; /* ascending: the last, whose cells follow from the others, has most */
	double **cost;      /* [rows * cols] by count; NULL: they are too many to keep */
	double most;
	double observed; /* the table's own costs */
	double logs; /* of its cells' factorials, summed: the same as the costs but for a constant
	              */
};

IRM_CHECK enum irm_code irm_sums_init(struct irm_sums *out, const struct irm_crosstab *crosstab,
                                      struct irm_err *err);
void irm_sums_release(struct irm_sums *sums);

/* What `count` in a cell costs. */
double irm_sums_cost(const struct irm_sums *sums, size_t row, size_t col, int64_t count);

/* The p-value by all tables; *done is false where that takes more than `most_steps`. All but the
 * last two rows are gone through; what the last two add is kept, sorted, for each state of the
 * columns.
 */
IRM_CHECK enum irm_code irm_sums_enumerate(bool *done, double *p, const struct irm_sums *sums,
                                           int64_t most_steps, struct irm_err *err);

/* How many tables to draw where nobody says. */
int64_t irm_sums_draws(const struct irm_sums *sums);

/* The p-value by so many tables at random: where the cells hold few each, by shuffling all that is
 * counted, else cell by cell, each from its hypergeometric distribution. */
IRM_CHECK enum irm_code irm_sums_draw(double *p, const struct irm_sums *sums, int64_t draws,
                                      uint32_t seed, struct irm_err *err);

#endif
