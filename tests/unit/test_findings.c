/* Findings: the denominators, trap by trap, and the look-up. */
#include "scarce.h"

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
	{ "each review has its own", R1 "S,C1,2019,XAB,,,,,,,\n", OUT OUT2,
	  "S,15,challenge,1,Hard,\n", "state", "kind=challenge", "XAA 1 0 0;XAB 1 1 1" },
	{ "nothing stands after the last of them", R2, OUT2, "S,5,recommendation,1,Do,\n", "", "",
	  "good_practice 1 0 0;challenge 1 0 0;recommendation 1 1 1" },
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

/* --- the whole counter, the list and its table ---------------------------------------------------
 */

#define MANY \
	"R,15,recommendation,1,Do,r\nR,15,recommendation,10,Do more,\nR,15,recommendation,2,,\n" \
	"R,15,challenge,1,\"Hard, very\",c\nR,all,good_practice,1,Good,\n" \
	"S,5,challenge,1,Harder,\nS,6,good_practice,1,Better,\nS,15,challenge,1,Elsewhere,\n" \
	"T,15,challenge,1,Not released,\n"
#define REVIEWS R1 R2 "T,C1,2019,XAC,,,,,,,\n"

struct whole_case {
	const char *name, *by, *where;
	bool total;
	const char *counts; /* "keys kind|eligible reviews findings marks" a row; kinds 0
	                       good_practice, 1 challenge, 2 recommendation */
	const char *listed; /* places in the dataset's order */
};

static const struct whole_case wholes[] = {
	{ "by cycle, with totals", "cycle", "", true,
	  "0 0|1 1 1 1 1 5;0 1|1 1 1 1 1 1;0 2|1 1 3 1 1 4;"
	  "1 0|1 1 1 2 2 7;1 1|1 1 1 2 2 6;1 2|1 0 0 2 0 0;"
	  "* 0|2 2 2 2 2 7;* 1|2 2 2 2 2 6;* 2|2 1 3 2 1 4",
	  "0 1 2 3 4 5 6" },
	{ "of two kinds", "", "kind=challenge,good_practice", false, "0|2 2 2 2 2 7;1|2 2 2 2 2 6",
	  "0 4 5 6" },
	{ "of a chapter", "", "chapter=II", false, "0|1 1 1 2 2 7;1|1 1 1 2 2 6;2|1 0 0 2 0 0",
	  "5 6" },
	{ "by every key of reviews and article",
	  "mechanism,region,cycle,year,state,review,dialogue,article", "kind=challenge", false,
	  "0 0 0 2019 0 0 ? 2 1|1 1 1 1 1 1;0 1 1 2019 1 1 ? 0 1|1 1 1 2 2 6;"
	  "0 1 1 2019 1 1 ? 1 1|1 0 0 2 0 0",
	  "0 5" },
};

static void test_findings_whole_counters(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wholes); i++) {
		const struct whole_case *c = &wholes[i];
		struct irm_query query;
		struct irm_counter counts;
		struct irm_findings_list list;
		struct irm_err err = { .code = IRM_OK };
		size_t left_out = 99;
		char found[600], listed[100] = "";
		struct irm_dataset *data =
		        open_case(&query, c->name, REVIEWS, OUT OUT2, MANY, c->by, c->where);
		query.total = c->total;
		assert_int_equal(irm_findings_count(&counts, &left_out, &query, &err), IRM_OK);
		fixture_counter(found, sizeof found, &counts);
		same_text(c->name, found, c->counts);
		same_number(c->name, (long long)left_out, 0);
		assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_OK);
		for (size_t k = 0; k < list.n; k++) {
			size_t used = strlen(listed);
			snprintf(listed + used, sizeof listed - used, "%s%zu", k ? " " : "",
			         list.at[k]);
		}
		same_text(c->name, listed, c->listed);
		assert_null(list.matches);
		irm_findings_release(&list);
		assert_int_equal(list.n, 0);
		irm_counter_release(&counts);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

