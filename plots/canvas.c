#include "plots/canvas.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plots/canvas_impl.h"

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

/* Forgets the chart before; a book's surface stays. */
static void forget(struct irm_canvas *canvas)
{
	irm_canvas_forget_cairo(canvas);
	irm_svg_free(canvas->svg);
	canvas->svg = NULL;
	canvas->n_boxes = canvas->shortened = canvas->broken = 0;
	if (!canvas->book) {
		canvas->pages = 0;
		canvas->saved_errno = 0;
		canvas->no_memory = false;
	}
	irm_arena_clear(&canvas->arena);
}

void irm_canvas_free(struct irm_canvas *canvas)
{
	if (!canvas)
		return;
	irm_canvas_text_release(canvas);
	canvas->book = NULL;
	forget(canvas);
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

bool irm_canvas_write(struct irm_canvas *canvas, const void *bytes, size_t length)
{
	if (canvas->saved_errno)
		return false;
	errno = 0;
	if (fwrite(bytes, 1, length, canvas->stream) == length)
		return true;
	canvas->saved_errno = errno ? errno : EIO;
	return false;
}

enum irm_code irm_canvas_report(const struct irm_canvas *canvas, struct irm_err *err)
{
	if (canvas->saved_errno)
		return irm_err_set(err, IRM_SYSTEM, "cannot write the chart: %s",
		                   strerror(canvas->saved_errno));
	return canvas->no_memory ? irm_err_memory(err) : IRM_OK;
}

void irm_canvas_begin(struct irm_canvas *canvas, FILE *stream, enum irm_canvas_format format,
                      double height, const struct irm_about *about)
{
	static const struct irm_about nothing = { 0 };
	forget(canvas);
	bool book = canvas->book && format != IRM_CANVAS_NONE;
	canvas->stream = book ? canvas->book : stream;
	canvas->format = book ? IRM_CANVAS_PDF : format;
	canvas->about = about ? *about : nothing;
	canvas->page = (struct irm_box){ 0, 0, canvas->theme.width, ceil(height) };
	canvas->open = true;
	canvas->pen = canvas->format == IRM_CANVAS_NONE  ? NULL
	              : canvas->format == IRM_CANVAS_SVG ? &irm_pen_svg
	                                                 : &irm_pen_cairo;
	if (canvas->pen)
		canvas->pen->begin(canvas);
}

void irm_canvas_figure(struct irm_canvas *canvas)
{
	if (canvas->pen)
		canvas->pen->figure(canvas);
}

void irm_canvas_next(struct irm_canvas *canvas, const char *name)
{
	if (canvas->pen)
		canvas->pen->next(canvas, name);
}

enum irm_code irm_canvas_finish(struct irm_canvas *canvas, struct irm_err *err)
{
	enum irm_code code =
	        canvas->pen ? canvas->pen->end(canvas, err) : irm_canvas_report(canvas, err);
	canvas->pen = NULL;
	canvas->open = false;
	return code;
}

int irm_canvas_dashes(double length[IRM_DASHES], const struct irm_stroke *stroke)
{
	/* in multiples of the line's width */
	static const struct {
		int n;
		double length[IRM_DASHES];
	} dashes[] = {
		{ 0, { 0 } },        { 2, { 6, 1.2 } },
		{ 2, { 1.5, 1 } },   { 4, { 6, 1, 1.5, 1 } },
		{ 2, { 11, 1.6 } },  { 4, { 3, 1, 1, 1 } },
		{ 2, { 2.8, 2.2 } },
	};
	size_t which = stroke->dash ? 1 + (stroke->dash - 1) % 6 : 0;
	for (int i = 0; i < IRM_DASHES; i++)
		length[i] = dashes[which].length[i] * stroke->width;
	return dashes[which].n;
}

/* Where x is on the page. */
static double across(const struct irm_canvas *canvas, double x)
{
	return canvas->theme.mirrored ? canvas->page.w - x : x;
}

static struct irm_box placed(const struct irm_canvas *canvas, struct irm_box box)
{
	if (canvas->theme.mirrored)
		box.x = canvas->page.w - box.x - box.w;
	return box;
}

static void stroke_path(struct irm_canvas *canvas, struct irm_stroke stroke)
{
	const struct irm_paint paint = { .stroked = true, .stroke = stroke };
	canvas->pen->paint(canvas, &paint);
}

static void trace_box(struct irm_canvas *canvas, struct irm_box box)
{
	const struct irm_pen *pen = canvas->pen;
	pen->move(canvas, box.x, box.y);
	pen->line(canvas, box.x + box.w, box.y);
	pen->line(canvas, box.x + box.w, box.y + box.h);
	pen->line(canvas, box.x, box.y + box.h);
	pen->close(canvas);
}

void irm_canvas_fill(struct irm_canvas *canvas, struct irm_box box, struct irm_rgb colour)
{
	const struct irm_paint paint = { .filled = true, .colour = colour, .alpha = 1 };
	if (!canvas->pen)
		return;
	trace_box(canvas, placed(canvas, box));
	canvas->pen->paint(canvas, &paint);
}

static void trace(struct irm_canvas *canvas, const struct irm_point points[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double x = across(canvas, points[i].x);
		(i ? canvas->pen->line : canvas->pen->move)(canvas, x, points[i].y);
	}
}

void irm_canvas_area(struct irm_canvas *canvas, const struct irm_point points[], size_t n,
                     struct irm_rgb colour, double alpha)
{
	const struct irm_paint paint = { .filled = true, .colour = colour, .alpha = alpha };
	if (!canvas->pen || !n)
		return;
	trace(canvas, points, n);
	canvas->pen->close(canvas);
	canvas->pen->paint(canvas, &paint);
}

void irm_canvas_edge(struct irm_canvas *canvas, struct irm_box box, struct irm_stroke stroke)
{
	double half = stroke.width / 2;
	if (!canvas->pen || box.w <= stroke.width || box.h <= stroke.width)
		return;
	struct irm_box at = placed(canvas, box);
	trace_box(canvas, (struct irm_box){ at.x + half, at.y + half, at.w - stroke.width,
	                                    at.h - stroke.width });
	stroke_path(canvas, stroke);
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
	if (!canvas->pen || !n)
		return;
	trace(canvas, points, n);
	stroke_path(canvas, stroke);
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
		canvas->pen->move(canvas, box.x + from, box.y + y_from);
		canvas->pen->line(canvas, box.x + to, box.y + y_to);
	}
}

