/* The rows of a chart, for who does not see it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/describe.h"

enum { LABEL = 256, COLUMNS = 16 };

/* A table while it is made; its first row is the head. */
struct grid {
	struct irm_arena *arena;
	const char **cell; /* [(1 + IRM_DESCRIBE_ROWS) × columns]; NULL while columns are counted */
	size_t columns, n; /* n: cells so far */
	size_t rows, all;  /* without the head; all: with those left out */
	bool no_memory;
};

/* Adds a cell; while there are none, counts a column. */
static void add(struct grid *grid, const char *text)
{
	if (!grid->cell) {
		grid->columns++;
		return;
	}
	const char *copy = irm_arena_text(grid->arena, text, strlen(text));
	grid->no_memory |= !copy;
	grid->cell[grid->n++] = copy ? copy : "";
}

/* Whether there is room for one more row. */
static bool next_row(struct grid *grid)
{
	grid->all++;
	if (grid->rows == IRM_DESCRIBE_ROWS)
		return false;
	grid->rows++;
	return true;
}

static void add_title(struct grid *grid, const struct irm_chart *chart, int column)
{
	char title[IRM_TITLE_SIZE];
	irm_chart_title(title, chart, column);
	add(grid, title);
}

static void add_name(struct grid *grid, const struct irm_chart *chart, int column, size_t row)
{
	char name[LABEL];
	irm_chart_name(name, sizeof name, chart, (size_t)column,
	               irm_table_text(chart->table, row, (size_t)column));
	add(grid, name);
}

static void add_value(struct grid *grid, const struct irm_chart *chart, double value, bool share)
{
	char label[IRM_LABEL_SIZE] = "";
	if (!isnan(value))
		irm_value_label(label, value, share ? IRM_SHARE : IRM_PLAIN, &chart->theme->words);
	add(grid, label);
}

static void add_limit_titles(struct grid *grid, const struct irm_chart *chart)
{
	add(grid, irm_chart_word(chart, "Lower limit"));
	add(grid, irm_chart_word(chart, "Upper limit"));
}

/* The columns that tell panels apart: their titles, or what they are in a panel. */
static void add_facets(struct grid *grid, const struct irm_chart *chart, bool title)
{
	const char *const *facet = chart->choice.facet;
	for (int i = 0; i < IRM_FACETS && facet[i]; i++) {
		int column = irm_table_find(chart->table, facet[i]);
		if (title)
			add_title(grid, chart, column);
		else
			add_name(grid, chart, column, 0);
	}
}

/* Whether two figures of a category are two columns of the table that was read. */
static bool is_pair(const struct irm_data *data)
{
	return data->group.column < 0 && data->group.n > 1;
}

static const char *level_label(const struct irm_levels *levels, size_t i)
{
	return levels->label ? levels->label[i] : levels->code[i];
}

static void add_cell(struct grid *grid, const struct irm_chart *chart, const struct irm_cell *cell,
                     bool limits)
{
	const struct irm_data *data = &chart->data;
	char label[IRM_LABEL_SIZE] = "";
	if (cell->suppressed || !isnan(cell->value))
		irm_cell_label(label, cell, data->share ? IRM_SHARE : IRM_PLAIN,
		               &chart->theme->words);
	add(grid, label);
	if (!limits)
		return;
	add_value(grid, chart, cell->suppressed ? (double)NAN : cell->lo, data->share);
	add_value(grid, chart, cell->suppressed ? (double)NAN : cell->hi, data->share);
}

static void cells_head(struct grid *grid, const struct irm_chart *chart, bool limits)
{
	const struct irm_data *data = &chart->data;
	add_facets(grid, chart, true);
	if (data->x.column >= 0) /* else all is one bar */
		add_title(grid, chart, data->x.column);
	if (!is_pair(data)) {
		if (data->group.column >= 0)
			add_title(grid, chart, data->group.column);
		add_title(grid, chart, data->columns.y);
		if (limits)
			add_limit_titles(grid, chart);
		return;
	}
	for (size_t g = 0; g < data->group.n; g++) {
		add(grid, level_label(&data->group, g));
		if (limits)
			add_limit_titles(grid, chart);
	}
}

/* A row a category, where its figures are columns. */
static void pair_rows(struct grid *grid, const struct irm_chart *chart, bool limits)
{
	const struct irm_data *data = &chart->data;
	for (size_t x = 0; x < data->x.n; x++) {
		if (!next_row(grid))
			continue;
		add_facets(grid, chart, false);
		if (data->x.column >= 0)
			add(grid, level_label(&data->x, x));
		for (size_t g = 0; g < data->group.n; g++)
			add_cell(grid, chart, irm_data_cell(data, x, g), limits);
	}
}

/* A row a figure, in the order they are drawn in. */
static void cell_rows(struct grid *grid, const struct irm_chart *chart, bool limits)
{
	const struct irm_data *data = &chart->data;
	for (size_t i = 0; i < data->x.n * data->group.n; i++) {
		const struct irm_cell *cell = &data->cell[i];
		if (!cell->line || !next_row(grid))
			continue;
		add_facets(grid, chart, false);
		if (data->x.column >= 0)
			add(grid, level_label(&data->x, i / data->group.n));
		if (data->group.column >= 0)
			add(grid, level_label(&data->group, i % data->group.n));
		add_cell(grid, chart, cell, limits);
	}
}

/* A column of the table that was read. */
struct column {
	int column;
	bool figure;
	const char *title; /* NULL: its own */
};

struct columns {
	struct column at[COLUMNS];
	size_t n;
};

