/* Follow-up: the denominators, trap by trap. */
#include "fixture.h"

#include "review/followup.h"
#include "review/waits.h"

/* XAA in C1 (scope III), findings out on 2020-03-01 */
#define R1  "R,C1,2019,XAA,,,,,,,\n"
#define OUT "R,heard,2020-03-01,\n"
/* XAB in C2 (scope II) */
#define R2   "S,C2,2019,XAB,,,,,,,\n"
#define OUT2 "S,heard,2020-04-01,\n"
#define ONE  "R,15,recommendation,1,Do,\n"
#define TWO  ONE "R,15,recommendation,2,Do more,\n"

struct followup_case {
	const char *name;
	const char *reviews, *events, *findings, *measures; /* rows; NULL: no such table */
	const char *by, *where;
	const char *expected; /* "[key] eligible measures unknown" a row, or "error" */
	size_t unanswering;
};

static const struct followup_case cases[] = {
	{ "completed", R1, OUT, ONE, "R,15,1,completed,2020-05-01,,\n", "", "status=completed",
	  "1 1 0", 0 },
	{ "of another status", R1, OUT, ONE, "R,15,1,planned,2020-05-01,,\n", "",
	  "status=completed", "1 0 0", 0 },
	{ "a row each status, and none", R1, OUT, TWO, "R,15,1,planned,2020-05-01,,\n", "", "",
	  "planned 2 1 0;under_way 2 0 0;completed 2 0 0;none 2 1 0", 0 },
	{ "after the day it is none", R1, OUT, ONE, "R,15,1,completed,2021-05-01,,\n", "", "",
	  "planned 1 0 0;under_way 1 0 0;completed 1 0 0;none 1 1 0", 0 },
	{ "in between", R1, OUT, ONE, "R,15,1,completed,[2020-12-01..2021-01-31],,\n", "", "",
	  "planned 1 0 1;under_way 1 0 1;completed 1 0 1;none 1 0 1", 0 },
	{ "without a date", R1, OUT, ONE, "R,15,1,completed,,Done,\n", "", "status=completed",
	  "1 0 1", 0 },
	{ "without a status", R1, OUT, ONE, "R,15,1,,2020-05-01,Done,\n", "", "status=none",
	  "1 0 1", 0 },
	{ "a row of a template that was not filled in", R1, OUT, ONE, "R,15,1,,,,\n", "",
	  "status=none", "1 1 0", 0 },
	{ "not released", R1, "R,given,2020-03-01,\n", ONE, "R,15,1,completed,2020-05-01,,\n", "",
	  "", "", 0 },
	{ "perhaps released", R1, "R,heard,[2020-03-01..2021-03-01],\n", ONE,
	  "R,15,1,completed,2020-05-01,,\n", "", "", "", 0 },
	{ "under an article out of scope", R1, OUT, ONE "R,5,recommendation,1,Do,\n",
	  "R,5,1,completed,2020-05-01,,\n", "", "status=completed", "1 0 0", 0 },
	{ "of a recommendation that is none", R1, OUT, ONE "R,15,challenge,2,Hard,\n",
	  "R,15,2,completed,2020-05-01,,\n", "", "status=completed", "1 0 0", 1 },
	{ "of the same number under another article", R2, OUT2,
	  "S,5,recommendation,1,Do,\nS,6,recommendation,1,Do,\n", "S,6,1,completed,2020-05-01,,\n",
	  "article", "status=completed", "5 1 0 0;6 1 1 0", 0 },
	{ "a State reviewed twice", R1 "S,C2,2019,XAA,,,,,,,\n", OUT OUT2,
	  ONE "S,5,recommendation,1,Do,\n",
	  "R,15,1,completed,2020-05-01,,\nS,5,1,completed,2020-05-01,,\n", "state",
	  "status=completed", "XAA 2 2 0", 0 },
	{ "of no particular article", R1, OUT, "R,all,recommendation,1,Do,\n",
	  "R,all,1,completed,2020-05-01,,\n", "", "status=completed", "1 1 0", 0 },
	{ "and not where articles are asked for", R1, OUT, ONE "R,all,recommendation,1,Do,\n",
	  "R,all,1,completed,2020-05-01,,\n", "article", "status=completed", "15 1 0 0", 0 },
	{ "under two topics of one article it is one", R2, OUT2, "S,5,recommendation,1,Do,\n",
	  "S,5,1,completed,2020-05-01,,\n", "", "status=completed;topic=five,low", "1 1 0", 0 },
	{ "records that end before the day", "R,C1,2019,XAA,,,,,,,2020-06-01\n", OUT, ONE, "", "",
	  "status=none", "1 0 1", 0 },
	{ "without a table of measures", R1, OUT, ONE, NULL, "", "", "error", 0 },
	{ "without a table of findings", R1, OUT, NULL, "", "", "", "error", 0 },
	{ "a review without recommendations", R1, OUT, "", "", "", "", "", 0 },
};

