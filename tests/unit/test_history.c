/* The loads of a file: what each changed, the file as it stood, a load undone, what differs. */
#include "records.h"

#include "base/date.h"
#include "store/diff.h"
#include "store/firsts.h"
#include "store/history.h"

static int32_t day_of(const char *text)
{
	int32_t day = 0;
	struct irm_err err;
	if (irm_day_parse(&day, text, &err))
		fail_msg("%s", err.message);
	return day;
}

/* Loads one source, a folder or a file, on record. */
static struct irm_load_counts deliver(sqlite3 *db, const char *source, const char *day,
                                      struct irm_load_options options)
{
	struct irm_faults faults;
	struct irm_load_counts counts;
	struct irm_err err;
	options.record = true;
	options.day = day_of(day);
	if (irm_load_packages(db, &source, 1, &options, &faults, &counts, &err))
		fail_msg("%s: %s:%ld:%ld: %s (%s)", source, err.file, err.line, err.field,
		         err.message, err.hint);
	return counts;
}

static const struct irm_load_options merged = { .replace = false };
static const struct irm_load_options replaced = { .replace = true };

/* Writes a file of one table, and loads it. */
static void deliver_rows(sqlite3 *db, const char *table, const char *rows, const char *day,
                         struct irm_load_options options)
{
	char path[80];
	mkdir("d", 0700);
	write_table("d", table, rows);
	snprintf(path, sizeof path, "d/%s.csv", table);
	deliver(db, path, day, options);
}

static size_t place_of(const char *table)
{
	return (size_t)(irm_schema_find(table) - irm_schemas);
}

static void same_changes(const char *name, const struct irm_load_counts *counts, size_t place,
                         int64_t added, int64_t changed, int64_t removed)
{
	same_number(name, counts->changes.added[place], added);
	same_number(name, counts->changes.changed[place], changed);
	same_number(name, counts->changes.removed[place], removed);
}

static void test_a_load_is_recorded_with_its_files_and_counts(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	struct irm_load_counts counts = deliver(db, "p", "2021-01-01", merged);
	assert_int_equal(counts.load, 1);
	same_changes("states", &counts, place_of("states"), 3, 0, 0);
	same_changes("mechanisms", &counts, place_of("mechanisms"), 1, 0, 0);
	same_changes("packages", &counts, irm_schemas_n, 1, 0, 0);
	same_changes("needs", &counts, place_of("needs"), 0, 0, 0);
	assert_int_equal(counts.rows[place_of("states")], 3);
	assert_int_equal(counts.rows[place_of("needs")], 0);
	same_rows("loads", db, "SELECT * FROM t_loads", "1,18628,,18,0,0");
	same_rows("files", db,
	          "SELECT position, file, row_count FROM t_load_files WHERE load = 1 ORDER BY 1",
	          "1,made-up/mechanisms.csv,1|2,made-up/cycles.csv,2|3,made-up/articles.csv,2|"
	          "4,made-up/scope.csv,1|5,made-up/milestones.csv,2|6,made-up/regions.csv,2|"
	          "7,made-up/states.csv,3|8,made-up/reviews.csv,2|9,made-up/events.csv,2|"
	          "10,made-up/ta_types.csv,1");
	/* sha256sum of "cycle,chapter\nFIC-1,III\n" */
	same_rows("digest", db, "SELECT sha256 FROM t_load_files WHERE position = 4",
	          "4d1fc831b7f8daca4c74c9203bfa31ab6429973f54a3c1d9e0acbb142710c5c5");

	write_table("p", "states",
	            "XAA,Aland,APG,2010-01-01\nXAB,Beland,APG,\nXAC,,AFR,\n"
	            "XAD,Deland,AFR,\n");
	write_table("p", "events", "FIC-1-XAA,started,2018-03-01,made up\n");
	write_text("p/datapackage.json", "{\"name\": \"made-up\", \"as_of\": \"2021-01-31\"}");
	counts = deliver(db, "p", "2021-01-01", replaced);
	assert_int_equal(counts.load, 2);
	same_changes("states", &counts, place_of("states"), 1, 2, 0);
	same_changes("events", &counts, place_of("events"), 0, 0, 1);
	same_changes("packages", &counts, irm_schemas_n, 0, 1, 0);
	same_rows("loads", db, "SELECT * FROM t_loads", "1,18628,,18,0,0|2,18628,,1,2,1");
	counts = deliver(db, "p", "2021-01-02", merged);
	assert_int_equal(counts.load, 3);
	same_changes("states", &counts, place_of("states"), 0, 0, 0);
	same_rows("nothing changed", db, "SELECT * FROM t_loads WHERE id = 3", "3,18629,,0,0,0");
	same_rows("on record", db, "SELECT DISTINCT load FROM t_load_changes ORDER BY 1", "1|2");

	struct irm_err err;
	assert_int_equal(irm_load_revert(db, 2, day_of("2021-01-03"), &counts, &err), IRM_OK);
	assert_int_equal(counts.load, 4);
	same_changes("states", &counts, place_of("states"), 0, 2, 1);
	same_changes("events", &counts, place_of("events"), 1, 0, 0);
	same_number("rows", counts.rows[place_of("states")], 0);
	same_rows("revert", db, "SELECT * FROM t_loads WHERE id = 4", "4,18630,2,1,2,1");
	same_rows("no files", db, "SELECT count(*) FROM t_load_files WHERE load = 4", "0");
	irm_db_close(db);
}

