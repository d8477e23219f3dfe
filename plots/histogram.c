/* Histogram: the days that stages took, those still open apart: they took at least as many. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/graph.h"
#include "plots/panels.h"

static const char *const figures[] = { "days", NULL };

enum { MOST_BINS = 24 };

struct histogram {
	struct irm_graph graph;
	double *days; /* [n] */
	bool *open;   /* [n] */
	size_t n, unknown;
	double last, width; /* of all panels: the most days, a bar's */
	size_t bins;
	const struct histogram *panel[IRM_PANELS]; /* all panels, where there are several */
	size_t n_panels;
	bool any_open;
	char remark[512];
};

/* Panels: the stages, where there are several; or what --group names. */
static void choose_facets(struct irm_chart *chart)
{
	int stage = irm_table_find(chart->whole, "stage");
	if (chart->choice.group) {
		chart->choice.facet[0] = chart->choice.group;
		chart->choice.group = NULL;
	} else if (stage >= 0 && irm_columns_varies(chart->whole, stage)) {
		chart->choice.facet[0] = "stage";
	}
}

/* Chooses the width of bars, in days that people count in, and says it. */
static void settle(struct irm_chart *chart)
{
	const struct irm_words *words = &chart->theme->words;
	struct histogram *histogram = chart->own;
	static const double widths[] = { 1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650 };
	size_t i = 0;
	while (i + 1 < sizeof widths / sizeof widths[0] &&
	       histogram->last + 1 > widths[i] * MOST_BINS)
		i++;
	histogram->width = widths[i];
	while (histogram->last + 1 > histogram->width * MOST_BINS)
		histogram->width *= 10;
	histogram->bins = (size_t)floor(histogram->last / histogram->width) + 1;
	char days[IRM_LABEL_SIZE];
	char wide[256];
	irm_count_label(days, histogram->width, words);
	snprintf(wide, sizeof wide,
	         irm_words_plural(words, "A bar is %s day wide.", "A bar is %s days wide.",
	                          histogram->width),
	         days);
	const char *open =
	        irm_words_text(words, "Hatched: still open when last seen, so at least that long.");
	snprintf(histogram->remark, sizeof histogram->remark, "%s%s%s", wide,
	         histogram->any_open ? words->gap : "", histogram->any_open ? open : "");
}

static enum irm_code read_row(struct irm_chart *chart, size_t row, int event_column,
                              struct irm_err *err)
{
	struct histogram *histogram = chart->own;
	const struct irm_table *table = chart->table;
	double days, event;
	if (irm_data_number(&days, table, row, chart->data.columns.y, err) ||
	    irm_data_number(&event, table, row, event_column, err))
		return err->code;
	if (days < 0)
		return irm_err_at(err, irm_table_file(table), irm_table_line(table, row),
		                  chart->data.columns.y + 1L, "expected days of 0 or more");
	if (isnan(days) || isnan(event)) {
		histogram->unknown++;
		return IRM_OK;
	}
	histogram->days[histogram->n] = days;
	histogram->open[histogram->n++] = event == 0;
	histogram->any_open |= event == 0;
	histogram->last = fmax(histogram->last, days);
	return IRM_OK;
}

static enum irm_code find_columns(struct irm_chart *chart, size_t *event, struct irm_err *err)
{
	struct irm_column_choice choice = chart->choice;
	choice.x = "event"; /* not drawn: its place is taken, so that no key is */
	if (irm_table_need(event, chart->whole, "event", err)) {
		irm_err_hint(err, "histogram draws the table of irm-delays --each");
		return err->code;
	}
	if (chart->choice.x)
		return irm_err_set(err, IRM_USAGE, "--x: days are on the axis; --y names them");
	return irm_columns_find(&chart->data.columns, chart->whole, figures, &choice, err);
}

static struct irm_look done_look(const struct irm_chart *chart)
{
	return (struct irm_look){ .colour = chart->theme->slot[1] };
}

static struct irm_look open_look(const struct irm_chart *chart)
{
	return (struct irm_look){ .colour = chart->theme->ink, .hatch = 1, .pale = true };
}

/* The open ones come last: they are left out where no panel has any. */
static enum irm_code make_legend(struct irm_chart *chart, struct irm_err *err)
{
	const struct histogram *histogram = chart->own;
	struct irm_legend_entry *entry = irm_arena_alloc(&chart->arena, 3 * sizeof *entry);
	size_t n = 0;
	if (!entry)
		return irm_err_memory(err);
	entry[n++] = (struct irm_legend_entry){ irm_chart_word(chart, "Done"), done_look(chart),
		                                IRM_SAMPLE_FILL };
	if (!isnan(chart->request->limit) && irm_chart_limit(chart, &entry[n++], err))
		return err->code;
	entry[n] = (struct irm_legend_entry){ irm_chart_word(chart, "Open so far"),
		                              open_look(chart), IRM_SAMPLE_FILL };
	chart->legend = (struct irm_legend){ entry, n + histogram->any_open };
	return IRM_OK;
}

static void set_n(struct irm_chart *chart)
{
	const struct histogram *histogram = chart->own;
	char count[IRM_LABEL_SIZE];
	char unknown[IRM_LABEL_SIZE];
	const struct irm_words *words = &chart->theme->words;
	irm_n_label(chart->n, (double)histogram->n, (double)histogram->n, words);
	if (!histogram->unknown)
		return;
	irm_count_label(count, (double)histogram->n, words);
	irm_count_label(unknown, (double)histogram->unknown, words);
	snprintf(chart->n, sizeof chart->n, irm_words_text(words, "n = %s, and %s unknown"), count,
	         unknown);
}

