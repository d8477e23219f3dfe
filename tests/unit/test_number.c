/* Numbers from and to text, the same in every locale. */
#include "unit.h"

#include <locale.h>
#include <math.h>

#include "base/number.h"

static void test_numbers_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double expected;
	} cases[] = {
		{ "0", 0 },           { "1", 1 },
		{ "-1.5", -1.5 },     { "+2", 2 },
		{ "007", 7 },         { ".5", 0.5 },
		{ "5.", 5 },          { "1e3", 1000 },
		{ "1E-3", 0.001 },    { "1.25e+2", 125 },
		{ "1e-400", 0 },      { "0.1", 0.1 },
		{ "1e308", 1e308 },   { "-1.7976931348623157e308", -1.7976931348623157e308 },
		{ "5e-324", 5e-324 }, { "9007199254740993", 9007199254740992.0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		double found = -7;
		struct irm_err err;
		same_number(cases[i].text, irm_number_parse(&found, cases[i].text, &err), IRM_OK);
		if (found < cases[i].expected || found > cases[i].expected)
			fail_msg("%s: found %.17g", cases[i].text, found);
	}
}

#define NO_NUMBER "expected a number such as 0.25, found "

static void test_what_is_no_number(void **state)
{
	(void)state;
	static const struct {
		const char *text, *error;
	} cases[] = {
		{ "", NO_NUMBER "''" },
		{ "-", NO_NUMBER "'-'" },
		{ ".", NO_NUMBER "'.'" },
		{ "-.", NO_NUMBER "'-.'" },
		{ "+-1", NO_NUMBER "'+-1'" },
		{ "1e", NO_NUMBER "'1e'" },
		{ "1e+", NO_NUMBER "'1e+'" },
		{ "e5", NO_NUMBER "'e5'" },
		{ "1.2.3", NO_NUMBER "'1.2.3'" },
		{ "1e2.5", NO_NUMBER "'1e2.5'" },
		{ "0x10", NO_NUMBER "'0x10'" },
		{ "inf", NO_NUMBER "'inf'" },
		{ "nan", NO_NUMBER "'nan'" },
		{ " 1", NO_NUMBER "' 1'" },
		{ "1 ", NO_NUMBER "'1 ' (write no spaces in a number)" },
		{ "1 000", NO_NUMBER "'1 000' (write no spaces in a number)" },
		{ "1,5", NO_NUMBER "'1,5' (write the decimal sign as a point, and no separators: "
		                   "1.5, 1000)" },
		{ "-1,000.5", NO_NUMBER "'-1,000.5' (write the decimal sign as a point, and no "
		                        "separators: 1.5, 1000)" },
		{ "1e400", NO_NUMBER "'1e400'" },
		{ "-1e400", NO_NUMBER "'-1e400'" },
		{ "12%", NO_NUMBER "'12%'" },
		{ "\xd9\xa1", NO_NUMBER "'\xd9\xa1'" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		double found = 7;
		struct irm_err err;
		same_number(cases[i].text, irm_number_parse(&found, cases[i].text, &err),
		            IRM_INPUT);
		same_error(cases[i].text, &err, cases[i].error);
		assert_true(found > 6 && found < 8);
	}
}

static void test_whole_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t expected;
	} cases[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "-12", -12 },
		{ "0012", 12 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775808", INT64_MIN },
	};
	static const char *const none[] = {
		"",  "-",  "+1",  "1.0",  "1e3",
		"x", "1x", " 1",  "1 ",   "9223372036854775808",
		"-", "--", "0x1", "12.0", "-9223372036854775809",
	};
	struct irm_err err;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t found = 7;
		same_number(cases[i].text, irm_integer_parse(&found, cases[i].text, &err), IRM_OK);
		same_number(cases[i].text, found, cases[i].expected);
	}
	for (size_t i = 0; i < COUNT(none); i++) {
		int64_t found = 7;
		same_number(none[i], irm_integer_parse(&found, none[i], &err), IRM_INPUT);
		same_number("untouched", found, 7);
	}
	assert_int_equal(irm_integer_parse(&(int64_t){ 0 }, "1,000", &err), IRM_INPUT);
	same_error("separators", &err,
	           "expected a whole number, found '1,000' (write the decimal sign as a point, and "
	           "no separators: 1.5, 1000)");
}

static void test_numbers_written(void **state)
{
	(void)state;
	static const struct {
		const char *expected;
		double number;
	} cases[] = {
		{ "0", 0 },
		{ "0", -0.0 },
		{ "1", 1 },
		{ "-1.5", -1.5 },
		{ "0.1", 0.1 },
		{ "0.3333333333", 1.0 / 3 },
		{ "0.6666666667", 2.0 / 3 },
		{ "1234567890", 1234567890 },
		{ "1.234567891e+10", 12345678912.0 },
		{ "0.0001", 0.0001 },
		{ "1e-05", 0.00001 },
		{ "123456.789", 123456.789 },
		{ "1e+300", 1e300 },
		{ "-2.225073859e-308", -2.2250738585072014e-308 },
	};
	char found[IRM_NUMBER_SIZE];
	for (size_t i = 0; i < COUNT(cases); i++) {
		irm_number_format(found, cases[i].number);
		same_text(cases[i].expected, found, cases[i].expected);
	}
	irm_number_format(found, (double)NAN);
	same_text("unknown", found, "");
	irm_number_format(found, (double)INFINITY);
	same_text("infinity", found, "inf");
}

/* What is written is read as the same ten digits. */
static void test_round_trip(void **state)
{
	(void)state;
	double number = 1.0 / 7;
	for (int i = 0; i < 1000; i++, number *= i % 2 ? -1.37 : 0.731) {
		char text[IRM_NUMBER_SIZE];
		double again = 0;
		struct irm_err err;
		irm_number_format(text, number);
		same_number(text, irm_number_parse(&again, text, &err), IRM_OK);
		if (fabs(again - number) > fabs(number) * 5e-10)
			fail_msg("%s: read %.17g, written from %.17g", text, again, number);
	}
}

static void test_a_decimal_comma_changes_nothing(void **state)
{
	static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "fr_FR" };
	const char *set = NULL;
	for (size_t i = 0; i < COUNT(names) && !set; i++)
		set = setlocale(LC_ALL, names[i]);
	if (!set)
		skip();
	test_numbers_read(state);
	test_what_is_no_number(state);
	test_numbers_written(state);
	test_round_trip(state);
	setlocale(LC_ALL, "C");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_read),
		cmocka_unit_test(test_what_is_no_number),
		cmocka_unit_test(test_whole_numbers),
		cmocka_unit_test(test_numbers_written),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_a_decimal_comma_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
