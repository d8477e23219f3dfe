#include "stats/survival_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/intern.h"

static const char summary_columns[] =
        "n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau";
static const char curve_columns[] = "time,at_risk,events,censored,survival,se,lo,hi";

/* The rows that have days, those of a group together. */
struct rows {
	int32_t *days;
	uint8_t *event;
	int64_t *count;
	size_t *begin; /* [groups] where the group begins */
	size_t *used;  /* [groups] how many it has */
};

struct columns {
	size_t days, event, count;
	bool counted; /* there is a column count */
};

static bool rows_init(struct rows *rows, const struct irm_groups *groups)
{
	size_t n = irm_table_rows(groups->table);
	rows->days = calloc(n + 1, sizeof *rows->days);
	rows->event = calloc(n + 1, sizeof *rows->event);
	rows->count = calloc(n + 1, sizeof *rows->count);
	rows->begin = calloc(groups->n + 1, sizeof *rows->begin);
	rows->used = calloc(groups->n + 1, sizeof *rows->used);
	if (!rows->days || !rows->event || !rows->count || !rows->begin || !rows->used)
		return false;
	for (size_t i = 0; i < n; i++)
		rows->begin[groups->of_row[i] + 1]++;
	for (size_t i = 1; i <= groups->n; i++)
		rows->begin[i] += rows->begin[i - 1];
	return true;
}

static void rows_release(struct rows *rows)
{
	free(rows->days);
	free(rows->event);
	free(rows->count);
	free(rows->begin);
	free(rows->used);
}

static enum irm_code find_columns(struct columns *columns, const struct irm_table *table,
                                  struct irm_err *err)
{
	int count = irm_table_find(table, "count");
	columns->counted = count >= 0;
	columns->count = count >= 0 ? (size_t)count : 0;
	if (irm_table_need(&columns->days, table, "days", err))
		return err->code;
	return irm_table_need(&columns->event, table, "event", err);
}

static const char *result_columns(bool curve)
{
	return curve ? curve_columns : summary_columns;
}

