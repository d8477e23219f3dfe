#include "plots/scale.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"

static double nice_step(double span, size_t want)
{
	double rough = span / (double)want;
	double power = pow(10, floor(log10(rough)));
	double part = rough / power;
	if (part <= 1.0000001)
		return power;
	if (part <= 2.0000001)
		return 2 * power;
	return part <= 5.0000001 ? 5 * power : 10 * power;
}

static double share_step(double span, size_t want)
{
	static const double steps[] = { 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5 };
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (span / steps[i] <= (double)want + 0.0000001)
			return steps[i];
	return nice_step(span, want);
}

static double day_step(double span, size_t want)
{
	static const double steps[] = { 1,   2,   5,   7,    14,   30,   60,   90,
		                        180, 365, 730, 1825, 3650, 7300, 18250 };
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (span / steps[i] <= (double)want)
			return steps[i];
	return nice_step(span, want);
}

static double step_of(double span, size_t want, enum irm_number_kind kind)
{
	if (kind == IRM_SHARE && span >= 0.02)
		return share_step(span, want);
	if (kind == IRM_DAYS && span >= 1)
		return day_step(span, want);
	return nice_step(span, want);
}

static void add_ticks(struct irm_scale *scale, double step)
{
	double first = ceil(scale->lo / step - 1e-9);
	for (int i = 0; scale->n < IRM_TICKS; i++) {
		double tick = (first + i) * step;
		if (tick > scale->hi + step * 1e-6 || !isfinite(tick))
			break;
		scale->tick[scale->n++] = tick == 0 ? 0 : tick;
	}
}

struct irm_scale irm_scale_new(double lo, double hi, size_t want, enum irm_number_kind kind)
{
	lo = isnan(lo) ? 0 : fmin(fmax(lo, -IRM_SCALE_MOST), IRM_SCALE_MOST);
	hi = isnan(hi) ? 0 : fmin(fmax(hi, -IRM_SCALE_MOST), IRM_SCALE_MOST);
	if (lo > hi) {
		double swap = lo;
		lo = hi;
		hi = swap;
	}
	if (!(hi - lo > fabs(hi) * 1e-9) || !isnormal(hi - lo))
		hi = lo + fmax(fabs(lo) * 0.1, kind == IRM_SHARE ? 0.1 : 1);
	want = want < 2 ? 2 : want > IRM_TICKS - 4 ? IRM_TICKS - 4 : want;
	double step = step_of(hi - lo, want, kind);
	struct irm_scale scale = { .kind = kind,
		                   .lo = floor(lo / step + 1e-9) * step,
		                   .hi = ceil(hi / step - 1e-9) * step };
	if (!(scale.hi > scale.lo)) {
		scale.lo = lo;
		scale.hi = hi;
	}
	add_ticks(&scale, step);
	return scale;
}

/* The months, and else the days, between two ticks of dates. */
struct pace {
	int months, days;
	double label; /* the room of a label, in multiples of the text's size */
};

static const struct pace paces[] = {
	{ 0, 1, 6.8 },   { 0, 7, 6.8 },    { 1, 0, 5.4 },    { 3, 0, 5.4 },     { 6, 0, 5.4 },
	{ 12, 0, 3.2 },  { 24, 0, 3.2 },   { 60, 0, 3.2 },   { 120, 0, 3.2 },   { 240, 0, 3.2 },
	{ 600, 0, 3.2 }, { 1200, 0, 3.2 }, { 6000, 0, 3.2 }, { 12000, 0, 3.2 },
};

/* The i-th tick of a pace on or after the month, or (paces of days) the day, that `from` lies in.
 */
static double date_tick(const struct pace *pace, double from, int i)
{
	int year, month, mday;
	if (!pace->months)
		return from + (double)i * pace->days;
	irm_day_to_civil((int32_t)from, &year, &month, &mday);
	int first = year * 12 + month - 1 + (mday > 1);
	int at = (first + pace->months - 1) / pace->months * pace->months + i * pace->months;
	int32_t day = irm_day_from_civil(at / 12, at % 12 + 1, 1);
	return day == IRM_DAY_NONE ? (double)INFINITY : day;
}

