#include "review/followup.h"

#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"
#include "review/waits.h"

#define TABLES (1u << IRM_HAS_FINDINGS | 1u << IRM_HAS_MEASURES)

struct counting {
	struct irm_counter *out;
	struct irm_followup_left *left;
	const struct irm_query *query;
	struct irm_date *dates; /* room for those of a review's milestones */
	uint32_t review;
	struct irm_template_row row; /* the recommendation that is being counted */
	bool kept;                   /* it is one that the query looks at */
	struct irm_template *list;   /* that is being made; else NULL */
	struct irm_err *err;
};

/* Whether anything is recorded: a row of a template that was not filled in says nothing. */
static bool is_filled(const struct irm_measure *m)
{
	return m->status != IRM_NONE || m->has_date || *m->text || *m->source;
}

static bool answers(const struct irm_measure *m, const struct irm_finding *f)
{
	return f->kind == IRM_RECOMMENDATION && m->article == f->article &&
	       strcmp(m->recommendation, f->position) == 0;
}

/* What is recorded of a recommendation's measure; NULL: nothing. */
static const struct irm_measure *measure_of(const struct irm_dataset *data,
                                            const struct irm_finding *f)
{
	const struct irm_measure *all = data->measures;
	size_t i = irm_dataset_first(all, data->n_measures, sizeof *all, f->review);
	for (; i < data->n_measures && all[i].review == f->review; i++)
		if (answers(&all[i], f) && is_filled(&all[i]))
			return &all[i];
	return NULL;
}

/* When a measure was taken; without a date, some day or none. */
static struct irm_date taken_on(const struct irm_query *query, const struct irm_measure *m)
{
	if (!m->has_date)
		return (struct irm_date){ IRM_DAY_PAST, IRM_DAY_FUTURE };
	return irm_date_counted(m->date, query->middle);
}

/* Whether there is a measure by the day. */
static enum irm_happened is_taken(const struct irm_query *query, const struct irm_template_row *row)
{
	int32_t until = query->data->reviews[row->recommendation->review].observed_until;
	if (row->measure)
		return irm_date_by(taken_on(query, row->measure), query->as_of);
	return until != IRM_DAY_NONE && until < query->as_of ? IRM_IN_BETWEEN : IRM_NOT_YET;
}

/* The status on the day; IRM_VALUE_UNKNOWN. */
static uint32_t status_of(const struct irm_query *query, const struct irm_template_row *row)
{
	enum irm_happened taken = is_taken(query, row);
	if (taken == IRM_NOT_YET)
		return IRM_STATUS_NONE;
	if (taken == IRM_IN_BETWEEN || row->measure->status == IRM_NONE)
		return IRM_VALUE_UNKNOWN;
	return row->measure->status;
}

/* --- recommendations
 * ------------------------------------------------------------------------------ */

/* Calls `each` for the recommendations of a review, with the measure of each. */
static enum irm_code each_recommendation(struct counting *in, uint32_t review,
                                         enum irm_code (*each)(struct counting *in))
{
	const struct irm_dataset *data = in->query->data;
	const struct irm_finding *all = data->findings;
	enum irm_code code = IRM_OK;
	in->review = review;
	size_t i = irm_dataset_first(all, data->n_findings, sizeof *all, review);
	for (; !code && i < data->n_findings && all[i].review == review; i++) {
		if (all[i].kind != IRM_RECOMMENDATION)
			continue;
		in->row.recommendation = &all[i];
		in->row.measure = measure_of(data, &all[i]);
		code = each(in);
	}
	return code;
}

/* Measures that answer nothing on record. */
static void count_unanswering(struct counting *in, uint32_t review)
{
	const struct irm_dataset *data = in->query->data;
	const struct irm_measure *all = data->measures;
	const struct irm_finding *findings = data->findings;
	size_t first = irm_dataset_first(findings, data->n_findings, sizeof *findings, review);
	size_t i = irm_dataset_first(all, data->n_measures, sizeof *all, review);
	for (; i < data->n_measures && all[i].review == review; i++) {
		bool answered = false;
		for (size_t f = first;
		     !answered && f < data->n_findings && findings[f].review == review; f++)
			answered = answers(&all[i], &findings[f]);
		in->left->measures += !answered && is_filled(&all[i]);
	}
}

