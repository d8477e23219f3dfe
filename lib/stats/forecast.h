/* When the reviews of a cycle will be complete, with the uncertainty of it: what irm-forecast
 * prints. The model: stats/forecast_hazards.h. */
#ifndef IRM_STATS_FORECAST_H
#define IRM_STATS_FORECAST_H

#include "review/query.h"
#include "stats/forecast_plan.h"
#include "stats/forecast_score.h"

/* Days after the query's day at which a forecast is asked for, [n] ascending, n >= 1; the query's
 * own may be the first. */
struct irm_forecast_days {
	const int32_t *days;
	size_t n;
};

/* Of a cycle and a milestone: how many of its reviews have reached it on a day. */
struct irm_forecast_row {
	uint32_t cycle, milestone; /* indexes; the milestone's in irm_dataset.stages */
	int32_t day;
	int64_t reviews;                       /* those that count and have the milestone */
	double expected;                       /* the mean of the draws */
	int32_t quantile[IRM_FORECAST_LEVELS]; /* at irm_forecast_levels */
};

/* The day on which a share of them has. */
struct irm_forecast_when {
	uint32_t cycle, milestone;
	double share;
	int32_t quantile[IRM_FORECAST_LEVELS]; /* IRM_DAY_NONE: not by the last day asked for */
};

struct irm_forecast {
	struct irm_forecast_row *rows; /* by cycle, milestone and day */
	struct irm_forecast_when *whens;
	size_t n, n_whens;
	size_t idle;   /* reviews that count and never begin: nobody knows when they could */
	size_t unseen; /* reviews that count whose records end before the query's day: they set
	                * out from there */
};

/* Forecasts the reviews that the query keeps; of all others of their mechanisms the model learns
 * too. The filters of milestones choose rows.
 *
 * Numbers of reviews at each of the days; reviews that are replaced later are not foreseen. The
 * same question gives the same draws. The caller frees *out with irm_forecast_free(); untouched on
 * error. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_forecast_numbers(struct irm_forecast **out,
                                             const struct irm_query *query,
                                             const struct irm_forecast_plan *plan,
                                             struct irm_forecast_days days, struct irm_err *err);

/* The days by which each of the shares, [n_shares], 0 < share <= 1, has reached each milestone: the
 * first day on which reached / reviews is not below it; draws that do not come to it by `until`
 * count as later than all others (right-censored). */
IRM_CHECK enum irm_code irm_forecast_whens(struct irm_forecast **out, const struct irm_query *query,
                                           const struct irm_forecast_plan *plan,
                                           const double shares[], size_t n_shares, int32_t until,
                                           struct irm_err *err);
void irm_forecast_free(struct irm_forecast *out);

#endif
