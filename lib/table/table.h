/* A table read whole into memory: a header and rows of text, each with its line.
 * What flows on pipes between the tools, and what irm-plot draws. */
#ifndef IRM_TABLE_TABLE_H
#define IRM_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct irm_table;

/* Reads a CSV table; `path` "-" is standard input. Each row has as many fields as the header;
 * column names are not empty and not double. The caller frees *out with irm_table_free(); untouched
 * on error. IRM_INPUT with file:line:field (an empty input too); IRM_SYSTEM: cannot be read, no
 * memory. */
IRM_CHECK enum irm_code irm_table_read(struct irm_table **out, const char *path,
                                       struct irm_err *err);
void irm_table_free(struct irm_table *table);

/* A table of some rows of another: rows[n], in that order, each with its line. It borrows the texts
 * and the name of `from`, which has to outlive it. The caller frees *out with irm_table_free().
 * IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_table_select(struct irm_table **out, const struct irm_table *from,
                                         const size_t rows[], size_t n, struct irm_err *err);

const char *irm_table_file(const struct irm_table *table); /* its name in messages */
size_t irm_table_rows(const struct irm_table *table);
size_t irm_table_columns(const struct irm_table *table);
const char *irm_table_name(const struct irm_table *table, size_t column);

/* The column of that name, or -1. */
int irm_table_find(const struct irm_table *table, const char *name);

/* The same for a column that must be there: IRM_INPUT, naming the nearest column. */
IRM_CHECK enum irm_code irm_table_need(size_t *column, const struct irm_table *table,
                                       const char *name, struct irm_err *err);

/* The same for a column that an option names: IRM_USAGE, naming the nearest column. */
IRM_CHECK enum irm_code irm_table_named(size_t *column, const struct irm_table *table,
                                        const char *option, const char *name, struct irm_err *err);

/* A cell's text, "" where it is empty; valid as long as the table. */
const char *irm_table_text(const struct irm_table *table, size_t row, size_t column);

/* The line the row begins on, from 1. */
long irm_table_line(const struct irm_table *table, size_t row);

/* A cell as a number: NAN where it is empty; IRM_INPUT at its place where it is no finite decimal
 * number ('1,5' gets a hint). */
IRM_CHECK enum irm_code irm_table_number(double *out, const struct irm_table *table, size_t row,
                                         size_t column, struct irm_err *err);

/* A cell as a whole number; empty gives `empty`. */
IRM_CHECK enum irm_code irm_table_integer(int64_t *out, const struct irm_table *table, size_t row,
                                          size_t column, int64_t empty, struct irm_err *err);

#endif
