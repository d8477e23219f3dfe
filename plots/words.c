#include "plots/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/nearest.h"
#include "plots/catalogues.h"

#define NO_BREAK        "\xc2\xa0"     /* U+00A0 */
#define NARROW_NO_BREAK "\xe2\x80\xaf" /* U+202F */
#define LEFT_TO_RIGHT   "\xe2\x80\x8e" /* U+200E */
#define MINUS           "\xe2\x88\x92" /* U+2212 */

/* Numbers as the editorial manuals of the United Nations have them, in Arabic as Unicode CLDR 42
 * has them with western digits; a minus that reads from right to left would follow its number. */
static const struct irm_words languages[] = {
	{ .lang = "en",
	  .name = "English",
	  .decimal = ".",
	  .group = ",",
	  .grouped_from = 4,
	  .percent = "%",
	  .minus = MINUS,
	  .mark = "",
	  .gap = " ",
	  .date_width = 1 },
	{ .lang = "fr",
	  .name = "French",
	  .catalogue = irm_catalogue_fr,
	  .decimal = ",",
	  .group = NARROW_NO_BREAK,
	  .grouped_from = 4,
	  .percent = NO_BREAK "%",
	  .minus = MINUS,
	  .mark = "",
	  .gap = " ",
	  .date_width = 1.2 },
	{ .lang = "es",
	  .name = "Spanish",
	  .catalogue = irm_catalogue_es,
	  .decimal = ",",
	  .group = NO_BREAK,
	  .grouped_from = 5,
	  .percent = NO_BREAK "%",
	  .minus = MINUS,
	  .mark = "",
	  .gap = " ",
	  .date_width = 1.2 },
	{ .lang = "ru",
	  .name = "Russian",
	  .catalogue = irm_catalogue_ru,
	  .decimal = ",",
	  .group = NO_BREAK,
	  .grouped_from = 4,
	  .percent = NO_BREAK "%",
	  .minus = MINUS,
	  .mark = "",
	  .gap = " ",
	  .date_width = 1.25 },
	{ .lang = "zh",
	  .name = "Chinese",
	  .catalogue = irm_catalogue_zh,
	  .decimal = ".",
	  .group = ",",
	  .grouped_from = 4,
	  .percent = "%",
	  .minus = MINUS,
	  .mark = "",
	  .gap = "",
	  .date_width = 1.25 },
	{ .lang = "ar",
	  .name = "Arabic",
	  .mirrored = true,
	  .catalogue = irm_catalogue_ar,
	  .decimal = ".",
	  .group = ",",
	  .grouped_from = 4,
	  .percent = "%",
	  .minus = LEFT_TO_RIGHT MINUS,
	  .mark = LEFT_TO_RIGHT,
	  .gap = " ",
	  .date_width = 1.1 },
};

enum { N_LANGUAGES = sizeof languages / sizeof languages[0] };

const char *irm_words_language(size_t i)
{
	return i < N_LANGUAGES ? languages[i].lang : NULL;
}

static const struct irm_words *find_language(const char *lang, struct irm_err *err)
{
	const char *names[N_LANGUAGES];
	for (size_t i = 0; i < N_LANGUAGES; i++) {
		if (!strcmp(languages[i].lang, lang))
			return &languages[i];
		names[i] = languages[i].lang;
	}
	irm_err_set(err, IRM_USAGE, "no language '%s'; expected one of en, fr, es, ru, zh, ar",
	            lang);
	irm_err_hint_nearest(err, lang, names, N_LANGUAGES);
	return NULL;
}

static enum irm_code find_digits(struct irm_words *words, const char *digits, struct irm_err *err)
{
	static const char *const names[] = { "western", "arabic" };
	if (!strcmp(digits, "western"))
		return IRM_OK;
	if (strcmp(digits, "arabic") != 0) {
		irm_err_set(err, IRM_USAGE, "no digits '%s'; expected western or arabic", digits);
		irm_err_hint_nearest(err, digits, names, 2);
		return err->code;
	}
	if (strcmp(words->lang, "ar") != 0)
		return irm_err_set(err, IRM_USAGE, "arabic digits are for Arabic, not for %s",
		                   words->name);
	words->arabic_digits = true;
	words->decimal = "٫";
	words->group = "٬";
	words->percent = "٪";
	words->minus = MINUS;
	words->mark = "";
	return IRM_OK;
}

