/* Published figures against computed ones: roughness, vague days, outcomes, the ledger. */
#include <math.h>

#include "fixture.h"

#include "review/reconcile.h"

static const struct {
	double value;
	const char *unit;
	bool is_share;
	double lo, hi;
} stated[] = {
	{ 156, "reviews", false, 156, 156 },
	{ 7000, "challenges", false, 7000, 7000 },
	{ 7000, "challenges (almost)", false, 6500, 6999 },
	{ 7100, "challenges (almost)", false, 7050, 7099 },
	{ 42, "reports (almost)", false, 41, 41 },
	{ 1000, "good practices (over)", false, 1001, 1999 },
	{ 9000, "gaps (more than)", false, 9001, 9999 },
	{ 42, "reports (over)", false, 43, 43 },
	{ 42, "reports (around)", false, 41.5, 42 },
	{ 2000, "persons (approximate)", false, 1500, 2499 },
	{ 0, "reports (around)", false, -0.5, 0 },
	{ 5, "of 12 recommendations", false, 5, 5 },
	{ 7, "reports (over the year)", false, 7, 7 },
	{ 86, "per cent", true, 85.5, 86.5 },
	{ 33.3, "per cent", true, 33.25, 33.35 },
	{ 100, "per cent (almost)", true, 95, 100 },
};

static void test_stated(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
		struct irm_stated found =
		        irm_stated(stated[i].value, stated[i].unit, stated[i].is_share);
		if (fabs(found.lo - stated[i].lo) > 1e-6 || fabs(found.hi - stated[i].hi) > 1e-6)
			fail_msg("%g %s: %g to %g", stated[i].value, stated[i].unit, found.lo,
			         found.hi);
	}
}

static void test_outcome_names(void **state)
{
	(void)state;
	assert_string_equal(irm_outcome_name(IRM_AGREES), "agrees");
	assert_string_equal(irm_outcome_name(IRM_EXPLAINED), "explained");
	assert_string_equal(irm_outcome_name(IRM_UNEXPLAINED), "unexplained");
	assert_string_equal(irm_outcome_name(IRM_NOT_COMPUTABLE), "not_computable");
}

/* Closed: A on 2020-03-10, B on 2020-04-20, C perhaps in May; D is open, and its records end. E is
 * of the other cycle. */
#define REVIEWS \
	"A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,,,,\nC,C1,2019,XAC,,,,,,,\n" \
	"D,C1,2019,XAD,,,,,,,2020-06-01\nE,C2,2019,XAD,,,,,,,\n"
#define EVENTS \
	"A,closed,2020-03-10,\nB,closed,2020-04-20,\nC,heard,2020-03-15,\nC,closed,2020-05,\n" \
	"E,begun,2020-02-02,\n"

struct figure_case {
	const char *name;
	struct irm_published figure;
	double computed; /* -1: unknown */
	enum irm_outcome outcome;
	const char *reason;
};

#define FIGURE(text, which, counted, number) \
	{ \
		.day = (text), .cycle = (which), .region = IRM_NONE, .metric = (counted), \
		.article = "all", .unit = "reviews", .source = "", .value = (number) \
	}

