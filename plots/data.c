#include "plots/data.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum irm_code irm_data_some(const struct irm_table *table, struct irm_err *err)
{
	if (irm_table_rows(table))
		return IRM_OK;
	return irm_err_at(err, irm_table_file(table), 1, 0,
	                  "the table has a header but no rows: nothing to draw");
}

/* "<5", "< 10" */
static bool is_below(const char *text)
{
	struct irm_err ignored;
	double number;
	if (*text++ != '<')
		return false;
	return !irm_number_parse(&number, text + (*text == ' '), &ignored);
}

bool irm_data_suppressed(const struct irm_table *table, size_t row, int column)
{
	if (column < 0)
		return false;
	const char *text = irm_table_text(table, row, (size_t)column);
	if (is_below(text) || !strcmp(text, "suppressed"))
		return true;
	int flag = irm_table_find(table, "suppressed");
	if (flag < 0 || flag == column)
		return false;
	const char *says = irm_table_text(table, row, (size_t)flag);
	return !strcmp(says, "yes") || !strcmp(says, "true") || !strcmp(says, "1");
}

enum irm_code irm_data_number(double *out, const struct irm_table *table, size_t row, int column,
                              struct irm_err *err)
{
	*out = (double)NAN;
	if (column < 0 || irm_data_suppressed(table, row, column))
		return IRM_OK;
	if (irm_table_number(out, table, row, (size_t)column, err))
		return err->code;
	if (fabs(*out) > IRM_DATA_MOST)
		return irm_err_at(err, irm_table_file(table), irm_table_line(table, row),
		                  column + 1L, "'%s' is too large to be drawn",
		                  irm_table_text(table, row, (size_t)column));
	return IRM_OK;
}

static enum irm_code twice(const struct irm_data *data, const struct irm_table *table, size_t row,
                           long first, struct irm_err *err)
{
	/* bars that are all of one stack have a group only */
	int key = data->columns.x >= 0 ? data->columns.x : data->columns.group;
	size_t x = key >= 0 ? (size_t)key : 0;
	char with[160] = "";
	if (data->columns.group >= 0 && data->columns.group != key)
		snprintf(with, sizeof with, " and %.40s '%.80s'",
		         irm_table_name(table, (size_t)data->columns.group),
		         irm_table_text(table, row, (size_t)data->columns.group));
	irm_err_at(err, irm_table_file(table), irm_table_line(table, row), 0,
	           "a second row for %.40s '%.80s'%s (the first is line %ld)",
	           irm_table_name(table, x), irm_table_text(table, row, x), with, first);
	irm_err_hint(err, "choose keys with --x and --group, or rows with the --where of the tool "
	                  "that made the table");
	return err->code;
}

static enum irm_code read_cell(struct irm_data *data, struct irm_cell *cell,
                               const struct irm_table *table, size_t row, struct irm_err *err)
{
	const struct irm_columns *c = &data->columns;
	double more;
	if (cell->line)
		return twice(data, table, row, cell->line, err);
	if (irm_data_number(&cell->value, table, row, c->y, err) ||
	    irm_data_number(&cell->lo, table, row, c->lo, err) ||
	    irm_data_number(&cell->hi, table, row, c->hi, err) ||
	    irm_data_number(&cell->n, table, row, c->n[0], err) ||
	    irm_data_number(&more, table, row, c->n[1], err))
		return err->code;
	cell->n += isnan(more) ? 0 : more;
	cell->suppressed = irm_data_suppressed(table, row, c->y);
	cell->few = irm_data_suppressed(table, row, c->n[0]) ||
	            irm_data_suppressed(table, row, c->n[1]);
	cell->line = irm_table_line(table, row);
	return IRM_OK;
}

static void widen(struct irm_data *data, double value)
{
	if (isnan(value))
		return;
	data->least = fmin(data->least, value);
	data->most = fmax(data->most, value);
}

static void find_range(struct irm_data *data)
{
	for (size_t i = 0; i < data->x.n * data->group.n; i++) {
		struct irm_cell *cell = &data->cell[i];
		if (isnan(cell->value)) {
			cell->lo = cell->hi = (double)NAN;
			*(cell->suppressed ? &data->suppressed : &data->empty) += 1;
			continue;
		}
		widen(data, cell->value);
		data->most_value = fmax(data->most_value, cell->value);
		if (isnan(cell->lo) || isnan(cell->hi)) {
			cell->lo = cell->hi = (double)NAN;
			continue;
		}
		widen(data, cell->lo);
		widen(data, cell->hi);
		data->limits = true;
	}
	data->share = data->columns.share && data->least >= 0 && data->most <= 1;
}

static enum irm_code read_rows(struct irm_data *out, struct irm_arena *arena,
                               const struct irm_table *table, size_t *x, size_t *group,
                               size_t max_x, size_t max_group, struct irm_err *err)
{
	if (irm_levels_read(&out->x, x, arena, table, out->columns.x, max_x, err) ||
	    irm_levels_read(&out->group, group, arena, table, out->columns.group, max_group, err))
		return err->code;
	if (irm_levels_arrange(&out->x, x, group, arena, irm_table_rows(table), out->group.n,
	                       err) ||
	    irm_levels_arrange(&out->group, group, x, arena, irm_table_rows(table), out->x.n, err))
		return err->code;
	size_t n = out->x.n * out->group.n;
	out->cell = irm_arena_alloc(arena, n * sizeof *out->cell);
	if (!out->cell)
		return irm_err_memory(err);
	for (size_t i = 0; i < n; i++) {
		struct irm_cell *cell = &out->cell[i];
		cell->value = cell->lo = cell->hi = cell->n = (double)NAN;
	}
	for (size_t i = 0; i < irm_table_rows(table); i++)
		if (read_cell(out, irm_data_cell(out, x[i], group[i]), table, i, err))
			return err->code;
	find_range(out);
	return IRM_OK;
}

