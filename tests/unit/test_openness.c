/* Openness: the denominators, trap by trap. */
#include "scarce.h"

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
	{ "records that end on the day", "R,C1,2019,XAA,,,,,,,2020-12-31\n", DONE, "", NULL, "",
	  SUMMARY, "1 0 0" },
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
	{ "nor in a review that is discontinued", "R,C1,2019,XAA,,,,country_visit,,2020-06-01,\n",
	  DONE, NULL, "R,dialogue,civil_society,in_person,2020-02-01\n", "", SOCIETY, "" },
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
	struct fixture_file files[2] = { { NULL, NULL }, { NULL, NULL } };
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

/* --- whole counters, what is left out ------------------------------------------------------------
 */

/* A and B are complete, C is not, D's records end before the day, E had no dialogue. */
#define REVIEWS \
	"A,C1,2019,XAA,,,,country_visit,,,\nB,C2,2020,XAB,,,,online_visit,,,\n" \
	"C,C1,2019,XAC,,,,,,,\nD,C2,2019,XAD,,,,joint_meeting,,,2020-12-30\n" \
	"E,C1,2020,XAD,,,,none,,,\n"
#define EVENTS \
	"A,dialogue,2020-01-01,\nA,closed,2020-02-01,\nB,closed,2020-12-31,\n" \
	"C,dialogue,2020-12-31,\nD,dialogue,2020-03-03,\nD,closed,2020-04-04,\n" \
	"E,closed,2020-06-06,\n"
#define DOCUMENTS \
	"A,self_assessment,en,2020-01-31,,\nA,executive_summary,en,2020-02-01,,\n" \
	"A,executive_summary,fr,2020-02-03,,\nA,country_report,ar,2020-12-31,,\n" \
	"A,country_report,en,2020-12-30,,\nA,country_report,fr,2021-01-01,,\n" \
	"A,follow_up,all,2020-03-01,,\nB,self_assessment,en,2021-01-01,,\n" \
	"B,follow_up,en,[2020-12-30..2021-01-03],,\nB,executive_summary,fr,,,\n" \
	"C,executive_summary,en,2020-02-01,,\nD,country_report,en,2020-12-31,,\n" \
	"E,follow_up,en,2020-06-07,,\nE,follow_up,fr,2020-06-06,,\n"
#define PARTICIPATION \
	"A,dialogue,civil_society,in_person,2020-12-31\nA,dialogue,academia,online,2021-01-01\n" \
	"A,dialogue,media,,\nA,given,private_sector,online,2020-01-01\n" \
	"B,dialogue,civil_society,online,[2020-12-30..2021-01-03]\n" \
	"C,dialogue,private_sector,in_person,\nE,dialogue,media,online,2020-06-01\n"

struct whole_case {
	const char *name, *by, *where;
	bool total, middle;
	const char *counts;    /* "keys item|eligible reviews unknown" a row; items 0 to 4 kinds of
	                          documents, 5 to 8 sectors; modes 0 in person, 1 online */
	const char *times;     /* "keys item days event|n mark" */
	const char *languages; /* "keys item number|reviews" */
};

