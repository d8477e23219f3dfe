/* Follow-up: what States did about the recommendations of their reviews. */
#ifndef IRM_REVIEW_FOLLOWUP_H
#define IRM_REVIEW_FOLLOWUP_H

#include "base/counter.h"
#include "review/eligible.h"

/* Keys of its queries. */
#define IRM_FOLLOWUP_KEYS \
	(IRM_BY_REVIEWS | 1u << IRM_BY_ARTICLE | 1u << IRM_BY_CHAPTER | 1u << IRM_BY_TOPIC | \
	 1u << IRM_BY_STATUS)

/* No measure: the last value of IRM_BY_STATUS. */
#define IRM_STATUS_NONE IRM_MEASURE_STATUSES

/* Counts of a row of irm_followup_count(); the mark is its own. */
enum irm_followup_column {
	IRM_FOLLOWUP_ELIGIBLE, /* recommendations */
	IRM_FOLLOWUP_MEASURES,
	IRM_FOLLOWUP_UNKNOWN,
	IRM_FOLLOWUP_MARK,
	IRM_FOLLOWUP_COLUMNS,
};

/* What was passed over. */
struct irm_followup_left {
	size_t reviews;  /* whose packages have not both tables, findings and measures */
	size_t measures; /* of the others, which answer no recommendation on record */
};

/* Counts by the query's keys and, last, by status (enum irm_measure_status, IRM_STATUS_NONE),
 * sorted.
 *
 * Eligible are the recommendations that irm_findings_count() counts: released by the day, under an
 * article that the cycle looks at. A measure answers the recommendation of its review, article and
 * position; it has its status from its date on. It is unknown where that date is in between or not
 * recorded, where the status is not, and where there is no measure and the review's records do not
 * reach the day. A measure of which nothing is recorded - no status, date, text or source, a row of
 * a template that was not filled in - is none.
 *
 * IRM_INPUT where no review that the query keeps has both tables; IRM_USAGE as
 * irm_eligible_reviews(). The caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_followup_count(struct irm_counter *out, struct irm_followup_left *left,
                                           const struct irm_query *query, struct irm_err *err);

/* How long from the release of a recommendation to its measure: counts by the query's keys, days
 * and event, as irm_waits_write() takes them. A condition on the status says which measures end the
 * wait; others leave it open. A measure dated before the release is a contradiction, and unknown.
 */
IRM_CHECK enum irm_code irm_followup_time(struct irm_counter *out, struct irm_followup_left *left,
                                          const struct irm_query *query, struct irm_err *err);

/* How completely States reported: of the reviews with recommendations, those that have a measure of
 * any of them, and those that have one of all. */
enum irm_reported { IRM_REPORTED_ANY, IRM_REPORTED_ALL, IRM_REPORTED };
enum irm_complete_column {
	IRM_COMPLETE_ELIGIBLE, /* reviews */
	IRM_COMPLETE_REVIEWS,
	IRM_COMPLETE_UNKNOWN,
	IRM_COMPLETE_COLUMNS,
};

/* Counts by the query's keys, which are those of reviews, and, last, by enum irm_reported. */
IRM_CHECK enum irm_code irm_followup_complete(struct irm_counter *out,
                                              struct irm_followup_left *left,
                                              const struct irm_query *query, struct irm_err *err);

/* A recommendation of a template, with what is recorded of its measure (NULL: nothing). */
struct irm_template_row {
	const struct irm_finding *recommendation;
	const struct irm_measure *measure;
	struct irm_date released; /* or no date, or vague */
};
struct irm_template {
	struct irm_template_row *rows; /* by review, article, position */
	size_t n;
};

/* The recommendations that the query keeps, released by its day, each once; the table of measures
 * need not be there. Errors as irm_findings_count(). The caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_template_make(struct irm_template *out, const struct irm_query *query,
                                          struct irm_err *err);
void irm_template_release(struct irm_template *list);

/* Writes it with exactly the columns of the table measures, which irm-load takes back. */
void irm_template_write(const struct irm_template *list, const struct irm_dataset *data,
                        struct irm_writer *out);

/* The cells of a row under those columns; `date` has room for IRM_DATE_SIZE. */
#define IRM_TEMPLATE_COLUMNS 7
void irm_template_cells(const struct irm_template_row *row, const struct irm_dataset *data,
                        char *date, const char *cells[IRM_TEMPLATE_COLUMNS]);

#endif
