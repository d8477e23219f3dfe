/* One published figure against the records'. Private to lib/review. */
#ifndef IRM_REVIEW_RECONCILE_FIGURE_H
#define IRM_REVIEW_RECONCILE_FIGURE_H

#include "review/reconcile.h"

#define IRM_REASON_MOST 900 /* bytes */

/* Fills *out but for its reason, which goes into reason[]. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_reconcile_figure(struct irm_reconciled *out,
                                             char reason[IRM_REASON_MOST],
                                             const struct irm_query *query,
                                             const struct irm_published *figure,
                                             struct irm_err *err);

#endif
