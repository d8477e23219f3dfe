/* Completion and status: who is eligible, what is reached, what is unknown. */
#include "fixture.h"

#include "review/rates.h"
#include "review/status.h"

struct rates_case {
	const char *name;
	const char *reviews; /* rows of reviews.csv */
	const char *events;  /* rows of events.csv */
	const char *as_of, *of, *milestone;
	bool middle;
	int eligible, reached, unknown;
};

#define REVIEW "R,C1,2019,XAA,,,,,,,\n"

static const struct rates_case cases[] = {
	{ "nothing has happened", REVIEW, "", "2020-06-30", "all", "given", false, 1, 0, 0 },
	{ "reached on the day", REVIEW, "R,given,2020-06-30,\n", "2020-06-30", "all", "given",
	  false, 1, 1, 0 },
	{ "not reached the day before", REVIEW, "R,given,2020-06-30,\n", "2020-06-29", "all",
	  "given", false, 1, 0, 0 },
	{ "a later milestone proves an earlier one", REVIEW, "R,closed,2020-06-30,\n", "2020-06-30",
	  "all", "given", false, 1, 1, 0 },
	{ "a later one that has not come leaves the missing one unknown", REVIEW,
	  "R,closed,2020-06-30,\n", "2020-06-29", "all", "given", false, 1, 0, 1 },
	{ "an earlier milestone proves no later one", REVIEW, "R,given,2020-06-30,\n", "2020-06-30",
	  "all", "closed", false, 1, 0, 0 },
	{ "a vague date in between is unknown", REVIEW, "R,given,2020-06,\n", "2020-06-15", "all",
	  "given", false, 1, 0, 1 },
	{ "a vague date that has come is reached", REVIEW, "R,given,2020-06,\n", "2020-06-30",
	  "all", "given", false, 1, 1, 0 },
	{ "a vague date that has not come is not", REVIEW, "R,given,2020-06,\n", "2020-05-31",
	  "all", "given", false, 1, 0, 0 },
	{ "middle: reached from its middle day on", REVIEW, "R,given,2020-06,\n", "2020-06-15",
	  "all", "given", true, 1, 1, 0 },
	{ "without a date, unknown once the records end", "R,C1,2019,XAA,,,,,,,2020-01-31\n",
	  "R,begun,2020-01-01,\n", "2020-02-01", "all", "given", false, 1, 0, 1 },
	{ "without a date, not reached while they reach", "R,C1,2019,XAA,,,,,,,2020-01-31\n",
	  "R,begun,2020-01-01,\n", "2020-01-31", "all", "given", false, 1, 0, 0 },
	{ "after the package's day all without a date is unknown", REVIEW, "", "2025-01-01", "all",
	  "begun", false, 1, 0, 1 },
	{ "a discontinued review counts the day before", "R,C1,2019,XAA,,,,,,2020-03-01,\n", "",
	  "2020-02-29", "all", "begun", false, 1, 0, 0 },
	{ "a discontinued review counts no longer", "R,C1,2019,XAA,,,,,,2020-03-01,\n", "",
	  "2020-03-01", "all", "begun", false, 0, 0, 0 },
	{ "a State reviewed anew counts once, by its old review",
	  "R,C1,2019,XAA,,,,,,2020-03-01,\nS,C1,2019,XAA,,,,,R,,\n", "S,begun,2020-02-01,\n",
	  "2020-02-29", "all", "begun", false, 1, 0, 0 },
	{ "from the day the old one ends, by its new one",
	  "R,C1,2019,XAA,,,,,,2020-03-01,\nS,C1,2019,XAA,,,,,R,,\n", "S,begun,2020-02-01,\n",
	  "2020-03-01", "all", "begun", false, 1, 1, 0 },
	{ "due: the scheduled year has come", REVIEW, "", "2019-01-01", "due", "begun", false, 1, 0,
	  0 },
	{ "due: it has not", REVIEW, "", "2018-12-31", "due", "begun", false, 0, 0, 0 },
	{ "due: an unknown year is not due", "R,C1,,XAA,,,,,,,\n", "", "2024-12-31", "due", "begun",
	  false, 0, 0, 0 },
	{ "started: it has", REVIEW, "R,begun,2020-01-01,\n", "2020-01-01", "started", "given",
	  false, 1, 0, 0 },
	{ "started: it has not", REVIEW, "R,begun,2020-01-01,\n", "2019-12-31", "started", "given",
	  false, 0, 0, 0 },
	{ "started: proved by a later milestone", REVIEW, "R,heard,2020-01-01,\n", "2020-01-01",
	  "started", "closed", false, 1, 0, 0 },
	{ "no dialogue, none to reach", "R,C1,2019,XAA,,,,none,,,\n", "R,closed,2020-01-01,\n",
	  "2020-06-30", "all", "dialogue", false, 0, 0, 0 },
	{ "no dialogue, later milestones as any", "R,C1,2019,XAA,,,,none,,,\n",
	  "R,closed,2020-01-01,\n", "2020-06-30", "all", "heard", false, 1, 1, 0 },
};

