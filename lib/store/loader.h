/* What the parts of a load share. Private to lib/store. */
#ifndef IRM_STORE_LOADER_H
#define IRM_STORE_LOADER_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/intern.h"
#include "store/codes.h"
#include "store/faults.h"
#include "store/lines.h"
#include "store/load.h"
#include "store/package.h"
#include "store/record.h"
#include "store/schema.h"
#include "table/reader.h"

#define IRM_TABLES_MOST 32
#define IRM_VALUES_MOST 48 /* parameters of an insert: a vague date takes three */

struct irm_value {
	enum { VALUE_NULL, VALUE_TEXT, VALUE_WHOLE, VALUE_REAL } kind;
	const char *text; /* borrowed from the record */
	int64_t whole;
	double real;
};

/* A row that this one's own table must have, seen before that row was. */
struct irm_pending {
	uint32_t index;
	long line, field;
};

struct irm_loader {
	sqlite3 *db;
	struct irm_codes codes[IRM_TABLES_MOST]; /* by table, in the order of irm_schemas */
	struct irm_intern conventions;
	int64_t package; /* id of the package being loaded */
	const struct irm_load_options *options;
	struct irm_faults *faults;
	struct irm_load_file *files; /* [n_files] what was read */
	size_t n_files;
	int64_t rows[IRM_TABLES_MOST]; /* that were read, by table */
};

/* One file on its way into its table. */
struct irm_file_load {
	struct irm_loader *loader;
	const struct irm_schema *schema;
	size_t table; /* its place in irm_schemas */
	const char *file;
	struct irm_rules *rules; /* NULL: none */
	size_t columns;          /* of the file */
	size_t at[32];           /* by column of the schema: where it stands in the file */
	sqlite3_stmt *insert;
	struct irm_intern *seen; /* the keys of the file's rows */
	struct irm_pending *pending;
	size_t n_pending;
	int64_t rows;
};

/* Reads the codes that the database has, and the highest id that a row of each table ever had. */
IRM_CHECK enum irm_code irm_loader_read_codes(struct irm_loader *loader, struct irm_err *err);

/* Keeps the highest ids, so that an id is not given again to another row. */
IRM_CHECK enum irm_code irm_loader_keep_ids(const struct irm_loader *loader, struct irm_err *err);

/* Loads a table's file; `name` is what the history calls it. The keys of its rows are added to
 * *seen, which the caller releases. Its faults go to the loader's; IRM_INPUT if any. */
IRM_CHECK enum irm_code irm_file_load(struct irm_loader *loader, size_t table,
                                      const struct irm_resource *resource, const char *name,
                                      struct irm_intern *seen, struct irm_err *err);

/* Reads the header: sets `columns` and `at`. Its faults go to the loader's; IRM_INPUT if any. */
IRM_CHECK enum irm_code irm_header_read(struct irm_file_load *load, struct irm_reader *reader,
                                        struct irm_err *err);

/* The columns of t_TABLE that an insert fills, in the order of the values of irm_row_read(): the
 * schema's, a vague date as three, before them `id` where rows have one, after them `package` for
 * reviews. */
size_t irm_row_columns(const struct irm_schema *schema, const char *names[IRM_VALUES_MOST],
                       bool key[IRM_VALUES_MOST]);

/* Turns a record into values. Its faults go to the loader's, all of them; *good says whether there
 * was none. Errors are the system's only. */
IRM_CHECK enum irm_code irm_row_read(struct irm_file_load *load, const struct irm_record *record,
                                     struct irm_value values[IRM_VALUES_MOST], bool *good,
                                     struct irm_err *err);

/* Takes from a fault what was found in the file, where its table names people: a field of contacts
 * that is shifted by a column would put an address into a log. */
void irm_fault_hide(const struct irm_schema *schema, struct irm_err *fault);

/* Adds a fault at a field of the file. */
void irm_row_fault(struct irm_file_load *load, struct irm_err *fault, long line, size_t column);

#endif
