/* Bars: a figure for each category and group, with its limits. */
#include <math.h>
#include <string.h>

#include "plots/frame.h"

/* The share of its lane that a bar takes. */
static const double thick = 0.86;

static const char *const figures[] = { "rate",           "median",    "on_time_rate",
	                               "addressed_rate", "share",     "reviews",
	                               "findings",       "with_need", "rmean",
	                               "count",          "value",     "expected",
	                               "events",         "n",         NULL };

struct bars {
	struct irm_frame frame;
	double *n; /* [x.n] */
};

static enum irm_number_kind number_kind(const struct irm_data *data)
{
	return data->share ? IRM_SHARE : IRM_PLAIN;
}

static enum irm_code set_remark(struct irm_chart *chart, struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	const char *const parts[] = {
		data->limits ? irm_chart_word(chart, "Thin lines show confidence limits.") : NULL,
		irm_data_few(data) ? irm_chart_word(chart, "*: of fewer than 5.") : NULL,
		data->empty ? irm_chart_word(chart, "n/a or ×: no figure.") : NULL,
		data->suppressed
		        ? irm_chart_word(chart, "(s) or –: suppressed, too few to be shown.")
		        : NULL,
	};
	return irm_chart_remark(chart, parts, sizeof parts / sizeof parts[0], err);
}

static double widest_value(const struct irm_chart *chart)
{
	const struct irm_data *data = &chart->data;
	struct irm_text text = irm_chart_text(chart, "value", IRM_CENTRE, IRM_BOTTOM);
	double widest = 0;
	char before[IRM_LABEL_SIZE] = "";
	for (size_t i = 0; i < data->x.n * data->group.n; i++) {
		char label[IRM_LABEL_SIZE];
		irm_cell_label(label, &data->cell[i], number_kind(data), &chart->theme->words);
		if (!strcmp(label, before))
			continue;
		memcpy(before, label, sizeof before);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, label, NULL).w);
	}
	return widest;
}

static enum irm_code read_bars(struct irm_chart *chart, struct irm_err *err)
{
	struct irm_columns columns;
	char figure[IRM_TITLE_SIZE];
	if (irm_columns_find(&columns, chart->whole, figures, &chart->choice, err) ||
	    irm_data_read(&chart->data, &chart->arena, chart->table, &columns, 400, 24, err) ||
	    irm_chart_labels(chart, &chart->data.x, err) ||
	    irm_chart_labels(chart, &chart->data.group, err) ||
	    irm_chart_legend(chart, &chart->data.group, IRM_SAMPLE_FILL, err))
		return err->code;
	if (!isnan(chart->request->limit) && !columns.days) {
		irm_err_set(err, IRM_USAGE, "--limit is for days: column '%s' has none",
		            irm_table_name(chart->table, (size_t)columns.y));
		return err->code;
	}
	irm_chart_title(figure, chart, columns.y);
	irm_chart_caption(chart, figure, &columns);
	irm_data_n(chart->n, &chart->data, chart->table, &chart->theme->words);
	chart->widest = widest_value(chart);
	return set_remark(chart, err);
}

/* Each category's n, where its bars have the same; returns the largest n of a bar. Where all bars
 * have the same n the note line says it, and here there is none. */
static double find_counts(const struct irm_data *data, double n[])
{
	double most = (double)NAN;
	double least = (double)NAN;
	for (size_t i = 0; i < data->x.n; i++) {
		n[i] = irm_data_cell(data, i, 0)->n;
		for (size_t g = 0; g < data->group.n; g++) {
			double other = irm_data_cell(data, i, g)->n;
			if (other != n[i])
				n[i] = (double)NAN;
			most = fmax(most, other);
			least = fmin(least, other);
		}
	}
	if (least < most || data->x.n == 1)
		return most;
	for (size_t i = 0; i < data->x.n; i++)
		n[i] = (double)NAN;
	return (double)NAN;
}

static enum irm_code plan_bars(struct irm_chart *chart, double width, double *height,
                               struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	struct bars *bars = irm_arena_alloc(&chart->arena, sizeof *bars);
	double *n = irm_arena_alloc(&chart->arena, data->x.n * sizeof *n);
	if (!bars || !n)
		return irm_err_memory(err);
	chart->own = bars;
	bars->n = n;
	struct irm_frame_need need = { .lanes = data->group.n,
		                       .kind = number_kind(data),
		                       .least = data->least,
		                       .most = data->most,
		                       .value = chart->widest,
		                       .n = n,
		                       .most_n = find_counts(data, n) };
	if (!isnan(chart->request->limit))
		need.most = fmax(need.most, chart->request->limit);
	return irm_frame_plan(&bars->frame, chart, &need, width, height, err);
}

