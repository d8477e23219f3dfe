/* Which metric is which count. Metrics that nothing computes are those that documents were seen to
 * state, with the record that is missing. */
#include <string.h>

#include "review/metric.h"

#define MEETINGS   (1u << IRM_COUNTRY_VISIT | 1u << IRM_JOINT_MEETING)
#define ANY_VISITS (MEETINGS | 1u << IRM_ONLINE_VISIT)

/* Findings of a State: in all, and of a chapter. */
#define FINDINGS_OF(name, words, found) \
	{ .pattern = name "_identified", \
	  .says = words " in reviews whose findings are released", \
	  .unit = IRM_METRIC_ROWS, \
	  .when = IRM_METRIC_FINDING, \
	  .kind = (found) }, \
	        { .pattern = name "_STATE_chapter_CHAPTER", \
		  .says = words " of the State under articles of the chapter", \
		  .unit = IRM_METRIC_ROWS, \
		  .when = IRM_METRIC_FINDING, \
		  .kind = (found) }, \
	        { .pattern = name "_STATE_both_cycles", \
		  .says = words " of the State in all cycles", \
		  .unit = IRM_METRIC_ROWS, \
		  .when = IRM_METRIC_FINDING, \
		  .kind = (found) }, \
	{ \
		.pattern = name "_STATE", .says = words " of the State", .unit = IRM_METRIC_ROWS, \
		.when = IRM_METRIC_FINDING, .kind = (found) \
	}

#define LACKS(name, what) \
	{ \
		.pattern = name, .says = what, .unit = IRM_METRIC_NOTHING \
	}

