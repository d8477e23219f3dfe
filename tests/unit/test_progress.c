/* Progress: what reviews have reached between two states of the records, and had not before. */
#include "scarce.h"

#include "review/progress.h"

#define MORE_REVIEWS \
	"A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,none,,,\nC,C2,2019,XAC,,,,,,,\n" \
	"D,C2,2019,XAD,,,,,,,\nE,C2,2020,XAA,,,,,,,\n"

struct progress_case {
	const char *name;
	const char *before, *reviews, *events; /* as_of, rows */
	const char *after, *new_reviews, *new_events;
	const char *expected; /* "cycle milestone|reviews" a row; milestones 0 begun, 1 given, 2
	                         heard, 3 dialogue, 4 closed */
};

#define A "A,C1,2019,XAA,,,,,,,\n"

static const struct progress_case cases[] = {
	{ "nothing", "2020-01-01", A, "", "2020-12-31", A, "", "" },
	{ "one", "2020-01-01", A, "", "2020-12-31", A, "A,begun,2020-06-01,\n", "0 0|1" },
	{ "on the day of the new records", "2020-01-01", A, "", "2020-12-31", A,
	  "A,begun,2020-12-31,\n", "0 0|1" },
	{ "after it", "2020-01-01", A, "", "2020-12-31", A, "A,begun,2021-01-01,\n", "" },
	{ "on the day of the old ones", "2020-01-01", A, "A,begun,2020-01-01,\n", "2020-12-31", A,
	  "A,begun,2020-01-01,\n", "" },
	{ "after that day, which the old ones knew", "2020-01-01", A, "A,begun,2020-01-02,\n",
	  "2020-12-31", A, "A,begun,2020-01-02,\n", "0 0|1" },
	{ "before it, and recorded later", "2020-01-01", A, "", "2020-12-31", A,
	  "A,begun,2019-01-02,\n", "0 0|1" },
	{ "a later one proves those before it", "2020-01-01", A, "A,begun,2019-01-02,\n",
	  "2020-12-31", A, "A,begun,2019-01-02,\nA,dialogue,2020-02-02,\n", "0 1|1;0 2|1;0 3|1" },
	{ "and had proved them", "2020-01-01", A, "A,heard,2019-01-02,\n", "2020-12-31", A,
	  "A,begun,2018-01-02,\nA,heard,2019-01-02,\nA,closed,2020-02-02,\n", "0 3|1;0 4|1" },
	{ "a review without a dialogue has none to reach", "2020-01-01", "", "", "2020-12-31",
	  "A,C1,2019,XAA,,,,none,,,\n", "A,closed,2020-02-02,\n", "0 0|1;0 1|1;0 2|1;0 4|1" },
	{ "new reviews, between, before and after the old", "2020-01-01",
	  "B,C1,2019,XAB,,,,none,,,\nD,C2,2019,XAD,,,,,,,\n",
	  "B,begun,2019-01-01,\nD,begun,2019-01-01,\n", "2020-12-31", MORE_REVIEWS,
	  "A,begun,2019-01-01,\nB,begun,2019-01-01,\nC,begun,2019-01-01,\nD,begun,2019-01-01,\n"
	  "E,begun,2019-01-01,\nE,given,2019-02-01,\n",
	  "0 0|1;1 0|2;1 1|1" },
	{ "every old review is found", "2020-01-01", MORE_REVIEWS,
	  "A,begun,2019-01-01,\nB,begun,2019-01-01,\nC,begun,2019-01-01,\nD,begun,2019-01-01,\n"
	  "E,begun,2019-01-01,\n",
	  "2020-12-31", MORE_REVIEWS,
	  "A,given,2020-01-02,\nB,given,2020-01-02,\nC,given,2020-01-02,\nD,given,2020-01-02,\n"
	  "E,given,2020-01-02,\n",
	  "0 1|2;1 1|3" },
	{ "however far a review's own records reach", "2020-01-01",
	  "A,C1,2019,XAA,,,,,,,2019-02-01\n", "A,begun,2019-06-01,\n", "2020-12-31",
	  "A,C1,2019,XAA,,,,,,,2019-02-01\n", "A,begun,2019-06-01,\nA,given,2020-06-01,\n",
	  "0 1|1" },
	{ "without a day the records are as they stand", "", A, "", "", A,
	  "A,begun,9999-12-31,\nA,given,2020,\n", "0 0|1;0 1|1" },
};

