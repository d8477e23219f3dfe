/* Files of other encodings and delimiters, read through the reader. */
#include "unit.h"

#include "table/reader.h"

#define BYTES(s) s, sizeof s - 1

/* Writes the records as "a|b;c|d;" */
static void read_all(struct irm_reader *reader, char *text, size_t size, struct irm_err *err)
{
	const struct irm_record *record;
	size_t n = 0;
	text[0] = '\0';
	while (!irm_reader_next(reader, &record, err) && record) {
		for (size_t i = 0; i < record->n; i++)
			n += (size_t)snprintf(text + n, size - n, "%s%s", i ? "|" : "",
			                      record->fields[i]);
		n += (size_t)snprintf(text + n, size - n, ";");
	}
}

static const struct {
	const char *name, *bytes;
	size_t length;
	char delimiter;
	const char *encoding, *text, *error;
} cases[] = {
	{ "semicolons", BYTES("a;b\n1,5;2\n"), ';', NULL, "a|b;1,5|2;", NULL },
	{ "tabs", BYTES("a\tb\n1\t2\n"), '\t', NULL, "a|b;1|2;", NULL },
	{ "UTF-16 LE with its mark", BYTES("\xff\xfe\x61\0,\0\xe9\0\n\0"), 0, "UTF-16",
	  "a|\xc3\xa9;", NULL },
	{ "UTF-16 BE with its mark", BYTES("\xfe\xff\0\x61\0,\0\xe9\0\n"), 0, "UTF-16",
	  "a|\xc3\xa9;", NULL },
	{ "UTF-16LE keeps a mark, which is passed over", BYTES("\xff\xfe\x61\0\n\0"), 0, "UTF-16LE",
	  "a;", NULL },
	{ "a pair of surrogates", BYTES("\xff\xfe\x3d\xd8\0\xde\n\0"), 0, "UTF-16",
	  "\xf0\x9f\x98\x80;", NULL },
	{ "Windows-1252", BYTES("C\xf4te,\x80\n"), 0, "WINDOWS-1252", "C\xc3\xb4te|\xe2\x82\xac;",
	  NULL },
	{ "Windows-1256", BYTES("\xe3\n"), 0, "WINDOWS-1256", "\xd9\x85;", NULL },
	{ "half a character at the end", BYTES("\xff\xfe\x61\0\n\0b"), 0, "UTF-16", "",
	  "t.csv:2: expected UTF-16, found the byte 0x62 at byte 7" },
	{ "a byte that Windows-1252 has not", BYTES("a\nb\x81\n"), 0, "WINDOWS-1252", "",
	  "t.csv:2: expected WINDOWS-1252, found the byte 0x81 at byte 4" },
};

static void test_other_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_reader_options options = { .delimiter = cases[i].delimiter,
			                              .encoding = cases[i].encoding };
		struct irm_reader *reader = NULL;
		struct irm_err err = { .code = IRM_OK };
		char text[200];
		write_bytes("t.csv", cases[i].bytes, cases[i].length);
		assert_int_equal(irm_reader_open_with(&reader, "t.csv", &options, &err), IRM_OK);
		read_all(reader, text, sizeof text, &err);
		same_text(cases[i].name, text, cases[i].text);
		if (cases[i].error)
			same_error(cases[i].name, &err, cases[i].error);
		else
			same_number(cases[i].name, err.code, IRM_OK);
		irm_reader_free(reader);
	}
}

/* A character of two bytes lies across every boundary of what is read at once. */
static void test_long_file(void **state)
{
	(void)state;
	size_t n = 300001;
	char *bytes = malloc(n);
	assert_non_null(bytes);
	bytes[0] = 'x';
	for (size_t i = 1; i + 1 < n; i += 2)
		memcpy(bytes + i, "\xc3\xa9", 2);
	write_bytes("t.csv", bytes, n);
	struct irm_reader_options options = { .encoding = "UTF-8" };
	struct irm_reader *reader = NULL;
	const struct irm_record *record = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_reader_open_with(&reader, "t.csv", &options, &err), IRM_OK);
	assert_int_equal(irm_reader_next(reader, &record, &err), IRM_OK);
	assert_non_null(record);
	assert_int_equal(strlen(record->fields[0]), n);
	assert_memory_equal(record->fields[0], bytes, n);
	irm_reader_free(reader);
	free(bytes);
}

static void test_wrong_options(void **state)
{
	(void)state;
	static const char hint[] = "such as UTF-8, UTF-16, WINDOWS-1252, WINDOWS-1256; iconv -l "
	                           "lists them";
	static const char *const names[] = { "", "KLINGON", "UTF-16//IGNORE" };
	write_text("t.csv", "a\n");
	for (size_t i = 0; i < COUNT(names); i++) {
		struct irm_reader_options options = { .encoding = names[i] };
		struct irm_reader *reader = NULL;
		struct irm_err err;
		char wanted[200];
		assert_int_equal(irm_reader_open_with(&reader, "t.csv", &options, &err), IRM_USAGE);
		snprintf(wanted, sizeof wanted, "there is no encoding '%s' (%s)", names[i], hint);
		same_error(names[i], &err, wanted);
		assert_null(reader);
	}
	struct irm_reader_options options = { .delimiter = '"' };
	struct irm_reader *reader = NULL;
	struct irm_err err;
	assert_int_equal(irm_reader_open_with(&reader, "t.csv", &options, &err), IRM_USAGE);
}

static void count_bytes(void *context, const void *bytes, size_t n)
{
	(void)bytes;
	*(size_t *)context += n;
}

static void test_tap_sees_all(void **state)
{
	(void)state;
	size_t seen = 0;
	struct irm_reader_options options = { .encoding = "UTF-16",
		                              .tap = count_bytes,
		                              .context = &seen };
	struct irm_reader *reader = NULL;
	struct irm_err err;
	char text[20];
	write_bytes("t.csv", BYTES("\xff\xfe\x61\0\n\0"));
	assert_int_equal(irm_reader_open_with(&reader, "t.csv", &options, &err), IRM_OK);
	read_all(reader, text, sizeof text, &err);
	assert_int_equal(seen, 6);
	irm_reader_free(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_other_files),
		in_folder(test_long_file),
		in_folder(test_wrong_options),
		in_folder(test_tap_sees_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
