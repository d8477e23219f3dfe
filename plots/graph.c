#include "plots/graph.h"

#include <math.h>

#include "plots/axis.h"

/* Of ticks below the plot, in multiples of the small text: the labels beside it end above them. */
static const double tick_length = 0.55;

static struct irm_text name_text(const struct irm_chart *chart, double slot)
{
	struct irm_text text = irm_chart_text(chart, "category", IRM_CENTRE, IRM_TOP);
	text.width = slot - chart->theme->gap;
	text.lines = 3;
	return text;
}

/* Whether the categories' labels fit below, of three lines each; on a narrow page they are
 * shortened unless their slots are narrow too. Sets the height of the highest. */
static bool names_fit(const struct irm_graph *graph, const struct irm_chart *chart, double *height)
{
	struct irm_text text = name_text(chart, graph->slot);
	bool whole = true;
	*height = 0;
	for (size_t i = 0; i < graph->names->n; i++) {
		int lines;
		const char *label = graph->names->label[i];
		double w = irm_canvas_measure(chart->canvas, &text, label, &lines).w;
		whole = whole && w <= text.width && lines <= text.lines;
		*height = fmax(*height, irm_canvas_height(chart->canvas, &text, label));
	}
	*height += chart->theme->gap;
	return whole || (!chart->strict && graph->slot >= chart->theme->text * 4);
}

static double half_tick(const struct irm_graph *graph, const struct irm_chart *chart)
{
	struct irm_text tick = irm_chart_text(chart, "tick", IRM_CENTRE, IRM_TOP);
	return irm_axis_width(chart->canvas, &tick, &graph->x) / 2;
}

/* The scale of numbers; that of days ends with the last of them, not with the tick after it. */
static void set_numbers(struct irm_graph *graph, size_t want)
{
	struct irm_scale *x = &graph->x;
	*x = irm_scale_new(graph->from, graph->to, want, graph->along);
	x->lo = fmin(graph->from, x->lo);
	while (graph->along == IRM_DAYS && x->n > 2 && x->tick[x->n - 1] > graph->to)
		x->hi = fmax(graph->to, x->tick[--x->n - 1]);
}

/* Whether the labels of neighbours stay apart in that room. */
static bool ticks_fit(const struct irm_graph *graph, const struct irm_chart *chart, double room)
{
	const struct irm_scale *x = &graph->x;
	if (x->n < 2)
		return true;
	double step = (x->tick[1] - x->tick[0]) / (x->hi - x->lo) * room;
	return step > 2 * half_tick(graph, chart) + chart->theme->gap;
}

/* The scale along the plot, and what its labels take on either side. */
static bool plan_along(struct irm_graph *graph, const struct irm_chart *chart, double width)
{
	const struct irm_theme *theme = chart->theme;
	double room = width - graph->left - graph->end;
	graph->right = graph->end;
	graph->below = theme->small * (1.6 + tick_length);
	if (graph->names) {
		graph->slot = room / (double)graph->names->n;
		return names_fit(graph, chart, &graph->below);
	}
	if (graph->along == IRM_DATES) {
		graph->x =
		        irm_scale_dates(graph->from, graph->to, room / theme->small, &theme->words);
	} else {
		size_t want = (size_t)fmin(fmax(room / (theme->text * 4), 2), 12);
		do
			set_numbers(graph, want);
		while (!ticks_fit(graph, chart, room) && want-- > 2);
		if (!ticks_fit(graph, chart, room))
			return false;
	}
	graph->right = fmax(graph->end, half_tick(graph, chart));
	graph->left = fmax(graph->left, half_tick(graph, chart));
	return width - graph->left - graph->right >= theme->text * 5;
}

enum irm_code irm_graph_plan(struct irm_graph *graph, const struct irm_chart *chart, double width,
                             double *height, struct irm_err *err)
{
	const struct irm_theme *theme = chart->theme;
	size_t want = (size_t)fmin(fmax(*height / (theme->text * 2.6), 2), 8);
	if (graph->whole)
		want = (size_t)fmin((double)want, fmax(graph->most, 2));
	graph->y = irm_scale_from_zero(graph->least, graph->most, want, graph->kind);
	struct irm_text tick = irm_chart_text(chart, "tick", IRM_RIGHT, IRM_MIDDLE);
	graph->left = irm_axis_width(chart->canvas, &tick, &graph->y) + theme->gap;
	if (!plan_along(graph, chart, width) || *height < graph->below + theme->text * 5)
		return irm_chart_too_large(chart, err);
	return IRM_OK;
}

