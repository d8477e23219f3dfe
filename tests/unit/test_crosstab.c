/* Tables of counts. Expected numbers: R 4.2.2's chisq.test(correct = FALSE), or by hand.
 * tests/r/crosstab.R compares more, the limits of V among it. */
#include <math.h>

#include "fixture.h"
#include "scarce.h"
#include "tests/unit/unit.h"

#include "stats/crosstab.h"
#include "stats/crosstab_table.h"

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

/* --- the table ------------------------------------------------------------------------------ */

#define LISTED \
	"first,note,second,count\n" \
	"x,n,u,3\nx,n,v,1\ny,n,u,2\ny,m,v,7\ny,m,u,1\n,n,u,2\nx,n,,4\nall,n,u,6\nx,n,all,4\nz,n," \
	"u,0\n" \
	"x,m,w,0\n"

struct listed {
	const struct irm_table *table;
	struct irm_crosstab_query query;
};

static enum irm_code list(void *context, struct irm_err *err)
{
	const struct listed *listed = context;
	struct irm_crosstab_result *result = NULL;
	enum irm_code code = irm_crosstab_result_new(&result, listed->table, &listed->query, err);
	assert_int_equal(result == NULL, code != IRM_OK);
	irm_crosstab_result_free(result);
	return code;
}

static void writes(const char *name, const char *text, struct irm_crosstab_query query,
                   const char *expected, const long long counts[4])
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_table *table = fixture_table(text);
	struct irm_crosstab_result *result = NULL;
	struct fixture_output out;
	size_t cells = 0;
	if (irm_crosstab_result_new(&result, table, &query, &err))
		fail_msg("%s: %s", name, err.message);
	irm_crosstab_result_write(result, fixture_writer(&out));
	fixture_written(name, &out, expected);
	same_number(name, (long long)irm_crosstab_result_unknown(result), counts[0]);
	same_number(name, (long long)irm_crosstab_result_totals(result), counts[1]);
	same_number(name, (long long)irm_crosstab_result_small(result, &cells), counts[2]);
	same_number(name, (long long)cells, counts[3]);
	same_number(name, irm_crosstab_result_draws(result), 0);
	irm_crosstab_result_free(result);
	irm_table_free(table);
}

/* R 4.2.2: chisq.test(matrix(c(3, 3, 1, 7), 2), correct = FALSE), fisher.test() */
static void test_table_by_its_columns(void **state)
{
	(void)state;
	const struct irm_crosstab_query plain = { "first", "second", false, 0.95, 0, 1 };
	struct irm_crosstab_query query = plain;
	writes("named", LISTED, query,
	       "chisq,df,p,cramers_v,fisher_p,cramers_v_lo,cramers_v_hi,fisher_method,fisher_se\n"
	       "2.3625,1,0.1242828741,0.4107919181,0.2447552448,0,0.9346132287,exact,\n",
	       (long long[]){ 2, 2, 3, 4 });
	query.cells = true;
	writes("cells", LISTED, query,
	       "row,col,count,expected,residual,p,p_adjusted\n"
	       "x,u,3,1.714285714,1.537042615,0.1242828741,0.1242828741\n"
	       "x,v,1,2.285714286,-1.537042615,0.1242828741,0.1242828741\n"
	       "y,u,3,4.285714286,-1.537042615,0.1242828741,0.1242828741\n"
	       "y,v,7,5.714285714,1.537042615,0.1242828741,0.1242828741\n",
	       (long long[]){ 2, 2, 3, 4 });
	query.row = NULL;
	writes("the first column free", LISTED, query,
	       "row,col,count,expected,residual,p,p_adjusted\n"
	       "x,u,3,1.714285714,1.537042615,0.1242828741,0.1242828741\n"
	       "x,v,1,2.285714286,-1.537042615,0.1242828741,0.1242828741\n"
	       "y,u,3,4.285714286,-1.537042615,0.1242828741,0.1242828741\n"
	       "y,v,7,5.714285714,1.537042615,0.1242828741,0.1242828741\n",
	       (long long[]){ 2, 2, 3, 4 });
	query.row = "second";
	query.col = NULL;
	writes("the second free", LISTED, query,
	       "row,col,count,expected,residual,p,p_adjusted\n"
	       "u,x,3,1.714285714,1.537042615,0.1242828741,0.1242828741\n"
	       "u,y,3,4.285714286,-1.537042615,0.1242828741,0.1242828741\n"
	       "v,x,1,2.285714286,-1.537042615,0.1242828741,0.1242828741\n"
	       "v,y,7,5.714285714,1.537042615,0.1242828741,0.1242828741\n",
	       (long long[]){ 2, 2, 3, 4 });
	query.row = NULL;
	writes("both free", LISTED, query,
	       "row,col,count,expected,residual,p,p_adjusted\n"
	       "x,m,0,4.363636364,-3.88403325,0.0001027378487,0.0001027378487\n"
	       "x,n,12,7.636363636,3.88403325,0.0001027378487,0.0001027378487\n"
	       "y,m,8,3.636363636,3.88403325,0.0001027378487,0.0001027378487\n"
	       "y,n,2,6.363636364,-3.88403325,0.0001027378487,0.0001027378487\n",
	       (long long[]){ 1, 1, 2, 4 });
	writes("without counts", "count1,b\nx,u\nx,v\nx,u\n", query,
	       "row,col,count,expected,residual,p,p_adjusted\n"
	       "x,u,2,2,,,\n"
	       "x,v,1,1,,,\n",
	       (long long[]){ 0, 0, 0, 2 });
	query.cells = false;
	writes("one row", "a,b\nx,u\nx,v\n", query,
	       "chisq,df,p,cramers_v,fisher_p,cramers_v_lo,cramers_v_hi,fisher_method,fisher_se\n"
	       ",,,,,,,,\n",
	       (long long[]){ 0, 0, 0, 2 });
	writes("none", "a,b\n", query,
	       "chisq,df,p,cramers_v,fisher_p,cramers_v_lo,cramers_v_hi,fisher_method,fisher_se\n"
	       ",,,,,,,,\n",
	       (long long[]){ 0, 0, 0, 0 });
}

