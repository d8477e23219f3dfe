#include "review/metric_count.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"

/* IRM_DAY_FUTURE: never. */
struct irm_metric_step {
	int32_t certain, possible;
};
static const struct irm_metric_step never = { IRM_DAY_FUTURE, IRM_DAY_FUTURE };

/* The earlier of two steps, each on its own: a thing has happened when one of them has. */
static struct irm_metric_step earlier(struct irm_metric_step a, struct irm_metric_step b)
{
	return (struct irm_metric_step){ a.certain < b.certain ? a.certain : b.certain,
		                         a.possible < b.possible ? a.possible : b.possible };
}

/* The later: a thing has happened when both have. */
static struct irm_metric_step later(struct irm_metric_step a, struct irm_metric_step b)
{
	return (struct irm_metric_step){ a.certain > b.certain ? a.certain : b.certain,
		                         a.possible > b.possible ? a.possible : b.possible };
}

static struct irm_metric_step step_of_date(struct irm_date date, bool middle)
{
	int32_t day = middle ? irm_date_middle(date) : IRM_DAY_NONE;
	return day == IRM_DAY_NONE ? (struct irm_metric_step){ date.last, date.first }
	                           : (struct irm_metric_step){ day, day };
}

/* A row's own date: one that is not given may be any day. */
static struct irm_metric_step step_of_row(const struct irm_metric_counting *in, bool has_date,
                                          struct irm_date date)
{
	return has_date ? step_of_date(date, in->query->middle)
	                : (struct irm_metric_step){ IRM_DAY_FUTURE, IRM_DAY_PAST };
}

/* From when the milestone at a place of its mechanism is reached, as irm_calendar_reached() says
 * for each day. `in->dates` are the review's. */
static struct irm_metric_step step_of_milestone(const struct irm_metric_counting *in,
                                                uint32_t review, uint32_t at)
{
	const struct irm_review *r = &in->data->reviews[review];
	const struct irm_date own = in->dates[at];
	struct irm_metric_step step = never;
	for (uint32_t i = at; i < in->data->mechanisms[r->mechanism].n; i++)
		if (!irm_date_is_none(in->dates[i]) && in->dates[i].last < step.certain)
			step.certain = in->dates[i].last;
	if (!irm_date_is_none(own))
		step.possible = own.first;
	else if (r->observed_until != IRM_DAY_NONE)
		step.possible = r->observed_until + 1;
	if (step.certain < step.possible)
		step.possible = step.certain;
	return step;
}

bool irm_metric_is_asked_for(enum irm_metric_when when, const struct irm_milestone *milestone,
                             uint32_t at, uint32_t n)
{
	if (when == IRM_METRIC_BEGUN)
		return at == 0;
	if (when == IRM_METRIC_COMPLETED)
		return at + 1 == n;
	if (when == IRM_METRIC_DIALOGUE)
		return milestone->is_dialogue;
	return milestone->releases_findings;
}

/* From when one of the milestones that are asked for is reached. */
static struct irm_metric_step step_of_review(const struct irm_metric_counting *in, uint32_t review,
                                             enum irm_metric_when when)
{
	const struct irm_review *r = &in->data->reviews[review];
	const struct irm_mechanism *mechanism = &in->data->mechanisms[r->mechanism];
	struct irm_metric_step step = never;
	if (when == IRM_METRIC_LISTED)
		return (struct irm_metric_step){ IRM_DAY_PAST, IRM_DAY_PAST };
	irm_calendar_dates(in->data, review, in->query->middle, in->dates);
	for (uint32_t i = 0; i < mechanism->n; i++)
		if (irm_metric_is_asked_for(when, &in->data->milestones[mechanism->first + i], i,
		                            mechanism->n) &&
		    irm_calendar_has(in->data, review, mechanism->first + i))
			step = earlier(step, step_of_milestone(in, review, i));
	if (when != IRM_METRIC_DIALOGUE)
		return step;
	if (r->dialogue == IRM_NONE)
		step.certain = IRM_DAY_FUTURE; /* it may have been of another kind */
	else if (!(in->rule->kind >> r->dialogue & 1))
		step = never;
	return step;
}

