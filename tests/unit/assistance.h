/* The small dataset with needs, and with assistance that was provided; days are small numbers. */
#ifndef IRM_TESTS_ASSISTANCE_H
#define IRM_TESTS_ASSISTANCE_H

#include "small.h"

#define NO IRM_NONE
#define DAY(day) \
	{ \
		day, day \
	}
#define NO_DAY \
	{ \
		IRM_DAY_NONE, IRM_DAY_NONE \
	}

/* `heard` releases findings: R0's of XAA on day 100, R1's of XAB between 200 and 210, R3's of XAB
 * on 120. R2's package has no table of needs, and R4's findings are not out. C1 looks at II and
 * III; MUC's 5 has two topics. */
static struct irm_dataset with_assistance(void)
{
	static struct irm_mechanism mechanisms[] = { { "M", "Made up", "MUC", 0, 2 } };
	static struct irm_milestone milestones[] = {
		{ .code = "begun", .stage = 0, .from = NO, .party = NO },
		{ .code = "heard", .stage = 2, .from = NO, .party = NO, .releases_findings = true },
	};
	static struct irm_article articles[] = { { "MUC", "5", "Five", 0 },
		                                 { "MUC", "6", "", 0 },
		                                 { "MUC", "15", "", 1 },
		                                 { "OTH", "5", "", 1 } };
	static struct irm_paragraph paragraphs[] = {
		{ "5", 0 }, { "5(1)", 0 }, { "6", 1 }, { "15", 2 }, { "15(2)", 2 }
	};
	static struct irm_topic topics[] = { { 0, 0 }, { 0, 1 }, { 1, 0 } };
	static struct irm_cycle cycles[] = { { .code = "C1", .name = "First" } };
	static struct irm_review reviews[] = {
		{ .code = "R0", .state = 0, .delivered = 1u << IRM_HAS_NEEDS, .first_date = 0 },
		{ .code = "R1", .state = 1, .delivered = 1u << IRM_HAS_NEEDS, .first_date = 2 },
		{ .code = "R2", .state = 0, .delivered = 0, .first_date = 4 },
		{ .code = "R3", .state = 1, .delivered = 1u << IRM_HAS_NEEDS, .first_date = 6 },
		{ .code = "R4", .state = 1, .delivered = 1u << IRM_HAS_NEEDS, .first_date = 8 },
	};
	static struct irm_date dates[] = { NO_DAY,  DAY(100), NO_DAY,   { 200, 210 }, NO_DAY,
		                           DAY(50), NO_DAY,   DAY(120), NO_DAY,       NO_DAY };
	static struct irm_need needs[] = {
		{ 0, 0, 0, 0 }, { 0, 0, 0, 1 },  { 0, 0, 1, 1 },    { 0, 1, NO, 2 },
		{ 0, 2, 0, 4 }, { 0, 3, 0, NO }, { 0, NO, 1, NO },  { 1, 0, 0, 0 },
		{ 3, 0, 1, 0 }, { 3, 2, 0, 3 },  { 3, NO, NO, NO }, { 4, 0, 0, 0 },
	};
	static struct irm_activity activities[] = {
		{ "a0", NO, 0, 0, DAY(110), NO_DAY, false, 0, 2 },
		{ "a1", 1, 1, 1, DAY(90), DAY(99), true, 2, 1 },
		{ "a2", NO, 1, NO, DAY(105), DAY(105), true, 3, 1 },
		{ "a3", NO, NO, 0, { 115, 119 }, NO_DAY, false, 4, 1 },
		{ "a4", NO, 0, 1, DAY(118), DAY(130), true, 5, 2 },
		{ "a5", 0, NO, NO, NO_DAY, NO_DAY, false, 7, 1 },
		{ "a6", 1, 1, 0, DAY(500), NO_DAY, false, 8, 1 },
		{ "a7", NO, 0, 0, DAY(20), DAY(30), true, 9, 1 },
		{ "a8", 0, 1, 1, DAY(20), NO_DAY, false, 10, 0 },
	};
	static struct irm_target targets[] = {
		{ 0, 0, NO, 0, "5" },   { 0, NO, 1, 0, "6" },   { 1, 0, NO, 1, "5" },
		{ 2, 0, NO, NO, "15" }, { 3, 1, NO, 1, "5" },   { 4, 1, NO, 1, "5" },
		{ 4, 0, NO, NO, "" },   { 5, NO, 1, NO, "15" }, { 6, 0, NO, 0, "6" },
		{ 7, NO, NO, 1, "15" },
	};
	static bool scope[] = { true, true };
	struct irm_dataset data = small;
	for (size_t i = 0; i < COUNT(reviews); i++) {
		reviews[i].dialogue = reviews[i].replaces = NO;
		reviews[i].discontinued = reviews[i].observed_until = IRM_DAY_NONE;
		reviews[i].year = 2012;
	}
	data.mechanisms = mechanisms;
	data.n_mechanisms = COUNT(mechanisms);
	data.milestones = milestones;
	data.n_milestones = COUNT(milestones);
	data.articles = articles;
	data.n_articles = COUNT(articles);
	data.paragraphs = paragraphs;
	data.n_paragraphs = COUNT(paragraphs);
	data.topics = topics;
	data.n_topics = COUNT(topics);
	data.cycles = cycles;
	data.n_cycles = COUNT(cycles);
	data.reviews = reviews;
	data.n_reviews = COUNT(reviews);
	data.dates = dates;
	data.needs = needs;
	data.n_needs = COUNT(needs);
	data.activities = activities;
	data.n_activities = COUNT(activities);
	data.targets = targets;
	data.n_targets = COUNT(targets);
	data.scope = scope;
	data.has_assistance = true;
	return data;
}

#undef NO
#undef DAY
#undef NO_DAY

#endif