static void add_column(struct columns *columns, int column, bool figure, const char *title)
{
	for (size_t i = 0; i < columns->n; i++)
		if (columns->at[i].column == column)
			return;
	if (column >= 0 && columns->n < COLUMNS)
		columns->at[columns->n++] = (struct column){ column, figure, title };
}

static void add_named(struct columns *columns, const struct irm_table *table, const char *name)
{
	add_column(columns, irm_table_find(table, name), false, NULL);
}

/* What a kind without cells draws of its table. */
static struct columns find_columns(const struct irm_chart *chart, const struct irm_kind *kind)
{
	static const char *const spans[] = { "review", "state", "stage", "began", "due", "ended" };
	const struct irm_columns *c = &chart->data.columns;
	struct columns found = { .n = 0 };
	if (kind == &irm_kind_timeline) {
		for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
			add_named(&found, chart->whole, spans[i]);
		return found;
	}
	for (int i = 0; i < IRM_FACETS && chart->choice.facet[i]; i++)
		add_named(&found, chart->whole, chart->choice.facet[i]);
	if (kind == &irm_kind_steps && chart->data.group.column >= 0)
		add_column(&found, chart->data.group.column, false, NULL);
	add_column(&found, c->x, kind == &irm_kind_steps, NULL);
	add_column(&found, c->group, false, NULL);
	if (kind == &irm_kind_tiles)
		add_named(&found, chart->whole, "region");
	add_column(&found, c->y, true, NULL);
	add_column(&found, c->lo, true, irm_chart_word(chart, "Lower limit"));
	add_column(&found, c->hi, true, irm_chart_word(chart, "Upper limit"));
	return found;
}

static void add_field(struct grid *grid, const struct irm_chart *chart, const struct column *column,
                      size_t row)
{
	const struct irm_columns *c = &chart->data.columns;
	struct irm_err ignored;
	double value;
	if (!column->figure) {
		add_name(grid, chart, column->column, row);
	} else if (irm_data_suppressed(chart->table, row, column->column) ||
	           irm_data_suppressed(chart->table, row, c->y)) {
		add(grid, column->column == c->y ? irm_chart_word(chart, IRM_SUPPRESSED) : "");
	} else if (irm_data_number(&value, chart->table, row, column->column, &ignored)) {
		add(grid, "");
	} else {
		add_value(grid, chart, value,
		          c->share && column->column != c->x && value >= 0 && value <= 1);
	}
}

static void table_head(struct grid *grid, const struct irm_chart *chart,
                       const struct columns *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		if (columns->at[i].title)
			add(grid, columns->at[i].title);
		else
			add_title(grid, chart, columns->at[i].column);
	}
}

static void table_rows(struct grid *grid, const struct irm_chart *chart,
                       const struct columns *columns)
{
	for (size_t row = 0; row < irm_table_rows(chart->table); row++) {
		if (!next_row(grid))
			continue;
		for (size_t i = 0; i < columns->n; i++)
			add_field(grid, chart, &columns->at[i], row);
	}
}

static void fill_cells(struct grid *grid, const struct irm_panels *panels)
{
	bool limits = false;
	for (size_t k = 0; k < panels->n; k++)
		limits |= panels->chart[k].data.limits;
	cells_head(grid, panels->chart, limits);
	for (size_t k = 0; k < panels->n && grid->cell; k++) {
		if (is_pair(&panels->chart[k].data))
			pair_rows(grid, &panels->chart[k], limits);
		else
			cell_rows(grid, &panels->chart[k], limits);
	}
}

static void fill_rows(struct grid *grid, const struct irm_panels *panels,
                      const struct irm_kind *kind)
{
	struct columns columns = find_columns(panels->chart, kind);
	table_head(grid, panels->chart, &columns);
	for (size_t k = 0; k < panels->n && grid->cell; k++)
		table_rows(grid, &panels->chart[k], &columns);
}

static void fill(struct grid *grid, const struct irm_panels *panels, const struct irm_kind *kind)
{
	if (panels->chart->data.cell)
		fill_cells(grid, panels);
	else
		fill_rows(grid, panels, kind);
}

static const char *say_more(struct grid *grid, const struct irm_chart *chart)
{
	char text[LABEL];
	char shown[IRM_LABEL_SIZE];
	char all[IRM_LABEL_SIZE];
	irm_count_label(shown, (double)grid->rows, &chart->theme->words);
	irm_count_label(all, (double)grid->all, &chart->theme->words);
	int n = snprintf(text, sizeof text, irm_chart_word(chart, "The first %s of %s rows."),
	                 shown, all);
	const char *more = irm_arena_text(grid->arena, text, (size_t)n);
	grid->no_memory |= !more;
	return more;
}

enum irm_code irm_describe_rows(struct irm_about *about, struct irm_panels *panels,
                                const struct irm_kind *kind, struct irm_err *err)
{
	struct grid grid = { .arena = &panels->arena };
	if (kind == &irm_kind_histogram) /* draws no single rows */
		return IRM_OK;
	fill(&grid, panels, kind);
	grid.cell = irm_arena_alloc(grid.arena,
	                            (1 + IRM_DESCRIBE_ROWS) * grid.columns * sizeof *grid.cell);
	if (!grid.cell)
		return irm_err_memory(err);
	fill(&grid, panels, kind);
	about->cell = grid.cell;
	about->rows = grid.rows;
	about->columns = grid.columns;
	if (grid.all > grid.rows)
		about->more = say_more(&grid, panels->chart);
	return grid.no_memory ? irm_err_memory(err) : IRM_OK;
}