/* +1 from a day to the day before another. */
static void mark(const struct irm_metric_counting *in, int64_t *days, int32_t from, int32_t until)
{
	int64_t first = in->out->first, n = (int64_t)in->out->n;
	int64_t a = from - first, b = until - first;
	a = a < 0 ? 0 : a;
	b = b > n ? n : b;
	if (a >= b)
		return;
	days[a]++;
	days[b]--;
}

static void add(const struct irm_metric_counting *in, struct irm_metric_days *days,
                struct irm_metric_step step, int32_t since, int32_t until)
{
	int32_t certain = step.certain > since ? step.certain : since;
	int32_t possible = step.possible > since ? step.possible : since;
	mark(in, days->certain, certain, until);
	mark(in, days->possible, possible, certain < until ? certain : until);
}

/* A review counts from the day on which the one that it replaces was discontinued, until its own:
 * irm_calendar_counts(). */
static void add_review(const struct irm_metric_counting *in, struct irm_metric_days *days,
                       uint32_t review, struct irm_metric_step step)
{
	const struct irm_review *r = &in->data->reviews[review];
	int32_t since = IRM_DAY_PAST;
	int32_t until = r->discontinued == IRM_DAY_NONE ? IRM_DAY_FUTURE : r->discontinued;
	if (r->replaces != IRM_NONE) {
		int32_t old = in->data->reviews[r->replaces].discontinued;
		since = old == IRM_DAY_NONE ? IRM_DAY_FUTURE : old;
	}
	add(in, days, step, since, until);
}

/* A row counts by itself, or for its review or its State. */
static void take_row(struct irm_metric_counting *in, uint32_t review, struct irm_metric_step step)
{
	if (in->rule->unit == IRM_METRIC_ROWS) {
		add(in, &in->top, step, IRM_DAY_PAST, IRM_DAY_FUTURE);
		return;
	}
	uint32_t group =
	        in->rule->unit == IRM_METRIC_STATES ? in->data->reviews[review].state : review;
	in->groups[group] = earlier(in->groups[group], step);
}

bool irm_metric_is_of_figure(const struct irm_metric_counting *in, uint32_t review)
{
	const struct irm_review *r = &in->data->reviews[review];
	return irm_query_keeps_review(in->query, review) &&
	       (in->figure->cycle == IRM_NONE || r->cycle == in->figure->cycle) &&
	       (in->figure->region == IRM_NONE ||
	        in->data->states[r->state].region == in->figure->region) &&
	       (in->state == IRM_NONE || r->state == in->state);
}

int irm_metric_table(const struct irm_metric_rule *rule)
{
	switch (rule->when) {
	case IRM_METRIC_DOCUMENT:
		return IRM_HAS_DOCUMENTS;
	case IRM_METRIC_NEED:
		return IRM_HAS_NEEDS;
	case IRM_METRIC_FINDING:
		return IRM_HAS_FINDINGS;
	case IRM_METRIC_MEASURE:
		return IRM_HAS_MEASURES;
	case IRM_METRIC_PARTICIPATION:
		return IRM_HAS_PARTICIPATION;
	case IRM_METRIC_LISTED:
	case IRM_METRIC_BEGUN:
	case IRM_METRIC_DIALOGUE:
	case IRM_METRIC_RELEASED:
	case IRM_METRIC_COMPLETED:
		break;
	}
	return -1;
}

bool irm_metric_has_table(const struct irm_metric_counting *in, uint32_t review)
{
	int table = irm_metric_table(in->rule);
	return table < 0 || irm_dataset_has(in->data, review, (enum irm_delivered)table);
}

/* Whether the review's scheduled year is asked for; *unknown where it is not on record. */
static bool is_of_year(const struct irm_metric_counting *in, uint32_t review, bool *unknown)
{
	int32_t year = in->data->reviews[review].year;
	*unknown = in->rule->year > 0 && year < 0;
	return in->rule->year <= 0 || year < 0 || year == in->year;
}

/* Whether a row's article is asked for: by the figure, and by the metric's chapter. Rows under
 * articles that the cycle does not look at are in no figure. */
