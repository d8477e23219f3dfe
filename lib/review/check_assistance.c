/* Rules of the tables assistance and assistance_targets. */
#include "review/check.h"

#define TARGET    "SELECT a.activity, t.line, "
#define OF_TARGET "FROM t_assistance_targets AS t JOIN t_assistance AS a ON a.id = t.activity "

static const struct irm_check_rule rules[] = {
	{ .id = "assistance-before-party",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "assistance to a State began before it was a party",
	  .advice = "It occurs, as help to ratify; else the year is wrong. Entry into force is not "
	            "in the tables: states.party_since is what can be compared.",
	  .queries = { { "assistance_targets",
	                 TARGET "printf('began %s, and ''%s'' is a party since %s', a.starts, "
	                        "s.state, day(s.party_since)) " OF_TARGET
	                        "JOIN t_states AS s ON s.id = t.state WHERE a.starts_last < "
	                        "s.party_since ORDER BY 1, 2" } } },
	{ .id = "target-of-no-one",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a target of assistance names neither a State nor a region",
	  .advice = "It addresses no need. A region may be named for assistance to all its States.",
	  .queries = { { "assistance_targets",
	                 TARGET "'no State and no region' " OF_TARGET
	                        "WHERE t.state IS NULL AND t.region IS NULL ORDER BY 1, 2" } } },
	{ .id = "assistance-without-target",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "an activity has no target",
	  .advice =
	          "It addresses no need: assistance_targets says for whom and under which article.",
	  .queries = { { "assistance", "SELECT activity, 'no row of assistance_targets' FROM "
	                               "t_assistance WHERE id NOT IN (SELECT activity FROM "
	                               "t_assistance_targets) ORDER BY activity" } } },
	{ .id = "target-of-another-region",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a target's State is not of the target's region",
	  .advice = "Where a State is named, its own region counts: leave the region empty.",
	  .queries = { { "assistance_targets",
	                 TARGET "printf('''%s'' is of ''%s'', not of ''%s''', s.state, "
	                        "ifnull(h.region, 'no region'), g.region) " OF_TARGET
	                        "JOIN t_states AS s ON s.id = t.state JOIN t_regions AS g ON g.id "
	                        "= t.region LEFT JOIN t_regions AS h ON h.id = s.region WHERE "
	                        "t.region IS NOT s.region ORDER BY 1, 2" } } },
	{ .id = "assistance-twice",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "two activities are the same in all but their code",
	  .advice = "One activity recorded twice counts twice where activities are counted.",
	  .queries = { { "assistance",
	                 "SELECT b.activity, printf('the same as ''%s''', min(a.activity)) FROM "
	                 "t_assistance AS a JOIN t_assistance AS b ON b.topic = a.topic AND "
	                 "b.starts = a.starts AND b.provider IS a.provider AND b.beneficiary IS "
	                 "a.beneficiary AND b.ends IS a.ends AND b.activity > a.activity GROUP BY "
	                 "b.id ORDER BY b.activity" } } },
};

const struct irm_check_group irm_check_assistance = { rules, sizeof rules / sizeof *rules };
