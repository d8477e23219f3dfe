/* Questions: what is understood, what is refused, and with which words. */
#include "fixture.h"
#include "small.h"

#include "review/compare.h"
#include "review/query.h"

#define REVIEWS "R1,C1,2010,XAA,,,,,,,\nR2,C1,2012,XAB,,,,country_visit,,,\nR3,C2,,XAC,,,,,,,\n"

static const struct fixture_file sessions = {
	"sessions", "s1,IRG,First session,2020-05-04,2020-05-08,Vienna,\ns2,IRG,Second,,,Vienna,\n"
};

struct query_case {
	const char *name;
	const char *as_of, *by, *where, *imprecise;
	const char *message, *hint; /* NULL: it is understood */
};

static const struct query_case refused[] = {
	{ "unknown key", "2020-01-01", "regoin", "", NULL, "there is no key 'regoin' here",
	  "did you mean 'region'?" },
	{ "a key of another tool", "2020-01-01", "article", "", NULL,
	  "there is no key 'article' here", NULL },
	{ "key twice", "2020-01-01", "region,region", "", NULL,
	  "--by: the key 'region' stands twice", NULL },
	{ "empty key", "2020-01-01", ",region", "", NULL, "there is no key '' here", NULL },
	{ "unknown value", "2020-01-01", "", "region=AFRR", NULL, "the source has no region 'AFRR'",
	  "did you mean 'AFR'?" },
	{ "no value", "2020-01-01", "", "region", NULL,
	  "--where: expected COL=VALUE, found 'region'", NULL },
	{ "no year", "2020-01-01", "", "year=late", NULL, "expected a year, found 'late'", NULL },
	{ "an order of several values", "2020-01-01", "", "year>=2010,2011", NULL,
	  "--where: >= takes one value that has an order", NULL },
	{ "an order of no value", "2020-01-01", "", "region<=unassigned", NULL,
	  "--where: <= takes one value that has an order", NULL },
	{ "no such day", "2020-02-30", "", "", NULL,
	  "--as-of: expected a day such as 2019-10-30 or a session, found '2020-02-30'",
	  "the calendar has no such day" },
	{ "a vague day", "2020-02", "", "", NULL,
	  "--as-of: expected a day such as 2019-10-30 or a session, found '2020-02'",
	  "a vague date cannot stand here" },
	{ "no such session", "s3", "", "", NULL,
	  "--as-of: expected a day such as 2019-10-30 or a session, found 's3'",
	  "did you mean the session 's1'?" },
	{ "a session of no recorded day", "s2", "", "", NULL,
	  "--as-of: the first day of the session 's2' is not recorded", NULL },
	{ "imprecise", "2020-01-01", "", "", "midle", "--imprecise: found 'midle'",
	  "did you mean 'middle'?" },
};

static enum irm_code ask(struct irm_query *query, const struct irm_dataset *data,
                         const struct query_case *c, struct irm_err *err)
{
	const char *where[] = { c->where };
	struct irm_query_text text = { .as_of = c->as_of,
		                       .by = c->by,
		                       .where = where,
		                       .n_where = *c->where ? 1 : 0,
		                       .imprecise = c->imprecise };
	return irm_query_read(query, data, &text, IRM_BY_REVIEWS, 0, err);
}

static void test_query_refuses(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, "", &sessions, 1);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct irm_query query;
		struct irm_err err = { .code = IRM_OK };
		const struct query_case *c = &refused[i];
		if (ask(&query, data, c, &err) != IRM_USAGE)
			fail_msg("%s: not refused", c->name);
		if (strcmp(err.message, c->message) != 0 ||
		    (c->hint && strcmp(err.hint, c->hint) != 0))
			fail_msg("%s: found '%s' (%s)", c->name, err.message, err.hint);
		irm_query_release(&query);
	}
	irm_dataset_free(data);
}

