/* Forecasts. Expected numbers are worked by hand, as the comments say; where draws are random, the
 * tolerance is some of their standard errors, and the seed is fixed. How good forecasts are on
 * whole mechanisms: tests/study. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "tests/unit/fixture.h"
#include "tests/unit/scarce.h"
#include "tests/unit/unit.h"

#include "stats/backtest.h"
#include "stats/forecast.h"
#include "stats/forecast_calendar.h"
#include "stats/forecast_cohort.h"
#include "stats/forecast_level.h"
#include "stats/forecast_naive.h"
#include "stats/forecast_pool.h"
#include "stats/sim_model.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct irm_forecast_plan plain_plan(void)
{
	return (struct irm_forecast_plan){ .seed = 1, .draws = (size_t)rounds(400) };
}

static void near(const char *name, double found, double expected, double tolerance)
{
	if (!(fabs(found - expected) <= tolerance))
		fail_msg("%s: expected %.17g, found %.17g", name, expected, found);
}

static int32_t day(const char *text)
{
	struct irm_err err;
	int32_t out = IRM_DAY_NONE;
	assert_int_equal(irm_day_parse(&out, text, &err), IRM_OK);
	return out;
}

static struct irm_query query_at(const struct irm_dataset *data, const char *as_of)
{
	return (struct irm_query){ .data = data, .as_of = day(as_of) };
}

/* Of 1 2 2 4 a half is up to 2 and a quarter below it. */
static void test_score_transform_of_whole_numbers(void **state)
{
	(void)state;
	static const struct {
		double actual, below, upto, within50, within90;
	} cases[] = {
		{ 2, 0.25, 0.75, 1, 1 }, { 1, 0, 0.25, 0, 0.8 }, { 4, 0.75, 1, 0, 0.8 },
		{ 3, 0.75, 0.75, 0, 1 }, { 0, 0, 0, 0, 0 },      { 5, 1, 1, 0, 0 },
	};
	const int32_t draws[] = { 1, 2, 2, 4 };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_forecast_pit pit = irm_forecast_pit(draws, 4, cases[i].actual);
		near("below", pit.below, cases[i].below, 1e-15);
		near("up to", pit.upto, cases[i].upto, 1e-15);
		near("within 0.5", irm_forecast_pit_within(pit, 0.5), cases[i].within50, 1e-12);
		near("within 0.9", irm_forecast_pit_within(pit, 0.9), cases[i].within90, 1e-12);
	}
	/* all alike: the whole of 0 to 1 */
	const int32_t same[] = { 7, 7 };
	near("alike", irm_forecast_pit_within(irm_forecast_pit(same, 2, 7), 0.9), 0.9, 1e-12);
}

static void test_score_crps(void **state)
{
	(void)state;
	/* E|X - 3| = (2 + 1 + 1) / 3; E|X - X'| = 2 (1 + 3 + 2) / 9. */
	const int32_t draws[] = { 1, 2, 4 };
	near("three draws", irm_forecast_crps(draws, 3, 3), 4 / 3.0 - 6 / 9.0, 1e-15);
	near("one draw", irm_forecast_crps(draws, 1, 3.5), 2.5, 1e-15);
	/* All the same: a single number. */
	const int32_t same[] = { 7, 7, 7, 7 };
	near("no spread", irm_forecast_crps(same, 4, 9), 2, 1e-15);
	near("no spread, right", irm_forecast_crps(same, 4, 7), 0, 1e-15);
	/* Half on each side: E|X - 0| = 1, E|X - X'| = 1. */
	const int32_t sides[] = { -1, 1 };
	near("two sides", irm_forecast_crps(sides, 2, 0), 0.5, 1e-15);
}

static void test_score_quantiles(void **state)
{
	(void)state;
	int32_t draws[20];
	for (int32_t i = 0; i < 20; i++)
		draws[i] = 20 - i;
	irm_forecast_sort(draws, 20);
	/* The least with a share of at least p at or below it. */
	const int32_t expected[] = { 1, 5, 10, 15, 19 };
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++)
		assert_int_equal(irm_forecast_quantile(draws, 20, irm_forecast_levels[i]),
		                 expected[i]);
	assert_int_equal(irm_forecast_quantile(draws, 20, 1), 20);
	assert_int_equal(irm_forecast_quantile(draws, 1, 0.05), 1);
	near("mean", irm_forecast_mean(draws, 20), 10.5, 0);
	/* 0.05 . 7 under 8 from above, (1 - 0.05) . 3 over it */
	near("above", irm_forecast_pinball(1, 0.05, 8), 0.35, 1e-15);
	near("below", irm_forecast_pinball(11, 0.05, 8), 2.85, 1e-15);
	/* Actual 12: 0.05 . 11, 0.25 . 7, 0.5 . 2, 0.25 . 3, 0.05 . 7 */
	near("five levels", irm_forecast_pinball_mean(draws, 20, 12), 4.4 / 5, 1e-15);
}

static void test_plan_shocks(void **state)
{
	(void)state;
	struct irm_err err;
	struct irm_forecast_shock shock;
	assert_int_equal(irm_forecast_shock_parse(&shock, "2020-03-15..2021-12-31=0.5", &err),
	                 IRM_OK);
	assert_int_equal(shock.from, day("2020-03-15"));
	assert_int_equal(shock.to, day("2021-12-31"));
	near("factor", shock.factor, 0.5, 0);
	assert_int_equal(irm_forecast_shock_parse(&shock, "2020-03-15..2020-03-15=0", &err),
	                 IRM_OK);
	static const char *const wrong[] = {
		"",
		"2020-03-15=0.5",
		"2020-03-15..2021-12-31",
		"2020-03-15..2021-12-31=",
		"2020-03-15..2021-12-31=-1",
		"2020-03-15..2020-03-14=0.5",
		"2020-02-30..2021-12-31=0.5",
		"2020..2021=0.5",
	};
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (irm_forecast_shock_parse(&shock, wrong[i], &err) != IRM_USAGE)
			fail_msg("'%s' is taken for a shock", wrong[i]);
}

