#include "stats/forecast_calendar.h"

#include <stdlib.h>

static int compare_days(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

static double shock_on(const struct irm_forecast_plan *plan, int32_t day)
{
	double factor = 1;
	for (size_t i = 0; i < plan->n_shocks; i++)
		if (day >= plan->shocks[i].from && day <= plan->shocks[i].to)
			factor *= plan->shocks[i].factor;
	return factor;
}

/* The days on which something changes, sorted; how many. */
static size_t list_changes(int32_t days[], const struct irm_forecast_calendar *calendar,
                           int32_t start, const struct irm_forecast_plan *plan)
{
	size_t n = 0;
	for (uint32_t i = 0; i < calendar->periods; i++)
		days[n++] = start + (int32_t)i * IRM_FORECAST_PERIOD;
	for (size_t i = 0; i < plan->n_shocks; i++) {
		if (plan->shocks[i].from > start)
			days[n++] = plan->shocks[i].from;
		if (plan->shocks[i].to >= start)
			days[n++] = plan->shocks[i].to + 1;
	}
	qsort(days, n, sizeof *days, compare_days);
	return n;
}

enum irm_code irm_forecast_calendar_init(struct irm_forecast_calendar *out, int32_t first,
                                         int32_t as_of, int32_t until,
                                         const struct irm_forecast_plan *plan, struct irm_err *err)
{
	*out = (struct irm_forecast_calendar){
		.past = (uint32_t)((as_of - first) / IRM_FORECAST_PERIOD) + 1,
	};
	uint32_t future = (uint32_t)((until - as_of) / IRM_FORECAST_PERIOD) + 1;
	out->periods = out->past + future;
	int32_t start = as_of + 1 - (int32_t)out->past * IRM_FORECAST_PERIOD;
	size_t most = out->periods + 2 * plan->n_shocks;
	int32_t *days = malloc(most * sizeof *days);
	out->stretches = calloc(most, sizeof *out->stretches);
	if (!days || !out->stretches) {
		free(days);
		return irm_err_memory(err);
	}
	size_t n = list_changes(days, out, start, plan);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && days[i] == days[i - 1])
			continue;
		uint32_t period = (uint32_t)((days[i] - start) / IRM_FORECAST_PERIOD);
		out->stretches[out->n++] = (struct irm_forecast_stretch){
			days[i], period < out->periods ? period : out->periods - 1,
			shock_on(plan, days[i])
		};
	}
	free(days);
	return IRM_OK;
}

void irm_forecast_calendar_release(struct irm_forecast_calendar *calendar)
{
	free(calendar->stretches);
	*calendar = (struct irm_forecast_calendar){ .n = 0 };
}

size_t irm_forecast_calendar_find(const struct irm_forecast_calendar *calendar, int32_t day)
{
	size_t low = 0, high = calendar->n; /* the stretch is in [low, high) */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (calendar->stretches[middle].from <= day)
			low = middle;
		else
			high = middle;
	}
	return low;
}
