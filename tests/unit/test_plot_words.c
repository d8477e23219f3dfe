/* The words, numbers and days of charts in six languages. Expected forms of the plural are those of
 * Unicode CLDR 42, worked by hand; numbers and days those of the editorial manuals of the United
 * Nations. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "plots/scale.h"
#include "tests/unit/unit.h"

static struct irm_words speak(const char *lang)
{
	struct irm_words words;
	struct irm_err err;
	const char *digits = strchr(lang, '+'); /* "ar+arabic" */
	char name[8];
	snprintf(name, sizeof name, "%.2s", lang);
	assert_int_equal(irm_words_find(&words, name, digits ? digits + 1 : NULL, &err), IRM_OK);
	return words;
}

static void test_find(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *digits, *error;
	} cases[] = {
		{ NULL, NULL, "" },
		{ "ar", "arabic", "" },
		{ "ar", "western", "" },
		{ "fr", "western", "" },
		{ "f", NULL,
		  "no language 'f'; expected one of en, fr, es, ru, zh, ar (did you mean 'fr'?)" },
		{ "fr_FR", NULL,
		  "no language 'fr_FR'; expected one of en, fr, es, ru, zh, ar (did you mean "
		  "'fr'?)" },
		{ "ar", "arabick",
		  "no digits 'arabick'; expected western or arabic (did you mean 'arabic'?)" },
		{ "ru", "arabic", "arabic digits are for Arabic, not for Russian" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_words words;
		struct irm_err err = { .code = IRM_OK };
		enum irm_code code = irm_words_find(&words, cases[i].lang, cases[i].digits, &err);
		assert_int_equal(code, *cases[i].error ? IRM_USAGE : IRM_OK);
		same_error(cases[i].lang ? cases[i].lang : "none", &err, cases[i].error);
	}
	assert_null(irm_words_language(6));
}

static void test_text(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *id, *text;
	} cases[] = {
		{ "en", "All", "All" },
		{ "en", IRM_WORD_IN("short date", "May"), "May" },
		{ "en", "no such text", "no such text" },
		{ "fr", "no such text", "no such text" },
		{ "fr", IRM_WORD_IN("nowhere", "no such text"), "no such text" },
		{ "fr", "Completion rate", "Taux d’achèvement" },
		{ "es", "All", "Total" },
		{ "ru", IRM_WORD_IN("by", "region"), "регионам" },
		{ "ru", "Region", "Регион" },
		{ "zh", "Overdue", "逾期" },
		{ "ar", "Stage", "المرحلة" },
		{ "fr", IRM_WORD_IN("full date", "May"), "mai" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_words words = speak(cases[i].lang);
		same_text(cases[i].id, irm_words_text(&words, cases[i].id), cases[i].text);
	}
	struct irm_words words = speak("fr");
	assert_null(irm_words_known(&words, "no such text"));
	assert_non_null(irm_words_known(&words, "All"));
	words = speak("en");
	assert_null(irm_words_known(&words, "All"));
}

