/* Smoothed rates. Expected numbers: R 4.2.2, the integrals of tests/r/smooth.R, limits by uniroot()
 * of the tails: good to 1e-7. */
#include <math.h>

#include <gsl/gsl_randist.h>

#include "scarce.h"
#include "tests/unit/unit.h"

#include "stats/beta.h"
#include "stats/proportion.h"
#include "stats/smooth.h"

#define MOST 5

static void smooth(struct irm_smoothed out[], const int64_t x[], const int64_t n[], size_t groups,
                   double level)
{
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_smooth(out, x, n, groups, level, &err), IRM_OK);
}

static void check_near(const char *name, double found, double expected, double by)
{
	if (!(fabs(found - expected) <= by))
		fail_msg("%s: expected %.10g, found %.10g", name, expected, found);
}

static void test_smooth_is_the_integral(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int64_t x[MOST], n[MOST];
		size_t groups, at;
		double level;
		struct irm_smoothed expected;
	} cases[] = {
		{ "the highest of five",
		  { 2, 5, 1, 0, 3 },
		  { 10, 12, 8, 7, 9 },
		  5,
		  1,
		  0.95,
		  { 0.321700038, 0.148025608, 0.560989343 } },
		{ "the lowest of five",
		  { 2, 5, 1, 0, 3 },
		  { 10, 12, 8, 7, 9 },
		  5,
		  3,
		  0.95,
		  { 0.168800031, 0.005600109, 0.377446347 } },
		{ "two that differ",
		  { 9, 1 },
		  { 10, 10 },
		  2,
		  0,
		  0.95,
		  { 0.809281186, 0.511876845, 0.983726521 } },
		{ "three alike",
		  { 4, 4, 4 },
		  { 8, 8, 8 },
		  3,
		  0,
		  0.9,
		  { 0.5, 0.300192177, 0.699807823 } },
		{ "hundreds",
		  { 30, 200, 50, 10, 90 },
		  { 300, 400, 350, 100, 250 },
		  5,
		  3,
		  0.95,
		  { 0.112143371, 0.058906601, 0.178847859 } },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_smoothed out[MOST];
		smooth(out, cases[i].x, cases[i].n, cases[i].groups, cases[i].level);
		const struct irm_smoothed *found = &out[cases[i].at];
		check_near(cases[i].name, found->rate, cases[i].expected.rate, 1e-8);
		check_near(cases[i].name, found->lo, cases[i].expected.lo, 2e-6);
		check_near(cases[i].name, found->hi, cases[i].expected.hi, 2e-6);
	}
}

static void test_smooth_lies_between_raw_and_pooled(void **state)
{
	(void)state;
	static const int64_t x[] = { 2, 9, 1, 0, 5 }, n[] = { 10, 12, 8, 7, 20 };
	struct irm_smoothed out[MOST];
	double pooled = 17.0 / 57;
	smooth(out, x, n, MOST, 0.95);
	for (size_t i = 0; i < MOST; i++) {
		double raw = (double)x[i] / (double)n[i];
		assert_true(out[i].lo < out[i].rate && out[i].rate < out[i].hi);
		if (raw > pooled + 0.1)
			assert_true(out[i].rate < raw && out[i].rate > pooled);
		if (raw < pooled - 0.1)
			assert_true(out[i].rate > raw && out[i].rate < pooled + 0.01);
	}
}

/* Groups that vary less than binomial counts do, and groups of none and of all. */
static void test_smooth_of_no_variance_is_nearly_pooled(void **state)
{
	(void)state;
	static const int64_t equal[] = { 3, 3, 3, 3, 3 }, ten[] = { 10, 10, 10, 10, 10 };
	static const int64_t none[] = { 0, 0, 0, 0, 0 };
	struct irm_smoothed out[MOST], turned[MOST];
	smooth(out, equal, ten, MOST, 0.95);
	/* 15 of 50, and one of two more that a uniform mean is worth */
	check_near("equal", out[0].rate, 16.0 / 52, 0.005);
	/* narrower than one group alone is, wider than the pooled 15 of 50 is */
	struct irm_interval one = irm_proportion_limits(IRM_CI_JEFFREYS, 3, 10, 0.95);
	struct irm_interval all = irm_proportion_limits(IRM_CI_JEFFREYS, 15, 50, 0.95);
	assert_true(out[0].hi - out[0].lo < one.hi - one.lo);
	assert_true(out[0].hi - out[0].lo > all.hi - all.lo);
	smooth(out, none, ten, MOST, 0.95);
	smooth(turned, ten, ten, MOST, 0.95);
	assert_true(out[0].lo == 0 && out[0].rate > 0 && out[0].rate < 0.05 && out[0].hi < 0.1);
	assert_true(turned[0].hi == 1);
	check_near("none and all are mirrored", turned[0].rate, 1 - out[0].rate, 1e-9);
	check_near("their limits too", turned[0].lo, 1 - out[0].hi, 1e-6);
}

