/* The tally: how many observations there are of each key, stage and whole day. Days are integers,
 * so it is a sufficient statistic: every figure of irm-delays comes from it, and tallies of
 * disjoint sets of reviews at the same day add up. */
#ifndef IRM_REVIEW_TALLY_H
#define IRM_REVIEW_TALLY_H

#include "review/observe.h"

/* A group of rows: the day, the keys, the stage, and what its milestones say of it. */
struct irm_tally_group {
	int32_t as_of;
	const char **keys;                      /* [n_keys] as they are printed */
	const char *stage, *party, *time_limit; /* "": unknown, none, or several */
	bool is_total;                          /* a key is 'all' */
	size_t first, n;                        /* its rows */
};

struct irm_tally_row {
	int32_t days; /* IRM_DAY_NONE: unknown, and event is -1 */
	int8_t event, late;
	int64_t count;
};

/* Groups in the order in which they are printed, rows by days, event and late. */
struct irm_tally {
	const char **key_names;
	size_t n_keys;
	struct irm_tally_group *groups;
	size_t n_groups;
	struct irm_tally_row *rows;
	size_t n_rows;
	struct irm_arena arena; /* texts */
};

/* Counts the observations of n queries, which have the same keys and may differ in day and filters:
 * the groups of each follow those of the one before. The caller frees *out with irm_tally_free().
 */
IRM_CHECK enum irm_code irm_tally_count(struct irm_tally **out, const struct irm_query *queries,
                                        size_t n, struct irm_err *err);

/* Reads a table as irm_tally_write() writes it, or several of them one after the other; `path` "-"
 * is standard input. Groups come in the order of their first rows; equal rows are added up.
 * IRM_INPUT with a place: a missing column, a value that is none. */
IRM_CHECK enum irm_code irm_tally_read(struct irm_tally **out, const char *path,
                                       struct irm_err *err);

/* Writes it: as_of, keys, stage, party, time_limit, days, event, late, count. */
void irm_tally_write(const struct irm_tally *tally, struct irm_writer *out);

/* NULL is fine. */
void irm_tally_free(struct irm_tally *tally);

#endif
