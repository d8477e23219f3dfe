/* PDF and PNG by cairo.
 *
 * A PDF is structured: a Document of H1, P and a Figure. Tags of cairo 1.16 take no text in place
 * of a figure and no language: see README.md. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cairo-pdf.h>

#include "plots/canvas_impl.h"

/* A PDF carries a day of creation; a fixed one keeps its bytes the same. */
static const char pdf_day[] = "2000-01-01T00:00:00Z";

/* cairo 1.16 crashes as it ends a PDF whose stream has failed: the canvas keeps the failure
 * instead. */
static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int length)
{
	(void)irm_canvas_write(closure, data, length);
	return CAIRO_STATUS_SUCCESS;
}

void irm_canvas_forget_cairo(struct irm_canvas *canvas)
{
	if (canvas->cr)
		cairo_destroy(canvas->cr);
	canvas->cr = NULL;
	if (canvas->surface && !canvas->book)
		cairo_surface_destroy(canvas->surface);
	canvas->surface = canvas->book ? canvas->surface : NULL;
}

static cairo_surface_t *new_pdf(struct irm_canvas *canvas, double w, double h)
{
	double points = canvas->theme.points;
	cairo_surface_t *pdf =
	        cairo_pdf_surface_create_for_stream(write_bytes, canvas, w * points, h * points);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, pdf_day);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "irm-plot");
	return pdf;
}

static void set_metadata(struct irm_canvas *canvas, cairo_pdf_metadata_t which, const char *text)
{
	char clean[IRM_TEXT_MAX];
	if (!text || !*text)
		return;
	irm_canvas_clean(clean, text);
	cairo_pdf_surface_set_metadata(canvas->surface, which, clean);
}

/* A bookmark of the page that is open. */
static int add_bookmark(struct irm_canvas *canvas, int under, const char *name)
{
	char clean[IRM_TEXT_MAX];
	char where[32];
	if (!name || !*name)
		return under;
	irm_canvas_clean(clean, name);
	snprintf(where, sizeof where, "page=%zu", canvas->pages);
	return cairo_pdf_surface_add_outline(canvas->surface, under, clean, where, 0);
}

static void open_pdf(struct irm_canvas *canvas)
{
	double points = canvas->theme.points;
	if (canvas->book) {
		cairo_pdf_surface_set_size(canvas->surface, canvas->page.w * points,
		                           canvas->page.h * points);
	} else {
		canvas->surface = new_pdf(canvas, canvas->page.w, canvas->page.h);
		set_metadata(canvas, CAIRO_PDF_METADATA_TITLE, canvas->about.title);
		set_metadata(canvas, CAIRO_PDF_METADATA_SUBJECT, canvas->about.description);
		canvas->chapter = CAIRO_PDF_OUTLINE_ROOT;
	}
	canvas->pages++;
	canvas->bookmark = add_bookmark(canvas, canvas->chapter, canvas->about.title);
}

static void clear_page(struct irm_canvas *canvas)
{
	const struct irm_rgb *paper = &canvas->theme.paper;
	cairo_set_source_rgb(canvas->cr, paper->r, paper->g, paper->b);
	cairo_paint(canvas->cr);
}

static void begin(struct irm_canvas *canvas)
{
	bool pdf = canvas->format == IRM_CANVAS_PDF;
	double scale = pdf ? canvas->theme.points : canvas->theme.pixels;
	if (pdf)
		open_pdf(canvas);
	else
		canvas->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		                                             (int)lround(canvas->page.w * scale),
		                                             (int)lround(canvas->page.h * scale));
	canvas->cr = cairo_create(canvas->surface);
	clear_page(canvas);
	cairo_scale(canvas->cr, scale, scale);
	cairo_set_line_join(canvas->cr, CAIRO_LINE_JOIN_MITER);
	if (pdf)
		cairo_tag_begin(canvas->cr, "Document", NULL);
}

static void figure(struct irm_canvas *canvas)
{
	if (canvas->format != IRM_CANVAS_PDF || canvas->in_figure)
		return;
	cairo_tag_begin(canvas->cr, "Figure", NULL);
	canvas->in_figure = true;
}

static void end_figure(struct irm_canvas *canvas)
{
	if (canvas->in_figure)
		cairo_tag_end(canvas->cr, "Figure");
	canvas->in_figure = false;
}

static void next(struct irm_canvas *canvas, const char *name)
{
	end_figure(canvas);
	cairo_show_page(canvas->cr);
	canvas->pages++;
	add_bookmark(canvas, canvas->bookmark, name);
	clear_page(canvas);
}