static void test_smooth_hardly_moves_large_groups(void **state)
{
	(void)state;
	static const int64_t x[] = { 100000, 700000, 300000 }, n[] = { 1000000, 1000000, 1000000 };
	struct irm_smoothed out[3];
	smooth(out, x, n, 3, 0.95);
	for (size_t i = 0; i < 3; i++) {
		struct irm_interval raw = irm_proportion_limits(IRM_CI_JEFFREYS, x[i], n[i], 0.95);
		check_near("rate", out[i].rate, (double)x[i] / 1e6, 1e-5);
		check_near("lo", out[i].lo, raw.lo, 1e-5);
		check_near("hi", out[i].hi, raw.hi, 1e-5);
	}
}

static void test_smooth_what_is_unknown(void **state)
{
	(void)state;
	static const int64_t x[] = { 2, 0, 5 }, n[] = { 10, 0, 12 };
	static const int64_t two_x[] = { 2, 5 }, two_n[] = { 10, 12 };
	struct irm_smoothed out[3], two[2];
	smooth(out, x, n, 3, 0.95);
	smooth(two, two_x, two_n, 2, 0.95);
	assert_true(isnan(out[1].rate) && isnan(out[1].lo) && isnan(out[1].hi));
	/* a group without reviews says nothing of the others */
	assert_true(out[0].rate == two[0].rate && out[2].hi == two[1].hi);
	smooth(out, x, n, 2, 0.95); /* one alone */
	assert_true(isnan(out[0].rate));
	smooth(out, x, n, 0, 0.95);
}

static void test_smooth_order_and_level(void **state)
{
	(void)state;
	static const int64_t x[] = { 2, 5, 0 }, n[] = { 10, 12, 7 };
	static const int64_t turned_x[] = { 0, 5, 2 }, turned_n[] = { 7, 12, 10 };
	struct irm_smoothed out[3], turned[3], half[3];
	smooth(out, x, n, 3, 0.95);
	smooth(turned, turned_x, turned_n, 3, 0.95);
	smooth(half, x, n, 3, 0.5);
	for (size_t i = 0; i < 3; i++) {
		check_near("order", turned[2 - i].rate, out[i].rate, 1e-12);
		check_near("order", turned[2 - i].lo, out[i].lo, 1e-9);
		assert_true(half[i].rate == out[i].rate);
		assert_true(half[i].lo > out[i].lo && half[i].hi < out[i].hi);
	}
}

/* Five regions of 10 reviews, rates from a beta distribution of mean 0.3 and standard deviation
 * 0.1: tests/study has the same at length. */
static void test_smooth_has_smaller_errors(void **state)
{
	(void)state;
	double raw = 0, smoothed = 0;
	const int tables = rounds(40), rates = tables * MOST;
	int held = 0;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	assert_non_null(rng);
	for (int table = 0; table < tables; table++) {
		double truth[MOST];
		int64_t x[MOST], n[MOST];
		struct irm_smoothed out[MOST];
		for (size_t i = 0; i < MOST; i++) {
			truth[i] = gsl_ran_beta(rng, 6, 14);
			n[i] = 10;
			x[i] = gsl_ran_binomial(rng, truth[i], 10);
		}
		smooth(out, x, n, MOST, 0.95);
		for (size_t i = 0; i < MOST; i++) {
			raw += pow((double)x[i] / 10 - truth[i], 2);
			smoothed += pow(out[i].rate - truth[i], 2);
			held += out[i].lo <= truth[i] && truth[i] <= out[i].hi;
		}
	}
	gsl_rng_free(rng);
	assert_true(smoothed < 0.8 * raw);
	assert_true(held >= rates * 9 / 10 && held <= rates - rates / 100);
}

