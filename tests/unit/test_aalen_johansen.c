/* Competing outcomes. Expected numbers are R 4.2.2's with survival 3.5-3:
 * survfit(Surv(days, factor) ~ 1, influence = TRUE); tests/r/outcome.R compares many more.
 * The errors of means are made from its influence of each row, day by day: survival 3.5's print
 * multiplies it with the days' lengths one day off, for it has a day 0 before them.
 *
 * Tolerance: sums over some ten points in doubles: 1e-12. */
#include <math.h>

#include "tests/unit/unit.h"

#include "base/date.h"
#include "stats/aalen_johansen.h"

static void check(const char *name, double found, double expected)
{
	if (isnan(expected) ? isnan(found) : fabs(found - expected) <= 1e-12 * fabs(expected))
		return;
	fail_msg("%s: expected %.17g, found %.17g", name, expected, found);
}

/* days 1 2 2 3 5 6 6 9 10 10, ended a, open, b, a, b, a, b, open, a, a; in another order */
static const int32_t days[] = { 10, 1, 2, 6, 2, 3, 5, 6, 9, 10 };
static const uint8_t event[] = { 1, 1, 0, 1, 1, 1, 1, 1, 0, 1 };
static const uint32_t outcome[] = { 0, 0, 9, 1, 1, 0, 1, 0, 9, 0 };
static const struct irm_sample sample = {
	.n = 10, .days = days, .event = event, .outcome = outcome
};

static struct irm_incidence *fit(const struct irm_sample *rows, size_t outcomes)
{
	struct irm_incidence *incidence = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(
	        irm_incidence_fit(&incidence, rows, outcomes, 0.95, IRM_CONF_LOG_LOG, &err),
	        IRM_OK);
	return incidence;
}

static void test_fit(void **state)
{
	(void)state;
	static const double share[][7] = {
		{ 0.1, 0.1, 0.2142857142857143, 0.2142857142857143, 0.3285714285714286,
		  0.3285714285714286, 0.6714285714285715 },
		{ 0, 0.1, 0.1, 0.21428571428571427, 0.32857142857142857, 0.32857142857142857,
		  0.32857142857142857 },
	};
	static const double se[][7] = {
		{ 0.09486832980505136, 0.09486832980505136, 0.13504129591905781,
		  0.13504129591905781, 0.15618446147370393, 0.15618446147370393,
		  0.15618446147370391 },
		{ 0, 0.09486832980505137, 0.09486832980505137, 0.13504129591905781,
		  0.15618446147370393, 0.15618446147370393, 0.15618446147370393 },
	};
	static const int32_t times[] = { 1, 2, 3, 5, 6, 9, 10 };
	struct irm_incidence *in = fit(&sample, 2);
	assert_int_equal(in->n, 10);
	assert_int_equal(in->last, 10);
	assert_int_equal(in->points, COUNT(times));
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < in->points; i++) {
			assert_int_equal(in->time[i], times[i]);
			check("share", in->share[k * in->points + i], share[k][i]);
			check("se", in->se[k * in->points + i], se[k][i]);
		}
	}
	assert_int_equal(irm_incidence_events(in, 0), 5);
	assert_int_equal(irm_incidence_events(in, 1), 3);
	assert_true(isnan(in->lo[in->points])); /* b on day 1: a share of 0 */
	check("rmean of a", irm_incidence_rmean(in, 0, 9).mean, 1.828571428571429);
	check("its se", irm_incidence_rmean(in, 0, 9).se, 0.935144709027516);
	check("rmean of b", irm_incidence_rmean(in, 1, 9).mean, 1.5);
	check("its se", irm_incidence_rmean(in, 1, 9).se, 0.7616443007180758);
	assert_int_equal(irm_incidence_at(in, 0.5), -1);
	assert_int_equal(irm_incidence_at(in, 5), 3);
	assert_int_equal(irm_incidence_at(in, 1e9), 6);
	irm_incidence_free(in);
}

/* One outcome is Kaplan and Meier's: counts of 1e9 lose nothing. */
static void test_one_outcome(void **state)
{
	(void)state;
	static const int64_t count[] = { 1000000000, 7, 123456789, 3000000000, 1, 2, 3, 4, 5, 6 };
	static const uint32_t none[10] = { 0 };
	struct irm_sample rows = sample;
	rows.count = count;
	rows.outcome = none;
	struct irm_incidence *in = fit(&rows, 1);
	struct irm_curve *curve = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_km_fit_sample(&curve, &rows, &err), IRM_OK);
	for (size_t i = 0; i + 1 < in->points; i++)
		check("se", in->se[i], curve->se[i]);
	check("open and share", in->share[2] + curve->survival[2], 1);
	irm_curve_free(curve);
	irm_incidence_free(in);
}

static void test_empty(void **state)
{
	(void)state;
	struct irm_sample none = { .n = 0 };
	struct irm_incidence *in = fit(&none, 2);
	assert_int_equal(in->n, 0);
	assert_int_equal(in->points, 0);
	assert_int_equal(in->last, IRM_DAY_NONE);
	assert_true(isnan(irm_incidence_rmean(in, 1, 5).mean));
	irm_incidence_free(in);
	irm_incidence_free(NULL);
}

static void test_faults(void **state)
{
	(void)state;
	struct irm_incidence *in = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_incidence_fit(&in, &sample, 1, 0.95, IRM_CONF_LOG, &err), IRM_INPUT);
	same_error("outcome", &err, "expected an outcome below 1, found 1");
	assert_int_equal(irm_incidence_fit(&in, &sample, 2, 95, IRM_CONF_LOG, &err), IRM_USAGE);
	assert_null(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_one_outcome),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_faults),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
