/* What a forecast is asked for: how many draws, from which seed, under which suppositions. */
#ifndef IRM_STATS_FORECAST_PLAN_H
#define IRM_STATS_FORECAST_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "review/dataset.h"

#define IRM_FORECAST_DRAWS_MOST 100000

/* All hazards are `factor` times their size from the day `from` to the day `to`, both included. */
struct irm_forecast_shock {
	int32_t from, to;
	double factor; /* >= 0; 0: a standstill */
};

/* Suppose that a step takes another time. */
struct irm_forecast_what_if {
	uint32_t stage; /* of the milestone it leads to, in irm_dataset.stages */
	bool limit;     /* it ends on its due day at the latest */
	double factor;  /* else: the days still to come are so many times as long; > 0 */
};

struct irm_forecast_plan {
	int64_t seed; /* >= 0; the same seed gives the same draws */
	size_t draws; /* 1 to IRM_FORECAST_DRAWS_MOST */
	const struct irm_forecast_shock
	        *shocks; /* borrowed; where periods overlap, factors multiply */
	size_t n_shocks;
	const struct irm_forecast_what_if *what_ifs; /* borrowed */
	size_t n_what_ifs;
};

/* Reads FROM..TO=FACTOR, as 2020-03-15..2021-12-31=0.5. IRM_USAGE. */
IRM_CHECK enum irm_code irm_forecast_shock_parse(struct irm_forecast_shock *out, const char *text,
                                                 struct irm_err *err);

/* Reads MILESTONE=limit or MILESTONE=FACTOR. IRM_USAGE: the dataset has no such milestone, or with
 * `limit` none of that name has a time limit. */
IRM_CHECK enum irm_code irm_forecast_what_if_parse(struct irm_forecast_what_if *out,
                                                   const struct irm_dataset *data, const char *text,
                                                   struct irm_err *err);

#endif