/* A whisker with a rim of paper, to be seen on bars of every colour. */
static void draw_limits(const struct irm_chart *chart, const struct irm_frame *frame,
                        struct irm_box box)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_stroke rim = { theme->paper, theme->hair * 3.6, 0 };
	struct irm_stroke line = { theme->ink, theme->hair * 1.6, 0 };
	double x = box.x + box.w / 2;
	double y = box.y + box.h / 2;
	for (int pass = 0; pass < 2; pass++) {
		struct irm_stroke stroke = pass ? line : rim;
		if (frame->lying) {
			irm_canvas_line(chart->canvas, box.x, y, box.x + box.w, y, stroke);
			irm_canvas_line(chart->canvas, box.x, box.y, box.x, box.y + box.h, stroke);
			irm_canvas_line(chart->canvas, box.x + box.w, box.y, box.x + box.w,
			                box.y + box.h, stroke);
		} else {
			irm_canvas_line(chart->canvas, x, box.y, x, box.y + box.h, stroke);
			irm_canvas_line(chart->canvas, box.x, box.y, box.x + box.w, box.y, stroke);
			irm_canvas_line(chart->canvas, box.x, box.y + box.h, box.x + box.w,
			                box.y + box.h, stroke);
		}
	}
}

/* One series is coloured by its categories where they are regions. */
static struct irm_look look_of(const struct irm_chart *chart, size_t x, size_t group)
{
	const struct irm_data *data = &chart->data;
	if (data->group.n > 1 || chart->series)
		return irm_chart_look(chart, &data->group, group);
	if (irm_theme_slot(data->x.code[x]) >= 0)
		return irm_chart_look(chart, &data->x, x);
	struct irm_look look = irm_chart_look(chart, &data->group, 0);
	if (data->group.column < 0)
		look = (struct irm_look){ .colour = chart->theme->slot[1] };
	return look;
}

static void draw_bar(struct irm_chart *chart, size_t x, size_t group)
{
	const struct bars *bars = chart->own;
	double value = irm_data_cell(&chart->data, x, group)->value;
	if (isnan(value))
		return;
	struct irm_look look = look_of(chart, x, group);
	irm_look_fill(chart->canvas, irm_frame_bar(&bars->frame, x, group, thick, 0, value), &look);
}

/* A cross at the foot of a bar that has no figure, or a stroke where it is suppressed, where there
 * is no room for words. */
static void draw_missing(struct irm_chart *chart, size_t x, size_t group)
{
	const struct bars *bars = chart->own;
	const struct irm_theme *theme = chart->theme;
	struct irm_box foot = irm_frame_bar(&bars->frame, x, group, 1, 0, 0);
	double r = fmin(fmax(foot.w, foot.h) * 0.3, theme->small * 0.25);
	double at_x = foot.x + (foot.w > 0 ? foot.w / 2 : r * 2.5);
	double at_y = foot.y + (foot.h > 0 ? foot.h / 2 : -r * 2.5);
	struct irm_stroke stroke = { theme->muted, theme->hair * 1.5, 0 };
	if (irm_data_cell(&chart->data, x, group)->suppressed) {
		irm_canvas_line(chart->canvas, at_x - r, at_y, at_x + r, at_y, stroke);
		return;
	}
	irm_canvas_line(chart->canvas, at_x - r, at_y - r, at_x + r, at_y + r, stroke);
	irm_canvas_line(chart->canvas, at_x - r, at_y + r, at_x + r, at_y - r, stroke);
}

/* What stands over the bars: limits and numbers. */
static void draw_figure(struct irm_chart *chart, size_t x, size_t group)
{
	const struct bars *bars = chart->own;
	const struct irm_frame *frame = &bars->frame;
	const struct irm_cell *cell = irm_data_cell(&chart->data, x, group);
	double end = isnan(cell->value) ? 0 : cell->value;
	if (!isnan(cell->lo)) {
		draw_limits(chart, frame,
		            irm_frame_bar(frame, x, group, thick * 0.4, cell->lo, cell->hi));
		end = end < 0 ? fmin(end, cell->lo) : fmax(end, cell->hi);
	}
	if (frame->values) {
		char label[IRM_LABEL_SIZE];
		irm_cell_label(label, cell, frame->kind, &chart->theme->words);
		irm_frame_value(frame, chart, x, group, end, label, cell->n);
	} else if (isnan(cell->value)) {
		draw_missing(chart, x, group);
	}
}

static void draw_bars(struct irm_chart *chart, struct irm_box area)
{
	struct bars *bars = chart->own;
	irm_frame_draw(&bars->frame, chart, area);
	for (size_t x = 0; x < chart->data.x.n; x++)
		for (size_t g = 0; g < chart->data.group.n; g++)
			draw_bar(chart, x, g);
	irm_frame_zero(&bars->frame, chart);
	if (!isnan(chart->request->limit))
		irm_frame_limit(&bars->frame, chart, chart->request->limit);
	for (size_t x = 0; x < chart->data.x.n; x++)
		for (size_t g = 0; g < chart->data.group.n; g++)
			draw_figure(chart, x, g);
}

const struct irm_kind irm_kind_bars = {
	.name = "bars",
	.summary = "a figure for each category, in groups, with its limits",
	.takes = IRM_TAKES_LIMIT | IRM_TAKES_LIMITS,
	.read = read_bars,
	.aside = true,
	.share = irm_chart_share,
	.plan = plan_bars,
	.draw = draw_bars,
};
