/* Where every review of a mechanism stands on a day, from what had happened by then: what a
 * forecast learns from and sets out from. For lib/stats/forecast*.c and backtest.c.
 *
 * A review passes its milestones by position. The *step* to a milestone is the time since the one
 * before it that the review has; the step to the first milestone is the time since the review could
 * have been expected: 1 January of the year before the scheduled one (some calendars draw lots
 * then), without a year the day the cycle starts or the first of its reviews began. Unlike the
 * stages of irm-delays, steps do not overlap. */
#ifndef IRM_STATS_FORECAST_STATE_H
#define IRM_STATS_FORECAST_STATE_H

#include "review/query.h"

struct irm_forecast_review {
	uint32_t review;   /* in irm_dataset.reviews */
	uint32_t region;   /* in irm_dataset.regions; n_regions: none */
	uint32_t next;     /* position from 0 of the milestone it is on its way to; n: through */
	int32_t seen;      /* the last day up to which its records reach, not after the day */
	int32_t expected;  /* the day from which it could begin; IRM_DAY_NONE: nobody knows */
	int32_t scheduled; /* 1 January of the scheduled year; IRM_DAY_NONE: none is */
	bool counts;       /* one of the reviews that the query asks of, on the day */
};

/* A step that was watched from its first day on. */
struct irm_forecast_step {
	uint32_t place;    /* of its review in irm_forecast_state.reviews */
	uint32_t position; /* of the milestone it leads to */
	int32_t began, days;
	bool event; /* false: it was still open after so many days */
};

struct irm_forecast_state {
	const struct irm_query *query;
	uint32_t mechanism, milestones; /* its index; how many it has */
	int32_t as_of;
	size_t n, n_steps;
	struct irm_forecast_review *reviews; /* [n] all of the mechanism, also those that do not
	                                      * count: they teach */
	int32_t *days; /* [n][milestones] by when each was reached: the last possible day of it or
	                * of a later one; IRM_DAY_NONE: it was not */
	struct irm_forecast_step *steps; /* [n_steps] with known days only */
};

/* The state of the mechanism's reviews on `as_of`, which may lie before the query's day. The
 * query's filters of reviews say which count; those of milestones are not looked at. The query is
 * borrowed. The caller frees *out with irm_forecast_state_free(); untouched on error. IRM_SYSTEM:
 * no memory. */
IRM_CHECK enum irm_code irm_forecast_state_new(struct irm_forecast_state **out,
                                               const struct irm_query *query, uint32_t mechanism,
                                               int32_t as_of, struct irm_err *err);
void irm_forecast_state_free(struct irm_forecast_state *state);

/* The days of the review at that place, [milestones]. */
static inline const int32_t *irm_forecast_days(const struct irm_forecast_state *state, size_t place)
{
	return state->days + place * state->milestones;
}

/* Whether the review at that place has the milestone at that position. */
bool irm_forecast_has(const struct irm_forecast_state *state, size_t place, uint32_t position);

#endif
