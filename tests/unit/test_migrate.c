/* A file of version 1: what a load makes of it, and the copy that is kept. */
#include "records.h"

#include "store/migrate.h"
#include "store/sql.h"

/* A file as version 1 made it, with one mechanism of two milestones. */
static void make_old(const char *path)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL) ||
	    sqlite3_exec(db, irm_sql_schema, NULL, NULL, NULL) ||
	    sqlite3_exec(db,
	                 "INSERT INTO t_mechanisms VALUES (1, 'FIC', NULL, 'FCC');"
	                 "INSERT INTO t_milestones VALUES (1, 1, 'started', 1, NULL, NULL, NULL, "
	                 "NULL, 'no', NULL, NULL), (2, 1, 'dialogue', 2, 1, 3, 'week', 'joint', "
	                 "'yes', 'Talk', 'x');"
	                 "INSERT INTO t_packages VALUES (1, 'made-up', 18000)",
	                 NULL, NULL, NULL))
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

static sqlite3 *open_old(const char *path)
{
	sqlite3 *db = NULL;
	struct irm_err err;
	if (irm_db_open_writable(&db, path, &err))
		fail_msg("%s: %s", path, err.message);
	assert_int_equal(irm_db_run(db, "PRAGMA synchronous = OFF", &err), IRM_OK);
	return db;
}

static const char milestones[] =
        "SELECT * FROM t_milestones ORDER BY id"; /* as make_old() has them: */
static const char old_milestones[] = "1,1,started,1,,,,,no,,|2,1,dialogue,2,1,3,week,joint,yes,"
                                     "Talk,x";

static int version_of(sqlite3 *db)
{
	int version = 0;
	struct irm_err err;
	assert_int_equal(irm_db_version(db, &version, &err), IRM_OK);
	return version;
}

static enum irm_code load(sqlite3 *db, const char *source, struct irm_err *err)
{
	const struct irm_load_options options = { .record = true, .day = 18628 };
	struct irm_faults faults;
	return irm_load_packages(db, &source, 1, &options, &faults, NULL, err);
}