static void test_table_of_findings(void **state)
{
	struct irm_query query;
	struct irm_findings_list list;
	struct irm_err err;
	struct fixture_output table;
	size_t left_out;
	(void)state;
	struct irm_dataset *data =
	        open_case(&query, "table", REVIEWS, OUT OUT2, MANY, "", "cycle=C1");
	assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_OK);
	irm_findings_write(&list, &query, fixture_writer(&table));
	fixture_written("all of C1", &table,
	                "as_of,cycle,review,article,kind,position,summary,source\n"
	                "2020-12-31,C1,R,15,challenge,1,\"Hard, very\",c\n"
	                "2020-12-31,C1,R,15,recommendation,1,Do,r\n"
	                "2020-12-31,C1,R,15,recommendation,2,,\n"
	                "2020-12-31,C1,R,15,recommendation,10,Do more,\n"
	                "2020-12-31,C1,R,all,good_practice,1,Good,\n");
	assert_int_equal(irm_findings_match(&list, data, "do OR more", &err), IRM_OK);
	query.names = true;
	irm_findings_write(&list, &query, fixture_writer(&table));
	fixture_written("with what was found", &table,
	                "as_of,cycle,review,article,kind,position,summary,source,matches\n"
	                "2020-12-31,First,R,Fictional article 15,recommendation,1,Do,r,1\n"
	                "2020-12-31,First,R,Fictional article 15,recommendation,10,Do more,,"
	                "2\n");
	irm_findings_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* Reviews of packages without the table are left out, where others have it; else that is an error.
 */
static void test_findings_that_no_table_holds(void **state)
{
	static const char missing[] =
	        "the source has no table 'findings': what these reviews found is not recorded";
	struct irm_query query;
	struct irm_counter counts;
	struct irm_findings_list list;
	struct irm_err err;
	size_t left_out = 0;
	(void)state;
	struct irm_dataset *data = open_case(&query, "none", REVIEWS, OUT OUT2, NULL, "", "");
	assert_int_equal(irm_findings_count(&counts, &left_out, &query, &err), IRM_INPUT);
	assert_string_equal(err.message, missing);
	assert_int_equal(left_out, 3);
	assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_INPUT);
	assert_string_equal(err.message, missing);
	irm_findings_release(&list);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);

	data = open_case(&query, "some", REVIEWS, OUT OUT2, MANY, "", "");
	data->reviews[1].delivered = 0;
	data->reviews[2].delivered = 0;
	assert_int_equal(irm_findings_count(&counts, &left_out, &query, &err), IRM_OK);
	assert_int_equal(left_out, 2);
	assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_OK);
	assert_int_equal(left_out, 2);
	assert_int_equal(list.n, 5);
	irm_findings_release(&list);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);

	data = open_case(&query, "no reviews", "", "", NULL, "", "");
	assert_int_equal(irm_findings_count(&counts, &left_out, &query, &err), IRM_OK);
	assert_int_equal(left_out, 0);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

static void test_list_of_findings_has_each_once(void **state)
{
	struct irm_query query;
	struct irm_findings_list list;
	struct irm_err err;
	size_t left_out;
	(void)state;
	struct irm_dataset *data =
	        open_case(&query, "each", R1 "S,C1,2019,XAB,,,,,,,\n", OUT OUT2,
	                  "R,15,challenge,1,Hard,\nS,15,challenge,1,Hard,\n", "", "");
	assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_OK);
	assert_int_equal(list.n, 2);
	assert_int_equal(list.at[0], 0);
	assert_int_equal(list.at[1], 1);
	irm_findings_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* Articles of several conventions are not told apart by their numbers. */
static void test_findings_of_several_conventions(void **state)
{
	static const struct fixture_file files[] = {
		{ "mechanisms", "M,Made up,MUC\nN,Next,OTH\n" },
		{ "cycles", "C1,M,First,2010-01-01,\nC2,N,Second,2015-01-01,\n" },
		{ "milestones", "M,heard,1,,,,,yes,,\nN,heard,1,,,,,yes,,\n" },
		{ "findings", "R,15,challenge,1,Hard,\n" },
	};
	struct irm_query query;
	struct irm_counter counts;
	struct irm_findings_list list;
	struct irm_err err;
	size_t left_out;
	(void)state;
	struct irm_dataset *data = fixture_open_parts("2024-12-31", R1 R2, OUT OUT2, files,
	                                              COUNT(files), IRM_PART_FINDINGS);
	fixture_query(&query, data, "several", "article", "", IRM_FINDINGS_KEYS, 0);
	assert_int_equal(irm_findings_count(&counts, &left_out, &query, &err), IRM_USAGE);
	assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_USAGE);
	irm_findings_release(&list);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* A text may have the sign by which what is found is counted. */
