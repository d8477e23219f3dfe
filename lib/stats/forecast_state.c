#include "stats/forecast_state.h"

#include <stdlib.h>

#include "review/calendar.h"

bool irm_forecast_has(const struct irm_forecast_state *state, size_t place, uint32_t position)
{
	const struct irm_dataset *data = state->query->data;
	return irm_calendar_has(data, state->reviews[place].review,
	                        data->mechanisms[state->mechanism].first + position);
}

static int32_t earlier(int32_t a, int32_t b)
{
	return b != IRM_DAY_NONE && b < a ? b : a;
}

/* How far the review has come, and the days by which it had. */
static void read_days(struct irm_forecast_state *state, size_t place, const struct irm_date *dates)
{
	struct irm_forecast_review *r = &state->reviews[place];
	int32_t *days = state->days + place * state->milestones, last = IRM_DAY_NONE;
	r->next = 0;
	for (uint32_t i = state->milestones; i-- > 0;) {
		if (irm_date_by(dates[i], state->as_of) == IRM_HAPPENED) {
			if (last == IRM_DAY_NONE) {
				r->next = i + 1;
				last = dates[i].last;
			}
			last = earlier(last, dates[i].last);
		}
		days[i] = last;
	}
	while (r->next < state->milestones && !irm_forecast_has(state, place, r->next))
		r->next++;
}

/* Adds the step from the day `began` to the milestone, where both ends are known. */
static void add_step(struct irm_forecast_state *state, size_t place, uint32_t position,
                     int32_t began, struct irm_date to)
{
	const struct irm_forecast_review *r = &state->reviews[place];
	struct irm_forecast_step step = { (uint32_t)place, position, began, 0, false };
	if (irm_date_is_day(to) && to.first <= state->as_of) {
		step.event = true;
		step.days = to.first - began;
		if (position == 0 && step.days < 0)
			step.days = 0; /* earlier than expected is no contradiction */
	} else if (position == r->next && irm_date_by(to, state->as_of) == IRM_NOT_YET) {
		step.days = r->seen - began;
	} else {
		return;
	}
	if (step.days >= 0)
		state->steps[state->n_steps++] = step;
}

static void read_steps(struct irm_forecast_state *state, size_t place, const struct irm_date *dates)
{
	const struct irm_forecast_review *r = &state->reviews[place];
	struct irm_date from =
	        r->expected == IRM_DAY_NONE ? irm_date_none() : irm_date_of_day(r->expected);
	for (uint32_t i = 0; i < state->milestones; i++) {
		if (!irm_forecast_has(state, place, i))
			continue;
		if (irm_date_is_day(from) && from.first <= state->as_of)
			add_step(state, place, i, from.first, dates[i]);
		from = dates[i];
	}
}

static int32_t new_year(int32_t year)
{
	return irm_day_from_civil(year, 1, 1);
}

/* Of each cycle, the day from which reviews without a scheduled year could begin. */
static void find_starts(int32_t starts[], const struct irm_forecast_state *state)
{
	const struct irm_dataset *data = state->query->data;
	for (size_t i = 0; i < data->n_cycles; i++)
		starts[i] = data->cycles[i].starts;
	for (size_t i = 0; i < state->n; i++) {
		uint32_t cycle = data->reviews[state->reviews[i].review].cycle;
		int32_t first = irm_forecast_days(state, i)[0];
		if (data->cycles[cycle].starts == IRM_DAY_NONE && first != IRM_DAY_NONE &&
		    (starts[cycle] == IRM_DAY_NONE || first < starts[cycle]))
			starts[cycle] = first;
	}
}

static void read_review(struct irm_forecast_state *state, size_t place, uint32_t review)
{
	const struct irm_query *query = state->query;
	const struct irm_review *r = &query->data->reviews[review];
	uint32_t region = query->data->states[r->state].region;
	bool dated = r->year > 1;
	state->reviews[place] = (struct irm_forecast_review){
		.review = review,
		.region = region == IRM_NONE ? (uint32_t)query->data->n_regions : region,
		.seen = earlier(earlier(state->as_of, r->observed_until), r->discontinued),
		.expected = dated ? new_year(r->year - 1) : IRM_DAY_NONE,
		.scheduled = dated ? new_year(r->year) : IRM_DAY_NONE,
		.counts = irm_query_keeps_review(query, review) &&
		          irm_calendar_counts(query->data, review, state->as_of),
	};
}

static bool make_room(struct irm_forecast_state *state)
{
	const struct irm_dataset *data = state->query->data;
	for (size_t i = 0; i < data->n_reviews; i++)
		state->n += data->reviews[i].mechanism == state->mechanism;
	size_t n = state->n + 1, m = state->milestones + 1;
	state->reviews = calloc(n, sizeof *state->reviews);
	state->days = calloc(n * m, sizeof *state->days);
	state->steps = calloc(n * m, sizeof *state->steps);
	return state->reviews && state->days && state->steps;
}

static void read_all(struct irm_forecast_state *state, struct irm_date dates[], int32_t starts[])
{
	const struct irm_query *query = state->query;
	size_t place = 0;
	for (uint32_t i = 0; i < query->data->n_reviews; i++) {
		if (query->data->reviews[i].mechanism != state->mechanism)
			continue;
		irm_calendar_dates(query->data, i, query->middle, dates);
		read_review(state, place, i);
		read_days(state, place++, dates);
	}
	find_starts(starts, state);
	for (place = 0; place < state->n; place++) {
		struct irm_forecast_review *r = &state->reviews[place];
		irm_calendar_dates(query->data, r->review, query->middle, dates);
		if (r->expected == IRM_DAY_NONE)
			r->expected = starts[query->data->reviews[r->review].cycle];
		read_steps(state, place, dates);
	}
}

enum irm_code irm_forecast_state_new(struct irm_forecast_state **out, const struct irm_query *query,
                                     uint32_t mechanism, int32_t as_of, struct irm_err *err)
{
	struct irm_forecast_state *state = calloc(1, sizeof *state);
	if (!state)
		return irm_err_memory(err);
	state->query = query;
	state->mechanism = mechanism;
	state->milestones = query->data->mechanisms[mechanism].n;
	state->as_of = as_of;
	struct irm_date *dates = malloc(irm_calendar_room(query->data) * sizeof *dates);
	int32_t *starts = malloc((query->data->n_cycles + 1) * sizeof *starts);
	bool room = dates && starts && make_room(state);
	if (room) {
		read_all(state, dates, starts);
		*out = state;
		state = NULL;
	}
	irm_forecast_state_free(state);
	free(dates);
	free(starts);
	return room ? IRM_OK : irm_err_memory(err);
}

void irm_forecast_state_free(struct irm_forecast_state *state)
{
	if (!state)
		return;
	free(state->reviews);
	free(state->days);
	free(state->steps);
	free(state);
}
