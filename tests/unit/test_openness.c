/* Openness: the denominators, trap by trap. */
#include "fixture.h"

#include "review/openness.h"
#include "review/waits.h"

/* XAA in C1, complete on 2020-03-01; its dialogue was on 2020-02-01 */
#define R    "R,C1,2019,XAA,,,,country_visit,,,\n"
#define DONE "R,dialogue,2020-02-01,\nR,closed,2020-03-01,\n"

struct openness_case {
	const char *name;
	const char *reviews, *events, *documents, *participation; /* NULL: no such table */
	const char *by, *where;
	const char *expected; /* "[key] eligible reviews unknown" a row, or "error" */
};

#define SUMMARY "item=executive_summary"
#define SOCIETY "item=civil_society"

static const struct openness_case cases[] = {
	{ "a summary is out", R, DONE, "R,executive_summary,en,2020-04-01,,\n", NULL, "", SUMMARY,
	  "1 1 0" },
	{ "none is", R, DONE, "", NULL, "", SUMMARY, "1 0 0" },
	{ "another kind is", R, DONE, "R,country_report,en,2020-04-01,,\n", NULL, "", SUMMARY,
	  "1 0 0" },
	{ "two languages are one document", R, DONE,
	  "R,executive_summary,en,2020-04-01,,\nR,executive_summary,fr,2020-05-01,,\n", NULL, "",
	  SUMMARY, "1 1 0" },
	{ "one language is enough", R, DONE,
	  "R,executive_summary,ar,2021-04-01,,\nR,executive_summary,en,2020-05-01,,\n", NULL, "",
	  SUMMARY, "1 1 0" },
	{ "out after the day", R, DONE, "R,executive_summary,en,2021-01-01,,\n", NULL, "", SUMMARY,
	  "1 0 0" },
	{ "a vague day in between", R, DONE, "R,executive_summary,en,[2020-12-01..2021-01-31],,\n",
	  NULL, "", SUMMARY, "1 0 1" },
	{ "a vague day, and a language that is surely out", R, DONE,
	  "R,executive_summary,en,[2020-12-01..2021-01-31],,\nR,executive_summary,fr,2020-12-30,,"
	  "\n",
	  NULL, "", SUMMARY, "1 1 0" },
	{ "a vague day that has come", R, DONE, "R,executive_summary,en,2020-12,,\n", NULL, "",
	  SUMMARY, "1 1 0" },
	{ "a document without a day", R, DONE, "R,executive_summary,en,,,\n", NULL, "", SUMMARY,
	  "1 0 1" },
	{ "a review that is not complete is not eligible", R, "R,dialogue,2020-02-01,\n",
	  "R,executive_summary,en,2020-04-01,,\n", NULL, "", SUMMARY, "" },
	{ "complete after the day", R, "R,closed,2021-03-01,\n",
	  "R,executive_summary,en,2020-04-01,,\n", NULL, "", SUMMARY, "" },
	{ "complete, or not: in between", R, "R,closed,[2020-12-01..2021-01-31],\n",
	  "R,executive_summary,en,2020-04-01,,\n", NULL, "", SUMMARY, "" },
	{ "discontinued", "R,C1,2019,XAA,,,,,,2020-06-01,\n", DONE,
	  "R,executive_summary,en,2020-04-01,,\n", NULL, "", SUMMARY, "" },
	{ "records that end before the day say nothing of what they lack",
	  "R,C1,2019,XAA,,,,,,,2020-06-01\n", DONE, "", NULL, "", SUMMARY, "1 0 1" },
	{ "and say what they have", "R,C1,2019,XAA,,,,,,,2020-06-01\n", DONE,
	  "R,executive_summary,en,2020-04-01,,\n", NULL, "", SUMMARY, "1 1 0" },
	{ "a State reviewed in two cycles is two reviews", R "S,C2,2019,XAA,,,,,,,\n",
	  DONE "S,closed,2020-03-01,\n", "R,executive_summary,en,2020-04-01,,\n", NULL, "state",
	  SUMMARY, "XAA 2 1 0" },
	{ "without a table of documents nothing is known", R, DONE, NULL, NULL, "", SUMMARY,
	  "error" },
	{ "each kind has its row", R, DONE, "R,follow_up,en,2020-04-01,,\n", NULL, "", "",
	  "self_assessment 1 0 0;executive_summary 1 0 0;country_report 1 0 0;"
	  "civil_society_report 1 0 0;follow_up 1 1 0" },

	{ "civil society took part", R, DONE, NULL,
	  "R,dialogue,civil_society,in_person,2020-02-01\n", "", SOCIETY, "1 1 0" },
	{ "it did not", R, DONE, NULL, "", "", SOCIETY, "1 0 0" },
	{ "it took part in another step", R, DONE, NULL,
	  "R,self_assessment,civil_society,in_person,2020-02-01\n", "", SOCIETY, "1 0 0" },
	{ "a dialogue that has not happened", R, "R,given,2020-02-01,\n", NULL,
	  "R,dialogue,civil_society,in_person,2020-02-01\n", "", SOCIETY, "" },
	{ "a later milestone proves the dialogue", R, "R,closed,2020-03-01,\n", NULL,
	  "R,dialogue,civil_society,in_person,2020-02-01\n", "", SOCIETY, "1 1 0" },
	{ "a review without a dialogue", "R,C1,2019,XAA,,,,none,,,\n", "R,closed,2020-03-01,\n",
	  NULL, "", "", SOCIETY, "" },
	{ "an incomplete review whose dialogue has happened", R, "R,dialogue,2020-02-01,\n", NULL,
	  "", "", SOCIETY, "1 0 0" },
	{ "without a day, that of the dialogue", R, DONE, NULL,
	  "R,dialogue,civil_society,in_person,\n", "", SOCIETY, "1 1 0" },
	{ "a vague day in between", R, DONE, NULL,
	  "R,dialogue,civil_society,in_person,[2020-12-01..2021-01-31]\n", "", SOCIETY, "1 0 1" },
	{ "in person and online apart", R, DONE, NULL,
	  "R,dialogue,civil_society,online,2020-02-01\n", "mode", SOCIETY,
	  "in_person 1 0 0;online 1 1 0" },
	{ "a mode that is not told", R, DONE, NULL, "R,dialogue,civil_society,,2020-02-01\n",
	  "mode", SOCIETY, "in_person 1 0 1;online 1 0 1" },
	{ "a filter of a mode", R, DONE, NULL, "R,dialogue,civil_society,,2020-02-01\n", "",
	  "item=civil_society;mode=online", "1 0 1" },
	{ "a filter of the other mode", R, DONE, NULL,
	  "R,dialogue,civil_society,online,2020-02-01\n", "", "item=civil_society;mode=in_person",
	  "1 0 0" },
	{ "modes leave documents out", R, DONE, "R,follow_up,en,2020-04-01,,\n", "", "mode",
	  "item=follow_up,media", "in_person 1 0 0;online 1 0 0" },
	{ "without a table of participation nothing is known", R, DONE, NULL, NULL, "", SOCIETY,
	  "error" },
	{ "by kind of dialogue", R "S,C2,2019,XAB,,,,online_visit,,,\n",
	  DONE "S,dialogue,2020-02-01,\n", NULL, "R,dialogue,civil_society,online,2020-02-01\n",
	  "dialogue", SOCIETY, "country_visit 1 1 0;online_visit 1 0 0" },
};

