/* The SQLite file: made, opened, and refused where it is none of ours. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <time.h>

#include "store/db.h"

static void make(const char *path)
{
	sqlite3 *db = NULL;
	struct irm_err err;
	if (irm_db_create(&db, path, &err))
		fail_msg("%s: %s", err.file, err.message);
	irm_db_close(db);
}

/* Runs SQL on a file as another program would. */
static void change(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL))
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void test_what_was_made_opens(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	sqlite3_stmt *query = NULL;
	struct irm_err err;
	bool row = false;
	make("a 'b' \"c\".db");
	assert_int_equal(irm_db_open(&db, "a 'b' \"c\".db", &err), IRM_OK);
	assert_int_equal(irm_db_prepare(&query, db, "SELECT count(*) FROM reviews", &err), IRM_OK);
	assert_int_equal(irm_db_step(query, &row, &err), IRM_OK);
	assert_true(row);
	assert_int_equal(sqlite3_column_int(query, 0), 0);
	assert_int_equal(irm_db_step(query, &row, &err), IRM_OK);
	assert_false(row);
	sqlite3_finalize(query);
	irm_db_close(db);
	irm_db_close(NULL);
}

static void test_a_reader_cannot_write(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	make("a.db");
	assert_int_equal(irm_db_open(&db, "a.db", &err), IRM_OK);
	assert_int_equal(irm_db_run(db, "INSERT INTO t_states (state) VALUES ('XAA')", &err),
	                 IRM_SYSTEM);
	irm_db_close(db);
	assert_int_equal(irm_db_open_writable(&db, "a.db", &err), IRM_OK);
	assert_int_equal(irm_db_run(db, "INSERT INTO t_states (state) VALUES ('XAA')", &err),
	                 IRM_OK);
	irm_db_close(db);
}

static void test_foreign_keys_are_on(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	assert_int_equal(irm_db_create(&db, ":memory:", &err), IRM_OK);
	assert_int_equal(
	        irm_db_run(db, "INSERT INTO t_cycles (cycle, mechanism) VALUES ('c', 7)", &err),
	        IRM_SYSTEM);
	same_error("foreign key", &err, "(memory): FOREIGN KEY constraint failed");
	irm_db_close(db);
}

static void test_a_file_is_not_trusted(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	make("a.db");
	assert_int_equal(irm_db_open_writable(&db, "a.db", &err), IRM_OK);
	static const int off[] = { SQLITE_DBCONFIG_TRUSTED_SCHEMA,
		                   SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION };
	int on = -1;
	assert_int_equal(sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, -1, &on), SQLITE_OK);
	assert_int_equal(on, 1);
	for (size_t i = 0; i < COUNT(off); i++) {
		assert_int_equal(sqlite3_db_config(db, off[i], -1, &on), SQLITE_OK);
		assert_int_equal(on, 0);
	}
	irm_db_close(db);
}

/* The files that the cases below open. */
static void make_files(void)
{
	write_text("empty.db", "");
	write_text("text.db", "review,milestone,date,source\nFIC-1-XAA,started,2018-03-01,x\n");
	write_text("short.db", "SQLite format 3");
	assert_int_equal(mkdir("folder.db", 0700), 0);
	change("other.db", "CREATE TABLE notes (text)");
	make("newer.db");
	change("newer.db", "PRAGMA user_version = 99");
	make("cut.db");
	assert_int_equal(truncate("cut.db", 5000), 0);
	make("bytes.db");
	FILE *file = fopen("bytes.db", "r+b");
	assert_non_null(file);
	/* the page of the schema, behind the header of the file */
	assert_int_equal(fseek(file, 100, SEEK_SET), 0);
	for (int i = 0; i < 3000; i++)
		putc(0xA5, file);
	assert_int_equal(fclose(file), 0);
}