static void test_query_filters_choose_reviews(void **state)
{
	(void)state;
	static const struct {
		const char *where, *kept;
	} filters[] = {
		{ "", "R1 R2 R3" },
		{ "region=AFR", "R1" },
		{ "region=AFR,EEG", "R1 R2" },
		{ "region!=AFR", "R2 R3" },
		{ "region=unassigned", "R3" },
		{ "region<=AFR", "R1" },
		{ "region>=AFR", "R1 R2" },
		{ "year>=2011", "R2" },
		{ "year<=2011", "R1" },
		{ "year=2010,2012", "R1 R2" },
		{ "year=", "R3" },
		{ "year!=", "R1 R2" },
		{ "cycle=C2", "R3" },
		{ "state!=XAA,XAC", "R2" },
		{ "dialogue=country_visit", "R2" },
		{ "mechanism=M", "R1 R2 R3" },
		{ "review=R2", "R2" },
	};
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, "", NULL, 0);
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		struct irm_query query;
		struct irm_err err = { .code = IRM_OK };
		struct query_case c = { .by = "", .where = filters[i].where };
		char kept[40] = "";
		if (ask(&query, data, &c, &err))
			fail_msg("%s: %s", filters[i].where, err.message);
		for (uint32_t r = 0; r < data->n_reviews; r++)
			if (irm_query_keeps_review(&query, r))
				snprintf(kept + strlen(kept), sizeof kept - strlen(kept), "%s%s",
				         *kept ? " " : "", data->reviews[r].code);
		if (strcmp(kept, filters[i].kept) != 0)
			fail_msg("%s: kept '%s'", filters[i].where, kept);
		irm_query_release(&query);
	}
	irm_dataset_free(data);
}

static void check_as_of(const struct irm_dataset *data, const char *as_of, const char *expected)
{
	struct irm_query query;
	struct irm_err err = { .code = IRM_OK };
	struct query_case c = { .as_of = as_of, .by = "", .where = "" };
	char day[IRM_DAY_SIZE] = "refused";
	if (ask(&query, data, &c, &err) == IRM_OK)
		irm_day_format(day, query.as_of);
	assert_string_equal(day, expected);
	irm_query_release(&query);
}

static void test_query_day_is_given_or_a_session_or_the_source_s(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, "", &sessions, 1);
	check_as_of(data, "2020-01-01", "2020-01-01");
	check_as_of(data, "s1", "2020-05-04");
	check_as_of(data, NULL, "2024-12-31");
	irm_dataset_free(data);
	data = fixture_open("", REVIEWS, "", NULL, 0);
	check_as_of(data, NULL, "refused");
	check_as_of(data, "2020-01-01", "2020-01-01");
	irm_dataset_free(data);
}

static void test_key_values_print_as_codes_or_names(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2024-12-31", REVIEWS, "", NULL, 0);
	char buffer[16];
	assert_string_equal(irm_key_text(data, IRM_BY_REGION, 0, false, buffer), "AFR");
	assert_string_equal(irm_key_text(data, IRM_BY_REGION, 0, true, buffer), "African States");
	assert_string_equal(irm_key_text(data, IRM_BY_YEAR, 2012, true, buffer), "2012");
	assert_string_equal(irm_key_text(data, IRM_BY_STATE, IRM_VALUE_ALL, true, buffer), "all");
	assert_string_equal(irm_key_text(data, IRM_BY_REGION, IRM_VALUE_UNASSIGNED, false, buffer),
	                    "unassigned");
	assert_string_equal(irm_key_text(data, IRM_BY_YEAR, IRM_VALUE_UNKNOWN, false, buffer), "");
	/* A milestone without a label has its code for a name. */
	assert_string_equal(irm_key_text(data, IRM_BY_STAGE, 0, true, buffer), "begun");
	irm_dataset_free(data);
}

/* C1 from 2010-01-01, C2 from 2015-01-01; C3 has no day of its own: its first dated milestone is
 * R5's of 2018-03-04, as what is vague or another cycle's does not count. */
#define MANY_CYCLES \
	"C1,M,First,2010-01-01,\nC2,M,Second,2015-01-01,\nC3,M,Third,,\nC4,M,Fourth,,\n" \
	"C5,M,,2010-01-05,\nC6,M,,2010-01-06,\nC7,M,,2010-01-07,\nC8,M,,2010-01-08,\n" \
	"C9,M,,2010-01-09,\nCA,M,,,\n"

