/* Completion and status: who is eligible, what is reached, what is unknown. */
#include "fixture.h"
#include "small.h"

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

/* Reviews of three mechanisms, of which the first has no milestones. Days are small numbers, of
 * 1970. */
static struct irm_dataset three_mechanisms(void)
{
	static struct irm_mechanism mechanisms[] = { { "L", "", "", 0, 0 },
		                                     { "M", "", "MUC", 0, 2 },
		                                     { "N", "", "MUC", 2, 2 } };
	static struct irm_date dates[] = { { 10, 10 },
		                           { IRM_DAY_NONE, IRM_DAY_NONE },
		                           { 10, 12 },
		                           { 11, 11 },
		                           { IRM_DAY_NONE, IRM_DAY_NONE },
		                           { 9, 9 },
		                           { IRM_DAY_NONE, IRM_DAY_NONE },
		                           { IRM_DAY_NONE, IRM_DAY_NONE } };
	static struct irm_review reviews[] = {
		{ .code = "R0", .mechanism = 0, .state = 0, .year = 1970 },
		{ .code = "R1", .mechanism = 1, .state = 0, .year = 0, .first_date = 0 },
		{ .code = "R2", .mechanism = 1, .state = 1, .year = 1970, .first_date = 2 },
		{ .code = "R3", .mechanism = 2, .state = 1, .year = 1971, .first_date = 4 },
		{ .code = "R4", .mechanism = 2, .state = 0, .year = -1, .first_date = 6 },
	};
	struct irm_dataset data = small;
	for (size_t i = 0; i < COUNT(reviews); i++) {
		reviews[i].dialogue = reviews[i].replaces = IRM_NONE;
		reviews[i].discontinued = reviews[i].observed_until = IRM_DAY_NONE;
	}
	data.mechanisms = mechanisms;
	data.n_mechanisms = COUNT(mechanisms);
	data.reviews = reviews;
	data.n_reviews = COUNT(reviews);
	data.dates = dates;
	return data;
}

/* "keys milestone eligible reached unknown;" a row */
static void show_table(char *out, size_t size, const struct irm_query *query,
                       const struct irm_counter *counts)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	fputc(' ', f);
	assert_int_equal(counts->width, query->n_by + 1);
	assert_int_equal(counts->columns, IRM_RATES_COLUMNS);
	for (size_t i = 0; i < counts->n; i++) {
		const uint32_t *key = counts->keys + i * counts->width;
		const int64_t *c = counts->counts + i * counts->columns;
		char buffer[16];
		for (size_t k = 0; k <= query->n_by; k++) {
			enum irm_key by = k < query->n_by ? query->by[k] : IRM_BY_MILESTONE;
			const char *text = irm_key_text(query->data, by, key[k], false, buffer);
			fprintf(f, "%s ", *text ? text : "-");
		}
		fprintf(f, "%d %d %d;", (int)c[0], (int)c[1], (int)c[2]);
	}
	assert_int_equal(fclose(f), 0);
}

