/* The one writer of tables: CSV, TSV, JSON, JSON lines, Markdown, and an aligned table.
 *
 * A row is written cell by cell and ended by irm_writer_row(). The writer keeps its first error, as
 * a cairo_t does, and ignores later calls: irm_writer_finish() reports it. Numbers have '.' and up
 * to 10 significant digits in every locale; an unknown value is an empty cell (null in JSON). */
#ifndef IRM_TABLE_WRITER_H
#define IRM_TABLE_WRITER_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

enum irm_format { IRM_CSV, IRM_TSV, IRM_JSON, IRM_JSONL, IRM_MD, IRM_ALIGNED };

struct irm_writer;

/* The format of a name (csv, tsv, json, jsonl, md, table). IRM_USAGE, with the nearest name. */
IRM_CHECK enum irm_code irm_format_parse(enum irm_format *out, const char *name,
                                         struct irm_err *err);

/* A new writer onto `stream`, which stays the caller's and outlives it. `width` is the width of the
 * terminal for IRM_ALIGNED, 0: no limit; a wider table is written as a block of lines a row.
 * The caller frees *out with irm_writer_free(). IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_writer_new(struct irm_writer **out, FILE *stream,
                                       enum irm_format format, size_t width, struct irm_err *err);
void irm_writer_free(struct irm_writer *writer);

/* Adds columns to the header, `names` separated by commas; before the first row. */
void irm_writer_columns(struct irm_writer *writer, const char *names);
/* Adds one column, whose name may hold anything. */
void irm_writer_column(struct irm_writer *writer, const char *name);
/* Adds the column NAME_NUMBER. */
void irm_writer_numbered(struct irm_writer *writer, const char *name, int number);

/* The cells of a row, left to right. NULL, NAN, IRM_DAY_NONE are written empty. */
void irm_writer_text(struct irm_writer *writer, const char *text);
void irm_writer_count(struct irm_writer *writer, int64_t count);
void irm_writer_number(struct irm_writer *writer, double number);
void irm_writer_day(struct irm_writer *writer, int32_t day);
void irm_writer_empty(struct irm_writer *writer);
void irm_writer_row(struct irm_writer *writer);

/* Ends the table (a table without rows has its header) and reports the first error. */
IRM_CHECK enum irm_code irm_writer_finish(struct irm_writer *writer, struct irm_err *err);

#endif