static void test_days_do_not_go_back(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_load_counts counts;
	struct irm_err err;
	const char *source = "p";
	make_package("p");
	deliver(db, "p", "2021-03-01", merged);
	const struct irm_load_options options = { .record = true, .day = day_of("2021-02-28") };
	write_table("p", "states", "XAA,Renamed,,\n");
	assert_int_equal(irm_load_packages(db, &source, 1, &options, &faults, &counts, &err),
	                 IRM_USAGE);
	same_error("before", &err,
	           "the load would be of 2021-02-28, before the last one of 2021-03-01 (say --on "
	           "with that day or a later one)");
	assert_int_equal(counts.load, 0);
	same_rows("nothing", db, "SELECT count(*), max(name) FROM states, t_loads", "3,Celand");
	assert_int_equal(irm_load_revert(db, 1, day_of("2021-02-28"), &counts, &err), IRM_USAGE);
	same_rows("nothing", db, "SELECT count(*) FROM states, t_loads", "3");
	deliver(db, "p", "2021-03-01", merged);
	deliver(db, "p", "2021-03-02", merged);
	same_rows("loads", db, "SELECT id, day FROM t_loads", "1,18687|2,18687|3,18688");
	irm_db_close(db);
}

/* Seven loads of two packages: rows of every kind come, change and go; the fifth changes nothing,
 * the last undoes the second. `after` is called after each. */
static void seven_loads(sqlite3 *db, void (*after)(sqlite3 *db, void *context), void *context)
{
	struct irm_load_counts counts;
	struct irm_err err;
	make_package("p");
	write_table("p", "sessions",
	            "irg1,IRG,,2021-02-10,,,\nirg0,IRG,,2020-06-01,,,\nirgx,IRG,,,,,\n"
	            "irg2,IRG,,2021-02-01,,,\nirga,IRG,,0001-01-01,,,\nirgz,IRG,,9999-12-31,,,\n");
	deliver(db, "p", "2021-01-01", merged);
	after(db, context);
	write_table("p", "reviews", "FIC-1-XAA,FIC-1,2019,XAA,XAB,,,,,,\n");
	write_table("p", "events", "FIC-1-XAA,started,2018-03-02,made up\n");
	write_table("p", "needs", "FIC-1-XAA,15,1,training,\nFIC-1-XAA,all,2,all,\n");
	deliver(db, "p", "2021-02-01", replaced);
	after(db, context);
	make_package("q");
	write_text("q/datapackage.json", "{\"name\": \"second\"}");
	write_table("q", "reviews", "FIC-2-XAC,FIC-2,2020,XAC,,,,,,,\n");
	write_table("q", "events", "FIC-2-XAC,started,[2020-01-05..],\n");
	deliver(db, "q", "2021-02-01", merged);
	after(db, context);
	deliver_rows(db, "needs", "FIC-2-XAC,5,1,training,\n", "2021-02-15",
	             (struct irm_load_options){ .package = "made-up",
	                                        .has_as_of = true,
	                                        .as_of = day_of("2021-02-14") });
	after(db, context);
	deliver(db, "q", "2021-03-01", merged);
	after(db, context);
	deliver_rows(db, "published", "2019,all,rate,all,all,0.5,,\n2019,FIC-1,rate,AFR,15,3,,\n",
	             "2021-03-01", (struct irm_load_options){ .package = "second" });
	after(db, context);
	if (irm_load_revert(db, 2, day_of("2021-04-01"), &counts, &err))
		fail_msg("%s", err.message);
	after(db, context);
}

struct past {
	char *dumps[8];
	size_t n;
};

static void keep_dump(sqlite3 *db, void *context)
{
	struct past *past = context;
	past->dumps[past->n++] = dump(db);
}

