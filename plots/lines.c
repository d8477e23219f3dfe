/* Lines: figures over time, or along another key, by group, with their limits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "plots/graph.h"

static const char *const figures[] = {
	"rate",     "median",    "on_time_rate", "addressed_rate", "share", "reviews",  "reached",
	"findings", "with_need", "rmean",        "count",          "value", "expected", "events",
	"n",        NULL
};

/* A category's place along the axis. */
struct place {
	double x;
	size_t level;
};

struct lines {
	struct irm_graph graph;
	double *x;                    /* [n] ascending */
	double *value, *lo, *hi, *of; /* [groups × n], n runs faster; `of` is each figure's n */
	size_t n;
};

/* What is on the axis: a key of time where one has several values, else the first key. */
static const char *choose_x(const struct irm_chart *chart)
{
	static const char *const times[] = { "as_of", "date", "year", "time" };
	if (chart->choice.x)
		return chart->choice.x;
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
		int column = irm_table_find(chart->whole, times[i]);
		bool taken = chart->choice.group && !strcmp(chart->choice.group, times[i]);
		for (int f = 0; f < IRM_FACETS && chart->choice.facet[f]; f++)
			taken |= !strcmp(chart->choice.facet[f], times[i]);
		if (column >= 0 && !taken && irm_columns_varies(chart->whole, column))
			return times[i];
	}
	return NULL;
}

/* A code as a day (years are their first), or as a number; false: it is neither. */
static bool place_of(double *out, const char *column, const char *code, bool days)
{
	struct irm_err ignored;
	int32_t day;
	if (days && !irm_day_parse(&day, code, &ignored)) {
		*out = day;
		return true;
	}
	if (irm_number_parse(out, code, &ignored) || fabs(*out) > IRM_DATA_MOST)
		return false;
	if (!days)
		return true;
	bool year = !strcmp(column, "year") && *out >= 1 && *out <= 9999 && *out == floor(*out);
	*out = year ? irm_day_from_civil((int)*out, 1, 1) : *out;
	return year;
}

/* Places all categories on a scale of that kind; false where one is neither day nor number. */
static bool place_all(const struct irm_chart *chart, struct place place[], bool days)
{
	const struct irm_levels *x = &chart->data.x;
	const char *column = irm_table_name(chart->whole, (size_t)x->column);
	for (size_t i = 0; i < x->n; i++) {
		place[i].level = i;
		if (!place_of(&place[i].x, column, x->code[i], days))
			return false;
	}
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	if (x->x != y->x)
		return x->x < y->x ? -1 : 1;
	return x->level < y->level ? -1 : x->level > y->level;
}

static void find_places(struct irm_chart *chart, struct place place[])
{
	struct lines *lines = chart->own;
	struct irm_levels *x = &chart->data.x;
	if (place_all(chart, place, true)) {
		lines->graph.along = IRM_DATES;
	} else if (place_all(chart, place, false)) {
		lines->graph.along = IRM_PLAIN;
	} else {
		lines->graph.names = x;
		for (size_t i = 0; i < x->n; i++)
			place[i] = (struct place){ (double)i, i };
	}
	qsort(place, x->n, sizeof *place, by_place);
	lines->graph.from = place[0].x;
	lines->graph.to = place[x->n - 1].x;
}

/* Puts the categories into the order of the axis, for all who look at them. */
static enum irm_code sort_data(struct irm_chart *chart, struct place place[], struct irm_err *err)
{
	struct irm_data *data = &chart->data;
	struct irm_levels *x = &data->x;
	size_t groups = data->group.n;
	const char **code = irm_arena_alloc(&chart->arena, x->n * sizeof *code);
	const char **label = irm_arena_alloc(&chart->arena, x->n * sizeof *label);
	struct irm_cell *cell = irm_arena_alloc(&chart->arena, x->n * groups * sizeof *cell);
	if (!code || !label || !cell)
		return irm_err_memory(err);
	for (size_t i = 0; i < x->n; i++) {
		size_t from = place[i].level;
		code[i] = x->code[from];
		label[i] = x->label ? x->label[from] : NULL;
		memcpy(cell + i * groups, irm_data_cell(data, from, 0), groups * sizeof *cell);
		place[i].level = i;
	}
	x->code = code;
	x->label = x->label ? label : NULL;
	data->cell = cell;
	return IRM_OK;
}

/* Copies the figures in the order of the axis. */
static enum irm_code arrange(struct irm_chart *chart, struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	size_t n = data->x.n;
	size_t all = n * data->group.n;
	struct lines *lines = irm_arena_alloc(&chart->arena, sizeof *lines);
	struct place *place = irm_arena_alloc(&chart->arena, n * sizeof *place);
	double *room = irm_arena_alloc(&chart->arena, (n + 4 * all) * sizeof *room);
	if (!lines || !place || !room)
		return irm_err_memory(err);
	chart->own = lines;
	lines->n = n;
	lines->x = room;
	lines->value = room + n;
	lines->lo = lines->value + all;
	lines->hi = lines->lo + all;
	lines->of = lines->hi + all;
	find_places(chart, place);
	if (sort_data(chart, place, err))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		lines->x[i] = place[i].x;
		for (size_t g = 0; g < data->group.n; g++) {
			const struct irm_cell *cell = irm_data_cell(data, place[i].level, g);
			lines->value[g * n + i] = cell->value;
			lines->lo[g * n + i] = cell->lo;
			lines->hi[g * n + i] = cell->hi;
			lines->of[g * n + i] = cell->n;
		}
	}
	return IRM_OK;
}

