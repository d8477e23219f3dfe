/* Steps: survival curves with limits, censoring marks and the numbers at risk. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/axis.h"
#include "plots/kind.h"

static const char *const figures[] = { "survival", NULL };

struct step {
	double time, survival, lo, hi, at_risk, censored;
};

struct curve {
	struct step *step; /* [n] by time */
	size_t n;
};

struct steps {
	struct curve *curve; /* [group.n] */
	struct irm_scale x, y;
	bool at_risk; /* the table tells it */
	bool limits, marks;
	double last;  /* the last day, of all panels */
	double left;  /* room left of the plot */
	double below; /* room below: ticks and numbers at risk */
	double row;   /* of the numbers at risk */
	bool years;   /* ticks tell years in a second line */
	struct irm_box plot;
};

struct step_columns {
	int time, at_risk, censored;
};

static enum irm_code check_step(const struct irm_chart *chart, const struct curve *curve,
                                const struct step *step, size_t row, int time, struct irm_err *err)
{
	const char *file = irm_table_file(chart->table);
	long line = irm_table_line(chart->table, row);
	if (isnan(step->time) || step->time < 0)
		return irm_err_at(err, file, line, time + 1L, "expected days of 0 or more");
	if (curve->n && step->time <= curve->step[curve->n - 1].time) {
		irm_err_at(err, file, line, time + 1L,
		           "days do not go up within a curve: a row of another curve, or unsorted");
		irm_err_hint(err, "--group names the column that tells curves apart");
		return err->code;
	}
	if (step->survival < 0 || step->survival > 1)
		return irm_err_at(err, file, line, chart->data.columns.y + 1L,
		                  "expected a share from 0 to 1");
	return IRM_OK;
}

static enum irm_code read_step(struct irm_chart *chart, struct curve *curve, size_t row,
                               const struct step_columns *own, struct irm_err *err)
{
	const struct irm_columns *c = &chart->data.columns;
	const struct irm_table *table = chart->table;
	struct steps *steps = chart->own;
	struct step *step = &curve->step[curve->n];
	if (irm_data_number(&step->time, table, row, own->time, err) ||
	    irm_data_number(&step->survival, table, row, c->y, err) ||
	    irm_data_number(&step->lo, table, row, c->lo, err) ||
	    irm_data_number(&step->hi, table, row, c->hi, err) ||
	    irm_data_number(&step->at_risk, table, row, own->at_risk, err) ||
	    irm_data_number(&step->censored, table, row, own->censored, err) ||
	    check_step(chart, curve, step, row, own->time, err))
		return err->code;
	if (isnan(step->survival))
		return IRM_OK; /* not drawn */
	if (isnan(step->lo) || isnan(step->hi))
		step->lo = step->hi = (double)NAN;
	else
		steps->limits = true;
	steps->marks |= step->censored > 0;
	curve->n++;
	return IRM_OK;
}

/* Room for each curve's steps: as many as the table has rows of it. */
static enum irm_code make_curves(struct irm_chart *chart, const size_t index[], struct irm_err *err)
{
	struct steps *steps = chart->own;
	size_t groups = chart->data.group.n;
	steps->curve = irm_arena_alloc(&chart->arena, groups * sizeof *steps->curve);
	if (!steps->curve)
		return irm_err_memory(err);
	for (size_t i = 0; i < irm_table_rows(chart->table); i++)
		steps->curve[index[i]].n++;
	for (size_t g = 0; g < groups; g++) {
		struct curve *curve = &steps->curve[g];
		curve->step = irm_arena_alloc(&chart->arena, (curve->n + 1) * sizeof *curve->step);
		if (!curve->step)
			return irm_err_memory(err);
		curve->n = 0;
	}
	return IRM_OK;
}

