/* Small made-up packages for tests of lib/review and lib/stats: a mechanism of fictional States. */
#ifndef IRM_TESTS_FIXTURE_H
#define IRM_TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h wants the four above before it */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#include "base/counter.h"
#include "review/query.h"
#include "store/db.h"
#include "store/load.h"
#include "store/schema.h"
#include "table/table.h"
#include "table/writer.h"

/* A file of a package: its table and its rows; the header is the schema's. */
struct fixture_file {
	const char *table, *rows;
};

/* m: five milestones. `given` runs from `begun`, a month; `heard` from `given`, 30 days, and
 * releases findings; dialogue from `heard`, no limit; `closed` from `begun`, six months. */
static const struct fixture_file fixture_calendar[] = {
	{ "mechanisms", "M,Made up,MUC\n" },
	{ "cycles", "C1,M,First,2010-01-01,\nC2,M,Second,2015-01-01,\n" },
	{ "articles", "MUC,5,II,Fictional article 5\nMUC,6,II,Fictional article 6\n"
	              "MUC,15,III,Fictional article 15\n" },
	{ "scope", "C1,III\nC2,II\n" },
	{ "milestones", "M,begun,1,,,,secretariat,,,\n"
	                "M,given,2,begun,1,month,state_under_review,no,,\n"
	                "M,heard,3,given,30,day,reviewers,yes,,\n"
	                "M,dialogue,4,heard,,,joint,no,,\n"
	                "M,closed,5,begun,6,month,joint,no,,\n" },
	{ "regions", "AFR,African States,1\nEEG,Eastern European States,2\n" },
	{ "states", "XAA,State A,AFR,\nXAB,State B,EEG,\nXAC,State C,,\nXAD,State D,AFR,\n" },
	{ "ta_types", "advice,Advice\ndrafting,Drafting\n" },
	{ "topics", "five,MUC,5,\nlow,MUC,5,\nlow,MUC,6,\n" },
};

/* The header of a table, as the schema has it. */
static inline void fixture_header(FILE *f, const char *table)
{
	for (size_t i = 0; i < irm_schemas_n; i++)
		if (strcmp(irm_schemas[i].table, table) == 0)
			for (size_t k = 0; k < irm_schemas[i].n; k++)
				fprintf(f, "%s%s", k ? "," : "", irm_schemas[i].columns[k].name);
	fputc('\n', f);
}

static inline void fixture_write(const char *folder, const char *table, const char *rows)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s.csv", folder, table);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fixture_header(f, table);
	fputs(rows, f);
	assert_int_equal(fclose(f), 0);
}

