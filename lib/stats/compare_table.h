/* The rows of a table of proportions against each other, two and two: irm-proportion --compare. */
#ifndef IRM_STATS_COMPARE_TABLE_H
#define IRM_STATS_COMPARE_TABLE_H

#include <stdbool.h>

#include "base/err.h"
#include "table/table.h"
#include "table/writer.h"

struct irm_pairs;

/* Puts the rows of a table that irm_proportion_check() passed together, two and two.
 *
 * table  borrowed: outlives the result
 * by     key columns, separated by commas: two rows of each key, the first of them first; NULL: the
 *        first row with the second, the third with the fourth, and so on
 *
 * The caller frees *out with irm_pairs_free(); untouched on error. IRM_USAGE: a key that is no
 * column, is x or n, or has the name of a result's; IRM_INPUT, at the row: one is alone, or a key's
 * third; IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_pairs_new(struct irm_pairs **out, const struct irm_table *table,
                                      const char *by, struct irm_err *err);
void irm_pairs_free(struct irm_pairs *pairs);

/* Writes header and rows: the keys; every other column of the first row, its name with _1, then of
 * the second with _2; difference, difference_lo, difference_hi, ratio, ratio_lo, ratio_hi, or
 * without limits difference, ratio. First less second, first over second. */
void irm_pairs_write(const struct irm_pairs *pairs, bool limits, double level,
                     struct irm_writer *writer);

#endif
