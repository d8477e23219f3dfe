/* Technical assistance: the denominators, trap by trap. */
#include "assistance.h"
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

enum gap { NO_GAP, OF_STATES, OF_REGIONS };

static const struct {
	const char *by, *where;
	bool total;
	enum gap gap;
	int32_t day;
	const char *expected; /* keys, then the counts up to REGIONAL, a row; and left out */
} questions[] = {
	{ "", "", false, NO_GAP, 300,
	  "3 3 10 0 0 0 0\n"
	  "1 left out" },
	{ "", "", false, OF_STATES, 300,
	  "3 3 10 3 0 0 0\n"
	  "1 left out" },
	{ "", "article=6", false, OF_REGIONS, 300,
	  "3 1 1 0 0 0 1\n"
	  "1 left out" },
	{ "state,article", "", true, OF_REGIONS, 300,
	  "XAA 5 1 1 3 1 0 0 0\n"
	  "XAA 6 1 1 1 0 0 0 1\n"
	  "XAA 15 1 1 1 1 0 0 0\n"
	  "XAA all 1 1 5 1 0 0 0\n"
	  "XAB 5 2 2 2 2 0 0 0\n"
	  "XAB 6 2 0 0 0 0 0 0\n"
	  "XAB 15 2 1 1 0 1 0 0\n"
	  "XAB all 2 2 3 2 0 0 0\n"
	  "all 5 3 3 5 3 0 0 0\n"
	  "all 6 3 1 1 0 0 0 1\n"
	  "all 15 3 2 2 1 1 0 0\n"
	  "all all 3 3 8 3 0 0 0\n"
	  "1 left out" },
	{ "paragraph,topic", "", true, OF_STATES, 300,
	  "5 low 3 3 3 3 0 0 0\n"
	  "5 virus 3 3 3 3 0 0 0\n"
	  "5 all 3 3 3 3 0 0 0\n"
	  "5(1) low 3 1 2 1 0 0 0\n"
	  "5(1) virus 3 1 2 1 0 0 0\n"
	  "5(1) all 3 1 2 1 0 0 0\n"
	  "6 low 3 1 1 0 1 0 0\n"
	  "6 all 3 1 1 0 1 0 0\n"
	  "all low 3 3 6 3 0 0 0\n"
	  "all virus 3 3 5 3 0 0 0\n"
	  "all all 3 3 6 3 0 0 0\n"
	  "1 left out" },
	{ "type,article", "", true, OF_REGIONS, 300,
	  "advice 5 3 2 3 1 1 0 0\n"
	  "advice 6 3 0 0 0 0 0 0\n"
	  "advice 15 3 2 2 0 2 0 0\n"
	  "advice all 3 3 5 1 2 0 0\n"
	  "drafting 5 3 2 2 1 1 0 0\n"
	  "drafting 6 3 0 0 0 0 0 0\n"
	  "drafting 15 3 0 0 0 0 0 0\n"
	  "drafting all 3 2 2 1 1 0 0\n"
	  "all 5 3 3 5 2 1 0 0\n"
	  "all 6 3 0 0 0 0 0 0\n"
	  "all 15 3 2 2 0 2 0 0\n"
	  "all all 3 3 7 2 1 0 0\n"
	  "1 left out" },
	{ "topic", "type=drafting", false, OF_STATES, 300,
	  "low 3 2 2 1 1 0 0\n"
	  "virus 3 2 2 1 1 0 0\n"
	  "1 left out" },
	{ "type", "topic=virus", true, OF_STATES, 300,
	  "advice 3 2 3 1 1 0 0\n"
	  "drafting 3 2 2 1 1 0 0\n"
	  "all 3 3 5 2 1 0 0\n"
	  "1 left out" },
	{ "review", "paragraph=15(2),5", false, OF_STATES, 300,
	  "R0 1 1 2 1 0 0 0\n"
	  "R1 1 1 1 1 0 0 0\n"
	  "R3 1 1 1 1 0 0 0\n"
	  "1 left out" },
	{ "provider,beneficiary", "review=R3", true, OF_STATES, 300,
	  "Agency government 1 1 3 0 1 0 0\n"
	  "Agency society 1 1 3 1 0 0 0\n"
	  "Agency all 1 1 3 1 0 0 0\n"
	  "Bureau government 1 1 3 0 1 0 0\n"
	  "Bureau society 1 1 3 0 1 0 0\n"
	  "Bureau - 1 1 3 0 1 0 0\n"
	  "Bureau all 1 1 3 0 1 0 0\n"
	  "- government 1 1 3 1 0 0 0\n"
	  "- - 1 1 3 0 1 0 0\n"
	  "- all 1 1 3 1 0 0 0\n"
	  "all government 1 1 3 1 0 0 0\n"
	  "all society 1 1 3 1 0 0 0\n"
	  "all - 1 1 3 0 1 0 0\n"
	  "all all 1 1 3 1 0 0 0\n"
	  "0 left out" },
	{ "beneficiary,chapter", "provider=Agency", true, OF_REGIONS, 300,
	  "government II 3 3 6 1 2 0 0\n"
	  "government III 3 2 2 0 2 0 0\n"
	  "government all 3 3 8 1 2 0 0\n"
	  "society II 3 3 6 1 2 0 0\n"
	  "society III 3 2 2 0 2 0 0\n"
	  "society all 3 3 8 1 2 0 0\n"
	  "all II 3 3 6 2 1 0 0\n"
	  "all III 3 2 2 0 2 0 0\n"
	  "all all 3 3 8 2 1 0 0\n"
	  "1 left out" },
	{ "review,article", "", false, OF_STATES, 109,
	  "R0 5 1 1 3 0 1 0 0\n"
	  "R0 6 1 1 1 0 1 0 0\n"
	  "R0 15 1 1 1 1 0 0 0\n"
	  "1 left out" },
	{ "mechanism,region,cycle,paragraph,topic,type,provider,beneficiary",
	  "article=5;state=XAB;provider=Agency", false, OF_STATES, 300,
	  "M unassigned C1 5 low advice Agency government 2 1 1 0 1 0 0\n"
	  "M unassigned C1 5 low advice Agency society 2 1 1 0 1 0 0\n"
	  "M unassigned C1 5 low drafting Agency government 2 1 1 0 1 0 0\n"
	  "M unassigned C1 5 low drafting Agency society 2 1 1 1 0 0 0\n"
	  "M unassigned C1 5 virus advice Agency government 2 1 1 0 1 0 0\n"
	  "M unassigned C1 5 virus advice Agency society 2 1 1 0 1 0 0\n"
	  "M unassigned C1 5 virus drafting Agency government 2 1 1 0 1 0 0\n"
	  "M unassigned C1 5 virus drafting Agency society 2 1 1 1 0 0 0\n"
	  "M unassigned C1 5(1) low advice Agency government 2 0 0 0 0 0 0\n"
	  "M unassigned C1 5(1) low advice Agency society 2 0 0 0 0 0 0\n"
	  "M unassigned C1 5(1) low drafting Agency government 2 0 0 0 0 0 0\n"
	  "M unassigned C1 5(1) low drafting Agency society 2 0 0 0 0 0 0\n"
	  "M unassigned C1 5(1) virus advice Agency government 2 0 0 0 0 0 0\n"
	  "M unassigned C1 5(1) virus advice Agency society 2 0 0 0 0 0 0\n"
	  "M unassigned C1 5(1) virus drafting Agency government 2 0 0 0 0 0 0\n"
	  "M unassigned C1 5(1) virus drafting Agency society 2 0 0 0 0 0 0\n"
	  "0 left out" },
};

