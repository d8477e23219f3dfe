/* Rules of the table reviews: reviewing States, redraws, years; and of States. */
#include "review/check.h"

/* (review, state): the reviewing States of each review, in their columns */
#define REVIEWERS \
	"(SELECT id AS review, reviewer_1 AS state, 1 AS place FROM t_reviews " \
	"UNION ALL SELECT id, reviewer_2, 2 FROM t_reviews " \
	"UNION ALL SELECT id, reviewer_3, 3 FROM t_reviews)"

/* Reviews with two or more reviewing States whose regions are known, as is the State's: how many
 * are known, and how many are of the State's region. */
#define REGIONS \
	"(SELECT r.id, r.review, g.region, count(*) AS known, sum(p.region = s.region) AS same " \
	"FROM t_reviews AS r JOIN t_states AS s ON s.id = r.state " \
	"JOIN t_regions AS g ON g.id = s.region JOIN " REVIEWERS " AS v ON v.review = r.id " \
	"JOIN t_states AS p ON p.id = v.state WHERE p.region IS NOT NULL GROUP BY r.id) "

static const struct irm_check_rule rules[] = {
	{ .id = "reviewer-is-reviewed",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a State reviews itself",
	  .advice = "One of the columns state, reviewer_1, reviewer_2, reviewer_3 is wrong.",
	  .queries = { { "reviews", "SELECT r.review, printf('the State under review, ''%s'', is "
	                            "reviewer_%d', s.state, v.place) FROM t_reviews AS r JOIN "
	                            "t_states AS s ON s.id = r.state JOIN " REVIEWERS
	                            " AS v ON v.review = r.id AND v.state = r.state ORDER BY "
	                            "r.review, v.place" } } },
	{ .id = "reviewer-twice",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a State reviews the same review twice",
	  .advice = "One of the columns reviewer_1, reviewer_2, reviewer_3 is wrong.",
	  .queries = { { "reviews",
	                 "SELECT r.review, printf('''%s'' is reviewer_%d and reviewer_%d', "
	                 "s.state, a.place, b.place) FROM t_reviews AS r JOIN " REVIEWERS
	                 " AS a ON a.review = r.id JOIN " REVIEWERS
	                 " AS b ON b.review = r.id AND b.state = a.state AND b.place > a.place "
	                 "JOIN t_states AS s ON s.id = a.state ORDER BY r.review, a.place, "
	                 "b.place" } } },
	{ .id = "reviewer-over-three",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a State is a reviewer in more than three reviews of a cycle",
	  .advice = "Discontinued reviews are not counted. Three is the most under the Mechanism "
	            "of the Convention against Corruption; other mechanisms have other limits: "
	            "leave the rule out there with --ignore.",
	  .queries = { { "states", "SELECT s.state, printf('reviewer in %d reviews of the cycle "
	                           "''%s''', count(*), c.cycle) FROM " REVIEWERS
	                           " AS v JOIN t_reviews AS r ON r.id = v.review JOIN t_states AS "
	                           "s ON s.id = v.state JOIN t_cycles AS c ON c.id = r.cycle WHERE "
	                           "r.discontinued IS NULL GROUP BY s.id, c.id HAVING count(*) > 3 "
	                           "ORDER BY c.cycle, s.state" } } },
	{ .id = "reviewer-never",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a State under review in a cycle is a reviewer in none of its reviews",
	  .advice = "Only in cycles in which each review has a reviewing State: where pairs are "
	            "missing, nothing follows from a State's absence.",
	  .queries = { { "states",
	                 "SELECT DISTINCT s.state, printf('under review in the cycle ''%s'', and "
	                 "reviewer in none of its reviews', c.cycle), c.cycle FROM t_reviews AS r "
	                 "JOIN t_states AS s ON s.id = r.state JOIN t_cycles AS c ON c.id = "
	                 "r.cycle WHERE r.discontinued IS NULL AND c.id NOT IN (SELECT cycle FROM "
	                 "t_reviews WHERE reviewer_1 IS NULL AND reviewer_2 IS NULL AND reviewer_3 "
	                 "IS NULL) AND (r.cycle, r.state) NOT IN (SELECT o.cycle, v.state "
	                 "FROM " REVIEWERS " AS v JOIN t_reviews AS o ON o.id = v.review WHERE "
	                 "v.state IS NOT NULL) ORDER BY c.cycle, s.state" } } },
	{ .id = "reviewers-none-of-region",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "no reviewing State is of the region of the State under review",
	  .advice = "It occurs, as where a region is small or a group has changed. Only where two "
	            "or more reviewing States with a region are known.",
	  .queries = { { "reviews", "SELECT review, printf('none of %d reviewing States is of the "
	                            "region ''%s''', known, region) FROM " REGIONS
	                            "WHERE known > 1 AND same = 0 ORDER BY review" } } },
	{ .id = "reviewers-all-of-region",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "all reviewing States are of the region of the State under review",
	  .advice = "It occurs: lots may fall so. Only where two or more reviewing States with a "
	            "region are known.",
	  .queries = { { "reviews", "SELECT review, printf('all %d reviewing States are of the "
	                            "region ''%s''', known, region) FROM " REGIONS
	                            "WHERE known > 1 AND same = known ORDER BY review" } } },
	{ .id = "replaced-review-not-discontinued",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a review is replaced by another, and not discontinued",
	  .advice = "The review that replaces it counts from the day this one was discontinued, so "
	            "now never. Fill in discontinued.",
	  .queries = { { "reviews",
	                 "SELECT o.review, printf('replaced by ''%s'', and discontinued is empty', "
	                 "n.review) FROM t_reviews AS n JOIN t_reviews AS o ON o.id = n.replaces "
	                 "WHERE o.discontinued IS NULL ORDER BY o.review, n.review" } } },
	{ .id = "replaces-another-state-or-cycle",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a review replaces one of another State or cycle",
	  .advice = "A review drawn again is of the same State in the same cycle.",
	  .queries = { { "reviews",
	                 "SELECT n.review, printf('replaces ''%s'', a review of ''%s'' in ''%s''', "
	                 "o.review, s.state, c.cycle) FROM t_reviews AS n JOIN t_reviews AS o ON "
	                 "o.id = n.replaces JOIN t_states AS s ON s.id = o.state JOIN t_cycles AS "
	                 "c ON c.id = o.cycle WHERE o.state <> n.state OR o.cycle <> n.cycle ORDER "
	                 "BY n.review" } } },
	{ .id = "replaced-twice",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "two reviews replace the same one",
	  .advice = "Of a review drawn three times, the third replaces the second.",
	  .queries = { { "reviews",
	                 "SELECT b.review, printf('replaces ''%s'', as does ''%s''', o.review, "
	                 "a.review) FROM t_reviews AS a JOIN t_reviews AS b ON b.replaces = "
	                 "a.replaces AND b.review > a.review JOIN t_reviews AS o ON o.id = "
	                 "a.replaces ORDER BY b.review, a.review" } } },
	{ .id = "begun-before-it-replaces",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a review has a milestone before the day the one it replaces was discontinued",
	  .advice =
	          "It counts only from that day. Steps of the first draw belong to the old review.",
	  .queries = { { "events",
	                 "SELECT n.review, m.milestone, printf('dated %s, and ''%s'' was "
	                 "discontinued on %s', e.date, o.review, day(o.discontinued)) FROM "
	                 "t_reviews AS n JOIN t_reviews AS o ON o.id = n.replaces JOIN t_events AS "
	                 "e ON e.review = n.id JOIN t_milestones AS m ON m.id = e.milestone WHERE "
	                 "e.date_last < o.discontinued ORDER BY n.review, m.position" } } },
	{ .id = "two-live-reviews",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a State has two reviews in a cycle, neither discontinued nor replaced",
	  .advice = "Both count in every figure. Of a review drawn again, the old one has "
	            "discontinued and the new one replaces.",
	  .queries = { { "reviews",
	                 "SELECT b.review, printf('a second review of ''%s'' in ''%s'' beside "
	                 "''%s''', s.state, c.cycle, a.review) FROM t_reviews AS a JOIN t_reviews "
	                 "AS b ON b.cycle = a.cycle AND b.state = a.state AND b.review > a.review "
	                 "JOIN t_states AS s ON s.id = a.state JOIN t_cycles AS c ON c.id = "
	                 "a.cycle WHERE a.discontinued IS NULL AND b.discontinued IS NULL AND "
	                 "a.replaces IS NOT b.id AND b.replaces IS NOT a.id ORDER BY b.review, "
	                 "a.review" } } },
	{ .id = "discontinued-not-replaced",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a review is discontinued, and none replaces it",
	  .advice = "The State has then no review in the cycle. It may be so; or replaces is "
	            "missing.",
	  .queries = { { "reviews",
	                 "SELECT review, printf('discontinued %s', day(discontinued)) FROM "
	                 "t_reviews AS r WHERE discontinued IS NOT NULL AND NOT EXISTS (SELECT 1 "
	                 "FROM t_reviews AS n WHERE n.replaces = r.id) ORDER BY review" } } },
	{ .id = "year-outside-cycle",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a review is scheduled for a year outside its cycle",
	  .advice = "Either the year or the cycle of the review is wrong, or the cycle's days are.",
	  .queries = { { "reviews",
	                 "SELECT r.review, printf('scheduled for %d; the cycle ''%s'' runs from %s "
	                 "to %s', r.year, c.cycle, ifnull(day(c.starts), '...'), "
	                 "ifnull(day(c.ends), '...')) FROM t_reviews AS r JOIN t_cycles AS c ON "
	                 "c.id = r.cycle WHERE r.year < CAST(strftime('%Y', c.starts * 86400, "
	                 "'unixepoch') AS INTEGER) OR r.year > CAST(strftime('%Y', c.ends * 86400, "
	                 "'unixepoch') AS INTEGER) ORDER BY r.review" } } },
	{ .id = "year-after-as-of",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a review is scheduled for a year after the day of the records",
	  .advice = "It is eligible all the same: irm-rates --of due leaves it out.",
	  .queries = { { "reviews",
	                 "SELECT review, printf('scheduled for %d, after %s', year, day(:as_of)) "
	                 "FROM t_reviews WHERE year > CAST(strftime('%Y', :as_of * 86400, "
	                 "'unixepoch') AS INTEGER) ORDER BY review" } } },
	{ .id = "observed-until-after-package",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "the records of a review reach further than those of its package",
	  .advice = "The package's as_of is the day up to which all its records are complete; "
	            "observed_until is for reviews whose records end earlier.",
	  .queries = { { "reviews",
	                 "SELECT r.review, printf('observed until %s, and the package ''%s'' until "
	                 "%s', day(r.observed_until), p.package, day(p.as_of)) FROM t_reviews AS r "
	                 "JOIN t_packages AS p ON p.id = r.package WHERE r.observed_until > "
	                 "p.as_of ORDER BY r.review" } } },
	{ .id = "state-without-region",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a State has no region",
	  .advice = "It counts in totals, and by region under 'unassigned'.",
	  .queries = { { "states", "SELECT state, 'no region' FROM t_states WHERE region IS NULL "
	                           "ORDER BY state" } } },
	{ .id = "state-name-twice",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "two States have the same name",
	  .advice = "One State under two codes counts twice.",
	  .queries = { { "states",
	                 "SELECT b.state, printf('named ''%s'', as is ''%s''', b.name, a.state) "
	                 "FROM t_states AS b JOIN (SELECT plain(name) AS name, min(state) AS state "
	                 "FROM t_states GROUP BY 1 HAVING count(*) > 1) AS a ON a.name = "
	                 "plain(b.name) WHERE b.state <> a.state ORDER BY 1" } } },
};

const struct irm_check_group irm_check_reviews = { rules, sizeof rules / sizeof *rules };