/* 5 are enough in a cell. */
static void test_small_cells_expect_less_than_five(void **state)
{
	(void)state;
	const struct irm_crosstab_query query = { NULL, NULL, true, 0.95, 0, 1 };
	writes("5 each", "a,b,count\nx,u,5\nx,v,5\ny,u,5\ny,v,5\n", query,
	       "row,col,count,expected,residual,p,p_adjusted\n"
	       "x,u,5,5,0,1,1\n"
	       "x,v,5,5,0,1,1\n"
	       "y,u,5,5,0,1,1\n"
	       "y,v,5,5,0,1,1\n",
	       (long long[]){ 0, 0, 0, 4 });
	writes("less", "a,b,count\nx,u,5\nx,v,5\ny,u,5\ny,v,4\n", query,
	       "row,col,count,expected,residual,p,p_adjusted\n"
	       "x,u,5,5.263157895,-0.2421610524,0.8086553726,0.8086553726\n"
	       "x,v,5,4.736842105,0.2421610524,0.8086553726,0.8086553726\n"
	       "y,u,5,4.736842105,0.2421610524,0.8086553726,0.8086553726\n"
	       "y,v,4,4.263157895,-0.2421610524,0.8086553726,0.8086553726\n",
	       (long long[]){ 0, 0, 3, 4 });
}

static void test_table_faults(void **state)
{
	(void)state;
	static const struct {
		const char *text, *row, *col, *message;
		enum irm_code code;
	} cases[] = {
		{ "a,b\n", "count", NULL, "--row: 'count' is how often a row counts, no key",
		  IRM_USAGE },
		{ "a,b\n", NULL, "count", "--col: 'count' is how often a row counts, no key",
		  IRM_USAGE },
		{ "a,b\n", "c", NULL, "--row: there is no column 'c' (one of: a, b)", IRM_USAGE },
		{ "a,b\n", NULL, "c", "--col: there is no column 'c' (one of: a, b)", IRM_USAGE },
		{ "a,b\n", "b", "b", "--row and --col name the same column 'b'", IRM_USAGE },
		{ "a,count\n", NULL, NULL, "in.csv:1: expected two key columns", IRM_INPUT },
		{ "count\n", NULL, NULL, "in.csv:1: expected two key columns", IRM_INPUT },
		{ "count,a\n", NULL, "a", "in.csv:1: expected two key columns", IRM_INPUT },
		{ "a,b,count\nx,u,0\nx,u,\n", NULL, NULL,
		  "in.csv:3:3: expected a count from 0, found nothing", IRM_INPUT },
		{ "count,a,b\n-1,x,u\n", NULL, NULL,
		  "in.csv:2:1: expected a count from 0, found '-1'", IRM_INPUT },
		{ "count,a,b\nq,x,u\n", NULL, NULL,
		  "in.csv:2:1: expected a whole number, found 'q'", IRM_INPUT },
		{ "a,b,count\nx,u,9223372036854775807\nx,u,1\n", NULL, NULL,
		  "in.csv: expected counts from 0 that add up to 9007199254740992 at most",
		  IRM_INPUT },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_OK };
		struct irm_table *table = fixture_table(cases[i].text);
		struct listed listed = { table, { cases[i].row, cases[i].col, false, 0.95, 0, 1 } };
		same_number(cases[i].text, list(&listed, &err), cases[i].code);
		same_error(cases[i].text, &err, cases[i].message);
		irm_table_free(table);
	}
}

static void test_no_memory(void **state)
{
	(void)state;
	struct irm_table *table = fixture_table(LISTED);
	struct listed listed = { table, { "first", "second", false, 0.95, 0, 1 } };
	scarce_sweep("tests", list, &listed, 1);
	listed.query.cells = true;
	scarce_sweep("cells", list, &listed, 1);
	irm_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tests),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_refused),
		in_folder(test_table_by_its_columns),
		in_folder(test_small_cells_expect_less_than_five),
		in_folder(test_table_faults),
		in_folder(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
