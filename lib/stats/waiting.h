/* How long needs wait, estimated: what irm-assist --wait prints. */
#ifndef IRM_STATS_WAITING_H
#define IRM_STATS_WAITING_H

#include "review/wait.h"

/* Fits a Kaplan-Meier curve to each group of waits that irm_wait_count() counted, and writes header
 * and rows: as_of, keys, n, events, median, median_lo, median_hi, q25, q75, rmean, rmean_se, tau,
 * as irm-survival does of the waits themselves (stats/survival_table.h). tau is the smallest, over
 * the groups that are no totals and have known waits, of their last days.
 *
 * limits   whether limits are asked for; level: of them
 * few      becomes the number of rows with fewer than IRM_FEW known waits, but some
 * unknown  becomes the number of waits, not counting totals, whose days are unknown: a group of
 * such alone has n = 0
 *
 * IRM_USAGE: level; IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_waiting_write(const struct irm_counter *waits,
                                          const struct irm_query *query, bool limits, double level,
                                          struct irm_writer *out, size_t *few, int64_t *unknown,
                                          struct irm_err *err);

#endif