static void test_the_file_is_copied_as_it_stood_after_each_load(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct past past = { .n = 0 };
	struct irm_err err;
	keep_dump(db, &past);
	seven_loads(db, keep_dump, &past);
	assert_int_equal(past.n, 8);
	for (size_t i = 0; i < past.n; i++) {
		sqlite3 *copy = NULL;
		char name[8];
		snprintf(name, sizeof name, "%zu", i);
		assert_int_equal(irm_history_copy(&copy, db, (int64_t)i, &err), IRM_OK);
		char *found = dump(copy);
		same_text(name, found, past.dumps[i]);
		same_rows(name, copy,
		          "SELECT count(*) FROM t_load_changes WHERE load > "
		          "(SELECT ifnull(max(id), 0) FROM t_loads)",
		          "0");
		same_rows(name, copy, "SELECT count(*) FROM pragma_foreign_key_check", "0");
		sqlite3_free(found);
		irm_db_close(copy);
	}
	char *now = dump(db);
	same_text("the file itself", now, past.dumps[7]);
	sqlite3_free(now);
	for (size_t i = 0; i < past.n; i++)
		sqlite3_free(past.dumps[i]);
	irm_db_close(db);
}

static void nothing(sqlite3 *db, void *context)
{
	(void)db;
	(void)context;
}

static void test_the_loads_with_changes_on_record(void **state)
{
	(void)state;
	static const int64_t next[] = { 1, 2, 3, 4, 6, 6, 7, 0 };
	sqlite3 *db = new_database();
	struct irm_err err;
	int64_t load = 77;
	assert_int_equal(irm_history_last(db, &load, &err), IRM_OK);
	assert_int_equal(load, 0);
	load = 77;
	assert_int_equal(irm_history_next(db, 0, &load, &err), IRM_OK);
	assert_int_equal(load, 0);
	seven_loads(db, nothing, NULL);
	assert_int_equal(irm_history_last(db, &load, &err), IRM_OK);
	assert_int_equal(load, 7);
	for (size_t i = 0; i < COUNT(next); i++) {
		assert_int_equal(irm_history_next(db, (int64_t)i, &load, &err), IRM_OK);
		same_number("next", load, next[i]);
	}
	irm_db_close(db);
}

#define NO_LOAD_OF(day) \
	"--at: the file has no load on or before " day " (its first one is of 2021-01-01)"
#define NO_MOMENT(text) \
	"--at: expected a load's number, a day such as 2019-10-30 or a session, found '" text "'"

static void test_a_moment_is_a_load_a_day_or_a_session(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t load;
		const char *error;
	} cases[] = {
		{ "1", 1, NULL },
		{ "7", 7, NULL },
		{ "5", 5, NULL },
		{ "8", 0, "--at: there is no load 8 (the file has the loads 1 to 7)" },
		{ "0", 0, "--at: there is no load 0 (the file has the loads 1 to 7)" },
		{ "-1", 0, "--at: there is no load -1 (the file has the loads 1 to 7)" },
		{ "2021-01-01", 1, NULL },
		{ "2021-01-31", 1, NULL },
		{ "2021-02-01", 3, NULL },
		{ "2021-02-14", 3, NULL },
		{ "2021-02-15", 4, NULL },
		{ "2021-03-31", 6, NULL },
		{ "9999-12-31", 7, NULL },
		{ "2020-12-31", 0, NO_LOAD_OF("2020-12-31") },
		{ "irg1", 3, NULL },
		{ "irg2", 3, NULL },
		{ "irgz", 7, NULL },
		{ "irg0", 0, NO_LOAD_OF("2020-06-01") },
		{ "irga", 0, NO_LOAD_OF("0001-01-01") },
		{ "irgx", 0, "--at: the first day of the session 'irgx' is not recorded" },
		{ "IRG1", 0, NO_MOMENT("IRG1") },
		{ "", 0, NO_MOMENT("") },
		{ "2021-02-30", 0, NO_MOMENT("2021-02-30") " (the calendar has no such day)" },
		{ "2021-02", 0, NO_MOMENT("2021-02") " (a vague date cannot stand here)" },
	};
	sqlite3 *db = new_database();
	struct irm_err err;
	int64_t load = 0;
	bool kept = false;
	assert_int_equal(irm_history_is_kept(db, &kept, &err), IRM_OK);
	assert_true(kept);
	assert_int_equal(irm_history_find(db, "--at", "1", &load, &err), IRM_USAGE);
	same_error("no loads", &err, "--at: there is no load 1 (the file has none)");
	assert_int_equal(irm_history_find(db, "--at", "2021-01-01", &load, &err), IRM_USAGE);
	same_error("no loads", &err, "--at: the file has no load on or before 2021-01-01");
	seven_loads(db, nothing, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		load = 0;
		same_number(cases[i].text, irm_history_find(db, "--at", cases[i].text, &load, &err),
		            cases[i].error ? IRM_USAGE : IRM_OK);
		if (cases[i].error)
			same_error(cases[i].text, &err, cases[i].error);
		else
			same_number(cases[i].text, load, cases[i].load);
	}
	assert_int_equal(irm_db_run(db, "PRAGMA user_version = 1", &err), IRM_OK);
	assert_int_equal(irm_history_is_kept(db, &kept, &err), IRM_OK);
	assert_false(kept);
	assert_int_equal(irm_history_find(db, "--at", "1", &load, &err), IRM_USAGE);
	same_error("version 1", &err,
	           "--at: the file keeps no history yet (the next irm-load begins it)");
	irm_db_close(db);
}

