/* The statistics of implausible delays, the choice of rules, the lines of rows. What the rules find
 * stands in tests/cli/irm-check.bats. */
#include <math.h>

#include "fixture.h"

#include "stats/check_delays.h"
#include "stats/check_rules.h"
#include "store/lines.h"

static const int32_t twenty[] = { 30, 31, 33, 35, 36, 38, 40, 41, 42, 44,
	                          45, 47, 48, 50, 52, 55, 58, 60, 64, 70 };

/* R 4.2.2: l <- log1p(c(30, 31, ... 70)); expm1(median(l)); expm1(median(l) + c(-5, 5) * mad(l)).
 * R's mad() takes 1.4826, GSL's 1.48260222: 1.5e-6 of 5 deviations of 0.27 is 2e-6 relative. */
static void test_limits_are_those_of_r(void **state)
{
	(void)state;
	double work[40], lo, hi, median;
	assert_true(irm_outlier_limits(twenty, 20, work, &lo, &hi, &median));
	assert_true(fabs(median - 44.4972526643) < 1e-9);
	assert_true(fabs(lo / 10.9443286206 - 1) < 1e-5);
	assert_true(fabs(hi / 172.3040060895 - 1) < 1e-5);
}

static void test_too_few_or_all_alike_have_no_limits(void **state)
{
	(void)state;
	double work[40], lo, hi, median;
	int32_t alike[20];
	assert_false(irm_outlier_limits(twenty, 19, work, &lo, &hi, &median));
	for (size_t i = 0; i < 20; i++)
		alike[i] = i < 11 ? 30 : 40; /* more than half: the deviation is 0 */
	assert_false(irm_outlier_limits(alike, 20, work, &lo, &hi, &median));
}

static void test_half_of_the_days_wrong_moves_the_median_little(void **state)
{
	(void)state;
	double work[40], lo, hi, median;
	int32_t days[20];
	for (size_t i = 0; i < 20; i++)
		days[i] = i < 11 ? twenty[i] : 3000;
	assert_true(irm_outlier_limits(days, 20, work, &lo, &hi, &median));
	assert_true(median >= 44 && median <= 45.1);
}

static void test_rules_are_over_30_and_named_once(void **state)
{
	(void)state;
	struct irm_err err;
	size_t n = irm_check_rules_n();
	assert_true(n >= 30);
	for (size_t i = 0; i < n; i++) {
		const struct irm_check_rule *rule = irm_check_rule_at(i);
		size_t at = n;
		assert_int_equal(irm_check_rule_find(&at, rule->id, &err), IRM_OK);
		assert_int_equal(at, i);
		assert_true(rule->find || rule->queries[0].table);
		assert_true(rule->table || rule->queries[0].table);
		assert_true(strlen(rule->reason) > 10 && strlen(rule->reason) <= 100);
		assert_true(rule->advice[strlen(rule->advice) - 1] == '.');
	}
}

static size_t count(const bool *chosen)
{
	size_t n = 0;
	for (size_t i = 0; i < irm_check_rules_n(); i++)
		n += chosen[i];
	return n;
}

static void test_choose(void **state)
{
	(void)state;
	struct irm_err err;
	bool *chosen = calloc(irm_check_rules_n(), sizeof *chosen);
	assert_non_null(chosen);
	assert_int_equal(irm_check_choose(chosen, NULL, NULL, &err), IRM_OK);
	assert_int_equal(count(chosen), irm_check_rules_n());
	assert_int_equal(irm_check_choose(chosen, NULL, "reviewer-twice", &err), IRM_OK);
	assert_int_equal(count(chosen), irm_check_rules_n() - 1);
	assert_int_equal(irm_check_choose(chosen, "reviewer-twice,event-before-cycle",
	                                  "reviewer-twice", &err),
	                 IRM_OK);
	assert_int_equal(count(chosen), 1);
	assert_int_equal(irm_check_choose(chosen, "reviewer-twice", "reviewer-twice", &err),
	                 IRM_USAGE);
	assert_int_equal(irm_check_choose(chosen, "reviewer-twise", NULL, &err), IRM_USAGE);
	assert_string_equal(err.hint, "did you mean 'reviewer-twice'?");
	assert_int_equal(irm_check_choose(chosen, NULL, "zzz", &err), IRM_USAGE);
	free(chosen);
}

static void test_lines_by_table_and_key(void **state)
{
	(void)state;
	struct irm_lines lines = { .line = NULL };
	char key[5000], text[16];
	assert_int_equal(irm_lines_find(&lines, "states", "XAA"), 0);
	for (long i = 2; i < 3000; i++) {
		snprintf(text, sizeof text, "X%ld", i);
		assert_int_equal(irm_lines_add(&lines, "states", text, i), 0);
	}
	assert_int_equal(irm_lines_add(&lines, "regions", "X2", 7), 0);
	assert_int_equal(irm_lines_add(&lines, "states", "X3", 8), 0);
	assert_int_equal(irm_lines_find(&lines, "states", "X2"), 2);
	assert_int_equal(irm_lines_find(&lines, "regions", "X2"), 7);
	assert_int_equal(irm_lines_find(&lines, "states", "X3"), 8);
	assert_int_equal(irm_lines_find(&lines, "states", "X2999"), 2999);
	memset(key, 'k', sizeof key - 1);
	key[sizeof key - 1] = '\0';
	assert_int_equal(irm_lines_add(&lines, "states", key, 9), 0);
	assert_int_equal(irm_lines_find(&lines, "states", key), 0);
	irm_lines_release(&lines);
	assert_int_equal(irm_lines_find(&lines, "states", "X2"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits_are_those_of_r),
		cmocka_unit_test(test_too_few_or_all_alike_have_no_limits),
		cmocka_unit_test(test_half_of_the_days_wrong_moves_the_median_little),
		cmocka_unit_test(test_rules_are_over_30_and_named_once),
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_lines_by_table_and_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
