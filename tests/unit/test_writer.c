/* The writer: each format, what it escapes, and how a terminal shows a table. */
#include "unit.h"

#include <locale.h>
#include <math.h>

#include "base/date.h"
#include "table/writer.h"

static const enum irm_format formats[] = { IRM_CSV,   IRM_TSV, IRM_JSON,
	                                   IRM_JSONL, IRM_MD,  IRM_ALIGNED };

struct page {
	struct irm_writer *writer;
	FILE *stream;
	char *text;
	size_t length;
};

static void begin(struct page *page, enum irm_format format, size_t width, const char *columns)
{
	struct irm_err err;
	page->stream = open_memstream(&page->text, &page->length);
	assert_non_null(page->stream);
	assert_int_equal(irm_writer_new(&page->writer, page->stream, format, width, &err), IRM_OK);
	irm_writer_columns(page->writer, columns);
}

/* Ends the table and compares what was written. */
static void end(struct page *page, const char *name, const char *expected)
{
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_writer_finish(page->writer, &err), IRM_OK);
	irm_writer_free(page->writer);
	fclose(page->stream);
	same_text(name, page->text, expected);
	free(page->text);
}

/* Two rows with each kind of cell. */
static void put_sample(struct irm_writer *w)
{
	irm_writer_day(w, 18262);
	irm_writer_text(w, "XAA");
	irm_writer_count(w, -12);
	irm_writer_number(w, 0.25);
	irm_writer_row(w);
	irm_writer_day(w, IRM_DAY_NONE);
	irm_writer_text(w, NULL);
	irm_writer_empty(w);
	irm_writer_number(w, (double)NAN);
	irm_writer_row(w);
}

static void test_each_format(void **state)
{
	(void)state;
	static const char *const expected[] = {
		"as_of,state,n,rate\n2020-01-01,XAA,-12,0.25\n,,,\n",
		"as_of\tstate\tn\trate\n2020-01-01\tXAA\t-12\t0.25\n\t\t\t\n",
		"[\n {\"as_of\":\"2020-01-01\",\"state\":\"XAA\",\"n\":-12,\"rate\":0.25},\n"
		" {\"as_of\":null,\"state\":null,\"n\":null,\"rate\":null}\n]\n",
		"{\"as_of\":\"2020-01-01\",\"state\":\"XAA\",\"n\":-12,\"rate\":0.25}\n"
		"{\"as_of\":null,\"state\":null,\"n\":null,\"rate\":null}\n",
		"| as\\_of | state | n | rate |\n| --- | --- | --- | --- |\n"
		"| 2020-01-01 | XAA | -12 | 0.25 |\n|  |  |  |  |\n",
		"as_of       state    n  rate\n2020-01-01  XAA    -12  0.25\n\n",
	};
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct page page;
		begin(&page, formats[i], 0, "as_of,state,n,rate");
		put_sample(page.writer);
		end(&page, "sample", expected[i]);
	}
}

static void test_a_table_without_rows_has_its_header(void **state)
{
	(void)state;
	static const char *const expected[] = {
		"a,b\n", "a\tb\n", "[]\n", "", "| a | b |\n| --- | --- |\n", "a  b\n"
	};
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct page page;
		begin(&page, formats[i], 3, "a,b");
		end(&page, "no rows", expected[i]);
	}
}

