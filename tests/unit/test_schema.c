/* The tables as C describes them and as sql/schema.sql makes them are the same. */
#include "unit.h"

#include <sqlite3.h>

#include "store/db.h"
#include "store/loader.h"

static int make_database(void **state)
{
	struct irm_err err;
	sqlite3 *db = NULL;
	assert_int_equal(irm_db_create(&db, ":memory:", &err), IRM_OK);
	*state = db;
	return 0;
}

static int close_database(void **state)
{
	irm_db_close(*state);
	return 0;
}

/* The rows of a query, cells between ' ', rows between '|'. */
static void ask(sqlite3 *db, char *out, size_t size, const char *sql, const char *text)
{
	sqlite3_stmt *query = NULL;
	size_t used = 0;
	out[0] = '\0';
	if (sqlite3_prepare_v2(db, sql, -1, &query, NULL))
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	if (text)
		sqlite3_bind_text(query, 1, text, -1, SQLITE_STATIC);
	while (sqlite3_step(query) == SQLITE_ROW) {
		used += (size_t)snprintf(out + used, size - used, "%s", used ? "|" : "");
		for (int c = 0; c < sqlite3_column_count(query); c++)
			used += (size_t)snprintf(out + used, size - used, "%s%s", c ? " " : "",
			                         (const char *)sqlite3_column_text(query, c));
	}
	sqlite3_finalize(query);
	assert_true(used < size);
}

static void append(char *out, size_t size, const char *between, const char *text)
{
	size_t used = strlen(out);
	int n = snprintf(out + used, size - used, "%s%s", used ? between : "", text);
	assert_true(n >= 0 && used + (size_t)n < size);
}

/* The table that a column refers to; NULL: none. */
static const char *referred(const struct irm_column *column)
{
	if (column->type == IRM_COL_REF)
		return column->refers;
	if (column->type == IRM_COL_MILESTONE)
		return "milestones";
	return column->type == IRM_COL_ARTICLE ? "articles" : NULL;
}

static const char *sqlite_type(const struct irm_column *column)
{
	if (referred(column) || column->type == IRM_COL_WHOLE || column->type == IRM_COL_DAY)
		return "INTEGER";
	return column->type == IRM_COL_REAL ? "REAL" : "TEXT";
}

static void test_views_have_the_columns_of_a_package(void **state)
{
	for (size_t i = 0; i < irm_schemas_n; i++) {
		char expected[1000] = "", found[1000];
		for (size_t c = 0; c < irm_schemas[i].n; c++)
			append(expected, sizeof expected, "|", irm_schemas[i].columns[c].name);
		ask(*state, found, sizeof found,
		    "SELECT name FROM pragma_table_info(?) ORDER BY cid", irm_schemas[i].table);
		same_text(irm_schemas[i].table, found, expected);
		ask(*state, found, sizeof found,
		    "SELECT type FROM pragma_table_list WHERE name = ?", irm_schemas[i].table);
		same_text(irm_schemas[i].table, found, "view");
	}
}

/* "name TYPE notnull" of each column, an id before them, what reviews have after them. */
static void test_tables_have_the_types_of_the_description(void **state)
{
	for (size_t i = 0; i < irm_schemas_n; i++) {
		const struct irm_schema *schema = &irm_schemas[i];
		char expected[2000] = "", found[2000], line[200], table[64];
		if (schema->has_id)
			append(expected, sizeof expected, "|", "id INTEGER 0");
		for (size_t c = 0; c < schema->n; c++) {
			const struct irm_column *column = &schema->columns[c];
			snprintf(line, sizeof line, "%s %s %d", column->name, sqlite_type(column),
			         column->need != IRM_OPTIONAL);
			append(expected, sizeof expected, "|", line);
			if (column->type != IRM_COL_DATE)
				continue;
			snprintf(line, sizeof line, "%s_first INTEGER 0|%s_last INTEGER 0",
			         column->name, column->name);
			append(expected, sizeof expected, "|", line);
		}
		if (strcmp(schema->table, "reviews") == 0)
			append(expected, sizeof expected, "|", "package INTEGER 1");
		snprintf(table, sizeof table, "t_%s", schema->table);
		ask(*state, found, sizeof found,
		    "SELECT name, type, \"notnull\" FROM pragma_table_info(?) ORDER BY cid", table);
		same_text(table, found, expected);
	}
}

static void test_tables_are_strict(void **state)
{
	char found[1000];
	ask(*state, found, sizeof found,
	    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
	    "AND name NOT LIKE 'sqlite%' AND NOT strict",
	    NULL);
	assert_string_equal(found, "");
}

