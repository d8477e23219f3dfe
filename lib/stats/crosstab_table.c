#include "stats/crosstab_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "stats/adjust.h"
#include "stats/crosstab.h"
#include "stats/fisher.h"
#include "table/group.h"

#define NO_PLACE SIZE_MAX

/* One of the two keys: its values in their order. */
struct side {
	size_t column;
	struct irm_groups *groups;
	bool *counted;     /* [groups] a row counts under it */
	size_t *place;     /* [groups] its row or column; NO_PLACE: none */
	const char **name; /* [n] */
	size_t n;
};

struct irm_crosstab_result {
	struct irm_crosstab_query query;
	const struct irm_table *table;
	struct side row, col;
	int64_t *row_count; /* [rows of the table] how often it counts; 0: in no cell */
	int64_t *count;     /* [row.n * col.n] */
	struct irm_crosstab crosstab;
	struct irm_fisher fisher;
	double *p, *p_adjusted; /* [row.n * col.n] of the cells */
	size_t unknown, totals;
};

static enum irm_code named_column(size_t *out, const struct irm_table *table, const char *option,
                                  const char *name, struct irm_err *err)
{
	if (strcmp(name, "count") == 0)
		return irm_err_set(err, IRM_USAGE, "%s: 'count' is how often a row counts, no key",
		                   option);
	return irm_table_named(out, table, option, name, err);
}

/* The first column that is neither count nor `other`. */
static enum irm_code free_column(size_t *out, const struct irm_table *table, size_t other,
                                 struct irm_err *err)
{
	for (size_t i = 0; i < irm_table_columns(table); i++) {
		if (i != other && strcmp(irm_table_name(table, i), "count") != 0) {
			*out = i;
			return IRM_OK;
		}
	}
	return irm_err_at(err, irm_table_file(table), 1, 0, "expected two key columns");
}

static enum irm_code find_columns(struct irm_crosstab_result *r, struct irm_err *err)
{
	const struct irm_crosstab_query *query = &r->query;
	r->row.column = r->col.column = NO_PLACE;
	if (query->row && named_column(&r->row.column, r->table, "--row", query->row, err))
		return err->code;
	if (query->col && named_column(&r->col.column, r->table, "--col", query->col, err))
		return err->code;
	if (query->row && r->row.column == r->col.column)
		return irm_err_set(err, IRM_USAGE, "--row and --col name the same column '%.60s'",
		                   query->row);
	if (!query->row && free_column(&r->row.column, r->table, r->col.column, err))
		return err->code;
	return query->col ? IRM_OK : free_column(&r->col.column, r->table, r->row.column, err);
}

static enum irm_code side_init(struct side *side, const struct irm_table *table,
                               struct irm_err *err)
{
	if (irm_groups_new(&side->groups, table, irm_table_name(table, side->column), err))
		return err->code;
	size_t n = side->groups->n;
	side->counted = calloc(n + 1, sizeof *side->counted);
	side->place = calloc(n + 1, sizeof *side->place);
	side->name = calloc(n + 1, sizeof *side->name);
	if (!side->counted || !side->place || !side->name)
		return irm_err_memory(err);
	return IRM_OK;
}

static void side_release(struct side *side)
{
	irm_groups_free(side->groups);
	free(side->counted);
	free(side->place);
	free(side->name);
}

/* Gives the values that count their places. */
static void side_number(struct side *side)
{
	for (size_t i = 0; i < side->groups->n; i++) {
		side->place[i] = side->counted[i] ? side->n : NO_PLACE;
		if (side->counted[i])
			side->name[side->n++] = irm_groups_key(side->groups, i, 0);
	}
}

static enum irm_code read_count(int64_t *out, const struct irm_table *table, size_t row, int column,
                                struct irm_err *err)
{
	*out = 1;
	if (column < 0)
		return IRM_OK;
	const char *text = irm_table_text(table, row, (size_t)column);
	long line = irm_table_line(table, row);
	if (!*text)
		return irm_err_at(err, irm_table_file(table), line, column + 1,
		                  "expected a count from 0, found nothing");
	if (irm_table_integer(out, table, row, (size_t)column, 0, err))
		return err->code;
	if (*out < 0)
		return irm_err_at(err, irm_table_file(table), line, column + 1,
		                  "expected a count from 0, found '%.60s'", text);
	return IRM_OK;
}

/* How often each row counts, and which values do. */
static enum irm_code read_rows(struct irm_crosstab_result *r, struct irm_err *err)
{
	int column = irm_table_find(r->table, "count");
	for (size_t i = 0; i < irm_table_rows(r->table); i++) {
		const char *row = irm_table_text(r->table, i, r->row.column);
		const char *col = irm_table_text(r->table, i, r->col.column);
		if (read_count(&r->row_count[i], r->table, i, column, err))
			return err->code;
		if (!*row || !*col) {
			r->unknown++;
			r->row_count[i] = 0;
		} else if (strcmp(row, "all") == 0 || strcmp(col, "all") == 0) {
			r->totals++;
			r->row_count[i] = 0;
		} else if (r->row_count[i] > 0) {
			r->row.counted[r->row.groups->of_row[i]] = true;
			r->col.counted[r->col.groups->of_row[i]] = true;
		}
	}
	side_number(&r->row);
	side_number(&r->col);
	return IRM_OK;
}