static void test_a_source_at_a_moment(void **state)
{
	(void)state;
	sqlite3 *db = NULL, *source = NULL;
	struct irm_err err;
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_OK);
	seven_loads(db, nothing, NULL);
	irm_db_close(db);
	static const struct {
		const char *at, *reviews;
	} cases[] = { { NULL, "3,2021-02-14" },
		      { "1", "2,2020-12-31" },
		      { "irg1", "2,2020-12-31" },
		      { "2021-01-31", "2,2020-12-31" } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(irm_source_open_at(&source, "a.db", cases[i].at, &err), IRM_OK);
		same_rows(cases[i].at ? cases[i].at : "now", source,
		          "SELECT count(*), as_of FROM reviews, packages WHERE package = "
		          "'made-up'",
		          cases[i].reviews);
		irm_db_close(source);
	}
	source = NULL;
	assert_int_equal(irm_source_open_at(&source, "a.db", "8", &err), IRM_USAGE);
	same_error("none", &err, "--known-at: there is no load 8 (the file has the loads 1 to 7)");
	assert_int_equal(irm_source_open_at(&source, "p", "1", &err), IRM_USAGE);
	same_error("folder", &err,
	           "--known-at: a package folder has no history (load it into a file, and each "
	           "delivery after it)");
	assert_int_equal(irm_source_open_at(&source, "none.db", "1", &err), IRM_SYSTEM);
	assert_null(source);
	assert_int_equal(irm_source_open_at(&source, "p", NULL, &err), IRM_OK);
	irm_db_close(source);
}

static void test_records_that_something_else_changed(void **state)
{
	(void)state;
	static const struct {
		const char *name, *sql, *error;
	} cases[] = {
		{ "a row", "UPDATE t_published SET source = 'by hand'",
		  "the records do not fit what load 6 left: something other than irm-load changed "
		  "the table published" },
		{ "a row that is gone", "DELETE FROM t_events WHERE date = '2018-03-01'",
		  "the records do not fit what load 7 left: something other than irm-load changed "
		  "the table events" },
		{ "one byte", "UPDATE t_load_changes SET bytes = x'00' WHERE load = 3",
		  "the changes of load 3 are damaged" },
		{ "half of it",
		  "UPDATE t_load_changes SET bytes = substr(bytes, 1, length(bytes) / 2) "
		  "WHERE load = 2",
		  "the changes of load 2 are damaged" },
	};
	sqlite3 *db = new_database(), *copy = NULL;
	struct irm_err err;
	seven_loads(db, nothing, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(irm_db_run(db, "BEGIN", &err), IRM_OK);
		assert_int_equal(irm_db_run(db, cases[i].sql, &err), IRM_OK);
		assert_int_equal(irm_db_run(db, "COMMIT", &err), IRM_OK);
		sqlite3 *was = NULL;
		same_number(cases[i].name, irm_history_copy(&copy, db, 1, &err), IRM_INPUT);
		same_error(cases[i].name, &err, cases[i].error);
		assert_null(copy);
		irm_db_close(db);
		db = new_database();
		for (const char *const *folder = (const char *const[]){ "p", "q", NULL }; *folder;
		     folder++)
			remove_tree(*folder);
		seven_loads(db, nothing, NULL);
		irm_db_close(was);
	}
	irm_db_close(db);
}

