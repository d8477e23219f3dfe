/* How rows of SQLite become a dataset: steps, ids to indexes, lists of names. Private to
 * lib/review.
 *
 * A database is an untrusted file: an id that leads nowhere is a fault, never an index. */
#ifndef IRM_REVIEW_READING_H
#define IRM_REVIEW_READING_H

#include "base/intern.h"
#include "review/dataset.h"

enum irm_id_kind {
	IRM_ID_MECHANISM,
	IRM_ID_CYCLE,
	IRM_ID_MILESTONE,
	IRM_ID_REGION,
	IRM_ID_STATE,
	IRM_ID_ARTICLE,
	IRM_ID_TYPE,
	IRM_ID_REVIEW,
	IRM_ID_ACTIVITY,
	IRM_ID_KINDS,
};

enum irm_list {
	IRM_LIST_STAGES,
	IRM_LIST_PARTIES,
	IRM_LIST_CHAPTERS,
	IRM_LIST_TOPICS,
	IRM_LIST_PROVIDERS,
	IRM_LIST_BENEFICIARIES,
	IRM_LISTS
};

/* The indexes of rows by their id: pairs in the order of the rows, sorted when first asked. */
struct irm_ids {
	struct irm_id_pair {
		int64_t id;
		uint32_t index;
	} * pairs;
	size_t n, size;
	bool sorted;
};

struct irm_reading {
	sqlite3 *db;
	struct irm_dataset *data;
	struct irm_err *err;
	struct irm_ids ids[IRM_ID_KINDS];
	struct irm_intern lists[IRM_LISTS];
	size_t n_dates;
	bool failed; /* no memory for a text */
};

/* Reads each row of a query as the at-th; *n, unless NULL, becomes their number: the array has room
 * for as many as were counted in the same transaction, and rows that the query passes over only
 * leave some of it empty. */
IRM_CHECK enum irm_code irm_reading_run(struct irm_reading *in, const char *sql,
                                        enum irm_code (*read)(struct irm_reading *in,
                                                              sqlite3_stmt *row, uint32_t at),
                                        size_t *n);

/* Makes room for as many rows as a table has. */
struct irm_reading_array {
	const char *count; /* the query that counts them */
	void **array;
	size_t *n, item;
};
IRM_CHECK enum irm_code irm_reading_room(struct irm_reading *in,
                                         const struct irm_reading_array *array);

/* The order of needs, of t_needs AS n, t_reviews AS r, t_articles AS a, t_ta_types AS t. */
#define IRM_READING_NEEDS_ORDER \
	"ORDER BY r.review, a.convention, CAST(a.article AS INTEGER), a.article, t.type, " \
	"n.paragraph"

/* Reads the parts asked for, after all else. */
IRM_CHECK enum irm_code irm_reading_parts(struct irm_reading *in, unsigned parts);

/* A column's text in the dataset's arena, "" for NULL. */
const char *irm_reading_text(struct irm_reading *in, sqlite3_stmt *row, int column);

/* A column's whole number that int32_t holds, as days are; `null` for NULL, and for any other. */
int32_t irm_reading_day(sqlite3_stmt *row, int column, int32_t null);

/* A date from three columns: as written, first day, last day; false where it is not given. */
bool irm_reading_date(sqlite3_stmt *row, int column, struct irm_date *out);

/* Remembers the row's id (column 0) under its index. */
IRM_CHECK enum irm_code irm_reading_id(struct irm_reading *in, enum irm_id_kind kind,
                                       sqlite3_stmt *row, uint32_t index);

/* The index of the row that a column refers to; IRM_NONE for NULL, 0 and an id that is not there.
 */
uint32_t irm_reading_index(struct irm_reading *in, enum irm_id_kind kind, sqlite3_stmt *row,
                           int column);

/* The index of a name in a list, added where it is new; or found, IRM_NONE where it is not there.
 */
uint32_t irm_reading_name(struct irm_reading *in, enum irm_list list, const char *name);
uint32_t irm_reading_find(const struct irm_reading *in, enum irm_list list, const char *name);

/* Hands the lists to the dataset: parties and topics are sorted, and the rows renumbered. */
IRM_CHECK enum irm_code irm_reading_lists(struct irm_reading *in);

/* The fault of a database that does not hold together. */
enum irm_code irm_reading_damaged(struct irm_reading *in, const char *what);

void irm_reading_release(struct irm_reading *in);

#endif
