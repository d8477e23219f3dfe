/* Published figures against computed ones: roughness, vague days, outcomes, the ledger. */
#include <math.h>

#include "scarce.h"

#include "review/metric.h"
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
	{ 7120, "challenges (nearly)", false, 7115, 7119 },
	{ 42, "reports (almost)", false, 41, 41 },
	{ 20, "reports (under)", false, 15, 19 },
	{ 42, "reports (fewer than)", false, 41, 41 },
	{ 42, "reports (less than)", false, 41, 41 },
	{ 1000, "good practices (over)", false, 1001, 1999 },
	{ 9000, "gaps (more than)", false, 9001, 9999 },
	{ 90, "gaps (above)", false, 91, 99 },
	{ 42, "reports (over)", false, 43, 43 },
	{ 42, "reports (around)", false, 41.5, 42 },
	{ 70, "reports (about)", false, 65, 74 },
	{ 2000, "persons (approximate)", false, 1500, 2499 },
	{ 2000, "persons (approximately)", false, 1500, 2499 },
	{ 0, "reports (around)", false, -0.5, 0 },
	{ 0, "reports (over)", false, 1, 1 },
	{ 1e16, "reports (around)", false, 1e16 - 5e14, 1e16 + 5e14 - 1 },
	{ 5, "of 12 recommendations", false, 5, 5 },
	{ 7, "reports (over the year)", false, 7, 7 },
	{ 86, "per cent", true, 85.5 - 1e-9, 86.5 + 1e-9 },
	{ 33.3, "per cent", true, 33.25 - 1e-9, 33.35 + 1e-9 },
	{ 33.333, "per cent", true, 33.3325 - 1e-9, 33.3335 + 1e-9 },
	{ 33.3333, "per cent", true, 33.33325 - 1e-9, 33.33335 + 1e-9 },
	{ 33.33337, "per cent", true, 33.33332 - 1e-9, 33.33342 + 1e-9 },
	{ 100, "per cent (almost)", true, 95, 100 - 1e-9 },
	{ 85, "per cent (almost)", true, 84, 85 - 1e-9 },
	{ 80, "per cent (over)", true, 80 + 1e-9, 90 - 1e-9 },
	{ 85, "per cent (over)", true, 85 + 1e-9, 87 - 1e-9 },
	{ 100, "per cent (around)", true, 95, 105 - 1e-9 },
};

