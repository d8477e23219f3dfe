/* Which assistance addresses which needs, and how long they wait: trap by trap. */
#include "assistance.h"
#include "fixture.h"

#include "review/assist.h"
#include "review/need_wait.h"

/* XAA (of AFR) in C1, of scope III (article 15), findings out on 2020-03-01; the day is 2020-12-31.
 */
#define R1   "R,C1,2019,XAA,,,,,,,\n"
#define OUT  "R,heard,2020-03-01,\n"
#define NEED "R,15,all,advice,\n"
/* An activity and what it is for */
#define FROM(code, starts, ends) code ",,,," starts "," ends ",\n"
#define BY(code, who, starts)    code ",," who "," starts ",,\n"
#define FOR(code, who)           code ",1," who "\n"
#define XAA15                    "XAA,,15,advice"

struct gap_case {
	const char *name;
	const char *reviews, *events, *needs;
	const char *assistance, *targets; /* rows */
	const char *by, *where;
	bool regional;
	const char *expected; /* "key with_need addressed unaddressed unknown regional" a row */
};

static const struct gap_case gaps[] = {
	{ "no assistance", R1, OUT, NEED, "", "", "", "", false, "1 0 1 0 0" },
	{ "after the release", R1, OUT, NEED, FROM("a", "2020-06-01", "2020-06-02"),
	  FOR("a", XAA15), "", "", false, "1 1 0 0 0" },
	{ "it ended on the day before", R1, OUT, NEED, FROM("a", "2019-06-01", "2020-02-29"),
	  FOR("a", XAA15), "", "", false, "1 0 1 0 0" },
	{ "it ended on the day of release", R1, OUT, NEED, FROM("a", "2019-06-01", "2020-03-01"),
	  FOR("a", XAA15), "", "", false, "1 1 0 0 0" },
	{ "it began before and went on", R1, OUT, NEED, FROM("a", "2019-06-01", "2022-01-01"),
	  FOR("a", XAA15), "", "", false, "1 1 0 0 0" },
	{ "without an end it goes on", R1, OUT, NEED, FROM("a", "2019-06-01", ""), FOR("a", XAA15),
	  "", "", false, "1 1 0 0 0" },
	{ "it begins on the day", R1, OUT, NEED, FROM("a", "2020-12-31", ""), FOR("a", XAA15), "",
	  "", false, "1 1 0 0 0" },
	{ "it begins after the day", R1, OUT, NEED, FROM("a", "2021-01-01", ""), FOR("a", XAA15),
	  "", "", false, "1 0 1 0 0" },
	{ "another State", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", "XAB,,15,advice"),
	  "", "", false, "1 0 1 0 0" },
	{ "another article", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", "XAA,,5,advice"),
	  "", "", false, "1 0 1 0 0" },
	{ "no article", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", "XAA,,,advice"), "",
	  "", false, "1 0 1 0 0" },
	{ "another type", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", "XAA,,15,drafting"),
	  "", "", false, "1 1 0 0 0" },
	{ "another type, by type", R1, OUT, NEED, FROM("a", "2020-06-01", ""),
	  FOR("a", "XAA,,15,drafting"), "type", "", false, "advice 1 0 1 0 0;drafting 0 0 0 0 0" },
	{ "another type, where it is asked for", R1, OUT, NEED, FROM("a", "2020-06-01", ""),
	  FOR("a", "XAA,,15,drafting"), "", "type=advice", false, "1 0 1 0 0" },
	{ "no type, by type", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", "XAA,,15,"),
	  "type", "", false, "advice 1 0 1 0 0;drafting 0 0 0 0 0" },
	{ "the type", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", XAA15), "type", "",
	  false, "advice 1 1 0 0 0;drafting 0 0 0 0 0" },
	{ "perhaps begun by the day", R1, OUT, NEED, FROM("a", "[2020-12-01..2021-02-01]", ""),
	  FOR("a", XAA15), "", "", false, "1 0 0 1 0" },
	{ "some day, begun by the day", R1, OUT, NEED, FROM("a", "2020-12", ""), FOR("a", XAA15),
	  "", "", false, "1 1 0 0 0" },
	{ "begun on no one knows which day", R1, OUT, NEED, FROM("a", "", ""), FOR("a", XAA15), "",
	  "", false, "1 0 0 1 0" },
	{ "no start, but it ended before", R1, OUT, NEED, FROM("a", "", "2020-02-29"),
	  FOR("a", XAA15), "", "", false, "1 0 1 0 0" },
	{ "perhaps ended before", R1, OUT, NEED,
	  FROM("a", "2019-06-01", "[2020-02-01..2020-04-01]"), FOR("a", XAA15), "", "", false,
	  "1 0 0 1 0" },
	{ "perhaps ended on the day of release", R1, OUT, NEED,
	  FROM("a", "2019-06-01", "[2020-02-01..2020-03-01]"), FOR("a", XAA15), "", "", false,
	  "1 0 0 1 0" },
	{ "some day, ended before", R1, OUT, NEED, FROM("a", "2019-06-01", "2020-02"),
	  FOR("a", XAA15), "", "", false, "1 0 1 0 0" },
	{ "perhaps released before it ended", R1, "R,heard,[2020-02-01..2020-04-30],\n", NEED,
	  FROM("a", "2019-06-01", "2020-03-15"), FOR("a", XAA15), "", "", false, "1 0 0 1 0" },
	{ "surely released before it ended", R1, "R,heard,[2020-02-01..2020-04-30],\n", NEED,
	  FROM("a", "2019-06-01", "2020-04-30"), FOR("a", XAA15), "", "", false, "1 1 0 0 0" },
	{ "released by a later milestone's day", R1, "R,closed,2020-03-01,\n", NEED,
	  FROM("a", "2019-06-01", "2020-03-01"), FOR("a", XAA15), "", "", false, "1 1 0 0 0" },
	{ "a later milestone narrows the release", R1, "R,heard,2020,\nR,closed,2020-03-01,\n",
	  NEED, FROM("a", "2019-06-01", "2020-03-01"), FOR("a", XAA15), "", "", false,
	  "1 1 0 0 0" },
	{ "one perhaps and one surely", R1, OUT, NEED,
	  FROM("a", "", "") FROM("b", "2020-06-01", ""), FOR("a", XAA15) FOR("b", XAA15), "", "",
	  false, "1 1 0 0 0" },
	{ "an activity of several targets", R1, OUT, NEED, FROM("a", "2020-06-01", ""),
	  FOR("a", XAA15) "a,2,XAA,,15,drafting\na,3,XAB,,15,advice\n", "", "", false,
	  "1 1 0 0 0" },
	{ "needs under two paragraphs are one review", R1, OUT,
	  "R,15,1,advice,\nR,15,2,drafting,\n", FROM("a", "2020-06-01", ""), FOR("a", XAA15),
	  "article", "", false, "15 1 1 0 0 0" },
	{ "by paragraph", R1, OUT, "R,15,10,advice,\nR,15,2,drafting,\nR,15,all,advice,\n",
	  FROM("a", "2020-06-01", ""), FOR("a", XAA15), "paragraph", "", false,
	  "15 1 1 0 0 0;15(2) 1 1 0 0 0;15(10) 1 1 0 0 0" },
	{ "a review of two needs, one addressed", "R,C2,2019,XAA,,,,,,,\n", OUT,
	  "R,5,all,advice,\nR,6,all,advice,\n", FROM("a", "2020-06-01", ""),
	  FOR("a", "XAA,,6,advice"), "", "", false, "1 1 0 0 0" },
	{ "the same by article", "R,C2,2019,XAA,,,,,,,\n", OUT,
	  "R,5,all,advice,\nR,6,all,advice,\n", FROM("a", "2020-06-01", ""),
	  FOR("a", "XAA,,6,advice"), "article", "", false, "5 1 0 1 0 0;6 1 1 0 0 0" },
	{ "a State reviewed twice", R1 "S,C2,2019,XAA,,,,,,,\n", OUT "S,heard,2020-04-01,\n",
	  NEED "S,5,all,advice,\n", FROM("a", "2020-06-01", ""), FOR("a", XAA15), "state", "",
	  false, "XAA 2 1 1 0 0" },
	{ "a need out of scope", R1, OUT, "R,5,all,advice,\n", FROM("a", "2020-06-01", ""),
	  FOR("a", "XAA,,5,advice"), "", "", false, "0 0 0 0 0" },
	{ "a need of no article, and assistance of none", R1, OUT, "R,all,all,advice,\n",
	  FROM("a", "2020-06-01", ""), FOR("a", "XAA,,,advice"), "", "", false, "1 1 0 0 0" },
	{ "a need of no article, and assistance of one", R1, OUT, "R,all,all,advice,\n",
	  FROM("a", "2020-06-01", ""), FOR("a", XAA15), "", "", false, "1 0 1 0 0" },
	{ "the region, not asked for", R1, OUT, NEED, FROM("a", "2020-06-01", ""),
	  FOR("a", ",AFR,15,advice"), "", "", false, "1 0 1 0 0" },
	{ "the region", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", ",AFR,15,advice"), "",
	  "", true, "1 0 0 0 1" },
	{ "another region", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", ",EEG,15,advice"),
	  "", "", true, "1 0 1 0 0" },
	{ "the region and the State", R1, OUT, NEED,
	  FROM("a", "2020-06-01", "") FROM("b", "2020-06-01", ""),
	  FOR("a", ",AFR,15,advice") FOR("b", XAA15), "", "", true, "1 1 0 0 0" },
	{ "the region, and perhaps the State", R1, OUT, NEED,
	  FROM("a", "2020-06-01", "") FROM("b", "", ""), FOR("a", ",AFR,15,advice") FOR("b", XAA15),
	  "", "", true, "1 0 0 1 0" },
	{ "perhaps the region", R1, OUT, NEED, FROM("a", "", ""), FOR("a", ",AFR,15,advice"), "",
	  "", true, "1 0 0 1 0" },
	{ "a State without a region", "R,C1,2019,XAC,,,,,,,\n", OUT, NEED,
	  FROM("a", "2020-06-01", ""), FOR("a", ",AFR,15,advice"), "", "", true, "1 0 1 0 0" },
	{ "a target of no one", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", ",,15,advice"),
	  "", "", true, "1 0 1 0 0" },
	{ "a topic", "R,C2,2019,XAA,,,,,,,\n", OUT, "R,5,all,advice,\nR,6,all,advice,\n",
	  FROM("a", "2020-06-01", ""), FOR("a", "XAA,,6,advice"), "topic", "", false,
	  "five 1 0 1 0 0;low 1 1 0 0 0" },
	{ "a condition on the topic", "R,C2,2019,XAA,,,,,,,\n", OUT,
	  "R,5,all,advice,\nR,6,all,advice,\n", FROM("a", "2020-06-01", ""),
	  FOR("a", "XAA,,6,advice"), "", "topic=five", false, "1 0 1 0 0" },
	{ "by provider", R1, OUT, NEED, BY("a", "one,state", "2020-06-01") BY("b", "two,", "2021"),
	  FOR("a", XAA15) FOR("b", XAA15), "provider", "", false, "one 1 1 0 0 0;two 1 0 1 0 0" },
	{ "by provider, one of them not known", R1, OUT, NEED,
	  BY("a", "one,", "2020-06-01") BY("b", ",", "2020-06-01"), FOR("a", XAA15), "provider", "",
	  false, "one 1 1 0 0 0;1 0 1 0 0" },
	{ "by provider, perhaps begun", R1, OUT, NEED,
	  BY("a", "one,", "") BY("b", "two,", "2020-06-01"), FOR("a", XAA15) FOR("b", XAA15),
	  "provider", "", false, "one 1 0 0 1 0;two 1 1 0 0 0" },
	{ "by provider, the region", R1, OUT, NEED,
	  BY("a", "one,", "2020-06-01") BY("b", "two,", "2020-06-01"),
	  FOR("a", ",AFR,15,advice") FOR("b", XAA15), "provider", "", true,
	  "one 1 0 0 0 1;two 1 1 0 0 0" },
	{ "by provider, without assistance", R1, OUT, NEED, "", "", "provider", "", false, "" },
	{ "by beneficiary", R1, OUT, NEED,
	  BY("a", "one,civil_society", "2020-06-01") BY("b", "one,government", "2020-06-01"),
	  FOR("a", XAA15) FOR("b", "XAB,,15,advice"), "beneficiary", "", false,
	  "civil_society 1 1 0 0 0;government 1 0 1 0 0" },
	{ "a condition on the provider", R1, OUT, NEED,
	  BY("a", "one,", "2020-06-01") BY("b", "two,", "2020-06-01"),
	  FOR("a", XAA15) FOR("b", "XAA,,5,advice"), "", "provider=two", false, "1 0 1 0 0" },
	{ "a condition on the beneficiary", R1, OUT, NEED,
	  BY("a", "one,civil_society", "2020-06-01") BY("b", "two,", "2020-06-01"), FOR("a", XAA15),
	  "", "beneficiary=civil_society", false, "1 1 0 0 0" },
	{ "a condition on the unknown provider", R1, OUT, NEED,
	  BY("a", "one,", "2020-06-01") BY("b", ",", "2020-06-01"), FOR("a", XAA15), "",
	  "provider=", false, "1 0 1 0 0" },
	{ "a condition and a key", R1, OUT, NEED,
	  BY("a", "one,", "2020-06-01") BY("b", "two,", "2020-06-01"), FOR("a", XAA15), "provider",
	  "provider!=two", false, "one 1 1 0 0 0" },
};

