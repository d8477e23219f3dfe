/* Follow-up: the denominators, trap by trap. */
#include "scarce.h"

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
	{ "records that end on the day", "R,C1,2019,XAA,,,,,,,2020-12-31\n", OUT, ONE, "", "",
	  "status=none", "1 1 0", 0 },
	{ "without a table of measures", R1, OUT, ONE, NULL, "", "", "error", 0 },
	{ "without a table of findings", R1, OUT, NULL, "", "", "", "error", 0 },
	{ "a review without recommendations", R1, OUT, "", "", "", "", "", 0 },
};

static struct irm_dataset *open_case(struct irm_query *query, const char *name, const char *reviews,
                                     const char *events, const char *findings, const char *measures,
                                     const char *by, const char *where, unsigned keys)
{
	struct fixture_file files[2] = { { NULL, NULL }, { NULL, NULL } };
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

/* --- whole counters, what is left out, whole tables ----------------------------------------------
 */

#define FINDINGS \
	TWO "R,15,challenge,3,Hard,\nS,5,recommendation,1,Do,\nS,6,recommendation,1,Do,\n" \
	    "T,15,recommendation,1,Not released,\n"
#define MEASURES \
	"R,15,1,planned,2020-12-31,First,m\nR,15,2,completed,2021-01-01,,\n" \
	"R,15,3,completed,2020-05-05,,\nR,15,4,,,,\nR,15,5,,,,Note\nR,6,1,,,Text,\n" \
	"S,5,1,under_way,[2020-12-01..2021-02-01],,\nS,6,1,,2020-06-01,,\n" \
	"T,15,1,completed,2020-05-05,,\n"
#define REVIEWS R1 R2 "T,C1,2019,XAC,,,,,,,\n"

struct whole_case {
	const char *name, *by, *where;
	bool total, middle;
	const char *counts;   /* "keys status|eligible measures unknown mark" a row; statuses 0
	                         planned, 1 under_way, 2 completed, 3 none */
	const char *times;    /* "keys days event|n mark", as irm_wait_add() has them */
	const char *complete; /* "keys any (0) or all (1)|eligible reviews unknown" */
};

static const struct whole_case wholes[] = {
	{ "together", "", "", false, false, "0|4 1 2 5;1|4 0 2 5;2|4 0 2 5;3|4 1 2 5",
	  "61 1|1 5;305 0|1 3;305 1|1 2;? ?|1 4", "0|2 2 0;1|2 0 1" },
	{ "a vague day as its middle one", "", "", false, true,
	  "0|4 1 1 5;1|4 0 1 5;2|4 0 1 5;3|4 2 1 5", "61 1|1 5;274 0|1 4;305 0|1 3;305 1|1 2",
	  "0|2 2 0;1|2 0 0" },
	{ "by State, with a total", "state", "", true, false,
	  "0 0|2 1 0 3;0 1|2 0 0 3;0 2|2 0 0 3;0 3|2 1 0 3;"
	  "1 0|2 0 2 5;1 1|2 0 2 5;1 2|2 0 2 5;1 3|2 0 2 5;"
	  "* 0|4 1 2 5;* 1|4 0 2 5;* 2|4 0 2 5;* 3|4 1 2 5",
	  "0 305 0|1 3;0 305 1|1 2;1 61 1|1 5;1 ? ?|1 4;* 61 1|1 5;* 305 0|1 3;* 305 1|1 2;"
	  "* ? ?|1 4",
	  "0 0|1 1 0;0 1|1 0 0;1 0|1 1 0;1 1|1 0 1;* 0|2 2 0;* 1|2 0 1" },
	{ "by every key of reviews and article",
	  "mechanism,region,cycle,year,state,review,dialogue,article", "status=completed", false,
	  false,
	  "0 0 0 2019 0 0 ? 2 2|2 0 0 3;0 1 1 2019 1 1 ? 0 2|1 0 1 4;0 1 1 2019 1 1 ? 1 2|1 0 1 5",
	  "0 0 0 2019 0 0 ? 2 305 0|2 3;0 1 1 2019 1 1 ? 0 274 0|1 4;0 1 1 2019 1 1 ? 1 ? ?|1 5",
	  "0 0 0 2019 0 0 ? ? 0|1 1 0;0 0 0 2019 0 0 ? ? 1|1 0 0;0 1 1 2019 1 1 ? ? 0|1 1 0;"
	  "0 1 1 2019 1 1 ? ? 1|1 0 1" },
};

/* An article of two topics: each total has the recommendation once, and none leaves it out. */
static void test_followup_totals_of_topics(void **state)
{
	struct irm_query query;
	struct irm_counter counts;
	struct irm_followup_left left;
	struct irm_err err;
	char found[400];
	(void)state;
	struct irm_dataset *data = open_case(
	        &query, "topics", R2, OUT2, "S,5,recommendation,1,Do,\n",
	        "S,5,1,planned,2020-05-01,,\n", "topic,state", "status=planned", IRM_FOLLOWUP_KEYS);
	query.total = true;
	assert_int_equal(irm_followup_count(&counts, &left, &query, &err), IRM_OK);
	fixture_counter(found, sizeof found, &counts);
	same_text("topics", found,
	          "0 1 0|1 1 0 1;0 * 0|1 1 0 1;1 1 0|1 1 0 1;1 * 0|1 1 0 1;* 1 0|1 1 0 1;"
	          "* * 0|1 1 0 1");
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* That comes after one in scope. */
static void test_a_recommendation_out_of_scope_is_in_no_table(void **state)
{
	struct irm_query query;
	struct irm_counter counts;
	struct irm_followup_left left;
	struct irm_template list;
	struct irm_err err;
	char found[100];
	(void)state;
	struct irm_dataset *data =
	        open_case(&query, "scope", R2, OUT2,
	                  "S,5,recommendation,1,Do,\nS,15,recommendation,1,Elsewhere,\n",
	                  "S,5,1,planned,2020-05-01,,\n", "", "", IRM_FOLLOWUP_KEYS);
	assert_int_equal(irm_followup_complete(&counts, &left, &query, &err), IRM_OK);
	fixture_counter(found, sizeof found, &counts);
	same_text("complete", found, "0|1 1 0;1|1 1 0");
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_OK);
	assert_int_equal(list.n, 1);
	irm_template_release(&list);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_followup_whole_counters(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wholes); i++) {
		const struct whole_case *c = &wholes[i];
		struct irm_query query;
		struct irm_counter counts;
		struct irm_followup_left left;
		struct irm_err err = { .code = IRM_OK };
		char found[900];
		struct irm_dataset *data = open_case(&query, c->name, REVIEWS, OUT OUT2, FINDINGS,
		                                     MEASURES, c->by, c->where, IRM_FOLLOWUP_KEYS);
		query.total = c->total;
		query.middle = c->middle;
		assert_int_equal(irm_followup_count(&counts, &left, &query, &err), IRM_OK);
		fixture_counter(found, sizeof found, &counts);
		same_text(c->name, found, c->counts);
		same_number(c->name, (long long)left.measures, 3);
		same_number(c->name, (long long)left.reviews, 0);
		irm_counter_release(&counts);
		assert_int_equal(irm_followup_time(&counts, &left, &query, &err), IRM_OK);
		fixture_counter(found, sizeof found, &counts);
		same_text(c->name, found, c->times);
		same_number(c->name, (long long)left.measures, 3);
		irm_counter_release(&counts);
		assert_int_equal(irm_followup_complete(&counts, &left, &query, &err), IRM_OK);
		fixture_counter(found, sizeof found, &counts);
		same_text(c->name, found, c->complete);
		same_number(c->name, (long long)left.measures, 3);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

typedef enum irm_code counter_of(struct irm_counter *out, struct irm_followup_left *left,
                                 const struct irm_query *query, struct irm_err *err);
static counter_of *const counters[] = { irm_followup_count, irm_followup_time,
	                                irm_followup_complete };

/* Reviews of packages without one of the tables are left out, where others have both. */
static void test_followup_of_packages_without_tables(void **state)
{
	struct irm_query query;
	struct irm_counter counts;
	struct irm_followup_left left;
	struct irm_template list;
	struct irm_err err;
	(void)state;
	struct irm_dataset *data = open_case(&query, "left out", REVIEWS, OUT OUT2, FINDINGS,
	                                     MEASURES, "", "", IRM_FOLLOWUP_KEYS);
	for (size_t i = 0; i < COUNT(counters); i++) {
		data->reviews[0].delivered = 1u << IRM_HAS_FINDINGS;
		data->reviews[1].delivered = 1u << IRM_HAS_FINDINGS | 1u << IRM_HAS_MEASURES;
		data->reviews[2].delivered = 1u << IRM_HAS_MEASURES;
		assert_int_equal(counters[i](&counts, &left, &query, &err), IRM_OK);
		same_number("left out", (long long)left.reviews, 2);
		same_number("measures", (long long)left.measures, 0);
		irm_counter_release(&counts);
		data->reviews[1].delivered = 0;
		assert_int_equal(counters[i](&counts, &left, &query, &err), IRM_INPUT);
		assert_string_equal(err.message,
		                    "the source has not both tables, 'findings' and 'measures': "
		                    "what followed these reviews is not recorded");
		same_number("all", (long long)left.reviews, 3);
		irm_counter_release(&counts);
	}
	data->reviews[0].delivered = 0;
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_INPUT);
	assert_string_equal(err.message, "the source has no table 'findings': what these reviews "
	                                 "recommend is not recorded");
	irm_template_release(&list);
	data->reviews[1].delivered = 1u << IRM_HAS_FINDINGS;
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_OK);
	assert_int_equal(list.n, 2);
	irm_template_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_followup_of_no_reviews(void **state)
{
	struct irm_query query;
	struct irm_counter counts;
	struct irm_followup_left left;
	struct irm_template list;
	struct irm_err err;
	(void)state;
	struct irm_dataset *data =
	        open_case(&query, "none", "", "", NULL, NULL, "", "", IRM_FOLLOWUP_KEYS);
	for (size_t i = 0; i < COUNT(counters); i++) {
		assert_int_equal(counters[i](&counts, &left, &query, &err), IRM_OK);
		assert_int_equal(counts.n, 0);
		irm_counter_release(&counts);
	}
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_OK);
	assert_int_equal(list.n, 0);
	irm_template_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* What irm_eligible_reviews() refuses. */
static void test_followup_of_several_conventions(void **state)
{
	static const struct fixture_file files[] = {
		{ "mechanisms", "M,Made up,MUC\nN,Next,OTH\n" },
		{ "cycles", "C1,M,First,2010-01-01,\nC2,N,Second,2015-01-01,\n" },
		{ "milestones", "M,heard,1,,,,,yes,,\nN,heard,1,,,,,yes,,\n" },
		{ "findings", "R,15,challenge,1,Hard,\n" },
		{ "measures", "" },
	};
	struct irm_query query;
	struct irm_counter counts;
	struct irm_followup_left left;
	struct irm_template list;
	struct irm_err err;
	(void)state;
	struct irm_dataset *data =
	        fixture_open_parts("2024-12-31", R1 R2, OUT OUT2, files, COUNT(files),
	                           IRM_PART_FINDINGS | IRM_PART_MEASURES);
	fixture_query(&query, data, "several", "article", "", IRM_FOLLOWUP_KEYS, 0);
	for (size_t i = 0; i < COUNT(counters); i++) {
		assert_int_equal(counters[i](&counts, &left, &query, &err), IRM_USAGE);
		irm_counter_release(&counts);
	}
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_USAGE);
	irm_template_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* With the days of release; a measure of which nothing is recorded is none. */
static void test_template_as_a_table(void **state)
{
	struct irm_query query;
	struct irm_template list;
	struct irm_err err;
	struct fixture_output table;
	(void)state;
	struct irm_dataset *data = open_case(&query, "table", REVIEWS, OUT "S,heard,2020-04,\n",
	                                     FINDINGS "R,all,recommendation,9,All,\n", MEASURES, "",
	                                     "", IRM_FOLLOWUP_KEYS);
	assert_int_equal(irm_template_make(&list, &query, &err), IRM_OK);
	irm_template_write(&list, data, fixture_writer(&table));
	fixture_written("template", &table,
	                "review,article,recommendation,status,date,text,source\n"
	                "R,15,1,planned,2020-12-31,First,m\n"
	                "R,15,2,completed,2021-01-01,,\n"
	                "R,all,9,,,,\n"
	                "S,5,1,under_way,[2020-12-01..2021-02-01],,\n"
	                "S,6,1,,2020-06-01,,\n");
	assert_int_equal(list.rows[0].released.first, irm_day_from_civil(2020, 3, 1));
	assert_int_equal(list.rows[0].released.last, irm_day_from_civil(2020, 3, 1));
	assert_int_equal(list.rows[4].released.first, irm_day_from_civil(2020, 4, 1));
	assert_int_equal(list.rows[4].released.last, irm_day_from_civil(2020, 4, 30));
	irm_template_release(&list);
	assert_int_equal(list.n, 0);
	irm_query_release(&query);
	irm_dataset_free(data);
}

struct attempt {
	struct irm_query query;
	counter_of *count;
	const char *expected;
};

static enum irm_code count_by_state(void *context, struct irm_err *err)
{
	const struct attempt *attempt = context;
	struct irm_counter counts;
	struct irm_followup_left left;
	char found[900];
	enum irm_code code = attempt->count(&counts, &left, &attempt->query, err);
	scarce_over();
	fixture_counter(found, sizeof found, &counts);
	if (!code)
		same_text("memory", found, attempt->expected);
	irm_counter_release(&counts);
	return code;
}

static enum irm_code make_template(void *query, struct irm_err *err)
{
	struct irm_template list;
	enum irm_code code = irm_template_make(&list, query, err);
	scarce_over();
	if (!code)
		assert_int_equal(list.n, 4);
	irm_template_release(&list);
	return code;
}

static void test_followup_without_memory(void **state)
{
	const struct whole_case *c = &wholes[2];
	const char *const expected[] = { c->counts, c->times, c->complete };
	struct attempt attempt;
	(void)state;
	struct irm_dataset *data = open_case(&attempt.query, c->name, REVIEWS, OUT OUT2, FINDINGS,
	                                     MEASURES, c->by, c->where, IRM_FOLLOWUP_KEYS);
	attempt.query.total = true;
	for (size_t i = 0; i < COUNT(counters); i++) {
		attempt.count = counters[i];
		attempt.expected = expected[i];
		scarce_sweep("counting", count_by_state, &attempt, 4);
	}
	scarce_sweep("template", make_template, &attempt.query, 3);
	irm_query_release(&attempt.query);
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
		cmocka_unit_test(test_followup_whole_counters),
		cmocka_unit_test(test_a_recommendation_out_of_scope_is_in_no_table),
		cmocka_unit_test(test_followup_totals_of_topics),
		cmocka_unit_test(test_followup_of_packages_without_tables),
		cmocka_unit_test(test_followup_of_no_reviews),
		cmocka_unit_test(test_followup_of_several_conventions),
		cmocka_unit_test(test_template_as_a_table),
		cmocka_unit_test(test_followup_without_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
