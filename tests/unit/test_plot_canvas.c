/* The canvas: what it writes, and how it turns a page round for Arabic. */
#include <math.h>

#include "plots/canvas.h"
#include "plots/fonts.h"
#include "tests/unit/unit.h"

#define PAGE_HEIGHT 100

struct drawing {
	struct irm_canvas *canvas;
	FILE *file;
	char *text; /* what was written */
	size_t size;
};

static struct irm_theme theme_of(const char *scheme, const char *lang)
{
	struct irm_theme theme;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_theme_find(&theme, "web", scheme, &err), IRM_OK);
	assert_int_equal(irm_theme_speak(&theme, lang, NULL, &err), IRM_OK);
	return theme;
}

static void open_drawing(struct drawing *drawing, const struct irm_theme *theme,
                         enum irm_canvas_format format, const struct irm_about *about)
{
	struct irm_err err = { .code = IRM_OK };
	*drawing = (struct drawing){ .canvas = NULL };
	drawing->file = open_memstream(&drawing->text, &drawing->size);
	assert_non_null(drawing->file);
	assert_int_equal(irm_canvas_new(&drawing->canvas, theme, &err), IRM_OK);
	irm_canvas_begin(drawing->canvas, drawing->file, format, PAGE_HEIGHT, about);
}

static void end_drawing(struct drawing *drawing)
{
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_canvas_finish(drawing->canvas, &err), IRM_OK);
	assert_int_equal(fclose(drawing->file), 0);
}

static void free_drawing(struct drawing *drawing)
{
	irm_canvas_free(drawing->canvas);
	free(drawing->text);
}

static void has(const struct drawing *drawing, const char *part)
{
	if (!strstr(drawing->text, part))
		fail_msg("not found: %s\nin: %s", part, drawing->text);
}

static void lacks(const struct drawing *drawing, const char *part)
{
	if (strstr(drawing->text, part))
		fail_msg("found: %s\nin: %s", part, drawing->text);
}

static struct irm_text style_of(const struct irm_theme *theme, enum irm_across across)
{
	return (struct irm_text){
		.role = "label", .size = 20, .colour = theme->ink, .across = across
	};
}

static struct irm_box only_box(const struct drawing *drawing)
{
	const struct irm_text_box *box;
	assert_int_equal(irm_canvas_boxes(drawing->canvas, &box), 1);
	return box->box;
}

/* Where a text lies on a page that is mirrored, or not. */
static struct irm_box place(const char *text, enum irm_across across, double width, bool mirrored)
{
	struct drawing drawing;
	struct irm_theme theme = theme_of("light", "en");
	theme.mirrored = mirrored;
	struct irm_text style = style_of(&theme, across);
	style.width = width;
	open_drawing(&drawing, &theme, IRM_CANVAS_NONE, NULL);
	irm_canvas_text(drawing.canvas, &style, 200, 10, text);
	struct irm_box box = only_box(&drawing);
	end_drawing(&drawing);
	free_drawing(&drawing);
	return box;
}

/* A text stands at the same distance from the other edge, as wide as before. */
static void test_mirror_text(void **state)
{
	(void)state;
	static const enum irm_across sides[] = { IRM_LEFT, IRM_CENTRE, IRM_RIGHT };
	static const char *const texts[] = { "Review", "44", "استعراض", "two lines of words" };
	for (size_t i = 0; i < COUNT(texts); i++)
		for (size_t k = 0; k < COUNT(sides); k++) {
			double width = i == 3 ? 90 : 0;
			struct irm_box a = place(texts[i], sides[k], width, false);
			struct irm_box b = place(texts[i], sides[k], width, true);
			assert_true(a.w > 5 && fabs(a.w - b.w) < 0.01 && fabs(a.y - b.y) < 0.01);
			/* ink ends beside its advance, on both sides alike by a unit or two */
			if (fabs(960 - b.x - b.w - a.x) > 4)
				fail_msg("%s: from %g, mirrored from %g", texts[i], a.x, b.x);
		}
}