static enum irm_code read_curves(struct irm_chart *chart, const struct step_columns *own,
                                 struct irm_err *err)
{
	struct irm_levels *group = &chart->data.group;
	size_t rows = irm_table_rows(chart->table);
	struct steps *steps = irm_arena_alloc(&chart->arena, sizeof *steps);
	size_t *index = irm_arena_alloc(&chart->arena, rows * sizeof *index);
	if (!steps || !index)
		return irm_err_memory(err);
	chart->own = steps;
	chart->data.x.n = 1;
	steps->at_risk = own->at_risk >= 0;
	if (irm_levels_read(group, index, &chart->arena, chart->table, chart->data.columns.group,
	                    10, err) ||
	    make_curves(chart, index, err))
		return err->code;
	for (size_t i = 0; i < rows; i++)
		if (read_step(chart, &steps->curve[index[i]], i, own, err))
			return err->code;
	return IRM_OK;
}

/* Columns of curves: x is the time, and the group is the first key. */
static enum irm_code find_columns(struct irm_chart *chart, struct step_columns *own,
                                  struct irm_err *err)
{
	const struct irm_column_choice *choice = &chart->choice;
	struct irm_columns *columns = &chart->data.columns;
	struct irm_column_choice mine = *choice;
	mine.x = choice->x ? choice->x : "time";
	if (irm_table_find(chart->table, mine.x) < 0 && !choice->x) {
		irm_err_at(err, irm_table_file(chart->table), 1, 0,
		           "no column 'time': steps draws the table of irm-survival --curve");
		irm_err_hint(err, "--x names another column");
		return err->code;
	}
	if (irm_columns_find(columns, chart->whole, figures, &mine, err))
		return err->code;
	own->time = columns->x;
	own->at_risk = irm_table_find(chart->table, "at_risk");
	own->censored = irm_table_find(chart->table, "censored");
	return IRM_OK;
}

/* n is what was at risk on the first day, of all curves but one of `all` beside others. */
static void count_n(struct irm_chart *chart)
{
	const struct steps *steps = chart->own;
	const struct irm_levels *group = &chart->data.group;
	double n = 0;
	for (size_t g = 0; g < group->n; g++)
		if (steps->curve[g].n && (group->n == 1 || strcmp(group->code[g], "all") != 0))
			n += steps->curve[g].step[0].at_risk;
	if (!steps->at_risk || isnan(n) || !(n > 0))
		return;
	irm_n_label(chart->n, n, n, &chart->theme->words);
}

static enum irm_code set_remark(struct irm_chart *chart, struct irm_err *err)
{
	const struct steps *steps = chart->own;
	const char *const parts[] = {
		steps->limits ? irm_chart_word(chart, "Bands show confidence limits.") : NULL,
		steps->marks ? irm_chart_word(chart, "Small upright strokes: reviews still open, "
		                                     "observed until that day.")
		             : NULL,
	};
	return irm_chart_remark(chart, parts, sizeof parts / sizeof parts[0], err);
}

static double last_day(const struct irm_chart *chart)
{
	const struct steps *steps = chart->own;
	double last = 1;
	for (size_t g = 0; g < chart->data.group.n; g++)
		if (steps->curve[g].n)
			last = fmax(last, steps->curve[g].step[steps->curve[g].n - 1].time);
	return last;
}

static enum irm_code read_steps(struct irm_chart *chart, struct irm_err *err)
{
	struct step_columns own = { -1, -1, -1 };
	if (find_columns(chart, &own, err) || read_curves(chart, &own, err) ||
	    irm_chart_labels(chart, &chart->data.group, err) ||
	    irm_chart_legend(chart, &chart->data.group, IRM_SAMPLE_LINE, err))
		return err->code;
	irm_chart_caption(chart,
	                  chart->request->rising ? irm_chart_word(chart, "Share done")
	                                         : irm_chart_word(chart, "Share still open"),
	                  &chart->data.columns);
	count_n(chart);
	struct steps *steps = chart->own;
	steps->last = last_day(chart);
	return set_remark(chart, err);
}

static void share_steps(struct irm_chart *chart, const struct irm_chart *other)
{
	struct steps *steps = chart->own;
	const struct steps *theirs = other->own;
	steps->last = fmax(steps->last, theirs->last);
}