/* A row of each table, with a %s that may change, and its key as messages have it. */
static const struct {
	const char *table, *row, *key, *values[3];
} changing[] = {
	{ "mechanisms", "FIC,%s,FCC\n", "FIC", { "a", "b", "c" } },
	{ "cycles", "FIC-1,FIC,%s,,\n", "FIC-1", { "a", "b", "c" } },
	{ "articles", "FCC,15,III,%s\n", "FCC,15", { "a", "b", "c" } },
	{ "milestones", "FIC,started,1,,,,%s,,,\n", "FIC,started", { "a", "b", "c" } },
	{ "regions", "AFR,%s,\n", "AFR", { "a", "b", "c" } },
	{ "states", "XAA,%s,AFR,\n", "XAA", { "a", "b", "c" } },
	{ "reviews", "FIC-1-XAA,FIC-1,%s,XAA,,,,,,,\n", "FIC-1-XAA", { "2018", "2019", "2020" } },
	{ "events", "FIC-1-XAA,started,%s,\n", "FIC-1-XAA,started", { "2018", "2019", "" } },
	{ "ta_types", "training,%s\n", "training", { "a", "b", "c" } },
	{ "needs", "FIC-1-XAA,15,1,training,%s\n", "FIC-1-XAA,15,1,training", { "a", "b", "c" } },
	{ "assistance", "act,%s,,,,,\n", "act", { "a", "b", "c" } },
	{ "assistance_targets", "act,1,%s,,15,\n", "act,1", { "XAA", "XAB", "XAC" } },
	{ "findings",
	  "FIC-1-XAA,15,challenge,1,%s,\n",
	  "FIC-1-XAA,15,challenge,1",
	  { "a", "b", "c" } },
	{ "documents",
	  "FIC-1-XAA,follow_up,en,2019,,%s\n",
	  "FIC-1-XAA,follow_up,en",
	  { "a", "b", "c" } },
	{ "participation",
	  "FIC-1-XAA,visit,media,,%s\n",
	  "FIC-1-XAA,visit,media",
	  { "2018", "2019", "2020" } },
	{ "measures", "FIC-1-XAA,all,1,,,%s,\n", "FIC-1-XAA,all,1", { "a", "b", "c" } },
	{ "contacts", "XAA,focal point,%s,,\n", "XAA,focal point", { "a", "b", "c" } },
	{ "sessions", "irg1,IRG,%s,,,,\n", "irg1", { "a", "b", "c" } },
	{ "topics", "t,FCC,15,%s\n", "t,FCC,15", { "a", "b", "c" } },
	{ "labels", "state,XAA,en,%s\n", "state,XAA,en", { "a", "b", "c" } },
	{ "published", "2019,all,rate,AFR,15,%s,,\n", "2019,all,rate,AFR,15", { "1", "2", "3" } },
};

static void deliver_value(sqlite3 *db, size_t i, size_t value)
{
	char rows[200] = "";
	const char *at = strstr(changing[i].row, "%s");
	snprintf(rows, sizeof rows, "%.*s%s%s", (int)(at - changing[i].row), changing[i].row,
	         changing[i].values[value], at + 2);
	deliver_rows(db, changing[i].table, rows, "2021-01-01", merged);
}

static int64_t last_load(sqlite3 *db)
{
	int64_t load = 0;
	struct irm_err err;
	assert_int_equal(irm_history_last(db, &load, &err), IRM_OK);
	return load;
}

/* Undoing that load must fail, and change nothing; %d in the error is its number. */
static void cannot_undo(sqlite3 *db, int64_t load, const char *name, const char *error)
{
	struct irm_load_counts counts;
	struct irm_err err;
	char expected[300];
	snprintf(expected, sizeof expected,
	         "load %d cannot be undone: %s (undo the later loads first, newest first)",
	         (int)load, error);
	char *before = dump(db);
	same_number(name, irm_load_revert(db, load, day_of("2021-01-01"), &counts, &err),
	            IRM_INPUT);
	same_error(name, &err, expected);
	char *after = dump(db);
	same_text(name, after, before);
	sqlite3_free(before);
	sqlite3_free(after);
}

static void test_a_row_that_a_later_load_changed_is_named_by_its_key(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	deliver(db, "p", "2021-01-01", merged);
	for (size_t i = 0; i < COUNT(changing); i++) {
		char error[200];
		for (size_t value = 0; value < 3; value++)
			deliver_value(db, i, value);
		snprintf(error, sizeof error, "a later load changed the row '%s' of %s",
		         changing[i].key, changing[i].table);
		cannot_undo(db, last_load(db) - 1, changing[i].table, error);
	}
	irm_db_close(db);
}