static void test_stated(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
		struct irm_stated found =
		        irm_stated(stated[i].value, stated[i].unit, stated[i].is_share);
		if (fabs(found.lo - stated[i].lo) > 1e-11 || fabs(found.hi - stated[i].hi) > 1e-11)
			fail_msg("%g %s: %.12g to %.12g", stated[i].value, stated[i].unit, found.lo,
			         found.hi);
		bool is_rough = strchr(stated[i].unit, '(') && !strstr(stated[i].unit, "year");
		assert_int_equal(found.is_rough, is_rough);
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
	if (row->outcome != c->outcome || fabs(computed - c->computed) > 1e-12 ||
	    strcmp(row->reason, c->reason) != 0)
		fail_msg("%s: %s, %g, '%s'", c->name, irm_outcome_name(row->outcome), computed,
		         row->reason);
	if (c->computed >= 0)
		assert_true(fabs(row->difference - (c->computed - figure.value)) < 1e-12);
	else
		assert_true(isnan(row->difference));
	for (int i = 0; i < IRM_OUTCOMES; i++)
		assert_int_equal(all.counts[i], i == (int)c->outcome);
	assert_int_equal(all.n_stale, 0);
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

/* --- a figure's day and the days beside it -------------------------------------------------------
 */

/* Begun: one on 2019-01-01, 2020-01-02, -04 and -05, two on 2020-06-01. Of C2 one perhaps in 2020.
 * Who took part: in A, of two that have begun by 2020-01-02. */
#define BEGUN_REVIEWS \
	"A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,,,,\nC,C1,2019,XAC,,,,,,,\n" \
	"D,C1,2019,XAD,,,,,,,\nE,C1,2019,XAA,,,,,,,\nF,C1,2019,XAB,,,,,,,\n" \
	"G,C2,2019,XAA,,,,,,,\n"
#define BEGUN_EVENTS \
	"A,begun,2019-01-01,\nB,begun,2020-01-02,\nC,begun,2020-01-04,\nD,begun,2020-01-05,\n" \
	"E,begun,2020-06-01,\nF,begun,2020-06-01,\nG,begun,2020,\n"

#define BEGUN(text, number)    FIGURE(text, 0, "reviews_started", number)
#define PERHAPS(text, number)  FIGURE(text, 1, "reviews_started", number)
#define SHARE_OF(text, number) FIGURE(text, 0, "share_reviews_engaging_other_stakeholders", number)
#define ROUGH(text, number, how) \
	{ \
		.day = (text), .cycle = 0, .region = IRM_NONE, .metric = "reviews_started", \
		.article = "all", .unit = (how), .source = "", .value = (number) \
	}

static const struct figure_case beside[] = {
	{ "as many days after as are looked at", BEGUN("2019-01-01", 2), 1, IRM_UNEXPLAINED,
	  "different day: 366 days after, the records give it as at 2020-01-02" },
	{ "a day more", BEGUN("2018-12-31", 2), 0, IRM_UNEXPLAINED,
	  "the records show no likely reason" },
	{ "as many days before", BEGUN("2020-01-01", 0), 1, IRM_UNEXPLAINED,
	  "different day: 366 days before, the records give it as at 2018-12-31" },
	{ "a day more than before", BEGUN("2020-01-02", 0), 2, IRM_UNEXPLAINED,
	  "the records show no likely reason" },
	{ "on one day alone", BEGUN("2020-01-03", 3), 2, IRM_UNEXPLAINED,
	  "different day: 1 day after, the records give it as at 2020-01-04" },
	{ "two days after", BEGUN("2020-01-03", 4), 2, IRM_UNEXPLAINED,
	  "different day: 2 days after, the records give it as at 2020-01-05 to 2020-05-31" },
	{ "from a day on", BEGUN("2020-05-31", 6), 4, IRM_UNEXPLAINED,
	  "different day: 1 day after, the records give it as at 2020-06-01 and later" },
	{ "until a day", BEGUN("2020-01-02", 1), 2, IRM_UNEXPLAINED,
	  "different day: 1 day before, the records give it as at 2020-01-01 and earlier" },
	{ "as near before as after", BEGUN("2020-01-03", 1), 2, IRM_UNEXPLAINED,
	  "different day: 2 days before, the records give it as at 2020-01-01 and earlier" },
	{ "no day has five", BEGUN("2020-05-31", 5), 4, IRM_UNEXPLAINED,
	  "the records show no likely reason" },
	{ "not so many on any day", BEGUN("2020-12-31", 7), 6, IRM_UNEXPLAINED,
	  "the records show no likely reason" },
	{ "the last day of the records", BEGUN("2020-12-31", 6), 6, IRM_AGREES, "" },
	{ "vague, all days agree", BEGUN("2020-02", 4), 4, IRM_AGREES,
	  "as at 2020-02-01 to 2020-02-29" },
	{ "vague, one day agrees", BEGUN("2020-01", 3), 3, IRM_AGREES, "as at 2020-01-04" },
	{ "vague, the first days agree", BEGUN("2020-01", 1), 1, IRM_AGREES, "as at 2020-01-01" },
	{ "vague, no day and one number", BEGUN("2020-02", 6), 4, IRM_UNEXPLAINED,
	  "no day of 2020-02 gives it; different day: 93 days after, the records give it "
	  "as at 2020-06-01 and later" },
	{ "vague, no day and several numbers", BEGUN("2020-01", 6), 4, IRM_UNEXPLAINED,
	  "no day of 2020-01 gives it: 1 to 4; different day: 122 days after, the records "
	  "give it as at 2020-06-01 and later" },
	{ "vague, no day and too few", BEGUN("[2020-01-04..2020-06-01]", 1), 3, IRM_UNEXPLAINED,
	  "no day of [2020-01-04..2020-06-01] gives it: 3 to 6; different day: 3 days "
	  "before, the records give it as at 2020-01-01 and earlier" },
	{ "vague, as near above as below", BEGUN("[2020-05-31..2020-06-01]", 5), 6, IRM_UNEXPLAINED,
	  "no day of [2020-05-31..2020-06-01] gives it: 4 to 6; the records show no likely "
	  "reason" },
	{ "vague beyond the records", BEGUN("[2020-12-30..2021-01-30]", 5), 6, IRM_UNEXPLAINED,
	  "no day of [2020-12-30..2021-01-30] gives it; the records show no likely reason" },
	{ "open to the past", BEGUN("[..2019-12-31]", 0), 0, IRM_AGREES,
	  "as at 1919-12-31 to 2018-12-31" },
	{ "rough, and it agrees", ROUGH("2020-05-31", 5, "reviews (almost)"), 4, IRM_AGREES,
	  "taken for 4 to 4" },
	{ "rough, and it does not", ROUGH("2020-05-31", 6, "reviews (almost)"), 4, IRM_UNEXPLAINED,
	  "the records show no likely reason" },
	{ "rough, on a vague day", ROUGH("2020-01", 2, "reviews (over)"), 3, IRM_AGREES,
	  "as at 2020-01-04; taken for 3 to 3" },
	{ "unknown, and none is certain", PERHAPS("2020-06-06", 1), 0, IRM_UNEXPLAINED,
	  "different day: 208 days after, the records give it as at 2020-12-31; records "
	  "missing: 1 more unknown on that day, so 0 to 1" },
	{ "unknown, and more is stated", PERHAPS("2020-06-06", 2), 0, IRM_UNEXPLAINED,
	  "records missing: 1 more unknown on that day, so 0 to 1; there are not so many "
	  "on record" },
	{ "unknown, and none is stated", PERHAPS("2020-06-06", 0), 0, IRM_AGREES,
	  "1 more unknown on that day" },
	{ "of equal days the last", PERHAPS("[2019-12-01..2020-02-01]", 2), 0, IRM_UNEXPLAINED,
	  "no day of [2019-12-01..2020-02-01] gives it; records missing: 1 more unknown on that "
	  "day, so 0 to 1; there are not so many on record" },
	{ "of days that agree the first", PERHAPS("[2019-12-01..2020-02-01]", 0), 0, IRM_AGREES,
	  "as at 2019-12-01 to 2020-02-01" },
	{ "known since", PERHAPS("2020-12-31", 1), 1, IRM_AGREES, "" },
	{ "none within a year", PERHAPS("2018-12-30", 3), 0, IRM_UNEXPLAINED,
	  "records missing: there are none within a year of that day" },
	{ "just within a year", PERHAPS("2018-12-31", 3), 0, IRM_UNEXPLAINED,
	  "the records show no likely reason" },
	{ "a share", SHARE_OF("2020-01-02", 50), 50, IRM_AGREES, "" },
	{ "a share that rounds to it", SHARE_OF("2020-01-04", 33.3), 100.0 / 3, IRM_AGREES, "" },
	{ "a share of another count", SHARE_OF("2020-01-04", 17), 100.0 / 3, IRM_UNEXPLAINED,
	  "different day: 149 days after, the records give it as at 2020-06-01 and later; "
	  "different count: it is the number of reviews in which somebody took part, of "
	  "all reviews" },
	{ "a share of none", SHARE_OF("2018-12-31", 50), -1, IRM_NOT_COMPUTABLE,
	  "there are no reviews to take the share of" },
};

static struct irm_dataset *open_begun(const char *as_of)
{
	static const struct fixture_file participation = { "participation",
		                                           "A,dialogue,media,,2019-01-01\n" };
	return fixture_open_parts(as_of, BEGUN_REVIEWS, BEGUN_EVENTS, &participation, 1,
	                          IRM_METRIC_PARTS);
}

static void test_reconcile_on_days_beside(void **state)
{
	(void)state;
	struct irm_dataset *data = open_begun("2020-12-31");
	for (size_t i = 0; i < COUNT(beside); i++)
		check_figure(data, &beside[i]);
	irm_dataset_free(data);
}

/* Records that end on no day, as where several packages do: nothing bounds the days. */
static void test_reconcile_where_records_end_on_no_day(void **state)
{
	static const struct figure_case cases[] = {
		{ "open to the future", BEGUN("[2020-06-01..]", 6), 6, IRM_AGREES,
		  "as at 2020-06-01 to 2120-06-02" },
		{ "open to the past of the calendar", BEGUN("[..0050-01-01]", 0), 0, IRM_AGREES,
		  "as at 0001-01-01 to 0050-01-01" },
		{ "open to its future", BEGUN("[9990-01-01..]", 6), 6, IRM_AGREES,
		  "as at 9990-01-01 to 9999-12-31" },
		{ "the last day", BEGUN("9999-12-31", 7), 6, IRM_UNEXPLAINED,
		  "the records show no likely reason" },
		{ "the first", BEGUN("0001-01-01", 7), 0, IRM_UNEXPLAINED,
		  "records missing: there are none within a year of that day" },
		{ "long after", BEGUN("2030-01-01", 6), 6, IRM_AGREES, "" },
	};
	(void)state;
	struct irm_dataset *data = open_begun("");
	for (size_t i = 0; i < COUNT(cases); i++)
		check_figure(data, &cases[i]);
	irm_dataset_free(data);
}

/* What counts on the first day that is looked at, and on no other, is on record. */
static void test_reconcile_what_was_a_year_ago(void **state)
{
	static const struct figure_case cases[] = {
		{ "on the first day", FIGURE("2020-01-02", 0, "reviews", 5), 0, IRM_UNEXPLAINED,
		  "the records show no likely reason" },
		{ "on the day before", FIGURE("2020-01-03", 0, "reviews", 5), 0, IRM_UNEXPLAINED,
		  "records missing: there are none within a year of that day" },
	};
	(void)state;
	struct irm_dataset *data =
	        fixture_open("2020-12-31", "A,C1,2019,XAA,,,,,,2019-01-02,\n", "", NULL, 0);
	for (size_t i = 0; i < COUNT(cases); i++)
		check_figure(data, &cases[i]);
	irm_dataset_free(data);
}

/* Notes stand last. */
static void test_reconcile_says_what_a_figure_rests_on(void **state)
{
	static const struct figure_case c = { "first year",
		                              FIGURE("2020-01-01", 0, "reviews_first_year", 7), 6,
		                              IRM_UNEXPLAINED,
		                              "the records show no likely reason; the cycle's "
		                              "first year is taken to be 2019, the "
		                              "earliest on record" };
	(void)state;
	struct irm_dataset *data = open_begun("2020-12-31");
	data->cycles[0].starts = IRM_DAY_NONE;
	check_figure(data, &c);
	irm_dataset_free(data);
}

/* --- many figures, and a ledger ------------------------------------------------------------------
 */

static const struct fixture_file published = { "published",
	                                       "2020-01-02,C1,reviews_started,all,all,2,,\n"
	                                       "2020-01-02,all,reviews_started,all,all,9,,\n"
	                                       "2020-01-02,C1,reviews_started,AFR,all,5,,\n"
	                                       "2020-01-02,C1,reviews,EEG,all,2,,\n"
	                                       "2020-01-02,C2,happiness,all,all,3,,\n"
	                                       "2020-01-03,C2,reviews,all,all,4,,\n" };

/* "metric cycle region: outcome, reason" a row, then stale lines. */
static void show_all(char *out, size_t size, const struct irm_dataset *data,
                     const struct irm_reconciliation *all)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	for (size_t i = 0; i < all->n; i++) {
		const struct irm_published *p = all->rows[i].figure;
		fprintf(f, "%s %s %s %s: %s, %s\n", p->day, p->metric,
		        p->cycle == IRM_NONE ? "all" : data->cycles[p->cycle].code,
		        p->region == IRM_NONE ? "all" : data->regions[p->region].code,
		        irm_outcome_name(all->rows[i].outcome), all->rows[i].reason);
	}
	for (size_t i = 0; i < all->n_stale; i++)
		fprintf(f, "stale %ld: %s\n", all->stale[i].line, all->stale[i].message);
	fprintf(f, "%zu %zu %zu %zu%c", all->counts[IRM_AGREES], all->counts[IRM_EXPLAINED],
	        all->counts[IRM_UNEXPLAINED], all->counts[IRM_NOT_COMPUTABLE], '\0');
	assert_int_equal(fclose(f), 0);
}

