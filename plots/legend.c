#include "plots/legend.h"

#include <math.h>

/* Widths in multiples of the text's size. */
static const double fill_width = 1.1;
static const double line_width = 2.6;

void irm_look_fill(struct irm_canvas *canvas, struct irm_box box, const struct irm_look *look)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	if (box.w <= 0 || box.h <= 0)
		return;
	if (look->pale && fmin(box.w, box.h) < theme->hair * 3) { /* too thin for its hatching */
		irm_canvas_fill(canvas, box, look->colour);
		return;
	}
	struct irm_rgb ground =
	        look->pale ? irm_rgb_mix(look->colour, theme->paper, 0.8) : look->colour;
	struct irm_rgb stroke =
	        look->pale ? look->colour : irm_rgb_mix(look->colour, theme->paper, 0.72);
	struct irm_stroke lines = { stroke, theme->hair * 1.5, 0 };
	irm_canvas_fill(canvas, box, ground);
	irm_canvas_hatch(canvas, box, look->hatch, theme->text * 0.42, lines);
	if (look->hatch || look->pale)
		irm_canvas_edge(canvas, box,
		                (struct irm_stroke){ look->colour, theme->hair * 1.5, 0 });
}

void irm_legend_sample(struct irm_canvas *canvas, struct irm_box box, const struct irm_look *look,
                       enum irm_sample sample)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	double y = box.y + box.h / 2;
	if (sample == IRM_SAMPLE_FILL) {
		irm_look_fill(canvas, box, look);
		return;
	}
	if (sample == IRM_SAMPLE_MARK) {
		irm_canvas_mark(canvas, box.x + box.w / 2, y, theme->line * 1.7, look->mark,
		                look->colour, (struct irm_stroke){ theme->paper, theme->hair, 0 });
		return;
	}
	struct irm_stroke stroke = { look->colour, theme->line, look->dash };
	if (sample == IRM_SAMPLE_LIMIT)
		stroke.width = theme->line * 0.6;
	irm_canvas_line(canvas, box.x, y, box.x + box.w, y, stroke);
	if (sample == IRM_SAMPLE_LINE)
		irm_canvas_mark(canvas, box.x + box.w / 2, y, theme->line * 1.7, look->mark,
		                look->colour, (struct irm_stroke){ theme->paper, theme->hair, 0 });
}

/* Walks through the entries and draws them, or only counts their rows. */
static double walk(struct irm_canvas *canvas, const struct irm_legend *legend, struct irm_box box,
                   bool draw)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	double row = theme->text * 1.5;
	double x = 0;
	double y = 0;
	for (size_t i = 0; i < legend->n; i++) {
		const struct irm_legend_entry *entry = &legend->entry[i];
		bool narrow = entry->sample == IRM_SAMPLE_FILL || entry->sample == IRM_SAMPLE_MARK;
		double sample = theme->text * (narrow ? fill_width : line_width);
		double most = box.w - sample - theme->gap;
		struct irm_text text = { .role = "legend",
			                 .size = theme->text,
			                 .colour = theme->ink,
			                 .down = IRM_MIDDLE };
		double w = irm_canvas_measure(canvas, &text, entry->label, NULL).w;
		if (w > most) {
			w = most;
			text.width = most;
			text.lines = 1;
		}
		if (x > 0 && x + sample + theme->gap + w > box.w) {
			x = 0;
			y += row;
		}
		if (draw) {
			double middle = box.y + y + row / 2;
			irm_legend_sample(canvas,
			                  (struct irm_box){ box.x + x, middle - theme->text * 0.4,
			                                    sample, theme->text * 0.8 },
			                  &entry->look, entry->sample);
			irm_canvas_text(canvas, &text, box.x + x + sample + theme->gap, middle,
			                entry->label);
		}
		x += sample + theme->gap + w + theme->text * 1.2;
	}
	return legend->n ? y + row : 0;
}

double irm_legend_height(struct irm_canvas *canvas, const struct irm_legend *legend, double width)
{
	double rows = walk(canvas, legend, (struct irm_box){ .w = width }, false);
	return rows > 0 ? rows + irm_canvas_theme(canvas)->gap : 0;
}

void irm_legend_draw(struct irm_canvas *canvas, const struct irm_legend *legend, struct irm_box box)
{
	walk(canvas, legend, box, true);
}