static void test_a_load_migrates_and_keeps_a_copy(void **state)
{
	(void)state;
	struct irm_err err;
	struct stat status;
	size_t length = 0, copied = 0;
	make_package("p");
	write_table("p", "milestones",
	            "FIC,dialogue,1,,,,,,,\nFIC,started,2,dialogue,,,,,,\n"); /* places exchanged */
	make_old("a.db");
	assert_int_equal(chmod("a.db", 0640), 0);
	char *before = read_bytes("a.db", &length);
	sqlite3 *db = open_old("a.db");
	assert_int_equal(version_of(db), 1);
	if (load(db, "p", &err))
		fail_msg("%s: %s", err.file, err.message);
	assert_int_equal(version_of(db), 2);
	same_rows("milestones", db, milestones, "1,1,started,2,2,,,,,,|2,1,dialogue,1,,,,,,,");
	same_rows("what was there is a load of no day", db,
	          "SELECT id, day, reverts, added > 0 FROM t_loads", "1,,,0|2,18628,,1");
	same_rows("changes on record", db, "SELECT DISTINCT load FROM t_load_changes", "2");
	same_rows("references are checked again", db, "PRAGMA foreign_keys", "1");
	same_rows("and hold", db, "SELECT count(*) FROM pragma_foreign_key_check", "0");
	irm_db_close(db);
	char *copy = read_bytes("a.db.v1.bak", &copied);
	sqlite3 *kept = open_old("a.db.v1.bak");
	assert_int_equal(version_of(kept), 1);
	same_rows("the copy", kept, milestones, old_milestones);
	same_rows("the copy", kept, "SELECT * FROM t_packages", "1,made-up,18000");
	irm_db_close(kept);
	same_number("the copy's length", (long long)copied, (long long)length);
	assert_int_equal(stat("a.db.v1.bak", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0640);
	same_number("a package, the file, its copy", (long long)entries_of("."), 3);
	free(before);
	free(copy);
}

static void test_no_copy_is_written_over(void **state)
{
	(void)state;
	struct irm_err err;
	make_package("p");
	write_text("a.db.v1.bak", "the first");
	write_text("a.db.v1.bak.2", "the second");
	for (int i = 3; i <= 4; i++) {
		char name[40];
		make_old("a.db");
		sqlite3 *db = open_old("a.db");
		assert_int_equal(load(db, "p", &err), IRM_OK);
		/* a second load needs none */
		assert_int_equal(load(db, "p", &err), IRM_OK);
		irm_db_close(db);
		same_file("first", "a.db.v1.bak", "the first");
		same_file("second", "a.db.v1.bak.2", "the second");
		snprintf(name, sizeof name, "a.db.v1.bak.%d", i);
		db = open_old(name);
		same_rows(name, db, milestones, old_milestones);
		irm_db_close(db);
		same_number(name, (long long)entries_of("."), 2 + i);
		irm_db_remove("a.db");
	}
}

/* After a fault the file is as it was, and nothing stands beside it. */
static void test_a_load_that_fails_leaves_the_old_version(void **state)
{
	(void)state;
	struct irm_err err;
	size_t length = 0, after = 0;
	make_package("p");
	write_table("p", "states", "XAA,,,soon\n");
	make_old("a.db");
	char *before = read_bytes("a.db", &length);
	sqlite3 *db = open_old("a.db");
	assert_int_equal(load(db, "p", &err), IRM_INPUT);
	assert_int_equal(version_of(db), 1);
	same_rows("references are checked again", db, "PRAGMA foreign_keys", "1");
	irm_db_close(db);
	char *now = read_bytes("a.db", &after);
	assert_int_equal(after, length);
	assert_memory_equal(now, before, length);
	same_number("the package, the file", (long long)entries_of("."), 2);
	free(before);
	free(now);
}

static void test_each_step_of_a_migration(void **state)
{
	(void)state;
	struct irm_migration m = { .version = 77 };
	struct irm_err err;
	make_old("a.db");
	for (int committed = 0; committed < 2; committed++) {
		sqlite3 *db = open_old("a.db");
		assert_int_equal(irm_migration_begin(&m, db, &err), IRM_OK);
		assert_true(m.needed && m.version == 1 && !m.copy && !m.path && !m.kept);
		same_rows("begun", db, "PRAGMA foreign_keys", "0");
		assert_int_equal(irm_db_begin(db, &err), IRM_OK);
		int input = close_input();
		enum irm_code code = irm_migration_run(&m, db, &err);
		open_input(input);
		assert_int_equal(code, IRM_OK);
		assert_int_equal(version_of(db), 2);
		same_rows("the first load", db, "SELECT * FROM t_loads", "1,,,0,0,0");
		assert_non_null(strstr(m.copy, "/a.db.v1.bak."));
		assert_int_equal(strlen(strstr(m.copy, ".bak.")), strlen(".bak.XXXXXX"));
		assert_null(m.kept);
		assert_int_equal(access(m.copy, F_OK), 0);
		assert_int_equal(irm_migration_keep_copy(&m, &err), IRM_OK);
		assert_string_equal(strrchr(m.kept, '/'), "/a.db.v1.bak");
		assert_int_equal(access(m.kept, F_OK), 0);
		assert_int_equal(irm_db_run(db, committed ? "COMMIT" : "ROLLBACK", &err), IRM_OK);
		irm_migration_release(&m, db, committed);
		assert_true(!m.needed && m.version == 0 && !m.copy && !m.path && !m.kept);
		same_rows("released", db, "PRAGMA foreign_keys", "1");
		same_number("the copy", access("a.db.v1.bak", F_OK), committed ? 0 : -1);
		same_number("files", (long long)entries_of("."), 1 + committed);
		irm_db_close(db);
	}
}

static void test_what_needs_no_migration(void **state)
{
	(void)state;
	struct irm_migration m;
	struct irm_err err;
	sqlite3 *db = NULL;
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_OK);
	assert_int_equal(irm_migration_begin(&m, db, &err), IRM_OK);
	assert_true(!m.needed && m.version == 2);
	same_rows("references", db, "PRAGMA foreign_keys", "1");
	assert_int_equal(irm_migration_run(&m, db, &err), IRM_OK);
	assert_int_equal(irm_migration_keep_copy(&m, &err), IRM_OK);
	assert_true(!m.copy && !m.kept);
	/* what was turned off by another stays so */
	assert_int_equal(irm_db_run(db, "PRAGMA foreign_keys = OFF", &err), IRM_OK);
	irm_migration_release(&m, db, true);
	same_rows("references", db, "PRAGMA foreign_keys", "0");
	same_rows("no load", db, "SELECT count(*) FROM t_loads", "0");
	irm_db_close(db);
	same_number("files", (long long)entries_of("."), 1);
}

