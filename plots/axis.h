/* Value axes: grid lines over the plot and labels beside it. */
#ifndef IRM_PLOTS_AXIS_H
#define IRM_PLOTS_AXIS_H

#include "plots/canvas.h"
#include "plots/scale.h"

/* The width of the widest label. */
double irm_axis_width(struct irm_canvas *canvas, const struct irm_text *text,
                      const struct irm_scale *scale);

/* Grid lines and labels of a scale that goes up; labels end a gap left of the plot. */
void irm_axis_left(struct irm_canvas *canvas, const struct irm_text *text,
                   const struct irm_scale *scale, struct irm_box plot);

/* Grid lines and labels of a scale that goes right; labels begin a little below the plot. */
void irm_axis_below(struct irm_canvas *canvas, const struct irm_text *text,
                    const struct irm_scale *scale, struct irm_box plot);

#endif
