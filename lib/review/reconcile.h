/* The figures of the records against those that documents state. */
#ifndef IRM_REVIEW_RECONCILE_H
#define IRM_REVIEW_RECONCILE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "review/ledger.h"
#include "review/query.h"

/* How far beside a figure's day another day is looked for that gives it. */
#define IRM_RECONCILE_DAYS 366

enum irm_outcome {
	IRM_AGREES,
	IRM_EXPLAINED,      /* it differs, and the ledger says why */
	IRM_UNEXPLAINED,    /* it differs */
	IRM_NOT_COMPUTABLE, /* the records do not hold what it counts */
	IRM_OUTCOMES,
};

struct irm_reconciled {
	const struct irm_published *figure;
	double computed, difference; /* computed less published; NAN: unknown */
	enum irm_outcome outcome;
	const char *reason;
};

/* A line of the ledger that explains nothing (any more). */
struct irm_stale {
	long line;
	const char *message;
};

struct irm_reconciliation {
	struct irm_reconciled *rows; /* [n] in the order of irm_dataset.published */
	struct irm_stale *stale;     /* [n_stale] in the order of the ledger */
	size_t n, n_stale, counts[IRM_OUTCOMES];
	struct irm_arena arena; /* reasons and messages */
};

/* A value as it is stated, with words such as "almost" in its unit: `lo` <= x <= `hi` agree.
 *
 * "(almost)" and its like are a bound from above to which the value was rounded up, "(over)" one
 * from below to which it was rounded down, "(around)" a rounded value. It is rounded to the power
 * of ten that its zeros at the end show: almost 7000 is 6500 to 6999, over 1000 is 1001 to 1999,
 * around 7000 is 6500 to 7499. Without such a word a count is itself, a share what rounds to it at
 * the digits that it has. */
struct irm_stated {
	double lo, hi;
	bool is_rough; /* there is such a word */
};
struct irm_stated irm_stated(double value, const char *unit, bool is_share);

/* Computes each published figure (IRM_PART_PUBLISHED and IRM_METRIC_PARTS must have been read) that
 * the query's filters of cycle and region keep, and whose metric is among metrics[n_metrics]
 * (n_metrics 0: all).
 *
 * A figure agrees where the value of its day, or of any of the days that its as_of may be, is as
 * stated. Where none is, `computed` is the nearest value of these days, and `reason` says which
 * other day within IRM_RECONCILE_DAYS gives it, whether another way of counting does, and how much
 * is unknown; nothing is known after the records' own as_of. An entry of the ledger (NULL: none)
 * explains a figure that differs, and is stale where its figure does not differ, differs by another
 * amount, cannot be computed, or is not published.
 *
 * The caller releases *out with irm_reconciliation_release(), whatever comes. IRM_INPUT: the source
 * has no table of published figures; IRM_USAGE: a metric of none of them, with the nearest;
 * IRM_SYSTEM: no memory. Test: tests/unit/test_reconcile.c */
IRM_CHECK enum irm_code irm_reconcile(struct irm_reconciliation *out, const struct irm_query *query,
                                      const char *const metrics[], size_t n_metrics,
                                      const struct irm_ledger *ledger, struct irm_err *err);
void irm_reconciliation_release(struct irm_reconciliation *reconciliation);

/* agrees, explained, unexplained, not_computable */
const char *irm_outcome_name(enum irm_outcome outcome);

#endif
