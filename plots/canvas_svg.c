/* SVG, written here: text as text, a title, a description and a table for who does not see it, and
 * colours for light and dark screens. The same chart gives the same bytes: numbers are whole
 * hundredths, ids come from what is drawn. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plots/canvas_impl.h"
#include "plots/fonts.h"

/* Text that grows. */
struct buffer {
	char *text;
	size_t n, capacity;
	bool failed; /* no memory: what is added later is dropped */
};

/* A colour that is another by night. */
struct shade {
	char what; /* 'f' of areas and letters, 's' of lines */
	uint32_t day, night;
};

struct irm_svg {
	struct buffer body;
	struct buffer path; /* the path so far */
	long x, y;          /* its last point, in hundredths */
	struct shade *shade;
	size_t n_shades, capacity;
	cairo_surface_t *nowhere; /* where outlines of letters are traced */
	cairo_t *tracer;
	bool failed;
};

void irm_svg_free(struct irm_svg *svg)
{
	if (!svg)
		return;
	if (svg->tracer)
		cairo_destroy(svg->tracer);
	if (svg->nowhere)
		cairo_surface_destroy(svg->nowhere);
	free(svg->body.text);
	free(svg->path.text);
	free(svg->shade);
	free(svg);
}

static void put_bytes(struct buffer *out, const char *bytes, size_t n)
{
	if (out->failed)
		return;
	if (out->capacity - out->n < n) {
		size_t capacity = (out->capacity + n) * 2 + 256;
		char *text = realloc(out->text, capacity);
		if (!text) {
			out->failed = true;
			return;
		}
		out->text = text;
		out->capacity = capacity;
	}
	memcpy(out->text + out->n, bytes, n);
	out->n += n;
}

static void put(struct buffer *out, const char *text)
{
	put_bytes(out, text, strlen(text));
}

/* Text within an element or an attribute, which has been cleaned: U+FFFE and U+FFFF are no
 * characters of XML. */
static void put_escaped(struct buffer *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		switch (text[i]) {
		case '&':
			put(out, "&amp;");
			break;
		case '<':
			put(out, "&lt;");
			break;
		case '>':
			put(out, "&gt;");
			break;
		case '"':
			put(out, "&quot;");
			break;
		default:
			if (n - i >= 3 && (!memcmp(text + i, "\xef\xbf\xbe", 3) ||
			                   !memcmp(text + i, "\xef\xbf\xbf", 3))) {
				put(out, "\xef\xbf\xbd");
				i += 2;
			} else {
				put_bytes(out, text + i, 1);
			}
		}
	}
}

static void put_clean(struct buffer *out, const char *text)
{
	char clean[IRM_TEXT_MAX];
	put_escaped(out, clean, irm_canvas_clean(clean, text));
}

static long hundredths(double value)
{
	return isfinite(value) ? lround(fmin(fmax(value, -1e7), 1e7) * 100) : 0;
}

/* Written from its end, without zeros behind the point: half of a chart's bytes are such numbers.
 */
static void put_hundredths(struct buffer *out, long value)
{
	char text[32];
	char *at = text + sizeof text;
	unsigned long size = value < 0 ? 0UL - (unsigned long)value : (unsigned long)value;
	if (size % 10)
		*--at = (char)('0' + size % 10);
	if (size % 100) {
		*--at = (char)('0' + size / 10 % 10);
		*--at = '.';
	}
	size /= 100;
	do {
		*--at = (char)('0' + size % 10);
	} while (size /= 10);
	if (value < 0)
		*--at = '-';
	put_bytes(out, at, (size_t)(text + sizeof text - at));
}

static void put_number(struct buffer *out, double value)
{
	put_hundredths(out, hundredths(value));
}

/* ` name="value"` */
static void put_attribute(struct buffer *out, const char *name, double value)
{
	put(out, " ");
	put(out, name);
	put(out, "=\"");
	put_number(out, value);
	put(out, "\"");
}

static uint32_t packed(double r, double g, double b)
{
	return (uint32_t)lround(r * 255) << 16 | (uint32_t)lround(g * 255) << 8 |
	       (uint32_t)lround(b * 255);
}

