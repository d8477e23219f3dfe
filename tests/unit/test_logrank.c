/* Log-rank tests. Expected numbers are worked by hand where the comment says so; the others are R
 * 4.2.2's with survival 3.5-3, by the call given. tests/r/logrank.R compares many more.
 *
 * Tolerance: sums of a few dozen terms in doubles, solved by Cholesky's factors: 1e-12. */
#include <math.h>

#include "scarce.h"
#include "tests/unit/unit.h"

#include "stats/logrank.h"
#include "stats/product.h"

#define UNKNOWN ((double)NAN)

static void check(const char *name, double found, double expected)
{
	if (isnan(expected) ? isnan(found) : fabs(found - expected) <= 1e-12 * fabs(expected))
		return;
	fail_msg("%s: expected %.17g, found %.17g", name, expected, found);
}

static struct irm_test run(const struct irm_sample *sample, size_t groups, int rho,
                           const double scores[])
{
	struct irm_logrank *logrank = NULL;
	struct irm_test test = { 0 };
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_logrank_new(&logrank, sample, groups, rho, &err), IRM_OK);
	if (scores)
		test = irm_logrank_trend(logrank, scores);
	else
		assert_int_equal(irm_logrank_test(&test, logrank, &err), IRM_OK);
	irm_logrank_free(logrank);
	return test;
}

/* Group 0 ends on days 1 and 3, group 1 on 2 and is open on 4. Day 1: 4 at risk, 2 of group 0, 1/2
 * expected; day 2: 3 and 1, 1/3; day 3: 2 and 1, 1/2. Observed less expected: 2 - 4/3 = 2/3.
 * Variance: 1/4 + 2/9 + 1/4 = 13/18. Chi-squared: 4/9 * 18/13 = 8/13. */
static void test_by_hand(void **state)
{
	(void)state;
	static const int32_t days[] = { 1, 3, 2, 4 };
	static const uint8_t event[] = { 1, 1, 1, 0 };
	static const uint32_t group[] = { 0, 0, 1, 1 };
	static const double scores[] = { 7, -2 };
	struct irm_sample sample = { .n = 4, .days = days, .event = event, .group = group };
	struct irm_test test = run(&sample, 2, 0, NULL);
	check("chisq", test.chisq, 8.0 / 13);
	check("df", test.df, 1);
	check("p", test.p, erfc(sqrt(4.0 / 13)));
	check("two groups' trend", run(&sample, 2, 0, scores).chisq, 8.0 / 13);

	/* 2/3 more of group 0, whose score is 9 higher: 2/3 * 9 over 81 * 13/18 */
	struct irm_logrank *logrank = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_logrank_new(&logrank, &sample, 2, 0, &err), IRM_OK);
	struct irm_slope slope = irm_logrank_slope(logrank, scores);
	check("slope", slope.log_ratio, 4.0 / 39);
	check("its error", slope.se, sqrt(2.0 / 117));
	static const double same[] = { 3, 3 };
	assert_true(isnan(irm_logrank_slope(logrank, same).log_ratio));
	irm_logrank_free(logrank);
}

/* survdiff(Surv(days, event) ~ group [+ strata(part)], rho = rho), rows as often as they count. */
static void test_counts_and_strata(void **state)
{
	(void)state;
	static const int32_t days[] = { 1, 3, 2, 3, 5, 4 };
	static const uint8_t event[] = { 1, 0, 1, 1, 1, 1 };
	static const int64_t count[] = { 4, 2, 3, 5, 1, 7 };
	static const uint32_t group[] = { 0, 0, 1, 1, 0, 1 }, part[] = { 0, 0, 0, 0, 1, 1 };
	struct irm_sample sample = {
		.n = 6, .days = days, .event = event, .count = count, .group = group
	};
	check("rho 0", run(&sample, 2, 0, NULL).chisq, 0.06924029365019276);
	check("rho 1", run(&sample, 2, 1, NULL).chisq, 1.200340446485803);
	sample.stratum = part;
	check("strata", run(&sample, 2, 0, NULL).chisq, 0.2421676750840113);
	check("strata, rho 1", run(&sample, 2, 1, NULL).chisq, 0.06302385210402682);
}

