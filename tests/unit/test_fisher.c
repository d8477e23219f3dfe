/* Fisher's exact test and the hypergeometric distribution. Expected numbers: R 4.2.2's by the call
 * given. tests/r/crosstab.R compares more. */
#include <math.h>

#include "tests/unit/unit.h"

#include "stats/fisher.h"
#include "stats/hypergeometric.h"

static void near(const char *name, double found, double expected, double relative)
{
	if (!(fabs(found - expected) <= relative * fabs(expected)))
		fail_msg("%s: expected %.17g, found %.17g", name, expected, found);
}

static struct irm_fisher test_of(const int64_t count[], size_t rows, size_t cols, int64_t draws,
                                 uint32_t seed)
{
	struct irm_crosstab crosstab;
	struct irm_fisher found;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_crosstab_init(&crosstab, count, rows, cols, &err), IRM_OK);
	assert_int_equal(irm_fisher(&found, &crosstab, draws, seed, &err), IRM_OK);
	irm_crosstab_release(&crosstab);
	return found;
}

static void test_hypergeometric(void **state)
{
	(void)state;
	/* dhyper(x, m, n, k, log = TRUE) */
	struct irm_hypergeometric h = irm_hypergeometric(8, 10, 25);
	near("small", irm_hypergeometric_log(&h, 3), -1.0990700593330047, 1e-14);
	/* phyper(5, 10, 15, 8, lower.tail = FALSE), phyper(1, 10, 15, 8) */
	near("upper tail", irm_hypergeometric_tail(&h, 6), 0.022092781360515915, 1e-14);
	near("lower tail", irm_hypergeometric_tail(&h, 1), 0.065446224256292915, 1e-14);
	h = irm_hypergeometric(1000000000, 1000000000, 2000000000);
	assert_int_equal(h.mode, 500000000);
	near("1e9", irm_hypergeometric_log(&h, 500010000), -10.640850680839625, 1e-14);
	/* R's own tail keeps 11 digits here */
	near("tail of 1e9", irm_hypergeometric_tail(&h, 500010000), 0.18555864434405761, 1e-10);
	h = irm_hypergeometric(7, 9, 10);
	assert_int_equal(h.lo, 6);
	assert_int_equal(h.hi, 7);
	near("6 or 7", exp(irm_hypergeometric_log(&h, 6)), 0.7, 1e-14);
	h = irm_hypergeometric(4, 10, 10);
	assert_int_equal(h.lo, h.hi);
	near("certain", irm_hypergeometric_log(&h, 4), 0, 0);
}

/* Both ways of drawing: as often as the probabilities say, by chi-squared over the values. */
static void test_draws_follow_the_distribution(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int64_t row, col, n;
	} cases[] = {
		{ "inverted", 12, 20, 50 },
		{ "inverted, many needed", 28, 25, 30 },
		{ "by ratios", 60, 80, 200 },
		{ "by ratios, rare", 400, 3000, 100000 },
	};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	assert_non_null(rng);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_hypergeometric h =
		        irm_hypergeometric(cases[i].row, cases[i].col, cases[i].n);
		const double draws = rounds(100000);
		double chisq = 0, df = -1;
		size_t found[512] = { 0 };
		gsl_rng_set(rng, 1);
		for (int k = 0; k < (int)draws; k++) {
			int64_t x = irm_hypergeometric_draw(&h, rng);
			assert_true(h.lo <= x && x <= h.hi);
			found[x]++;
		}
		for (int64_t x = h.lo; x <= h.hi; x++) {
			double expected = draws * exp(irm_hypergeometric_log(&h, x));
			if (expected < 20)
				continue;
			double excess = (double)found[x] - expected;
			chisq += excess * excess / expected;
			df++;
		}
		if (chisq > df + 5 * sqrt(2 * df)) /* or once in a million seeds */
			fail_msg("%s: chi-squared of %g, %g df", cases[i].name, chisq, df);
	}
	gsl_rng_free(rng);
}

