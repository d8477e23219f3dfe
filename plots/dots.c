/* Dots: the figures of each category as marks on one row, joined by a line (dumbbells). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/frame.h"

/* The shapes of marks there are, and so the groups that can be told apart on a row. */
enum { MOST_GROUPS = 6 };

/* The room for a row's label. */
enum { ROW_LABEL = 2 * IRM_LABEL_SIZE + 8 };

static const char *const figures[] = { "rate",           "median",    "on_time_rate",
	                               "addressed_rate", "share",     "reviews",
	                               "findings",       "with_need", "rmean",
	                               "count",          "value",     "expected",
	                               "events",         "n",         NULL };

struct dots {
	struct irm_frame frame;
	double *n; /* [x.n] of each category, NAN where its figures have several */
};

/* The two columns of a pair: what --y names with a comma between, or need against provided. */
static bool find_pair(const struct irm_chart *chart, char pair[2][128])
{
	const char *y = chart->choice.y;
	const char *comma = y ? strchr(y, ',') : NULL;
	if (comma) {
		snprintf(pair[0], sizeof pair[0], "%.*s", (int)(comma - y < 120 ? comma - y : 120),
		         y);
		snprintf(pair[1], sizeof pair[1], "%.120s", comma + 1);
		return true;
	}
	if (y || irm_table_find(chart->table, "with_need") < 0 ||
	    irm_table_find(chart->table, "addressed") < 0)
		return false;
	snprintf(pair[0], sizeof pair[0], "with_need");
	snprintf(pair[1], sizeof pair[1], "addressed");
	return true;
}

static enum irm_code read_half(struct irm_data *out, struct irm_chart *chart, const char *y,
                               struct irm_err *err)
{
	struct irm_columns columns;
	struct irm_column_choice choice = chart->choice;
	choice.y = y;
	choice.lo = choice.hi = NULL;
	if (irm_columns_find(&columns, chart->whole, figures, &choice, err))
		return err->code;
	if (columns.group >= 0) {
		irm_err_set(
		        err, IRM_USAGE,
		        "two columns are a pair of dots a row: there is no room for column '%s'",
		        irm_table_name(chart->table, (size_t)columns.group));
		irm_err_hint(err,
		             "name one column with --y, or choose rows with the --where of the "
		             "tool that made the table");
		return err->code;
	}
	return irm_data_read(out, &chart->arena, chart->table, &columns, 400, 1, err);
}

static enum irm_code read_pair(struct irm_chart *chart, char pair[2][128], struct irm_err *err)
{
	struct irm_data half[2] = { { .share = false } };
	struct irm_data *data = &chart->data;
	char title[2][IRM_TITLE_SIZE];
	if (chart->choice.lo || chart->choice.hi)
		return irm_err_set(err, IRM_USAGE, "--lo and --hi are for one column of figures");
	for (int i = 0; i < 2; i++)
		if (read_half(&half[i], chart, pair[i], err))
			return err->code;
	if (half[0].share != half[1].share)
		return irm_err_set(err, IRM_USAGE,
		                   "--y: '%s' and '%s' cannot stand on one axis: one is a share",
		                   pair[0], pair[1]);
	if (irm_data_pair(data, &chart->arena, chart->table, &half[0], &half[1], err))
		return err->code;
	data->group.label = irm_arena_alloc(&chart->arena, 2 * sizeof *data->group.label);
	if (!data->group.label)
		return irm_err_memory(err);
	for (int i = 0; i < 2; i++) {
		irm_chart_title(title[i], chart, half[i].columns.y);
		data->group.label[i] = irm_arena_text(&chart->arena, title[i], strlen(title[i]));
		if (!data->group.label[i])
			return irm_err_memory(err);
	}
	char figure[2 * IRM_TITLE_SIZE + 8];
	snprintf(figure, sizeof figure, "%s · %s", title[0], title[1]);
	irm_chart_caption(chart, figure, &data->columns);
	return IRM_OK;
}

static enum irm_code read_groups(struct irm_chart *chart, struct irm_err *err)
{
	struct irm_columns columns;
	char figure[IRM_TITLE_SIZE];
	if (irm_columns_find(&columns, chart->whole, figures, &chart->choice, err) ||
	    irm_data_read(&chart->data, &chart->arena, chart->table, &columns, 400, MOST_GROUPS,
	                  err) ||
	    irm_chart_labels(chart, &chart->data.group, err))
		return err->code;
	irm_chart_title(figure, chart, columns.y);
	irm_chart_caption(chart, figure, &columns);
	return IRM_OK;
}

