/* Faults are counted. And whatever SQLite refuses in the middle of work on a database, that is
 * told, and the database is as it was: each statement in turn may not be prepared, or is
 * interrupted; memory ends. */
#include "records.h"

#include <inttypes.h>

#include "base/date.h"
#include "store/diff.h"
#include "store/faults.h"
#include "store/firsts.h"
#include "store/history.h"

static void test_all_are_counted_and_the_first_kept(void **state)
{
	(void)state;
	struct irm_faults faults = { .n = 0 };
	for (long i = 0; i < IRM_FAULTS_KEPT + 5; i++) {
		struct irm_err err;
		irm_err_at(&err, "a.csv", i + 1, 2, "fault %ld", i);
		irm_faults_add(&faults, &err);
		assert_int_equal(faults.n, i + 1);
	}
	for (long i = 0; i < IRM_FAULTS_KEPT; i++) {
		char expected[60];
		snprintf(expected, sizeof expected, "a.csv:%ld:2: fault %ld", i + 1, i);
		same_error("kept", &faults.kept[i], expected);
	}
}

/* What happens to SQLite: the `at`-th of its kind fails, once. */
enum kind { PREPARING, RUNNING, MEMORY, KINDS };

static const char *const kind_names[] = { "may not be prepared", "is interrupted",
	                                  "finds no memory" };
static struct {
	enum kind kind;
	bool on;
	size_t seen, at;
} fault = { .on = false };

static bool is_now(enum kind kind)
{
	return fault.on && fault.kind == kind && fault.seen++ == fault.at;
}

static sqlite3_mem_methods memory; /* SQLite's own */

static void *take(int n)
{
	return is_now(MEMORY) ? NULL : memory.xMalloc(n);
}

static void *grow(void *block, int n)
{
	return is_now(MEMORY) ? NULL : memory.xRealloc(block, n);
}

/* Asked about what each statement does and reads. Savepoints are SQLite's own: one that may not be
 * begun is missed later, with another message. So is what it asks of each table that it records. */
static int may(void *context, int action, const char *a, const char *b, const char *c,
               const char *d)
{
	(void)context;
	(void)b;
	(void)c;
	(void)d;
	if (action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_SAVEPOINT ||
	    (action == SQLITE_PRAGMA && strcmp(a, "table_info") == 0))
		return SQLITE_OK;
	return is_now(PREPARING) ? SQLITE_DENY : SQLITE_OK;
}

/* A statement that runs again and again counts once. */
static int on_statement(unsigned event, void *db, void *statement, void *text)
{
	static char last[64];
	(void)event;
	(void)statement;
	bool is_another = text && strncmp(last, text, sizeof last - 1) != 0;
	if (is_another && strncmp(text, "SAVEPOINT", 9) != 0 && is_now(RUNNING))
		sqlite3_interrupt(db);
	snprintf(last, sizeof last, "%s", text ? (const char *)text : "");
	return 0;
}

static int hook(sqlite3 *db, char **message, const struct sqlite3_api_routines *routines)
{
	(void)message;
	(void)routines;
	sqlite3_set_authorizer(db, may, NULL);
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_statement, db);
}

static void begin_faults(void)
{
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory), SQLITE_OK);
	sqlite3_mem_methods ours = memory;
	ours.xMalloc = take;
	ours.xRealloc = grow;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), SQLITE_OK);
	assert_int_equal(sqlite3_auto_extension((void (*)(void))hook), SQLITE_OK);
}

/* Something that is done with a database, and what it tells. */
typedef enum irm_code act(sqlite3 *db, FILE *out, struct irm_err *err);

static enum irm_code load(sqlite3 *db, const char *source, bool replace, FILE *out,
                          struct irm_err *err)
{
	const struct irm_load_options options = { .record = true,
		                                  .replace = replace,
		                                  .day = 18628 };
	struct irm_faults faults;
	struct irm_load_counts counts;
	if (irm_load_packages(db, &source, 1, &options, &faults, &counts, err))
		return err->code;
	fprintf(out, "load %" PRId64 ":", counts.load);
	for (size_t i = 0; i <= irm_schemas_n; i++)
		fprintf(out, " %" PRId64 "+%" PRId64 "-%" PRId64 "*%" PRId64, counts.rows[i],
		        counts.changes.added[i], counts.changes.removed[i],
		        counts.changes.changed[i]);
	return IRM_OK;
}

static enum irm_code load_first(sqlite3 *db, FILE *out, struct irm_err *err)
{
	return load(db, "p", false, out, err);
}

static enum irm_code load_again(sqlite3 *db, FILE *out, struct irm_err *err)
{
	return load(db, "q", true, out, err);
}

