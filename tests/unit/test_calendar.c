/* The calendar of a review on a day: the day itself, the one before and the one after. Days are
 * small numbers; a review has the milestones 0 to 3, of which 2 is a dialogue. */
#include "unit.h"

#include "review/calendar.h"

#define D(day) \
	{ \
		day, day \
	}
#define V(first, last) \
	{ \
		first, last \
	}
#define BY(day) \
	{ \
		IRM_DAY_PAST, day \
	}
#define FROM(day) \
	{ \
		day, IRM_DAY_FUTURE \
	}
#define NONE \
	{ \
		IRM_DAY_NONE, IRM_DAY_NONE \
	}
#define N 4

/* A dataset of one review whose mechanism's milestones begin at 1. */
struct calendar {
	struct irm_dataset data;
	struct irm_mechanism mechanisms[2];
	struct irm_milestone milestones[1 + N];
	struct irm_review reviews[2];
	struct irm_date dates[1 + N];
};

static struct irm_dataset *make(struct calendar *c, const struct irm_date *recorded)
{
	*c = (struct calendar){ .mechanisms = { { "O", "", "", 0, 1 }, { "M", "", "", 1, N } } };
	for (size_t i = 0; i <= N; i++)
		c->milestones[i] = (struct irm_milestone){ .is_dialogue = i == 3 };
	for (size_t i = 0; i < 2; i++)
		c->reviews[i] = (struct irm_review){ .mechanism = 1,
			                             .replaces = IRM_NONE,
			                             .dialogue = IRM_NONE,
			                             .discontinued = IRM_DAY_NONE,
			                             .observed_until = IRM_DAY_NONE,
			                             .first_date = 1 };
	if (recorded)
		memcpy(c->dates + 1, recorded, N * sizeof *recorded);
	c->data = (struct irm_dataset){ .mechanisms = c->mechanisms,
		                        .milestones = c->milestones,
		                        .reviews = c->reviews,
		                        .dates = c->dates,
		                        .n_mechanisms = 2,
		                        .n_milestones = 1 + N,
		                        .n_reviews = 2 };
	return &c->data;
}

static void test_date_by_the_day_itself(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct irm_date date;
		int32_t day;
		enum irm_happened expected;
	} cases[] = {
		{ "none", NONE, 10, IRM_NOT_YET },
		{ "the day before", D(10), 9, IRM_NOT_YET },
		{ "the day", D(10), 10, IRM_HAPPENED },
		{ "the day after", D(10), 11, IRM_HAPPENED },
		{ "before the first", V(10, 12), 9, IRM_NOT_YET },
		{ "the first", V(10, 12), 10, IRM_IN_BETWEEN },
		{ "one before the last", V(10, 12), 11, IRM_IN_BETWEEN },
		{ "the last", V(10, 12), 12, IRM_HAPPENED },
		{ "open to the past", BY(12), -700000, IRM_IN_BETWEEN },
		{ "open to the past, its end", BY(12), 12, IRM_HAPPENED },
		{ "open to the future", FROM(12), 2900000, IRM_IN_BETWEEN },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		same_number(cases[i].name, irm_date_by(cases[i].date, cases[i].day),
		            cases[i].expected);
}

static void same_date(const char *name, struct irm_date found, struct irm_date expected)
{
	if (found.first != expected.first || found.last != expected.last)
		fail_msg("%s: expected %d to %d, found %d to %d", name, expected.first,
		         expected.last, found.first, found.last);
}

static void test_date_counted_as_its_middle(void **state)
{
	(void)state;
	const struct irm_date vague = V(10, 13), open = FROM(10), none = NONE;
	same_date("as it is", irm_date_counted(vague, false), vague);
	same_date("middle", irm_date_counted(vague, true), irm_date_of_day(11));
	same_date("open", irm_date_counted(open, true), open);
	same_date("none", irm_date_counted(none, true), none);
}