enum irm_code irm_data_read(struct irm_data *out, struct irm_arena *arena,
                            const struct irm_table *table, const struct irm_columns *columns,
                            size_t max_x, size_t max_group, struct irm_err *err)
{
	*out = (struct irm_data){ .columns = *columns };
	if (irm_data_some(table, err))
		return err->code;
	size_t rows = irm_table_rows(table);
	size_t *x = irm_arena_alloc(arena, rows * sizeof *x);
	size_t *group = irm_arena_alloc(arena, rows * sizeof *group);
	if (!x || !group)
		return irm_err_memory(err);
	return read_rows(out, arena, table, x, group, max_x, max_group, err);
}

enum irm_code irm_data_pair(struct irm_data *out, struct irm_arena *arena,
                            const struct irm_table *table, const struct irm_data *a,
                            const struct irm_data *b, struct irm_err *err)
{
	size_t n = a->x.n;
	*out = (struct irm_data){ .columns = a->columns, .x = a->x };
	out->columns.share = a->columns.share && b->columns.share;
	out->group = (struct irm_levels){ .column = -1, .n = 2 };
	out->group.code = irm_arena_alloc(arena, 2 * sizeof *out->group.code);
	out->cell = irm_arena_alloc(arena, 2 * n * sizeof *out->cell);
	if (!out->group.code || !out->cell)
		return irm_err_memory(err);
	out->group.code[0] = irm_table_name(table, (size_t)a->columns.y);
	out->group.code[1] = irm_table_name(table, (size_t)b->columns.y);
	for (size_t i = 0; i < n; i++) {
		out->cell[2 * i] = a->cell[i];
		out->cell[2 * i + 1] = b->cell[i];
	}
	find_range(out);
	return IRM_OK;
}

void irm_cell_label(char out[IRM_LABEL_SIZE], const struct irm_cell *cell,
                    enum irm_number_kind kind, const struct irm_words *words)
{
	char value[IRM_LABEL_SIZE];
	if (cell->suppressed) {
		snprintf(out, IRM_LABEL_SIZE, "%s", irm_words_text(words, IRM_SUPPRESSED));
		return;
	}
	irm_value_label(value, cell->value, kind, words);
	bool few = kind == IRM_SHARE && irm_cell_few(cell) && !isnan(cell->value);
	snprintf(out, IRM_LABEL_SIZE, "%.90s%s", value, few ? "*" : "");
}

bool irm_data_few(const struct irm_data *data)
{
	for (size_t i = 0; i < data->x.n * data->group.n && data->share; i++)
		if (irm_cell_few(&data->cell[i]) && !isnan(data->cell[i].value))
			return true;
	return false;
}

/* The n of all groups of a category (or of all categories of a group); NAN where they differ. */
static double common_n(const struct irm_data *data, size_t level, bool of_x)
{
	double n = (double)NAN;
	size_t others = of_x ? data->group.n : data->x.n;
	for (size_t i = 0; i < others; i++) {
		const struct irm_cell *cell =
		        of_x ? irm_data_cell(data, level, i) : irm_data_cell(data, i, level);
		if (isnan(cell->n))
			continue;
		if (!isnan(n) && n != cell->n)
			return (double)NAN;
		n = cell->n;
	}
	return n;
}

/* The n of all: that of the level `all`, else the sum where levels share nothing (regions). */
static double whole_n(const struct irm_data *data, const struct irm_table *table, bool of_x)
{
	static const char *const parts[] = { "region", "state", "cycle", "year", "mechanism" };
	const struct irm_levels *levels = of_x ? &data->x : &data->group;
	if (levels->column < 0)
		return (double)NAN;
	size_t all = irm_levels_find(levels, "all");
	if (all < levels->n)
		return common_n(data, all, of_x);
	bool disjoint = false;
	const char *name = irm_table_name(table, (size_t)levels->column);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		disjoint |= !strcmp(parts[i], name);
	double sum = 0;
	for (size_t i = 0; i < levels->n && disjoint; i++)
		sum += common_n(data, i, of_x);
	if (!disjoint)
		return (double)NAN;
	return sum;
}

/* The smallest and largest n; of those of the whole where there is a level `all`. */
static void range_of_n(const struct irm_data *data, double *least, double *most)
{
	size_t x_all = irm_levels_find(&data->x, "all");
	size_t group_all = irm_levels_find(&data->group, "all");
	*least = (double)INFINITY;
	*most = -(double)INFINITY;
	for (size_t x = 0; x < data->x.n; x++)
		for (size_t g = 0; g < data->group.n; g++) {
			double n = irm_data_cell(data, x, g)->n;
			if (isnan(n) || (x_all < data->x.n && x != x_all) ||
			    (group_all < data->group.n && g != group_all))
				continue;
			*least = fmin(*least, n);
			*most = fmax(*most, n);
		}
}

void irm_data_n(char out[IRM_LABEL_SIZE], const struct irm_data *data,
                const struct irm_table *table, const struct irm_words *words)
{
	double least, most;
	out[0] = '\0';
	range_of_n(data, &least, &most);
	if (least > most)
		return;
	double n = whole_n(data, table, true);
	if (isnan(n))
		n = whole_n(data, table, false);
	if (isnan(n))
		irm_n_label(out, least, most, words);
	else
		irm_n_label(out, n, n, words);
}
