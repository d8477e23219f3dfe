/* What a chart shows, in words and as a table: for who does not see it. Both are made of what the
 * chart draws: what is suppressed stays so. */
#ifndef IRM_PLOTS_DESCRIBE_H
#define IRM_PLOTS_DESCRIBE_H

#include "plots/panels.h"

/* Rows of a table that stands for a chart; more are left out, which is said. */
#define IRM_DESCRIBE_ROWS 400

/* Writes one paragraph: the kind, what is on the axes, day and n, the highest and the lowest figure
 * with their limits, how many are unknown or suppressed, from where to where lines go, and when
 * curves come to a half. `panels` have been read. */
void irm_describe(char out[IRM_DESCRIPTION_SIZE], const struct irm_panels *panels,
                  const struct irm_kind *kind);

/* Sets the table of *about: a row a row of the table that was drawn, in its order; none for a kind
 * that draws no single rows. All lies in the arena of the panels. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_describe_rows(struct irm_about *about, struct irm_panels *panels,
                                          const struct irm_kind *kind, struct irm_err *err);

#endif
