#include "stats/survival_rows.h"

#include <stdlib.h>
#include <string.h>

#define NO_OUTCOME UINT32_MAX

struct columns {
	size_t days, event;
	int count, entry, outcome; /* -1: there is none */
};

/* What is needed while the rows are read. */
struct reading {
	struct irm_survival_rows *rows;
	const struct irm_table *table;
	struct columns columns;
	struct irm_groups *outcomes, *strata; /* NULL: not asked */
	uint32_t *outcome_of;                 /* [outcomes->n] its number; NO_OUTCOME: none yet */
	size_t *used;                         /* [groups] rows of the group that were read */
};

static enum irm_code find_columns(struct reading *r, const char *outcome, const char *strata,
                                  struct irm_err *err)
{
	size_t named = 0;
	r->columns = (struct columns){ .count = irm_table_find(r->table, "count"),
		                       .entry = irm_table_find(r->table, "entry"),
		                       .outcome = -1 };
	r->rows->entered = r->columns.entry >= 0;
	if (irm_table_need(&r->columns.days, r->table, "days", err) ||
	    irm_table_need(&r->columns.event, r->table, "event", err))
		return err->code;
	if (outcome && (irm_table_named(&named, r->table, "--outcome", outcome, err) ||
	                irm_groups_new(&r->outcomes, r->table, outcome, err)))
		return err->code;
	if (outcome)
		r->columns.outcome = (int)named;
	if (strata && (irm_table_named(&named, r->table, "--strata", strata, err) ||
	               irm_groups_new(&r->strata, r->table, strata, err)))
		return err->code;
	return IRM_OK;
}

static bool has_days(const struct reading *r, size_t row)
{
	return *irm_table_text(r->table, row, r->columns.days) != '\0';
}

/* Memory for the rows, and where each group's begin. */
static enum irm_code make_room(struct reading *r, struct irm_err *err)
{
	struct irm_survival_rows *rows = r->rows;
	const struct irm_groups *groups = rows->groups;
	size_t n = irm_table_rows(r->table), n_outcomes = r->outcomes ? r->outcomes->n : 0;
	rows->begin = calloc(groups->n + 2, sizeof *rows->begin);
	rows->days = calloc(n + 1, sizeof *rows->days);
	rows->entry = calloc(n + 1, sizeof *rows->entry);
	rows->event = calloc(n + 1, sizeof *rows->event);
	rows->count = calloc(n + 1, sizeof *rows->count);
	rows->outcome = calloc(n + 1, sizeof *rows->outcome);
	rows->group = calloc(n + 1, sizeof *rows->group);
	rows->stratum = calloc(n + 1, sizeof *rows->stratum);
	rows->outcomes = calloc(n_outcomes + 1, sizeof *rows->outcomes);
	r->outcome_of = calloc(n_outcomes + 1, sizeof *r->outcome_of);
	r->used = calloc(groups->n + 1, sizeof *r->used);
	if (!rows->begin || !rows->days || !rows->entry || !rows->event || !rows->count ||
	    !rows->outcome || !rows->group || !rows->stratum || !rows->outcomes || !r->outcome_of ||
	    !r->used)
		return irm_err_memory(err);
	for (size_t i = 0; i < n; i++)
		if (has_days(r, i))
			rows->begin[groups->of_row[i] + 1]++;
	for (size_t i = 1; i <= groups->n; i++)
		rows->begin[i] += rows->begin[i - 1];
	return IRM_OK;
}

static enum irm_code fault(const struct reading *r, size_t row, size_t column, const char *expected,
                           struct irm_err *err)
{
	const char *text = irm_table_text(r->table, row, column);
	long line = irm_table_line(r->table, row), field = (long)column + 1;
	if (!*text)
		return irm_err_at(err, irm_table_file(r->table), line, field,
		                  "expected %s, found nothing", expected);
	return irm_err_at(err, irm_table_file(r->table), line, field, "expected %s, found '%.60s'",
	                  expected, text);
}

/* A cell's whole number from `least` to `most`, which the message calls `expected`. */
static enum irm_code read_cell(int64_t *out, const struct reading *r, size_t row, size_t column,
                               int64_t least, int64_t most, const char *expected,
                               struct irm_err *err)
{
	if (!*irm_table_text(r->table, row, column))
		return fault(r, row, column, expected, err);
	if (irm_table_integer(out, r->table, row, column, 0, err))
		return err->code;
	return *out < least || *out > most ? fault(r, row, column, expected, err) : IRM_OK;
}

/* The entry of a row: 0 and an empty cell are from the start. */
static enum irm_code read_entry(int32_t *out, const struct reading *r, size_t row, int64_t days,
                                struct irm_err *err)
{
	int64_t entry = 0;
	*out = IRM_FROM_START;
	if (r->columns.entry < 0)
		return IRM_OK;
	size_t column = (size_t)r->columns.entry;
	if (irm_table_integer(&entry, r->table, row, column, 0, err))
		return err->code;
	if (entry < 0)
		return fault(r, row, column, "an entry from 0", err);
	if (entry > 0 && entry >= days)
		return fault(r, row, column, "an entry before the row's days", err);
	*out = entry > 0 ? (int32_t)entry : IRM_FROM_START;
	return IRM_OK;
}

