/* The words of charts in the six languages of the United Nations, and how each of them writes
 * numbers and days.
 *
 * The words come from gettext catalogues (plots/po), which are part of the program: nothing depends
 * on the locale of the process, its environment or on files. The English words are the keys.
 *
 *	struct irm_words words;
 *	if (irm_words_find(&words, "fr", "western", &err))
 *		...
 *	snprintf(line, sizeof line, irm_words_text(&words, "Source: %s"), source);
 *
 * Sentences are whole, for each language to order. xgettext finds them by the names of the
 * functions and macros below. Test: tests/unit/test_plot_words.c */
#ifndef IRM_PLOTS_WORDS_H
#define IRM_PLOTS_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

/* Plain data: copied, never freed. All that it points to is static. */
struct irm_words {
	const char *lang;               /* "en", "fr", "es", "ru", "zh", "ar" */
	const char *name;               /* in English: "French" */
	const unsigned char *catalogue; /* a .mo file, low byte first; NULL for English */
	const char *decimal, *group;    /* the signs before decimals and between thousands */
	const char *percent;            /* what stands after a number, with its space */
	const char *minus;              /* what stands before it */
	const char *mark;   /* before signs that stand with a number: which way they are read */
	const char *gap;    /* between two sentences */
	double date_width;  /* of short dates, in multiples of the English ones' */
	int grouped_from;   /* digits of the least number that has groups: 4 or 5 */
	bool mirrored;      /* it is read from right to left */
	bool arabic_digits; /* ٠ to ٩ */
};

/* How a day is written. */
enum irm_day_form {
	IRM_DAY_LONG,  /* 30 October 2019 */
	IRM_DAY_SHORT, /* 30 Oct 2019 */
	IRM_DAY_MONTH, /* Oct 2019 */
	IRM_DAY_YEAR,  /* 2019 */
};

/* Marks words that are looked up elsewhere, where they stand in tables; IRM_WORD_IN those that mean
 * different things in different places. */
#define IRM_WORD(id)             id
#define IRM_WORD_IN(context, id) context "\004" id

/* The words of a language (NULL: English) with its digits: "western" (NULL) or, in Arabic only,
 * "arabic". IRM_USAGE with the nearest. */
IRM_CHECK enum irm_code irm_words_find(struct irm_words *out, const char *lang, const char *digits,
                                       struct irm_err *err);

/* The languages: irm_words_language(0), ...; NULL after the last. */
const char *irm_words_language(size_t i);

/* A text in the language; as it stands (without its context) where it is not translated. A format
 * stays one. */
const char *irm_words_text(const struct irm_words *words, const char *id) IRM_FORMAT_ARG(2);

/* The same, but NULL where it is not translated, as in English. */
const char *irm_words_known(const struct irm_words *words, const char *id) IRM_FORMAT_ARG(2);

/* The form of a text that goes with n things: `one` and `many` are the English ones. */
const char *irm_words_plural(const struct irm_words *words, const char *one, const char *many,
                             double n) IRM_FORMAT_ARG(2) IRM_FORMAT_ARG(3);

/* Which form of the plural that is, from 0; their number. Source: Unicode CLDR 42. */
size_t irm_words_form(const struct irm_words *words, double n);
size_t irm_words_forms(const struct irm_words *words);

/* Writes a day. */
void irm_words_day(char *out, size_t size, const struct irm_words *words, int32_t day,
                   enum irm_day_form form);

/* Copies a text with the digits of the language. */
void irm_words_digits(char *out, size_t size, const struct irm_words *words, const char *text);

/* Joins n names: "region, cycle and milestone"; up to 4,096 bytes. */
void irm_words_list(char *out, size_t size, const struct irm_words *words,
                    const char *const names[], size_t n);

#endif