struct irm_scale irm_scale_dates(double from, double to, double room, const struct irm_words *words)
{
	struct irm_scale scale = { .kind = IRM_DATES };
	scale.lo = round(fmin(fmax(from, IRM_DAY_FIRST), IRM_DAY_LAST - 1));
	scale.hi = round(fmin(fmax(to, scale.lo + 1), IRM_DAY_LAST));
	for (size_t p = 0; p < sizeof paces / sizeof paces[0]; p++) {
		const struct pace *pace = &paces[p];
		double step = pace->months ? pace->months * 30.4 : pace->days;
		double label = pace->label * (pace->months < 12 ? words->date_width : 1);
		if (room * step / (scale.hi - scale.lo) < label ||
		    date_tick(pace, scale.lo, IRM_TICKS) <= scale.hi)
			continue;
		for (int i = 0; scale.n < IRM_TICKS; i++) {
			double tick = date_tick(pace, scale.lo, i);
			if (tick > scale.hi)
				break;
			scale.tick[scale.n++] = tick;
		}
		if (scale.n)
			return scale;
	}
	scale.tick[scale.n++] = scale.lo;
	return scale;
}

static void date_label(char out[IRM_LABEL_SIZE], const struct irm_scale *scale, size_t tick,
                       const struct irm_words *words)
{
	double step = scale->n > 1 ? scale->tick[1] - scale->tick[0] : 1;
	enum irm_day_form form = step >= 365  ? IRM_DAY_YEAR
	                         : step >= 28 ? IRM_DAY_MONTH
	                                      : IRM_DAY_SHORT;
	irm_words_day(out, IRM_LABEL_SIZE, words, (int32_t)scale->tick[tick], form);
}

struct irm_scale irm_scale_from_zero(double least, double most, size_t want,
                                     enum irm_number_kind kind)
{
	double lo = least < 0 ? least : 0;
	double hi = most > 0 ? most : 0;
	if (kind == IRM_SHARE && hi <= 1 && (hi > 0.2 || hi <= 0))
		hi = 1;
	struct irm_scale scale = irm_scale_new(lo, hi, want, kind);
	/* a last tick far beyond the values would leave the plot empty */
	if (scale.n > 2 && scale.hi > hi && scale.hi - hi > (hi - lo) * 0.15 && hi > 0) {
		scale.n--;
		scale.hi = hi;
	}
	return scale;
}

double irm_scale_at(const struct irm_scale *scale, double value)
{
	return (value - scale->lo) / (scale->hi - scale->lo);
}

/* Adds a text to a label. */
static void add(char out[IRM_LABEL_SIZE], const char *text)
{
	size_t length = strlen(out);
	snprintf(out + length, IRM_LABEL_SIZE - length, "%s", text);
}

/* Takes the language's sign for the point, and its digits. */
static void translate(char out[IRM_LABEL_SIZE], const struct irm_words *words)
{
	char text[IRM_LABEL_SIZE];
	char *point = strchr(out, '.');
	if (point)
		snprintf(text, sizeof text, "%.*s%s%s", (int)(point - out), out, words->decimal,
		         point + 1);
	else
		memcpy(text, out, sizeof text);
	irm_words_digits(out, IRM_LABEL_SIZE, words, text);
}

/* A number as the tables have it: for what has no digits to spare. */
static void raw(char out[IRM_LABEL_SIZE], double value, const struct irm_words *words)
{
	irm_number_format(out, value);
	translate(out, words);
}

/* A number with `decimals` of them and groups, made from whole numbers: no locale. */
static void fixed(char out[IRM_LABEL_SIZE], double value, int decimals,
                  const struct irm_words *words)
{
	char digits[32];
	char text[IRM_LABEL_SIZE] = "";
	double power = pow(10, decimals);
	double scaled = round(fabs(value) * power);
	if (!(scaled < 1e15)) {
		raw(out, value, words);
		return;
	}
	int n = snprintf(digits, sizeof digits, "%0*lld", decimals + 1, (long long)scaled);
	int whole = n - decimals;
	for (int i = 0; i < n; i++) {
		if (i == whole)
			add(text, words->decimal);
		else if (i && i < whole && (whole - i) % 3 == 0 && whole >= words->grouped_from)
			add(text, words->group);
		add(text, (char[]){ digits[i], '\0' });
	}
	snprintf(out, IRM_LABEL_SIZE, "%s", value < 0 && scaled > 0 ? words->minus : "");
	size_t length = strlen(out);
	irm_words_digits(out + length, IRM_LABEL_SIZE - length, words, text);
}