static const struct {
	const char *name, *as_of, *by, *where, *cycles;
	const char *expected; /* each cycle's day and keys; or a message */
} compared[] = {
	{ "at the age of the younger", "2016-01-01", "", "", "C1,C2",
	  "2011-01-01 cycle 2;2016-01-01 cycle 1;" },
	{ "in the order that is asked for", "2016-01-01", "", "", "C2,C1",
	  "2016-01-01 cycle 1;2011-01-01 cycle 2;" },
	{ "on the first day", "2015-01-01", "", "", "C1,C2",
	  "2010-01-01 cycle 2;2015-01-01 cycle 1;" },
	{ "begun by the first milestone, and by that day", "2018-03-04", "", "", "C1,C3",
	  "2010-01-01 cycle 2;2018-03-04 cycle 2;" },
	{ "of three the youngest", "2018-03-06", "", "", "C1,C3,C2",
	  "2010-01-03 cycle 2;2018-03-06 cycle 2;2015-01-03 cycle 1;" },
	{ "the cycle before the keys", "2016-01-01", "region,year", "", "C1,C2",
	  "2011-01-01 cycle region year 2;2016-01-01 cycle region year 1;" },
	{ "the cycle among the keys", "2016-01-01", "region,cycle", "", "C1,C2",
	  "2011-01-01 region cycle 2;2016-01-01 region cycle 1;" },
	{ "what the filters keep of it", "2016-01-01", "", "state=XAB,XAC;year>=2012", "C1,C2",
	  "2011-01-01 cycle 1;2016-01-01 cycle 0;" },
	{ "the cycle before another key", "2016-01-01", "cycle,region", "", "C1,C2",
	  "2011-01-01 cycle region 2;2016-01-01 cycle region 1;" },
	{ "eight keys with the cycle", "2016-01-01",
	  "region,year,state,review,dialogue,mechanism,stage,cycle", "", "C1,C2",
	  "2011-01-01 region year state review dialogue mechanism stage cycle 2;2016-01-01 region "
	  "year state review dialogue mechanism stage cycle 1;" },
	{ "seven keys without it", "2016-01-01",
	  "region,year,state,review,dialogue,mechanism,stage", "", "C1,C2",
	  "2011-01-01 cycle region year state review dialogue mechanism stage 2;2016-01-01 cycle "
	  "region year state review dialogue mechanism stage 1;" },
	/* R0 lies before R1, whose milestone of 2009 is no beginning of its */
	{ "begun by the first milestone of the first review", "2020-02-03", "", "", "C1,CA",
	  "2011-01-01 cycle 2;2020-02-03 cycle 1;" },
	{ "eight", "2018-03-04", "", "", "C1,C2,C3,C5,C6,C7,C8,C9",
	  "2010-01-01 cycle 2;2015-01-01 cycle 1;2018-03-04 cycle 2;2010-01-05 cycle 0;2010-01-06 "
	  "cycle 0;2010-01-07 cycle 0;2010-01-08 cycle 0;2010-01-09 cycle 0;" },
	{ "nine", "2018-03-04", "", "", "C1,C2,C3,C4,C5,C6,C7,C8,C9",
	  "--compare: expected at most 8 cycles" },
	{ "the day before", "2014-12-31", "", "", "C1,C2",
	  "--compare: the cycle 'C2' has not begun, or no beginning is recorded" },
	{ "the day before the first milestone", "2018-03-03", "", "", "C1,C3",
	  "--compare: the cycle 'C3' has not begun, or no beginning is recorded" },
	{ "no beginning", "2020-01-01", "", "", "C1,C4",
	  "--compare: the cycle 'C4' has not begun, or no beginning is recorded" },
	{ "none", "2016-01-01", "", "", "", "--compare: expected two cycles or more" },
	{ "one", "2016-01-01", "", "", "C1", "--compare: expected two cycles or more" },
	{ "one and a comma", "2016-01-01", "", "", "C1,",
	  "--compare: expected two cycles or more" },
	{ "twice", "2016-01-01", "", "", "C1,C1", "--compare: the cycle 'C1' stands twice" },
	{ "twice, not side by side", "2016-01-01", "", "", "C2,C1,C3,C1",
	  "--compare: the cycle 'C1' stands twice" },
	{ "unknown", "2016-01-01", "", "", "C1,CX", "the source has no cycle 'CX'" },
	{ "a key too many", "2016-01-01", "region,year,state,review,dialogue,mechanism,stage,party",
	  "", "C1,C2", "--by: expected at most 7 keys besides cycle" },
};

static void show_compared(char *out, size_t size, const struct irm_query *queries, size_t n)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	for (size_t i = 0; i < n; i++) {
		char day[IRM_DAY_SIZE];
		int kept = 0;
		irm_day_format(day, queries[i].as_of);
		fprintf(f, "%s", day);
		for (size_t k = 0; k < queries[i].n_by; k++)
			fprintf(f, " %s", irm_key_name(queries[i].by[k]));
		for (uint32_t r = 0; r < queries[i].data->n_reviews; r++)
			kept += irm_query_keeps_review(&queries[i], r);
		fprintf(f, " %d;", kept);
	}
	assert_int_equal(fclose(f), 0);
}