static void show_all(char *out, size_t size, const struct irm_query *query,
                     const struct irm_counter *counts, size_t left_out)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	assert_int_equal(counts->width, query->n_by);
	assert_int_equal(counts->columns, IRM_ASSIST_COLUMNS);
	for (size_t i = 0; i < counts->n; i++) {
		char buffer[16];
		for (size_t k = 0; k < query->n_by; k++) {
			uint32_t value = counts->keys[i * counts->width + k];
			const char *text =
			        irm_key_text(query->data, query->by[k], value, false, buffer);
			fprintf(f, "%s ", *text ? text : "-");
		}
		for (size_t c = 0; c <= IRM_ASSIST_REGIONAL; c++)
			fprintf(f, "%s%d", c ? " " : "",
			        (int)counts->counts[i * counts->columns + c]);
		fputc('\n', f);
	}
	fprintf(f, "%zu left out", left_out);
	assert_int_equal(fclose(f), 0);
}

static void test_all_counts(void **state)
{
	(void)state;
	const struct irm_dataset data = with_assistance();
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct irm_query query;
		struct irm_addresses *addresses = NULL;
		struct irm_counter counts;
		struct irm_err err = { .code = IRM_OK };
		size_t left_out = 99;
		char found[2000], name[80];
		snprintf(name, sizeof name, "by %s where %s", questions[i].by, questions[i].where);
		fixture_query(&query, &data, name, questions[i].by, questions[i].where, ~0u, 0);
		query.total = questions[i].total;
		query.as_of = questions[i].day;
		assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_OK);
		const struct irm_assist_gap gap = { addresses, questions[i].gap == OF_REGIONS };
		assert_int_equal(irm_assist_count(&counts, &left_out, &query,
		                                  questions[i].gap == NO_GAP ? NULL : &gap, &err),
		                 IRM_OK);
		show_all(found, sizeof found, &query, &counts, left_out);
		if (*questions[i].expected == 64)
			printf("@@%zu|0|%s@@END", i, found);
		else
			same_text(name, found, questions[i].expected);
		irm_counter_release(&counts);
		irm_addresses_free(addresses);
		irm_query_release(&query);
	}
}

