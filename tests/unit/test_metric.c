/* Published metrics: which rule a name is, and what a rule counts from day to day. */
#include <math.h>

#include "scarce.h"

#include "review/calendar.h"
#include "review/metric.h"

static const struct {
	const char *name, *pattern, *state, *chapter; /* pattern NULL: no rule knows it */
} names[] = {
	{ "reviews", "reviews", "", "" },
	{ "reviews_", NULL, "", "" },
	{ "review", NULL, "", "" },
	{ "", NULL, "", "" },
	{ "good_practices_identified", "good_practices_identified", "", "" },
	{ "good_practices_XAA", "good_practices_STATE", "XAA", "" },
	{ "good_practices_XAA_chapter_III", "good_practices_STATE_chapter_CHAPTER", "XAA", "III" },
	{ "good_practices_XAA_chapter_", NULL, "", "" },
	{ "good_practices_XAA_chapter_III_x", NULL, "", "" },
	{ "good_practices_xaa", NULL, "", "" },
	{ "challenges_XAA_both_cycles", "challenges_STATE_both_cycles", "XAA", "" },
	{ "recommendations_XAA_implemented", "recommendations_STATE_implemented", "XAA", "" },
	{ "recommendations_XAA", "recommendations_STATE", "XAA", "" },
	{ "recommendations_ABCDEFGHIJABCDEFGHIJABCDEFGHIJAB", NULL, "", "" },
};

static void test_next_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct irm_metric metric = { .rule = NULL };
		bool found = irm_metric_next(&metric, names[i].name);
		if (found != (names[i].pattern != NULL))
			fail_msg("%s: %s", names[i].name, found ? metric.rule->pattern : "none");
		if (!found)
			continue;
		assert_string_equal(metric.rule->pattern, names[i].pattern);
		assert_string_equal(metric.state, names[i].state);
		assert_string_equal(metric.chapter, names[i].chapter);
	}
}

static void test_next_other_ways_of_counting(void **state)
{
	(void)state;
	struct irm_metric metric = { .rule = NULL };
	assert_true(irm_metric_next(&metric, "states_parties"));
	assert_false(metric.rule->without_eu);
	assert_true(irm_metric_next(&metric, "states_parties"));
	assert_true(metric.rule->without_eu);
	assert_false(irm_metric_next(&metric, "states_parties"));
}

static void test_lacks(void **state)
{
	(void)state;
	assert_null(irm_metric_lacks("reviews_completed"));
	assert_string_equal(irm_metric_lacks("transparency_pledge_signatories"),
	                    "no table says who signed the Transparency Pledge");
	assert_string_equal(irm_metric_lacks("happiness"), "no rule knows it");
}

/* Every pattern is a rule's own: none hides another that stands after it. */
static void test_rules_are_reached(void **state)
{
	(void)state;
	for (size_t i = 0; i < irm_metric_rules_n; i++) {
		const struct irm_metric_rule *rule = &irm_metric_rules[i];
		char name[128] = "";
		for (const char *p = rule->pattern; *p;) {
			bool is_state = strncmp(p, "STATE", 5) == 0;
			bool is_chapter = strncmp(p, "CHAPTER", 7) == 0;
			size_t used = strlen(name);
			snprintf(name + used, sizeof name - used, "%.*s",
			         is_state || is_chapter ? 2 : 1,
			         is_state     ? "XA"
			         : is_chapter ? "II"
			                      : p);
			p += is_state ? 5 : is_chapter ? 7 : 1;
		}
		struct irm_metric metric = { .rule = NULL };
		assert_true(irm_metric_next(&metric, name));
		assert_string_equal(metric.rule->pattern, rule->pattern);
		assert_true(strlen(rule->says) > 6);
		assert_true(rule->says[strlen(rule->says) - 1] != '.');
	}
}

static struct irm_query query_of(const struct irm_dataset *data, bool middle)
{
	struct irm_query query;
	struct irm_err err;
	struct irm_query_text text = { .as_of = "2020-01-01",
		                       .imprecise = middle ? "middle" : NULL };
	assert_int_equal(irm_query_read(&query, data, &text, 0, 0, &err), IRM_OK);
	return query;
}

static int32_t day_of(const char *text)
{
	int32_t day;
	struct irm_err err;
	assert_int_equal(irm_day_parse(&day, text, &err), IRM_OK);
	return day;
}

/* Vague, missing, contradictory, discontinued, replaced, observed until some day. */
#define HARD_REVIEWS \
	"A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,none,,,\nC,C1,2019,XAC,,,,,,,2020-02-15\n" \
	"D,C1,2019,XAD,,,,,,2020-03-10,\nE,C1,,XAD,,,,country_visit,D,,\n" \
	"F,C2,2020,XAA,,,,online_visit,,,2020-05-01\nG,C2,,XAB,,,,,,,\nH,C2,2020,XAC,,,,,,,\n"
#define HARD_EVENTS \
	"A,begun,2020-01-05,\nA,heard,2020-04,\nA,closed,2020-06-30,\n" \
	"B,closed,[2020-02-01..2020-03-31],\n" \
	"C,begun,2020-01-05,\nC,given,2020-02-15,\n" \
	"D,begun,2020-01-01,\nD,closed,2020-02-20,\n" \
	"E,begun,[..2020-03-05],\nE,dialogue,2020-04-04,\nE,closed,[2020-05-05..],\n" \
	"F,begun,2020,\nF,dialogue,2020-03,\n" \
	"G,heard,2020-07-01,\nG,closed,2020-06-01,\n" \
	"H,closed,[..2020-05-05],\n"

struct wanted {
	int64_t certain, in_between;
};

/* What irm_calendar_reached() and irm_calendar_counts() say of one day. */
static struct wanted by_calendar(const struct irm_query *query, const char *code, int32_t day)
{
	const struct irm_dataset *data = query->data;
	struct wanted wanted = { 0, 0 };
	struct irm_date dates[8];
	for (uint32_t r = 0; r < data->n_reviews; r++) {
		uint32_t at = 0;
		while (strcmp(data->milestones[at].code, code) != 0)
			at++;
		if (!irm_calendar_counts(data, r, day))
			continue;
		irm_calendar_dates(data, r, query->middle, dates);
		enum irm_happened reached = irm_calendar_reached(data, r, dates, at, day);
		wanted.certain += reached == IRM_HAPPENED;
		wanted.in_between += reached == IRM_IN_BETWEEN;
	}
	return wanted;
}