/* Once for each status as eligible; an article of two topics brings a recommendation to a row
 * twice.
 */
static enum irm_code count_statuses(void *context, uint32_t article, uint32_t topic)
{
	struct counting *in = context;
	const struct irm_query *query = in->query;
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 1];
	uint32_t found = status_of(query, &in->row);
	int64_t mark = in->row.recommendation - query->data->findings + 1;
	irm_eligible_values(query, in->review, article, topic, values);
	for (uint32_t status = 0; status <= IRM_STATUS_NONE; status++) {
		if (!irm_query_keeps(query, IRM_BY_STATUS, status))
			continue;
		for (size_t i = 0; i < irm_query_variants(query); i++) {
			irm_query_variant(query, i, values, key);
			key[query->n_by] = status;
			int64_t *c = irm_counter_at(in->out, key);
			if (!c)
				return irm_err_memory(in->err);
			if (c[IRM_FOLLOWUP_MARK] == mark)
				continue;
			c[IRM_FOLLOWUP_MARK] = mark;
			c[IRM_FOLLOWUP_ELIGIBLE]++;
			c[IRM_FOLLOWUP_MEASURES] += found == status;
			c[IRM_FOLLOWUP_UNKNOWN] += found == IRM_VALUE_UNKNOWN;
		}
	}
	return IRM_OK;
}

static enum irm_code count_recommendation(struct counting *in)
{
	return irm_eligible_article(in->query, in->review, in->row.recommendation->article,
	                            count_statuses, in);
}

static enum irm_code count_review(void *context, uint32_t review, struct irm_err *err)
{
	struct counting *in = context;
	in->err = err;
	count_unanswering(in, review);
	return each_recommendation(in, review, count_recommendation);
}

/* --- time
 * ----------------------------------------------------------------------------------------- */

/* The wait for a measure of a status that the query keeps. */
static struct irm_wait wait_of(const struct counting *in, struct irm_date released)
{
	const struct irm_query *query = in->query;
	const struct irm_measure *m = in->row.measure;
	int32_t until = irm_calendar_seen_until(query->data, in->review, query->as_of);
	struct irm_date to = m ? taken_on(query, m) : irm_date_none();
	if (m && m->status == IRM_NONE && !irm_query_keeps(query, IRM_BY_STATUS, IRM_VALUE_UNKNOWN))
		to = (struct irm_date){ IRM_DAY_PAST, IRM_DAY_FUTURE };
	else if (m && m->status != IRM_NONE && !irm_query_keeps(query, IRM_BY_STATUS, m->status))
		to = irm_date_none();
	return irm_wait_between(released, to, query->as_of, until);
}

static enum irm_code count_wait(void *context, uint32_t article, uint32_t topic)
{
	struct counting *in = context;
	uint32_t values[IRM_KEYS_MOST];
	irm_eligible_values(in->query, in->review, article, topic, values);
	int64_t mark = in->row.recommendation - in->query->data->findings + 1;
	if (irm_wait_add(in->out, in->query, values, 0, wait_of(in, in->row.released), mark))
		return irm_err_memory(in->err);
	return IRM_OK;
}

static enum irm_code time_recommendation(struct counting *in)
{
	return irm_eligible_article(in->query, in->review, in->row.recommendation->article,
	                            count_wait, in);
}

static void find_release(struct counting *in, uint32_t review)
{
	irm_calendar_dates(in->query->data, review, in->query->middle, in->dates);
	in->row.released = irm_eligible_release(in->query, review, in->dates);
}

static enum irm_code time_review(void *context, uint32_t review, struct irm_err *err)
{
	struct counting *in = context;
	in->err = err;
	count_unanswering(in, review);
	find_release(in, review);
	return each_recommendation(in, review, time_recommendation);
}