static void test_all_of_the_table(void **state)
{
	(void)state;
	static const struct {
		const char *of, *by, *where;
		int32_t day;
		bool total, middle;
		const char *expected;
	} tables[] = {
		{ "all", "", "", 10, false, false, " begun 4 2 1;given 2 0 0;heard 2 1 0;" },
		{ "all", "", "", 11, false, false, " begun 4 3 0;given 2 1 0;heard 2 1 0;" },
		{ "all", "", "", 10, false, true, " begun 4 2 0;given 2 0 0;heard 2 1 0;" },
		{ "due", "", "", 10, false, false, " begun 2 1 1;given 2 0 0;" },
		{ "due", "", "", 364, false, false, " begun 2 2 0;given 2 1 0;" },
		{ "due", "", "", 365, false, false, " begun 3 3 0;given 2 1 0;heard 1 1 0;" },
		{ "started", "", "", 10, false, false, " begun 2 2 0;given 1 0 0;heard 1 1 0;" },
		{ "all", "", "mechanism=N", 10, false, false, " begun 2 1 0;heard 2 1 0;" },
		{ "all", "", "mechanism=L", 10, false, false, " " },
		{ "all", "", "review!=R1,R2", 10, false, false, " begun 2 1 0;heard 2 1 0;" },
		{ "all", "", "milestone=given,heard", 10, false, false,
		  " given 2 0 0;heard 2 1 0;" },
		{ "all", "year,state", "milestone=begun", 10, true, false,
		  " 0 XAA begun 1 1 0;0 all begun 1 1 0;1970 XAB begun 1 0 1;1970 all begun 1 0 "
		  "1;1971 XAB begun 1 1 0;1971 all begun 1 1 0;- XAA begun 1 0 0;- all begun 1 0 "
		  "0;all XAA begun 2 1 0;all XAB begun 2 1 1;all all begun 4 2 1;" },
		{ "all", "mechanism,region,cycle,year,state,review,dialogue,item", "review=R2", 10,
		  false, false,
		  " M unassigned C1 1970 XAB R2 - - begun 1 0 1;M unassigned C1 1970 XAB R2 - - "
		  "given 1 0 0;" },
	};
	const struct irm_dataset data = three_mechanisms();
	for (size_t i = 0; i < COUNT(tables); i++) {
		struct irm_counter counts;
		struct irm_query query;
		struct irm_err err = { .code = IRM_OK };
		enum irm_rates_of of;
		char found[800], name[60];
		snprintf(name, sizeof name, "%s by %s where %s", tables[i].of, tables[i].by,
		         tables[i].where);
		fixture_query(&query, &data, name, tables[i].by, tables[i].where, ~0u, 0);
		query.as_of = tables[i].day;
		query.total = tables[i].total;
		query.middle = tables[i].middle;
		assert_int_equal(irm_rates_of_parse(&of, tables[i].of, &err), IRM_OK);
		assert_int_equal(irm_rates_count(&counts, &query, of, &err), IRM_OK);
		show_table(found, sizeof found, &query, &counts);
		same_text(name, found, tables[i].expected);
		irm_counter_release(&counts);
		irm_query_release(&query);
	}
}

static void test_words_for_whom_rates_are_of(void **state)
{
	(void)state;
	static const struct {
		const char *word;
		enum irm_rates_of of;
		const char *message; /* "": it is understood */
	} words[] = {
		{ NULL, IRM_OF_ALL, "" },
		{ "all", IRM_OF_ALL, "" },
		{ "due", IRM_OF_DUE, "" },
		{ "started", IRM_OF_STARTED, "" },
		{ "startet", IRM_OF_STARTED, "--of: found 'startet' (did you mean 'started'?)" },
		{ "aall", IRM_OF_STARTED, "--of: found 'aall' (did you mean 'all'?)" },
		{ "some", IRM_OF_STARTED, "--of: found 'some' (one of: all, due, started)" },
		{ "", IRM_OF_STARTED, "--of: found '' (one of: all, due, started)" },
	};
	for (size_t i = 0; i < COUNT(words); i++) {
		struct irm_err err = { .code = IRM_OK };
		enum irm_rates_of of = IRM_OF_DUE;
		const char *name = words[i].word ? words[i].word : "none";
		same_number(name, irm_rates_of_parse(&of, words[i].word, &err),
		            *words[i].message ? IRM_USAGE : IRM_OK);
		same_error(name, &err, words[i].message);
		if (!*words[i].message)
			same_number(name, of, words[i].of);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rates_every_clause),
		cmocka_unit_test(test_rates_totals_add_up),
		cmocka_unit_test(test_all_of_the_table),
		cmocka_unit_test(test_words_for_whom_rates_are_of),
		cmocka_unit_test(test_status_is_the_last_milestone_known_to_have_happened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
