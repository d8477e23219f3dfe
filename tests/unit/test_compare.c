/* Differences and ratios of two proportions. tests/r/compare_two.R compares more. */
#include <math.h>

#include "tests/unit/unit.h"

#include "stats/compare.h"

#define UNKNOWN ((double)NAN)

static void near(const char *name, const char *what, double found, double expected, double within)
{
	if (isnan(expected) ? isnan(found) : fabs(found - expected) <= within)
		return;
	fail_msg("%s: %s: expected %.17g, found %.17g", name, what, expected, found);
}

/* Newcombe 1998, Table II, method 10: to the four digits that stand there. */
static void test_newcombe(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int64_t x1, n1, x2, n2;
		double lo, hi;
	} cases[] = {
		{ "a", 56, 70, 48, 80, 0.0524, 0.3339 }, { "b", 9, 10, 3, 10, 0.1705, 0.8090 },
		{ "c", 6, 7, 2, 7, 0.0582, 0.8062 },     { "d", 5, 56, 0, 29, -0.0381, 0.1926 },
		{ "e", 0, 10, 0, 20, -0.1611, 0.2775 },  { "f", 0, 10, 0, 10, -0.2775, 0.2775 },
		{ "g", 10, 10, 0, 20, 0.6791, 1 },       { "h", 10, 10, 0, 10, 0.6075, 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_interval found = irm_difference_limits(cases[i].x1, cases[i].n1,
		                                                  cases[i].x2, cases[i].n2, 0.95);
		near(cases[i].name, "lo", found.lo, cases[i].lo, 5e-5);
		near(cases[i].name, "hi", found.hi, cases[i].hi, 5e-5);
	}
}

/* Koopman 1984: 36 of 40 against 16 of 80, 2.94 to 7.15. By hand: against 0 of n2 or of all, what
 * chi-squared is z^2 at. */
static void test_ratio(void **state)
{
	(void)state;
	struct irm_interval found = irm_ratio_limits(36, 40, 16, 80, 0.95);
	near("koopman", "ratio", irm_ratio(36, 40, 16, 80), 4.5, 0);
	near("koopman", "lo", found.lo, 2.94, 5e-3);
	near("koopman", "hi", found.hi, 7.15, 5e-3);

	const double z2 = 3.8414588206941254;           /* qchisq(0.95, 1) */
	found = irm_ratio_limits(50, 50, 80, 80, 0.95); /* (ratio - 1) n2, (1 / ratio - 1) n1 */
	near("all of both", "lo", found.lo, 1 / (1 + z2 / 50), 1e-14);
	near("all of both", "hi", found.hi, 1 + z2 / 80, 1e-14);
	found = irm_ratio_limits(0, 50, 80, 80, 0.95); /* p1 / (1 - p1) n1 and p2 = 1 */
	near("none of all", "lo", found.lo, 0, 0);
	near("none of all", "hi", found.hi, z2 / (z2 + 50), 1e-14);
	found = irm_ratio_limits(3, 10, 0, 10, 0.95);
	near("over none", "ratio", irm_ratio(3, 10, 0, 10), UNKNOWN, 0);
	assert_true(found.lo > 0 && found.lo < 3);
	near("over none", "hi", found.hi, UNKNOWN, 0);
}

/* Of 10^9 nearly all: the ratio is 1 + 4e-9, and what the limits add to 1 has its digits. From the
 * score equation solved in R: tests/r/compare_two.R. */
static void test_nearly_all(void **state)
{
	(void)state;
	const int64_t n = 1000000000;
	struct irm_interval found = irm_ratio_limits(n - 1, n, n - 5, n, 0.95);
	near("ratio", "lo", found.lo, 0.999999998872198, 1e-15);
	near("ratio", "hi", found.hi, 1.00000001081652, 1e-14);
	struct irm_interval few = irm_difference_limits(5, n, 1, n, 0.95);
	found = irm_difference_limits(n - 1, n, n - 5, n, 0.95);
	near("difference", "as of the rest", irm_difference(n - 1, n, n - 5, n), 4e-9, 1e-23);
	near("difference", "lo", found.lo, few.lo, 1e-22);
	near("difference", "hi", found.hi, few.hi, 1e-22);
}

static void test_unknown(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int64_t x1, n1, x2, n2;
	} cases[] = {
		{ "first of nothing", 0, 0, 1, 2 },
		{ "second of nothing", 1, 2, 0, 0 },
		{ "more than all", 3, 2, 1, 2 },
		{ "less than nothing", 1, 2, -1, 2 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t x1 = cases[i].x1, n1 = cases[i].n1, x2 = cases[i].x2, n2 = cases[i].n2;
		near(cases[i].name, "difference", irm_difference(x1, n1, x2, n2), UNKNOWN, 0);
		near(cases[i].name, "ratio", irm_ratio(x1, n1, x2, n2), UNKNOWN, 0);
		near(cases[i].name, "difference_lo", irm_difference_limits(x1, n1, x2, n2, 0.95).lo,
		     UNKNOWN, 0);
		near(cases[i].name, "ratio_lo", irm_ratio_limits(x1, n1, x2, n2, 0.95).lo, UNKNOWN,
		     0);
	}
	near("none of both", "lo", irm_ratio_limits(0, 3, 0, 4, 0.95).lo, UNKNOWN, 0);
	near("level 1", "lo", irm_ratio_limits(1, 3, 2, 4, 1).lo, UNKNOWN, 0);
	near("level 1", "lo", irm_difference_limits(1, 3, 2, 4, 1).lo, UNKNOWN, 0);
}

/* For all pairs of small counts: the limits enclose what they limit, turn round with the pair, and
 * a difference's stay within -1 and 1. */
static void test_hold_together(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 7 * 9 * 9; i++) {
		int64_t n1 = 1 + i % 7, n2 = 8, x1 = i / 7 % 9, x2 = i / 63;
		if (x1 > n1)
			continue;
		struct irm_interval a = irm_difference_limits(x1, n1, x2, n2, 0.9);
		struct irm_interval b = irm_difference_limits(x2, n2, x1, n1, 0.9);
		double difference = irm_difference(x1, n1, x2, n2);
		assert_true(-1 <= a.lo && a.lo <= difference && difference <= a.hi && a.hi <= 1);
		near("difference", "turned", a.lo, -b.hi, 1e-15);
		struct irm_interval c = irm_ratio_limits(x1, n1, x2, n2, 0.9);
		struct irm_interval d = irm_ratio_limits(x2, n2, x1, n1, 0.9);
		if (x1 > 0 && x2 > 0) {
			double ratio = irm_ratio(x1, n1, x2, n2);
			assert_true(0 < c.lo && c.lo <= ratio && ratio <= c.hi);
			near("ratio", "turned", c.lo * d.hi, 1, 1e-14);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newcombe),      cmocka_unit_test(test_ratio),
		cmocka_unit_test(test_nearly_all),    cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_hold_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