static void test_signs_of_a_text_are_not_matches(void **state)
{
	struct irm_query query;
	struct irm_findings_list list;
	struct irm_err err;
	size_t left_out;
	(void)state;
	struct irm_dataset *data = open_case(&query, "signs", R1, OUT, TEXTS, "", "");
	data->findings[1].summary = "\x01law \x01 and\x01 law";
	assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_OK);
	assert_int_equal(irm_findings_match(&list, data, "law", &err), IRM_OK);
	assert_int_equal(list.n, 1);
	assert_int_equal(list.matches[0], 2);
	irm_findings_release(&list);
	irm_query_release(&query);
	irm_dataset_free(data);
}

struct bad_match {
	const char *text, *message, *hint;
};

static void test_what_is_no_query_is_said(void **state)
{
	static const char quote[] = "quote what has signs in it: '\"anti-corruption\"'";
	static const struct bad_match bad[] = {
		{ "", "--match: expected words to look for, found nothing", "" },
		{ " \t\n", "--match: expected words to look for, found nothing", "" },
		{ "(law",
		  "--match: expected words to look for, found '(law' (syntax error near \"\")",
		  quote },
		{ "anti-corruption",
		  "--match: expected words to look for, found 'anti-corruption' (no such column: "
		  "corruption)",
		  quote },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct irm_query query;
		struct irm_findings_list list;
		struct irm_err err = { .code = IRM_OK };
		size_t left_out;
		struct irm_dataset *data = open_case(&query, "bad", R1, OUT, TEXTS, "", "");
		assert_int_equal(irm_findings_find(&list, &left_out, &query, &err), IRM_OK);
		assert_int_equal(irm_findings_match(&list, data, bad[i].text, &err), IRM_USAGE);
		same_text("message", err.message, bad[i].message);
		same_text("hint", err.hint, bad[i].hint);
		irm_findings_release(&list);
		irm_query_release(&query);
		irm_dataset_free(data);
	}
}

static enum irm_code count_all(void *query, struct irm_err *err)
{
	struct irm_counter counts;
	size_t left_out;
	char found[600];
	enum irm_code code = irm_findings_count(&counts, &left_out, query, err);
	scarce_over();
	fixture_counter(found, sizeof found, &counts);
	if (!code)
		same_text("counts", found, wholes[0].counts);
	irm_counter_release(&counts);
	return code;
}

static enum irm_code find_some(void *query, struct irm_err *err)
{
	const struct irm_query *asked = query;
	struct irm_findings_list list;
	size_t left_out;
	enum irm_code code = irm_findings_find(&list, &left_out, query, err);
	if (!code)
		code = irm_findings_match(&list, asked->data, "do OR hard OR better", err);
	scarce_over();
	if (code)
		assert_string_equal(err->message, "out of memory");
	if (!code) {
		assert_int_equal(list.n, 4);
		for (size_t i = 0; i < list.n; i++)
			assert_int_equal(list.matches[i], 1);
		assert_int_equal(list.at[3], 6);
	}
	irm_findings_release(&list);
	return code;
}

static void test_findings_without_memory(void **state)
{
	struct irm_query query;
	(void)state;
	struct irm_dataset *data =
	        open_case(&query, "memory", REVIEWS, OUT OUT2, MANY, "cycle", "");
	query.total = true;
	scarce_sweep("counting", count_all, &query, 4);
	scarce_sweep("finding", find_some, &query, 3);
	scarce_sweep_sqlite("finding", find_some, &query, 7);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings_every_denominator),
		cmocka_unit_test(test_findings_match),
		cmocka_unit_test(test_findings_whole_counters),
		cmocka_unit_test(test_table_of_findings),
		cmocka_unit_test(test_findings_that_no_table_holds),
		cmocka_unit_test(test_list_of_findings_has_each_once),
		cmocka_unit_test(test_findings_of_several_conventions),
		cmocka_unit_test(test_what_is_no_query_is_said),
		cmocka_unit_test(test_signs_of_a_text_are_not_matches),
		cmocka_unit_test(test_findings_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
