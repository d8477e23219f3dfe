/* Needs by region, compared: whether regions differ, and their rates smoothed. */
#ifndef IRM_STATS_REGIONS_H
#define IRM_STATS_REGIONS_H

#include "review/assist.h"
#include "stats/fisher.h"
#include "stats/smooth.h"

/* Tests, for each combination of the keys other than region, whether the share of reviews with a
 * need differs between regions: Fisher's exact test of with_need x region. The p-values of all of
 * them are adjusted by Benjamini and Hochberg's method. Writes header and rows: as_of, keys but
 * region, regions, eligible, with_need, fisher_p, fisher_method, fisher_se, p_adjusted. States
 * without a region, and totals, are in no test; where there is nothing to test, p is empty.
 *
 * counts  of irm_assist_count(); region is a key of the query
 * seed    of the tables that are drawn where too many are possible
 * drawn   becomes the number of tests that were drawn
 *
 * IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_regions_test(const struct irm_counter *counts,
                                         const struct irm_query *query, uint32_t seed,
                                         struct irm_writer *out, size_t *drawn,
                                         struct irm_err *err);

/* Smooths the rates of each combination of the keys other than region over its regions, into
 * out[counts->n]; NAN of the rows of States without a region, and of all regions together. */
IRM_CHECK enum irm_code irm_regions_smooth(struct irm_smoothed out[],
                                           const struct irm_counter *counts,
                                           const struct irm_query *query, double level,
                                           struct irm_err *err);

#endif