/* Removes the folder and the files of packages in it. */
static inline void fixture_remove(const char *folder)
{
	char path[512];
	for (size_t i = 0; i < irm_schemas_n; i++) {
		snprintf(path, sizeof path, "%s/%s.csv", folder, irm_schemas[i].table);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/datapackage.json", folder);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
}

/* Writes a package into `folder`, a template of mkdtemp(): the calendar with reviews, events and n
 * more files; as_of "" leaves it out of the descriptor. */
static inline void fixture_package(char *folder, const char *as_of, const char *reviews,
                                   const char *events, const struct fixture_file *more, size_t n)
{
	char path[512];
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < sizeof fixture_calendar / sizeof *fixture_calendar; i++)
		fixture_write(folder, fixture_calendar[i].table, fixture_calendar[i].rows);
	fixture_write(folder, "reviews", reviews);
	fixture_write(folder, "events", events);
	for (size_t i = 0; i < n; i++)
		fixture_write(folder, more[i].table, more[i].rows);
	snprintf(path, sizeof path, "%s/datapackage.json", folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	if (*as_of)
		fprintf(f, "{\"name\": \"made-up\", \"as_of\": \"%s\"}\n", as_of);
	else
		fputs("{\"name\": \"made-up\"}\n", f);
	assert_int_equal(fclose(f), 0);
}

/* The same in a database. The test fails where the package does not load. */
static inline sqlite3 *fixture_database(const char *as_of, const char *reviews, const char *events,
                                        const struct fixture_file *more, size_t n)
{
	char folder[] = "/tmp/irm-test-XXXXXX";
	struct irm_err err = { .code = IRM_OK };
	sqlite3 *db = NULL;
	fixture_package(folder, as_of, reviews, events, more, n);
	if (irm_source_open(&db, folder, &err))
		fail_msg("%s:%ld:%ld: %s", err.file, err.line, err.field, err.message);
	fixture_remove(folder);
	return db;
}

/* The same in memory. `parts` are bits of enum irm_part. */
static inline struct irm_dataset *fixture_open_parts(const char *as_of, const char *reviews,
                                                     const char *events,
                                                     const struct fixture_file *more, size_t n,
                                                     unsigned parts)
{
	struct irm_dataset *data = NULL;
	struct irm_err err = { .code = IRM_OK };
	sqlite3 *db = fixture_database(as_of, reviews, events, more, n);
	if (irm_dataset_read(&data, db, parts, &err))
		fail_msg("%s:%ld:%ld: %s", err.file, err.line, err.field, err.message);
	irm_db_close(db);
	return data;
}

/* The same without parts. */
static inline struct irm_dataset *fixture_open(const char *as_of, const char *reviews,
                                               const char *events, const struct fixture_file *more,
                                               size_t n)
{
	return fixture_open_parts(as_of, reviews, events, more, n, 0);
}

/* Reads a question as at 2020-12-31; `where` has conditions, semicolons between. The test fails
 * where it is wrong. */
static inline void fixture_query(struct irm_query *query, const struct irm_dataset *data,
                                 const char *name, const char *by, const char *where, unsigned keys,
                                 unsigned never_key)
{
	char copy[200];
	const char *list[4];
	size_t n = 0;
	snprintf(copy, sizeof copy, "%s", where);
	for (char *rest = copy, *one; (one = strtok_r(rest, ";", &rest)) != NULL;)
		list[n++] = one;
	const struct irm_query_text text = {
		.as_of = "2020-12-31", .by = by, .where = list, .n_where = n
	};
	struct irm_err err = { .code = IRM_OK };
	if (irm_query_read(query, data, &text, keys, never_key, &err))
		fail_msg("%s: %s", name, err.message);
}

/* Counts as text, "key 1 2;key 3 4": of each row its first key, whose kind is given (IRM_KEYS: it
 * is left out), and the counts of these columns. */
static inline void fixture_show(char *out, size_t size, const struct irm_dataset *data,
                                enum irm_key key, const struct irm_counter *counts,
                                const int columns[], size_t n)
{
	char buffer[16];
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	for (size_t i = 0; i < counts->n; i++) {
		const char *text =
		        key == IRM_KEYS ? ""
		                        : irm_key_text(data, key, counts->keys[i * counts->width],
		                                       false, buffer);
		fprintf(f, "%s%s", i ? ";" : "", text);
		for (size_t k = 0; k < n; k++)
			fprintf(f, "%s%d", k || *text ? " " : "",
			        (int)counts->counts[i * counts->columns + (size_t)columns[k]]);
	}
	assert_int_equal(fclose(f), 0);
	if (counts->n == 0)
		*out = '\0';
}

/* All of a counter as text, "keys|counts" a row: keys that are no index as ? (unknown), ~
 * (unassigned) and * (all). */
static inline void fixture_counter(char *out, size_t size, const struct irm_counter *counts)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	for (size_t i = 0; i < counts->n; i++) {
		fputs(i ? ";" : "", f);
		for (size_t k = 0; k < counts->width; k++) {
			uint32_t value = counts->keys[i * counts->width + k];
			if (value >= IRM_VALUE_UNKNOWN)
				fprintf(f, "%s%c", k ? " " : "", "?~*"[value - IRM_VALUE_UNKNOWN]);
			else
				fprintf(f, "%s%u", k ? " " : "", (unsigned)value);
		}
		for (size_t k = 0; k < counts->columns; k++)
			fprintf(f, "%c%d", k ? ' ' : '|',
			        (int)counts->counts[i * counts->columns + k]);
	}
	fputc('\0', f);
	assert_int_equal(fclose(f), 0);
}

/* A table of this text, named in.csv; the test stands in a folder of its own. */
static inline struct irm_table *fixture_table(const char *text)
{
	struct irm_table *table = NULL;
	struct irm_err err = { .code = IRM_OK };
	write_text("in.csv", text);
	if (irm_table_read(&table, "in.csv", &err))
		fail_msg("%s:%ld:%ld: %s", err.file, err.line, err.field, err.message);
	return table;
}

/* A table that is written into memory as CSV. */
struct fixture_output {
	struct irm_writer *writer;
	FILE *stream;
	char *text;
	size_t size;
};

static inline struct irm_writer *fixture_writer(struct fixture_output *out)
{
	struct irm_err err = { .code = IRM_OK };
	out->text = NULL;
	out->stream = open_memstream(&out->text, &out->size);
	assert_non_null(out->stream);
	assert_int_equal(irm_writer_new(&out->writer, out->stream, IRM_CSV, 0, &err), IRM_OK);
	return out->writer;
}

/* Ends it, and fails, naming the case, unless it is this text. */
static inline void fixture_written(const char *name, struct fixture_output *out,
                                   const char *expected)
{
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_writer_finish(out->writer, &err), IRM_OK);
	irm_writer_free(out->writer);
	assert_int_equal(fclose(out->stream), 0);
	same_text(name, out->text, expected);
	free(out->text);
}

#endif