static const struct whole_case wholes[] = {
	{ "together", "", "", false, false,
	  "0|4 1 1;1|4 1 2;2|4 2 0;3|4 0 1;4|4 2 2;5|4 1 2;6|4 0 1;7|4 1 1;8|4 1 1",
	  "0 0 0|1 0;0 0 1|1 0;0 208 0|1 0;0 270 0|1 0;"
	  "1 0 1|1 0;1 208 0|1 0;1 270 0|1 0;1 ? ?|1 0;"
	  "2 0 0|1 0;2 208 0|1 0;2 271 1|1 0;2 333 1|1 0;"
	  "3 0 0|1 0;3 208 0|1 0;3 270 0|1 0;3 334 0|1 0;"
	  "4 0 1|1 0;4 29 1|1 0;4 270 0|1 0;4 ? ?|1 0",
	  "0 0|2;0 1|1;0 ?|1;1 0|1;1 2|1;1 ?|2;2 0|2;2 1|1;2 2|1;3 0|3;3 ?|1;4 2|1;4 ?|3" },
	{ "vague days as their middle ones", "", "item=follow_up,civil_society", false, true,
	  "4|4 2 1;5|4 1 1", "4 0 0|1 0;4 0 1|1 0;4 29 1|1 0;4 270 0|1 0", "4 0|1;4 2|1;4 ?|2" },
	{ "by cycle, with totals", "cycle", "item=executive_summary,country_report,academia", true,
	  false,
	  "0 1|2 1 0;0 2|2 1 0;0 6|2 0 0;1 1|2 0 2;1 2|2 1 0;1 6|2 0 1;"
	  "* 1|4 1 2;* 2|4 2 0;* 6|4 0 1",
	  "0 1 0 1|1 0;0 1 208 0|1 0;0 2 208 0|1 0;0 2 333 1|1 0;1 1 270 0|1 0;1 1 ? ?|1 0;"
	  "1 2 0 0|1 0;1 2 271 1|1 0;* 1 0 1|1 0;* 1 208 0|1 0;* 1 270 0|1 0;* 1 ? ?|1 0;"
	  "* 2 0 0|1 0;* 2 208 0|1 0;* 2 271 1|1 0;* 2 333 1|1 0",
	  "0 1 0|1;0 1 2|1;0 2 0|1;0 2 2|1;1 1 ?|2;1 2 0|1;1 2 1|1;* 1 0|1;* 1 2|1;* 1 ?|2;"
	  "* 2 0|2;* 2 1|1;* 2 2|1" },
	{ "by every key of reviews", "mechanism,region,cycle,year,state,review,dialogue",
	  "item=country_report,media", false, false,
	  "0 0 0 2019 0 0 0 2|1 1 0;0 0 0 2019 0 0 0 7|1 1 0;0 0 0 2020 3 4 3 2|1 0 0;"
	  "0 0 1 2019 3 3 2 2|1 1 0;0 0 1 2019 3 3 2 7|1 0 1;0 1 1 2020 1 1 1 2|1 0 0;"
	  "0 1 1 2020 1 1 1 7|1 0 0;0 ~ 0 2019 2 2 ? 7|1 0 0",
	  "0 0 0 2019 0 0 0 2 333 1|1 0;0 0 0 2020 3 4 3 2 208 0|1 0;0 0 1 2019 3 3 2 2 271 1|1 0;"
	  "0 1 1 2020 1 1 1 2 0 0|1 0",
	  "0 0 0 2019 0 0 0 2 2|1;0 0 0 2020 3 4 3 2 0|1;0 0 1 2019 3 3 2 2 1|1;"
	  "0 1 1 2020 1 1 1 2 0|1" },
	{ "by mode too", "mechanism,region,cycle,year,state,review,dialogue,mode",
	  "item=civil_society", false, false,
	  "0 0 0 2019 0 0 0 0 5|1 1 0;0 0 0 2019 0 0 0 1 5|1 0 0;0 0 1 2019 3 3 2 0 5|1 0 1;"
	  "0 0 1 2019 3 3 2 1 5|1 0 1;0 1 1 2020 1 1 1 0 5|1 0 0;0 1 1 2020 1 1 1 1 5|1 0 1;"
	  "0 ~ 0 2019 2 2 ? 0 5|1 0 0;0 ~ 0 2019 2 2 ? 1 5|1 0 0",
	  "", "" },
	{ "by mode and State, with totals", "mode,state", "item=civil_society,academia,media", true,
	  false,
	  "0 0 5|1 1 0;0 0 6|1 0 0;0 0 7|1 0 1;0 1 5|1 0 0;0 1 6|1 0 0;0 1 7|1 0 0;0 2 5|1 0 0;"
	  "0 2 6|1 0 0;0 2 7|1 0 0;0 3 5|1 0 1;0 3 6|1 0 1;0 3 7|1 0 1;0 * 5|4 1 1;0 * 6|4 0 1;"
	  "0 * 7|4 0 2;1 0 5|1 0 0;1 0 6|1 0 0;1 0 7|1 0 1;1 1 5|1 0 1;1 1 6|1 0 0;1 1 7|1 0 0;"
	  "1 2 5|1 0 0;1 2 6|1 0 0;1 2 7|1 0 0;1 3 5|1 0 1;1 3 6|1 0 1;1 3 7|1 0 1;1 * 5|4 0 2;"
	  "1 * 6|4 0 1;1 * 7|4 0 2;* 0 5|1 1 0;* 0 6|1 0 0;* 0 7|1 1 0;* 1 5|1 0 1;* 1 6|1 0 0;"
	  "* 1 7|1 0 0;* 2 5|1 0 0;* 2 6|1 0 0;* 2 7|1 0 0;* 3 5|1 0 1;* 3 6|1 0 1;* 3 7|1 0 1;"
	  "* * 5|4 1 2;* * 6|4 0 1;* * 7|4 1 1",
	  "", "" },
	{ "by a mode alone, with totals", "mode", "item=civil_society,media;mode=online", true,
	  false, "1 5|4 0 2;1 7|4 0 2;* 5|4 0 2;* 7|4 0 2", "", "" },
};

