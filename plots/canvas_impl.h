/* What canvas.c and text.c share; nobody else includes this. */
#ifndef IRM_PLOTS_CANVAS_IMPL_H
#define IRM_PLOTS_CANVAS_IMPL_H

#include <pango/pangocairo.h>

#include "base/arena.h"
#include "plots/canvas.h"

struct irm_canvas {
	struct irm_theme theme;
	enum irm_canvas_format format;
	FILE *stream;
	FILE *book;      /* of the PDF that is open for several charts; else NULL */
	size_t pages;    /* of the book so far */
	int chapter;     /* the bookmark that those of charts stand under */
	int saved_errno; /* of a failed write */
	struct irm_box page;
	cairo_surface_t *surface;
	cairo_t *cr; /* NULL before the page is opened */
	PangoFontMap *fonts;
	PangoContext *context;
	PangoLayout *layout; /* set anew for each text */
	struct irm_arena arena;
	struct irm_text_box *boxes;
	size_t n_boxes, capacity;
	size_t shortened;
	bool no_memory;
};

/* Makes and frees the text side of a canvas; false: no memory. */
bool irm_canvas_text_init(struct irm_canvas *canvas);
/* Takes over the theme's language. */
void irm_canvas_text_speak(struct irm_canvas *canvas);
void irm_canvas_text_release(struct irm_canvas *canvas);

#endif
