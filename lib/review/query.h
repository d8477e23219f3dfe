/* A question to a dataset: as at which day, of which reviews, told by which keys. */
#ifndef IRM_REVIEW_QUERY_H
#define IRM_REVIEW_QUERY_H

#include "review/key.h"
#include "table/writer.h"

#define IRM_KEYS_MOST 8

/* As the options give it; NULL where an option was not given. */
struct irm_query_text {
	const char *as_of;        /* a day, or a session's code */
	const char *by;           /* keys, commas between */
	const char *imprecise;    /* "middle" or "unknown" */
	const char *const *where; /* [n_where] COL=V[,V...], also != <= >= */
	size_t n_where;
	bool total, names;
};

enum irm_operator { IRM_EQUAL, IRM_NOT_EQUAL, IRM_AT_MOST, IRM_AT_LEAST };

struct irm_filter {
	enum irm_key key;
	enum irm_operator op;
	uint32_t *values;
	size_t n;
};

struct irm_query {
	const struct irm_dataset *data;
	int32_t as_of;
	bool middle; /* a vague date with both ends counts as its middle day */
	bool total, names;
	enum irm_key by[IRM_KEYS_MOST];
	size_t n_by;
	struct irm_filter *filters;
	size_t n_filters;
};

/* Reads the question against the dataset, which must outlive it. `allowed` are the keys (bits) that
 * the tool has; `never_key` those of them that are always columns of its table: --by takes them and
 * adds nothing. The caller releases *query with irm_query_release() whatever comes.
 *
 * IRM_USAGE: an unknown key, value, session or day; no --as-of where the source has several days or
 * none. */
IRM_CHECK enum irm_code irm_query_read(struct irm_query *query, const struct irm_dataset *data,
                                       const struct irm_query_text *text, unsigned allowed,
                                       unsigned never_key, struct irm_err *err);
void irm_query_release(struct irm_query *query);

/* Keeps only these values of a key, commas between, as --where KEY=V,V does. IRM_USAGE: an unknown
 * value, with the nearest. */
IRM_CHECK enum irm_code irm_query_only(struct irm_query *query, enum irm_key key,
                                       const char *values, struct irm_err *err);

/* Moves the query's day back by `days`, so that what the last days brought in late is not taken for
 * what did not happen. IRM_USAGE where that leaves the calendar. */
IRM_CHECK enum irm_code irm_query_lag(struct irm_query *query, int64_t days, struct irm_err *err);

/* Whether the value passes all filters of its key. */
bool irm_query_keeps(const struct irm_query *query, enum irm_key key, uint32_t value);

/* Whether the query has a key of that kind. */
bool irm_query_has_key(const struct irm_query *query, enum irm_key key);

/* Whether the query has a filter or a key of that kind. */
bool irm_query_uses(const struct irm_query *query, enum irm_key key);

/* Whether the review passes the filters of its own keys. */
bool irm_query_keeps_review(const struct irm_query *query, uint32_t review);

/* The review's values under the keys `by`, into values[n_by]; keys that are not a review's get
 * IRM_VALUE_UNKNOWN. */
void irm_query_review_keys(const struct irm_query *query, uint32_t review, uint32_t *values);

/* How many rows a set of keys is counted in: 1, or with totals 2 to the power of n_by; and the keys
 * of the i-th of them, where a key that is summed up is IRM_VALUE_ALL. */
size_t irm_query_variants(const struct irm_query *query);
void irm_query_variant(const struct irm_query *query, size_t i, const uint32_t *values,
                       uint32_t *out);

/* Adds the columns as_of and keys to a table, and their cells to a row of it. */
void irm_query_columns(const struct irm_query *query, struct irm_writer *out);
void irm_query_cells(const struct irm_query *query, const uint32_t *values, struct irm_writer *out);

#endif