static bool is_few(const struct irm_chart *chart, size_t at)
{
	const struct lines *lines = chart->own;
	return chart->data.share && lines->of[at] < 5;
}

static enum irm_code set_remark(struct irm_chart *chart, struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	const char *const parts[] = {
		data->limits ? irm_chart_word(chart, "Bands show confidence limits.") : NULL,
		irm_data_few(data) ? irm_chart_word(chart, "Hollow: of fewer than 5.") : NULL,
		data->empty && data->suppressed
		        ? irm_chart_word(chart, "Gaps: no figure, or suppressed.")
		: data->empty      ? irm_chart_word(chart, "Gaps: no figure.")
		: data->suppressed ? irm_chart_word(chart, "Gaps: suppressed, too few to be shown.")
		                   : NULL,
	};
	return irm_chart_remark(chart, parts, sizeof parts / sizeof parts[0], err);
}

static enum irm_code read_lines(struct irm_chart *chart, struct irm_err *err)
{
	struct irm_columns columns;
	struct irm_column_choice choice = chart->choice;
	struct irm_data *data = &chart->data;
	char figure[IRM_TITLE_SIZE];
	choice.x = choose_x(chart);
	if (irm_columns_find(&columns, chart->whole, figures, &choice, err) ||
	    irm_data_read(data, &chart->arena, chart->table, &columns, 2000, 10, err) ||
	    irm_chart_labels(chart, &data->x, err) || irm_chart_labels(chart, &data->group, err) ||
	    irm_chart_legend(chart, &data->group, IRM_SAMPLE_LINE, err) || arrange(chart, err))
		return err->code;
	if (!isnan(chart->request->limit) && !columns.days)
		return irm_err_set(err, IRM_USAGE, "--limit is for days: column '%s' has none",
		                   irm_table_name(chart->whole, (size_t)columns.y));
	irm_chart_title(figure, chart, columns.y);
	irm_chart_caption(chart, figure, &columns);
	irm_data_n(chart->n, data, chart->table, &chart->theme->words);
	return set_remark(chart, err);
}

static void share_lines(struct irm_chart *chart, const struct irm_chart *other)
{
	struct irm_graph *graph = &((struct lines *)chart->own)->graph;
	const struct irm_graph *theirs = &((const struct lines *)other->own)->graph;
	irm_chart_share(chart, other);
	if (graph->names || theirs->names || graph->along != theirs->along)
		return;
	graph->from = fmin(graph->from, theirs->from);
	graph->to = fmax(graph->to, theirs->to);
}

/* A group's figure at the end of the axis; NAN where it has none there: an older one would pass for
 * it. */
static double last_of(const struct lines *lines, size_t group)
{
	return lines->value[group * lines->n + lines->n - 1];
}

static void end_label(char out[IRM_LABEL_SIZE], const struct irm_chart *chart, size_t group)
{
	const struct lines *lines = chart->own;
	double last = last_of(lines, group);
	out[0] = '\0';
	if (!isnan(last))
		irm_value_label(out, last, lines->graph.kind, &chart->theme->words);
}

/* From the end of the plot to the labels: past the last mark, and a mark of their own where there
 * are several lines. */
static double label_left(const struct irm_chart *chart)
{
	return chart->theme->line * (chart->data.group.n > 1 ? 6.5 : 2.5);
}

static double widest_end(const struct irm_chart *chart)
{
	struct irm_text text = irm_chart_text(chart, "value", IRM_LEFT, IRM_MIDDLE);
	double widest = 0;
	for (size_t g = 0; g < chart->data.group.n; g++) {
		char label[IRM_LABEL_SIZE];
		end_label(label, chart, g);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, label, NULL).w);
	}
	return widest + label_left(chart);
}

static enum irm_code plan_lines(struct irm_chart *chart, double width, double *height,
                                struct irm_err *err)
{
	struct lines *lines = chart->own;
	double limit = chart->request->limit;
	lines->graph.kind = chart->data.share ? IRM_SHARE : IRM_PLAIN;
	lines->graph.least = chart->data.least;
	lines->graph.most = isnan(limit) ? chart->data.most : fmax(chart->data.most, limit);
	lines->graph.end = widest_end(chart);
	return irm_graph_plan(&lines->graph, chart, width, height, err);
}

