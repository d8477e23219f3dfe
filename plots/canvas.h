/* A page to draw on: an SVG of our own, PDF and PNG by cairo, text by pango.
 *
 * The same calls give the same bytes on every run, in any locale and time zone. A canvas keeps its
 * first error and ignores later drawing, as a cairo_t does; irm_canvas_finish() reports it. Text
 * can be measured before the page is opened, so that its height may depend on it.
 *
 * Lengths are in the theme's units; x goes right, y goes down. Where the theme is mirrored, x goes
 * left from the page's right edge, IRM_LEFT is right, and who draws need not know: hatchings, marks
 * and letters keep their look, and the boxes of texts are told as they stand on the page. */
#ifndef IRM_PLOTS_CANVAS_H
#define IRM_PLOTS_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"
#include "plots/theme.h"

struct irm_canvas;

enum irm_canvas_format {
	IRM_CANVAS_SVG,
	IRM_CANVAS_PDF,
	IRM_CANVAS_PNG,
	IRM_CANVAS_NONE, /* drawn nowhere: for the text boxes alone */
};

struct irm_box {
	double x, y, w, h; /* from the left upper corner */
};

struct irm_point {
	double x, y;
};

/* The style of a line: full, or one of the dashes 1-6 (taken modulo). */
struct irm_stroke {
	struct irm_rgb colour;
	double width;
	size_t dash; /* 0: full */
};

enum irm_across { IRM_LEFT, IRM_CENTRE, IRM_RIGHT };
enum irm_down { IRM_TOP, IRM_MIDDLE, IRM_BOTTOM };

/* How a text is set, and which of its points is put at (x, y). */
struct irm_text {
	const char *role; /* what it is, for the list of boxes: "title", "tick", ... */
	double size;
	bool bold;
	bool plate; /* the ground under it is cleared to the paper */
	struct irm_rgb colour;
	double width; /* wraps there; 0: one line without end */
	int lines;    /* at most so many, then an ellipsis; 0: any number */
	enum irm_across across;
	enum irm_down down;
};

/* A text that was set: the ink it covers on the page. */
struct irm_text_box {
	const char *text; /* lives as long as the canvas */
	const char *role;
	struct irm_box box;
	double size;
	bool shortened; /* it ends in an ellipsis */
};

/* What a file says of itself, for those who do not see it and those who look for it. */
struct irm_about {
	const char *title;       /* may be NULL */
	const char *description; /* what the chart shows; may be NULL */
	const char *const *cell; /* [(1 + rows) × columns] of what is drawn, with a head; */
	size_t rows, columns;    /* for SVG alone; 0: no table */
	const char *more;        /* says that there are more rows; may be NULL */
};

/* The format of a file's ending (svg, pdf, png; any case); NULL or "-" is SVG. IRM_USAGE for
 * another. */
IRM_CHECK enum irm_code irm_canvas_format_of(enum irm_canvas_format *out, const char *path,
                                             struct irm_err *err);

/* A canvas that can measure but has no page yet. `theme` is copied. The caller frees *out with
 * irm_canvas_free(). IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_canvas_new(struct irm_canvas **out, const struct irm_theme *theme,
                                       struct irm_err *err);
void irm_canvas_free(struct irm_canvas *canvas);

/* Draws what is opened next in another theme, which is copied: another language, say. */
void irm_canvas_restyle(struct irm_canvas *canvas, const struct irm_theme *theme);

const struct irm_theme *irm_canvas_theme(const struct irm_canvas *canvas);

/* Opens the page, filled with the theme's paper, to be written to `stream` (the caller's; not read
 * for IRM_CANVAS_NONE). `height` is the page's, its width is the theme's. `about` is borrowed until
 * irm_canvas_finish(); may be NULL. After that the canvas can be opened again: the boxes of the
 * chart before are gone then. */
void irm_canvas_begin(struct irm_canvas *canvas, FILE *stream, enum irm_canvas_format format,
                      double height, const struct irm_about *about);