struct opened {
	struct irm_dataset *data;
	struct irm_query query;
	struct irm_addresses *addresses;
};

static void open_case(struct opened *out, const char *name, const char *reviews, const char *events,
                      const struct fixture_file more[3], const char *by, const char *where)
{
	struct irm_err err = { .code = IRM_OK };
	out->addresses = NULL;
	out->data = fixture_open_parts("2024-12-31", reviews, events, more, 3,
	                               IRM_PART_ASSISTANCE | IRM_PART_PARAGRAPHS);
	fixture_query(&out->query, out->data, name, by, where, IRM_BY_NEEDS | IRM_BY_ASSISTANCE, 0);
	if (irm_addresses_new(&out->addresses, &out->query, &err))
		fail_msg("%s: %s", name, err.message);
}

static void close_case(struct opened *opened)
{
	irm_addresses_free(opened->addresses);
	irm_query_release(&opened->query);
	irm_dataset_free(opened->data);
}

static void show(char *out, size_t size, const struct irm_query *query, const struct irm_counter *c)
{
	static const int columns[] = { IRM_ASSIST_WITH_NEED, IRM_ASSIST_ADDRESSED,
		                       IRM_ASSIST_UNADDRESSED, IRM_ASSIST_UNKNOWN,
		                       IRM_ASSIST_REGIONAL };
	fixture_show(out, size, query->data, query->n_by ? query->by[0] : IRM_KEYS, c, columns, 5);
}

