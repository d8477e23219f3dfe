/* Whether stages get faster from year to year, from tallies by hand. The test and its slope:
 * tests/unit/test_logrank.c. */
#include "fixture.h"
#include "scarce.h"

#include "stats/trend.h"

static struct irm_tally *read_tally(const char *text)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_tally *tally = NULL;
	write_text("tally.csv", text);
	if (irm_tally_read(&tally, "tally.csv", &err))
		fail_msg("%ld:%ld: %s", err.line, err.field, err.message);
	return tally;
}

#define TAIL "stage,party,time_limit,days,event,late,count\n"

/* Two regions at one day, one of them at another. */
static const char all[] = "as_of,region," TAIL "2020-06-30,AFR,given,joint,P1M,1,1,0,9\n"
                          "2020-06-30,AFR,heard,,,1,1,0,9\n"
                          "2020-06-30,EEG,given,joint,P1M,1,1,0,9\n"
                          "2020-12-31,EEG,given,joint,P1M,1,1,0,9\n"
                          "2020-12-31,EEG,heard,,,1,1,0,9\n";
/* By hand, as in tests/unit/test_logrank.c: days 1 and 3 against 2 and open. What has no year, all
 * years together, what is unknown and what counts 0 are in no test. */
static const char by_year[] =
        "as_of,region,year," TAIL "2020-06-30,AFR,2010,given,joint,P1M,1,1,0,1\n"
        "2020-06-30,AFR,2010,given,joint,P1M,3,1,0,1\n"
        "2020-06-30,AFR,2010,given,joint,P1M,,,,5\n"
        "2020-06-30,AFR,2010,heard,,,4,0,,2\n"
        "2020-06-30,AFR,2011,given,joint,P1M,,,,5\n"
        "2020-06-30,AFR,2011,heard,,,,,,5\n"
        "2020-06-30,AFR,2012,given,joint,P1M,2,1,0,1\n"
        "2020-06-30,AFR,2012,given,joint,P1M,3,0,0,1\n"
        "2020-06-30,AFR,unassigned,given,joint,P1M,7,1,0,1\n"
        "2020-06-30,AFR,all,given,joint,P1M,1,1,0,9\n"
        "2020-06-30,EEG,2010,given,joint,P1M,5,1,0,4\n"
        "2020-12-31,EEG,2010,given,joint,P1M,5,1,0,2\n"
        "2020-12-31,EEG,2010,given,joint,P1M,9,0,0,3\n"
        "2020-12-31,EEG,2013,given,joint,P1M,4,1,0,6\n"
        "2020-12-31,EEG,2013,given,joint,P1M,8,0,0,1\n"
        "2020-12-31,EEG,2014,given,joint,P1M,3,1,0,4\n";

static void writes(const char *name, const char *groups, const char *years, bool limits,
                   const char *expected)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_tally *one = read_tally(groups), *two = read_tally(years);
	struct fixture_output out;
	assert_int_equal(irm_trend_write(one, two, limits, 0.5, fixture_writer(&out), &err),
	                 IRM_OK);
	fixture_written(name, &out, expected);
	irm_tally_free(one);
	irm_tally_free(two);
}

