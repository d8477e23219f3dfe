/* Questions: what is understood, what is refused, and with which words. */
#include "fixture.h"

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
	"C9,M,,2010-01-09,\n"

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
	                     "R1,C1,2010,XAA,,,,,,,\nR2,C1,2012,XAB,,,,,,,\nR3,C2,2010,XAB,,,,,,,\n"
	                     "R4,C3,,XAC,,,,,,,\nR5,C3,,XAD,,,,,,,\n",
	                     "R1,begun,2009-01-01,\nR4,begun,2018-01,\nR4,given,2018-04-05,\n"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_query_refuses),
		cmocka_unit_test(test_query_filters_choose_reviews),
		cmocka_unit_test(test_query_day_is_given_or_a_session_or_the_source_s),
		cmocka_unit_test(test_key_values_print_as_codes_or_names),
		cmocka_unit_test(test_compared_at_the_same_age),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
