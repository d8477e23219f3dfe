/* Themes: the colours can be told apart by everyone and in grey, and texts can be read on them.
 *
 * Colour vision is simulated with the matrices of Machado, Oliveira & Fernandes 2009, IEEE TVCG
 * 15(6):1291-1298, at full severity; colours are compared by CIEDE2000 as in Sharma, Wu & Dalal
 * 2005, Color Res. Appl. 30(1):21-30, whose pairs 1, 7, 15, 25 and 34 check the code. */
#include <math.h>

#include "plots/theme.h"
#include "tests/unit/unit.h"

#define PI 3.14159265358979323846

struct lab {
	double l, a, b;
};

static double degrees(double radians)
{
	double d = radians * 180 / PI;
	return d < 0 ? d + 360 : d;
}

static double sine(double d)
{
	return sin(d * PI / 180);
}

static double cosine(double d)
{
	return cos(d * PI / 180);
}

static double seventh_root_part(double c)
{
	return sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
}

static double mean_hue(double h1, double h2, bool grey)
{
	if (grey)
		return h1 + h2;
	if (fabs(h1 - h2) <= 180)
		return (h1 + h2) / 2;
	return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

static double ciede2000(struct lab x, struct lab y)
{
	double mean = (hypot(x.a, x.b) + hypot(y.a, y.b)) / 2;
	double g = 0.5 * (1 - seventh_root_part(mean));
	double a1 = x.a * (1 + g), a2 = y.a * (1 + g);
	double c1 = hypot(a1, x.b), c2 = hypot(a2, y.b);
	double h1 = c1 > 0 ? degrees(atan2(x.b, a1)) : 0, h2 = c2 > 0 ? degrees(atan2(y.b, a2)) : 0;
	bool grey = c1 * c2 <= 0;
	double dh = grey ? 0 : h2 - h1;
	dh = dh > 180 ? dh - 360 : dh < -180 ? dh + 360 : dh;
	double dbig = 2 * sqrt(c1 * c2) * sine(dh / 2);
	double l = (x.l + y.l) / 2, c = (c1 + c2) / 2, h = mean_hue(h1, h2, grey);
	double t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) -
	           0.2 * cosine(4 * h - 63);
	double sl = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2));
	double sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
	double rt = -2 * seventh_root_part(c) * sine(60 * exp(-pow((h - 275) / 25, 2)));
	double u = (y.l - x.l) / sl, v = (c2 - c1) / sc, w = dbig / sh;
	return sqrt(u * u + v * v + w * w + rt * v * w);
}

static void test_ciede2000(void **state)
{
	(void)state;
	static const struct {
		struct lab x, y;
		double difference;
	} pairs[] = {
		{ { 50, 2.6772, -79.7751 }, { 50, 0, -82.7485 }, 2.0425 },
		{ { 50, 0, 0 }, { 50, -1, 2 }, 2.3669 },
		{ { 50, -0.0010, 2.4900 }, { 50, 0.0011, -2.4900 }, 4.7461 },
		{ { 60.2574, -34.0099, 36.2677 }, { 60.4626, -34.1751, 39.4387 }, 1.2644 },
		{ { 2.0776, 0.0795, -1.1350 }, { 0.9033, -0.0636, -0.5514 }, 0.9082 },
	};
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (fabs(ciede2000(pairs[i].x, pairs[i].y) - pairs[i].difference) > 5e-5)
			fail_msg("pair %zu: %.4f", i, ciede2000(pairs[i].x, pairs[i].y));
}

