/* The rates of a table's rows: what irm-proportion prints. */
#ifndef IRM_STATS_PROPORTION_TABLE_H
#define IRM_STATS_PROPORTION_TABLE_H

#include "base/err.h"
#include "stats/proportion.h"
#include "table/table.h"
#include "table/writer.h"

/* Checks a table for irm_proportion_write(): columns x and n, whole numbers with 0 <= x <= n or
 * empty, and no column with the name of a result's. IRM_INPUT at its place. */
IRM_CHECK enum irm_code irm_proportion_check(const struct irm_table *table, struct irm_err *err);

/* Writes a table that was checked, all its columns, and at their end rate, and unless `method` is
 * IRM_CI_NONE rate_lo and rate_hi; empty where x or n is empty or n is 0. */
void irm_proportion_write(const struct irm_table *table, enum irm_ci method, double level,
                          struct irm_writer *writer);

#endif