static void test_what_is_no_database_of_ours(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		enum irm_code code;
		const char *message; /* a part of it */
	} cases[] = {
		{ "nowhere.db", IRM_SYSTEM, "cannot read: No such file or directory" },
		{ "text.db/x.db", IRM_SYSTEM, "cannot read: Not a directory" },
		{ "empty.db", IRM_INPUT, "found an empty file" },
		{ "folder.db", IRM_INPUT, "expected a database" },
		{ "text.db", IRM_INPUT, "file is not a database" },
		{ "short.db", IRM_INPUT, "file is not a database" },
		{ "other.db", IRM_INPUT,
		  "expected a database made by irm-load, found one of another program" },
		{ "newer.db", IRM_INPUT, "the database is of version 99, newer than this" },
		{ "cut.db", IRM_INPUT, "malformed" },
		{ "bytes.db", IRM_INPUT, "malformed" },
	};
	make_files();
	for (size_t i = 0; i < COUNT(cases); i++)
		for (int writable = 0; writable < 2; writable++) {
			sqlite3 *db = NULL;
			sqlite3_stmt *query = NULL;
			struct irm_err err;
			bool row = false;
			const char *path = cases[i].path;
			enum irm_code code = writable ? irm_db_open_writable(&db, path, &err)
			                              : irm_db_open(&db, path, &err);
			if (!code) { /* what is damaged may show only when it is read */
				code = irm_db_prepare(&query, db, "SELECT * FROM published", &err);
				if (!code)
					code = irm_db_step(query, &row, &err);
				sqlite3_finalize(query);
				irm_db_close(db);
			} else {
				assert_null(db);
			}
			same_number(path, code, cases[i].code);
			if (!strstr(err.message, cases[i].message) &&
			    !strstr(err.message, "damaged"))
				fail_msg("%s: %s", path, err.message);
		}
	assert_int_equal(access("nowhere.db", F_OK), -1);
}

/* Whatever byte is changed, reading all rows ends in rows or in a fault of the input: never in a
 * crash, and never in a fault of the system. */
static void test_no_changed_byte_does_harm(void **state)
{
	(void)state;
	static const char fill[] =
	        "INSERT INTO t_mechanisms (mechanism) VALUES ('FIC');"
	        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
	        "INSERT INTO t_labels (kind, code, lang, label) "
	        "SELECT 'state', 'X' || i, 'en', 'a name of ' || i FROM n";
	make("whole.db");
	change("whole.db", fill);
	size_t length;
	char *bytes = read_bytes("whole.db", &length);
	uint64_t seed = 7;
	size_t faults = 0;
	for (int round = 0; round < rounds(400); round++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		size_t at = (size_t)(seed >> 20) % length;
		char old = bytes[at];
		bytes[at] = (char)(old ^ (char)(1 << (round % 8)));
		write_bytes("changed.db", bytes, length);
		bytes[at] = old;
		sqlite3 *db = NULL;
		struct irm_err err;
		enum irm_code code = irm_db_open(&db, "changed.db", &err);
		static const char *const queries[] = { "SELECT * FROM labels",
			                               "SELECT * FROM mechanisms",
			                               "SELECT * FROM events",
			                               "SELECT * FROM published" };
		for (size_t q = 0; !code && q < COUNT(queries); q++) {
			sqlite3_stmt *query = NULL;
			bool row = true;
			code = irm_db_prepare(&query, db, queries[q], &err);
			while (!code && row)
				code = irm_db_step(query, &row, &err);
			sqlite3_finalize(query);
		}
		irm_db_close(db);
		if (code == IRM_SYSTEM)
			fail_msg("byte %zu: %s", at, err.message);
		faults += code != IRM_OK;
	}
	assert_true(faults > (size_t)rounds(20));
	free(bytes);
}

/* What is said of a file, and the hint; whatever the reason, SQLite's absolute path is not shown.
 */
