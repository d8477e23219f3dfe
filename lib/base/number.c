#include "base/number.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *s)
{
	while (*s >= '0' && *s <= '9')
		s++;
	return s;
}

/* Whether text is a decimal number to its end: strtod() alone would take "inf", "0x1" and " 1". */
static bool is_decimal(const char *text)
{
	const char *s = text + (*text == '-' || *text == '+');
	const char *whole = skip_digits(s);
	const char *end = *whole == '.' ? skip_digits(whole + 1) : whole;
	if (end - s - (*whole == '.') < 1)
		return false;
	if (*end == 'e' || *end == 'E') {
		const char *exponent = end + 1 + (end[1] == '-' || end[1] == '+');
		end = skip_digits(exponent);
		if (end == exponent)
			return false;
	}
	return *end == '\0';
}

static void hint_number(struct irm_err *err, const char *text)
{
	const char *s = text + (*text == '-' || *text == '+');
	const char *end = skip_digits(s);
	if (end > s && *end == ',')
		irm_err_hint(err,
		             "write the decimal sign as a point, and no separators: 1.5, 1000");
	else if (end > s && *end == ' ')
		irm_err_hint(err, "write no spaces in a number");
}

enum irm_code irm_number_parse(double *out, const char *text, struct irm_err *err)
{
	/* In a locale with a decimal comma strtod() wants one; the libraries leave the locale
	 * alone, but a program that uses them may not. */
	double value = (double)NAN;
	if (is_decimal(text)) {
		char *end;
		value = strtod(text, &end);
		if (*end == '.' && strlen(text) < 64) {
			char copy[64];
			memcpy(copy, text, strlen(text) + 1);
			copy[end - text] = ',';
			value = strtod(copy, &end);
		}
	}
	if (isfinite(value)) {
		*out = value;
		return IRM_OK;
	}
	irm_err_set(err, IRM_INPUT, "expected a number such as 0.25, found '%.60s'", text);
	hint_number(err, text);
	return err->code;
}

enum irm_code irm_integer_parse(int64_t *out, const char *text, struct irm_err *err)
{
	const char *s = text + (*text == '-');
	if (*s && !*skip_digits(s)) {
		errno = 0;
		long long value = strtoll(text, NULL, 10);
		if (!errno) {
			*out = value;
			return IRM_OK;
		}
	}
	irm_err_set(err, IRM_INPUT, "expected a whole number, found '%.60s'", text);
	hint_number(err, text);
	return err->code;
}

void irm_number_format(char out[IRM_NUMBER_SIZE], double number)
{
	out[0] = '\0';
	if (isnan(number))
		return;
	/* Adding zero turns -0 into 0. */
	snprintf(out, IRM_NUMBER_SIZE, "%.10g", number + 0.0);
	char *comma = strchr(out, ',');
	if (comma)
		*comma = '.';
}