static void test_compared_at_the_same_age(void **state)
{
	(void)state;
	const struct fixture_file cycles = { "cycles", MANY_CYCLES };
	struct irm_dataset *data =
	        fixture_open("2024-12-31",
	                     "R0,CA,,XAA,,,,,,,\nR1,C1,2010,XAA,,,,,,,\nR2,C1,2012,XAB,,,,,,,\n"
	                     "R3,C2,2010,XAB,,,,,,,\n"
	                     "R4,C3,,XAC,,,,,,,\nR5,C3,,XAD,,,,,,,\n",
	                     "R0,begun,2019-02-03,\nR1,begun,2009-01-01,\nR4,begun,2018-01,\nR4,"
	                     "given,2018-04-05,\n"
	                     "R5,given,2018-03-05,\nR5,closed,2018-03-04,\n",
	                     &cycles, 1);
	for (size_t i = 0; i < COUNT(compared); i++) {
		struct irm_query query, queries[IRM_COMPARED_MOST];
		struct irm_err err = { .code = IRM_OK };
		char found[600] = "";
		size_t n = 0;
		fixture_query(&query, data, compared[i].name, compared[i].by, compared[i].where,
		              ~0u, 0);
		assert_int_equal(irm_day_parse(&query.as_of, compared[i].as_of, &err), IRM_OK);
		if (irm_compare_queries(queries, &n, &query, compared[i].cycles, &err))
			snprintf(found, sizeof found, "%s", err.message);
		else
			show_compared(found, sizeof found, queries, n);
		same_text(compared[i].name, found, compared[i].expected);
		for (size_t q = 0; q < IRM_COMPARED_MOST; q++)
			irm_query_release(&queries[q]);
		irm_query_release(&query);
	}
	irm_dataset_free(data);
}

/* The small dataset with sessions, and numbers that two conventions share. */
static struct irm_dataset with_sessions_and_doubles(void)
{
	static struct irm_session two[] = { { "early", IRM_DAY_NONE }, { "later", 18262 } };
	static struct irm_article articles[] = { { "MUC", "5", "Five", 0 },
		                                 { "MUC", "15", "", 1 },
		                                 { "OTH", "5", "", 0 },
		                                 { "OTH", "6", "", 1 } };
	static struct irm_paragraph paragraphs[] = {
		{ "5", 0 }, { "15", 1 }, { "15(2)", 1 }, { "5", 2 }, { "15(2)", 3 }
	};
	struct irm_dataset data = small;
	data.as_of = 18626;
	data.sessions = two;
	data.n_sessions = COUNT(two);
	data.articles = articles;
	data.n_articles = COUNT(articles);
	data.paragraphs = paragraphs;
	data.n_paragraphs = COUNT(paragraphs);
	return data;
}

/* All of a query: "day [middle] [total] [names] by KEYS where KEY op VALUES;" */
static void show_query(char *out, size_t size, const struct irm_query *query)
{
	static const char *const operators[] = { "=", "!=", "<=", ">=" };
	char day[IRM_DAY_SIZE];
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	irm_day_format(day, query->as_of);
	fprintf(f, "%s%s%s%s", day, query->middle ? " middle" : "", query->total ? " total" : "",
	        query->names ? " names" : "");
	for (size_t i = 0; i < query->n_by; i++)
		fprintf(f, "%s%s", i ? "," : " by ", irm_key_name(query->by[i]));
	for (size_t i = 0; i < query->n_filters; i++) {
		const struct irm_filter *filter = &query->filters[i];
		fprintf(f, "%s%s%s", i ? ";" : " where ", irm_key_name(filter->key),
		        operators[filter->op]);
		for (size_t k = 0; k < filter->n; k++) {
			const char *comma = k ? "," : "";
			if (filter->values[k] >= IRM_VALUE_UNKNOWN)
				fprintf(f, "%s-%u", comma, UINT32_MAX - filter->values[k]);
			else
				fprintf(f, "%s%u", comma, filter->values[k]);
		}
	}
	assert_int_equal(fclose(f), 0);
}

#define EIGHT "mechanism,region,cycle,year,state,review,dialogue,stage"
#define LONG  "0123456789012345678901234567890123456789012345678901234567890123456789"

/* Options that are not given are NULL; conditions have semicolons between; rows and reviews are
 * always columns. */
