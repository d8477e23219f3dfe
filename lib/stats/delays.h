/* Delay statistics from a tally: what irm-delays prints of each group. */
#ifndef IRM_STATS_DELAYS_H
#define IRM_STATS_DELAYS_H

#include "review/tally.h"
#include "stats/km.h"
#include "stats/proportion.h"

/* Shares are 0-1, days are days; NAN where a figure is unknown. */
struct irm_delay {
	int64_t n, done, open, unknown; /* n = done + open */
	struct irm_quantile median;
	double q25, q75, q90;
	struct irm_mean rmean; /* restricted to tau */
	double tau;
	double median_done; /* of the finished ones alone, to show its bias */
	int64_t on_time, late, overdue;
	double on_time_rate, on_time_lo, on_time_hi; /* on_time of on_time + late */
};

/* How limits are made. */
struct irm_delay_options {
	double level;
	enum irm_conf conf;
	enum irm_ci ci; /* of the on-time rate */
	double tau;     /* days; NAN: by the groups of each stage */
};

/* The figures of each group of a tally, into out[tally->n_groups].
 *
 * Without a tau of the caller's, the restricted means of a stage run to the smallest, over its
 * groups that are no totals and have observations, of their last observed days: so they can be
 * compared. Sources: see stats/km.h and stats/proportion.h. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_delays_estimate(struct irm_delay *out, const struct irm_tally *tally,
                                            const struct irm_delay_options *options,
                                            struct irm_err *err);

/* Estimates, and writes header and rows: as_of, keys, stage, party, time_limit, then the figures in
 * the order of struct irm_delay. With ci IRM_CI_NONE the limits are empty. *few counts the rows
 * with observations that have fewer than IRM_FEW. */
IRM_CHECK enum irm_code irm_delays_write(const struct irm_tally *tally,
                                         const struct irm_delay_options *options,
                                         struct irm_writer *out, size_t *few, struct irm_err *err);

#endif
