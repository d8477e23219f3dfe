#include "base/date.h"

#include <stdio.h>
#include <string.h>

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

/* Eras of 400 years have 146097 days; years begin in March, so that a leap day ends one. */
int32_t irm_day_from_civil(int year, int month, int day)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > month_length(year, month))
		return IRM_DAY_NONE;
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400, of_era = y - era * 400;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
	return era * 146097 + day_of_era - 719468;
}

void irm_day_to_civil(int32_t day, int *year, int *month, int *mday)
{
	int32_t z = day + 719468;
	int era = z / 146097, of_era = z - era * 146097;
	int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * y + y / 4 - y / 100);
	int m = (5 * of_year + 2) / 153;
	*mday = of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = y + era * 400 + (*month <= 2 ? 1 : 0);
}

static int32_t add_months(int32_t day, int32_t count)
{
	int year, month, mday;
	irm_day_to_civil(day, &year, &month, &mday);
	int64_t months = (int64_t)year * 12 + month - 1 + count;
	if (months < 12 || months >= (int64_t)10000 * 12)
		return IRM_DAY_NONE;
	year = (int)(months / 12);
	month = (int)(months % 12) + 1;
	int length = month_length(year, month);
	return irm_day_from_civil(year, month, mday > length ? length : mday);
}

int32_t irm_day_add(int32_t day, struct irm_span span)
{
	if (day < IRM_DAY_FIRST || day > IRM_DAY_LAST)
		return IRM_DAY_NONE;
	if (span.unit == IRM_UNIT_MONTH)
		return add_months(day, span.count);
	int64_t sum = day + (int64_t)span.count * (span.unit == IRM_UNIT_WEEK ? 7 : 1);
	return sum < IRM_DAY_FIRST || sum > IRM_DAY_LAST ? IRM_DAY_NONE : (int32_t)sum;
}

int32_t irm_date_middle(struct irm_date date)
{
	if (irm_date_is_none(date) || date.first == IRM_DAY_PAST || date.last == IRM_DAY_FUTURE)
		return IRM_DAY_NONE;
	return date.first + (date.last - date.first) / 2;
}

/* Reads `n` digits; -1 where there are none. */
static int digits(const char *text, int n)
{
	int value = 0;
	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* Reads YYYY, YYYY-MM or YYYY-MM-DD of `length` bytes into its first and last day. */
static bool parse_simple(struct irm_date *out, const char *text, size_t length)
{
	int year = length >= 4 ? digits(text, 4) : -1;
	int month = 0, day = 0;
	if (year < 1)
		return false;
	if (length >= 7)
		month = text[4] == '-' ? digits(text + 5, 2) : -1;
	if (length == 10)
		day = text[7] == '-' ? digits(text + 8, 2) : -1;
	if (month < 0 || month > 12 || day < 0)
		return false;
	if (length == 4)
		*out = (struct irm_date){ irm_day_from_civil(year, 1, 1),
			                  irm_day_from_civil(year, 12, 31) };
	else if (length == 7 && month >= 1)
		*out = (struct irm_date){ irm_day_from_civil(year, month, 1),
			                  irm_day_from_civil(year, month,
			                                     month_length(year, month)) };
	else if (length == 10)
		*out = irm_date_of_day(irm_day_from_civil(year, month, day));
	else
		return false;
	return out->first != IRM_DAY_NONE;
}

/* Reads [a..b], [..b] or [a..]. */
static bool parse_interval(struct irm_date *out, const char *text, size_t length)
{
	const char *dots = length >= 2 && text[length - 1] == ']' ? strstr(text, "..") : NULL;
	if (!dots)
		return false;
	const char *from = text + 1, *to = dots + 2, *end = text + length - 1;
	if (to > end || (dots == from && to == end))
		return false;
	struct irm_date low = { IRM_DAY_PAST, IRM_DAY_PAST };
	struct irm_date high = { IRM_DAY_FUTURE, IRM_DAY_FUTURE };
	if (dots > from && !parse_simple(&low, from, (size_t)(dots - from)))
		return false;
	if (to < end && !parse_simple(&high, to, (size_t)(end - to)))
		return false;
	*out = (struct irm_date){ low.first, high.last };
	return true;
}

/* What a spreadsheet, or a habit, makes of a date. */
static void hint_date(struct irm_err *err, const char *text)
{
	size_t length = strlen(text);
	char iso[IRM_DAY_SIZE];
	int number = length == 5 ? digits(text, 5) : -1;
	if (number > 0) {
		/* Spreadsheets count from 1899-12-30. */
		irm_day_format(iso, irm_day_from_civil(1899, 12, 30) + number);
		irm_err_hint(err, "a spreadsheet's day number? as a day it is %s", iso);
	} else if (length >= 6 && length <= 10 && digits(text, 1) >= 0 &&
	           (strchr(text, '/') || strchr(text, '.'))) {
		irm_err_hint(err, "write the year first: YYYY-MM-DD");
	} else if (length == 10 && text[4] == '-' && text[7] == '-' && digits(text, 4) > 0 &&
	           digits(text + 5, 2) > 0 && digits(text + 8, 2) > 0) {
		irm_err_hint(err, "the calendar has no such day");
	}
}

enum irm_code irm_day_parse(int32_t *out, const char *text, struct irm_err *err)
{
	struct irm_date date;
	if (strlen(text) == 10 && parse_simple(&date, text, 10)) {
		*out = date.first;
		return IRM_OK;
	}
	irm_err_set(err, IRM_INPUT, "expected a day such as 2019-10-30, found '%.60s'", text);
	if (irm_date_parse(&date, text, &(struct irm_err){ 0 }) == IRM_OK)
		irm_err_hint(err, "a vague date cannot stand here");
	else
		hint_date(err, text);
	return err->code;
}

enum irm_code irm_date_parse(struct irm_date *out, const char *text, struct irm_err *err)
{
	struct irm_date date;
	size_t length = strlen(text);
	bool is_interval = text[0] == '[';
	bool read = is_interval ? parse_interval(&date, text, length)
	                        : parse_simple(&date, text, length);
	if (!read) {
		irm_err_set(err, IRM_INPUT,
		            "expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], "
		            "found '%.60s'",
		            text);
		hint_date(err, text);
		return err->code;
	}
	if (date.first > date.last)
		return irm_err_set(
		        err, IRM_INPUT,
		        "expected an interval whose first day comes first, found '%.60s'", text);
	*out = date;
	return IRM_OK;
}

void irm_day_format(char out[IRM_DAY_SIZE], int32_t day)
{
	out[0] = '\0';
	if (day < IRM_DAY_FIRST || day > IRM_DAY_LAST)
		return;
	int year, month, mday;
	irm_day_to_civil(day, &year, &month, &mday);
	char text[40];
	snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, mday);
	memcpy(out, text, IRM_DAY_SIZE - 1);
	out[IRM_DAY_SIZE - 1] = '\0';
}