static struct irm_query ask(const struct irm_dataset *data, const struct irm_query_text *text,
                            unsigned allowed)
{
	struct irm_query query;
	struct irm_err err = { .code = IRM_OK };
	if (irm_query_read(&query, data, text, allowed, 0, &err))
		fail_msg("%s", err.message);
	return query;
}

static void check_rates(const struct rates_case *c)
{
	struct irm_dataset *data = fixture_open("2024-12-31", c->reviews, c->events, NULL, 0);
	const char *where[] = { NULL };
	char filter[64];
	snprintf(filter, sizeof filter, "milestone=%s", c->milestone);
	where[0] = filter;
	struct irm_query_text text = { .as_of = c->as_of,
		                       .imprecise = c->middle ? "middle" : NULL,
		                       .where = where,
		                       .n_where = 1 };
	struct irm_query query = ask(data, &text, 1u << IRM_BY_MILESTONE);
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	enum irm_rates_of of;
	assert_int_equal(irm_rates_of_parse(&of, c->of, &err), IRM_OK);
	assert_int_equal(irm_rates_count(&counts, &query, of, &err), IRM_OK);
	int64_t found[3] = { 0, 0, 0 };
	assert_true(counts.n <= 1);
	if (counts.n)
		memcpy(found, counts.counts, sizeof found);
	if (found[0] != c->eligible || found[1] != c->reached || found[2] != c->unknown)
		fail_msg("%s: expected %d %d %d, found %d %d %d", c->name, c->eligible, c->reached,
		         c->unknown, (int)found[0], (int)found[1], (int)found[2]);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_rates_every_clause(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += stride())
		check_rates(&cases[i]);
}

/* Totals over any set of keys are the sums of their parts. */
static void test_rates_totals_add_up(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open(
	        "2024-12-31",
	        "R1,C1,2019,XAA,,,,,,,\nR2,C1,2020,XAB,,,,,,,\nR3,C2,2019,XAC,,,,,,,\n"
	        "R4,C2,,XAD,,,,none,,,\n",
	        "R1,given,2020-02-01,\nR2,heard,2020-03,\nR3,closed,2020-01-01,\n", NULL, 0);
	struct irm_query_text text = { .as_of = "2020-03-10", .by = "region,cycle", .total = true };
	struct irm_query query = ask(data, &text, IRM_BY_REVIEWS);
	struct irm_counter c;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_rates_count(&c, &query, IRM_OF_ALL, &err), IRM_OK);
	for (size_t i = 0; i < c.n; i++) {
		const uint32_t *key = c.keys + i * c.width;
		int64_t sum[IRM_RATES_COLUMNS] = { 0 };
		for (size_t j = 0; j < c.n; j++) {
			const uint32_t *part = c.keys + j * c.width;
			bool is_part = part[2] == key[2];
			for (size_t k = 0; k < 2; k++)
				is_part = is_part && part[k] != IRM_VALUE_ALL &&
				          (key[k] == IRM_VALUE_ALL || key[k] == part[k]);
			for (size_t k = 0; is_part && k < IRM_RATES_COLUMNS; k++)
				sum[k] += c.counts[j * c.columns + k];
		}
		assert_memory_equal(sum, c.counts + i * c.columns, sizeof sum);
	}
	irm_counter_release(&c);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_status_is_the_last_milestone_known_to_have_happened(void **state)
{
	(void)state;
	static const struct {
		const char *name, *events, *as_of, *stage;
	} status[] = {
		{ "none", "", "2020-06-30", "" },
		{ "first", "R,begun,2020-01-01,\n", "2020-06-30", "begun" },
		{ "a later one without the earlier", "R,heard,2020-01-01,\n", "2020-06-30",
		  "heard" },
		{ "position, not date", "R,given,2020-05-01,\nR,heard,2020-04-01,\n", "2020-06-30",
		  "heard" },
		{ "in between is not known", "R,begun,2020-01-01,\nR,given,2020-06,\n",
		  "2020-06-15", "begun" },
		{ "vague and come", "R,begun,2020-01-01,\nR,given,2020-06,\n", "2020-06-30",
		  "given" },
		{ "not yet", "R,begun,2020-01-01,\n", "2019-12-31", "" },
	};
	for (size_t i = 0; i < sizeof status / sizeof *status; i++) {
		struct irm_dataset *data =
		        fixture_open("2024-12-31", REVIEW, status[i].events, NULL, 0);
		struct irm_query_text text = { .as_of = status[i].as_of };
		struct irm_query query = ask(data, &text, 0);
		struct irm_counter c;
		struct irm_err err = { .code = IRM_OK };
		char buffer[16];
		assert_int_equal(irm_status_count(&c, &query, &err), IRM_OK);
		assert_int_equal(c.n, 1);
		assert_int_equal(irm_status_total(&c, 0), 1);
		const char *stage = irm_key_text(data, IRM_BY_STAGE, c.keys[0], false, buffer);
		if (strcmp(stage, status[i].stage) != 0)
			fail_msg("%s: expected '%s', found '%s'", status[i].name, status[i].stage,
			         stage);
		irm_counter_release(&c);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rates_every_clause),
		cmocka_unit_test(test_rates_totals_add_up),
		cmocka_unit_test(test_status_is_the_last_milestone_known_to_have_happened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
