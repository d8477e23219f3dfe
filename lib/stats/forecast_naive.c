#include "stats/forecast_naive.h"

#include <math.h>
#include <string.h>

#define TWO_YEARS 730 /* days */

void irm_forecast_line(double number[], const struct irm_forecast_cell *cell,
                       const struct irm_forecast_state *state, const int32_t days[], size_t n_days)
{
	const int32_t ends[2] = { state->as_of - TWO_YEARS, state->as_of };
	int32_t counts[2];
	irm_forecast_cell_count(counts, cell, state, state->days, ends, 2);
	double a_day = (double)(counts[1] - counts[0]) / TWO_YEARS;
	for (size_t i = 0; i < n_days; i++)
		number[i] = fmin((double)cell->n, counts[1] + a_day * (days[i] - state->as_of));
}

static int32_t planned_day(const struct irm_forecast_state *state, size_t place, uint32_t position,
                           const int32_t planned[])
{
	const struct irm_dataset *data = state->query->data;
	uint32_t first = data->mechanisms[state->mechanism].first;
	const struct irm_milestone *m = &data->milestones[first + position];
	if (position == 0)
		return state->reviews[place].scheduled;
	if (m->from == IRM_NONE || !m->limit.count || m->from - first >= position)
		return planned[position - 1];
	return irm_day_add(planned[m->from - first], m->limit);
}

void irm_forecast_limits(int32_t planned[], const struct irm_forecast_state *state)
{
	memcpy(planned, state->days, state->n * state->milestones * sizeof *planned);
	for (size_t place = 0; place < state->n; place++) {
		int32_t *own = planned + place * state->milestones, last = state->as_of + 1;
		for (uint32_t i = state->reviews[place].next; i < state->milestones; i++) {
			own[i] = planned_day(state, place, i, own);
			last = own[i] > last ? own[i] : last;
			own[i] = last;
		}
	}
}
