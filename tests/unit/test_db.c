/* The SQLite file: made, opened, and refused where it is none of ours. */
#include "unit.h"

#include <sqlite3.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_what_was_made_opens),
		in_folder(test_a_reader_cannot_write),
		cmocka_unit_test(test_foreign_keys_are_on),
		in_folder(test_a_file_is_not_trusted),
		in_folder(test_what_is_no_database_of_ours),
		in_folder(test_no_changed_byte_does_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
