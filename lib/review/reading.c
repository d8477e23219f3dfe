#include "review/reading.h"

#include <stdlib.h>
#include <string.h>

#include "store/db.h"

enum irm_code irm_reading_room(struct irm_reading *in, const struct irm_reading_array *array)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	if (irm_db_prepare(&query, in->db, array->count, in->err))
		return in->err->code;
	enum irm_code code = irm_db_step(query, &row, in->err);
	*array->n = row ? (size_t)sqlite3_column_int64(query, 0) : 0;
	sqlite3_finalize(query);
	if (code)
		return code;
	*array->array = calloc(*array->n + 1, array->item);
	return *array->array ? IRM_OK : irm_err_memory(in->err);
}

enum irm_code irm_reading_run(struct irm_reading *in, const char *sql,
                              enum irm_code (*read)(struct irm_reading *in, sqlite3_stmt *row,
                                                    uint32_t at),
                              size_t *n)
{
	sqlite3_stmt *query = NULL;
	bool row = true;
	uint32_t at = 0;
	if (irm_db_prepare(&query, in->db, sql, in->err))
		return in->err->code;
	enum irm_code code;
	while (!(code = irm_db_step(query, &row, in->err)) && row) {
		code = read(in, query, at++);
		if (!code && in->failed)
			code = irm_err_memory(in->err);
		if (code)
			break;
	}
	sqlite3_finalize(query);
	if (!code && n)
		*n = at;
	return code;
}

const char *irm_reading_text(struct irm_reading *in, sqlite3_stmt *row, int column)
{
	bool is_null = sqlite3_column_type(row, column) == SQLITE_NULL;
	const char *text = (const char *)sqlite3_column_text(row, column);
	in->failed = in->failed || (!text && !is_null);
	if (!text || !*text)
		return "";
	const char *copy = irm_arena_text(&in->data->arena, text, strlen(text));
	in->failed = in->failed || !copy;
	return copy ? copy : "";
}

int32_t irm_reading_day(sqlite3_stmt *row, int column, int32_t null)
{
	int64_t value = sqlite3_column_int64(row, column);
	if (sqlite3_column_type(row, column) != SQLITE_INTEGER || value < INT32_MIN + 2 ||
	    value >= INT32_MAX)
		return null;
	return (int32_t)value;
}

bool irm_reading_date(sqlite3_stmt *row, int column, struct irm_date *out)
{
	*out = irm_date_none();
	if (sqlite3_column_type(row, column) == SQLITE_NULL)
		return false;
	out->first = irm_reading_day(row, column + 1, IRM_DAY_PAST);
	out->last = irm_reading_day(row, column + 2, IRM_DAY_FUTURE);
	return true;
}

enum irm_code irm_reading_id(struct irm_reading *in, enum irm_id_kind kind, sqlite3_stmt *row,
                             uint32_t index)
{
	struct irm_ids *ids = &in->ids[kind];
	if (ids->n == ids->size) {
		size_t size = ids->size ? ids->size * 2 : 64;
		struct irm_id_pair *grown = realloc(ids->pairs, size * sizeof *grown);
		if (!grown)
			return irm_err_memory(in->err);
		ids->pairs = grown;
		ids->size = size;
	}
	ids->pairs[ids->n++] = (struct irm_id_pair){ sqlite3_column_int64(row, 0), index };
	ids->sorted = false;
	return IRM_OK;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = ((const struct irm_id_pair *)a)->id, y = ((const struct irm_id_pair *)b)->id;
	return (x > y) - (x < y);
}

uint32_t irm_reading_index(struct irm_reading *in, enum irm_id_kind kind, sqlite3_stmt *row,
                           int column)
{
	struct irm_ids *ids = &in->ids[kind];
	struct irm_id_pair key = { sqlite3_column_int64(row, column), 0 };
	if (sqlite3_column_type(row, column) == SQLITE_NULL || !ids->n)
		return IRM_NONE;
	if (!ids->sorted)
		qsort(ids->pairs, ids->n, sizeof *ids->pairs, by_id);
	ids->sorted = true;
	const struct irm_id_pair *found =
	        bsearch(&key, ids->pairs, ids->n, sizeof *ids->pairs, by_id);
	return found ? found->index : IRM_NONE;
}

