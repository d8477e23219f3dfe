/* Differences and ratios of two proportions. tests/r/compare_two.R compares more. */
#include <math.h>

#include "fixture.h"
#include "scarce.h"
#include "tests/unit/unit.h"

#include "stats/compare.h"
#include "stats/compare_table.h"

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

/* --- the table ------------------------------------------------------------------------------ */

#define ROWS \
	"x,cycle,n,region\n" \
	"8,1,10,EEG\n5,1,9,AFR\n,1,7,WEO\n0,2,12,EEG\n9,2,9,AFR\n3,2,6,WEO\n"

static void writes(const char *name, const char *text, const char *by, bool limits,
                   const char *expected)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_table *table = fixture_table(text);
	struct irm_pairs *pairs = NULL;
	struct fixture_output out;
	if (irm_pairs_new(&pairs, table, by, &err))
		fail_msg("%s: %s", name, err.message);
	irm_pairs_write(pairs, limits, 0.9, fixture_writer(&out));
	fixture_written(name, &out, expected);
	irm_pairs_free(pairs);
	irm_table_free(table);
}

static void test_pairs_side_by_side(void **state)
{
	(void)state;
	writes("neighbours", ROWS, NULL, true,
	       "x_1,cycle_1,n_1,region_1,x_2,cycle_2,n_2,region_2,difference,difference_lo,"
	       "difference_hi,ratio,ratio_lo,ratio_hi\n"
	       "8,1,10,EEG,5,1,9,AFR,0.2444444444,-0.09971271328,0.5287343881,1.44,0.8463712656,2."
	       "731998223\n"
	       ",1,7,WEO,0,2,12,EEG,,,,,,\n"
	       "9,2,9,AFR,3,2,6,WEO,0.5,0.1378968392,0.7787400139,2,1.284125616,4.51957002\n");
	writes("by region", ROWS, "region", true,
	       "region,x_1,cycle_1,n_1,x_2,cycle_2,n_2,difference,difference_lo,difference_hi,"
	       "ratio,ratio_lo,ratio_hi\n"
	       "AFR,5,1,9,9,2,9,-0.4444444444,-0.6965233398,-0.1209039008,0.5555555556,0."
	       "3034766602,0.7893679528\n"
	       "EEG,8,1,10,0,2,12,0.8,0.4821361147,0.9314420123,,4.282234683,\n"
	       "WEO,,1,7,3,2,6,,,,,,\n");
	writes("by region, no limits", ROWS, "region", false,
	       "region,x_1,cycle_1,n_1,x_2,cycle_2,n_2,difference,ratio\n"
	       "AFR,5,1,9,9,2,9,-0.4444444444,0.5555555556\n"
	       "EEG,8,1,10,0,2,12,0.8,\n"
	       "WEO,,1,7,3,2,6,,\n");
	writes("by two keys", "a,n,b,x,c\n1,4,1,2,u\n1,5,2,2,v\n1,6,2,3,w\n1,7,1,3,y\n", "b,a",
	       false,

	       "b,a,n_1,x_1,c_1,n_2,x_2,c_2,difference,ratio\n"
	       "1,1,4,2,u,7,3,y,0.07142857143,1.166666667\n"
	       "2,1,5,2,v,6,3,w,-0.1,0.8\n");
	writes("none", "x,n\n", NULL, false, "x_1,n_1,x_2,n_2,difference,ratio\n");
	writes("none, by a key", "x,n,k\n", "k", false, "k,x_1,n_1,x_2,n_2,difference,ratio\n");
}

static const struct {
	const char *text, *by, *message;
	enum irm_code code;
} pair_faults[] = {
	{ "x,n\n1,2\n1,3\n1,4\n", NULL,
	  "in.csv:4: expected another row to compare this one with, found the end", IRM_INPUT },
	{ "x,n,k\n1,2,a\n1,2,b\n1,2,a\n", "k", "in.csv:3: expected two rows of each key, found one",
	  IRM_INPUT },
	{ "x,n,k\n1,2,a\n1,2,b\n1,2,a\n1,2,b\n1,2,b\n1,2,b\n", "k",
	  "in.csv:6: expected two rows of each key, found a third", IRM_INPUT },
	{ "x,n,k\n1,2,a\n1,2,b\n1,2,b\n", "k", "in.csv:2: expected two rows of each key, found one",
	  IRM_INPUT },
	{ "x,n,k\n", "x", "--by: 'x' is no key", IRM_USAGE },
	{ "x,n,k\n", "k,n", "--by: 'n' is no key", IRM_USAGE },
	{ "x,n,k\n", "l", "--by: there is no column 'l' (one of: x, n, k)", IRM_USAGE },
	{ "x,n,difference\n", "difference",
	  "--by: the key 'difference' has the name of a column of the result (give the column "
	  "another "
	  "name)",
	  IRM_USAGE },
	{ "x,n,k,ratio_hi\n", "k,ratio_hi",
	  "--by: the key 'ratio_hi' has the name of a column of the result (give the column "
	  "another "
	  "name)",
	  IRM_USAGE },
	{ "x,n,cycle_2,cycle\n", "cycle_2",
	  "--by: the key 'cycle_2' has the name of a column of the result (give the column another "
	  "name)",
	  IRM_USAGE },
	{ "n_1,x,n\n", "n_1",
	  "--by: the key 'n_1' has the name of a column of the result (give the column another "
	  "name)",
	  IRM_USAGE },
};

