/* Every clause of the definitions of an observation, on records worked out by hand. */
#include "fixture.h"
#include "small.h"

#include "review/calendar.h"
#include "review/observe.h"

/* One review, XAA's in C1, and what one of its stages must be seen as. */
struct observe_case {
	const char *name;
	const char *review; /* dialogue,replaces,discontinued,observed_until */
	const char *events; /* "milestone date" separated by spaces and semicolons */
	const char *as_of;
	const char *stage;
	bool middle;
	/* expected: "none", or "began due ended days event late" with - for unknown */
	const char *expected;
};

static const struct observe_case cases[] = {
	/* existence */
	{ "no stage before it begins", ",,,", "begun 2020-01-10", "2020-01-09", "given", false,
	  "none" },
	{ "a stage exists from the day it begins", ",,,", "begun 2020-01-10", "2020-01-10", "given",
	  false, "2020-01-10 2020-02-10 2020-01-10 0 0 -" },
	{ "the first milestone ends no stage", ",,,", "begun 2020-01-10", "2020-06-30", "begun",
	  false, "none" },
	{ "a later milestone makes a stage exist, its beginning unknown", ",,,", "heard 2020-03-01",
	  "2020-06-30", "given", false, "- - - - - -" },
	{ "no dialogue stage where there is no dialogue", "none,,,",
	  "begun 2020-01-10;given 2020-02-01;heard 2020-03-01;closed 2020-05-01", "2020-06-30",
	  "dialogue", false, "none" },
	{ "a dialogue stage where the kind is unknown", ",,,",
	  "begun 2020-01-10;given 2020-02-01;heard 2020-03-01", "2020-06-30", "dialogue", false,
	  "2020-03-01 - 2020-06-30 121 0 -" },

	/* ended, open, and what is seen how far */
	{ "ended on time", ",,,", "begun 2020-01-10;given 2020-02-05", "2020-06-30", "given", false,
	  "2020-01-10 2020-02-10 2020-02-05 26 1 0" },
	{ "ended on the due day is on time", ",,,", "begun 2020-01-10;given 2020-02-10",
	  "2020-06-30", "given", false, "2020-01-10 2020-02-10 2020-02-10 31 1 0" },
	{ "ended the day after is late", ",,,", "begun 2020-01-10;given 2020-02-11", "2020-06-30",
	  "given", false, "2020-01-10 2020-02-10 2020-02-11 32 1 1" },
	{ "open and past its day is overdue", ",,,", "begun 2020-01-10", "2020-06-30", "given",
	  false, "2020-01-10 2020-02-10 2020-06-30 172 0 1" },
	{ "open on its due day is undecided", ",,,", "begun 2020-01-10", "2020-02-10", "given",
	  false, "2020-01-10 2020-02-10 2020-02-10 31 0 -" },
	{ "open the day after is overdue", ",,,", "begun 2020-01-10", "2020-02-11", "given", false,
	  "2020-01-10 2020-02-10 2020-02-11 32 0 1" },
	{ "an early finisher is undecided before its day", ",,,",
	  "begun 2020-01-10;given 2020-01-20", "2020-02-01", "given", false,
	  "2020-01-10 2020-02-10 2020-01-20 10 1 -" },
	{ "an early finisher is undecided on its day", ",,,", "begun 2020-01-10;given 2020-01-20",
	  "2020-02-10", "given", false, "2020-01-10 2020-02-10 2020-01-20 10 1 -" },
	{ "an early finisher is on time the day after", ",,,", "begun 2020-01-10;given 2020-01-20",
	  "2020-02-11", "given", false, "2020-01-10 2020-02-10 2020-01-20 10 1 0" },
	{ "an end after the day is not seen", ",,,", "begun 2020-01-10;given 2020-02-05",
	  "2020-02-04", "given", false, "2020-01-10 2020-02-10 2020-02-04 25 0 -" },
	{ "an end on the day is seen", ",,,", "begun 2020-01-10;given 2020-02-05", "2020-02-05",
	  "given", false, "2020-01-10 2020-02-10 2020-02-05 26 1 -" },
	{ "a stage of no length", ",,,", "begun 2020-01-10;given 2020-01-10", "2020-06-30", "given",
	  false, "2020-01-10 2020-02-10 2020-01-10 0 1 0" },
	{ "a month limit is clamped to the month's last day", ",,,",
	  "begun 2020-01-31;given 2020-02-29", "2020-06-30", "given", false,
	  "2020-01-31 2020-02-29 2020-02-29 29 1 0" },
	{ "a limit in days", ",,,", "begun 2020-01-01;given 2020-02-01;heard 2020-03-02",
	  "2020-06-30", "heard", false, "2020-02-01 2020-03-02 2020-03-02 30 1 0" },
	{ "a stage without limit is neither late nor on time", ",,,",
	  "begun 2020-01-01;given 2020-02-01;heard 2020-03-01;dialogue 2020-05-01", "2020-06-30",
	  "dialogue", false, "2020-03-01 - 2020-05-01 61 1 -" },
	{ "stages overlap: a long one runs from the first milestone", ",,,",
	  "begun 2020-01-01;given 2020-02-01", "2020-06-30", "closed", false,
	  "2020-01-01 2020-07-01 2020-06-30 181 0 -" },

	/* how far the records reach */
	{ "open until the records end", ",,,2020-02-01", "begun 2020-01-10", "2020-06-30", "given",
	  false, "2020-01-10 2020-02-10 2020-02-01 22 0 -" },
	{ "overdue only as far as the records reach", ",,,2020-03-01", "begun 2020-01-10",
	  "2020-06-30", "given", false, "2020-01-10 2020-02-10 2020-03-01 51 0 1" },
	{ "a finished stage is decided where its day is before the records' end", ",,,2020-02-10",
	  "begun 2020-01-10;given 2020-02-01", "2020-06-30", "given", false,
	  "2020-01-10 2020-02-10 2020-02-01 22 1 -" },
	{ "the package's day bounds a review without one of its own", ",,,", "begun 2024-11-20",
	  "2025-06-30", "given", false, "2024-11-20 2024-12-20 2024-12-31 41 0 1" },
	{ "records that end before the stage begins are a contradiction", ",,,2020-01-05",
	  "begun 2020-01-10", "2020-06-30", "given", false,
	  "2020-01-10 2020-02-10 2020-01-05 - - -" },

	/* discontinued */
	{ "discontinued: open until then and never overdue", ",,2020-04-01,", "begun 2020-01-10",
	  "2020-06-30", "given", false, "2020-01-10 2020-02-10 2020-04-01 82 0 -" },
	{ "not yet discontinued on the day: overdue as any", ",,2020-04-01,", "begun 2020-01-10",
	  "2020-03-01", "given", false, "2020-01-10 2020-02-10 2020-03-01 51 0 1" },
	{ "discontinued on the day counts as discontinued", ",,2020-04-01,", "begun 2020-01-10",
	  "2020-04-01", "given", false, "2020-01-10 2020-02-10 2020-04-01 82 0 -" },
	{ "finished before it was discontinued is decided", ",,2020-04-01,",
	  "begun 2020-01-10;given 2020-02-20", "2020-06-30", "given", false,
	  "2020-01-10 2020-02-10 2020-02-20 41 1 1" },

	/* vague dates */
	{ "a vague end that has come is unknown", ",,,", "begun 2020-01-10;given 2020-02",
	  "2020-06-30", "given", false, "2020-01-10 2020-02-10 - - - -" },
	{ "a vague end in between is unknown", ",,,", "begun 2020-01-10;given 2020-02",
	  "2020-02-15", "given", false, "2020-01-10 2020-02-10 - - - -" },
	{ "a vague end that has not come is open", ",,,", "begun 2020-01-10;given 2020-02",
	  "2020-01-31", "given", false, "2020-01-10 2020-02-10 2020-01-31 21 0 -" },
	{ "a vague end on its last possible day is unknown still", ",,,",
	  "begun 2020-01-10;given 2020-02", "2020-02-29", "given", false,
	  "2020-01-10 2020-02-10 - - - -" },
	{ "a vague beginning is unknown", ",,,", "begun 2020-01;given 2020-02-05", "2020-06-30",
	  "given", false, "- - 2020-02-05 - - -" },
	{ "a vague beginning in between starts no stage", ",,,", "begun 2020-01", "2020-01-15",
	  "given", false, "none" },
	{ "on or after: in between for ever", ",,,", "begun 2020-01-10;given [2020-02-01..]",
	  "2024-06-30", "given", false, "2020-01-10 2020-02-10 - - - -" },
	{ "on or before: unknown before it too", ",,,", "begun 2020-01-10;given [..2020-02-01]",
	  "2020-01-15", "given", false, "2020-01-10 2020-02-10 - - - -" },
	{ "middle: a month counts as its 15th or 16th day", ",,,", "begun 2020-01-10;given 2020-02",
	  "2020-06-30", "given", true, "2020-01-10 2020-02-10 2020-02-15 36 1 1" },
	{ "middle: a vague beginning counts too", ",,,", "begun 2020-01;given 2020-02-05",
	  "2020-06-30", "given", true, "2020-01-16 2020-02-16 2020-02-05 20 1 0" },
	{ "middle: an open interval stays unknown", ",,,", "begun 2020-01-10;given [2020-02-01..]",
	  "2020-06-30", "given", true, "2020-01-10 2020-02-10 - - - -" },
	{ "middle: before its middle day it has not come", ",,,", "begun 2020-01-10;given 2020-02",
	  "2020-02-14", "given", true, "2020-01-10 2020-02-10 2020-02-14 35 0 1" },

	/* missing dates before later ones */
	{ "a missing date before a later one is unknown, not open", ",,,",
	  "begun 2020-01-10;heard 2020-03-01", "2020-06-30", "given", false,
	  "2020-01-10 2020-02-10 - - - -" },
	{ "whatever the day: also before the later one", ",,,", "begun 2020-01-10;heard 2020-03-01",
	  "2020-02-15", "given", false, "2020-01-10 2020-02-10 - - - -" },
	{ "its own stage begins at an unknown day", ",,,", "begun 2020-01-10;heard 2020-03-01",
	  "2020-06-30", "heard", false, "- - 2020-03-01 - - -" },
	{ "a missing dialogue that there is none of leaves later stages alone", "none,,,",
	  "begun 2020-01-10;given 2020-02-01;heard 2020-03-01;closed 2020-05-01", "2020-06-30",
	  "closed", false, "2020-01-10 2020-07-10 2020-05-01 112 1 -" },

	/* contradictions */
	{ "an end before its beginning is unknown", ",,,", "begun 2020-03-10;given 2020-02-05",
	  "2020-06-30", "given", false, "2020-03-10 2020-04-10 2020-02-05 - - -" },
	{ "an end seen whose beginning is yet to come is unknown", ",,,",
	  "begun 2020-05-10;given 2020-02-05", "2020-03-01", "given", false,
	  "2020-05-10 2020-06-10 2020-02-05 - - -" },
};