static void test_a_load_that_cannot_be_undone(void **state)
{
	(void)state;
	static const char one[] = "FIC-1-XAA,15,1,training,a\n";
	static const char other[] = "FIC-1-XAA,15,2,training,a\n";
	static const char both[] = "FIC-1-XAA,15,1,training,b\nFIC-1-XAA,15,2,training,a\n";
	static const struct {
		const char *name, *table, *first, *second, *third, *error;
	} cases[] = {
		{ "changed, then removed", "needs", one, both, other,
		  "a later load removed the row 'FIC-1-XAA,15,1,training' of needs" },
		{ "added, then changed", "needs", other,
		  "FIC-1-XAA,15,1,training,a\nFIC-1-XAA,15,2,training,a\n", both,
		  "a later load changed the row 'FIC-1-XAA,15,1,training' of needs" },
		{ "added, then removed", "needs", other, both, other,
		  "a later load removed the row 'FIC-1-XAA,15,1,training' of needs" },
		{ "removed, then added", "needs", both, other, both,
		  "a later load added the row 'FIC-1-XAA,15,1,training' of needs again" },
		{ "vague dates before the key ends", "published", "2018,all,b,all,all,1,,\n",
		  "2018,all,b,all,all,1,,\n2019,FIC-2,a,APG,15,2,,\n", "2018,all,b,all,all,1,,\n",
		  "a later load removed the row '2019,FIC-2,a,APG,15' of published" },
		{ "an id before the key", "assistance", "a,t,,,2018,,\nb,t,,,,,\n",
		  "a,t,,,2018,,\n", "a,t,,,2018,,\nb,again,,,,,\n", NULL },
	};
	sqlite3 *db = new_database();
	make_package("p");
	deliver(db, "p", "2021-01-01", merged);
	for (size_t i = 0; i + 1 < COUNT(cases); i++) {
		deliver_rows(db, cases[i].table, cases[i].first, "2021-01-01", replaced);
		deliver_rows(db, cases[i].table, cases[i].second, "2021-01-01", replaced);
		deliver_rows(db, cases[i].table, cases[i].third, "2021-01-01", replaced);
		cannot_undo(db, last_load(db) - 1, cases[i].name, cases[i].error);
	}
	deliver_rows(db, "states", "XAD,Deland,AFR,\n", "2021-01-01", merged);
	deliver_rows(db, "reviews", "FIC-1-XAD,FIC-1,,XAD,,,,,,,\n", "2021-01-01", merged);
	cannot_undo(db, last_load(db) - 1, "referred to",
	            "rows of later loads refer to what it added, or it removed what is no longer "
	            "there");
	struct irm_load_counts counts;
	struct irm_err err;
	assert_int_equal(irm_load_revert(db, 999, day_of("2021-01-01"), &counts, &err), IRM_USAGE);
	same_error("none", &err, "load 999 has no changes on record");
	irm_db_close(db);
}

static void test_the_as_of_of_a_later_load_stays(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_load_counts counts;
	struct irm_err err;
	make_package("p");
	deliver(db, "p", "2021-01-01", merged);
	for (int month = 1; month <= 2; month++) {
		char text[100];
		snprintf(text, sizeof text, "{\"name\": \"made-up\", \"as_of\": \"2021-0%d-28\"}",
		         month);
		write_text("p/datapackage.json", text);
		write_table("p", "ta_types", month == 1 ? "training,Renamed\n" : "other,\n");
		deliver(db, "p", "2021-03-01", merged);
	}
	assert_int_equal(irm_load_revert(db, 2, day_of("2021-03-01"), &counts, &err), IRM_OK);
	same_rows("as_of", db, "SELECT as_of FROM packages", "2021-02-28");
	same_rows("the rest", db, "SELECT name FROM ta_types ORDER BY type DESC", "Training|");
	/* but a package that came with the load does not go where it has changed since */
	assert_int_equal(irm_load_revert(db, 1, day_of("2021-03-01"), &counts, &err), IRM_INPUT);
	irm_db_close(db);
}

static void test_an_id_is_not_given_to_another_row(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	deliver_rows(db, "ta_types", "a,\nb,\nc,\n", "2021-01-01", replaced);
	deliver_rows(db, "ta_types", "a,\n", "2021-01-01", replaced);
	deliver_rows(db, "ta_types", "a,\nd,\n", "2021-01-01", replaced);
	same_rows("ids", db, "SELECT type, id FROM t_ta_types WHERE id > 0 ORDER BY 2", "a,1|d,4");
	same_rows("kept", db, "SELECT * FROM t_last_ids WHERE table_name IN ('ta_types', 'states')",
	          "states,0|ta_types,4");
	deliver_rows(db, "ta_types", "e,\nf,\n", "2021-01-01", replaced);
	same_rows("in one load", db, "SELECT type, id FROM t_ta_types WHERE id > 0 ORDER BY 2",
	          "e,5|f,6");
	irm_db_close(db);
}

/* Cells as "table key column before>after;" */
struct told {
	char text[6000];
	size_t used, most; /* most: stop after so many */
};

static enum irm_code tell(void *context, const struct irm_difference *d, struct irm_err *err)
{
	struct told *told = context;
	told->used += (size_t)snprintf(told->text + told->used, sizeof told->text - told->used,
	                               "%s %s %s %s>%s;", d->table, d->key, d->column, d->before,
	                               d->after);
	assert_true(told->used < sizeof told->text);
	return --told->most ? IRM_OK : irm_err_set(err, IRM_USAGE, "enough");
}

