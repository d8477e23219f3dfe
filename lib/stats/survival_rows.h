/* The rows of a table that irm-survival reads: checked, those of a group together. */
#ifndef IRM_STATS_SURVIVAL_ROWS_H
#define IRM_STATS_SURVIVAL_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/sample.h"
#include "table/group.h"
#include "table/table.h"

struct irm_survival_rows {
	struct irm_groups *groups;
	size_t *begin;         /* [groups->n + 1] where a group's rows begin */
	size_t n;              /* rows with days */
	size_t skipped;        /* rows without */
	const char **outcomes; /* [n_outcomes] sorted; those of rows with event 1 */
	size_t n_outcomes;
	bool entered; /* there is a column entry */
	int32_t *days, *entry;
	uint8_t *event;
	int64_t *count;
	uint32_t *outcome, *group, *stratum;
};

/* Reads the rows of a table.
 *
 * out      new; the caller frees it with irm_survival_rows_free(); untouched on error
 * table    columns days (whole, >= 0; an empty cell skips the row), event (0 or 1) and, where they
 *          are there, count (>= 1) and entry (0 or empty: from the start; else < days); borrowed:
 *          outlives the result
 * by       key columns, separated by commas; NULL: one group
 * outcome  column that says how a row with event 1 ended; NULL: not asked
 * strata   column of the strata; NULL: one stratum
 *
 * IRM_USAGE: a column that is none; IRM_INPUT, at its place: a cell that is none of the above.
 * IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_survival_rows_read(struct irm_survival_rows **out,
                                               const struct irm_table *table, const char *by,
                                               const char *outcome, const char *strata,
                                               struct irm_err *err);
void irm_survival_rows_free(struct irm_survival_rows *rows);

/* The observations of a group, or of all; valid as long as the rows. */
struct irm_sample irm_survival_rows_group(const struct irm_survival_rows *rows, size_t group);
struct irm_sample irm_survival_rows_all(const struct irm_survival_rows *rows);

#endif
