/* The CSV reader: what is read, where each record begins, what is a fault and at which place, and
 * that it does not matter where the file is cut into chunks. */
#include "unit.h"

#include <sys/wait.h>
#include <time.h>

#include "table/reader.h"

#define CHUNK 65536

struct buffer {
	char *text;
	size_t n, size;
};

static void add(struct buffer *b, const char *text, size_t length)
{
	while (b->size - b->n < length + 1) {
		b->size = b->size ? b->size * 2 : 4096;
		b->text = realloc(b->text, b->size);
		assert_non_null(b->text);
	}
	memcpy(b->text + b->n, text, length);
	b->n += length;
	b->text[b->n] = '\0';
}

static void add_text(struct buffer *b, const char *text)
{
	add(b, text, strlen(text));
}

/* All that a reader gives: "line<field><field>" a record, then the error if there is one. */
static char *read_all(struct irm_reader *reader)
{
	struct buffer out = { 0 };
	const struct irm_record *record;
	struct irm_err err = { .code = IRM_OK };
	char number[900];
	add_text(&out, "");
	while (irm_reader_next(reader, &record, &err) == IRM_OK && record) {
		snprintf(number, sizeof number, "%ld", record->line);
		add_text(&out, number);
		for (size_t i = 0; i < record->n; i++) {
			add_text(&out, "<");
			add_text(&out, record->fields[i]);
			add_text(&out, ">");
		}
		add_text(&out, " ");
	}
	if (err.code) {
		snprintf(number, sizeof number, "%s:%ld:%ld: %s", err.file, err.line, err.field,
		         err.message);
		add_text(&out, number);
		assert_int_equal(err.code, IRM_INPUT);
		assert_int_equal(irm_reader_next(reader, &record, &err), IRM_OK);
		assert_null(record);
	}
	return out.text;
}

static char *read_memory(const char *text, size_t length)
{
	struct irm_reader *reader = NULL;
	struct irm_err err;
	assert_int_equal(irm_reader_open_text(&reader, "t.csv", text, length, &err), IRM_OK);
	char *found = read_all(reader);
	irm_reader_free(reader);
	return found;
}

static char *read_file(const char *path)
{
	struct irm_reader *reader = NULL;
	struct irm_err err;
	assert_int_equal(irm_reader_open(&reader, path, &err), IRM_OK);
	assert_string_equal(irm_reader_file(reader), path);
	char *found = read_all(reader);
	irm_reader_free(reader);
	return found;
}