static const struct {
	const char *as_of, *by, *where, *imprecise;
	bool total, names;
	const char *expected;
} read_cases[] = {
	{ NULL, NULL, "", NULL, false, false, "2020-12-30" },
	{ "2019-05-06", "", "", "unknown", true, false, "2019-05-06 total" },
	{ "later", "region", "", "middle", false, true, "2020-01-01 middle names by region" },
	{ NULL, "milestone,year,item,state", "", NULL, false, false, "2020-12-30 by year,state" },
	{ NULL, "milestone,milestone", "", NULL, false, false, "2020-12-30" },
	{ NULL, EIGHT, "", NULL, false, false, "2020-12-30 by " EIGHT },
	{ NULL, EIGHT ",item", "", NULL, false, false, "2020-12-30 by " EIGHT },
	{ NULL, EIGHT ",party", "", NULL, false, false, "--by: expected at most 8 keys" },
	{ NULL, "year,", "", NULL, false, false, "--by: expected a key after the comma" },
	{ NULL, "year,state,year", "", NULL, false, false, "--by: the key 'year' stands twice" },
	{ NULL, "year,,state", "", NULL, false, false, "there is no key '' here" },
	{ NULL, LONG, "", NULL, false, false,
	  "there is no key '012345678901234567890123456789012345678901234567890123456789' here" },
	{ NULL, "", "year=2012,2010", NULL, false, false, "2020-12-30 where year=2012,2010" },
	{ NULL, "", "year=,2010,", NULL, false, false, "2020-12-30 where year=-2,2010,-2" },
	{ NULL, "", "year!=2010;year>=2009;year<=2012", NULL, false, false,
	  "2020-12-30 where year!=2010;year>=2009;year<=2012" },
	{ NULL, "", "region=unassigned,EEG;milestone=heard", NULL, false, false,
	  "2020-12-30 where region=-1,1;milestone=2" },
	/* a number is that of every convention */
	{ NULL, "", "article=5", NULL, false, false, "2020-12-30 where article=0,2" },
	{ NULL, "", "article=6,15", NULL, false, false, "2020-12-30 where article=3,1" },
	{ NULL, "", "article=", NULL, false, false, "2020-12-30 where article=-2" },
	{ NULL, "", "article!=5,", NULL, false, false, "2020-12-30 where article!=0,2,-2" },
	{ NULL, "", "paragraph=15(2),5", NULL, false, false, "2020-12-30 where paragraph=2,4,0,3" },
	{ NULL, "", "paragraph=", NULL, false, false, "2020-12-30 where paragraph=-2" },
	/* nothing else is */
	{ NULL, "", "chapter=II", NULL, false, false, "2020-12-30 where chapter=0" },
	{ NULL, "", "article<=5", NULL, false, false,
	  "--where: <= takes one value that has an order" },
	{ NULL, "", "article>=15", NULL, false, false, "2020-12-30 where article>=1" },
	{ NULL, "", "year<=2010,2011", NULL, false, false,
	  "--where: <= takes one value that has an order" },
	{ NULL, "", "year>=", NULL, false, false, "--where: >= takes one value that has an order" },
	{ NULL, "", "region>=unassigned", NULL, false, false,
	  "--where: >= takes one value that has an order" },
	{ NULL, "", "year>2010", NULL, false, false,
	  "--where: expected COL=VALUE, found 'year>2010'" },
	{ NULL, "", "year!2010", NULL, false, false,
	  "--where: expected COL=VALUE, found 'year!2010'" },
	{ NULL, "", "year<2010", NULL, false, false,
	  "--where: expected COL=VALUE, found 'year<2010'" },
	{ NULL, "", "year", NULL, false, false, "--where: expected COL=VALUE, found 'year'" },
	{ NULL, "", "year==2010", NULL, false, false, "expected a year, found '=2010'" },
	{ NULL, "", "=2010", NULL, false, false, "there is no key '' here" },
	{ NULL, "", "year=2010;state=XAC", NULL, false, false, "the source has no state 'XAC'" },
	{ NULL, "", "state=XAC;year=2010", NULL, false, false, "the source has no state 'XAC'" },
	{ NULL, "", "state=XAA,XAC,XAB", NULL, false, false, "the source has no state 'XAC'" },
	{ "never", "", "year=late", "often", false, false, "--imprecise: found 'often'" },
	{ "never", "", "year=late", NULL, false, false, "expected a year, found 'late'" },
	{ "early", "", "", NULL, false, false,
	  "--as-of: the first day of the session 'early' is not recorded" },
};

static enum irm_code read_case(struct irm_query *query, const struct irm_dataset *data, size_t i,
                               struct irm_err *err)
{
	static char copy[200];
	static const char *list[4];
	size_t n = 0;
	snprintf(copy, sizeof copy, "%s", read_cases[i].where);
	for (char *rest = copy, *one; (one = strtok_r(rest, ";", &rest)) != NULL;)
		list[n++] = one;
	const struct irm_query_text text = {
		read_cases[i].as_of, read_cases[i].by,   read_cases[i].imprecise, list, n,
		read_cases[i].total, read_cases[i].names
	};
	return irm_query_read(query, data, &text, ~0u, 1u << IRM_BY_MILESTONE | 1u << IRM_BY_ITEM,
	                      err);
}

