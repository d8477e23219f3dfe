/* Rules of what stands around a review: documents, participation, contacts. */
#include "review/check.h"

#define DOCUMENT "SELECT r.review, d.kind, d.language, "
#define OF_DOCUMENT \
	"FROM t_documents AS d JOIN t_reviews AS r ON r.id = d.review " \
	"JOIN t_cycles AS c ON c.id = r.cycle "
#define PART    "SELECT r.review, p.step, p.sector, "
#define OF_PART "FROM t_participation AS p JOIN t_reviews AS r ON r.id = p.review "

/* The milestone (id) that a mechanism's report is agreed by: its last. */
#define LAST \
	"(SELECT l.id FROM t_milestones AS l WHERE l.mechanism = c.mechanism " \
	"ORDER BY l.position DESC LIMIT 1)"
#define RELEASE \
	"(SELECT l.id FROM t_milestones AS l WHERE l.mechanism = c.mechanism " \
	"AND l.releases_findings = 'yes' ORDER BY l.position LIMIT 1)"
#define SAME \
	"(SELECT l.id FROM t_milestones AS l WHERE l.mechanism = c.mechanism " \
	"AND l.milestone = d.kind)"

static const struct irm_check_rule rules[] = {
	{ .id = "document-before-agreement",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a document is published before the step that it comes from",
	  .advice = "A country report comes from the mechanism's last milestone, an executive "
	            "summary from the one that releases findings, a self-assessment from the "
	            "milestone of that code. One of the two dates is wrong.",
	  .queries = { { "documents", DOCUMENT
	                 "printf('published %s, and ''%s'' is dated %s', d.published, m.milestone, "
	                 "e.date) " OF_DOCUMENT "JOIN t_milestones AS m ON m.id = CASE d.kind WHEN "
	                 "'country_report' THEN " LAST " WHEN 'executive_summary' THEN " RELEASE
	                 " ELSE " SAME
	                 " END JOIN t_events AS e ON e.review = r.id AND e.milestone = m.id WHERE "
	                 "d.published_last < e.date_first ORDER BY 1, 2, 3" } } },
	{ .id = "report-without-agreement",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a country report is published, and no agreement on it is on record",
	  .advice = "A report is published only with the State's consent. The tables have no field "
	            "for that; its agreement, the last milestone, is what comes nearest.",
	  .queries = { { "documents", DOCUMENT
	                 "printf('no date for ''%s''', m.milestone) " OF_DOCUMENT
	                 "JOIN t_milestones AS m ON m.id = " LAST
	                 " LEFT JOIN t_events AS e ON e.review = r.id AND e.milestone = m.id WHERE "
	                 "d.kind = 'country_report' AND e.date IS NULL ORDER BY 1, 2, 3" } } },
	{ .id = "document-of-two-dates",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a document is published on different days in different languages",
	  .advice = "Translations come later; where they do not, one of the dates is wrong.",
	  .queries = { { "documents",
	                 DOCUMENT "printf('published %s, in ''%s'' %s', d.published, o.language, "
	                          "o.published), min(o.published_first) " OF_DOCUMENT
	                          "JOIN t_documents AS o ON o.review = d.review AND o.kind = "
	                          "d.kind WHERE d.published_first > o.published_last GROUP BY "
	                          "d.review, d.kind, d.language ORDER BY 1, 2, 3" } } },
	{ .id = "language-code",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a language is no code of two or three small letters",
	  .advice = "Write it as ISO 639 does: en, fr, ar; zh-Hans and pt-BR are fine too.",
	  .queries = { { "documents",
	                 DOCUMENT "printf('found ''%s''', d.language) " OF_DOCUMENT
	                          "WHERE NOT (d.language GLOB '[a-z][a-z]' OR d.language GLOB "
	                          "'[a-z][a-z][a-z]' OR d.language GLOB '[a-z][a-z]-?*' OR "
	                          "d.language GLOB '[a-z][a-z][a-z]-?*') ORDER BY 1, 2, 3" },
	               { "labels", "SELECT kind, code, lang, printf('found ''%s''', lang) FROM "
	                           "t_labels WHERE NOT (lang GLOB '[a-z][a-z]' OR lang GLOB "
	                           "'[a-z][a-z][a-z]' OR lang GLOB '[a-z][a-z]-?*' OR lang GLOB "
	                           "'[a-z][a-z][a-z]-?*') ORDER BY 1, 2, 3" } } },
	{ .id = "symbol-of-two-documents",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "two documents have the same symbol",
	  .advice = "A symbol names one document, in all its languages.",
	  .queries = { { "documents",
	                 DOCUMENT "printf('''%s'' is the symbol of %d documents', d.symbol, "
	                          "o.n) " OF_DOCUMENT
	                          "JOIN (SELECT symbol, count(DISTINCT review || ' ' || kind) AS n "
	                          "FROM t_documents GROUP BY symbol) AS o ON o.symbol = d.symbol "
	                          "WHERE o.n > 1 ORDER BY 1, 2, 3" } } },
	{ .id = "participation-without-dialogue",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "somebody took part in the dialogue of a review whose dialogue is 'none'",
	  .advice = "Either the participation or reviews.dialogue is wrong.",
	  .queries = { { "participation", PART
	                 "'reviews.dialogue is ''none''' " OF_PART
	                 "WHERE r.dialogue = 'none' AND p.step IN ('dialogue', 'country_visit', "
	                 "'online_visit', 'joint_meeting') ORDER BY 1, 2, 3" } } },
	{ .id = "participation-in-another-dialogue",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "somebody took part in a kind of dialogue that the review did not have",
	  .advice = "Either the step or reviews.dialogue is wrong, or the review had two.",
	  .queries = { { "participation", PART
	                 "printf('reviews.dialogue is ''%s''', r.dialogue) " OF_PART
	                 "WHERE p.step IN ('country_visit', 'online_visit', 'joint_meeting') AND "
	                 "r.dialogue <> 'none' AND p.step <> r.dialogue ORDER BY 1, 2, 3" } } },
	{ .id = "mode-against-dialogue",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "online at a visit in person, or in person at one online",
	  .advice = "It occurs: a meeting may be both. Else mode or reviews.dialogue is wrong.",
	  .queries = { { "participation", PART
	                 "printf('%s, and reviews.dialogue is ''%s''', p.mode, r.dialogue) " OF_PART
	                 "WHERE p.step IN ('dialogue', r.dialogue) AND ((p.mode = 'online' AND "
	                 "r.dialogue IN ('country_visit', 'joint_meeting')) OR (p.mode = "
	                 "'in_person' AND r.dialogue = 'online_visit')) ORDER BY 1, 2, 3" } } },
	{ .id = "participation-after-its-step",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "somebody took part in a step after it had ended",
	  .advice = "A milestone is dated by the day on which its step is done. One date is wrong.",
	  .queries = { { "participation", PART
	                 "printf('dated %s, and ''%s'' %s', p.date, m.milestone, e.date) " OF_PART
	                 "JOIN t_cycles AS c ON c.id = r.cycle JOIN t_milestones AS m ON "
	                 "m.mechanism = c.mechanism AND m.milestone = CASE p.step WHEN r.dialogue "
	                 "THEN 'dialogue' ELSE p.step END JOIN t_events AS e ON e.review = r.id "
	                 "AND e.milestone = m.id WHERE p.date_first > e.date_last ORDER BY 1, 2, "
	                 "3" } } },
	{ .id = "participation-step-unknown",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a step in which somebody took part is no milestone and no kind of dialogue",
	  .advice = "follow_up is known too. Steps that are spelt in several ways do not add up.",
	  .queries = { { "participation", PART
	                 "'the mechanism has no such milestone' " OF_PART
	                 "JOIN t_cycles AS c ON c.id = r.cycle WHERE p.step NOT IN ('dialogue', "
	                 "'country_visit', 'online_visit', 'joint_meeting', 'follow_up') AND NOT "
	                 "EXISTS (SELECT 1 FROM t_milestones AS m WHERE m.mechanism = c.mechanism "
	                 "AND m.milestone = p.step) ORDER BY 1, 2, 3" } } },
	{ .id = "contact-without-consent",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a contact's name or address is recorded without the day of consent",
	  .advice = "Contact details leave the file only with a consent date. Keep them only as "
	            "long as they are needed.",
	  .queries = { { "contacts",
	                 "SELECT s.state, c.role, 'no consent_date' FROM t_contacts AS c JOIN "
	                 "t_states AS s ON s.id = c.state WHERE c.consent_date IS NULL AND (c.name "
	                 "IS NOT NULL OR c.email IS NOT NULL) ORDER BY 1, 2" } } },
	{ .id = "email-malformed",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "an e-mail address is none",
	  .advice = "Expected one address, such as name@example.org.",
	  .queries = { { "contacts",
	                 "SELECT s.state, c.role, 'this is no address' FROM t_contacts AS c JOIN "
	                 "t_states AS s ON s.id = c.state WHERE c.email NOT LIKE '_%@_%._%' OR "
	                 "c.email LIKE '%@%@%' OR c.email GLOB '*[ ,;]*' ORDER BY 1, 2" } } },
};

const struct irm_check_group irm_check_documents = { rules, sizeof rules / sizeof *rules };