static void check_calendar(const struct irm_query *query, const char *name, const char *milestone)
{
	struct irm_published figure = { .day = "2020",
		                        .cycle = IRM_NONE,
		                        .region = IRM_NONE,
		                        .metric = name,
		                        .article = "all" };
	struct irm_metric metric = { .rule = NULL };
	struct irm_metric_series series;
	struct irm_err err;
	int32_t first = day_of("2019-12-01"), last = day_of("2021-02-01");
	assert_true(irm_metric_next(&metric, name));
	assert_int_equal(irm_metric_compute(&series, query, &figure, &metric, first, last, &err),
	                 IRM_OK);
	assert_int_equal(series.n, last - first + 1);
	for (int32_t day = first; day <= last; day++) {
		struct wanted wanted = by_calendar(query, milestone, day);
		char text[IRM_DAY_SIZE];
		irm_day_format(text, day);
		double found = series.value[day - first], most = series.most[day - first];
		if ((int64_t)found != wanted.certain ||
		    (int64_t)most != wanted.certain + wanted.in_between)
			fail_msg("%s on %s: %g to %g, expected %d and %d more", name, text, found,
			         most, (int)wanted.certain, (int)wanted.in_between);
	}
	irm_metric_series_release(&series);
}

static void test_compute_is_the_calendar_on_every_day(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", HARD_REVIEWS, HARD_EVENTS, NULL, 0);
	for (int middle = 0; middle < 2; middle++) {
		struct irm_query query = query_of(data, middle);
		check_calendar(&query, "reviews_started", "begun");
		check_calendar(&query, "executive_summaries_finalised", "heard");
		check_calendar(&query, "reviews_completed", "closed");
		irm_query_release(&query);
	}
	irm_dataset_free(data);
}

struct count_case {
	const char *name, *metric, *day, *cycle, *region, *article;
	double value, more; /* value -1: NAN, 0 days; more: unknown on the day */
	const char *lacks, *note;
};

/* XAA, XAB, XAC, XAD in AFR, EEG, none, AFR. Of C1: A and B in 2019, C in 2020, D without a year,
 * E of 2020 for B, which was discontinued on 2020-07-01; of C2: F. */
#define REVIEWS \
	"A,C1,2010,XAA,,,,country_visit,,,\nB,C1,2010,XAB,,,,joint_meeting,,2020-07-01,\n" \
	"C,C1,2011,XAC,,,,online_visit,,,\nD,C1,,XAD,,,,,,,\nE,C1,2011,XAB,,,,none,B,,\n" \
	"F,C2,2016,XAA,,,,country_visit,,,\n"
#define EVENTS \
	"A,dialogue,2020-03-03,\nA,heard,2020-02-02,\nB,dialogue,2020-04-04,\n" \
	"C,dialogue,2020-07-07,\nC,heard,[2020-05-05..2020-06-06],\nD,dialogue,2020-06-06,\n" \
	"F,heard,2020-08-08,\n"
/* 15 is in C1's scope, 5 and 6 in C2's; D's findings are released on or before its dialogue */
#define NEEDS \
	"A,15,all,advice,\nA,15,1,drafting,\nA,5,all,advice,\nC,all,all,advice,\n" \
	"D,15,all,advice,\nF,5,all,advice,\nF,6,all,advice,\n"

static const struct count_case counts[] = {
	{ "all reviews", "reviews", "2020-06-30", "C1", "all", "all", 4, 0, "", "" },
	{ "the new one counts from the day the old one does not", "reviews", "2020-07-01", "C1",
	  "all", "all", 4, 0, "", "" },
	{ "a region's", "reviews", "2020-07-01", "C1", "AFR", "all", 2, 0, "", "" },
	{ "both cycles'", "reviews", "2020-07-01", "all", "AFR", "all", 3, 0, "", "" },
	{ "the first year, by the cycle's first day", "reviews_first_year", "2020-06-30", "C1",
	  "all", "all", 2, 1, "", "" },
	{ "the second", "reviews_second_year", "2020-07-01", "C1", "all", "all", 2, 1, "", "" },
	{ "a year of no cycle", "reviews_second_year", "2020-07-01", "all", "all", "all", 0, 0,
	  "it is of a year of a cycle, and names no cycle", "" },
	{ "visits and meetings, not online; of D the kind is unknown",
	  "country_visits_or_joint_meetings", "2020-06-30", "C1", "all", "all", 2, 1, "", "" },
	{ "the day before D's", "country_visits_or_joint_meetings", "2020-06-05", "C1", "all",
	  "all", 2, 0, "", "" },
	{ "the day before A's", "country_visits_or_joint_meetings", "2020-03-02", "C1", "AFR",
	  "all", 0, 0, "", "" },
	{ "needs of released findings, in scope or of no article",
	  "technical_assistance_needs_identified", "2020-05-04", "C1", "all", "all", 2, 1, "", "" },
	{ "C's may be released", "technical_assistance_needs_identified", "2020-05-05", "C1", "all",
	  "all", 2, 2, "", "" },
	{ "C's is", "technical_assistance_needs_identified", "2020-06-06", "C1", "all", "all", 4, 0,
	  "", "" },
	{ "of an article, and no other", "technical_assistance_needs_identified", "2020-12-31",
	  "all", "all", "5", 1, 0, "", "" },
	{ "States that name one, each once", "countries_with_technical_assistance_needs",
	  "2020-12-31", "all", "all", "all", 3, 0, "", "" },
	{ "States of a region", "countries_with_technical_assistance_needs", "2020-12-31", "all",
	  "AFR", "all", 2, 0, "", "" },
	{ "an article where none is counted", "reviews", "2020-07-01", "C1", "all", "15", 0, 0,
	  "it is of an article, and what it counts is of none", "" },
	{ "a table that is not there is not zero", "good_practices_identified", "2020-07-01", "C1",
	  "all", "all", 0, 0, "no table 'findings'", "" },
	{ "nor for documents", "parallel_reports_total", "2020-07-01", "C1", "all", "all", 0, 0,
	  "no table 'documents'", "" },
	{ "nor for participation", "share_reviews_engaging_other_stakeholders", "2020-07-01", "C1",
	  "all", "all", 0, 0, "no table 'participation'", "" },
	{ "nor for measures", "recommendations_XAA_implemented", "2020-07-01", "C1", "all", "all",
	  0, 0, "no table 'measures'", "" },
	{ "a State of none", "recommendations_XZZ", "2020-07-01", "C1", "all", "all", 0, 0,
	  "there is no State 'XZZ'", "" },
	{ "a State without a review in the cycle", "recommendations_XAB", "2020-07-01", "C2", "all",
	  "all", 0, 0, "no review of it is on record", "" },
	{ "a chapter of none", "good_practices_XAA_chapter_IX", "2020-07-01", "C1", "all", "all", 0,
	  0, "there is no article of chapter 'IX'", "" },
	{ "parties that nobody dated", "states_parties", "2020-07-01", "all", "all", "all", 0, 0,
	  "no State has party_since", "" },
};

