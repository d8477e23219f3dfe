#include "review/reading.h"

#include <stdlib.h>
#include <string.h>

#include "store/db.h"

static const struct {
	const char *table, *sql;
} counts[] = {
	{ "t_mechanisms", "SELECT count(*) FROM t_mechanisms" },
	{ "t_cycles", "SELECT count(*) FROM t_cycles" },
	{ "t_milestones", "SELECT count(*) FROM t_milestones" },
	{ "t_regions", "SELECT count(*) FROM t_regions" },
	{ "t_states", "SELECT count(*) FROM t_states" },
	{ "t_articles", "SELECT count(*) FROM t_articles" },
	{ "t_ta_types", "SELECT count(*) FROM t_ta_types" },
	{ "t_reviews", "SELECT count(*) FROM t_reviews" },
	{ "t_needs", "SELECT count(*) FROM t_needs" },
	{ "t_topics", "SELECT count(*) FROM t_topics" },
	{ "t_sessions", "SELECT count(*) FROM t_sessions" },
};

enum irm_code irm_reading_count(struct irm_reading *in, const char *table, size_t *n)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	size_t i = 0;
	while (strcmp(counts[i].table, table) != 0)
		i++;
	if (irm_db_prepare(&query, in->db, counts[i].sql, in->err))
		return in->err->code;
	enum irm_code code = irm_db_step(query, &row, in->err);
	*n = row ? (size_t)sqlite3_column_int64(query, 0) : 0;
	sqlite3_finalize(query);
	return code;
}

/* The array of a step has room for as many rows as were counted in the same transaction; a row 0
 * ('all') and rows that a join drops only leave some of it empty, and n is set to what came. */
static size_t *count_of(struct irm_reading *in, const char *table)
{
	struct irm_dataset *d = in->data;
	size_t *const n[] = { &d->n_mechanisms, &d->n_cycles,   &d->n_milestones, &d->n_regions,
		              &d->n_states,     &d->n_articles, &d->n_types,      &d->n_reviews,
		              &d->n_needs,      &d->n_topics,   &d->n_sessions };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (strcmp(counts[i].table, table) == 0)
			return n[i];
	return NULL;
}

enum irm_code irm_reading_run(struct irm_reading *in, const struct irm_reading_step *step)
{
	sqlite3_stmt *query = NULL;
	bool row = true;
	uint32_t at = 0;
	if (irm_db_prepare(&query, in->db, step->sql, in->err))
		return in->err->code;
	enum irm_code code;
	while (!(code = irm_db_step(query, &row, in->err)) && row) {
		code = step->read(in, query, at++);
		if (!code && in->failed)
			code = irm_err_memory(in->err);
		if (code)
			break;
	}
	sqlite3_finalize(query);
	if (!code && step->table)
		*count_of(in, step->table) = at;
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

enum irm_code irm_reading_lists(struct irm_reading *in)
{
	struct irm_dataset *d = in->data;
	struct irm_names *const lists[] = { &d->stages, &d->parties, &d->chapters,
		                            &d->topic_names };
	uint32_t *rank[IRM_LISTS] = { NULL };
	enum irm_code code = IRM_OK;
	/* Stages and chapters came in their order: by position, and by article. */
	for (int i = 0; !code && i < IRM_LISTS; i++)
		code = keep_list(in, (enum irm_list)i, lists[i],
		                 i == IRM_LIST_PARTIES || i == IRM_LIST_TOPICS, &rank[i]);
	for (size_t i = 0; !code && i < d->n_milestones; i++)
		if (d->milestones[i].party != IRM_NONE)
			d->milestones[i].party = rank[IRM_LIST_PARTIES][d->milestones[i].party];
	for (size_t i = 0; !code && i < d->n_topics; i++)
		d->topics[i].topic = rank[IRM_LIST_TOPICS][d->topics[i].topic];
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
