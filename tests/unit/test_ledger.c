/* The ledger: what a file may have, and where it is wrong. */
#include "scarce.h"

#include <math.h>

#include "review/ledger.h"

#define HEAD "as_of,cycle,metric,region,article,explanation,difference\n"

/* Every field of every entry, "line key key key key key: explanation [difference]". */
static void show(char *out, size_t size, const struct irm_ledger *ledger)
{
	size_t used = 0;
	*out = '\0';
	for (size_t i = 0; i < ledger->n; i++) {
		const struct irm_ledger_entry *e = &ledger->entries[i];
		used += (size_t)snprintf(out + used, size - used, "%ld", e->line);
		for (size_t k = 0; k < 5; k++)
			used += (size_t)snprintf(out + used, size - used, " %s", e->key[k]);
		used += (size_t)snprintf(out + used, size - used, ": %s", e->explanation);
		if (!isnan(e->difference))
			used += (size_t)snprintf(out + used, size - used, " %g", e->difference);
		used += (size_t)snprintf(out + used, size - used, "\n");
		assert_true(used < size);
	}
}

struct ledger_case {
	const char *name, *text;
	const char *expected; /* what show() says, or the error */
};

static const struct ledger_case good[] = {
	{ "none", HEAD, "" },
	{ "with and without a difference",
	  HEAD "2020,C1,reviews,all,all,Counted twice,-2.5\n2020,C1,reviews,AFR,all,Late,\n",
	  "2 2020 C1 reviews all all: Counted twice -2.5\n3 2020 C1 reviews AFR all: Late\n" },
	{ "two days of one figure", HEAD "2020,C1,m,all,5,a,\n2021,C1,m,all,5,b,\n",
	  "2 2020 C1 m all 5: a\n3 2021 C1 m all 5: b\n" },
	{ "no such column", "as_of,cycle,metric,region,article,explanation\n2020,C1,m,all,5,Why\n",
	  "2 2020 C1 m all 5: Why\n" },
	{ "columns in another order",
	  "difference,explanation,article,region,metric,cycle,as_of\n3,Why,5,AFR,m,C1,2020\n",
	  "2 2020 C1 m AFR 5: Why 3\n" },
	{ "keys that differ in one alone",
	  HEAD "2020,C1,m,all,5,a,\n2021,C1,m,all,5,b,\n2020,C2,m,all,5,c,\n2020,C1,n,all,5,d,\n"
	       "2020,C1,m,AFR,5,e,\n2020,C1,m,all,6,f,\n",
	  "2 2020 C1 m all 5: a\n3 2021 C1 m all 5: b\n4 2020 C2 m all 5: c\n"
	  "5 2020 C1 n all 5: d\n6 2020 C1 m AFR 5: e\n7 2020 C1 m all 6: f\n" },
};

#define ROW "2020,C1,reviews,all,all,Why,\n"