/* The year or the month that the date is exactly, as its length in "YYYY-MM-DD"; 0: neither. */
static size_t short_form(struct irm_date date)
{
	if (date.first < IRM_DAY_FIRST || date.last > IRM_DAY_LAST)
		return 0;
	int y1, m1, d1, y2, m2, d2;
	irm_day_to_civil(date.first, &y1, &m1, &d1);
	irm_day_to_civil(date.last, &y2, &m2, &d2);
	if (y1 != y2 || d1 != 1 || d2 != month_length(y2, m2))
		return 0;
	if (m1 == 1 && m2 == 12)
		return 4;
	return m1 == m2 ? 7 : 0;
}

void irm_date_format(char out[IRM_DATE_SIZE], struct irm_date date)
{
	char first[IRM_DAY_SIZE], last[IRM_DAY_SIZE];
	irm_day_format(first, date.first);
	irm_day_format(last, date.last);
	size_t length = short_form(date);
	if (irm_date_is_none(date) || irm_date_is_day(date))
		snprintf(out, IRM_DATE_SIZE, "%s", first);
	else if (length)
		snprintf(out, IRM_DATE_SIZE, "%.*s", (int)length, first);
	else
		snprintf(out, IRM_DATE_SIZE, "[%s..%s]", first, last);
}

enum irm_code irm_span_parse(struct irm_span *out, const char *text, struct irm_err *err)
{
	static const char letters[] = "dwmy";
	size_t length = strspn(text, "0123456789");
	const char *letter = text[length] ? strchr(letters, text[length]) : NULL;
	int count = length <= 4 ? digits(text, (int)length) : 0;
	if (!letter || count == 0 || text[length + 1])
		return irm_err_set(err, IRM_INPUT,
		                   "expected a length of time such as 30d, 3w, 6m or 2y, found "
		                   "'%.60s'",
		                   text);
	bool years = *letter == 'y';
	*out = (struct irm_span){ years ? 12 * count : count,
		                  years ? IRM_UNIT_MONTH : (enum irm_unit)(letter - letters) };
	return IRM_OK;
}

void irm_span_format(char out[16], struct irm_span span)
{
	static const char letter[] = { 'D', 'W', 'M' };
	if (span.count > 0)
		snprintf(out, 16, "P%d%c", span.count, letter[span.unit]);
	else
		out[0] = '\0';
}