static bool is_of_article(const struct irm_metric_counting *in, uint32_t review, uint32_t article)
{
	const struct irm_dataset *data = in->data;
	bool any = in->chapter == IRM_NONE && strcmp(in->figure->article, "all") == 0;
	if (article == IRM_NONE)
		return any;
	return irm_dataset_in_scope(data, data->reviews[review].cycle, article) &&
	       (in->chapter == IRM_NONE || data->articles[article].chapter == in->chapter) &&
	       (strcmp(in->figure->article, "all") == 0 ||
	        strcmp(in->figure->article, data->articles[article].code) == 0);
}

static void count_parties(struct irm_metric_counting *in)
{
	for (size_t i = 0; i < in->data->n_states; i++) {
		const struct irm_state *state = &in->data->states[i];
		int32_t since = state->party_since;
		if ((in->rule->without_eu && strcmp(state->code, "EUU") == 0) ||
		    (in->figure->region != IRM_NONE && state->region != in->figure->region))
			continue;
		add(in, &in->top,
		    since == IRM_DAY_NONE ? (struct irm_metric_step){ IRM_DAY_FUTURE, IRM_DAY_PAST }
		                          : (struct irm_metric_step){ since, since },
		    IRM_DAY_PAST, IRM_DAY_FUTURE);
	}
}

/* The part of a calendar year's documents that a date is of. */
static struct irm_metric_step step_in_year(const struct irm_metric_counting *in,
                                           struct irm_metric_step step)
{
	int32_t starts = irm_day_from_civil(in->year, 1, 1);
	int32_t ends = irm_day_from_civil(in->year, 12, 31);
	if (step.certain < starts || step.possible > ends)
		return never;
	if (step.possible < starts || step.certain > ends)
		step.certain = IRM_DAY_FUTURE;
	return later(step, (struct irm_metric_step){ starts, starts });
}

static void take_documents(struct irm_metric_counting *in)
{
	for (size_t i = 0; i < in->data->n_documents; i++) {
		const struct irm_document *d = &in->data->documents[i];
		bool unknown;
		if (d->kind != in->rule->kind || !irm_metric_is_of_figure(in, d->review) ||
		    !is_of_year(in, d->review, &unknown))
			continue;
		struct irm_metric_step step = step_of_row(in, d->has_date, d->published);
		if (unknown)
			step.certain = IRM_DAY_FUTURE;
		take_row(in, d->review,
		         in->rule->year == IRM_METRIC_CALENDAR_YEAR ? step_in_year(in, step)
		                                                    : step);
	}
}

static void take_needs(struct irm_metric_counting *in)
{
	for (size_t i = 0; i < in->data->n_needs; i++) {
		const struct irm_need *need = &in->data->needs[i];
		if (irm_metric_is_of_figure(in, need->review) &&
		    is_of_article(in, need->review, need->article))
			take_row(in, need->review,
			         step_of_review(in, need->review, IRM_METRIC_RELEASED));
	}
}

static void take_findings(struct irm_metric_counting *in)
{
	for (size_t i = 0; i < in->data->n_findings; i++) {
		const struct irm_finding *f = &in->data->findings[i];
		if (f->kind == in->rule->kind && irm_metric_is_of_figure(in, f->review) &&
		    is_of_article(in, f->review, f->article))
			take_row(in, f->review, step_of_review(in, f->review, IRM_METRIC_RELEASED));
	}
}

static void take_measures(struct irm_metric_counting *in)
{
	for (size_t i = 0; i < in->data->n_measures; i++) {
		const struct irm_measure *m = &in->data->measures[i];
		if (m->status == in->rule->kind && irm_metric_is_of_figure(in, m->review) &&
		    is_of_article(in, m->review, m->article))
			take_row(in, m->review, step_of_row(in, m->has_date, m->date));
	}
}

static void take_participation(struct irm_metric_counting *in)
{
	for (size_t i = 0; i < in->data->n_taking_part; i++) {
		const struct irm_taking_part *p = &in->data->taking_part[i];
		if (irm_metric_is_of_figure(in, p->review))
			take_row(in, p->review, step_of_row(in, p->has_date, p->date));
	}
}

