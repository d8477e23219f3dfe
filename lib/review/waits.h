/* Waits: how long something takes from one day to another, counted by keys. */
#ifndef IRM_REVIEW_WAITS_H
#define IRM_REVIEW_WAITS_H

#include "base/counter.h"
#include "review/query.h"

/* A wait from a day to a date, as at `until`, up to which it is seen. */
struct irm_wait {
	int32_t days; /* IRM_DAY_NONE: unknown */
	int8_t event; /* 1 it has ended, 0 open (right-censored), -1 unknown */
};

/* The wait from `from` to `to` on the day `as_of`: ended where `to` is a known day by then; open,
 * until `until`, where it has not come; unknown where either is vague or in between, or where the
 * records end before it began. What came before `from` has taken 0 days. */
struct irm_wait irm_wait_between(struct irm_date from, struct irm_date to, int32_t as_of,
                                 int32_t until);

/* Counts it under each variant of the keys `values` [n_by + n_more], of which the last n_more are
 * not the query's: the counter has a width of n_by + n_more + 2 and one column. -1: no memory. */
int irm_wait_add(struct irm_counter *out, const struct irm_query *query, const uint32_t *values,
                 size_t n_more, struct irm_wait wait);

/* The wait of a row of such a counter. */
struct irm_wait irm_wait_at(const struct irm_counter *counter, size_t row);

#endif