/* Marks the outcome of a row that ended; its number is given when all are known. */
static enum irm_code read_outcome(uint32_t *out, struct reading *r, size_t row, struct irm_err *err)
{
	if (!r->outcomes)
		return IRM_OK;
	size_t column = (size_t)r->columns.outcome;
	if (!*irm_table_text(r->table, row, column))
		return fault(r, row, column, "an outcome where event is 1", err);
	*out = (uint32_t)r->outcomes->of_row[row];
	r->outcome_of[*out] = 1;
	return IRM_OK;
}

static enum irm_code read_row(struct reading *r, size_t row, struct irm_err *err)
{
	struct irm_survival_rows *rows = r->rows;
	int64_t days = 0, event = 0, count = 1;
	int32_t entry;
	uint32_t outcome = 0;
	if (r->columns.count >= 0 && read_cell(&count, r, row, (size_t)r->columns.count, 1,
	                                       INT64_MAX, "a count from 1", err))
		return err->code;
	if (!has_days(r, row)) {
		rows->skipped++;
		return IRM_OK;
	}
	if (read_cell(&days, r, row, r->columns.days, 0, INT32_MAX, "days from 0", err) ||
	    read_cell(&event, r, row, r->columns.event, 0, 1, "event 0 or 1", err) ||
	    read_entry(&entry, r, row, days, err) || (event && read_outcome(&outcome, r, row, err)))
		return err->code;
	size_t group = rows->groups->of_row[row];
	size_t at = rows->begin[group] + r->used[group]++;
	rows->days[at] = (int32_t)days;
	rows->entry[at] = entry;
	rows->event[at] = (uint8_t)event;
	rows->count[at] = count;
	rows->outcome[at] = outcome;
	rows->group[at] = (uint32_t)group;
	rows->stratum[at] = r->strata ? (uint32_t)r->strata->of_row[row] : 0;
	rows->n++;
	return IRM_OK;
}

/* Numbers the outcomes that were met, in their order. */
static void number_outcomes(struct reading *r)
{
	struct irm_survival_rows *rows = r->rows;
	if (!r->outcomes)
		return;
	for (size_t i = 0; i < r->outcomes->n; i++) {
		if (!r->outcome_of[i])
			continue;
		rows->outcomes[rows->n_outcomes] = irm_groups_key(r->outcomes, i, 0);
		r->outcome_of[i] = (uint32_t)rows->n_outcomes++;
	}
	for (size_t i = 0; i < rows->n; i++)
		if (rows->event[i])
			rows->outcome[i] = r->outcome_of[rows->outcome[i]];
}

enum irm_code irm_survival_rows_read(struct irm_survival_rows **out, const struct irm_table *table,
                                     const char *by, const char *outcome, const char *strata,
                                     struct irm_err *err)
{
	struct reading r = { .table = table };
	enum irm_code code = IRM_OK;
	r.rows = calloc(1, sizeof *r.rows);
	if (!r.rows)
		return irm_err_memory(err);
	code = find_columns(&r, outcome, strata, err);
	if (!code)
		code = irm_groups_new(&r.rows->groups, table, by, err);
	if (!code)
		code = make_room(&r, err);
	for (size_t row = 0; !code && row < irm_table_rows(table); row++)
		code = read_row(&r, row, err);
	if (!code) {
		number_outcomes(&r);
		*out = r.rows;
		r.rows = NULL;
	}
	irm_survival_rows_free(r.rows);
	irm_groups_free(r.outcomes);
	irm_groups_free(r.strata);
	free(r.outcome_of);
	free(r.used);
	return code;
}

void irm_survival_rows_free(struct irm_survival_rows *rows)
{
	if (!rows)
		return;
	irm_groups_free(rows->groups);
	free(rows->begin);
	free(rows->outcomes);
	free(rows->days);
	free(rows->entry);
	free(rows->event);
	free(rows->count);
	free(rows->outcome);
	free(rows->group);
	free(rows->stratum);
	free(rows);
}

static struct irm_sample sample_of(const struct irm_survival_rows *rows, size_t from, size_t n)
{
	return (struct irm_sample){ .n = n,
		                    .days = rows->days + from,
		                    .event = rows->event + from,
		                    .count = rows->count + from,
		                    .entry = rows->entered ? rows->entry + from : NULL,
		                    .outcome = rows->outcome + from,
		                    .group = rows->group + from,
		                    .stratum = rows->stratum + from };
}

struct irm_sample irm_survival_rows_group(const struct irm_survival_rows *rows, size_t group)
{
	return sample_of(rows, rows->begin[group], rows->begin[group + 1] - rows->begin[group]);
}

struct irm_sample irm_survival_rows_all(const struct irm_survival_rows *rows)
{
	return sample_of(rows, 0, rows->n);
}
