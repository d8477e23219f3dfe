/* Recording a load: what it changes is written down by SQLite's session extension. */
#ifndef IRM_STORE_RECORD_H
#define IRM_STORE_RECORD_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/digest.h"

/* Rows that a load adds, changes and removes: by table in the order of irm_schemas, then packages,
 * whose as_of a load may change. */
struct irm_changes {
	int64_t added[33], changed[33], removed[33];
};

/* A file that a load was made of. */
struct irm_load_file {
	char name[256]; /* as the package calls it: no machine's path */
	char sha256[IRM_DIGEST_SIZE];
	int64_t rows;
};

struct irm_recording;

/* From now on what changes in the tables of a package is recorded. Within a transaction; the caller
 * frees *out with irm_recording_free() before the database is closed. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_recording_begin(struct irm_recording **out, sqlite3 *db,
                                            struct irm_err *err);

/* Ends it and keeps it as a load, in the same transaction.
 *
 * day      the load is recorded under; not before that of the last load, else IRM_USAGE
 * files    [n] what it was made of
 * reverts  the load that it undoes, 0: none
 * load     its number; changes: what it changed; untouched on error */
IRM_CHECK enum irm_code irm_recording_end(struct irm_recording *recording, int32_t day,
                                          const struct irm_load_file *files, size_t n,
                                          int64_t reverts, int64_t *load,
                                          struct irm_changes *changes, struct irm_err *err);

/* NULL is fine. */
void irm_recording_free(struct irm_recording *recording);

#endif
