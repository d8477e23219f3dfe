/* A tally from a table. */
#include <stdlib.h>
#include <string.h>

#include "base/counter.h"
#include "base/intern.h"
#include "review/tally.h"
#include "table/table.h"

enum column { STAGE, PARTY, LIMIT, DAYS, EVENT, LATE, COUNT, COLUMNS };

struct reading {
	const struct irm_table *table;
	struct irm_tally *tally;
	size_t as_of, keys[IRM_KEYS_MOST], at[COLUMNS];
	struct irm_intern groups; /* keys, stage, party and limit, joined */
	struct irm_counter rows;  /* by group, days, event, late */
	struct irm_err *err;
};

static enum irm_code find_columns(struct reading *in)
{
	static const char *const names[COLUMNS] = { "stage", "party", "time_limit", "days",
		                                    "event", "late",  "count" };
	const struct irm_table *t = in->table;
	if (irm_table_need(&in->as_of, t, "as_of", in->err))
		return in->err->code;
	for (size_t c = 0; c < COLUMNS; c++)
		if (irm_table_need(&in->at[c], t, names[c], in->err))
			return in->err->code;
	in->tally->key_names = calloc(IRM_KEYS_MOST + 1, sizeof *in->tally->key_names);
	if (!in->tally->key_names)
		return irm_err_memory(in->err);
	for (size_t i = 0; i < in->at[STAGE]; i++) {
		if (i == in->as_of)
			continue;
		if (in->tally->n_keys == IRM_KEYS_MOST)
			return irm_err_at(in->err, irm_table_file(t), 1, (long)i + 1,
			                  "expected at most %d keys", IRM_KEYS_MOST);
		const char *name = irm_table_name(t, i);
		name = irm_arena_text(&in->tally->arena, name, strlen(name));
		if (!name)
			return irm_err_memory(in->err);
		in->keys[in->tally->n_keys] = i;
		in->tally->key_names[in->tally->n_keys++] = name;
	}
	return IRM_OK;
}

static enum irm_code read_as_of(struct reading *in, size_t row, int32_t *day)
{
	if (irm_day_parse(day, irm_table_text(in->table, row, in->as_of), in->err))
		return irm_err_place(in->err, irm_table_file(in->table),
		                     irm_table_line(in->table, row), (long)in->as_of + 1);
	return IRM_OK;
}

/* A whole number from `least` to `most`, or empty: -1. */
static enum irm_code read_number(struct reading *in, size_t row, enum column column, int64_t most,
                                 int64_t *out)
{
	if (irm_table_integer(out, in->table, row, in->at[column], -1, in->err))
		return in->err->code;
	bool is_empty = !*irm_table_text(in->table, row, in->at[column]);
	if (is_empty || (*out >= 0 && *out <= most))
		return IRM_OK;
	return irm_err_at(in->err, irm_table_file(in->table), irm_table_line(in->table, row),
	                  (long)in->at[column] + 1,
	                  "expected a whole number from 0 to %lld, found '%s'", (long long)most,
	                  irm_table_text(in->table, row, in->at[column]));
}

/* What tells groups apart, in this order: the day, the keys, stage, party and limit. */
#define OTHERS 4
struct group_texts {
	size_t n;
	const char *text[IRM_KEYS_MOST + OTHERS];
	char joined[4096];
};

static enum irm_code join_texts(struct reading *in, size_t row, struct group_texts *out)
{
	size_t used = 0, keys = in->tally->n_keys;
	out->n = keys + OTHERS;
	for (size_t i = 0; i < out->n; i++) {
		size_t column = i == 0      ? in->as_of
		                : i <= keys ? in->keys[i - 1]
		                            : in->at[i - keys - 1];
		out->text[i] = irm_table_text(in->table, row, column);
		size_t length = strlen(out->text[i]);
		if (used + length + 1 >= sizeof out->joined)
			return irm_err_at(in->err, irm_table_file(in->table),
			                  irm_table_line(in->table, row), (long)column + 1,
			                  "keys of over %zu bytes", sizeof out->joined - 1);
		memcpy(out->joined + used, out->text[i], length);
		used += length;
		out->joined[used++] = '\x1f';
	}
	out->joined[used] = '\0';
	return IRM_OK;
}

