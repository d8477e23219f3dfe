/* Scales of plots: ends, ticks, and how numbers are written. Expected values are worked by hand. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "plots/scale.h"
#include "tests/unit/unit.h"

static struct irm_words english(void)
{
	struct irm_words words;
	struct irm_err err;
	assert_int_equal(irm_words_find(&words, "en", NULL, &err), IRM_OK);
	return words;
}

/* The labels of a scale's ticks, with spaces between. */
static void labels_of(char out[512], const struct irm_scale *scale)
{
	const struct irm_words words = english();
	out[0] = '\0';
	for (size_t i = 0; i < scale->n; i++) {
		char label[IRM_LABEL_SIZE];
		irm_scale_label(label, scale, i, &words);
		size_t at = strlen(out);
		snprintf(out + at, 512 - at, "%s%s", i ? " " : "", label);
	}
}

static void test_new_ticks(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		double lo, hi;
		size_t want;
		enum irm_number_kind kind;
		const char *labels;
	} cases[] = {
		{ "shares by 20", 0, 1, 5, IRM_SHARE, "0% 20% 40% 60% 80% 100%" },
		{ "shares by 25", 0, 1, 4, IRM_SHARE, "0% 25% 50% 75% 100%" },
		{ "shares by 50", 0, 1, 2, IRM_SHARE, "0% 50% 100%" },
		{ "small shares", 0, 0.04, 4, IRM_SHARE, "0% 1% 2% 3% 4%" },
		{ "tiny shares", 0, 0.004, 4, IRM_SHARE, "0.0% 0.1% 0.2% 0.3% 0.4%" },
		{ "counts", 0, 42, 5, IRM_PLAIN, "0 10 20 30 40 50" },
		{ "thousands", 0, 4200, 5, IRM_PLAIN, "0 1,000 2,000 3,000 4,000 5,000" },
		{ "below zero", -7, 12, 5, IRM_PLAIN, "−10 −5 0 5 10 15" },
		{ "all below zero", -9, -3, 3, IRM_PLAIN, "−10 −8 −6 −4 −2" },
		{ "decimals", 0, 0.5, 5, IRM_PLAIN, "0.0 0.1 0.2 0.3 0.4 0.5" },
		{ "equal ends", 5, 5, 2, IRM_PLAIN, "5.0 5.5 6.0" },
		{ "swapped ends", 10, 0, 2, IRM_PLAIN, "0 5 10" },
		{ "nothing", (double)(double)NAN, (double)NAN, 2, IRM_PLAIN, "0.0 0.5 1.0" },
		{ "huge", 0, 3e12, 3, IRM_PLAIN, "0 1e12 2e12 3e12" },
		{ "small", 0, 3e-7, 3, IRM_PLAIN, "0 1e-7 2e-7 3e-7" },
		{ "days", 0, 12, 6, IRM_DAYS, "0 2 4 6 8 10 12" },
		{ "weeks", 0, 40, 6, IRM_DAYS, "0 7 14 21 28 35 42" },
		{ "months", 0, 200, 8, IRM_DAYS, "0 30 60 90 120 150 180 210" },
		{ "years", 0, 1800, 6, IRM_DAYS, "0 365 730 1,095 1,460 1,825" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char labels[512];
		struct irm_scale scale =
		        irm_scale_new(cases[i].lo, cases[i].hi, cases[i].want, cases[i].kind);
		labels_of(labels, &scale);
		same_text(cases[i].name, labels, cases[i].labels);
	}
}

/* Whatever the ends: finite, in order, with ticks in between. */
static void test_new_is_sound(void **state)
{
	(void)state;
	static const double ends[] = { 0,     1,      -1,          0.5,    1e-300, 5e-324,
		                       1e300, -1e300, 1e-12,       -1e-12, 1e12,   1.7e308,
		                       3,     1e308,  (double)NAN, 1e16 };
	const struct irm_words words = english();
	for (size_t i = 0; i < COUNT(ends); i++)
		for (size_t j = 0; j < COUNT(ends); j++)
			for (int kind = IRM_PLAIN; kind <= IRM_DAYS; kind++) {
				struct irm_scale s =
				        irm_scale_new(ends[i], ends[j], 1 + (i + j) % 20,
				                      (enum irm_number_kind)kind);
				if (!isfinite(s.lo) || !isfinite(s.hi) || !(s.lo < s.hi))
					fail_msg("%g to %g: %g to %g", ends[i], ends[j], s.lo,
					         s.hi);
				assert_true(s.n <= IRM_TICKS);
				for (size_t t = 0; t < s.n; t++) {
					char label[IRM_LABEL_SIZE];
					irm_scale_label(label, &s, t, &words);
					double at = irm_scale_at(&s, s.tick[t]);
					if (!(at > -1e-6 && at < 1 + 1e-6))
						fail_msg("%g to %g: tick at %g", ends[i], ends[j],
						         at);
					assert_true(!t || s.tick[t] > s.tick[t - 1]);
				}
			}
}

