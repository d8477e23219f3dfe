/* The load that recorded each event first, where several packages come in one load; and changes on
 * record that are not those of a load. */
#define SQLITE_ENABLE_SESSION        1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "records.h"

#include "store/firsts.h"

struct firsts {
	struct irm_first all[20];
	size_t n;
};

static enum irm_code tell(void *context, const struct irm_first *first, struct irm_err *err)
{
	struct firsts *firsts = context;
	(void)err;
	assert_true(firsts->n < COUNT(firsts->all));
	firsts->all[firsts->n++] = *first;
	return IRM_OK;
}

/* Those of a load come in an order of SQLite's. */
static int by_load_and_day(const void *a, const void *b)
{
	const struct irm_first *x = a, *y = b;
	if (x->load != y->load)
		return x->load < y->load ? -1 : 1;
	return (x->date.first > y->date.first) - (x->date.first < y->date.first);
}

/* The firsts as "load first..last;", or the error. */
static void same_firsts(const char *name, sqlite3 *db, const char *expected)
{
	char found[1000] = "";
	struct firsts firsts = { .n = 0 };
	struct irm_err err = { .code = IRM_OK };
	enum irm_code code = irm_firsts(db, tell, &firsts, &err);
	for (size_t i = 1; i < firsts.n; i++)
		assert_true(firsts.all[i - 1].load <= firsts.all[i].load);
	qsort(firsts.all, firsts.n, sizeof *firsts.all, by_load_and_day);
	for (size_t i = 0; i < firsts.n; i++)
		snprintf(found + strlen(found), sizeof found - strlen(found), "%d %d..%d;",
		         (int)firsts.all[i].load, firsts.all[i].date.first,
		         firsts.all[i].date.last);
	if (code)
		snprintf(found + strlen(found), sizeof found - strlen(found), "%d: %s", (int)code,
		         err.message);
	same_text(name, found, expected);
}

static void load(sqlite3 *db, const char *const folders[], size_t n)
{
	const struct irm_load_options options = { .record = true, .day = 18628 };
	struct irm_faults faults;
	struct irm_err err;
	if (irm_load_packages(db, folders, n, &options, &faults, NULL, &err))
		fail_msg("%s: %s", err.file, err.message);
}

static void make_small(const char *folder, const char *reviews, const char *events)
{
	char path[80], text[80];
	mkdir(folder, 0700);
	write_table(folder, "reviews", reviews);
	write_table(folder, "events", events);
	snprintf(path, sizeof path, "%s/datapackage.json", folder);
	snprintf(text, sizeof text, "{\"name\": \"%s\"}", folder);
	write_text(path, text);
}

/* What comes with a package is not told; what an old package brings beside it is, by review and
 * milestone. */
static void test_old_and_new_packages_in_one_load(void **state)
{
	(void)state;
	static const char *const folders[] = { "made-up", "second", "third" };
	sqlite3 *db = new_database();
	make_package("made-up");
	load(db, folders, 1);
	/* the first brings a new review with an event; the second and the third come themselves */
	write_table("made-up", "reviews",
	            "FIC-1-XAA,FIC-1,2018,XAA,,,,,,,\nFIC-1-XAB,FIC-1,2018,XAB,,,,,,,\n"
	            "FIC-1-XAC,FIC-1,2018,XAC,,,,,,,\n");
	write_table("made-up", "events",
	            "FIC-1-XAA,started,2018-03-01,\nFIC-1-XAC,started,1970-01-02,\n");
	make_small("second", "FIC-2-XAA,FIC-2,,XAA,,,,,,,\n", "FIC-2-XAA,started,1970-01-03,\n");
	make_small("third", "FIC-2-XAB,FIC-2,,XAB,,,,,,,\nFIC-2-XAC,FIC-2,,XAC,,,,,,,\n",
	           "FIC-2-XAB,started,1970-01-04,\n");
	load(db, folders, 3);
	same_firsts("two loads", db, "2 1..1;");
	/* then each brings more: events of old reviews, of both milestones */
	make_small("second", "FIC-2-XAA,FIC-2,,XAA,,,,,,,\n",
	           "FIC-2-XAA,started,1970-01-05,\nFIC-2-XAA,dialogue,1970-01-06,\n");
	make_small("third", "FIC-2-XAB,FIC-2,,XAB,,,,,,,\n",
	           "FIC-2-XAB,dialogue,[1970-01-07..],\nFIC-2-XAC,started,[..1970-01-08],\n"
	           "FIC-2-XAC,dialogue,,\n");
	load(db, folders + 1, 2);
	same_firsts("three loads", db, "2 1..1;3 -2147483647..7;3 5..5;3 6..2147483647;");
	irm_db_close(db);
}

/* A changeset of a table of that name and these columns, in place of that of a load. */
static void put_changes(sqlite3 *db, const char *create, const char *insert)
{
	sqlite3 *other = NULL;
	sqlite3_session *session = NULL;
	sqlite3_stmt *update = NULL;
	void *changes = NULL;
	int n = 0;
	assert_int_equal(sqlite3_open(":memory:", &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, create, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3session_create(other, "main", &session), SQLITE_OK);
	assert_int_equal(sqlite3session_attach(session, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, insert, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3session_changeset(session, &n, &changes), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
	                                    "UPDATE t_load_changes SET bytes = ? WHERE load = 1",
	                                    -1, &update, NULL),
	                 SQLITE_OK);
	sqlite3_bind_blob(update, 1, changes, n, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(update), SQLITE_DONE);
	sqlite3_finalize(update);
	sqlite3_free(changes);
	sqlite3session_delete(session);
	sqlite3_close(other);
}

static void test_changes_that_are_not_those_of_a_load(void **state)
{
	(void)state;
	static const struct {
		const char *create, *insert, *found;
	} cases[] = {
		{ "CREATE TABLE t_events (a, b, c, d, e, PRIMARY KEY (a, b))",
		  "INSERT INTO t_events VALUES (1, 1, '2018', 1, 2)",
		  "3: the changes of load 1 are damaged" },
		{ "CREATE TABLE t_packages (a PRIMARY KEY, b, c, d)",
		  "INSERT INTO t_packages VALUES (1, 1, 1, 1)",
		  "3: the changes of load 1 are damaged" },
		{ "CREATE TABLE t_reviews (a PRIMARY KEY, b)",
		  "INSERT INTO t_reviews VALUES (1, 1)", "3: the changes of load 1 are damaged" },
		{ "CREATE TABLE t_other (a PRIMARY KEY, b)", "INSERT INTO t_other VALUES (1, 1)",
		  "" },
		/* an event of a review that no load brought is as old as the file */
		{ "CREATE TABLE t_events (a, b, c, d, e, f, PRIMARY KEY (a, b))",
		  "INSERT INTO t_events VALUES (9, 1, '1970', 0, 364, NULL)", "1 0..364;" },
		{ "CREATE TABLE t_events (a, b, c, d, e, f, PRIMARY KEY (a, b))",
		  "INSERT INTO t_events VALUES (9, 1, NULL, NULL, NULL, 'x')", "" },
	};
	sqlite3 *db = new_database();
	const char *folder = "p";
	make_package("p");
	load(db, &folder, 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		put_changes(db, cases[i].create, cases[i].insert);
		same_firsts(cases[i].insert, db, cases[i].found);
	}
	irm_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_old_and_new_packages_in_one_load),
		in_folder(test_changes_that_are_not_those_of_a_load),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
