/* The list of observations: every cell of every row, and the late ones in their order. */
#include "scarce.h"

#include "review/listing.h"

/* A is 2 days late for given and open in heard; B has no year, no region, is 2 days late for given
 * and overdue for closed; C is one day overdue for given, and its beginning has no source; D begins
 * on a vague day. */
#define REVIEWS \
	"B,C1,,XAC,,,,none,,,\nA,C1,2019,XAA,,,,,,,\nC,C2,2020,XAB,,,,,,,\nD,C2,2020,XAD,,,,,,,\n"
#define EVENTS \
	"A,begun,2020-11-01,letter\nA,given,2020-12-03,\"note, two\"\n" \
	"B,begun,2020-05-01,\nB,given,2020-06-03,mail\nC,begun,2020-11-30,\nD,begun,2020-12,\n"

#define HEAD \
	"as_of,review,cycle,year,state,region,stage,party,began,due,ended,days,event,days_late," \
	"source\n"

#define A_GIVEN \
	"2020-12-31,A,C1,2019,XAA,AFR,given,state_under_review,2020-11-01,2020-12-01," \
	"2020-12-03,32,1,2,\"note, two\"\n"
#define A_HEARD \
	"2020-12-31,A,C1,2019,XAA,AFR,heard,reviewers,2020-12-03,2021-01-02,2020-12-31,28,0,,\n"
#define A_CLOSED \
	"2020-12-31,A,C1,2019,XAA,AFR,closed,joint,2020-11-01,2021-05-01,2020-12-31,60,0,,\n"
#define B_GIVEN \
	"2020-12-31,B,C1,,XAC,unassigned,given,state_under_review,2020-05-01,2020-06-01," \
	"2020-06-03,33,1,2,mail\n"
#define B_HEARD \
	"2020-12-31,B,C1,,XAC,unassigned,heard,reviewers,2020-06-03,2020-07-03,2020-12-31,211,0," \
	"181,\n"
#define B_CLOSED \
	"2020-12-31,B,C1,,XAC,unassigned,closed,joint,2020-05-01,2020-11-01,2020-12-31,244,0,60," \
	"\n"
#define C_GIVEN \
	"2020-12-31,C,C2,2020,XAB,EEG,given,state_under_review,2020-11-30,2020-12-30," \
	"2020-12-31,31,0,1,\n"
#define C_CLOSED \
	"2020-12-31,C,C2,2020,XAB,EEG,closed,joint,2020-11-30,2021-05-30,2020-12-31,31,0,,\n"
#define D_GIVEN  "2020-12-31,D,C2,2020,XAD,AFR,given,state_under_review,,,2020-12-31,,,,\n"
#define D_CLOSED "2020-12-31,D,C2,2020,XAD,AFR,closed,joint,,,2020-12-31,,,,\n"

typedef enum irm_code writer_of(const struct irm_query *query, struct irm_writer *out,
                                struct irm_err *err);

