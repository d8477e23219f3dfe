/* The observations themselves, a row each: what a figure of irm-delays can be traced to. */
#ifndef IRM_REVIEW_LISTING_H
#define IRM_REVIEW_LISTING_H

#include "review/observe.h"

/* Writes header and rows as_of, review, cycle, year, state, region, stage, party, began, due,
 * ended, days, event, days_late (0: decided and on time; empty: undecided, or no limit), source; by
 * review and position. */
IRM_CHECK enum irm_code irm_listing_write(const struct irm_query *query, struct irm_writer *out,
                                          struct irm_err *err);

/* The same of those that are late or overdue alone, the latest first; equals by review and
 * position. */
IRM_CHECK enum irm_code irm_listing_write_late(const struct irm_query *query,
                                               struct irm_writer *out, struct irm_err *err);

#endif
