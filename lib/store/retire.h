/* Rows that a new delivery no longer has. Private to lib/store. */
#ifndef IRM_STORE_RETIRE_H
#define IRM_STORE_RETIRE_H

#include "store/loader.h"

/* Removes, from each table that has a place in `seen`, the rows of the package whose key is not
 * among those seen.
 *
 * Reviews are of the package that delivered them, and what hangs on a review is of its package. A
 * row of another table has no owner: it goes where no other package delivered that table.
 *
 * seen   [irm_schemas_n] the keys of the delivery as irm_row_read() keeps them; NULL: not delivered
 * files  [irm_schemas_n] what messages call the deliveries
 *
 * A row that goes while another refers to it is a fault. Afterwards the loader's codes are those of
 * the database. IRM_INPUT: faults; IRM_SYSTEM. */
IRM_CHECK enum irm_code irm_retire(struct irm_loader *loader, const struct irm_intern *const seen[],
                                   const char *const files[], struct irm_err *err);

#endif