static void check(const char *name, writer_of *write, const char *reviews, const char *events,
                  const char *where, bool names, const char *expected)
{
	struct irm_dataset *data = fixture_open("2024-12-31", reviews, events, NULL, 0);
	struct irm_query query;
	struct irm_err err = { .code = IRM_OK };
	struct fixture_output table;
	fixture_query(&query, data, name, "", where, IRM_BY_REVIEWS | IRM_BY_STAGES, 0);
	query.names = names;
	if (write(&query, fixture_writer(&table), &err))
		fail_msg("%s: %s", name, err.message);
	fixture_written(name, &table, expected);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_every_observation_is_a_row(void **state)
{
	(void)state;
	check("all", irm_listing_write, REVIEWS, EVENTS, "", false,
	      HEAD A_GIVEN A_HEARD A_CLOSED B_GIVEN B_HEARD B_CLOSED C_GIVEN C_CLOSED D_GIVEN
	              D_CLOSED);
	check("of a State", irm_listing_write, REVIEWS, EVENTS, "state=XAC", false,
	      HEAD B_GIVEN B_HEARD B_CLOSED);
	check("of a stage", irm_listing_write, REVIEWS, EVENTS, "stage=heard", false,
	      HEAD A_HEARD B_HEARD);
	check("none", irm_listing_write, REVIEWS, "", "", false, HEAD);
	check("names", irm_listing_write, REVIEWS, EVENTS, "state=XAB;stage=given", true,
	      HEAD "2020-12-31,C,Second,2020,State B,Eastern European States,given,"
	           "state_under_review,2020-11-30,2020-12-30,2020-12-31,31,0,1,\n");
}

/* On its due day a stage is in time, a day after it is late. */
static void test_days_late_begin_after_the_due_day(void **state)
{
	(void)state;
	check("ended in time and late", irm_listing_write,
	      "A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,,,,\n",
	      "A,begun,2020-01-01,\nA,given,2020-02-01,\nB,begun,2020-01-01,\nB,given,2020-02-02,"
	      "\n",
	      "stage=given", false,
	      HEAD "2020-12-31,A,C1,2019,XAA,AFR,given,state_under_review,2020-01-01,2020-02-01,"
	           "2020-02-01,31,1,0,\n"
	           "2020-12-31,B,C1,2019,XAB,EEG,given,state_under_review,2020-01-01,2020-02-01,"
	           "2020-02-02,32,1,1,\n");
	check("in no days", irm_listing_write, "A,C1,2019,XAA,,,,,,,\n",
	      "A,begun,2020-01-01,\nA,given,2020-01-01,\n", "stage=given", false,
	      HEAD "2020-12-31,A,C1,2019,XAA,AFR,given,state_under_review,2020-01-01,2020-02-01,"
	           "2020-01-01,0,1,0,\n");
}

static void test_late_ones_the_latest_first(void **state)
{
	(void)state;
	check("late", irm_listing_write_late, REVIEWS, EVENTS, "", false,
	      HEAD B_HEARD B_CLOSED A_GIVEN B_GIVEN C_GIVEN);
	check("none late", irm_listing_write_late, REVIEWS, "A,begun,2020-12-30,\n", "", false,
	      HEAD);
}

/* Of equals, by review and by position; and more of them than the list first has room for. */
static void test_equally_late_ones_by_review_and_position(void **state)
{
	(void)state;
	char *reviews = NULL, *events = NULL, *expected = NULL;
	size_t lengths[3];
	FILE *r = open_memstream(&reviews, &lengths[0]), *e = open_memstream(&events, &lengths[1]),
	     *w = open_memstream(&expected, &lengths[2]);
	assert_true(r && e && w);
	fputs(HEAD, w);
	for (int i = 99; i >= 0; i--) {
		fprintf(r, "R%02d,C1,2019,XAB,,,,,,,\n", i);
		/* given is due on 2020-06-27, heard on 2020-08-26, closed on 2020-11-27 */
		fprintf(e, "R%02d,begun,2020-05-27,\nR%02d,given,2020-07-27,\n", i, i);
		fprintf(e, "R%02d,heard,2020-08-26,\nR%02d,closed,2020-12-27,\n", i, i);
	}
	for (int i = 0; i < 100; i++) {
		fprintf(w,
		        "2020-12-31,R%02d,C1,2019,XAB,EEG,given,state_under_review,2020-05-27,"
		        "2020-06-27,2020-07-27,61,1,30,\n",
		        i);
		fprintf(w,
		        "2020-12-31,R%02d,C1,2019,XAB,EEG,closed,joint,2020-05-27,2020-11-27,"
		        "2020-12-27,214,1,30,\n",
		        i);
	}
	assert_int_equal(fclose(r) | fclose(e) | fclose(w), 0);
	check("equals", irm_listing_write_late, reviews, events, "stage=given,heard,closed", false,
	      expected);
	free(reviews);
	free(events);
	free(expected);
}

static enum irm_code write_late(void *query, struct irm_err *err)
{
	struct fixture_output table;
	long piece = scarce.libc.at;
	scarce_over();
	struct irm_writer *writer = fixture_writer(&table);
	scarce.libc.at = piece;
	enum irm_code code = irm_listing_write_late(query, writer, err);
	scarce_over();
	/* a row that the writer has no memory for is its own error */
	struct irm_err ignored;
	if (code || irm_writer_finish(table.writer, &ignored)) {
		code = code ? code : irm_err_set(err, ignored.code, "%s", ignored.message);
		irm_writer_free(table.writer);
		assert_int_equal(fclose(table.stream), 0);
		free(table.text);
		return code;
	}
	fixture_written("memory", &table, HEAD B_HEARD B_CLOSED A_GIVEN B_GIVEN C_GIVEN);
	return IRM_OK;
}

static void test_late_ones_without_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, EVENTS, NULL, 0);
	struct irm_query query;
	fixture_query(&query, data, "memory", "", "", IRM_BY_REVIEWS | IRM_BY_STAGES, 0);
	scarce_sweep("late ones", write_late, &query, 2);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_observation_is_a_row),
		cmocka_unit_test(test_days_late_begin_after_the_due_day),
		cmocka_unit_test(test_late_ones_the_latest_first),
		cmocka_unit_test(test_equally_late_ones_by_review_and_position),
		cmocka_unit_test(test_late_ones_without_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
