/* Findings: the denominators, trap by trap, and the look-up. */
#include "fixture.h"

#include "review/findings.h"

struct findings_case {
	const char *name;
	const char *reviews, *events, *findings; /* rows; findings NULL: no such table */
	const char *by, *where;
	const char *expected; /* "[key] eligible reviews findings" a row, or "error" */
};

/* XAA in C1 (scope III), findings out on 2020-03-01 */
#define R1  "R,C1,2019,XAA,,,,,,,\n"
#define OUT "R,heard,2020-03-01,\n"
/* XAB in C2 (scope II) */
#define R2     "S,C2,2019,XAB,,,,,,,\n"
#define OUT2   "S,heard,2020-04-01,\n"
#define ADVICE "kind=recommendation"

static const struct findings_case cases[] = {
	{ "released, one made", R1, OUT, "R,15,recommendation,1,Do,\n", "", ADVICE, "1 1 1" },
	{ "released, none made", R1, OUT, "", "", ADVICE, "1 0 0" },
	{ "one of another kind", R1, OUT, "R,15,challenge,1,Hard,\n", "", ADVICE, "1 0 0" },
	{ "not released", R1, "R,given,2020-03-01,\n", "R,15,recommendation,1,Do,\n", "", ADVICE,
	  "" },
	{ "released after the day", R1, "R,heard,2021-03-01,\n", "R,15,recommendation,1,Do,\n", "",
	  ADVICE, "" },
	{ "perhaps released", R1, "R,heard,[2020-03-01..2021-03-01],\n",
	  "R,15,recommendation,1,Do,\n", "", ADVICE, "" },
	{ "two in one review are one review", R1, OUT,
	  "R,15,recommendation,1,Do,\nR,15,recommendation,2,Do more,\n", "article", ADVICE,
	  "15 1 1 2" },
	{ "an article out of scope", R1, OUT,
	  "R,5,recommendation,1,Do,\nR,15,recommendation,1,Do,\n", "article", ADVICE, "15 1 1 1" },
	{ "nor does it count in a total", R1, OUT, "R,5,recommendation,1,Do,\n", "", ADVICE,
	  "1 0 0" },
	{ "each article has the reviews whose cycle looks at it", R1 R2, OUT OUT2,
	  "S,5,recommendation,1,Do,\n", "article", ADVICE, "5 1 1 1;6 1 0 0;15 1 0 0" },
	{ "a State reviewed twice", R1 "S,C2,2019,XAA,,,,,,,\n", OUT OUT2,
	  "R,15,recommendation,1,Do,\nS,5,recommendation,1,Do,\n", "state", ADVICE, "XAA 2 2 2" },
	{ "of no particular article, where articles are not asked for", R1, OUT,
	  "R,all,recommendation,1,Do,\n", "", ADVICE, "1 1 1" },
	{ "and where they are", R1, OUT, "R,all,recommendation,1,Do,\n", "article", ADVICE,
	  "15 1 0 0" },
	{ "a topic of two articles", R2, OUT2,
	  "S,5,recommendation,1,Do,\nS,6,recommendation,1,Do,\n", "topic", ADVICE,
	  "five 1 1 1;low 1 1 2" },
	{ "a filter of two topics of one article counts it once", R2, OUT2,
	  "S,5,recommendation,1,Do,\n", "", "kind=recommendation;topic=five,low", "1 1 1" },
	{ "each kind has its row", R1, OUT, "R,15,challenge,1,Hard,\n", "", "",
	  "good_practice 1 0 0;challenge 1 1 1;recommendation 1 0 0" },
	{ "without a table of findings", R1, OUT, NULL, "", ADVICE, "error" },
};

static struct irm_dataset *open_case(struct irm_query *query, const char *name, const char *reviews,
                                     const char *events, const char *findings, const char *by,
                                     const char *where)
{
	struct fixture_file file = { "findings", findings };
	struct irm_dataset *data = fixture_open_parts("2024-12-31", reviews, events, &file,
	                                              findings ? 1 : 0, IRM_PART_FINDINGS);
	fixture_query(query, data, name, by, where, IRM_FINDINGS_KEYS, 1u << IRM_BY_KIND);
	return data;
}

static void check_case(const struct findings_case *c)
{
	static const int columns[] = { 0, 1, 2 };
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	size_t left_out;
	char found[200] = "error";
	struct irm_dataset *data =
	        open_case(&query, c->name, c->reviews, c->events, c->findings, c->by, c->where);
	if (irm_findings_count(&counts, &left_out, &query, &err) == IRM_OK) {
		fixture_show(found, sizeof found, data,
		             query.n_by   ? query.by[0]
		             : !*c->where ? IRM_BY_KIND
		                          : IRM_KEYS,
		             &counts, columns, 3);
	} else {
		assert_int_equal(err.code, IRM_INPUT);
	}
	if (strcmp(found, c->expected) != 0)
		fail_msg("%s: expected '%s', found '%s'", c->name, c->expected, found);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_findings_every_denominator(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += stride())
		check_case(&cases[i]);
}

struct match_case {
	const char *name, *text, *found; /* "position:matches" a row, or "error" */
};

#define TEXTS \
	"R,15,recommendation,1,Reform the bribery law and the law of evidence,\n" \
	"R,15,recommendation,2,Renforcer l'intégrité anti-corruption,\n" \
	"R,15,recommendation,3,'); DROP TABLE found; --,\n" \
	"R,15,recommendation,4,,\n" \
	"R,5,recommendation,6,Law out of scope,\n"

static const struct match_case matches[] = {
	{ "a word, as often as it stands there", "law", "1:2" },
	{ "case does not matter", "LAW", "1:2" },
	{ "accents do not matter", "integrite", "2:1" },
	{ "a beginning", "reform* OR renf*", "1:1,2:1" },
	{ "both words", "bribery AND evidence", "1:2" },
	{ "not", "law NOT bribery", "" },
	{ "a phrase", "\"law of evidence\"", "1:1" },
	{ "a sign, quoted", "\"anti-corruption\"", "2:1" },
	{ "hostile text is text", "\"drop table\"", "3:1" },
	{ "nothing has it", "whistle", "" },
	{ "a sign, not quoted", "anti-corruption", "error" },
	{ "a column that is none", "source: law", "error" },
	{ "an open quote", "\"law", "error" },
	{ "an operator alone", "AND", "error" },
	{ "an open bracket", "(law", "error" },
	{ "SQL", "'; DROP TABLE found; --", "error" },
	{ "nothing", " ", "error" },
};

static void test_findings_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
		const struct match_case *c = &matches[i];
		struct irm_query query;
		struct irm_findings_list list;
		struct irm_err err = { .code = IRM_OK };
		size_t left_out;
		char found[200] = "";
		struct irm_dataset *data = open_case(&query, c->name, R1, OUT, TEXTS, "", "");
		assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_OK);
		assert_int_equal(list.n, 4);
		if (irm_findings_match(&list, data, c->text, &err)) {
			assert_int_equal(err.code, IRM_USAGE);
			snprintf(found, sizeof found, "error");
		} else {
			for (size_t k = 0; k < list.n; k++) {
				size_t used = strlen(found);
				snprintf(found + used, sizeof found - used, "%s%s:%d", k ? "," : "",
				         data->findings[list.at[k]].position, list.matches[k]);
			}
		}
		if (strcmp(found, c->found) != 0)
			fail_msg("%s: expected '%s', found '%s'", c->name, c->found, found);
		irm_findings_release(&list);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings_every_denominator),
		cmocka_unit_test(test_findings_match),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
