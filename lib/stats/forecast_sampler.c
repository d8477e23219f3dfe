#include "stats/forecast_sampler.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "stats/forecast_cohort.h"
#include "stats/forecast_hazards.h"
#include "stats/sim_model.h"

struct irm_forecast_sampler {
	struct irm_forecast_state *state;
	struct irm_forecast_calendar calendar;
	struct irm_forecast_cohorts cohorts;
	struct irm_forecast_hazards *hazards;
	const struct irm_forecast_plan *plan;
	gsl_rng *rng;    /* of what is learned */
	gsl_rng *future; /* of what comes: begun anew for each draw, so that draws under different
	                  * suppositions, or to different days, have the same luck */
	double *luck;    /* [reviews][milestones] of one draw: a step ends where the sum of its
	                  * hazards comes to it */
	int32_t until;
	int32_t horizon; /* draws go on to it: steps that are supposed faster come in from beyond */
};

/* The first day that a forecast learns from or sets out from. */
static int32_t first_day(const struct irm_forecast_state *state)
{
	int32_t first = state->as_of;
	for (size_t i = 0; i < state->n_steps; i++)
		first = state->steps[i].began < first ? state->steps[i].began : first;
	for (size_t i = 0; i < state->n; i++)
		first = state->reviews[i].seen < first ? state->reviews[i].seen : first;
	return first;
}

/* Where a step must end, to end by `until` when it is supposed so much faster. */
static int32_t horizon_of(const struct irm_forecast_state *state, int32_t until,
                          const struct irm_forecast_plan *plan)
{
	double least = 1, day = until;
	for (size_t i = 0; i < plan->n_what_ifs; i++)
		if (!plan->what_ifs[i].limit)
			least = fmin(least, plan->what_ifs[i].factor);
	for (size_t i = 0; i < state->n; i++)
		day = fmin(day, state->reviews[i].seen);
	return (int32_t)fmin(day + ceil((until - day) / least), IRM_DAY_LAST);
}

/* One stream for each mechanism and day: forecasts of several days do not share their luck. */
static gsl_rng *new_stream(const struct irm_forecast_state *state, int64_t seed)
{
	char name[96], day[IRM_DAY_SIZE];
	irm_day_format(day, state->as_of);
	snprintf(name, sizeof name, "forecast %s %.60s", day,
	         state->query->data->mechanisms[state->mechanism].code);
	return irm_sim_stream((uint64_t)seed, name);
}

enum irm_code irm_forecast_sampler_new(struct irm_forecast_sampler **out,
                                       const struct irm_query *query, uint32_t mechanism,
                                       int32_t as_of, int32_t until,
                                       const struct irm_forecast_plan *plan, struct irm_err *err)
{
	struct irm_forecast_sampler *s = calloc(1, sizeof *s);
	if (!s)
		return irm_err_memory(err);
	s->plan = plan;
	s->until = until;
	enum irm_code code = irm_forecast_state_new(&s->state, query, mechanism, as_of, err);
	if (!code) {
		s->horizon = horizon_of(s->state, until, plan);
		code = irm_forecast_calendar_init(&s->calendar, first_day(s->state), as_of,
		                                  s->horizon, plan, err);
	}
	if (!code) {
		s->rng = new_stream(s->state, plan->seed);
		s->future = new_stream(s->state, plan->seed);
		s->luck = malloc((s->state->n * s->state->milestones + 1) * sizeof *s->luck);
		code = s->rng && s->future && s->luck ? IRM_OK : irm_err_memory(err);
	}
	if (!code)
		code = irm_forecast_cohorts_init(&s->cohorts, s->state, err);
	if (!code)
		code = irm_forecast_hazards_new(&s->hazards, s->state, &s->calendar, s->rng, err);
	if (code) {
		irm_forecast_sampler_free(s);
		return code;
	}
	*out = s;
	return IRM_OK;
}

void irm_forecast_sampler_free(struct irm_forecast_sampler *s)
{
	if (!s)
		return;
	irm_forecast_hazards_free(s->hazards);
	irm_forecast_cohorts_release(&s->cohorts);
	irm_forecast_calendar_release(&s->calendar);
	irm_forecast_state_free(s->state);
	if (s->rng)
		gsl_rng_free(s->rng);
	if (s->future)
		gsl_rng_free(s->future);
	free(s->luck);
	free(s);
}

const struct irm_forecast_state *irm_forecast_sampler_state(const struct irm_forecast_sampler *s)
{
	return s->state;
}

