/* Two naive forecasts to beat. For lib/stats/backtest.c. */
#ifndef IRM_STATS_FORECAST_NAIVE_H
#define IRM_STATS_FORECAST_NAIVE_H

#include "stats/forecast_cells.h"

/* The straight line: the cell's number of reviews goes on to grow as it did over the last two
 * years, until all are there. number[n_days] at days after the state's. */
void irm_forecast_line(double number[], const struct irm_forecast_cell *cell,
                       const struct irm_forecast_state *state, const int32_t days[], size_t n_days);

/* The official time limits: from the state's day on, every review keeps them. Into
 * planned[reviews][milestones], the days on which each milestone is reached: recorded ones stay;
 * another is reached on its due day, one without a limit with the milestone before it; the first
 * one on 1 January of the scheduled year; none before the day after the state's. */
void irm_forecast_limits(int32_t planned[], const struct irm_forecast_state *state);

#endif
