/* The tally is a sufficient statistic: counted, written, read back, added up, and estimated from.
 */
#include "fixture.h"

#include <math.h>

#include "stats/delays.h"

#define REVIEWS \
	"R1,C1,2010,XAA,,,,,,,\nR2,C1,2012,XAB,,,,,,,\nR3,C2,,XAC,,,,,,,\nR4,C2,2015,XAD,,,,,,,\n"
#define EVENTS \
	"R1,begun,2020-01-01,\nR1,given,2020-01-31,\nR2,begun,2020-01-01,\nR2,given,2020-03-01,\n" \
	"R3,begun,2020-01-01,\nR4,begun,2020-01,\nR4,given,2020-02-01,\n"

static struct irm_tally *count(const char *by, bool total, const char *where_cycle)
{
	struct irm_dataset *data = fixture_open("2020-06-30", REVIEWS, EVENTS, NULL, 0);
	char filter[40];
	snprintf(filter, sizeof filter, "cycle=%s", where_cycle ? where_cycle : "");
	const char *where[] = { filter };
	struct irm_query_text text = {
		.by = by, .total = total, .where = where, .n_where = where_cycle ? 1 : 0
	};
	struct irm_query query;
	struct irm_err err = { .code = IRM_OK };
	struct irm_tally *tally = NULL;
	assert_int_equal(irm_query_read(&query, data, &text, IRM_BY_REVIEWS, 0, &err), IRM_OK);
	assert_int_equal(irm_tally_count(&tally, &query, 1, &err), IRM_OK);
	irm_query_release(&query);
	irm_dataset_free(data); /* the tally outlives it */
	return tally;
}

static char *tally_text(const struct irm_tally *tally)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	struct irm_writer *writer = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_non_null(f);
	assert_int_equal(irm_writer_new(&writer, f, IRM_CSV, 0, &err), IRM_OK);
	irm_tally_write(tally, writer);
	assert_int_equal(irm_writer_finish(writer, &err), IRM_OK);
	irm_writer_free(writer);
	assert_int_equal(fclose(f), 0);
	return text;
}

static enum irm_code read_text(struct irm_tally **out, const char *text, struct irm_err *err)
{
	char path[] = "/tmp/irm-tally-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	enum irm_code code = irm_tally_read(out, path, err);
	unlink(path);
	return code;
}

static void test_tally_counts_by_key_stage_and_day(void **state)
{
	(void)state;
	struct irm_tally *tally = count("cycle", false, NULL);
	char *text = tally_text(tally);
	assert_string_equal(text, "as_of,cycle,stage,party,time_limit,days,event,late,count\n"
	                          "2020-06-30,C1,given,state_under_review,P1M,30,1,0,1\n"
	                          "2020-06-30,C1,given,state_under_review,P1M,60,1,1,1\n"
	                          "2020-06-30,C1,heard,reviewers,P30D,121,0,1,1\n"
	                          "2020-06-30,C1,heard,reviewers,P30D,151,0,1,1\n"
	                          "2020-06-30,C1,closed,joint,P6M,181,0,,2\n"
	                          "2020-06-30,C2,given,state_under_review,P1M,181,0,1,1\n"
	                          "2020-06-30,C2,given,state_under_review,P1M,,,,1\n"
	                          "2020-06-30,C2,heard,reviewers,P30D,150,0,1,1\n"
	                          "2020-06-30,C2,closed,joint,P6M,181,0,,1\n"
	                          "2020-06-30,C2,closed,joint,P6M,,,,1\n");
	free(text);
	irm_tally_free(tally);
}

static void test_tally_reads_what_it_writes(void **state)
{
	(void)state;
	static const char *const keys[] = { "", "cycle", "region,year" };
	for (size_t i = 0; i < 3; i++) {
		struct irm_tally *tally = count(keys[i], true, NULL), *again = NULL;
		struct irm_err err = { .code = IRM_OK };
		char *text = tally_text(tally);
		if (read_text(&again, text, &err))
			fail_msg("%s", err.message);
		char *second = tally_text(again);
		assert_string_equal(text, second);
		free(text);
		free(second);
		irm_tally_free(tally);
		irm_tally_free(again);
	}
}