/* The scale of days; it ends with the last day, not with the tick after it. */
static void set_days(struct irm_chart *chart, double width)
{
	struct steps *steps = chart->own;
	double last = steps->last;
	double limit = chart->request->limit;
	if (!isnan(limit))
		last = fmax(last, limit * 1.02);
	size_t want = (size_t)fmax(2, fmin(width / (chart->theme->text * 4.2), 12));
	steps->x = irm_scale_new(0, last, want, IRM_DAYS);
	while (steps->x.n > 2 && steps->x.tick[steps->x.n - 1] > last)
		steps->x.n--;
	steps->x.hi = fmax(last, steps->x.tick[steps->x.n - 1]);
	double step = steps->x.tick[1];
	steps->years = step >= 365 && fmod(step, 365) == 0;
}

/* How many are still observed and open on a day. */
static double at_risk_on(const struct curve *curve, double day)
{
	for (size_t i = 0; i < curve->n; i++)
		if (curve->step[i].time >= day)
			return curve->step[i].at_risk;
	return 0;
}

/* Half of the widest number at risk on the first day, and some room. */
static double widest_count(const struct irm_chart *chart)
{
	const struct steps *steps = chart->own;
	struct irm_text text = irm_chart_text(chart, "risk", IRM_CENTRE, IRM_MIDDLE);
	double widest = 0;
	for (size_t g = 0; g < chart->data.group.n; g++) {
		char count[IRM_LABEL_SIZE];
		irm_value_label(count, at_risk_on(&steps->curve[g], 0), IRM_PLAIN,
		                &chart->theme->words);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, count, NULL).w);
	}
	return widest / 2 + chart->theme->gap;
}

static const char *risk_head(const struct irm_chart *chart)
{
	return irm_chart_word(chart, "Still open and observed on that day");
}

static enum irm_code plan_steps(struct irm_chart *chart, double width, double *height,
                                struct irm_err *err)
{
	struct steps *steps = chart->own;
	const struct irm_theme *theme = chart->theme;
	steps->y = irm_scale_new(0, 1, 5, IRM_SHARE);
	struct irm_text tick = irm_chart_text(chart, "tick", IRM_RIGHT, IRM_MIDDLE);
	steps->left = irm_axis_width(chart->canvas, &tick, &steps->y) + theme->gap;
	if (steps->at_risk)
		steps->left = fmax(steps->left, theme->text * 1.8 + widest_count(chart));
	set_days(chart, width - steps->left);
	steps->row = theme->small * 1.3;
	steps->below = theme->small * (steps->years ? 2.9 : 1.5);
	double risk_rows = theme->gap + steps->row * (double)(chart->data.group.n + 1);
	/* curves that can be read come before the numbers of those at risk */
	if (!theme->grows && *height < steps->below + risk_rows + theme->text * 6)
		steps->at_risk = false;
	if (steps->at_risk)
		steps->below += risk_rows;

	struct irm_text risk = irm_chart_text(chart, "risk", IRM_LEFT, IRM_MIDDLE);
	if (steps->at_risk &&
	    irm_canvas_measure(chart->canvas, &risk, risk_head(chart), NULL).w > width)
		return irm_chart_too_large(chart, err);
	if (theme->grows)
		*height = fmax(*height, steps->below + theme->text * 14);
	else if (*height < steps->below + theme->text * 6)
		return irm_chart_too_large(chart, err);
	return IRM_OK;
}

static double at_x(const struct steps *steps, double time)
{
	return steps->plot.x + steps->plot.w * irm_scale_at(&steps->x, time);
}

static double at_y(const struct irm_chart *chart, double share)
{
	const struct steps *steps = chart->own;
	double up = chart->request->rising ? 1 - share : share;
	return steps->plot.y + steps->plot.h * (1 - irm_scale_at(&steps->y, up));
}

/* The band as far as there are limits; before the first step both are 1. A step without limits
 * keeps those before it, but the band ends where none follow. */
