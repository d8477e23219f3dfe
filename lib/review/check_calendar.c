/* Rules of what a mechanism is: milestones and their limits, cycles, scope, articles. */
#include <stdio.h>

#include "review/check.h"

#define RESOLUTION \
	"Conference of the States Parties to the United Nations Convention against Corruption, " \
	"resolution 3/1, paragraph 4 (chapters of each cycle)"

static enum irm_code found(struct irm_check *check, uint32_t milestone, const char *says,
                           const char *other, struct irm_err *err)
{
	const struct irm_dataset *data = check->data;
	const struct irm_milestone *m = &data->milestones[milestone];
	char key[1024];
	snprintf(key, sizeof key, "%s\x1f%s", data->mechanisms[m->mechanism].code, m->code);
	return irm_check_found(check, "milestones", key, err, "%s '%s'", says, other);
}

static enum irm_code find_loops(struct irm_check *check, struct irm_err *err)
{
	const struct irm_dataset *data = check->data;
	for (uint32_t i = 0; i < data->n_milestones; i++) {
		uint32_t at = data->milestones[i].from;
		for (size_t steps = 0; at != IRM_NONE && at != i && steps < data->n_milestones;
		     steps++)
			at = data->milestones[at].from;
		if (at == i && found(check, i, "its stage runs in a circle from",
		                     data->milestones[data->milestones[i].from].code, err))
			return err->code;
	}
	return IRM_OK;
}

/* Milestones are sorted by position. */
static enum irm_code find_backwards(struct irm_check *check, struct irm_err *err)
{
	const struct irm_dataset *data = check->data;
	for (uint32_t i = 0; i < data->n_milestones; i++) {
		uint32_t from = data->milestones[i].from;
		if (from != IRM_NONE && from >= i &&
		    found(check, i, "its stage runs from one that does not come before it,",
		          data->milestones[from].code, err))
			return err->code;
	}
	return IRM_OK;
}

/* The shortest and longest days that the limits allow from the first milestone of a chain of stages
 * to `milestone`; false where one of them has no limit, or the chain does not end. */
struct reach {
	uint32_t root;
	int64_t least, most;
};

static bool reach_of(const struct irm_dataset *data, uint32_t milestone, struct reach *out)
{
	static const int64_t least[] = { 1, 7, 28 }, most[] = { 1, 7, 31 };
	*out = (struct reach){ milestone, 0, 0 };
	for (size_t steps = 0; data->milestones[out->root].from != IRM_NONE; steps++) {
		const struct irm_milestone *m = &data->milestones[out->root];
		if (m->limit.count == 0 || steps > data->n_milestones)
			return false;
		out->least += m->limit.count * least[m->limit.unit];
		out->most += m->limit.count * most[m->limit.unit];
		out->root = m->from;
	}
	return out->root != milestone;
}

static enum irm_code find_limits(struct irm_check *check, struct irm_err *err)
{
	const struct irm_dataset *data = check->data;
	for (uint32_t i = 0; i < data->n_milestones; i++) {
		const struct irm_mechanism *mechanism =
		        &data->mechanisms[data->milestones[i].mechanism];
		struct reach later, earlier;
		if (!reach_of(data, i, &later))
			continue;
		for (uint32_t k = mechanism->first; k < i; k++) {
			if (!reach_of(data, k, &earlier) || earlier.root != later.root ||
			    earlier.least <= later.most)
				continue;
			if (found(check, i, "its limit ends before that of an earlier one,",
			          data->milestones[k].code, err))
				return err->code;
			break;
		}
	}
	return IRM_OK;
}

