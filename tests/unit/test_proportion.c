/* Limits of a proportion. Expected numbers are R 4.2.2's by the call given; tests/r compares more.
 *
 * Tolerance: the formulas take some ten operations, the beta quantile is solved to the last digits;
 * R's own qbeta is good to about 1e-14. 1e-12 of the number leaves room for both. */
#include <math.h>

#include "fixture.h"

#include "stats/beta.h"
#include "stats/proportion.h"
#include "stats/proportion_table.h"

#define TOLERANCE 1e-12
#define UNKNOWN   ((double)NAN)

static void check(const char *name, const char *what, double found, double expected)
{
	if (isnan(expected) ? isnan(found) : fabs(found - expected) <= TOLERANCE * fabs(expected))
		return;
	fail_msg("%s: %s: expected %.17g, found %.17g", name, what, expected, found);
}

static void test_limits(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		enum irm_ci method;
		int64_t x, n;
		double level, lo, hi;
	} cases[] = {
		/* prop.test(x, n, conf.level = level, correct = FALSE)$conf.int */
		{ "wilson 0", IRM_CI_WILSON, 0, 10, 0.95, 0, 0.2775327998628891 },
		{ "wilson all", IRM_CI_WILSON, 10, 10, 0.95, 0.7224672001371109, 1 },
		{ "wilson", IRM_CI_WILSON, 81, 263, 0.95, 0.2552885198782743, 0.3662095769828002 },
		{ "wilson one", IRM_CI_WILSON, 1, 29, 0.95, 0.006113214292762661,
		  0.171755218793202824 },
		{ "wilson 90%", IRM_CI_WILSON, 5, 9, 0.9, 0.303476660244246, 0.7819529487202255 },
		/* binom.test(x, n, conf.level = level)$conf.int; by hand for x = 0:
		 * 1 - (0.05 / 2)^(1 / 10) */
		{ "clopper 0", IRM_CI_CLOPPER_PEARSON, 0, 10, 0.95, 0, 0.3084971078187608 },
		{ "clopper all", IRM_CI_CLOPPER_PEARSON, 10, 10, 0.95, 0.6915028921812392, 1 },
		{ "clopper", IRM_CI_CLOPPER_PEARSON, 81, 263, 0.95, 0.2527367455852712,
		  0.3676219226013514 },
		{ "clopper one", IRM_CI_CLOPPER_PEARSON, 1, 29, 0.95, 0.0008726468835799228,
		  0.1776442954887228476 },
		{ "clopper 90%", IRM_CI_CLOPPER_PEARSON, 5, 9, 0.9, 0.2513676274081773,
		  0.8312495040126759 },
		/* qbeta(c(1 - level, 1 + level) / 2, x + 0.5, n - x + 0.5) */
		{ "jeffreys 0", IRM_CI_JEFFREYS, 0, 10, 0.95, 0, 0.2171962675092105 },
		{ "jeffreys all", IRM_CI_JEFFREYS, 10, 10, 0.95, 0.7828037324907895, 1 },
		{ "jeffreys", IRM_CI_JEFFREYS, 81, 263, 0.95, 0.2545219349910234,
		  0.3656474991740825 },
		{ "jeffreys one", IRM_CI_JEFFREYS, 1, 29, 0.95, 0.003746173649057077,
		  0.150077686002231703 },
		{ "jeffreys 90%", IRM_CI_JEFFREYS, 5, 9, 0.9, 0.2967678886365963,
		  0.7913156687166656 },
		{ "jeffreys 1e9", IRM_CI_JEFFREYS, 1000000, 1000000000, 0.95, 0.0009980424601865889,
		  0.0010019604283305397 },
		/* its formula in R: tests/r/proportion.R */
		{ "agresti 0", IRM_CI_AGRESTI_COULL, 0, 10, 0.95, 0, 0.3208873057505457 },
		{ "agresti all", IRM_CI_AGRESTI_COULL, 10, 10, 0.95, 0.6791126942494542, 1 },
		{ "agresti", IRM_CI_AGRESTI_COULL, 81, 263, 0.95, 0.2552206651899968,
		  0.3662774316710775 },
		{ "agresti one", IRM_CI_AGRESTI_COULL, 1, 29, 0.95, 0, 0.186286508561706 },
		{ "agresti 90%", IRM_CI_AGRESTI_COULL, 5, 9, 0.9, 0.3032118522622501,
		  0.7822177567022214 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_interval found = irm_proportion_limits(cases[i].method, cases[i].x,
		                                                  cases[i].n, cases[i].level);
		check(cases[i].name, "lo", found.lo, cases[i].lo);
		check(cases[i].name, "hi", found.hi, cases[i].hi);
	}
}