/* A text with NULs in it knows its length. */
#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *name, *text;
	size_t length;
	const char *expected;
} cases[] = {
	{ "nothing", BYTES(""), "" },
	{ "a mark and nothing", BYTES("\xef\xbb\xbf"), "" },
	{ "one row", BYTES("a,b\n"), "1<a><b> " },
	{ "no final newline", BYTES("a,b\n1,2"), "1<a><b> 2<1><2> " },
	{ "byte-order mark",
	  BYTES("\xef\xbb\xbf"
	        "a,b\n"),
	  "1<a><b> " },
	{ "byte-order mark before a quote", BYTES("\xef\xbb\xbf\"a\",b\n"), "1<a><b> " },
	{ "a mark within belongs to the field",
	  BYTES("a,\xef\xbb\xbf"
	        "b\n"),
	  "1<a><\xef\xbb\xbf"
	  "b> " },
	{ "CRLF", BYTES("a,b\r\n1,2\r\n"), "1<a><b> 2<1><2> " },
	{ "lone CR", BYTES("a,b\r1,2\r3,4"), "1<a><b> 2<1><2> 3<3><4> " },
	{ "all three ends", BYTES("a\r\nb\rc\nd\n"), "1<a> 2<b> 3<c> 4<d> " },
	{ "CRLF at the end only", BYTES("a\nb\r\n"), "1<a> 2<b> " },
	{ "spaces belong to a field", BYTES(" a , b\n"), "1< a >< b> " },
	{ "a tab belongs to a field", BYTES("\ta\t,b\n"), "1<\ta\t><b> " },
	{ "only a space", BYTES(" \n"), "1< > " },
	{ "empty fields", BYTES(",,\n"), "1<><><> " },
	{ "empty quoted fields", BYTES("\"\",\"\"\n"), "1<><> " },
	{ "one empty quoted field", BYTES("\"\"\n"), "1<> " },
	{ "quoted comma and quote", BYTES("\"a,b\",\"c\"\"d\"\n"), "1<a,b><c\"d> " },
	{ "only quotes", BYTES("\"\"\"\"\n"), "1<\"> " },
	{ "quoted LF", BYTES("\"a\nb\",c\nd,e\n"), "1<a\nb><c> 3<d><e> " },
	{ "quoted CRLF", BYTES("\"a\r\nb\",c\r\nd,e\r\n"), "1<a\r\nb><c> 3<d><e> " },
	{ "quoted CR", BYTES("\"a\rb\",c\rd,e\r"), "1<a\rb><c> 3<d><e> " },
	{ "quoted empty lines", BYTES("x,\"\n\n\n\",y\nz\n"), "1<x><\n\n\n><y> 5<z> " },
	{ "a field that begins with a line feed", BYTES("\"\na\"\nb\n"), "1<\na> 3<b> " },
	{ "empty line", BYTES("a\n\nb\n"), "1<a> 2 3<b> " },
	{ "empty lines of CRLF", BYTES("a\r\n\r\nb\r\n"), "1<a> 2 3<b> " },
	{ "empty lines of CR", BYTES("a\r\rb\r"), "1<a> 2 3<b> " },
	{ "empty line first", BYTES("\na\n"), "1 2<a> " },
	{ "empty line last", BYTES("a\n\n"), "1<a> 2 " },
	{ "LF before CR are two lines", BYTES("a\n\rb\n"), "1<a> 2 3<b> " },
	{ "CR CR LF are two lines", BYTES("a\r\r\nb\n"), "1<a> 2 3<b> " },
	{ "every script", BYTES("caf\xc3\xa9,\xe8\x85\x90,\xd9\x81,\xf0\x9f\x98\x80\n"),
	  "1<caf\xc3\xa9><\xe8\x85\x90><\xd9\x81><\xf0\x9f\x98\x80> " },
	{ "semicolons are text", BYTES("a;b\n"), "1<a;b> " },

	{ "stray quote", BYTES("a,b\n1,2\"3\n"), "1<a><b> t.csv:2:2: found a stray quote" },
	{ "stray quote in the first field", BYTES("a\"b\n"), "t.csv:1:1: found a stray quote" },
	{ "text after a closing quote", BYTES("x,\"a\"b,c\n"), "t.csv:1:2: found a stray quote" },
	{ "space after a closing quote", BYTES("\"a\" ,c\n"), "t.csv:1:1: found a stray quote" },
	{ "space before an opening quote", BYTES("a, \"b\"\n"), "t.csv:1:2: found a stray quote" },
	{ "stray quote after a field of three lines", BYTES("a\n\"1\n2\n3\",x,y\"\nb\n"),
	  "1<a> t.csv:2:3: found a stray quote" },
	{ "unclosed quote", BYTES("a,b\n1,\"2\n3,4\n"),
	  "1<a><b> t.csv:2:2: found a quote that is never closed" },
	{ "unclosed quote at the end", BYTES("a\n\""),
	  "1<a> t.csv:2:1: found a quote that is never closed" },
	{ "unclosed doubled quote", BYTES("\"a\"\""),
	  "t.csv:1:1: found a quote that is never closed" },
	{ "NUL", BYTES("a,b\n1,2\0003\n"), "1<a><b> t.csv:2:2: expected text, found a NUL byte" },
	{ "NUL in a quoted field", BYTES("ab,b\n1,\"2\n\0\"\n"),
	  "1<ab><b> t.csv:2:2: expected text, found a NUL byte" },
	{ "NUL in the third field", BYTES("abc\n1,2,\0\n"),
	  "1<abc> t.csv:2:3: expected text, found a NUL byte" },
	{ "NUL after the last line", BYTES("abc\n\0"),
	  "1<abc> t.csv:2:1: expected text, found a NUL byte" },
	{ "Latin-1", BYTES("a,b\n1,caf\xe9\n"),
	  "1<a><b> t.csv:2:2: expected UTF-8, found the byte 0xE9 at byte 4 of the field" },
	{ "Latin-1 in the header", BYTES("a,\xe9,c\n"),
	  "t.csv:1:2: expected UTF-8, found the byte 0xE9 at byte 1 of the field" },
	{ "Latin-1 after a field of two lines", BYTES("\"a\nb\",\xff\n"),
	  "t.csv:1:2: expected UTF-8, found the byte 0xFF at byte 1 of the field" },
	{ "a character cut by a comma", BYTES("\xe2\x82,\xac\n"),
	  "t.csv:1:1: expected UTF-8, found the byte 0xE2 at byte 1 of the field" },
	{ "overlong", BYTES("a\xc0\xaf\n"),
	  "t.csv:1:1: expected UTF-8, found the byte 0xC0 at byte 2 of the field" },
	{ "a surrogate", BYTES("\xed\xa0\x80\n"),
	  "t.csv:1:1: expected UTF-8, found the byte 0xED at byte 1 of the field" },
	{ "UTF-16 LE with its mark",
	  BYTES("\xff\xfe"
	        "a\0,\0b\0\n\0"),
	  "t.csv:1:1: expected UTF-8, found what looks like UTF-16" },
	{ "UTF-16 BE with its mark", BYTES("\xfe\xff\0a\0,\0b\0\n"),
	  "t.csv:1:1: expected UTF-8, found what looks like UTF-16" },
	{ "UTF-16 LE without a mark", BYTES("a\0,\0b\0\n\0"),
	  "t.csv:1:1: expected UTF-8, found what looks like UTF-16" },
	{ "UTF-16 BE without a mark", BYTES("\0a\0,\0b\0\n"),
	  "t.csv:1:1: expected UTF-8, found what looks like UTF-16" },
	{ "two NUL", BYTES("\0\0"), "t.csv:1:1: expected text, found a NUL byte" },
	{ "one NUL", BYTES("\0"), "t.csv:1:1: expected text, found a NUL byte" },
	{ "the rows before a fault are given", BYTES("a\nb\nc\nd\"\n"),
	  "1<a> 2<b> 3<c> t.csv:4:1: found a stray quote" },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *found = read_memory(cases[i].text, cases[i].length);
		same_text(cases[i].name, found, cases[i].expected);
		free(found);
	}
}

