/* Tables of counts. Expected numbers: R 4.2.2's chisq.test(correct = FALSE), or by hand.
 * tests/r/crosstab.R compares more, the limits of V among it. */
#include <math.h>

#include "tests/unit/unit.h"

#include "stats/crosstab.h"

static void near(const char *name, double found, double expected, double relative)
{
	if (!(fabs(found - expected) <= relative * fabs(expected)))
		fail_msg("%s: expected %.17g, found %.17g", name, expected, found);
}

static void test_tests(void **state)
{
	(void)state;
	static const int64_t job[] = { 1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11 };
	struct irm_crosstab c;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_crosstab_init(&c, job, 4, 4, &err), IRM_OK);
	assert_int_equal(c.n, 96);
	assert_int_equal(c.row[1], 22);
	assert_int_equal(c.col[3], 36);
	struct irm_test test = irm_crosstab_chisq(&c);
	near("chisq", test.chisq, 5.9655145887704029, 1e-14);
	near("df", test.df, 9, 0);
	near("p", test.p, 0.7433647250525508, 1e-13);
	near("v", irm_cramers_v(&c), sqrt(5.9655145887704029 / (96 * 3)), 1e-14);
	near("expected", irm_crosstab_expected(&c, 0, 0), 0.83333333333333337, 1e-15);
	near("residual", irm_crosstab_residual(&c, 0, 0), 0.20960898543110063, 1e-14);
	struct irm_interval v = irm_cramers_v_limits(&c, 0.95);
	assert_true(v.lo == 0 && v.hi > irm_cramers_v(&c) && v.hi < 1);
	irm_crosstab_release(&c);
}

/* By hand: n a unit apart in 4 cells of 10^9 each. What is above the expected count keeps its
 * digits: 1/4 of 4e9, chi-squared 4 (1/4)^2 / 1e9. */
static void test_large(void **state)
{
	(void)state;
	static const int64_t count[] = { 1000000001, 1000000000, 1000000000, 1000000000 };
	struct irm_crosstab c;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_crosstab_init(&c, count, 2, 2, &err), IRM_OK);
	near("excess", irm_crosstab_excess(&c, 0, 0), 0.25, 1e-9);
	near("chisq", irm_crosstab_chisq(&c).chisq, 2.5e-10, 2e-9);
	irm_crosstab_release(&c);

	static const int64_t apart[] = { 4000000000000000, 0, 0, 4000000000000000 };
	assert_int_equal(irm_crosstab_init(&c, apart, 2, 2, &err), IRM_OK);
	near("v", irm_cramers_v(&c), 1, 0);
	struct irm_interval v = irm_cramers_v_limits(&c, 0.95);
	near("lo", v.lo, 1 - 1.9599639845400545 / sqrt(8e15), 1e-14);
	near("hi", v.hi, 1, 0);
	irm_crosstab_release(&c);
}

static void test_none(void **state)
{
	(void)state;
	static const int64_t count[] = { 3, 0, 4, 0 };
	static const size_t sides[][2] = { { 0, 0 }, { 1, 1 }, { 1, 3 }, { 2, 2 }, { 4, 1 } };
	for (size_t i = 0; i < COUNT(sides); i++) {
		struct irm_crosstab c;
		struct irm_err err = { .code = IRM_OK };
		assert_int_equal(irm_crosstab_init(&c, count, sides[i][0], sides[i][1], &err),
		                 IRM_OK);
		struct irm_test test = irm_crosstab_chisq(&c);
		assert_false(irm_crosstab_testable(&c));
		assert_true(isnan(test.chisq) && isnan(test.df) && isnan(test.p));
		assert_true(isnan(irm_cramers_v(&c)) && isnan(irm_cramers_v_limits(&c, 0.95).lo));
		if (i > 0)
			assert_true(isnan(irm_crosstab_residual(&c, 0, 0)));
		irm_crosstab_release(&c);
	}
}

static void test_refused(void **state)
{
	(void)state;
	static const int64_t less[] = { 3, -1 }, more[] = { (int64_t)1 << 53, 1 };
	struct irm_crosstab c;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_crosstab_init(&c, less, 1, 2, &err), IRM_INPUT);
	same_error("less", &err, "expected counts from 0 that add up to 9007199254740992 at most");
	err.code = IRM_OK;
	assert_int_equal(irm_crosstab_init(&c, more, 2, 1, &err), IRM_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tests),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
