/* Kaplan-Meier curves. Expected numbers are worked by hand where the comment says so; the others
 * are R 4.2.2's with survival 3.5-3, by the call given. tests/r compares many more.
 *
 * Tolerance: both sides compute in doubles, with some ten operations a point, so that they differ
 * by a few units in the 16th digit; 1e-12 of the number leaves room for another order of sums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/date.h"
#include "scarce.h"

#include "stats/km.h"

#define TOLERANCE 1e-12
#define UNKNOWN   ((double)NAN)
#define MOST      12

struct rows {
	size_t n;
	int32_t days[MOST];
	uint8_t event[MOST];
	int64_t count[MOST]; /* all 0: 1 each */
};

static void check(const char *name, const char *what, double found, double expected)
{
	if (isnan(expected) ? isnan(found) : fabs(found - expected) <= TOLERANCE * fabs(expected))
		return;
	fail_msg("%s: %s: expected %.17g, found %.17g", name, what, expected, found);
}

static struct irm_curve *fit(const struct rows *rows, enum irm_conf type)
{
	struct irm_curve *curve = NULL;
	struct irm_err err = { .code = IRM_OK };
	const int64_t *count = rows->count[0] ? rows->count : NULL;
	assert_int_equal(irm_km_fit(&curve, rows->days, rows->event, count, rows->n, &err), IRM_OK);
	assert_int_equal(irm_km_limits(curve, 0.95, type, &err), IRM_OK);
	return curve;
}

/* Days 1, 2, 2 (open), 3 by hand: 1 - 1/4 = 3/4, times 1 - 1/3 = 1/2, times 1 - 1/1 = 0.
 * Greenwood: 1/(4*3) = 1/12, + 1/(3*2) = 1/4; se = 3/4 sqrt(1/12), 1/2 sqrt(1/4).
 * Log-log limits of the first: exp(-exp(log(-log 3/4) -+ 1.959964 sqrt(1/12) / log(3/4))).
 * Mean to 3: 1 + 3/4 + 1/2; its variance (3/4 + 1/2)^2 / 12 + (1/2)^2 / 6 = 0.171875.
 * Median: survival is 1/2 from day 2 until it drops on day 3, so 2.5. Of the ended 1, 2, 3: 2. */
static const struct rows by_hand = { 4, { 3, 2, 1, 2 }, { 1, 0, 1, 1 }, { 0 } };

static void test_fit_by_hand(void **state)
{
	(void)state;
	static const struct {
		int32_t time;
		int64_t at_risk, events, censored;
		double survival, se, lo, hi;
	} expected[] = {
		{ 1, 4, 1, 0, 0.75, 0.2165063509461096, 0.1279469175951459, 0.9605486422850784 },
		{ 2, 3, 1, 1, 0.5, 0.25, 0.05784708299514463, 0.84486128119037396 },
		{ 3, 1, 1, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN },
	};
	struct irm_curve *curve = fit(&by_hand, IRM_CONF_LOG_LOG);
	assert_int_equal(curve->n, 4);
	assert_int_equal(curve->ended, 3);
	assert_int_equal(curve->last, 3);
	assert_int_equal(curve->points, 3);
	for (size_t i = 0; i < curve->points; i++) {
		assert_int_equal(curve->time[i], expected[i].time);
		assert_int_equal(curve->at_risk[i], expected[i].at_risk);
		assert_int_equal(curve->events[i], expected[i].events);
		assert_int_equal(curve->censored[i], expected[i].censored);
		check("by hand", "survival", curve->survival[i], expected[i].survival);
		check("by hand", "se", curve->se[i], expected[i].se);
		check("by hand", "lo", curve->lo[i], expected[i].lo);
		check("by hand", "hi", curve->hi[i], expected[i].hi);
	}
	check("by hand", "rmean", irm_km_rmean(curve, 3).mean, 2.25);
	check("by hand", "rmean_se", irm_km_rmean(curve, 3).se, sqrt(0.171875));
	check("by hand", "median", irm_km_quantile(curve, 0.5).day, 2.5);
	check("by hand", "median of the ended", irm_km_median_done(curve), 2);
	irm_curve_free(curve);
}

