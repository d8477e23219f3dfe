#include "review/progress.h"

#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"

struct state {
	const struct irm_dataset *data;
	struct irm_date *dates; /* room for one review's */
	uint32_t review;        /* whose they are */
};

static int32_t day_of(const struct state *state)
{
	const struct irm_dataset *data = state->data;
	int32_t own = data->reviews[state->review].observed_until;
	if (!data->several_as_of)
		own = data->as_of;
	return own == IRM_DAY_NONE ? IRM_DAY_LAST : own;
}

static bool reached(const struct state *state, uint32_t at)
{
	return irm_calendar_reached(state->data, state->review, state->dates, at, day_of(state)) ==
	       IRM_HAPPENED;
}

/* The review of that code; reviews are in the order of their codes. */
static uint32_t find_review(const struct irm_dataset *data, const char *code)
{
	size_t low = 0, high = data->n_reviews;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(data->reviews[middle].code, code);
		if (order == 0)
			return (uint32_t)middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return IRM_NONE;
}

/* Whether the review had reached the milestone of that code. */
static bool had_reached(const struct state *before, const char *milestone)
{
	if (before->review == IRM_NONE)
		return false;
	const struct irm_dataset *data = before->data;
	const struct irm_mechanism *m = &data->mechanisms[data->reviews[before->review].mechanism];
	for (uint32_t i = 0; i < m->n; i++)
		if (strcmp(data->milestones[m->first + i].code, milestone) == 0)
			return reached(before, i);
	return false;
}

static enum irm_code count_review(struct irm_counter *out, const struct state *before,
                                  const struct state *after, struct irm_err *err)
{
	const struct irm_dataset *data = after->data;
	const struct irm_review *review = &data->reviews[after->review];
	const struct irm_mechanism *m = &data->mechanisms[review->mechanism];
	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t key[2] = { review->cycle, m->first + i };
		if (!irm_calendar_has(data, after->review, m->first + i) || !reached(after, i) ||
		    had_reached(before, data->milestones[m->first + i].code))
			continue;
		int64_t *counts = irm_counter_at(out, key);
		if (!counts)
			return irm_err_memory(err);
		counts[0]++;
	}
	return IRM_OK;
}

enum irm_code irm_progress_count(struct irm_counter *out, const struct irm_dataset *before,
                                 const struct irm_dataset *after, struct irm_err *err)
{
	struct state old = { .data = before }, new = { .data = after };
	enum irm_code code = IRM_OK;
	irm_counter_init(out, 2, 1);
	old.dates = malloc((irm_calendar_room(before) + 1) * sizeof *old.dates);
	new.dates = malloc((irm_calendar_room(after) + 1) * sizeof *new.dates);
	if (!old.dates || !new.dates)
		code = irm_err_memory(err);
	for (uint32_t r = 0; !code && r < after->n_reviews; r++) {
		new.review = r;
		old.review = find_review(before, after->reviews[r].code);
		irm_calendar_dates(after, r, false, new.dates);
		if (old.review != IRM_NONE)
			irm_calendar_dates(before, old.review, false, old.dates);
		code = count_review(out, &old, &new, err);
	}
	free(old.dates);
	free(new.dates);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}