static const struct figure_case figures[] = {
	{ "a day that agrees", FIGURE("2020-03-10", 0, "reviews_completed", 1), 1, IRM_AGREES, "" },
	{ "the day before, and it is said which day does",
	  FIGURE("2020-03-09", 0, "reviews_completed", 1), 0, IRM_UNEXPLAINED,
	  "different day: 1 day after, the records give it as at 2020-03-10 to 2020-04-19" },
	{ "the earlier day where two are as near", FIGURE("2020-04-20", 0, "reviews_completed", 1),
	  2, IRM_UNEXPLAINED,
	  "different day: 1 day before, the records give it as at 2020-03-10 to 2020-04-19" },
	{ "a day on which some are unknown, and agrees",
	  FIGURE("2020-05-01", 0, "reviews_completed", 2), 2, IRM_AGREES,
	  "1 more unknown on that day" },
	{ "records that are missing", FIGURE("2020-12-31", 0, "reviews_completed", 4), 3,
	  IRM_UNEXPLAINED, "records missing: 1 more unknown on that day, so 3 to 4" },
	{ "more than there are on record", FIGURE("2020-12-31", 0, "reviews_completed", 7), 3,
	  IRM_UNEXPLAINED,
	  "records missing: 1 more unknown on that day, so 3 to 4; there are not so many on "
	  "record" },
	{ "another way of counting", FIGURE("2020-03-20", 0, "reviews_completed", 2), 1,
	  IRM_UNEXPLAINED,
	  "different day: 31 days after, the records give it as at 2020-04-20 to 2020-05-30; "
	  "different count: it is the number of reviews whose findings are released" },
	{ "a month, of which some days agree", FIGURE("2020-04", 0, "reviews_completed", 2), 2,
	  IRM_AGREES, "as at 2020-04-20 to 2020-04-30" },
	{ "a month of which no day agrees", FIGURE("2020-03", 0, "reviews_completed", 2), 1,
	  IRM_UNEXPLAINED,
	  "no day of 2020-03 gives it: 0 to 1; different day: 20 days after, the records give it "
	  "as at 2020-04-20 to 2020-05-30; different count: it is the number of reviews whose "
	  "findings are released" },
	{ "a year", FIGURE("2020", 0, "reviews_completed", 3), 3, IRM_AGREES,
	  "as at 2020-05-31 to 2020-12-31" },
	{ "open to the past", FIGURE("[..2020-03-31]", 0, "reviews_completed", 1), 1, IRM_AGREES,
	  "as at 2020-03-10 to 2020-03-31" },
	{ "open to the future, as far as the records go",
	  FIGURE("[2020-03-31..]", 0, "reviews_completed", 3), 3, IRM_AGREES,
	  "as at 2020-05-31 to 2020-12-31" },
	{ "no day gives it, and nothing is unknown",
	  FIGURE("2020-02-01", 1, "reviews_completed", 1), 0, IRM_UNEXPLAINED,
	  "records missing: there are none within a year of that day" },
	{ "nothing in a year gives it", FIGURE("2020-01-15", 0, "reviews_completed", 5), 0,
	  IRM_UNEXPLAINED, "the records show no likely reason" },
	{ "after the records", FIGURE("2021-01-01", 0, "reviews_completed", 3), -1,
	  IRM_NOT_COMPUTABLE, "the records end on 2020-12-31" },
	{ "a metric that no rule knows", FIGURE("2020-01-01", 0, "happiness", 3), -1,
	  IRM_NOT_COMPUTABLE, "no rule knows the metric: irm-reconcile --rules lists them" },
	{ "a metric that no table holds",
	  FIGURE("2020-01-01", 0, "transparency_pledge_signatories", 3), -1, IRM_NOT_COMPUTABLE,
	  "no table says who signed the Transparency Pledge" },
	{ "a table that is not there", FIGURE("2020-01-01", 0, "challenges_identified", 3), -1,
	  IRM_NOT_COMPUTABLE, "no table 'findings'" },
};

/* Looks at one figure, as if the dataset had no other. */
static void reconcile_one(struct irm_dataset *data, struct irm_published *figure,
                          const struct irm_ledger *ledger, struct irm_reconciliation *all)
{
	struct irm_err err;
	struct irm_query query;
	struct irm_query_text text = { .as_of = "2020-01-01" };
	assert_int_equal(irm_date_parse(&figure->as_of, figure->day, &err), IRM_OK);
	data->published = figure;
	data->n_published = 1;
	data->has_published = true;
	assert_int_equal(irm_query_read(&query, data, &text, 0, 0, &err), IRM_OK);
	assert_int_equal(irm_reconcile(all, &query, NULL, 0, ledger, &err), IRM_OK);
	irm_query_release(&query);
	data->published = NULL;
	data->n_published = 0;
	assert_int_equal(all->n, 1);
}

static void check_figure(struct irm_dataset *data, const struct figure_case *c)
{
	struct irm_published figure = c->figure;
	struct irm_reconciliation all;
	reconcile_one(data, &figure, NULL, &all);
	const struct irm_reconciled *row = all.rows;
	double computed = isnan(row->computed) ? -1 : row->computed;
	if (row->outcome != c->outcome || (int)computed != (int)c->computed ||
	    strcmp(row->reason, c->reason) != 0)
		fail_msg("%s: %s, %g, '%s'", c->name, irm_outcome_name(row->outcome), computed,
		         row->reason);
	if (c->computed >= 0)
		assert_int_equal((int)row->difference, (int)(c->computed - figure.value));
	else
		assert_true(isnan(row->difference));
	assert_int_equal(all.counts[c->outcome], 1);
	irm_reconciliation_release(&all);
}