static enum irm_code load_a_file(sqlite3 *db, FILE *out, struct irm_err *err)
{
	return load(db, "q/events.csv", false, out, err);
}

static enum irm_code undo(sqlite3 *db, FILE *out, struct irm_err *err)
{
	struct irm_load_counts counts;
	if (irm_load_revert(db, 2, 18628, &counts, err))
		return err->code;
	fprintf(out, "load %" PRId64, counts.load);
	return IRM_OK;
}

static enum irm_code tell(void *context, const struct irm_difference *d, struct irm_err *err)
{
	(void)err;
	fprintf(context, "%s %s %s %s>%s;", d->table, d->key, d->column, d->before, d->after);
	return IRM_OK;
}

static enum irm_code compare(sqlite3 *db, FILE *out, struct irm_err *err)
{
	sqlite3 *past = NULL;
	if (irm_history_copy(&past, db, 1, err))
		return err->code;
	enum irm_code code = irm_diff(past, db, tell, out, err);
	irm_db_close(past);
	return code;
}

static enum irm_code tell_first(void *context, const struct irm_first *first, struct irm_err *err)
{
	(void)err;
	fprintf(context, "%" PRId64 " %d..%d;", first->load, first->date.first, first->date.last);
	return IRM_OK;
}

static enum irm_code find_firsts(sqlite3 *db, FILE *out, struct irm_err *err)
{
	return irm_firsts(db, tell_first, out, err);
}

static enum irm_code find_moments(sqlite3 *db, FILE *out, struct irm_err *err)
{
	static const char *const moments[] = { "1", "2021-01-01", "irg1" };
	for (size_t i = 0; i < COUNT(moments); i++) {
		int64_t found = 0;
		if (irm_history_find(db, "--at", moments[i], &found, err))
			return err->code;
		fprintf(out, "%" PRId64 " ", found);
	}
	return IRM_OK;
}

static enum irm_code open_source(const char *source, const char *moment, FILE *out,
                                 struct irm_err *err)
{
	sqlite3 *opened = NULL;
	enum irm_code code = irm_source_open_at(&opened, source, moment, err);
	if (code) {
		assert_null(opened);
		return code;
	}
	fault.on = false; /* what it holds is asked by the test */
	char *text = dump(opened);
	fputs(text, out);
	sqlite3_free(text);
	irm_db_close(opened);
	return IRM_OK;
}

static enum irm_code open_a_folder(sqlite3 *db, FILE *out, struct irm_err *err)
{
	(void)db;
	return open_source("p", NULL, out, err);
}

static enum irm_code open_a_file(sqlite3 *db, FILE *out, struct irm_err *err)
{
	(void)db;
	return open_source("two.db", "1", out, err);
}

/* What the act tells and then the database holds, the `at`-th of its kind failing; NULL, after
 * checks, where the act fails. The caller frees it. */
static char *perform(const char *name, act *does, sqlite3 *scene, enum kind kind, size_t at)
{
	sqlite3 *db = NULL;
	sqlite3_int64 length = 0, after = 0;
	sqlite3_int64 used = sqlite3_memory_used();
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_db_copy(&db, scene, &err), IRM_OK);
	unsigned char *bytes = sqlite3_serialize(db, "main", &length, 0);
	char *told = NULL, *result = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&told, &size);
	assert_non_null(out);
	fault.kind = kind;
	fault.seen = 0;
	fault.at = at;
	fault.on = true;
	enum irm_code code = does(db, out, &err);
	fault.on = false;
	assert_int_equal(fclose(out), 0);
	if (!sqlite3_get_autocommit(db))
		fail_msg("%s: a transaction is left open (%s)", name, err.message);
	if (sqlite3_next_stmt(db, NULL))
		fail_msg("%s: a statement is left", name);
	if (code) {
		unsigned char *now = sqlite3_serialize(db, "main", &after, 0);
		if (code != IRM_SYSTEM)
			fail_msg("%s: %s", name, err.message);
		same_number(name, err.code, IRM_SYSTEM);
		bool is_memory = strstr(err.message, "out of memory") != NULL;
		if (!err.message[0] || is_memory != (kind == MEMORY))
			fail_msg("%s: %s", name, err.message);
		if (after != length || memcmp(now, bytes, (size_t)length) != 0)
			fail_msg("%s: the database has changed (%s)", name, err.message);
		sqlite3_free(now);
	} else {
		char *text = dump(db);
		result = sqlite3_mprintf("%s\n%s", told, text);
		sqlite3_free(text);
	}
	free(told);
	sqlite3_free(bytes);
	irm_db_close(db);
	if (sqlite3_memory_used() - used != (result ? (sqlite3_int64)sqlite3_msize(result) : 0))
		fail_msg("%s: memory is not given back", name);
	return result;
}

