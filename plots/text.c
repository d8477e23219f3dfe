#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plots/canvas_impl.h"
#include "plots/fonts.h"

static void speak(const struct irm_canvas *canvas, PangoContext *context)
{
	if (!context)
		return;
	pango_context_set_language(context, pango_language_from_string(canvas->theme.lang));
	pango_context_set_base_dir(context, canvas->theme.mirrored ? PANGO_DIRECTION_RTL
	                                                           : PANGO_DIRECTION_LTR);
}

/* Takes over a map of fonts; NULL is no memory. */
static PangoContext *set_up(const struct irm_canvas *canvas, PangoFontMap *fonts)
{
	if (!fonts)
		return NULL;
	PangoContext *context = pango_font_map_create_context(fonts);
	g_object_unref(fonts); /* the context holds it */
	/* Outlines without hinting have the same widths on every surface. */
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	speak(canvas, context);
	return context;
}

bool irm_canvas_text_init(struct irm_canvas *canvas)
{
	canvas->kept = irm_kept_new();
	canvas->usual = set_up(canvas, pango_cairo_font_map_new());
	return canvas->kept && canvas->usual;
}

void irm_canvas_text_speak(struct irm_canvas *canvas)
{
	speak(canvas, canvas->usual);
	speak(canvas, canvas->any);
	irm_kept_clear(canvas->kept);
	canvas->layout = NULL;
}

void irm_canvas_text_release(struct irm_canvas *canvas)
{
	irm_kept_free(canvas->kept);
	canvas->kept = NULL;
	canvas->layout = NULL;
	g_clear_object(&canvas->usual);
	g_clear_object(&canvas->any);
}

/* Whether a character only steers: C0, DEL, C1, bidirectional overrides and isolates. */
static bool is_control(const unsigned char *s, size_t length)
{
	if (length == 1)
		return s[0] < 0x20 || s[0] >= 0x7f;
	if (length == 2)
		return s[0] == 0xc2 && s[1] < 0xa0;
	if (length == 3 && s[0] == 0xe2 && s[1] == 0x80)
		return s[2] == 0xa8 || s[2] == 0xa9 || (s[2] >= 0xaa && s[2] <= 0xae);
	return length == 3 && s[0] == 0xe2 && s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9;
}

size_t irm_canvas_clean(char out[IRM_TEXT_MAX], const char *text)
{
	size_t length = strlen(text);
	size_t n = 0;
	for (size_t at = 0; at < length;) {
		size_t step = irm_utf8_step(text + at, length - at);
		if (n + 8 > IRM_TEXT_MAX) {
			memcpy(out + n, "…", sizeof "…" - 1);
			n += sizeof "…" - 1;
			break;
		}
		if (text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
			out[n++] = ' ';
		} else if (is_control((const unsigned char *)text + at, step)) {
			memcpy(out + n, "\xef\xbf\xbd", 3);
			n += 3;
		} else {
			memcpy(out + n, text + at, step);
			n += step;
		}
		at += step;
	}
	out[n] = '\0';
	return n;
}

/* Which of a text's sides is at x, as it stands on the page. */
static enum irm_across side(const struct irm_canvas *canvas, enum irm_across across)
{
	static const enum irm_across other[] = { IRM_RIGHT, IRM_CENTRE, IRM_LEFT };
	return canvas->theme.mirrored ? other[across] : across;
}

/* The direction of the first letter, which is that of the text; where there is none, of the page.
 */
static PangoDirection direction(const struct irm_canvas *canvas, const char *text)
{
	for (; *text; text = g_utf8_find_next_char(text, NULL)) {
		gunichar c = g_utf8_get_char(text);
		if ((c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00) ||
		    (c >= 0xfe70 && c < 0xff00)) {
			if (g_unichar_isalpha(c))
				return PANGO_DIRECTION_RTL;
		} else if (g_unichar_isalpha(c)) {
			return PANGO_DIRECTION_LTR;
		}
	}
	return pango_context_get_base_dir(canvas->usual);
}

/* Pango's left is the right where the text runs against the context's direction. */
static PangoAlignment alignment(const struct irm_canvas *canvas, const struct irm_text *style,
                                const char *text)
{
	static const PangoAlignment align[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
		                                PANGO_ALIGN_RIGHT };
	enum irm_across across = side(canvas, style->across);
	bool against = direction(canvas, text) != pango_context_get_base_dir(canvas->usual);
	return align[against ? IRM_RIGHT - across : across];
}

/* Gives the lines of a text about the same length, where the last one is a mere rest: Chinese
 * breaks anywhere, and would leave a single letter to it. */
