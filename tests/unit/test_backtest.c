/* Back-tests: what is forecast, on which days, against what happened, and how it is scored. The
 * naive methods are worked by hand; what the model draws, tests/unit/test_forecast.c. */
#include "fixture.h"
#include "scarce.h"

#include <math.h>

#include "stats/backtest.h"

static int32_t day(const char *text)
{
	struct irm_err err;
	int32_t out = IRM_DAY_NONE;
	assert_int_equal(irm_day_parse(&out, text, &err), IRM_OK);
	return out;
}

/* Of C1 four reviews: A through at last; B seen until the day of truth, C until the day before;
 * D until early, but through by then. C2 begins in 2012. */
#define REVIEWS \
	"A,C1,2010,XAA,,,,none,,,\nB,C1,2010,XAB,,,,none,,,2012-12-31\n" \
	"C,C1,2010,XAC,,,,none,,,2012-12-30\nD,C1,2010,XAD,,,,none,,,2011-02-01\n" \
	"E,C2,2015,XAA,,,,none,,,\n"
#define EVENTS \
	"A,begun,2010-03-01,\nA,given,2011-06-30,\nA,heard,2011-12-31,\nA,closed,2012-12-31,\n" \
	"B,begun,2010-05-01,\nB,given,2012-01-01,\n" \
	"C,begun,2010-06-01,\nC,given,2010-07-01,\n" \
	"D,begun,2010-03-01,\nD,given,2010-04-01,\nD,heard,2010-05-01,\nD,closed,2010-06-01,\n" \
	"E,begun,2012-03-01,\n"

struct question {
	struct irm_query query;
	struct irm_forecast_plan plan;
	struct irm_backtest_plan test;
};

static struct question question_of(const struct irm_dataset *data)
{
	return (struct question){ { .data = data, .as_of = day("2012-12-31") },
		                  { .seed = 1, .draws = 20 },
		                  { day("2010-12-31"),
		                    day("2011-12-31"),
		                    { 6, IRM_UNIT_MONTH },
		                    { 12, IRM_UNIT_MONTH } } };
}

static void print_row(struct irm_writer *writer, const struct irm_dataset *data,
                      const struct irm_backtest_row *row)
{
	irm_writer_day(writer, row->as_of);
	irm_writer_day(writer, row->day);
	irm_writer_text(writer, data->cycles[row->cycle].code);
	irm_writer_text(writer, data->stages.text[row->milestone]);
	irm_writer_text(writer, irm_backtest_names[row->method]);
	irm_writer_count(writer, row->actual);
	irm_writer_number(writer, row->expected);
	irm_writer_number(writer, row->crps);
	irm_writer_number(writer, row->pinball);
	irm_writer_row(writer);
}

/* Each row of a naive method; those of the model say the same of the day and the actual number. */
static void rows_are(const char *name, const struct question *question, const char *expected)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_backtest *found = NULL;
	struct fixture_output out;
	if (irm_backtest_new(&found, &question->query, &question->plan, &question->test, &err))
		fail_msg("%s: %s", name, err.message);
	struct irm_writer *writer = fixture_writer(&out);
	irm_writer_columns(writer, "as_of,day,cycle,milestone,method,actual,expected,crps,pinball");
	for (size_t i = 0; i < found->n; i++) {
		const struct irm_backtest_row *row = &found->rows[i];
		if (row->method == IRM_BACKTEST_MODEL) {
			assert_int_equal(row[1].as_of, row->as_of);
			assert_int_equal(row[1].day, row->day);
			assert_int_equal(row[1].actual, row->actual);
		} else {
			print_row(writer, question->query.data, row);
		}
	}
	fixture_written(name, &out, expected);
	irm_backtest_free(found);
}