/* R3's next need and the next paragraph of 15 lie after the ends. */
static void test_records_end_where_they_do(void **state)
{
	(void)state;
	struct irm_dataset data = with_assistance();
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	char found[200];
	size_t left_out = 99;
	data.n_needs = 9;
	data.n_paragraphs = 4;
	fixture_query(&query, &data, "end", "paragraph", "article=15", ~0u, 0);
	query.as_of = 300;
	assert_int_equal(irm_assist_count(&counts, &left_out, &query, NULL, &err), IRM_OK);
	show_all(found, sizeof found, &query, &counts, left_out);
	same_text("end", found, "15 3 0 0 0 0 0 0\n1 left out");
	irm_counter_release(&counts);
	irm_query_release(&query);
}

static void test_numbers_of_several_conventions(void **state)
{
	(void)state;
	static struct irm_mechanism mechanisms[] = { { "M", "", "MUC", 0, 2 },
		                                     { "N", "", "OTH", 0, 2 } };
	struct irm_dataset data = with_assistance();
	struct irm_query query;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	size_t left_out = 99;
	data.mechanisms = mechanisms;
	data.n_mechanisms = 2;
	data.reviews[3].mechanism = 1;
	fixture_query(&query, &data, "conventions", "article", "", ~0u, 0);
	assert_int_equal(irm_assist_count(&counts, &left_out, &query, NULL, &err), IRM_USAGE);
	same_error("conventions", &err,
	           "the reviews are under several conventions, whose articles have the same "
	           "numbers (choose one: --where mechanism=CODE)");
	assert_int_equal(left_out, 1);
	data.reviews[3].mechanism = 0;
	irm_counter_release(&counts);
	irm_query_release(&query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_assist_every_denominator),
		cmocka_unit_test(test_all_counts),
		cmocka_unit_test(test_records_end_where_they_do),
		cmocka_unit_test(test_numbers_of_several_conventions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
