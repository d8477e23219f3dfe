#include "plots/canvas.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "plots/canvas_impl.h"

/* A PDF carries a day of creation; a fixed one keeps its bytes the same. */
static const char pdf_day[] = "2000-01-01T00:00:00Z";

enum irm_code irm_canvas_format_of(enum irm_canvas_format *out, const char *path,
                                   struct irm_err *err)
{
	*out = IRM_CANVAS_SVG;
	if (!path || !strcmp(path, "-"))
		return IRM_OK;
	static const struct {
		const char *ending;
		enum irm_canvas_format format;
	} known[] = { { "svg", IRM_CANVAS_SVG },
		      { "pdf", IRM_CANVAS_PDF },
		      { "png", IRM_CANVAS_PNG } };
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');
	for (size_t i = 0; dot && i < sizeof known / sizeof known[0]; i++)
		if (!strcasecmp(dot + 1, known[i].ending)) {
			*out = known[i].format;
			return IRM_OK;
		}
	if (!dot && slash && !strncmp(path, "/dev/", 5))
		return IRM_OK; /* a device has no ending: SVG, as on standard output */
	irm_err_set(err, IRM_USAGE, "cannot tell the format of '%s' from its ending", path);
	irm_err_hint(err, "a chart's file ends in .svg, .pdf or .png");
	return err->code;
}

enum irm_code irm_canvas_new(struct irm_canvas **out, const struct irm_theme *theme,
                             struct irm_err *err)
{
	struct irm_canvas *canvas = calloc(1, sizeof *canvas);
	if (!canvas)
		return irm_err_memory(err);
	canvas->theme = *theme;
	if (!irm_canvas_text_init(canvas)) {
		irm_canvas_free(canvas);
		return irm_err_memory(err);
	}
	*out = canvas;
	return IRM_OK;
}

void irm_canvas_free(struct irm_canvas *canvas)
{
	if (!canvas)
		return;
	irm_canvas_text_release(canvas);
	if (canvas->cr)
		cairo_destroy(canvas->cr);
	if (canvas->surface)
		cairo_surface_destroy(canvas->surface);
	irm_arena_release(&canvas->arena);
	free(canvas->boxes);
	free(canvas);
}

void irm_canvas_restyle(struct irm_canvas *canvas, const struct irm_theme *theme)
{
	canvas->theme = *theme;
	irm_canvas_text_speak(canvas);
}

const struct irm_theme *irm_canvas_theme(const struct irm_canvas *canvas)
{
	return &canvas->theme;
}

struct irm_box irm_canvas_page(const struct irm_canvas *canvas)
{
	return canvas->page;
}

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int length)
{
	struct irm_canvas *canvas = closure;
	errno = 0;
	if (fwrite(data, 1, length, canvas->stream) == length)
		return CAIRO_STATUS_SUCCESS;
	canvas->saved_errno = errno;
	return CAIRO_STATUS_WRITE_ERROR;
}

static cairo_surface_t *new_surface(struct irm_canvas *canvas, double w, double h)
{
	double points = canvas->theme.points;
	double pixels = canvas->theme.pixels;
	switch (canvas->format) {
	case IRM_CANVAS_PDF:
		return cairo_pdf_surface_create_for_stream(write_bytes, canvas, w * points,
		                                           h * points);
	case IRM_CANVAS_PNG:
		return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(w * pixels),
		                                  (int)lround(h * pixels));
	case IRM_CANVAS_NONE:
		return cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
	case IRM_CANVAS_SVG:
		break;
	}
	cairo_surface_t *svg = cairo_svg_surface_create_for_stream(write_bytes, canvas, w, h);
	cairo_svg_surface_set_document_unit(svg, canvas->theme.svg_pixels ? CAIRO_SVG_UNIT_PX
	                                                                  : CAIRO_SVG_UNIT_PT);
	return svg;
}