static const struct irm_check_rule rules[] = {
	{ .id = "from-milestone-loop",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "stages run in a circle: a milestone is reached from itself",
	  .advice = "Follow from_milestone from this row: it must lead to one that is empty.",
	  .table = "milestones",
	  .find = find_loops },
	{ .id = "from-milestone-not-earlier",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a stage runs from a milestone that does not come before its own",
	  .advice = "Either the position or from_milestone is wrong.",
	  .table = "milestones",
	  .find = find_backwards },
	{ .id = "time-limit-contradicted",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a milestone's limit ends before that of one that comes before it",
	  .advice = "Limits are added up along from_milestone to where both begin. Who keeps the "
	            "earlier one to its last day is late for the later one.",
	  .table = "milestones",
	  .find = find_limits },
	{ .id = "time-limit-without-beginning",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a milestone has a time limit and no from_milestone",
	  .advice = "The limit runs from nothing, and no figure uses it.",
	  .queries = { { "milestones",
	                 "SELECT c.mechanism, m.milestone, printf('limit of %d %s from nothing', "
	                 "m.time_limit, m.unit) FROM t_milestones AS m JOIN t_mechanisms AS c ON "
	                 "c.id = m.mechanism WHERE m.time_limit > 0 AND m.from_milestone IS NULL "
	                 "ORDER BY c.mechanism, m.position" } } },
	{ .id = "findings-never-released",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "needs or findings are recorded, and no milestone releases findings",
	  .advice = "No review is eligible, so irm-assist has no rates. Set "
	            "milestones.releases_findings where findings become known.",
	  .queries = { { "mechanisms",
	                 "SELECT m.mechanism, 'reviews have needs or findings, and no milestone "
	                 "has releases_findings yes' FROM t_mechanisms AS m WHERE m.id > 0 AND NOT "
	                 "EXISTS (SELECT 1 FROM t_milestones AS s WHERE s.mechanism = m.id AND "
	                 "s.releases_findings = 'yes') AND EXISTS (SELECT 1 FROM t_reviews AS r "
	                 "JOIN t_cycles AS c ON c.id = r.cycle WHERE c.mechanism = m.id AND (r.id "
	                 "IN (SELECT review FROM t_needs) OR r.id IN (SELECT review FROM "
	                 "t_findings))) ORDER BY m.mechanism" } } },
	{ .id = "ends-before-it-starts",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a cycle, a session or an activity ends before it starts",
	  .advice = "One of the two days is wrong.",
	  .queries = { { "cycles", "SELECT cycle, printf('from %s to %s', day(starts), day(ends)) "
	                           "FROM t_cycles WHERE ends < starts ORDER BY cycle" },
	               { "sessions",
	                 "SELECT session, printf('from %s to %s', day(starts), day(ends)) FROM "
	                 "t_sessions WHERE ends < starts ORDER BY session" },
	               { "assistance",
	                 "SELECT activity, printf('from %s to %s', starts, ends) FROM t_assistance "
	                 "WHERE ends_last < starts_first ORDER BY activity" } } },
	{ .id = "cycle-without-scope",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a cycle has reviews and its convention has articles, but it has no scope",
	  .advice = "No article is looked at in it, so irm-assist has no rates by article.",
	  .paragraph = RESOLUTION,
	  .queries = { { "cycles",
	                 "SELECT c.cycle, printf('no chapter of ''%s'' is in its scope', "
	                 "m.convention) FROM t_cycles AS c JOIN t_mechanisms AS m ON m.id = "
	                 "c.mechanism WHERE m.convention IN (SELECT convention FROM t_articles "
	                 "WHERE id > 0) AND c.id IN (SELECT cycle FROM t_reviews) AND c.id NOT IN "
	                 "(SELECT cycle FROM t_scope) ORDER BY c.cycle" } } },
	{ .id = "scope-chapter-unknown",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a cycle's scope has a chapter of which there is no article",
	  .advice = "Chapters are written as in articles.chapter: III, not 3 or iii.",
	  .queries = { { "scope", "SELECT c.cycle, s.chapter, printf('no article of ''%s'' is in "
	                          "chapter ''%s''', ifnull(m.convention, ''), s.chapter) FROM "
	                          "t_scope AS s JOIN t_cycles AS c ON c.id = s.cycle JOIN "
	                          "t_mechanisms AS m ON m.id = c.mechanism WHERE NOT EXISTS "
	                          "(SELECT 1 FROM t_articles AS a WHERE a.convention = "
	                          "m.convention AND a.chapter = s.chapter) ORDER BY 1, 2" } } },
	{ .id = "article-in-no-scope",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "an article's chapter is in the scope of no cycle",
	  .advice = "No review looks at it; needs and findings under it are in no figure.",
	  .paragraph = RESOLUTION,
	  .queries = { { "articles",
	                 "SELECT a.convention, a.article, printf('chapter ''%s'' is in no scope', "
	                 "a.chapter) FROM t_articles AS a WHERE a.id > 0 AND EXISTS (SELECT 1 FROM "
	                 "t_scope AS s JOIN t_cycles AS c ON c.id = s.cycle JOIN t_mechanisms AS m "
	                 "ON m.id = c.mechanism WHERE m.convention = a.convention) AND NOT EXISTS "
	                 "(SELECT 1 FROM t_scope AS s JOIN t_cycles AS c ON c.id = s.cycle JOIN "
	                 "t_mechanisms AS m ON m.id = c.mechanism WHERE m.convention = "
	                 "a.convention AND s.chapter = a.chapter) ORDER BY a.convention, "
	                 "CAST(a.article AS INTEGER), a.article" } } },
};

const struct irm_check_group irm_check_calendar = { rules, sizeof rules / sizeof *rules };
