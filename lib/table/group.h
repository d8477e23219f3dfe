/* The rows of a table in groups by the texts of key columns.
 *
 * The groups are sorted, column by column: by number where all its keys are whole numbers, else by
 * bytes; then the empty key, 'unassigned', and 'all' last. The order of the rows has no say. */
#ifndef IRM_TABLE_GROUP_H
#define IRM_TABLE_GROUP_H

#include <stddef.h>

#include "base/err.h"
#include "table/table.h"

struct irm_groups {
	const struct irm_table *table; /* borrowed: outlives the groups */
	size_t n;
	size_t n_keys;
	size_t *columns; /* [n_keys] of the table */
	size_t *of_row;  /* [rows] the row's group */
	size_t *first;   /* [n] a row of the group */
};

/* Groups the rows of `table` by the columns that `by` names, separated by commas. NULL or "": one
 * group of all rows, which is there even where no row is; its `first` is 0 then.
 * The caller frees *out with irm_groups_free(); it is untouched on error. IRM_USAGE, with the
 * nearest name: a column that the table has not, or that stands twice. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_groups_new(struct irm_groups **out, const struct irm_table *table,
                                       const char *by, struct irm_err *err);
void irm_groups_free(struct irm_groups *groups);

/* The text of key `k` < n_keys of a group; valid as long as the table. */
const char *irm_groups_key(const struct irm_groups *groups, size_t group, size_t k);

/* The name of key `k` < n_keys. */
const char *irm_groups_name(const struct irm_groups *groups, size_t k);

#endif