static void test_dates_that_are_missing_are_no_later_than_those_after_them(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		bool no_dialogue, middle;
		struct irm_date recorded[N], expected[N];
	} cases[] = {
		{ "nothing", false, false, { NONE, NONE, NONE, NONE }, { NONE, NONE, NONE, NONE } },
		{ "the last alone",
		  false,
		  false,
		  { NONE, NONE, NONE, D(9) },
		  { BY(9), BY(9), BY(9), D(9) } },
		{ "the first alone",
		  false,
		  false,
		  { D(9), NONE, NONE, NONE },
		  { D(9), NONE, NONE, NONE } },
		{ "the earliest of those after",
		  false,
		  false,
		  { NONE, D(5), NONE, V(6, 9) },
		  { BY(5), D(5), BY(9), V(6, 9) } },
		{ "out of order",
		  false,
		  false,
		  { NONE, NONE, D(9), D(4) },
		  { BY(4), BY(4), D(9), D(4) } },
		{ "no dialogue, no date of it",
		  true,
		  false,
		  { NONE, D(2), NONE, D(9) },
		  { BY(2), D(2), NONE, D(9) } },
		{ "no dialogue, others as any",
		  true,
		  false,
		  { D(1), NONE, NONE, D(9) },
		  { D(1), BY(9), NONE, D(9) } },
		{ "middle",
		  false,
		  true,
		  { NONE, V(4, 8), FROM(3), NONE },
		  { BY(6), D(6), FROM(3), NONE } },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct calendar c;
		struct irm_date found[N];
		const struct irm_dataset *data = make(&c, cases[i].recorded);
		if (cases[i].no_dialogue)
			c.reviews[0].dialogue = IRM_NO_DIALOGUE;
		irm_calendar_dates(data, 0, cases[i].middle, found);
		for (size_t k = 0; k < N; k++)
			same_date(cases[i].name, found[k], cases[i].expected[k]);
	}
}

static void test_has_all_but_a_dialogue_that_there_is_none_of(void **state)
{
	(void)state;
	struct calendar c;
	const struct irm_dataset *data = make(&c, NULL);
	for (uint32_t m = 1; m <= N; m++)
		assert_true(irm_calendar_has(data, 0, m));
	c.reviews[0].dialogue = IRM_JOINT_MEETING;
	assert_true(irm_calendar_has(data, 0, 3));
	c.reviews[0].dialogue = IRM_NO_DIALOGUE;
	assert_false(irm_calendar_has(data, 0, 3));
	assert_true(irm_calendar_has(data, 0, 4));
}

static void test_reached_by_its_own_date_or_a_later_milestone(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct irm_date dates[N];
		uint32_t at;
		int32_t until, day;
		enum irm_happened expected;
	} cases[] = {
		{ "its day", { D(5), NONE, NONE, NONE }, 0, IRM_DAY_NONE, 5, IRM_HAPPENED },
		{ "the day before", { D(5), NONE, NONE, NONE }, 0, IRM_DAY_NONE, 4, IRM_NOT_YET },
		{ "the last one's day",
		  { NONE, NONE, NONE, D(5) },
		  0,
		  IRM_DAY_NONE,
		  5,
		  IRM_HAPPENED },
		{ "the one before it proves nothing",
		  { D(5), NONE, NONE, NONE },
		  1,
		  IRM_DAY_NONE,
		  9,
		  IRM_NOT_YET },
		{ "in between", { V(4, 6), NONE, NONE, NONE }, 0, IRM_DAY_NONE, 5, IRM_IN_BETWEEN },
		{ "in between, and a later one has come",
		  { V(4, 6), D(5), NONE, NONE },
		  0,
		  IRM_DAY_NONE,
		  5,
		  IRM_HAPPENED },
		{ "a later one is in between",
		  { NONE, V(4, 6), NONE, NONE },
		  0,
		  IRM_DAY_NONE,
		  5,
		  IRM_NOT_YET },
		{ "the records' last day", { NONE, NONE, NONE, NONE }, 3, 5, 5, IRM_NOT_YET },
		{ "the day after it", { NONE, NONE, NONE, NONE }, 3, 5, 6, IRM_IN_BETWEEN },
		{ "after it, with a date that is to come",
		  { NONE, NONE, NONE, D(9) },
		  3,
		  5,
		  6,
		  IRM_NOT_YET },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct calendar c;
		const struct irm_dataset *data = make(&c, NULL);
		c.reviews[0].observed_until = cases[i].until;
		same_number(
		        cases[i].name,
		        irm_calendar_reached(data, 0, cases[i].dates, cases[i].at, cases[i].day),
		        cases[i].expected);
	}
}