static void parallels(struct irm_canvas *canvas, struct irm_box box, double space, bool upright)
{
	int n = (int)ceil((upright ? box.w : box.h) / space - 0.5);
	for (int i = 0; i < n; i++) {
		double at = (i + 0.5) * space;
		double x = upright ? box.x + at : box.x;
		double y = upright ? box.y : box.y + at;
		canvas->pen->move(canvas, x, y);
		canvas->pen->line(canvas, upright ? x : x + box.w, upright ? y + box.h : y);
	}
}

void irm_canvas_hatch(struct irm_canvas *canvas, struct irm_box box, size_t pattern, double space,
                      struct irm_stroke stroke)
{
	if (!canvas->pen || !pattern || box.w <= 0 || box.h <= 0)
		return;
	box = placed(canvas, box);
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
	stroke_path(canvas, stroke);
}

static void polygon(struct irm_canvas *canvas, struct irm_point at, double r, int corners,
                    double turn)
{
	for (int i = 0; i < corners; i++) {
		double angle = (turn + (double)i / corners) * 2 * 3.14159265358979;
		(i ? canvas->pen->line : canvas->pen->move)(canvas, at.x + r * sin(angle),
		                                            at.y - r * cos(angle));
	}
	canvas->pen->close(canvas);
}

void irm_canvas_mark(struct irm_canvas *canvas, double x, double y, double r, size_t shape,
                     struct irm_rgb colour, struct irm_stroke edge)
{
	static const struct {
		double size, turn;
		int corners; /* 0: a circle */
	} shapes[] = {
		{ 0.95, 0, 0 }, { 1.25, 0.125, 4 }, { 1.3, 0, 3 },
		{ 1.3, 0, 4 },  { 1.3, 0.5, 3 },    { 1.15, 0, 6 },
	};
	const struct irm_paint paint = {
		.filled = true, .colour = colour, .alpha = 1, .stroked = true, .stroke = edge
	};
	if (!canvas->pen)
		return;
	struct irm_point at = { across(canvas, x), y };
	size_t i = shape % (sizeof shapes / sizeof shapes[0]);
	if (shapes[i].corners)
		polygon(canvas, at, r * shapes[i].size, shapes[i].corners, shapes[i].turn);
	else
		canvas->pen->circle(canvas, at.x, at.y, r * shapes[i].size);
	canvas->pen->paint(canvas, &paint);
}
