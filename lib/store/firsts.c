/* The session extension is declared where these stand before sqlite3.h */
#define SQLITE_ENABLE_SESSION        1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "store/firsts.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/counter.h"
#include "store/db.h"
#include "store/history.h"
#include "store/parts.h"

/* The columns of schema.sql that are read here */
enum { EVENT_REVIEW = 0, EVENT_MILESTONE = 1, EVENT_DATE = 2, EVENT_FIRST = 3, EVENT_LAST = 4 };
enum { PACKAGE_ID = 0, REVIEW_ID = 0, REVIEW_PACKAGE = 12 };

/* The counters hold, by id or ids, the load that brought it. */
struct work {
	int64_t load;
	struct irm_counter packages, reviews, dated; /* reviews: of packages of the same load */
	enum irm_code (*each)(void *context, const struct irm_first *first, struct irm_err *err);
	void *context;
	struct irm_err *err;
};

/* A change of a row: what it was, what it is. */
struct change {
	sqlite3_changeset_iter *iterator;
	const char *table;
	int operation;
};

static sqlite3_value *old_value(const struct change *change, int column)
{
	sqlite3_value *value = NULL;
	if (change->operation != SQLITE_INSERT)
		sqlite3changeset_old(change->iterator, column, &value);
	return value;
}

static sqlite3_value *new_value(const struct change *change, int column)
{
	sqlite3_value *value = NULL;
	if (change->operation != SQLITE_DELETE)
		sqlite3changeset_new(change->iterator, column, &value);
	return value;
}

static bool is_given(sqlite3_value *value)
{
	return value && sqlite3_value_type(value) != SQLITE_NULL;
}

/* The load on record for a pair of ids, 0: none; NULL: no memory. */
static int64_t *load_of(struct irm_counter *counter, int64_t a, int64_t b)
{
	uint64_t x = (uint64_t)a, y = (uint64_t)b;
	uint32_t key[] = { (uint32_t)(x >> 32), (uint32_t)x, (uint32_t)(y >> 32), (uint32_t)y };
	return irm_counter_at(counter, key);
}

static enum irm_code take_package(struct work *work, const struct change *change)
{
	if (change->operation != SQLITE_INSERT)
		return IRM_OK;
	int64_t id = sqlite3_value_int64(new_value(change, PACKAGE_ID));
	int64_t *load = load_of(&work->packages, id, 0);
	if (!load)
		return irm_err_memory(work->err);
	*load = work->load;
	return IRM_OK;
}

static enum irm_code take_review(struct work *work, const struct change *change)
{
	if (change->operation != SQLITE_INSERT)
		return IRM_OK;
	int64_t package = sqlite3_value_int64(new_value(change, REVIEW_PACKAGE));
	const int64_t *brought = load_of(&work->packages, package, 0);
	int64_t id = sqlite3_value_int64(new_value(change, REVIEW_ID));
	int64_t *load = brought ? load_of(&work->reviews, id, 0) : NULL;
	if (!load)
		return irm_err_memory(work->err);
	*load = *brought == work->load ? work->load : 0;
	return IRM_OK;
}

static int32_t day_of(sqlite3_value *value, int32_t none)
{
	return is_given(value) ? sqlite3_value_int(value) : none;
}

static enum irm_code take_event(struct work *work, const struct change *change)
{
	bool was_dated = is_given(old_value(change, EVENT_DATE));
	bool is_dated = is_given(new_value(change, EVENT_DATE));
	if (!was_dated && !is_dated)
		return IRM_OK;
	/* A key does not change: an update has it among the old values. */
	bool is_new = change->operation == SQLITE_INSERT;
	int64_t review = sqlite3_value_int64(is_new ? new_value(change, EVENT_REVIEW)
	                                            : old_value(change, EVENT_REVIEW));
	int64_t milestone = sqlite3_value_int64(is_new ? new_value(change, EVENT_MILESTONE)
	                                               : old_value(change, EVENT_MILESTONE));
	const int64_t *came = load_of(&work->reviews, review, 0);
	int64_t *load = came ? load_of(&work->dated, review, milestone) : NULL;
	if (!load)
		return irm_err_memory(work->err);
	bool is_first = !was_dated && !*load && *came != work->load;
	*load = work->load;
	if (!is_first)
		return IRM_OK;
	struct irm_first first = {
		.load = work->load,
		.date = { day_of(new_value(change, EVENT_FIRST), IRM_DAY_PAST),
		          day_of(new_value(change, EVENT_LAST), IRM_DAY_FUTURE) },
	};
	return work->each(work->context, &first, work->err);
}

static enum irm_code damaged(const struct work *work)
{
	return irm_err_set(work->err, IRM_INPUT, "the changes of load %" PRId64 " are damaged",
	                   work->load);
}

/* Hands each change of a table that the load made to `take`. */
static enum irm_code walk(struct work *work, sqlite3 *db, const char *table, int columns,
                          enum irm_code (*take)(struct work *work, const struct change *change))
{
	struct irm_parts parts = { .left = 0 };
	struct change change = { .iterator = NULL };
	int n, indirect, failed = SQLITE_OK;
	enum irm_code code = irm_parts_read(&parts, db, work->load, work->err);
	if (!code)
		failed = sqlite3changeset_start_strm(&change.iterator, irm_parts_get, &parts);
	while (!code && !failed &&
	       (failed = sqlite3changeset_next(change.iterator)) == SQLITE_ROW) {
		failed = sqlite3changeset_op(change.iterator, &change.table, &n, &change.operation,
		                             &indirect);
		if (failed || strcmp(change.table, table) != 0)
			continue;
		code = n == columns ? take(work, &change) : damaged(work);
	}
	sqlite3changeset_finalize(change.iterator);
	irm_parts_close(&parts);
	if (!code && failed != SQLITE_DONE)
		code = failed == SQLITE_NOMEM     ? irm_err_memory(work->err)
		       : failed == SQLITE_CORRUPT ? damaged(work)
		                                  : irm_db_error(db, work->err);
	return code;
}

/* Packages stand after reviews, and reviews before events. */
static enum irm_code walk_load(struct work *work, sqlite3 *db)
{
	if (walk(work, db, "t_packages", 3, take_package) ||
	    walk(work, db, "t_reviews", 13, take_review) ||
	    walk(work, db, "t_events", 6, take_event))
		return work->err->code;
	return IRM_OK;
}

enum irm_code irm_firsts(sqlite3 *db,
                         enum irm_code (*each)(void *context, const struct irm_first *first,
                                               struct irm_err *err),
                         void *context, struct irm_err *err)
{
	struct work work = { .each = each, .context = context, .err = err };
	irm_counter_init(&work.packages, 4, 1);
	irm_counter_init(&work.reviews, 4, 1);
	irm_counter_init(&work.dated, 4, 1);
	enum irm_code code = irm_history_next(db, 0, &work.load, err);
	while (!code && work.load && !(code = walk_load(&work, db)))
		code = irm_history_next(db, work.load, &work.load, err);
	irm_counter_release(&work.packages);
	irm_counter_release(&work.reviews);
	irm_counter_release(&work.dated);
	return code;
}