static enum irm_code count_cells(struct irm_crosstab_result *r, struct irm_err *err)
{
	size_t cells;
	if (__builtin_mul_overflow(r->row.n, r->col.n, &cells) || cells > IRM_CROSSTAB_CELLS)
		return irm_err_at(err, irm_table_file(r->table), 0, 0,
		                  "expected %d cells at most, found %zu rows by %zu columns",
		                  IRM_CROSSTAB_CELLS, r->row.n, r->col.n);
	r->count = calloc(cells + 1, sizeof *r->count);
	r->p = calloc(cells + 1, sizeof *r->p);
	r->p_adjusted = calloc(cells + 1, sizeof *r->p_adjusted);
	if (!r->count || !r->p || !r->p_adjusted)
		return irm_err_memory(err);
	for (size_t i = 0; i < irm_table_rows(r->table); i++) {
		if (r->row_count[i] == 0)
			continue;
		size_t row = r->row.place[r->row.groups->of_row[i]];
		size_t col = r->col.place[r->col.groups->of_row[i]];
		int64_t *cell = &r->count[row * r->col.n + col];
		if (__builtin_add_overflow(*cell, r->row_count[i], cell))
			*cell = INT64_MAX; /* irm_crosstab_init() refuses it */
	}
	if (irm_crosstab_init(&r->crosstab, r->count, r->row.n, r->col.n, err))
		return irm_err_place(err, irm_table_file(r->table), 0, 0);
	return IRM_OK;
}

static enum irm_code test(struct irm_crosstab_result *r, struct irm_err *err)
{
	if (!r->query.cells)
		return irm_fisher(&r->fisher, &r->crosstab, r->query.draws, r->query.seed, err);
	for (size_t i = 0; i < r->row.n; i++)
		for (size_t j = 0; j < r->col.n; j++)
			r->p[i * r->col.n + j] =
			        2 * gsl_cdf_ugaussian_Q(
			                    fabs(irm_crosstab_residual(&r->crosstab, i, j)));
	return irm_adjust_p(r->p_adjusted, r->p, r->row.n * r->col.n, IRM_ADJUST_BH, err);
}

enum irm_code irm_crosstab_result_new(struct irm_crosstab_result **out,
                                      const struct irm_table *table,
                                      const struct irm_crosstab_query *query, struct irm_err *err)
{
	struct irm_crosstab_result *r = calloc(1, sizeof *r);
	if (!r)
		return irm_err_memory(err);
	r->query = *query;
	r->table = table;
	r->row_count = calloc(irm_table_rows(table) + 1, sizeof *r->row_count);
	if (!r->row_count) {
		irm_err_memory(err);
		goto fail;
	}
	if (find_columns(r, err) || side_init(&r->row, table, err) ||
	    side_init(&r->col, table, err) || read_rows(r, err) || count_cells(r, err) ||
	    test(r, err))
		goto fail;
	*out = r;
	return IRM_OK;
fail:
	irm_crosstab_result_free(r);
	return err->code;
}

void irm_crosstab_result_free(struct irm_crosstab_result *r)
{
	if (!r)
		return;
	side_release(&r->row);
	side_release(&r->col);
	irm_crosstab_release(&r->crosstab);
	free(r->row_count);
	free(r->count);
	free(r->p);
	free(r->p_adjusted);
	free(r);
}

size_t irm_crosstab_result_unknown(const struct irm_crosstab_result *r)
{
	return r->unknown;
}

size_t irm_crosstab_result_totals(const struct irm_crosstab_result *r)
{
	return r->totals;
}

size_t irm_crosstab_result_small(const struct irm_crosstab_result *r, size_t *cells)
{
	size_t small = 0;
	*cells = r->row.n * r->col.n;
	if (!irm_crosstab_testable(&r->crosstab))
		return 0;
	for (size_t i = 0; i < r->row.n; i++)
		for (size_t j = 0; j < r->col.n; j++)
			small += irm_crosstab_expected(&r->crosstab, i, j) < 5;
	return small;
}

int64_t irm_crosstab_result_draws(const struct irm_crosstab_result *r)
{
	return r->fisher.draws;
}

static void write_tests(const struct irm_crosstab_result *r, struct irm_writer *writer)
{
	static const char *const methods[] = { NULL, "exact", "monte-carlo" };
	struct irm_test chisq = irm_crosstab_chisq(&r->crosstab);
	struct irm_interval limits = irm_cramers_v_limits(&r->crosstab, r->query.level);
	irm_writer_columns(writer, "chisq,df,p,cramers_v,fisher_p,cramers_v_lo,cramers_v_hi,"
	                           "fisher_method,fisher_se");
	irm_writer_number(writer, chisq.chisq);
	irm_writer_number(writer, chisq.df);
	irm_writer_number(writer, chisq.p);
	irm_writer_number(writer, irm_cramers_v(&r->crosstab));
	irm_writer_number(writer, r->fisher.p);
	irm_writer_number(writer, limits.lo);
	irm_writer_number(writer, limits.hi);
	irm_writer_text(writer, methods[r->fisher.method]);
	irm_writer_number(writer, r->fisher.se);
	irm_writer_row(writer);
}

static void write_cells(const struct irm_crosstab_result *r, struct irm_writer *writer)
{
	irm_writer_columns(writer, "row,col,count,expected,residual,p,p_adjusted");
	for (size_t i = 0; i < r->row.n; i++) {
		for (size_t j = 0; j < r->col.n; j++) {
			size_t cell = i * r->col.n + j;
			irm_writer_text(writer, r->row.name[i]);
			irm_writer_text(writer, r->col.name[j]);
			irm_writer_count(writer, r->count[cell]);
			irm_writer_number(writer, irm_crosstab_expected(&r->crosstab, i, j));
			irm_writer_number(writer, irm_crosstab_residual(&r->crosstab, i, j));
			irm_writer_number(writer, r->p[cell]);
			irm_writer_number(writer, r->p_adjusted[cell]);
			irm_writer_row(writer);
		}
	}
}

void irm_crosstab_result_write(const struct irm_crosstab_result *r, struct irm_writer *writer)
{
	if (r->query.cells)
		write_cells(r, writer);
	else
		write_tests(r, writer);
}