/* The same from a file, and through a pipe that gives one byte at a time. */
static void test_cases_from_a_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		write_bytes("t.csv", cases[i].text, cases[i].length);
		char *found = read_file("t.csv");
		same_text(cases[i].name, found, cases[i].expected);
		free(found);
	}
}

static void test_cases_byte_by_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int ends[2];
		char path[32];
		assert_int_equal(pipe(ends), 0);
		snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
		pid_t child = fork();
		if (child == 0) {
			close(ends[0]);
			for (size_t at = 0; at < cases[i].length; at++) {
				if (write(ends[1], cases[i].text + at, 1) != 1)
					_exit(1);
				if (at < 3)
					nanosleep(&(struct timespec){ .tv_nsec = 200000 }, NULL);
			}
			_exit(0);
		}
		close(ends[1]);
		char *found = read_file(path);
		close(ends[0]);
		const char *place = strstr(cases[i].expected, "t.csv:");
		const char *other = strstr(found, "/dev/fd/");
		size_t rows =
		        place ? (size_t)(place - cases[i].expected) : strlen(cases[i].expected);
		assert_true((place != NULL) == (other != NULL));
		if (strncmp(found, cases[i].expected, rows) != 0 ||
		    (place && strcmp(strchr(other, ':'), strchr(place, ':')) != 0))
			fail_msg("%s: found '%s'", cases[i].name, found);
		free(found);
	}
}