static enum irm_code set_remark(struct irm_chart *chart, struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	const char *const parts[] = {
		data->limits ? irm_chart_word(chart, "Thin lines show confidence limits.") : NULL,
		irm_data_few(data) ? irm_chart_word(chart, "Hollow: of fewer than 5.") : NULL,
		data->empty ? irm_chart_word(chart, "n/a or no mark: no figure.") : NULL,
		!data->suppressed ? NULL
		: data->group.n > 2
		        ? irm_chart_word(chart, "No mark: suppressed, too few to be shown.")
		        : irm_chart_word(chart, IRM_SUPPRESSED_REMARK),
	};
	return irm_chart_remark(chart, parts, sizeof parts / sizeof parts[0], err);
}

static enum irm_number_kind number_kind(const struct irm_data *data)
{
	return data->share ? IRM_SHARE : IRM_PLAIN;
}

/* The figures of a row, in the order of the legend: "55% · 61%"; "" where there is no room. */
static void row_label(char out[ROW_LABEL], const struct irm_chart *chart, size_t x)
{
	const struct irm_data *data = &chart->data;
	char label[2][IRM_LABEL_SIZE];
	out[0] = '\0';
	if (data->group.n > 2)
		return;
	for (size_t g = 0; g < data->group.n; g++) {
		const struct irm_cell *cell = irm_data_cell(data, x, g);
		if (cell->suppressed)
			snprintf(label[g], sizeof label[g], "%s",
			         irm_chart_word(chart, IRM_SUPPRESSED));
		else
			irm_value_label(label[g], cell->value, number_kind(data),
			                &chart->theme->words);
	}
	if (data->group.n == 1)
		snprintf(out, ROW_LABEL, "%s", label[0]);
	else
		snprintf(out, ROW_LABEL, "%s · %s", label[0], label[1]);
}

static double widest_label(const struct irm_chart *chart)
{
	struct irm_text text = irm_chart_text(chart, "value", IRM_RIGHT, IRM_MIDDLE);
	double widest = 0;
	for (size_t x = 0; x < chart->data.x.n; x++) {
		char label[ROW_LABEL];
		row_label(label, chart, x);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, label, NULL).w);
	}
	return widest;
}

static enum irm_code read_dots(struct irm_chart *chart, struct irm_err *err)
{
	char pair[2][128];
	if (find_pair(chart, pair) ? read_pair(chart, pair, err) : read_groups(chart, err))
		return err->code;
	if (irm_chart_labels(chart, &chart->data.x, err) ||
	    irm_chart_legend(chart, &chart->data.group, IRM_SAMPLE_MARK, err))
		return err->code;
	if (!isnan(chart->request->limit) && !chart->data.columns.days)
		return irm_err_set(err, IRM_USAGE, "--limit is for days: column '%s' has none",
		                   irm_table_name(chart->table, (size_t)chart->data.columns.y));
	irm_data_n(chart->n, &chart->data, chart->table, &chart->theme->words);
	chart->widest = widest_label(chart);
	return set_remark(chart, err);
}

/* Each row's n, where its figures have the same; the largest. NAN where all rows have the same: the
 * note line says it. */
static double find_counts(const struct irm_data *data, double n[])
{
	double most = (double)NAN;
	double least = (double)NAN;
	for (size_t x = 0; x < data->x.n; x++) {
		n[x] = irm_data_cell(data, x, 0)->n;
		for (size_t g = 1; g < data->group.n; g++)
			if (irm_data_cell(data, x, g)->n != n[x])
				n[x] = (double)NAN;
		most = fmax(most, n[x]);
		least = fmin(least, n[x]);
	}
	return least < most ? most : (double)NAN;
}

static enum irm_code plan_dots(struct irm_chart *chart, double width, double *height,
                               struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	struct dots *dots = irm_arena_alloc(&chart->arena, sizeof *dots);
	double *n = irm_arena_alloc(&chart->arena, data->x.n * sizeof *n);
	if (!dots || !n)
		return irm_err_memory(err);
	chart->own = dots;
	dots->n = n;
	struct irm_frame_need need = { .lanes = 1,
		                       .lying = true,
		                       .kind = number_kind(data),
		                       .least = data->least,
		                       .most = data->most,
		                       .value = chart->widest > 0
		                                        ? chart->widest + chart->theme->line * 2
		                                        : 0, /* clear of a mark at the end */
		                       .most_n = find_counts(data, n) };
	if (!isnan(chart->request->limit))
		need.most = fmax(need.most, chart->request->limit);
	return irm_frame_plan(&dots->frame, chart, &need, width, height, err);
}

