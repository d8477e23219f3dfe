/* Adjusted p-values. Expected numbers: R 4.2.2, p.adjust(p, "holm") and p.adjust(p, "BH"). */
#include <math.h>

#include "scarce.h"
#include "tests/unit/unit.h"

#include "stats/adjust.h"

#define UNKNOWN ((double)NAN)

static void check(const char *name, const double found[], const double expected[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isnan(expected[i]) ? !isnan(found[i]) : fabs(found[i] - expected[i]) > 1e-15)
			fail_msg("%s: %zu: expected %.17g, found %.17g", name, i, expected[i],
			         found[i]);
}

static void test_adjust(void **state)
{
	(void)state;
	static const double p[] = { 0.01, 0.04, 0.03, UNKNOWN, 0.005, 0.04 };
	static const double holm[] = { 0.04, 0.09, 0.09, UNKNOWN, 0.025, 0.09 };
	static const double bh[] = { 0.025, 0.04, 0.04, UNKNOWN, 0.025, 0.04 };
	double out[COUNT(p)];
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_adjust_p(out, p, COUNT(p), IRM_ADJUST_HOLM, &err), IRM_OK);
	check("holm", out, holm, COUNT(p));
	memcpy(out, p, sizeof p); /* in place */
	assert_int_equal(irm_adjust_p(out, out, COUNT(p), IRM_ADJUST_BH, &err), IRM_OK);
	check("bh", out, bh, COUNT(p));
	assert_int_equal(irm_adjust_p(out, p, 0, IRM_ADJUST_BH, &err), IRM_OK);
}

static void test_most_is_1(void **state)
{
	(void)state;
	static const double p[] = { 0.9, 0.6, 1 }, one[] = { 1, 1, 1 };
	double out[COUNT(p)];
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_adjust_p(out, p, COUNT(p), IRM_ADJUST_HOLM, &err), IRM_OK);
	check("holm", out, one, COUNT(p));
	assert_int_equal(irm_adjust_p(out, p, COUNT(p), IRM_ADJUST_BH, &err), IRM_OK);
	check("bh", out, one, COUNT(p));
}

static void test_parse(void **state)
{
	(void)state;
	enum irm_adjust method = IRM_ADJUST_HOLM;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_adjust_parse(&method, "bh", &err), IRM_OK);
	assert_int_equal(method, IRM_ADJUST_BH);
	assert_int_equal(irm_adjust_parse(&method, "holms", &err), IRM_USAGE);
	same_error("holms", &err, "no adjustment is called 'holms' (did you mean 'holm'?)");
}

static enum irm_code adjust(void *context, struct irm_err *err)
{
	static const double p[] = { 0.2, 0.01, 0.5 };
	double out[3];
	return irm_adjust_p(out, p, 3, *(const enum irm_adjust *)context, err);
}

static void test_no_memory(void **state)
{
	(void)state;
	static enum irm_adjust methods[] = { IRM_ADJUST_HOLM, IRM_ADJUST_BH };
	for (size_t i = 0; i < 2; i++)
		scarce_sweep("adjust", adjust, &methods[i], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_adjust),
		cmocka_unit_test(test_most_is_1),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