static void append_number(char *out, size_t size, int number)
{
	size_t used = strlen(out);
	if (number < 0)
		snprintf(out + used, size - used, " -");
	else
		snprintf(out + used, size - used, " %d", number);
}

static void show(char out[80], const struct irm_observation *seen)
{
	const int32_t days[] = { seen->began, seen->due, seen->ended };
	out[0] = '\0';
	for (size_t i = 0; i < 3; i++) {
		char text[IRM_DAY_SIZE];
		irm_day_format(text, days[i]);
		size_t used = strlen(out);
		snprintf(out + used, 80 - used, "%s%s", i ? " " : "", *text ? text : "-");
	}
	append_number(out, 80, seen->days);
	append_number(out, 80, seen->event);
	append_number(out, 80, seen->late);
}

#define N_CASES   (sizeof cases / sizeof *cases)
#define ROWS_SIZE (N_CASES * 400)

/* "given 2020-02-01;heard 2020-03" -> rows of events.csv */
static void append_events(char *out, size_t number, const char *events)
{
	while (*events) {
		size_t word = strcspn(events, " "), length = strcspn(events, ";");
		size_t used = strlen(out);
		snprintf(out + used, ROWS_SIZE - used, "R%03zu,%.*s,%.*s,\n", number, (int)word,
		         events, (int)(length - word - 1), events + word + 1);
		events += length + (events[length] == ';');
	}
}