static struct irm_ledger_entry entries[] = {
	{ { "2020-01-09", "C1", "reviews_started", "AFR", "all" }, "Day", (double)NAN, 1 },
	{ { "2020-01-02", "C1", "reviews_started", "all", "all" }, "Not needed", (double)NAN, 2 },
	{ { "2020-01-02", "all", "reviews_started", "all", "all" }, "Counted twice", -7, 3 },
	{ { "2020-01-02", "C1", "reviews_started", "AFR", "all" }, "Wrong", 3, 4 },
	{ { "2020-01-02", "C1", "reviews_started", "EEG", "all" }, "Nowhere", 3, 5 },
	{ { "2020-01-03", "C2", "reviews", "all", "all" }, "Others", -3.00000001, 6 },
	{ { "2020-01-02", "C2", "happiness", "all", "all" }, "Sad", (double)NAN, 7 },
	{ { "2020-01-02", "C1", "reviews", "EEG", "5" }, "Article", (double)NAN, 8 },
};

struct many_case {
	const char *name, *where;
	const char *metrics[2];
	bool with_ledger;
	const char *expected;
};

#define C1  "2020-01-02 reviews_started C1 all: agrees, \n"
#define AFR "2020-01-02 reviews_started C1 AFR: unexplained, the records show no likely reason\n"
#define EEG "2020-01-02 reviews C1 EEG: agrees, \n"
#define C2  "2020-01-03 reviews C2 all: unexplained, the records show no likely reason\n"
#define HAPPY \
	"2020-01-02 happiness C2 all: not_computable, no rule knows the metric: irm-reconcile " \
	"--rules lists them\n"
