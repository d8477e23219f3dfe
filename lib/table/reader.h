/* The one CSV reader: RFC 4180 in UTF-8 through libcsv, strict, with positions.
 *
 * A byte-order mark, CRLF, lone CR and quoted line feeds are read; spaces belong to a field. A
 * stray or unclosed quote, a NUL byte, bytes that are no UTF-8, UTF-16, more than 1,000 columns or
 * a field over 16 MiB are faults with line and field. Other encodings and delimiters are read where
 * the caller says so. */
#ifndef IRM_TABLE_READER_H
#define IRM_TABLE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define IRM_COLUMNS_MOST 1000

struct irm_reader;

/* One record. The texts end in NUL and are valid until the next record is read. An empty line is a
 * record without fields. */
struct irm_record {
	long line; /* on which it begins, from 1 */
	size_t n;
	const char **fields; /* [n] */
};

/* How a file differs from what is expected; all zero: it does not. */
struct irm_reader_options {
	char delimiter;       /* between fields; 0: a comma */
	const char *encoding; /* a name that iconv knows; NULL: UTF-8 */
	bool has_options;     /* hints name the tool's options --encoding and --delimiter */
	void (*tap)(void *context, const void *bytes, size_t n); /* sees all bytes as read; NULL */
	void *context;                                           /* of tap */
};

/* Opens `path` ("-": standard input). The caller frees *out with irm_reader_free(); untouched on
 * error. IRM_SYSTEM: cannot be read, no memory. */
IRM_CHECK enum irm_code irm_reader_open(struct irm_reader **out, const char *path,
                                        struct irm_err *err);

/* The same with options, which are not kept. IRM_USAGE: an encoding or a delimiter that is none. */
IRM_CHECK enum irm_code irm_reader_open_with(struct irm_reader **out, const char *path,
                                             const struct irm_reader_options *options,
                                             struct irm_err *err);

/* A reader of `length` bytes of memory, which it copies; `name` is what messages call it. */
IRM_CHECK enum irm_code irm_reader_open_text(struct irm_reader **out, const char *name,
                                             const char *text, size_t length, struct irm_err *err);
void irm_reader_free(struct irm_reader *reader);

/* The name that messages use. */
const char *irm_reader_file(const struct irm_reader *reader);

/* Reads the next record; *record is NULL at the end. After an error the reader gives no more. */
IRM_CHECK enum irm_code irm_reader_next(struct irm_reader *reader, const struct irm_record **record,
                                        struct irm_err *err);

#endif
