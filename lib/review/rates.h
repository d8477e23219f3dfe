/* Completion: how many of the reviews that could have reached a milestone have. */
#ifndef IRM_REVIEW_RATES_H
#define IRM_REVIEW_RATES_H

#include "base/counter.h"
#include "review/query.h"

/* Of which reviews: all that count on the day, those whose scheduled year is not after the day's,
 * or those of which a milestone is known to have happened. */
enum irm_rates_of { IRM_OF_ALL, IRM_OF_DUE, IRM_OF_STARTED };

/* Counts of a row of irm_rates_count(). */
enum irm_rates_column {
	IRM_RATES_ELIGIBLE,
	IRM_RATES_REACHED,
	IRM_RATES_UNKNOWN,
	IRM_RATES_COLUMNS
};

/* all, due, started; NULL is all. IRM_USAGE, with the nearest. */
IRM_CHECK enum irm_code irm_rates_of_parse(enum irm_rates_of *out, const char *word,
                                           struct irm_err *err);

/* Counts by the query's keys and, last, by milestone (a stage's index), sorted. The rate is
 * reached / (eligible - unknown). A review that has no dialogue is not eligible for one. The caller
 * releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_rates_count(struct irm_counter *out, const struct irm_query *query,
                                        enum irm_rates_of of, struct irm_err *err);

#endif