static uint32_t cycle_of(const struct irm_dataset *data, const char *code)
{
	for (uint32_t i = 0; i < data->n_cycles; i++)
		if (strcmp(data->cycles[i].code, code) == 0)
			return i;
	return IRM_NONE;
}

static uint32_t region_of(const struct irm_dataset *data, const char *code)
{
	for (uint32_t i = 0; i < data->n_regions; i++)
		if (strcmp(data->regions[i].code, code) == 0)
			return i;
	return IRM_NONE;
}

static void check_count(const struct irm_query *query, const struct count_case *c)
{
	int32_t day = day_of(c->day);
	struct irm_published figure = { .day = c->day,
		                        .as_of = irm_date_of_day(day),
		                        .cycle = cycle_of(query->data, c->cycle),
		                        .region = region_of(query->data, c->region),
		                        .metric = c->metric,
		                        .article = c->article };
	struct irm_metric metric = { .rule = NULL };
	struct irm_metric_series series;
	struct irm_err err;
	assert_true(irm_metric_next(&metric, c->metric));
	assert_int_equal(irm_metric_compute(&series, query, &figure, &metric, day, day, &err),
	                 IRM_OK);
	if (strcmp(series.lacks, c->lacks) != 0)
		fail_msg("%s: lacks '%s'", c->name, series.lacks);
	assert_int_equal(series.n, *c->lacks ? 0 : 1);
	if (!*c->lacks &&
	    ((int)*series.value != (int)c->value || (int)*series.most != (int)(c->value + c->more)))
		fail_msg("%s: found %g to %g", c->name, *series.value, *series.most);
	assert_string_equal(series.note, c->note);
	irm_metric_series_release(&series);
}

