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

static enum irm_code read_as_of(struct reading *in, size_t row)
{
	int32_t day;
	const char *text = irm_table_text(in->table, row, in->as_of);
	long line = irm_table_line(in->table, row), field = (long)in->as_of + 1;
	if (irm_day_parse(&day, text, in->err))
		return irm_err_place(in->err, irm_table_file(in->table), line, field);
	if (row && day != in->tally->as_of)
		return irm_err_at(in->err, irm_table_file(in->table), line, field,
		                  "expected one day in all rows, found '%s'", text);
	in->tally->as_of = day;
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

/* The group of a row: its index, a new one where it was not seen. */
static enum irm_code find_group(struct reading *in, size_t row, uint32_t *group)
{
	struct irm_tally *tally = in->tally;
	char joined[4096];
	size_t used = 0, n = tally->n_keys + 3;
	const char *texts[IRM_KEYS_MOST + 3];
	for (size_t i = 0; i < n; i++) {
		size_t column = i < tally->n_keys ? in->keys[i] : in->at[i - tally->n_keys];
		texts[i] = irm_table_text(in->table, row, column);
		size_t length = strlen(texts[i]);
		if (used + length + 1 >= sizeof joined)
			return irm_err_at(in->err, irm_table_file(in->table),
			                  irm_table_line(in->table, row), (long)column + 1,
			                  "keys of over %zu bytes", sizeof joined - 1);
		memcpy(joined + used, texts[i], length);
		used += length;
		joined[used++] = '\x1f';
	}
	joined[used] = '\0';
	size_t before = in->groups.n;
	*group = irm_intern_add(&in->groups, joined);
	if (*group == IRM_NO_ID)
		return irm_err_memory(in->err);
	if (in->groups.n == before)
		return IRM_OK;
	struct irm_tally_group *grown =
	        realloc(tally->groups, (tally->n_groups + 1) * sizeof *grown);
	if (!grown)
		return irm_err_memory(in->err);
	tally->groups = grown;
	struct irm_tally_group *new = &grown[tally->n_groups++];
	const char **kept = irm_arena_alloc(&tally->arena, n * sizeof *kept);
	*new = (struct irm_tally_group){ .keys = kept };
	for (size_t i = 0; kept && i < n; i++) {
		kept[i] = irm_arena_text(&tally->arena, texts[i], strlen(texts[i]));
		if (!kept[i])
			return irm_err_memory(in->err);
		new->is_total =
		        new->is_total || (i < tally->n_keys && strcmp(texts[i], "all") == 0);
	}
	if (!kept)
		return irm_err_memory(in->err);
	new->stage = kept[tally->n_keys];
	new->party = kept[tally->n_keys + 1];
	new->time_limit = kept[tally->n_keys + 2];
	return IRM_OK;
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
	if (read_as_of(in, row) || read_number(in, row, DAYS, INT32_MAX, &days) ||
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
	tally->as_of = IRM_DAY_NONE;
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