/* Where a figure is marked: beside the middle of its row where lines of limits would meet. */
static struct irm_point place(const struct irm_chart *chart, size_t x, size_t group, double value)
{
	const struct dots *dots = chart->own;
	double groups = (double)chart->data.group.n;
	struct irm_point at = irm_frame_point(&dots->frame, x, value);
	if (chart->data.limits)
		at.y += ((double)group - (groups - 1) / 2) *
		        fmin(chart->theme->line * 2.4, dots->frame.slot * 0.7 / groups);
	return at;
}

/* The line from a row's least figure to its largest, from mark to mark. */
static void draw_joint(const struct irm_chart *chart, size_t x)
{
	const struct irm_theme *theme = chart->theme;
	const struct irm_data *data = &chart->data;
	size_t least = data->group.n;
	size_t most = data->group.n;
	for (size_t g = 0; g < data->group.n; g++) {
		double value = irm_data_cell(data, x, g)->value;
		if (isnan(value))
			continue;
		if (least == data->group.n || value < irm_data_cell(data, x, least)->value)
			least = g;
		if (most == data->group.n || value > irm_data_cell(data, x, most)->value)
			most = g;
	}
	if (least == most)
		return;
	struct irm_point from = place(chart, x, least, irm_data_cell(data, x, least)->value);
	struct irm_point to = place(chart, x, most, irm_data_cell(data, x, most)->value);
	irm_canvas_line(chart->canvas, from.x, from.y, to.x, to.y,
	                (struct irm_stroke){ irm_rgb_mix(theme->axis, theme->paper, 0.45),
	                                     theme->line * 0.9, 0 });
}

static void draw_limits(const struct irm_chart *chart, size_t x, size_t group)
{
	const struct irm_theme *theme = chart->theme;
	const struct irm_cell *cell = irm_data_cell(&chart->data, x, group);
	if (isnan(cell->lo))
		return;
	struct irm_look look = irm_chart_look(chart, &chart->data.group, group);
	struct irm_point lo = place(chart, x, group, cell->lo);
	struct irm_point hi = place(chart, x, group, cell->hi);
	irm_canvas_line(chart->canvas, lo.x, lo.y, hi.x, hi.y,
	                (struct irm_stroke){ look.colour, theme->hair * 1.6, 0 });
}

static void draw_mark(const struct irm_chart *chart, size_t x, size_t group)
{
	const struct irm_theme *theme = chart->theme;
	const struct irm_cell *cell = irm_data_cell(&chart->data, x, group);
	if (isnan(cell->value))
		return;
	struct irm_look look = irm_chart_look(chart, &chart->data.group, group);
	struct irm_point at = place(chart, x, group, cell->value);
	bool few = chart->data.share && irm_cell_few(cell);
	irm_canvas_mark(chart->canvas, at.x, at.y, theme->line * 1.7, look.mark,
	                few ? theme->paper : look.colour,
	                (struct irm_stroke){ few ? look.colour : theme->paper,
	                                     theme->hair * (few ? 2 : 1), 0 });
}

static void draw_row(const struct irm_chart *chart, size_t x)
{
	const struct dots *dots = chart->own;
	char label[ROW_LABEL];
	draw_joint(chart, x);
	for (size_t g = 0; g < chart->data.group.n; g++)
		draw_limits(chart, x, g);
	for (size_t g = 0; g < chart->data.group.n; g++)
		draw_mark(chart, x, g);
	if (!dots->frame.values)
		return;
	row_label(label, chart, x);
	irm_frame_value(&dots->frame, chart, x, 0, 0, label, dots->n[x]);
}

static void draw_dots(struct irm_chart *chart, struct irm_box area)
{
	struct dots *dots = chart->own;
	irm_frame_draw(&dots->frame, chart, area);
	irm_frame_zero(&dots->frame, chart);
	if (!isnan(chart->request->limit))
		irm_frame_limit(&dots->frame, chart, chart->request->limit);
	for (size_t x = 0; x < chart->data.x.n; x++)
		draw_row(chart, x);
}

const struct irm_kind irm_kind_dots = {
	.name = "dots",
	.summary = "figures as marks on a row, joined by a line: two groups, or two columns",
	.takes = IRM_TAKES_LIMIT | IRM_TAKES_LIMITS,
	.read = read_dots,
	.aside = true,
	.share = irm_chart_share,
	.plan = plan_dots,
	.draw = draw_dots,
};