#define ALL \
	"2020-01-02 reviews_started all all: unexplained, records missing: 1 more unknown on " \
	"that " \
	"day, so 2 to 3; there are not so many on record\n"
#define STALE_DAY     "stale 1: no such figure is published\n"
#define STALE_C1      "stale 2: the figure does not differ\n"
#define STALE_AFR     "stale 4: the difference is -4, and 3 is explained\n"
#define STALE_NOWHERE "stale 5: no such figure is published\n"
#define STALE_HAPPY   "stale 7: the figure cannot be computed\n"
#define STALE_ARTICLE "stale 8: no such figure is published\n"

static const struct many_case many[] = {
	{ "all", "", { NULL }, false, EEG AFR C1 HAPPY ALL C2 "2 0 3 1" },
	{ "all, with a ledger",
	  "",
	  { NULL },
	  true,
	  EEG AFR C1 HAPPY "2020-01-02 reviews_started all all: explained, Counted twice\n"
	                   "2020-01-03 reviews C2 all: explained, Others\n" STALE_DAY STALE_C1
	                           STALE_AFR STALE_NOWHERE STALE_HAPPY STALE_ARTICLE "2 2 1 1" },
	{ "of a metric",
	  "",
	  { "happiness" },
	  true,
	  HAPPY STALE_DAY STALE_NOWHERE STALE_HAPPY STALE_ARTICLE "0 0 0 1" },
	{ "of two metrics", "", { "reviews", "happiness" }, false, EEG HAPPY C2 "1 0 1 1" },
	{ "of a cycle",
	  "cycle=C1",
	  { NULL },
	  true,
	  EEG AFR C1 STALE_DAY STALE_C1 STALE_AFR STALE_NOWHERE STALE_ARTICLE "2 0 1 0" },
	{ "not of a cycle",
	  "cycle!=C1",
	  { NULL },
	  false,
	  HAPPY "2020-01-02 reviews_started all all: unexplained, records missing: 1 more unknown "
	        "on that day, so 0 to 1; there are not so many on record\n" C2 "0 0 2 1" },
	{ "of a region",
	  "region=AFR",
	  { NULL },
	  true,
	  AFR STALE_DAY STALE_AFR STALE_NOWHERE STALE_ARTICLE "0 0 1 0" },
	{ "of the mechanism", "mechanism=M", { NULL }, false, EEG AFR C1 HAPPY ALL C2 "2 0 3 1" },
};