static struct irm_dataset *open_case(struct irm_query *query, const char *name, const char *reviews,
                                     const char *events, const char *findings, const char *measures,
                                     const char *by, const char *where, unsigned keys)
{
	struct fixture_file files[2];
	size_t n = 0;
	if (findings)
		files[n++] = (struct fixture_file){ "findings", findings };
	if (measures)
		files[n++] = (struct fixture_file){ "measures", measures };
	struct irm_dataset *data = fixture_open_parts("2024-12-31", reviews, events, files, n,
	                                              IRM_PART_FINDINGS | IRM_PART_MEASURES);
	fixture_query(query, data, name, by, where, keys, 1u << IRM_BY_STATUS);
	return data;
}

/* Each row's first three counts, and its key where it has one; its status where that is asked for.
 */
static void show(char *found, size_t size, const struct irm_query *query, bool with_status,
                 const struct irm_counter *counts)
{
	static const int columns[] = { 0, 1, 2 };
	fixture_show(found, size, query->data,
	             query->n_by   ? query->by[0]
	             : with_status ? IRM_BY_STATUS
	                           : IRM_KEYS,
	             counts, columns, 3);
}

static void check_case(const struct followup_case *c)
{
	struct irm_query query;
	struct irm_counter counts;
	struct irm_followup_left left;
	struct irm_err err = { .code = IRM_OK };
	char found[300] = "error";
	struct irm_dataset *data = open_case(&query, c->name, c->reviews, c->events, c->findings,
	                                     c->measures, c->by, c->where, IRM_FOLLOWUP_KEYS);
	if (irm_followup_count(&counts, &left, &query, &err) == IRM_OK)
		show(found, sizeof found, &query, !*c->where, &counts);
	else
		assert_int_equal(err.code, IRM_INPUT);
	if (strcmp(found, c->expected) != 0 || left.measures != c->unanswering)
		fail_msg("%s: expected '%s', found '%s', %zu unanswering", c->name, c->expected,
		         found, left.measures);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_followup_every_denominator(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += stride())
		check_case(&cases[i]);
}

struct complete_case {
	const char *name, *measures, *expected; /* "any;all", each "eligible reviews unknown" */
};

static const struct complete_case complete_cases[] = {
	{ "none of two", "", "1 0 0;1 0 0" },
	{ "one of two", "R,15,1,planned,2020-05-01,,\n", "1 1 0;1 0 0" },
	{ "both", "R,15,1,planned,2020-05-01,,\nR,15,2,completed,2020-05-02,,\n", "1 1 0;1 1 0" },
	{ "both, one after the day", "R,15,1,planned,2020-05-01,,\nR,15,2,completed,2021-05-02,,\n",
	  "1 1 0;1 0 0" },
	{ "both, one perhaps", "R,15,1,planned,2020-05-01,,\nR,15,2,completed,[2020-05-02..],,\n",
	  "1 1 0;1 0 1" },
	{ "one perhaps, the other not", "R,15,2,completed,[2020-05-02..],,\n", "1 0 1;1 0 0" },
	{ "not filled in", "R,15,1,,,,\nR,15,2,,,,\n", "1 0 0;1 0 0" },
};

static void test_followup_complete(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof complete_cases / sizeof *complete_cases; i++) {
		const struct complete_case *c = &complete_cases[i];
		struct irm_query query;
		struct irm_counter counts;
		struct irm_followup_left left;
		struct irm_err err = { .code = IRM_OK };
		char found[100];
		/* S has no recommendation, and is not eligible; that of 5 is out of scope */
		struct irm_dataset *data = open_case(&query, c->name, R1 R2, OUT OUT2,
		                                     TWO "R,5,recommendation,1,Do,\n", c->measures,
		                                     "", "", IRM_BY_REVIEWS);
		assert_int_equal(irm_followup_complete(&counts, &left, &query, &err), IRM_OK);
		show(found, sizeof found, &query, false, &counts);
		if (strcmp(found, c->expected) != 0)
			fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, found);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

struct time_case {
	const char *name, *events, *measures, *where;
	int days, event; /* event -1: unknown */
};