static void test_address_every_trap(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i += stride()) {
		const struct gap_case *c = &gaps[i];
		const struct fixture_file more[] = { { "needs", c->needs },
			                             { "assistance", c->assistance },
			                             { "assistance_targets", c->targets } };
		struct opened opened;
		struct irm_counter counts;
		struct irm_err err = { .code = IRM_OK };
		char found[300];
		size_t left_out;
		open_case(&opened, c->name, c->reviews, c->events, more, c->by, c->where);
		const struct irm_assist_gap gap = { opened.addresses, c->regional };
		if (irm_assist_count(&counts, &left_out, &opened.query, &gap, &err))
			fail_msg("%s: %s", c->name, err.message);
		show(found, sizeof found, &opened.query, &counts);
		if (strcmp(found, c->expected) != 0)
			fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, found);
		irm_counter_release(&counts);
		close_case(&opened);
	}
}

struct wait_case {
	const char *name;
	const char *reviews, *events, *needs;
	const char *assistance, *targets;
	const char *where;
	const char *expected; /* "article activity days event" a row */
};

static const struct wait_case waits[] = {
	/* 2020-03-01 to 2020-12-31 is 305 days, to 2020-06-01 92 */
	{ "open to the day", R1, OUT, NEED, "", "", "", "15 - 305 0" },
	{ "begun after the release", R1, OUT, NEED, FROM("a", "2020-06-01", ""), FOR("a", XAA15),
	  "", "15 a 92 1" },
	{ "begun before it, and running then, is no wait", R1, OUT, NEED,
	  FROM("a", "2019-06-01", "2020-03-01"), FOR("a", XAA15), "", "15 a 0 1" },
	{ "ended before it does not count", R1, OUT, NEED, FROM("a", "2019-06-01", "2020-02-29"),
	  FOR("a", XAA15), "", "15 - 305 0" },
	{ "begun after the day is open", R1, OUT, NEED, FROM("a", "2021-06-01", ""),
	  FOR("a", XAA15), "", "15 - 305 0" },
	{ "the first of several", R1, OUT, NEED,
	  FROM("a", "2020-08-01", "") FROM("b", "2020-06-01", "2020-06-01"),
	  FOR("a", XAA15) FOR("b", XAA15), "", "15 b 92 1" },
	{ "of two on one day the first by code", R1, OUT, NEED,
	  FROM("b", "2020-06-01", "") FROM("a", "2020-06-01", ""), FOR("a", XAA15) FOR("b", XAA15),
	  "", "15 a 92 1" },
	{ "a vague start leaves the days unknown", R1, OUT, NEED, FROM("a", "2020-06", ""),
	  FOR("a", XAA15), "", "15 - - -" },
	{ "one before the release does not", R1, OUT, NEED, FROM("a", "2019", ""), FOR("a", XAA15),
	  "", "15 a 0 1" },
	{ "nor one that was surely later", R1, OUT, NEED,
	  FROM("a", "2020-07", "") FROM("b", "2020-06-01", ""), FOR("a", XAA15) FOR("b", XAA15), "",
	  "15 b 92 1" },
	{ "one that may have been first does", R1, OUT, NEED,
	  FROM("a", "2020-05", "") FROM("b", "2020-06-01", ""), FOR("a", XAA15) FOR("b", XAA15), "",
	  "15 - - -" },
	{ "a vague release leaves the days unknown", R1, "R,heard,2020-03,\n", NEED, "", "", "",
	  "15 - - -" },
	{ "seen until the records of the review end", "R,C1,2019,XAA,,,,,,,2020-03-31\n", OUT, NEED,
	  "", "", "", "15 - 30 0" },
	{ "seen until it was discontinued", "R,C1,2019,XAA,,,,,,2020-03-11,\n", OUT, NEED, "", "",
	  "", "15 - 10 0" },
	{ "records that end before the release", "R,C1,2019,XAA,,,,,,,2020-02-01\n", OUT, NEED, "",
	  "", "", "15 - - -" },
	{ "a need named twice is one", R1, OUT, "R,15,1,advice,\nR,15,2,drafting,\n", "", "", "",
	  "15 - 305 0" },
	{ "one a type where types are asked for", R1, OUT, "R,15,1,advice,\nR,15,2,drafting,\n",
	  FROM("a", "2020-06-01", ""), FOR("a", XAA15), "type=advice,drafting",
	  "15 a 92 1;15 - 305 0" },
	{ "a need of no article is none", R1, OUT, "R,all,all,advice,\n", "", "", "", "" },
	{ "a need out of scope is none", R1, OUT, "R,5,all,advice,\n", "", "", "", "" },
	{ "findings not released", R1, "R,given,2020-03-01,\n", NEED, "", "", "", "" },
	{ "a condition on a topic", "R,C2,2019,XAA,,,,,,,\n", OUT,
	  "R,5,all,advice,\nR,6,all,advice,\n", "", "", "topic=five", "5 - 305 0" },
	{ "assistance to the region names no State", R1, OUT, NEED, FROM("a", "2020-06-01", ""),
	  FOR("a", ",AFR,15,advice"), "", "15 - 305 0" },
	{ "a condition on the provider passes over the first", R1, OUT, NEED,
	  BY("a", "one,", "2020-05-01") BY("b", "two,", "2020-06-01"),
	  FOR("a", XAA15) FOR("b", XAA15), "provider=two", "15 b 92 1" },
};