static void test_exact(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		size_t rows, cols;
		int64_t count[16];
		double p; /* fisher.test()$p.value */
	} cases[] = {
		{ "tea, by hand 34 / 70", 2, 2, { 3, 1, 1, 3 }, 34.0 / 70 },
		{ "2 x 2", 2, 2, { 10, 3, 2, 15 }, 0.00053672411914343734 },
		{ "2 x 2, rows turned", 2, 2, { 2, 15, 10, 3 }, 0.00053672411914343734 },
		{ "2 x 2, two tails", 2, 2, { 12, 7, 5, 9 }, 0.16632006577356476 },
		{ "2 x 2, the likeliest", 2, 2, { 5, 5, 5, 5 }, 1 },
		{ "job satisfaction",
		  4,
		  4,
		  { 1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11 },
		  0.78268493896563884 },
		{ "job satisfaction, 4 x 3",
		  4,
		  3,
		  { 1, 3, 10, 2, 3, 10, 1, 6, 14, 0, 1, 9 },
		  0.83817907141369108 },
		{ "4 x 3", 4, 3, { 3, 2, 9, 1, 2, 1, 1, 0, 2, 3, 4, 3 }, 0.47026557296271043 },
		{ "3 x 4", 3, 4, { 3, 1, 1, 3, 2, 2, 0, 4, 9, 1, 2, 3 }, 0.47026557296271043 },
		/* by hand: 3! 2! / 5! ways to give three ones out as two columns have them */
		{ "3 x 2, all apart", 3, 2, { 1, 0, 1, 0, 0, 1 }, 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_fisher found =
		        test_of(cases[i].count, cases[i].rows, cases[i].cols, 0, 1);
		assert_int_equal(found.method, IRM_FISHER_EXACT);
		near(cases[i].name, found.p, cases[i].p, 1e-12);
		assert_true(isnan(found.se));
		assert_int_equal(found.draws, 0);
	}
}

static void test_none(void **state)
{
	(void)state;
	static const int64_t count[] = { 3, 4, 0, 0 };
	for (size_t rows = 1; rows <= 2; rows++) {
		struct irm_fisher found = test_of(count, rows, 2, 0, 1);
		assert_int_equal(found.method, IRM_FISHER_NONE);
		assert_true(isnan(found.p) && isnan(found.se));
	}
}

/* A column that is another but in name changes nothing: the p-value of 2 x 2 at any size. Rare in
 * 10^9, so that a third column of as many makes few tables. */
static void test_few_of_many(void **state)
{
	(void)state;
	static const int64_t count[] = { 3, 1, 1000000000, 1, 4, 1000000000 };
	struct irm_fisher found = test_of(count, 2, 3, 0, 1);
	assert_int_equal(found.method, IRM_FISHER_EXACT);
	/* by hand, in the limit of many: 4 and 5 coins, as far from 3 and 1 heads or as unlikely */
	double p = 0;
	static const double four[] = { 1, 4, 6, 4, 1 }, five[] = { 1, 5, 10, 10, 5, 1 };
	for (size_t a = 0; a < 5; a++)
		for (size_t b = 0; b < 6; b++)
			p += four[a] * five[b] <= 4 * 5 ? four[a] * five[b] / 512 : 0;
	near("few of many", found.p, p, 1e-7);
}

/* What is drawn lies within five standard errors of what a million tables drawn in R give:
 * fisher.test(simulate.p.value = TRUE, B = 1e6). A seed repeats, another one draws others. */
static void test_drawn(void **state)
{
	(void)state;
	static const int64_t few[] = { 3, 1, 2, 4, 0, 5, 2, 2, 1, 3, 3, 1, 4, 2, 1, 0, 5, 2,
		                       2, 3, 1, 4, 2, 0, 3, 2, 2, 1, 3, 5, 1, 1, 0, 2, 4, 3 };
	static const int64_t many[] = { 300, 320, 310, 330, 290, 305, 280, 315, 325 };
	const int64_t draws = rounds(20000);
	struct irm_fisher shuffled = test_of(few, 6, 6, draws, 5);
	assert_int_equal(shuffled.method, IRM_FISHER_DRAWN);
	assert_int_equal(shuffled.draws, draws);
	near("se", shuffled.se, sqrt(shuffled.p * (1 - shuffled.p) / (double)draws), 1e-12);
	if (fabs(shuffled.p - 0.3847) > 5 * shuffled.se)
		fail_msg("shuffled: expected 0.3847, found %g", shuffled.p);
	if (is_brief())
		return;
	struct irm_fisher by_cells = test_of(many, 3, 3, draws, 5);
	assert_int_equal(by_cells.method, IRM_FISHER_DRAWN);
	if (fabs(by_cells.p - 0.1661) > 5 * by_cells.se)
		fail_msg("by cells: expected 0.1661, found %g", by_cells.p);
	near("again", test_of(few, 6, 6, draws, 5).p, shuffled.p, 0);
	assert_true(test_of(few, 6, 6, draws, 6).p != shuffled.p);
	assert_int_equal(test_of(few, 6, 6, 0, 5).draws, 50000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hypergeometric),
		cmocka_unit_test(test_draws_follow_the_distribution),
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_few_of_many),
		cmocka_unit_test(test_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