/* What follows on this page is the figure, and no text to read: a PDF is structured so. */
void irm_canvas_figure(struct irm_canvas *canvas);

/* Ends the page and opens the next one, of the same size, with a bookmark of that name (NULL:
 * none); in a PDF only. */
void irm_canvas_next(struct irm_canvas *canvas, const char *name);

/* Writes what is left and reports the first error. IRM_SYSTEM: writing failed, no memory. */
IRM_CHECK enum irm_code irm_canvas_finish(struct irm_canvas *canvas, struct irm_err *err);

/* Opens a PDF of several charts on `stream`: until irm_canvas_book_end(), irm_canvas_begin() opens
 * its next page whatever stream and format it is told (IRM_CANVAS_NONE: still nowhere), with a
 * bookmark of that title, and irm_canvas_finish() ends the chart only. `title` is the PDF's; may be
 * NULL. */
void irm_canvas_book(struct irm_canvas *canvas, FILE *stream, const char *title);

/* Begins a chapter of the book: a bookmark, under which those of the next charts stand. */
void irm_canvas_chapter(struct irm_canvas *canvas, const char *title);

/* Writes what is left of the book and reports the first error, as irm_canvas_finish(). */
IRM_CHECK enum irm_code irm_canvas_book_end(struct irm_canvas *canvas, struct irm_err *err);

/* Fills a box, or the area within points[n], with `alpha` 0 (not seen) to 1. */
void irm_canvas_fill(struct irm_canvas *canvas, struct irm_box box, struct irm_rgb colour);
void irm_canvas_area(struct irm_canvas *canvas, const struct irm_point points[], size_t n,
                     struct irm_rgb colour, double alpha);

/* Draws the edge of a box, inside it. */
void irm_canvas_edge(struct irm_canvas *canvas, struct irm_box box, struct irm_stroke stroke);

/* Draws a line, or one through points[n]. */
void irm_canvas_line(struct irm_canvas *canvas, double x0, double y0, double x1, double y1,
                     struct irm_stroke stroke);
void irm_canvas_path(struct irm_canvas *canvas, const struct irm_point points[], size_t n,
                     struct irm_stroke stroke);

/* Draws one of the hatchings 1-6 (taken modulo; 0: none) within a box; `space` lies between lines.
 */
void irm_canvas_hatch(struct irm_canvas *canvas, struct irm_box box, size_t pattern, double space,
                      struct irm_stroke stroke);

/* Draws one of 6 marks (taken modulo) of radius r, filled with `colour`, edged with `edge`. */
void irm_canvas_mark(struct irm_canvas *canvas, double x, double y, double r, size_t shape,
                     struct irm_rgb colour, struct irm_stroke edge);

/* The room a text takes, with its leading; a word wider than style->width makes it wider. Only
 * w and h are set. `lines` counts its lines; may be NULL. */
struct irm_box irm_canvas_measure(struct irm_canvas *canvas, const struct irm_text *style,
                                  const char *text, int *lines);

/* The height of a text as it will be drawn: no more than its lines, words broken where they must.
 */
double irm_canvas_height(struct irm_canvas *canvas, const struct irm_text *style, const char *text);

/* Sets a text: what is no UTF-8 and control characters show as U+FFFD, line feeds and tabs as
 * spaces; markup is text. The box of its ink is kept. NULL and "" draw nothing. */
void irm_canvas_text(struct irm_canvas *canvas, const struct irm_text *style, double x, double y,
                     const char *text);

/* The texts set so far, in order; valid until the next is set. */
size_t irm_canvas_boxes(const struct irm_canvas *canvas, const struct irm_text_box **boxes);

/* How many of them were shortened. */
size_t irm_canvas_shortened(const struct irm_canvas *canvas);
/* In how many of them a line ends within a word. */
size_t irm_canvas_broken(const struct irm_canvas *canvas);

/* The page's size; 0 before it is opened. */
struct irm_box irm_canvas_page(const struct irm_canvas *canvas);

#endif
