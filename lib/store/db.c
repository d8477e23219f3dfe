#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/holder.h"
#include "store/sql.h"

/* What the system last said of the file or of its log; 0: nothing. SQLite calls a file damaged that
 * the disk could not read. */
static int system_error(sqlite3 *db)
{
	int why = 0;
	sqlite3_file *log = NULL;
	sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &why);
	sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (!why && log && log->pMethods)
		log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &why);
	return why;
}

enum irm_code irm_db_error(sqlite3 *db, struct irm_err *err)
{
	int code = sqlite3_errcode(db) & 0xFF;
	const char *message = sqlite3_errmsg(db);
	int why = code == SQLITE_CORRUPT ? system_error(db) : 0;
	if (why) {
		code = SQLITE_IOERR;
		message = strerror(why);
	}
	/* Our own SQL names only tables and columns that a database of ours has. */
	bool is_bad_file = code == SQLITE_NOTADB || code == SQLITE_CORRUPT ||
	                   (code == SQLITE_ERROR && strncmp(message, "no such ", 8) == 0);
	irm_err_set(err, is_bad_file ? IRM_INPUT : IRM_SYSTEM, "%s", message);
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

/* What a hostile file could make a connection do is turned off: its triggers too, since no database
 * of ours has one. */
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
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	irm_db_wait(db, 5000);
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
	*out = 0;
	enum irm_code code = irm_db_prepare(&statement, db, pragma, err);
	if (!code)
		code = irm_db_step(statement, &row, err);
	if (!code && row)
		*out = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return code;
}

enum irm_code irm_db_version(sqlite3 *db, int *version, struct irm_err *err)
{
	return read_number(db, "PRAGMA user_version", version, err);
}