static void check_case(const struct progress_case *c)
{
	struct irm_dataset *before = fixture_open(c->before, c->reviews, c->events, NULL, 0);
	struct irm_dataset *after = fixture_open(c->after, c->new_reviews, c->new_events, NULL, 0);
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	char found[200];
	if (irm_progress_count(&counts, before, after, &err))
		fail_msg("%s: %s", c->name, err.message);
	fixture_counter(found, sizeof found, &counts);
	same_text(c->name, found, c->expected);
	irm_counter_release(&counts);
	irm_dataset_free(before);
	irm_dataset_free(after);
}

static void test_progress_between_two_states(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i += stride())
		check_case(&cases[i]);
}

/* Packages of several days: each review is asked on its own. */
static void test_each_review_is_asked_on_its_own_day(void **state)
{
	(void)state;
	struct irm_dataset *before =
	        fixture_open("2020-12-31", A "B,C1,2019,XAB,,,,,,,2020-03-01\n", "", NULL, 0);
	struct irm_dataset *after =
	        fixture_open("2020-12-31", A "B,C1,2019,XAB,,,,,,,2020-03-01\n",
	                     "A,begun,2020-06-01,\nB,begun,2020-06-01,\n", NULL, 0);
	struct irm_counter counts;
	struct irm_err err;
	char found[200];
	after->several_as_of = true;
	assert_int_equal(irm_progress_count(&counts, before, after, &err), IRM_OK);
	fixture_counter(found, sizeof found, &counts);
	same_text("A alone", found, "0 0|1");
	irm_counter_release(&counts);
	irm_dataset_free(before);
	irm_dataset_free(after);
}

/* A mechanism that had not the milestone yet had nobody reach it. */
static void test_a_milestone_that_is_new_was_not_reached(void **state)
{
	static const struct fixture_file old = { "milestones", "M,begun,1,,,,,,,\n" };
	(void)state;
	struct irm_dataset *before =
	        fixture_open("2020-12-31", A, "A,begun,2020-01-01,\n", &old, 1);
	struct irm_dataset *after = fixture_open(
	        "2020-12-31", A, "A,begun,2020-01-01,\nA,given,2020-02-01,\n", NULL, 0);
	struct irm_counter counts;
	struct irm_err err;
	char found[200];
	assert_int_equal(irm_progress_count(&counts, before, after, &err), IRM_OK);
	fixture_counter(found, sizeof found, &counts);
	same_text("given", found, "0 1|1");
	irm_counter_release(&counts);
	irm_dataset_free(before);
	irm_dataset_free(after);
}

struct attempt {
	struct irm_dataset *before, *after;
};

static enum irm_code count(void *context, struct irm_err *err)
{
	const struct attempt *attempt = context;
	struct irm_counter counts;
	char found[200];
	enum irm_code code = irm_progress_count(&counts, attempt->before, attempt->after, err);
	scarce_over();
	fixture_counter(found, sizeof found, &counts);
	if (!code)
		same_text("memory", found, "0 0|1;0 1|1");
	irm_counter_release(&counts);
	return code;
}

static void test_progress_without_memory(void **state)
{
	(void)state;
	struct attempt attempt = {
		fixture_open("2020-12-31", A, "", NULL, 0),
		fixture_open("2020-12-31", A, "A,given,2020-02-01,\n", NULL, 0),
	};
	scarce_sweep("progress", count, &attempt, 5);
	irm_dataset_free(attempt.before);
	irm_dataset_free(attempt.after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_progress_between_two_states),
		cmocka_unit_test(test_each_review_is_asked_on_its_own_day),
		cmocka_unit_test(test_a_milestone_that_is_new_was_not_reached),
		cmocka_unit_test(test_progress_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