/* The day on which a step ends that began on `began` and had not by the day before `day`. */
static int32_t draw_end(const struct irm_forecast_sampler *s,
                        const struct irm_forecast_review *review, uint32_t position, int32_t began,
                        int32_t day, double left)
{
	const struct irm_forecast_bins *bins = irm_forecast_hazards_bins(s->hazards, position);
	double hazard[IRM_FORECAST_BINS + 1];
	irm_forecast_hazards_of(hazard, s->hazards, review, position);
	size_t stretch = irm_forecast_calendar_find(&s->calendar, day);
	uint32_t bin = 0;
	while (day <= s->horizon) {
		while (bin + 1 < bins->n && began + bins->from[bin + 1] <= day)
			bin++;
		int32_t bin_end = bin + 1 < bins->n ? began + bins->from[bin + 1] : IRM_DAY_FUTURE;
		int32_t end = irm_forecast_calendar_end(&s->calendar, stretch);
		int32_t to = bin_end < end ? bin_end : end;
		to = to <= s->horizon ? to : s->horizon + 1;
		double a_day = hazard[bin] *
		               irm_forecast_hazards_on(s->hazards, &s->calendar.stretches[stretch],
		                                       position);
		if (left < a_day * (to - day))
			return day + (int32_t)floor(left / a_day);
		left -= a_day * (to - day);
		stretch += to == end;
		day = to;
	}
	return IRM_DAY_FUTURE;
}

/* The day on which the milestone is due by its time limit; IRM_DAY_NONE: it has none. */
static int32_t due_day(const struct irm_forecast_sampler *s, uint32_t position,
                       const int32_t days[])
{
	const struct irm_dataset *data = s->state->query->data;
	uint32_t first = data->mechanisms[s->state->mechanism].first;
	const struct irm_milestone *m = &data->milestones[first + position];
	if (m->from == IRM_NONE || !m->limit.count || m->from - first >= position ||
	    days[m->from - first] == IRM_DAY_NONE || days[m->from - first] == IRM_DAY_FUTURE)
		return IRM_DAY_NONE;
	return irm_day_add(days[m->from - first], m->limit);
}

/* The end of a step under what is supposed of it; `day` is the first on which it can end. */
static int32_t suppose(const struct irm_forecast_sampler *s, uint32_t position, int32_t day,
                       int32_t end, const int32_t days[])
{
	const struct irm_dataset *data = s->state->query->data;
	uint32_t at = data->mechanisms[s->state->mechanism].first + position;
	for (size_t i = 0; i < s->plan->n_what_ifs; i++) {
		const struct irm_forecast_what_if *what = &s->plan->what_ifs[i];
		if (what->stage != data->milestones[at].stage)
			continue;
		int32_t due = what->limit ? due_day(s, position, days) : IRM_DAY_NONE;
		if (due != IRM_DAY_NONE && end > due)
			end = due > day ? due : day;
		if (!what->limit && end != IRM_DAY_FUTURE)
			end = (int32_t)fmin(day + floor((end - day) * what->factor), IRM_DAY_LAST);
	}
	return end <= s->until ? end : IRM_DAY_FUTURE;
}

static void draw_review(const struct irm_forecast_sampler *s, size_t place, int32_t days[])
{
	const struct irm_forecast_review *r = &s->state->reviews[place];
	const int32_t *reached = irm_forecast_days(s->state, place);
	int32_t began = r->expected, day = r->seen + 1;
	for (uint32_t i = 0; i < s->state->milestones; i++) {
		days[i] = i < r->next ? reached[i] : IRM_DAY_FUTURE;
		if (!irm_forecast_has(s->state, place, i))
			continue;
		if (i >= r->next && began != IRM_DAY_NONE && began != IRM_DAY_FUTURE) {
			day = began > day ? began : day;
			double left = s->luck[place * s->state->milestones + i];
			int32_t end = draw_end(s, r, i, began, day, left);
			days[i] = suppose(s, i, day, end, days);
		}
		began = days[i];
	}
}

static void draw_luck(struct irm_forecast_sampler *s)
{
	irm_forecast_cohorts_draw(&s->cohorts, s->future);
	for (size_t i = 0; i < s->state->n; i++) {
		double *luck = s->luck + i * s->state->milestones;
		for (uint32_t k = s->state->reviews[i].next; k < s->state->milestones; k++)
			luck[k] = k > 0 ? gsl_ran_exponential(s->future, 1)
			                : irm_forecast_cohorts_luck(&s->cohorts, i, s->future);
	}
}

void irm_forecast_sampler_draw(struct irm_forecast_sampler *s, int32_t days[])
{
	irm_forecast_hazards_draw(s->hazards, s->rng);
	gsl_rng_set(s->future, gsl_rng_get(s->rng));
	draw_luck(s);
	irm_forecast_hazards_go_on(s->hazards, s->future);
	for (size_t i = 0; i < s->state->n; i++)
		if (s->state->reviews[i].counts)
			draw_review(s, i, days + i * s->state->milestones);
}
