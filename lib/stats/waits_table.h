/* Waits as a table: what irm-openness --time and irm-followup --time print. */
#ifndef IRM_STATS_WAITS_TABLE_H
#define IRM_STATS_WAITS_TABLE_H

#include "base/counter.h"
#include "review/query.h"
#include "stats/delays.h"

/* Writes header and rows: as_of, keys, more, then the columns of irm-survival's summary (n, events,
 * median, median_lo, median_hi, q25, q75, rmean, rmean_se, tau) and unknown.
 *
 * waits    as irm_wait_add() counts them, sorted
 * more     [n_more] keys after the query's
 * options  level, conf; with ci IRM_CI_NONE the limits are empty; without a tau of the caller's
 *          the restricted means of rows that are alike in `more` run to the smallest, over those
 *          that are no totals and have waits, of their last days
 *
 * *few counts the rows with waits that have fewer than IRM_FEW. Sources: stats/km.h. IRM_SYSTEM: no
 * memory.  Test: tests/unit/test_waits.c */
IRM_CHECK enum irm_code irm_waits_write(const struct irm_counter *waits,
                                        const struct irm_query *query, const enum irm_key more[],
                                        size_t n_more, const struct irm_delay_options *options,
                                        struct irm_writer *out, size_t *few, struct irm_err *err);

#endif
