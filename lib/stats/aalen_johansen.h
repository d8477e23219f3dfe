/* Competing outcomes: the share that has come to each of them, counting who is still open. */
#ifndef IRM_STATS_AALEN_JOHANSEN_H
#define IRM_STATS_AALEN_JOHANSEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/km.h"
#include "stats/sample.h"

/* The curves of one sample; they share their points, the days on which something ended or was cut
 * off, ascending. The arrays belong to it. */
struct irm_incidence {
	int64_t n;               /* observations */
	int32_t last;            /* last observed day; IRM_DAY_NONE where n is 0 */
	size_t points, outcomes; /* outcome k's figures at point i stand at k * points + i */
	const int32_t *time;     /* [points] days */
	const int64_t *at_risk;  /* [points] under observation just before the day's events */
	const int64_t *censored; /* [points] cut off on the day, after its events */
	const double *open;      /* [points] share that has come to no outcome after the day */
	const int64_t *events;   /* ended so on the day */
	const double *share;     /* come to the outcome by the day: the cumulative incidence */
	const double *se;        /* its standard error */
	const double *lo, *hi;   /* its limits; NAN where they are unknown */
};

/* Fits the curves.
 *
 * out       new; the caller frees it with irm_incidence_free(); untouched on error
 * sample    its group and stratum are not read
 * outcomes  how many there are: sample->outcome[i] < outcomes where event is 1
 * level     of the limits, between 0 and 1; else IRM_USAGE
 * type      scale of the limits; unknown where the share is 0
 *
 * Without entries the error is R's multi-state survfit's (its infinitesimal jackknife adds up to
 * this sum of squares over the days); with entries it is the same sum, Greenwood's as for survival,
 * where R's jackknife differs. The shares and the open add up to 1. IRM_INPUT as
 * irm_sample_check(); IRM_SYSTEM: no memory. O(n log n + outcomes * days^2) time.
 * Sources: Aalen & Johansen 1978, Scandinavian Journal of Statistics 5:141-150; Andersen, Borgan,
 * Gill & Keiding 1993, Statistical Models Based on Counting Processes, section IV.4.
 * Tests: tests/unit/test_aalen_johansen.c; tests/r/outcome.R */
IRM_CHECK enum irm_code irm_incidence_fit(struct irm_incidence **out,
                                          const struct irm_sample *sample, size_t outcomes,
                                          double level, enum irm_conf type, struct irm_err *err);
void irm_incidence_free(struct irm_incidence *incidence);

/* How many came to outcome k in all. */
int64_t irm_incidence_events(const struct irm_incidence *incidence, size_t k);

/* The last point on or before `day`, or -1. */
ptrdiff_t irm_incidence_at(const struct irm_incidence *incidence, double day);

/* The mean of the days up to `tau` that are spent after outcome k, the area under its curve; and
 * its standard error. Over all outcomes and the open, these means add up to tau. Beyond its last
 * day the curve stays flat. NAN where n is 0 or tau is. */
struct irm_mean irm_incidence_rmean(const struct irm_incidence *incidence, size_t k, double tau);

#endif