/* survfit(Surv(time, status) ~ 1, subset(aml, x == "Maintained"), conf.type = ...): the days of
 * remission in Miller 1981, Survival Analysis. */
#define AML \
	{ \
		11, { 9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161 }, \
		        { 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0 }, \
		{ \
			0 \
		} \
	}
static const struct rows aml = AML;

static void test_limits(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		enum irm_conf type;
		double lo[4], hi[4]; /* on days 9, 13, 18 and 48 */
	} cases[] = {
		{ "log-log",
		  IRM_CONF_LOG_LOG,
		  { 0.50808020576992974, 0.4474286146821814, 0.3501903859079384,
		    0.0117384801231896 },
		  { 0.98667382266782311, 0.9511622285824917, 0.8990239741910534,
		    0.5250148427266415 } },
		{ "log",
		  IRM_CONF_LOG,
		  { 0.7541338450815255, 0.6192489873993635, 0.4884262874221285,
		    0.03591789848918526 },
		  { 1, 1, 1, 0.94352576947455202 } },
		{ "plain",
		  IRM_CONF_PLAIN,
		  { 0.7392043331338484, 0.5902550587990167, 0.4421707787150773, 0 },
		  { 1, 1, 0.9896474031031044, 0.4849311627202068 } },
	};
	static const size_t points[] = { 0, 1, 2, 8 };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_curve *curve = fit(&aml, cases[i].type);
		for (size_t j = 0; j < 4; j++) {
			check(cases[i].name, "lo", curve->lo[points[j]], cases[i].lo[j]);
			check(cases[i].name, "hi", curve->hi[points[j]], cases[i].hi[j]);
		}
		irm_curve_free(curve);
	}
}

/* survival:::survmean(fit, rmean = tau)$matrix */
static void test_rmean(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		double tau, mean, se;
	} cases[] = {
		{ "to the last day", 161, 52.64545454545454, 19.82860279556258 },
		{ "between two days", 30, 24.602272727272727, 2.313149377319131 },
		{ "beyond the last day", 200, 59.825, 25.71883605997672 },
		{ "before the first day", 5, 5, 0 },
		{ "day 0", 0, 0, 0 },
		{ "before day 0", -1, UNKNOWN, UNKNOWN },
		{ "unknown", UNKNOWN, UNKNOWN, UNKNOWN },
	};
	struct irm_curve *curve = fit(&aml, IRM_CONF_LOG_LOG);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_mean found = irm_km_rmean(curve, cases[i].tau);
		check(cases[i].name, "mean", found.mean, cases[i].mean);
		check(cases[i].name, "se", found.se, cases[i].se);
	}
	irm_curve_free(curve);
}

/* The rule of print(survfit), by hand from the survival named; lo and hi from print(survfit). */
static void test_quantile(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct rows rows;
		double p, day, lo, hi;
	} cases[] = {
		{ "hi does not come down", AML, 0.5, 31, 13, UNKNOWN },
		{ "empty", { 0 }, 0.5, UNKNOWN, UNKNOWN, UNKNOWN },
		{ "one row, ended", { 1, { 7 }, { 1 }, { 0 } }, 0.5, 7, UNKNOWN, UNKNOWN },
		{ "one row, open", { 1, { 7 }, { 0 }, { 0 } }, 0.5, UNKNOWN, UNKNOWN, UNKNOWN },
		{ "all open", { 3, { 3, 5, 9 }, { 0 }, { 0 } }, 0.5, UNKNOWN, UNKNOWN, UNKNOWN },
		{ "1/2 flat to the end",
		  { 4, { 1, 2, 3, 4 }, { 1, 1, 0, 0 }, { 0 } },
		  0.5,
		  2,
		  1,
		  UNKNOWN },
		{ "1/2 flat, then a drop",
		  { 4, { 1, 2, 3, 7 }, { 1, 1, 0, 1 }, { 0 } },
		  0.5,
		  4.5,
		  1,
		  UNKNOWN },
		{ "3/4 flat, then a drop",
		  { 4, { 1, 5, 9, 20 }, { 1, 1, 1, 1 }, { 0 } },
		  0.25,
		  3,
		  1,
		  9 },
		{ "1/4 flat, then a drop",
		  { 4, { 1, 5, 9, 20 }, { 1, 1, 1, 1 }, { 0 } },
		  0.75,
		  14.5,
		  1,
		  UNKNOWN },
		{ "all on day 0", { 2, { 0, 0 }, { 1, 1 }, { 0 } }, 0.5, 0, UNKNOWN, UNKNOWN },
		{ "within 1.5e-8 of 1/2",
		  { 3, { 1, 5, 9 }, { 1, 1, 0 }, { 499999999, 1, 500000000 } },
		  0.5,
		  3,
		  1,
		  UNKNOWN },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_curve *curve = fit(&cases[i].rows, IRM_CONF_LOG_LOG);
		struct irm_quantile found = irm_km_quantile(curve, cases[i].p);
		check(cases[i].name, "day", found.day, cases[i].day);
		check(cases[i].name, "lo", found.lo, cases[i].lo);
		check(cases[i].name, "hi", found.hi, cases[i].hi);
		irm_curve_free(curve);
	}
}

