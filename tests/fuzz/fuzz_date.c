/* Dates, days and lengths of time from any text; what is read is written, and read again the same.
 */
#include <string.h>

#include "base/date.h"
#include "scratch.h"

static void check_date(const char *text)
{
	struct irm_date date, again;
	struct irm_err err;
	char written[IRM_DATE_SIZE];
	if (irm_date_parse(&date, text, &err))
		return;
	irm_date_format(written, date);
	if (irm_date_parse(&again, written, &err) || again.first != date.first ||
	    again.last != date.last || date.first > date.last)
		abort();
}

static void check_day(const char *text)
{
	int32_t day, again;
	struct irm_err err;
	char written[IRM_DAY_SIZE];
	if (irm_day_parse(&day, text, &err))
		return;
	irm_day_format(written, day);
	if (irm_day_parse(&again, written, &err) || again != day)
		abort();
}

static void check_span(const char *text)
{
	struct irm_span span;
	struct irm_err err;
	char written[16];
	if (irm_span_parse(&span, text, &err))
		return;
	irm_span_format(written, span);
	if (written[0] != 'P' || span.count < 1)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[256];
	size_t n = size < sizeof text - 1 ? size : sizeof text - 1;
	if (n)
		memcpy(text, data, n);
	text[n] = '\0';
	check_date(text);
	check_day(text);
	check_span(text);
	return 0;
}
