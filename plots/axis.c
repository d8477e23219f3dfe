#include "plots/axis.h"

#include <math.h>

double irm_axis_width(struct irm_canvas *canvas, const struct irm_text *text,
                      const struct irm_scale *scale)
{
	double widest = 0;
	for (size_t i = 0; i < scale->n; i++) {
		char label[IRM_LABEL_SIZE];
		irm_scale_label(label, scale, i, &irm_canvas_theme(canvas)->words);
		widest = fmax(widest, irm_canvas_measure(canvas, text, label, NULL).w);
	}
	return widest;
}

static struct irm_stroke grid(const struct irm_canvas *canvas)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	return (struct irm_stroke){ theme->grid, theme->hair, 0 };
}

void irm_axis_left(struct irm_canvas *canvas, const struct irm_text *text,
                   const struct irm_scale *scale, struct irm_box plot)
{
	double gap = irm_canvas_theme(canvas)->gap;
	for (size_t i = 0; i < scale->n; i++) {
		char label[IRM_LABEL_SIZE];
		double y = plot.y + plot.h * (1 - irm_scale_at(scale, scale->tick[i]));
		irm_scale_label(label, scale, i, &irm_canvas_theme(canvas)->words);
		irm_canvas_line(canvas, plot.x, y, plot.x + plot.w, y, grid(canvas));
		irm_canvas_text(canvas, text, plot.x - gap, y, label);
	}
}

void irm_axis_below(struct irm_canvas *canvas, const struct irm_text *text,
                    const struct irm_scale *scale, struct irm_box plot)
{
	double gap = irm_canvas_theme(canvas)->gap;
	for (size_t i = 0; i < scale->n; i++) {
		char label[IRM_LABEL_SIZE];
		double x = plot.x + plot.w * irm_scale_at(scale, scale->tick[i]);
		irm_scale_label(label, scale, i, &irm_canvas_theme(canvas)->words);
		irm_canvas_line(canvas, x, plot.y, x, plot.y + plot.h, grid(canvas));
		irm_canvas_text(canvas, text, x, plot.y + plot.h + gap * 0.3, label);
	}
}