/* The primary key of a table, or the UNIQUE beside its id. */
static void test_keys_are_those_of_the_description(void **state)
{
	for (size_t i = 0; i < irm_schemas_n; i++) {
		const struct irm_schema *schema = &irm_schemas[i];
		char expected[500] = "", found[500], table[64];
		for (size_t c = 0; c < schema->n; c++)
			if (irm_column_is_key(&schema->columns[c]))
				append(expected, sizeof expected, "|", schema->columns[c].name);
		snprintf(table, sizeof table, "t_%s", schema->table);
		ask(*state, found, sizeof found,
		    schema->has_id
		            ? "SELECT i.name FROM pragma_index_list(?1) AS l, "
		              "pragma_index_info(l.name) AS i WHERE l.origin = 'u' AND "
		              "l.seq = 0 ORDER BY i.seqno"
		            : "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
		    table);
		same_text(table, found, expected);
		ask(*state, found, sizeof found,
		    "SELECT name FROM pragma_table_info(?) WHERE pk > 0 AND NOT \"notnull\" "
		    "AND name <> 'id'",
		    table);
		same_text("keys that may be NULL", found, "");
	}
}

static void test_references_are_foreign_keys(void **state)
{
	for (size_t i = 0; i < irm_schemas_n; i++) {
		const struct irm_schema *schema = &irm_schemas[i];
		for (size_t c = 0; c < schema->n; c++) {
			const char *other = referred(&schema->columns[c]);
			char sql[300], found[200], expected[100] = "";
			snprintf(sql, sizeof sql,
			         "SELECT \"table\", \"to\" FROM pragma_foreign_key_list('t_%s') "
			         "WHERE \"from\" = ?",
			         schema->table);
			if (other)
				snprintf(expected, sizeof expected, "t_%s id", other);
			ask(*state, found, sizeof found, sql, schema->columns[c].name);
			same_text(schema->columns[c].name, found, expected);
		}
	}
}

static void test_words_are_the_same_in_both(void **state)
{
	size_t lists = 0;
	for (size_t i = 0; i < irm_schemas_n; i++)
		for (size_t c = 0; c < irm_schemas[i].n; c++) {
			const struct irm_column *column = &irm_schemas[i].columns[c];
			char expected[600] = "", made[4000], words[400], table[64];
			if (column->type != IRM_COL_WORD)
				continue;
			lists++;
			snprintf(expected, sizeof expected, "CHECK (%s IN ('", column->name);
			snprintf(words, sizeof words, "%s", column->refers);
			char *rest = NULL;
			const char *between = "";
			for (char *w = strtok_r(words, "|", &rest); w;
			     w = strtok_r(NULL, "|", &rest)) {
				append(expected, sizeof expected, between, w);
				between = "', '";
			}
			append(expected, sizeof expected, "", "'))");
			snprintf(table, sizeof table, "t_%s", irm_schemas[i].table);
			ask(*state, made, sizeof made,
			    "SELECT sql FROM sqlite_master WHERE name = ?", table);
			if (!strstr(made, expected))
				fail_msg("%s.%s: no %s", table, column->name, expected);
		}
	assert_true(lists >= 7);
}

static void test_each_table_comes_after_those_it_refers_to(void **state)
{
	(void)state;
	for (size_t i = 0; i < irm_schemas_n; i++)
		for (size_t c = 0; c < irm_schemas[i].n; c++) {
			const char *other = referred(&irm_schemas[i].columns[c]);
			const struct irm_schema *found = other ? irm_schema_find(other) : NULL;
			if (!other)
				continue;
			assert_non_null(found);
			assert_true(found->has_id);
			if (found > &irm_schemas[i])
				fail_msg("%s before %s", irm_schemas[i].table, other);
		}
}

static void test_each_table_with_an_id_has_one_code_last_in_its_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < irm_schemas_n; i++) {
		size_t codes = 0, last = SIZE_MAX;
		for (size_t c = 0; c < irm_schemas[i].n; c++) {
			codes += irm_schemas[i].columns[c].type == IRM_COL_CODE;
			if (irm_column_is_key(&irm_schemas[i].columns[c]))
				last = c;
		}
		assert_true(last != SIZE_MAX);
		same_number(irm_schemas[i].table, (long long)codes, irm_schemas[i].has_id);
		if (codes)
			assert_int_equal(irm_schemas[i].columns[last].type, IRM_COL_CODE);
	}
}

static void test_the_description_fits_the_loaders_arrays(void **state)
{
	(void)state;
	assert_true(irm_schemas_n <= IRM_TABLES_MOST);
	for (size_t i = 0; i < irm_schemas_n; i++) {
		const char *names[IRM_VALUES_MOST];
		bool key[IRM_VALUES_MOST];
		assert_true(irm_schemas[i].n <= 32);
		assert_true(irm_row_columns(&irm_schemas[i], names, key) <= IRM_VALUES_MOST);
	}
}

