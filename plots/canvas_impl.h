/* What the canvas's files share; nobody else includes this.
 *
 * canvas.c turns shapes into paths and mirrors them; text.c lays text out; a pen puts both down in
 * a format of its own. A pen's x goes right. */
#ifndef IRM_PLOTS_CANVAS_IMPL_H
#define IRM_PLOTS_CANVAS_IMPL_H

#include <pango/pangocairo.h>

#include "base/arena.h"
#include "plots/canvas.h"
#include "plots/kept.h"

/* Longer texts end in an ellipsis: no label needs more. */
#define IRM_TEXT_MAX 2048

#define IRM_DASHES   4

/* How a path is drawn; its area first. */
struct irm_paint {
	bool filled, stroked;
	struct irm_rgb colour; /* of the area */
	double alpha;
	struct irm_stroke stroke;
};

struct irm_pen {
	/* Opens the page: its ground has the paper's colour. */
	void (*begin)(struct irm_canvas *canvas);
	void (*next)(struct irm_canvas *canvas, const char *name);
	void (*figure)(struct irm_canvas *canvas);
	/* A path: line() begins it, and goes on. */
	void (*move)(struct irm_canvas *canvas, double x, double y);
	void (*line)(struct irm_canvas *canvas, double x, double y);
	void (*circle)(struct irm_canvas *canvas, double x, double y, double r);
	void (*close)(struct irm_canvas *canvas);
	/* Draws the path and forgets it. */
	void (*paint)(struct irm_canvas *canvas, const struct irm_paint *paint);
	/* Puts canvas->layout down with its left upper corner there. */
	void (*text)(struct irm_canvas *canvas, const struct irm_text *style, double x, double y);
	/* Writes what is left. */
	enum irm_code (*end)(struct irm_canvas *canvas, struct irm_err *err);
};

extern const struct irm_pen irm_pen_cairo, irm_pen_svg;

struct irm_svg;

struct irm_canvas {
	struct irm_theme theme;
	enum irm_canvas_format format;
	const struct irm_pen *pen; /* NULL before the page is opened, and where nothing is drawn */
	bool open;
	FILE *stream;
	struct irm_about about;
	int saved_errno; /* of a failed write */
	struct irm_box page;
	FILE *book;     /* of the PDF that is open for several charts; else NULL */
	size_t pages;   /* of the PDF so far */
	int chapter;    /* the bookmark that those of charts stand under */
	int bookmark;   /* the chart's */
	bool in_figure; /* its tag is open */
	cairo_surface_t *surface;
	cairo_t *cr;
	struct irm_svg *svg;
	PangoContext *usual, *any; /* our fonts; all that there are, NULL before they are wanted */
	struct irm_kept *kept;
	PangoLayout *layout; /* of the text that was set last, one of those kept */
	struct irm_arena arena;
	struct irm_text_box *boxes;
	size_t n_boxes, capacity;
	size_t shortened, broken;
	bool no_memory;
};

/* Makes and frees the text side of a canvas; false: no memory. */
bool irm_canvas_text_init(struct irm_canvas *canvas);
/* Takes over the theme's language. */
void irm_canvas_text_speak(struct irm_canvas *canvas);
void irm_canvas_text_release(struct irm_canvas *canvas);

/* Copies text so that it only shows; returns its length. */
size_t irm_canvas_clean(char out[IRM_TEXT_MAX], const char *text);

/* Writes to the stream; false, and the first error kept, where that fails. */
bool irm_canvas_write(struct irm_canvas *canvas, const void *bytes, size_t length);

/* The lengths of a stroke's dashes and of the spaces between; returns their number. */
int irm_canvas_dashes(double length[IRM_DASHES], const struct irm_stroke *stroke);

/* Reports a failed write or want of memory. */
enum irm_code irm_canvas_report(const struct irm_canvas *canvas, struct irm_err *err);

/* Forgets the chart before; the surface of a book stays. */
void irm_canvas_forget_cairo(struct irm_canvas *canvas);
void irm_svg_free(struct irm_svg *svg);

/* Writes canvas->surface as PNG. */
void irm_canvas_write_png(struct irm_canvas *canvas);

#endif