static void test_smooth_faults(void **state)
{
	(void)state;
	struct irm_smoothed out[2];
	struct irm_err err;
	static const int64_t n[] = { 10, 12 }, more[] = { 11, 1 }, less[] = { 1, -1 };
	assert_int_equal(irm_smooth(out, more, n, 2, 0.95, &err), IRM_INPUT);
	assert_int_equal(irm_smooth(out, less, n, 2, 0.95, &err), IRM_INPUT);
	assert_int_equal(irm_smooth(out, n, n, 2, 1, &err), IRM_USAGE);
}

/* I_x(2, 3) = 6x^2 - 8x^3 + 3x^4; its slope over the log odds is 12 x^2 (1-x)^2 x (1-x). */
static void test_beta_below(void **state)
{
	(void)state;
	static const double at[] = { 1e-9, 0.1, 0.4, 0.5, 0.9, 0.999999 };
	struct irm_beta beta;
	irm_beta_init(&beta, 2, 3);
	for (size_t i = 0; i < COUNT(at); i++) {
		double x = at[i], slope;
		double share = irm_beta_below(&beta, x, &slope);
		double expected = x * x * (6 - 8 * x + 3 * x * x);
		check_near("share", share, expected, 1e-14 * expected);
		check_near("slope", slope, 12 * x * x * pow(1 - x, 3), 1e-13 * slope);
		if (x < 0.99)
			check_near("quantile", irm_beta_quantile(expected, 2, 3), x, 1e-12);
	}
}

static enum irm_code smooth_three(void *context, struct irm_err *err)
{
	static const int64_t x[] = { 1, 2, 0 }, n[] = { 2, 3, 0 };
	struct irm_smoothed out[3];
	(void)context;
	return irm_smooth(out, x, n, 3, 0.9, err);
}

static void test_smooth_no_memory(void **state)
{
	(void)state;
	if (!is_brief())
		scarce_sweep("smooth", smooth_three, NULL, 1);
}

/* Of three groups alike, half of each: limits as far apart as the square root of n says, where
 * factorials are products and where they are not. */
static void test_smooth_narrows_with_the_root_of_n(void **state)
{
	(void)state;
	if (is_brief())
		skip();
	double last = 0;
	for (int64_t half = 26; half <= 36; half++) {
		const int64_t x[] = { half, half, half }, n[] = { 2 * half, 2 * half, 2 * half };
		struct irm_smoothed out[3];
		smooth(out, x, n, 3, 0.9);
		double width = (out[1].hi - out[1].lo) * sqrt((double)n[0]);
		check_near("rate", out[1].rate, 0.5, 1e-9);
		check_near("symmetric", out[1].lo + out[1].hi, 1, 1e-7);
		if (half > 26)
			check_near("width", width / last, 1, 0.003);
		last = width;
	}
}

/* Three groups nearly alike, whose likelihood is narrow: the middle one stays where it is, but for
 * a uniform mean that draws it towards 1/2 by (1 - 2 . 0.3) / 30000, or what one group gives. */
static void test_smooth_of_a_narrow_likelihood(void **state)
{
	(void)state;
	static const int64_t x[] = { 3000, 3010, 2990 }, n[] = { 10000, 10000, 10000 };
	struct irm_smoothed out[3];
	smooth(out, x, n, 3, 0.9);
	assert_true(out[0].rate > 0.3 && out[0].rate < 0.3 + 0.4 / 10000);
	/* the others lie about as far from it */
	check_near("middle", out[1].rate + out[2].rate - 2 * out[0].rate, 0, 1e-6);
	check_near("limits", out[1].hi + out[2].lo - out[0].hi - out[0].lo, 0, 1e-4);
	check_near("width", out[0].hi - out[0].lo, 2 * 1.645 * sqrt(0.21 / 20000), 0.002);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_smooth_is_the_integral),
		cmocka_unit_test(test_smooth_lies_between_raw_and_pooled),
		cmocka_unit_test(test_smooth_of_no_variance_is_nearly_pooled),
		cmocka_unit_test(test_smooth_hardly_moves_large_groups),
		cmocka_unit_test(test_smooth_what_is_unknown),
		cmocka_unit_test(test_smooth_order_and_level),
		cmocka_unit_test(test_smooth_has_smaller_errors),
		cmocka_unit_test(test_smooth_faults),
		cmocka_unit_test(test_beta_below),
		cmocka_unit_test(test_smooth_no_memory),
		cmocka_unit_test(test_smooth_narrows_with_the_root_of_n),
		cmocka_unit_test(test_smooth_of_a_narrow_likelihood),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
