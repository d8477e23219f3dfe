/* Whether stages get faster from year to year: what irm-delays --trend prints. */
#ifndef IRM_STATS_TREND_H
#define IRM_STATS_TREND_H

#include <stdbool.h>

#include "review/query.h"
#include "review/tally.h"

/* Makes of a query one whose keys end with the scheduled year: a shallow copy, which borrows the
 * filters of the first. IRM_USAGE where year is a key already, or there are as many as can be. */
IRM_CHECK enum irm_code irm_trend_query(struct irm_query *out, const struct irm_query *query,
                                        struct irm_err *err);

/* Tests each group of a tally for a trend over the years, and writes header and rows: as_of, keys,
 * stage, party, n, done, first_year, last_year, ratio, ratio_lo, ratio_hi, chisq, df, p.
 *
 * all      the groups, which are printed
 * by_year  the same observations counted by irm_trend_query()
 * limits   false leaves the limits' columns empty
 *
 * The test is the log-rank test for trend, scored by the year, see stats/logrank.h; the ratio is
 * how many times as many end on a day of those still open as among the reviews of the year before.
 * n and done are of observations with known days and year. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_trend_write(const struct irm_tally *all,
                                        const struct irm_tally *by_year, bool limits, double level,
                                        struct irm_writer *out, struct irm_err *err);

#endif
