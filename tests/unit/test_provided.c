/* The assistance that was provided: what counts where. */
#include "assistance.h"
#include "fixture.h"

#include "review/provided.h"

struct provided_case {
	const char *name;
	const char *assistance, *targets; /* rows */
	const char *by, *where;
	bool regional, middle, total;
	const char *expected; /* "key activities running states unknown regional" a row */
};

#define PROVIDED_A "a,,Agency,government,2019-05-01,2020-01-01,\n"

/* The day is 2020-12-31. XAA and XAD are of AFR, XAB of EEG, XAC of no region. */
static const struct provided_case cases[] = {
	{ "one for a State", PROVIDED_A, "a,1,XAA,,15,advice\n", "", "", 0, 0, 0, "1 0 1 0 0" },
	{ "several targets are one activity, and States once each", PROVIDED_A,
	  "a,1,XAA,,15,advice\na,2,XAB,,15,advice\na,3,XAA,,5,advice\n", "", "", 0, 0, 0,
	  "1 0 2 0 0" },
	{ "once a State and article", PROVIDED_A,
	  "a,1,XAA,,15,advice\na,2,XAA,,15,drafting\na,3,XAA,,5,advice\n", "article", "", 0, 0, 0,
	  "5 1 0 1 0 0;15 1 0 1 0 0" },
	{ "totals hold it once", PROVIDED_A, "a,1,XAA,,15,advice\na,2,XAB,,15,advice\n", "region",
	  "", 0, 0, 1, "AFR 1 0 1 0 0;EEG 1 0 1 0 0;all 1 0 2 0 0" },
	{ "running: no end, or one after the day",
	  "a,,,,2019-05-01,,\nb,,,,2019-05-01,2021-01-01,\nc,,,,2019-05-01,2020-12-31,\n",
	  "a,1,XAA,,,\nb,1,XAA,,,\nc,1,XAA,,,\n", "", "", 0, 0, 0, "3 2 1 0 0" },
	{ "an end that may have come is not surely running",
	  "a,,,,2019-05-01,[2020-12-01..2021-02-01],\n", "a,1,XAA,,,\n", "", "", 0, 0, 0,
	  "1 0 1 0 0" },
	{ "not begun by the day", "a,,,,2021-01-01,,\n", "a,1,XAA,,15,advice\n", "", "", 0, 0, 0,
	  "" },
	{ "perhaps begun by the day, and no start",
	  "a,,,,[2020-12-01..2021-02-01],,\nb,,,,,,\nc,,,,2020-12-31,,\n",
	  "a,1,XAA,,,\nb,1,XAB,,,\nc,1,XAC,,,\n", "", "", 0, 0, 0, "1 1 1 2 0" },
	{ "the middle day", "a,,,,[2020-12-01..2020-12-31],,\nb,,,,[2020-12-30..2021-01-01],,\n",
	  "a,1,XAA,,,\nb,1,XAA,,,\n", "", "", 0, 1, 0, "2 2 1 0 0" },
	{ "by year of start", "a,,,,2019-05-01,,\nb,,,,2020,,\nc,,,,[2019-01-01..2020-06-01],,\n",
	  "a,1,XAA,,,\nb,1,XAA,,,\nc,1,XAA,,,\n", "year", "", 0, 0, 0,
	  "2019 1 1 1 0 0;2020 1 1 1 0 0;1 1 1 0 0" },
	{ "a State without a region", PROVIDED_A, "a,1,XAC,,15,advice\n", "region", "", 0, 0, 0,
	  "unassigned 1 0 1 0 0" },
	{ "a region is left out", PROVIDED_A, "a,1,,AFR,15,advice\n", "", "", 0, 0, 0, "" },
	{ "a region, asked for", PROVIDED_A, "a,1,,AFR,15,advice\n", "region", "", 1, 0, 0,
	  "AFR 0 0 0 0 1" },
	{ "a region beside a State of it is once", PROVIDED_A,
	  "a,1,,AFR,15,advice\na,2,XAA,,15,advice\n", "region", "", 1, 0, 0, "AFR 1 0 1 0 0" },
	{ "a region beside a State of another", PROVIDED_A,
	  "a,1,,AFR,15,advice\na,2,XAB,,15,advice\n", "region", "", 1, 0, 1,
	  "AFR 0 0 0 0 1;EEG 1 0 1 0 0;all 1 0 1 0 0" },
	{ "a region is no State", PROVIDED_A, "a,1,,AFR,15,advice\na,2,XAB,,15,advice\n", "state",
	  "", 1, 0, 0, "XAB 1 0 1 0 0" },
	{ "a region of which it is unknown", "a,,,,,,\n", "a,1,,AFR,15,advice\n", "region", "", 1,
	  0, 0, "AFR 0 0 0 1 0" },
	{ "no article in particular, where articles are asked for", PROVIDED_A,
	  "a,1,XAA,,,advice\n", "article", "", 0, 0, 0, "" },
	{ "and where they are not", PROVIDED_A, "a,1,XAA,,,advice\n", "type", "", 0, 0, 0,
	  "advice 1 0 1 0 0" },
	{ "no type in particular, where types are asked for", PROVIDED_A, "a,1,XAA,,15,\n", "type",
	  "", 0, 0, 0, "" },
	{ "without a target, by its own keys", PROVIDED_A, "", "provider", "", 0, 0, 0,
	  "Agency 1 0 0 0 0" },
	{ "without a target, by another's", PROVIDED_A, "", "region", "", 0, 0, 0, "" },
	{ "a target of no one reaches no State", PROVIDED_A, "a,1,,,15,advice\n", "article", "", 1,
	  0, 0, "15 1 0 0 0 0" },
	{ "by beneficiary; one that is not said",
	  PROVIDED_A "b,,,civil_society,2019-05-01,,\nc,,,,2019-05-01,,\n",
	  "a,1,XAA,,,\nb,1,XAA,,,\nc,1,XAA,,,\n", "beneficiary", "", 0, 0, 0,
	  "civil_society 1 1 1 0 0;government 1 0 1 0 0;1 1 1 0 0" },
	{ "a condition on the beneficiary", PROVIDED_A "b,,,civil_society,2019-05-01,,\n",
	  "a,1,XAA,,,\nb,1,XAB,,,\n", "", "beneficiary=civil_society", 0, 0, 0, "1 1 1 0 0" },
	{ "a condition on the region", PROVIDED_A, "a,1,XAA,,15,advice\na,2,XAB,,15,advice\n", "",
	  "region=EEG", 0, 0, 0, "1 0 1 0 0" },
	{ "by chapter", PROVIDED_A, "a,1,XAA,,5,advice\na,2,XAB,,6,advice\na,3,XAB,,15,advice\n",
	  "chapter", "", 0, 0, 0, "II 1 0 2 0 0;III 1 0 1 0 0" },
	{ "topics are views of articles", PROVIDED_A, "a,1,XAA,,5,advice\na,2,XAB,,6,advice\n",
	  "topic", "", 0, 0, 1, "five 1 0 1 0 0;low 1 0 2 0 0;all 1 0 2 0 0" },
	{ "its own topic, once beside those of its articles",
	  "a,virus,,,2019-05-01,,\nb,low,,,2019-05-01,,\nc,virus,,,2019-05-01,,\n",
	  "a,1,XAA,,5,advice\nb,1,XAB,,6,advice\nc,1,XAA,,,\n", "topic", "", 0, 0, 1,
	  "five 1 1 1 0 0;low 2 2 2 0 0;virus 2 2 1 0 0;all 3 3 2 0 0" },
	{ "its own topic and an article", "a,virus,,,2019-05-01,,\nc,virus,,,2019-05-01,,\n",
	  "a,1,XAA,,5,advice\nc,1,XAA,,,\n", "article", "topic=virus", 0, 0, 0, "5 1 1 1 0 0" },
	{ "its own topic, no target", "a,virus,,,2019-05-01,,\n", "", "", "topic=virus", 0, 0, 0,
	  "1 1 0 0 0" },
	{ "a condition on a topic", PROVIDED_A, "a,1,XAA,,5,advice\na,2,XAB,,6,advice\n", "",
	  "topic=five", 0, 0, 0, "1 0 1 0 0" },
};