static void describe_pdf(struct irm_canvas *canvas, const char *title)
{
	cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_CREATE_DATE, pdf_day);
	cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_CREATOR, "irm-plot");
	if (title && g_utf8_validate(title, -1, NULL))
		cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_TITLE, title);
}

/* Forgets the chart before; a book's surface stays. */
static void forget(struct irm_canvas *canvas)
{
	if (canvas->cr)
		cairo_destroy(canvas->cr);
	canvas->cr = NULL;
	if (canvas->surface && !canvas->book)
		cairo_surface_destroy(canvas->surface);
	canvas->surface = canvas->book ? canvas->surface : NULL;
	canvas->n_boxes = canvas->shortened = 0;
	if (!canvas->book) {
		canvas->saved_errno = 0;
		canvas->no_memory = false;
	}
	irm_arena_clear(&canvas->arena);
}

/* The next page of a book, of its own size, with a bookmark. */
static void next_of_book(struct irm_canvas *canvas, const char *title)
{
	char where[32];
	double points = canvas->theme.points;
	canvas->stream = canvas->book;
	canvas->format = IRM_CANVAS_PDF;
	cairo_pdf_surface_set_size(canvas->surface, canvas->page.w * points,
	                           canvas->page.h * points);
	snprintf(where, sizeof where, "page=%zu", ++canvas->pages);
	if (title && *title && g_utf8_validate(title, -1, NULL))
		cairo_pdf_surface_add_outline(canvas->surface, canvas->chapter, title, where, 0);
}

void irm_canvas_begin(struct irm_canvas *canvas, FILE *stream, enum irm_canvas_format format,
                      double height, const char *title)
{
	forget(canvas);
	canvas->stream = stream;
	canvas->format = format;
	canvas->page = (struct irm_box){ 0, 0, canvas->theme.width, ceil(height) };
	if (canvas->book)
		next_of_book(canvas, title);
	else
		canvas->surface = new_surface(canvas, canvas->page.w, canvas->page.h);
	canvas->cr = cairo_create(canvas->surface);
	cairo_set_source_rgb(canvas->cr, canvas->theme.paper.r, canvas->theme.paper.g,
	                     canvas->theme.paper.b);
	cairo_paint(canvas->cr);
	double scale = 1;
	if (canvas->format == IRM_CANVAS_PDF) {
		if (!canvas->book)
			describe_pdf(canvas, title);
		scale = canvas->theme.points;
	} else if (canvas->format == IRM_CANVAS_PNG) {
		scale = canvas->theme.pixels;
	}
	cairo_scale(canvas->cr, scale, scale);
}

void irm_canvas_next(struct irm_canvas *canvas)
{
	cairo_show_page(canvas->cr);
	canvas->pages++;
	irm_canvas_fill(canvas, canvas->page, canvas->theme.paper);
}

static enum irm_code report(const struct irm_canvas *canvas, cairo_status_t status,
                            struct irm_err *err)
{
	if (canvas->saved_errno)
		return irm_err_set(err, IRM_SYSTEM, "cannot write the chart: %s",
		                   strerror(canvas->saved_errno));
	if (canvas->no_memory || status == CAIRO_STATUS_NO_MEMORY)
		return irm_err_memory(err);
	if (status)
		return irm_err_set(err, IRM_SYSTEM, "cannot draw the chart: %s",
		                   cairo_status_to_string(status));
	return IRM_OK;
}

static cairo_status_t end_surface(struct irm_canvas *canvas)
{
	cairo_status_t status = CAIRO_STATUS_SUCCESS;
	if (canvas->format == IRM_CANVAS_PNG)
		status = cairo_surface_write_to_png_stream(canvas->surface, write_bytes, canvas);
	cairo_surface_finish(canvas->surface);
	return status ? status : cairo_surface_status(canvas->surface);
}

enum irm_code irm_canvas_finish(struct irm_canvas *canvas, struct irm_err *err)
{
	cairo_status_t status = cairo_status(canvas->cr);
	if (!status) {
		cairo_show_page(canvas->cr);
		status = canvas->book ? cairo_status(canvas->cr) : end_surface(canvas);
	}
	return report(canvas, status, err);
}