static void balance(PangoLayout *layout, double size)
{
	int lines = pango_layout_get_line_count(layout);
	int width = pango_layout_get_width(layout);
	int sum = 0;
	int last = 0;
	if (lines < 2 || pango_layout_is_ellipsized(layout))
		return;
	for (int i = 0; i < lines; i++) {
		PangoRectangle logical;
		pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, i), NULL,
		                              &logical);
		sum += logical.width;
		last = logical.width;
	}
	if (last > width / 3)
		return;
	int step = (int)(size * PANGO_SCALE);
	for (int even = sum / lines + step; even < width; even += step) {
		pango_layout_set_width(layout, even);
		if (pango_layout_get_line_count(layout) <= lines &&
		    !pango_layout_is_ellipsized(layout))
			return;
	}
	pango_layout_set_width(layout, width);
}

/* Whether all letters are those of ASCII and Latin-1, which every font has. */
static bool is_latin(const char *text)
{
	while (*text && (unsigned char)*text < 0xc4)
		text++;
	return !*text;
}

/* Keeps the dots between the parts of a text at the end of a line: none begins with one. */
static void bind_dots(PangoLayout *layout, const char *text)
{
	static const char dot[] = " · ";
	PangoAttrList *attributes = NULL;
	for (const char *p = strstr(text, dot); p; p = strstr(p + 1, dot)) {
		PangoAttribute *bound = pango_attr_allow_breaks_new(FALSE);
		bound->start_index = (guint)(p - text);
		bound->end_index = bound->start_index + sizeof dot - 2;
		if (!attributes)
			attributes = pango_attr_list_new();
		pango_attr_list_insert(attributes, bound);
	}
	pango_layout_set_attributes(layout, attributes);
	if (attributes)
		pango_attr_list_unref(attributes);
}

/* A text in a font, with nothing said of its width yet. */
static PangoLayout *set(PangoContext *context, const struct irm_text *style, const char *text,
                        size_t length)
{
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, irm_fonts_families());
	pango_font_description_set_weight(font,
	                                  style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_text(layout, text, (int)length);
	bind_dots(layout, text);
	return layout;
}

/* Sets a text in the usual fonts, in any where these have no sign for a letter of it. */
static PangoLayout *choose(struct irm_canvas *canvas, const struct irm_text *style,
                           const char *text, size_t length)
{
	PangoLayout *layout = set(canvas->usual, style, text, length);
	if (is_latin(text) || !pango_layout_get_unknown_glyphs_count(layout))
		return layout;
	if (!canvas->any)
		canvas->any = set_up(canvas, irm_fonts_any());
	if (!canvas->any)
		return layout;
	g_object_unref(layout);
	return set(canvas->any, style, text, length);
}