static void test_reconcile_outcomes(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", REVIEWS, EVENTS, NULL, 0);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		check_figure(data, &figures[i]);
	irm_dataset_free(data);
}

static void test_reconcile_value_that_is_not_given(void **state)
{
	(void)state;
	struct figure_case c = { "no value", FIGURE("2020-03-10", 0, "reviews_completed", 0), -1,
		                 IRM_NOT_COMPUTABLE, "the document's value is not given" };
	struct irm_dataset *data = fixture_open("2020-12-31", REVIEWS, EVENTS, NULL, 0);
	c.figure.value = (double)NAN;
	check_figure(data, &c);
	irm_dataset_free(data);
}

struct ledger_case {
	const char *name, *metric;
	double value, difference; /* the ledger's; NAN: of any size */
	const char *key_metric;
	enum irm_outcome outcome;
	const char *stale; /* NULL: the line is used */
};

static void check_ledger(struct irm_dataset *data, const struct ledger_case *c)
{
	struct irm_published figure = FIGURE("2020-04-20", 0, "reviews_completed", 0);
	struct irm_ledger_entry entry = { { "2020-04-20", "C1", c->key_metric, "all", "all" },
		                          "XAD was counted twice",
		                          c->difference,
		                          2 };
	struct irm_ledger ledger = { .entries = &entry, .n = 1 };
	struct irm_reconciliation all;
	figure.metric = c->metric;
	figure.value = c->value;
	reconcile_one(data, &figure, &ledger, &all);
	if (all.rows->outcome != c->outcome || all.n_stale != (c->stale ? 1 : 0))
		fail_msg("%s: %s, %zu stale", c->name, irm_outcome_name(all.rows->outcome),
		         all.n_stale);
	if (c->stale) {
		assert_string_equal(all.stale->message, c->stale);
		assert_int_equal(all.stale->line, 2);
	} else {
		assert_string_equal(all.rows->reason, "XAD was counted twice");
	}
	irm_reconciliation_release(&all);
}

static void test_reconcile_ledger(void **state)
{
	static const char done[] = "reviews_completed",
	                  pledge[] = "transparency_pledge_signatories";
	const struct ledger_case cases[] = {
		/* on 2020-04-20 the records have 2 */
		{ "of any size", done, 3, (double)NAN, done, IRM_EXPLAINED, NULL },
		{ "of this size", done, 3, -1, done, IRM_EXPLAINED, NULL },
		{ "of another size", done, 3, -2, done, IRM_UNEXPLAINED,
		  "the difference is -1, and -2 is explained" },
		{ "of another sign", done, 3, 1, done, IRM_UNEXPLAINED,
		  "the difference is -1, and 1 is explained" },
		{ "no difference", done, 2, (double)NAN, done, IRM_AGREES,
		  "the figure does not differ" },
		{ "nothing computed", pledge, 2, (double)NAN, pledge, IRM_NOT_COMPUTABLE,
		  "the figure cannot be computed" },
		{ "no such figure", done, 3, (double)NAN, "reviews", IRM_UNEXPLAINED,
		  "no such figure is published" },
	};
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", REVIEWS, EVENTS, NULL, 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_ledger(data, &cases[i]);
	irm_dataset_free(data);
}

static void test_reconcile_nothing_published(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", REVIEWS, EVENTS, NULL, 0);
	struct irm_query query;
	struct irm_query_text text = { .as_of = "2020-01-01" };
	struct irm_reconciliation all;
	struct irm_err err;
	assert_int_equal(irm_query_read(&query, data, &text, 0, 0, &err), IRM_OK);
	assert_int_equal(irm_reconcile(&all, &query, NULL, 0, NULL, &err), IRM_INPUT);
	irm_reconciliation_release(&all);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stated),
		cmocka_unit_test(test_outcome_names),
		cmocka_unit_test(test_reconcile_outcomes),
		cmocka_unit_test(test_reconcile_value_that_is_not_given),
		cmocka_unit_test(test_reconcile_ledger),
		cmocka_unit_test(test_reconcile_nothing_published),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