static struct irm_dataset *open_published(void)
{
	return fixture_open_parts("2020-12-31", BEGUN_REVIEWS, BEGUN_EVENTS, &published, 1,
	                          IRM_METRIC_PARTS | IRM_PART_PUBLISHED);
}

static enum irm_code reconcile_many(char *out, size_t size, const struct irm_dataset *data,
                                    const struct many_case *c, struct irm_err *err)
{
	const struct irm_ledger ledger = { .entries = entries, .n = COUNT(entries) };
	struct irm_reconciliation all;
	struct irm_query query;
	size_t n = 0;
	long piece = scarce.libc.at;
	scarce_over();
	fixture_query(&query, data, c->name, "", c->where, IRM_BY_REVIEWS, 0);
	while (n < COUNT(c->metrics) && c->metrics[n])
		n++;
	scarce.libc.at = piece;
	enum irm_code code =
	        irm_reconcile(&all, &query, c->metrics, n, c->with_ledger ? &ledger : NULL, err);
	scarce_over();
	if (!code)
		show_all(out, size, data, &all);
	irm_reconciliation_release(&all);
	assert_int_equal(all.n, 0);
	irm_query_release(&query);
	return code;
}

static void test_reconcile_many_figures(void **state)
{
	(void)state;
	struct irm_dataset *data = open_published();
	for (size_t i = 0; i < COUNT(many); i++) {
		char found[3000];
		struct irm_err err = { .code = IRM_OK };
		if (reconcile_many(found, sizeof found, data, &many[i], &err))
			fail_msg("%s: %s", many[i].name, err.message);
		same_text(many[i].name, found, many[i].expected);
	}
	irm_dataset_free(data);
}