/* All cases in one package: case i is the review Ri, at index i. */
static struct irm_dataset *open_cases(void)
{
	static char reviews[ROWS_SIZE], events[ROWS_SIZE];
	reviews[0] = events[0] = '\0';
	for (size_t i = 0; i < N_CASES; i++) {
		size_t used = strlen(reviews);
		snprintf(reviews + used, ROWS_SIZE - used, "R%03zu,C1,2019,XAA,XAB,,,%s\n", i,
		         cases[i].review);
		append_events(events, i, cases[i].events);
	}
	return fixture_open("2024-12-31", reviews, events, NULL, 0);
}

static void check_case(const struct irm_dataset *data, uint32_t review,
                       const struct observe_case *c)
{
	struct irm_query_text text = { .as_of = c->as_of,
		                       .imprecise = c->middle ? "middle" : NULL };
	struct irm_query query;
	struct irm_err err = { .code = IRM_OK };
	char seen_text[80] = "none";
	assert_int_equal(irm_query_read(&query, data, &text, 0, 0, &err), IRM_OK);
	struct irm_date dates[8];
	struct irm_observation seen;
	irm_calendar_dates(data, review, query.middle, dates);
	for (uint32_t m = 0; m < data->n_milestones; m++)
		if (strcmp(data->milestones[m].code, c->stage) == 0 &&
		    irm_observe(&seen, &query, dates, review, m))
			show(seen_text, &seen);
	if (strcmp(seen_text, c->expected) != 0)
		fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, seen_text);
	irm_query_release(&query);
}

