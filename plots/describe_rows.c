/* The rows of a chart, for who does not see it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/describe.h"

/* A column of the table, and how its cells are written. */
struct column {
	int column;
	bool figure;
	const char *title; /* NULL: its own */
};

enum { COLUMNS = 16, LABEL = 256 };

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

/* What is drawn of a table. */
static struct columns find_columns(const struct irm_chart *chart, const struct irm_kind *kind)
{
	static const char *const spans[] = { "review", "state", "stage", "began", "due", "ended" };
	const struct irm_columns *c = &chart->data.columns;
	const struct irm_table *table = chart->whole;
	struct columns found = { .n = 0 };
	if (kind == &irm_kind_histogram) /* draws no single rows */
		return found;
	if (kind == &irm_kind_timeline) {
		for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
			add_named(&found, table, spans[i]);
		return found;
	}
	for (int i = 0; i < IRM_FACETS && chart->choice.facet[i]; i++)
		add_named(&found, table, chart->choice.facet[i]);
	add_column(&found, c->x, kind == &irm_kind_steps, NULL);
	add_column(&found, c->group, false, NULL);
	if (kind == &irm_kind_tiles)
		add_named(&found, table, "region");
	add_column(&found, c->y, true, NULL);
	/* two figures side by side are their own groups */
	for (size_t g = 0; g < chart->data.group.n && chart->data.cell && c->group < 0; g++)
		add_column(&found, irm_table_find(table, chart->data.group.code[g]), true, NULL);
	add_column(&found, c->lo, true, irm_chart_word(chart, "Lower limit"));
	add_column(&found, c->hi, true, irm_chart_word(chart, "Upper limit"));
	return found;
}

static void write_cell(char out[LABEL], const struct irm_chart *chart, const struct column *column,
                       size_t row)
{
	const struct irm_table *table = chart->whole;
	const char *code = irm_table_text(table, row, (size_t)column->column);
	struct irm_err ignored;
	double value;
	out[0] = '\0';
	if (!column->figure) {
		irm_chart_name(out, LABEL, chart, (size_t)column->column, code);
	} else if (irm_data_suppressed(table, row, column->column) ||
	           irm_data_suppressed(table, row, chart->data.columns.y)) {
		snprintf(out, LABEL, "%s", irm_chart_word(chart, IRM_SUPPRESSED));
	} else if (!irm_data_number(&value, table, row, column->column, &ignored) &&
	           !isnan(value)) {
		char label[IRM_LABEL_SIZE];
		bool share = column->column != chart->data.columns.x && chart->data.columns.share;
		irm_value_label(label, value, share && value <= 1 ? IRM_SHARE : IRM_PLAIN,
		                &chart->theme->words);
		snprintf(out, LABEL, "%s", label);
	}
}

static void write_head(char out[LABEL], const struct irm_chart *chart, const struct column *column)
{
	char title[IRM_TITLE_SIZE];
	irm_chart_title(title, chart, column->column);
	snprintf(out, LABEL, "%s", column->title ? column->title : title);
}

enum irm_code irm_describe_rows(struct irm_about *about, struct irm_panels *panels,
                                const struct irm_kind *kind, struct irm_err *err)
{
	const struct irm_chart *chart = panels->chart;
	struct columns columns = find_columns(chart, kind);
	size_t all = irm_table_rows(chart->whole);
	size_t rows = all < IRM_DESCRIBE_ROWS ? all : IRM_DESCRIBE_ROWS;
	const char **cell =
	        irm_arena_alloc(&panels->arena, ((rows + 1) * columns.n + 1) * sizeof *cell);
	if (!cell)
		return irm_err_memory(err);
	for (size_t i = 0; i < (rows + 1) * columns.n; i++) {
		char text[LABEL];
		if (i < columns.n)
			write_head(text, chart, &columns.at[i]);
		else
			write_cell(text, chart, &columns.at[i % columns.n], i / columns.n - 1);
		cell[i] = irm_arena_text(&panels->arena, text, strlen(text));
		if (!cell[i])
			return irm_err_memory(err);
	}
	about->cell = cell;
	about->rows = rows;
	about->columns = columns.n;
	if (all > rows && columns.n) {
		char more[LABEL];
		char n[2][IRM_LABEL_SIZE];
		irm_count_label(n[0], (double)rows, &chart->theme->words);
		irm_count_label(n[1], (double)all, &chart->theme->words);
		int length =
		        snprintf(more, sizeof more,
		                 irm_chart_word(chart, "The first %s of %s rows."), n[0], n[1]);
		about->more = irm_arena_text(&panels->arena, more, (size_t)length);
		if (!about->more)
			return irm_err_memory(err);
	}
	return IRM_OK;
}
