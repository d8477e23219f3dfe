/* Fisher's exact test and the hypergeometric distribution. Expected numbers: R 4.2.2's by the call
 * given. tests/r/crosstab.R compares more. */
#include <math.h>

#include "scarce.h"
#include "tests/unit/unit.h"

#include "stats/fisher.h"
#include "stats/fisher_tables.h"
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
		{ "by ratios, rarer", 60, 2000, 100000 },
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

struct counted {
	const struct irm_crosstab *crosstab;
	int64_t draws;
};

static enum irm_code test_counted(void *context, struct irm_err *err)
{
	const struct counted *counted = context;
	struct irm_fisher found;
	return irm_fisher(&found, counted->crosstab, counted->draws, 1, err);
}

static enum irm_code init_counted(void *context, struct irm_err *err)
{
	static const int64_t count[] = { 3, 2, 9, 1, 2, 1 };
	struct irm_crosstab crosstab;
	(void)context;
	enum irm_code code = irm_crosstab_init(&crosstab, count, 2, 3, err);
	if (!code)
		irm_crosstab_release(&crosstab);
	return code;
}

static enum irm_code draw_counted(void *context, struct irm_err *err)
{
	struct irm_sums sums;
	double p;
	enum irm_code code = irm_sums_init(&sums, context, err);
	if (code)
		return code;
	code = irm_sums_draw(&p, &sums, 2, 1, err);
	irm_sums_release(&sums);
	return code;
}

static void test_no_memory(void **state)
{
	(void)state;
	static const int64_t few[] = { 3, 2, 9, 1, 2, 1, 1, 0, 2 };
	static const int64_t many[] = { 300, 320, 310, 330, 290, 305, 280, 315, 325 };
	struct irm_crosstab crosstab;
	struct irm_err err = { .code = IRM_OK };
	scarce_sweep("crosstab", init_counted, NULL, 1);
	assert_int_equal(irm_crosstab_init(&crosstab, few, 3, 3, &err), IRM_OK);
	scarce_sweep("exact", test_counted, &(struct counted){ &crosstab, 0 }, 1);
	scarce_sweep("shuffled", draw_counted, &crosstab, 1);
	irm_crosstab_release(&crosstab);
	assert_int_equal(irm_crosstab_init(&crosstab, many, 3, 3, &err), IRM_OK);
	scarce_sweep("by cells", draw_counted, &crosstab, 1);
	irm_crosstab_release(&crosstab);
}

/* The sums of a table, turned so that it has no fewer rows, ascending. Its probability is that of
 * all cells together: by hand, 3! 5! 4! 4! / 8! over the factorials of the cells, 2 1 0 2 3 0. */
static void test_sums(void **state)
{
	(void)state;
	static const int64_t wide[] = { 2, 0, 1, 3, 2, 0 };
	struct irm_crosstab crosstab;
	struct irm_sums sums;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_crosstab_init(&crosstab, wide, 2, 3, &err), IRM_OK);
	assert_int_equal(irm_sums_init(&sums, &crosstab, &err), IRM_OK);
	assert_int_equal(sums.rows, 3);
	assert_int_equal(sums.cols, 2);
	assert_int_equal(sums.n, 8);
	assert_int_equal(sums.row[0], 1);
	assert_int_equal(sums.row[1], 2);
	assert_int_equal(sums.row[2], 5);
	assert_int_equal(sums.col[0], 3);
	assert_int_equal(sums.col[1], 5);
	/* rows 3, 5; columns 5, 2, 1 */
	near("most - observed", exp(sums.most - sums.observed),
	     6.0 * 120 * 120 * 2 / (40320.0 * 2 * 6 * 2), 1e-12);
	near("factorials", sums.logs, log(2 * 6 * 2), 1e-14);
	double together = 0; /* x in the column of 3: 0 1 2, or 1 0 2, ...: all tables are one */
	for (int64_t a = 0; a <= 1; a++)
		for (int64_t b = 0; b <= 2; b++) {
			const int64_t cell[][2] = { { a, 1 - a },
				                    { b, 2 - b },
				                    { 3 - a - b, 2 + a + b } };
			double cost = 0;
			for (size_t i = 0; i < 3; i++)
				for (size_t j = 0; j < 2; j++)
					cost += irm_sums_cost(&sums, i, j, cell[i][j]);
			together += exp(sums.most - cost);
		}
	near("together", together, 1, 1e-13);
	/* 8 things and 6 cells: as many draws as there can be */
	assert_int_equal(irm_sums_draws(&sums), 50000);
	bool done = true;
	double p = 0;
	assert_int_equal(irm_sums_enumerate(&done, &p, &sums, 100, &err), IRM_OK);
	assert_true(done);
	near("p", p, test_of(wide, 2, 3, 0, 1).p, 1e-15);
	assert_int_equal(irm_sums_enumerate(&done, &p, &sums, 2, &err), IRM_OK);
	assert_false(done);
	irm_sums_release(&sums);
	assert_null(sums.row);
	irm_crosstab_release(&crosstab);
}