/* Where groups cannot be compared there is no test. */
static void test_none(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int32_t days[4];
		uint8_t event[4];
		uint32_t group[4], stratum[4];
	} cases[] = {
		{ "one group", { 1, 2, 3, 4 }, { 1, 1, 1, 1 }, { 0, 0, 0, 0 }, { 0 } },
		{ "one day", { 5, 5, 5, 5 }, { 1, 1, 1, 1 }, { 0, 0, 1, 1 }, { 0 } },
		{ "none ended", { 1, 2, 3, 4 }, { 0, 0, 0, 0 }, { 0, 0, 1, 1 }, { 0 } },
		{ "apart", { 1, 2, 1, 2 }, { 1, 1, 1, 1 }, { 0, 0, 1, 1 }, { 0, 0, 1, 1 } },
	};
	static const double scores[] = { 1, 2 }, same[] = { 3, 3 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_sample sample = { .n = 4,
			                     .days = cases[i].days,
			                     .event = cases[i].event,
			                     .group = cases[i].group,
			                     .stratum = cases[i].stratum };
		for (int rho = 0; rho < 2; rho++) {
			struct irm_test test = run(&sample, 2, rho, NULL);
			check(cases[i].name, test.chisq, UNKNOWN);
			check(cases[i].name, test.df, UNKNOWN);
			check(cases[i].name, test.p, UNKNOWN);
			check(cases[i].name, run(&sample, 2, rho, scores).p, UNKNOWN);
		}
	}
	static const int32_t days[] = { 1, 3, 2, 4 };
	static const uint8_t event[] = { 1, 1, 1, 0 };
	static const uint32_t group[] = { 0, 0, 1, 1 };
	struct irm_sample sample = { .n = 4, .days = days, .event = event, .group = group };
	check("equal scores", run(&sample, 2, 0, same).p, UNKNOWN);
	sample.n = 0;
	check("no rows", run(&sample, 2, 0, NULL).p, UNKNOWN);
	check("no groups", run(&sample, 0, 0, NULL).p, UNKNOWN);
}

/* (2^53 - 1)^2 - (2^53 - 2) 2^53 = 1, whose products no double holds. */
static void test_product_difference(void **state)
{
	(void)state;
	double a = 9007199254740991;
	check("1", irm_product_difference(a, a, a - 1, a + 1), 1);
	check("1e9", irm_product_difference(1e9 + 1, 1e9 - 1, 1e9, 1e9), -1);
}

static void test_faults(void **state)
{
	(void)state;
	static const int32_t days[] = { 3 }, entry[] = { 3 };
	static const uint8_t event[] = { 1 };
	static const uint32_t group[] = { 0 };
	struct irm_sample sample = {
		.n = 1, .days = days, .event = event, .group = group, .entry = entry
	};
	struct irm_logrank *logrank = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_logrank_new(&logrank, &sample, 1, 0, &err), IRM_INPUT);
	same_error("entry", &err, "expected entry before days, 3, found 3");
	assert_null(logrank);
	irm_logrank_free(NULL);
}

static enum irm_code test_three(void *context, struct irm_err *err)
{
	static const int32_t days[] = { 3, 2, 1, 2, 5, 4 };
	static const uint8_t event[] = { 1, 0, 1, 1, 1, 1 };
	static const uint32_t group[] = { 0, 1, 2, 0, 1, 2 }, stratum[] = { 0, 0, 0, 1, 1, 1 };
	const struct irm_sample sample = {
		.n = 6, .days = days, .event = event, .group = group, .stratum = stratum
	};
	struct irm_logrank *logrank = NULL;
	struct irm_test test;
	(void)context;
	enum irm_code code = irm_logrank_new(&logrank, &sample, 3, 1, err);
	if (!code)
		code = irm_logrank_test(&test, logrank, err);
	irm_logrank_free(logrank);
	return code;
}

static void test_no_memory(void **state)
{
	(void)state;
	scarce_sweep("test", test_three, NULL, 1);
}

/* survdiff(Surv(days, event) ~ group, rho = rho): $chisq; with u = $obs - $exp and scores s the
 * trend sum(s u)^2 / s' $var s, its slope and error. A group more, of nothing, changes nothing. */
