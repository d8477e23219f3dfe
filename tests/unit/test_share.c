/* Where the time goes: stretches between dated milestones, whose they are, and their shares. */
#include "scarce.h"

#include "review/share.h"

/* R: 10 days to given, 20 to dialogue (heard is vague), 30 to closed. S: 5 days to given, none more
 * by the day. T is out of order, and W, U has one date alone, V two on one day. */
#define REVIEWS \
	"R,C1,2019,XAA,,,,,,,\nS,C2,2019,XAB,,,,,,,\nT,C1,2019,XAC,,,,,,,\n" \
	"U,C1,2019,XAD,,,,,,,\nV,C2,2020,XAD,,,,,,,\nW,C1,2020,XAC,,,,,,,\n"
#define EVENTS \
	"R,begun,2020-01-01,\nR,given,2020-01-11,\nR,heard,2020-01,\nR,dialogue,2020-01-31,\n" \
	"R,closed,2020-03-01,\nS,begun,2020-12-26,\nS,given,2020-12-31,\nS,closed,2021-01-01,\n" \
	"T,begun,2020-02-02,\nT,given,2020-02-01,\nU,given,2020-02-01,\n" \
	"V,given,2020-05-05,\nV,heard,2020-05-05,\nV,closed,2020-05-06,\n" \
	"W,begun,2020-02-10,\nW,given,2020,\nW,closed,2020-02-09,\n"
static const struct fixture_file milestones = {
	"milestones", "M,begun,1,,,,secretariat,,,\n"
	              "M,given,2,begun,1,month,state_under_review,no,,\n"
	              "M,heard,3,given,30,day,reviewers,yes,Heard by all,\n"
	              "M,dialogue,4,heard,,,,no,,\n"
	              "M,closed,5,begun,6,month,joint,no,,\n"
};

struct share_case {
	const char *name, *by, *where;
	bool total, middle;
	const char
	        *expected; /* "keys stage party|reviews days" a row; stages 1 given, 2 heard, 3
	                      dialogue, 4 closed; parties 0 joint, 1 reviewers, 3 State, ? none */
	size_t left_out;
};

static const struct share_case cases[] = {
	{ "together", "", "", false, false, "1 3|2 15;2 1|1 0;3 ?|1 20;4 0|2 31", 2 },
	{ "a vague day as its middle one", "", "", false, true,
	  "1 3|2 15;2 1|2 5;3 ?|1 15;4 0|2 31", 2 },
	{ "by State", "state", "", false, false,
	  "0 1 3|1 10;0 3 ?|1 20;0 4 0|1 30;1 1 3|1 5;3 2 1|1 0;3 4 0|1 1", 2 },
	{ "by cycle, with a total", "cycle", "", true, false,
	  "0 1 3|1 10;0 3 ?|1 20;0 4 0|1 30;1 1 3|1 5;1 2 1|1 0;1 4 0|1 1;"
	  "* 1 3|2 15;* 2 1|1 0;* 3 ?|1 20;* 4 0|2 31",
	  2 },
	{ "by every key of reviews", "mechanism,region,cycle,year,state,review,dialogue",
	  "state=XAB", false, false, "0 1 1 2019 1 1 ? 1 3|1 5", 0 },
	{ "of a stage", "", "stage=closed", false, false, "4 0|2 31", 2 },
	{ "of a party", "", "party=state_under_review", false, false, "1 3|2 15", 2 },
	{ "of no party", "", "party=", false, false, "3 ?|1 20", 2 },
	{ "of the cycle where all are in order", "", "cycle=C2", false, false,
	  "1 3|1 5;2 1|1 0;4 0|1 1", 0 },
	{ "of a review that has one date", "", "review=U", false, false, "", 0 },
};

static struct irm_dataset *open_share(void)
{
	return fixture_open("2024-12-31", REVIEWS, EVENTS, &milestones, 1);
}

static void read_query(struct irm_query *query, const struct irm_dataset *data,
                       const struct share_case *c)
{
	fixture_query(query, data, c->name, c->by, c->where, IRM_BY_REVIEWS | IRM_BY_STAGES,
	              IRM_BY_STAGES);
	query->total = c->total;
	query->middle = c->middle;
}

