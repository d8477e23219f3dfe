#include "stats/forecast_cells.h"

#include <stdlib.h>
#include <string.h>

static enum irm_code fill_cell(struct irm_forecast_cell *cell,
                               const struct irm_forecast_state *state, struct irm_err *err)
{
	const struct irm_dataset *data = state->query->data;
	cell->places = malloc((state->n + 1) * sizeof *cell->places);
	if (!cell->places)
		return irm_err_memory(err);
	for (size_t i = 0; i < state->n; i++)
		if (state->reviews[i].counts &&
		    data->reviews[state->reviews[i].review].cycle == cell->cycle &&
		    irm_forecast_has(state, i, cell->position))
			cell->places[cell->n++] = i;
	return IRM_OK;
}

enum irm_code irm_forecast_cells_init(struct irm_forecast_cells *out,
                                      const struct irm_forecast_state *state, struct irm_err *err)
{
	const struct irm_dataset *data = state->query->data;
	const struct irm_mechanism *mechanism = &data->mechanisms[state->mechanism];
	*out = (struct irm_forecast_cells){ .n = 0 };
	out->cells = calloc(data->n_cycles * mechanism->n + 1, sizeof *out->cells);
	if (!out->cells)
		return irm_err_memory(err);
	for (uint32_t cycle = 0; cycle < data->n_cycles; cycle++) {
		if (data->cycles[cycle].mechanism != state->mechanism)
			continue;
		for (uint32_t i = 0; i < mechanism->n; i++) {
			struct irm_forecast_cell *cell = &out->cells[out->n++];
			*cell = (struct irm_forecast_cell){
				cycle, i, data->milestones[mechanism->first + i].stage, NULL, 0
			};
			if (!irm_query_keeps(state->query, IRM_BY_MILESTONE, cell->milestone))
				out->n--;
			else if (fill_cell(cell, state, err))
				return err->code;
			else if (cell->n == 0)
				free(out->cells[--out->n].places);
		}
	}
	return IRM_OK;
}

void irm_forecast_cells_release(struct irm_forecast_cells *cells)
{
	for (size_t i = 0; i < cells->n; i++)
		free(cells->cells[i].places);
	free(cells->cells);
	*cells = (struct irm_forecast_cells){ .n = 0 };
}

/* How many of the days lie before `day`: the place where it is counted. */
static size_t find_day(const int32_t days[], size_t n, int32_t day)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (days[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void irm_forecast_cell_count(int32_t counts[], const struct irm_forecast_cell *cell,
                             const struct irm_forecast_state *state, const int32_t reached[],
                             const int32_t days[], size_t n_days)
{
	memset(counts, 0, n_days * sizeof *counts);
	for (size_t i = 0; i < cell->n; i++) {
		int32_t day = reached[cell->places[i] * state->milestones + cell->position];
		size_t at = day == IRM_DAY_NONE ? n_days : find_day(days, n_days, day);
		if (at < n_days)
			counts[at]++;
	}
	for (size_t i = 1; i < n_days; i++)
		counts[i] += counts[i - 1];
}