static void test_rows_of_each_day(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2012-12-31", REVIEWS, EVENTS, NULL, 0);
	struct question question = question_of(data);
	question.test.to = day("2010-12-31");
	rows_are("half a year, a year", &question,
	         "as_of,day,cycle,milestone,method,actual,expected,crps,pinball\n"
	         "2010-12-31,2011-06-30,C1,given,line,2,1.247945205,0.7520547945,0.3760273973\n"
	         "2010-12-31,2011-06-30,C1,given,limits,2,3,1,0.5\n"
	         "2010-12-31,2011-12-31,C1,given,line,2,1.5,0.5,0.25\n"
	         "2010-12-31,2011-12-31,C1,given,limits,2,3,1,0.5\n"
	         "2010-12-31,2011-06-30,C1,heard,line,1,1.247945205,0.2479452055,0.1239726027\n"
	         "2010-12-31,2011-06-30,C1,heard,limits,1,3,2,1\n"
	         "2010-12-31,2011-12-31,C1,heard,line,2,1.5,0.5,0.25\n"
	         "2010-12-31,2011-12-31,C1,heard,limits,2,3,1,0.5\n"
	         "2010-12-31,2011-06-30,C1,closed,line,1,1.247945205,0.2479452055,0.1239726027\n"
	         "2010-12-31,2011-06-30,C1,closed,limits,1,3,2,1\n"
	         "2010-12-31,2011-12-31,C1,closed,line,1,1.5,0.5,0.25\n"
	         "2010-12-31,2011-12-31,C1,closed,limits,1,3,2,1\n");
	question.test.to = day("2011-12-30");
	question.test.horizon = (struct irm_span){ 18, IRM_UNIT_MONTH };
	question.test.step = (struct irm_span){ 12, IRM_UNIT_MONTH };
	rows_are("a year", &question,
	         "as_of,day,cycle,milestone,method,actual,expected,crps,pinball\n"
	         "2010-12-31,2011-12-31,C1,given,line,2,1.5,0.5,0.25\n"
	         "2010-12-31,2011-12-31,C1,given,limits,2,3,1,0.5\n"
	         "2010-12-31,2011-12-31,C1,heard,line,2,1.5,0.5,0.25\n"
	         "2010-12-31,2011-12-31,C1,heard,limits,2,3,1,0.5\n"
	         "2010-12-31,2011-12-31,C1,closed,line,1,1.5,0.5,0.25\n"
	         "2010-12-31,2011-12-31,C1,closed,limits,1,3,2,1\n");
	question.test.horizon = (struct irm_span){ 36, IRM_UNIT_MONTH };
	question.test.from = day("2011-12-31");
	question.test.to = day("2012-12-31");
	rows_are("up to the query's day", &question,
	         "as_of,day,cycle,milestone,method,actual,expected,crps,pinball\n"
	         "2011-12-31,2012-12-31,C1,given,line,3,3,0,0\n"
	         "2011-12-31,2012-12-31,C1,given,limits,3,3,0,0\n"
	         "2011-12-31,2012-12-31,C1,heard,line,2,3,1,0.5\n"
	         "2011-12-31,2012-12-31,C1,heard,limits,2,3,1,0.5\n"
	         "2011-12-31,2012-12-31,C1,closed,line,2,1.501369863,0.498630137,0.2493150685\n"
	         "2011-12-31,2012-12-31,C1,closed,limits,2,3,1,0.5\n");
	question.test.step = (struct irm_span){ 6, IRM_UNIT_MONTH };
	question.test.from = question.test.to = day("2012-06-29");
	rows_are("half a year before the end", &question,
	         "as_of,day,cycle,milestone,method,actual,expected,crps,pinball\n"
	         "2012-06-29,2012-12-29,C1,heard,line,2,2.250684932,0.2506849315,0.1253424658\n"
	         "2012-06-29,2012-12-29,C1,heard,limits,2,3,1,0.5\n"
	         "2012-06-29,2012-12-29,C1,closed,line,1,1,0,0\n"
	         "2012-06-29,2012-12-29,C1,closed,limits,1,3,2,1\n"
	         "2012-06-29,2012-12-29,C2,given,line,0,0,0,0\n"
	         "2012-06-29,2012-12-29,C2,given,limits,0,1,1,0.5\n"
	         "2012-06-29,2012-12-29,C2,heard,line,0,0,0,0\n"
	         "2012-06-29,2012-12-29,C2,heard,limits,0,1,1,0.5\n"
	         "2012-06-29,2012-12-29,C2,closed,line,0,0,0,0\n"
	         "2012-06-29,2012-12-29,C2,closed,limits,0,1,1,0.5\n");
	question.test.from = question.test.to = day("2012-07-01");
	rows_are("less than that", &question,
	         "as_of,day,cycle,milestone,method,actual,expected,crps,pinball\n");
	irm_dataset_free(data);
}