static double linear(double c)
{
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double cube(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* How a colour looks, as CIE L*a*b* under D65. Views: 0 as it is, 1 in grey, 2-4 without the long,
 * middle or short cones. */
static struct lab look(struct irm_rgb colour, int view)
{
	static const double cones[3][3][3] = {
		{ { 0.152286, 1.052583, -0.204868 },
		  { 0.114503, 0.786281, 0.099216 },
		  { -0.003882, -0.048116, 1.051998 } },
		{ { 0.367322, 0.860646, -0.227968 },
		  { 0.280085, 0.672501, 0.047413 },
		  { -0.011820, 0.042940, 0.968881 } },
		{ { 1.255528, -0.076749, -0.178779 },
		  { -0.078411, 0.930809, 0.147602 },
		  { 0.004733, 0.691367, 0.303900 } },
	};
	double c[3] = { linear(colour.r), linear(colour.g), linear(colour.b) };
	double seen[3] = { c[0], c[1], c[2] };
	double grey = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
	for (int i = 0; i < 3 && view; i++) {
		const double *row = cones[view > 1 ? view - 2 : 0][i];
		double sum = row[0] * c[0] + row[1] * c[1] + row[2] * c[2];
		seen[i] = view == 1 ? grey : fmin(fmax(sum, 0), 1);
	}
	double x = (0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047;
	double y = 0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2];
	double z = (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883;
	return (struct lab){ 116 * cube(y) - 16, 500 * (cube(x) - cube(y)),
		             200 * (cube(y) - cube(z)) };
}

static const char *const views[] = { "as it is", "grey", "protan", "deutan", "tritan" };

static struct irm_theme theme_of(const char *preset, const char *scheme)
{
	struct irm_theme theme;
	struct irm_err err;
	assert_int_equal(irm_theme_find(&theme, preset, scheme, &err), IRM_OK);
	return theme;
}

static void check_neighbours(const struct irm_theme *theme, size_t one, size_t other, double least)
{
	for (int view = 0; view < 5; view++) {
		double d = ciede2000(look(theme->slot[one], view), look(theme->slot[other], view));
		if (d < least)
			fail_msg("slots %zu and %zu, %s: %.1f", one, other, views[view], d);
	}
}

/* Calls `check` with the theme of each preset in each scheme. */
static void each_theme(void (*check)(const struct irm_theme *theme, const char *name))
{
	size_t n = 0;
	for (size_t p = 0; irm_theme_preset(p); p++)
		for (size_t s = 0; irm_theme_scheme(s); s++, n++) {
			char name[64];
			struct irm_theme theme = theme_of(irm_theme_preset(p), irm_theme_scheme(s));
			snprintf(name, sizeof name, "%s %s", irm_theme_preset(p),
			         irm_theme_scheme(s));
			check(&theme, name);
		}
	assert_int_equal(n, 5 * 2);
}

static void check_all_neighbours(const struct irm_theme *theme, const char *name)
{
	(void)name;
	for (size_t i = 0; i + 1 < 7; i++) /* regions, unassigned, all */
		check_neighbours(theme, i, i + 1, 15);
	for (size_t i = 0; i < 8; i++) /* other codes, and the first again */
		check_neighbours(theme, irm_theme_series(i), irm_theme_series(i + 1), 15);
}

static void test_neighbours_differ(void **state)
{
	(void)state;
	each_theme(check_all_neighbours);
}

/* Any two of the regions, unassigned and all, for those who see colours in some way. */
static void check_regions(const struct irm_theme *theme, const char *name)
{
	for (size_t i = 0; i < 7; i++)
		for (size_t j = 0; j < i; j++)
			for (int view = 0; view < 5; view++) {
				double d = ciede2000(look(theme->slot[i], view),
				                     look(theme->slot[j], view));
				if (d < (view == 1 ? 4 : 12))
					fail_msg("%s %zu %zu %s: %.1f", name, i, j, views[view], d);
			}
}

static void test_regions_differ(void **state)
{
	(void)state;
	each_theme(check_regions);
}

/* Source: WCAG 2.2, 1.4.3 (text, 4.5:1) and 1.4.11 (marks, 3:1). */
static void check_contrast(const struct irm_theme *theme, const char *name)
{
	assert_true(irm_rgb_contrast(theme->ink, theme->paper) >= 7);
	assert_true(irm_rgb_contrast(theme->muted, theme->paper) >= 4.5);
	assert_true(irm_rgb_contrast(theme->axis, theme->paper) >= 3);
	assert_true(irm_rgb_contrast(theme->badge_ink, theme->badge) >= 7);
	for (size_t i = 0; i < IRM_SLOTS; i++) {
		if (irm_rgb_contrast(theme->slot[i], theme->paper) < 3)
			fail_msg("%s slot %zu", name, i);
		struct irm_rgb ink = irm_rgb_text_on(theme->slot[i]);
		assert_true(irm_rgb_contrast(ink, theme->slot[i]) >= 4.5);
	}
	for (int i = 0; i <= 100; i++) {
		struct irm_rgb ground = irm_theme_ramp(theme, i / 100.0);
		assert_true(irm_rgb_contrast(irm_rgb_text_on(ground), ground) >= 4.5);
	}
}

static void test_contrast(void **state)
{
	(void)state;
	each_theme(check_contrast);
}

/* Each preset's texts are legible where it is shown: no smaller than 1/45 of a slide or a square,
 * than 7 points on paper, than 12 pixels on a page of the web; and titles stand out. */
static void check_sizes(const struct irm_theme *theme, const char *name)
{
	double least = theme->grows ? theme->svg_pixels ? 12 : 7 : theme->height / 45;
	if (theme->small < least || theme->text < theme->small || theme->title < theme->text * 1.3)
		fail_msg("%s: %g %g %g", name, theme->small, theme->text, theme->title);
	assert_true(theme->grows ? theme->highest >= theme->height : theme->highest <= 0);
}

static void test_sizes(void **state)
{
	(void)state;
	each_theme(check_sizes);
}

/* More is darker on paper, lighter on a dark ground, for everyone. */
static void test_ramp_is_one_way(void **state)
{
	(void)state;
	static const char *const schemes[] = { "light", "dark" };
	for (size_t s = 0; s < 2; s++) {
		struct irm_theme theme = theme_of(NULL, schemes[s]);
		for (int view = 0; view < 5; view++)
			for (int i = 1; i <= 50; i++) {
				double less = look(irm_theme_ramp(&theme, (i - 1) / 50.0), view).l;
				double more = look(irm_theme_ramp(&theme, i / 50.0), view).l;
				assert_true(s ? more > less : more < less);
			}
	}
}

static void test_slots_of_codes(void **state)
{
	(void)state;
	assert_int_equal(irm_theme_slot("AFR"), 0);
	assert_int_equal(irm_theme_slot("WEOG"), 4);
	assert_int_equal(irm_theme_slot("unassigned"), 5);
	assert_int_equal(irm_theme_slot("all"), 6);
	assert_int_equal(irm_theme_slot("afr"), -1);
	assert_int_equal(irm_theme_slot(""), -1);
}

static void test_find_names(void **state)
{
	(void)state;
	struct irm_theme theme;
	struct irm_err err;
	assert_int_equal(irm_theme_find(&theme, "poster", NULL, &err), IRM_USAGE);
	same_text("preset", err.message, "no preset 'poster'");
	assert_int_equal(irm_theme_find(&theme, "squere", NULL, &err), IRM_USAGE);
	same_text("hint", err.hint, "did you mean 'square'?");
	assert_int_equal(irm_theme_find(&theme, NULL, "Dark", &err), IRM_USAGE);
	same_text("hint", err.hint, "did you mean 'dark'?");
	assert_true(theme_of("slide", NULL).small >= 28);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ciede2000),       cmocka_unit_test(test_neighbours_differ),
		cmocka_unit_test(test_regions_differ),  cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_ramp_is_one_way), cmocka_unit_test(test_slots_of_codes),
		cmocka_unit_test(test_find_names),      cmocka_unit_test(test_sizes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