static void test_calendar_stretches(void **state)
{
	(void)state;
	struct irm_forecast_calendar c;
	struct irm_err err;
	const struct irm_forecast_shock shocks[] = { { 1050, 1200, 0.5 }, { 1100, 1100, 0.1 } };
	const struct irm_forecast_plan plan = { .shocks = shocks, .n_shocks = 2 };
	/* Periods of 182 days end with day 1000: [455, 637), [637, 819), [819, 1001), then the
	 * future [1001, 1183), [1183, ...). */
	assert_int_equal(irm_forecast_calendar_init(&c, 500, 1000, 1300, &plan, &err), IRM_OK);
	assert_int_equal(c.past, 3);
	assert_int_equal(c.periods, 5);
	static const struct {
		int32_t day, from, end;
		uint32_t period;
		double shock;
	} cases[] = {
		{ 100, 455, 637, 0, 1 },
		{ 455, 455, 637, 0, 1 },
		{ 1000, 819, 1001, 2, 1 },
		{ 1001, 1001, 1050, 3, 1 },
		{ 1050, 1050, 1100, 3, 0.5 },
		{ 1100, 1100, 1101, 3, 0.05 },
		{ 1150, 1101, 1183, 3, 0.5 },
		{ 1200, 1183, 1201, 4, 0.5 },
		{ 1201, 1201, IRM_DAY_FUTURE, 4, 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t at = irm_forecast_calendar_find(&c, cases[i].day);
		assert_int_equal(c.stretches[at].from, cases[i].from);
		assert_int_equal(irm_forecast_calendar_end(&c, at), cases[i].end);
		assert_int_equal(c.stretches[at].period, cases[i].period);
		near("shock", c.stretches[at].shock, cases[i].shock, 1e-15);
	}
	irm_forecast_calendar_release(&c);
}

/* With many counts a factor is what they say; with none it is 1 on average; with few between. */
static void test_pool_shrinks(void **state)
{
	(void)state;
	const double events[] = { 2000, 1000, 500, 0, 2, 2000 };
	const double wanted[] = { 1000, 1000, 1000, 0, 1, 1000 };
	struct irm_forecast_pool pool = { 2, 16, 1, { 0 } };
	gsl_rng *rng = irm_sim_stream(1, "pool");
	double sum[6] = { 0 }, value[6];
	irm_forecast_pool_init(&pool, events, 6);
	for (int i = 0; i < 4000; i++) {
		irm_forecast_pool_draw(value, &pool, events, wanted, 6, rng);
		for (int k = 0; k < 6; k++)
			sum[k] += value[k] / 4000;
	}
	gsl_rng_free(rng);
	near("twice", sum[0], 2, 0.02);
	near("as many", sum[1], 1, 0.02);
	near("half", sum[2], 0.5, 0.02);
	near("unknown", sum[3], 1, 0.05);
	/* (k + 2) / (k + 1) for k of 2 to 16, the width that such factors ask for */
	assert_true(sum[4] > 1.05 && sum[4] < 1.34);
}

/* The level follows counts that are large, and goes on from the last one, ever less surely. */
static void test_level_follows(void **state)
{
	(void)state;
	const double events[] = { 1000, 1000, 1000, 500, 500, 500 };
	const double wanted[] = { 1000, 1000, 1000, 1000, 1000, 1000 };
	gsl_rng *rng = irm_sim_stream(1, "level");
	double level[14], work[12], sum[14] = { 0 }, squares[14] = { 0 };
	for (int i = 0; i < 4000; i++) {
		struct irm_forecast_walk walk =
		        irm_forecast_level_draw(level, 6, events, wanted, work, rng);
		irm_forecast_level_go_on(level + 6, 8, walk, rng);
		for (int k = 0; k < 14; k++) {
			sum[k] += log(level[k]) / 4000;
			squares[k] += log(level[k]) * log(level[k]) / 4000;
		}
	}
	gsl_rng_free(rng);
	for (int k = 0; k < 6; k++)
		near("past", sum[k], k < 3 ? 0 : log(0.5), 0.03);
	near("next", sum[6], log(0.5), 0.1);
	near("last", sum[13], log(0.5), 0.15);
	double next = squares[6] - sum[6] * sum[6], last = squares[13] - sum[13] * sum[13];
	assert_true(next > 0.01 && last > 1.5 * next);
}

static const char reviews[] = "A,C1,2010,XAA,,,,country_visit,,,\n"
                              "B,C1,2010,XAB,,,,none,,,\n"
                              "C,C1,2011,XAC,,,,,,,\n"
                              "D,C1,2010,XAD,,,,,,2011-01-31,\n"
                              "D2,C1,2011,XAD,,,,,D,,\n";
static const char events[] = "A,begun,2010-03-01,\nA,given,2010-03-31,\nA,heard,2010-05,\n"
                             "A,dialogue,2010-06-15,\n"
                             "B,begun,2010-02-01,\nB,heard,2010-04-01,\n"
                             "D,begun,2010-06-01,\nD2,begun,2011-06-10,\n";

static void test_state(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data = fixture_open("2012-12-31", reviews, events, NULL, 0);
	struct irm_query query = query_at(data, "2012-12-31");
	struct irm_forecast_state *state = NULL;
	assert_int_equal(irm_forecast_state_new(&state, &query, 0, day("2010-12-31"), &err),
	                 IRM_OK);
	assert_int_equal(state->n, 5);
	static const struct {
		uint32_t next;
		bool counts;
		const char *seen, *expected;
	} cases[] = {
		{ 4, true, "2010-12-31", "2009-01-01" },  { 4, true, "2010-12-31", "2009-01-01" },
		{ 0, true, "2010-12-31", "2010-01-01" },  { 1, true, "2010-12-31", "2009-01-01" },
		{ 0, false, "2010-12-31", "2010-01-01" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(state->reviews[i].next, cases[i].next);
		assert_int_equal(state->reviews[i].counts, cases[i].counts);
		assert_int_equal(state->reviews[i].seen, day(cases[i].seen));
		assert_int_equal(state->reviews[i].expected, day(cases[i].expected));
	}
	const int32_t *b = irm_forecast_days(state, 1);
	assert_int_equal(b[1], day("2010-04-01")); /* `heard` proves `given` */
	assert_int_equal(b[4], IRM_DAY_NONE);
	/* Known steps of A: to begun, given; closed is open. Not heard, and not what follows it:
	 * the month is vague. B: begun; closed from heard, as there is no dialogue. C: begun, open.
	 * D: begun; given, open. D2: begun, open. */
	static const struct irm_forecast_step steps[] = {
		{ 0, 0, 0, 424, true }, { 0, 1, 0, 30, true },   { 0, 4, 0, 199, false },
		{ 1, 0, 0, 396, true }, { 1, 4, 0, 274, false }, { 2, 0, 0, 364, false },
		{ 3, 0, 0, 516, true }, { 3, 1, 0, 213, false }, { 4, 0, 0, 364, false },
	};
	assert_int_equal(state->n_steps, COUNT(steps));
	for (size_t i = 0; i < COUNT(steps); i++) {
		assert_int_equal(state->steps[i].place, steps[i].place);
		assert_int_equal(state->steps[i].position, steps[i].position);
		assert_int_equal(state->steps[i].days, steps[i].days);
		assert_int_equal(state->steps[i].event, steps[i].event);
	}
	irm_forecast_state_free(state);
	assert_int_equal(irm_forecast_state_new(&state, &query, 0, day("2011-12-31"), &err),
	                 IRM_OK);
	assert_false(state->reviews[3].counts);
	assert_true(state->reviews[4].counts);
	assert_int_equal(state->reviews[3].seen, day("2011-01-31"));
	irm_forecast_state_free(state);
	irm_dataset_free(data);
}

static void test_naive(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data = fixture_open("2012-12-31", reviews, events, NULL, 0);
	struct irm_query query = query_at(data, "2010-12-31");
	struct irm_forecast_state *state = NULL;
	struct irm_forecast_cells cells;
	assert_int_equal(irm_forecast_state_new(&state, &query, 0, query.as_of, &err), IRM_OK);
	assert_int_equal(irm_forecast_cells_init(&cells, state, &err), IRM_OK);
	assert_int_equal(cells.n, 5);
	assert_int_equal(cells.cells[0].n, 4); /* A to D */
	assert_int_equal(cells.cells[3].n, 3); /* not B: no dialogue */
	/* Three begun in 730 days: by 365 days later 4.5, of 4 */
	const int32_t later[] = { query.as_of, query.as_of + 73, query.as_of + 365 };
	double line[3];
	irm_forecast_line(line, &cells.cells[0], state, later, 3);
	near("now", line[0], 3, 0);
	near("soon", line[1], 3.3, 1e-12);
	near("all", line[2], 4, 0);
	int32_t planned[25];
	irm_forecast_limits(planned, state);
	/* Of C: begun on 1 January of its year, given a month later, heard 30 days later, dialogue
	 * with it, closed six months after it began. */
	static const char *const c[] = { "2011-01-01", "2011-02-01", "2011-03-03", "2011-03-03",
		                         "2011-07-01" };
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(planned[10 + i], day(c[i]));
	assert_int_equal(planned[4], day("2011-01-01")); /* A: overdue, so at once */
	assert_int_equal(planned[16], day("2011-01-01"));
	assert_int_equal(planned[17], day("2011-01-31"));
	irm_forecast_cells_release(&cells);
	irm_forecast_state_free(state);
	irm_dataset_free(data);
}

/* 400 reviews whose step to `given` took 1 to 100 days, each as often; 100 that began on the day.
 * Each of a State of its own. */
static struct irm_dataset *uniform_steps(void)
{
	static char own[500 * 64], dates[900 * 64], states[520 * 48];
	size_t r = 0, e = 0, s = 0;
	for (int i = 0; i < 500; i++) {
		char begun[IRM_DAY_SIZE], given[IRM_DAY_SIZE];
		int32_t start = i < 400 ? day("2010-01-01") + i % 7 * 100 : day("2011-12-31");
		irm_day_format(begun, start);
		irm_day_format(given, start + 1 + i % 100);
		s += (size_t)snprintf(states + s, sizeof states - s, "X%03d,,,\n", i);
		r += (size_t)snprintf(own + r, sizeof own - r, "R%03d,C1,2010,X%03d,,,,none,,,\n",
		                      i, i);
		e += (size_t)snprintf(dates + e, sizeof dates - e, "R%03d,begun,%s,\n", i, begun);
		if (i < 400)
			e += (size_t)snprintf(dates + e, sizeof dates - e, "R%03d,given,%s,\n", i,
			                      given);
	}
	const struct fixture_file more[] = { { "states", states } };
	return fixture_open("2011-12-31", own, dates, more, 1);
}

/* What is learned is what the records hold: of 100 new reviews, one a day. */
static void test_forecast_learns(void **unused)
{
	const struct irm_forecast_plan plain = plain_plan();
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data = uniform_steps();
	struct irm_query query = query_at(data, "2011-12-31");
	struct irm_forecast *forecast = NULL;
	const int32_t days[] = { query.as_of,      query.as_of + 25,  query.as_of + 50,
		                 query.as_of + 75, query.as_of + 100, query.as_of + 150 };
	const struct irm_forecast_days at = { days, 6 };
	assert_int_equal(irm_forecast_numbers(&forecast, &query, &plain, at, &err), IRM_OK);
	const double expected[] = { 400, 425, 450, 475, 499, 500 };
	size_t found = 0;
	for (size_t i = 0; i < forecast->n; i++) {
		const struct irm_forecast_row *row = &forecast->rows[i];
		if (strcmp(data->stages.text[row->milestone], "given") != 0)
			continue;
		/* The last days of a bin are told from its first by none: a few of 100 */
		near("expected", row->expected, expected[found], 6);
		assert_true(row->quantile[0] <= expected[found] &&
		            row->quantile[4] + 3 >= expected[found]);
		found++;
	}
	assert_int_equal(found, 6);
	irm_forecast_free(forecast);
	irm_dataset_free(data);
}

static double expected_of(const struct irm_dataset *data, const struct irm_forecast *forecast,
                          const char *milestone, int32_t on)
{
	for (size_t i = 0; i < forecast->n; i++) {
		const struct irm_forecast_row *row = &forecast->rows[i];
		if (row->day == on && strcmp(data->stages.text[row->milestone], milestone) == 0)
			return row->expected;
	}
	fail_msg("no row of %s", milestone);
	return (double)NAN;
}

/* Suppositions: in time; half the days; a standstill; the step after takes its time. */
static void test_forecast_supposes(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data = uniform_steps();
	struct irm_query query = query_at(data, "2011-12-31");
	const struct irm_forecast_shock standstill = { query.as_of + 1, query.as_of + 40, 0 };
	struct irm_forecast_what_if in_time, faster;
	assert_int_equal(irm_forecast_what_if_parse(&in_time, data, "given=limit", &err), IRM_OK);
	assert_int_equal(irm_forecast_what_if_parse(&faster, data, "given=0.5", &err), IRM_OK);
	const int32_t days[] = { query.as_of + 25, query.as_of + 31, query.as_of + 40,
		                 query.as_of + 90 };
	const struct irm_forecast_days at = { days, 4 };
	struct irm_forecast_plan plan = plain_plan();
	struct irm_forecast *forecast = NULL;
	plan.what_ifs = &in_time;
	plan.n_what_ifs = 1;
	assert_int_equal(irm_forecast_numbers(&forecast, &query, &plan, at, &err), IRM_OK);
	near("before", expected_of(data, forecast, "given", days[0]), 425, 6);
	near("on the due day", expected_of(data, forecast, "given", days[1]), 500, 0);
	irm_forecast_free(forecast);
	plan.what_ifs = &faster;
	assert_int_equal(irm_forecast_numbers(&forecast, &query, &plan, at, &err), IRM_OK);
	near("half the days", expected_of(data, forecast, "given", days[2]), 480, 6);
	irm_forecast_free(forecast);
	plan = plain_plan();
	plan.shocks = &standstill;
	plan.n_shocks = 1;
	assert_int_equal(irm_forecast_numbers(&forecast, &query, &plan, at, &err), IRM_OK);
	near("standstill", expected_of(data, forecast, "given", days[2]), 400, 0);
	assert_true(expected_of(data, forecast, "given", days[3]) > 430);
	irm_forecast_free(forecast);
	irm_dataset_free(data);
}

static void test_what_if_faults(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_forecast_what_if what;
	struct irm_dataset *data = fixture_open("2012-12-31", reviews, events, NULL, 0);
	static const char *const wrong[] = { "given",          "given=",     "given=0",
		                             "given=-1",       "given=soon", "gone=limit",
		                             "dialogue=limit", "=limit" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (irm_forecast_what_if_parse(&what, data, wrong[i], &err) != IRM_USAGE)
			fail_msg("'%s' is supposed", wrong[i]);
	assert_int_equal(irm_forecast_what_if_parse(&what, data, "dialogue=1.5", &err), IRM_OK);
	irm_dataset_free(data);
}

/* Where all is done, nothing is left to chance: the recorded days, whatever the seed. */
static void test_forecast_certain(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data =
	        fixture_open("2012-12-31", "A,C1,2010,XAA,,,,none,,,\nB,C1,2010,XAB,,,,none,,,\n",
	                     "A,begun,2010-03-01,\nA,given,2010-03-31,\nA,heard,2010-05-02,\n"
	                     "A,closed,2010-09-09,\nB,begun,2010-03-01,\nB,given,2010-05-31,\n"
	                     "B,heard,2010-06-02,\nB,closed,2011-02-03,\n",
	                     NULL, 0);
	struct irm_query query = query_at(data, "2012-12-31");
	const int32_t days[] = { query.as_of, query.as_of + 900 };
	const double shares[] = { 0.5, 0.51, 1 };
	static const char *const closed[] = { "2010-09-09", "2011-02-03", "2011-02-03" };
	for (int64_t seed = 0; seed < 3; seed++) {
		struct irm_forecast_plan plan = { .seed = seed, .draws = 50 };
		struct irm_forecast *forecast = NULL;
		const struct irm_forecast_days at = { days, 2 };
		assert_int_equal(irm_forecast_numbers(&forecast, &query, &plan, at, &err), IRM_OK);
		assert_int_equal(forecast->n, 8);
		for (size_t i = 0; i < forecast->n; i++) {
			near("expected", forecast->rows[i].expected, 2, 0);
			assert_int_equal(forecast->rows[i].quantile[0], 2);
			assert_int_equal(forecast->rows[i].quantile[4], 2);
		}
		irm_forecast_free(forecast);
		assert_int_equal(
		        irm_forecast_whens(&forecast, &query, &plan, shares, 3, days[1], &err),
		        IRM_OK);
		assert_int_equal(forecast->n_whens, 12);
		for (size_t i = 0; i < 3; i++)
			for (size_t k = 0; k < IRM_FORECAST_LEVELS; k++)
				assert_int_equal(forecast->whens[9 + i].quantile[k],
				                 day(closed[i]));
		irm_forecast_free(forecast);
	}
	irm_dataset_free(data);
}

/* A forecast at a past day does not look at what came later: without it, the same bytes. */
static void test_forecast_knows_no_later(void **unused)
{
	const struct irm_forecast_plan plain = plain_plan();
	(void)unused;
	struct irm_err err;
	static const char later[] = "C,begun,2011-06-01,\nB,closed,2011-09-30,\n"
	                            "A,closed,2011-03-01,\nC,given,2011-07-15,\n";
	char all[sizeof events + sizeof later];
	snprintf(all, sizeof all, "%s%s", events, later);
	struct irm_dataset *data[2] = { fixture_open("2012-12-31", reviews, events, NULL, 0),
		                        fixture_open("2012-12-31", reviews, all, NULL, 0) };
	struct irm_forecast *forecast[2];
	const int32_t days[] = { day("2010-12-31"), day("2011-12-31"), day("2013-12-31") };
	const struct irm_forecast_days at = { days, 3 };
	for (int i = 0; i < 2; i++) {
		struct irm_query query = query_at(data[i], "2010-12-31");
		assert_int_equal(irm_forecast_numbers(&forecast[i], &query, &plain, at, &err),
		                 IRM_OK);
	}
	assert_int_equal(forecast[0]->n, forecast[1]->n);
	for (size_t i = 0; i < forecast[0]->n; i++) {
		near("expected", forecast[1]->rows[i].expected, forecast[0]->rows[i].expected, 0);
		for (size_t k = 0; k < IRM_FORECAST_LEVELS; k++)
			assert_int_equal(forecast[1]->rows[i].quantile[k],
			                 forecast[0]->rows[i].quantile[k]);
	}
	for (int i = 0; i < 2; i++) {
		irm_forecast_free(forecast[i]);
		irm_dataset_free(data[i]);
	}
}

/* Two cohorts of two that begin after 10, 10 and 20, 20 days: all of the spread lies between them,
 * so 0.99, the most, by the records; its variance is 2 (1 - 0.99)^2 (1 + 0.99)^2 / (2 . 1 . 1),
 * the prior's 0.09. One cohort, or none: 0.3. Begun after 10, 20 and 10, 20 days: nothing lies
 * between, so 0, with variance 1. */
static void test_cohort_correlation(void **unused)
{
	(void)unused;
	struct irm_err err;
	static const char two[] = "A,C1,2010,XAA,,,,,,,\nB,C1,2010,XAB,,,,,,,\n"
	                          "C,C1,2011,XAC,,,,,,,\nD,C1,2011,XAD,,,,,,,\n";
	static const struct {
		const char *events;
		double expected;
	} cases[] = {
		{ "A,begun,2009-01-11,\nB,begun,2009-01-11,\nC,begun,2010-01-21,\nD,begun,2010-01-"
		  "21,\n",
		  0.3 + 0.69 * 0.09 / (0.09 + 0.01 * 0.01 * 1.99 * 1.99) },
		{ "A,begun,2009-01-11,\nB,begun,2009-01-21,\nC,begun,2010-01-11,\nD,begun,2010-01-"
		  "21,\n",
		  0.3 - 0.3 * 0.09 / (0.09 + 1) },
		{ "A,begun,2009-01-11,\nB,begun,2009-01-21,\n", 0.3 },
		/* D has not begun: C alone says nothing of its cohort */
		{ "A,begun,2009-01-11,\nB,begun,2009-01-11,\nC,begun,2010-01-21,\n", 0.3 },
		{ "", 0.3 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_dataset *data =
		        fixture_open("2012-12-31", two, cases[i].events, NULL, 0);
		struct irm_query query = query_at(data, "2012-12-31");
		struct irm_forecast_state *state = NULL;
		struct irm_forecast_cohorts cohorts;
		assert_int_equal(irm_forecast_state_new(&state, &query, 0, query.as_of, &err),
		                 IRM_OK);
		assert_int_equal(irm_forecast_cohorts_init(&cohorts, state, &err), IRM_OK);
		assert_int_equal(cohorts.n, 2);
		assert_int_equal(cohorts.of[0], cohorts.of[1]);
		assert_int_not_equal(cohorts.of[1], cohorts.of[2]);
		near("correlation", cohorts.correlation, cases[i].expected, 1e-12);
		irm_forecast_cohorts_release(&cohorts);
		irm_forecast_state_free(state);
		irm_dataset_free(data);
	}
}

/* Whatever the correlation, one number is exponential: mean and variance 1; the normal scores of
 * two of a cohort correlate as they should, of two cohorts not. */
static void test_cohort_luck(void **unused)
{
	(void)unused;
	enum { DRAWS = 20000 };
	uint32_t of[] = { 0, 0, 1 };
	double luck[2], sum = 0, square = 0, same = 0, other = 0;
	struct irm_forecast_cohorts cohorts = { of, luck, 2, 0.6 };
	gsl_rng *rng = irm_sim_stream(1, "cohort");
	for (int i = 0; i < DRAWS; i++) {
		double z[3];
		irm_forecast_cohorts_draw(&cohorts, rng);
		for (size_t k = 0; k < 3; k++) {
			double e = irm_forecast_cohorts_luck(&cohorts, k, rng);
			z[k] = gsl_cdf_ugaussian_Qinv(exp(-e));
			sum += k == 0 ? e / DRAWS : 0;
			square += k == 0 ? e * e / DRAWS : 0;
		}
		same += z[0] * z[1] / DRAWS;
		other += z[0] * z[2] / DRAWS;
	}
	gsl_rng_free(rng);
	/* four standard errors, about */
	near("mean", sum, 1, 0.03);
	near("variance", square - sum * sum, 1, 0.08);
	near("in a cohort", same, 0.6, 0.035);
	near("in two", other, 0, 0.03);
}

/* What happened, and the naive methods, by hand; a forecast of what nobody knows is not scored. */
static void test_backtest(void **unused)
{
	const struct irm_forecast_plan plain = plain_plan();
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data =
	        fixture_open("2012-12-31",
	                     "A,C1,2010,XAA,,,,none,,,\nB,C1,2010,XAB,,,,none,,,\n"
	                     "C,C1,2011,XAC,,,,none,,,\nD,C1,2011,XAD,,,,none,,,2011-06-30\n"
	                     "E,C2,2015,XAA,,,,none,,,\n",
	                     "A,begun,2010-03-01,\nB,begun,2010-05-01,\nC,begun,2011-04-01,\n"
	                     "A,given,2010-06-01,\nB,given,2011-08-01,\n",
	                     NULL, 0);
	struct irm_query query = query_at(data, "2012-12-31");
	const struct irm_backtest_plan test = {
		day("2010-12-31"), day("2012-12-31"), { 12, IRM_UNIT_MONTH }, { 24, IRM_UNIT_MONTH }
	};
	struct irm_backtest *backtest = NULL;
	query.total = true;
	assert_int_equal(irm_backtest_new(&backtest, &query, &plain, &test, &err), IRM_OK);
	static const struct {
		const char *as_of, *day, *milestone;
		int32_t actual;
		double line, limits;
	} cases[] = {
		{ "2010-12-31", "2011-12-31", "begun", 3, 3, 3 },
		{ "2010-12-31", "2012-12-31", "begun", 3, 3, 3 },
		{ "2010-12-31", "2011-12-31", "given", 2, 1.5, 3 },
		{ "2010-12-31", "2012-12-31", "given", 2, 1 + 731 / 730.0, 3 },
		{ "2010-12-31", "2011-12-31", "heard", 0, 0, 3 },
		{ "2010-12-31", "2012-12-31", "heard", 0, 0, 3 },
		{ "2010-12-31", "2011-12-31", "closed", 0, 0, 3 },
		{ "2010-12-31", "2012-12-31", "closed", 0, 0, 3 },
		/* all have begun by 2011-12-31 */
		{ "2011-12-31", "2012-12-31", "given", 2, 3, 3 },
	};
	assert_int_equal(backtest->n, 3 * 11);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct irm_backtest_row *row = &backtest->rows[3 * i];
		assert_int_equal(row[0].as_of, day(cases[i].as_of));
		assert_int_equal(row[0].day, day(cases[i].day));
		assert_string_equal(data->stages.text[row[0].milestone], cases[i].milestone);
		assert_int_equal(row[0].actual, cases[i].actual);
		near("line", row[1].expected, cases[i].line, 1e-12);
		near("limits", row[2].expected, cases[i].limits, 0);
		near("distance", row[1].crps, fabs(cases[i].line - cases[i].actual), 1e-12);
	}
	const struct irm_backtest_score *last = &backtest->scores[backtest->n_scores - 1];
	assert_int_equal(last->cycle, IRM_VALUE_ALL);
	assert_int_equal(last->milestone, IRM_VALUE_ALL);
	assert_int_equal(last->forecasts, 11);
	irm_backtest_free(backtest);
	irm_dataset_free(data);
}

/* --- what stays from version to version ----------------------------------------------------- */

/* What a made-up mechanism and another beside it have, as rows of three files. */
struct records {
	char states[2000], reviews[6000], events[16000];
	size_t s, r, e;
};

static void add_event(struct records *out, int review, const char *milestone, int32_t on,
                      bool vague)
{
	char text[IRM_DAY_SIZE];
	irm_day_format(text, on);
	if (vague)
		text[7] = '\0'; /* its month alone */
	out->e += (size_t)snprintf(out->events + out->e, sizeof out->events - out->e,
	                           "R%02d,%s,%s,\n", review, milestone, text);
}

/* A review of every kind: with and without a scheduled year, a region, a dialogue; discontinued,
 * not seen to the end, begun early and not at all; with vague and missing dates. */
static void add_review(struct records *out, int i)
{
	static const char *const milestones[] = { "begun", "given", "heard", "dialogue", "closed" };
	static const char *const regions[] = { "AFR", "EEG", "" };
	const char *cycle = i < 30 ? "C1" : i < 44 ? "C2" : "D1";
	int stops = i % 13 == 7 ? 0 : i < 20 ? 5 : i % 6, year = 2010 + (i % 30) / 6;
	int32_t on = irm_day_from_civil(year, 1, 1) - 200 + i * 83 % 400;
	char scheduled[8] = "";
	if (i % 7 != 3)
		snprintf(scheduled, sizeof scheduled, "%d", year);
	out->s += (size_t)snprintf(out->states + out->s, sizeof out->states - out->s,
	                           "X%02d,,%s,\n", i, regions[i % 3]);
	out->r += (size_t)snprintf(out->reviews + out->r, sizeof out->reviews - out->r,
	                           "R%02d,%s,%s,X%02d,,,,%s,,%s,%s\n", i, cycle, scheduled, i,
	                           i % 5 ? "" : "none", i % 17 == 8 ? "2014-03-01" : "",
	                           i % 19 == 9 ? "2013-10-31" : "");
	for (int k = 0; k < stops && (i < 44 || k < 2); k++) {
		on += 9 + (i * 53 + k * 71) % (60 + 40 * k);
		if ((i + 2 * k) % 11 != 6 && (i % 5 || k != 3))
			add_event(out, i, milestones[k], on, (i + k) % 9 == 4);
	}
}

static struct irm_dataset *two_mechanisms(void)
{
	static struct records own;
	own.s = own.r = own.e = 0;
	for (int i = 0; i < 56; i++)
		add_review(&own, i);
	const struct fixture_file more[] = {
		{ "mechanisms", "M,Made up,MUC\nN,Not so long,MUC\n" },
		{ "cycles", "C1,M,First,2010-01-01,\nC2,M,Second,,\nD1,N,First,,\n" },
		{ "scope", "C1,III\nC2,II\nD1,II\n" },
		{ "milestones", "M,begun,1,,,,secretariat,,,\n"
		                "M,given,2,begun,1,month,state_under_review,no,,\n"
		                "M,heard,3,given,30,day,reviewers,yes,,\n"
		                "M,dialogue,4,heard,,,joint,no,,\n"
		                "M,closed,5,begun,6,month,joint,no,,\n"
		                "N,begun,1,,,,secretariat,,,\n"
		                "N,given,2,begun,3,week,joint,yes,,\n" },
		{ "states", own.states },
	};
	return fixture_open("2016-12-31", own.reviews, own.events, more, COUNT(more));
}

static void print_quantiles(FILE *out, const int32_t quantile[])
{
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++)
		fprintf(out, " %d", (int)quantile[i]);
	fputc('\n', out);
}

static void print_forecast(FILE *out, const struct irm_dataset *data,
                           const struct irm_forecast *forecast)
{
	char text[IRM_DAY_SIZE];
	for (size_t i = 0; i < forecast->n; i++) {
		const struct irm_forecast_row *row = &forecast->rows[i];
		irm_day_format(text, row->day);
		fprintf(out, "%s %s %s %d %.9g", data->cycles[row->cycle].code,
		        data->stages.text[row->milestone], text, (int)row->reviews, row->expected);
		print_quantiles(out, row->quantile);
	}
	for (size_t i = 0; i < forecast->n_whens; i++) {
		const struct irm_forecast_when *when = &forecast->whens[i];
		fprintf(out, "%s %s %g", data->cycles[when->cycle].code,
		        data->stages.text[when->milestone], when->share);
		print_quantiles(out, when->quantile);
	}
	fprintf(out, "%zu %zu\n", forecast->idle, forecast->unseen);
}

static void print_backtest(FILE *out, const struct irm_backtest *backtest)
{
	for (size_t i = 0; i < backtest->n; i++) {
		const struct irm_backtest_row *row = &backtest->rows[i];
		fprintf(out, "%d %d %u %u %s %d %.9g %.9g %.9g %.9g %.9g", (int)row->as_of,
		        (int)row->day, (unsigned)row->cycle, (unsigned)row->milestone,
		        irm_backtest_names[row->method], (int)row->actual, row->expected,
		        row->pit.below, row->pit.upto, row->crps, row->pinball);
		print_quantiles(out, row->quantile);
	}
	for (size_t i = 0; i < backtest->n_scores; i++) {
		const struct irm_backtest_score *score = &backtest->scores[i];
		fprintf(out, "%u %u %s %d %d %d %.9g %.9g %.9g %.9g %.9g\n", (unsigned)score->cycle,
		        (unsigned)score->milestone, irm_backtest_names[score->method],
		        (int)score->forecasts, (int)score->in50, (int)score->in90, score->pit50,
		        score->pit90, score->bias, score->crps, score->pinball);
	}
}

/* Fails, and shows the text, unless its FNV-1a hash is this. */
static void same_hash(const char *name, const char *text, uint64_t expected)
{
	uint64_t hash = 14695981039346656037u;
	for (const char *s = text; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 1099511628211u;
	if (hash != expected)
		fail_msg("%s: found %#llx\n%s", name, (unsigned long long)hash, text);
}

/* The same question gives the same numbers, in the next version too: who printed a forecast can
 * print it again. Where these change, irm-forecast(1) has to say so. */
static void test_numbers_stay(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data = two_mechanisms();
	struct irm_query query = query_at(data, "2014-06-30");
	struct irm_forecast_what_if what_ifs[3];
	const int32_t days[] = { day("2014-06-30"), day("2014-10-31"), day("2016-02-29") };
	const double shares[] = { 0.02, 0.5, 0.9, 1 };
	const struct irm_forecast_shock shocks[] = {
		{ day("2011-03-01"), day("2011-12-31"), 0.5 },
		{ day("2014-08-01"), day("2014-09-30"), 0.2 },
	};
	assert_int_equal(irm_forecast_what_if_parse(&what_ifs[0], data, "given=limit", &err),
	                 IRM_OK);
	assert_int_equal(irm_forecast_what_if_parse(&what_ifs[1], data, "heard=0.6", &err), IRM_OK);
	assert_int_equal(irm_forecast_what_if_parse(&what_ifs[2], data, "closed=1.7", &err),
	                 IRM_OK);
	const struct {
		const char *name;
		struct irm_forecast_plan plan;
		uint64_t numbers, whens;
	} cases[] = {
		{ "plain", { .seed = 1, .draws = 40 }, 0x12c5445527e545bd, 0x4ef68b747c0a2a74 },
		{ "shocks", { 2, 40, shocks, 2, NULL, 0 }, 0xe47e4c69b58d8272, 0x8744545cadf5a5dc },
		{ "what if",
		  { 1, 40, NULL, 0, what_ifs, 3 },
		  0xbe1aa1997f482c45,
		  0xd2e397c7ad68a362 },
	};
	static char text[60000];
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct irm_forecast_days at = { days, 3 };
		struct irm_forecast *forecast = NULL;
		for (int whens = 0; whens < 2; whens++) {
			assert_int_equal(whens ? irm_forecast_whens(&forecast, &query,
			                                            &cases[i].plan, shares, 4,
			                                            days[2], &err)
			                       : irm_forecast_numbers(&forecast, &query,
			                                              &cases[i].plan, at, &err),
			                 IRM_OK);
			FILE *out = fmemopen(text, sizeof text, "w");
			print_forecast(out, data, forecast);
			fclose(out);
			same_hash(cases[i].name, text, whens ? cases[i].whens : cases[i].numbers);
			irm_forecast_free(forecast);
		}
	}
	irm_dataset_free(data);
}

static void test_backtest_stays(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data = two_mechanisms();
	struct irm_query query = query_at(data, "2015-06-30");
	const struct irm_backtest_plan test = {
		day("2011-06-30"), day("2014-12-31"), { 7, IRM_UNIT_MONTH }, { 15, IRM_UNIT_MONTH }
	};
	const struct irm_forecast_plan plan = { .seed = 5, .draws = 20 };
	static char text[60000];
	struct irm_backtest *backtest = NULL;
	query.total = true;
	assert_int_equal(irm_backtest_new(&backtest, &query, &plan, &test, &err), IRM_OK);
	FILE *out = fmemopen(text, sizeof text, "w");
	print_backtest(out, backtest);
	fclose(out);
	same_hash("back-test", text, 0x64ce89b21fa8bffd);
	irm_backtest_free(backtest);
	irm_dataset_free(data);
}

/* --- memory's end --------------------------------------------------------------------------- */

struct asked {
	const struct irm_query *query;
	const struct irm_forecast_plan *plan;
	bool whens;
};

static enum irm_code ask(void *context, struct irm_err *err)
{
	static const double shares[] = { 0.5, 1 };
	const struct asked *asked = context;
	const int32_t days[] = { asked->query->as_of + 100, asked->query->as_of + 400 };
	struct irm_forecast *forecast = NULL;
	enum irm_code code =
	        asked->whens ? irm_forecast_whens(&forecast, asked->query, asked->plan, shares, 2,
	                                          days[1], err)
	                     : irm_forecast_numbers(&forecast, asked->query, asked->plan,
	                                            (struct irm_forecast_days){ days, 2 }, err);
	assert_int_equal(forecast == NULL, code != IRM_OK);
	irm_forecast_free(forecast);
	return code;
}

static void test_no_memory(void **unused)
{
	(void)unused;
	struct irm_dataset *data = fixture_open(
	        "2012-12-31",
	        "A,C1,2010,XAA,,,,none,,,\nB,C1,2010,XAB,,,,none,,,\nC,C1,2011,XAC,,,,none,,,\n"
	        "D,C1,2011,XAD,,,,none,,,\n",
	        "A,begun,2010-03-01,\nB,begun,2010-05-01,\nA,given,2010-06-01,\nC,begun,2011-02-01,"
	        "\n",
	        NULL, 0);
	struct irm_query query = query_at(data, "2011-12-31");
	const struct irm_forecast_shock shock = { day("2011-03-01"), day("2012-02-01"), 0.5 };
	const struct irm_forecast_plan plan = { 1, 2, &shock, 1, NULL, 0 };
	struct asked asked = { &query, &plan, false };
	scarce_sweep("numbers", ask, &asked, 1);
	asked.whens = true;
	scarce_sweep("days", ask, &asked, 1);
	irm_dataset_free(data);
}

/* Steps that begin or end on the day itself are known by then, those of the day after are open; one
 * that cannot be ended before it began is none. */
static void test_state_on_the_day(void **unused)
{
	(void)unused;
	struct irm_err err;
	struct irm_dataset *data = fixture_open(
	        "2012-12-31",
	        "A,C1,2010,XAA,,,,none,,,\nB,C1,2010,XAB,,,,none,,,\nC,C1,2012,XAC,,,,none,,,\n"
	        "D,C1,2010,XAD,,,,none,,,\n",
	        "A,begun,2010-12-01,\nA,given,2010-12-31,\nB,begun,2010-12-31,\nB,given,2011-01-01,"
	        "\n"
	        "C,begun,2010-12-30,\nD,begun,2010-12-20,\nD,given,2010-12-10,\n",
	        NULL, 0);
	struct irm_query query = query_at(data, "2012-12-31");
	struct irm_forecast_state *state = NULL;
	assert_int_equal(irm_forecast_state_new(&state, &query, 0, day("2010-12-31"), &err),
	                 IRM_OK);
	/* to begun and given, to heard; C begins before it could be expected: no step */
	static const struct irm_forecast_step steps[] = {
		{ 0, 0, 0, 699, true }, { 0, 1, 0, 30, true },  { 0, 2, 0, 0, false },
		{ 1, 0, 0, 729, true }, { 1, 1, 0, 0, false },  { 2, 1, 0, 1, false },
		{ 3, 0, 0, 718, true }, { 3, 2, 0, 21, false },
	};
	assert_int_equal(state->n_steps, COUNT(steps));
	for (size_t i = 0; i < COUNT(steps); i++) {
		assert_int_equal(state->steps[i].place, steps[i].place);
		assert_int_equal(state->steps[i].position, steps[i].position);
		assert_int_equal(state->steps[i].days, steps[i].days);
		assert_int_equal(state->steps[i].event, steps[i].event);
	}
	irm_forecast_state_free(state);
	irm_dataset_free(data);
}

/* Of two reviews one could begin on a day that nobody knows: it comes after the other, never
 * before. */
static void test_who_never_begins_comes_last(void **unused)
{
	(void)unused;
	static const struct fixture_file cycles = { "cycles",
		                                    "C1,M,First,,\nC2,M,Second,2009-01-01,\n" };
	static const double shares[] = { 0.5, 1 };
	const struct irm_forecast_plan plan = plain_plan();
	struct irm_err err;
	struct irm_forecast *forecast = NULL;
	struct irm_dataset *data = fixture_open(
	        "2010-12-31",
	        "A,C1,2011,XAA,,,,none,,,\nB,C1,,XAB,,,,none,,,\nC,C2,2010,XAC,,,,none,,,\n"
	        "D,C2,2010,XAD,,,,none,,,\nE,C2,2010,XAA,,,,none,,,\nF,C2,2010,XAB,,,,none,,,\n",
	        "C,begun,2009-06-01,\nD,begun,2009-09-01,\nE,begun,2010-02-01,\nF,begun,2010-05-01,"
	        "\n",
	        &cycles, 1);
	struct irm_query query = query_at(data, "2010-12-31");
	assert_int_equal(
	        irm_forecast_whens(&forecast, &query, &plan, shares, 2, day("2040-12-31"), &err),
	        IRM_OK);
	assert_int_equal(forecast->idle, 1);
	assert_int_equal(data->cycles[forecast->whens[0].cycle].code[1], '1');
	assert_true(forecast->whens[0].quantile[2] >= day("2011-01-01"));
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++)
		assert_int_equal(forecast->whens[1].quantile[i], IRM_DAY_NONE);
	irm_forecast_free(forecast);
	irm_dataset_free(data);
}

/* The limits of the second mechanism, whose milestones follow those of the first. */
static void test_limits_of_another_mechanism(void **unused)
{
	(void)unused;
	static const struct fixture_file more[] = {
		{ "mechanisms", "M,Made up,MUC\nN,Not so long,MUC\n" },
		{ "cycles", "C1,M,First,2010-01-01,\nD1,N,First,,\n" },
		{ "scope", "C1,III\nD1,II\n" },
		{ "milestones", "M,begun,1,,,,secretariat,,,\n"
		                "M,given,2,begun,1,month,state_under_review,no,,\n"
		                "M,closed,3,begun,6,month,joint,no,,\n"
		                "N,begun,1,,,,secretariat,,,\n"
		                "N,given,2,begun,3,week,joint,yes,,\n" },
	};
	struct irm_err err;
	struct irm_dataset *data =
	        fixture_open("2010-12-31",
	                     "A,C1,2011,XAA,,,,none,,,\nB,D1,2012,XAB,,,,none,,,\n"
	                     "C,D1,2013,XAC,,,,none,,,\n",
	                     "", more, COUNT(more));
	struct irm_query query = query_at(data, "2010-12-31");
	struct irm_forecast_state *state = NULL;
	int32_t planned[4];
	assert_int_equal(irm_forecast_state_new(&state, &query, 1, query.as_of, &err), IRM_OK);
	assert_int_equal(state->n, 2);
	irm_forecast_limits(planned, state);
	assert_int_equal(planned[0], day("2012-01-01"));
	assert_int_equal(planned[1], day("2012-01-22"));
	assert_int_equal(planned[2], day("2013-01-01"));
	assert_int_equal(planned[3], day("2013-01-22"));
	irm_forecast_state_free(state);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_score_crps),
		cmocka_unit_test(test_score_transform_of_whole_numbers),
		cmocka_unit_test(test_score_quantiles),
		cmocka_unit_test(test_plan_shocks),
		cmocka_unit_test(test_calendar_stretches),
		cmocka_unit_test(test_pool_shrinks),
		cmocka_unit_test(test_level_follows),
		cmocka_unit_test(test_state),
		cmocka_unit_test(test_naive),
		cmocka_unit_test(test_forecast_learns),
		cmocka_unit_test(test_forecast_supposes),
		cmocka_unit_test(test_what_if_faults),
		cmocka_unit_test(test_forecast_certain),
		cmocka_unit_test(test_forecast_knows_no_later),
		cmocka_unit_test(test_cohort_correlation),
		cmocka_unit_test(test_cohort_luck),
		cmocka_unit_test(test_backtest),
		cmocka_unit_test(test_numbers_stay),
		cmocka_unit_test(test_backtest_stays),
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_state_on_the_day),
		cmocka_unit_test(test_who_never_begins_comes_last),
		cmocka_unit_test(test_limits_of_another_mechanism),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
