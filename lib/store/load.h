/* Loading packages into a database: all of it or nothing, every fault with file:line:field. */
#ifndef IRM_STORE_LOAD_H
#define IRM_STORE_LOAD_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/faults.h"
#include "store/lines.h"

struct irm_load_options {
	bool extra_columns;      /* pass over columns that no table has */
	struct irm_lines *lines; /* NULL, or where the line of each row is kept */
};

/* Rows read, by table in the order of irm_schemas. */
struct irm_load_counts {
	int64_t rows[64];
};

/* Loads the packages in folders[n] in one transaction. A row whose key the database has replaces
 * its row there; a key that stands twice in a file is a fault.
 *
 * faults  filled with the faults of the first faulty file; then IRM_INPUT, and err is the first
 * counts  filled; may be NULL
 *
 * After an error the database is as it was. IRM_SYSTEM: cannot be read or written, no memory. */
IRM_CHECK enum irm_code irm_load_packages(sqlite3 *db, const char *const folders[], size_t n,
                                          const struct irm_load_options *options,
                                          struct irm_faults *faults, struct irm_load_counts *counts,
                                          struct irm_err *err);

/* A source as the tools take it: a SQLite file is opened for reading, a package folder is loaded
 * into a database in memory, so that both give the same figures by the same code. The caller closes
 * *out with irm_db_close(). */
IRM_CHECK enum irm_code irm_source_open(sqlite3 **out, const char *source, struct irm_err *err);

/* The same, with the line of each row of a package folder in *lines; a SQLite file has none. The
 * caller releases *lines, whatever comes. */
IRM_CHECK enum irm_code irm_source_open_lines(sqlite3 **out, const char *source,
                                              struct irm_lines *lines, struct irm_err *err);

#endif