static void same_difference(const char *name, sqlite3 *db, int64_t from, int64_t to,
                            const char *expected)
{
	struct told told = { .most = 1000 };
	struct irm_err err;
	sqlite3 *before = NULL, *after = NULL;
	assert_int_equal(irm_history_copy(&before, db, from, &err), IRM_OK);
	assert_int_equal(irm_history_copy(&after, db, to, &err), IRM_OK);
	assert_int_equal(irm_diff(before, after, tell, &told, &err), IRM_OK);
	same_text(name, told.text, expected);
	for (size_t most = 1; most <= 2 && *expected; most++) {
		struct told some = { .most = most };
		assert_int_equal(irm_diff(before, after, tell, &some, &err), IRM_USAGE);
		same_error(name, &err, "enough");
		assert_true(strncmp(expected, some.text, some.used) == 0);
	}
	irm_db_close(before);
	irm_db_close(after);
}

static void test_what_differs_between_two_loads(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	deliver(db, "p", "2021-01-01", merged);
	deliver_rows(db, "published", "2019,all,b,all,all,0.1,,\n2019,all,d,all,all,2,share,\n",
	             "2021-01-01", replaced);
	deliver_rows(db, "published",
	             "2019,all,a,all,all,1e-3,,\n2019,all,b,all,all,3,,x\n"
	             "2019,all,c,AFR,15,,,\n2019,all,d,all,all,2,,\n2019,all,e,all,all,1,,\n",
	             "2021-01-01", merged);
	deliver_rows(db, "states", "XAA,Aland,APG,2010-01-02\nXAB,,,\nXAC,Celand,,\n", "2021-01-01",
	             (struct irm_load_options){
	                     .replace = true, .has_as_of = true, .as_of = day_of("2021-01-31") });
	same_difference("nothing", db, 2, 2, "");
	same_difference("rows that came", db, 1, 2,
	                "published 2019,all,b,all,all as_of >2019;"
	                "published 2019,all,b,all,all cycle >all;"
	                "published 2019,all,b,all,all metric >b;"
	                "published 2019,all,b,all,all region >all;"
	                "published 2019,all,b,all,all article >all;"
	                "published 2019,all,b,all,all value >0.1;"
	                "published 2019,all,d,all,all as_of >2019;"
	                "published 2019,all,d,all,all cycle >all;"
	                "published 2019,all,d,all,all metric >d;"
	                "published 2019,all,d,all,all region >all;"
	                "published 2019,all,d,all,all article >all;"
	                "published 2019,all,d,all,all value >2;"
	                "published 2019,all,d,all,all unit >share;");
	same_difference("before, between and after those there", db, 2, 3,
	                "published 2019,all,a,all,all as_of >2019;"
	                "published 2019,all,a,all,all cycle >all;"
	                "published 2019,all,a,all,all metric >a;"
	                "published 2019,all,a,all,all region >all;"
	                "published 2019,all,a,all,all article >all;"
	                "published 2019,all,a,all,all value >0.001;"
	                "published 2019,all,b,all,all value 0.1>3;"
	                "published 2019,all,b,all,all source >x;"
	                "published 2019,all,c,AFR,15 as_of >2019;"
	                "published 2019,all,c,AFR,15 cycle >all;"
	                "published 2019,all,c,AFR,15 metric >c;"
	                "published 2019,all,c,AFR,15 region >AFR;"
	                "published 2019,all,c,AFR,15 article >15;"
	                "published 2019,all,d,all,all unit share>;"
	                "published 2019,all,e,all,all as_of >2019;"
	                "published 2019,all,e,all,all cycle >all;"
	                "published 2019,all,e,all,all metric >e;"
	                "published 2019,all,e,all,all region >all;"
	                "published 2019,all,e,all,all article >all;"
	                "published 2019,all,e,all,all value >1;");
	same_difference("back", db, 4, 3,
	                "states XAA region APG>AFR;states XAA party_since 2010-01-02>2010-01-01;"
	                "states XAB name >Beland;states XAB region >APG;"
	                "packages made-up as_of 2021-01-31>2020-12-31;");
	irm_db_close(db);
}

/* The first table and the last ones. */
static void test_every_table_is_compared(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	deliver(db, "p", "2021-01-01", merged);
	deliver_rows(db, "mechanisms", "FIC,Renamed,\n", "2021-01-01", merged);
	deliver_rows(db, "labels", "state,XAA,en,A\n", "2021-01-01", merged);
	same_difference("a mechanism", db, 1, 2,
	                "mechanisms FIC name Fictional mechanism>Renamed;"
	                "mechanisms FIC convention FCC>;");
	same_difference("a label", db, 2, 3,
	                "labels state,XAA,en kind >state;labels state,XAA,en code >XAA;"
	                "labels state,XAA,en lang >en;labels state,XAA,en label >A;");
	irm_db_close(db);
}