enum irm_code irm_words_find(struct irm_words *out, const char *lang, const char *digits,
                             struct irm_err *err)
{
	const struct irm_words *words = find_language(lang ? lang : "en", err);
	if (!words)
		return err->code;
	*out = *words;
	return find_digits(out, digits ? digits : "western", err);
}

static size_t number_at(const unsigned char *bytes)
{
	return bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 | (size_t)bytes[3] << 24;
}

/* The i-th text of one of the two tables of a .mo file, which begin at the offsets of its header.
 * Source: GNU gettext manual, "The Format of GNU MO Files". */
static const char *text_at(const unsigned char *mo, size_t table, size_t i)
{
	return (const char *)(mo + number_at(mo + number_at(mo + table) + 8 * i + 4));
}

enum { COUNT = 8, ORIGINALS = 12, TRANSLATIONS = 16 };

/* The translation of a text, the forms of its plural one after the other; NULL: none. */
static const char *look_up(const struct irm_words *words, const char *id)
{
	if (!words->catalogue)
		return NULL;
	size_t low = 0;
	size_t high = number_at(words->catalogue + COUNT);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(id, text_at(words->catalogue, ORIGINALS, middle));
		if (!order)
			return text_at(words->catalogue, TRANSLATIONS, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *irm_words_known(const struct irm_words *words, const char *id)
{
	return look_up(words, id);
}

const char *irm_words_text(const struct irm_words *words, const char *id)
{
	const char *text = look_up(words, id);
	const char *context = strchr(id, '\004');
	return text ? text : context ? context + 1 : id;
}

static size_t russian_form(double n)
{
	double ten = fmod(n, 10);
	double hundred = fmod(n, 100);
	if (ten == 1 && hundred != 11)
		return 0;
	return ten >= 2 && ten <= 4 && !(hundred >= 12 && hundred <= 14) ? 1 : 2;
}

static size_t arabic_form(double n)
{
	double hundred = fmod(n, 100);
	if (n <= 2)
		return (size_t)n;
	if (hundred >= 3 && hundred <= 10)
		return 3;
	return hundred >= 11 ? 4 : 5;
}

size_t irm_words_form(const struct irm_words *words, double n)
{
	n = round(fabs(n));
	switch (words->lang[0]) {
	case 'f':
		return n > 1;
	case 'r':
		return russian_form(n);
	case 'z':
		return 0;
	case 'a':
		return arabic_form(n);
	default:
		return n != 1;
	}
}

size_t irm_words_forms(const struct irm_words *words)
{
	switch (words->lang[0]) {
	case 'r':
		return 3;
	case 'z':
		return 1;
	case 'a':
		return 6;
	default:
		return 2;
	}
}

const char *irm_words_plural(const struct irm_words *words, const char *one, const char *many,
                             double n)
{
	const char *text = look_up(words, one);
	if (!text)
		return round(fabs(n)) == 1 ? one : many;
	for (size_t form = irm_words_form(words, n); form; form--)
		text += strlen(text) + 1;
	return text;
}

void irm_words_digits(char *out, size_t size, const struct irm_words *words, const char *text)
{
	size_t at = 0;
	for (; *text && at + 2 < size; text++) {
		bool digit = *text >= '0' && *text <= '9';
		if (digit && words->arabic_digits) {
			out[at++] = '\xd9';
			out[at++] = (char)('\xa0' + (*text - '0'));
		} else {
			out[at++] = *text;
		}
	}
	out[at] = '\0';
}

static const char *const long_months[] = {
	IRM_WORD_IN("full date", "January"),   IRM_WORD_IN("full date", "February"),
	IRM_WORD_IN("full date", "March"),     IRM_WORD_IN("full date", "April"),
	IRM_WORD_IN("full date", "May"),       IRM_WORD_IN("full date", "June"),
	IRM_WORD_IN("full date", "July"),      IRM_WORD_IN("full date", "August"),
	IRM_WORD_IN("full date", "September"), IRM_WORD_IN("full date", "October"),
	IRM_WORD_IN("full date", "November"),  IRM_WORD_IN("full date", "December"),
};

static const char *const short_months[] = {
	IRM_WORD_IN("short date", "Jan"), IRM_WORD_IN("short date", "Feb"),
	IRM_WORD_IN("short date", "Mar"), IRM_WORD_IN("short date", "Apr"),
	IRM_WORD_IN("short date", "May"), IRM_WORD_IN("short date", "Jun"),
	IRM_WORD_IN("short date", "Jul"), IRM_WORD_IN("short date", "Aug"),
	IRM_WORD_IN("short date", "Sep"), IRM_WORD_IN("short date", "Oct"),
	IRM_WORD_IN("short date", "Nov"), IRM_WORD_IN("short date", "Dec"),
};

/* Without a day, where Russian has another case. */
static const char *const lone_months[] = {
	IRM_WORD_IN("month", "Jan"), IRM_WORD_IN("month", "Feb"), IRM_WORD_IN("month", "Mar"),
	IRM_WORD_IN("month", "Apr"), IRM_WORD_IN("month", "May"), IRM_WORD_IN("month", "Jun"),
	IRM_WORD_IN("month", "Jul"), IRM_WORD_IN("month", "Aug"), IRM_WORD_IN("month", "Sep"),
	IRM_WORD_IN("month", "Oct"), IRM_WORD_IN("month", "Nov"), IRM_WORD_IN("month", "Dec"),
};

void irm_words_day(char *out, size_t size, const struct irm_words *words, int32_t day,
                   enum irm_day_form form)
{
	char text[128];
	char d[16];
	char y[16];
	int year, month, mday;
	irm_day_to_civil(day, &year, &month, &mday);
	snprintf(d, sizeof d, "%d", mday);
	snprintf(y, sizeof y, "%d", year);
	const char *first = mday == 1 ? irm_words_text(words, IRM_WORD_IN("day of month", "1")) : d;
	switch (form) {
	case IRM_DAY_LONG: /* TRANSLATORS: day, month, year */
		snprintf(text, sizeof text,
		         irm_words_text(words, IRM_WORD_IN("full date", "%s %s %s")), first,
		         irm_words_text(words, long_months[month - 1]), y);
		break;
	case IRM_DAY_SHORT: /* TRANSLATORS: day, month, year */
		snprintf(text, sizeof text,
		         irm_words_text(words, IRM_WORD_IN("short date", "%s %s %s")), first,
		         irm_words_text(words, short_months[month - 1]), y);
		break;
	case IRM_DAY_MONTH: /* TRANSLATORS: month, year */
		snprintf(text, sizeof text, irm_words_text(words, IRM_WORD_IN("month", "%s %s")),
		         irm_words_text(words, lone_months[month - 1]), y);
		break;
	case IRM_DAY_YEAR:
	default:
		snprintf(text, sizeof text, "%s", y);
		break;
	}
	irm_words_digits(out, size, words, text);
}

void irm_words_list(char *out, size_t size, const struct irm_words *words,
                    const char *const names[], size_t n)
{
	char before[4096];
	snprintf(out, size, "%s", n ? names[0] : "");
	for (size_t i = 1; i < n; i++) {
		snprintf(before, sizeof before, "%s", out);
		/* TRANSLATORS: a list that goes on, and its end */
		snprintf(out, size,
		         i + 1 < n ? irm_words_text(words, IRM_WORD_IN("list", "%s, %s"))
		                   : irm_words_text(words, IRM_WORD_IN("list", "%s and %s")),
		         before, names[i]);
	}
}
