/* The calendar as hazards see it: stretches of days within which neither the period nor a shock
 * changes. For lib/stats/forecast*.c. */
#ifndef IRM_STATS_FORECAST_CALENDAR_H
#define IRM_STATS_FORECAST_CALENDAR_H

#include "stats/forecast_plan.h"

/* Periods are of half a year, counted from the day of the forecast both ways: the last one of the
 * past is whole. */
#define IRM_FORECAST_PERIOD 182

struct irm_forecast_stretch {
	int32_t from;    /* first day; it goes on to the next one's */
	uint32_t period; /* from 0 */
	double shock;    /* factor of all hazards */
};

struct irm_forecast_calendar {
	struct irm_forecast_stretch *stretches; /* [n] by day */
	size_t n;
	uint32_t past,
	        periods; /* how many periods end by the day of the forecast; how many in all */
};

/* The calendar from the day `first` (or before) to `until`, around the forecast's day; first <=
 * as_of, as_of <= until. The caller releases *out with irm_forecast_calendar_release(), whatever
 * comes. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_forecast_calendar_init(struct irm_forecast_calendar *out, int32_t first,
                                                   int32_t as_of, int32_t until,
                                                   const struct irm_forecast_plan *plan,
                                                   struct irm_err *err);
void irm_forecast_calendar_release(struct irm_forecast_calendar *calendar);

/* The stretch that a day lies in; the first for days before it. */
size_t irm_forecast_calendar_find(const struct irm_forecast_calendar *calendar, int32_t day);

/* The day after the stretch; IRM_DAY_FUTURE for the last. */
static inline int32_t irm_forecast_calendar_end(const struct irm_forecast_calendar *calendar,
                                                size_t at)
{
	return at + 1 < calendar->n ? calendar->stretches[at + 1].from : IRM_DAY_FUTURE;
}

#endif
