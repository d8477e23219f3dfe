/* The legend: what each colour, hatching, dash and mark stands for, in rows from the left. */
#ifndef IRM_PLOTS_LEGEND_H
#define IRM_PLOTS_LEGEND_H

#include <stdbool.h>
#include <stddef.h>

#include "plots/canvas.h"

/* How a series looks, in every kind of chart. */
struct irm_look {
	struct irm_rgb colour;
	size_t hatch, dash,
	        mark; /* as irm_canvas_hatch(), irm_stroke, irm_canvas_mark() take them */
	bool pale;    /* its edge and hatching have the colour, and the ground under it is pale */
};

enum irm_sample {
	IRM_SAMPLE_FILL,
	IRM_SAMPLE_LINE,  /* with its mark */
	IRM_SAMPLE_MARK,  /* its mark alone */
	IRM_SAMPLE_LIMIT, /* the dashed line of a time limit */
};

struct irm_legend_entry {
	const char *label; /* borrowed */
	struct irm_look look;
	enum irm_sample sample;
};

struct irm_legend {
	const struct irm_legend_entry *entry; /* [n] borrowed */
	size_t n;
};

/* The height it takes when it is `width` wide, with the distance below it; 0 for no entries. */
double irm_legend_height(struct irm_canvas *canvas, const struct irm_legend *legend, double width);

/* Draws it into a box of that width and height. */
void irm_legend_draw(struct irm_canvas *canvas, const struct irm_legend *legend,
                     struct irm_box box);

/* Draws a sample of a look within a box. */
void irm_legend_sample(struct irm_canvas *canvas, struct irm_box box, const struct irm_look *look,
                       enum irm_sample sample);

/* Fills a box as a bar or a segment of that look. */
void irm_look_fill(struct irm_canvas *canvas, struct irm_box box, const struct irm_look *look);

#endif