struct irm_point irm_graph_at(const struct irm_graph *graph, double x, double y)
{
	const struct irm_box *plot = &graph->plot;
	double along =
	        graph->names ? (x + 0.5) / (double)graph->names->n : irm_scale_at(&graph->x, x);
	return (struct irm_point){ plot->x + plot->w * along,
		                   plot->y + plot->h * (1 - irm_scale_at(&graph->y, y)) };
}

void irm_graph_draw(struct irm_graph *graph, const struct irm_chart *chart, struct irm_box area)
{
	const struct irm_theme *theme = chart->theme;
	double top = theme->small * 0.6; /* half of the last tick's label */
	graph->plot = (struct irm_box){ area.x + graph->left, area.y + top,
		                        area.w - graph->left - graph->right,
		                        area.h - graph->below - top };
	struct irm_text left = irm_chart_text(chart, "tick", IRM_RIGHT, IRM_MIDDLE);
	struct irm_text below = irm_chart_text(chart, "tick", IRM_CENTRE, IRM_TOP);
	irm_axis_left(chart->canvas, &left, &graph->y, graph->plot);
	if (!graph->names) {
		struct irm_box longer = graph->plot;
		longer.h += theme->small * tick_length;
		irm_axis_below(chart->canvas, &below, &graph->x, longer);
	} else {
		struct irm_text text = name_text(chart, graph->slot);
		for (size_t i = 0; i < graph->names->n; i++)
			irm_canvas_text(chart->canvas, &text, irm_graph_at(graph, (double)i, 0).x,
			                graph->plot.y + graph->plot.h + theme->gap * 0.6,
			                graph->names->label[i]);
	}
	double zero = irm_graph_at(graph, 0, fmax(graph->y.lo, 0)).y;
	irm_canvas_line(chart->canvas, graph->plot.x, zero, graph->plot.x + graph->plot.w, zero,
	                (struct irm_stroke){ theme->axis, theme->hair * 1.5, 0 });
}

/* The end of the run of figures that begins at `from`: before the first NAN. */
static size_t run_end(const double a[], const double b[], size_t from, size_t n)
{
	while (from < n && !isnan(a[from]) && !isnan(b[from]))
		from++;
	return from;
}

void irm_graph_band(const struct irm_graph *graph, struct irm_chart *chart, const double x[],
                    const double lo[], const double hi[], size_t n, struct irm_rgb colour,
                    double alpha)
{
	struct irm_point *edge = irm_arena_alloc(&chart->arena, (2 * n + 1) * sizeof *edge);
	if (!edge)
		return;
	for (size_t from = 0; from < n;) {
		size_t end = run_end(lo, hi, from, n);
		size_t k = 0;
		for (size_t i = from; i < end; i++)
			edge[k++] = irm_graph_at(graph, x[i], hi[i]);
		for (size_t i = end; i-- > from;)
			edge[k++] = irm_graph_at(graph, x[i], lo[i]);
		if (end > from + 1)
			irm_canvas_area(chart->canvas, edge, k, colour, alpha);
		from = end + 1;
	}
}

void irm_graph_line(const struct irm_graph *graph, struct irm_chart *chart, const double x[],
                    const double y[], size_t n, struct irm_stroke stroke)
{
	struct irm_point *point = irm_arena_alloc(&chart->arena, (n + 1) * sizeof *point);
	if (!point)
		return;
	for (size_t from = 0; from < n;) {
		size_t end = run_end(y, y, from, n);
		size_t k = 0;
		for (size_t i = from; i < end; i++)
			point[k++] = irm_graph_at(graph, x[i], y[i]);
		if (k > 1)
			irm_canvas_path(chart->canvas, point, k, stroke);
		from = end + 1;
	}
}
