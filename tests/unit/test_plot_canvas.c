/* The canvas: what mirroring does to shapes and texts, formats by their endings, second pages. */
#include <math.h>

#include "plots/canvas.h"
#include "tests/unit/unit.h"

static struct irm_canvas *new_canvas(struct irm_theme *theme, const char *lang)
{
	struct irm_err err;
	struct irm_canvas *canvas = NULL;
	assert_int_equal(irm_theme_find(theme, "web", "light", &err), IRM_OK);
	assert_int_equal(irm_theme_speak(theme, lang, NULL, &err), IRM_OK);
	assert_int_equal(irm_canvas_new(&canvas, theme, &err), IRM_OK);
	return canvas;
}

/* What is drawn: a text at the left, one in the middle, one at the right, and shapes. */
static void draw(struct irm_canvas *canvas, FILE *stream, enum irm_canvas_format format)
{
	const struct irm_about about = { .title = "A title" };
	struct irm_err err;
	struct irm_text text = { .role = "tick", .size = 14, .down = IRM_MIDDLE };
	irm_canvas_begin(canvas, stream, format, 200, &about);
	irm_canvas_text(canvas, &text, 10, 50, "left");
	text.across = IRM_CENTRE;
	irm_canvas_text(canvas, &text, 300, 50, "centre");
	text.across = IRM_RIGHT;
	irm_canvas_text(canvas, &text, 700, 50, "right");
	irm_canvas_fill(canvas, (struct irm_box){ 20, 100, 30, 40 }, (struct irm_rgb){ .r = 1 });
	irm_canvas_line(canvas, 100, 150, 130, 150,
	                (struct irm_stroke){ .colour = { .b = 1 }, .width = 2 });
	assert_int_equal(irm_canvas_finish(canvas, &err), IRM_OK);
}

static void check_near(const char *name, double found, double expected)
{
	/* letters do not fill their boxes to the edge */
	if (!(fabs(found - expected) < 2))
		fail_msg("%s: expected %g, found %g", name, expected, found);
}

/* The same page from right to left: each box lies as far from the other side, and is as large. */
static void test_mirrored_texts_lie_as_far_from_the_other_side(void **state)
{
	(void)state;
	struct irm_theme theme, turned;
	struct irm_canvas *plain = new_canvas(&theme, "en"), *mirrored = new_canvas(&turned, "ar");
	const struct irm_text_box *a, *b;
	draw(plain, NULL, IRM_CANVAS_NONE);
	draw(mirrored, NULL, IRM_CANVAS_NONE);
	assert_int_equal(irm_canvas_boxes(plain, &a), 3);
	assert_int_equal(irm_canvas_boxes(mirrored, &b), 3);
	double width = irm_canvas_page(plain).w;
	for (size_t i = 0; i < 3; i++) {
		check_near(a[i].text, width - b[i].box.x - b[i].box.w, a[i].box.x);
		check_near(a[i].text, b[i].box.w, a[i].box.w);
		check_near(a[i].text, b[i].box.y, a[i].box.y);
	}
	irm_canvas_free(plain);
	irm_canvas_free(mirrored);
}

static char *svg_of(const char *lang)
{
	struct irm_theme theme;
	struct irm_canvas *canvas = new_canvas(&theme, lang);
	char *text = NULL;
	size_t n = 0;
	FILE *stream = open_memstream(&text, &n);
	assert_non_null(stream);
	draw(canvas, stream, IRM_CANVAS_SVG);
	assert_int_equal(fclose(stream), 0);
	irm_canvas_free(canvas);
	return text;
}

/* The page is 960 wide: the box from 20 to 50 lies from 910 to 940. */
static void test_mirrored_shapes(void **state)
{
	(void)state;
	char *plain = svg_of("en"), *mirrored = svg_of("ar");
	assert_non_null(strstr(plain, "M20,100H50"));
	assert_non_null(strstr(plain, "M100,150H130"));
	assert_non_null(strstr(mirrored, "M860,150H830"));
	assert_true(strstr(mirrored, "M910,100H940") || strstr(mirrored, "M940,100H910"));
	free(plain);
	free(mirrored);
}

/* The second picture of a process is the first again: nothing is numbered through. */
static void test_second_picture_is_the_first_again(void **state)
{
	(void)state;
	char *first = svg_of("en"), *second = svg_of("en");
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void test_format_of_endings(void **state)
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
static void test_full_disk_is_told(void **state)
{
	(void)state;
	static const enum irm_canvas_format formats[] = { IRM_CANVAS_SVG, IRM_CANVAS_PDF,
		                                          IRM_CANVAS_PNG };
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct irm_theme theme;
		struct irm_err err;
		struct irm_canvas *canvas = new_canvas(&theme, "en");
		const struct irm_about about = { .title = "A title" };
		FILE *full = fopen("/dev/full", "w");
		assert_non_null(full);
		setvbuf(full, NULL, _IONBF, 0);
		irm_canvas_begin(canvas, full, formats[i], 200, &about);
		irm_canvas_fill(canvas, (struct irm_box){ 0, 0, 9, 9 }, (struct irm_rgb){ .r = 1 });
		assert_int_equal(irm_canvas_finish(canvas, &err), IRM_SYSTEM);
		(void)fclose(full);
		irm_canvas_free(canvas);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mirrored_texts_lie_as_far_from_the_other_side),
		cmocka_unit_test(test_mirrored_shapes),
		cmocka_unit_test(test_second_picture_is_the_first_again),
		cmocka_unit_test(test_format_of_endings),
		cmocka_unit_test(test_full_disk_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