static void check_case(const struct provided_case *c)
{
	static const int columns[] = { IRM_PROVIDED_ACTIVITIES, IRM_PROVIDED_RUNNING,
		                       IRM_PROVIDED_STATES, IRM_PROVIDED_UNKNOWN,
		                       IRM_PROVIDED_REGIONAL };
	const struct fixture_file more[] = { { "assistance", c->assistance },
		                             { "assistance_targets", c->targets } };
	struct irm_dataset *data =
	        fixture_open_parts("2024-12-31", "R,C1,2019,XAA,,,,,,,\n", "R,heard,2020-03-01,\n",
	                           more, 2, IRM_PART_ASSISTANCE | IRM_PART_ACTIVITY_TOPICS);
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	char found[300];
	fixture_query(&query, data, c->name, c->by, c->where, IRM_BY_ACTIVITIES, 0);
	query.total = c->total;
	query.middle = c->middle;
	if (irm_provided_count(&counts, &query, c->regional, &err))
		fail_msg("%s: %s", c->name, err.message);
	fixture_show(found, sizeof found, data, query.n_by ? query.by[0] : IRM_KEYS, &counts,
	             columns, 5);
	if (strcmp(found, c->expected) != 0)
		fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, found);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_provided_every_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += stride())
		check_case(&cases[i]);
}