struct shown {
	const struct irm_dataset *data;
	char text[300];
};

static enum irm_code show_wait(void *context, const struct irm_need_wait *wait, struct irm_err *err)
{
	struct shown *shown = context;
	size_t used = strlen(shown->text);
	char days[24] = "- -";
	(void)err;
	if (wait->wait.event >= 0)
		snprintf(days, sizeof days, "%d %d", (int)wait->wait.days, wait->wait.event);
	snprintf(shown->text + used, sizeof shown->text - used, "%s%s %s %s", used ? ";" : "",
	         shown->data->articles[wait->article].code,
	         wait->activity == IRM_NONE ? "-" : shown->data->activities[wait->activity].code,
	         days);
	return IRM_OK;
}

static void test_need_wait_every_trap(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i += stride()) {
		const struct wait_case *c = &waits[i];
		const struct fixture_file more[] = { { "needs", c->needs },
			                             { "assistance", c->assistance },
			                             { "assistance_targets", c->targets } };
		struct opened opened;
		struct irm_err err = { .code = IRM_OK };
		size_t left_out;
		open_case(&opened, c->name, c->reviews, c->events, more, "", c->where);
		struct shown shown = { opened.data, "" };
		if (irm_need_wait_each(&opened.query, opened.addresses, &left_out, show_wait,
		                       &shown, &err))
			fail_msg("%s: %s", c->name, err.message);
		if (strcmp(shown.text, c->expected) != 0)
			fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, shown.text);
		close_case(&opened);
	}
}