/* Makes each statement of an act fail, or many where it has many, and some of its allocations. */
static void sweep(const char *what, act *does, sqlite3 *scene)
{
	char *expected = perform(what, does, scene, KINDS, 0);
	assert_non_null(expected);
	for (int kind = 0; kind < KINDS; kind++) {
		char *undisturbed = perform(what, does, scene, (enum kind)kind, SIZE_MAX);
		size_t all = fault.seen, failed = 0;
		size_t most = kind == MEMORY ? 8 : is_brief() ? 12 : 45, step = all / most + 1;
		same_text(what, undisturbed, expected);
		sqlite3_free(undisturbed);
		for (size_t at = 0; at < all; at += step) {
			char name[100];
			snprintf(name, sizeof name, "%s, where what stands at %zu %s", what, at,
			         kind_names[kind]);
			char *result = perform(name, does, scene, (enum kind)kind, at);
			failed += !result;
			if (result)
				same_text(name, result, expected);
			sqlite3_free(result);
		}
		if (!failed && kind != RUNNING) /* what has no loop ends before it looks */
			fail_msg("%s: nothing of it %s", what, kind_names[kind]);
	}
	sqlite3_free(expected);
}

/* The databases before the first load, after it, and after the second. */
static sqlite3 *scenes[3];

static int make_scenes(void **state)
{
	struct irm_err err;
	if (enter_folder(state))
		return -1;
	static const struct file first[] = {
		{ "mechanisms", "FIC,,FCC\n" },
		{ "cycles", "FIC-1,FIC,,,\n" },
		{ "milestones", "FIC,started,1,,,,,,,\nFIC,dialogue,2,started,,,,,,\n" },
		{ "states", "XAA,,,2010-01-01\nXAB,,,\nXAC,,,\n" },
		{ "reviews", "R1,FIC-1,2018,XAA,XAB,,,,,,\nR2,FIC-1,,XAB,,,,,,,\n" },
		{ "events", "R1,started,2018-03-01,\n" },
		{ "sessions", "irg1,,,2021-01-01,,,\n" },
	};
	static const struct file second[] = {
		{ "states", "XAA,Aland,,2010-01-01\nXAB,,,\n" },
		{ "reviews", "R1,FIC-1,2018,XAA,,,,,,,\n" },
		{ "events", "R1,started,2018-03-02,\nR1,dialogue,2018-04,\n" },
	};
	mkdir("p", 0700);
	mkdir("q", 0700);
	for (size_t i = 0; i < COUNT(first); i++)
		write_table("p", first[i].table, first[i].rows);
	for (size_t i = 0; i < COUNT(second); i++)
		write_table("q", second[i].table, second[i].rows);
	write_text("p/datapackage.json", "{\"name\": \"made-up\", \"as_of\": \"2020-12-31\"}");
	write_text("q/datapackage.json", "{\"name\": \"made-up\"}");
	FILE *out = fopen("/dev/null", "w");
	scenes[0] = new_database();
	for (size_t i = 1; i < COUNT(scenes); i++)
		if (irm_db_copy(&scenes[i], scenes[i - 1], &err) ||
		    (i == 1 ? load_first : load_again)(scenes[i], out, &err))
			return -1;
	(void)fclose(out);
	return irm_db_run(scenes[2], "VACUUM INTO 'two.db'", &err) ? -1 : 0;
}

static int leave_scenes(void **state)
{
	for (size_t i = 0; i < COUNT(scenes); i++)
		irm_db_close(scenes[i]);
	return leave_folder(state);
}

static void test_loads(void **state)
{
	(void)state;
	sweep("a first load", load_first, scenes[0]);
	sweep("a load that replaces", load_again, scenes[1]);
	sweep("a load of a file", load_a_file, scenes[1]);
	sweep("undoing a load", undo, scenes[2]);
}

static void test_what_reads(void **state)
{
	(void)state;
	sweep("comparing two states", compare, scenes[2]);
	sweep("which load was first", find_firsts, scenes[2]);
	sweep("moments", find_moments, scenes[2]);
	sweep("opening a folder", open_a_folder, scenes[0]);
	sweep("opening a file as it was", open_a_file, scenes[0]);
}

int main(void)
{
	begin_faults();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_are_counted_and_the_first_kept),
		cmocka_unit_test(test_loads),
		cmocka_unit_test(test_what_reads),
	};
	return cmocka_run_group_tests(tests, make_scenes, leave_scenes);
}