static void test_what_is_told_of_files_that_are_none(void **state)
{
	(void)state;
#define NO_DATABASE " (expected a SQLite file made by irm-load, or a package folder)"
#define OTHER       "other.db: expected a database made by irm-load, found one of another program"
	static const struct {
		const char *path, *error;
	} cases[] = {
		{ "nowhere.db", "nowhere.db: cannot read: No such file or directory" },
		{ "empty.db",
		  "empty.db: expected a database or a package folder, found an empty file" },
		{ "folder.db",
		  "folder.db: expected a database or a package folder, found no regular file" },
		{ "text.db", "text.db: file is not a database" NO_DATABASE },
		{ "./short.db", "./short.db: file is not a database" NO_DATABASE },
		{ "other.db", OTHER },
		{ "newer.db",
		  "newer.db: the database is of version 99, newer than this program's 2 (use the "
		  "irmkit that made it, or a newer one)" },
		{ "bytes.db", "bytes.db: database disk image is malformed" },
		{ "null.db", "null.db: the database is damaged: NULL value in x.a (take a copy of "
		             "it that is whole, or load its packages anew)" },
	};
	make_files();
	make("null.db");
	change("null.db", "CREATE TABLE x (a); INSERT INTO x VALUES (NULL); "
	                  "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = "
	                  "'CREATE TABLE x (a NOT NULL)' WHERE name = 'x'");
	for (size_t i = 0; i < COUNT(cases); i++)
		for (int writable = 0; writable < 2; writable++) {
			sqlite3 *db = NULL;
			struct irm_err err;
			enum irm_code code = (writable ? irm_db_open_writable
			                               : irm_db_open)(&db, cases[i].path, &err);
			same_number(cases[i].path, code, i ? IRM_INPUT : IRM_SYSTEM);
			same_number(cases[i].path, code, err.code);
			same_error(cases[i].path, &err, cases[i].error);
			assert_null(db);
		}
}

static void test_a_database_is_made_only_where_there_is_none(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	int version = 0;
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_OK);
	assert_int_equal(irm_db_version(db, &version, &err), IRM_OK);
	assert_int_equal(version, IRM_DB_VERSION);
	assert_int_equal(sqlite3_get_autocommit(db), 1);
	irm_db_close(db);
	db = NULL;
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_SYSTEM);
	assert_string_equal(err.message, "table t_packages already exists");
	assert_null(db);
	assert_int_equal(irm_db_create(&db, "no/where.db", &err), IRM_SYSTEM);
	assert_string_equal(err.message, "unable to open database file");
	assert_null(db);
	make("old.db");
	change("old.db", "PRAGMA user_version = 1");
	assert_int_equal(irm_db_open(&db, "old.db", &err), IRM_OK);
	assert_int_equal(irm_db_version(db, &version, &err), IRM_OK);
	assert_int_equal(version, 1);
	irm_db_close(db);
}

static void test_a_copy_in_memory(void **state)
{
	(void)state;
	sqlite3 *db = NULL, *copy = NULL;
	struct irm_err err;
	make("a.db");
	change("a.db", "INSERT INTO t_states (id, state) VALUES (7, 'XAA')");
	assert_int_equal(irm_db_open(&db, "a.db", &err), IRM_OK);
	assert_int_equal(irm_db_copy(&copy, db, &err), IRM_OK);
	assert_int_equal(irm_db_run(copy, "UPDATE t_states SET state = 'XAB' WHERE id = 7", &err),
	                 IRM_OK);
	assert_int_equal(sqlite3_changes(copy), 1);
	assert_int_equal(irm_db_run(copy, "INSERT INTO t_scope VALUES (99, 'II')", &err),
	                 IRM_SYSTEM);
	same_error("references", &err, "(memory): FOREIGN KEY constraint failed");
	irm_db_close(copy);
	copy = NULL;
	irm_db_close(db);
	assert_int_equal(sqlite3_open("a.db", &db), SQLITE_OK);
	assert_int_equal(irm_db_run(db, "UPDATE t_states SET name = 'x' WHERE state = 'XAA'", &err),
	                 IRM_OK);
	assert_int_equal(sqlite3_changes(db), 1);
	irm_db_close(db);
	/* what cannot be read cannot be copied */
	write_text("text.db", "no database, but a text of more bytes than the header of one has: "
	                      "a hundred of them are read before anything is said of it, or not.");
	assert_int_equal(sqlite3_open("text.db", &db), SQLITE_OK);
	assert_int_equal(irm_db_copy(&copy, db, &err), IRM_SYSTEM);
	same_error("no database", &err,
	           "cannot copy the database into memory: file is not a database");
	assert_null(copy);
	irm_db_close(db);
}

