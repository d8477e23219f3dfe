/* The cells of a forecast: a cycle and a milestone, and which reviews are counted there. For
 * lib/stats/forecast.c and backtest.c. */
#ifndef IRM_STATS_FORECAST_CELLS_H
#define IRM_STATS_FORECAST_CELLS_H

#include "stats/forecast_state.h"

struct irm_forecast_cell {
	uint32_t cycle, position; /* of the milestone in its mechanism */
	uint32_t milestone;       /* in irm_dataset.stages */
	size_t *places;           /* [n] reviews that count and have the milestone */
	size_t n;
};

struct irm_forecast_cells {
	struct irm_forecast_cell *cells; /* [n] by cycle and position; none without reviews */
	size_t n;
};

/* The cells of a state, of the milestones that its query keeps. The caller releases *out with
 * irm_forecast_cells_release(), whatever comes. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_forecast_cells_init(struct irm_forecast_cells *out,
                                                const struct irm_forecast_state *state,
                                                struct irm_err *err);
void irm_forecast_cells_release(struct irm_forecast_cells *cells);

/* Adds up how many reviews of a cell have reached its milestone by each of the days,
 * counts[n_days]; `reached` is [reviews][milestones], IRM_DAY_NONE and later days: not yet. */
void irm_forecast_cell_count(int32_t counts[], const struct irm_forecast_cell *cell,
                             const struct irm_forecast_state *state, const int32_t reached[],
                             const int32_t days[], size_t n_days);

#endif