static void draw_marks(const struct irm_chart *chart, size_t group)
{
	const struct lines *lines = chart->own;
	const struct irm_theme *theme = chart->theme;
	struct irm_look look = irm_chart_look(chart, &chart->data.group, group);
	double apart = lines->graph.plot.w / (double)lines->n;
	size_t every = (size_t)fmax(1, ceil(theme->line * 6 / apart));
	for (size_t i = 0; i < lines->n; i++) {
		size_t at = group * lines->n + i;
		bool few = is_few(chart, at);
		/* all lines have marks at places of their own where there are too many */
		if (isnan(lines->value[at]) || (i % every != group % every && !few))
			continue;
		struct irm_point point = irm_graph_at(&lines->graph, lines->x[i], lines->value[at]);
		irm_canvas_mark(chart->canvas, point.x, point.y, theme->line * 1.6, look.mark,
		                few ? theme->paper : look.colour,
		                (struct irm_stroke){ few ? look.colour : theme->paper,
		                                     theme->hair * (few ? 2 : 1), 0 });
	}
}

/* A label at the end of a line: where it wants to be, and is put. */
struct end {
	double y;
	size_t group;
};

static int by_height(const void *a, const void *b)
{
	const struct end *x = a;
	const struct end *y = b;
	if (x->y != y->y)
		return x->y < y->y ? -1 : 1;
	return x->group < y->group ? -1 : x->group > y->group;
}

/* Moves labels apart, down and then up from the foot of the plot. */
static void spread(struct end end[], size_t n, double step, double bottom)
{
	for (size_t i = 1; i < n; i++)
		end[i].y = fmax(end[i].y, end[i - 1].y + step);
	for (size_t i = n; i-- > 0;)
		end[i].y = fmin(end[i].y, i + 1 == n ? bottom : end[i + 1].y - step);
}

/* The last figures, right of the plot, each with its mark; none where they do not fit. */
static void draw_ends(const struct irm_chart *chart)
{
	const struct lines *lines = chart->own;
	const struct irm_box *plot = &lines->graph.plot;
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = irm_chart_text(chart, "value", IRM_LEFT, IRM_MIDDLE);
	struct end end[16];
	size_t n = 0;
	for (size_t g = 0; g < chart->data.group.n && n < 16; g++) {
		double value = last_of(lines, g);
		if (isnan(value))
			continue;
		end[n++] = (struct end){ irm_graph_at(&lines->graph, 0, value).y, g };
	}
	if ((double)n * theme->small * 1.25 > plot->h)
		return;
	qsort(end, n, sizeof *end, by_height);
	spread(end, n, theme->small * 1.25, plot->y + plot->h);
	for (size_t i = 0; i < n; i++) {
		char label[IRM_LABEL_SIZE];
		end_label(label, chart, end[i].group);
		if (chart->data.group.n > 1) {
			struct irm_look look =
			        irm_chart_look(chart, &chart->data.group, end[i].group);
			irm_canvas_mark(chart->canvas, plot->x + plot->w + theme->line * 4.5,
			                end[i].y, theme->line * 1.4, look.mark, look.colour,
			                (struct irm_stroke){ theme->paper, theme->hair, 0 });
		}
		irm_canvas_text(chart->canvas, &text, plot->x + plot->w + label_left(chart),
		                end[i].y, label);
	}
}

static void draw_lines(struct irm_chart *chart, struct irm_box area)
{
	struct lines *lines = chart->own;
	struct irm_graph *graph = &lines->graph;
	size_t groups = chart->data.group.n;
	irm_graph_draw(graph, chart, area);
	for (size_t g = 0; g < groups; g++) {
		struct irm_look look = irm_chart_look(chart, &chart->data.group, g);
		size_t at = g * lines->n;
		irm_graph_band(graph, chart, lines->x, lines->lo + at, lines->hi + at, lines->n,
		               look.colour, groups > 3 ? 0.09 : 0.16);
	}
	double limit = chart->request->limit;
	if (!isnan(limit)) {
		double y = irm_graph_at(graph, 0, limit).y;
		irm_canvas_line(
		        chart->canvas, graph->plot.x, y, graph->plot.x + graph->plot.w, y,
		        (struct irm_stroke){ chart->theme->ink, chart->theme->line * 0.6, 6 });
	}
	for (size_t g = 0; g < groups; g++) {
		struct irm_look look = irm_chart_look(chart, &chart->data.group, g);
		irm_graph_line(graph, chart, lines->x, lines->value + g * lines->n, lines->n,
		               (struct irm_stroke){ look.colour, chart->theme->line, look.dash });
	}
	for (size_t g = 0; g < groups; g++)
		draw_marks(chart, g);
	draw_ends(chart);
}

const struct irm_kind irm_kind_lines = {
	.name = "lines",
	.summary = "figures over time, by group, with their limits",
	.takes = IRM_TAKES_LIMIT | IRM_TAKES_LIMITS,
	.read = read_lines,
	.share = share_lines,
	.plan = plan_lines,
	.draw = draw_lines,
};