struct paired {
	const struct irm_table *table;
	const char *by;
};

static enum irm_code pair(void *context, struct irm_err *err)
{
	const struct paired *paired = context;
	struct irm_pairs *pairs = NULL;
	enum irm_code code = irm_pairs_new(&pairs, paired->table, paired->by, err);
	assert_int_equal(pairs == NULL, code != IRM_OK);
	irm_pairs_free(pairs);
	return code;
}

static void test_pairs_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_faults); i++) {
		struct irm_err err = { .code = IRM_OK };
		struct irm_table *table = fixture_table(pair_faults[i].text);
		struct paired paired = { table, pair_faults[i].by };
		same_number(pair_faults[i].text, pair(&paired, &err), pair_faults[i].code);
		same_error(pair_faults[i].text, &err, pair_faults[i].message);
		irm_table_free(table);
	}
	/* a column of the result is one of both rows: neither cycle_3 nor a key with the like of it
	 */
	struct irm_err err = { .code = IRM_OK };
	struct irm_table *table = fixture_table("x,n,cycle,cycle_3,k,k_1\n");
	assert_int_equal(pair(&(struct paired){ table, "cycle_3" }, &err), IRM_OK);
	assert_int_equal(pair(&(struct paired){ table, "k,k_1" }, &err), IRM_OK);
	irm_table_free(table);
}

static void test_pairs_no_memory(void **state)
{
	(void)state;
	struct irm_table *table = fixture_table(ROWS);
	scarce_sweep("neighbours", pair, &(struct paired){ table, NULL }, 1);
	scarce_sweep("keys", pair, &(struct paired){ table, "region" }, 1);
	irm_table_free(table);
}

/* --- the numbers, at their ends -------------------------------------------------------------- */

/* The score test's limits are where its chi-squared is z^2: checked by a search of the restricted
 * likelihood, without the quadratic equation. */
static double score_of(double x1, double n1, double x2, double n2, double ratio)
{
	double lo = 0, hi = fmin(1, 1 / ratio);
	for (int step = 0; step < 200; step++) {
		double p2 = (lo + hi) / 2, p1 = ratio * p2;
		double slope =
		        x1 / p2 - (n1 - x1) * ratio / (1 - p1) + x2 / p2 - (n2 - x2) / (1 - p2);
		if (slope > 0)
			lo = p2;
		else
			hi = p2;
	}
	double p2 = (lo + hi) / 2, p1 = ratio * p2;
	return pow(x1 - n1 * p1, 2) / (n1 * p1 * (1 - p1)) +
	       pow(x2 - n2 * p2, 2) / (n2 * p2 * (1 - p2));
}

static void test_ratio_limits_have_the_score(void **state)
{
	(void)state;
	const double z2 = 3.8414588206941254; /* qchisq(0.95, 1) */
	static const int64_t cases[][4] = {
		{ 36, 40, 16, 80 }, { 1, 9, 5, 7 }, { 5, 7, 1, 9 },   { 3, 10, 3, 10 },
		{ 2, 3, 50, 90 },   { 1, 2, 1, 3 }, { 8, 9, 90, 91 }, { 7, 1000, 2, 12 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const int64_t *c = cases[i];
		double x1 = (double)c[0], n1 = (double)c[1], x2 = (double)c[2], n2 = (double)c[3];
		struct irm_interval found = irm_ratio_limits(c[0], c[1], c[2], c[3], 0.95);
		near("lo", "score", score_of(x1, n1, x2, n2, found.lo), z2, 1e-7);
		near("hi", "score", score_of(x1, n1, x2, n2, found.hi), z2, 1e-7);
		assert_true(found.lo < irm_ratio(c[0], c[1], c[2], c[3]));
		assert_true(found.hi > irm_ratio(c[0], c[1], c[2], c[3]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newcombe),
		cmocka_unit_test(test_ratio),
		cmocka_unit_test(test_nearly_all),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_hold_together),
		in_folder(test_pairs_side_by_side),
		in_folder(test_pairs_faults),
		in_folder(test_pairs_no_memory),
		cmocka_unit_test(test_ratio_limits_have_the_score),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