static void test_by_region(void **state)
{
	(void)state;
	writes("limits", all, by_year, true,
	       "as_of,region,stage,party,n,done,first_year,last_year,ratio,ratio_lo,ratio_hi,chisq,"
	       "df,p\n"
	       "2020-06-30,AFR,given,joint,4,3,2010,2012,0.6303131866,0.4238509449,0.9373453521,0."
	       "6153846154,1,0.4327675807\n"
	       "2020-06-30,AFR,heard,,2,0,2010,2010,,,,,,\n"
	       "2020-06-30,EEG,given,joint,4,4,2010,2010,,,,,,\n"
	       "2020-12-31,EEG,given,joint,16,12,2010,2014,2.137123341,1.818442198,2.511653206,10."
	       "06285417,1,0.001512886695\n"
	       "2020-12-31,EEG,heard,,0,0,,,,,,,,\n");
	writes("no limits", all, by_year, false,
	       "as_of,region,stage,party,n,done,first_year,last_year,ratio,ratio_lo,ratio_hi,chisq,"
	       "df,p\n"
	       "2020-06-30,AFR,given,joint,4,3,2010,2012,0.6303131866,,,0.6153846154,1,0."
	       "4327675807\n"
	       "2020-06-30,AFR,heard,,2,0,2010,2010,,,,,,\n"
	       "2020-06-30,EEG,given,joint,4,4,2010,2010,,,,,,\n"
	       "2020-12-31,EEG,given,joint,16,12,2010,2014,2.137123341,,,10.06285417,1,0."
	       "001512886695\n"
	       "2020-12-31,EEG,heard,,0,0,,,,,,,,\n");
	writes("no keys", "as_of," TAIL "2020-06-30,given,joint,P1M,1,1,0,9\n",
	       "as_of,year," TAIL "2020-06-30,2010,given,joint,P1M,1,1,0,2\n"
	       "2020-06-30,2011,given,joint,P1M,2,1,0,2\n",
	       false,
	       "as_of,stage,party,n,done,first_year,last_year,ratio,ratio_lo,ratio_hi,chisq,df,p\n"
	       "2020-06-30,given,joint,4,4,2010,2011,0.04978706837,,,3,1,0.08326451666\n");
}

struct tallies {
	const struct irm_tally *all, *by_year;
	FILE *stream;
};

static enum irm_code write_tallies(void *context, struct irm_err *err)
{
	const struct tallies *tallies = context;
	struct irm_writer *writer = NULL;
	enum irm_code code = irm_writer_new(&writer, tallies->stream, IRM_CSV, 0, err);
	if (!code)
		code = irm_trend_write(tallies->all, tallies->by_year, true, 0.9, writer, err);
	if (!code)
		code = irm_writer_finish(writer, err);
	irm_writer_free(writer);
	return code;
}

static void test_no_memory(void **state)
{
	(void)state;
	struct irm_tally *one = read_tally(all), *two = read_tally(by_year);
	FILE *stream = scarce_stream();
	scarce_sweep("trend", write_tallies, &(struct tallies){ one, two, stream }, 1);
	assert_int_equal(fclose(stream), 0);
	irm_tally_free(one);
	irm_tally_free(two);
}

static void test_query_gets_the_year_as_its_last_key(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_query query = { .as_of = 7, .n_by = 2, .by = { IRM_BY_CYCLE, IRM_BY_REGION } };
	struct irm_query out = { .n_by = 0 };
	assert_int_equal(irm_trend_query(&out, &query, &err), IRM_OK);
	assert_int_equal(out.as_of, 7);
	assert_int_equal(out.n_by, 3);
	assert_int_equal(out.by[0], IRM_BY_CYCLE);
	assert_int_equal(out.by[1], IRM_BY_REGION);
	assert_int_equal(out.by[2], IRM_BY_YEAR);
	assert_int_equal(irm_trend_query(&out, &out, &err), IRM_USAGE);
	same_error("twice", &err, "--trend runs over the years: leave year out of --by");
	query.n_by = 1; /* what follows the keys is none */
	query.by[1] = IRM_BY_YEAR;
	assert_int_equal(irm_trend_query(&out, &query, &err), IRM_OK);
	assert_int_equal(out.n_by, 2);
	query.n_by = IRM_KEYS_MOST - 1;
	for (size_t k = 0; k < query.n_by; k++)
		query.by[k] = IRM_BY_CYCLE;
	assert_int_equal(irm_trend_query(&out, &query, &err), IRM_OK);
	assert_int_equal(out.n_by, IRM_KEYS_MOST);
	query.by[query.n_by++] = IRM_BY_CYCLE;
	assert_int_equal(irm_trend_query(&out, &query, &err), IRM_USAGE);
	char expected[80];
	snprintf(expected, sizeof expected, "--trend: expected at most %d keys", IRM_KEYS_MOST - 1);
	same_error("too many", &err, expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_by_region),
		in_folder(test_no_memory),
		cmocka_unit_test(test_query_gets_the_year_as_its_last_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