/* Which load recorded which event first, as "load first..last;" */
static enum irm_code tell_first(void *context, const struct irm_first *first, struct irm_err *err)
{
	struct told *told = context;
	char from[IRM_DAY_SIZE] = "", to[IRM_DAY_SIZE] = "";
	if (first->date.first != IRM_DAY_PAST)
		irm_day_format(from, first->date.first);
	if (first->date.last != IRM_DAY_FUTURE)
		irm_day_format(to, first->date.last);
	told->used += (size_t)snprintf(told->text + told->used, sizeof told->text - told->used,
	                               "%d %s..%s;", (int)first->load, from, to);
	return --told->most ? IRM_OK : irm_err_set(err, IRM_USAGE, "enough");
}

static void test_which_load_recorded_an_event_first(void **state)
{
	(void)state;
	static const struct {
		const char *rows; /* of events.csv; NULL: the second package */
		bool replace;
	} loads[] = {
		/* the first date of an event that had none, open ends; a correction is not new */
		{ "FIC-1-XAB,started,2018-05-01,\nFIC-1-XAB,dialogue,[..2018-06-30],\n"
		  "FIC-1-XAA,dialogue,2018-04-05,\n",
		  false },
		{ NULL, false },
		{ "FIC-1-XAB,dialogue,2018-06-01,\nFIC-2-XAC,dialogue,[2020-02-01..],\n", false },
		/* one is taken out, one loses its date, and both come again */
		{ "FIC-1-XAA,started,,\nFIC-1-XAB,started,2018-05-01,\nFIC-2-XAC,started,2020,\n",
		  true },
		{ "FIC-1-XAA,started,2018-03-01,\nFIC-1-XAB,dialogue,2018-06-01,\n", false },
	};
	sqlite3 *db = new_database();
	struct irm_err err;
	struct told told = { .most = 1000 };
	assert_int_equal(irm_firsts(db, tell_first, &told, &err), IRM_OK);
	same_text("no loads", told.text, "");
	make_package("p");
	write_table("p", "events",
	            "FIC-1-XAA,started,2018-03-01,\nFIC-1-XAA,dialogue,2018-04,\n"
	            "FIC-1-XAB,started,,\n");
	deliver(db, "p", "2021-01-01", merged);
	for (size_t i = 0; i < COUNT(loads); i++) {
		if (loads[i].rows) {
			deliver_rows(db, "events", loads[i].rows, "2021-01-01",
			             (struct irm_load_options){ .replace = loads[i].replace,
			                                        .package = "made-up" });
			continue;
		}
		mkdir("q", 0700);
		write_text("q/datapackage.json", "{\"name\": \"second\"}");
		write_table("q", "reviews", "FIC-2-XAC,FIC-2,2020,XAC,,,,,,,\n");
		write_table("q", "events", "FIC-2-XAC,started,2020,\n");
		deliver(db, "q", "2021-01-01", merged);
	}
	/* a new review of an old package, with its event */
	mkdir("r", 0700);
	write_text("r/datapackage.json", "{\"name\": \"made-up\"}");
	write_table("r", "reviews", "FIC-2-XAA,FIC-2,2020,XAA,,,,,,,\n");
	write_table("r", "events", "FIC-2-XAA,started,2020-03,\n");
	deliver(db, "r", "2021-01-01", merged);
	assert_int_equal(irm_firsts(db, tell_first, &told, &err), IRM_OK);
	same_text("firsts", told.text,
	          "2 2018-05-01..2018-05-01;2 ..2018-06-30;4 2020-02-01..;"
	          "7 2020-03-01..2020-03-31;");
	struct told two = { .most = 2 };
	assert_int_equal(irm_firsts(db, tell_first, &two, &err), IRM_USAGE);
	same_error("stopped", &err, "enough");
	same_text("stopped", two.text, "2 2018-05-01..2018-05-01;2 ..2018-06-30;");
	assert_int_equal(
	        irm_db_run(db, "UPDATE t_load_changes SET bytes = x'00' WHERE load = 4", &err),
	        IRM_OK);
	assert_int_equal(irm_firsts(db, tell_first, &told, &err), IRM_INPUT);
	same_error("damaged", &err, "the changes of load 4 are damaged");
	irm_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_a_load_is_recorded_with_its_files_and_counts),
		in_folder(test_days_do_not_go_back),
		in_folder(test_the_file_is_copied_as_it_stood_after_each_load),
		in_folder(test_the_loads_with_changes_on_record),
		in_folder(test_a_moment_is_a_load_a_day_or_a_session),
		in_folder(test_a_source_at_a_moment),
		in_folder(test_records_that_something_else_changed),
		in_folder(test_a_row_that_a_later_load_changed_is_named_by_its_key),
		in_folder(test_a_load_that_cannot_be_undone),
		in_folder(test_the_as_of_of_a_later_load_stays),
		in_folder(test_an_id_is_not_given_to_another_row),
		in_folder(test_what_differs_between_two_loads),
		in_folder(test_every_table_is_compared),
		in_folder(test_which_load_recorded_an_event_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