static void test_edges(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct rows rows;
		size_t points;
		double survival, se, tau, mean, mean_se, median_done; /* on the last day */
	} cases[] = {
		{ "all open", { 3, { 3, 5, 9 }, { 0 }, { 0 } }, 3, 1, 0, 9, 9, 0, UNKNOWN },
		{ "one ended", { 1, { 7 }, { 1 }, { 0 } }, 1, 0, UNKNOWN, 7, 7, 0, 7 },
		{ "one open", { 1, { 7 }, { 0 }, { 0 } }, 1, 1, 0, 7, 7, 0, UNKNOWN },
		/* 4/5, 3/5, and two of three end before the third is cut off: 1/5; Greenwood
		 * 1/20 + 1/12 + 2/3 = 4/5; mean 2 + 2 * 4/5 + 2 * 3/5 */
		{ "ties on the last day",
		  { 5, { 6, 2, 6, 4, 6 }, { 0, 1, 1, 1, 1 }, { 0 } },
		  3,
		  0.2,
		  0.2 * 0.89442719099991588,
		  6,
		  4.8,
		  /* areas 2.8 and 1.2: 2.8^2/20 + 1.2^2/12 = 0.512 */
		  0.71554175279993271,
		  5 },
		/* two of five end at once: 3/5; one of two later: 3/10 */
		{ "day 0",
		  { 5, { 0, 0, 0, 3, 4 }, { 1, 0, 1, 1, 0 }, { 0 } },
		  3,
		  0.3,
		  /* 2/(5*3) + 1/(2*1) = 19/30 */
		  0.3 * 0.79582242575422146,
		  4,
		  2.1,
		  /* 2.1^2 * 2/15 + 0.3^2 / 2 = 0.633 */
		  0.79561297123664346,
		  0 },
		/* survfit(Surv(d, e) ~ 1, weights = w) */
		{ "counts of 1e9",
		  { 5,
		    { 10, 20, 20, 30, 40 },
		    { 1, 1, 0, 1, 0 },
		    { 1000000000, 3000000000, 123456789, 2000000000, 7 } },
		  4,
		  1.213709675365472e-09,
		  4.587391375268341e-10,
		  40,
		  21.83467743932801,
		  8.820572441140579e-05,
		  20 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_curve *curve = fit(&cases[i].rows, IRM_CONF_LOG_LOG);
		struct irm_mean mean = irm_km_rmean(curve, cases[i].tau);
		size_t end = curve->points - 1;
		assert_int_equal(curve->points, cases[i].points);
		check(cases[i].name, "survival", curve->survival[end], cases[i].survival);
		check(cases[i].name, "se", curve->se[end], cases[i].se);
		check(cases[i].name, "mean", mean.mean, cases[i].mean);
		check(cases[i].name, "mean's se", mean.se, cases[i].mean_se);
		check(cases[i].name, "median of the ended", irm_km_median_done(curve),
		      cases[i].median_done);
		irm_curve_free(curve);
	}
}