/* An article of two topics: 5 is under five and low. */
static void test_need_wait_counts_once_in_a_total(void **state)
{
	(void)state;
	const struct fixture_file more[] = { { "needs", "R,5,all,advice,\n" },
		                             { "assistance", "" },
		                             { "assistance_targets", "" } };
	struct opened opened;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	size_t left_out;
	open_case(&opened, "topics", "R,C2,2019,XAA,,,,,,,\n", OUT, more, "topic", "");
	opened.query.total = true;
	assert_int_equal(
	        irm_need_wait_count(&counts, &left_out, &opened.query, opened.addresses, &err),
	        IRM_OK);
	assert_int_equal(counts.n, 3);
	for (size_t i = 0; i < counts.n; i++)
		assert_int_equal(counts.counts[i * counts.columns + IRM_WAIT_COUNT], 1);
	assert_int_equal(counts.keys[2 * counts.width], IRM_VALUE_ALL);
	irm_counter_release(&counts);
	close_case(&opened);
}

/* Two providers address one need, the second later: its total is the first of them, once. */
static void test_gap_and_wait_of_totals_are_no_sums_over_providers(void **state)
{
	(void)state;
	const struct fixture_file more[] = {
		{ "needs", NEED },
		{ "assistance", BY("a", "one,", "2020-06-01") BY("b", "two,", "2020-05-01") },
		{ "assistance_targets", FOR("a", XAA15) FOR("b", XAA15) }
	};
	static const int days[] = { 92, 61, 61 }; /* one, two, all */
	struct opened opened;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	char found[300];
	size_t left_out;
	open_case(&opened, "providers", R1, OUT, more, "provider", "");
	irm_addresses_free(opened.addresses);
	opened.query.total = true;
	assert_int_equal(irm_addresses_new(&opened.addresses, &opened.query, &err), IRM_OK);
	const struct irm_assist_gap gap = { opened.addresses, false };
	assert_int_equal(irm_assist_count(&counts, &left_out, &opened.query, &gap, &err), IRM_OK);
	show(found, sizeof found, &opened.query, &counts);
	assert_string_equal(found, "one 1 1 0 0 0;two 1 1 0 0 0;all 1 1 0 0 0");
	assert_int_equal(counts.counts[2 * counts.columns + IRM_ASSIST_NEEDS], 1);
	irm_counter_release(&counts);
	assert_int_equal(
	        irm_need_wait_count(&counts, &left_out, &opened.query, opened.addresses, &err),
	        IRM_OK);
	assert_int_equal(counts.n, 3);
	for (size_t i = 0; i < counts.n; i++) {
		assert_int_equal(irm_wait_at(&counts, i).days, days[i]);
		assert_int_equal(counts.counts[i * counts.columns + IRM_WAIT_COUNT], 1);
	}
	irm_counter_release(&counts);
	close_case(&opened);
}