/* Opens the source of a case and reads its question; `where` holds conditions apart by ';'. */
static struct irm_dataset *open_case(struct irm_query *query, const char *name, const char *reviews,
                                     const char *events, const char *documents,
                                     const char *participation, const char *by, const char *where,
                                     unsigned keys)
{
	struct fixture_file files[2];
	size_t n = 0;
	if (documents)
		files[n++] = (struct fixture_file){ "documents", documents };
	if (participation)
		files[n++] = (struct fixture_file){ "participation", participation };
	struct irm_dataset *data = fixture_open_parts("2024-12-31", reviews, events, files, n,
	                                              IRM_PART_DOCUMENTS | IRM_PART_PARTICIPATION);
	fixture_query(query, data, name, by, where, keys, 1u << IRM_BY_ITEM);
	return data;
}

static void check_case(const struct openness_case *c)
{
	static const int columns[] = { 0, 1, 2 };
	struct irm_query query;
	struct irm_counter counts;
	struct irm_openness_left left;
	struct irm_err err = { .code = IRM_OK };
	char found[300] = "error";
	struct irm_dataset *data = open_case(&query, c->name, c->reviews, c->events, c->documents,
	                                     c->participation, c->by, c->where, IRM_OPENNESS_KEYS);
	if (irm_openness_count(&counts, &left, &query, &err) == IRM_OK) {
		fixture_show(found, sizeof found, data,
		             query.n_by   ? query.by[0]
		             : !*c->where ? IRM_BY_ITEM
		                          : IRM_KEYS,
		             &counts, columns, 3);
	} else {
		assert_int_equal(err.code, IRM_INPUT);
	}
	if (strcmp(found, c->expected) != 0)
		fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, found);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_openness_every_denominator(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += stride())
		check_case(&cases[i]);
}

