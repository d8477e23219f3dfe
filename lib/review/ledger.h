/* The ledger of explained differences: a CSV file beside a package, which says of figures that
 * documents state why the records give another one.
 *
 * Columns: as_of, cycle, metric, region, article (the key of the table published), explanation; and
 * difference, which may be missing or empty: else the explanation is of a difference of that size
 * and no other. */
#ifndef IRM_REVIEW_LEDGER_H
#define IRM_REVIEW_LEDGER_H

#include <stddef.h>

#include "base/err.h"
#include "table/table.h"

/* One line. Texts belong to the ledger. */
struct irm_ledger_entry {
	const char *key[5]; /* as_of, cycle, metric, region, article */
	const char *explanation;
	double difference; /* NAN: of any size */
	long line;
};

struct irm_ledger {
	struct irm_table *table;
	struct irm_ledger_entry *entries; /* [n] in the order of the file */
	size_t n;
};

/* Reads a ledger. The caller releases *out with irm_ledger_release(), whatever comes. IRM_INPUT at
 * its place: a column that is missing or unknown, an empty key or explanation, a key that stands
 * twice; and as irm_table_read(). */
IRM_CHECK enum irm_code irm_ledger_read(struct irm_ledger *out, const char *path,
                                        struct irm_err *err);
void irm_ledger_release(struct irm_ledger *ledger);

#endif