static void test_escapes(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text;
		enum irm_format format;
		const char *expected;
	} cases[] = {
		{ "CSV plain", "a b;c", IRM_CSV, "a b;c" },
		{ "CSV comma", "a,b", IRM_CSV, "\"a,b\"" },
		{ "CSV quote", "say \"a\"", IRM_CSV, "\"say \"\"a\"\"\"" },
		{ "CSV line feed", "a\nb", IRM_CSV, "\"a\nb\"" },
		{ "CSV carriage return", "a\rb", IRM_CSV, "\"a\rb\"" },
		{ "CSV spaces", " a ", IRM_CSV, " a " },
		{ "CSV other scripts", "\xe8\x85\x90", IRM_CSV, "\xe8\x85\x90" },
		{ "TSV tab", "a\tb", IRM_TSV, "a\\tb" },
		{ "TSV line ends", "a\r\nb", IRM_TSV, "a\\r\\nb" },
		{ "TSV backslash", "a\\nb", IRM_TSV, "a\\\\nb" },
		{ "TSV quote and comma", "\"a\",b", IRM_TSV, "\"a\",b" },
		{ "JSON quote, backslash", "\"a\\", IRM_JSONL, "{\"c\":\"\\\"a\\\\\"}" },
		{ "JSON control characters", "\x01\t\n\x1f\x7f", IRM_JSONL,
		  "{\"c\":\"\\u0001\\u0009\\u000a\\u001f\x7f\"}" },
		{ "JSON a number as text", "12", IRM_JSONL, "{\"c\":\"12\"}" },
		{ "JSON slash and other scripts", "</\xc3\xa9", IRM_JSONL,
		  "{\"c\":\"</\xc3\xa9\"}" },
		{ "MD bar", "a|b", IRM_MD, "| a\\|b |" },
		{ "MD marks", "_a_ *b* `c` [d] \\", IRM_MD,
		  "| \\_a\\_ \\*b\\* \\`c\\` \\[d\\] \\\\ |" },
		{ "MD line feed", "a\nb", IRM_MD, "| a b |" },
		{ "MD HTML", "<b>&amp;", IRM_MD, "| &lt;b>&amp;amp; |" },
		{ "a terminal's escapes", "\x1b[1m\n", IRM_ALIGNED, "\\x1B[1m\\x0A" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page page;
		char expected[200];
		const char *header = cases[i].format == IRM_MD      ? "| c |\n| --- |\n"
		                     : cases[i].format == IRM_JSONL ? ""
		                                                    : "c\n";
		snprintf(expected, sizeof expected, "%s%s\n", header, cases[i].expected);
		begin(&page, cases[i].format, 0, "c");
		irm_writer_text(page.writer, cases[i].text);
		irm_writer_row(page.writer);
		end(&page, cases[i].name, expected);
	}
}

static void test_names_of_columns_are_escaped_too(void **state)
{
	(void)state;
	static const char *const expected[] = {
		"\"a,\"\"\",\"b\n\"\n1,2\n",
		"a,\"\tb\\n\n1\t2\n",
		"[\n {\"a,\\\"\":1,\"b\\u000a\":2}\n]\n",
		"{\"a,\\\"\":1,\"b\\u000a\":2}\n",
		"| a,\" | b  |\n| --- | --- |\n| 1 | 2 |\n",
		"a,\"  b\\x0A\n  1      2\n",
	};
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct page page;
		begin(&page, formats[i], 0, "");
		irm_writer_column(page.writer, "a,\"");
		irm_writer_column(page.writer, "b\n");
		irm_writer_count(page.writer, 1);
		irm_writer_count(page.writer, 2);
		irm_writer_row(page.writer);
		end(&page, "names", expected[i]);
	}
}

static void put_numbers(struct irm_writer *w)
{
	static const double numbers[] = { 1.0 / 3, -0.0, 1e300, 12345678901.0, 2.5 };
	for (size_t i = 0; i < COUNT(numbers); i++)
		irm_writer_number(w, numbers[i]);
	irm_writer_number(w, (double)NAN);
	irm_writer_number(w, (double)INFINITY);
	irm_writer_number(w, -(double)INFINITY);
	irm_writer_count(w, INT64_MIN);
	irm_writer_row(w);
}

static void test_numbers(void **state)
{
	(void)state;
	struct page page;
	begin(&page, IRM_CSV, 0, "a,b,c,d,e,f,g,h,i");
	put_numbers(page.writer);
	end(&page, "CSV",
	    "a,b,c,d,e,f,g,h,i\n0.3333333333,0,1e+300,1.23456789e+10,2.5,,inf,-inf,"
	    "-9223372036854775808\n");
	begin(&page, IRM_JSONL, 0, "a,b,c,d,e,f,g,h,i");
	put_numbers(page.writer);
	end(&page, "JSON",
	    "{\"a\":0.3333333333,\"b\":0,\"c\":1e+300,\"d\":1.23456789e+10,\"e\":2.5,\"f\":null,"
	    "\"g\":\"inf\",\"h\":\"-inf\",\"i\":-9223372036854775808}\n");
}

static void test_a_decimal_comma_changes_nothing(void **state)
{
	static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "fr_FR" };
	const char *set = NULL;
	for (size_t i = 0; i < COUNT(names) && !set; i++)
		set = setlocale(LC_ALL, names[i]);
	if (!set)
		skip();
	test_each_format(state);
	test_numbers(state);
	setlocale(LC_ALL, "C");
}