static const struct {
	const char *by, *where;
	bool total, regional;
	int32_t day;
	const char *expected; /* keys, then the counts up to REGIONAL, a row */
} questions[] = {
	{ "", "", false, false, 300,
	  "7 3 2 0 0\n"
	  "." },
	{ "", "", false, true, 300,
	  "7 3 2 1 0\n"
	  "." },
	{ "region,article", "", true, true, 300,
	  "EEG 5 2 1 1 0 0\n"
	  "EEG 6 0 0 0 0 1\n"
	  "EEG 15 1 0 1 1 0\n"
	  "EEG all 3 1 1 1 0\n"
	  "unassigned 5 2 1 1 0 0\n"
	  "unassigned all 2 1 1 0 0\n"
	  "all 5 4 2 2 0 0\n"
	  "all 6 0 0 0 0 1\n"
	  "all 15 1 0 1 1 0\n"
	  "all all 5 2 2 1 0\n"
	  "." },
	{ "chapter", "", true, true, 300,
	  "II 4 2 2 0 0\n"
	  "III 6 2 2 1 0\n"
	  "all 6 2 2 1 0\n"
	  "." },
	{ "topic,provider", "", true, true, 300,
	  "low Agency 2 1 2 0 0\n"
	  "low Bureau 2 1 1 0 0\n"
	  "low - 1 1 1 1 0\n"
	  "low all 5 3 2 1 0\n"
	  "virus Agency 2 1 2 0 0\n"
	  "virus Bureau 1 0 1 0 0\n"
	  "virus - 1 1 1 0 0\n"
	  "virus all 4 2 2 0 0\n"
	  "all Agency 2 1 2 0 0\n"
	  "all Bureau 2 1 1 0 0\n"
	  "all - 1 1 1 1 0\n"
	  "all all 5 3 2 1 0\n"
	  "." },
	{ "state,type", "", true, true, 300,
	  "XAA advice 1 1 1 0 0\n"
	  "XAA drafting 1 0 1 0 0\n"
	  "XAA all 2 1 1 0 0\n"
	  "XAB drafting 2 1 1 0 0\n"
	  "XAB all 2 1 1 0 0\n"
	  "all advice 1 1 1 0 0\n"
	  "all drafting 3 1 2 0 0\n"
	  "all all 4 2 2 0 0\n"
	  "." },
	{ "year,beneficiary", "provider=Agency,", true, false, 300,
	  "1970 government 3 2 2 0 0\n"
	  "1970 society 1 0 2 0 0\n"
	  "1970 all 4 2 2 0 0\n"
	  "all government 3 2 2 0 0\n"
	  "all society 1 0 2 0 0\n"
	  "all all 4 2 2 0 0\n"
	  "." },
	{ "article", "topic=low", true, false, 300,
	  "5 4 2 2 0 0\n"
	  "all 4 2 2 0 0\n"
	  "." },
	{ "topic", "type=advice;chapter=II", false, true, 300,
	  "low 1 1 1 0 0\n"
	  "virus 1 1 1 0 0\n"
	  "." },
	{ "provider", "", true, false, 110,
	  "Agency 2 1 1 0 0\n"
	  "Bureau 3 1 1 0 0\n"
	  "all 5 2 1 0 0\n"
	  "." },
	{ "provider", "", true, false, 109,
	  "Agency 1 0 0 0 0\n"
	  "Bureau 3 1 1 0 0\n"
	  "all 4 1 1 0 0\n"
	  "." },
	{ "region,year,state,article,chapter,type,topic,provider", "type=drafting;state=XAB", false,
	  true, 300,
	  "unassigned 1970 XAB 5 II drafting low Agency 1 0 1 0 0\n"
	  "unassigned 1970 XAB 5 II drafting low - 1 1 1 0 0\n"
	  "unassigned 1970 XAB 5 II drafting virus Agency 1 0 1 0 0\n"
	  "unassigned 1970 XAB 5 II drafting virus - 1 1 1 0 0\n"
	  "." },
};

