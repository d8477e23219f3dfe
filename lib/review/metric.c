#include "review/metric.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "review/metric_count.h"

static void lack(struct irm_metric_counting *in, const char *what)
{
	snprintf(in->out->lacks, sizeof in->out->lacks, "%s", what);
}

/* Adds to what the figure rests on. */
static void note(struct irm_metric_counting *in, const char *fmt, ...) IRM_PRINTF(2, 3);
static void note(struct irm_metric_counting *in, const char *fmt, ...)
{
	char *out = in->out->note;
	size_t size = sizeof in->out->note, used = strlen(out);
	va_list args;
	if (used)
		used += (size_t)snprintf(out + used, size - used, "; ");
	va_start(args, fmt);
	if (used < size)
		vsnprintf(out + used, size - used, fmt, args);
	va_end(args);
}

static void find_codes(struct irm_metric_counting *in, const struct irm_metric *metric)
{
	const struct irm_dataset *data = in->data;
	in->state = in->chapter = IRM_NONE;
	for (uint32_t i = 0; *metric->state && i < data->n_states; i++)
		if (strcmp(data->states[i].code, metric->state) == 0)
			in->state = i;
	for (uint32_t i = 0; *metric->chapter && i < data->chapters.n; i++)
		if (strcmp(data->chapters.text[i], metric->chapter) == 0)
			in->chapter = i;
	if (*metric->state && in->state == IRM_NONE)
		snprintf(in->out->lacks, sizeof in->out->lacks, "there is no State '%s'",
		         metric->state);
	else if (*metric->chapter && in->chapter == IRM_NONE)
		snprintf(in->out->lacks, sizeof in->out->lacks,
		         "there is no article of chapter '%s'", metric->chapter);
}

/* The cycle's first year: it begins in it, or else it is the first for which a review is scheduled.
 */
static int32_t first_year(const struct irm_metric_counting *in, bool *is_said)
{
	const struct irm_cycle *cycle = &in->data->cycles[in->figure->cycle];
	int year = -1, month, day;
	*is_said = cycle->starts != IRM_DAY_NONE;
	if (*is_said)
		irm_day_to_civil(cycle->starts, &year, &month, &day);
	for (size_t i = 0; !*is_said && i < in->data->n_reviews; i++) {
		const struct irm_review *r = &in->data->reviews[i];
		if (r->cycle == in->figure->cycle && r->year >= 0 && (year < 0 || r->year < year))
			year = r->year;
	}
	return year;
}

static void find_year(struct irm_metric_counting *in)
{
	int year, month, day;
	bool is_said;
	in->year = -1;
	if (in->rule->year == IRM_METRIC_CALENDAR_YEAR) {
		struct irm_date as_of = in->figure->as_of;
		irm_day_to_civil(as_of.last == IRM_DAY_FUTURE ? as_of.first : as_of.last, &year,
		                 &month, &day);
		in->year = year;
	} else if (in->rule->year > 0 && in->figure->cycle == IRM_NONE) {
		lack(in, "it is of a year of a cycle, and names no cycle");
	} else if (in->rule->year > 0) {
		int32_t first = first_year(in, &is_said);
		in->year = first + in->rule->year - 1;
		if (first < 0)
			lack(in, "no review of the cycle has a year");
		else if (!is_said)
			note(in, "the cycle's first year is taken to be %d, the earliest on record",
			     (int)first);
	}
}

static bool has_milestone(const struct irm_metric_counting *in, uint32_t review)
{
	enum irm_metric_when when =
	        in->rule->unit == IRM_METRIC_SHARE ? in->rule->of : in->rule->when;
	const struct irm_mechanism *m = &in->data->mechanisms[in->data->reviews[review].mechanism];
	if (when == IRM_METRIC_NEED || when == IRM_METRIC_FINDING)
		when = IRM_METRIC_RELEASED;
	if (when != IRM_METRIC_RELEASED && when != IRM_METRIC_DIALOGUE)
		return true;
	for (uint32_t i = 0; i < m->n; i++)
		if (irm_metric_is_asked_for(when, &in->data->milestones[m->first + i], i, m->n))
			return true;
	return false;
}

