/* Findings: good practices, challenges and recommendations, of the reviews that could have any. */
#ifndef IRM_REVIEW_FINDINGS_H
#define IRM_REVIEW_FINDINGS_H

#include "base/counter.h"
#include "review/eligible.h"

/* Keys of its queries. */
#define IRM_FINDINGS_KEYS \
	(IRM_BY_REVIEWS | 1u << IRM_BY_ARTICLE | 1u << IRM_BY_CHAPTER | 1u << IRM_BY_TOPIC | \
	 1u << IRM_BY_KIND)

/* Counts of a row of irm_findings_count(); the marks are its own. */
enum irm_findings_column {
	IRM_FINDINGS_ELIGIBLE,
	IRM_FINDINGS_REVIEWS,
	IRM_FINDINGS_FINDINGS,
	IRM_FINDINGS_MARK_ELIGIBLE,
	IRM_FINDINGS_MARK_REVIEW,
	IRM_FINDINGS_MARK_FINDING,
	IRM_FINDINGS_COLUMNS,
};

/* Counts by the query's keys and, last, by kind, sorted. Who is eligible is told by
 * review/eligible.h, as for needs: findings under articles out of scope are in no figure, those of
 * no particular article only where the query looks at none.
 *
 * left_out  the number of reviews whose packages have no table of findings
 *
 * IRM_INPUT where no review that the query keeps has such a table; IRM_USAGE as
 * irm_eligible_reviews(). The caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_findings_count(struct irm_counter *out, size_t *left_out,
                                           const struct irm_query *query, struct irm_err *err);

/* The findings that irm_findings_count() counts, each once. */
struct irm_findings_list {
	size_t *at; /* [n] in irm_dataset.findings, ascending: by review, article, kind, position */
	int *matches; /* [n] passages that a look-up found; NULL: none was made */
	size_t n;
};

/* Lists them. Errors and left_out as irm_findings_count(). The caller releases *out with
 * irm_findings_release(), whatever comes. */
IRM_CHECK enum irm_code irm_findings_find(struct irm_findings_list *out, size_t *left_out,
                                          const struct irm_query *query, struct irm_err *err);
void irm_findings_release(struct irm_findings_list *list);

/* Keeps those whose summary a full-text query of SQLite's FTS5 finds: words, "phrases", AND, OR,
 * NOT, NEAR(), a beginning with *; case and accents do not matter. IRM_USAGE: no such query.
 * IRM_SYSTEM: SQLite has no FTS5, or no memory. */
IRM_CHECK enum irm_code irm_findings_match(struct irm_findings_list *list,
                                           const struct irm_dataset *data, const char *text,
                                           struct irm_err *err);

/* Writes header and rows: as_of, cycle, review, article (all: none in particular), kind, position,
 * summary, source, and after a look-up matches. */
void irm_findings_write(const struct irm_findings_list *list, const struct irm_query *query,
                        struct irm_writer *out);

#endif