static void test_what_all_refers_to_is_row_0_of_its_table(void **state)
{
	for (size_t i = 0; i < irm_schemas_n; i++)
		for (size_t c = 0; c < irm_schemas[i].n; c++) {
			const struct irm_column *column = &irm_schemas[i].columns[c];
			const char *other = referred(column);
			char sql[200], found[50];
			if (column->need != IRM_KEY_ALL || !other)
				continue;
			snprintf(sql, sizeof sql, "SELECT count(*) FROM t_%s WHERE id = 0", other);
			ask(*state, found, sizeof found, sql, NULL);
			same_text(other, found, "1");
		}
	for (size_t i = 0; i < irm_schemas_n; i++) {
		char sql[200], found[50];
		snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", irm_schemas[i].table);
		ask(*state, found, sizeof found, sql, NULL);
		same_text(irm_schemas[i].table, found, "0");
	}
}

/* The rules that a constraint is named for, each broken once. */
static void test_sqlite_keeps_the_rules(void **state)
{
	static const struct {
		const char *rule, *sql;
	} cases[] = {
		{ "mechanism_code_is_given", "INSERT INTO t_mechanisms (mechanism) VALUES ('')" },
		{ "state_code_is_given", "INSERT INTO t_states (state) VALUES ('')" },
		{ "region_code_is_given", "INSERT INTO t_regions (region) VALUES ('unassigned')" },
		{ "time_limit_is_positive",
		  "INSERT INTO t_milestones (mechanism, milestone, position, time_limit, unit) "
		  "VALUES (0, 'a', 1, 0, 'day')" },
		{ "time_limit_has_a_unit",
		  "INSERT INTO t_milestones (mechanism, milestone, position, time_limit) "
		  "VALUES (0, 'a', 1, 3)" },
		{ "position_is_positive",
		  "INSERT INTO t_milestones (mechanism, milestone, position) VALUES (0, 'a', 0)" },
		{ "unit_is_a_known_word",
		  "INSERT INTO t_milestones (mechanism, milestone, position, unit) "
		  "VALUES (0, 'a', 1, 'year')" },
		{ "a_review_does_not_replace_itself",
		  "INSERT INTO t_reviews (id, review, cycle, state, package, replaces) "
		  "VALUES (5, 'a', 0, 1, 1, 5)" },
		{ "FOREIGN KEY constraint failed",
		  "INSERT INTO t_cycles (cycle, mechanism) VALUES ('a', 77)" },
		{ "NOT NULL constraint failed",
		  "INSERT INTO t_scope (cycle, chapter) VALUES (0, NULL)" },
		{ "UNIQUE constraint failed",
		  "INSERT INTO t_mechanisms (mechanism) VALUES ('all')" },
		{ "cannot store TEXT value in INTEGER",
		  "INSERT INTO t_cycles (cycle, mechanism, starts) VALUES ('a', 0, 'soon')" },
	};
	sqlite3 *db = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(sqlite3_exec(db, cases[i].sql, NULL, NULL, NULL),
		                 SQLITE_CONSTRAINT);
		if (!strstr(sqlite3_errmsg(db), cases[i].rule))
			fail_msg("%s: %s", cases[i].rule, sqlite3_errmsg(db));
	}
}

static void test_finding(void **state)
{
	(void)state;
	const char *names[64];
	const struct irm_schema *events = irm_schema_find("events");
	assert_non_null(events);
	assert_null(irm_schema_find("Events"));
	assert_null(irm_schema_find(""));
	assert_int_equal(irm_schema_column(events, "date"), 2);
	assert_int_equal(irm_schema_column(events, "state"), -1);
	irm_schema_names(names);
	assert_string_equal(names[0], irm_schemas[0].table);
	assert_string_equal(names[irm_schemas_n - 1], irm_schemas[irm_schemas_n - 1].table);
}

#define with_database(test) cmocka_unit_test_setup_teardown(test, make_database, close_database)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_database(test_views_have_the_columns_of_a_package),
		with_database(test_tables_have_the_types_of_the_description),
		with_database(test_tables_are_strict),
		with_database(test_keys_are_those_of_the_description),
		with_database(test_references_are_foreign_keys),
		with_database(test_words_are_the_same_in_both),
		cmocka_unit_test(test_each_table_comes_after_those_it_refers_to),
		cmocka_unit_test(test_each_table_with_an_id_has_one_code_last_in_its_key),
		cmocka_unit_test(test_the_description_fits_the_loaders_arrays),
		with_database(test_what_all_refers_to_is_row_0_of_its_table),
		with_database(test_sqlite_keeps_the_rules),
		cmocka_unit_test(test_finding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