static void draw_band(struct irm_chart *chart, const struct curve *curve,
                      const struct irm_look *look)
{
	const struct steps *steps = chart->own;
	size_t last = curve->n; /* steps up to the last that has limits */
	while (last && isnan(curve->step[last - 1].lo))
		last--;
	size_t most = 2 * last + 2;
	struct irm_point *edge = irm_arena_alloc(&chart->arena, 2 * most * sizeof *edge);
	if (!edge || !last)
		return;
	double hi = 1;
	double lo = 1;
	size_t n = 0;
	for (size_t i = 0; i <= last; i++) {
		bool end = i == last; /* a step without limits, or the end of the curve */
		if (end && last == curve->n)
			break;
		double x = at_x(steps, curve->step[i].time);
		edge[n] = (struct irm_point){ x, at_y(chart, hi) };
		edge[2 * most - ++n] = (struct irm_point){ x, at_y(chart, lo) };
		if (end)
			break;
		if (!isnan(curve->step[i].lo)) {
			hi = curve->step[i].hi;
			lo = curve->step[i].lo;
		}
		edge[n] = (struct irm_point){ x, at_y(chart, hi) };
		edge[2 * most - ++n] = (struct irm_point){ x, at_y(chart, lo) };
	}
	memmove(edge + n, edge + 2 * most - n, n * sizeof *edge);
	irm_canvas_area(chart->canvas, edge, 2 * n, look->colour,
	                chart->data.group.n > 3 ? 0.09 : 0.16);
}

static void draw_curve(struct irm_chart *chart, const struct curve *curve,
                       const struct irm_look *look)
{
	const struct steps *steps = chart->own;
	struct irm_point *points =
	        irm_arena_alloc(&chart->arena, (curve->n * 2 + 1) * sizeof *points);
	size_t n = 0;
	double before = 1;
	if (!points)
		return;
	points[n++] = (struct irm_point){ at_x(steps, 0), at_y(chart, 1) };
	for (size_t i = 0; i < curve->n; i++) {
		double x = at_x(steps, curve->step[i].time);
		points[n++] = (struct irm_point){ x, at_y(chart, before) };
		points[n++] = (struct irm_point){ x, at_y(chart, curve->step[i].survival) };
		before = curve->step[i].survival;
	}
	irm_canvas_path(chart->canvas, points, n,
	                (struct irm_stroke){ look->colour, chart->theme->line, look->dash });
}

/* The curve's own marks, a sixth of the plot apart; other curves' lie beside them. */
static void draw_signs(struct irm_chart *chart, const struct curve *curve,
                       const struct irm_look *look, size_t which)
{
	const struct steps *steps = chart->own;
	const struct irm_theme *theme = chart->theme;
	struct irm_stroke edge = { theme->paper, theme->hair, 0 };
	double before = 1;
	int n = 0; /* drawn so far */
	for (size_t i = 0; i < curve->n; i++) {
		double end = at_x(steps, curve->step[i].time);
		for (; n < 6; n++) {
			double share = (n + 0.35 + 0.12 * (double)which) / 6;
			double x = steps->plot.x + steps->plot.w * share;
			if (x >= end)
				break;
			irm_canvas_mark(chart->canvas, x, at_y(chart, before), theme->line * 1.7,
			                look->mark, look->colour, edge);
		}
		before = curve->step[i].survival;
	}
}

/* Strokes where reviews were cut off. */
static void draw_censored(struct irm_chart *chart, const struct curve *curve,
                          const struct irm_look *look)
{
	const struct steps *steps = chart->own;
	double half = chart->theme->line * 1.6;
	struct irm_stroke stroke = { look->colour, chart->theme->hair * 1.5, 0 };
	for (size_t i = 0; i < curve->n; i++) {
		double x = at_x(steps, curve->step[i].time);
		double y = at_y(chart, curve->step[i].survival);
		if (curve->step[i].censored > 0)
			irm_canvas_line(chart->canvas, x, y - half, x, y + half, stroke);
	}
}

static void draw_days(const struct irm_chart *chart)
{
	const struct steps *steps = chart->own;
	const struct irm_theme *theme = chart->theme;
	struct irm_text tick = irm_chart_text(chart, "tick", IRM_CENTRE, IRM_TOP);
	irm_axis_below(chart->canvas, &tick, &steps->x, steps->plot);
	tick.colour = theme->muted;
	double y = steps->plot.y + steps->plot.h + theme->gap * 0.3 + theme->small * 1.3;
	for (size_t i = 1; i < steps->x.n && steps->years; i++) {
		double years = round(steps->x.tick[i] / 365);
		char count[IRM_LABEL_SIZE];
		char label[IRM_LABEL_SIZE * 2];
		irm_count_label(count, years, &theme->words);
		snprintf(label, sizeof label,
		         irm_words_plural(&theme->words, "%s year", "%s years", years), count);
		irm_canvas_text(chart->canvas, &tick, at_x(steps, steps->x.tick[i]), y, label);
	}
}