static void show_all(char *out, size_t size, const struct irm_query *query,
                     const struct irm_counter *counts)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	assert_int_equal(counts->width, query->n_by);
	assert_int_equal(counts->columns, IRM_PROVIDED_COLUMNS);
	for (size_t i = 0; i < counts->n; i++) {
		char buffer[16];
		for (size_t k = 0; k < query->n_by; k++) {
			uint32_t value = counts->keys[i * counts->width + k];
			const char *text =
			        irm_key_text(query->data, query->by[k], value, false, buffer);
			fprintf(f, "%s ", *text ? text : "-");
		}
		for (size_t c = 0; c <= IRM_PROVIDED_REGIONAL; c++)
			fprintf(f, "%s%d", c ? " " : "",
			        (int)counts->counts[i * counts->columns + c]);
		fputc('\n', f);
	}
	fputc('.', f);
	assert_int_equal(fclose(f), 0);
}

static void test_all_counts(void **state)
{
	(void)state;
	const struct irm_dataset data = with_assistance();
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct irm_query query;
		struct irm_counter counts;
		struct irm_err err = { .code = IRM_OK };
		char found[2000], name[80];
		snprintf(name, sizeof name, "by %s where %s", questions[i].by, questions[i].where);
		fixture_query(&query, &data, name, questions[i].by, questions[i].where, ~0u, 0);
		query.total = questions[i].total;
		query.as_of = questions[i].day;
		assert_int_equal(irm_provided_count(&counts, &query, questions[i].regional, &err),
		                 IRM_OK);
		show_all(found, sizeof found, &query, &counts);
		same_text(name, found, questions[i].expected);
		irm_counter_release(&counts);
		irm_query_release(&query);
	}
}

/* Of the first and the last day that the calendar has, and of open ends. */
static void test_year_of_the_start_at_the_calendar_s_ends(void **state)
{
	(void)state;
	static const struct {
		struct irm_date starts;
		const char *expected;
	} at_ends[] = {
		{ { IRM_DAY_FIRST, IRM_DAY_FIRST }, "1 1 1 0 0 0\n." },
		{ { IRM_DAY_FIRST, IRM_DAY_FIRST + 364 }, "1 1 1 0 0 0\n." },
		{ { IRM_DAY_FIRST, IRM_DAY_FIRST + 365 }, "- 1 1 0 0 0\n." },
		{ { IRM_DAY_LAST, IRM_DAY_LAST }, "9999 1 1 0 0 0\n." },
		{ { IRM_DAY_PAST, IRM_DAY_FIRST }, "- 1 1 0 0 0\n." },
		{ { IRM_DAY_LAST, IRM_DAY_FUTURE }, "- 0 0 0 1 0\n." },
		{ { IRM_DAY_NONE, IRM_DAY_NONE }, "- 0 0 0 1 0\n." },
	};
	for (size_t i = 0; i < COUNT(at_ends); i++) {
		struct irm_activity activity = { .code = "a",
			                         .topic = IRM_NONE,
			                         .provider = IRM_NONE,
			                         .beneficiary = IRM_NONE,
			                         .starts = at_ends[i].starts };
		struct irm_dataset data = with_assistance();
		struct irm_query query;
		struct irm_counter counts;
		struct irm_err err = { .code = IRM_OK };
		char found[200], name[20];
		snprintf(name, sizeof name, "case %zu", i);
		data.activities = &activity;
		data.n_activities = 1;
		fixture_query(&query, &data, name, "year", "", ~0u, 0);
		query.as_of = IRM_DAY_LAST;
		assert_int_equal(irm_provided_count(&counts, &query, false, &err), IRM_OK);
		show_all(found, sizeof found, &query, &counts);
		same_text(name, found, at_ends[i].expected);
		irm_counter_release(&counts);
		irm_query_release(&query);
	}
}

static void test_no_tables_of_assistance(void **state)
{
	(void)state;
	struct irm_dataset data = with_assistance();
	const struct irm_query query = { .data = &data, .as_of = 300 };
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	data.has_assistance = false;
	assert_int_equal(irm_provided_count(&counts, &query, false, &err), IRM_INPUT);
	same_error("none", &err,
	           "the source has no table 'assistance_targets': which assistance was provided is "
	           "not recorded");
	assert_int_equal(counts.n, 0);
	irm_counter_release(&counts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_provided_every_case),
		cmocka_unit_test(test_all_counts),
		cmocka_unit_test(test_year_of_the_start_at_the_calendar_s_ends),
		cmocka_unit_test(test_no_tables_of_assistance),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