static enum irm_code add_group(struct reading *in, const struct group_texts *texts, int32_t as_of)
{
	struct irm_tally *tally = in->tally;
	struct irm_tally_group *grown =
	        realloc(tally->groups, (tally->n_groups + 1) * sizeof *grown);
	const char **kept = irm_arena_alloc(&tally->arena, texts->n * sizeof *kept);
	if (grown)
		tally->groups = grown;
	if (!grown || !kept)
		return irm_err_memory(in->err);
	struct irm_tally_group *group = &grown[tally->n_groups];
	*group = (struct irm_tally_group){ .as_of = as_of, .keys = kept + 1 };
	for (size_t i = 0; i < texts->n; i++) {
		bool is_key = i > 0 && i <= tally->n_keys;
		kept[i] = irm_arena_text(&tally->arena, texts->text[i], strlen(texts->text[i]));
		if (!kept[i])
			return irm_err_memory(in->err);
		group->is_total = group->is_total || (is_key && strcmp(kept[i], "all") == 0);
	}
	group->stage = kept[tally->n_keys + 1];
	group->party = kept[tally->n_keys + 2];
	group->time_limit = kept[tally->n_keys + 3];
	tally->n_groups++;
	return IRM_OK;
}

/* The group of a row: its index, a new one where it was not seen. */
static enum irm_code find_group(struct reading *in, size_t row, uint32_t *group)
{
	struct group_texts texts;
	int32_t as_of;
	if (read_as_of(in, row, &as_of) || join_texts(in, row, &texts))
		return in->err->code;
	size_t before = in->groups.n;
	*group = irm_intern_add(&in->groups, texts.joined);
	if (*group == IRM_NO_ID)
		return irm_err_memory(in->err);
	return in->groups.n == before ? IRM_OK : add_group(in, &texts, as_of);
}

static enum irm_code add_count(struct reading *in, size_t row, const uint32_t key[4], int64_t count)
{
	int64_t *sum = irm_counter_at(&in->rows, key);
	if (!sum)
		return irm_err_memory(in->err);
	if (__builtin_add_overflow(*sum, count, sum))
		return irm_err_at(in->err, irm_table_file(in->table),
		                  irm_table_line(in->table, row), (long)in->at[COUNT] + 1,
		                  "counts that add up to more than fits");
	return IRM_OK;
}

static enum irm_code read_row(struct reading *in, size_t row)
{
	int64_t days, event, late, count;
	uint32_t key[4];
	if (read_number(in, row, DAYS, INT32_MAX, &days) ||
	    read_number(in, row, EVENT, 1, &event) || read_number(in, row, LATE, 1, &late) ||
	    read_number(in, row, COUNT, INT64_MAX, &count) || find_group(in, row, &key[0]))
		return in->err->code;
	if (count < 0 || (days < 0) != (event < 0) || (days < 0 && late >= 0))
		return irm_err_at(in->err, irm_table_file(in->table),
		                  irm_table_line(in->table, row), 0,
		                  "expected a count, and days and event both or neither");
	key[1] = days < 0 ? UINT32_MAX : (uint32_t)days;
	key[2] = event < 0 ? UINT32_MAX : (uint32_t)event;
	key[3] = late < 0 ? UINT32_MAX : (uint32_t)late;
	return add_count(in, row, key, count);
}

static enum irm_code fill_rows(struct reading *in)
{
	struct irm_tally *tally = in->tally;
	if (irm_counter_sort(&in->rows))
		return irm_err_memory(in->err);
	tally->rows = calloc(in->rows.n + 1, sizeof *tally->rows);
	if (!tally->rows)
		return irm_err_memory(in->err);
	for (size_t i = 0; i < in->rows.n; i++) {
		const uint32_t *key = in->rows.keys + i * 4;
		struct irm_tally_group *group = &tally->groups[key[0]];
		if (group->n++ == 0)
			group->first = i;
		tally->rows[tally->n_rows++] = (struct irm_tally_row){
			.days = key[1] == UINT32_MAX ? IRM_DAY_NONE : (int32_t)key[1],
			.event = (int8_t)(key[2] == UINT32_MAX ? -1 : (int)key[2]),
			.late = (int8_t)(key[3] == UINT32_MAX ? -1 : (int)key[3]),
			.count = in->rows.counts[i],
		};
	}
	return IRM_OK;
}

enum irm_code irm_tally_read(struct irm_tally **out, const char *path, struct irm_err *err)
{
	struct irm_table *table = NULL;
	struct irm_tally *tally = calloc(1, sizeof *tally);
	if (!tally)
		return irm_err_memory(err);
	enum irm_code code = irm_table_read(&table, path, err);
	struct reading in = { .table = table, .tally = tally, .err = err };
	irm_counter_init(&in.rows, 4, 1);
	if (!code)
		code = find_columns(&in);
	for (size_t row = 0; !code && row < irm_table_rows(table); row++)
		code = read_row(&in, row);
	if (!code)
		code = fill_rows(&in);
	irm_counter_release(&in.rows);
	irm_intern_release(&in.groups);
	irm_table_free(table);
	if (code)
		irm_tally_free(tally);
	else
		*out = tally;
	return code;
}
