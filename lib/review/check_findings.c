/* Rules of what reviews found: needs, findings, measures. */
#include <stdlib.h>

#include "review/calendar.h"
#include "review/check.h"
#include "store/db.h"

#define RESOLUTION \
	"Conference of the States Parties to the United Nations Convention against Corruption, " \
	"resolution 3/1, paragraph 4 (chapters of each cycle)"

/* x: a row of a table with review and article, out of the scope of the review's cycle */
#define OUT_OF_SCOPE(table) \
	"FROM " table " AS x JOIN t_reviews AS r ON r.id = x.review " \
	"JOIN t_cycles AS c ON c.id = r.cycle JOIN t_articles AS a ON a.id = x.article "
#define NOT_IN_SCOPE \
	"WHERE a.id > 0 AND c.id IN (SELECT cycle FROM t_scope) AND NOT EXISTS " \
	"(SELECT 1 FROM t_scope AS s WHERE s.cycle = c.id AND s.chapter = a.chapter) ORDER BY 1, " \
	"2, "
#define SAYS_SCOPE \
	"printf('chapter ''%s'' is not in the scope of the cycle ''%s''', a.chapter, c.cycle) "

/* Whether none of the milestones that release findings is reached, which is known. */
static bool is_unreleased(const struct irm_check *check, uint32_t review, struct irm_date *dates)
{
	const struct irm_dataset *data = check->data;
	const struct irm_mechanism *mechanism = &data->mechanisms[data->reviews[review].mechanism];
	bool releases = false;
	irm_calendar_dates(data, review, false, dates);
	for (uint32_t i = 0; i < mechanism->n; i++) {
		if (!data->milestones[mechanism->first + i].releases_findings)
			continue;
		releases = true;
		if (irm_calendar_reached(data, review, dates, i, check->query.as_of) != IRM_NOT_YET)
			return false;
	}
	return releases;
}

/* The numbers of rows by review: `sql` gives review and number, in the order of the dataset. */
static enum irm_code find_unreleased(struct irm_check *check, const char *sql, const char *what,
                                     struct irm_err *err)
{
	const struct irm_dataset *data = check->data;
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	sqlite3_stmt *query = NULL;
	bool row = true;
	if (!dates)
		return irm_err_memory(err);
	enum irm_code code = irm_db_prepare(&query, check->db, sql, err);
	for (uint32_t i = 0; !code && i < data->n_reviews; i++) {
		code = irm_db_step(query, &row, err);
		sqlite3_int64 n = row && !code ? sqlite3_column_int64(query, 1) : 0;
		if (!code && n && is_unreleased(check, i, dates))
			code = irm_check_found(check, "reviews", data->reviews[i].code, err,
			                       "%lld %s, and its findings are not released",
			                       (long long)n, what);
	}
	sqlite3_finalize(query);
	free(dates);
	return code;
}

static enum irm_code find_early_needs(struct irm_check *check, struct irm_err *err)
{
	return find_unreleased(check,
	                       "SELECT review, (SELECT count(*) FROM t_needs AS n WHERE n.review = "
	                       "r.id) FROM t_reviews AS r ORDER BY review",
	                       "needs", err);
}

static enum irm_code find_early_findings(struct irm_check *check, struct irm_err *err)
{
	return find_unreleased(check,
	                       "SELECT review, (SELECT count(*) FROM t_findings AS n WHERE "
	                       "n.review = r.id) FROM t_reviews AS r ORDER BY review",
	                       "findings", err);
}

static const struct irm_check_rule rules[] = {
	{ .id = "need-out-of-scope",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a need stands under an article that the cycle does not look at",
	  .advice = "irm-assist counts it nowhere: of the reviews that could have named it there "
	            "is none. Either the article or the review's cycle is wrong.",
	  .paragraph = RESOLUTION,
	  .queries = { { "needs",
	                 "SELECT r.review, a.article, x.paragraph, t.type, " SAYS_SCOPE
	                         OUT_OF_SCOPE("t_needs") "JOIN t_ta_types AS t ON t.id = "
	                                                 "x.type " NOT_IN_SCOPE "3, 4" } } },
	{ .id = "finding-out-of-scope",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a finding stands under an article that the cycle does not look at",
	  .advice = "Either the article or the review's cycle is wrong.",
	  .paragraph = RESOLUTION,
	  .queries = { { "findings",
	                 "SELECT r.review, a.article, x.kind, x.position, " SAYS_SCOPE OUT_OF_SCOPE(
	                         "t_findings") NOT_IN_SCOPE "3, 4" } } },
	{ .id = "need-before-release",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "needs are recorded of a review whose findings are not released",
	  .advice = "The review is not eligible, so its needs are in no figure. The milestone that "
	            "releases findings lacks its date, or the needs came too early.",
	  .table = "reviews",
	  .find = find_early_needs },
	{ .id = "finding-before-release",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "findings are recorded of a review whose findings are not released",
	  .advice = "The milestone that releases findings lacks its date, or the findings are not "
	            "yet agreed.",
	  .table = "reviews",
	  .find = find_early_findings },
	{ .id = "measure-before-release",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a measure is dated before the findings that it answers were released",
	  .advice = "What a State did before its report is no measure taken after the review.",
	  .queries = { { "measures",
	                 "SELECT r.review, a.article, x.recommendation, printf('dated %s, and "
	                 "''%s'' %s', x.date, m.milestone, e.date), max(m.position) FROM "
	                 "t_measures AS x JOIN t_reviews AS r ON r.id = x.review JOIN t_articles "
	                 "AS a ON a.id = x.article JOIN t_events AS e ON e.review = r.id JOIN "
	                 "t_milestones AS m ON m.id = e.milestone AND m.releases_findings = 'yes' "
	                 "WHERE x.date_last < e.date_first GROUP BY x.review, x.article, "
	                 "x.recommendation ORDER BY 1, 2, 3" } } },
	{ .id = "measure-without-recommendation",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a measure answers a recommendation that the review does not have",
	  .advice =
	          "measures.recommendation is the position of a finding of the kind recommendation "
	          "under the same article. Only reviews with findings are looked at.",
	  .queries = { { "measures",
	                 "SELECT r.review, a.article, x.recommendation, printf('no recommendation "
	                 "''%s'' under article %s', x.recommendation, a.article) FROM t_measures "
	                 "AS x JOIN t_reviews AS r ON r.id = x.review JOIN t_articles AS a ON a.id "
	                 "= x.article WHERE x.review IN (SELECT review FROM t_findings) AND NOT "
	                 "EXISTS (SELECT 1 FROM t_findings AS f WHERE f.review = x.review AND "
	                 "f.article = x.article AND f.kind = 'recommendation' AND f.position = "
	                 "x.recommendation) ORDER BY 1, 2, 3" } } },
};

const struct irm_check_group irm_check_findings = { rules, sizeof rules / sizeof *rules };