static void test_empty(void **state)
{
	(void)state;
	struct irm_curve *curve = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_km_fit(&curve, NULL, NULL, NULL, 0, &err), IRM_OK);
	assert_int_equal(irm_km_limits(curve, 0.95, IRM_CONF_LOG_LOG, &err), IRM_OK);
	assert_int_equal(curve->n, 0);
	assert_int_equal(curve->points, 0);
	assert_int_equal(curve->last, IRM_DAY_NONE);
	assert_true(isnan(irm_km_quantile(curve, 0.5).day));
	assert_true(isnan(irm_km_rmean(curve, 10).mean));
	assert_true(isnan(irm_km_rmean(curve, 10).se));
	assert_true(isnan(irm_km_median_done(curve)));
	irm_curve_free(curve);
	irm_curve_free(NULL);
}

/* The same observations one by one, backwards, and as a tally: the same bits. */
static void test_order(void **state)
{
	(void)state;
	static const struct rows singly = {
		8, { 5, 1, 5, 3, 1, 5, 3, 9 }, { 1, 1, 0, 1, 1, 1, 0, 0 }, { 0 }
	};
	static const struct rows tally = {
		6, { 9, 5, 5, 3, 3, 1 }, { 0, 0, 1, 0, 1, 1 }, { 1, 1, 2, 1, 1, 2 }
	};
	struct rows backwards = { .n = singly.n };
	for (size_t i = 0; i < singly.n; i++) {
		backwards.days[i] = singly.days[singly.n - 1 - i];
		backwards.event[i] = singly.event[singly.n - 1 - i];
	}
	struct irm_curve *one = fit(&singly, IRM_CONF_LOG_LOG);
	const struct rows *others[] = { &backwards, &tally };
	for (size_t i = 0; i < 2; i++) {
		struct irm_curve *other = fit(others[i], IRM_CONF_LOG_LOG);
		size_t size = one->points * sizeof(double);
		assert_int_equal(other->points, one->points);
		assert_memory_equal(other->survival, one->survival, size);
		assert_memory_equal(other->se, one->se, size);
		assert_memory_equal(other->lo, one->lo, size);
		assert_memory_equal(other->hi, one->hi, size);
		struct irm_mean mean = irm_km_rmean(one, 9), again = irm_km_rmean(other, 9);
		assert_memory_equal(&again, &mean, sizeof mean);
		irm_curve_free(other);
	}
	irm_curve_free(one);
}

/* By hand: at risk on day 4 are the two that had entered by then; on day 6 the three left, one of
 * which ends; the one on day 9 is alone. */
static void test_entries(void **state)
{
	(void)state;
	static const int32_t days[] = { 4, 9, 6, 7 }, entry[] = { 0, 5, 3, 5 };
	static const uint8_t event[] = { 1, 1, 1, 0 };
	static const int64_t at_risk[] = { 2, 3, 2, 1 };
	static const double survival[] = { 1.0 / 2, 1.0 / 3, 1.0 / 3, 0 };
	struct irm_sample sample = { .n = 4, .days = days, .event = event, .entry = entry };
	struct irm_curve *curve = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_km_fit_sample(&curve, &sample, &err), IRM_OK);
	assert_int_equal(curve->points, 4);
	for (size_t i = 0; i < curve->points; i++) {
		assert_int_equal(curve->at_risk[i], at_risk[i]);
		check("entries", "survival", curve->survival[i], survival[i]);
	}
	irm_curve_free(curve);
}