static void test_observe_every_clause(void **state)
{
	(void)state;
	struct irm_dataset *data = open_cases();
	for (size_t i = 0; i < N_CASES; i++)
		check_case(data, (uint32_t)i, &cases[i]);
	irm_dataset_free(data);
}

/* M and N, whose milestones lie after M's: its first ends a stage that runs from its last. */
static struct irm_dataset two_mechanisms(void)
{
	static struct irm_mechanism mechanisms[] = { { "M", "", "MUC", 0, 2 },
		                                     { "N", "", "MUC", 2, 2 } };
	static struct irm_milestone milestones[] = {
		{ .code = "begun", .stage = 0, .from = IRM_NONE, .party = 0 },
		{ .code = "given",
		  .stage = 1,
		  .from = 0,
		  .party = 1,
		  .limit = { 5, IRM_UNIT_DAY } },
		{ .code = "begun", .stage = 0, .from = 3, .party = IRM_NONE },
		{ .code = "heard",
		  .stage = 2,
		  .from = 2,
		  .party = 0,
		  .limit = { 4, IRM_UNIT_DAY } },
	};
	static struct irm_date dates[] = { { 10, 10 }, { 14, 14 }, { 20, 20 },
		                           { 25, 25 }, { 30, 33 }, { 30, 30 } };
	static struct irm_review reviews[] = {
		{ .code = "R0", .mechanism = 0, .state = 0, .first_date = 0 },
		{ .code = "R1", .mechanism = 1, .state = 1, .first_date = 2 },
		{ .code = "R2", .mechanism = 0, .state = 1, .first_date = 4 },
	};
	struct irm_dataset data = small;
	for (size_t i = 0; i < COUNT(reviews); i++) {
		reviews[i].dialogue = reviews[i].replaces = IRM_NONE;
		reviews[i].discontinued = reviews[i].observed_until = IRM_DAY_NONE;
	}
	data.mechanisms = mechanisms;
	data.milestones = milestones;
	data.reviews = reviews;
	data.n_reviews = COUNT(reviews);
	data.dates = dates;
	return data;
}