static const struct time_case time_cases[] = {
	{ "61 days", OUT, "R,15,1,completed,2020-05-01,,\n", "", 61, 1 },
	{ "none: open until the day", OUT, "", "", 305, 0 },
	{ "after the day", OUT, "R,15,1,completed,2021-05-01,,\n", "", 305, 0 },
	{ "planned, and completion is asked for", OUT, "R,15,1,planned,2020-05-01,,\n",
	  "status=completed", 305, 0 },
	{ "completed, and that is asked for", OUT, "R,15,1,completed,2020-05-01,,\n",
	  "status=completed", 61, 1 },
	{ "a status that is not told", OUT, "R,15,1,,2020-05-01,,\n", "status=completed", 0, -1 },
	{ "a status that is not told, and need not be", OUT, "R,15,1,,2020-05-01,,\n", "", 61, 1 },
	{ "before the release", OUT, "R,15,1,completed,2020-02-01,,\n", "", 0, -1 },
	{ "on a vague day", OUT, "R,15,1,completed,2020-05,,\n", "", 0, -1 },
	{ "without a day", OUT, "R,15,1,completed,,,\n", "", 0, -1 },
	{ "released on a vague day", "R,heard,2020-03,\n", "R,15,1,completed,2020-05-01,,\n", "", 0,
	  -1 },
};

static void test_followup_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof time_cases / sizeof *time_cases; i++) {
		const struct time_case *c = &time_cases[i];
		struct irm_query query;
		struct irm_counter counts;
		struct irm_followup_left left;
		struct irm_err err = { .code = IRM_OK };
		struct irm_dataset *data = open_case(&query, c->name, R1, c->events, ONE,
		                                     c->measures, "", c->where, IRM_FOLLOWUP_KEYS);
		assert_int_equal(irm_followup_time(&counts, &left, &query, &err), IRM_OK);
		assert_int_equal(counts.n, 1);
		assert_int_equal(counts.counts[IRM_WAIT_COUNT], 1);
		struct irm_wait wait = irm_wait_at(&counts, 0);
		if (wait.event != c->event || (c->event >= 0 && wait.days != c->days))
			fail_msg("%s: found %d days, event %d", c->name, (int)wait.days,
			         wait.event);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

/* An article of two topics: a recommendation waits once in their total. */
static void test_followup_time_of_topics(void **state)
{
	(void)state;
	struct irm_query query;
	struct irm_counter counts;
	struct irm_followup_left left;
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data =
	        open_case(&query, "topics", R2, OUT2, "S,5,recommendation,1,Do,\n", "", "topic", "",
	                  IRM_FOLLOWUP_KEYS);
	query.total = true;
	assert_int_equal(irm_followup_time(&counts, &left, &query, &err), IRM_OK);
	assert_int_equal(counts.n, 3);
	for (size_t i = 0; i < counts.n; i++)
		assert_int_equal(counts.counts[i * counts.columns + IRM_WAIT_COUNT], 1);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_template_rows(void **state)
{
	(void)state;
	struct irm_query query;
	struct irm_template list;
	struct irm_err err = { .code = IRM_OK };
	char date[IRM_DATE_SIZE];
	const char *cells[IRM_TEMPLATE_COLUMNS];
	/* the table of measures need not be there; what is out of scope is not asked */
	struct irm_dataset *data =
	        open_case(&query, "no measures", R1, OUT, TWO "R,5,recommendation,1,Do,\n", NULL,
	                  "", "", IRM_FOLLOWUP_KEYS);
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_OK);
	assert_int_equal(list.n, 2);
	irm_template_cells(&list.rows[1], data, date, cells);
	const char *const wanted[] = { "R", "15", "2", "", "", "", "" };
	for (size_t i = 0; i < IRM_TEMPLATE_COLUMNS; i++)
		assert_string_equal(cells[i], wanted[i]);
	irm_template_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
	data = open_case(&query, "measures", R1, OUT, TWO, "R,15,2,planned,2020-05,Text,Note\n", "",
	                 "", IRM_FOLLOWUP_KEYS);
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_OK);
	irm_template_cells(&list.rows[1], data, date, cells);
	const char *const filled[] = { "R", "15", "2", "planned", "2020-05", "Text", "Note" };
	for (size_t i = 0; i < IRM_TEMPLATE_COLUMNS; i++)
		assert_string_equal(cells[i], filled[i]);
	irm_template_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_followup_every_denominator),
		cmocka_unit_test(test_followup_complete),
		cmocka_unit_test(test_followup_time),
		cmocka_unit_test(test_followup_time_of_topics),
		cmocka_unit_test(test_template_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