/* A total of modes counts a review once, one whose mode is not told too. */
static void test_openness_total_of_modes(void **state)
{
	(void)state;
	struct irm_query query;
	struct irm_counter counts;
	struct irm_openness_left left;
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data = open_case(
	        &query, "total", R "S,C2,2019,XAB,,,,,,,\n", DONE "S,dialogue,2020-02-01,\n", NULL,
	        "R,dialogue,media,,2020-02-01\nS,dialogue,media,online,2020-02-01\n", "mode",
	        "item=media", IRM_OPENNESS_KEYS);
	query.total = true;
	assert_int_equal(irm_openness_count(&counts, &left, &query, &err), IRM_OK);
	assert_int_equal(counts.n, 3);
	const int64_t wanted[] = { 2, 0, 1, 2, 1, 1, 2, 2, 0 }; /* in person, online, all */
	assert_memory_equal(counts.counts, wanted, sizeof wanted);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

struct time_case {
	const char *name, *reviews, *events, *documents;
	int days, event; /* event -1: unknown */
};

static const struct time_case time_cases[] = {
	{ "31 days", R, DONE, "R,follow_up,en,2020-04-01,,\n", 31, 1 },
	{ "of two languages the first", R, DONE,
	  "R,follow_up,en,2020-05-01,,\nR,follow_up,fr,2020-04-01,,\n", 31, 1 },
	{ "public before the review was complete", R, DONE, "R,follow_up,en,2020-02-01,,\n", 0, 1 },
	{ "not public: open until the day", R, DONE, "", 305, 0 },
	{ "public after the day: open", R, DONE, "R,follow_up,en,2021-01-01,,\n", 305, 0 },
	{ "open until the records end", "R,C1,2019,XAA,,,,,,,2020-03-11\n", DONE, "", 10, 0 },
	{ "records that end before it was complete", "R,C1,2019,XAA,,,,,,,2020-02-11\n", DONE, "",
	  0, -1 },
	{ "a vague day", R, DONE, "R,follow_up,en,2020-04,,\n", 0, -1 },
	{ "no day", R, DONE, "R,follow_up,en,,,\n", 0, -1 },
	{ "complete on a vague day", R, "R,closed,2020-03,\n", "R,follow_up,en,2020-04-01,,\n", 0,
	  -1 },
};

static void test_openness_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof time_cases / sizeof *time_cases; i++) {
		const struct time_case *c = &time_cases[i];
		struct irm_query query;
		struct irm_counter counts;
		struct irm_openness_left left;
		struct irm_err err = { .code = IRM_OK };
		struct irm_dataset *data =
		        open_case(&query, c->name, c->reviews, c->events, c->documents, NULL, "",
		                  "item=follow_up", IRM_OPENNESS_KEYS);
		assert_int_equal(irm_openness_time(&counts, &left, &query, &err), IRM_OK);
		assert_int_equal(counts.n, 1);
		struct irm_wait wait = irm_wait_at(&counts, 0);
		if (wait.event != c->event || (c->event >= 0 && wait.days != c->days))
			fail_msg("%s: found %d days, event %d", c->name, (int)wait.days,
			         wait.event);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

struct language_case {
	const char *name, *documents;
	uint32_t languages;
};

static const struct language_case language_cases[] = {
	{ "none", "", 0 },
	{ "one", "R,follow_up,en,2020-04-01,,\n", 1 },
	{ "two", "R,follow_up,en,2020-04-01,,\nR,follow_up,fr,2020-04-02,,\n", 2 },
	{ "one by the day", "R,follow_up,en,2020-04-01,,\nR,follow_up,fr,2021-04-02,,\n", 1 },
	{ "one in between", "R,follow_up,en,2020-04-01,,\nR,follow_up,fr,[2020-12-01..],,\n",
	  IRM_VALUE_UNKNOWN },
	{ "none is told", "R,follow_up,all,2020-04-01,,\n", IRM_VALUE_UNKNOWN },
};

static void test_openness_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof language_cases / sizeof *language_cases; i++) {
		const struct language_case *c = &language_cases[i];
		struct irm_query query;
		struct irm_counter counts;
		struct irm_openness_left left;
		struct irm_err err = { .code = IRM_OK };
		struct irm_dataset *data = open_case(&query, c->name, R, DONE, c->documents, NULL,
		                                     "", "item=follow_up", IRM_OPENNESS_KEYS);
		assert_int_equal(irm_openness_languages(&counts, &left, &query, &err), IRM_OK);
		assert_int_equal(counts.n, 1);
		if (counts.keys[1] != c->languages)
			fail_msg("%s: found %u", c->name, (unsigned)counts.keys[1]);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_openness_every_denominator),
		cmocka_unit_test(test_openness_total_of_modes),
		cmocka_unit_test(test_openness_time),
		cmocka_unit_test(test_openness_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