/* Three significant digits, with an exponent: for what is very large or very small. */
static void scientific(char out[IRM_LABEL_SIZE], double value, const struct irm_words *words)
{
	if (value == 0) {
		raw(out, 0, words);
		return;
	}
	int exponent = (int)floor(log10(fabs(value)));
	double mantissa = round(value / pow(10, exponent) * 100) / 100;
	if (!isfinite(mantissa) || mantissa == 0) { /* subnormal numbers */
		raw(out, value, words);
		return;
	}
	if (fabs(mantissa) >= 10) {
		mantissa /= 10;
		exponent++;
	}
	char text[IRM_NUMBER_SIZE];
	irm_number_format(text, mantissa);
	snprintf(out, IRM_LABEL_SIZE, "%s%.40se%d", words->mark, text, exponent);
	translate(out, words);
}

static bool is_extreme(double value)
{
	double size = fabs(value);
	return size >= 1e10 || (size > 0 && size < 1e-4);
}

void irm_count_label(char out[IRM_LABEL_SIZE], double count, const struct irm_words *words)
{
	if (is_extreme(count))
		scientific(out, count, words);
	else
		fixed(out, count, 0, words);
}

void irm_n_label(char out[IRM_LABEL_SIZE], double least, double most, const struct irm_words *words)
{
	char text[2][IRM_LABEL_SIZE];
	irm_count_label(text[0], least, words);
	irm_count_label(text[1], most, words);
	if (least < most)
		snprintf(out, IRM_LABEL_SIZE, irm_words_text(words, "n = %s–%s"), text[0], text[1]);
	else
		snprintf(out, IRM_LABEL_SIZE, irm_words_text(words, "n = %s"), text[0]);
}

/* Adds the sign of per cent. The mark before keeps it behind its number within Arabic words. */
static void add_percent(char out[IRM_LABEL_SIZE], const struct irm_words *words)
{
	char number[IRM_LABEL_SIZE];
	snprintf(number, sizeof number, "%s", out);
	snprintf(out, IRM_LABEL_SIZE, "%s%.60s%s", words->mark, number, words->percent);
}

void irm_scale_label(char out[IRM_LABEL_SIZE], const struct irm_scale *scale, size_t tick,
                     const struct irm_words *words)
{
	if (scale->kind == IRM_DATES) {
		date_label(out, scale, tick, words);
		return;
	}
	double value = scale->tick[tick];
	double step = scale->n > 1 ? scale->tick[1] - scale->tick[0] : fabs(value);
	double factor = scale->kind == IRM_SHARE ? 100 : 1;
	if (is_extreme(value * factor) || is_extreme(step * factor)) {
		scientific(out, value * factor, words);
	} else {
		double shown = step * factor;
		int decimals = 0;
		while (decimals < 6 && fabs(shown - round(shown)) > 1e-6 * shown) {
			shown *= 10;
			decimals++;
		}
		fixed(out, value * factor, decimals, words);
	}
	if (scale->kind == IRM_SHARE)
		add_percent(out, words);
}

/* "<1%": a share that is not quite 0 or 100 per cent. */
static void bound(char out[IRM_LABEL_SIZE], const char *sign, double value,
                  const struct irm_words *words)
{
	char number[IRM_LABEL_SIZE];
	fixed(number, value, 0, words);
	snprintf(out, IRM_LABEL_SIZE, "%s%s%.40s%s", words->mark, sign, number, words->percent);
}

void irm_value_label(char out[IRM_LABEL_SIZE], double value, enum irm_number_kind kind,
                     const struct irm_words *words)
{
	if (isnan(value)) {
		snprintf(out, IRM_LABEL_SIZE, "%s", irm_words_text(words, "n/a"));
		return;
	}
	if (kind == IRM_SHARE && value > 0 && value < 0.005) {
		bound(out, "<", 1, words);
		return;
	}
	if (kind == IRM_SHARE && value >= 0.995 && value < 1) {
		bound(out, ">", 99, words);
		return;
	}
	double shown = kind == IRM_SHARE ? value * 100 : value;
	double size = fabs(shown);
	if (is_extreme(shown))
		scientific(out, shown, words);
	else if (kind == IRM_SHARE || size == floor(size) || size >= 100)
		fixed(out, shown, 0, words);
	else
		fixed(out, shown, size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5, words);
	if (kind == IRM_SHARE)
		add_percent(out, words);
}
