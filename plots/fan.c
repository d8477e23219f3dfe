/* Fan: a forecast, its bands, and what was recorded where the table tells it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "plots/graph.h"

static const char *const figures[] = { "expected", NULL };

/* The columns of figures; all but EXPECTED may be missing. */
enum { EXPECTED, LO50, HI50, LO90, HI90, ACTUAL, SERIES };
static const char *const names[SERIES] = { "expected", "lo50", "hi50", "lo90", "hi90", "actual" };

/* How strong the bands are: that of half the draws lies over the other. */
static const double alpha90 = 0.28;
static const double alpha50 = 0.45;

struct fan {
	struct irm_graph graph;
	int column[SERIES]; /* -1: none */
	double *x;          /* [n] days, ascending */
	double *y[SERIES];  /* [n] each */
	size_t n;
};

static void choose_facets(struct irm_chart *chart)
{
	irm_chart_facets(chart, "date", "expected");
}

static enum irm_code find_columns(struct irm_chart *chart, struct fan *fan, struct irm_err *err)
{
	struct irm_column_choice choice = chart->choice;
	struct irm_columns *columns = &chart->data.columns;
	choice.x = choice.x ? choice.x : "date";
	if (!chart->choice.x && irm_table_find(chart->whole, "date") < 0) {
		irm_err_at(err, irm_table_file(chart->whole), 1, 0,
		           "no column 'date': fan draws the table of irm-forecast");
		irm_err_hint(err, "--x names another column");
		return err->code;
	}
	if (irm_columns_find(columns, chart->whole, figures, &choice, err))
		return err->code;
	for (int s = 0; s < SERIES; s++)
		fan->column[s] = irm_table_find(chart->whole, names[s]);
	fan->column[EXPECTED] = columns->y;
	if (choice.lo)
		fan->column[LO90] = columns->lo;
	if (choice.hi)
		fan->column[HI90] = columns->hi;
	return IRM_OK;
}

static enum irm_code read_day(double *out, const struct irm_chart *chart, size_t row, double before,
                              struct irm_err *err)
{
	const struct irm_table *table = chart->table;
	size_t column = (size_t)chart->data.columns.x;
	int32_t day;
	if (irm_day_parse(&day, irm_table_text(table, row, column), err))
		return irm_err_place(err, irm_table_file(table), irm_table_line(table, row),
		                     (long)column + 1);
	*out = day;
	if (day > before)
		return IRM_OK;
	irm_err_at(err, irm_table_file(table), irm_table_line(table, row), (long)column + 1,
	           "days do not go up within a forecast: a row of another, or unsorted");
	irm_err_hint(err, "--facet names the column that tells forecasts apart");
	return err->code;
}

static enum irm_code read_rows(struct irm_chart *chart, struct fan *fan, struct irm_err *err)
{
	struct irm_data *data = &chart->data;
	for (size_t i = 0; i < fan->n; i++) {
		double before = i ? fan->x[i - 1] : -(double)INFINITY;
		if (read_day(&fan->x[i], chart, i, before, err))
			return err->code;
		for (int s = 0; s < SERIES; s++) {
			if (irm_data_number(&fan->y[s][i], chart->table, i, fan->column[s], err))
				return err->code;
			if (isnan(fan->y[s][i]))
				continue;
			data->least = fmin(data->least, fan->y[s][i]);
			data->most = fmax(data->most, fan->y[s][i]);
		}
	}
	data->share = data->columns.share && data->most <= 1 && data->least >= 0;
	return IRM_OK;
}

/* The look of a band: as strong as it is seen on paper, for the legend. */
static struct irm_look band_look(const struct irm_chart *chart, double alpha)
{
	return (struct irm_look){ .colour = irm_rgb_mix(chart->theme->slot[1], chart->theme->paper,
		                                        1 - alpha) };
}

static enum irm_code make_legend(struct irm_chart *chart, const struct fan *fan,
                                 struct irm_err *err)
{
	struct irm_legend_entry *entry = irm_arena_alloc(&chart->arena, 4 * sizeof *entry);
	size_t n = 0;
	if (!entry)
		return irm_err_memory(err);
	entry[n++] = (struct irm_legend_entry){ irm_chart_word(chart, "Expected"),
		                                { .colour = chart->theme->slot[1] },
		                                IRM_SAMPLE_LINE };
	if (fan->column[LO50] >= 0 && fan->column[HI50] >= 0)
		entry[n++] = (struct irm_legend_entry){
			irm_chart_word(chart, "In half of the draws"),
			band_look(chart, 1 - (1 - alpha90) * (1 - alpha50)), IRM_SAMPLE_FILL
		};
	if (fan->column[LO90] >= 0 && fan->column[HI90] >= 0)
		entry[n++] =
		        (struct irm_legend_entry){ irm_chart_word(chart, "In nine of ten draws"),
			                           band_look(chart, alpha90), IRM_SAMPLE_FILL };
	if (fan->column[ACTUAL] >= 0)
		entry[n++] = (struct irm_legend_entry){ irm_chart_word(chart, "Recorded"),
			                                { .colour = chart->theme->ink, .mark = 3 },
			                                IRM_SAMPLE_MARK };
	chart->legend = (struct irm_legend){ entry, n };
	return IRM_OK;
}