static struct irm_dataset *open_whole(struct irm_query *query, const struct whole_case *c)
{
	struct irm_dataset *data = open_case(query, c->name, REVIEWS, EVENTS, DOCUMENTS,
	                                     PARTICIPATION, c->by, c->where, IRM_OPENNESS_KEYS);
	query->total = c->total;
	query->middle = c->middle;
	return data;
}

typedef enum irm_code counter_of(struct irm_counter *out, struct irm_openness_left *left,
                                 const struct irm_query *query, struct irm_err *err);

static void same_counts(const char *name, counter_of *count, const struct irm_query *query,
                        const char *expected)
{
	struct irm_counter counts;
	struct irm_openness_left left = { 9, 9 };
	struct irm_err err = { .code = IRM_OK };
	char found[4000];
	if (count(&counts, &left, query, &err))
		fail_msg("%s: %s", name, err.message);
	fixture_counter(found, sizeof found, &counts);
	same_text(name, found, expected);
	same_number(name, (long long)left.documents, 0);
	same_number(name, (long long)left.participation, 0);
	irm_counter_release(&counts);
}

static void test_openness_whole_counters(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wholes); i++) {
		const struct whole_case *c = &wholes[i];
		struct irm_query query;
		struct irm_dataset *data = open_whole(&query, c);
		same_counts(c->name, irm_openness_count, &query, c->counts);
		same_counts(c->name, irm_openness_time, &query, c->times);
		same_counts(c->name, irm_openness_languages, &query, c->languages);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

#define NEITHER \
	"the source has no table 'documents' and none 'participation': what was published and " \
	"who " \
	"took part is not recorded"
#define NO_DOCUMENTS \
	"the source has no table 'documents': what these reviews published is not recorded"
#define NO_PARTICIPATION \
	"the source has no table 'participation': who took part in these dialogues is not " \
	"recorded"

struct left_case {
	const char *name, *where;
	bool documents, participation; /* A's package has the table; B's neither, C's both */
	const char *reviews;           /* kept */
	size_t left_documents, left_participation;
	const char *message; /* NULL: no error */
};

static const struct left_case left_cases[] = {
	{ "all have both", "", true, true, "A,C", 0, 0, NULL },
	{ "one has neither", "", true, true, "A,B,C", 1, 1, NULL },
	{ "one has no documents", "", false, true, "A,C", 1, 0, NULL },
	{ "one has no participation", "", true, false, "A,C", 0, 1, NULL },
	{ "none has either", "", true, true, "B", 1, 1, NEITHER },
	{ "none has documents, and some participation", "", false, true, "A,B", 2, 1, NULL },
	{ "documents are not asked for", "item=civil_society", false, true, "A,B", 0, 1, NULL },
	{ "nor with the last sector", "item=private_sector", false, true, "A,B", 0, 1, NULL },
	{ "participation is not", "item=follow_up", true, false, "A,B", 1, 0, NULL },
	{ "nor with the first kind", "item=self_assessment", true, false, "A,B", 1, 0, NULL },
	{ "no documents", "item=follow_up", false, true, "A,B", 2, 0, NO_DOCUMENTS },
	{ "no participation", "item=media", true, false, "A,B", 0, 2, NO_PARTICIPATION },
	{ "a mode is of participation", "mode=online", true, false, "A,B", 0, 2, NO_PARTICIPATION },
};

static void test_openness_of_packages_without_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(left_cases); i++) {
		const struct left_case *c = &left_cases[i];
		struct irm_query query;
		struct irm_counter counts;
		struct irm_openness_left left = { 9, 9 };
		struct irm_err err = { .code = IRM_OK };
		char where[100];
		const struct whole_case whole = { .name = c->name, .by = "", .where = where };
		snprintf(where, sizeof where, "review=%s%s%s", c->reviews, *c->where ? ";" : "",
		         c->where);
		struct irm_dataset *data = open_whole(&query, &whole);
		data->reviews[0].delivered = (c->documents ? 1u << IRM_HAS_DOCUMENTS : 0) |
		                             (c->participation ? 1u << IRM_HAS_PARTICIPATION : 0);
		data->reviews[1].delivered = 0;
		assert_int_equal(irm_openness_count(&counts, &left, &query, &err),
		                 c->message ? IRM_INPUT : IRM_OK);
		same_text(c->name, err.code ? err.message : "", c->message ? c->message : "");
		same_number(c->name, (long long)left.documents, (long long)c->left_documents);
		same_number(c->name, (long long)left.participation,
		            (long long)c->left_participation);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

/* Who took part is nothing to time and languages. */
static void test_time_and_languages_are_of_documents_alone(void **state)
{
	static counter_of *const counters[] = { irm_openness_time, irm_openness_languages };
	(void)state;
	for (size_t i = 0; i < COUNT(counters); i++) {
		struct irm_query query;
		struct irm_counter counts;
		struct irm_openness_left left = { 9, 9 };
		struct irm_err err;
		struct irm_dataset *data = open_case(&query, "documents", R, DONE, NULL, "", "", "",
		                                     IRM_OPENNESS_KEYS);
		assert_int_equal(counters[i](&counts, &left, &query, &err), IRM_INPUT);
		same_text("message", err.message, NO_DOCUMENTS);
		assert_int_equal(left.documents, 1);
		assert_int_equal(left.participation, 0);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

/* Before the first day of 1970 too, whose number is 0. */
static void test_openness_long_ago(void **state)
{
	struct irm_query query;
	(void)state;
	struct irm_dataset *data =
	        open_case(&query, "long ago", "A,C1,2019,XAA,,,,country_visit,,,\n",
	                  "A,dialogue,1959-11-01,\nA,closed,1959-12-01,\n",
	                  "A,follow_up,en,1959-12-31,,\n", "A,dialogue,media,online,1959-12-31\n",
	                  "", "item=follow_up,media", IRM_OPENNESS_KEYS);
	query.as_of = irm_day_from_civil(1959, 12, 31);
	same_counts("long ago", irm_openness_count, &query, "4|1 1 0;7|1 1 0");
	same_counts("long ago", irm_openness_time, &query, "4 30 1|1 0");
	same_counts("long ago", irm_openness_languages, &query, "4 1|1");
	irm_query_release(&query);
	irm_dataset_free(data);
}

struct attempt {
	struct irm_query query;
	counter_of *count;
	const char *expected;
};

static enum irm_code count_by_cycle(void *context, struct irm_err *err)
{
	const struct attempt *attempt = context;
	struct irm_counter counts;
	struct irm_openness_left left;
	char found[4000];
	enum irm_code code = attempt->count(&counts, &left, &attempt->query, err);
	scarce_over();
	fixture_counter(found, sizeof found, &counts);
	if (!code)
		same_text("memory", found, attempt->expected);
	irm_counter_release(&counts);
	return code;
}

static void test_openness_without_memory(void **state)
{
	static counter_of *const counters[] = { irm_openness_count, irm_openness_time,
		                                irm_openness_languages };
	(void)state;
	/* one without modes and one with them */
	for (size_t w = 2; w < COUNT(wholes); w += 3) {
		const char *const expected[] = { wholes[w].counts, wholes[w].times,
			                         wholes[w].languages };
		struct attempt attempt;
		struct irm_dataset *data = open_whole(&attempt.query, &wholes[w]);
		for (size_t i = 0; i < COUNT(counters); i++) {
			attempt.count = counters[i];
			attempt.expected = expected[i];
			scarce_sweep(wholes[w].name, count_by_cycle, &attempt, 1);
		}
		irm_query_release(&attempt.query);
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
		cmocka_unit_test(test_openness_whole_counters),
		cmocka_unit_test(test_openness_of_packages_without_tables),
		cmocka_unit_test(test_time_and_languages_are_of_documents_alone),
		cmocka_unit_test(test_openness_long_ago),
		cmocka_unit_test(test_openness_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