static void test_in_memory_there_is_nothing_to_copy(void **state)
{
	(void)state;
	sqlite3 *db = NULL, *old = NULL;
	struct irm_err err;
	make_package("p");
	make_old("a.db");
	old = open_old("a.db");
	assert_int_equal(irm_db_copy(&db, old, &err), IRM_OK);
	irm_db_close(old);
	if (load(db, "p", &err))
		fail_msg("%s", err.message);
	same_rows("loads", db, "SELECT id, day FROM t_loads", "1,|2,18628");
	same_rows("references", db, "PRAGMA foreign_keys", "1");
	irm_db_close(db);
	same_number("files", (long long)entries_of("."), 2);
}

/* Where no copy can be made nothing is changed. */
static void test_a_copy_that_cannot_be_made(void **state)
{
	(void)state;
	struct irm_migration m;
	struct irm_err err;
	make_old("a.db");
	sqlite3 *db = open_old("a.db");
	/* the name that the copy is to have is too long for the file system */
	char name[260];
	memset(name, 'n', sizeof name);
	snprintf(name + 240, sizeof name - 240, ".db");
	make_old(name);
	sqlite3 *longer = open_old(name);
	assert_int_equal(irm_migration_begin(&m, longer, &err), IRM_OK);
	assert_int_equal(irm_db_begin(longer, &err), IRM_OK);
	assert_int_equal(irm_migration_run(&m, longer, &err), IRM_SYSTEM);
	assert_string_equal(err.message, "cannot write: File name too long");
	assert_int_equal(version_of(longer), 1);
	assert_null(m.copy);
	assert_int_equal(irm_db_run(longer, "ROLLBACK", &err), IRM_OK);
	irm_migration_release(&m, longer, false);
	irm_db_close(longer);
	/* the file is no longer there to be read */
	assert_int_equal(irm_migration_begin(&m, db, &err), IRM_OK);
	assert_int_equal(irm_db_begin(db, &err), IRM_OK);
	assert_int_equal(rename("a.db", "b.db"), 0);
	assert_int_equal(irm_migration_run(&m, db, &err), IRM_SYSTEM);
	assert_string_equal(err.message, "cannot write: No such file or directory");
	assert_int_equal(irm_db_run(db, "ROLLBACK", &err), IRM_OK);
	irm_migration_release(&m, db, false);
	irm_db_close(db);
	same_number("the two files", (long long)entries_of("."), 2);
}

/* A copy that finds no name, or is gone, is told. */
static void test_a_copy_that_cannot_be_kept(void **state)
{
	(void)state;
	struct irm_migration m;
	struct irm_err err;
	make_old("a.db");
	sqlite3 *db = open_old("a.db");
	assert_int_equal(irm_migration_begin(&m, db, &err), IRM_OK);
	assert_int_equal(irm_db_begin(db, &err), IRM_OK);
	assert_int_equal(irm_migration_run(&m, db, &err), IRM_OK);
	assert_int_equal(unlink(m.copy), 0);
	assert_int_equal(irm_migration_keep_copy(&m, &err), IRM_SYSTEM);
	assert_string_equal(err.message, "cannot keep a copy: No such file or directory");
	assert_string_equal(strrchr(err.file, '/'), "/a.db");
	assert_null(m.kept);
	assert_int_equal(irm_db_run(db, "ROLLBACK", &err), IRM_OK);
	irm_migration_release(&m, db, false);
	irm_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_a_load_migrates_and_keeps_a_copy),
		in_folder(test_no_copy_is_written_over),
		in_folder(test_a_load_that_fails_leaves_the_old_version),
		in_folder(test_each_step_of_a_migration),
		in_folder(test_what_needs_no_migration),
		in_folder(test_in_memory_there_is_nothing_to_copy),
		in_folder(test_a_copy_that_cannot_be_made),
		in_folder(test_a_copy_that_cannot_be_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
