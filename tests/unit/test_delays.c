/* The figures of delays, from a tally by hand; whether stages get faster from year to year. The
 * curves themselves: tests/unit/test_km.c and tests/r. */
#include "fixture.h"
#include "scarce.h"

#include <math.h>

#include "stats/delays.h"

#define HEADER "as_of,region,stage,party,time_limit,days,event,late,count\n"

static const struct irm_delay_options plain = { 0.5, IRM_CONF_PLAIN, IRM_CI_WILSON, (double)NAN };

static struct irm_tally *read_tally(const char *text)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_tally *tally = NULL;
	write_text("tally.csv", text);
	if (irm_tally_read(&tally, "tally.csv", &err))
		fail_msg("%ld:%ld: %s", err.line, err.field, err.message);
	return tally;
}

/* AFR's given: two of 3 days in time, one late after 8, one open after 5, late, one open after 9
 * with no limit, three unknown. EEG's is shorter, so all means of the stage but its total's, which
 * are the same, run to its last day. */
static const char rows[] = HEADER "2020-06-30,AFR,given,joint,P1M,3,1,0,2\n"
                                  "2020-06-30,AFR,given,joint,P1M,8,1,1,1\n"
                                  "2020-06-30,AFR,given,joint,P1M,5,0,1,1\n"
                                  "2020-06-30,AFR,given,joint,P1M,9,0,,1\n"
                                  "2020-06-30,AFR,given,joint,P1M,,,,3\n"
                                  "2020-06-30,AFR,heard,,,40,1,0,20\n"
                                  "2020-06-30,EEG,given,joint,P1M,6,1,0,4\n"
                                  "2020-06-30,EEG,given,joint,P1M,7,0,0,15\n"
                                  "2020-06-30,EEG,heard,,,,,,2\n"
                                  "2020-06-30,WEO,given,joint,P1M,,,,1\n"
                                  "2020-06-30,all,given,joint,P1M,4,1,0,1\n";

static void writes(const char *name, const char *text, struct irm_delay_options options,
                   const char *expected, size_t few)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_tally *tally = read_tally(text);
	struct fixture_output out;
	size_t found = 99;
	assert_int_equal(irm_delays_write(tally, &options, fixture_writer(&out), &found, &err),
	                 IRM_OK);
	fixture_written(name, &out, expected);
	same_number(name, (long long)found, (long long)few);
	irm_tally_free(tally);
}

static void test_by_groups(void **state)
{
	(void)state;
	struct irm_delay_options options = plain;
	writes("a tau for each stage", rows, options,
	       "as_of,region,stage,party,time_limit,n,done,open,unknown,median,median_lo,median_hi,"
	       "q25,q75,q90,rmean,rmean_se,tau,median_done,on_time,late,overdue,on_time_rate,on_"
	       "time_lo,on_time_hi\n"
	       "2020-06-30,AFR,given,joint,P1M,5,3,2,3,8,3,8,3,,,5.4,0.876356092,7,3,2,2,1,0.5,0."
	       "3402191955,0.6597808045\n"
	       "2020-06-30,AFR,heard,,,20,20,0,0,40,,,40,40,40,40,0,40,40,20,0,0,1,0.9777590889,1\n"
	       "2020-06-30,EEG,given,joint,P1M,19,4,15,0,,,,,,,6.789473684,0.09352877017,7,6,19,0,"
	       "0,1,0.9766158874,1\n"
	       "2020-06-30,EEG,heard,,,0,0,0,2,,,,,,,,,40,,0,0,0,,,\n"
	       "2020-06-30,WEO,given,joint,P1M,0,0,0,1,,,,,,,,,7,,0,0,0,,,\n"
	       "2020-06-30,all,given,joint,P1M,1,1,0,0,4,,,4,4,4,4,0,7,4,1,0,0,1,0.6873152559,1\n",
	       3);
	options.tau = 4;
	options.ci = IRM_CI_NONE;
	writes("without limits, one tau", rows, options,
	       "as_of,region,stage,party,time_limit,n,done,open,unknown,median,median_lo,median_hi,"
	       "q25,q75,q90,rmean,rmean_se,tau,median_done,on_time,late,overdue,on_time_rate,on_"
	       "time_lo,on_time_hi\n"
	       "2020-06-30,AFR,given,joint,P1M,5,3,2,3,8,,,3,,,3.6,0.219089023,4,3,2,2,1,0.5,,\n"
	       "2020-06-30,AFR,heard,,,20,20,0,0,40,,,40,40,40,4,0,4,40,20,0,0,1,,\n"
	       "2020-06-30,EEG,given,joint,P1M,19,4,15,0,,,,,,,4,0,4,6,19,0,0,1,,\n"
	       "2020-06-30,EEG,heard,,,0,0,0,2,,,,,,,,,4,,0,0,0,,,\n"
	       "2020-06-30,WEO,given,joint,P1M,0,0,0,1,,,,,,,,,4,,0,0,0,,,\n"
	       "2020-06-30,all,given,joint,P1M,1,1,0,0,4,,,4,4,4,4,0,4,4,1,0,0,1,,\n",
	       3);
	writes("of nothing", HEADER, options,
	       "as_of,region,stage,party,time_limit,n,done,open,unknown,median,median_lo,median_hi,"
	       "q25,q75,q90,rmean,rmean_se,tau,median_done,on_time,late,overdue,on_time_rate,on_"
	       "time_lo,on_time_hi\n",
	       0);
}

/* The total alone gives no tau: it is of no group that it compares with. */
static void test_total_gives_no_tau(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_tally *tally = read_tally(HEADER "2020-06-30,all,given,joint,P1M,4,1,0,1\n"
	                                            "2020-06-30,AFR,given,joint,P1M,,,,1\n");
	struct irm_delay delays[2];
	assert_int_equal(irm_delays_estimate(delays, tally, &plain, &err), IRM_OK);
	assert_true(isnan(delays[0].tau) && isnan(delays[1].tau));
	assert_int_equal(delays[0].n, 1);
	assert_int_equal(delays[1].unknown, 1);
	irm_tally_free(tally);
}

struct question {
	const struct irm_tally *tally;
	struct irm_delay_options options;
};

static enum irm_code estimate(void *context, struct irm_err *err)
{
	const struct question *question = context;
	struct irm_delay delays[8];
	return irm_delays_estimate(delays, question->tally, &question->options, err);
}

static void test_no_memory(void **state)
{
	(void)state;
	struct irm_tally *tally = read_tally(rows);
	struct question question = { tally, plain };
	scarce_sweep("estimate", estimate, &question, 1);
	question.options.ci = IRM_CI_NONE;
	scarce_sweep("without limits", estimate, &question, 1);
	irm_tally_free(tally);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_by_groups),
		in_folder(test_total_gives_no_tau),
		in_folder(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