static void draw_at_risk(const struct irm_chart *chart, double bottom)
{
	const struct steps *steps = chart->own;
	const struct irm_theme *theme = chart->theme;
	size_t groups = chart->data.group.n;
	double y = bottom - steps->row * (double)groups;
	struct irm_text head = irm_chart_text(chart, "risk", IRM_LEFT, IRM_MIDDLE);
	struct irm_text cell = irm_chart_text(chart, "risk", IRM_CENTRE, IRM_MIDDLE);
	head.colour = theme->muted;
	irm_canvas_text(chart->canvas, &head, steps->plot.x - steps->left, y - steps->row / 2,
	                risk_head(chart));
	for (size_t g = 0; g < groups; g++) {
		struct irm_look look = irm_chart_look(chart, &chart->data.group, g);
		double middle = y + ((double)g + 0.5) * steps->row;
		struct irm_box sample = { steps->plot.x - steps->left, middle - steps->row / 2,
			                  theme->text * 1.8, steps->row };
		if (groups > 1)
			irm_legend_sample(chart->canvas, sample, &look, IRM_SAMPLE_LINE);
		for (size_t i = 0; i < steps->x.n; i++) {
			char count[IRM_LABEL_SIZE];
			irm_value_label(count, at_risk_on(&steps->curve[g], steps->x.tick[i]),
			                IRM_PLAIN, &theme->words);
			irm_canvas_text(chart->canvas, &cell, at_x(steps, steps->x.tick[i]), middle,
			                count);
		}
	}
}

static void draw_curves(struct irm_chart *chart)
{
	const struct steps *steps = chart->own;
	size_t groups = chart->data.group.n;
	for (size_t g = 0; g < groups; g++) {
		struct irm_look look = irm_chart_look(chart, &chart->data.group, g);
		draw_band(chart, &steps->curve[g], &look);
	}
	for (size_t g = 0; g < groups; g++) {
		struct irm_look look = irm_chart_look(chart, &chart->data.group, g);
		draw_curve(chart, &steps->curve[g], &look);
	}
	for (size_t g = 0; g < groups; g++) {
		struct irm_look look = irm_chart_look(chart, &chart->data.group, g);
		draw_censored(chart, &steps->curve[g], &look);
		if (groups > 1)
			draw_signs(chart, &steps->curve[g], &look, g);
	}
}

static void draw_steps(struct irm_chart *chart, struct irm_box area)
{
	struct steps *steps = chart->own;
	const struct irm_theme *theme = chart->theme;
	double right = theme->text * 1.6; /* half of the last tick's label */
	double top = theme->small * 0.6;
	steps->plot = (struct irm_box){ area.x + steps->left, area.y + top,
		                        area.w - steps->left - right, area.h - steps->below - top };
	struct irm_text tick = irm_chart_text(chart, "tick", IRM_RIGHT, IRM_MIDDLE);
	irm_axis_left(chart->canvas, &tick, &steps->y, steps->plot);
	draw_days(chart);
	double limit = chart->request->limit;
	if (!isnan(limit))
		irm_canvas_line(chart->canvas, at_x(steps, limit), steps->plot.y,
		                at_x(steps, limit), steps->plot.y + steps->plot.h,
		                (struct irm_stroke){ theme->ink, theme->line * 0.6, 6 });
	draw_curves(chart);
	if (steps->at_risk)
		draw_at_risk(chart, area.y + area.h);
}

const struct irm_kind irm_kind_steps = {
	.name = "steps",
	.summary = "survival curves with limits and the numbers at risk",
	.takes = IRM_TAKES_LIMIT | IRM_TAKES_RISING | IRM_TAKES_LIMITS,
	.read = read_steps,
	.share = share_steps,
	.plan = plan_steps,
	.draw = draw_steps,
};