void irm_canvas_book(struct irm_canvas *canvas, FILE *stream, const char *title)
{
	forget(canvas);
	canvas->stream = canvas->book = stream;
	canvas->format = IRM_CANVAS_PDF;
	canvas->pages = 0;
	canvas->chapter = CAIRO_PDF_OUTLINE_ROOT;
	canvas->surface = new_surface(canvas, canvas->theme.width, canvas->theme.height);
	describe_pdf(canvas, title);
}

void irm_canvas_chapter(struct irm_canvas *canvas, const char *title)
{
	char where[32];
	snprintf(where, sizeof where, "page=%zu", canvas->pages + 1);
	canvas->chapter = cairo_pdf_surface_add_outline(canvas->surface, CAIRO_PDF_OUTLINE_ROOT,
	                                                title, where, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

enum irm_code irm_canvas_book_end(struct irm_canvas *canvas, struct irm_err *err)
{
	cairo_status_t status = end_surface(canvas);
	canvas->book = NULL;
	return report(canvas, status, err);
}

static void set_colour(struct irm_canvas *canvas, struct irm_rgb c)
{
	cairo_set_source_rgb(canvas->cr, c.r, c.g, c.b);
}

/* Dashes in multiples of the line's width. */
static void set_stroke(struct irm_canvas *canvas, struct irm_stroke stroke)
{
	static const struct {
		int n;
		double length[4];
	} dashes[] = {
		{ 0, { 0 } },        { 2, { 6, 1.2 } },
		{ 2, { 1.5, 1 } },   { 4, { 6, 1, 1.5, 1 } },
		{ 2, { 11, 1.6 } },  { 4, { 3, 1, 1, 1 } },
		{ 2, { 2.8, 2.2 } },
	};
	size_t which = stroke.dash ? 1 + (stroke.dash - 1) % 6 : 0;
	double length[4];
	for (int i = 0; i < 4; i++)
		length[i] = dashes[which].length[i] * stroke.width;
	set_colour(canvas, stroke.colour);
	cairo_set_line_width(canvas->cr, stroke.width);
	cairo_set_dash(canvas->cr, length, dashes[which].n, 0);
	cairo_set_line_join(canvas->cr, CAIRO_LINE_JOIN_MITER);
}

void irm_canvas_fill(struct irm_canvas *canvas, struct irm_box box, struct irm_rgb colour)
{
	set_colour(canvas, colour);
	cairo_rectangle(canvas->cr, box.x, box.y, box.w, box.h);
	cairo_fill(canvas->cr);
}

static void trace(struct irm_canvas *canvas, const struct irm_point points[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		cairo_line_to(canvas->cr, points[i].x, points[i].y);
}

void irm_canvas_area(struct irm_canvas *canvas, const struct irm_point points[], size_t n,
                     struct irm_rgb colour, double alpha)
{
	trace(canvas, points, n);
	cairo_close_path(canvas->cr);
	cairo_set_source_rgba(canvas->cr, colour.r, colour.g, colour.b, alpha);
	cairo_fill(canvas->cr);
}

void irm_canvas_edge(struct irm_canvas *canvas, struct irm_box box, struct irm_stroke stroke)
{
	double half = stroke.width / 2;
	if (box.w <= stroke.width || box.h <= stroke.width)
		return;
	set_stroke(canvas, stroke);
	cairo_rectangle(canvas->cr, box.x + half, box.y + half, box.w - stroke.width,
	                box.h - stroke.width);
	cairo_stroke(canvas->cr);
}

void irm_canvas_line(struct irm_canvas *canvas, double x0, double y0, double x1, double y1,
                     struct irm_stroke stroke)
{
	const struct irm_point ends[] = { { x0, y0 }, { x1, y1 } };
	irm_canvas_path(canvas, ends, 2, stroke);
}

void irm_canvas_path(struct irm_canvas *canvas, const struct irm_point points[], size_t n,
                     struct irm_stroke stroke)
{
	set_stroke(canvas, stroke);
	trace(canvas, points, n);
	cairo_stroke(canvas->cr);
}

/* Lines x + y = c (rising) or x - y = c (falling) through the box, as far as they lie in it. */
static void diagonals(struct irm_canvas *canvas, struct irm_box box, double space, bool rising)
{
	double step = space * sqrt(2.0);
	int n = (int)ceil((box.w + box.h) / step - 0.5);
	for (int i = 0; i < n; i++) {
		double c = (i + 0.5) * step;
		double from = fmax(0, c - box.h);
		double to = fmin(box.w, c);
		double y_from = c - from;
		double y_to = c - to;
		if (!rising) {
			y_from = box.h - y_from;
			y_to = box.h - y_to;
		}
		cairo_move_to(canvas->cr, box.x + from, box.y + y_from);
		cairo_line_to(canvas->cr, box.x + to, box.y + y_to);
	}
}

static void parallels(struct irm_canvas *canvas, struct irm_box box, double space, bool upright)
{
	int n = (int)ceil((upright ? box.w : box.h) / space - 0.5);
	for (int i = 0; i < n; i++) {
		double at = (i + 0.5) * space;
		double x = upright ? box.x + at : box.x;
		double y = upright ? box.y : box.y + at;
		cairo_move_to(canvas->cr, x, y);
		cairo_line_to(canvas->cr, upright ? x : x + box.w, upright ? y + box.h : y);
	}
}

void irm_canvas_hatch(struct irm_canvas *canvas, struct irm_box box, size_t pattern, double space,
                      struct irm_stroke stroke)
{
	if (!pattern || box.w <= 0 || box.h <= 0)
		return;
	set_stroke(canvas, stroke);
	switch ((pattern - 1) % 6) {
	case 0:
		diagonals(canvas, box, space, true);
		break;
	case 1:
		parallels(canvas, box, space, false);
		break;
	case 2:
		diagonals(canvas, box, space, false);
		break;
	case 3:
		parallels(canvas, box, space, true);
		break;
	case 4:
		diagonals(canvas, box, space * 1.5, true);
		diagonals(canvas, box, space * 1.5, false);
		break;
	default:
		parallels(canvas, box, space * 1.5, true);
		parallels(canvas, box, space * 1.5, false);
		break;
	}
	cairo_stroke(canvas->cr);
}

static void polygon(struct irm_canvas *canvas, double x, double y, double r, int corners,
                    double turn)
{
	for (int i = 0; i < corners; i++) {
		double angle = (turn + (double)i / corners) * 2 * 3.14159265358979;
		cairo_line_to(canvas->cr, x + r * sin(angle), y - r * cos(angle));
	}
	cairo_close_path(canvas->cr);
}

void irm_canvas_mark(struct irm_canvas *canvas, double x, double y, double r, size_t shape,
                     struct irm_rgb colour, struct irm_stroke edge)
{
	cairo_new_path(canvas->cr);
	switch (shape % 6) {
	case 0:
		cairo_arc(canvas->cr, x, y, r * 0.95, 0, 2 * 3.14159265358979);
		break;
	case 1:
		polygon(canvas, x, y, r * 1.25, 4, 0.125);
		break;
	case 2:
		polygon(canvas, x, y, r * 1.3, 3, 0);
		break;
	case 3:
		polygon(canvas, x, y, r * 1.3, 4, 0);
		break;
	case 4:
		polygon(canvas, x, y, r * 1.3, 3, 0.5);
		break;
	default:
		polygon(canvas, x, y, r * 1.15, 6, 0);
		break;
	}
	set_colour(canvas, colour);
	cairo_fill_preserve(canvas->cr);
	set_stroke(canvas, edge);
	cairo_stroke(canvas->cr);
}
