/* How good the forecasts would have been: at each of many past days, from what was known then,
 * against what happened. */
#ifndef IRM_STATS_BACKTEST_H
#define IRM_STATS_BACKTEST_H

#include "stats/forecast.h"
#include "stats/forecast_score.h"

enum irm_backtest_method {
	IRM_BACKTEST_MODEL,
	IRM_BACKTEST_LINE,   /* the straight line through the last two years */
	IRM_BACKTEST_LIMITS, /* the official time limits */
	IRM_BACKTEST_METHODS
};
extern const char *const irm_backtest_names[IRM_BACKTEST_METHODS]; /* model, line, limits */

struct irm_backtest_plan {
	int32_t from, to;     /* forecasts are made at `from`, a step later ..., to `to` at most */
	struct irm_span step; /* of them, and of the days that each looks at */
	struct irm_span horizon; /* how far it looks */
};

/* One forecast by one method. */
struct irm_backtest_row {
	int32_t as_of, day;
	uint32_t cycle, milestone; /* as in struct irm_forecast_row */
	enum irm_backtest_method method;
	int32_t actual;
	double expected;
	int32_t quantile[IRM_FORECAST_LEVELS]; /* of the model only */
	struct irm_forecast_pit pit;           /* of the model only */
	double crps, pinball; /* in reviews; of a single number, its distance, and the
	                       * loss of five quantiles that are all that number */
};

/* Forecasts of one method, together. */
struct irm_backtest_score {
	uint32_t cycle, milestone; /* IRM_VALUE_ALL: all */
	enum irm_backtest_method method;
	int64_t forecasts, in50, in90; /* in the band, its limits included; of the model only */
	double pit50, pit90;           /* the shares of the transforms within; of the model only */
	double bias;                   /* the mean of expected - actual */
	double crps, pinball;          /* means */
};

struct irm_backtest {
	struct irm_backtest_row *rows;     /* by mechanism, as_of, cycle, milestone, day, method */
	struct irm_backtest_score *scores; /* by cycle, milestone, method */
	size_t n, n_scores, room;
};

/* Runs the back-test. A forecast of a cycle's milestone is made where the cycle has begun by then
 * and not all its reviews have reached the milestone, and scored at days up to the query's, which
 * say what happened. Reviews whose records end before that are left out: nobody knows. With
 * `total`, there are scores of all cycles and all milestones, too.
 *
 * The caller frees *out with irm_backtest_free(); untouched on error. IRM_USAGE: the plan has no
 * day, or too many; IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_backtest_new(struct irm_backtest **out, const struct irm_query *query,
                                         const struct irm_forecast_plan *plan,
                                         const struct irm_backtest_plan *test, struct irm_err *err);
void irm_backtest_free(struct irm_backtest *backtest);

#endif