struct seen {
	char text[300];
	int calls, stop; /* an error at call `stop`; 0: none */
};

/* "review milestone began due ended days event late;", -1 for what is unknown */
static enum irm_code put_seen(void *context, const struct irm_observation *seen,
                              struct irm_err *err)
{
	struct seen *all = context;
	const int32_t days[] = { seen->began, seen->due, seen->ended, seen->days };
	size_t used = strlen(all->text);
	used += (size_t)snprintf(all->text + used, sizeof all->text - used, "R%u %u", seen->review,
	                         seen->milestone);
	for (size_t i = 0; i < 4; i++)
		used += (size_t)snprintf(all->text + used, sizeof all->text - used, " %d",
		                         days[i] == IRM_DAY_NONE ? -1 : days[i]);
	snprintf(all->text + used, sizeof all->text - used, " %d %d;", seen->event, seen->late);
	return ++all->calls == all->stop ? irm_err_set(err, IRM_SYSTEM, "enough") : IRM_OK;
}

static void test_all_observations(void **state)
{
	(void)state;
#define R0_GIVEN "R0 1 10 15 14 4 1 0;"
#define R1_BEGUN "R1 2 25 -1 20 -1 -1 -1;"
#define R1_HEARD "R1 3 20 24 25 5 1 1;"
#define R2_GIVEN "R2 1 -1 -1 30 -1 -1 -1;"
	static const struct {
		const char *where;
		bool middle;
		int stop;
		const char *expected;
	} questions[] = {
		{ "", false, 0, R0_GIVEN R1_BEGUN R1_HEARD R2_GIVEN },
		{ "", true, 0, R0_GIVEN R1_BEGUN R1_HEARD "R2 1 31 36 30 -1 -1 -1;" },
		{ "", false, 1, R0_GIVEN },
		{ "", false, 2, R0_GIVEN R1_BEGUN },
		{ "", false, 4, R0_GIVEN R1_BEGUN R1_HEARD R2_GIVEN },
		{ "state=XAB", false, 0, R1_BEGUN R1_HEARD R2_GIVEN },
		{ "mechanism=N", false, 0, R1_BEGUN R1_HEARD },
		{ "stage=heard,begun", false, 0, R1_BEGUN R1_HEARD },
		{ "milestone=given", false, 0, R0_GIVEN R2_GIVEN },
		{ "stage=heard;milestone=given", false, 0, "" },
		{ "party=joint", false, 0, R1_HEARD },
		{ "party=", false, 0, R1_BEGUN },
		{ "party!=state", false, 0, R1_BEGUN R1_HEARD },
		{ "party=state,", false, 0, R0_GIVEN R1_BEGUN R2_GIVEN },
	};
	const struct irm_dataset data = two_mechanisms();
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct irm_query query;
		struct seen all = { .stop = questions[i].stop };
		struct irm_err err = { .code = IRM_OK };
		fixture_query(&query, &data, questions[i].where, "", questions[i].where, ~0u, 0);
		query.middle = questions[i].middle;
		same_number(questions[i].where, irm_observe_all(&query, put_seen, &all, &err),
		            questions[i].stop ? IRM_SYSTEM : IRM_OK);
		same_text(questions[i].where, all.text, questions[i].expected);
		same_text(questions[i].where, err.message, questions[i].stop ? "enough" : "");
		irm_query_release(&query);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_observe_every_clause),
		cmocka_unit_test(test_all_observations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