/* The height of a text as `measure` has it, and its width and lines as they are without a cut. */
static void sizes_of(char out[200], struct irm_canvas *canvas, const struct irm_text *style,
                     const char *text)
{
	int lines;
	struct irm_box size = irm_canvas_measure(canvas, style, text, &lines);
	snprintf(out, 200, "%g %g %d %g", size.w, size.h, lines,
	         irm_canvas_height(canvas, style, text));
}

/* The same by a canvas that has set nothing yet. */
static void sizes_anew(char out[200], const struct irm_theme *theme, const struct irm_text *style,
                       const char *text)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_canvas *canvas;
	assert_int_equal(irm_canvas_new(&canvas, theme, &err), IRM_OK);
	sizes_of(out, canvas, style, text);
	irm_canvas_free(canvas);
}

/* A canvas keeps what it has set: more texts than it has places for, in styles that differ in one
 * thing, are each as a new canvas has them. */
static void test_kept_texts_are_as_set_anew(void **state)
{
	(void)state;
	static const struct irm_text styles[] = {
		{ .size = 12 },
		{ .size = 13 },
		{ .size = 12, .bold = true },
		{ .size = 12, .width = 80 },
		{ .size = 12, .width = 120 },
		{ .size = 12, .width = 80, .lines = 1 },
		{ .size = 12, .width = 80, .lines = 2 },
	};
	struct irm_theme theme = theme_of("light", "en");
	struct irm_err err = { .code = IRM_OK };
	struct irm_canvas *kept;
	char found[200], wanted[200];
	assert_int_equal(irm_canvas_new(&kept, &theme, &err), IRM_OK);
	for (int i = 0; i < (is_brief() ? 200 : 2000); i++) {
		char text[40];
		snprintf(text, sizeof text, "%d reviews were late", i * 7919 % 1000);
		sizes_of(found, kept, &styles[i % (int)COUNT(styles)], text);
		for (size_t k = 0; k < COUNT(styles) && i % 197 == 0; k++) {
			sizes_of(found, kept, &styles[k], text);
			sizes_anew(wanted, &theme, &styles[k], text);
			same_text(text, found, wanted);
		}
	}
	irm_canvas_free(kept);
}

/* A text of two lines that is held at its right, after the same held at its left. */
static void test_a_text_kept_of_one_side_is_not_that_of_the_other(void **state)
{
	(void)state;
	struct irm_theme theme = theme_of("light", "en");
	const enum irm_across sides[] = { IRM_LEFT, IRM_RIGHT };
	struct drawing drawing[2];
	for (size_t i = 0; i < 2; i++) { /* the first has but the right */
		open_drawing(&drawing[i], &theme, IRM_CANVAS_SVG, NULL);
		for (size_t k = 1 - i; k < 2; k++) {
			struct irm_text style = style_of(&theme, sides[k]);
			style.width = 100;
			irm_canvas_text(drawing[i].canvas, &style, 300, 100 * (double)k,
			                "Reviews that were late by now");
		}
		end_drawing(&drawing[i]);
	}
	const char *last = NULL;
	for (const char *p = drawing[0].text; (p = strstr(p, "<text")); p++)
		last = p;
	assert_non_null(last);
	has(&drawing[1], last);
	free_drawing(&drawing[0]);
	free_drawing(&drawing[1]);
}

/* In another language nothing is as it was set before: Chinese evens its lines out. */
static void test_nothing_is_kept_of_another_language(void **state)
{
	(void)state;
	static const char text[] = "first second third fourth fifth six";
	const struct irm_theme english = theme_of("light", "en"), chinese = theme_of("light", "zh");
	const struct irm_text style = { .size = 12, .width = 165 };
	struct irm_err err = { .code = IRM_OK };
	struct irm_canvas *canvas;
	char before[200], found[200], wanted[200];
	assert_int_equal(irm_canvas_new(&canvas, &english, &err), IRM_OK);
	sizes_of(before, canvas, &style, text);
	irm_canvas_restyle(canvas, &chinese);
	sizes_of(found, canvas, &style, text);
	sizes_anew(wanted, &chinese, &style, text);
	same_text("in Chinese", found, wanted);
	assert_string_not_equal(found, before);
	irm_canvas_restyle(canvas, &english);
	sizes_of(found, canvas, &style, text);
	same_text("in English again", found, before);
	irm_canvas_free(canvas);
}

