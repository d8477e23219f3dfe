/* The tally is a sufficient statistic: counted, written, read back, added up, and estimated from.
 */
#include "scarce.h"

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
		{ "nine keys",
		  "1,2,3,as_of,4,5,6,7,8,9,stage,party,time_limit,days,event,late,count\n",
		  "expected at most 8 keys", 1, 10 },
		{ "an event below 0", HEADER "2020-01-01,a,,,1,-1,,1\n",
		  "expected a whole number from 0 to 1, found '-1'", 2, 6 },
		{ "late of 2", HEADER "2020-01-01,a,,,1,1,2,1\n",
		  "expected a whole number from 0 to 1, found '2'", 2, 7 },
		{ "days beyond what fits", HEADER "2020-01-01,a,,,2147483648,1,,1\n",
		  "expected a whole number from 0 to 2147483647, found '2147483648'", 2, 5 },
		{ "a count below 0", HEADER "2020-01-01,a,,,1,1,,1\n2020-01-01,a,,,1,1,,-1\n",
		  "expected a whole number from 0 to 9223372036854775807, found '-1'", 3, 8 },
		{ "an event without days", HEADER "2020-01-01,a,,,,0,,1\n",
		  "expected a count, and days and event both or neither", 2, 0 },
		{ "on time without days", HEADER "2020-01-01,a,,,,,0,1\n",
		  "expected a count, and days and event both or neither", 2, 0 },
		{ "no day at all", HEADER ",a,,,1,1,,1\n",
		  "expected a day such as 2019-10-30, found ''", 2, 1 },
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

/* Everything in a tally: "keys: a,b" and a line a group, "day keys/stage/party/limit total at
 * first: days event late xcount, ..." */
static char *show_all(const struct irm_tally *tally)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	assert_non_null(f);
	fputs("keys:", f);
	for (size_t k = 0; k < tally->n_keys; k++)
		fprintf(f, " %s", tally->key_names[k]);
	fprintf(f, ", %zu rows\n", tally->n_rows);
	for (size_t g = 0; g < tally->n_groups; g++) {
		const struct irm_tally_group *group = &tally->groups[g];
		char day[IRM_DAY_SIZE];
		irm_day_format(day, group->as_of);
		fprintf(f, "%s", day);
		for (size_t k = 0; k < tally->n_keys; k++)
			fprintf(f, " %s", *group->keys[k] ? group->keys[k] : "-");
		fprintf(f, " %s %s %s%s at %zu:", group->stage, *group->party ? group->party : "-",
		        *group->time_limit ? group->time_limit : "-",
		        group->is_total ? " total" : "", group->first);
		for (size_t i = group->first; i < group->first + group->n; i++) {
			const struct irm_tally_row *row = &tally->rows[i];
			fprintf(f, " %d/%d/%d x%lld", row->days == IRM_DAY_NONE ? -1 : row->days,
			        row->event, row->late, (long long)row->count);
		}
		fputc('\n', f);
	}
	assert_int_equal(fclose(f), 0);
	return text;
}

/* M and O have the same stages: of `given` the limits differ, of `heard` the parties, of `closed` O
 * names none; of `dialogue` all agree that there is no limit. */
static const struct fixture_file two_mechanisms[] = {
	{ "mechanisms", "M,Made up,MUC\nO,Other,MUC\n" },
	{ "cycles", "C1,M,First,2010-01-01,\nC2,O,Second,2015-01-01,\nC3,M,Third,,\n" },
	{ "milestones", "M,begun,1,,,,secretariat,,Begun,\n"
	                "M,given,2,begun,1,month,state_under_review,no,Answers given,\n"
	                "M,heard,3,given,30,day,reviewers,yes,,\n"
	                "M,dialogue,4,heard,,,joint,no,,\n"
	                "M,closed,5,begun,6,month,joint,no,,\n"
	                "O,begun,1,,,,secretariat,,,\n"
	                "O,given,2,begun,2,month,state_under_review,no,,\n"
	                "O,heard,3,given,30,day,secretariat,yes,,\n"
	                "O,dialogue,4,heard,,,joint,no,,\n"
	                "O,closed,5,begun,6,month,,no,,\n" },
};

static struct irm_dataset *open_two_mechanisms(void)
{
	return fixture_open("2020-06-30",
	                    "R1,C1,2010,XAA,,,,,,,\nR2,C1,2012,XAB,,,,,,,\nR3,C2,,XAC,,,,,,,\n",
	                    "R1,begun,2020-01-01,\nR1,given,2020-01-31,\nR1,heard,2020-02-10,\n"
	                    "R2,begun,2020-01-01,\nR2,given,2020-01-31,\nR2,heard,2020-03-10,\n"
	                    "R2,dialogue,2020-03-20,\nR3,begun,2020-01-01,\nR3,given,2020-04-01,\n"
	                    "R3,heard,2020-05-20,\nR3,dialogue,2020-06,\n",
	                    two_mechanisms, COUNT(two_mechanisms));
}

