/* The noncentral chi-squared distribution and the parts it is made of. Expected numbers: R 4.2.2's
 * by the call given. tests/r/crosstab.R compares more. */
#include <math.h>

#include "tests/unit/unit.h"

#include <gsl/gsl_cdf.h>

#include "stats/deviance.h"
#include "stats/noncentral.h"

static void near(const char *name, double found, double expected, double relative)
{
	if (!(fabs(found - expected) <= relative * fabs(expected)))
		fail_msg("%s: expected %.17g, found %.17g", name, expected, found);
}

static void test_poisson(void **state)
{
	(void)state;
	/* dpois(x, m, log = TRUE) */
	near("3", irm_poisson_log(3, 2.5), -1.5428872736055899, 1e-14);
	near("0", irm_poisson_log(0, 4), -4, 0);
	near("1e9", irm_poisson_log(1e9, 1000010000), -11.330571118430377, 1e-14);
	near("far", irm_poisson_log(7, 1e-3), -56.88044831394037, 1e-14);
	/* by hand: 3 log(3 / 2) - 1 */
	near("deviance", irm_deviance(3, 2, 1), 3 * log(1.5) - 1, 1e-15);
	near("deviance of 0", irm_deviance(0, 2, -2), 2, 0);
	near("none", irm_deviance(2, 2, 0), 0, 0);
	near("1!", irm_log_factorial_rest(1), 1, 1e-15);
	near("0!", irm_log_factorial_rest(0), 0, 0);
}

static void test_tail(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		double x, df, lambda, below, above; /* the series in 40 digits; R agrees to 1e-11 */
	} cases[] = {
		{ "middle", 5, 3, 2, 0.59340518008315557, 0.40659481991684437 },
		{ "upper", 20, 3, 2, 0.99625610750254202, 0.0037438924974579852 },
		{ "lower", 0.5, 1, 4, 0.094630375466726535, 0.90536962453327352 },
		{ "larger", 300, 6, 200, 0.99873117587905635, 0.00126882412094364699 },
		{ "nearly 0", 1e-9, 1, 0.5, 1.9650175837784779e-05, 0.99998034982416217 },
		{ "central", 3, 2, 0, 0.77686983985157021, 0.22313016014842982 },
		{ "far below", 1500, 12, 2000, 4.57473634634307642e-10, 0.99999999954252637 },
		{ "0", 0, 2, 3, 0, 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		double x = cases[i].x, df = cases[i].df, lambda = cases[i].lambda;
		near(cases[i].name, irm_noncentral_tail(x, df, lambda, false), cases[i].below,
		     2e-13);
		near(cases[i].name, irm_noncentral_tail(x, df, lambda, true), cases[i].above,
		     2e-13);
	}
}

/* pchisq(x, df), where GSL 2.7's sum ends too soon: large tables, 2 and 3 standard deviations off.
 */
static void test_tail_of_many(void **state)
{
	(void)state;
	static const struct {
		double x, df;
		bool above;
		double share;
	} cases[] = {
		{ 997171.57287525386, 1e6, false, 0.022673723258328927 },
		{ 9991055.7280900013, 1e7, false, 0.022725981056664405 },
		{ 9991055.7280900013, 1e7, true, 0.97727401894333554 },
		{ 10013416.407864999, 1e7, true, 0.0013551881922411466 },
		{ 100042426.4068712, 1e8, true, 0.0013515698737677666 },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		near("tail", irm_noncentral_tail(cases[i].x, cases[i].df, 0, cases[i].above),
		     cases[i].share, 1e-9);
}

/* What one variable has below x follows from the normal distribution; one step from the next. */
static void test_tail_of_one(void **state)
{
	(void)state;
	const double step = is_brief() ? 343 : 7;
	for (double x = 1e-10; x < 2e6; x *= step) {
		for (double lambda = 0.01; lambda < 2e6; lambda *= 13) {
			double r = sqrt(x), d = sqrt(lambda);
			double below = gsl_cdf_ugaussian_P(r - d) - gsl_cdf_ugaussian_P(-r - d);
			double found = irm_noncentral_tail(x, 1, lambda, false);
			if (fabs(found - below) > 1e-12)
				fail_msg("%g, %g: expected %.15g, found %.15g", x, lambda, below,
				         found);
			double both = found + irm_noncentral_tail(x, 1, lambda, true);
			near("both", both, 1, 1e-12);
		}
	}
}

static void test_noncentrality(void **state)
{
	(void)state;
	static const double dfs[] = { 1, 2, 6, 500 };
	for (size_t i = 0; i < COUNT(dfs); i++) {
		for (double x = dfs[i] * 1.5; x < 1e7; x *= 3) {
			for (int above = 0; above <= 1; above++) {
				double lambda = irm_noncentrality(x, dfs[i], 0.025, above);
				double central = above ? gsl_cdf_chisq_Q(x, dfs[i])
				                       : gsl_cdf_chisq_P(x, dfs[i]);
				if (lambda > 0)
					near("tail", irm_noncentral_tail(x, dfs[i], lambda, above),
					     0.025, 1e-9);
				else
					assert_true(above ? central >= 0.025 : central <= 0.025);
			}
		}
	}
	near("of 0", irm_noncentrality(0, 3, 0.025, false), 0, 0);
	near("low level",
	     irm_noncentral_tail(1e-12, 1, irm_noncentrality(1e-12, 1, 5e-7, false), false), 5e-7,
	     1e-9);
}

/* Where the normal distribution takes over: beyond it still what the sum says. */
static void test_large(void **state)
{
	(void)state;
	static const double dfs[] = { 1, 2, 12, 5000 };
	for (size_t i = 0; i < COUNT(dfs); i++) {
		double x = 2e7 + dfs[i];
		for (int above = 0; above <= 1; above++) {
			double lambda = irm_noncentrality(x, dfs[i], 0.025, above);
			near("tail", irm_noncentral_tail(x, dfs[i], lambda, above), 0.025, 1e-6);
		}
	}
	/* by hand: (sqrt(x) -+ z)^2 with one degree of freedom */
	const double z = 1.9599639845400545;
	near("lo", irm_noncentrality(1e16, 1, 0.025, true), (1e8 - z) * (1e8 - z), 1e-15);
	near("hi", irm_noncentrality(1e16, 1, 0.025, false), (1e8 + z) * (1e8 + z), 1e-15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_poisson),       cmocka_unit_test(test_tail_of_many),
		cmocka_unit_test(test_tail),          cmocka_unit_test(test_tail_of_one),
		cmocka_unit_test(test_noncentrality), cmocka_unit_test(test_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
