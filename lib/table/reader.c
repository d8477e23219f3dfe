#include "table/reader.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "table/recode.h"

#define CHUNK      65536
#define MARK_MOST  3 /* bytes of a byte-order mark */
#define FIELD_MOST ((size_t)16 << 20)

/* libcsv pushes fields and tells no positions. So it is fed one line at a time, and what it pushes
 * is queued until the record is asked for: a line ends at most one record. */
struct irm_reader {
	struct csv_parser parser;
	bool has_parser;
	char *file;
	int fd; /* -1: memory */
	bool owns_fd, ended, done;

	char *input; /* [CHUNK] or more, or a copy of the caller's text */
	size_t at, length;

	struct irm_recode *recode; /* NULL: the bytes are UTF-8 */
	char *raw;                 /* [CHUNK] what was read, where it is recoded */
	size_t n_raw;              /* of them left from the read before: part of a character */
	struct irm_reader_options options;

	char *text; /* the fields of the record so far, each with its NUL */
	size_t text_used, text_size;
	size_t *start; /* [IRM_COLUMNS_MOST] where each begins in text */
	size_t n;
	const char **fields; /* [IRM_COLUMNS_MOST] */

	long line;     /* the one being fed */
	long began;    /* the line the record begins on; 0: none has begun */
	bool after_cr; /* the last record ended at a CR: an LF that follows belongs to it */
	bool open_cr;  /* the bytes read last ended in a CR, which an LF may follow */
	bool complete; /* a record is ready */
	bool no_memory, too_many, too_long;
	struct irm_record record;
};

static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static bool keep_text(struct irm_reader *r, const char *text, size_t length)
{
	if (r->text_size - r->text_used < length + 1) {
		size_t size = r->text_size ? r->text_size * 2 : 4096;
		while (size - r->text_used < length + 1)
			size *= 2;
		char *grown = realloc(r->text, size);
		if (!grown)
			return false;
		r->text = grown;
		r->text_size = size;
	}
	r->start[r->n++] = r->text_used;
	if (length)
		memcpy(r->text + r->text_used, text, length);
	r->text[r->text_used + length] = '\0';
	r->text_used += length + 1;
	return true;
}

static void on_field(void *text, size_t length, void *reader)
{
	struct irm_reader *r = reader;
	r->after_cr = false;
	if (!r->began)
		r->began = r->line;
	if (r->n >= IRM_COLUMNS_MOST)
		r->too_many = true;
	else if (length > FIELD_MOST)
		r->too_long = true;
	else if (!keep_text(r, text, length))
		r->no_memory = true;
}

static void on_record(int terminator, void *reader)
{
	struct irm_reader *r = reader;
	bool rest_of_crlf = terminator == '\n' && r->after_cr && r->n == 0;
	r->after_cr = terminator == '\r';
	if (rest_of_crlf)
		return;
	if (!r->began)
		r->began = r->line;
	r->complete = true;
}

static enum irm_code start(struct irm_reader **out, struct irm_reader *r, const char *name,
                           struct irm_err *err)
{
	char delimiter = r->options.delimiter ? r->options.delimiter : CSV_COMMA;
	r->file = strdup(name);
	r->start = malloc(IRM_COLUMNS_MOST * sizeof *r->start);
	r->fields = malloc(IRM_COLUMNS_MOST * sizeof *r->fields);
	if (r->file && r->start && r->fields &&
	    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_APPEND_NULL) ==
	            0) {
		r->has_parser = true;
		csv_set_space_func(&r->parser, no_space);
		csv_set_blk_size(&r->parser, CHUNK); /* its 128 bytes make long fields slow */
		csv_set_delim(&r->parser, (unsigned char)delimiter);
		*out = r;
		return IRM_OK;
	}
	irm_reader_free(r);
	return irm_err_memory(err);
}

enum irm_code irm_reader_open(struct irm_reader **out, const char *path, struct irm_err *err)
{
	static const struct irm_reader_options none = { .delimiter = 0 };
	return irm_reader_open_with(out, path, &none, err);
}

/* Buffers for what is read: the bytes themselves, or them and their text. */
static enum irm_code make_buffers(struct irm_reader *r, const char *encoding, struct irm_err *err)
{
	if (strchr("\"\r\n", r->options.delimiter) && r->options.delimiter)
		return irm_err_set(err, IRM_USAGE,
		                   "a quote or the end of a line cannot stand between columns");
	if (encoding && irm_recode_open(&r->recode, encoding, err))
		return err->code;
	r->input = malloc(r->recode ? (IRM_RECODE_GROWTH + 1) * (size_t)CHUNK : CHUNK);
	r->raw = r->recode ? malloc(CHUNK) : NULL;
	return r->input && (r->raw || !r->recode) ? IRM_OK : irm_err_memory(err);
}