static void move(struct irm_canvas *canvas, double x, double y)
{
	cairo_move_to(canvas->cr, x, y);
}

static void line(struct irm_canvas *canvas, double x, double y)
{
	cairo_line_to(canvas->cr, x, y);
}

static void circle(struct irm_canvas *canvas, double x, double y, double r)
{
	cairo_arc(canvas->cr, x, y, r, 0, 2 * 3.14159265358979);
}

static void close_path(struct irm_canvas *canvas)
{
	cairo_close_path(canvas->cr);
}

static void paint(struct irm_canvas *canvas, const struct irm_paint *how)
{
	cairo_t *cr = canvas->cr;
	double length[IRM_DASHES];
	if (how->filled) {
		cairo_set_source_rgba(cr, how->colour.r, how->colour.g, how->colour.b, how->alpha);
		cairo_fill_preserve(cr);
	}
	if (how->stroked) {
		const struct irm_stroke *stroke = &how->stroke;
		cairo_set_source_rgb(cr, stroke->colour.r, stroke->colour.g, stroke->colour.b);
		cairo_set_line_width(cr, stroke->width);
		cairo_set_dash(cr, length, irm_canvas_dashes(length, stroke), 0);
		cairo_stroke_preserve(cr);
	}
	cairo_new_path(cr);
}

/* The tag of a text that is read; NULL for one of the figure. */
static const char *tag_of(const struct irm_canvas *canvas, const struct irm_text *style)
{
	if (canvas->format != IRM_CANVAS_PDF || canvas->in_figure)
		return NULL;
	return style->role && !strcmp(style->role, "title") ? "H1" : "P";
}

static void text(struct irm_canvas *canvas, const struct irm_text *style, double x, double y)
{
	const char *tag = tag_of(canvas, style);
	if (tag)
		cairo_tag_begin(canvas->cr, tag, NULL);
	cairo_set_source_rgb(canvas->cr, style->colour.r, style->colour.g, style->colour.b);
	cairo_move_to(canvas->cr, x, y);
	pango_cairo_show_layout(canvas->cr, canvas->layout);
	cairo_new_path(canvas->cr);
	if (tag)
		cairo_tag_end(canvas->cr, tag);
}

static enum irm_code report(const struct irm_canvas *canvas, cairo_status_t status,
                            struct irm_err *err)
{
	if (irm_canvas_report(canvas, err))
		return err->code;
	if (status == CAIRO_STATUS_NO_MEMORY)
		return irm_err_memory(err);
	if (status)
		return irm_err_set(err, IRM_SYSTEM, "cannot draw the chart: %s",
		                   cairo_status_to_string(status));
	return IRM_OK;
}

static cairo_status_t end_surface(struct irm_canvas *canvas)
{
	if (canvas->format == IRM_CANVAS_PNG)
		irm_canvas_write_png(canvas);
	cairo_surface_finish(canvas->surface);
	return cairo_surface_status(canvas->surface);
}

static enum irm_code end(struct irm_canvas *canvas, struct irm_err *err)
{
	if (canvas->format == IRM_CANVAS_PDF) {
		end_figure(canvas);
		cairo_tag_end(canvas->cr, "Document");
	}
	cairo_status_t status = cairo_status(canvas->cr);
	if (!status) {
		cairo_show_page(canvas->cr);
		status = canvas->book ? cairo_status(canvas->cr) : end_surface(canvas);
	}
	return report(canvas, status, err);
}

const struct irm_pen irm_pen_cairo = { begin,  next,       figure, move, line,
	                               circle, close_path, paint,  text, end };

void irm_canvas_book(struct irm_canvas *canvas, FILE *stream, const char *title)
{
	canvas->book = NULL;
	irm_canvas_forget_cairo(canvas);
	canvas->saved_errno = 0;
	canvas->no_memory = false;
	canvas->stream = canvas->book = stream;
	canvas->pages = 0;
	canvas->chapter = CAIRO_PDF_OUTLINE_ROOT;
	canvas->surface = new_pdf(canvas, canvas->theme.width, canvas->theme.height);
	set_metadata(canvas, CAIRO_PDF_METADATA_TITLE, title);
}

void irm_canvas_chapter(struct irm_canvas *canvas, const char *title)
{
	canvas->pages++;
	canvas->chapter = add_bookmark(canvas, CAIRO_PDF_OUTLINE_ROOT, title);
	canvas->pages--;
}

enum irm_code irm_canvas_book_end(struct irm_canvas *canvas, struct irm_err *err)
{
	canvas->format = IRM_CANVAS_PDF;
	cairo_status_t status = end_surface(canvas);
	canvas->book = NULL;
	return report(canvas, status, err);
}