/* What follows the padding, with the chunk's end at each of its places. */
static void test_no_place_of_a_chunks_end_matters(void **state)
{
	(void)state;
	static char padding[CHUNK];
	memset(padding, 'p', sizeof padding);
	static const char *const tails[] = {
		"\"a\"\"b\",c\nd,\"\"\ne,f\n",
		"a,b\r\nc,d\r\n\r\ne,f\r\n",
		"a,b\rc,d\r\re,f\r",
		"\"x\r\ny\rz\nw\",b\r\nc,d\n",
		"\xe8\x85\x90\xf0\x9f\x98\x80,\"\xe2\x82\xac\"\nb,c\n",
		"a\r\r\nb\n\r\nc\r\n\n\rd",
		"a,b\"c\nd\n",
		"\"a\",\"b\r\nc",
		"caf\xe9,b\nc,d\n",
		"\"a\"\"\"\"b\"\n\"\"\"\"\n",
	};
	const size_t step = is_brief() ? 4 : 1;
	for (size_t t = 0; t < COUNT(tails); t++)
		for (size_t back = 0; back <= strlen(tails[t]) + 1; back += step)
			for (int quoted = 0; quoted < 2; quoted++) {
				struct buffer b = { 0 };
				add_text(&b, quoted ? "h\n\"" : "h\n");
				add(&b, padding, CHUNK - back - (quoted ? 2 : 1) - b.n);
				add_text(&b, quoted ? "\"," : ",");
				add_text(&b, tails[t]);
				write_bytes("t.csv", b.text, b.n);
				char *whole = read_memory(b.text, b.n), *cut = read_file("t.csv");
				if (strcmp(whole, cut) != 0)
					fail_msg("tail %zu, %zu back: '%s', not '%s'", t, back,
					         cut + CHUNK - 100, whole + CHUNK - 100);
				free(whole);
				free(cut);
				free(b.text);
			}
}

/* A small generator of numbers: the same in every run. */
static uint32_t next_number(uint64_t *seed, uint32_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % below;
}

