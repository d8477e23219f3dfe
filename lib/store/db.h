/* Opening and making the SQLite file. A database is an untrusted file: defensive mode, no trusted
 * schema, no extension loading, and its marks are tested before use. */
#ifndef IRM_STORE_DB_H
#define IRM_STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

#define IRM_DB_APPLICATION 0x49524D31 /* "IRM1" */
#define IRM_DB_VERSION     1

/* Opens the file at `path` for reading. The caller closes *out with irm_db_close(); untouched on
 * error. IRM_SYSTEM: not there, not readable; IRM_INPUT: no database, not one of irmkit, or of a
 * newer version. */
IRM_CHECK enum irm_code irm_db_open(sqlite3 **out, const char *path, struct irm_err *err);

/* The same for writing. */
IRM_CHECK enum irm_code irm_db_open_writable(sqlite3 **out, const char *path, struct irm_err *err);

/* A new database with the tables of schema.sql and no rows, at `path`, which must be empty or not
 * be there; ":memory:" for one that lives as long as it is open. */
IRM_CHECK enum irm_code irm_db_create(sqlite3 **out, const char *path, struct irm_err *err);

/* NULL is fine. */
void irm_db_close(sqlite3 *db);

/* Runs SQL that gives no rows. */
IRM_CHECK enum irm_code irm_db_run(sqlite3 *db, const char *sql, struct irm_err *err);

/* Prepares one statement; the caller finalizes it. */
IRM_CHECK enum irm_code irm_db_prepare(sqlite3_stmt **out, sqlite3 *db, const char *sql,
                                       struct irm_err *err);

/* Steps a query: *row says whether there is one. */
IRM_CHECK enum irm_code irm_db_step(sqlite3_stmt *statement, bool *row, struct irm_err *err);

/* What SQLite last said on `db`, as an error: IRM_INPUT for a file that is none or is damaged,
 * IRM_SYSTEM otherwise (locked, full, no memory). */
enum irm_code irm_db_error(sqlite3 *db, struct irm_err *err);

#endif
