/* A made-up package for the tests of lib/store, and what a database has of it. */
#ifndef IRM_TESTS_RECORDS_H
#define IRM_TESTS_RECORDS_H

#include "unit.h"

#include "store/db.h"
#include "store/load.h"
#include "store/schema.h"

struct file {
	const char *table, *rows; /* NULL rows: no such file */
};

/* A mechanism of two milestones and two cycles, two regions, three States, two reviews. */
static const struct file base[] = {
	{ "mechanisms", "FIC,Fictional mechanism,FCC\n" },
	{ "cycles", "FIC-1,FIC,First cycle,2018-01-01,\nFIC-2,FIC,Second cycle,2020-01-01,\n" },
	{ "articles", "FCC,5,II,Policies\nFCC,15,III,Bribery\n" },
	{ "scope", "FIC-1,III\n" },
	{ "milestones", "FIC,started,1,,,,secretariat,no,,\nFIC,dialogue,2,started,3,week,joint,"
	                "yes,,\n" },
	{ "regions", "AFR,African States,1\nAPG,Asia-Pacific States,2\n" },
	{ "states", "XAA,Aland,AFR,2010-01-01\nXAB,Beland,APG,\nXAC,Celand,,\n" },
	{ "reviews", "FIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,,,,,\nFIC-1-XAB,FIC-1,2018,XAB,,,,,,,\n" },
	{ "events", "FIC-1-XAA,started,2018-03-01,made up\nFIC-1-XAA,dialogue,2018-04,\n" },
	{ "ta_types", "training,Training\n" },
};

static inline void write_table(const char *folder, const char *table, const char *rows)
{
	char path[200];
	const struct irm_schema *schema = irm_schema_find(table);
	assert_non_null(schema);
	snprintf(path, sizeof path, "%s/%s.csv", folder, table);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	for (size_t c = 0; c < schema->n; c++)
		fprintf(file, "%s%s", c ? "," : "", schema->columns[c].name);
	fprintf(file, "\n%s", rows);
	assert_int_equal(fclose(file), 0);
}

static inline void make_package(const char *folder)
{
	char path[200];
	assert_int_equal(mkdir(folder, 0700), 0);
	for (size_t i = 0; i < COUNT(base); i++)
		write_table(folder, base[i].table, base[i].rows);
	snprintf(path, sizeof path, "%s/datapackage.json", folder);
	write_text(path, "{\"name\": \"made-up\", \"as_of\": \"2020-12-31\"}");
}

static inline sqlite3 *new_database(void)
{
	sqlite3 *db = NULL;
	struct irm_err err;
	assert_int_equal(irm_db_create(&db, ":memory:", &err), IRM_OK);
	return db;
}

/* The rows of a query: cells between ',', rows between '|'. */
static inline void same_rows(const char *name, sqlite3 *db, const char *sql, const char *expected)
{
	char found[4000] = "";
	size_t used = 0;
	sqlite3_stmt *query = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &query, NULL))
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(query) == SQLITE_ROW) {
		used += (size_t)snprintf(found + used, sizeof found - used, "%s", used ? "|" : "");
		for (int c = 0; c < sqlite3_column_count(query); c++) {
			const char *text = (const char *)sqlite3_column_text(query, c);
			used += (size_t)snprintf(found + used, sizeof found - used, "%s%s",
			                         c ? "," : "", text ? text : "");
		}
		assert_true(used < sizeof found);
	}
	sqlite3_finalize(query);
	same_text(name, found, expected);
}

/* All that the file holds but what the history keeps for itself; the caller frees it. */
static inline char *dump(sqlite3 *db)
{
	static const char *const more[] = { "packages", "delivered", "loads", "load_files" };
	sqlite3_str *out = sqlite3_str_new(NULL);
	for (size_t i = 0; i < irm_schemas_n + COUNT(more); i++) {
		const char *table =
		        i < irm_schemas_n ? irm_schemas[i].table : more[i - irm_schemas_n];
		char sql[100];
		sqlite3_stmt *query = NULL;
		snprintf(sql, sizeof sql, "SELECT * FROM t_%s ORDER BY 1, 2", table);
		assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
		sqlite3_str_appendf(out, "%s\n", table);
		while (sqlite3_step(query) == SQLITE_ROW)
			for (int c = 0; c < sqlite3_column_count(query); c++)
				sqlite3_str_appendf(out, "%s%s", sqlite3_column_text(query, c),
				                    c + 1 < sqlite3_column_count(query) ? ","
				                                                        : "\n");
		sqlite3_finalize(query);
	}
	return sqlite3_str_finish(out);
}

/* The faults of loading a package into an empty database, "file:line:field: message (hint)" each on
 * a line of its own; "" where there is none. The caller frees it. */
static inline char *faults_of(const char *source, const struct irm_load_options *options)
{
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_err err = { .code = IRM_OK };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	enum irm_code code = irm_load_packages(db, &source, 1, options, &faults, NULL, &err);
	for (size_t i = 0; i < faults.n && i < IRM_FAULTS_KEPT; i++) {
		const struct irm_err *fault = &faults.kept[i];
		fprintf(out, "%s:%ld:%ld: %s", fault->file, fault->line, fault->field,
		        fault->message);
		fprintf(out, fault->hint[0] ? " (%s)\n" : "\n", fault->hint);
	}
	assert_int_equal(fclose(out), 0);
	assert_int_equal(code, err.code);
	same_number(text, code, faults.n ? IRM_INPUT : IRM_OK);
	if (faults.n) { /* the first one is what is told */
		same_text(text, err.message, faults.kept[0].message);
		same_text(text, err.hint, faults.kept[0].hint);
		same_number(text, err.line, faults.kept[0].line);
	}
	same_rows("all or nothing", db, "SELECT count(*) > 0 FROM packages", faults.n ? "0" : "1");
	irm_db_close(db);
	return text;
}

#endif