static void test_plural(void **state)
{
	(void)state;
	static const struct {
		const char *lang;
		double n;
		size_t form;
	} cases[] = {
		{ "en", 0, 1 },     { "en", 1, 0 },   { "en", 2, 1 },   { "fr", 0, 0 },
		{ "fr", 1, 0 },     { "fr", 2, 1 },   { "es", 0, 1 },   { "es", 1, 0 },
		{ "es", 21, 1 },    { "ru", 1, 0 },   { "ru", 2, 1 },   { "ru", 4, 1 },
		{ "ru", 5, 2 },     { "ru", 0, 2 },   { "ru", 11, 2 },  { "ru", 12, 2 },
		{ "ru", 14, 2 },    { "ru", 21, 0 },  { "ru", 22, 1 },  { "ru", 111, 2 },
		{ "ru", 112, 2 },   { "ru", 122, 1 }, { "zh", 1, 0 },   { "zh", 5, 0 },
		{ "ar", 0, 0 },     { "ar", 1, 1 },   { "ar", 2, 2 },   { "ar", 3, 3 },
		{ "ar", 10, 3 },    { "ar", 11, 4 },  { "ar", 99, 4 },  { "ar", 100, 5 },
		{ "ar", 102, 5 },   { "ar", 103, 3 }, { "ar", 111, 4 }, { "ru", 1e15, 2 },
		{ "ru", 180.4, 2 }, { "ar", -2, 2 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char name[64];
		struct irm_words words = speak(cases[i].lang);
		snprintf(name, sizeof name, "%s %g", cases[i].lang, cases[i].n);
		same_number(name, (long long)irm_words_form(&words, cases[i].n),
		            (long long)cases[i].form);
		assert_true(cases[i].form < irm_words_forms(&words));
	}
}

static void test_plural_text(void **state)
{
	(void)state;
	static const struct {
		const char *lang;
		double n;
		const char *text;
	} cases[] = {
		{ "en", 1, "%s review" },    { "en", 5, "%s reviews" },
		{ "fr", 0, "%s examen" },    { "ru", 3, "%s обзора" },
		{ "ru", 5, "%s обзоров" },   { "zh", 3, "%s次审议" },
		{ "ar", 2, "استعراضان" },    { "ar", 7, "%s استعراضات" },
		{ "ar", 100, "%s استعراض" }, { "es", 2, "%s exámenes" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_words words = speak(cases[i].lang);
		same_text(cases[i].lang,
		          irm_words_plural(&words, "%s review", "%s reviews", cases[i].n),
		          cases[i].text);
	}
	struct irm_words words = speak("fr");
	same_text("unknown", irm_words_plural(&words, "%s whale", "%s whales", 2), "%s whales");
}

static void test_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *lang;
		double value;
		enum irm_number_kind kind;
		const char *label;
	} cases[] = {
		{ "fr", 1095, IRM_PLAIN, "1\u202f095" },
		{ "fr", 1234567, IRM_PLAIN, "1\u202f234\u202f567" },
		{ "fr", 12.5, IRM_PLAIN, "12,5" },
		{ "fr", 0.64, IRM_SHARE, "64\u00a0%" },
		{ "fr", 0.001, IRM_SHARE, "<1\u00a0%" },
		{ "fr", (double)NAN, IRM_SHARE, "n.d." },
		{ "es", 1095, IRM_PLAIN, "1095" },
		{ "es", 10950, IRM_PLAIN, "10\u00a0950" },
		{ "es", -1.25, IRM_PLAIN, "−1,25" },
		{ "es", 0.64, IRM_SHARE, "64\u00a0%" },
		{ "ru", 1095, IRM_PLAIN, "1\u00a0095" },
		{ "ru", 0.999, IRM_SHARE, ">99\u00a0%" },
		{ "ru", 1.2345e12, IRM_PLAIN, "1,23e12" },
		{ "zh", 1095, IRM_PLAIN, "1,095" },
		{ "zh", 0.64, IRM_SHARE, "64%" },
		{ "zh", 12.5, IRM_PLAIN, "12.5" },
		{ "ar", 1095, IRM_PLAIN, "1,095" },
		{ "ar", -5, IRM_PLAIN, "\u200e−5" },
		{ "ar", 0.001, IRM_SHARE, "\u200e<1%" },
		{ "ar", 0.64, IRM_SHARE, "\u200e64%" },
		{ "ar+arabic", 1095, IRM_PLAIN, "١٬٠٩٥" },
		{ "ar+arabic", 12.5, IRM_PLAIN, "١٢٫٥" },
		{ "ar+arabic", 0.64, IRM_SHARE, "٦٤٪" },
		{ "ar+arabic", -5, IRM_PLAIN, "−٥" },
		{ "ar+arabic", 1.2345e12, IRM_PLAIN, "١٫٢٣e١٢" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char label[IRM_LABEL_SIZE];
		struct irm_words words = speak(cases[i].lang);
		irm_value_label(label, cases[i].value, cases[i].kind, &words);
		same_text(cases[i].label, label, cases[i].label);
	}
}

static void test_ticks(void **state)
{
	(void)state;
	char label[IRM_LABEL_SIZE];
	struct irm_scale scale = irm_scale_new(0, 4200, 5, IRM_PLAIN);
	struct irm_words words = speak("fr");
	irm_scale_label(label, &scale, 1, &words);
	same_text("fr", label, "1\u202f000");
	scale = irm_scale_new(0, 0.5, 5, IRM_PLAIN);
	words = speak("ru");
	irm_scale_label(label, &scale, 1, &words);
	same_text("ru", label, "0,1");
	irm_n_label(label, 28, 1042, &words);
	same_text("ru n", label, "n = 28–1\u00a0042");
	words = speak("ar+arabic");
	irm_n_label(label, 28, 28, &words);
	same_text("ar n", label, "العدد = ٢٨");
}

static void test_days(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *day;
		enum irm_day_form form;
		const char *text;
	} cases[] = {
		{ "en", "2019-10-30", IRM_DAY_LONG, "30 October 2019" },
		{ "en", "2019-10-30", IRM_DAY_SHORT, "30 Oct 2019" },
		{ "en", "2019-05-01", IRM_DAY_MONTH, "May 2019" },
		{ "en", "2019-10-30", IRM_DAY_YEAR, "2019" },
		{ "fr", "2019-10-30", IRM_DAY_LONG, "30 octobre 2019" },
		{ "fr", "2019-10-01", IRM_DAY_LONG, "1er octobre 2019" },
		{ "fr", "2019-07-21", IRM_DAY_MONTH, "juill. 2019" },
		{ "es", "2019-10-30", IRM_DAY_LONG, "30 de octubre de 2019" },
		{ "es", "2019-10-01", IRM_DAY_SHORT, "1 oct. 2019" },
		{ "ru", "2019-10-30", IRM_DAY_LONG, "30 октября 2019 года" },
		{ "ru", "2019-05-30", IRM_DAY_SHORT, "30 мая 2019" },
		{ "ru", "2019-05-30", IRM_DAY_MONTH, "май 2019" },
		{ "zh", "2019-10-30", IRM_DAY_LONG, "2019年10月30日" },
		{ "zh", "2019-10-30", IRM_DAY_MONTH, "2019年10月" },
		{ "ar", "2019-10-30", IRM_DAY_LONG, "30 تشرين الأول/أكتوبر 2019" },
		{ "ar", "2019-10-30", IRM_DAY_SHORT, "30/10/2019" },
		{ "ar+arabic", "2019-10-30", IRM_DAY_LONG, "٣٠ تشرين الأول/أكتوبر ٢٠١٩" },
		{ "ar+arabic", "2019-10-30", IRM_DAY_YEAR, "٢٠١٩" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[128];
		int32_t day;
		struct irm_err err;
		struct irm_words words = speak(cases[i].lang);
		assert_int_equal(irm_day_parse(&day, cases[i].day, &err), IRM_OK);
		irm_words_day(text, sizeof text, &words, day, cases[i].form);
		same_text(cases[i].lang, text, cases[i].text);
	}
}

static void test_list(void **state)
{
	(void)state;
	static const char *const names[] = { "a", "b", "c" };
	static const struct {
		const char *lang;
		size_t n;
		const char *list;
	} cases[] = {
		{ "en", 0, "" },           { "en", 1, "a" },         { "en", 2, "a and b" },
		{ "en", 3, "a, b and c" }, { "fr", 3, "a, b et c" }, { "es", 2, "a y b" },
		{ "ru", 3, "a, b и c" },   { "zh", 3, "a、b和c" },   { "ar", 3, "a، b وc" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char list[64];
		struct irm_words words = speak(cases[i].lang);
		irm_words_list(list, sizeof list, &words, names, cases[i].n);
		same_text(cases[i].lang, list, cases[i].list);
	}
}

/* Many long names of letters that take several bytes. */
static void test_list_long(void **state)
{
	(void)state;
	const char *names[8];
	char list[2048];
	struct irm_words words = speak("ru");
	for (size_t i = 0; i < COUNT(names); i++)
		names[i] = "Государства Латинской Америки и Карибского бассейна";
	irm_words_list(list, sizeof list, &words, names, COUNT(names));
	same_number("length", (long long)strlen(list),
	            (long long)(8 * strlen(names[0]) + 6 * strlen(", ") + strlen(" и ")));
}

/* A text that does not fit is cut between letters. */
static void test_digits_room(void **state)
{
	(void)state;
	char text[5];
	struct irm_words words = speak("ar+arabic");
	irm_words_digits(text, sizeof text, &words, "123");
	same_text("room for two", text, "١٢");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),      cmocka_unit_test(test_text),
		cmocka_unit_test(test_plural),    cmocka_unit_test(test_plural_text),
		cmocka_unit_test(test_numbers),   cmocka_unit_test(test_ticks),
		cmocka_unit_test(test_days),      cmocka_unit_test(test_list),
		cmocka_unit_test(test_list_long), cmocka_unit_test(test_digits_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