static void put_colour(struct buffer *out, uint32_t colour)
{
	char text[8];
	put_bytes(out, text, (size_t)snprintf(text, sizeof text, "#%06" PRIx32, colour));
}

/* The number of a shade, from 1; 0 where there is no memory. */
static size_t find_shade(struct irm_svg *svg, struct shade shade)
{
	for (size_t i = svg->n_shades; i-- > 0;)
		if (svg->shade[i].what == shade.what && svg->shade[i].day == shade.day &&
		    svg->shade[i].night == shade.night)
			return i + 1;
	if (svg->n_shades == svg->capacity) {
		size_t capacity = svg->capacity * 2 + 16;
		struct shade *more = realloc(svg->shade, capacity * sizeof *more);
		if (!more) {
			svg->failed = true;
			return 0;
		}
		svg->shade = more;
		svg->capacity = capacity;
	}
	svg->shade[svg->n_shades++] = shade;
	return svg->n_shades;
}

/* ` fill="#rrggbb"`; *class becomes the number of its shade, 0 where the night is the same. */
static void put_paint(struct irm_svg *svg, char what, const struct irm_rgb *colour, size_t *class)
{
	uint32_t day = packed(colour->r, colour->g, colour->b);
	uint32_t night =
	        colour->night.set ? packed(colour->night.r, colour->night.g, colour->night.b) : day;
	put(&svg->body, what == 'f' ? " fill=\"" : " stroke=\"");
	put_colour(&svg->body, day);
	put(&svg->body, "\"");
	*class = night == day ? 0 : find_shade(svg, (struct shade){ what, day, night });
}

static void put_classes(struct buffer *out, size_t fill, size_t stroke)
{
	char text[64];
	int n = 0;
	if (fill && stroke)
		n = snprintf(text, sizeof text, " class=\"c%zu c%zu\"", fill, stroke);
	else if (fill || stroke)
		n = snprintf(text, sizeof text, " class=\"c%zu\"", fill ? fill : stroke);
	put_bytes(out, text, (size_t)n);
}

static void begin(struct irm_canvas *canvas)
{
	struct irm_svg *svg = canvas->svg = calloc(1, sizeof *svg);
	size_t class;
	if (!svg) {
		canvas->no_memory = true;
		canvas->pen = NULL;
		return;
	}
	if (canvas->theme.outline) {
		svg->nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
		svg->tracer = cairo_create(svg->nowhere);
	}
	put(&svg->body, "<rect width=\"100%\" height=\"100%\"");
	put_paint(svg, 'f', &canvas->theme.paper, &class);
	put_classes(&svg->body, class, 0);
	put(&svg->body, "/>\n");
}

static void next(struct irm_canvas *canvas, const char *name)
{
	(void)canvas;
	(void)name;
}

static void figure(struct irm_canvas *canvas)
{
	(void)canvas;
}

static void put_point(struct irm_svg *svg, char command, double x, double y)
{
	put_bytes(&svg->path, &command, 1);
	svg->x = hundredths(x);
	svg->y = hundredths(y);
	put_hundredths(&svg->path, svg->x);
	put(&svg->path, ",");
	put_hundredths(&svg->path, svg->y);
}

static void move(struct irm_canvas *canvas, double x, double y)
{
	put_point(canvas->svg, 'M', x, y);
}

static void line(struct irm_canvas *canvas, double x, double y)
{
	struct irm_svg *svg = canvas->svg;
	long to_x = hundredths(x);
	long to_y = hundredths(y);
	if (to_y == svg->y && to_x != svg->x) {
		put(&svg->path, "H");
		put_hundredths(&svg->path, svg->x = to_x);
	} else if (to_x == svg->x && to_y != svg->y) {
		put(&svg->path, "V");
		put_hundredths(&svg->path, svg->y = to_y);
	} else {
		put_point(svg, 'L', x, y);
	}
}