const struct irm_metric_rule irm_metric_rules[] = {
	{ .pattern = "states_parties",
	  .says = "States with party_since by the day, the European Union included",
	  .unit = IRM_METRIC_PARTIES },
	{ .pattern = "states_parties",
	  .says = "States with party_since by the day, without the European Union (EUU)",
	  .unit = IRM_METRIC_PARTIES,
	  .without_eu = true },
	{ .pattern = "reviews",
	  .says = "reviews that count among their cycle's",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_LISTED },
	{ .pattern = "reviews_first_year",
	  .says = "reviews scheduled in the cycle's first year",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_LISTED,
	  .year = 1 },
	{ .pattern = "reviews_second_year",
	  .says = "reviews scheduled in the cycle's second year",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_LISTED,
	  .year = 2 },
	{ .pattern = "reviews_started",
	  .says = "reviews that have begun",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_BEGUN },
	{ .pattern = "reviews_completed",
	  .says = "reviews that have reached the last milestone",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_COMPLETED },
	{ .pattern = "reviews_completed",
	  .says = "reviews whose findings are released",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_RELEASED },
	{ .pattern = "country_visits_or_joint_meetings",
	  .says = "reviews whose dialogue, a country visit or joint meeting, is over",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DIALOGUE,
	  .kind = MEETINGS },
	{ .pattern = "country_visits_or_joint_meetings",
	  .says = "reviews whose dialogue, in person or online, is over",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DIALOGUE,
	  .kind = ANY_VISITS },
	{ .pattern = "executive_summaries_finalised",
	  .says = "reviews whose findings are released",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_RELEASED },
	{ .pattern = "executive_summaries_finalised",
	  .says = "reviews whose executive summary is published",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DOCUMENT,
	  .kind = IRM_EXECUTIVE_SUMMARY },
	{ .pattern = "executive_summaries_published",
	  .says = "reviews whose executive summary is published",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DOCUMENT,
	  .kind = IRM_EXECUTIVE_SUMMARY },
	{ .pattern = "executive_summaries_published_second_year",
	  .says = "reviews of the cycle's second year whose executive summary is published",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DOCUMENT,
	  .kind = IRM_EXECUTIVE_SUMMARY,
	  .year = 2 },
	{ .pattern = "country_reports_published",
	  .says = "reviews whose country report is published",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DOCUMENT,
	  .kind = IRM_COUNTRY_REPORT },
	{ .pattern = "parallel_reports_total",
	  .says = "reviews with a published report by civil society",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DOCUMENT,
	  .kind = IRM_CIVIL_SOCIETY_REPORT },
	{ .pattern = "parallel_reports_in_year",
	  .says = "reviews with a report by civil society published in the calendar year of the "
	          "day",
	  .unit = IRM_METRIC_REVIEWS,
	  .when = IRM_METRIC_DOCUMENT,
	  .kind = IRM_CIVIL_SOCIETY_REPORT,
	  .year = IRM_METRIC_CALENDAR_YEAR },
	{ .pattern = "countries_with_civil_society_review_report",
	  .says = "States with a published report by civil society",
	  .unit = IRM_METRIC_STATES,
	  .when = IRM_METRIC_DOCUMENT,
	  .kind = IRM_CIVIL_SOCIETY_REPORT },
	{ .pattern = "share_reviews_engaging_other_stakeholders",
	  .says = "reviews in which somebody took part, of those that have begun",
	  .unit = IRM_METRIC_SHARE,
	  .when = IRM_METRIC_PARTICIPATION,
	  .of = IRM_METRIC_BEGUN },
	{ .pattern = "share_reviews_engaging_other_stakeholders",
	  .says = "reviews in which somebody took part, of all reviews",
	  .unit = IRM_METRIC_SHARE,
	  .when = IRM_METRIC_PARTICIPATION,
	  .of = IRM_METRIC_LISTED },
	{ .pattern = "share_reviews_engaging_other_stakeholders",
	  .says = "reviews in which somebody took part, of those whose findings are released",
	  .unit = IRM_METRIC_SHARE,
	  .when = IRM_METRIC_PARTICIPATION,
	  .of = IRM_METRIC_RELEASED },
	{ .pattern = "countries_with_technical_assistance_needs",
	  .says = "States that name a need, in reviews whose findings are released",
	  .unit = IRM_METRIC_STATES,
	  .when = IRM_METRIC_NEED },
	{ .pattern = "technical_assistance_needs_identified",
	  .says = "needs in reviews whose findings are released",
	  .unit = IRM_METRIC_ROWS,
	  .when = IRM_METRIC_NEED },
	{ .pattern = "recommendations_STATE_implemented",
	  .says = "measures of the State that are completed",
	  .unit = IRM_METRIC_ROWS,
	  .when = IRM_METRIC_MEASURE,
	  .kind = IRM_COMPLETED },
	FINDINGS_OF("good_practices", "good practices", IRM_GOOD_PRACTICE),
	FINDINGS_OF("challenges", "challenges", IRM_CHALLENGE),
	FINDINGS_OF("recommendations", "recommendations", IRM_RECOMMENDATION),
	LACKS("implementation_gaps_identified",
	      "no table says which findings a document calls gaps"),
	LACKS("participating_countries", "no table says which States take part in a group"),
	LACKS("focal_points_appointed_groups_1_2",
	      "no table says which contact was appointed by a day, for which group"),
	LACKS("governmental_experts_appointed_groups_1_2",
	      "no table says which contact was appointed by a day, for which group"),
	LACKS("share_women_governmental_experts", "no table says which of the experts are women"),
	LACKS("reviews_in_state_of_implementation_study",
	      "no table says which reviews a study covers"),
	LACKS("transparency_pledge_signatories",
	      "no table says who signed the Transparency Pledge"),
	LACKS("governments_releasing_review_documents_after_request",
	      "no table says which documents were released on request"),
	LACKS("globe_network_authorities", "no table holds the members of the GlobE Network"),
	LACKS("globe_network_countries", "no table holds the members of the GlobE Network"),
	LACKS("practitioners_trained", "no table counts the persons whom an activity trained"),
	LACKS("share_states_reporting_legislative_reform",
	      "no table holds what States reported of the Mechanism's effect"),
	LACKS("share_states_reporting_positive_impact",
	      "no table holds what States reported of the Mechanism's effect"),
	LACKS("sids_resolution_submissions", "no table holds submissions to the secretariat"),
	LACKS("submissions_small_island_report", "no table holds submissions to the secretariat"),
	LACKS("technical_assistance_questionnaire_replies",
	      "no table holds replies to questionnaires"),
};
const size_t irm_metric_rules_n = sizeof irm_metric_rules / sizeof *irm_metric_rules;

/* Takes a code of capitals and digits, which ends at '_' or with the name; NULL where there is none
 * that fits. */
static const char *take_code(const char *name, char out[32])
{
	size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	if (n == 0 || n >= 32 || (name[n] && name[n] != '_'))
		return NULL;
	memcpy(out, name, n);
	out[n] = '\0';
	return name + n;
}

static bool matches(struct irm_metric *out, const char *pattern, const char *name)
{
	out->state[0] = out->chapter[0] = '\0';
	while (*pattern) {
		if (strncmp(pattern, "STATE", 5) == 0) {
			name = take_code(name, out->state);
			pattern += 5;
		} else if (strncmp(pattern, "CHAPTER", 7) == 0) {
			name = take_code(name, out->chapter);
			pattern += 7;
		} else if (*pattern++ != *name++) {
			return false;
		}
		if (!name)
			return false;
	}
	return *name == '\0';
}

bool irm_metric_next(struct irm_metric *out, const char *name)
{
	const struct irm_metric_rule *rule = out->rule ? out->rule + 1 : irm_metric_rules;
	for (; rule < irm_metric_rules + irm_metric_rules_n; rule++) {
		if (!matches(out, rule->pattern, name))
			continue;
		out->rule = rule;
		return true;
	}
	return false;
}

const char *irm_metric_lacks(const char *name)
{
	struct irm_metric metric = { .rule = NULL };
	if (!irm_metric_next(&metric, name))
		return "no rule knows it";
	return metric.rule->unit == IRM_METRIC_NOTHING ? metric.rule->says : NULL;
}