static void test_alignment(void **state)
{
	(void)state;
	struct page page;
	begin(&page, IRM_ALIGNED, 0, "name,n,mixed,\xe8\x85\x90");
	irm_writer_text(page.writer, "\xe8\x85\x90\xe8\xb4\xa5");
	irm_writer_count(page.writer, 7);
	irm_writer_count(page.writer, 1);
	irm_writer_text(page.writer, "x");
	irm_writer_row(page.writer);
	irm_writer_text(page.writer, "e\xcc\x81");
	irm_writer_count(page.writer, 12345);
	irm_writer_text(page.writer, "inf");
	irm_writer_text(page.writer, "y");
	irm_writer_row(page.writer);
	irm_writer_text(page.writer, "a\nb");
	irm_writer_empty(page.writer);
	irm_writer_text(page.writer, "-");
	irm_writer_text(page.writer, "z");
	irm_writer_row(page.writer);
	end(&page, "aligned",
	    "name        n  mixed  \xe8\x85\x90\n"
	    "\xe8\x85\x90\xe8\xb4\xa5        7  1      x\n"
	    "e\xcc\x81       12345  inf    y\n"
	    "a\\x0Ab         -      z\n");
}

static void test_a_narrow_terminal_gets_a_block_a_row(void **state)
{
	(void)state;
	static const char wide[] = "as_of       state    n  rate\n2020-01-01  XAA    -12  0.25\n\n";
	static const char blocks[] = "as_of  2020-01-01\nstate  XAA\nn      -12\nrate   0.25\n\n";
	static const struct {
		const char *name;
		size_t width;
		const char *expected;
	} cases[] = {
		{ "no limit", 0, wide },
		{ "just wide enough", 28, wide },
		{ "one too narrow", 27, blocks },
		{ "very narrow", 1, blocks },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page page;
		begin(&page, IRM_ALIGNED, cases[i].width, "as_of,state,n,rate");
		put_sample(page.writer);
		end(&page, cases[i].name, cases[i].expected);
	}
}

static void test_many_rows(void **state)
{
	(void)state;
	for (size_t f = 0; f < COUNT(formats); f++) {
		struct page page;
		struct irm_err err = { .code = IRM_OK };
		char text[64];
		begin(&page, formats[f], 0, "n,text");
		for (int i = 0; i < 20000; i++) {
			snprintf(text, sizeof text, "text of row %d", i);
			irm_writer_count(page.writer, i);
			irm_writer_text(page.writer, text);
			irm_writer_row(page.writer);
		}
		assert_int_equal(irm_writer_finish(page.writer, &err), IRM_OK);
		irm_writer_free(page.writer);
		fclose(page.stream);
		assert_non_null(strstr(page.text, "text of row 0"));
		assert_non_null(strstr(page.text, "text of row 19999"));
		free(page.text);
	}
}

static void test_a_row_of_another_length_is_an_error_that_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct page page;
		struct irm_err err = { .code = IRM_OK };
		begin(&page, formats[i], 0, "a,b");
		irm_writer_text(page.writer, "x");
		irm_writer_row(page.writer);
		irm_writer_text(page.writer, "x");
		irm_writer_text(page.writer, "y");
		irm_writer_row(page.writer);
		assert_int_equal(irm_writer_finish(page.writer, &err), IRM_SYSTEM);
		same_error("first error", &err, "a row of 1 cells under 2 columns");
		irm_writer_free(page.writer);
		fclose(page.stream);
		free(page.text);
	}
	irm_writer_free(NULL);
}

static void test_names_of_formats(void **state)
{
	(void)state;
	static const char *const names[] = { "csv", "tsv", "json", "jsonl", "md", "table" };
	enum irm_format format = IRM_CSV;
	struct irm_err err;
	for (size_t i = 0; i < COUNT(formats); i++) {
		same_number(names[i], irm_format_parse(&format, names[i], &err), IRM_OK);
		same_number(names[i], format, formats[i]);
	}
	assert_int_equal(irm_format_parse(&format, "jsn", &err), IRM_USAGE);
	same_error("near", &err, "there is no format 'jsn' (did you mean 'json'?)");
	assert_int_equal(irm_format_parse(&format, "CSV", &err), IRM_USAGE);
	same_error("case", &err, "there is no format 'CSV' (did you mean 'csv'?)");
	assert_int_equal(irm_format_parse(&format, "word", &err), IRM_USAGE);
	same_error("far", &err,
	           "there is no format 'word' (one of: csv, tsv, json, jsonl, md, table)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_format),
		cmocka_unit_test(test_a_table_without_rows_has_its_header),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_names_of_columns_are_escaped_too),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_a_decimal_comma_changes_nothing),
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_a_narrow_terminal_gets_a_block_a_row),
		cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_a_row_of_another_length_is_an_error_that_stays),
		cmocka_unit_test(test_names_of_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