/* Without `total` a score for each cycle, milestone and method; each is the mean of its rows. */
static void test_scores_are_means_of_rows(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2012-12-31", REVIEWS, EVENTS, NULL, 0);
	struct question question = question_of(data);
	for (int total = 0; total < 2; total++) {
		struct irm_err err = { .code = IRM_OK };
		struct irm_backtest *found = NULL;
		int64_t scored = 0;
		question.query.total = total;
		assert_int_equal(irm_backtest_new(&found, &question.query, &question.plan,
		                                  &question.test, &err),
		                 IRM_OK);
		for (size_t s = 0; s < found->n_scores; s++) {
			const struct irm_backtest_score *score = &found->scores[s];
			struct irm_backtest_score own = { .forecasts = 0 };
			for (size_t i = 0; i < found->n; i++) {
				const struct irm_backtest_row *row = &found->rows[i];
				if ((score->cycle != IRM_VALUE_ALL && score->cycle != row->cycle) ||
				    (score->milestone != IRM_VALUE_ALL &&
				     score->milestone != row->milestone) ||
				    score->method != row->method)
					continue;
				own.forecasts++;
				own.bias += row->expected - row->actual;
				own.crps += row->crps;
				own.pinball += row->pinball;
				if (row->method != IRM_BACKTEST_MODEL)
					continue;
				own.in50 += row->quantile[1] <= row->actual &&
				            row->actual <= row->quantile[3];
				own.in90 += row->quantile[0] <= row->actual &&
				            row->actual <= row->quantile[4];
				own.pit50 += irm_forecast_pit_within(row->pit, 0.5);
				own.pit90 += irm_forecast_pit_within(row->pit, 0.9);
			}
			double n = (double)own.forecasts;
			assert_int_equal(score->forecasts, own.forecasts);
			assert_int_equal(score->in50, own.in50);
			assert_int_equal(score->in90, own.in90);
			assert_true(fabs(score->bias - own.bias / n) < 1e-12);
			assert_true(fabs(score->crps - own.crps / n) < 1e-12);
			assert_true(fabs(score->pinball - own.pinball / n) < 1e-12);
			assert_true(fabs(score->pit50 - own.pit50 / n) < 1e-12);
			assert_true(fabs(score->pit90 - own.pit90 / n) < 1e-12);
			scored += score->forecasts;
			if (s == 0)
				continue; /* by cycle, milestone and method */
			assert_true(score[-1].cycle < score->cycle ||
			            (score[-1].cycle == score->cycle &&
			             (score[-1].milestone < score->milestone ||
			              (score[-1].milestone == score->milestone &&
			               score[-1].method < score->method))));
		}
		assert_int_equal(scored, (int64_t)found->n * (total ? 4 : 1));
		irm_backtest_free(found);
	}
	irm_dataset_free(data);
}

static enum irm_code run(void *context, struct irm_err *err)
{
	const struct question *question = context;
	struct irm_backtest *found = NULL;
	enum irm_code code =
	        irm_backtest_new(&found, &question->query, &question->plan, &question->test, err);
	assert_int_equal(found == NULL, code != IRM_OK);
	irm_backtest_free(found);
	return code;
}

static void test_plan_of_too_many_days_or_none(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data = fixture_open("2012-12-31", "", "", NULL, 0);
	struct question question = question_of(data);
	question.query.as_of = question.test.from - 1; /* nothing is known by any of its days */
	question.test.step = (struct irm_span){ 1, IRM_UNIT_DAY };
	question.test.to = question.test.from - 1;
	assert_int_equal(run(&question, &err), IRM_USAGE);
	same_error("backwards", &err, "--backtest: it ends before it begins");
	question.test.to = question.test.from;
	assert_int_equal(run(&question, &err), IRM_OK);
	question.test.to = question.test.from + 999;
	assert_int_equal(run(&question, &err), IRM_OK);
	question.test.to = question.test.from + 1000;
	assert_int_equal(run(&question, &err), IRM_USAGE);
	same_error("many", &err, "--backtest: more than 1000 days with that --step");
	question.test.step = (struct irm_span){ 108000, IRM_UNIT_MONTH };
	assert_int_equal(run(&question, &err), IRM_OK); /* the calendar ends before that */
	irm_dataset_free(data);
}

static void test_no_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open(
	        "2012-12-31", "A,C1,2010,XAA,,,,none,,,\nB,C1,2010,XAB,,,,none,,,\n",
	        "A,begun,2010-03-01,\nB,begun,2010-05-01,\nA,given,2010-06-01,\n", NULL, 0);
	struct question question = question_of(data);
	question.plan.draws = 2;
	question.test.to = question.test.from;
	scarce_sweep("back-test", run, &question, 1);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_of_each_day),
		cmocka_unit_test(test_scores_are_means_of_rows),
		cmocka_unit_test(test_plan_of_too_many_days_or_none),
		cmocka_unit_test(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