static enum irm_code read_fan(struct irm_chart *chart, struct irm_err *err)
{
	struct fan *fan = irm_arena_alloc(&chart->arena, sizeof *fan);
	size_t rows = irm_table_rows(chart->table);
	double *figure = irm_arena_alloc(&chart->arena, (SERIES + 1) * rows * sizeof *figure);
	if (!fan || !figure)
		return irm_err_memory(err);
	chart->own = fan;
	chart->data.x.n = fan->n = rows;
	chart->data.group.n = 1;
	fan->x = figure;
	for (int s = 0; s < SERIES; s++)
		fan->y[s] = figure + (size_t)(s + 1) * rows;
	if (find_columns(chart, fan, err) || read_rows(chart, fan, err) ||
	    make_legend(chart, fan, err))
		return err->code;
	fan->graph.from = fan->x[0];
	fan->graph.to = fan->x[rows - 1];
	struct irm_columns keys = chart->data.columns;
	keys.x = -1;
	irm_chart_caption(chart,
	                  chart->data.share
	                          ? irm_chart_word(chart, "Forecast of the share of reviews")
	                          : irm_chart_word(chart, "Forecast of the number of reviews"),
	                  &keys);
	return IRM_OK;
}

static void share_fan(struct irm_chart *chart, const struct irm_chart *other)
{
	struct fan *fan = chart->own;
	const struct fan *theirs = other->own;
	irm_chart_share(chart, other);
	fan->graph.from = fmin(fan->graph.from, theirs->graph.from);
	fan->graph.to = fmax(fan->graph.to, theirs->graph.to);
}

static enum irm_code plan_fan(struct irm_chart *chart, double width, double *height,
                              struct irm_err *err)
{
	struct fan *fan = chart->own;
	fan->graph.kind = chart->data.share ? IRM_SHARE : IRM_PLAIN;
	fan->graph.along = IRM_DATES;
	fan->graph.least = chart->data.least;
	fan->graph.most = chart->data.most;
	return irm_graph_plan(&fan->graph, chart, width, height, err);
}

static void draw_marks(const struct irm_chart *chart, const double y[], size_t shape, double r,
                       struct irm_rgb colour)
{
	const struct fan *fan = chart->own;
	const struct irm_theme *theme = chart->theme;
	double room = fan->graph.plot.w / (double)fan->n;
	size_t every = (size_t)fmax(1, ceil(theme->line * 5 / room));
	for (size_t i = 0; i < fan->n; i += every) {
		if (isnan(y[i]))
			continue;
		struct irm_point at = irm_graph_at(&fan->graph, fan->x[i], y[i]);
		irm_canvas_mark(chart->canvas, at.x, at.y, r, shape, colour,
		                (struct irm_stroke){ theme->paper, theme->hair, 0 });
	}
}

static void draw_fan(struct irm_chart *chart, struct irm_box area)
{
	struct fan *fan = chart->own;
	struct irm_graph *graph = &fan->graph;
	const struct irm_theme *theme = chart->theme;
	struct irm_rgb colour = theme->slot[1];
	irm_graph_draw(graph, chart, area);
	irm_graph_band(graph, chart, fan->x, fan->y[LO90], fan->y[HI90], fan->n, colour, alpha90);
	irm_graph_band(graph, chart, fan->x, fan->y[LO50], fan->y[HI50], fan->n, colour, alpha50);
	irm_graph_line(graph, chart, fan->x, fan->y[EXPECTED], fan->n,
	               (struct irm_stroke){ colour, theme->line, 0 });
	draw_marks(chart, fan->y[EXPECTED], 0, theme->line * 1.2, colour);
	draw_marks(chart, fan->y[ACTUAL], 3, theme->line * 1.5, theme->ink);
}

const struct irm_kind irm_kind_fan = {
	.name = "fan",
	.summary = "a forecast with its bands, a panel for each cycle and milestone",
	.facets = choose_facets,
	.read = read_fan,
	.share = share_fan,
	.plan = plan_fan,
	.draw = draw_fan,
};
