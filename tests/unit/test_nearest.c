/* The nearest right word, and the hint made of it. */
#include "unit.h"

#include "base/nearest.h"

static const char *const words[] = { "region", "review", "state",   "milestone", NULL, "date",
	                             "source", "AFR",    "cycle_1", "cycle_2",   "" };

static void test_nearest(void **state)
{
	(void)state;
	static const struct {
		const char *name, *word, *expected;
	} cases[] = {
		{ "the word itself", "region", "region" },
		{ "neighbours exchanged", "regoin", "region" },
		{ "a letter missing", "reion", "region" },
		{ "a letter too many", "reggion", "region" },
		{ "a letter replaced", "regiom", "region" },
		{ "two letters of six", "rxgixn", "region" },
		{ "three letters of six", "rxgxxn", NULL },
		{ "case", "REGION", "region" },
		{ "case of a short one", "afr", "AFR" },
		{ "one letter of three", "AFX", "AFR" },
		{ "two letters of three", "AXX", NULL },
		{ "a beginning", "mil", "milestone" },
		{ "a beginning of two letters is none", "mi", NULL },
		{ "of which a word is a beginning", "milestones_of_all", "milestone" },
		{ "the first of equals", "cycle_3", "cycle_1" },
		{ "nothing near", "xyzzy", NULL },
		{ "nothing", "", NULL },
		{ "one letter", "d", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *found = irm_nearest(cases[i].word, words, COUNT(words));
		same_text(cases[i].name, found ? found : "(none)",
		          cases[i].expected ? cases[i].expected : "(none)");
	}
}

static void test_long_words_are_near_nothing(void **state)
{
	(void)state;
	char word[200];
	memset(word, 'a', sizeof word - 1);
	word[sizeof word - 1] = '\0';
	const char *const own[] = { word, "aaa" };
	assert_null(irm_nearest(word, own, 2));
	word[64] = '\0';
	assert_ptr_equal(irm_nearest(word, own, 2), word);
}

static void test_no_words(void **state)
{
	(void)state;
	static const char *const none[] = { NULL };
	struct irm_err err;
	assert_null(irm_nearest("a", none, 0));
	irm_err_set(&err, IRM_USAGE, "no");
	irm_err_hint_nearest(&err, "a", none, 1);
	assert_string_equal(err.hint, "");
}

static void test_hint_names_the_nearest_or_lists_all(void **state)
{
	(void)state;
	struct irm_err err;
	irm_err_set(&err, IRM_USAGE, "no");
	irm_err_hint_nearest(&err, "stat", words, COUNT(words));
	assert_string_equal(err.hint, "did you mean 'state'?");
	irm_err_set(&err, IRM_USAGE, "no");
	irm_err_hint_nearest(&err, "xyzzy", words, 4);
	assert_string_equal(err.hint, "one of: region, review, state, milestone");
}

static void test_a_list_that_is_too_long_is_cut_between_words(void **state)
{
	(void)state;
	const char *many[100];
	struct irm_err err;
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = "abcdefg";
	irm_err_set(&err, IRM_USAGE, "no");
	irm_err_hint_nearest(&err, "xyzzy", many, COUNT(many));
	assert_true(strlen(err.hint) > 200);
	assert_string_equal(err.hint + strlen(err.hint) - 12, "abcdefg, ...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_long_words_are_near_nothing),
		cmocka_unit_test(test_no_words),
		cmocka_unit_test(test_hint_names_the_nearest_or_lists_all),
		cmocka_unit_test(test_a_list_that_is_too_long_is_cut_between_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