enum irm_code irm_reader_open_with(struct irm_reader **out, const char *path,
                                   const struct irm_reader_options *options, struct irm_err *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct irm_reader *r = calloc(1, sizeof *r);
	if (!r)
		return irm_err_memory(err);
	r->options = *options;
	r->options.encoding = NULL;
	r->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY);
	r->owns_fd = !is_stdin && r->fd >= 0;
	enum irm_code code = r->fd < 0 ? irm_err_errno(err, path, "cannot read")
	                               : make_buffers(r, options->encoding, err);
	if (code) {
		irm_reader_free(r);
		return code;
	}
	return start(out, r, is_stdin ? "(stdin)" : path, err);
}

enum irm_code irm_reader_open_text(struct irm_reader **out, const char *name, const char *text,
                                   size_t length, struct irm_err *err)
{
	struct irm_reader *r = calloc(1, sizeof *r);
	char *copy = malloc(length + 1);
	if (!r || !copy) {
		free(r);
		free(copy);
		return irm_err_memory(err);
	}
	if (length)
		memcpy(copy, text, length);
	r->fd = -1;
	r->input = copy;
	r->length = length;
	return start(out, r, name, err);
}

void irm_reader_free(struct irm_reader *r)
{
	if (!r)
		return;
	if (r->has_parser)
		csv_free(&r->parser);
	if (r->owns_fd)
		close(r->fd);
	irm_recode_free(r->recode);
	free(r->raw);
	free(r->input);
	free(r->text);
	free(r->start);
	free(r->fields);
	free(r->file);
	free(r);
}

const char *irm_reader_file(const struct irm_reader *r)
{
	return r->file;
}

static enum irm_code fault(const struct irm_reader *r, struct irm_err *err, const char *message)
{
	return irm_err_at(err, r->file, r->began ? r->began : r->line, (long)r->n + 1, "%s",
	                  message);
}

/* Reads up to `size` bytes; *got 0 is the end. */
static enum irm_code read_bytes(struct irm_reader *r, char *into, size_t size, size_t *got,
                                struct irm_err *err)
{
	ssize_t n;
	do
		n = read(r->fd, into, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return irm_err_errno(err, r->file, "cannot read");
	*got = (size_t)n;
	if (r->options.tap && n)
		r->options.tap(r->options.context, into, *got);
	return IRM_OK;
}

/* The same into `input` as UTF-8; an error of the encoding is told on the line it stands on. */
static enum irm_code read_recoded(struct irm_reader *r, size_t *got, struct irm_err *err)
{
	size_t used = 0, made = 0;
	char *into = r->input + r->length;
	if (read_bytes(r, r->raw + r->n_raw, CHUNK - r->n_raw, got, err))
		return err->code;
	r->n_raw += *got;
	enum irm_code code =
	        irm_recode_run(r->recode, r->raw, r->n_raw, *got == 0, &used, into, &made, err);
	memmove(r->raw, r->raw + used, r->n_raw - used);
	r->n_raw -= used;
	r->length += made;
	if (!code)
		return IRM_OK;
	long line = r->line ? r->line : 1;
	for (const char *p = r->input; p < into + made; p++)
		line += *p == '\n';
	return irm_err_place(err, r->file, line, 0);
}

/* Reads the next bytes once the last are used up; length 0 is the end. The first time it goes on
 * until there are enough to tell the encoding: a pipe may give one at a time. */
static enum irm_code refill(struct irm_reader *r, struct irm_err *err)
{
	if (r->at < r->length || r->ended)
		return IRM_OK;
	size_t enough = r->line == 0 ? MARK_MOST : 1, got = 1;
	r->at = 0;
	for (r->length = 0; r->fd >= 0 && r->length < enough && got > 0;) {
		enum irm_code code;
		if (r->recode) {
			code = read_recoded(r, &got, err);
		} else {
			code = read_bytes(r, r->input + r->length, CHUNK - r->length, &got, err);
			r->length += code ? 0 : got;
		}
		if (code)
			return code;
	}
	r->ended = r->length == 0;
	return IRM_OK;
}

/* What the first bytes of the input tell: a mark to pass over, or another encoding. */
static enum irm_code check_beginning(struct irm_reader *r, struct irm_err *err)
{
	const unsigned char *s = (const unsigned char *)r->input;
	r->line = 1;
	if (r->length >= 3 && s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF)
		r->at = 3;
	bool marked = r->length >= 2 &&
	              ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF));
	bool unmarked = r->length >= 2 && (s[0] == 0) != (s[1] == 0);
	if (!marked && !unmarked)
		return IRM_OK;
	irm_err_at(err, r->file, 1, 1, "expected UTF-8, found what looks like UTF-16");
	irm_err_hint(err, r->options.has_options ? "say --encoding=UTF-16"
	                                         : "convert it: iconv -f UTF-16 -t UTF-8");
	return err->code;
}

