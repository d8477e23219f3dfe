/* Contradictions in the records: rules, and what they find.
 *
 * A rule is a row of a table: queries over the store, a function over the dataset, or both. The
 * rules stand by subject in check_*.c of this layer and of later ones; stats/check_rules.h lists
 * them all. */
#ifndef IRM_REVIEW_CHECK_H
#define IRM_REVIEW_CHECK_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "review/query.h"
#include "store/lines.h"

/* Error: it cannot be so, and figures leave it out or are wrong. Warning: most likely a mistake.
 * Note: it occurs; somebody should know. */
enum irm_severity { IRM_SEVERITY_ERROR, IRM_SEVERITY_WARNING, IRM_SEVERITY_NOTE, IRM_SEVERITIES };

struct irm_check;

/* A query gives the key columns of rows of `table`, in the order of its schema, then a message;
 * what comes after that is passed over. `:as_of` is the day of the check; day(n) writes a day,
 * plain(text) leaves out case and spaces, and lacks(metric) says why nothing computes a published
 * figure, or is NULL. */
struct irm_check_query {
	const char *table, *sql;
};

#define IRM_CHECK_QUERIES_MOST 8

struct irm_check_rule {
	const char *id; /* kebab-case */
	enum irm_severity severity;
	const char *reason;    /* one line, lower case, no full stop */
	const char *advice;    /* sentences: what it does to figures, what to look at */
	const char *paragraph; /* of the document that it rests on; NULL: none was seen */
	struct irm_check_query queries[IRM_CHECK_QUERIES_MOST]; /* up to one without a table */
	const char *table; /* that `find` reports on, where there is no query; for lists */
	/* Reports by irm_check_found(); may be NULL. */
	enum irm_code (*find)(struct irm_check *check, struct irm_err *err);
};

/* The rules of one subject. */
struct irm_check_group {
	const struct irm_check_rule *rules; /* [n] */
	size_t n;
};

/* One thing found. Texts belong to the check. */
struct irm_check_finding {
	const struct irm_check_rule *rule;
	const char *table;
	const char *key; /* codes of the row's key, ',' between */
	const char *message;
	long line; /* of the table's file; 0: the source was no package, or there is no such row */
};

struct irm_check {
	sqlite3 *db;
	struct irm_lines lines;
	struct irm_dataset *data;
	struct irm_query query;             /* every review, as at the day of the check */
	const struct irm_check_rule *rule;  /* that runs */
	struct irm_check_finding *findings; /* [n] in the order of the rules that ran */
	size_t n, size;
	struct irm_arena arena;
};

/* Opens a source, a SQLite file or a package folder. `as_of` is the day that the records speak of,
 * or a session's code; NULL: the source's own. `known_at` as irm_source_open_at() takes it. The
 * caller frees *out with irm_check_free(); untouched on error. Errors as irm_dataset_open(),
 * irm_source_open_at() and irm_query_read(). */
IRM_CHECK enum irm_code irm_check_open(struct irm_check **out, const char *source,
                                       const char *as_of, const char *known_at,
                                       struct irm_err *err);

/* Runs one rule and keeps what it finds. IRM_INPUT: the database is damaged; IRM_SYSTEM. */
IRM_CHECK enum irm_code irm_check_run(struct irm_check *check, const struct irm_check_rule *rule,
                                      struct irm_err *err);

/* For a rule's function: keeps one finding of the rule that runs. `key` holds the codes of the
 * row's key with \x1f between. */
IRM_CHECK enum irm_code irm_check_found(struct irm_check *check, const char *table, const char *key,
                                        struct irm_err *err, const char *fmt, ...) IRM_PRINTF(5, 6);

/* The same of the event of a review (index) at a milestone (index). */
IRM_CHECK enum irm_code irm_check_found_event(struct irm_check *check, uint32_t review,
                                              uint32_t milestone, struct irm_err *err,
                                              const char *fmt, ...) IRM_PRINTF(5, 6);

/* For a rule's function: runs SQL as irm_check_query describes it. */
IRM_CHECK enum irm_code irm_check_rows(struct irm_check *check, const char *table, const char *sql,
                                       struct irm_err *err);

/* The number of findings of a severity. */
size_t irm_check_count(const struct irm_check *check, enum irm_severity severity);

/* error, warning, note */
const char *irm_severity_name(enum irm_severity severity);

/* NULL is fine. */
void irm_check_free(struct irm_check *check);

/* The rules of this layer. */
extern const struct irm_check_group irm_check_events, irm_check_calendar, irm_check_reviews,
        irm_check_findings, irm_check_documents, irm_check_assistance, irm_check_codes;

#endif