/* --- completeness
 * --------------------------------------------------------------------------------- */

struct reported {
	size_t n, taken, unknown; /* of the recommendations of a review */
};

/* Whether any, or all, have a measure. */
static enum irm_happened has_reported(const struct reported *r, enum irm_reported how)
{
	size_t most = r->taken + r->unknown;
	if (how == IRM_REPORTED_ANY)
		return r->taken ? IRM_HAPPENED : most ? IRM_IN_BETWEEN : IRM_NOT_YET;
	return r->taken == r->n ? IRM_HAPPENED : most == r->n ? IRM_IN_BETWEEN : IRM_NOT_YET;
}

static enum irm_code keep(void *context, uint32_t article, uint32_t topic)
{
	struct counting *in = context;
	(void)article;
	(void)topic;
	in->kept = true;
	return IRM_OK;
}

/* Whether the query looks at the recommendation. */
static bool is_kept(struct counting *in)
{
	in->kept = false;
	return irm_eligible_article(in->query, in->review, in->row.recommendation->article, keep,
	                            in) == IRM_OK &&
	       in->kept;
}

static struct reported reported_by(struct counting *in, uint32_t review)
{
	const struct irm_dataset *data = in->query->data;
	const struct irm_finding *all = data->findings;
	struct reported r = { 0, 0, 0 };
	in->review = review;
	size_t i = irm_dataset_first(all, data->n_findings, sizeof *all, review);
	for (; i < data->n_findings && all[i].review == review; i++) {
		in->row.recommendation = &all[i];
		if (all[i].kind != IRM_RECOMMENDATION || !is_kept(in))
			continue;
		in->row.measure = measure_of(data, &all[i]);
		enum irm_happened taken = is_taken(in->query, &in->row);
		r.n++;
		r.taken += taken == IRM_HAPPENED;
		r.unknown += taken == IRM_IN_BETWEEN;
	}
	return r;
}

static enum irm_code complete_review(void *context, uint32_t review, struct irm_err *err)
{
	struct counting *in = context;
	const struct irm_query *query = in->query;
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 1];
	count_unanswering(in, review);
	struct reported r = reported_by(in, review);
	irm_query_review_keys(query, review, values);
	for (uint32_t how = 0; r.n && how < IRM_REPORTED; how++) {
		enum irm_happened has = has_reported(&r, (enum irm_reported)how);
		for (size_t i = 0; i < irm_query_variants(query); i++) {
			irm_query_variant(query, i, values, key);
			key[query->n_by] = how;
			int64_t *c = irm_counter_at(in->out, key);
			if (!c)
				return irm_err_memory(err);
			c[IRM_COMPLETE_ELIGIBLE]++;
			c[IRM_COMPLETE_REVIEWS] += has == IRM_HAPPENED;
			c[IRM_COMPLETE_UNKNOWN] += has == IRM_IN_BETWEEN;
		}
	}
	return IRM_OK;
}

/* --- all of them
 * ---------------------------------------------------------------------------------- */

static enum irm_code count(struct irm_counter *out, size_t width, size_t columns,
                           struct irm_followup_left *left, const struct irm_query *query,
                           enum irm_code (*each)(void *context, uint32_t review,
                                                 struct irm_err *err),
                           struct irm_err *err)
{
	struct counting in = { .out = out, .left = left, .query = query, .err = err };
	struct irm_eligible_seen seen;
	*left = (struct irm_followup_left){ 0, 0 };
	irm_counter_init(out, width, columns);
	in.dates = malloc(irm_calendar_room(query->data) * sizeof *in.dates);
	if (!in.dates)
		return irm_err_memory(err);
	enum irm_code code = irm_eligible_reviews(&seen, query, TABLES, each, &in, err);
	free(in.dates);
	left->reviews = seen.left_out;
	if (!code && !seen.asked && seen.left_out)
		return irm_err_set(
		        err, IRM_INPUT,
		        "the source has not both tables, 'findings' and 'measures': what "
		        "followed these reviews is not recorded");
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}