/* The dots between the parts of a text stand at the end of a line, not at its beginning. */
static void test_dots_end_lines(void **state)
{
	(void)state;
	for (double width = 60; width < 300; width += 10) {
		struct drawing drawing;
		struct irm_theme theme = theme_of("light", "en");
		struct irm_text style = style_of(&theme, IRM_LEFT);
		style.width = width;
		open_drawing(&drawing, &theme, IRM_CANVAS_SVG, NULL);
		irm_canvas_text(drawing.canvas, &style, 0, 0, "First part · second one · third");
		irm_canvas_text(drawing.canvas, &style, 0, 200, "First part in 2 lines");
		end_drawing(&drawing);
		has(&drawing, "·");
		lacks(&drawing, ">·");
		free_drawing(&drawing);
	}
}

/* A line that ends within a word is told; Chinese and what has spaces or hyphens is not broken. */
static void test_broken_words(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double width;
		size_t broken;
	} texts[] = {
		{ "Enforcement", 300, 0 },     { "Enforcement", 60, 1 },
		{ "Law enforcement", 150, 0 }, { "Law enforcement", 60, 1 },
		{ "审议机制审议机制", 60, 0 }, { "الاستعراضات", 30, 1 },
		{ "Asia-Pacific", 80, 0 },
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct drawing drawing;
		struct irm_theme theme = theme_of("light", "en");
		struct irm_text style = style_of(&theme, IRM_LEFT);
		style.width = texts[i].width;
		open_drawing(&drawing, &theme, IRM_CANVAS_NONE, NULL);
		irm_canvas_text(drawing.canvas, &style, 0, 0, texts[i].text);
		if (irm_canvas_broken(drawing.canvas) != texts[i].broken)
			fail_msg("%s in %g", texts[i].text, texts[i].width);
		end_drawing(&drawing);
		free_drawing(&drawing);
	}
}

/* A last line that is a mere rest takes words of the line before, as long as none more is needed.
 */
static void test_balanced_lines(void **state)
{
	(void)state;
	struct drawing drawing;
	struct irm_theme theme = theme_of("light", "en");
	struct irm_text style = style_of(&theme, IRM_LEFT);
	const char *text = "Completion rate by region and milestone of the first review cycle 1";
	open_drawing(&drawing, &theme, IRM_CANVAS_NONE, NULL);
	double whole = irm_canvas_measure(drawing.canvas, &style, text, NULL).w;
	style.width = whole - 5;
	int lines = 0;
	double width = irm_canvas_measure(drawing.canvas, &style, text, &lines).w;
	assert_int_equal(lines, 2);
	assert_true(width < whole * 0.75);
	end_drawing(&drawing);
	free_drawing(&drawing);
}

/* The pinned fonts set a text as before, and those find what they lack. It changes the program: the
 * last test. */
static void test_pinned_fonts(void **state)
{
	(void)state;
	static const char *const texts[] = { "Review", "État",     "Обзор", "استعراض",
		                             "审议",   "การทบทวน", "סקירה" };
	struct irm_box before[COUNT(texts)];
	for (size_t i = 0; i < COUNT(texts); i++)
		before[i] = place(texts[i], IRM_LEFT, 0, false);
	assert_true(irm_fonts_pin());
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct irm_box now = place(texts[i], IRM_LEFT, 0, false);
		if (memcmp(&now, &before[i], sizeof now) != 0)
			fail_msg("%s: %g × %g became %g × %g", texts[i], before[i].w, before[i].h,
			         now.w, now.h);
	}
}

/* Draws what has a direction, but lies about the middle of the page. */
static void draw_middle(const struct drawing *drawing, const struct irm_theme *theme)
{
	const struct irm_stroke stroke = { theme->ink, 2, 0 };
	const struct irm_box box = { 460, 20, 40, 30 };
	for (size_t pattern = 1; pattern <= 6; pattern++)
		irm_canvas_hatch(drawing->canvas, box, pattern, 5, stroke);
	for (size_t shape = 0; shape < 6; shape++)
		irm_canvas_mark(drawing->canvas, 480, 80, 6, shape, theme->slot[0], stroke);
	irm_canvas_fill(drawing->canvas, box, theme->slot[1]);
	irm_canvas_edge(drawing->canvas, box, stroke);
}

