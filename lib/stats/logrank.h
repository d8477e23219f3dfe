/* Tests of whether groups take equally long: log-rank and Wilcoxon-Peto, for trend, stratified.
 *
 * All compare, on each day on which something ended, how many of a group ended with how many would
 * have, had the day's ends fallen on all at risk alike. */
#ifndef IRM_STATS_LOGRANK_H
#define IRM_STATS_LOGRANK_H

#include <stddef.h>

#include "base/err.h"
#include "stats/sample.h"

/* A chi-squared test; all NAN where there is none. */
struct irm_test {
	double chisq, df, p;
};

/* What the tests are made of; the arrays belong to it. Weighted where rho is 1. */
struct irm_logrank {
	size_t groups;
	double *expected;   /* [groups] ends expected; 0: the group is in no test */
	double *difference; /* [groups] ends observed less expected */
	double *variance;   /* [groups * groups] covariances of the differences */
};

/* Adds up the days of a sample.
 *
 * out     new; the caller frees it with irm_logrank_free(); untouched on error
 * sample  its outcome is not read; rows with a group >= `groups` are left out
 * rho     0: each day counts alike (log-rank); 1: by the share of all, of its stratum, that were
 *         still open before it, so that early days weigh more (Peto & Peto's Wilcoxon test)
 *
 * Groups are compared within their strata only. The variance is hypergeometric. Neither the order
 * of rows nor a tally in place of rows changes a bit. IRM_INPUT as irm_sample_check(); IRM_SYSTEM:
 * no memory. O(n log n + days * groups^2) time. Sources: Mantel 1966, Cancer Chemotherapy Reports
 * 50:163-170; Peto & Peto 1972, JRSS A 135:185-206; Harrington & Fleming 1982, Biometrika
 * 69:553-566 (G-rho), as R's survdiff.  Tests: tests/unit/test_logrank.c; tests/r/logrank.R */
IRM_CHECK enum irm_code irm_logrank_new(struct irm_logrank **out, const struct irm_sample *sample,
                                        size_t groups, int rho, struct irm_err *err);
void irm_logrank_free(struct irm_logrank *logrank);

/* Whether the groups differ: groups that expect something, less one, degrees of freedom. No test
 * where fewer than two expect something, or the differences cannot vary in as many directions: all
 * ended on one day, or two groups were never at risk together. */
IRM_CHECK enum irm_code irm_logrank_test(struct irm_test *out, const struct irm_logrank *logrank,
                                         struct irm_err *err);

/* Whether the groups get faster or slower along their scores[groups]; one degree of freedom. No
 * test where that cannot vary. Source: Tarone 1975, Biometrika 62:679-682. */
struct irm_test irm_logrank_trend(const struct irm_logrank *logrank, const double scores[]);

/* The logarithm of how much faster ends come with each score more, and its standard error; NAN
 * where there is no trend test. */
struct irm_slope {
	double log_ratio, se;
};

/* With rho 0, the first step from 0 that Newton's method takes to the slope of Cox's proportional
 * hazards; near it where the slope is small. Sources: Cox 1972, JRSS B 34:187-220; Peto & al. 1977,
 * British Journal of Cancer 35:1-39.  Tests: tests/unit/test_logrank.c; against coxph
 * tests/r/trend.R
 */
struct irm_slope irm_logrank_slope(const struct irm_logrank *logrank, const double scores[]);

#endif