static void test_unknown(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int64_t x, n;
		double level;
	} cases[] = {
		{ "nothing of nothing", 0, 0, 0.95 },
		{ "more than all", 3, 2, 0.95 },
		{ "less than nothing", -1, 2, 0.95 },
		{ "level 0", 1, 2, 0 },
		{ "level 1", 1, 2, 1 },
		{ "level unknown", 1, 2, UNKNOWN },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (int method = IRM_CI_WILSON; method <= IRM_CI_NONE; method++) {
			struct irm_interval found = irm_proportion_limits(
			        (enum irm_ci)method, cases[i].x, cases[i].n, cases[i].level);
			check(cases[i].name, "lo", found.lo, UNKNOWN);
			check(cases[i].name, "hi", found.hi, UNKNOWN);
		}
	}
	struct irm_interval none = irm_proportion_limits(IRM_CI_NONE, 1, 2, 0.95);
	check("none", "lo", none.lo, UNKNOWN);
	check("none", "hi", none.hi, UNKNOWN);
	check("rate", "of nothing", irm_proportion(0, 0), UNKNOWN);
	check("rate", "of 4", irm_proportion(1, 4), 0.25);
}

/* For every x of every n up to 60: the limits enclose the rate and lie within 0 and 1, those of n -
 * x mirror them, and a higher level widens them. */
static void test_limits_hold_together(void **state)
{
	(void)state;
	for (int method = IRM_CI_WILSON; method < IRM_CI_NONE; method++) {
		for (int64_t n = 1; n <= 60; n++) {
			for (int64_t x = 0; x <= n; x++) {
				enum irm_ci ci = (enum irm_ci)method;
				struct irm_interval a = irm_proportion_limits(ci, x, n, 0.95);
				struct irm_interval b = irm_proportion_limits(ci, n - x, n, 0.95);
				struct irm_interval wide = irm_proportion_limits(ci, x, n, 0.99);
				double rate = irm_proportion(x, n);
				assert_true(0 <= a.lo && a.lo <= rate && rate <= a.hi && a.hi <= 1);
				assert_true(wide.lo <= a.lo && a.hi <= wide.hi);
				assert_true(fabs(a.lo + b.hi - 1) < 1e-14);
			}
		}
	}
}

/* qbeta(p, a, b); by hand: the square root of p for (2, 1), p for (1, 1), sin(pi p / 2)^2 for
 * (1/2, 1/2). */
static void test_beta_quantile(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		double p, a, b, x;
	} cases[] = {
		{ "flat", 0.3, 1, 1, 0.3 },
		{ "slope", 0.09, 2, 1, 0.3 },
		{ "slope, upper half", 0.81, 2, 1, 0.9 },
		{ "arcsine", 1.0 / 3, 0.5, 0.5, 0.25 },
		{ "p = 0", 0, 2, 3, 0 },
		{ "p = 1", 1, 2, 3, 1 },
		{ "p unknown", UNKNOWN, 2, 3, UNKNOWN },
		{ "a = 0", 0.5, 0, 3, UNKNOWN },
		{ "b unknown", 0.5, 1, UNKNOWN, UNKNOWN },
		{ "GSL 2.7 gives NAN", 0.995, 0.5, 1000.5, 3.9309875191192245e-03 },
		{ "far out, below", 1e-12, 0.5, 1e9, 7.8539816359379963e-34 },
		{ "far out, above", 1 - 0x1p-40, 0.5, 1e9, 2.5515167514615589e-08 },
		{ "1e12", 0.975, 0.5, 1e12, 2.5119430936549177e-12 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].name, "x", irm_beta_quantile(cases[i].p, cases[i].a, cases[i].b),
		      cases[i].x);
}

