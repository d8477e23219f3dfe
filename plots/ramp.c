#include "plots/ramp.h"

#include <math.h>

double irm_ramp_height(const struct irm_chart *chart)
{
	return chart->theme->small * 1.7;
}

struct irm_scale irm_ramp_scale(double least, double most, enum irm_number_kind kind)
{
	if (kind == IRM_SHARE && most > 0.5)
		return irm_scale_new(0, 1, 4, IRM_SHARE);
	return irm_scale_new(fmin(least, 0), most, 4, kind);
}

void irm_ramp_missing(const struct irm_chart *chart, struct irm_box box)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_stroke line = { theme->grid, theme->hair * 1.5, 0 };
	irm_canvas_hatch(chart->canvas, box, 1, theme->small * 0.35, line);
	irm_canvas_edge(chart->canvas, box, line);
}

void irm_ramp_key(const struct irm_chart *chart, const struct irm_scale *scale, bool missing,
                  double x, double y)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = irm_chart_text(chart, "tick", IRM_LEFT, IRM_MIDDLE);
	char label[IRM_LABEL_SIZE];
	double middle = y + theme->small * 0.5;
	irm_scale_label(label, scale, 0, &theme->words);
	irm_canvas_text(chart->canvas, &text, x, middle, label);
	x += irm_canvas_measure(chart->canvas, &text, label, NULL).w + theme->gap;
	struct irm_box strip = { x, y + theme->small * 0.1, theme->text * 12, theme->small * 0.8 };
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
	irm_scale_label(label, scale, scale->n - 1, &theme->words);
	irm_canvas_text(chart->canvas, &text, strip.x + strip.w + theme->gap, middle, label);
	double end = strip.x + strip.w + theme->gap +
	             irm_canvas_measure(chart->canvas, &text, label, NULL).w;
	if (!missing)
		return;
	struct irm_box sample = { end + theme->text * 2, y, theme->text * 1.6, theme->small };
	text.role = "legend";
	irm_ramp_missing(chart, sample);
	irm_canvas_text(chart->canvas, &text, sample.x + sample.w + theme->gap,
	                sample.y + sample.h / 2,
	                irm_words_text(&theme->words, "No figure: not zero"));
}