static void test_faults(void **state)
{
	(void)state;
	static const struct {
		struct rows rows;
		const char *message;
	} cases[] = {
		{ { 1, { -1 }, { 1 }, { 0 } }, "expected days from 0, found -1" },
		{ { 1, { 1 }, { 2 }, { 0 } }, "expected event 0 or 1, found 2" },
		{ { 2, { 1, 2 }, { 1, 1 }, { 1, 0 } }, "expected a count from 1, found 0" },
		{ { 2, { 1, 2 }, { 1, 1 }, { INT64_MAX, 1 } },
		  "the counts add up to more than 9223372036854775807" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct rows *rows = &cases[i].rows;
		struct irm_curve *curve = NULL;
		struct irm_err err = { .code = IRM_OK };
		const int64_t *count = rows->count[0] ? rows->count : NULL;
		assert_int_equal(irm_km_fit(&curve, rows->days, rows->event, count, rows->n, &err),
		                 IRM_INPUT);
		assert_string_equal(err.message, cases[i].message);
		assert_null(curve);
	}
}

static void test_limits_faults(void **state)
{
	(void)state;
	struct irm_curve *curve = fit(&by_hand, IRM_CONF_LOG_LOG);
	struct irm_err err = { .code = IRM_OK };
	static const double levels[] = { 0, 1, -0.5, 95, UNKNOWN };
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		assert_int_equal(irm_km_limits(curve, levels[i], IRM_CONF_LOG_LOG, &err),
		                 IRM_USAGE);
	irm_curve_free(curve);
}

static void test_conf_parse(void **state)
{
	(void)state;
	enum irm_conf type = IRM_CONF_PLAIN;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_conf_parse(&type, NULL, &err), IRM_OK);
	assert_int_equal(type, IRM_CONF_LOG_LOG);
	assert_int_equal(irm_conf_parse(&type, "log", &err), IRM_OK);
	assert_int_equal(type, IRM_CONF_LOG);
	assert_int_equal(irm_conf_parse(&type, "plain", &err), IRM_OK);
	assert_int_equal(type, IRM_CONF_PLAIN);
	assert_int_equal(irm_conf_parse(&type, "plan", &err), IRM_USAGE);
	assert_string_equal(err.hint, "did you mean 'plain'?");
}

static enum irm_code fit_with_limits(void *context, struct irm_err *err)
{
	static const int32_t days[] = { 3, 2, 1, 2 }, entry[] = { 1, 0, 0, 1 };
	static const uint8_t event[] = { 1, 0, 1, 1 };
	const struct irm_sample sample = { .n = 4, .days = days, .event = event, .entry = entry };
	struct irm_curve *curve = NULL;
	(void)context;
	enum irm_code code = irm_km_fit_sample(&curve, &sample, err);
	if (!code)
		code = irm_km_limits(curve, 0.95, IRM_CONF_LOG, err);
	irm_curve_free(curve);
	return code;
}

static enum irm_code fit_days(void *context, struct irm_err *err)
{
	static const int32_t days[] = { 3, 2, 1, 2 };
	static const uint8_t event[] = { 1, 0, 1, 1 };
	struct irm_curve *curve = NULL;
	(void)context;
	enum irm_code code = irm_km_fit(&curve, days, event, NULL, 4, err);
	irm_curve_free(curve);
	return code;
}

static void test_no_memory(void **state)
{
	(void)state;
	scarce_sweep("fit", fit_days, NULL, 1);
	scarce_sweep("entries and limits", fit_with_limits, NULL, 1);
}

/* Where all or none are left no transformation has limits but the straight ones of all. */
static void test_conf_limits_at_the_ends(void **state)
{
	(void)state;
	for (int type = IRM_CONF_LOG_LOG; type <= IRM_CONF_PLAIN; type++) {
		struct irm_interval none = irm_conf_limits((enum irm_conf)type, 0, 0.5);
		assert_true(isnan(none.lo) && isnan(none.hi));
	}
	struct irm_interval all = irm_conf_limits(IRM_CONF_LOG_LOG, 1, 0.5);
	assert_true(isnan(all.lo) && isnan(all.hi));
	all = irm_conf_limits(IRM_CONF_LOG, 1, 0.5);
	check("log", "lo", all.lo, exp(-0.5));
	check("log", "hi", all.hi, 1);
	all = irm_conf_limits(IRM_CONF_PLAIN, 1, 0.25);
	check("plain", "lo", all.lo, 0.75);
	check("plain", "hi", all.hi, 1);
	all = irm_conf_limits(IRM_CONF_PLAIN, 0.5, 3);
	check("plain", "lo", all.lo, 0);
	check("plain", "hi", all.hi, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fit_by_hand),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_rmean),
		cmocka_unit_test(test_quantile),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_limits_faults),
		cmocka_unit_test(test_conf_parse),
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_conf_limits_at_the_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
