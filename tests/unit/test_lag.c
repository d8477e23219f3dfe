/* Lags of records: which load has which, and their quantiles. */
#include "records.h"

#include <math.h>

#include "base/date.h"
#include "stats/lag.h"

#define REVIEWS 150

static int32_t day(const char *text)
{
	int32_t out = 0;
	struct irm_err err;
	assert_int_equal(irm_day_parse(&out, text, &err), IRM_OK);
	return out;
}

/* Loads a folder or a file on record. */
static void deliver(sqlite3 *db, const char *source, const char *on)
{
	const struct irm_load_options options = { .record = true, .day = day(on) };
	struct irm_faults faults;
	struct irm_load_counts counts;
	struct irm_err err;
	if (irm_load_packages(db, &source, 1, &options, &faults, &counts, &err))
		fail_msg("%s:%ld:%ld: %s", err.file, err.line, err.field, err.message);
}

/* A package of many reviews, loaded on 1 January 2020. */
static sqlite3 *many_reviews(void)
{
	char rows[REVIEWS * 40];
	size_t n = 0;
	sqlite3 *db = new_database();
	make_package("p");
	for (int i = 0; i < REVIEWS; i++)
		n += (size_t)snprintf(rows + n, sizeof rows - n, "R%03d,FIC-1,2018,XAA,,,,,,,\n",
		                      i);
	write_table("p", "reviews", rows);
	write_table("p", "events", "R000,started,2019-01-01,\n");
	deliver(db, "p", "2020-01-01");
	mkdir("d", 0700);
	return db;
}

static void deliver_events(sqlite3 *db, const char *rows, const char *on)
{
	write_table("d", "events", rows);
	deliver(db, "d/events.csv", on);
}

static void same_row(const char *name, const struct irm_lag_row *row, int64_t load, int32_t on,
                     int64_t events, int64_t unknown, double median, double q90, double longest)
{
	const double found[] = { row->median, row->q90, row->longest };
	const double expected[] = { median, q90, longest };
	same_number(name, row->load, load);
	same_number(name, row->on, on);
	same_number(name, row->events, events);
	same_number(name, row->unknown, unknown);
	for (size_t i = 0; i < 3; i++)
		if (isnan(expected[i]) ? !isnan(found[i]) : found[i] != expected[i])
			fail_msg("%s: expected %g, found %g", name, expected[i], found[i]);
}

/* The second load brings 299 events of 1 to 299 days before it, the third one of its own day, one
 * of the day after it, one of the day before it and a vague one. */
static void test_lags_of_each_load_and_all(void **state)
{
	(void)state;
	static char rows[2 * REVIEWS * 40];
	struct irm_err err = { .code = IRM_OK };
	struct irm_lag *lag = NULL;
	sqlite3 *db = many_reviews();
	int32_t second = day("2021-03-01");
	size_t n = 0;
	for (int i = 1; i < 2 * REVIEWS; i++) {
		char text[IRM_DAY_SIZE];
		irm_day_format(text, second - i);
		n += (size_t)snprintf(rows + n, sizeof rows - n, "R%03d,%s,%s,\n", i / 2,
		                      i % 2 ? "dialogue" : "started", text);
	}
	deliver_events(db, rows, "2021-03-01");
	deliver_events(db, "R000,started,2019-01-02,\n", "2021-03-02"); /* corrected: not new */
	assert_int_equal(irm_lag_read(&lag, db, &err), IRM_OK);
	assert_int_equal(lag->n, 3);
	same_row("many", &lag->rows[0], 2, second, 299, 0, 150, 270, 299);
	same_row("none", &lag->rows[1], 3, second + 1, 0, 0, (double)NAN, (double)NAN, (double)NAN);
	same_row("all", &lag->rows[2], 0, IRM_DAY_NONE, 299, 0, 150, 270, 299);
	irm_lag_free(lag);
	irm_db_close(db);
}

static void test_lags_are_not_below_nought(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_lag *lag = NULL;
	sqlite3 *db = many_reviews();
	deliver_events(db,
	               "R001,started,2021-03-01,\nR002,started,2021-03-02,\n"
	               "R003,started,2021-02-28,\nR004,started,2021-02,\nR005,started,,\n",
	               "2021-03-01");
	deliver_events(db, "R006,started,2021-02-27,\nR007,started,2020,\n", "2021-03-02");
	assert_int_equal(irm_lag_read(&lag, db, &err), IRM_OK);
	assert_int_equal(lag->n, 3);
	same_row("three", &lag->rows[0], 2, day("2021-03-01"), 3, 1, 0, 1, 1);
	same_row("one", &lag->rows[1], 3, day("2021-03-02"), 1, 1, 3, 3, 3);
	same_row("all", &lag->rows[2], 0, IRM_DAY_NONE, 4, 2, 0.5, 3, 3);
	irm_lag_free(lag);
	/* of a load whose day is not known nothing is */
	assert_int_equal(
	        sqlite3_exec(db, "UPDATE t_loads SET day = NULL WHERE id = 2", NULL, NULL, NULL),
	        SQLITE_OK);
	assert_int_equal(irm_lag_read(&lag, db, &err), IRM_OK);
	same_row("no day", &lag->rows[0], 2, IRM_DAY_NONE, 0, 4, (double)NAN, (double)NAN,
	         (double)NAN);
	same_row("one", &lag->rows[1], 3, day("2021-03-02"), 1, 1, 3, 3, 3);
	irm_lag_free(lag);
	irm_db_close(db);
}

static void test_lags_of_no_loads_and_of_damage(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_lag *lag = NULL;
	sqlite3 *db = new_database();
	assert_int_equal(irm_lag_read(&lag, db, &err), IRM_OK);
	assert_int_equal(lag->n, 1);
	same_row("all", &lag->rows[0], 0, IRM_DAY_NONE, 0, 0, (double)NAN, (double)NAN,
	         (double)NAN);
	irm_lag_free(lag);
	irm_db_close(db);
	db = many_reviews();
	deliver_events(db, "R001,started,2021-03-01,\n", "2021-03-01");
	lag = NULL;
	assert_int_equal(
	        sqlite3_exec(db, "UPDATE t_load_changes SET bytes = x'00'", NULL, NULL, NULL),
	        SQLITE_OK);
	assert_int_equal(irm_lag_read(&lag, db, &err), IRM_INPUT);
	assert_null(lag);
	assert_int_equal(sqlite3_exec(db, "ALTER TABLE t_loads RENAME TO t_gone", NULL, NULL, NULL),
	                 SQLITE_OK);
	assert_int_not_equal(irm_lag_read(&lag, db, &err), IRM_OK);
	assert_null(lag);
	irm_db_close(db);
	irm_lag_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_lags_of_each_load_and_all),
		in_folder(test_lags_are_not_below_nought),
		in_folder(test_lags_of_no_loads_and_of_damage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