/* A figure of a cycle is of that cycle's mechanism. */
static void test_reconcile_the_figures_of_one_mechanism(void **state)
{
	static const struct fixture_file files[] = {
		{ "mechanisms", "M,Made up,MUC\nN,Next,MUC\n" },
		{ "cycles", "C1,M,First,2010-01-01,\nC2,N,Second,2015-01-01,\n" },
		{ "milestones", "M,begun,1,,,,,no,,\nN,begun,1,,,,,no,,\n" },
		{ "published", "2020-01-02,C1,reviews_started,all,all,2,,\n"
		               "2020-01-02,C2,reviews_started,all,all,0,,\n"
		               "2020-01-02,all,reviews_started,all,all,0,,\n" },
	};
	static const struct many_case c = {
		"mechanism",
		"mechanism=N",
		{ NULL },
		false,
		"2020-01-02 reviews_started C2 all: agrees, 1 more unknown on that day\n"
		"2020-01-02 reviews_started all all: agrees, 1 more unknown on that day\n2 0 0 0"
	};
	char found[1000];
	struct irm_err err;
	(void)state;
	struct irm_dataset *data =
	        fixture_open_parts("2020-12-31", BEGUN_REVIEWS, BEGUN_EVENTS, files, COUNT(files),
	                           IRM_METRIC_PARTS | IRM_PART_PUBLISHED);
	assert_int_equal(reconcile_many(found, sizeof found, data, &c, &err), IRM_OK);
	same_text(c.name, found, c.expected);
	irm_dataset_free(data);
}

