/* How long it takes until what happened stands in the records. */
#ifndef IRM_STATS_LAG_H
#define IRM_STATS_LAG_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* The events that one load recorded first, or all of them. */
struct irm_lag_row {
	int64_t load;                /* 0: all loads */
	int32_t on;                  /* its day; IRM_DAY_NONE: of all, not known */
	int64_t events;              /* with a known day, whose lag is counted */
	int64_t unknown;             /* of a vague date */
	double median, q90, longest; /* days; NAN where there are no events */
};

struct irm_lag {
	struct irm_lag_row *rows; /* [n] */
	size_t n;
};

/* The lags of a file: the days from an event's day to that of the load that recorded it first, 0
 * where it was recorded on its day or before. A row for each load but the first, then one for all,
 * load 0. The quantiles are those of irm_km_quantile().
 *
 * What came together with its package has no lag: see irm_firsts(). What has happened and is not
 * recorded yet is in no figure, so that the lags of the last loads come out too small.
 *
 * The caller frees *out with irm_lag_free(); untouched on error. IRM_INPUT: the changes on record
 * are damaged. IRM_SYSTEM. Test: tests/cli/irm-history.bats */
IRM_CHECK enum irm_code irm_lag_read(struct irm_lag **out, sqlite3 *db, struct irm_err *err);

/* NULL is fine. */
void irm_lag_free(struct irm_lag *lag);

#endif
