/* Status: the last milestone that is known to have happened. Where the day falls, and totals. */
#include "scarce.h"

#include "review/status.h"

#define REVIEWS \
	"A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,,,,\nC,C1,2019,XAC,,,,,,,\n" \
	"D,C2,2019,XAD,,,,,,2020-12-31,\nE,C2,2019,XAB,,,,,,2021-01-01,\n" \
	"F,C2,2020,XAD,,,,none,,,\n"
/* B's closed comes the day after, C's heard is vague, E has reached its last, F nothing */
#define EVENTS \
	"A,begun,2020-01-01,\nA,given,2020-12-31,\nB,begun,2020-01-01,\nB,closed,2021-01-01,\n" \
	"C,given,2020-05,\nC,heard,[2020-12-01..2021-01-31],\nD,closed,2020-01-01,\n" \
	"E,closed,2020-02-02,\n"

struct status_case {
	const char *name, *by, *where;
	bool total, middle;
	const char *expected; /* "keys stage|reviews" a row; stages 0 begun, 1 given, 2 heard, 3
	                         dialogue, 4 closed, ? none */
};

static const struct status_case cases[] = {
	{ "the last that has happened", "", "", false, false, "0|1;1|2;4|1;?|1" },
	{ "a vague day counts as its middle one", "", "", false, true, "0|1;1|1;2|1;4|1;?|1" },
	{ "by State", "state", "", false, false, "0 1|1;1 0|1;1 4|1;2 1|1;3 ?|1" },
	{ "by cycle, with a total", "cycle", "", true, false,
	  "0 0|1;0 1|2;1 4|1;1 ?|1;* 0|1;* 1|2;* 4|1;* ?|1" },
	{ "of a stage", "", "stage=given", false, false, "1|2" },
	{ "of none", "", "stage=", false, false, "?|1" },
	{ "of a cycle", "", "cycle=C2", false, false, "4|1;?|1" },
};

static void check_case(const struct irm_dataset *data, const struct status_case *c)
{
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	char found[300];
	fixture_query(&query, data, c->name, c->by, c->where, IRM_BY_REVIEWS | 1u << IRM_BY_STAGE,
	              1u << IRM_BY_STAGE);
	query.total = c->total;
	query.middle = c->middle;
	if (irm_status_count(&counts, &query, &err))
		fail_msg("%s: %s", c->name, err.message);
	fixture_counter(found, sizeof found, &counts);
	same_text(c->name, found, c->expected);
	irm_counter_release(&counts);
	irm_query_release(&query);
}

static void test_status_of_every_review_that_counts(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, EVENTS, NULL, 0);
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(data, &cases[i]);
	irm_dataset_free(data);
}

/* The total is that of the row's own keys, wherever among them the row stands. */
static void test_total_is_of_the_rows_with_the_same_keys(void **state)
{
	static const int64_t wanted[] = { 3, 3, 2, 2, 5, 5, 5, 5 };
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, EVENTS, NULL, 0);
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err;
	fixture_query(&query, data, "total", "cycle", "", IRM_BY_REVIEWS, 0);
	query.total = true;
	assert_int_equal(irm_status_count(&counts, &query, &err), IRM_OK);
	assert_int_equal(counts.n, COUNT(wanted));
	for (size_t i = 0; i < counts.n; i++)
		same_number("total", irm_status_total(&counts, i), wanted[i]);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_total_without_keys_is_of_all_rows(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, EVENTS, NULL, 0);
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err;
	fixture_query(&query, data, "total", "", "", IRM_BY_REVIEWS, 0);
	assert_int_equal(irm_status_count(&counts, &query, &err), IRM_OK);
	for (size_t i = 0; i < counts.n; i++)
		same_number("total", irm_status_total(&counts, i), 5);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* As many keys as a review has, and the stage. */
static void test_status_by_every_key_of_reviews(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, EVENTS, NULL, 0);
	const struct status_case c = { .name = "every key",
		                       .by = "mechanism,region,cycle,year,state,review,dialogue",
		                       .where = "",
		                       .expected = "0 0 0 2019 0 0 ? 1|1;0 0 1 2020 3 5 3 ?|1;"
		                                   "0 1 0 2019 1 1 ? 0|1;0 1 1 2019 1 4 ? 4|1;"
		                                   "0 ~ 0 2019 2 2 ? 1|1" };
	check_case(data, &c);
	irm_dataset_free(data);
}

/* Before the first day of 1970 too, whose number is 0. */
static void test_status_long_ago(void **state)
{
	(void)state;
	struct irm_dataset *data =
	        fixture_open("2024-12-31", "A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,,,1960-01-01,\n",
	                     "A,begun,1959-12-31,\nA,given,1960-01-01,\n", NULL, 0);
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err;
	char found[80];
	fixture_query(&query, data, "long ago", "", "", IRM_BY_REVIEWS, 0);
	query.as_of = irm_day_from_civil(1959, 12, 31);
	assert_int_equal(irm_status_count(&counts, &query, &err), IRM_OK);
	fixture_counter(found, sizeof found, &counts);
	same_text("long ago", found, "0|1;?|1");
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static enum irm_code count_by_state(void *query, struct irm_err *err)
{
	struct irm_counter counts;
	char found[300];
	enum irm_code code = irm_status_count(&counts, query, err);
	scarce_over();
	fixture_counter(found, sizeof found, &counts);
	if (!code)
		same_text("memory", found, cases[2].expected);
	irm_counter_release(&counts);
	return code;
}

static void test_status_without_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, EVENTS, NULL, 0);
	struct irm_query query;
	fixture_query(&query, data, "memory", "state", "", IRM_BY_REVIEWS, 0);
	scarce_sweep("status", count_by_state, &query, 4);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status_of_every_review_that_counts),
		cmocka_unit_test(test_total_is_of_the_rows_with_the_same_keys),
		cmocka_unit_test(test_total_without_keys_is_of_all_rows),
		cmocka_unit_test(test_status_by_every_key_of_reviews),
		cmocka_unit_test(test_status_long_ago),
		cmocka_unit_test(test_status_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
