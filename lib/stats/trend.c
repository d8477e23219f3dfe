#include "stats/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/number.h"
#include "stats/logrank.h"

/* The known observations of a group; the memory suffices for each in turn. */
struct years {
	int32_t *days;
	uint8_t *event;
	int64_t *count;
	uint32_t *group;
	double *year; /* [n_years] */
	size_t n, n_years;
	int64_t all, done;
};

enum irm_code irm_trend_query(struct irm_query *out, const struct irm_query *query,
                              struct irm_err *err)
{
	for (size_t k = 0; k < query->n_by; k++)
		if (query->by[k] == IRM_BY_YEAR)
			return irm_err_set(err, IRM_USAGE,
			                   "--trend runs over the years: leave year out of --by");
	if (query->n_by == IRM_KEYS_MOST)
		return irm_err_set(err, IRM_USAGE, "--trend: expected at most %d keys",
		                   IRM_KEYS_MOST - 1);
	*out = *query;
	out->by[out->n_by++] = IRM_BY_YEAR;
	return IRM_OK;
}

static void years_release(struct years *years)
{
	free(years->days);
	free(years->event);
	free(years->count);
	free(years->group);
	free(years->year);
}

static enum irm_code years_init(struct years *years, const struct irm_tally *tally,
                                struct irm_err *err)
{
	size_t rows = tally->n_rows + 1;
	*years = (struct years){ .days = calloc(rows, sizeof *years->days),
		                 .event = calloc(rows, sizeof *years->event),
		                 .count = calloc(rows, sizeof *years->count),
		                 .group = calloc(rows, sizeof *years->group),
		                 .year = calloc(tally->n_groups + 1, sizeof *years->year) };
	if (!years->days || !years->event || !years->count || !years->group || !years->year)
		return irm_err_memory(err);
	return IRM_OK;
}

static bool same_keys(const struct irm_tally_group *a, const struct irm_tally_group *b, size_t n)
{
	bool same = a->as_of == b->as_of;
	for (size_t k = 0; same && k < n; k++)
		same = strcmp(a->keys[k], b->keys[k]) == 0;
	return same;
}

/* Adds a group's known rows under its year. */
static void add_year(struct years *years, const struct irm_tally *tally,
                     const struct irm_tally_group *group, double year)
{
	size_t before = years->n;
	for (size_t i = group->first; i < group->first + group->n; i++) {
		const struct irm_tally_row *row = &tally->rows[i];
		if (row->event < 0 || row->count == 0)
			continue;
		years->days[years->n] = row->days;
		years->event[years->n] = (uint8_t)row->event;
		years->count[years->n] = row->count;
		years->group[years->n++] = (uint32_t)years->n_years;
		years->all += row->count;
		years->done += row->event ? row->count : 0;
	}
	if (years->n > before)
		years->year[years->n_years++] = year;
}

/* Collects a group's years from groups[from..to), which have its keys; the total of all years and
 * what has no year are no years. */
static void collect(struct years *years, const struct irm_tally *tally, size_t from, size_t to,
                    const char *stage)
{
	struct irm_err ignored;
	years->n = years->n_years = 0;
	years->all = years->done = 0;
	for (size_t g = from; g < to; g++) {
		const struct irm_tally_group *group = &tally->groups[g];
		double year;
		if (strcmp(group->stage, stage) == 0 &&
		    irm_number_parse(&year, group->keys[tally->n_keys - 1], &ignored) == IRM_OK)
			add_year(years, tally, group, year);
	}
}

static enum irm_code estimate(struct irm_test *test, struct irm_slope *slope,
                              const struct years *years, struct irm_err *err)
{
	struct irm_sample sample = { .n = years->n,
		                     .days = years->days,
		                     .event = years->event,
		                     .count = years->count,
		                     .group = years->group };
	struct irm_logrank *logrank = NULL;
	enum irm_code code = irm_logrank_new(&logrank, &sample, years->n_years, 0, err);
	if (!code) {
		*test = irm_logrank_trend(logrank, years->year);
		*slope = irm_logrank_slope(logrank, years->year);
	}
	irm_logrank_free(logrank);
	return code;
}

static void write_header(const struct irm_tally *tally, struct irm_writer *out)
{
	irm_writer_column(out, "as_of");
	for (size_t k = 0; k < tally->n_keys; k++)
		irm_writer_column(out, tally->key_names[k]);
	irm_writer_columns(out, "stage,party,n,done,first_year,last_year,ratio,ratio_lo,ratio_hi,"
	                        "chisq,df,p");
}

static void write_years(const struct years *years, struct irm_writer *out)
{
	irm_writer_count(out, years->all);
	irm_writer_count(out, years->done);
	irm_writer_number(out, years->n_years ? years->year[0] : (double)NAN);
	irm_writer_number(out, years->n_years ? years->year[years->n_years - 1] : (double)NAN);
}

static enum irm_code write_group(const struct irm_tally *tally, const struct irm_tally_group *group,
                                 const struct years *years, double z, struct irm_writer *out,
                                 struct irm_err *err)
{
	struct irm_test test;
	struct irm_slope slope;
	if (estimate(&test, &slope, years, err))
		return err->code;
	irm_writer_day(out, group->as_of);
	for (size_t k = 0; k < tally->n_keys; k++)
		irm_writer_text(out, group->keys[k]);
	irm_writer_text(out, group->stage);
	irm_writer_text(out, group->party);
	write_years(years, out);
	irm_writer_number(out, exp(slope.log_ratio));
	irm_writer_number(out, exp(slope.log_ratio - z * slope.se));
	irm_writer_number(out, exp(slope.log_ratio + z * slope.se));
	irm_writer_number(out, test.chisq);
	irm_writer_number(out, test.df);
	irm_writer_number(out, test.p);
	irm_writer_row(out);
	return IRM_OK;
}

enum irm_code irm_trend_write(const struct irm_tally *all, const struct irm_tally *by_year,
                              bool limits, double level, struct irm_writer *out,
                              struct irm_err *err)
{
	struct years years;
	size_t from = 0, to = 0; /* the years of the last group's keys */
	double z = limits ? gsl_cdf_ugaussian_Pinv(1 - (1 - level) / 2) : (double)NAN;
	enum irm_code code = years_init(&years, by_year, err);
	if (!code)
		write_header(all, out);
	for (size_t g = 0; !code && g < all->n_groups; g++) {
		const struct irm_tally_group *group = &all->groups[g];
		if (g == 0 || !same_keys(group, group - 1, all->n_keys)) {
			from = to;
			while (to < by_year->n_groups &&
			       same_keys(group, &by_year->groups[to], all->n_keys))
				to++;
		}
		collect(&years, by_year, from, to, group->stage);
		code = write_group(all, group, &years, z, out, err);
	}
	years_release(&years);
	return code;
}