/* Hatchings and marks keep their look: a falling line does not rise. */
static void test_mirror_look(void **state)
{
	(void)state;
	struct drawing plain, mirrored;
	struct irm_theme theme = theme_of("light", "en");
	open_drawing(&plain, &theme, IRM_CANVAS_SVG, NULL);
	draw_middle(&plain, &theme);
	end_drawing(&plain);
	theme.mirrored = true;
	open_drawing(&mirrored, &theme, IRM_CANVAS_SVG, NULL);
	draw_middle(&mirrored, &theme);
	end_drawing(&mirrored);
	same_text("about the middle", mirrored.text, plain.text);
	free_drawing(&plain);
	free_drawing(&mirrored);
}

static void test_mirror_shapes(void **state)
{
	(void)state;
	struct drawing drawing;
	struct irm_theme theme = theme_of("light", "en");
	const struct irm_stroke stroke = { theme.ink, 1, 0 };
	const struct irm_point points[] = { { 0, 0 }, { 60, 10 }, { 0, 40 } };
	theme.mirrored = true;
	open_drawing(&drawing, &theme, IRM_CANVAS_SVG, NULL);
	irm_canvas_fill(drawing.canvas, (struct irm_box){ 10, 20, 30, 40 }, theme.slot[0]);
	irm_canvas_line(drawing.canvas, 0, 50, 100, 60, stroke);
	irm_canvas_area(drawing.canvas, points, COUNT(points), theme.slot[1], 0.5);
	end_drawing(&drawing);
	has(&drawing, "d=\"M920,20H950V60H920z\"");
	has(&drawing, "d=\"M960,50L860,60\"");
	has(&drawing, "fill-opacity=\"0.5\" d=\"M960,0L900,10L960,40z\"");
	free_drawing(&drawing);
}

static void test_svg_text(void **state)
{
	(void)state;
	struct drawing drawing;
	struct irm_theme theme = theme_of("light", "en");
	struct irm_text style = style_of(&theme, IRM_LEFT);
	open_drawing(&drawing, &theme, IRM_CANVAS_SVG, NULL);
	irm_canvas_text(drawing.canvas, &style, 10, 10, "<a>&\"b\"\x01\xff\xef\xbf\xbe");
	irm_canvas_text(drawing.canvas, &style, 10, 10, "استعراض");
	style.width = 60;
	style.lines = 2;
	irm_canvas_text(drawing.canvas, &style, 10, 30, "first second third fourth");
	end_drawing(&drawing);
	has(&drawing, ">&lt;a&gt;&amp;&quot;b&quot;���</text>");
	/* held at its left, which is where it ends */
	has(&drawing, "text-anchor=\"end\" direction=\"rtl\"");
	/* a text a line, without the space it was broken at; the last says that it was cut */
	has(&drawing, ">first</text>");
	has(&drawing, "…</text>");
	lacks(&drawing, "fourth");
	assert_int_equal(irm_canvas_shortened(drawing.canvas), 1);
	free_drawing(&drawing);
}

static void test_svg_numbers(void **state)
{
	(void)state;
	struct drawing drawing;
	struct irm_theme theme = theme_of("light", "en");
	const struct irm_stroke stroke = { theme.ink, 1, 0 };
	const struct irm_point points[] = {
		{ -0.004, 1.005 }, { -1.5, (double)NAN }, { 0.05, 1e300 }, { 12.3, 1e300 }
	};
	open_drawing(&drawing, &theme, IRM_CANVAS_SVG, NULL);
	irm_canvas_path(drawing.canvas, points, COUNT(points), stroke);
	end_drawing(&drawing);
	has(&drawing, "d=\"M0,1L-1.5,0L0.05,10000000H12.3\"");
	free_drawing(&drawing);
}