/* Two half arcs. */
static void circle(struct irm_canvas *canvas, double x, double y, double r)
{
	struct irm_svg *svg = canvas->svg;
	put_point(svg, 'M', x - r, y);
	for (int half = 0; half < 2; half++) {
		put(&svg->path, "a");
		put_number(&svg->path, r);
		put(&svg->path, ",");
		put_number(&svg->path, r);
		put(&svg->path, " 0 1 0 ");
		put_number(&svg->path, half ? -2 * r : 2 * r);
		put(&svg->path, ",0");
	}
	put(&svg->path, "z");
}

static void close_path(struct irm_canvas *canvas)
{
	put(&canvas->svg->path, "z");
}

static void put_stroke(struct irm_svg *svg, const struct irm_stroke *stroke)
{
	double length[IRM_DASHES];
	int n = irm_canvas_dashes(length, stroke);
	put_attribute(&svg->body, "stroke-width", stroke->width);
	if (!n)
		return;
	put(&svg->body, " stroke-dasharray=\"");
	for (int i = 0; i < n; i++) {
		put(&svg->body, i ? "," : "");
		put_number(&svg->body, length[i]);
	}
	put(&svg->body, "\"");
}

static void paint(struct irm_canvas *canvas, const struct irm_paint *how)
{
	struct irm_svg *svg = canvas->svg;
	size_t fill = 0;
	size_t stroke = 0;
	put(&svg->body, "<path");
	if (how->filled)
		put_paint(svg, 'f', &how->colour, &fill);
	if (how->filled && how->alpha < 1)
		put_attribute(&svg->body, "fill-opacity", how->alpha);
	if (how->stroked) {
		put_paint(svg, 's', &how->stroke.colour, &stroke);
		put_stroke(svg, &how->stroke);
	}
	put_classes(&svg->body, fill, stroke);
	put(&svg->body, " d=\"");
	put_bytes(&svg->body, svg->path.text ? svg->path.text : "", svg->path.n);
	put(&svg->body, "\"/>\n");
	svg->path.n = 0;
}

/* A line of a layout, as it is shown. */
struct line {
	const char *text; /* of the layout */
	size_t n;
	size_t cut, resume; /* what an ellipsis stands for; 0, 0: nothing */
	double x, y, w;     /* from the layout's corner; y is the baseline */
	bool rtl;
};

static void find_ellipsis(struct line *out, PangoLayoutLine *line)
{
	for (GSList *at = line->runs; at; at = at->next) {
		const PangoItem *item = ((const PangoLayoutRun *)at->data)->item;
		if (!(item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS))
			continue;
		out->cut = (size_t)(item->offset - line->start_index);
		out->resume = out->cut + (size_t)item->length;
	}
}

