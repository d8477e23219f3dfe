#include "store/db.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "store/sql.h"

enum irm_code irm_db_error(sqlite3 *db, struct irm_err *err)
{
	int code = sqlite3_errcode(db) & 0xFF;
	bool is_bad_file = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
	irm_err_set(err, is_bad_file ? IRM_INPUT : IRM_SYSTEM, "%s", sqlite3_errmsg(db));
	const char *path = sqlite3_db_filename(db, "main");
	return irm_err_place(err, path && *path ? path : "(memory)", 0, 0);
}

enum irm_code irm_db_run(sqlite3 *db, const char *sql, struct irm_err *err)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) ? irm_db_error(db, err) : IRM_OK;
}

enum irm_code irm_db_prepare(sqlite3_stmt **out, sqlite3 *db, const char *sql, struct irm_err *err)
{
	return sqlite3_prepare_v2(db, sql, -1, out, NULL) ? irm_db_error(db, err) : IRM_OK;
}

enum irm_code irm_db_step(sqlite3_stmt *statement, bool *row, struct irm_err *err)
{
	int code = sqlite3_step(statement);
	*row = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return IRM_OK;
	return irm_db_error(sqlite3_db_handle(statement), err);
}

static enum irm_code open_file(sqlite3 **out, const char *path, int flags, struct irm_err *err)
{
	sqlite3 *db = NULL;
	if (sqlite3_open_v2(path, &db, flags, NULL)) {
		enum irm_code code = db ? irm_db_error(db, err) : irm_err_memory(err);
		irm_db_close(db);
		return code;
	}
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_busy_timeout(db, 5000);
	if (irm_db_run(db, "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON", err)) {
		irm_db_close(db);
		return err->code;
	}
	*out = db;
	return IRM_OK;
}

static enum irm_code read_number(sqlite3 *db, const char *pragma, int *out, struct irm_err *err)
{
	sqlite3_stmt *statement = NULL;
	bool row = false;
	if (!irm_db_prepare(&statement, db, pragma, err) && !irm_db_step(statement, &row, err))
		*out = row ? sqlite3_column_int(statement, 0) : 0;
	enum irm_code code = row ? IRM_OK : err->code;
	sqlite3_finalize(statement);
	return code;
}

/* The marks that schema.sql puts into the header of a file. */
static enum irm_code check_marks(sqlite3 *db, const char *path, struct irm_err *err)
{
	int application = 0, version = 0;
	if (read_number(db, "PRAGMA application_id", &application, err) ||
	    read_number(db, "PRAGMA user_version", &version, err))
		return err->code;
	if (application != IRM_DB_APPLICATION) {
		irm_err_at(err, path, 0, 0,
		           "expected a database made by irm-load, found one of another program");
		return err->code;
	}
	if (version > IRM_DB_VERSION) {
		irm_err_at(err, path, 0, 0,
		           "the database is of version %d, newer than this program's %d", version,
		           IRM_DB_VERSION);
		irm_err_hint(err, "use the irmkit that made it, or a newer one");
		return err->code;
	}
	return IRM_OK;
}

/* SQLite would make a new file, or say only that it cannot open. */
static enum irm_code check_there(const char *path, struct irm_err *err)
{
	struct stat status;
	if (stat(path, &status))
		return irm_err_errno(err, path, "cannot read");
	if (S_ISREG(status.st_mode) && status.st_size > 0)
		return IRM_OK;
	return irm_err_at(err, path, 0, 0, "expected a database or a package folder, found %s",
	                  S_ISREG(status.st_mode) ? "an empty file" : "no regular file");
}

static enum irm_code open_checked(sqlite3 **out, const char *path, int flags, struct irm_err *err)
{
	sqlite3 *db = NULL;
	if (check_there(path, err) || open_file(&db, path, flags, err) ||
	    check_marks(db, path, err)) {
		irm_db_close(db);
		/* SQLite knows the absolute path; the user knows the one that was given. */
		err->file[0] = '\0';
		irm_err_place(err, path, 0, 0);
		if (err->code == IRM_INPUT && strstr(err->message, "not a database"))
			irm_err_hint(err, "expected a SQLite file made by irm-load, "
			                  "or a package folder");
		return err->code;
	}
	*out = db;
	return IRM_OK;
}

enum irm_code irm_db_open(sqlite3 **out, const char *path, struct irm_err *err)
{
	return open_checked(out, path, SQLITE_OPEN_READONLY, err);
}

enum irm_code irm_db_open_writable(sqlite3 **out, const char *path, struct irm_err *err)
{
	return open_checked(out, path, SQLITE_OPEN_READWRITE, err);
}

enum irm_code irm_db_create(sqlite3 **out, const char *path, struct irm_err *err)
{
	sqlite3 *db = NULL;
	if (open_file(&db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) ||
	    irm_db_run(db, "BEGIN", err) || irm_db_run(db, irm_sql_schema, err) ||
	    irm_db_run(db, "COMMIT", err)) {
		irm_db_close(db);
		return err->code;
	}
	*out = db;
	return IRM_OK;
}

void irm_db_close(sqlite3 *db)
{
	sqlite3_close(db);
}
