/* How far the reviews have come between two states of the records. */
#ifndef IRM_REVIEW_PROGRESS_H
#define IRM_REVIEW_PROGRESS_H

#include "base/counter.h"
#include "review/dataset.h"

/* Counts the reviews that by the as_of of `after` have reached a milestone, and by that of
 * `before`, as it was recorded then, had not: by cycle and milestone (indexes in `after`), sorted.
 * A later milestone that has happened proves an earlier one reached. Where packages have different
 * as_of, each review is asked on its own. The caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_progress_count(struct irm_counter *out,
                                           const struct irm_dataset *before,
                                           const struct irm_dataset *after, struct irm_err *err);

#endif