/* Counts n queries of the two mechanisms and compares all of the tally, its table read again too.
 */
static void check_counted(const char *name, const struct irm_query *queries, size_t n,
                          const char *expected)
{
	struct irm_tally *tally = NULL, *again = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_tally_count(&tally, queries, n, &err), IRM_OK);
	char *found = show_all(tally), *table = tally_text(tally);
	same_text(name, found, expected);
	if (read_text(&again, table, &err))
		fail_msg("%s: %s", name, err.message);
	char *second = show_all(again);
	same_text(name, second, expected);
	free(found);
	free(table);
	free(second);
	irm_tally_free(tally);
	irm_tally_free(again);
}

static void test_all_of_a_tally(void **state)
{
	(void)state;
	static const struct {
		const char *by;
		bool total, names;
		const char *expected;
	} cases[] = {
		{ "", false, false,
		  "keys:, 9 rows\n"
		  "2020-06-30 given state_under_review - at 0: 30/1/0 x2 91/1/1 x1\n"
		  "2020-06-30 heard - P30D at 2: 10/1/0 x1 39/1/1 x1 49/1/1 x1\n"
		  "2020-06-30 dialogue joint - at 5: 10/1/-1 x1 141/0/-1 x1 -1/-1/-1 x1\n"
		  "2020-06-30 closed - P6M at 8: 181/0/-1 x3\n" },
		{ "mechanism", true, true,
		  "keys: mechanism, 19 rows\n"
		  "2020-06-30 Made up Answers given state_under_review P1M at 0: 30/1/0 x2\n"
		  "2020-06-30 Made up heard reviewers P30D at 1: 10/1/0 x1 39/1/1 x1\n"
		  "2020-06-30 Made up dialogue joint - at 3: 10/1/-1 x1 141/0/-1 x1\n"
		  "2020-06-30 Made up closed joint P6M at 5: 181/0/-1 x2\n"
		  "2020-06-30 Other Answers given state_under_review P2M at 6: 91/1/1 x1\n"
		  "2020-06-30 Other heard secretariat P30D at 7: 49/1/1 x1\n"
		  "2020-06-30 Other dialogue joint - at 8: -1/-1/-1 x1\n"
		  "2020-06-30 Other closed - P6M at 9: 181/0/-1 x1\n"
		  "2020-06-30 all Answers given state_under_review - total at 10: 30/1/0 x2 91/1/1 "
		  "x1\n"
		  "2020-06-30 all heard - P30D total at 12: 10/1/0 x1 39/1/1 x1 49/1/1 x1\n"
		  "2020-06-30 all dialogue joint - total at 15: 10/1/-1 x1 141/0/-1 x1 -1/-1/-1 "
		  "x1\n"
		  "2020-06-30 all closed - P6M total at 18: 181/0/-1 x3\n" },
		{ "mechanism,region,cycle,year,state,review,dialogue,item", false, false,
		  "keys: mechanism region cycle year state review dialogue item, 12 rows\n"
		  "2020-06-30 M AFR C1 2010 XAA R1 - - given state_under_review P1M at 0: 30/1/0 "
		  "x1\n"
		  "2020-06-30 M AFR C1 2010 XAA R1 - - heard reviewers P30D at 1: 10/1/0 x1\n"
		  "2020-06-30 M AFR C1 2010 XAA R1 - - dialogue joint - at 2: 141/0/-1 x1\n"
		  "2020-06-30 M AFR C1 2010 XAA R1 - - closed joint P6M at 3: 181/0/-1 x1\n"
		  "2020-06-30 M EEG C1 2012 XAB R2 - - given state_under_review P1M at 4: 30/1/0 "
		  "x1\n"
		  "2020-06-30 M EEG C1 2012 XAB R2 - - heard reviewers P30D at 5: 39/1/1 x1\n"
		  "2020-06-30 M EEG C1 2012 XAB R2 - - dialogue joint - at 6: 10/1/-1 x1\n"
		  "2020-06-30 M EEG C1 2012 XAB R2 - - closed joint P6M at 7: 181/0/-1 x1\n"
		  "2020-06-30 O unassigned C2 - XAC R3 - - given state_under_review P2M at 8: "
		  "91/1/1 x1\n"
		  "2020-06-30 O unassigned C2 - XAC R3 - - heard secretariat P30D at 9: 49/1/1 x1\n"
		  "2020-06-30 O unassigned C2 - XAC R3 - - dialogue joint - at 10: -1/-1/-1 x1\n"
		  "2020-06-30 O unassigned C2 - XAC R3 - - closed - P6M at 11: 181/0/-1 x1\n" },
	};
	struct irm_dataset *data = open_two_mechanisms();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_query query;
		fixture_query(&query, data, cases[i].by, cases[i].by, "", ~0u, 0);
		query.as_of = data->as_of;
		query.total = cases[i].total;
		query.names = cases[i].names;
		check_counted(cases[i].by, &query, 1, cases[i].expected);
		irm_query_release(&query);
	}
	irm_dataset_free(data);
}

