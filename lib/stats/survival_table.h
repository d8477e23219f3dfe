/* Survival of a table's rows by groups: what irm-survival prints. */
#ifndef IRM_STATS_SURVIVAL_TABLE_H
#define IRM_STATS_SURVIVAL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/adjust.h"
#include "stats/km.h"
#include "table/table.h"
#include "table/writer.h"

enum irm_survival_kind {
	IRM_SURVIVAL_SUMMARY,  /* a row a group */
	IRM_SURVIVAL_CURVE,    /* the points of its curve */
	IRM_SURVIVAL_PERIODS,  /* hazards by period */
	IRM_SURVIVAL_TEST,     /* one test of all groups */
	IRM_SURVIVAL_PAIRWISE, /* a test of each two */
};

struct irm_survival_query {
	enum irm_survival_kind kind;
	const char *by;      /* key columns, separated by commas; NULL: none */
	const char *outcome; /* column of competing outcomes; NULL: none; for summary and curve */
	const char *strata;  /* column within whose values tests compare; NULL: none */
	enum irm_conf conf;  /* how limits are transformed */
	double level;        /* of the limits, between 0 and 1 */
	int64_t tau;         /* day up to which the mean runs; < 0: see irm_survival_new() */
	const double *quantiles; /* [n_quantiles] added to the summary, between 0 and 1; borrowed */
	size_t n_quantiles;
	int64_t period;         /* length of the periods, >= 1 */
	int rho;                /* of the tests, 0 or 1: see irm_logrank_new() */
	bool trend;             /* the test along the groups' order or numbers */
	enum irm_adjust adjust; /* of the pairwise tests */
};

struct irm_survival;

/* Computes the figures of the table's rows.
 *
 * table   see irm_survival_rows_read(); borrowed: outlives the result
 * query   copied. Without tau, each group's is the smallest last observed day of all groups, or,
 *         where a key is named 'stage', of the groups of its stage: means of one stage compare
 *
 * A group whose rows were all skipped is there, with n = 0. In tests, a group one of whose keys is
 * 'all' is left out, for it holds the others again; trend scores are the groups' numbers where
 * there is one key and each is a number, else 1, 2, 3. The caller frees *out with
 * irm_survival_free(); it is untouched on error. IRM_USAGE: a key that is no column or has the name
 * of a result's; too many periods. IRM_INPUT: what irm_survival_rows_read() finds. */
IRM_CHECK enum irm_code irm_survival_new(struct irm_survival **out, const struct irm_table *table,
                                         const struct irm_survival_query *query,
                                         struct irm_err *err);
void irm_survival_free(struct irm_survival *survival);

/* Rows that were left out, for they have no days. */
size_t irm_survival_skipped(const struct irm_survival *survival);

/* Rows of the summary that rest on some rows of the table, but on fewer than IRM_FEW. */
size_t irm_survival_few(const struct irm_survival *survival);

/* Groups that no test has: one of their keys is 'all'. */
size_t irm_survival_left_out(const struct irm_survival *survival);

/* Writes header and rows:
 * summary   keys, n, events, median, median_lo, median_hi, q25, q75, rmean, rmean_se, tau, and for
 *           each quantile qNN, qNN_lo, qNN_hi (of 0.25 and 0.75 the limits alone)
 * curve     keys, time, at_risk, events, censored, survival, se, lo, hi
 * outcomes  summary: keys, outcome, n, events, incidence, se, lo, hi, rmean, rmean_se, tau;
 *           curve: keys, outcome, time, at_risk, events, censored, incidence, se, lo, hi
 * periods   keys, from, to, at_risk, person_days, events, hazard, lo, hi
 * test      chisq, df, p
 * pairwise  each key with _1 and then with _2, chisq, df, p, p_adjusted */
void irm_survival_write(const struct irm_survival *survival, struct irm_writer *writer);

#endif