/* The marks that schema.sql puts into the header of a file. */
static enum irm_code check_marks(sqlite3 *db, const char *path, struct irm_err *err)
{
	int application = 0, version = 0;
	if (read_number(db, "PRAGMA application_id", &application, err) ||
	    irm_db_version(db, &version, err))
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

/* What quick_check tells of a page that could not be read, as an error of the system; IRM_OK for
 * anything else. It goes on after such a page, as after a damaged one. */
static enum irm_code check_read(const char *said, const char *path, struct irm_err *err)
{
	const char *text = strstr(said, "unable to get the page. error code=");
	int code = text ? atoi(strchr(text, '=') + 1) : 0;
	if (!code || (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB)
		return IRM_OK;
	irm_err_set(err, IRM_SYSTEM, "cannot read: %s", sqlite3_errstr(code));
	return irm_err_place(err, path, 0, 0);
}

/* Whether its pages hold together, before anything is taken from them. */
static enum irm_code check_pages(sqlite3 *db, const char *path, struct irm_err *err)
{
	sqlite3_stmt *check = NULL;
	bool row = false;
	enum irm_code code = irm_db_prepare(&check, db, "PRAGMA quick_check(1)", err);
	if (!code)
		code = irm_db_step(check, &row, err);
	const char *said = !code && row ? (const char *)sqlite3_column_text(check, 0) : NULL;
	if (said)
		code = check_read(said, path, err);
	if (!code && said && strcmp(said, "ok") != 0) {
		code = irm_err_at(err, path, 0, 0, "the database is damaged: %.300s", said);
		irm_err_hint(err, "take a copy of it that is whole, or load its packages anew");
	}
	sqlite3_finalize(check);
	return code;
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

static enum irm_code open_checked(sqlite3 **out, const char *path, const char *name, int flags,
                                  struct irm_err *err)
{
	sqlite3 *db = NULL;
	if (open_file(&db, name, flags, err) || check_marks(db, path, err) ||
	    check_pages(db, path, err)) {
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

/* Whether a load, or what is left of one, stands in a file beside. */
static bool has_beside(const char *path, const char *suffix)
{
	struct stat status;
	char *name = sqlite3_mprintf("%s%s", path, suffix);
	bool is_there = name && stat(name, &status) == 0 && status.st_size > 0;
	sqlite3_free(name);
	return is_there;
}

/* "file:PATH?immutable=1", what a URI gives a meaning to escaped */
static char *immutable_name(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	                            "._-/";
	sqlite3_str *name = sqlite3_str_new(NULL);
	sqlite3_str_appendall(name, "file:");
	for (const char *p = path; *p; p++) {
		bool is_plain = strchr(plain, *p) && !(p[0] == '/' && p == path + 1);
		if (is_plain)
			sqlite3_str_appendchar(name, 1, *p);
		else
			sqlite3_str_appendf(name, "%%%02X", (unsigned)(unsigned char)*p);
	}
	sqlite3_str_appendall(name, "?immutable=1");
	return sqlite3_str_finish(name);
}

static enum irm_code open_immutable(sqlite3 **out, const char *path, struct irm_err *err)
{
	char *name = immutable_name(path);
	if (!name)
		return irm_err_memory(err);
	enum irm_code code =
	        open_checked(out, path, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
	sqlite3_free(name);
	return code;
}

/* A reader that may write takes part in the locks of WAL and leaves nothing behind; one that may
 * not would leave files that the owner could not write, so it takes the file as it is. */
enum irm_code irm_db_open(sqlite3 **out, const char *path, struct irm_err *err)
{
	if (check_there(path, err))
		return err->code;
	bool alone = !has_beside(path, "-wal") && !has_beside(path, "-journal");
	bool writable = faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
	if (alone && !writable)
		return open_immutable(out, path, err);
	sqlite3 *db = NULL;
	int flags = writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	struct irm_err first;
	enum irm_code code = open_checked(&db, path, path, flags, &first);
	/* The folder may not be written, and the log of WAL would stand there. */
	if (code == IRM_SYSTEM && alone &&
	    (strstr(first.message, "unable to open") || strstr(first.message, "readonly")))
		return open_immutable(out, path, err);
	if (code) {
		*err = first;
		return code;
	}
	if (irm_db_run(db, "PRAGMA query_only = ON", err)) {
		irm_db_close(db);
		return err->code;
	}
	*out = db;
	return IRM_OK;
}

enum irm_code irm_db_open_writable(sqlite3 **out, const char *path, struct irm_err *err)
{
	if (check_there(path, err))
		return err->code;
	if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		return irm_err_errno(err, path, "cannot write");
	return open_checked(out, path, path, SQLITE_OPEN_READWRITE, err);
}

enum irm_code irm_db_create(sqlite3 **out, const char *path, struct irm_err *err)
{
	sqlite3 *db = NULL;
	if (open_file(&db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) ||
	    irm_db_run(db, "BEGIN", err) || irm_db_run(db, irm_sql_schema, err) ||
	    irm_db_run(db, irm_sql_history, err) || irm_db_run(db, "COMMIT", err)) {
		irm_db_close(db);
		return err->code;
	}
	*out = db;
	return IRM_OK;
}

enum irm_code irm_db_copy(sqlite3 **out, sqlite3 *db, struct irm_err *err)
{
	sqlite3 *copy = NULL;
	if (open_file(&copy, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err))
		return err->code;
	sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db, "main");
	int code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(copy);
	if (backup)
		sqlite3_backup_finish(backup);
	if (code != SQLITE_DONE) {
		irm_err_set(err, IRM_SYSTEM, "cannot copy the database into memory: %s",
		            sqlite3_errstr(code));
		irm_db_close(copy);
		return err->code;
	}
	*out = copy;
	return IRM_OK;
}

void irm_db_wait(sqlite3 *db, int milliseconds)
{
	sqlite3_busy_timeout(db, milliseconds);
}

enum irm_code irm_db_begin(sqlite3 *db, struct irm_err *err)
{
	int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) & 0xFF;
	if (!code)
		return IRM_OK;
	const char *path = sqlite3_db_filename(db, "main");
	irm_db_error(db, err);
	if (code == SQLITE_BUSY && path && *path)
		irm_holder_tell(path, err);
	return err->code;
}

void irm_db_use_wal(sqlite3 *db)
{
	sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
}

void irm_db_remove(const char *path)
{
	static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };
	char name[PATH_MAX + 16];
	size_t length = strlen(path);
	for (size_t i = 0; length < PATH_MAX && i < sizeof suffixes / sizeof *suffixes; i++) {
		memcpy(name, path, length + 1);
		memcpy(name + length, suffixes[i], strlen(suffixes[i]) + 1);
		unlink(name);
	}
}

void irm_db_close(sqlite3 *db)
{
	sqlite3_close(db);
}