static void test_released_by_the_first_that_releases_and_is_reached(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		unsigned release; /* bits: which milestones do */
		struct irm_date dates[N];
		int32_t day;
		struct irm_date on; /* none: it is not released */
	} cases[] = {
		{ "none does", 0, { D(1), D(2), D(3), D(4) }, 9, NONE },
		{ "its day", 2, { D(1), D(2), D(3), D(4) }, 2, D(2) },
		{ "the day before", 2, { D(1), D(2), D(3), D(4) }, 1, NONE },
		{ "the first of two", 10, { D(1), D(2), D(3), D(4) }, 9, D(2) },
		{ "by one too early for it", 9, { FROM(9), NONE, NONE, D(4) }, 4, FROM(9) },
		{ "two to come", 3, { V(1, 8), D(4), NONE, NONE }, 3, NONE },
		{ "narrower by a later one", 1, { V(1, 8), NONE, D(5), D(7) }, 9, V(1, 5) },
		{ "narrower by the next one", 1, { V(1, 8), D(4), NONE, NONE }, 9, V(1, 4) },
		{ "by the earliest that fits", 1, { V(3, 8), D(2), D(3), D(4) }, 9, V(3, 3) },
		{ "not by one before it", 2, { D(3), V(2, 8), NONE, NONE }, 9, V(2, 8) },
		{ "no date of its own", 1, { NONE, NONE, NONE, D(4) }, 9, BY(4) },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct calendar c;
		struct irm_date on = irm_date_none();
		const struct irm_dataset *data = make(&c, NULL);
		for (size_t k = 0; k < N; k++)
			c.milestones[1 + k].releases_findings = cases[i].release >> k & 1;
		bool released = irm_calendar_released(&on, data, 0, cases[i].dates, cases[i].day);
		same_number(cases[i].name, released, !irm_date_is_none(cases[i].on));
		same_date(cases[i].name, on, cases[i].on);
	}
}

static void test_counts_from_the_day_the_old_one_ends_until_its_own(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int32_t discontinued, old, day; /* old: of the one that it replaces; 0: none */
		bool expected;
	} cases[] = {
		{ "always", IRM_DAY_NONE, 0, 5, true },
		{ "the day before it ends", 6, 0, 5, true },
		{ "the day it ends", 5, 0, 5, false },
		{ "the day before the old one ends", IRM_DAY_NONE, 6, 5, false },
		{ "the day the old one ends", IRM_DAY_NONE, 5, 5, true },
		{ "the day after", IRM_DAY_NONE, 4, 5, true },
		{ "the old one never ends", IRM_DAY_NONE, IRM_DAY_NONE, 5, false },
		{ "begun and ended again", 5, 4, 5, false },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct calendar c;
		const struct irm_dataset *data = make(&c, NULL);
		c.reviews[1].discontinued = cases[i].discontinued;
		c.reviews[1].replaces = cases[i].old ? 0 : IRM_NONE;
		c.reviews[0].discontinued = cases[i].old;
		same_number(cases[i].name, irm_calendar_counts(data, 1, cases[i].day),
		            cases[i].expected);
	}
}

static void test_seen_until_the_earliest_that_is_known(void **state)
{
	(void)state;
	static const int32_t cases[][3] = {
		/* observed_until, discontinued, expected on day 9 */
		{ IRM_DAY_NONE, IRM_DAY_NONE, 9 },
		{ 8, IRM_DAY_NONE, 8 },
		{ IRM_DAY_NONE, 8, 8 },
		{ 7, 8, 7 },
		{ 8, 7, 7 },
		{ 10, 10, 9 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct calendar c;
		const struct irm_dataset *data = make(&c, NULL);
		c.reviews[0].observed_until = cases[i][0];
		c.reviews[0].discontinued = cases[i][1];
		same_number("until", irm_calendar_seen_until(data, 0, 9), cases[i][2]);
	}
}

static void test_room_for_the_longest_mechanism(void **state)
{
	(void)state;
	struct irm_mechanism mechanisms[] = { { .n = 3 }, { .n = 5 }, { .n = 4 } };
	struct irm_dataset data = { .mechanisms = mechanisms };
	assert_int_equal(irm_calendar_room(&data), 1);
	data.n_mechanisms = 1;
	assert_int_equal(irm_calendar_room(&data), 3);
	data.n_mechanisms = 3;
	assert_int_equal(irm_calendar_room(&data), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date_by_the_day_itself),
		cmocka_unit_test(test_date_counted_as_its_middle),
		cmocka_unit_test(test_dates_that_are_missing_are_no_later_than_those_after_them),
		cmocka_unit_test(test_has_all_but_a_dialogue_that_there_is_none_of),
		cmocka_unit_test(test_reached_by_its_own_date_or_a_later_milestone),
		cmocka_unit_test(test_released_by_the_first_that_releases_and_is_reached),
		cmocka_unit_test(test_counts_from_the_day_the_old_one_ends_until_its_own),
		cmocka_unit_test(test_seen_until_the_earliest_that_is_known),
		cmocka_unit_test(test_room_for_the_longest_mechanism),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
