#include "plots/ramp.h"

#include <math.h>

struct irm_scale irm_ramp_scale(double least, double most, enum irm_number_kind kind)
{
	if (kind == IRM_SHARE && most > 0.5)
		return irm_scale_new(0, 1, 4, IRM_SHARE);
	return irm_scale_new(fmin(least, 0), most, 4, kind);
}

void irm_ramp_missing(const struct irm_chart *chart, struct irm_box box)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_stroke line = { irm_rgb_mix(theme->axis, theme->paper, 0.3), theme->hair, 0 };
	irm_canvas_hatch(chart->canvas, box, 1, theme->small * 0.35, line);
	irm_canvas_edge(chart->canvas, box, line);
}

void irm_ramp_suppressed(const struct irm_chart *chart, struct irm_box box)
{
	const struct irm_theme *theme = chart->theme;
	irm_canvas_edge(chart->canvas, box,
	                (struct irm_stroke){ theme->axis, theme->hair * 1.5, 2 });
}

/* Where the strip ends, with its labels, from where it begins. */
static double strip_width(const struct irm_chart *chart, const struct irm_ramp_key *key)
{
	struct irm_text text = irm_chart_text(chart, "tick", IRM_LEFT, IRM_MIDDLE);
	double w = chart->theme->text * 12 + 2 * chart->theme->gap;
	for (int end = 0; end < 2; end++) {
		char label[IRM_LABEL_SIZE];
		irm_scale_label(label, key->scale, end ? key->scale->n - 1 : 0,
		                &chart->theme->words);
		w += irm_canvas_measure(chart->canvas, &text, label, NULL).w;
	}
	return fmin(w, key->width);
}

/* The strip of colours between its ends. */
static void draw_strip(const struct irm_chart *chart, const struct irm_ramp_key *key, double x,
                       double y)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = irm_chart_text(chart, "tick", IRM_LEFT, IRM_MIDDLE);
	char least[IRM_LABEL_SIZE];
	char most[IRM_LABEL_SIZE];
	double middle = y + theme->small * 0.5;
	irm_scale_label(least, key->scale, 0, &theme->words);
	irm_scale_label(most, key->scale, key->scale->n - 1, &theme->words);
	double left = irm_canvas_measure(chart->canvas, &text, least, NULL).w + theme->gap;
	double right = irm_canvas_measure(chart->canvas, &text, most, NULL).w + theme->gap;
	double room = fmax(theme->text, key->width - left - right);
	struct irm_box strip = { x + left, y + theme->small * 0.1, fmin(theme->text * 12, room),
		                 theme->small * 0.8 };
	irm_canvas_text(chart->canvas, &text, x, middle, least);
	enum { STEPS = 48 };
	for (int i = 0; i < STEPS; i++) {
		double at = strip.x + strip.w * i / STEPS;
		irm_canvas_fill(
		        chart->canvas,
		        (struct irm_box){ at, strip.y,
		                          strip.w / STEPS + (i < STEPS - 1 ? theme->hair : 0),
		                          strip.h },
		        irm_theme_ramp(theme, (i + 0.5) / STEPS));
	}
	irm_canvas_edge(chart->canvas, strip,
	                (struct irm_stroke){ theme->axis, theme->hair * 0.5, 0 });
	irm_canvas_text(chart->canvas, &text, strip.x + strip.w + theme->gap, middle, most);
}

/* What is no colour of the ramp, and its words: samples in rows from the end of the strip, or only
 * the height they take. */
static double walk(const struct irm_chart *chart, const struct irm_ramp_key *key, double end,
                   struct irm_point at, bool draw)
{
	const char *const words[] = { irm_chart_word(chart, "No figure: not zero"),
		                      irm_chart_word(chart, "(s): suppressed") };
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = irm_chart_text(chart, "legend", IRM_LEFT, IRM_MIDDLE);
	double x = end;
	double y = 0;
	for (int i = 0; i < 2; i++) {
		if (!(i ? key->suppressed : key->missing))
			continue;
		double gap = x > 0 ? theme->text * (x > end ? 1 : 2) : 0;
		double w = theme->text * 1.6 + theme->gap +
		           irm_canvas_measure(chart->canvas, &text, words[i], NULL).w;
		if (x > 0 && x + gap + w > key->width) {
			x = gap = 0;
			y += theme->small * 1.6;
		}
		struct irm_box box = { at.x + x + gap, at.y + y, theme->text * 1.6, theme->small };
		x += gap + w;
		if (!draw)
			continue;
		if (i)
			irm_ramp_suppressed(chart, box);
		else
			irm_ramp_missing(chart, box);
		irm_canvas_text(chart->canvas, &text, box.x + box.w + theme->gap, box.y + box.h / 2,
		                words[i]);
	}
	return y;
}

double irm_ramp_height(const struct irm_chart *chart, const struct irm_ramp_key *key)
{
	struct irm_point none = { 0, 0 };
	return chart->theme->small * 1.7 + walk(chart, key, strip_width(chart, key), none, false);
}

void irm_ramp_draw(const struct irm_chart *chart, const struct irm_ramp_key *key, double x,
                   double y)
{
	y += chart->theme->small * 0.2;
	draw_strip(chart, key, x, y);
	walk(chart, key, strip_width(chart, key), (struct irm_point){ x, y }, true);
}
