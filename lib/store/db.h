/* Opening and making the SQLite file. A database is an untrusted file: defensive mode, no trusted
 * schema, no extension loading, and its marks are tested before use. */
#ifndef IRM_STORE_DB_H
#define IRM_STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

#define IRM_DB_APPLICATION 0x49524D31 /* "IRM1" */
#define IRM_DB_VERSION     2

/* Opens the file at `path` for reading: readers go on while another process loads, and see what was
 * there before or after. It leaves no file behind, and reads from a medium or a folder that cannot
 * be written: then it takes the file as it is, without locks. A file of an older version is read as
 * it is. The caller closes *out with irm_db_close(); untouched on error.
 *
 * IRM_SYSTEM: not there, not readable; IRM_INPUT: no database, not one of irmkit, of a newer
 * version, or damaged. Cost: every page is read once (PRAGMA quick_check): 2 ms for 1 MB. */
IRM_CHECK enum irm_code irm_db_open(sqlite3 **out, const char *path, struct irm_err *err);

/* The same for writing; IRM_SYSTEM too where the file may not be written. */
IRM_CHECK enum irm_code irm_db_open_writable(sqlite3 **out, const char *path, struct irm_err *err);

/* A new database with the tables of schema.sql and no rows, at `path`, which must be empty or not
 * be there; ":memory:" for one that lives as long as it is open. */
IRM_CHECK enum irm_code irm_db_create(sqlite3 **out, const char *path, struct irm_err *err);

/* A copy in memory, which changes nothing in the file; the caller closes *out. */
IRM_CHECK enum irm_code irm_db_copy(sqlite3 **out, sqlite3 *db, struct irm_err *err);

/* The version of its tables: 1 to IRM_DB_VERSION. */
IRM_CHECK enum irm_code irm_db_version(sqlite3 *db, int *version, struct irm_err *err);

/* How long it waits for a lock that another process holds; else 5 seconds. */
void irm_db_wait(sqlite3 *db, int milliseconds);

/* Begins to write, waiting for another writer. IRM_SYSTEM: it did not end in time; the message
 * tells which process it is. */
IRM_CHECK enum irm_code irm_db_begin(sqlite3 *db, struct irm_err *err);

/* From now on readers go on while a load runs (a write-ahead log); not within a transaction.
 * Nothing changes where that cannot be: while others read a file of the old kind. */
void irm_db_use_wal(sqlite3 *db);

/* Removes a database and what SQLite keeps beside it, as far as they are there; needs no memory,
 * and may run in the handler of a signal. */
void irm_db_remove(const char *path);

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