static void test_reconcile_a_metric_of_no_figure(void **state)
{
	static const struct {
		const char *metrics[2];
		const char *message, *hint;
	} wrong[] = {
		{ { "reviews", "hapiness" },
		  "--metric: no published figure is 'hapiness'",
		  "did you mean 'happiness'?" },
		{ { "zzzzzzzzzz", "reviews" },
		  "--metric: no published figure is 'zzzzzzzzzz'",
		  "" },
	};
	(void)state;
	struct irm_dataset *data = open_published();
	for (size_t i = 0; i < COUNT(wrong); i++) {
		const struct many_case c = {
			"wrong", "", { wrong[i].metrics[0], wrong[i].metrics[1] }, false, ""
		};
		struct irm_err err = { .code = IRM_OK };
		char found[1000];
		assert_int_equal(reconcile_many(found, sizeof found, data, &c, &err), IRM_USAGE);
		same_text("message", err.message, wrong[i].message);
		same_text("hint", err.hint, wrong[i].hint);
	}
	irm_dataset_free(data);
}

/* A table without rows is no fault. */
static void test_reconcile_a_table_without_figures(void **state)
{
	static const struct fixture_file none = { "published", "" };
	static const struct many_case c = { "none", "", { NULL }, false, "0 0 0 0" };
	char found[100];
	struct irm_err err;
	(void)state;
	struct irm_dataset *data = fixture_open_parts("2020-12-31", BEGUN_REVIEWS, "", &none, 1,
	                                              IRM_METRIC_PARTS | IRM_PART_PUBLISHED);
	assert_int_equal(reconcile_many(found, sizeof found, data, &c, &err), IRM_OK);
	same_text("none", found, c.expected);
	irm_dataset_free(data);
}

static enum irm_code reconcile_again(void *data, struct irm_err *err)
{
	char found[3000];
	enum irm_code code = reconcile_many(found, sizeof found, data, &many[1], err);
	if (!code)
		same_text("memory", found, many[1].expected);
	return code;
}

static enum irm_code reconcile_other_count(void *data, struct irm_err *err)
{
	static const struct many_case c = {
		"other",
		"",
		{ NULL },
		false,
		"2020-03-20 reviews_completed C1 all: unexplained, different day: 31 days after, "
		"the "
		"records give it as at 2020-04-20 to 2020-05-30; different count: it is the number "
		"of reviews whose findings are released\n0 0 1 0"
	};
	char found[1000];
	enum irm_code code = reconcile_many(found, sizeof found, data, &c, err);
	if (!code)
		same_text("memory", found, c.expected);
	return code;
}

static void test_reconcile_other_counts_without_memory(void **state)
{
	static const struct fixture_file one = { "published",
		                                 "2020-03-20,C1,reviews_completed,all,all,2,,\n" };
	(void)state;
	struct irm_dataset *data = fixture_open_parts("2020-12-31", REVIEWS, EVENTS, &one, 1,
	                                              IRM_METRIC_PARTS | IRM_PART_PUBLISHED);
	scarce_sweep("other counts", reconcile_other_count, data, 20);
	irm_dataset_free(data);
}

static void test_reconcile_without_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = open_published();
	scarce_sweep("reconciling", reconcile_again, data, 20);
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
		cmocka_unit_test(test_reconcile_on_days_beside),
		cmocka_unit_test(test_reconcile_where_records_end_on_no_day),
		cmocka_unit_test(test_reconcile_what_was_a_year_ago),
		cmocka_unit_test(test_reconcile_says_what_a_figure_rests_on),
		cmocka_unit_test(test_reconcile_many_figures),
		cmocka_unit_test(test_reconcile_the_figures_of_one_mechanism),
		cmocka_unit_test(test_reconcile_a_metric_of_no_figure),
		cmocka_unit_test(test_reconcile_a_table_without_figures),
		cmocka_unit_test(test_reconcile_without_memory),
		cmocka_unit_test(test_reconcile_other_counts_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