/* The same drawing has the same bytes wherever it comes in a process, on the same canvas too. */
static void test_svg_again(void **state)
{
	(void)state;
	struct drawing first;
	struct irm_err err = { .code = IRM_OK };
	struct irm_theme theme = theme_of(NULL, "en");
	char *again = NULL;
	size_t size;
	open_drawing(&first, &theme, IRM_CANVAS_SVG, NULL);
	draw_middle(&first, &theme);
	end_drawing(&first);
	FILE *file = open_memstream(&again, &size);
	irm_canvas_begin(first.canvas, file, IRM_CANVAS_SVG, PAGE_HEIGHT, NULL);
	draw_middle(&first, &theme);
	assert_int_equal(irm_canvas_finish(first.canvas, &err), IRM_OK);
	assert_int_equal(fclose(file), 0);
	same_text("again", again, first.text);
	free(again);
	free_drawing(&first);
}

static void test_svg_outline(void **state)
{
	(void)state;
	struct drawing drawing;
	struct irm_theme theme = theme_of("light", "en");
	struct irm_text style = style_of(&theme, IRM_LEFT);
	theme.outline = true;
	open_drawing(&drawing, &theme, IRM_CANVAS_SVG, NULL);
	irm_canvas_text(drawing.canvas, &style, 10, 10, "o");
	end_drawing(&drawing);
	lacks(&drawing, "<text");
	has(&drawing, "C");
	free_drawing(&drawing);
}

static void test_svg_about(void **state)
{
	(void)state;
	static const char *const cell[] = { "a<", "b", "1", "2" };
	const struct irm_about about = { .title = "T & t",
		                         .description = "D",
		                         .cell = cell,
		                         .rows = 1,
		                         .columns = 2,
		                         .more = "More." };
	struct drawing drawing;
	struct irm_theme theme = theme_of(NULL, "fr");
	open_drawing(&drawing, &theme, IRM_CANVAS_SVG, &about);
	end_drawing(&drawing);
	has(&drawing, ">T &amp; t</title>");
	has(&drawing, ">D</desc>");
	has(&drawing, "lang=\"fr\" xml:lang=\"fr\"");
	has(&drawing, "<caption>T &amp; t More.</caption>");
	has(&drawing, "<th scope=\"col\">a&lt;</th>");
	has(&drawing, "<td>2</td>");
	free_drawing(&drawing);
}

/* The night of the theme that follows the screen is the dark one, of mixtures too. */
static void test_night(void **state)
{
	(void)state;
	struct irm_theme both = theme_of(NULL, "en");
	struct irm_theme dark = theme_of("dark", "en");
	struct irm_theme light = theme_of("light", "en");
	assert_false(light.paper.night.set);
	for (size_t i = 0; i <= 100; i++) {
		struct irm_rgb a = irm_rgb_night(irm_theme_ramp(&both, (double)i / 100));
		struct irm_rgb b = irm_theme_ramp(&dark, (double)i / 100);
		assert_true(fabs(a.r - b.r) + fabs(a.g - b.g) + fabs(a.b - b.b) < 1e-9);
		struct irm_rgb ground = irm_theme_ramp(&both, (double)i / 100);
		struct irm_rgb text = irm_rgb_text_on(ground);
		assert_true(irm_rgb_contrast(text, ground) >= 4.5);
		assert_true(irm_rgb_contrast(irm_rgb_night(text), irm_rgb_night(ground)) >= 4.5);
	}
	struct irm_rgb a = irm_rgb_night(irm_rgb_mix(both.slot[2], both.paper, 0.72));
	struct irm_rgb b = irm_rgb_mix(dark.slot[2], dark.paper, 0.72);
	assert_true(fabs(a.r - b.r) + fabs(a.g - b.g) + fabs(a.b - b.b) < 1e-9);
}

static void test_format_of(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		enum irm_code code;
		enum irm_canvas_format format;
	} cases[] = {
		{ NULL, IRM_OK, IRM_CANVAS_SVG },       { "-", IRM_OK, IRM_CANVAS_SVG },
		{ "a.svg", IRM_OK, IRM_CANVAS_SVG },    { "a.b/c.PDF", IRM_OK, IRM_CANVAS_PDF },
		{ "a.png", IRM_OK, IRM_CANVAS_PNG },    { "/dev/full", IRM_OK, IRM_CANVAS_SVG },
		{ "a.jpg", IRM_USAGE, IRM_CANVAS_SVG }, { "a.svg/b", IRM_USAGE, IRM_CANVAS_SVG },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err;
		enum irm_canvas_format format = IRM_CANVAS_NONE;
		assert_int_equal(irm_canvas_format_of(&format, cases[i].path, &err), cases[i].code);
		if (!cases[i].code)
			assert_int_equal(format, cases[i].format);
	}
}