static void test_compute_counts(void **state)
{
	(void)state;
	struct fixture_file needs = { "needs", NEEDS };
	struct irm_dataset *data = fixture_open("2020-12-31", REVIEWS, EVENTS, &needs, 1);
	struct irm_query query = query_of(data, false);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		check_count(&query, &counts[i]);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_compute_parties(void **state)
{
	static const struct count_case cases[] = {
		{ "since the day itself", "states_parties", "2010-01-02", "all", "all", "all", 2, 1,
		  "", "" },
		{ "not the day before", "states_parties", "2010-01-01", "all", "all", "all", 1, 1,
		  "", "" },
		{ "of a region", "states_parties", "2015-01-01", "all", "AFR", "all", 1, 1, "",
		  "" },
	};
	struct fixture_file states = { "states", "XAA,State A,AFR,2010-01-01\n"
		                                 "XAB,State B,EEG,2010-01-02\n"
		                                 "XAC,State C,AFR,\nEUU,Union,,2012-12-12\n" };
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", &states, 1);
	struct irm_query query = query_of(data, false);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_count(&query, &cases[i]);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_first_year_of_the_records(void **state)
{
	static const struct count_case c = {
		"cycles without a day",
		"reviews_first_year",
		"2020-01-01",
		"C1",
		"all",
		"all",
		2,
		1,
		"",
		"the cycle's first year is taken to be 2010, the earliest on record"
	};
	static const struct count_case none = { "no year at all",
		                                "reviews_first_year",
		                                "2020-01-01",
		                                "C2",
		                                "all",
		                                "all",
		                                0,
		                                0,
		                                "no review of the cycle has a year",
		                                "" };
	struct fixture_file cycles = { "cycles", "C1,M,First,,\nC2,M,Second,,\n" };
	(void)state;
	struct irm_dataset *data =
	        fixture_open("2020-12-31", REVIEWS "G,C2,,XAB,,,,,,,\n", "", &cycles, 1);
	for (size_t i = 0; i < data->n_reviews; i++)
		if (strcmp(data->reviews[i].code, "F") == 0)
			data->reviews[i].year = -1;
	struct irm_query query = query_of(data, false);
	check_count(&query, &c);
	check_count(&query, &none);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* --- from day to day -----------------------------------------------------------------------------
 */

#define DAILY_REVIEWS \
	"A,C1,2010,XAA,,,,country_visit,,,\nB,C1,2010,XAB,,,,joint_meeting,,2020-07-01,\n" \
	"C,C1,2011,XAC,,,,online_visit,,,\nD,C1,,XAD,,,,,,,\nE,C1,2011,XAB,,,,none,B,,\n" \
	"F,C2,2016,XAA,,,,country_visit,,,\n"
#define DAILY_EVENTS \
	"A,begun,2020-01-10,\nA,dialogue,2020-03-03,\nA,heard,2020-02-02,\nB,begun,2020-01-20,\n" \
	"B,dialogue,2020-04-04,\nB,heard,2020-04-01,\nC,begun,2020-01-30,\nC,dialogue,2020-07-07," \
	"\n" \
	"C,heard,[2020-05-05..2020-06-06],\nD,dialogue,2020-06-06,\nE,begun,2020-08-01,\n" \
	"F,heard,2020-08-08,\nF,begun,2020-02-20,\n"
static const struct fixture_file daily[] = {
	{ "needs", "A,15,all,advice,\nA,15,1,drafting,\nF,15,all,advice,\nC,all,all,advice,\n"
	           "D,15,all,advice,\nE,15,all,advice,\nF,5,all,advice,\nF,6,all,advice,\n" },
	{ "findings", "A,15,good_practice,1,,\nA,15,good_practice,2,,\nF,15,good_practice,1,,\n"
	              "A,all,challenge,1,,\nC,15,challenge,1,,\nC,15,good_practice,1,,\n"
	              "F,5,good_practice,1,,\nF,6,recommendation,1,,\nD,15,recommendation,1,,\n" },
	{ "documents",
	  "A,country_report,en,2020-05-05,,\nA,country_report,fr,2020-04-05,,\n"
	  "C,country_report,en,[2019-12-15..2020-01-15],,\nD,country_report,en,,,\n"
	  "F,country_report,en,2020-09-09,,\nA,civil_society_report,en,2019-12-31,,\n"
	  "B,civil_society_report,en,2020-01-01,,\nC,civil_society_report,en,2020-12-31,,\n"
	  "D,civil_society_report,en,[2019-12-30..2020-01-02],,\n"
	  "E,civil_society_report,en,[2020-12-30..2021-01-02],,\n"
	  "F,civil_society_report,en,2021-01-01,,\nA,executive_summary,en,2020-02-03,,\n"
	  "C,executive_summary,en,2020-06-07,,\nD,executive_summary,en,2020-06-08,,\n" },
	{ "participation", "A,dialogue,media,online,2020-03-03\nA,dialogue,academia,,2020-03-02\n"
	                   "B,dialogue,media,online,\nC,dialogue,media,,[2020-07-01..2020-07-07]\n"
	                   "F,begun,media,,2020-02-19\n" },
	{ "measures", "A,15,1,completed,2020-10-10,,\nA,15,2,planned,2020-10-11,,\n"
	              "A,all,1,completed,,,\nF,15,1,completed,2020-10-12,,\n"
	              "F,5,1,completed,[2020-11-01..2020-11-30],,\n" },
};

struct daily_case {
	const char *name, *metric;
	int way; /* 0: the first rule of that name */
	const char *cycle, *region, *article, *where;
	bool middle;
	const char *first, *last;
	const char *expected; /* "DAY value most" for each day on which that changes, or what it
	                         lacks; then what it rests on */
};

static const struct daily_case days[] = {
	{ "begun, one for another", "reviews_started", 0, "C1", "all", "all", "", false,
	  "2019-12-01", "2020-12-31",
	  "2019-12-01 0 1; 2020-01-10 1 2; 2020-01-20 2 3; 2020-01-30 3 4; 2020-06-06 4 4; "
	  "2020-07-01 3 3; 2020-08-01 4 4" },
	{ "of a region", "reviews_started", 0, "all", "AFR", "all", "", false, "2020-01-10",
	  "2020-12-31", "2020-01-10 1 2; 2020-02-20 2 3; 2020-06-06 3 3" },
	{ "that the query keeps", "reviews_started", 0, "all", "all", "all", "state=XAA", false,
	  "2020-02-19", "2020-12-31", "2020-02-19 1 1; 2020-02-20 2 2" },
	{ "listed in the second year", "reviews_second_year", 0, "C1", "all", "all", "", false,
	  "2020-06-29", "2020-07-02", "2020-06-29 1 2; 2020-07-01 2 3" },
	{ "meetings", "country_visits_or_joint_meetings", 0, "C1", "all", "all", "", false,
	  "2020-03-02", "2020-12-31",
	  "2020-03-02 0 0; 2020-03-03 1 1; 2020-04-04 2 2; 2020-06-06 2 3; 2020-07-01 1 2" },
	{ "and visits of any kind", "country_visits_or_joint_meetings", 1, "C1", "all", "all", "",
	  false, "2020-03-02", "2020-12-31",
	  "2020-03-02 0 0; 2020-03-03 1 1; 2020-04-04 2 2; 2020-06-06 2 3; 2020-07-01 1 2; "
	  "2020-07-07 2 3" },
	{ "released", "executive_summaries_finalised", 0, "all", "all", "all", "", false,
	  "2020-01-01", "2020-12-31",
	  "2020-01-01 0 1; 2020-02-02 1 2; 2020-04-01 2 3; 2020-05-05 2 4; 2020-06-06 4 4; "
	  "2020-07-01 3 3; 2020-08-08 4 4" },
	{ "vague days as their middle ones", "executive_summaries_finalised", 0, "all", "all",
	  "all", "", true, "2020-01-01", "2020-12-31",
	  "2020-01-01 0 1; 2020-02-02 1 2; 2020-04-01 2 3; 2020-05-21 3 4; 2020-06-06 4 4; "
	  "2020-07-01 3 3; 2020-08-08 4 4" },
	{ "published", "country_reports_published", 0, "all", "all", "all", "", false, "2019-12-01",
	  "2020-12-31",
	  "2019-12-01 0 1; 2019-12-15 0 2; 2020-01-15 1 2; 2020-04-05 2 3; 2020-09-09 3 4" },
	{ "published, vague days as their middle ones", "country_reports_published", 0, "all",
	  "all", "all", "", true, "2019-12-01", "2020-12-31",
	  "2019-12-01 0 1; 2019-12-30 1 2; 2020-04-05 2 3; 2020-09-09 3 4" },
	{ "published in the second year", "executive_summaries_published_second_year", 0, "C1",
	  "all", "all", "", false, "2020-01-01", "2020-12-31",
	  "2020-01-01 0 0; 2020-06-07 1 1; 2020-06-08 1 2" },
	{ "in all years", "parallel_reports_total", 0, "all", "all", "all", "", false, "2019-12-01",
	  "2021-02-01",
	  "2019-12-01 0 0; 2019-12-30 0 1; 2019-12-31 1 2; 2020-01-01 2 3; 2020-01-02 3 3; "
	  "2020-12-30 3 4; 2020-12-31 4 5; 2021-01-01 5 6; 2021-01-02 6 6" },
	{ "in the year", "parallel_reports_in_year", 0, "all", "all", "all", "", false,
	  "2019-12-01", "2021-02-01", "2019-12-01 0 0; 2021-01-01 1 2" },
	{ "in another year", "parallel_reports_in_year", 0, "all", "all", "all", "", false,
	  "2019-12-01", "2020-12-31",
	  "2019-12-01 0 0; 2020-01-01 1 2; 2020-12-30 1 3; 2020-12-31 2 4" },
	{ "in the year, vague days as their middle ones", "parallel_reports_in_year", 0, "all",
	  "all", "all", "", true, "2019-12-01", "2020-12-31",
	  "2019-12-01 0 0; 2020-01-01 1 1; 2020-12-31 3 3" },
	{ "States", "countries_with_civil_society_review_report", 0, "all", "all", "all", "", false,
	  "2019-12-01", "2021-02-01",
	  "2019-12-01 0 0; 2019-12-30 0 1; 2019-12-31 1 2; 2020-01-01 2 3; 2020-01-02 3 3; "
	  "2020-12-31 4 4" },
	{ "of those begun", "share_reviews_engaging_other_stakeholders", 0, "all", "all", "all", "",
	  false, "2020-01-01", "2020-12-31",
	  "2020-01-01 - -; 2020-01-10 0 -; 2020-02-20 25 -; 2020-03-02 50 -; 2020-06-06 40 "
	  "-; 2020-07-01 50 -; 2020-07-07 75 -; 2020-08-01 60 -" },
	{ "of all", "share_reviews_engaging_other_stakeholders", 1, "C1", "all", "all", "", false,
	  "2020-01-01", "2020-12-31", "2020-01-01 0 -; 2020-03-02 25 -; 2020-07-07 50 -" },
	{ "of those released", "share_reviews_engaging_other_stakeholders", 2, "all", "AFR", "all",
	  "", false, "2020-01-01", "2020-12-31",
	  "2020-01-01 - -; 2020-02-02 0 -; 2020-03-02 100 -; 2020-06-06 50 -; 2020-08-08 "
	  "66.66666667 -" },
	{ "one day alone", "reviews_started", 0, "all", "all", "all", "", false, "2020-01-20",
	  "2020-01-20", "2020-01-20 2 3" },
	{ "the article of what has none", "reviews_started", 0, "all", "all", "15", "", false,
	  "2020-01-20", "2020-01-20", "it is of an article, and what it counts is of none" },
	{ "a State that is none", "good_practices_XZZ", 0, "all", "all", "all", "", false,
	  "2020-01-20", "2020-01-20", "there is no State 'XZZ'" },
	{ "a State of no review", "good_practices_XAC", 0, "C2", "all", "all", "", false,
	  "2020-01-20", "2020-01-20", "no review of it is on record" },
	{ "what no table holds", "globe_network_countries", 0, "all", "all", "all", "", false,
	  "2020-01-20", "2020-01-20", "no table holds the members of the GlobE Network" },
	{ "a year where no cycle is named", "reviews_first_year", 0, "all", "all", "all", "", false,
	  "2020-01-20", "2020-01-20", "it is of a year of a cycle, and names no cycle" },
	{ "States with needs", "countries_with_technical_assistance_needs", 0, "all", "all", "all",
	  "", false, "2020-01-01", "2020-12-31",
	  "2020-01-01 0 1; 2020-02-02 1 2; 2020-05-05 1 3; 2020-06-06 3 3" },
	{ "needs", "technical_assistance_needs_identified", 0, "all", "all", "all", "", false,
	  "2020-01-01", "2020-12-31",
	  "2020-01-01 0 1; 2020-02-02 2 3; 2020-05-05 2 4; 2020-06-06 4 4; 2020-08-08 6 6" },
	{ "needs of an article", "technical_assistance_needs_identified", 0, "all", "all", "15", "",
	  false, "2020-01-01", "2020-12-31", "2020-01-01 0 1; 2020-02-02 2 3; 2020-06-06 3 3" },
	{ "measures of a State", "recommendations_XAA_implemented", 0, "all", "all", "all", "",
	  false, "2020-10-01", "2020-12-31",
	  "2020-10-01 0 1; 2020-10-10 1 2; 2020-11-01 1 3; 2020-11-30 2 3" },
	{ "of an article", "recommendations_XAA_implemented", 0, "all", "all", "5", "", false,
	  "2020-10-01", "2020-12-31", "2020-10-01 0 0; 2020-11-01 0 1; 2020-11-30 1 1" },
	{ "good practices", "good_practices_identified", 0, "all", "all", "all", "", false,
	  "2020-01-01", "2020-12-31",
	  "2020-01-01 0 0; 2020-02-02 2 2; 2020-05-05 2 3; 2020-06-06 3 3; 2020-08-08 4 4" },
	{ "of a chapter", "good_practices_XAA_chapter_III", 0, "all", "all", "all", "", false,
	  "2020-01-01", "2020-12-31", "2020-01-01 0 0; 2020-02-02 2 2" },
	{ "of another", "good_practices_XAA_chapter_II", 0, "all", "all", "all", "", false,
	  "2020-01-01", "2020-12-31", "2020-01-01 0 0; 2020-08-08 1 1" },
	{ "of both cycles", "challenges_XAA_both_cycles", 0, "all", "all", "all", "", false,
	  "2020-01-01", "2020-12-31", "2020-01-01 0 0; 2020-02-02 1 1" },
	{ "of an article, and of all", "challenges_identified", 0, "all", "all", "15", "", false,
	  "2020-01-01", "2020-12-31", "2020-01-01 0 0; 2020-05-05 0 1; 2020-06-06 1 1" },
	{ "recommendations of a cycle", "recommendations_identified", 0, "C2", "all", "all", "",
	  false, "2020-01-01", "2020-12-31", "2020-01-01 0 0; 2020-08-08 1 1" },
};

static void put(FILE *f, double value)
{
	if (isnan(value))
		fputs(" -", f);
	else
		fprintf(f, " %.10g", value);
}

static void show_series(char *out, size_t size, const struct irm_metric_series *series)
{
	char text[IRM_DAY_SIZE];
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	fputs(series->lacks, f);
	for (size_t i = 0; i < series->n; i++) {
		if (i && memcmp(&series->value[i], &series->value[i - 1], sizeof(double)) == 0 &&
		    memcmp(&series->most[i], &series->most[i - 1], sizeof(double)) == 0)
			continue;
		irm_day_format(text, series->first + (int32_t)i);
		fprintf(f, "%s%s", i ? "; " : "", text);
		put(f, series->value[i]);
		put(f, series->most[i]);
	}
	fprintf(f, "%s%s%c", *series->note ? " | " : "", series->note, '\0');
	assert_int_equal(fclose(f), 0);
}

static enum irm_code compute(char *out, size_t size, const struct irm_dataset *data,
                             const struct daily_case *c, struct irm_date as_of, struct irm_err *err)
{
	struct irm_query query;
	struct irm_metric metric = { .rule = NULL };
	struct irm_metric_series series;
	int32_t last = day_of(c->last);
	const struct irm_published figure = { .day = c->last,
		                              .as_of = as_of,
		                              .cycle = cycle_of(data, c->cycle),
		                              .region = region_of(data, c->region),
		                              .metric = c->metric,
		                              .article = c->article };
	long piece = scarce.libc.at;
	scarce_over();
	fixture_query(&query, data, c->name, "", c->where, IRM_BY_REVIEWS, 0);
	query.middle = c->middle;
	for (int i = 0; i <= c->way; i++)
		assert_true(irm_metric_next(&metric, c->metric));
	scarce.libc.at = piece;
	enum irm_code code =
	        irm_metric_compute(&series, &query, &figure, &metric, day_of(c->first), last, err);
	scarce_over();
	if (!code)
		show_series(out, size, &series);
	irm_metric_series_release(&series);
	assert_int_equal(series.n, 0);
	irm_query_release(&query);
	return code;
}

static struct irm_dataset *open_daily(void)
{
	return fixture_open_parts("2020-12-31", DAILY_REVIEWS, DAILY_EVENTS, daily, COUNT(daily),
	                          IRM_METRIC_PARTS);
}

static void same_days(const struct irm_dataset *data, const struct daily_case *c)
{
	char found[2000];
	struct irm_err err = { .code = IRM_OK };
	if (compute(found, sizeof found, data, c, irm_date_of_day(day_of(c->last)), &err))
		fail_msg("%s: %s", c->name, err.message);
	same_text(c->name, found, c->expected);
}

static void test_compute_from_day_to_day(void **state)
{
	(void)state;
	struct irm_dataset *data = open_daily();
	for (size_t i = 0; i < COUNT(days); i++)
		same_days(data, &days[i]);
	irm_dataset_free(data);
}

/* Packages without the table, of some reviews and of all. */
static void test_compute_says_what_packages_lack(void **state)
{
	static const struct daily_case some[] = {
		{ "some", "country_reports_published", 0, "C1", "all", "all", "", false,
		  "2020-05-05", "2020-05-05",
		  "2020-05-05 2 3 | 2 of 5 reviews are of packages without the table 'documents'" },
		{ "some, of a year", "executive_summaries_published_second_year", 0, "C2", "all",
		  "all", "", false, "2020-12-31", "2020-12-31", "2020-12-31 0 0" },
		{ "a share is of those that have it", "share_reviews_engaging_other_stakeholders",
		  0, "C1", "all", "all", "", false, "2020-06-06", "2020-06-06",
		  "2020-06-06 50 - | 3 of 5 reviews are of packages without the table "
		  "'participation'" },
		{ "none", "country_reports_published", 0, "C1", "all", "all", "state=XAB", false,
		  "2020-05-05", "2020-05-05", "no table 'documents'" },
		{ "nor measures", "recommendations_XAB_implemented", 0, "C1", "all", "all", "",
		  false, "2020-05-05", "2020-05-05", "no table 'measures'" },
		{ "nor findings", "good_practices_XAB", 0, "C1", "all", "all", "", false,
		  "2020-05-05", "2020-05-05", "no table 'findings'" },
		{ "nor needs", "technical_assistance_needs_identified", 0, "C1", "all", "all",
		  "state=XAB", false, "2020-05-05", "2020-05-05", "no table 'needs'" },
		{ "nor participation", "share_reviews_engaging_other_stakeholders", 2, "C1", "all",
		  "all", "state=XAB", false, "2020-05-05", "2020-05-05",
		  "no table 'participation'" },
	};
	(void)state;
	struct irm_dataset *data = open_daily();
	data->reviews[1].delivered = data->reviews[4].delivered = 0;
	data->reviews[2].delivered &= ~(1u << IRM_HAS_PARTICIPATION);
	for (size_t i = 0; i < COUNT(some); i++)
		same_days(data, &some[i]);
	irm_dataset_free(data);
}

/* Two notes stand side by side: an earliest year, and packages without the table. */
static void test_compute_says_all_that_it_rests_on(void **state)
{
	static const struct fixture_file files[] = {
		{ "cycles", "C1,M,First,,\nC2,M,Second,,\n" },
		{ "documents", "A,executive_summary,en,2020-02-03,,\n" },
	};
	static const struct daily_case both = {
		"both",
		"executive_summaries_published_second_year",
		0,
		"C1",
		"all",
		"all",
		"",
		false,
		"2020-06-07",
		"2020-06-07",
		"2020-06-07 0 0 | 1 of 5 reviews are of packages without the table 'documents'; "
		"the "
		"cycle's first year is taken to be 2010, the earliest on record"
	};
	(void)state;
	struct irm_dataset *data = fixture_open_parts("2020-12-31", DAILY_REVIEWS, DAILY_EVENTS,
	                                              files, COUNT(files), IRM_METRIC_PARTS);
	data->reviews[2].delivered = 0;
	same_days(data, &both);
	irm_dataset_free(data);
}

#define MECHANISMS \
	{ "mechanisms", "M,Made up,MUC\nN,Next,MUC\n" }, \
	{ \
		"cycles", "C1,M,First,2010-01-01,\nC2,N,Second,2015-01-01,\n" \
	}

/* Milestones of one mechanism are not those of another. */
static void test_compute_of_one_mechanism(void **state)
{
	static const struct fixture_file files[] = {
		MECHANISMS,
		{ "milestones", "M,begun,1,,,,,no,,\nM,closed,2,,,,,yes,,\n"
		                "N,dialogue,1,,,,,,,\nN,begun,2,,,,,no,,\nN,closed,3,,,,,no,,\n" },
		{ "needs", "A,15,1,advice,\nF,5,1,advice,\n" },
	};
	static const char several[] =
	        "the reviews are of several mechanisms: choose one by --where mechanism=CODE";
	const struct daily_case cases[] = {
		{ "of both", "reviews_started", 0, "all", "all", "all", "", false, "2020-03-03",
		  "2020-03-03", several },
		{ "of one", "reviews_started", 0, "all", "all", "all", "mechanism=N", false,
		  "2020-03-03", "2020-03-03", "2020-03-03 1 1" },
		{ "of another", "reviews_started", 0, "C1", "all", "all", "", false, "2020-03-03",
		  "2020-03-03", "2020-03-03 2 2" },
		{ "no dialogue", "country_visits_or_joint_meetings", 0, "C1", "all", "all", "",
		  false, "2020-03-03", "2020-03-03", "the mechanism has no milestone 'dialogue'" },
		{ "a dialogue", "country_visits_or_joint_meetings", 0, "C2", "all", "all", "",
		  false, "2020-03-03", "2020-03-03", "2020-03-03 1 1" },
		{ "no release", "executive_summaries_finalised", 0, "C2", "all", "all", "", false,
		  "2020-03-03", "2020-03-03", "no milestone of the mechanism releases findings" },
		{ "no release of needs", "technical_assistance_needs_identified", 0, "C2", "all",
		  "all", "", false, "2020-03-03", "2020-03-03",
		  "no milestone of the mechanism releases findings" },
		{ "a release of needs", "technical_assistance_needs_identified", 0, "C1", "all",
		  "all", "", false, "2020-03-03", "2020-03-03", "2020-03-03 1 1" },
		{ "parties of neither", "states_parties", 0, "all", "all", "all", "", false,
		  "2020-03-03", "2020-03-03", "no State has party_since" },
	};
	(void)state;
	struct irm_dataset *data = fixture_open_parts(
	        "2020-12-31",
	        "A,C1,2010,XAA,,,,,,,\nB,C1,2010,XAB,,,,,,,\nF,C2,2016,XAA,,,,country_visit,,,\n",
	        "A,begun,2020-01-01,\nA,closed,2020-03-03,\nB,begun,2020-03-03,\n"
	        "F,begun,2020-02-02,\nF,dialogue,2020-03-03,\n",
	        files, COUNT(files), IRM_METRIC_PARTS);
	for (size_t i = 0; i < COUNT(cases); i++)
		same_days(data, &cases[i]);
	irm_dataset_free(data);
}

/* That all begins with what is asked for is no reason to say that there is none. */
static void test_compute_by_a_first_milestone(void **state)
{
	static const struct fixture_file milestones = {
		"milestones", "M,dialogue,1,,,,,yes,,\nM,closed,2,,,,,no,,\n"
	};
	static const struct daily_case cases[] = {
		{ "released", "executive_summaries_finalised", 0, "C1", "all", "all", "", false,
		  "2020-03-02", "2020-03-03", "2020-03-02 0 0; 2020-03-03 1 1" },
		{ "dialogue", "country_visits_or_joint_meetings", 0, "C1", "all", "all", "", false,
		  "2020-03-02", "2020-03-03", "2020-03-02 0 0; 2020-03-03 1 1" },
	};
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "A,C1,2010,XAA,,,,country_visit,,,\n",
	                                        "A,dialogue,2020-03-03,\n", &milestones, 1);
	for (size_t i = 0; i < COUNT(cases); i++)
		same_days(data, &cases[i]);
	irm_dataset_free(data);
}

/* The calendar year of a vague day is that of its last one, where it has one. */
static void test_compute_in_the_year_of_a_vague_day(void **state)
{
	static const struct {
		const char *as_of, *expected;
	} vague[] = {
		{ "[2019-12-01..2020-06-30]", "2020-12-31 2 4" },
		{ "[2019-12-01..]", "2020-12-31 1 2" },
		{ "[..2020-06-30]", "2020-12-31 2 4" },
		{ "[2020-06-30..]", "2020-12-31 2 4" },
	};
	static const struct daily_case c = { "vague",
		                             "parallel_reports_in_year",
		                             0,
		                             "all",
		                             "all",
		                             "all",
		                             "",
		                             false,
		                             "2020-12-31",
		                             "2020-12-31",
		                             "" };
	(void)state;
	struct irm_dataset *data = open_daily();
	for (size_t i = 0; i < COUNT(vague); i++) {
		char found[200];
		struct irm_err err;
		struct irm_date as_of;
		assert_int_equal(irm_date_parse(&as_of, vague[i].as_of, &err), IRM_OK);
		assert_int_equal(compute(found, sizeof found, data, &c, as_of, &err), IRM_OK);
		same_text(vague[i].as_of, found, vague[i].expected);
	}
	irm_dataset_free(data);
}

/* Wherever the earliest stands. */
static void test_first_year_is_the_earliest(void **state)
{
	static const char *const reviews[] = {
		"A,C1,2009,XAA,,,,,,,\nB,C1,2010,XAB,,,,,,,\nD,C2,2001,XAD,,,,,,,\n",
		"A,C1,2010,XAA,,,,,,,\nB,C1,2011,XAB,,,,,,,\nC,C1,2009,XAC,,,,,,,\n",
		"A,C1,2010,XAA,,,,,,,\nB,C1,2009,XAB,,,,,,,\nC,C1,2015,XAC,,,,,,,\n",
	};
	static const struct fixture_file cycles = { "cycles", "C1,M,First,,\nC2,M,Second,,\n" };
	static const struct daily_case c = { "earliest",
		                             "reviews_second_year",
		                             0,
		                             "C1",
		                             "all",
		                             "all",
		                             "year!=2011",
		                             false,
		                             "2020-06-07",
		                             "2020-06-07",
		                             "2020-06-07 1 1 | the cycle's first year is taken to "
		                             "be 2009, the earliest on record" };
	(void)state;
	for (size_t i = 0; i < COUNT(reviews); i++) {
		struct irm_dataset *data = fixture_open("2020-12-31", reviews[i], "", &cycles, 1);
		same_days(data, &c);
		irm_dataset_free(data);
	}
}

/* That one State has no day is no reason to say that none has. */
static void test_parties_where_the_first_has_no_day(void **state)
{
	static const struct fixture_file states = { "states",
		                                    "XAA,A,,\nXAB,B,,2010-01-02\nXAC,C,,\n" };
	static const struct daily_case c = { "parties",
		                             "states_parties",
		                             0,
		                             "all",
		                             "all",
		                             "all",
		                             "",
		                             false,
		                             "2010-01-01",
		                             "2010-01-03",
		                             "2010-01-01 0 2; 2010-01-02 1 3" };
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", &states, 1);
	same_days(data, &c);
	irm_dataset_free(data);
}

static void test_parties_of_several_mechanisms_are_not_told_apart(void **state)
{
	static const struct fixture_file files[] = {
		MECHANISMS,
		{ "milestones", "M,begun,1,,,,,no,,\nN,begun,1,,,,,no,,\n" },
		{ "states", "XAA,State A,AFR,2010-01-01\n" },
		{ "scope", "C1,III\n" },
	};
	static const struct daily_case c = {
		"parties",
		"states_parties",
		0,
		"all",
		"all",
		"all",
		"",
		false,
		"2020-03-03",
		"2020-03-03",
		"the source has several mechanisms, and party_since says not of which convention"
	};
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", files, COUNT(files));
	same_days(data, &c);
	irm_dataset_free(data);
}

/* With the European Union and without. */
static void test_parties_from_day_to_day(void **state)
{
	static const struct daily_case cases[] = {
		{ "all", "states_parties", 0, "all", "all", "all", "", false, "2010-01-01",
		  "2013-01-01", "2010-01-01 1 2; 2010-01-02 2 3; 2012-12-12 3 4" },
		{ "without", "states_parties", 1, "all", "all", "all", "", false, "2010-01-01",
		  "2013-01-01", "2010-01-01 1 2; 2010-01-02 2 3" },
		{ "of a region", "states_parties", 0, "all", "EEG", "all", "", false, "2010-01-01",
		  "2013-01-01", "2010-01-01 0 0; 2010-01-02 1 1" },
		{ "of an article", "states_parties", 0, "all", "all", "15", "", false, "2010-01-01",
		  "2013-01-01", "it is of an article, and what it counts is of none" },
	};
	static const struct fixture_file states = {
		"states", "XAA,State A,AFR,2010-01-01\nXAB,State B,EEG,2010-01-02\n"
		          "XAC,State C,AFR,\nEUU,Union,,2012-12-12\n"
	};
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", &states, 1);
	for (size_t i = 0; i < COUNT(cases); i++)
		same_days(data, &cases[i]);
	irm_dataset_free(data);
}

/* Nothing is counted that stands after the last row, whatever that would be. */
static void test_compute_of_tables_without_rows(void **state)
{
	static const struct fixture_file files[] = {
		{ "needs", "" },
		{ "findings", "" },
		{ "documents", "" },
		{ "measures", "" },
		{ "participation", "A,dialogue,media,online,1969-12-31\n" },
	};
	static const struct daily_case cases[] = {
		{ "needs", "technical_assistance_needs_identified", 0, "C2", "all", "all", "",
		  false, "2020-03-03", "2020-03-04", "2020-03-03 0 0" },
		{ "findings", "good_practices_identified", 0, "C2", "all", "all", "", false,
		  "2020-03-03", "2020-03-04", "2020-03-03 0 0" },
		{ "reviews, before 1970 too", "reviews", 0, "all", "all", "all", "", false,
		  "1969-12-30", "1970-01-02", "1969-12-30 1 1" },
		{ "a share, before 1970 too", "share_reviews_engaging_other_stakeholders", 1, "all",
		  "all", "all", "", false, "1969-12-30", "1970-01-02",
		  "1969-12-30 0 -; 1969-12-31 100 -" },
		{ "a review of the year 0 is not of an unknown one", "reviews_first_year", 0, "C2",
		  "all", "all", "", false, "2020-03-03", "2020-03-03", "2020-03-03 0 0" },
	};
	(void)state;
	struct irm_dataset *data =
	        fixture_open_parts("2020-12-31", "A,C2,0,XAA,,,,,,,\n", "A,heard,2020-03-03,\n",
	                           files, COUNT(files), IRM_METRIC_PARTS);
	for (size_t i = 0; i < COUNT(cases); i++)
		same_days(data, &cases[i]);
	irm_dataset_free(data);
}

/* Rules that are in no list yet: rows of the first kind of each table. */
static void test_compute_by_rules_of_first_kinds(void **state)
{
	static const struct irm_metric_rule rules[] = {
		{ .unit = IRM_METRIC_ROWS,
		  .when = IRM_METRIC_DOCUMENT,
		  .kind = IRM_SELF_ASSESSMENT },
		{ .unit = IRM_METRIC_ROWS, .when = IRM_METRIC_MEASURE, .kind = IRM_PLANNED },
		{ .unit = IRM_METRIC_ROWS, .when = IRM_METRIC_PARTICIPATION },
	};
	static const struct fixture_file empty[] = { { "documents", "" },
		                                     { "measures", "" },
		                                     { "participation", "" } };
	static const struct fixture_file one[] = {
		{ "documents", "A,self_assessment,en,,,\n" },
		{ "measures", "A,5,1,planned,,,\n" },
		{ "participation", "A,dialogue,media,online,\n" },
	};
	(void)state;
	for (int rows = 0; rows < 2; rows++) {
		struct irm_dataset *data =
		        fixture_open_parts("2020-12-31", "A,C2,2016,XAA,,,,,,,\n", "",
		                           rows ? one : empty, 3, IRM_METRIC_PARTS);
		struct irm_query query = query_of(data, false);
		const struct irm_published figure = {
			.day = "2020", .cycle = IRM_NONE, .region = IRM_NONE, .article = "all"
		};
		for (size_t i = 0; i < COUNT(rules); i++) {
			const struct irm_metric metric = { .rule = &rules[i] };
			struct irm_metric_series series;
			struct irm_err err;
			char found[100];
			assert_int_equal(
			        irm_metric_compute(&series, &query, &figure, &metric, 0, 1, &err),
			        IRM_OK);
			show_series(found, sizeof found, &series);
			same_text("rows", found, rows ? "1970-01-01 0 1" : "1970-01-01 0 0");
			irm_metric_series_release(&series);
		}
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

struct attempt {
	const struct irm_dataset *data;
	const struct daily_case *wanted;
};

static enum irm_code compute_again(void *context, struct irm_err *err)
{
	const struct attempt *attempt = context;
	char found[2000];
	enum irm_code code = compute(found, sizeof found, attempt->data, attempt->wanted,
	                             irm_date_of_day(day_of(attempt->wanted->last)), err);
	if (!code)
		same_text("memory", found, attempt->wanted->expected);
	return code;
}

static void test_compute_without_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = open_daily();
	struct attempt attempt = { data, &days[0] };
	scarce_sweep("computing", compute_again, &attempt, 8);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_name),
		cmocka_unit_test(test_next_other_ways_of_counting),
		cmocka_unit_test(test_lacks),
		cmocka_unit_test(test_rules_are_reached),
		cmocka_unit_test(test_compute_is_the_calendar_on_every_day),
		cmocka_unit_test(test_compute_counts),
		cmocka_unit_test(test_compute_parties),
		cmocka_unit_test(test_first_year_of_the_records),
		cmocka_unit_test(test_compute_from_day_to_day),
		cmocka_unit_test(test_compute_says_what_packages_lack),
		cmocka_unit_test(test_compute_says_all_that_it_rests_on),
		cmocka_unit_test(test_compute_of_one_mechanism),
		cmocka_unit_test(test_compute_by_a_first_milestone),
		cmocka_unit_test(test_compute_in_the_year_of_a_vague_day),
		cmocka_unit_test(test_first_year_is_the_earliest),
		cmocka_unit_test(test_parties_where_the_first_has_no_day),
		cmocka_unit_test(test_parties_of_several_mechanisms_are_not_told_apart),
		cmocka_unit_test(test_parties_from_day_to_day),
		cmocka_unit_test(test_compute_of_tables_without_rows),
		cmocka_unit_test(test_compute_by_rules_of_first_kinds),
		cmocka_unit_test(test_compute_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