/* Sets canvas->layout to that of a text, kept or new. */
static void lay_out(struct irm_canvas *canvas, const struct irm_text *style, const char *text,
                    size_t length, PangoWrapMode wrap)
{
	const struct irm_kept_key key = { text, style, wrap };
	PangoLayout *layout = canvas->layout = irm_kept_find(canvas->kept, &key);
	if (layout)
		return;
	layout = canvas->layout = choose(canvas, style, text, length);
	irm_kept_put(canvas->kept, &key, layout);
	pango_layout_set_wrap(layout, wrap);
	pango_layout_set_width(layout, style->width > 0 ? (int)(style->width * PANGO_SCALE) : -1);
	bool cut = style->lines > 0 && style->width > 0 && wrap == PANGO_WRAP_WORD_CHAR;
	pango_layout_set_height(layout, cut ? -style->lines : -1);
	pango_layout_set_ellipsize(layout, cut ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	pango_layout_set_alignment(layout, alignment(canvas, style, text));
	/* narrow texts of words would be broken within one */
	if (style->width > 20 * style->size ||
	    (style->width > 0 && !strcmp(canvas->theme.lang, "zh")))
		balance(layout, style->size);
}

struct irm_box irm_canvas_measure(struct irm_canvas *canvas, const struct irm_text *style,
                                  const char *text, int *lines)
{
	char buffer[IRM_TEXT_MAX];
	if (lines)
		*lines = 0;
	if (!text || !*text)
		return (struct irm_box){ 0 };
	lay_out(canvas, style, buffer, irm_canvas_clean(buffer, text), PANGO_WRAP_WORD);
	PangoRectangle logical;
	pango_layout_get_extents(canvas->layout, NULL, &logical);
	if (lines)
		*lines = pango_layout_get_line_count(canvas->layout);
	return (struct irm_box){ .w = (double)logical.width / PANGO_SCALE,
		                 .h = (double)logical.height / PANGO_SCALE };
}

double irm_canvas_height(struct irm_canvas *canvas, const struct irm_text *style, const char *text)
{
	char buffer[IRM_TEXT_MAX];
	if (!text || !*text)
		return 0;
	lay_out(canvas, style, buffer, irm_canvas_clean(buffer, text), PANGO_WRAP_WORD_CHAR);
	PangoRectangle logical;
	pango_layout_get_extents(canvas->layout, NULL, &logical);
	return (double)logical.height / PANGO_SCALE;
}

/* Whether a line begins within a word, which had no room. */
static bool is_broken(PangoLayout *layout)
{
	int n;
	const char *text = pango_layout_get_text(layout);
	const PangoLogAttr *letter = pango_layout_get_log_attrs_readonly(layout, &n);
	for (int i = 1; i < pango_layout_get_line_count(layout); i++) {
		int start = pango_layout_line_get_start_index(
		        pango_layout_get_line_readonly(layout, i));
		if (!letter[g_utf8_pointer_to_offset(text, text + start)].is_line_break)
			return true;
	}
	return false;
}

static void keep_box(struct irm_canvas *canvas, const struct irm_text *style, const char *text,
                     size_t length, struct irm_box ink)
{
	if (canvas->n_boxes == canvas->capacity) {
		size_t capacity = canvas->capacity ? canvas->capacity * 2 : 64;
		struct irm_text_box *boxes = realloc(canvas->boxes, capacity * sizeof *boxes);
		if (!boxes) {
			canvas->no_memory = true;
			return;
		}
		canvas->boxes = boxes;
		canvas->capacity = capacity;
	}
	char *copy = irm_arena_text(&canvas->arena, text, length);
	if (!copy) {
		canvas->no_memory = true;
		return;
	}
	bool shortened = pango_layout_is_ellipsized(canvas->layout);
	canvas->shortened += shortened;
	canvas->broken += is_broken(canvas->layout);
	canvas->boxes[canvas->n_boxes++] = (struct irm_text_box){
		.text = copy,
		.role = style->role ? style->role : "",
		.box = ink,
		.size = style->size,
		.shortened = shortened,
	};
}

/* The layout's left upper corner, in pango units, relative to the anchor. */
static struct irm_point anchor(const struct irm_canvas *canvas, const struct irm_text *style,
                               const PangoRectangle *logical)
{
	double w = (double)logical->width / PANGO_SCALE;
	double h = (double)logical->height / PANGO_SCALE;
	return (struct irm_point){ -w * (double)side(canvas, style->across) / 2 -
		                           (double)logical->x / PANGO_SCALE,
		                   -h * (double)style->down / 2 };
}

static void clear_ground(struct irm_canvas *canvas, struct irm_box ink, double around)
{
	if (canvas->theme.mirrored) /* as it will be placed */
		ink.x = canvas->page.w - ink.x - ink.w;
	irm_canvas_fill(canvas,
	                (struct irm_box){ ink.x - around, ink.y - around, ink.w + 2 * around,
	                                  ink.h + 2 * around },
	                canvas->theme.paper);
}

void irm_canvas_text(struct irm_canvas *canvas, const struct irm_text *style, double x, double y,
                     const char *text)
{
	if (!text || !*text || !canvas->open)
		return;
	char buffer[IRM_TEXT_MAX];
	size_t length = irm_canvas_clean(buffer, text);
	lay_out(canvas, style, buffer, length, PANGO_WRAP_WORD_CHAR);
	PangoRectangle ink;
	PangoRectangle logical;
	pango_layout_get_extents(canvas->layout, &ink, &logical);
	struct irm_point at = anchor(canvas, style, &logical);
	at.x += canvas->theme.mirrored ? canvas->page.w - x : x;
	at.y += y;
	struct irm_box box = { at.x + (double)ink.x / PANGO_SCALE,
		               at.y + (double)ink.y / PANGO_SCALE, (double)ink.width / PANGO_SCALE,
		               (double)ink.height / PANGO_SCALE };
	keep_box(canvas, style, buffer, length, box);
	if (!canvas->pen)
		return;
	if (style->plate)
		clear_ground(canvas, box, style->size * 0.08);
	canvas->pen->text(canvas, style, at.x, at.y);
}

size_t irm_canvas_boxes(const struct irm_canvas *canvas, const struct irm_text_box **boxes)
{
	*boxes = canvas->boxes;
	return canvas->n_boxes;
}

size_t irm_canvas_shortened(const struct irm_canvas *canvas)
{
	return canvas->shortened;
}

size_t irm_canvas_broken(const struct irm_canvas *canvas)
{
	return canvas->broken;
}