static void test_ci_parse(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		enum irm_ci method;
	} cases[] = {
		{ NULL, IRM_CI_WILSON },
		{ "wilson", IRM_CI_WILSON },
		{ "clopper-pearson", IRM_CI_CLOPPER_PEARSON },
		{ "jeffreys", IRM_CI_JEFFREYS },
		{ "agresti-coull", IRM_CI_AGRESTI_COULL },
		{ "none", IRM_CI_NONE },
	};
	struct irm_err err = { .code = IRM_OK };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum irm_ci method = IRM_CI_NONE;
		assert_int_equal(irm_ci_parse(&method, cases[i].name, &err), IRM_OK);
		assert_int_equal(method, cases[i].method);
	}
	enum irm_ci method = IRM_CI_NONE;
	assert_int_equal(irm_ci_parse(&method, "wislon", &err), IRM_USAGE);
	assert_string_equal(err.message, "no method of limits is called 'wislon'");
	assert_string_equal(err.hint, "did you mean 'wilson'?");
}

static void test_level_check(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_level_check(0.95, &err), IRM_OK);
	assert_int_equal(irm_level_check(95, &err), IRM_USAGE);
	assert_string_equal(err.message, "level is 95, expected a number between 0 and 1, as 0.95");
	assert_int_equal(irm_level_check(UNKNOWN, &err), IRM_USAGE);
}

/* --- the table ------------------------------------------------------------------------------ */

/* 0 of 10 and 10 of 10 by Wilson at 0.95 as above; what is empty stays so. */
static void test_table_with_rates(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_table *table = fixture_table(
	        "k,n,x,note\na,10,0,u\nb,0010,010,v\nc,,3,w\nd,4,,x\ne,0,0,y\n,8,2,\n");
	struct fixture_output out;
	assert_int_equal(irm_proportion_check(table, &err), IRM_OK);
	irm_proportion_write(table, IRM_CI_WILSON, 0.95, fixture_writer(&out));
	fixture_written("limits", &out,
	                "k,n,x,note,rate,rate_lo,rate_hi\n"
	                "a,10,0,u,0,0,0.2775327999\n"
	                "b,10,10,v,1,0.7224672001,1\n"
	                "c,,3,w,,,\n"
	                "d,4,,x,,,\n"
	                "e,0,0,y,,,\n"
	                ",8,2,,0.25,0.07147921275,0.5907245697\n");
	irm_proportion_write(table, IRM_CI_NONE, 0.95, fixture_writer(&out));
	fixture_written("none", &out,
	                "k,n,x,note,rate\n"
	                "a,10,0,u,0\n"
	                "b,10,10,v,1\n"
	                "c,,3,w,\n"
	                "d,4,,x,\n"
	                "e,0,0,y,\n"
	                ",8,2,,0.25\n");
	irm_table_free(table);
}

static void test_table_faults(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "k,n\n",
		  "in.csv:1: expected a column 'x', found none of that name (one of: k, n)" },
		{ "x,k\n",
		  "in.csv:1: expected a column 'n', found none of that name (one of: x, k)" },
		{ "x,n,rate\n", "in.csv:1:3: expected no column 'rate', which the result has" },
		{ "rate_lo,x,n\n",
		  "in.csv:1:1: expected no column 'rate_lo', which the result has" },
		{ "x,rate_hi,n\n",
		  "in.csv:1:2: expected no column 'rate_hi', which the result has" },
		{ "x,n\n1,2\n-1,2\n", "in.csv:3:1: expected a number from 0, found '-1'" },
		{ "x,n\n0,-1\n", "in.csv:2:2: expected a number from 0, found '-1'" },
		{ "x,n\nq,2\n", "in.csv:2:1: expected a whole number, found 'q'" },
		{ "x,n\n2,q\n", "in.csv:2:2: expected a whole number, found 'q'" },
		{ "k,n,x\na,2,2\na,,3\na,2,3\n", "in.csv:4:3: expected at most n, 2, found '3'" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_OK };
		struct irm_table *table = fixture_table(cases[i].text);
		assert_int_equal(irm_proportion_check(table, &err), IRM_INPUT);
		same_error(cases[i].text, &err, cases[i].message);
		irm_table_free(table);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_limits_hold_together),
		cmocka_unit_test(test_beta_quantile),
		cmocka_unit_test(test_ci_parse),
		cmocka_unit_test(test_level_check),
		in_folder(test_table_with_rates),
		in_folder(test_table_faults),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