uint32_t irm_reading_name(struct irm_reading *in, enum irm_list list, const char *name)
{
	uint32_t id = irm_intern_add(&in->lists[list], name);
	in->failed = in->failed || id == IRM_NO_ID;
	return id;
}

uint32_t irm_reading_find(const struct irm_reading *in, enum irm_list list, const char *name)
{
	return irm_intern_find(&in->lists[list], name);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Copies a list into the dataset; rank[] gives each id's place there. */
static enum irm_code keep_list(struct irm_reading *in, enum irm_list list, struct irm_names *out,
                               bool sorted, uint32_t **rank)
{
	const struct irm_intern *names = &in->lists[list];
	out->n = names->n;
	out->text = calloc(names->n + 1, sizeof *out->text);
	*rank = calloc(names->n + 1, sizeof **rank);
	if (!out->text || !*rank)
		return irm_err_memory(in->err);
	for (size_t i = 0; i < names->n; i++) {
		out->text[i] =
		        irm_arena_text(&in->data->arena, names->text[i], strlen(names->text[i]));
		if (!out->text[i])
			return irm_err_memory(in->err);
	}
	if (sorted)
		qsort(out->text, out->n, sizeof *out->text, by_text);
	for (size_t i = 0; i < out->n; i++)
		(*rank)[irm_intern_find(names, out->text[i])] = (uint32_t)i;
	return IRM_OK;
}

static void renumber(uint32_t *index, const uint32_t *rank)
{
	if (*index != IRM_NONE)
		*index = rank[*index];
}

enum irm_code irm_reading_lists(struct irm_reading *in)
{
	struct irm_dataset *d = in->data;
	struct irm_names *const lists[] = { &d->stages,      &d->parties,   &d->chapters,
		                            &d->topic_names, &d->providers, &d->beneficiaries };
	uint32_t *rank[IRM_LISTS] = { NULL };
	enum irm_code code = IRM_OK;
	/* Stages and chapters came in their order: by position, and by article. */
	for (int i = 0; !code && i < IRM_LISTS; i++)
		code = keep_list(in, (enum irm_list)i, lists[i],
		                 i != IRM_LIST_STAGES && i != IRM_LIST_CHAPTERS, &rank[i]);
	for (size_t i = 0; !code && i < d->n_milestones; i++)
		renumber(&d->milestones[i].party, rank[IRM_LIST_PARTIES]);
	for (size_t i = 0; !code && i < d->n_topics; i++)
		d->topics[i].topic = rank[IRM_LIST_TOPICS][d->topics[i].topic];
	for (size_t i = 0; !code && i < d->n_activities; i++) {
		struct irm_activity *a = &d->activities[i];
		renumber(&a->topic, rank[IRM_LIST_TOPICS]);
		renumber(&a->provider, rank[IRM_LIST_PROVIDERS]);
		renumber(&a->beneficiary, rank[IRM_LIST_BENEFICIARIES]);
	}
	for (int i = 0; i < IRM_LISTS; i++)
		free(rank[i]);
	return code;
}

enum irm_code irm_reading_damaged(struct irm_reading *in, const char *what)
{
	const char *path = sqlite3_db_filename(in->db, "main");
	return irm_err_at(in->err, path && *path ? path : "(memory)", 0, 0,
	                  "the database is damaged: %s", what);
}

void irm_reading_release(struct irm_reading *in)
{
	for (int i = 0; i < IRM_ID_KINDS; i++)
		free(in->ids[i].pairs);
	for (int i = 0; i < IRM_LISTS; i++)
		irm_intern_release(&in->lists[i]);
}