/* What the rows of the rule's table add, by row, or to the steps of reviews or States. */
static void take_rows(struct irm_metric_counting *in)
{
	void (*const take[])(struct irm_metric_counting *) = {
		[IRM_METRIC_DOCUMENT] = take_documents,
		[IRM_METRIC_NEED] = take_needs,
		[IRM_METRIC_FINDING] = take_findings,
		[IRM_METRIC_MEASURE] = take_measures,
		[IRM_METRIC_PARTICIPATION] = take_participation,
	};
	take[in->rule->when](in);
}

static void count_groups(struct irm_metric_counting *in)
{
	size_t n = in->rule->unit == IRM_METRIC_STATES ? in->data->n_states : in->data->n_reviews;
	take_rows(in);
	for (size_t i = 0; i < n; i++)
		add(in, &in->top, in->groups[i], IRM_DAY_PAST, IRM_DAY_FUTURE);
}

static void count_reviews(struct irm_metric_counting *in)
{
	for (uint32_t i = 0; i < in->data->n_reviews; i++) {
		bool unknown;
		if (!irm_metric_is_of_figure(in, i) || !is_of_year(in, i, &unknown))
			continue;
		struct irm_metric_step step = step_of_review(in, i, in->rule->when);
		if (unknown)
			step.certain = IRM_DAY_FUTURE;
		add_review(in, &in->top, i, step);
	}
}

static void count_share(struct irm_metric_counting *in)
{
	take_rows(in);
	for (uint32_t i = 0; i < in->data->n_reviews; i++) {
		if (!irm_metric_is_of_figure(in, i) || !irm_metric_has_table(in, i))
			continue;
		struct irm_metric_step of = step_of_review(in, i, in->rule->of);
		add_review(in, &in->bottom, i, of);
		add_review(in, &in->top, i, later(of, in->groups[i]));
	}
}

static enum irm_code make_room(struct irm_metric_counting *in, struct irm_err *err)
{
	size_t n = in->out->n + 1;
	size_t groups =
	        in->rule->unit == IRM_METRIC_STATES ? in->data->n_states : in->data->n_reviews;
	in->top =
	        (struct irm_metric_days){ calloc(n, sizeof(int64_t)), calloc(n, sizeof(int64_t)) };
	in->bottom =
	        (struct irm_metric_days){ calloc(n, sizeof(int64_t)), calloc(n, sizeof(int64_t)) };
	in->dates = malloc(irm_calendar_room(in->data) * sizeof *in->dates);
	in->groups = calloc(groups + 1, sizeof *in->groups);
	in->out->value = malloc(n * sizeof *in->out->value);
	in->out->most = malloc(n * sizeof *in->out->most);
	for (size_t i = 0; in->groups && i < groups; i++)
		in->groups[i] = never;
	return in->top.certain && in->top.possible && in->bottom.certain && in->bottom.possible &&
	                       in->dates && in->groups && in->out->value && in->out->most
	               ? IRM_OK
	               : irm_err_memory(err);
}

static void release(struct irm_metric_counting *in)
{
	free(in->top.certain);
	free(in->top.possible);
	free(in->bottom.certain);
	free(in->bottom.possible);
	free(in->dates);
	free(in->groups);
}

/* From differences to numbers. */
static void fill(struct irm_metric_counting *in)
{
	int64_t top = 0, more = 0, bottom = 0;
	for (size_t i = 0; i < in->out->n; i++) {
		top += in->top.certain[i];
		more += in->top.possible[i];
		bottom += in->bottom.certain[i];
		in->out->value[i] = (double)top;
		in->out->most[i] = (double)(top + more);
		if (in->rule->unit != IRM_METRIC_SHARE)
			continue;
		in->out->value[i] = bottom ? 100 * (double)top / (double)bottom : (double)NAN;
		in->out->most[i] = (double)NAN;
	}
}

enum irm_code irm_metric_count(struct irm_metric_counting *in, struct irm_err *err)
{
	enum irm_code code = make_room(in, err);
	if (!code) {
		if (in->rule->unit == IRM_METRIC_PARTIES)
			count_parties(in);
		else if (in->rule->unit == IRM_METRIC_SHARE)
			count_share(in);
		else if (in->rule->unit == IRM_METRIC_ROWS)
			take_rows(in);
		else if (irm_metric_table(in->rule) < 0)
			count_reviews(in);
		else
			count_groups(in);
		fill(in);
	}
	release(in);
	return code;
}
