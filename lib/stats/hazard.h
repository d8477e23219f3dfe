/* Hazards by period: how many end a day, of those who are open, in equal stretches of time. */
#ifndef IRM_STATS_HAZARD_H
#define IRM_STATS_HAZARD_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/sample.h"

/* A period holds the days after `from` up to and with `to`; the first holds day 0 too. */
struct irm_period {
	int64_t from, to;
	int64_t at_risk;     /* under observation when it begins: entered by `from`, not left */
	int64_t person_days; /* days that all together were under observation in it */
	int64_t events;
	double hazard; /* events a person-day; NAN where there are no person-days */
	double lo, hi; /* its limits; NAN as hazard */
};

struct irm_hazards {
	struct irm_period *periods;
	size_t n;
};

/* Hazards of a sample in periods of `length` days, from day 0 to the one with its last day.
 *
 * out     new; the caller frees it with irm_hazards_free(); untouched on error
 * sample  its outcome, group and stratum are not read
 * length  >= 1
 * level   of the limits, between 0 and 1; else IRM_USAGE
 *
 * The limits are exact ones of a Poisson count. IRM_USAGE: more than IRM_MOST_PERIODS periods;
 * IRM_INPUT as irm_sample_check(), or person-days that int64_t does not hold; IRM_SYSTEM: no
 * memory. O(n + periods) time. Source: Garwood 1936, Biometrika 28:437-442, as R's poisson.test.
 * Test: tests/unit/test_hazard.c; tests/r/hazard.R */
#define IRM_MOST_PERIODS 100000
IRM_CHECK enum irm_code irm_hazards_new(struct irm_hazards **out, const struct irm_sample *sample,
                                        int64_t length, double level, struct irm_err *err);
void irm_hazards_free(struct irm_hazards *hazards);

#endif