static struct line read_line(PangoLayout *layout, PangoLayoutIter *iter)
{
	PangoRectangle at;
	PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
	pango_layout_iter_get_line_extents(iter, NULL, &at);
	struct line out = { .text = pango_layout_get_text(layout) + line->start_index,
		            .n = (size_t)line->length,
		            .x = (double)at.x / PANGO_SCALE,
		            .y = (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE,
		            .w = (double)at.width / PANGO_SCALE,
		            .rtl = line->resolved_dir == PANGO_DIRECTION_RTL };
	if (pango_layout_is_ellipsized(layout))
		find_ellipsis(&out, line);
	while (out.n && out.text[out.n - 1] == ' ' && out.resume < out.n)
		out.n--;
	return out;
}

/* Where a line is held, whatever the font makes of its width. */
static void put_anchor(struct buffer *out, const struct line *line, double x, double y, int part)
{
	static const char *const name[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };
	put_attribute(out, "x", x + line->x + line->w * part / 2);
	put_attribute(out, "y", y + line->y);
	put(out, name[line->rtl ? 2 - part : part]);
	if (line->rtl)
		put(out, " direction=\"rtl\"");
}

static void put_line(struct irm_svg *svg, const struct irm_text *style, const struct line *line,
                     struct irm_point at, int part)
{
	struct buffer *out = &svg->body;
	size_t class;
	if (!line->n)
		return;
	put(out, "<text");
	put_anchor(out, line, at.x, at.y, part);
	put_attribute(out, "font-size", style->size);
	if (style->bold)
		put(out, " font-weight=\"bold\"");
	/* another font takes the room that was planned */
	if (line->w > style->size * 4) {
		put_attribute(out, "textLength", line->w);
		put(out, " lengthAdjust=\"spacingAndGlyphs\"");
	}
	put_paint(svg, 'f', &style->colour, &class);
	put_classes(out, class, 0);
	put(out, ">");
	if (line->resume) {
		put_escaped(out, line->text, line->cut);
		put(out, "…");
	}
	put_escaped(out, line->text + line->resume, line->n - line->resume);
	put(out, "</text>\n");
}

static void put_lines(struct irm_canvas *canvas, const struct irm_text *style, double x, double y)
{
	/* the side of the page that a line is held at */
	static const int other[] = { 2, 1, 0 };
	int part = canvas->theme.mirrored ? other[style->across] : (int)style->across;
	PangoLayoutIter *iter = pango_layout_get_iter(canvas->layout);
	do {
		struct line line = read_line(canvas->layout, iter);
		put_line(canvas->svg, style, &line, (struct irm_point){ x, y }, part);
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}

static void trace_outline(struct irm_svg *svg, const cairo_path_t *path)
{
	for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
		const cairo_path_data_t *at = &path->data[i];
		switch (at->header.type) {
		case CAIRO_PATH_MOVE_TO:
			put_point(svg, 'M', at[1].point.x, at[1].point.y);
			break;
		case CAIRO_PATH_LINE_TO:
			put_point(svg, 'L', at[1].point.x, at[1].point.y);
			break;
		case CAIRO_PATH_CURVE_TO:
			put_point(svg, 'C', at[1].point.x, at[1].point.y);
			put_point(svg, ' ', at[2].point.x, at[2].point.y);
			put_point(svg, ' ', at[3].point.x, at[3].point.y);
			break;
		case CAIRO_PATH_CLOSE_PATH:
			put(&svg->path, "z");
			break;
		}
	}
}

static void put_outline(struct irm_canvas *canvas, const struct irm_text *style, double x, double y)
{
	struct irm_svg *svg = canvas->svg;
	const struct irm_paint letters = { .filled = true, .colour = style->colour, .alpha = 1 };
	cairo_new_path(svg->tracer);
	cairo_move_to(svg->tracer, x, y);
	pango_cairo_layout_path(svg->tracer, canvas->layout);
	cairo_path_t *path = cairo_copy_path(svg->tracer);
	if (path->status)
		svg->failed = true;
	else
		trace_outline(svg, path);
	cairo_path_destroy(path);
	paint(canvas, &letters);
}

static void text(struct irm_canvas *canvas, const struct irm_text *style, double x, double y)
{
	if (canvas->theme.outline)
		put_outline(canvas, style, x, y);
	else
		put_lines(canvas, style, x, y);
}

/* Ids that two charts of one page do not share. Source: FNV-1a, RFC 9923. */
static uint32_t hash(const struct buffer *text)
{
	uint32_t h = 2166136261U;
	for (size_t i = 0; i < text->n; i++)
		h = (h ^ (unsigned char)text->text[i]) * 16777619U;
	return h;
}

static void put_root(struct buffer *out, const struct irm_canvas *canvas, const char *id)
{
	const char *unit = canvas->theme.svg_pixels ? "px" : "pt";
	const struct irm_about *about = &canvas->about;
	bool table = about->columns > 0;
	put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	         "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
	put_number(out, canvas->page.w);
	put(out, unit);
	put(out, "\" height=\"");
	put_number(out, canvas->page.h);
	put(out, unit);
	put(out, "\" viewBox=\"0 0 ");
	put_number(out, canvas->page.w);
	put(out, " ");
	put_number(out, canvas->page.h);
	put(out, "\" id=\"c-");
	put(out, id);
	/* a picture's parts are not read: where there is a table, only the drawing is the picture
	 */
	put(out, table ? "\" role=\"figure\" aria-labelledby=\"t-"
	               : "\" role=\"img\" aria-labelledby=\"t-");
	put(out, id);
	if (!table) {
		put(out, " d-");
		put(out, id);
	}
	put(out, "\" lang=\"");
	put(out, canvas->theme.lang);
	put(out, "\" xml:lang=\"");
	put(out, canvas->theme.lang);
	put(out, "\">\n");
}

static void put_element(struct buffer *out, const char *name, const char *letter, const char *id,
                        const char *text)
{
	put(out, "<");
	put(out, name);
	put(out, " id=\"");
	put(out, letter);
	put(out, id);
	put(out, "\">");
	put_clean(out, text ? text : "");
	put(out, "</");
	put(out, name);
	put(out, ">\n");
}

/* What the colours become on a dark screen, in this chart alone. */
static void put_style(struct buffer *out, const struct irm_svg *svg, const char *id)
{
	char rule[96];
	if (!svg->n_shades)
		return;
	put(out, "<style>@media (prefers-color-scheme:dark){\n");
	for (size_t i = 0; i < svg->n_shades; i++) {
		const struct shade *shade = &svg->shade[i];
		snprintf(rule, sizeof rule, "#c-%s .c%zu{%s:#%06" PRIx32 "}\n", id, i + 1,
		         shade->what == 'f' ? "fill" : "stroke", shade->night);
		put(out, rule);
	}
	put(out, "}</style>\n");
}

static void put_group(struct buffer *out, const struct irm_canvas *canvas, const char *id)
{
	put(out, "<g");
	if (canvas->about.columns) {
		put(out, " role=\"img\" aria-labelledby=\"t-");
		put(out, id);
		put(out, " d-");
		put(out, id);
		put(out, "\"");
	}
	put(out, " fill=\"none\" stroke-miterlimit=\"10\" xml:space=\"preserve\" font-family=\"");
	put(out, irm_fonts_families());
	put(out, "\">\n");
}

static void put_cells(struct buffer *out, const struct irm_about *about, size_t row)
{
	put(out, "<tr>");
	for (size_t c = 0; c < about->columns; c++) {
		put(out, row ? "<td>" : "<th scope=\"col\">");
		put_clean(out, about->cell[row * about->columns + c]);
		put(out, row ? "</td>" : "</th>");
	}
	put(out, "</tr>\n");
}

/* A table that is read but not seen. */
static void put_table(struct buffer *out, const struct irm_about *about)
{
	if (!about->columns)
		return;
	put(out, "<foreignObject width=\"1\" height=\"1\" opacity=\"0\" pointer-events=\"none\">"
	         "<table xmlns=\"http://www.w3.org/1999/xhtml\">\n<caption>");
	put_clean(out, about->title ? about->title : "");
	if (about->more) {
		put(out, " ");
		put_clean(out, about->more);
	}
	put(out, "</caption>\n");
	for (size_t row = 0; row <= about->rows; row++)
		put_cells(out, about, row);
	put(out, "</table></foreignObject>\n");
}

static enum irm_code end(struct irm_canvas *canvas, struct irm_err *err)
{
	struct irm_svg *svg = canvas->svg;
	struct buffer out = { 0 };
	char id[16];
	snprintf(id, sizeof id, "%08" PRIx32, hash(&svg->body));
	put_root(&out, canvas, id);
	put_element(&out, "title", "t-", id, canvas->about.title);
	put_element(&out, "desc", "d-", id, canvas->about.description);
	put_style(&out, svg, id);
	put_group(&out, canvas, id);
	put_bytes(&out, svg->body.text ? svg->body.text : "", svg->body.n);
	put(&out, "</g>\n");
	put_table(&out, &canvas->about);
	put(&out, "</svg>\n");
	if (out.failed || svg->body.failed || svg->path.failed || svg->failed)
		canvas->no_memory = true;
	else
		irm_canvas_write(canvas, out.text, out.n);
	free(out.text);
	return irm_canvas_report(canvas, err);
}

const struct irm_pen irm_pen_svg = { begin,  next,       figure, move, line,
	                             circle, close_path, paint,  text, end };