static void test_addresses_without_tables_are_unknown(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_addresses *addresses = NULL;
	struct irm_dataset *data =
	        fixture_open_parts("2024-12-31", R1, OUT, NULL, 0, IRM_PART_ASSISTANCE);
	const struct irm_query query = { .data = data };
	assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_INPUT);
	assert_null(addresses);
	irm_dataset_free(data);
}

/* Activities of one target each, the seventh of two; nobody is told apart. Of XAB (1) under 5 three
 * begin before the release on day 120 or about it. */
static struct irm_dataset with_other_assistance(void)
{
	static struct irm_activity activities[] = {
		{ .code = "b0", .starts = { 119, 119 } },
		{ .code = "b1", .starts = { 115, 115 } },
		{ .code = "b2", .starts = { 114, 125 } },
		{ .code = "b3", .starts = { 110, 110 } },
		{ .code = "b4", .starts = { 50, 50 } },
		{ .code = "b5", .starts = { 130, 130 } },
		{ .code = "b6", .starts = { 140, 140 }, .ends = { 150, 150 }, .has_end = true },
		{ .code = "b7", .starts = { 290, 310 } },
		{ .code = "b8", .starts = { 60, 60 }, .ends = { 90, 130 }, .has_end = true },
		{ .code = "b9", .starts = { 200, 200 } },
		{ .code = "c0", .starts = { 160, 160 } },
	};
	static const struct irm_target targets[] = {
		{ 0, 1, IRM_NONE, IRM_NONE, "5" },
		{ 1, 1, IRM_NONE, IRM_NONE, "5" },
		{ 2, 1, IRM_NONE, IRM_NONE, "5" },
		/* no article has that number, which lies before 5 */
		{ 3, 1, IRM_NONE, 0, "16" },
		{ 4, IRM_NONE, IRM_NONE, 0, "15" },
		{ 5, IRM_NONE, 1, 1, "6" },
		{ 6, IRM_NONE, 0, 0, "" },
		{ 7, 0, IRM_NONE, 0, "15" },
		{ 8, 0, IRM_NONE, 1, "6" },
		{ 9, 0, IRM_NONE, 0, "" },
		{ 10, 0, 1, 1, "5" },
		{ 10, IRM_NONE, 1, 0, "15" },
	};
	static struct irm_target own[COUNT(targets)];
	struct irm_dataset data = with_assistance();
	memcpy(own, targets, sizeof own);
	for (size_t i = 0; i < COUNT(activities); i++) {
		activities[i].topic = activities[i].provider = activities[i].beneficiary = IRM_NONE;
		activities[i].first_target = i;
		activities[i].n_targets = i == 10 ? 2 : 1;
	}
	data.activities = activities;
	data.n_activities = COUNT(activities);
	data.targets = own;
	data.n_targets = COUNT(own);
	return data;
}

