/* What stands around a plot: title, subtitle and badge above it, the note lines below. */
#ifndef IRM_PLOTS_LAYOUT_H
#define IRM_PLOTS_LAYOUT_H

#include <stddef.h>

#include "plots/canvas.h"

#define IRM_NOTES 8

struct irm_page {
	const char *title, *subtitle; /* NULL or "": none */
	const char *badge;            /* a warning nobody overlooks; NULL: none */
	const char *note[IRM_NOTES];  /* each a paragraph */
	size_t n_notes;
};

/* The heights above and below the plot, for a page of the canvas's theme: with the distances to the
 * plot, without the margins. */
double irm_page_head(struct irm_canvas *canvas, const struct irm_page *page);
double irm_page_foot(struct irm_canvas *canvas, const struct irm_page *page);

/* Draws both on an open canvas. */
void irm_page_draw(struct irm_canvas *canvas, const struct irm_page *page);

#endif
