/* Hazards by period, worked by hand; limits are R 4.2.2's by the call given. */
#include <math.h>

#include "scarce.h"
#include "tests/unit/unit.h"

#include "stats/hazard.h"

static void check(const char *name, double found, double expected)
{
	if (isnan(expected) ? isnan(found) : fabs(found - expected) <= 1e-12 * fabs(expected))
		return;
	fail_msg("%s: expected %.17g, found %.17g", name, expected, found);
}

/* Days 0 ended, 4 open, 10 ended four times, 25 ended after an entry on day 12, in periods of 10:
 * days 0 to 10: 4 + 4 * 10 person-days; 11 to 20: 8 of the late one; 21 to 30: 5 of it. */
static void test_by_hand(void **state)
{
	(void)state;
	static const int32_t days[] = { 0, 4, 10, 25 }, entry[] = { 0, -1, 0, 12 };
	static const uint8_t event[] = { 1, 0, 1, 1 };
	static const int64_t count[] = { 1, 1, 4, 1 };
	static const struct irm_period expected[] = {
		{ 0, 10, 6, 44, 5, 5.0 / 44, 0, 0 },
		{ 10, 20, 0, 8, 0, 0, 0, 0 },
		{ 20, 30, 1, 5, 1, 0.2, 0, 0 },
	};
	struct irm_sample sample = {
		.n = 4, .days = days, .event = event, .count = count, .entry = entry
	};
	struct irm_hazards *hazards = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_hazards_new(&hazards, &sample, 10, 0.95, &err), IRM_OK);
	assert_int_equal(hazards->n, COUNT(expected));
	for (size_t i = 0; i < hazards->n; i++) {
		const struct irm_period *p = &hazards->periods[i];
		assert_int_equal(p->from, expected[i].from);
		assert_int_equal(p->to, expected[i].to);
		assert_int_equal(p->at_risk, expected[i].at_risk);
		assert_int_equal(p->person_days, expected[i].person_days);
		assert_int_equal(p->events, expected[i].events);
		check("hazard", p->hazard, expected[i].hazard);
	}
	/* none in 8 days: 0 to -log(0.025) / 8 */
	check("lo", hazards->periods[1].lo, 0);
	check("hi", hazards->periods[1].hi, -log(0.025) / 8);
	irm_hazards_free(hazards);
}

/* poisson.test(4, 10)$conf.int; qgamma(0.025, 1e9), qgamma(0.975, 1e9 + 1) */
static void test_limits(void **state)
{
	(void)state;
	static const int32_t days[] = { 10 };
	static const uint8_t event[] = { 1 };
	static const struct {
		int64_t count;
		double lo, hi;
	} cases[] = {
		{ 1000000000, 999938021.44392788 / 1e10, 1000061981.4504089 / 1e10 },
		{ 100000, 99381.152663744724 / 1e6, 100621.74473974388 / 1e6 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_sample sample = {
			.n = 1, .days = days, .event = event, .count = &cases[i].count
		};
		struct irm_hazards *hazards = NULL;
		struct irm_err err = { .code = IRM_OK };
		assert_int_equal(irm_hazards_new(&hazards, &sample, 10, 0.95, &err), IRM_OK);
		check("lo", hazards->periods[0].lo, cases[i].lo);
		check("hi", hazards->periods[0].hi, cases[i].hi);
		irm_hazards_free(hazards);
	}
}

/* A day 0 has no person-days; no rows have no periods. */
static void test_edges(void **state)
{
	(void)state;
	static const int32_t days[] = { 0 };
	static const uint8_t event[] = { 1 };
	struct irm_sample sample = { .n = 1, .days = days, .event = event };
	struct irm_hazards *hazards = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_hazards_new(&hazards, &sample, 10, 0.95, &err), IRM_OK);
	assert_int_equal(hazards->n, 1);
	assert_int_equal(hazards->periods[0].events, 1);
	assert_true(isnan(hazards->periods[0].hazard));
	irm_hazards_free(hazards);
	sample.n = 0;
	assert_int_equal(irm_hazards_new(&hazards, &sample, 10, 0.95, &err), IRM_OK);
	assert_int_equal(hazards->n, 0);
	irm_hazards_free(hazards);
	irm_hazards_free(NULL);
}

static void test_faults(void **state)
{
	(void)state;
	static const int32_t days[] = { 1000001 };
	static const uint8_t event[] = { 1 };
	static const int64_t count[] = { INT64_MAX };
	struct irm_sample sample = { .n = 1, .days = days, .event = event };
	struct irm_hazards *hazards = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_hazards_new(&hazards, &sample, 10, 0.95, &err), IRM_USAGE);
	assert_int_equal(irm_hazards_new(&hazards, &sample, 30, 1, &err), IRM_USAGE);
	sample.count = count;
	assert_int_equal(irm_hazards_new(&hazards, &sample, 30, 0.95, &err), IRM_INPUT);
	same_error("sum", &err, "the person-days add up to more than 9223372036854775807");
	assert_null(hazards);
}

static enum irm_code split(void *context, struct irm_err *err)
{
	static const int32_t days[] = { 3, 12, 7 }, entry[] = { 0, 2, 1 };
	static const uint8_t event[] = { 1, 0, 1 };
	const struct irm_sample sample = { .n = 3, .days = days, .event = event, .entry = entry };
	struct irm_hazards *hazards = NULL;
	(void)context;
	enum irm_code code = irm_hazards_new(&hazards, &sample, 4, 0.9, err);
	irm_hazards_free(hazards);
	return code;
}

static void test_no_memory(void **state)
{
	(void)state;
	scarce_sweep("hazards", split, NULL, 1);
}

/* Periods of a day: day 0 and day 1 end in the first one. */
static void test_periods_of_a_day(void **state)
{
	(void)state;
	static const int32_t days[] = { 0, 1, 2 };
	static const uint8_t event[] = { 1, 1, 1 };
	static const int64_t count[] = { 4, 2, 3 };
	const struct irm_sample sample = { .n = 3, .days = days, .event = event, .count = count };
	struct irm_hazards *hazards = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_hazards_new(&hazards, &sample, 1, 0.95, &err), IRM_OK);
	assert_int_equal(hazards->n, 2);
	assert_int_equal(hazards->periods[0].events, 6);
	assert_int_equal(hazards->periods[0].person_days, 5);
	assert_int_equal(hazards->periods[0].at_risk, 9);
	assert_int_equal(hazards->periods[1].events, 3);
	assert_int_equal(hazards->periods[1].person_days, 3);
	assert_int_equal(hazards->periods[1].at_risk, 3);
	irm_hazards_free(hazards);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_hand),   cmocka_unit_test(test_limits),
		cmocka_unit_test(test_edges),     cmocka_unit_test(test_faults),
		cmocka_unit_test(test_no_memory), cmocka_unit_test(test_periods_of_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