/* How many are drawn: as many as take 10^9 steps, n of each where all that is counted is shuffled,
 * 64 of each cell else; 50000 at most, 1000 at least. */
static void test_number_of_draws(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		size_t rows, cols;
		int64_t n, draws;
	} cases[] = {
		{ "few", 5, 5, 1600, 50000 },
		{ "shuffled", 100, 100, 640000, 1562 },
		{ "by cells", 100, 100, 640001, 1562 },
		{ "as many as can be", 250, 250, 4000000, 1000 },
		{ "more cells", 250, 250, 4000001, 1000 },
		{ "fewer", 200, 100, 1280000, 1000 },
		{ "more", 30, 30, 57601, 17361 },
		{ "by cells, as few", 30, 30, 30000, 33333 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_sums sums = { .rows = cases[i].rows,
			                 .cols = cases[i].cols,
			                 .n = cases[i].n };
		if (irm_sums_draws(&sums) != cases[i].draws)
			fail_msg("%s: found %lld", cases[i].name, (long long)irm_sums_draws(&sums));
	}
}

/* Every hypergeometric distribution of up to 12: its range, its mode, its probabilities (by hand,
 * binomial coefficients), its tails. */
static double choose(int64_t n, int64_t k)
{
	double product = 1;
	for (int64_t i = 1; i <= k; i++)
		product = product * (double)(n - k + i) / (double)i;
	return product;
}

static void test_all_small_hypergeometric(void **state)
{
	(void)state;
	for (int64_t n = 1; n <= 12; n++)
		for (int64_t row = 0; row <= n; row++)
			for (int64_t col = 0; col <= n; col++) {
				struct irm_hypergeometric h = irm_hypergeometric(row, col, n);
				double p[13], sum = 0, tail = 0;
				assert_int_equal(h.lo, row + col > n ? row + col - n : 0);
				assert_int_equal(h.hi, row < col ? row : col);
				for (int64_t x = h.lo; x <= h.hi; x++) {
					p[x] = choose(col, x) * choose(n - col, row - x) /
					       choose(n, row);
					near("p", exp(irm_hypergeometric_log(&h, x)), p[x], 1e-12);
					sum += p[x];
				}
				near("sum", sum, 1, 1e-12);
				for (int64_t x = h.lo; x <= h.hi; x++)
					assert_true(p[x] <= p[h.mode] * (1 + 1e-12));
				for (int64_t x = h.hi; x >= h.mode; x--) {
					tail += p[x];
					near("up", irm_hypergeometric_tail(&h, x), tail, 1e-11);
				}
				tail = 0;
				for (int64_t x = h.lo; x < h.mode; x++) {
					tail += p[x];
					near("down", irm_hypergeometric_tail(&h, x), tail, 1e-11);
				}
			}
}

/* All 2 x 2 tables of two rows of 7 and 6: the sum of all that are no likelier. */
static void test_all_two_by_two(void **state)
{
	(void)state;
	for (int64_t a = 0; a <= 7; a++)
		for (int64_t c = 0; c <= 6; c++) {
			const int64_t count[] = { a, 7 - a, c, 6 - c };
			double p = 0, own = choose(7, a) * choose(6, c);
			if (a + c == 0 || a + c == 13)
				continue;
			for (int64_t x = 0; x <= 7; x++)
				if (a + c - x >= 0 && a + c - x <= 6 &&
				    choose(7, x) * choose(6, a + c - x) <= own * (1 + 1e-7))
					p += choose(7, x) * choose(6, a + c - x) /
					     choose(13, a + c);
			struct irm_fisher found = test_of(count, 2, 2, 0, 1);
			near("p", found.p, p, 1e-12);
			assert_int_equal(found.method, IRM_FISHER_EXACT);
		}
	/* at any n: a table of which all others are less likely, and one that is turned */
	static const int64_t large[] = { 1000000000, 1000000000, 1000000000, 1000000000 };
	struct irm_fisher found = test_of(large, 2, 2, 0, 1);
	near("large", found.p, 1, 0);
	assert_int_equal(found.method, IRM_FISHER_EXACT);
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
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_number_of_draws),
		cmocka_unit_test(test_all_small_hypergeometric),
		cmocka_unit_test(test_all_two_by_two),
		cmocka_unit_test(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
