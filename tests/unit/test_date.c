/* Days and dates: the calendar of years 1 to 9999, EDTF forms, months that clamp, hints. */
#include "unit.h"

#include "base/date.h"

/* Counted out month by month, without the library's arithmetic. */
static int length_of_month(int year, int month)
{
	if (month == 2)
		return 28 + ((year % 4 == 0) - (year % 100 == 0) + (year % 400 == 0));
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void test_every_day_of_the_calendar(void **state)
{
	(void)state;
	int32_t day = IRM_DAY_FIRST;
	const int last = rounds(9990) + 9;
	for (int year = 1; year <= last; year++)
		for (int month = 1; month <= 12; month++)
			for (int mday = 1; mday <= length_of_month(year, month); mday++, day++) {
				char text[64], found[IRM_DAY_SIZE];
				int y, m, d;
				int32_t parsed = IRM_DAY_NONE;
				struct irm_err err;
				snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, mday);
				same_number(text, irm_day_from_civil(year, month, mday), day);
				irm_day_to_civil(day, &y, &m, &d);
				if (y != year || m != month || d != mday)
					fail_msg("%s: found %d-%d-%d", text, y, m, d);
				irm_day_format(found, day);
				same_text("formatted", found, text);
				same_number(text, irm_day_parse(&parsed, text, &err), IRM_OK);
				same_number(text, parsed, day);
			}
	assert_int_equal(day, irm_day_from_civil(last, 12, 31) + 1);
	assert_int_equal(irm_day_from_civil(9999, 12, 31), IRM_DAY_LAST);
}