/* The end of the line that begins at `at`, its LF or lone CR included. */
static size_t line_end(const struct irm_reader *r)
{
	size_t left = r->length - r->at;
	const char *from = r->input + r->at;
	const char *lf = memchr(from, '\n', left);
	size_t length = lf ? (size_t)(lf - from) + 1 : left;
	const char *cr = memchr(from, '\r', length);
	if (cr && (size_t)(cr - from) + 1 < length && cr[1] != '\n')
		length = (size_t)(cr - from) + 1;
	return r->at + length;
}

static enum irm_code feed_failed(struct irm_reader *r, struct irm_err *err)
{
	if (r->no_memory || csv_error(&r->parser) == CSV_ENOMEM)
		return irm_err_memory(err);
	if (r->too_many)
		return irm_err_at(err, r->file, r->began, IRM_COLUMNS_MOST + 1,
		                  "expected at most %d columns", IRM_COLUMNS_MOST);
	if (r->too_long)
		return fault(r, err, "expected a field of at most 16 MiB");
	fault(r, err, "found a stray quote");
	irm_err_hint(err,
	             "a field with a quote stands in quotes, the quote doubled: \"a \"\"b\"\"\"");
	return err->code;
}

/* Feeds one line, or as much of it as is here. */
static enum irm_code feed_line(struct irm_reader *r, struct irm_err *err)
{
	size_t end = line_end(r), length = end - r->at;
	const char *from = r->input + r->at;
	const char *nul = memchr(from, '\0', length);
	size_t text = nul ? (size_t)(nul - from) : length;
	size_t took = csv_parse(&r->parser, from, text, on_field, on_record, r);
	if (took != text || r->no_memory || r->too_many || r->too_long)
		return feed_failed(r, err);
	if (nul)
		return fault(r, err, "expected text, found a NUL byte");
	bool whole = from[length - 1] == '\n' ||
	             (from[length - 1] == '\r' && end < r->length && r->input[end] != '\n');
	r->line += whole;
	r->open_cr = !whole && from[length - 1] == '\r';
	r->at = end;
	return IRM_OK;
}

static enum irm_code feed_end(struct irm_reader *r, struct irm_err *err)
{
	r->done = true;
	if (csv_fini(&r->parser, on_field, on_record, r) == 0)
		return r->no_memory ? irm_err_memory(err) : IRM_OK;
	fault(r, err, "found a quote that is never closed");
	return err->code;
}

static enum irm_code hand_out(struct irm_reader *r, const struct irm_record **record,
                              struct irm_err *err)
{
	r->complete = false;
	for (size_t i = 0; i < r->n; i++) {
		const char *text = r->text + r->start[i];
		size_t length = strlen(text), valid = irm_utf8_valid(text, length);
		r->fields[i] = text;
		if (valid == length)
			continue;
		irm_err_at(err, r->file, r->began, (long)i + 1,
		           "expected UTF-8, found the byte 0x%02X at byte %zu of the field",
		           (unsigned)(unsigned char)text[valid], valid + 1);
		irm_err_hint(err, r->options.has_options
		                          ? "is it Windows-1252? say --encoding=WINDOWS-1252"
		                          : "is it Windows-1252? convert it: iconv -f WINDOWS-1252 "
		                            "-t UTF-8");
		r->done = true;
		return err->code;
	}
	r->record = (struct irm_record){ .line = r->began, .n = r->n, .fields = r->fields };
	*record = &r->record;
	r->began = 0;
	r->n = 0;
	r->text_used = 0;
	return IRM_OK;
}

/* Where libcsv is inside a quoted field, on_field has not come yet: the record began on this line
 * all the same. */
static void note_beginning(struct irm_reader *r)
{
	/* No LF followed the CR: it ended its line alone. */
	if (r->open_cr && r->at < r->length && r->input[r->at] != '\n') {
		r->open_cr = false;
		r->line++;
	}
	if (!r->began && r->at < r->length && r->input[r->at] != '\n' && r->input[r->at] != '\r')
		r->began = r->line;
}

enum irm_code irm_reader_next(struct irm_reader *r, const struct irm_record **record,
                              struct irm_err *err)
{
	*record = NULL;
	while (!r->complete && !r->done) {
		enum irm_code code = refill(r, err);
		if (!code && r->line == 0)
			code = check_beginning(r, err);
		note_beginning(r);
		if (!code && r->at < r->length)
			code = feed_line(r, err);
		else if (!code && r->ended)
			code = feed_end(r, err);
		if (code) {
			r->done = true;
			r->complete = false;
			return code;
		}
	}
	return r->complete ? hand_out(r, record, err) : IRM_OK;
}