/* What the reviews of the figure have: of one mechanism, with the table, with the milestone. */
static void look_at_reviews(struct irm_metric_counting *in)
{
	static const char *const tables[] = { "needs", "findings", "documents", "participation",
		                              "measures" };
	size_t n = 0, with_table = 0, with_milestone = 0;
	uint32_t mechanism = IRM_NONE;
	bool several = false;
	for (uint32_t i = 0; i < in->data->n_reviews; i++) {
		if (!irm_metric_is_of_figure(in, i))
			continue;
		n++;
		with_table += irm_metric_has_table(in, i);
		with_milestone += has_milestone(in, i);
		several = several || (n > 1 && in->data->reviews[i].mechanism != mechanism);
		mechanism = in->data->reviews[i].mechanism;
	}
	int table = irm_metric_table(in->rule);
	if (several)
		lack(in, "the reviews are of several mechanisms: choose one by --where "
		         "mechanism=CODE");
	else if (n == 0)
		lack(in, "no review of it is on record");
	else if (with_table == 0)
		snprintf(in->out->lacks, sizeof in->out->lacks, "no table '%s'", tables[table]);
	else if (with_milestone == 0)
		lack(in, in->rule->when == IRM_METRIC_DIALOGUE
		                 ? "the mechanism has no milestone 'dialogue'"
		                 : "no milestone of the mechanism releases findings");
	else if (with_table < n)
		note(in, "%zu of %zu reviews are of packages without the table '%s'",
		     n - with_table, n, tables[table]);
}

static void look_at_parties(struct irm_metric_counting *in)
{
	bool some = false;
	for (size_t i = 0; i < in->data->n_states; i++)
		some = some || in->data->states[i].party_since != IRM_DAY_NONE;
	if (!some)
		lack(in, "no State has party_since");
	else if (in->data->n_mechanisms > 1)
		lack(in, "the source has several mechanisms, and party_since says not of which "
		         "convention");
}

static bool counts_articles(const struct irm_metric_rule *rule)
{
	return rule->when == IRM_METRIC_NEED || rule->when == IRM_METRIC_FINDING ||
	       rule->when == IRM_METRIC_MEASURE;
}

/* Says in `lacks` what is missing, if anything is. */
static void look(struct irm_metric_counting *in, const struct irm_metric *metric)
{
	if (in->rule->unit == IRM_METRIC_NOTHING) {
		lack(in, in->rule->says);
		return;
	}
	find_codes(in, metric);
	if (*in->out->lacks)
		return;
	if (strcmp(in->figure->article, "all") != 0 && !counts_articles(in->rule)) {
		lack(in, "it is of an article, and what it counts is of none");
		return;
	}
	if (in->rule->unit == IRM_METRIC_PARTIES) {
		look_at_parties(in);
		return;
	}
	look_at_reviews(in);
	if (!*in->out->lacks)
		find_year(in);
}

enum irm_code irm_metric_compute(struct irm_metric_series *out, const struct irm_query *query,
                                 const struct irm_published *figure,
                                 const struct irm_metric *metric, int32_t first, int32_t last,
                                 struct irm_err *err)
{
	*out = (struct irm_metric_series){ .first = first };
	struct irm_metric_counting in = { .query = query,
		                          .data = query->data,
		                          .figure = figure,
		                          .rule = metric->rule,
		                          .out = out };
	look(&in, metric);
	if (*out->lacks)
		return IRM_OK;
	out->n = (size_t)((int64_t)last - first + 1);
	return irm_metric_count(&in, err);
}

void irm_metric_series_release(struct irm_metric_series *series)
{
	free(series->value);
	free(series->most);
	*series = (struct irm_metric_series){ .n = 0 };
}