/* Each at its day, with its conditions, one after the other. */
static void test_tallies_of_several_queries(void **state)
{
	(void)state;
	struct irm_dataset *data = open_two_mechanisms();
	struct irm_query queries[3];
	fixture_query(&queries[0], data, "first", "cycle", "cycle=C2;stage=given", ~0u, 0);
	fixture_query(&queries[1], data, "none", "cycle", "cycle=C3", ~0u, 0);
	fixture_query(&queries[2], data, "third", "cycle", "cycle=C1;stage=given", ~0u, 0);
	assert_int_equal(irm_day_parse(&queries[2].as_of, "2020-01-31", &(struct irm_err){ 0 }), 0);
	check_counted("three", queries, 3,
	              "keys: cycle, 2 rows\n"
	              "2020-12-31 C2 given state_under_review P2M at 0: 91/1/1 x1\n"
	              "2020-01-31 C1 given state_under_review P1M at 1: 30/1/-1 x2\n");
	check_counted("one of nothing", &queries[1], 1, "keys: cycle, 0 rows\n");
	for (size_t i = 0; i < 3; i++)
		irm_query_release(&queries[i]);
	irm_dataset_free(data);
	irm_tally_free(NULL);
}

#define TAIL "stage,party,time_limit,days,event,late,count"

/* Keys stand before the stage, on either side of the day; what follows it may stand anyhow. */
static void test_tables_that_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *expected;
	} cases[] = {
		{ "no rows", "as_of," TAIL "\n", "keys:, 0 rows\n" },
		{ "keys about the day", "cycle,as_of,region," TAIL "\nC1,2020-01-01,,a,,,5,1,0,2\n",
		  "keys: cycle region, 1 rows\n2020-01-01 C1 - a - - at 0: 5/1/0 x2\n" },
		{ "in another order",
		  "as_of,stage,count,late,event,days,time_limit,party\n2020-01-01,a,2,0,1,5,P1M,"
		  "p\n",
		  "keys:, 1 rows\n2020-01-01 a p P1M at 0: 5/1/0 x2\n" },
		{ "other columns", "as_of,k," TAIL ",more\n2020-01-01,x,a,,,5,1,,2,y\n",
		  "keys: k, 1 rows\n2020-01-01 x a - - at 0: 5/1/-1 x2\n" },
		{ "eight keys",
		  "1,2,3,4,5,6,7,as_of,8," TAIL "\na,b,c,d,e,f,g,2020-01-01,all,s,,,0,0,,0\n",
		  "keys: 1 2 3 4 5 6 7 8, 1 rows\n2020-01-01 a b c d e f g all s - - total at 0: "
		  "0/0/-1 x0\n" },
		{ "totals of keys only",
		  "as_of,k,l," TAIL "\n2020-01-01,all,x,all,all,all,1,1,,1\n"
		  "2020-01-01,x,all,a,,,1,1,,1\n2020-01-01,x,y,all,all,all,1,1,,1\n",
		  "keys: k l, 3 rows\n2020-01-01 all x all all all total at 0: 1/1/-1 x1\n"
		  "2020-01-01 x all a - - total at 1: 1/1/-1 x1\n"
		  "2020-01-01 x y all all all at 2: 1/1/-1 x1\n" },
		{ "groups as they come, rows sorted and added up",
		  "as_of," TAIL "\n2020-01-01,later stage,,,7,1,1,1\n2020-01-01,b,,,,,,4\n"
		  "2020-01-01,later stage,,,7,1,0,2\n2020-01-01,b,,,2147483647,0,,5\n"
		  "2020-01-01,later stage,,,7,0,,3\n2020-01-01,b,,,,,,6\n2020-01-01,b,,,0,1,,7\n"
		  "2020-01-02,b,,,0,1,,8\n",
		  "keys:, 7 rows\n"
		  "2020-01-01 later stage - - at 0: 7/0/-1 x3 7/1/0 x2 7/1/1 x1\n"
		  "2020-01-01 b - - at 3: 0/1/-1 x7 2147483647/0/-1 x5 -1/-1/-1 x10\n"
		  "2020-01-02 b - - at 6: 0/1/-1 x8\n" },
		{ "texts after longer ones",
		  "as_of," TAIL "\n2020-01-01,begun at last,,,1,1,,1\n2020-01-01,b,,,1,1,,1\n"
		  "2020-01-01,quite another one,,,1,1,,1\n2020-01-01,b,,,1,1,,1\n",
		  "keys:, 3 rows\n2020-01-01 begun at last - - at 0: 1/1/-1 x1\n"
		  "2020-01-01 b - - at 1: 1/1/-1 x2\n"
		  "2020-01-01 quite another one - - at 2: 1/1/-1 x1\n" },
		{ "groups by each of their texts",
		  "as_of,k," TAIL "\n2020-01-01,x,a,p,P1M,1,1,,1\n2020-01-01,y,a,p,P1M,1,1,,1\n"
		  "2020-01-01,x,b,p,P1M,1,1,,1\n2020-01-01,x,a,q,P1M,1,1,,1\n"
		  "2020-01-01,x,a,p,P2M,1,1,,1\n2020-01-01,x,a,p,P1M,1,1,,1\n",
		  "keys: k, 5 rows\n2020-01-01 x a p P1M at 0: 1/1/-1 x2\n"
		  "2020-01-01 y a p P1M at 1: 1/1/-1 x1\n2020-01-01 x b p P1M at 2: 1/1/-1 x1\n"
		  "2020-01-01 x a q P1M at 3: 1/1/-1 x1\n2020-01-01 x a p P2M at 4: 1/1/-1 x1\n" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_tally *tally = NULL;
		struct irm_err err = { .code = IRM_OK };
		if (read_text(&tally, cases[i].text, &err))
			fail_msg("%s: %s", cases[i].name, err.message);
		char *found = show_all(tally);
		same_text(cases[i].name, found, cases[i].expected);
		free(found);
		irm_tally_free(tally);
	}
}

