/* A value axis: its ends, its ticks, and how numbers on it are written. */
#ifndef IRM_PLOTS_SCALE_H
#define IRM_PLOTS_SCALE_H

#include <stdbool.h>
#include <stddef.h>

#include "plots/words.h"

#define IRM_TICKS      16
#define IRM_LABEL_SIZE 96
#define IRM_SCALE_MOST 1e300 /* the largest number that is drawn */

/* How a number is written; the examples are English. */
enum irm_number_kind {
	IRM_PLAIN, /* 1,095  0.25  1.2e+12 */
	IRM_SHARE, /* a share of 1, as per cent: 64% */
	IRM_DAYS,  /* whole days: 1,095 */
	IRM_DATES, /* days since 1970-01-01, as dates: 2015, Jan 2015, 3 Jan 2015 */
};

struct irm_scale {
	double lo, hi; /* lo < hi, both finite */
	enum irm_number_kind kind;
	size_t n;
	double tick[IRM_TICKS]; /* ascending, within lo and hi */
};

/* A scale from `lo` to `hi` or somewhat beyond, whose ticks are 1, 2 or 5 times a power of ten
 * apart: about `want` (>= 2) of them, IRM_TICKS at most. Equal or swapped ends are mended; NAN is
 * 0, and what is beyond IRM_SCALE_MOST is cut. IRM_SHARE from 0 to 1 has ticks at 0, 25, ... or 0,
 * 20, ... per cent. IRM_DAYS takes weeks, months of 30 days and years of 365 for ticks. */
struct irm_scale irm_scale_new(double lo, double hi, size_t want, enum irm_number_kind kind);

/* The scale of bars and shares: from 0, or from the least value below it; shares go to 100 per cent
 * unless all of them are under a fifth or one is above 1. */
struct irm_scale irm_scale_from_zero(double least, double most, size_t want,
                                     enum irm_number_kind kind);

/* A scale of dates from the day `from` to `to`, which it does not leave: its ticks are beginnings
 * of years or months, or days, as near to each other as labels allow when the axis is `room` times
 * as long as its text is high; `words` tells how long they are. Days beyond the calendar are cut.
 */
struct irm_scale irm_scale_dates(double from, double to, double room,
                                 const struct irm_words *words);

/* Where `value` lies, 0 at lo to 1 at hi (not clamped). */
double irm_scale_at(const struct irm_scale *scale, double value);

/* The label of a tick, with the decimals that its step needs. */
void irm_scale_label(char out[IRM_LABEL_SIZE], const struct irm_scale *scale, size_t tick,
                     const struct irm_words *words);

/* A value as charts print it: counts in full, other numbers with about three digits; shares in
 * whole per cent, where what is not quite 0 or 100 does not become it ("<1%", ">99%"). "n/a" for
 * NAN. */
void irm_value_label(char out[IRM_LABEL_SIZE], double value, enum irm_number_kind kind,
                     const struct irm_words *words);

/* A whole number with its groups: "1,095". */
void irm_count_label(char out[IRM_LABEL_SIZE], double count, const struct irm_words *words);

/* What figures rest on: "n = 150", or "n = 28–42" where least and most differ. */
void irm_n_label(char out[IRM_LABEL_SIZE], double least, double most,
                 const struct irm_words *words);

#endif