static void test_all_of_a_question(void **state)
{
	(void)state;
	const struct irm_dataset data = with_sessions_and_doubles();
	for (size_t i = 0; i < COUNT(read_cases); i++) {
		struct irm_query query;
		struct irm_err err = { .code = IRM_OK };
		char found[sizeof err.message];
		enum irm_code code = read_case(&query, &data, i, &err);
		if (code == IRM_OK)
			show_query(found, sizeof found, &query);
		else
			snprintf(found, sizeof found, "%s", err.message);
		same_text(read_cases[i].expected, found, read_cases[i].expected);
		same_number(found, code, err.code);
		assert_ptr_equal(query.data, &data);
		irm_query_release(&query);
		same_number("released", (long long)(query.n_filters + query.n_by), 0);
		assert_null(query.filters);
	}
}

static void test_hints(void **state)
{
	(void)state;
	static const struct {
		const char *as_of, *imprecise;
		const char *expected;
	} cases[] = {
		{ "latter", NULL,
		  "--as-of: expected a day such as 2019-10-30 or a session, found 'latter' (did "
		  "you mean the session 'later'?)" },
		{ "earl", NULL,
		  "--as-of: expected a day such as 2019-10-30 or a session, found 'earl' (did you "
		  "mean the session 'early'?)" },
		{ "", NULL, "--as-of: expected a day such as 2019-10-30 or a session, found ''" },
		{ "2019-1-1", NULL,
		  "--as-of: expected a day such as 2019-10-30 or a session, found '2019-1-1'" },
		{ NULL, "midle", "--imprecise: found 'midle' (did you mean 'middle'?)" },
		{ NULL, "unknwon", "--imprecise: found 'unknwon' (did you mean 'unknown'?)" },
		{ NULL, "often", "--imprecise: found 'often' (one of: middle, unknown)" },
	};
	const struct irm_dataset data = with_sessions_and_doubles();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_query query;
		struct irm_err err = { .code = IRM_OK };
		const struct irm_query_text text = { .as_of = cases[i].as_of,
			                             .imprecise = cases[i].imprecise };
		assert_int_equal(irm_query_read(&query, &data, &text, 0, 0, &err), IRM_USAGE);
		same_error(cases[i].expected, &err, cases[i].expected);
		irm_query_release(&query);
	}
}

static void test_a_source_of_several_days_and_of_none(void **state)
{
	(void)state;
	struct irm_dataset data = with_sessions_and_doubles();
	struct irm_query query;
	struct irm_err err = { .code = IRM_OK };
	const struct irm_query_text text = { .by = "" };
	data.as_of = IRM_DAY_NONE;
	assert_int_equal(irm_query_read(&query, &data, &text, 0, 0, &err), IRM_USAGE);
	same_error("none", &err, "the source has no as_of of its own: say --as-of DAY");
	data.several_as_of = true;
	assert_int_equal(irm_query_read(&query, &data, &text, 0, 0, &err), IRM_USAGE);
	same_error("several", &err,
	           "the source has packages with different as_of: say --as-of DAY");
}

/* A query of the small dataset by these keys, with these conditions. */
static void make_query(struct irm_query *query, const char *by, const char *where)
{
	fixture_query(query, &small, where, by, where, ~0u, 0);
}