/* What cannot be written is told at the end. */
static void test_full_disk(void **state)
{
	(void)state;
	static const enum irm_canvas_format formats[] = { IRM_CANVAS_SVG, IRM_CANVAS_PDF,
		                                          IRM_CANVAS_PNG };
	const struct irm_theme theme = theme_of("light", "en");
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct irm_err err = { .code = IRM_OK };
		struct irm_canvas *canvas = NULL;
		FILE *full = fopen("/dev/full", "w");
		assert_non_null(full);
		setvbuf(full, NULL, _IONBF, 0);
		assert_int_equal(irm_canvas_new(&canvas, &theme, &err), IRM_OK);
		irm_canvas_begin(canvas, full, formats[i], PAGE_HEIGHT, NULL);
		irm_canvas_fill(canvas, (struct irm_box){ 0, 0, 9, 9 }, theme.ink);
		assert_int_equal(irm_canvas_finish(canvas, &err), IRM_SYSTEM);
		assert_non_null(strstr(err.message, "No space left"));
		irm_canvas_free(canvas);
		fclose(full);
	}
}

/* The bytes of a chunk of a PNG, from its type; they lie in the drawing. */
static const char *find_chunk(const struct drawing *drawing, const char *type)
{
	for (size_t at = 8; at + 12 <= drawing->size;) {
		const unsigned char *b = (const unsigned char *)drawing->text + at;
		size_t length = (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
		if (!memcmp(b + 4, type, 4))
			return drawing->text + at + 4;
		at += length + 12;
	}
	return NULL;
}

static void test_png(void **state)
{
	(void)state;
	const struct irm_about latin = { .title = "Title" };
	const struct irm_about arabic = { .title = "العنوان" };
	struct drawing drawing;
	struct irm_theme theme = theme_of("light", "en");
	open_drawing(&drawing, &theme, IRM_CANVAS_PNG, &latin);
	end_drawing(&drawing);
	assert_memory_equal(find_chunk(&drawing, "IHDR"), "IHDR\0\0\7\x80\0\0\0\xc8", 12);
	assert_memory_equal(find_chunk(&drawing, "tEXt"), "tEXtTitle\0Title", 15);
	/* 192 dots an inch are 7559 a metre */
	assert_memory_equal(find_chunk(&drawing, "pHYs"), "pHYs\0\0\x1d\x87\0\0\x1d\x87\1", 13);
	assert_non_null(find_chunk(&drawing, "sRGB"));
	free_drawing(&drawing);
	theme = theme_of("light", "ar");
	open_drawing(&drawing, &theme, IRM_CANVAS_PNG, &arabic);
	end_drawing(&drawing);
	assert_memory_equal(find_chunk(&drawing, "iTXt"), "iTXtTitle\0\0\0ar\0\0العنوان", 30);
	free_drawing(&drawing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mirror_text),
		cmocka_unit_test(test_mirror_look),
		cmocka_unit_test(test_mirror_shapes),
		cmocka_unit_test(test_svg_text),
		cmocka_unit_test(test_svg_numbers),
		cmocka_unit_test(test_svg_again),
		cmocka_unit_test(test_svg_outline),
		cmocka_unit_test(test_svg_about),
		cmocka_unit_test(test_night),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_png),
		cmocka_unit_test(test_format_of),
		cmocka_unit_test(test_kept_texts_are_as_set_anew),
		cmocka_unit_test(test_a_text_kept_of_one_side_is_not_that_of_the_other),
		cmocka_unit_test(test_nothing_is_kept_of_another_language),
		cmocka_unit_test(test_dots_end_lines),
		cmocka_unit_test(test_broken_words),
		cmocka_unit_test(test_balanced_lines),
		cmocka_unit_test(test_pinned_fonts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