static void test_from_zero(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		double least, most;
		enum irm_number_kind kind;
		double lo, hi;
	} cases[] = {
		{ "rates go to 100 per cent", 0, 0.4, IRM_SHARE, 0, 1 },
		{ "unless all are small", 0, 0.12, IRM_SHARE, 0, 0.12 },
		{ "no rate at all", 0, 0, IRM_SHARE, 0, 1 },
		{ "counts begin at zero", 30, 100, IRM_PLAIN, 0, 100 },
		{ "negative ones below", -40, 0, IRM_PLAIN, -40, 0 },
		{ "a last tick far off is left out", 0, 636, IRM_PLAIN, 0, 636 },
		{ "a near one is not", 0, 390, IRM_PLAIN, 0, 400 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_scale scale =
		        irm_scale_from_zero(cases[i].least, cases[i].most, 4, cases[i].kind);
		if (fabs(scale.lo - cases[i].lo) > 1e-12 || fabs(scale.hi - cases[i].hi) > 1e-12)
			fail_msg("%s: %g to %g", cases[i].name, scale.lo, scale.hi);
	}
}

static void test_value_label(void **state)
{
	(void)state;
	static const struct {
		double value;
		enum irm_number_kind kind;
		const char *label;
	} cases[] = {
		{ (double)NAN, IRM_PLAIN, "n/a" },
		{ (double)NAN, IRM_SHARE, "n/a" },
		{ 0, IRM_SHARE, "0%" },
		{ 1, IRM_SHARE, "100%" },
		{ 0.0049, IRM_SHARE, "<1%" },
		{ 0.005, IRM_SHARE, "1%" },
		{ 0.9949, IRM_SHARE, "99%" },
		{ 0.995, IRM_SHARE, ">99%" },
		{ 0.5, IRM_SHARE, "50%" },
		{ 1.5, IRM_SHARE, "150%" },
		{ 0, IRM_PLAIN, "0" },
		{ -0.0, IRM_PLAIN, "0" },
		{ 1012, IRM_PLAIN, "1,012" },
		{ 1234567, IRM_PLAIN, "1,234,567" },
		{ -1012, IRM_PLAIN, "−1,012" },
		{ 12.5, IRM_PLAIN, "12.5" },
		{ 184.5, IRM_PLAIN, "185" },
		{ 1.234, IRM_PLAIN, "1.23" },
		{ 0.25, IRM_PLAIN, "0.250" },
		{ 1e12, IRM_PLAIN, "1e12" },
		{ 1.2345e12, IRM_PLAIN, "1.23e12" },
		{ -1e-12, IRM_PLAIN, "-1e-12" },
		{ 9.999e12, IRM_PLAIN, "1e13" },
	};
	const struct irm_words words = english();
	for (size_t i = 0; i < COUNT(cases); i++) {
		char label[IRM_LABEL_SIZE];
		irm_value_label(label, cases[i].value, cases[i].kind, &words);
		same_text(cases[i].label, label, cases[i].label);
	}
}

static void test_dates(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
		double room;
		size_t n;
		const char *first, *last;
	} cases[] = {
		{ "2024-12-31", "2029-12-31", 30, 5, "2025", "2029" },
		{ "2024-12-31", "2025-12-31", 60, 4, "Jan 2025", "Oct 2025" },
		{ "2024-01-01", "2024-04-01", 60, 4, "Jan 2024", "Apr 2024" },
		{ "2024-02-28", "2024-03-02", 60, 4, "28 Feb 2024", "2 Mar 2024" },
		{ "2024-06-30", "2024-06-30", 60, 2, "30 Jun 2024", "1 Jul 2024" },
		{ "1000-01-01", "2999-12-31", 30, 4, "1000", "2500" },
		{ "2024-03-05", "2024-03-25", 4, 1, "5 Mar 2024", "5 Mar 2024" },
	};
	const struct irm_words words = english();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err;
		int32_t from, to;
		char label[2][IRM_LABEL_SIZE];
		assert_int_equal(irm_day_parse(&from, cases[i].from, &err), IRM_OK);
		assert_int_equal(irm_day_parse(&to, cases[i].to, &err), IRM_OK);
		struct irm_scale scale = irm_scale_dates(from, to, cases[i].room, &words);
		irm_scale_label(label[0], &scale, 0, &words);
		irm_scale_label(label[1], &scale, scale.n - 1, &words);
		if (scale.n != cases[i].n || strcmp(label[0], cases[i].first) != 0 ||
		    strcmp(label[1], cases[i].last) != 0)
			fail_msg("%s to %s: %zu ticks from %s to %s", cases[i].from, cases[i].to,
			         scale.n, label[0], label[1]);
		for (size_t k = 0; k < scale.n; k++)
			assert_true(scale.tick[k] >= scale.lo && scale.tick[k] <= scale.hi);
	}
	struct irm_scale far = irm_scale_dates(-1e300, 1e300, 40, &words);
	assert_true(far.n > 1 && far.lo < far.hi);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_ticks), cmocka_unit_test(test_new_is_sound),
		cmocka_unit_test(test_from_zero), cmocka_unit_test(test_value_label),
		cmocka_unit_test(test_dates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