static void test_four_groups(void **state)
{
	(void)state;
	static const int32_t days[] = { 5, 1, 3, 8, 2, 7, 7, 4, 9, 6, 3, 10, 2, 5 };
	static const uint8_t event[] = { 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1 };
	static const uint32_t group[] = { 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3 };
	static const double scores[] = { 1, 4, 2, 7, 5 };
	static const double chisq[] = { 1.746003200872821, 2.5271457175792973 };
	static const double trend[] = { 0.039893608990248561, 0.049608700609140605 };
	static const double slopes[] = { -0.030003007249706757, 0.047086224306980805 };
	static const double errors[] = { 0.15021493824763432, 0.21140484741772242 };
	const struct irm_sample sample = { .n = 14, .days = days, .event = event, .group = group };
	struct irm_err err = { .code = IRM_OK };
	for (int rho = 0; rho < 2; rho++)
		for (size_t groups = 4; groups < 6; groups++) {
			struct irm_logrank *logrank = NULL;
			struct irm_test test = run(&sample, groups, rho, NULL);
			check("chisq", test.chisq, chisq[rho]);
			check("df", test.df, 3);
			test = run(&sample, groups, rho, scores);
			check("trend", test.chisq, trend[rho]);
			check("its df", test.df, 1);
			assert_int_equal(irm_logrank_new(&logrank, &sample, groups, rho, &err),
			                 IRM_OK);
			struct irm_slope slope = irm_logrank_slope(logrank, scores);
			check("slope", slope.log_ratio, slopes[rho]);
			check("its error", slope.se, errors[rho]);
			irm_logrank_free(logrank);
		}
	/* rows of a group that is in no test change nothing, wherever they stand */
	static const int32_t more_days[] = { 5, 2, 1, 3, 8, 2, 7, 7, 3, 4, 9, 6, 3, 10, 2, 5 };
	static const uint8_t more_event[] = { 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1 };
	static const uint32_t more_group[] = { 0, 4, 0, 0, 1, 1, 1, 1, 9, 2, 2, 2, 3, 3, 3, 3 };
	const struct irm_sample more = {
		.n = 16, .days = more_days, .event = more_event, .group = more_group
	};
	check("left out", run(&more, 4, 0, NULL).chisq, chisq[0]);
	/* of three groups numbered 0, 2 and 3 */
	static const uint32_t apart[] = { 0, 0, 0, 2, 2, 2, 3, 3, 3, 3 };
	static const int32_t own[] = { 5, 1, 3, 4, 9, 6, 3, 10, 2, 5 };
	static const uint8_t ended[] = { 1, 1, 0, 0, 1, 1, 1, 0, 1, 1 };
	const struct irm_sample three = { .n = 10, .days = own, .event = ended, .group = apart };
	check("three", run(&three, 4, 0, NULL).chisq, 1.1079225205538639);
	check("their df", run(&three, 4, 0, NULL).df, 2);
}

/* Two pairs, each of which is compared within itself alone, as often as not: no test, whatever the
 * rounding of large counts leaves. */
static void test_none_of_pairs_apart(void **state)
{
	(void)state;
	static const int32_t days[] = { 3, 9, 4, 8, 5, 7, 2, 6, 3, 5, 4, 9, 1, 2, 8, 6 };
	static const uint8_t event[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
	static const uint32_t group[] = { 0, 0, 1, 1, 0, 1, 0, 1, 2, 2, 3, 3, 2, 3, 2, 3 };
	static const uint32_t stratum[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1 };
	for (int64_t base = 1; base < 1000000000000; base *= 7) {
		int64_t count[16];
		for (int i = 0; i < 16; i++)
			count[i] = base * (3 + i * i % 7) + i;
		const struct irm_sample sample = { .n = 16,
			                           .days = days,
			                           .event = event,
			                           .count = count,
			                           .group = group,
			                           .stratum = stratum };
		check("chisq", run(&sample, 4, 0, NULL).chisq, UNKNOWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_hand),     cmocka_unit_test(test_counts_and_strata),
		cmocka_unit_test(test_none),        cmocka_unit_test(test_product_difference),
		cmocka_unit_test(test_faults),      cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_four_groups), cmocka_unit_test(test_none_of_pairs_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