static void check_case(const struct irm_dataset *data, const struct share_case *c)
{
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	size_t left_out = 99;
	char found[400];
	read_query(&query, data, c);
	if (irm_share_count(&counts, &left_out, &query, &err))
		fail_msg("%s: %s", c->name, err.message);
	fixture_counter(found, sizeof found, &counts);
	same_text(c->name, found, c->expected);
	same_number(c->name, (long long)left_out, (long long)c->left_out);
	irm_counter_release(&counts);
	irm_query_release(&query);
}

static void test_stretches_between_dated_milestones(void **state)
{
	(void)state;
	struct irm_dataset *data = open_share();
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(data, &cases[i]);
	irm_dataset_free(data);
}

static void write_shares(const struct share_case *c, bool names, const char *expected)
{
	struct irm_dataset *data = open_share();
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err;
	struct fixture_output table;
	size_t left_out;
	read_query(&query, data, c);
	query.names = names;
	assert_int_equal(irm_share_count(&counts, &left_out, &query, &err), IRM_OK);
	irm_share_write(&counts, &query, fixture_writer(&table));
	fixture_written(c->name, &table, expected);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* Shares are of the days of the rows with the same keys, wherever these stand. */
static void test_table_of_shares(void **state)
{
	static const struct share_case by_cycle = { .name = "by cycle",
		                                    .by = "cycle",
		                                    .where = "stage=given,closed,heard",
		                                    .total = true };
	static const struct share_case no_days = { .name = "no days",
		                                   .by = "",
		                                   .where = "stage=heard" };
	(void)state;
	write_shares(&by_cycle, false,
	             "as_of,cycle,stage,party,reviews,days,share\n"
	             "2020-12-31,C1,given,state_under_review,1,10,0.25\n"
	             "2020-12-31,C1,closed,joint,1,30,0.75\n"
	             "2020-12-31,C2,given,state_under_review,1,5,0.8333333333\n"
	             "2020-12-31,C2,heard,reviewers,1,0,0\n"
	             "2020-12-31,C2,closed,joint,1,1,0.1666666667\n"
	             "2020-12-31,all,given,state_under_review,2,15,0.3260869565\n"
	             "2020-12-31,all,heard,reviewers,1,0,0\n"
	             "2020-12-31,all,closed,joint,2,31,0.6739130435\n");
	write_shares(
	        &no_days, true,
	        "as_of,stage,party,reviews,days,share\n2020-12-31,Heard by all,reviewers,1,0,\n");
}

/* Before the first day of 1970 too, whose number is 0: R's stretch, and no other. */
static void test_stretches_long_ago(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open(
	        "2024-12-31", "R,C1,2019,XAA,,,,,,,\n",
	        "R,begun,1959-12-01,\nR,given,1959-12-31,\nR,closed,1960-01-01,\n", NULL, 0);
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err;
	size_t left_out;
	char found[80];
	fixture_query(&query, data, "long ago", "", "", IRM_BY_REVIEWS, 0);
	query.as_of = irm_day_from_civil(1959, 12, 31);
	assert_int_equal(irm_share_count(&counts, &left_out, &query, &err), IRM_OK);
	fixture_counter(found, sizeof found, &counts);
	same_text("long ago", found, "1 3|1 30");
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static enum irm_code count(void *query, struct irm_err *err)
{
	struct irm_counter counts;
	size_t left_out;
	char found[400];
	enum irm_code code = irm_share_count(&counts, &left_out, query, err);
	scarce_over();
	fixture_counter(found, sizeof found, &counts);
	if (!code)
		same_text("memory", found, cases[0].expected);
	irm_counter_release(&counts);
	return code;
}

static void test_shares_without_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = open_share();
	struct irm_query query;
	read_query(&query, data, &cases[0]);
	scarce_sweep("shares", count, &query, 4);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stretches_between_dated_milestones),
		cmocka_unit_test(test_table_of_shares),
		cmocka_unit_test(test_stretches_long_ago),
		cmocka_unit_test(test_shares_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
