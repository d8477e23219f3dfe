/* Survival of a table's rows by groups: what irm-survival prints. */
#ifndef IRM_STATS_SURVIVAL_TABLE_H
#define IRM_STATS_SURVIVAL_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/km.h"
#include "table/group.h"
#include "table/table.h"
#include "table/writer.h"

struct irm_survival_query {
	const char *by;     /* key columns, separated by commas; NULL: none */
	bool curve;         /* the points of the curves, else a summary of each */
	enum irm_conf conf; /* how limits are transformed */
	double level;       /* of the limits, between 0 and 1 */
	int64_t tau;        /* day up to which the mean runs; < 0: see irm_survival_new() */
};

struct irm_survival {
	struct irm_groups *groups;
	struct irm_curve **curves; /* [groups->n] */
	double *tau;               /* [groups->n] NAN: nothing was observed */
	bool curve;
	size_t skipped; /* rows without days */
};

/* Fits a curve to each group of the table's rows.
 *
 * table   columns days (whole, >= 0; an empty cell skips the row), event (0 or 1) and, where it is
 *         there, count (>= 1); borrowed: outlives the result
 * query   without tau, each group's is the smallest last observed day of all groups, or, where a
 * key is named 'stage', of the groups of its stage: means of one stage compare
 *
 * A group whose rows were all skipped is there, with n = 0. The caller frees *out with
 * irm_survival_free(); it is untouched on error. IRM_USAGE: a key that is no column or has the name
 * of a result's; IRM_INPUT, at its place: a cell that is none of the above. */
IRM_CHECK enum irm_code irm_survival_new(struct irm_survival **out, const struct irm_table *table,
                                         const struct irm_survival_query *query,
                                         struct irm_err *err);
void irm_survival_free(struct irm_survival *survival);

/* Writes header and rows: the keys, and
 * n, events, median, median_lo, median_hi, q25, q75, rmean, rmean_se, tau; or with query->curve
 * time, at_risk, events, censored, survival, se, lo, hi. */
void irm_survival_write(const struct irm_survival *survival, struct irm_writer *writer);

#endif