static const struct {
	struct irm_date released;
	int32_t as_of;
	/* a line for each State, and for its region: under each article and under none, of each
	 * type and of any: y it is addressed, ? that is not known, . it is not */
	const char *needs;
	/* what is first for each State under each article, of any type */
	const char *firsts;
} addressed[] = {
	{ { 120, 120 },
	  300,
	  ".yy .?? ?.? .yy y.y\n"
	  "... .yy y.y ... ...\n"
	  "..y ... ... ..y ...\n"
	  "... ... ... ... ...\n",
	  "y c0 160 160 160\n"
	  "? -\n"
	  "? -\n"
	  "y b1 115 115 120\n"
	  ". -\n"
	  ". -\n" },
	{ { 100, 130 },
	  300,
	  ".yy .?? ?.? .yy y.y\n"
	  "... .yy y.y ... ...\n"
	  "..y ... ... ..y ...\n"
	  "... ... ... ... ...\n",
	  "y c0 160 160 160\n"
	  "? -\n"
	  "? -\n"
	  "y b2 114 125 130\n"
	  ". -\n"
	  ". -\n" },
	{ { 120, 120 },
	  118,
	  "... .?? ... ... ...\n"
	  "... ... ... ... ...\n"
	  "..y ... ... ..y ...\n"
	  "... ... ... ... ...\n",
	  ". -\n"
	  "? -\n"
	  ". -\n"
	  "y b1 115 115 120\n"
	  ". -\n"
	  ". -\n" },
	{ { 131, 131 },
	  310,
	  ".yy ... y.y .yy y.y\n"
	  "... .yy y.y ... ...\n"
	  "..y ... ... ..y ...\n"
	  "... ... ... ... ...\n",
	  "y c0 160 160 160\n"
	  ". -\n"
	  "? -\n"
	  "y b2 114 125 131\n"
	  ". -\n"
	  ". -\n" },
};

static void show_needs(char *out, size_t size, const struct irm_addresses *addresses,
                       struct irm_date released)
{
	static const uint32_t articles[] = { 0, 1, 2, 3, IRM_NONE }, types[] = { 0, 1, IRM_NONE };
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	for (uint32_t who = 0; who < 4; who++) {
		for (size_t i = 0; i < COUNT(articles) * COUNT(types); i++) {
			const struct irm_address_need need = { who / 2,
				                               articles[i / 3],
				                               types[i % 3],
				                               released,
				                               { IRM_VALUE_ALL, IRM_VALUE_ALL } };
			fprintf(f, "%s%c", i && i % 3 == 0 ? " " : "",
			        ".?y"[irm_addresses_need(addresses, &need, who % 2)]);
		}
		fputc('\n', f);
	}
	assert_int_equal(fclose(f), 0);
}

static void show_firsts(char *out, size_t size, const struct irm_dataset *data,
                        const struct irm_addresses *addresses, struct irm_date released)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	for (uint32_t i = 0; i < 6; i++) {
		const struct irm_address_need need = {
			i / 3, i % 3, IRM_NONE, released, { IRM_VALUE_ALL, IRM_VALUE_ALL }
		};
		const struct irm_first_address first = irm_addresses_first(addresses, &need);
		fprintf(f, "%c %s", ".?y"[first.begun],
		        first.activity == IRM_NONE ? "-" : data->activities[first.activity].code);
		if (first.activity != IRM_NONE)
			fprintf(f, " %d %d %d", first.starts.first, first.starts.last, first.from);
		fputc('\n', f);
	}
	assert_int_equal(fclose(f), 0);
}

static void test_all_needs_and_firsts(void **state)
{
	(void)state;
	const struct irm_dataset data = with_other_assistance();
	for (size_t i = 0; i < COUNT(addressed); i++) {
		struct irm_query query;
		struct irm_addresses *addresses = NULL;
		struct irm_err err = { .code = IRM_OK };
		char found[500], name[20];
		snprintf(name, sizeof name, "case %zu", i);
		fixture_query(&query, &data, name, "", "", ~0u, 0);
		query.as_of = addressed[i].as_of;
		assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_OK);
		show_needs(found, sizeof found, addresses, addressed[i].released);
		same_text(name, found, addressed[i].needs);
		show_firsts(found, sizeof found, &data, addresses, addressed[i].released);
		same_text(name, found, addressed[i].firsts);
		irm_addresses_free(addresses);
		irm_query_release(&query);
	}
	irm_addresses_free(NULL);
}

