/* UTF-8 from outside: what is well formed, how wide it is, how a terminal is kept from it. */
#include "unit.h"

#include "base/text.h"

static void test_valid_up_to(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text;
		size_t length, expected;
	} cases[] = {
		{ "nothing", "", 0, 0 },
		{ "ASCII", "abc", 3, 3 },
		{ "two bytes", "a\xc3\xa9", 3, 3 },
		{ "three bytes", "\xe2\x82\xac", 3, 3 },
		{ "four bytes", "\xf0\x9f\x98\x80", 4, 4 },
		{ "U+0080", "\xc2\x80", 2, 2 },
		{ "U+07FF", "\xdf\xbf", 2, 2 },
		{ "U+0800", "\xe0\xa0\x80", 3, 3 },
		{ "U+D7FF", "\xed\x9f\xbf", 3, 3 },
		{ "U+E000", "\xee\x80\x80", 3, 3 },
		{ "U+FFFF", "\xef\xbf\xbf", 3, 3 },
		{ "U+10000", "\xf0\x90\x80\x80", 4, 4 },
		{ "U+10FFFF", "\xf4\x8f\xbf\xbf", 4, 4 },
		{ "U+110000", "\xf4\x90\x80\x80", 4, 0 },
		{ "surrogate U+D800", "\xed\xa0\x80", 3, 0 },
		{ "surrogate U+DFFF", "\xed\xbf\xbf", 3, 0 },
		{ "overlong slash in 2", "\xc0\xaf", 2, 0 },
		{ "overlong in 2, highest", "\xc1\xbf", 2, 0 },
		{ "overlong in 3", "\xe0\x9f\xbf", 3, 0 },
		{ "overlong in 4", "\xf0\x8f\xbf\xbf", 4, 0 },
		{ "five bytes", "\xf8\x88\x80\x80\x80", 5, 0 },
		{ "lone continuation", "ab\x80", 3, 2 },
		{ "cut in 2", "ab\xc3", 3, 2 },
		{ "cut in 3", "ab\xe2\x82", 4, 2 },
		{ "cut in 4", "ab\xf0\x9f\x98", 5, 2 },
		{ "Latin-1", "caf\xe9 x", 6, 3 },
		{ "continuation replaced", "\xe2\x28\xac", 3, 0 },
		{ "byte FF", "a\xff", 2, 1 },
		{ "NUL", "a\0b", 3, 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		same_number(cases[i].name,
		            (long long)irm_utf8_valid(cases[i].text, cases[i].length),
		            (long long)cases[i].expected);
}

static void test_every_character_is_valid_and_one_step(void **state)
{
	(void)state;
	for (uint32_t c = 1; c <= 0x110000; c++) {
		bool valid = c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF);
		size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		char text[4];
		static const unsigned lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
		text[0] = (char)(n == 1 ? c : lead[n] | (c >> (6 * (n - 1))));
		for (size_t i = 1; i < n; i++)
			text[i] = (char)(0x80 | ((c >> (6 * (n - 1 - i))) & 0x3F));
		if (irm_utf8_valid(text, n) != (valid ? n : 0) ||
		    irm_utf8_step(text, n) != (valid ? n : 1))
			fail_msg("U+%04X", (unsigned)c);
	}
}

static void test_width(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text;
		size_t expected;
	} cases[] = {
		{ "nothing", "", 0 },
		{ "ASCII", "abc", 3 },
		{ "Latin", "\xc3\xa9t\xc3\xa9", 3 },
		{ "combining acute", "e\xcc\x81", 1 },
		{ "Arabic with a vowel mark", "\xd9\x83\xd9\x8e", 1 },
		{ "Chinese", "\xe8\x85\x90\xe8\xb4\xa5", 4 },
		{ "Hangul", "\xed\x95\x9c", 2 },
		{ "full width", "\xef\xbc\xa1", 2 },
		{ "emoji", "\xf0\x9f\x98\x80", 2 },
		{ "zero-width space",
		  "a\xe2\x80\x8b"
		  "b",
		  2 },
		{ "as shown: a line feed", "a\nb", 6 },
		{ "as shown: a malformed byte", "a\xe9", 5 },
		{ "as shown: an override", "\xe2\x80\xae", 8 },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		same_number(cases[i].name, (long long)irm_text_width(cases[i].text),
		            (long long)cases[i].expected);
}

static void test_show(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *expected;
	} cases[] = {
		{ "plain", "caf\xc3\xa9 \xe8\x85\x90", "caf\xc3\xa9 \xe8\x85\x90" },
		{ "escape sequence", "\x1b[31mred", "\\x1B[31mred" },
		{ "line feed, tab, CR", "a\n\t\rb", "a\\x0A\\x09\\x0Db" },
		{ "DEL", "\x7f", "\\x7F" },
		{ "C1 control",
		  "\xc2\x9b"
		  "31m",
		  "\\u{009B}31m" },
		{ "right-to-left override",
		  "a\xe2\x80\xae"
		  "b",
		  "a\\u{202E}b" },
		{ "isolate", "\xe2\x81\xa6", "\\u{2066}" },
		{ "Latin-1", "caf\xe9", "caf\\xE9" },
		{ "cut character", "a\xe2\x82", "a\\xE2\\x82" },
		{ "lone continuation", "\x80", "\\x80" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *found = NULL;
		size_t length = 0;
		FILE *stream = open_memstream(&found, &length);
		assert_non_null(stream);
		irm_text_show(stream, cases[i].text);
		fclose(stream);
		same_text(cases[i].name, found, cases[i].expected);
		free(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid_up_to),
		cmocka_unit_test(test_every_character_is_valid_and_one_step),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_show),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
