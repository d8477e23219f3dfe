/* Who could have: the reviews whose findings are out, and the articles that they are asked about.
 */
#include "fixture.h"
#include "small.h"

#include "review/calendar.h"
#include "review/eligible.h"

/* M of MUC with C1, which looks at both chapters, and N of OTH with C2, which looks at II alone.
 * Each has two milestones, of which the second releases findings. */
struct world {
	struct irm_dataset data;
	struct irm_mechanism mechanisms[2];
	struct irm_milestone milestones[4];
	struct irm_cycle cycles[2];
	struct irm_article articles[5];
	struct irm_topic topics[4];
	struct irm_review reviews[5];
	struct irm_date dates[10];
	bool scope[4];
};

#define NEEDS    (1u << IRM_HAS_NEEDS)
#define FINDINGS (1u << IRM_HAS_FINDINGS)

static const struct irm_dataset *make(struct world *w)
{
	*w = (struct world){
		.mechanisms = { { "M", "", "MUC", 0, 2 }, { "N", "", "OTH", 2, 2 } },
		.cycles = { { .code = "C1", .mechanism = 0 }, { .code = "C2", .mechanism = 1 } },
		.articles = { { "MUC", "5", "", 0 },
		              { "MUC", "6", "", 0 },
		              { "MUC", "15", "", 1 },
		              { "OTH", "5", "", 0 },
		              { "OTH", "15", "", 1 } },
		.topics = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 3 } },
		.scope = { true, true, true, false },
	};
	for (size_t i = 0; i < 4; i++)
		w->milestones[i].releases_findings = i % 2;
	for (uint32_t i = 0; i < 5; i++) {
		static const unsigned delivered[] = { NEEDS | FINDINGS, FINDINGS, NEEDS | FINDINGS,
			                              NEEDS, NEEDS | FINDINGS };
		static const char *const codes[] = { "R0", "R1", "R2", "R3", "R4" };
		/* R2's in between, R3's none */
		static const struct irm_date released[] = {
			{ 10, 10 }, { 10, 10 }, { 10, 20 }, { IRM_DAY_NONE, IRM_DAY_NONE }, { 5, 5 }
		};
		w->reviews[i] = (struct irm_review){ .code = codes[i],
			                             .cycle = i == 4,
			                             .mechanism = i == 4,
			                             .state = i % 2,
			                             .dialogue = IRM_NONE,
			                             .replaces = IRM_NONE,
			                             .discontinued = IRM_DAY_NONE,
			                             .observed_until = IRM_DAY_NONE,
			                             .delivered = delivered[i],
			                             .first_date = (size_t)2 * i };
		w->dates[2 * i] = irm_date_none();
		w->dates[2 * i + 1] = released[i];
	}
	w->data = small;
	w->data.mechanisms = w->mechanisms;
	w->data.milestones = w->milestones;
	w->data.cycles = w->cycles;
	w->data.articles = w->articles;
	w->data.topics = w->topics;
	w->data.reviews = w->reviews;
	w->data.dates = w->dates;
	w->data.scope = w->scope;
	w->data.n_articles = 5;
	w->data.n_topics = 4;
	w->data.n_reviews = 5;
	return &w->data;
}

/* What is called for, up to an error at call `stop` (0: none). */
struct heard {
	char text[200];
	int calls, stop;
};

static enum irm_code hear(struct heard *heard, const char *text)
{
	size_t used = strlen(heard->text);
	snprintf(heard->text + used, sizeof heard->text - used, "%s%s", used ? " " : "", text);
	return ++heard->calls == heard->stop ? IRM_SYSTEM : IRM_OK;
}

static enum irm_code hear_review(void *context, uint32_t review, struct irm_err *err)
{
	char text[20];
	snprintf(text, sizeof text, "R%u", review);
	err->code = hear(context, text);
	return err->code;
}

static enum irm_code hear_article(void *context, uint32_t article, uint32_t topic)
{
	char text[40], of[20] = "-", about[20] = "-";
	if (article != IRM_NONE)
		snprintf(of, sizeof of, "%u", article);
	if (topic != IRM_VALUE_UNKNOWN)
		snprintf(about, sizeof about, "%u", topic);
	snprintf(text, sizeof text, "%s/%s", of, about);
	return hear(context, text);
}