/* A row whose keys are of `length` bytes in all, the separators counted. */
static enum irm_code read_long(size_t length, struct irm_err *err)
{
	char *text = NULL;
	size_t size;
	struct irm_tally *tally = NULL;
	FILE *f = open_memstream(&text, &size);
	assert_non_null(f);
	fputs("as_of,k," TAIL "\n2020-01-01,", f);
	/* the day of 10, the stage of 1, and a separator after each of five */
	for (size_t i = 0; i < length - 16; i++)
		fputc('x', f);
	fputs(",a,,,1,1,,1\n", f);
	assert_int_equal(fclose(f), 0);
	enum irm_code code = read_text(&tally, text, err);
	irm_tally_free(tally);
	free(text);
	return code;
}

static void test_keys_that_are_too_long(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(read_long(4095, &err), IRM_OK);
	assert_int_equal(read_long(4096, &err), IRM_INPUT);
	same_text("too long", err.message, "keys of over 4095 bytes");
	assert_int_equal(err.line, 2);
	assert_int_equal(err.field, 5); /* the last of them */
	assert_int_equal(read_long(5000, &err), IRM_INPUT);
	assert_int_equal(err.field, 2);
}

struct attempt {
	struct irm_query query;
	char *expected;
};

static enum irm_code count_again(void *context, struct irm_err *err)
{
	const struct attempt *attempt = context;
	struct irm_tally *tally = NULL;
	enum irm_code code = irm_tally_count(&tally, &attempt->query, 1, err);
	scarce_over();
	if (!code) {
		char *found = show_all(tally);
		same_text("memory", found, attempt->expected);
		free(found);
	}
	irm_tally_free(tally);
	return code;
}

static void test_tally_without_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = open_two_mechanisms();
	struct attempt attempt;
	struct irm_tally *tally = NULL;
	struct irm_err err = { .code = IRM_OK };
	fixture_query(&attempt.query, data, "memory", "cycle", "", IRM_BY_REVIEWS, 0);
	assert_int_equal(irm_tally_count(&tally, &attempt.query, 1, &err), IRM_OK);
	attempt.expected = show_all(tally);
	scarce_sweep("tally", count_again, &attempt, 6);
	free(attempt.expected);
	irm_tally_free(tally);
	irm_query_release(&attempt.query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tally_counts_by_key_stage_and_day),
		cmocka_unit_test(test_tally_reads_what_it_writes),
		cmocka_unit_test(test_tallies_of_disjoint_reviews_add_up),
		cmocka_unit_test(test_tally_read_refuses),
		cmocka_unit_test(test_all_of_a_tally),
		cmocka_unit_test(test_tallies_of_several_queries),
		cmocka_unit_test(test_tables_that_are_read),
		cmocka_unit_test(test_keys_that_are_too_long),
		cmocka_unit_test(test_delays_of_a_tally_worked_out_by_hand),
		cmocka_unit_test(test_tally_without_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