/* A field of up to 12 pieces and how it is written; `*lines` are the line ends in it. */
static void make_field(uint64_t *seed, struct buffer *csv, struct buffer *expected, long *lines)
{
	static const char *const pieces[] = { "a", "bc", " ",  "\xc3\xa9", "\xe8\x85\x90",
		                              ",", "\"", "\n", "\r\n",     "x\ry" };
	struct buffer field = { 0 };
	bool quote = next_number(seed, 5) == 0;
	add_text(&field, "");
	for (uint32_t n = next_number(seed, 12); n; n--) {
		size_t piece = next_number(seed, quote ? COUNT(pieces) : 5);
		add_text(&field, pieces[piece]);
		*lines += piece >= 7;
	}
	add_text(expected, "<");
	add_text(expected, field.text);
	add_text(expected, ">");
	if (quote)
		add_text(csv, "\"");
	for (const char *p = field.text; *p; p++)
		add(csv, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
	if (quote)
		add_text(csv, "\"");
	free(field.text);
}

/* Made-up tables, whose fields and lines are known from making them. */
static void test_made_up_tables(void **state)
{
	(void)state;
	static const char *const ends[] = { "\n", "\r\n", "\r" };
	uint64_t seed = 20260101;
	for (int table = 0; table < rounds(60); table++) {
		struct buffer csv = { 0 }, expected = { 0 };
		long line = 1;
		add_text(&csv, table % 3 ? "" : "\xef\xbb\xbf");
		add_text(&expected, "");
		const char *end_of_line = ends[(size_t)table % COUNT(ends)];
		for (int row = 0; row < 1500; row++) {
			char number[32];
			snprintf(number, sizeof number, "%ld", line);
			add_text(&expected, number);
			add_text(&csv, "r,");
			add_text(&expected, "<r>");
			for (uint32_t n = 1 + next_number(&seed, 6); n; n--) {
				make_field(&seed, &csv, &expected, &line);
				add_text(&csv, n > 1 ? "," : end_of_line);
			}
			add_text(&expected, " ");
			line++;
		}
		assert_true(csv.n > CHUNK / 4);
		write_bytes("t.csv", csv.text, csv.n);
		char *found = read_file("t.csv");
		if (strcmp(found, expected.text) != 0) {
			size_t at = 0;
			while (found[at] == expected.text[at])
				at++;
			fail_msg("table %d at %zu: '%.60s', not '%.60s'", table, at, found + at,
			         expected.text + at);
		}
		free(found);
		free(csv.text);
		free(expected.text);
	}
}

static void test_a_thousand_columns_and_one_more(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	add_text(&b, "a\n");
	for (int i = 1; i < IRM_COLUMNS_MOST; i++)
		add_text(&b, ",");
	struct irm_reader *reader = NULL;
	const struct irm_record *record;
	struct irm_err err;
	assert_int_equal(irm_reader_open_text(&reader, "t.csv", b.text, b.n, &err), IRM_OK);
	assert_int_equal(irm_reader_next(reader, &record, &err), IRM_OK);
	assert_int_equal(irm_reader_next(reader, &record, &err), IRM_OK);
	assert_int_equal(record->n, IRM_COLUMNS_MOST);
	irm_reader_free(reader);
	add_text(&b, ",\n");
	char *found = read_memory(b.text, b.n);
	same_text("one more", found, "1<a> t.csv:2:1001: expected at most 1000 columns");
	free(found);
	free(b.text);
}

static void test_a_field_of_the_most_bytes_and_one_more(void **state)
{
	(void)state;
	size_t most = (size_t)16 << 20;
	struct buffer b = { 0 };
	add_text(&b, "a\n");
	char *block = malloc(most + 2);
	assert_non_null(block);
	memset(block, 'x', most + 1);
	block[most] = '\0';
	add(&b, block, most);
	add_text(&b, "\n");
	struct irm_reader *reader = NULL;
	const struct irm_record *record;
	struct irm_err err;
	assert_int_equal(irm_reader_open_text(&reader, "t.csv", b.text, b.n, &err), IRM_OK);
	assert_int_equal(irm_reader_next(reader, &record, &err), IRM_OK);
	assert_int_equal(irm_reader_next(reader, &record, &err), IRM_OK);
	assert_int_equal(strlen(record->fields[0]), most);
	irm_reader_free(reader);
	b.n -= 1;
	add_text(&b, "x\n");
	char *found = read_memory(b.text, b.n);
	same_text("one more", found, "1<a> t.csv:2:1: expected a field of at most 16 MiB");
	free(found);
	free(block);
	free(b.text);
}

static void test_what_cannot_be_opened(void **state)
{
	(void)state;
	struct irm_reader *reader = NULL;
	const struct irm_record *record;
	struct irm_err err;
	assert_int_equal(irm_reader_open(&reader, "nowhere.csv", &err), IRM_SYSTEM);
	same_error("missing", &err, "nowhere.csv: cannot read: No such file or directory");
	assert_null(reader);
	assert_int_equal(irm_reader_open(&reader, ".", &err), IRM_OK);
	assert_int_equal(irm_reader_next(reader, &record, &err), IRM_SYSTEM);
	same_error("folder", &err, ".: cannot read: Is a directory");
	irm_reader_free(reader);
	irm_reader_free(NULL);
}

static void test_texts_of_a_record_are_whole_until_the_next(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct irm_reader *reader = NULL;
	const struct irm_record *record;
	struct irm_err err;
	for (int i = 0; i < 900; i++)
		add_text(&b, i ? ",0123456789" : "0123456789");
	add_text(&b, "\n");
	assert_int_equal(irm_reader_open_text(&reader, "t.csv", b.text, b.n, &err), IRM_OK);
	assert_int_equal(irm_reader_next(reader, &record, &err), IRM_OK);
	assert_int_equal(record->n, 900);
	for (size_t i = 0; i < record->n; i++)
		assert_string_equal(record->fields[i], "0123456789");
	irm_reader_free(reader);
	free(b.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		in_folder(test_cases_from_a_file),
		cmocka_unit_test(test_cases_byte_by_byte),
		in_folder(test_no_place_of_a_chunks_end_matters),
		in_folder(test_made_up_tables),
		cmocka_unit_test(test_a_thousand_columns_and_one_more),
		cmocka_unit_test(test_a_field_of_the_most_bytes_and_one_more),
		in_folder(test_what_cannot_be_opened),
		cmocka_unit_test(test_texts_of_a_record_are_whole_until_the_next),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
