/* Technical assistance: the denominators, trap by trap. */
#include "fixture.h"

#include "review/assist.h"

struct assist_case {
	const char *name;
	const char *reviews, *events, *needs; /* rows; needs NULL: no such table */
	const char *by, *where;
	const char *expected; /* "key eligible with_need needs" a row, or "error" */
};

/* XAA in C1 (scope III), findings out on 2020-03-01 */
#define R1  "R,C1,2019,XAA,,,,,,,\n"
#define OUT "R,heard,2020-03-01,\n"
/* XAB in C2 (scope II) */
#define R2   "S,C2,2019,XAB,,,,,,,\n"
#define OUT2 "S,heard,2020-04-01,\n"

static const struct assist_case cases[] = {
	{ "findings released, a need named", R1, OUT, "R,15,all,advice,\n", "", "", "1 1 1" },
	{ "findings released, none named", R1, OUT, "", "", "", "1 0 0" },
	{ "findings not released", R1, "R,given,2020-03-01,\n", "R,15,all,advice,\n", "", "", "" },
	{ "findings released after the day", R1, "R,heard,2021-03-01,\n", "R,15,all,advice,\n", "",
	  "", "" },
	{ "findings proved released by a later milestone", R1, "R,closed,2020-03-01,\n",
	  "R,15,all,advice,\n", "", "", "1 1 1" },
	{ "findings perhaps released", R1, "R,heard,[2020-03-01..],\n", "R,15,all,advice,\n", "",
	  "", "" },
	{ "a need named under two paragraphs of one article is one review", R1, OUT,
	  "R,15,1,advice,\nR,15,2,advice,\n", "article", "", "15 1 1 2" },
	{ "an article out of scope has no row", R1, OUT, "R,5,all,advice,\nR,15,all,advice,\n",
	  "article", "", "15 1 1 1" },
	{ "nor do its needs count in a total", R1, OUT, "R,5,all,advice,\n", "", "", "1 0 0" },
	{ "a review counts only under articles its cycle looks at", R1 R2, OUT OUT2,
	  "R,15,all,advice,\nS,5,all,advice,\n", "article", "", "5 1 1 1;6 1 0 0;15 1 1 1" },
	{ "by region", R1 R2, OUT OUT2, "R,15,all,advice,\n", "region", "", "AFR 1 1 1;EEG 1 0 0" },
	{ "a State reviewed in two cycles is two reviews", R1 "S,C2,2019,XAA,,,,,,,\n", OUT OUT2,
	  "R,15,all,advice,\nS,5,all,advice,\n", "state", "", "XAA 2 2 2" },
	{ "each type has all that could have named it", R1 R2, OUT OUT2,
	  "R,15,all,advice,\nR,15,all,drafting,\nS,5,all,advice,\n", "type", "",
	  "advice 2 2 2;drafting 2 1 1" },
	{ "a need of no particular type counts where types are not asked for", R1, OUT,
	  "R,15,all,all,\n", "", "", "1 1 1" },
	{ "and not where they are", R1, OUT, "R,15,all,all,\n", "type", "",
	  "advice 1 0 0;drafting 1 0 0" },
	{ "a need of no particular article counts where articles are not asked for", R1, OUT,
	  "R,all,all,advice,\n", "", "", "1 1 1" },
	{ "and not where they are", R1, OUT, "R,all,all,advice,\n", "article", "", "15 1 0 0" },
	{ "a review is once under a topic of two articles", R2, OUT2,
	  "S,5,all,advice,\nS,6,all,advice,\n", "topic", "", "five 1 1 1;low 1 1 2" },
	{ "by chapter", R2, OUT2, "S,5,all,advice,\nS,6,all,advice,\n", "chapter", "", "II 1 1 2" },
	{ "a filter of one article", R2, OUT2, "S,5,all,advice,\n", "", "article=6", "1 0 0" },
	{ "a filter of a topic", R2, OUT2, "S,6,all,advice,\n", "", "topic=five", "1 0 0" },
	{ "a filter of a topic that the need is under", R2, OUT2, "S,6,all,advice,\n", "",
	  "topic=low", "1 1 1" },
	{ "a need under an article of two topics counts once for both", R2, OUT2,
	  "S,5,all,advice,\n", "", "topic=five,low", "1 1 1" },
	{ "a filter of types", R2, OUT2, "S,6,all,advice,\n", "", "type=drafting", "1 0 0" },
	{ "without a table of needs nothing is known", R1, OUT, NULL, "", "", "error" },
	{ "a cycle that looks at nothing of it", R1, OUT, "R,15,all,advice,\n", "", "article=5",
	  "" },
};

static void check_case(const struct assist_case *c)
{
	static const int columns[] = { IRM_ASSIST_ELIGIBLE, IRM_ASSIST_WITH_NEED,
		                       IRM_ASSIST_NEEDS };
	struct fixture_file needs = { "needs", c->needs };
	struct irm_dataset *data =
	        fixture_open("2024-12-31", c->reviews, c->events, &needs, c->needs ? 1 : 0);
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	size_t left_out;
	char found[200] = "error";
	fixture_query(&query, data, c->name, c->by, c->where, IRM_BY_REVIEWS | IRM_BY_ARTICLES, 0);
	if (irm_assist_count(&counts, &left_out, &query, NULL, &err) == IRM_OK)
		fixture_show(found, sizeof found, data, query.n_by ? query.by[0] : IRM_KEYS,
		             &counts, columns, 3);
	else
		assert_int_equal(err.code, IRM_INPUT);
	if (strcmp(found, c->expected) != 0)
		fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, found);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_assist_every_denominator(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += stride())
		check_case(&cases[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_assist_every_denominator),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