static void test_reviews_whose_findings_are_out(void **state)
{
	(void)state;
	static const struct {
		const char *by, *where;
		unsigned tables;
		int32_t day;
		bool middle;
		int stop;
		const char *expected; /* asked, left out: reviews; or a message */
	} cases[] = {
		{ "", "", 0, 9, false, 0, "5 0: R4" },
		{ "", "", 0, 10, false, 0, "5 0: R0 R1 R4" },
		{ "", "", 0, 4, false, 0, "5 0:" },
		{ "", "", 0, 19, false, 0, "5 0: R0 R1 R4" },
		{ "", "", 0, 20, false, 0, "5 0: R0 R1 R2 R4" },
		/* the middle of 10 and 20 */
		{ "", "", 0, 14, true, 0, "5 0: R0 R1 R4" },
		{ "", "", 0, 15, true, 0, "5 0: R0 R1 R2 R4" },
		{ "", "", NEEDS, 20, false, 0, "4 1: R0 R2 R4" },
		{ "", "", FINDINGS, 20, false, 0, "4 1: R0 R1 R2 R4" },
		{ "", "", NEEDS | FINDINGS, 20, false, 0, "3 2: R0 R2 R4" },
		{ "", "", 1u << IRM_HAS_MEASURES, 20, false, 0, "0 5:" },
		{ "", "review=R1,R2,R3", NEEDS, 20, false, 0, "2 1: R2" },
		{ "", "review!=R0", FINDINGS, 20, false, 0, "3 1: R1 R2 R4" },
		/* an error ends it */
		{ "", "", 0, 20, false, 2, "2 0: R0 R1: error 4" },
		{ "", "", 0, 20, false, 4, "5 0: R0 R1 R2 R4: error 4" },
		/* one number, two articles */
		{ "article", "", 0, 20, false, 0,
		  "5 0: R0 R1 R2: the reviews are under several conventions, whose articles have "
		  "the same numbers (choose one: --where mechanism=CODE)" },
		{ "", "paragraph=5", 0, 20, false, 0,
		  "5 0: R0 R1 R2: the reviews are under several conventions, whose articles have "
		  "the same numbers (choose one: --where mechanism=CODE)" },
		{ "article", "mechanism=M", 0, 20, false, 0, "4 0: R0 R1 R2" },
		{ "article", "mechanism=N", 0, 20, false, 0, "1 0: R4" },
		{ "topic,chapter,type", "", 0, 20, false, 0, "5 0: R0 R1 R2 R4" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world w;
		struct irm_query query;
		struct irm_eligible_seen seen = { 99, 99 };
		struct irm_err err = { .code = IRM_OK };
		struct heard heard = { .stop = cases[i].stop };
		char found[800], name[20], number[20];
		snprintf(name, sizeof name, "case %zu", i);
		fixture_query(&query, make(&w), name, cases[i].by, cases[i].where, ~0u, 0);
		query.as_of = cases[i].day;
		query.middle = cases[i].middle;
		enum irm_code code = irm_eligible_reviews(&seen, &query, cases[i].tables,
		                                          hear_review, &heard, &err);
		snprintf(number, sizeof number, "error %d", (int)code);
		snprintf(found, sizeof found, "%zu %zu:%s%s%s%.120s%s%s%s", seen.asked,
		         seen.left_out, *heard.text ? " " : "", heard.text, code ? ": " : "",
		         !code          ? ""
		         : *err.message ? err.message
		                        : number,
		         *err.hint ? " (" : "", err.hint, *err.hint ? ")" : "");
		same_text(name, found, cases[i].expected);
		same_number(name, code, err.code);
		irm_query_release(&query);
	}
}

static void test_release_on_its_day(void **state)
{
	(void)state;
	struct world w;
	const struct irm_query query = { .data = make(&w), .as_of = 10 };
	static const struct irm_date on = { 10, 10 }, after = { 11, 11 };
	const struct irm_date released[] = { irm_date_none(), on }, not_yet[] = { on, after };
	assert_true(irm_eligible_released(&query, 0, released));
	assert_int_equal(irm_eligible_release(&query, 0, released).first, 10);
	assert_int_equal(irm_eligible_release(&query, 0, released).last, 10);
	assert_false(irm_eligible_released(&query, 0, not_yet));
	assert_true(irm_date_is_none(irm_eligible_release(&query, 0, not_yet)));
}

static void test_keys_and_conditions_that_look_at_articles(void **state)
{
	(void)state;
	static const struct {
		const char *by, *where;
		bool expected;
	} cases[] = {
		{ "", "", false },
		{ "mechanism,region,cycle,year,state,review,dialogue,type", "", false },
		{ "stage,milestone,party,item,mode,kind,status,provider", "", false },
		{ "beneficiary", "type=advice;state=XAA", false },
		{ "year,article", "", true },
		{ "chapter", "", true },
		{ "topic", "", true },
		{ "paragraph", "", true },
		{ "", "article=5", true },
		{ "year", "chapter=II", true },
		{ "", "year=2012;topic=low", true },
		{ "", "paragraph=5", true },
	};
	struct world w;
	make(&w);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_query query;
		fixture_query(&query, &w.data, cases[i].by, cases[i].by, cases[i].where, ~0u, 0);
		same_number(cases[i].by, irm_eligible_by_article(&query), cases[i].expected);
		irm_query_release(&query);
	}
}