static const struct ledger_case bad[] = {
	{ "not there", NULL, "l.csv: cannot read: No such file or directory" },
	{ "a column that is unknown", "as_of,cycle,metric,region,article,reason,difference\n" ROW,
	  "l.csv:1:6: a ledger has no column 'reason' (did you mean 'region'?)" },
	{ "of no likeness", "zzzzzzzz,as_of\n2020,1\n",
	  "l.csv:1:1: a ledger has no column 'zzzzzzzz' (one of: as_of, cycle, metric, region, "
	  "article, explanation, difference)" },
	{ "a column that is missing", "as_of,cycle,metric,region,article\n2020,C1,m,all,all\n",
	  "l.csv:1: expected a column 'explanation', found none of that name (one of: as_of, "
	  "cycle, "
	  "metric, region, article)" },
	{ "and where no row is", "as_of,cycle,metric,region,explanation\n",
	  "l.csv:1: expected a column 'article', found none of that name (one of: as_of, cycle, "
	  "metric, region, explanation)" },
	{ "the first, where no row is", "cycle,metric,region,article,explanation\n",
	  "l.csv:1: expected a column 'as_of', found none of that name (one of: cycle, metric, "
	  "region, article, explanation)" },
	{ "the last, where no row is", "as_of,cycle,metric,region,article,difference\n",
	  "l.csv:1: expected a column 'explanation', found none of that name (one of: as_of, "
	  "cycle, "
	  "metric, region, article, difference)" },
	{ "an empty key", HEAD ROW "2020,C1,,all,all,Why,\n",
	  "l.csv:3:3: metric: expected a text, found an empty field" },
	{ "an empty explanation", HEAD ROW "2020,C1,m,all,all,,\n",
	  "l.csv:3:6: explanation: expected a text, found an empty field" },
	{ "a difference that is no number", HEAD "2020,C1,m,all,all,Why,many\n",
	  "l.csv:2:7: expected a number such as 0.25, found 'many'" },
	{ "a key that stands twice", HEAD ROW "2020,C2,reviews,all,all,Why,\n" ROW,
	  "l.csv:4: the figure stands twice: line 2 explains it too" },
	{ "next to it", HEAD "2021,C1,reviews,all,all,Why,\n" ROW ROW,
	  "l.csv:4: the figure stands twice: line 3 explains it too" },
};

static void test_entries_of_a_ledger(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct irm_ledger ledger;
		struct irm_err err = { .code = IRM_OK };
		char found[1000];
		write_text("l.csv", good[i].text);
		if (irm_ledger_read(&ledger, "l.csv", &err))
			fail_msg("%s: %s", good[i].name, err.message);
		show(found, sizeof found, &ledger);
		same_text(good[i].name, found, good[i].expected);
		irm_ledger_release(&ledger);
		assert_int_equal(ledger.n, 0);
	}
}

static void test_errors_stand_at_their_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct irm_ledger ledger;
		struct irm_err err = { .code = IRM_OK };
		if (bad[i].text)
			write_text("l.csv", bad[i].text);
		assert_int_equal(irm_ledger_read(&ledger, "l.csv", &err),
		                 bad[i].text ? IRM_INPUT : IRM_SYSTEM);
		same_error(bad[i].name, &err, bad[i].expected);
		irm_ledger_release(&ledger);
	}
}

/* Wherever the two stand among others. */
static void test_of_two_entries_the_later_is_the_fault(void **state)
{
	(void)state;
	for (int first = 0; first < 12; first++)
		for (int second = first + 1; second < 12; second++) {
			char text[2000] = HEAD, expected[100];
			struct irm_ledger ledger;
			struct irm_err err = { .code = IRM_OK };
			for (int i = 0; i < 12; i++) {
				size_t used = strlen(text);
				int year = i == first || i == second ? 0 : i * 5 % 12 + 1;
				snprintf(text + used, sizeof text - used,
				         "20%02d,C1,m,all,all,Why,\n", year);
			}
			write_text("l.csv", text);
			snprintf(expected, sizeof expected,
			         "l.csv:%d: the figure stands twice: line %d explains it too",
			         second + 2, first + 2);
			assert_int_equal(irm_ledger_read(&ledger, "l.csv", &err), IRM_INPUT);
			same_error("two", &err, expected);
			irm_ledger_release(&ledger);
		}
}

static enum irm_code read_two(void *context, struct irm_err *err)
{
	struct irm_ledger ledger;
	char found[200];
	(void)context;
	enum irm_code code = irm_ledger_read(&ledger, "l.csv", err);
	scarce_over();
	show(found, sizeof found, &ledger);
	if (!code)
		same_text("memory", found, good[2].expected);
	irm_ledger_release(&ledger);
	return code;
}

static void test_a_ledger_without_memory(void **state)
{
	(void)state;
	write_text("l.csv", good[2].text);
	scarce_sweep("ledger", read_two, NULL, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_entries_of_a_ledger),
		in_folder(test_errors_stand_at_their_place),
		in_folder(test_of_two_entries_the_later_is_the_fault),
		in_folder(test_a_ledger_without_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
