/* Questions: what is understood, what is refused, and with which words. */
#include "fixture.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_query_refuses),
		cmocka_unit_test(test_query_filters_choose_reviews),
		cmocka_unit_test(test_query_day_is_given_or_a_session_or_the_source_s),
		cmocka_unit_test(test_key_values_print_as_codes_or_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