static void test_values_that_conditions_keep(void **state)
{
	(void)state;
	static const struct {
		const char *where;
		enum irm_key key;
		const char *kept; /* of 2009 to 2013, then unknown, unassigned */
	} cases[] = {
		{ "", IRM_BY_YEAR, "2009 2010 2011 2012 2013 unknown unassigned" },
		{ "year=2010", IRM_BY_YEAR, "2010" },
		{ "year=2010,2013,", IRM_BY_YEAR, "2010 2013 unknown" },
		{ "year!=2010,2013", IRM_BY_YEAR, "2009 2011 2012 unknown unassigned" },
		{ "year>=2010", IRM_BY_YEAR, "2010 2011 2012 2013" },
		{ "year<=2010", IRM_BY_YEAR, "2009 2010" },
		{ "year>=2010;year<=2012;year!=2011", IRM_BY_YEAR, "2010 2012" },
		{ "state=XAA;year>=2012", IRM_BY_YEAR, "2012 2013" },
		{ "year>=2012;state=XAA", IRM_BY_YEAR, "2012 2013" },
		{ "state=XAA;milestone=given", IRM_BY_YEAR,
		  "2009 2010 2011 2012 2013 unknown unassigned" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_query query;
		char kept[80] = "";
		make_query(&query, "", cases[i].where);
		for (uint32_t k = 0; k < 7; k++) {
			static const char *const names[] = { "unknown", "unassigned" };
			uint32_t value = k < 5 ? 2009 + k : IRM_VALUE_UNKNOWN + (k - 5);
			size_t used = strlen(kept);
			if (!irm_query_keeps(&query, cases[i].key, value))
				continue;
			if (k < 5)
				snprintf(kept + used, sizeof kept - used, " %u", value);
			else
				snprintf(kept + used, sizeof kept - used, " %s", names[k - 5]);
		}
		same_text(cases[i].where, kept + 1, cases[i].kept);
		irm_query_release(&query);
	}
}

/* R1: N, EEG's XAA, the year 0; R2: M, XAB without region or year. */
static void test_reviews_that_conditions_keep(void **state)
{
	(void)state;
	static const struct {
		const char *where;
		int kept; /* bits: R1, R2 */
	} cases[] = {
		{ "", 3 },
		{ "mechanism=N", 1 },
		{ "region=unassigned", 2 },
		{ "year=0", 1 },
		{ "year=", 2 },
		{ "cycle=C1;state=XAB", 2 },
		{ "cycle=C1;state=XAA", 0 },
		{ "state=XAA;cycle=C1", 0 },
		/* keys of other things choose no reviews */
		{ "milestone=heard;stage=begun;article=15;kind=challenge", 3 },
		{ "milestone=heard;state=XAB", 2 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_query query;
		make_query(&query, "", cases[i].where);
		same_number(cases[i].where,
		            irm_query_keeps_review(&query, 0) +
		                    2 * irm_query_keeps_review(&query, 1),
		            cases[i].kept);
		irm_query_release(&query);
	}
}

static void test_keys_and_conditions_that_are_used(void **state)
{
	(void)state;
	struct irm_query query;
	make_query(&query, "year,state", "cycle=C1;type=advice");
	for (unsigned k = 0; k < IRM_KEYS; k++) {
		bool is_key = k == IRM_BY_YEAR || k == IRM_BY_STATE;
		bool is_used = is_key || k == IRM_BY_CYCLE || k == IRM_BY_TYPE;
		same_number("key", irm_query_has_key(&query, (enum irm_key)k), is_key);
		same_number("used", irm_query_uses(&query, (enum irm_key)k), is_used);
	}
	irm_query_release(&query);
}

/* Every set of keys that are summed up, the first key changing fastest; what lies after the keys is
 * left alone. */
static void test_variants_of_keys(void **state)
{
	(void)state;
	const uint32_t all = IRM_VALUE_ALL, unknown = IRM_VALUE_UNKNOWN;
	struct irm_query query;
	make_query(&query, "state,milestone,year", "");
	uint32_t values[] = { 7, 7, 7, 7 };
	irm_query_review_keys(&query, 0, values);
	const uint32_t first[] = { 0, unknown, 0, 7 };
	assert_memory_equal(values, first, sizeof first);
	irm_query_review_keys(&query, 1, values);
	const uint32_t second[] = { 1, unknown, unknown, 7 };
	assert_memory_equal(values, second, sizeof second);
	assert_int_equal(irm_query_variants(&query), 1);
	query.total = true;
	assert_int_equal(irm_query_variants(&query), 8);
	for (size_t i = 0; i < 8; i++) {
		const uint32_t given[] = { 1, 2, 3 };
		uint32_t out[] = { 7, 7, 7, 7 };
		const uint32_t expected[] = { i & 1 ? all : 1, i & 2 ? all : 2, i & 4 ? all : 3,
			                      7 };
		irm_query_variant(&query, i, given, out);
		assert_memory_equal(out, expected, sizeof expected);
	}
	irm_query_release(&query);
	make_query(&query, "", "");
	query.total = true;
	assert_int_equal(irm_query_variants(&query), 1);
	irm_query_release(&query);
	/* as many keys as there may be */
	uint32_t most[] = { 7, 7, 7, 7, 7, 7, 7, 7, 7 }, out[] = { 7, 7, 7, 7, 7, 7, 7, 7, 7 };
	const uint32_t of_review[] = { 1, 1, 1, 0, 0, 0, 2, unknown, 7 };
	make_query(&query, EIGHT, "");
	assert_false(irm_query_has_key(&query, IRM_BY_TOPIC));
	irm_query_review_keys(&query, 0, most);
	assert_memory_equal(most, of_review, sizeof most);
	query.total = true;
	assert_int_equal(irm_query_variants(&query), 256);
	irm_query_variant(&query, 128, most, out);
	most[7] = all;
	assert_memory_equal(out, most, sizeof out);
	irm_query_release(&query);
}

static void test_columns_and_cells(void **state)
{
	(void)state;
	for (int names = 0; names < 2; names++) {
		struct irm_query query;
		struct irm_writer *out = NULL;
		struct irm_err err = { .code = IRM_OK };
		char text[300];
		FILE *f = fmemopen(text, sizeof text, "w");
		assert_non_null(f);
		make_query(&query, "mechanism,region,year", "");
		query.names = names;
		assert_int_equal(irm_writer_new(&out, f, IRM_CSV, 0, &err), IRM_OK);
		irm_query_columns(&query, out);
		irm_writer_column(out, "n");
		for (uint32_t i = 0; i < 2; i++) {
			const uint32_t values[][3] = { { 0, 0, 2012 },
				                       { IRM_VALUE_ALL, IRM_VALUE_UNASSIGNED,
				                         IRM_VALUE_UNKNOWN } };
			irm_query_cells(&query, values[i], out);
			irm_writer_count(out, i);
			irm_writer_row(out);
		}
		assert_int_equal(irm_writer_finish(out, &err), IRM_OK);
		irm_writer_free(out);
		assert_int_equal(fclose(f), 0);
		same_text("table", text,
		          names ? "as_of,mechanism,region,year,n\n"
		                  "2020-12-31,Made up,African States,2012,0\n"
		                  "2020-12-31,all,unassigned,,1\n"
		                : "as_of,mechanism,region,year,n\n"
		                  "2020-12-31,M,AFR,2012,0\n"
		                  "2020-12-31,all,unassigned,,1\n");
		irm_query_release(&query);
	}
}

static void test_lag_within_the_calendar(void **state)
{
	(void)state;
	static const struct {
		int32_t as_of;
		int64_t days;
		int32_t expected; /* IRM_DAY_NONE: refused */
	} cases[] = {
		{ 100, 0, 100 },
		{ 100, 30, 70 },
		{ 100, -1, IRM_DAY_NONE },
		{ IRM_DAY_FIRST + 5, 5, IRM_DAY_FIRST },
		{ IRM_DAY_FIRST + 5, 6, IRM_DAY_NONE },
		{ IRM_DAY_FIRST, 0, IRM_DAY_FIRST },
		{ IRM_DAY_LAST, INT64_MAX, IRM_DAY_NONE },
		{ IRM_DAY_LAST, (int64_t)IRM_DAY_LAST - IRM_DAY_FIRST, IRM_DAY_FIRST },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_query query = { .as_of = cases[i].as_of };
		struct irm_err err = { .code = IRM_OK };
		bool is_refused = cases[i].expected == IRM_DAY_NONE;
		same_number("lag", irm_query_lag(&query, cases[i].days, &err),
		            is_refused ? IRM_USAGE : IRM_OK);
		same_number("day", query.as_of, is_refused ? cases[i].as_of : cases[i].expected);
		same_error("lag", &err,
		           is_refused ? "--lag: expected days that the calendar has" : "");
	}
}

static void test_only_some_values(void **state)
{
	(void)state;
	struct irm_query query;
	struct irm_err err = { .code = IRM_OK };
	char found[200];
	make_query(&query, "", "year>=2009");
	assert_int_equal(irm_query_only(&query, IRM_BY_STATE, "XAB,,XAA", &err), IRM_OK);
	show_query(found, sizeof found, &query);
	same_text("added", found, "2020-12-31 where year>=2009;state=1,-2,0");
	assert_int_equal(irm_query_only(&query, IRM_BY_TYPE, "advise", &err), IRM_USAGE);
	same_error("near", &err, "the source has no type 'advise' (did you mean 'advice'?)");
	irm_query_release(&query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_query_refuses),
		cmocka_unit_test(test_query_filters_choose_reviews),
		cmocka_unit_test(test_query_day_is_given_or_a_session_or_the_source_s),
		cmocka_unit_test(test_key_values_print_as_codes_or_names),
		cmocka_unit_test(test_compared_at_the_same_age),
		cmocka_unit_test(test_all_of_a_question),
		cmocka_unit_test(test_hints),
		cmocka_unit_test(test_a_source_of_several_days_and_of_none),
		cmocka_unit_test(test_values_that_conditions_keep),
		cmocka_unit_test(test_reviews_that_conditions_keep),
		cmocka_unit_test(test_keys_and_conditions_that_are_used),
		cmocka_unit_test(test_variants_of_keys),
		cmocka_unit_test(test_columns_and_cells),
		cmocka_unit_test(test_lag_within_the_calendar),
		cmocka_unit_test(test_only_some_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