static void test_what_stands_beside_goes_too(void **state)
{
	(void)state;
	static const char *const files[] = { "a.db",  "a.db-journal", "a.db-wal", "a.db-shm",
		                             "a.db-", "a.dbx",        "b.db",     "-wal" };
	for (size_t i = 0; i < COUNT(files); i++)
		write_text(files[i], "x");
	irm_db_remove("a.db");
	for (size_t i = 0; i < COUNT(files); i++)
		same_number(files[i], access(files[i], F_OK), i < 4 ? -1 : 0);
	irm_db_remove("a.db");
	irm_db_remove("nowhere/a.db");
	/* a path as long as the system takes, and one that is longer */
	char path[PATH_MAX + 1];
	for (size_t length = PATH_MAX - 1; length <= PATH_MAX; length++) {
		memset(path, '/', length);
		memcpy(path, ".", 1);
		memcpy(path + length - 4, "b.db", 5);
		write_text("b.db", "x");
		irm_db_remove(path);
		same_number("long", access("b.db", F_OK), length < PATH_MAX ? -1 : 0);
	}
}

/* A process that writes for a while, and then ends. */
static pid_t begin_writer(const char *path)
{
	int ready[2];
	char c = 'x';
	assert_int_equal(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		static const struct timespec a_while = { .tv_nsec = 100000000 };
		sqlite3 *db = NULL;
		bool good = sqlite3_open(path, &db) == SQLITE_OK &&
		            sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
		            write(ready[1], &c, 1) == 1;
		nanosleep(&a_while, NULL);
		_exit(!good);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void test_a_writer_waits_for_another_one(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	int status;
	make("a.db");
	assert_int_equal(irm_db_open_writable(&db, "a.db", &err), IRM_OK);
	pid_t pid = begin_writer("a.db");
	if (irm_db_begin(db, &err)) /* as it is by itself */
		fail_msg("%s", err.message);
	assert_int_equal(irm_db_run(db, "ROLLBACK", &err), IRM_OK);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	pid = begin_writer("a.db");
	irm_db_wait(db, 0);
	assert_int_equal(irm_db_begin(db, &err), IRM_SYSTEM);
	assert_non_null(strstr(err.message, "another load holds the file: process "));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	irm_db_close(db);
}

/* Whether the file keeps a log: bytes 18 and 19 of its header. */
static bool has_log(const char *path)
{
	char *bytes = read_bytes(path, NULL);
	bool log = bytes[18] == 2 && bytes[19] == 2;
	free(bytes);
	return log;
}

static void test_a_log_from_now_on(void **state)
{
	(void)state;
	sqlite3 *db = NULL, *reader = NULL;
	struct irm_err err;
	make("a.db");
	assert_false(has_log("a.db"));
	assert_int_equal(irm_db_open_writable(&db, "a.db", &err), IRM_OK);
	irm_db_use_wal(db);
	assert_int_equal(irm_db_begin(db, &err), IRM_OK);
	assert_int_equal(irm_db_run(db, "INSERT INTO t_states (state) VALUES ('XAA')", &err),
	                 IRM_OK);
	/* a reader goes on, and sees what was there before */
	assert_int_equal(irm_db_open(&reader, "a.db", &err), IRM_OK);
	assert_int_equal(irm_db_run(db, "COMMIT", &err), IRM_OK);
	irm_db_close(reader);
	irm_db_close(db);
	assert_true(has_log("a.db"));
	same_number("files", (long long)entries_of("."), 1);
}

/* Checks as a user who may not write: fails where one does not hold. */
#define HOLDS(what) \
	do { \
		if (!(what)) { \
			(void)fprintf(stderr, "line %d: %s: %s\n", __LINE__, #what, err.message); \
			return false; \
		} \
	} while (0)

static int count(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *query = NULL;
	int n = -1;
	if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK &&
	    sqlite3_step(query) == SQLITE_ROW)
		n = sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	return n;
}

/* A reader sees what is loaded after it has read. */
static void test_a_reader_goes_on(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	make("a.db");
	assert_int_equal(irm_db_open(&db, "a.db", &err), IRM_OK);
	assert_int_equal(count(db, "SELECT count(*) FROM states"), 0);
	change("a.db", "INSERT INTO t_states (state) VALUES ('XAA')");
	assert_int_equal(count(db, "SELECT count(*) FROM states"), 1);
	irm_db_close(db);
}

static bool reads(const char *path)
{
	sqlite3 *db = NULL;
	struct irm_err err = { .code = IRM_OK };
	HOLDS(irm_db_open(&db, path, &err) == IRM_OK);
	HOLDS(count(db, "SELECT count(*) FROM states WHERE state = 'XAA'") == 1);
	HOLDS(irm_db_run(db, "DELETE FROM t_states", &err) == IRM_SYSTEM);
	irm_db_close(db);
	return true;
}

static bool check_as_another(void)
{
	sqlite3 *db = NULL;
	struct irm_err err = { .code = IRM_OK };
	char folder[PATH_MAX], absolute[PATH_MAX + 20];
	/* names that a URI gives a meaning to; a path of two slashes */
	static const char *const names[] = { "a.db", "a%41?b#c &=~'\xc3\xa9.db", "./z9Z0_-.db",
		                             "log.db" };
	for (size_t i = 0; i < COUNT(names); i++)
		HOLDS(reads(names[i]));
	HOLDS(getcwd(folder, sizeof folder));
	snprintf(absolute, sizeof absolute, "/%s//a.db", folder);
	HOLDS(reads(absolute));
	HOLDS(reads(absolute + 1));
	HOLDS(irm_db_open_writable(&db, "a.db", &err) == IRM_SYSTEM);
	HOLDS(strcmp(err.message, "cannot write: Permission denied") == 0);
	HOLDS(strcmp(err.file, "a.db") == 0);
	HOLDS(irm_db_open(&db, "secret.db", &err) == IRM_SYSTEM);
	HOLDS(strcmp(err.message, "unable to open database file") == 0);
	HOLDS(strcmp(err.file, "secret.db") == 0);
	/* what its log has cannot be read, and is not passed over */
	HOLDS(irm_db_open(&db, "half.db", &err) == IRM_SYSTEM);
	HOLDS(strcmp(err.message, "unable to open database file") == 0);
	HOLDS(irm_db_open(&db, "text.db", &err) == IRM_INPUT);
	HOLDS(strcmp(err.message, "file is not a database") == 0);
	/* a file that may be written in a folder that may not: its log cannot be made */
	HOLDS(reads("open.db"));
	HOLDS(db == NULL);
	return true;
}

/* Who may not write the file or its folder reads it all the same, and leaves nothing there. */
static void test_who_may_not_write_reads(void **state)
{
	(void)state;
	static const char *const names[] = { "a.db",      "a%41?b#c &=~'\xc3\xa9.db",
		                             "z9Z0_-.db", "log.db",
		                             "open.db",   "half.db",
		                             "secret.db" };
	for (size_t i = 0; i < COUNT(names); i++) {
		make(names[i]);
		change(names[i], "INSERT INTO t_states (state) VALUES ('XAA')");
		if (i >= 3 && i <= 5)
			change(names[i], "PRAGMA journal_mode = WAL");
		assert_int_equal(chmod(names[i], i == 4 ? 0666 : i == 6 ? 0 : 0444), 0);
	}
	write_text("half.db-wal", "what is left of a load");
	write_text("log.db-wal", ""); /* nothing is left */
	write_text("text.db", "no database, whatever its name says");
	assert_int_equal(chmod("text.db", 0444), 0);
	assert_int_equal(chmod(".", 0555), 0);
	int status = -1;
	pid_t pid = fork();
	if (pid == 0) {
		bool is_root = geteuid() == 0;
		_exit((is_root && (setegid(65534) || seteuid(65534))) || !check_as_another());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(chmod(".", 0700), 0);
	assert_int_equal(status, 0);
	same_number("files", (long long)entries_of("."), COUNT(names) + 3);
}

/* A disk: reads of these places fail in that way, once switched on. */
static struct {
	sqlite3_vfs vfs;
	sqlite3_io_methods methods;
	const sqlite3_io_methods *own;
	sqlite3_int64 from, to;
	int code; /* 0: nothing fails */
} disk;

static int read_disk(sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
	bool fails = disk.code && at >= disk.from && at <= disk.to;
	return fails ? disk.code : disk.own->xRead(file, bytes, n, at);
}

static int ask_disk(sqlite3_file *file, int what, void *out)
{
	if (what == SQLITE_FCNTL_LAST_ERRNO && disk.code) {
		*(int *)out = EIO;
		return SQLITE_OK;
	}
	return disk.own->xFileControl(file, what, out);
}

static int open_on_disk(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *had)
{
	int code = sqlite3_vfs_find("unix")->xOpen(vfs, path, file, flags, had);
	if (code == SQLITE_OK) {
		disk.own = file->pMethods;
		disk.methods = *file->pMethods;
		disk.methods.xRead = read_disk;
		disk.methods.xFileControl = ask_disk;
		file->pMethods = &disk.methods;
	}
	return code;
}

/* A page that the disk does not give is no damage of the file. */
static void test_a_disk_that_fails(void **state)
{
	(void)state;
	enum { PAGE = 1 << 17 }; /* where one begins, behind those of the schema */
	static const struct {
		const char *name;
		sqlite3_int64 from, to;
		int code;
		enum irm_code expected;
		const char *error;
	} cases[] = {
		{ "sound", 0, INT64_MAX, 0, IRM_OK, "" },
		{ "every page", 0, INT64_MAX, SQLITE_IOERR_READ, IRM_SYSTEM,
		  "a.db: disk I/O error" },
		{ "a page of a table", PAGE, PAGE, SQLITE_IOERR_READ, IRM_SYSTEM,
		  "a.db: cannot read: disk I/O error" },
	};
	make("a.db");
	disk.vfs = *sqlite3_vfs_find("unix");
	disk.vfs.zName = "failing";
	disk.vfs.xOpen = open_on_disk;
	assert_int_equal(sqlite3_vfs_register(&disk.vfs, 1), SQLITE_OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		sqlite3 *db = NULL;
		struct irm_err err = { .code = IRM_OK };
		disk.from = cases[i].from;
		disk.to = cases[i].to;
		disk.code = cases[i].code;
		enum irm_code code = irm_db_open(&db, "a.db", &err);
		same_number(cases[i].name, code, cases[i].expected);
		same_error(cases[i].name, &err, cases[i].error);
		irm_db_close(db);
	}
	/* SQLite would call a query damaged for which the disk gives no page */
	sqlite3 *db = NULL;
	sqlite3_stmt *query = NULL;
	struct irm_err err;
	bool row;
	disk.code = 0;
	assert_int_equal(irm_db_open(&db, "a.db", &err), IRM_OK);
	assert_int_equal(irm_db_prepare(&query, db, "SELECT count(*) FROM t_labels", &err), IRM_OK);
	sqlite3_db_release_memory(db);
	disk.from = 0;
	disk.to = INT64_MAX;
	disk.code = SQLITE_IOERR_CORRUPTFS;
	assert_int_equal(irm_db_step(query, &row, &err), IRM_SYSTEM);
	assert_string_equal(err.message, "Input/output error");
	sqlite3_finalize(query);
	irm_db_close(db);
	disk.code = 0;
	assert_int_equal(sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1), SQLITE_OK);
	assert_int_equal(sqlite3_vfs_unregister(&disk.vfs), SQLITE_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_what_was_made_opens),
		in_folder(test_a_reader_cannot_write),
		cmocka_unit_test(test_foreign_keys_are_on),
		in_folder(test_a_file_is_not_trusted),
		in_folder(test_what_is_no_database_of_ours),
		in_folder(test_no_changed_byte_does_harm),
		in_folder(test_what_is_told_of_files_that_are_none),
		in_folder(test_a_database_is_made_only_where_there_is_none),
		in_folder(test_a_copy_in_memory),
		in_folder(test_what_stands_beside_goes_too),
		in_folder(test_a_writer_waits_for_another_one),
		in_folder(test_a_log_from_now_on),
		in_folder(test_a_reader_goes_on),
		in_folder(test_a_disk_that_fails),
		in_folder(test_who_may_not_write_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