enum irm_code irm_followup_count(struct irm_counter *out, struct irm_followup_left *left,
                                 const struct irm_query *query, struct irm_err *err)
{
	return count(out, query->n_by + 1, IRM_FOLLOWUP_COLUMNS, left, query, count_review, err);
}

enum irm_code irm_followup_time(struct irm_counter *out, struct irm_followup_left *left,
                                const struct irm_query *query, struct irm_err *err)
{
	return count(out, query->n_by + 2, IRM_WAIT_COLUMNS, left, query, time_review, err);
}

enum irm_code irm_followup_complete(struct irm_counter *out, struct irm_followup_left *left,
                                    const struct irm_query *query, struct irm_err *err)
{
	return count(out, query->n_by + 1, IRM_COMPLETE_COLUMNS, left, query, complete_review, err);
}

/* --- the template
 * --------------------------------------------------------------------------------- */

static enum irm_code list_recommendation(struct counting *in)
{
	if (is_kept(in))
		in->list->rows[in->list->n++] = in->row;
	return IRM_OK;
}

static enum irm_code list_review(void *context, uint32_t review, struct irm_err *err)
{
	struct counting *in = context;
	in->err = err;
	find_release(in, review);
	return each_recommendation(in, review, list_recommendation);
}

enum irm_code irm_template_make(struct irm_template *out, const struct irm_query *query,
                                struct irm_err *err)
{
	struct counting in = { .query = query, .list = out, .err = err };
	struct irm_eligible_seen seen;
	*out = (struct irm_template){ .n = 0 };
	out->rows = calloc(query->data->n_findings + 1, sizeof *out->rows);
	in.dates = malloc(irm_calendar_room(query->data) * sizeof *in.dates);
	enum irm_code code = out->rows && in.dates ? IRM_OK : irm_err_memory(err);
	if (!code)
		code = irm_eligible_reviews(&seen, query, 1u << IRM_HAS_FINDINGS, list_review, &in,
		                            err);
	free(in.dates);
	if (!code && !seen.asked && seen.left_out)
		code = irm_err_set(err, IRM_INPUT,
		                   "the source has no table 'findings': what these reviews "
		                   "recommend is not recorded");
	return code;
}

void irm_template_release(struct irm_template *list)
{
	free(list->rows);
	*list = (struct irm_template){ .n = 0 };
}

void irm_template_cells(const struct irm_template_row *row, const struct irm_dataset *data,
                        char *date, const char *cells[IRM_TEMPLATE_COLUMNS])
{
	const struct irm_finding *f = row->recommendation;
	const struct irm_measure *m = row->measure;
	char buffer[16]; /* of numbers alone, which none of these keys is */
	*date = '\0';
	if (m && m->has_date)
		irm_date_format(date, m->date);
	cells[0] = data->reviews[f->review].code;
	cells[1] = f->article == IRM_NONE ? "all" : data->articles[f->article].code;
	cells[2] = f->position;
	cells[3] = m && m->status != IRM_NONE
	                   ? irm_key_text(data, IRM_BY_STATUS, m->status, false, buffer)
	                   : "";
	cells[4] = date;
	cells[5] = m ? m->text : "";
	cells[6] = m ? m->source : "";
}

void irm_template_write(const struct irm_template *list, const struct irm_dataset *data,
                        struct irm_writer *out)
{
	irm_writer_columns(out, "review,article,recommendation,status,date,text,source");
	for (size_t i = 0; i < list->n; i++) {
		char date[IRM_DATE_SIZE];
		const char *cells[IRM_TEMPLATE_COLUMNS];
		irm_template_cells(&list->rows[i], data, date, cells);
		for (size_t c = 0; c < IRM_TEMPLATE_COLUMNS; c++)
			irm_writer_text(out, cells[c]);
		irm_writer_row(out);
	}
}