static enum irm_code read_histogram(struct irm_chart *chart, struct irm_err *err)
{
	size_t rows = irm_table_rows(chart->table);
	struct histogram *histogram = irm_arena_alloc(&chart->arena, sizeof *histogram);
	size_t event = 0;
	if (!histogram)
		return irm_err_memory(err);
	chart->own = histogram;
	histogram->days = irm_arena_alloc(&chart->arena, rows * sizeof *histogram->days);
	histogram->open = irm_arena_alloc(&chart->arena, rows * sizeof *histogram->open);
	if (!histogram->days || !histogram->open)
		return irm_err_memory(err);
	if (find_columns(chart, &event, err))
		return err->code;
	for (size_t i = 0; i < rows; i++)
		if (read_row(chart, i, (int)event, err))
			return err->code;
	bool any = false; /* known days, in any panel */
	for (size_t i = 0; i < irm_table_rows(chart->whole) && !any; i++)
		any = *irm_table_text(chart->whole, i, (size_t)chart->data.columns.y) &&
		      *irm_table_text(chart->whole, i, event);
	if (!any)
		return irm_err_at(err, irm_table_file(chart->whole), 0, 0,
		                  "no row has known days: nothing to draw");
	settle(chart);
	chart->remark = histogram->remark;
	if (make_legend(chart, err))
		return err->code;
	chart->data.x.n = rows;
	chart->data.group.n = 1;
	set_n(chart);
	struct irm_columns keys = chart->data.columns;
	keys.x = keys.group = -1;
	irm_chart_caption(chart, irm_chart_word(chart, "Days from beginning to end"), &keys);
	return IRM_OK;
}

static void share_histogram(struct irm_chart *chart, const struct irm_chart *other)
{
	struct histogram *histogram = chart->own;
	const struct histogram *theirs = other->own;
	histogram->panel[histogram->n_panels++] = theirs;
	histogram->last = fmax(histogram->last, theirs->last);
	chart->legend.n += theirs->any_open && !histogram->any_open;
	histogram->any_open |= theirs->any_open;
	settle(chart);
}

/* How many a bar counts: all, or those that are open. */
static double count(const struct histogram *of, const struct histogram *bins, size_t bin,
                    bool open_only)
{
	double n = 0;
	for (size_t i = 0; i < of->n; i++)
		n += (of->open[i] || !open_only) && (size_t)floor(of->days[i] / bins->width) == bin;
	return n;
}

static double highest(const struct histogram *of, const struct histogram *bins)
{
	double most = 0;
	for (size_t bin = 0; bin < bins->bins; bin++)
		most = fmax(most, count(of, bins, bin, false));
	return most;
}

static enum irm_code plan_histogram(struct irm_chart *chart, double width, double *height,
                                    struct irm_err *err)
{
	struct histogram *histogram = chart->own;
	double limit = chart->request->limit;
	histogram->graph.along = IRM_DAYS;
	histogram->graph.kind = IRM_PLAIN;
	histogram->graph.to = (double)histogram->bins * histogram->width;
	if (!isnan(limit))
		histogram->graph.to = fmax(histogram->graph.to, limit);
	histogram->graph.whole = true;
	histogram->graph.most = fmax(2, highest(histogram, histogram));
	for (size_t k = 0; k < histogram->n_panels; k++)
		histogram->graph.most =
		        fmax(histogram->graph.most, highest(histogram->panel[k], histogram));
	return irm_graph_plan(&histogram->graph, chart, width, height, err);
}

static void draw_bin(const struct irm_chart *chart, size_t bin)
{
	const struct histogram *histogram = chart->own;
	const struct irm_graph *graph = &histogram->graph;
	struct irm_look done = done_look(chart);
	struct irm_look open = open_look(chart);
	double n_open = count(histogram, histogram, bin, true);
	double n_done = count(histogram, histogram, bin, false) - n_open;
	double seam = chart->theme->hair;
	struct irm_point foot = irm_graph_at(graph, (double)bin * histogram->width, 0);
	struct irm_point top = irm_graph_at(graph, (double)(bin + 1) * histogram->width, n_done);
	struct irm_point over = irm_graph_at(graph, 0, n_done + n_open);
	struct irm_box box = { foot.x + seam / 2, top.y, top.x - foot.x - seam, foot.y - top.y };
	if (n_done > 0)
		irm_look_fill(chart->canvas, box, &done);
	box.y = over.y;
	box.h = top.y - over.y;
	if (n_open > 0)
		irm_look_fill(chart->canvas, box, &open);
}

static void draw_histogram(struct irm_chart *chart, struct irm_box area)
{
	struct histogram *histogram = chart->own;
	const struct irm_theme *theme = chart->theme;
	double limit = chart->request->limit;
	irm_graph_draw(&histogram->graph, chart, area);
	for (size_t bin = 0; bin < histogram->bins; bin++)
		draw_bin(chart, bin);
	if (isnan(limit))
		return;
	const struct irm_box *plot = &histogram->graph.plot;
	double x = irm_graph_at(&histogram->graph, limit, 0).x;
	irm_canvas_line(chart->canvas, x, plot->y, x, plot->y + plot->h,
	                (struct irm_stroke){ theme->ink, theme->line * 0.6, 6 });
}

const struct irm_kind irm_kind_histogram = {
	.name = "histogram",
	.summary = "the days that stages took, the open ones apart",
	.takes = IRM_TAKES_LIMIT,
	.facets = choose_facets,
	.read = read_histogram,
	.share = share_histogram,
	.plan = plan_histogram,
	.draw = draw_histogram,
};