/* Whether `name` is one of `list`, which commas separate. */
static bool is_listed(const char *name, const char *list)
{
	size_t length = strlen(name);
	for (const char *s = list; *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") == length && strncmp(s, name, length) == 0)
			return true;
	return false;
}

static enum irm_code check_keys(const struct irm_groups *groups, bool curve, struct irm_err *err)
{
	for (size_t k = 0; k < groups->n_keys; k++) {
		const char *name = irm_groups_name(groups, k);
		if (is_listed(name, result_columns(curve))) {
			irm_err_set(err, IRM_USAGE,
			            "--by: the key '%s' has the name of a column of the result",
			            name);
			irm_err_hint(err, "give the column another name");
			return err->code;
		}
	}
	return IRM_OK;
}

/* A cell's whole number from `least` to `most`, which the message calls `expected`. */
static enum irm_code read_cell(int64_t *out, const struct irm_table *table, size_t row,
                               size_t column, int64_t least, int64_t most, const char *expected,
                               struct irm_err *err)
{
	const char *text = irm_table_text(table, row, column);
	long line = irm_table_line(table, row), field = (long)column + 1;
	if (!*text)
		return irm_err_at(err, irm_table_file(table), line, field,
		                  "expected %s, found nothing", expected);
	if (irm_table_integer(out, table, row, column, 0, err))
		return err->code;
	if (*out < least || *out > most)
		return irm_err_at(err, irm_table_file(table), line, field,
		                  "expected %s, found '%.60s'", expected, text);
	return IRM_OK;
}

/* Puts a row to its group, or counts it where it has no days. */
static enum irm_code read_row(struct irm_survival *survival, struct rows *rows,
                              const struct columns *columns, size_t row, struct irm_err *err)
{
	const struct irm_table *table = survival->groups->table;
	int64_t days = 0, event = 0, count = 1;
	if (columns->counted &&
	    read_cell(&count, table, row, columns->count, 1, INT64_MAX, "a count from 1", err))
		return err->code;
	if (!*irm_table_text(table, row, columns->days)) {
		survival->skipped++;
		return IRM_OK;
	}
	if (read_cell(&days, table, row, columns->days, 0, INT32_MAX, "days from 0", err) ||
	    read_cell(&event, table, row, columns->event, 0, 1, "event 0 or 1", err))
		return err->code;
	size_t group = survival->groups->of_row[row];
	size_t at = rows->begin[group] + rows->used[group]++;
	rows->days[at] = (int32_t)days;
	rows->event[at] = (uint8_t)event;
	rows->count[at] = count;
	return IRM_OK;
}

static enum irm_code fit(struct irm_survival *survival, const struct rows *rows,
                         const struct irm_survival_query *query, struct irm_err *err)
{
	for (size_t i = 0; i < survival->groups->n; i++) {
		size_t at = rows->begin[i];
		if (irm_km_fit(&survival->curves[i], rows->days + at, rows->event + at,
		               rows->count + at, rows->used[i], err) ||
		    irm_km_limits(survival->curves[i], query->level, query->conf, err))
			return irm_err_place(err, irm_table_file(survival->groups->table), 0, 0);
	}
	return IRM_OK;
}

static enum irm_code read_and_fit(struct irm_survival *survival, const struct columns *columns,
                                  const struct irm_survival_query *query, struct irm_err *err)
{
	struct rows rows = { 0 };
	size_t n = irm_table_rows(survival->groups->table);
	enum irm_code code = IRM_OK;
	if (!rows_init(&rows, survival->groups))
		code = irm_err_memory(err);
	for (size_t row = 0; !code && row < n; row++)
		code = read_row(survival, &rows, columns, row, err);
	if (!code)
		code = fit(survival, &rows, query, err);
	rows_release(&rows);
	return code;
}

/* The group's stage, or one stage for all where no key is named so. */
static const char *stage_of(const struct irm_groups *groups, size_t group)
{
	for (size_t k = 0; k < groups->n_keys; k++)
		if (strcmp(irm_groups_name(groups, k), "stage") == 0)
			return irm_groups_key(groups, group, k);
	return "";
}

/* Gives each group the smallest last day of its stage. */
static enum irm_code common_tau(struct irm_survival *survival, struct irm_err *err)
{
	const struct irm_groups *groups = survival->groups;
	struct irm_intern stages = { 0 };
	enum irm_code code = IRM_OK;
	int32_t *last = calloc(groups->n + 1, sizeof *last); /* [stages] IRM_DAY_NONE: not yet */
	if (!last)
		return irm_err_memory(err);
	for (size_t i = 0; i < groups->n; i++)
		last[i] = IRM_DAY_NONE;
	for (size_t i = 0; i < groups->n; i++) {
		uint32_t id = irm_intern_add(&stages, stage_of(groups, i));
		int32_t day = survival->curves[i]->last;
		if (id == IRM_NO_ID) {
			code = irm_err_memory(err);
			goto done;
		}
		if (day != IRM_DAY_NONE && (last[id] == IRM_DAY_NONE || day < last[id]))
			last[id] = day;
	}
	for (size_t i = 0; i < groups->n; i++) {
		int32_t day = last[irm_intern_find(&stages, stage_of(groups, i))];
		survival->tau[i] = day == IRM_DAY_NONE ? (double)NAN : day;
	}
done:
	irm_intern_release(&stages);
	free(last);
	return code;
}

static enum irm_code set_tau(struct irm_survival *survival, int64_t tau, struct irm_err *err)
{
	if (tau < 0)
		return common_tau(survival, err);
	for (size_t i = 0; i < survival->groups->n; i++)
		survival->tau[i] = (double)tau;
	return IRM_OK;
}

enum irm_code irm_survival_new(struct irm_survival **out, const struct irm_table *table,
                               const struct irm_survival_query *query, struct irm_err *err)
{
	struct columns columns;
	struct irm_survival *survival = calloc(1, sizeof *survival);
	if (!survival)
		return irm_err_memory(err);
	survival->curve = query->curve;
	if (find_columns(&columns, table, err) ||
	    irm_groups_new(&survival->groups, table, query->by, err) ||
	    check_keys(survival->groups, query->curve, err))
		goto fail;
	survival->curves = calloc(survival->groups->n + 1, sizeof *survival->curves);
	survival->tau = calloc(survival->groups->n + 1, sizeof *survival->tau);
	if (!survival->curves || !survival->tau) {
		irm_err_memory(err);
		goto fail;
	}
	if (read_and_fit(survival, &columns, query, err) || set_tau(survival, query->tau, err))
		goto fail;
	*out = survival;
	return IRM_OK;
fail:
	irm_survival_free(survival);
	return err->code;
}

void irm_survival_free(struct irm_survival *survival)
{
	if (!survival)
		return;
	for (size_t i = 0; survival->curves && i < survival->groups->n; i++)
		irm_curve_free(survival->curves[i]);
	free(survival->curves);
	free(survival->tau);
	irm_groups_free(survival->groups);
	free(survival);
}

static void write_keys(const struct irm_survival *survival, size_t group, struct irm_writer *writer)
{
	for (size_t k = 0; k < survival->groups->n_keys; k++)
		irm_writer_text(writer, irm_groups_key(survival->groups, group, k));
}

static void write_summary(const struct irm_survival *survival, size_t group,
                          struct irm_writer *writer)
{
	const struct irm_curve *curve = survival->curves[group];
	struct irm_quantile median = irm_km_quantile(curve, 0.5);
	struct irm_mean mean = irm_km_rmean(curve, survival->tau[group]);
	write_keys(survival, group, writer);
	irm_writer_count(writer, curve->n);
	irm_writer_count(writer, curve->ended);
	irm_writer_number(writer, median.day);
	irm_writer_number(writer, median.lo);
	irm_writer_number(writer, median.hi);
	irm_writer_number(writer, irm_km_quantile(curve, 0.25).day);
	irm_writer_number(writer, irm_km_quantile(curve, 0.75).day);
	irm_writer_number(writer, mean.mean);
	irm_writer_number(writer, mean.se);
	irm_writer_number(writer, survival->tau[group]);
	irm_writer_row(writer);
}

static void write_curve(const struct irm_survival *survival, size_t group,
                        struct irm_writer *writer)
{
	const struct irm_curve *curve = survival->curves[group];
	for (size_t i = 0; i < curve->points; i++) {
		write_keys(survival, group, writer);
		irm_writer_count(writer, curve->time[i]);
		irm_writer_count(writer, curve->at_risk[i]);
		irm_writer_count(writer, curve->events[i]);
		irm_writer_count(writer, curve->censored[i]);
		irm_writer_number(writer, curve->survival[i]);
		irm_writer_number(writer, curve->se[i]);
		irm_writer_number(writer, curve->lo[i]);
		irm_writer_number(writer, curve->hi[i]);
		irm_writer_row(writer);
	}
}

void irm_survival_write(const struct irm_survival *survival, struct irm_writer *writer)
{
	for (size_t k = 0; k < survival->groups->n_keys; k++)
		irm_writer_column(writer, irm_groups_name(survival->groups, k));
	irm_writer_columns(writer, result_columns(survival->curve));
	for (size_t i = 0; i < survival->groups->n; i++) {
		if (survival->curve)
			write_curve(survival, i, writer);
		else
			write_summary(survival, i, writer);
	}
}