static void test_known_days(void **state)
{
	(void)state;
	/* From tables of Julian day numbers: 1970-01-01 is JD 2440587.5. */
	static const struct {
		const char *name;
		int year, month, day;
		int32_t expected;
	} cases[] = {
		{ "epoch", 1970, 1, 1, 0 },
		{ "day before", 1969, 12, 31, -1 },
		{ "J2000, JD 2451544.5", 2000, 1, 1, 10957 },
		{ "a spreadsheet's zero", 1899, 12, 30, -25569 },
		{ "Gregorian reform, JD 2299160.5", 1582, 10, 15, -141427 },
		{ "first", 1, 1, 1, -719162 },
		{ "last", 9999, 12, 31, 2932896 },
		{ "leap day of 2000", 2000, 2, 29, 11016 },
		{ "leap day of 2020", 2020, 2, 29, 18321 },
		{ "no leap day in 1900", 1900, 2, 29, IRM_DAY_NONE },
		{ "no leap day in 2100", 2100, 2, 29, IRM_DAY_NONE },
		{ "no leap day in 2019", 2019, 2, 29, IRM_DAY_NONE },
		{ "leap day of year 4", 4, 2, 29, -718008 },
		{ "year 0", 0, 1, 1, IRM_DAY_NONE },
		{ "year 10000", 10000, 1, 1, IRM_DAY_NONE },
		{ "negative year", -1, 1, 1, IRM_DAY_NONE },
		{ "month 0", 2020, 0, 1, IRM_DAY_NONE },
		{ "month 13", 2020, 13, 1, IRM_DAY_NONE },
		{ "day 0", 2020, 1, 0, IRM_DAY_NONE },
		{ "31 April", 2020, 4, 31, IRM_DAY_NONE },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		same_number(cases[i].name,
		            irm_day_from_civil(cases[i].year, cases[i].month, cases[i].day),
		            cases[i].expected);
}

static int32_t day_of(const char *text)
{
	int year, month, day;
	if (sscanf(text, "%d-%d-%d", &year, &month, &day) != 3)
		return IRM_DAY_NONE;
	return irm_day_from_civil(year, month, day);
}

static void test_adding(void **state)
{
	(void)state;
	static const struct {
		const char *name, *day;
		int32_t count;
		enum irm_unit unit;
		const char *expected;
	} cases[] = {
		{ "day", "2019-12-31", 1, IRM_UNIT_DAY, "2020-01-01" },
		{ "day back", "2020-01-01", -1, IRM_UNIT_DAY, "2019-12-31" },
		{ "three weeks", "2020-02-20", 3, IRM_UNIT_WEEK, "2020-03-12" },
		{ "a week back", "2020-03-01", -1, IRM_UNIT_WEEK, "2020-02-23" },
		{ "month keeps the day", "2020-01-15", 1, IRM_UNIT_MONTH, "2020-02-15" },
		{ "31 January + 1 month", "2019-01-31", 1, IRM_UNIT_MONTH, "2019-02-28" },
		{ "the same in a leap year", "2020-01-31", 1, IRM_UNIT_MONTH, "2020-02-29" },
		{ "30 January + 1 month", "2019-01-30", 1, IRM_UNIT_MONTH, "2019-02-28" },
		{ "31 March - 1 month", "2019-03-31", -1, IRM_UNIT_MONTH, "2019-02-28" },
		{ "31 May - 1 month", "2019-05-31", -1, IRM_UNIT_MONTH, "2019-04-30" },
		{ "31 August + 6 months", "2018-08-31", 6, IRM_UNIT_MONTH, "2019-02-28" },
		{ "over the year's end", "2019-11-30", 3, IRM_UNIT_MONTH, "2020-02-29" },
		{ "back over the year's end", "2020-01-31", -2, IRM_UNIT_MONTH, "2019-11-30" },
		{ "leap day + 12 months", "2020-02-29", 12, IRM_UNIT_MONTH, "2021-02-28" },
		{ "leap day + 48 months", "2020-02-29", 48, IRM_UNIT_MONTH, "2024-02-29" },
		{ "28 February does not become the last", "2019-02-28", 1, IRM_UNIT_MONTH,
		  "2019-03-28" },
		{ "nothing", "2020-02-29", 0, IRM_UNIT_MONTH, "2020-02-29" },
		{ "last day", "9999-12-30", 1, IRM_UNIT_DAY, "9999-12-31" },
		{ "past the last day", "9999-12-31", 1, IRM_UNIT_DAY, "" },
		{ "past the last month", "9999-12-01", 1, IRM_UNIT_MONTH, "" },
		{ "to the last month", "9999-11-30", 1, IRM_UNIT_MONTH, "9999-12-30" },
		{ "before the first day", "0001-01-01", -1, IRM_UNIT_DAY, "" },
		{ "before the first week", "0001-01-07", -1, IRM_UNIT_WEEK, "" },
		{ "before the first month", "0001-01-31", -1, IRM_UNIT_MONTH, "" },
		{ "to the first month", "0001-02-28", -1, IRM_UNIT_MONTH, "0001-01-28" },
		{ "more days than there are", "2020-01-01", INT32_MAX, IRM_UNIT_DAY, "" },
		{ "more weeks than there are", "2020-01-01", INT32_MAX, IRM_UNIT_WEEK, "" },
		{ "more months than there are", "2020-01-01", INT32_MAX, IRM_UNIT_MONTH, "" },
		{ "fewer months than there are", "2020-01-01", INT32_MIN, IRM_UNIT_MONTH, "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char found[IRM_DAY_SIZE];
		struct irm_span span = { cases[i].count, cases[i].unit };
		irm_day_format(found, irm_day_add(day_of(cases[i].day), span));
		same_text(cases[i].name, found, cases[i].expected);
	}
}

static void test_adding_to_no_day_gives_none(void **state)
{
	(void)state;
	static const int32_t none[] = { IRM_DAY_NONE, IRM_DAY_PAST, IRM_DAY_FUTURE };
	for (size_t i = 0; i < COUNT(none); i++)
		for (int unit = IRM_UNIT_DAY; unit <= IRM_UNIT_MONTH; unit++)
			assert_int_equal(
			        irm_day_add(none[i], (struct irm_span){ 1, (enum irm_unit)unit }),
			        IRM_DAY_NONE);
}

#define PAST   "past"
#define FUTURE "future"

/* An end as the cases below write it. */
static void show_end(char out[IRM_DAY_SIZE], int32_t day)
{
	if (day == IRM_DAY_PAST || day == IRM_DAY_FUTURE)
		snprintf(out, IRM_DAY_SIZE, "%s", day == IRM_DAY_PAST ? PAST : FUTURE);
	else
		irm_day_format(out, day);
}

static void test_every_form_of_a_date(void **state)
{
	(void)state;
	static const struct {
		const char *text, *first, *last;
		const char *written; /* NULL: as read */
	} cases[] = {
		{ "2019-10-30", "2019-10-30", "2019-10-30", NULL },
		{ "2019-10", "2019-10-01", "2019-10-31", NULL },
		{ "2020-02", "2020-02-01", "2020-02-29", NULL },
		{ "1900-02", "1900-02-01", "1900-02-28", NULL },
		{ "2019-12", "2019-12-01", "2019-12-31", NULL },
		{ "2019", "2019-01-01", "2019-12-31", NULL },
		{ "0001", "0001-01-01", "0001-12-31", NULL },
		{ "9999", "9999-01-01", "9999-12-31", NULL },
		{ "0001-01-01", "0001-01-01", "0001-01-01", NULL },
		{ "9999-12-31", "9999-12-31", "9999-12-31", NULL },
		{ "[..2019-10-30]", PAST, "2019-10-30", NULL },
		{ "[2019-10-30..]", "2019-10-30", FUTURE, NULL },
		{ "[2019-10-01..2019-10-30]", "2019-10-01", "2019-10-30", NULL },
		{ "[2019-10-01..2019-10-31]", "2019-10-01", "2019-10-31", "2019-10" },
		{ "[2019-01-01..2019-12-31]", "2019-01-01", "2019-12-31", "2019" },
		{ "[2019-01-01..2020-12-31]", "2019-01-01", "2020-12-31", NULL },
		{ "[2019-10-30..2019-10-30]", "2019-10-30", "2019-10-30", "2019-10-30" },
		{ "[..2019]", PAST, "2019-12-31", "[..2019-12-31]" },
		{ "[..2019-02]", PAST, "2019-02-28", "[..2019-02-28]" },
		{ "[2019..]", "2019-01-01", FUTURE, "[2019-01-01..]" },
		{ "[2019-02..2020]", "2019-02-01", "2020-12-31", "[2019-02-01..2020-12-31]" },
		{ "[0001-01-01..9999-12-31]", "0001-01-01", "9999-12-31", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_date date, again;
		struct irm_err err;
		char found[IRM_DATE_SIZE], end[IRM_DAY_SIZE];
		const char *text = cases[i].text;
		same_number(text, irm_date_parse(&date, text, &err), IRM_OK);
		show_end(end, date.first);
		same_text(text, end, cases[i].first);
		show_end(end, date.last);
		same_text(text, end, cases[i].last);
		irm_date_format(found, date);
		same_text(text, found, cases[i].written ? cases[i].written : text);
		same_number(text, irm_date_parse(&again, found, &err), IRM_OK);
		same_number(text, again.first, date.first);
		same_number(text, again.last, date.last);
	}
}

#define NO_DATE "expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found "

static void test_what_is_no_date(void **state)
{
	(void)state;
	static const struct {
		const char *text, *error;
	} cases[] = {
		{ "", NO_DATE "''" },
		{ "2020-02-30", NO_DATE "'2020-02-30' (the calendar has no such day)" },
		{ "1900-02-29", NO_DATE "'1900-02-29' (the calendar has no such day)" },
		{ "2020-13-01", NO_DATE "'2020-13-01' (the calendar has no such day)" },
		{ "30/02/2020", NO_DATE "'30/02/2020' (write the year first: YYYY-MM-DD)" },
		{ "1/2/20", NO_DATE "'1/2/20' (write the year first: YYYY-MM-DD)" },
		{ "30.10.2019", NO_DATE "'30.10.2019' (write the year first: YYYY-MM-DD)" },
		{ "43831",
		  NO_DATE "'43831' (a spreadsheet's day number? as a day it is 2020-01-01)" },
		{ "2019-1-1", NO_DATE "'2019-1-1'" },
		{ "2019-00", NO_DATE "'2019-00'" },
		{ "2019-13", NO_DATE "'2019-13'" },
		{ "2019-10-00", NO_DATE "'2019-10-00'" },
		{ "0000", NO_DATE "'0000'" },
		{ "0000-01-01", NO_DATE "'0000-01-01'" },
		{ "10000-01-01", NO_DATE "'10000-01-01'" },
		{ "-2019", NO_DATE "'-2019'" },
		{ "+2019", NO_DATE "'+2019'" },
		{ "201", NO_DATE "'201'" },
		{ "2019-", NO_DATE "'2019-'" },
		{ "2019x10", NO_DATE "'2019x10'" },
		{ "2019-10x30", NO_DATE "'2019-10x30'" },
		{ "2019x02x30", NO_DATE "'2019x02x30'" },
		{ " 2019", NO_DATE "' 2019'" },
		{ "2019 ", NO_DATE "'2019 '" },
		{ "2019-10-30T00:00", NO_DATE "'2019-10-30T00:00'" },
		{ "2019~", NO_DATE "'2019~'" },
		{ "[..]", NO_DATE "'[..]'" },
		{ "[]", NO_DATE "'[]'" },
		{ "[", NO_DATE "'['" },
		{ "[..", NO_DATE "'[..'" },
		{ "[.]", NO_DATE "'[.]'" },
		{ "[2019]", NO_DATE "'[2019]'" },
		{ "[2019..2020", NO_DATE "'[2019..2020'" },
		{ "2019..2020]", NO_DATE "'2019..2020]'" },
		{ "[2019..2020]]", NO_DATE "'[2019..2020]]'" },
		{ "[2019...2020]", NO_DATE "'[2019...2020]'" },
		{ "[2019..2020..2021]", NO_DATE "'[2019..2020..2021]'" },
		{ "[2019-02-30..]", NO_DATE "'[2019-02-30..]'" },
		{ "[..2019-02-30]", NO_DATE "'[..2019-02-30]'" },
		{ "[2019, 2020]", NO_DATE "'[2019, 2020]'" },
		{ "[2020..2019]",
		  "expected an interval whose first day comes first, found '[2020..2019]'" },
		{ "[2019-10-31..2019-10-30]", "expected an interval whose first day comes first, "
		                              "found '[2019-10-31..2019-10-30]'" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_date date = { 1, 2 };
		struct irm_err err;
		same_number(cases[i].text, irm_date_parse(&date, cases[i].text, &err), IRM_INPUT);
		same_error(cases[i].text, &err, cases[i].error);
		same_number("untouched", date.first, 1);
		same_number("untouched", date.last, 2);
	}
}

#define NO_DAY "expected a day such as 2019-10-30, found "

static void test_what_is_no_day(void **state)
{
	(void)state;
	static const struct {
		const char *text, *error;
	} cases[] = {
		{ "2019-10", NO_DAY "'2019-10' (a vague date cannot stand here)" },
		{ "2019", NO_DAY "'2019' (a vague date cannot stand here)" },
		{ "[..2019-10-30]", NO_DAY "'[..2019-10-30]' (a vague date cannot stand here)" },
		{ "2020-02-30", NO_DAY "'2020-02-30' (the calendar has no such day)" },
		{ "30/02/2020", NO_DAY "'30/02/2020' (write the year first: YYYY-MM-DD)" },
		{ "43831",
		  NO_DAY "'43831' (a spreadsheet's day number? as a day it is 2020-01-01)" },
		{ "today", NO_DAY "'today'" },
		{ "", NO_DAY "''" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t day = 7;
		struct irm_err err;
		same_number(cases[i].text, irm_day_parse(&day, cases[i].text, &err), IRM_INPUT);
		same_error(cases[i].text, &err, cases[i].error);
		same_number("untouched", day, 7);
	}
}

static void test_a_long_text_is_shown_cut(void **state)
{
	(void)state;
	char text[3001];
	memset(text, '9', 3000);
	text[3000] = '\0';
	struct irm_date date;
	struct irm_err err;
	assert_int_equal(irm_date_parse(&date, text, &err), IRM_INPUT);
	assert_true(strlen(err.message) < 200);
}

static void test_none_is_written_empty(void **state)
{
	(void)state;
	static const int32_t none[] = { IRM_DAY_NONE,      IRM_DAY_PAST,     IRM_DAY_FUTURE,
		                        IRM_DAY_FIRST - 1, IRM_DAY_LAST + 1, INT32_MAX - 1 };
	char day[IRM_DAY_SIZE], date[IRM_DATE_SIZE];
	for (size_t i = 0; i < COUNT(none); i++) {
		irm_day_format(day, none[i]);
		assert_string_equal(day, "");
	}
	irm_date_format(date, irm_date_none());
	assert_string_equal(date, "");
	assert_true(irm_date_is_none(irm_date_none()));
	assert_false(irm_date_is_day(irm_date_none()));
	assert_true(irm_date_is_day(irm_date_of_day(0)));
}

static void test_middle(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int32_t first, last, expected;
	} cases[] = {
		{ "one day", 5, 5, 5 },
		{ "the earlier of two", 5, 8, 6 },
		{ "an odd number of days", 5, 9, 7 },
		{ "before 1970, the earlier of two", -8, -5, -7 },
		{ "over 1970", -3, 4, 0 },
		{ "the whole calendar", IRM_DAY_FIRST, IRM_DAY_LAST, 1106867 },
		{ "open beginning", IRM_DAY_PAST, 5, IRM_DAY_NONE },
		{ "open end", 5, IRM_DAY_FUTURE, IRM_DAY_NONE },
		{ "none", IRM_DAY_NONE, IRM_DAY_NONE, IRM_DAY_NONE },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		same_number(cases[i].name,
		            irm_date_middle((struct irm_date){ cases[i].first, cases[i].last }),
		            cases[i].expected);
}

static void test_spans(void **state)
{
	(void)state;
	static const struct {
		const char *expected;
		struct irm_span span;
	} cases[] = {
		{ "P10D", { 10, IRM_UNIT_DAY } }, { "P3W", { 3, IRM_UNIT_WEEK } },
		{ "P2M", { 2, IRM_UNIT_MONTH } }, { "P2147483647M", { INT32_MAX, IRM_UNIT_MONTH } },
		{ "", { 0, IRM_UNIT_WEEK } },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char found[16];
		irm_span_format(found, cases[i].span);
		same_text("span", found, cases[i].expected);
	}
}

static void test_spans_read(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected; /* NULL: an error */
	} cases[] = {
		{ "30d", "P30D" },       { "3w", "P3W" },  { "6m", "P6M" },    { "2y", "P24M" },
		{ "9999y", "P119988M" }, { "06m", "P6M" }, { "0m", NULL },     { "m", NULL },
		{ "6", NULL },           { "", NULL },     { "10000d", NULL }, { "-1m", NULL },
		{ "6M", NULL },          { "6mm", NULL },  { "6 m", NULL },    { "P6M", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_span span = { -7, IRM_UNIT_WEEK };
		struct irm_err err = { .code = IRM_OK };
		char found[16] = "none";
		if (irm_span_parse(&span, cases[i].text, &err) == IRM_OK)
			irm_span_format(found, span);
		else
			same_number(cases[i].text, span.count, -7);
		same_text(cases[i].text, found, cases[i].expected ? cases[i].expected : "none");
		same_number(cases[i].text, err.code, cases[i].expected ? IRM_OK : IRM_INPUT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day_of_the_calendar),
		cmocka_unit_test(test_known_days),
		cmocka_unit_test(test_adding),
		cmocka_unit_test(test_adding_to_no_day_gives_none),
		cmocka_unit_test(test_every_form_of_a_date),
		cmocka_unit_test(test_what_is_no_date),
		cmocka_unit_test(test_what_is_no_day),
		cmocka_unit_test(test_a_long_text_is_shown_cut),
		cmocka_unit_test(test_none_is_written_empty),
		cmocka_unit_test(test_middle),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_spans_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