/* Whom assistance is told apart by, "provider/beneficiary" each. */
static void test_all_of_whom_assistance_is_told_apart_by(void **state)
{
	(void)state;
	static const struct {
		const char *by, *where;
		bool total;
		const char *expected;
	} whom[] = {
		{ "", "", false, "all/all " },
		{ "", "", true, "all/all " },
		{ "", "provider=Bureau", false, "all/all " },
		{ "provider", "", false, "Agency/all Bureau/all -/all " },
		{ "provider", "", true, "Agency/all Bureau/all -/all all/all " },
		{ "beneficiary", "provider=Agency", false, "all/government all/society " },
		{ "beneficiary,provider", "", false,
		  "Agency/government Agency/society Bureau/government Bureau/society Bureau/- "
		  "-/government -/- " },
		{ "beneficiary,provider", "provider=", true,
		  "-/government -/- -/all all/government all/- all/all " },
		/* nobody is kept: nobody is told apart, but all still are */
		{ "provider", "provider=Bureau;beneficiary=government;year=1", false,
		  "Bureau/all " },
		{ "provider", "provider=Agency;beneficiary=", false, "" },
		{ "provider", "provider=Agency;beneficiary=", true, "all/all " },
		{ "beneficiary", "provider=Agency;beneficiary=", false, "" },
		{ "year", "provider=Agency;beneficiary=", false, "all/all " },
	};
	const struct irm_dataset data = with_assistance();
	for (size_t i = 0; i < COUNT(whom); i++) {
		struct irm_query query;
		struct irm_addresses *addresses = NULL;
		struct irm_err err = { .code = IRM_OK };
		char found[300] = "";
		size_t n;
		fixture_query(&query, &data, whom[i].by, whom[i].by, whom[i].where, ~0u, 0);
		query.total = whom[i].total;
		assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_OK);
		const struct irm_address_by *by = irm_addresses_by(addresses, &n);
		for (size_t k = 0; k < n; k++) {
			char buffer[16];
			const char *provider =
			        irm_key_text(&data, IRM_BY_PROVIDER, by[k].provider, false, buffer);
			const char *beneficiary = irm_key_text(&data, IRM_BY_BENEFICIARY,
			                                       by[k].beneficiary, false, buffer);
			size_t used = strlen(found);
			snprintf(found + used, sizeof found - used, "%s/%s ",
			         *provider ? provider : "-", *beneficiary ? beneficiary : "-");
		}
		same_text(whom[i].by, found, whom[i].expected);
		irm_addresses_free(addresses);
		irm_query_release(&query);
	}
}

static void test_values_and_rows_of_whom(void **state)
{
	(void)state;
	const struct irm_dataset data = with_assistance();
	const struct irm_address_by by = { 1, 0 };
	struct irm_query query;
	uint32_t values[] = { 7, 7, 7, 7 };
	fixture_query(&query, &data, "whom", "year,beneficiary,provider", "", ~0u, 0);
	irm_address_by_values(&query, by, values);
	const uint32_t expected[] = { 7, 0, 1, 7 };
	assert_memory_equal(values, expected, sizeof expected);
	static const struct {
		uint32_t key[3];
		bool is_row;
	} rows[] = { { { 7, 0, 1 }, true },
		     { { 8, 0, 1 }, true },
		     { { 7, 1, 1 }, false },
		     { { 7, 0, 0 }, false },
		     { { 7, IRM_VALUE_ALL, 1 }, false },
		     { { 7, 1, 0 }, false } };
	for (size_t i = 0; i < COUNT(rows); i++)
		same_number("row", irm_address_by_row(&query, by, rows[i].key), rows[i].is_row);
	irm_query_release(&query);
	fixture_query(&query, &data, "none", "", "", ~0u, 0);
	assert_true(irm_address_by_row(&query, by, values));
	irm_query_release(&query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_address_every_trap),
		cmocka_unit_test(test_need_wait_every_trap),
		cmocka_unit_test(test_need_wait_counts_once_in_a_total),
		cmocka_unit_test(test_gap_and_wait_of_totals_are_no_sums_over_providers),
		cmocka_unit_test(test_addresses_without_tables_are_unknown),
		cmocka_unit_test(test_all_needs_and_firsts),
		cmocka_unit_test(test_all_of_whom_assistance_is_told_apart_by),
		cmocka_unit_test(test_values_and_rows_of_whom),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
