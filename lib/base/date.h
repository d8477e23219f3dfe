/* Civil days of the proleptic Gregorian calendar, and dates that may be vague.
 *
 * A day is an int32_t: days since 1970-01-01, from 0001-01-01 to 9999-12-31. A date is its first
 * and last possible day, read from the subset of EDTF (ISO 8601-2) that packages use:
 *   2019-10-30   2019-10   2019   [..2019-10-30]   [2019-10-30..]   [2019-10-01..2019-10-30]
 * In memory an open end is IRM_DAY_PAST or IRM_DAY_FUTURE. */
#ifndef IRM_BASE_DATE_H
#define IRM_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define IRM_DAY_NONE   INT32_MIN       /* no day: unknown */
#define IRM_DAY_PAST   (INT32_MIN + 1) /* an open beginning */
#define IRM_DAY_FUTURE INT32_MAX       /* an open end */
#define IRM_DAY_FIRST  (-719162)       /* 0001-01-01 */
#define IRM_DAY_LAST   2932896         /* 9999-12-31 */
#define IRM_DAY_SIZE   11              /* "2019-10-30" and its end */
#define IRM_DATE_SIZE  25              /* "[2019-10-01..2019-10-30]" and its end */

enum irm_unit { IRM_UNIT_DAY, IRM_UNIT_WEEK, IRM_UNIT_MONTH };

struct irm_date {
	int32_t first, last; /* both IRM_DAY_NONE: no date */
};

/* A length of time as a time limit states it; count 0: no limit. */
struct irm_span {
	int32_t count;
	enum irm_unit unit;
};

static inline struct irm_date irm_date_none(void)
{
	return (struct irm_date){ IRM_DAY_NONE, IRM_DAY_NONE };
}
static inline struct irm_date irm_date_of_day(int32_t day)
{
	return (struct irm_date){ day, day };
}
static inline bool irm_date_is_none(struct irm_date d)
{
	return d.first == IRM_DAY_NONE;
}
/* Whether the date is one known day. */
static inline bool irm_date_is_day(struct irm_date d)
{
	return d.first == d.last && d.first != IRM_DAY_NONE;
}

/* The day of a civil date, or IRM_DAY_NONE where there is no such day (2020-02-30, year 0).
 * Source: the era-based count of days in H. Hinnant, chrono-Compatible Low-Level Date Algorithms.
 */
int32_t irm_day_from_civil(int year, int month, int day);

/* The civil date of `day`, which lies between IRM_DAY_FIRST and IRM_DAY_LAST. */
void irm_day_to_civil(int32_t day, int *year, int *month, int *mday);

/* `day` plus `span`. A month keeps the day and clamps it to the month's last: 31 January + 1 month
 * is 28 or 29 February. IRM_DAY_NONE where `day` is none or the result leaves the calendar. */
int32_t irm_day_add(int32_t day, struct irm_span span);

/* The day halfway, the earlier of two; IRM_DAY_NONE unless the date has both ends. */
int32_t irm_date_middle(struct irm_date date);

/* Read a day (YYYY-MM-DD only), or a date with all its EDTF forms. IRM_INPUT, without a place,
 * for anything else; the hint names a spreadsheet's habits (43831, 30/02/2020) where it sees one.
 */
IRM_CHECK enum irm_code irm_day_parse(int32_t *out, const char *text, struct irm_err *err);
IRM_CHECK enum irm_code irm_date_parse(struct irm_date *out, const char *text, struct irm_err *err);

/* Write a day, or a date in its shortest EDTF form; nothing ("") for none. */
void irm_day_format(char out[IRM_DAY_SIZE], int32_t day);
void irm_date_format(char out[IRM_DATE_SIZE], struct irm_date date);

/* Reads a length of time as options state it: 30d, 3w, 6m, 2y (a year is twelve months); 1 to 9999
 * of them. IRM_INPUT, without a place. */
IRM_CHECK enum irm_code irm_span_parse(struct irm_span *out, const char *text, struct irm_err *err);

/* ISO 8601 duration of a limit ("P3W", "P2M", "P10D"); "" for no limit. */
void irm_span_format(char out[16], struct irm_span span);

#endif