/* All articles that R0 (0) and R4 (4) are asked about, and one by one. */
static void test_articles_that_a_review_is_asked_about(void **state)
{
	(void)state;
	static const struct {
		const char *by, *where;
		uint32_t review;
		const char *all, *each; /* each: of no particular one, then of each article */
	} cases[] = {
		{ "", "", 0, "-/-", "-/-;-/-;-/-;-/-;;;" },
		{ "type", "", 4, "-/-", "-/-;;;;-/-;;" },
		{ "article", "", 0, "0/- 1/- 2/-", ";0/-;1/-;2/-;;;" },
		{ "article", "", 4, "3/-", ";;;;3/-;;" },
		{ "chapter", "chapter=III", 0, "2/-", ";;;2/-;;;" },
		{ "", "chapter=III", 4, "", ";;;;;;" },
		{ "", "article=5", 0, "0/-", ";0/-;;;;;" },
		{ "", "article=15,6", 0, "1/- 2/-", ";;1/-;2/-;;;" },
		{ "paragraph", "", 4, "3/-", ";;;;3/-;;" },
		{ "topic", "", 0, "0/0 0/1 1/0", ";0/0 0/1;1/0;;;;" },
		{ "topic", "", 4, "3/1", ";;;;3/1;;" },
		{ "", "topic=virus", 0, "0/1", ";0/1;;;;;" },
		{ "topic", "topic=low;article=6", 0, "1/0", ";;1/0;;;;" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world w;
		struct irm_query query;
		struct heard heard = { .stop = 0 };
		char each[400] = "", name[60];
		snprintf(name, sizeof name, "%s where %s", cases[i].by, cases[i].where);
		fixture_query(&query, make(&w), name, cases[i].by, cases[i].where, ~0u, 0);
		assert_int_equal(
		        irm_eligible_articles(&query, cases[i].review, hear_article, &heard),
		        IRM_OK);
		same_text(name, heard.text, cases[i].all);
		for (uint32_t a = 0; a < 6; a++) {
			struct heard one = { .stop = 0 };
			assert_int_equal(irm_eligible_article(&query, cases[i].review,
			                                      a ? a - 1 : IRM_NONE, hear_article,
			                                      &one),
			                 IRM_OK);
			size_t used = strlen(each);
			snprintf(each + used, sizeof each - used, "%s;", one.text);
		}
		same_text(name, each, cases[i].each);
		irm_query_release(&query);
	}
}

static void test_an_error_ends_articles(void **state)
{
	(void)state;
	static const struct {
		const char *by;
		int stop;
		const char *heard, *one;
	} cases[] = {
		{ "", 1, "-/-", "-/-" },
		{ "article", 1, "0/-", "0/-" },
		{ "article", 2, "0/- 1/-", "0/-" },
		{ "article", 3, "0/- 1/- 2/-", "0/-" },
		{ "topic", 1, "0/0", "0/0" },
		{ "topic", 2, "0/0 0/1", "0/0 0/1" },
		{ "topic", 3, "0/0 0/1 1/0", "0/0 0/1" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world w;
		struct irm_query query;
		struct heard heard = { .stop = cases[i].stop }, one = { .stop = cases[i].stop };
		fixture_query(&query, make(&w), "error", cases[i].by, "", ~0u, 0);
		same_number(cases[i].by, irm_eligible_articles(&query, 0, hear_article, &heard),
		            IRM_SYSTEM);
		same_text(cases[i].by, heard.text, cases[i].heard);
		enum irm_code code = irm_eligible_article(&query, 0, 0, hear_article, &one);
		same_number(cases[i].by, code, one.calls == cases[i].stop ? IRM_SYSTEM : IRM_OK);
		same_text(cases[i].by, one.text, cases[i].one);
		irm_query_release(&query);
	}
	struct world w;
	struct irm_query query;
	struct heard none = { .stop = 1 };
	fixture_query(&query, make(&w), "error", "", "", ~0u, 0);
	assert_int_equal(irm_eligible_article(&query, 0, IRM_NONE, hear_article, &none),
	                 IRM_SYSTEM);
	irm_query_release(&query);
}

static void test_values_of_a_review_and_an_article(void **state)
{
	(void)state;
	const uint32_t unknown = IRM_VALUE_UNKNOWN;
	struct world w;
	struct irm_query query;
	uint32_t values[] = { 7, 7, 7, 7, 7, 7, 7 };
	fixture_query(&query, make(&w), "values", "topic,type,article,cycle,chapter,paragraph", "",
	              ~0u, 0);
	irm_eligible_values(&query, 4, 4, 1, values);
	const uint32_t expected[] = { 1, unknown, 4, 1, 1, unknown, 7 };
	assert_memory_equal(values, expected, sizeof expected);
	irm_query_release(&query);
	/* as many keys as there may be */
	uint32_t most[] = { 7, 7, 7, 7, 7, 7, 7, 7, 7 };
	const uint32_t all[] = { 0, 1, 0, unknown, 1, 2, 1, 0, 7 };
	fixture_query(&query, &w.data, "values",
	              "cycle,state,mechanism,type,review,article,chapter,topic", "", ~0u, 0);
	irm_eligible_values(&query, 1, 2, 0, most);
	assert_memory_equal(most, all, sizeof all);
	irm_query_release(&query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reviews_whose_findings_are_out),
		cmocka_unit_test(test_release_on_its_day),
		cmocka_unit_test(test_keys_and_conditions_that_look_at_articles),
		cmocka_unit_test(test_articles_that_a_review_is_asked_about),
		cmocka_unit_test(test_an_error_ends_articles),
		cmocka_unit_test(test_values_of_a_review_and_an_article),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
