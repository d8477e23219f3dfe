/* Which columns of a table a chart draws, found by the names that the tools give them. */
#ifndef IRM_PLOTS_COLUMNS_H
#define IRM_PLOTS_COLUMNS_H

#include <stdbool.h>

#include "base/err.h"
#include "table/table.h"

#define IRM_FACETS 4

/* What the user asked for instead; NULL where nothing. */
struct irm_column_choice {
	const char *x, *y, *group, *lo, *hi;
	bool no_limits;                /* lo and hi are not drawn, whatever the table has */
	const char *facet[IRM_FACETS]; /* columns that tell panels apart: no keys within a panel */
};

#define IRM_CONTEXT 6

/* Numbers of columns; -1: none. */
struct irm_columns {
	int as_of;
	int x, group;             /* keys */
	int y, lo, hi;            /* the figure and its limits */
	int n[2];                 /* their sum is what the figure is computed from */
	bool share;               /* y is named as a share of 1 */
	bool days;                /* y is named as a number of days */
	int context[IRM_CONTEXT]; /* keys with one value only, which is the same for the whole chart
	                           */
	int n_context;
};

/* Finds the columns of a table.
 *
 * figures   names of figures that the kind of chart draws, the best first, NULL at the end
 * choice    columns named by the user: IRM_USAGE, with the nearest, where there is none of the name
 *
 * Keys are the columns before the figure that are neither figures nor as_of; x is the first that
 * has several values, group the second; as_of is the last of the keys where it has several values.
 * The limits of `rate` are rate_lo and rate_hi. IRM_INPUT where the table has none of the figures
 * or no key. O(rows × columns) time. */
IRM_CHECK enum irm_code irm_columns_find(struct irm_columns *out, const struct irm_table *table,
                                         const char *const figures[],
                                         const struct irm_column_choice *choice,
                                         struct irm_err *err);

/* The column of a name the user gave. IRM_USAGE, with the nearest. */
IRM_CHECK enum irm_code irm_columns_named(int *out, const struct irm_table *table,
                                          const char *option, const char *name,
                                          struct irm_err *err);

/* Whether a column has more than one value. */
bool irm_columns_varies(const struct irm_table *table, int column);

/* Whether a column's name is that of a key: of no figure that the tools print. */
bool irm_columns_key(const struct irm_table *table, int column);

/* What a column is called in a chart: "Completion rate", "Median days"; a name without a title of
 * its own has spaces for underscores. `table` tells the rates apart. */
void irm_columns_title(char out[128], const struct irm_table *table, int column);

/* Whether the table speaks of fictional States: a State of code XAA to XZZ, a cycle, mechanism or
 * review whose code begins with FIC, or a column `fictional` that says yes. */
bool irm_columns_fictional(const struct irm_table *table);

#endif