/* C1's table, and C2's without its header, are the table of both. */
static void test_tallies_of_disjoint_reviews_add_up(void **state)
{
	(void)state;
	struct irm_tally *one = count("", false, "C1"), *two = count("", false, "C2");
	struct irm_tally *both = count("", false, NULL), *sum = NULL;
	struct irm_err err = { .code = IRM_OK };
	char *first = tally_text(one), *second = tally_text(two), *expected = tally_text(both);
	char joined[4096];
	snprintf(joined, sizeof joined, "%s%s", first, strchr(second, '\n') + 1);
	if (read_text(&sum, joined, &err))
		fail_msg("%s", err.message);
	char *found = tally_text(sum);
	assert_string_equal(found, expected);
	free(first);
	free(second);
	free(expected);
	free(found);
	irm_tally_free(one);
	irm_tally_free(two);
	irm_tally_free(both);
	irm_tally_free(sum);
}

#define HEADER "as_of,stage,party,time_limit,days,event,late,count\n"

static void test_tally_read_refuses(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *message;
		long line, field;
	} cases[] = {
		{ "a missing column", "as_of,stage,party,time_limit,days,event,late\n",
		  "expected a column 'count', found none of that name", 1, 0 },
		{ "no day", HEADER "2020-02-30,a,,,1,1,,1\n",
		  "expected a day such as 2019-10-30, found '2020-02-30'", 2, 1 },
		{ "an event of 2", HEADER "2020-01-01,a,,,1,2,,1\n",
		  "expected a whole number from 0 to 1, found '2'", 2, 6 },
		{ "negative days", HEADER "2020-01-01,a,,,-1,1,,1\n",
		  "expected a whole number from 0 to 2147483647, found '-1'", 2, 5 },
		{ "days without event", HEADER "2020-01-01,a,,,1,,,1\n",
		  "expected a count, and days and event both or neither", 2, 0 },
		{ "no count", HEADER "2020-01-01,a,,,1,1,,\n",
		  "expected a count, and days and event both or neither", 2, 0 },
		{ "counts beyond what fits",
		  HEADER "2020-01-01,a,,,1,1,,9223372036854775807\n2020-01-01,a,,,1,1,,1\n",
		  "counts that add up to more than fits", 3, 8 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_tally *tally = NULL;
		struct irm_err err = { .code = IRM_OK };
		if (read_text(&tally, cases[i].text, &err) != IRM_INPUT)
			fail_msg("%s: not refused", cases[i].name);
		if (strcmp(err.message, cases[i].message) != 0 || err.line != cases[i].line ||
		    err.field != cases[i].field)
			fail_msg("%s: %ld:%ld: %s", cases[i].name, err.line, err.field,
			         err.message);
	}
}

static void check_near(double found, double expected, double tolerance)
{
	if (!(fabs(found - expected) <= tolerance))
		fail_msg("expected %.12g, found %.12g", expected, found);
}

/* `given` of both cycles: 30 and 60 days done, 181 open, one unknown; due after a month. The curve
 * falls to 2/3 at 30 and 1/3 at 60: median 60; mean to 181: 30 + 30 * 2/3 + 121 / 3. */
static void test_delays_of_a_tally_worked_out_by_hand(void **state)
{
	(void)state;
	struct irm_tally *tally = count("", false, NULL);
	struct irm_delay_options how = {
		.level = 0.95, .conf = IRM_CONF_LOG_LOG, .ci = IRM_CI_WILSON, .tau = (double)NAN
	};
	struct irm_delay out[3];
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(tally->n_groups, 3);
	assert_int_equal(irm_delays_estimate(out, tally, &how, &err), IRM_OK);
	const struct irm_delay *d = &out[0];
	assert_int_equal(d->n, 3);
	assert_int_equal(d->done, 2);
	assert_int_equal(d->open, 1);
	assert_int_equal(d->unknown, 1);
	assert_int_equal(d->on_time, 1);
	assert_int_equal(d->late, 2);
	assert_int_equal(d->overdue, 1);
	check_near(d->median.day, 60, 0);
	check_near(d->q25, 30, 0);
	assert_true(isnan(d->q75));
	check_near(d->median_done, 45, 0);
	check_near(d->tau, 181, 0);
	check_near(d->rmean.mean, 30 + 30 * 2 / 3.0 + 121 / 3.0, 1e-12);
	check_near(d->on_time_rate, 1 / 3.0, 1e-15);
	/* Wilson of 1 in 3, R 4.2: prop.test(1, 3, correct = FALSE)$conf.int */
	check_near(d->on_time_lo, 0.06149194472, 1e-10);
	check_near(d->on_time_hi, 0.7923403992, 1e-10);
	irm_tally_free(tally);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tally_counts_by_key_stage_and_day),
		cmocka_unit_test(test_tally_reads_what_it_writes),
		cmocka_unit_test(test_tallies_of_disjoint_reviews_add_up),
		cmocka_unit_test(test_tally_read_refuses),
		cmocka_unit_test(test_delays_of_a_tally_worked_out_by_hand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
