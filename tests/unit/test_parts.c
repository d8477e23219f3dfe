/* The parts that a load's changes are kept in: cut at their size, and one again when they are read.
 */
#include "records.h"

#include "store/parts.h"

/* Bytes of which none repeats soon. */
static void fill(unsigned char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		bytes[i] = (unsigned char)(i % 251 ^ i / 251);
}

static sqlite3 *database_of_a_load(void)
{
	struct irm_err err;
	sqlite3 *db = new_database();
	assert_int_equal(irm_db_run(db,
	                            "INSERT INTO t_loads VALUES (1, 0, NULL, 0, 0, 0), (2, 0, "
	                            "NULL, 0, 0, 0), (3, 0, NULL, 0, 0, 0)",
	                            &err),
	                 IRM_OK);
	return db;
}

static void write_all(sqlite3 *db, int64_t load, const unsigned char *bytes, int n, int piece)
{
	struct irm_parts parts;
	struct irm_err err;
	assert_int_equal(irm_parts_write(&parts, db, load, &err), IRM_OK);
	for (int at = 0; at < n; at += piece)
		assert_int_equal(irm_parts_put(&parts, bytes + at, n - at < piece ? n - at : piece),
		                 SQLITE_OK);
	assert_int_equal(irm_parts_put(&parts, bytes, 0), SQLITE_OK);
	assert_int_equal(irm_parts_flush(&parts, &err), IRM_OK);
	assert_int_equal(irm_parts_flush(&parts, &err), IRM_OK); /* nothing is left */
	irm_parts_close(&parts);
	assert_true(!parts.statement && !parts.buffer);
}

/* Reads in pieces of this size; how many bytes there were. */
static int read_all(sqlite3 *db, int64_t load, unsigned char *bytes, int piece)
{
	struct irm_parts parts;
	struct irm_err err;
	int all = 0;
	assert_int_equal(irm_parts_read(&parts, db, load, &err), IRM_OK);
	for (;;) {
		int n = piece;
		assert_int_equal(irm_parts_get(&parts, bytes + all, &n), SQLITE_OK);
		assert_true(n >= 0 && n <= piece);
		if (n == 0)
			break;
		all += n;
	}
	irm_parts_close(&parts);
	return all;
}

static void test_what_is_written_is_read(void **state)
{
	(void)state;
	enum { MOST = 2 * IRM_PART_SIZE + 1000 };
	static const struct {
		const char *name;
		int n, piece;
		int sizes[3]; /* of the parts */
	} cases[] = {
		{ "nothing", 0, 10, { 0 } },
		{ "a byte", 1, 10, { 1 } },
		{ "one less than a part", IRM_PART_SIZE - 1, 1000, { IRM_PART_SIZE - 1 } },
		{ "a part", IRM_PART_SIZE, 1000, { IRM_PART_SIZE } },
		{ "one more", IRM_PART_SIZE + 1, IRM_PART_SIZE + 1, { IRM_PART_SIZE, 1 } },
		{ "two and some, at once", MOST, MOST, { IRM_PART_SIZE, IRM_PART_SIZE, 1000 } },
		{ "two and some, in pieces", MOST, 777, { IRM_PART_SIZE, IRM_PART_SIZE, 1000 } },
	};
	unsigned char *bytes = malloc(MOST), *found = malloc(MOST + 100000);
	assert_true(bytes && found);
	fill(bytes, MOST);
	for (size_t i = 0; i < COUNT(cases); i++) {
		sqlite3 *db = database_of_a_load();
		char expected[100] = "";
		write_all(db, 1, bytes, 100, 7); /* of another load */
		write_all(db, 2, bytes, cases[i].n, cases[i].piece);
		write_all(db, 3, bytes, 50, 50);
		for (int k = 0; k < 3 && cases[i].sizes[k]; k++)
			snprintf(expected + strlen(expected), sizeof expected - strlen(expected),
			         "%s%d,%d", k ? "|" : "", k + 1, cases[i].sizes[k]);
		same_rows(
		        cases[i].name, db,
		        "SELECT part, length(bytes) FROM t_load_changes WHERE load = 2 ORDER BY 1",
		        expected);
		for (int piece = 999; piece < 100000; piece *= 90) {
			same_number(cases[i].name, read_all(db, 2, found, piece), cases[i].n);
			assert_memory_equal(found, bytes, (size_t)cases[i].n);
		}
		same_number("another", read_all(db, 1, found, 64), 100);
		assert_memory_equal(found, bytes, 100);
		same_number("none", read_all(db, 77, found, 64), 0);
		irm_db_close(db);
	}
	free(bytes);
	free(found);
}

/* An empty part is passed over; the order is that of their numbers. */
static void test_parts_are_read_in_their_order(void **state)
{
	(void)state;
	sqlite3 *db = database_of_a_load();
	struct irm_err err;
	unsigned char found[100];
	assert_int_equal(irm_db_run(db,
	                            "INSERT INTO t_load_changes VALUES (1, 3, x'0506'), (1, 1, "
	                            "x'0102'), (1, 2, x''), (1, 4, x''), (1, 9, x'07')",
	                            &err),
	                 IRM_OK);
	assert_int_equal(read_all(db, 1, found, 1), 5);
	assert_memory_equal(found, "\1\2\5\6\7", 5);
	irm_db_close(db);
}

static void test_a_part_that_cannot_be_written(void **state)
{
	(void)state;
	sqlite3 *db = database_of_a_load();
	struct irm_parts parts;
	struct irm_err err;
	unsigned char *bytes = calloc(1, IRM_PART_SIZE);
	assert_non_null(bytes);
	/* of no load: the reference is checked as soon as a part is written */
	assert_int_equal(irm_parts_write(&parts, db, 77, &err), IRM_OK);
	assert_int_equal(irm_parts_put(&parts, bytes, 10), SQLITE_OK);
	assert_int_equal(irm_parts_flush(&parts, &err), IRM_SYSTEM);
	same_error("flush", &err, "(memory): FOREIGN KEY constraint failed");
	assert_int_equal(irm_parts_put(&parts, bytes, IRM_PART_SIZE - 1), SQLITE_OK);
	assert_int_not_equal(irm_parts_put(&parts, bytes, 1), SQLITE_OK);
	irm_parts_close(&parts);
	same_rows("nothing", db, "SELECT count(*) FROM t_load_changes", "0");
	/* where there are no such tables */
	assert_int_equal(irm_db_run(db, "DROP TABLE t_load_changes", &err), IRM_OK);
	assert_int_equal(irm_parts_write(&parts, db, 1, &err), IRM_INPUT);
	same_error("write", &err, "(memory): no such table: t_load_changes");
	irm_parts_close(&parts);
	assert_int_equal(irm_parts_read(&parts, db, 1, &err), IRM_INPUT);
	same_error("read", &err, "(memory): no such table: t_load_changes");
	irm_parts_close(&parts);
	irm_db_close(db);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_written_is_read),
		cmocka_unit_test(test_parts_are_read_in_their_order),
		cmocka_unit_test(test_a_part_that_cannot_be_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
