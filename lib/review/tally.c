#include "review/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/counter.h"

/* A tally's key while it is counted: the query's keys, the stage, the days, event and late, each so
 * numbered that unknown sorts last. */
#define TAIL 4

struct counting {
	const struct irm_query *query;
	struct irm_counter rows;   /* one count */
	struct irm_counter groups; /* by keys and stage: the party and limit of its milestones */
};

enum { GROUP_PARTY, GROUP_LIMIT, GROUP_COLUMNS };
#define SEVERAL (-1) /* milestones of several mechanisms, which do not agree */

/* 0 is no limit, else 1 more than the limit's number. */
static int64_t limit_code(struct irm_span limit)
{
	return limit.count ? (int64_t)limit.count * 4 + limit.unit : 0;
}

/* Keeps what all milestones of a group say; 0 stands for "not set yet". */
static void agree(int64_t *kept, int64_t said)
{
	if (*kept == 0)
		*kept = said + 1;
	else if (*kept != said + 1)
		*kept = SEVERAL;
}

static uint32_t rank(int32_t value)
{
	return value < 0 ? UINT32_MAX : (uint32_t)value;
}

static enum irm_code count_one(void *context, const struct irm_observation *seen,
                               struct irm_err *err)
{
	struct counting *in = context;
	const struct irm_query *query = in->query;
	const struct irm_milestone *m = &query->data->milestones[seen->milestone];
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + TAIL];
	irm_query_review_keys(query, seen->review, values);
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		key[query->n_by] = m->stage;
		key[query->n_by + 1] = rank(seen->days);
		key[query->n_by + 2] = rank(seen->event);
		key[query->n_by + 3] = rank(seen->late);
		int64_t *count = irm_counter_at(&in->rows, key);
		int64_t *group = irm_counter_at(&in->groups, key);
		if (!count || !group)
			return irm_err_memory(err);
		++*count;
		agree(&group[GROUP_PARTY], m->party == IRM_NONE ? 0 : (int64_t)m->party + 1);
		agree(&group[GROUP_LIMIT], limit_code(m->limit));
	}
	return IRM_OK;
}

static const char *keep(struct irm_tally *tally, const char *text)
{
	return *text ? irm_arena_text(&tally->arena, text, strlen(text)) : "";
}

static bool fill_group(struct irm_tally *tally, struct irm_tally_group *group,
                       const struct irm_query *query, const uint32_t *key, const int64_t *said)
{
	const struct irm_dataset *data = query->data;
	char buffer[16], limit[16] = "";
	group->keys = irm_arena_alloc(&tally->arena, (query->n_by + 1) * sizeof *group->keys);
	if (!group->keys)
		return false;
	for (size_t k = 0; k < query->n_by; k++) {
		group->is_total = group->is_total || key[k] == IRM_VALUE_ALL;
		group->keys[k] =
		        keep(tally, irm_key_text(data, query->by[k], key[k], query->names, buffer));
		if (!group->keys[k])
			return false;
	}
	if (said[GROUP_LIMIT] > 1) {
		int64_t code = said[GROUP_LIMIT] - 1;
		irm_span_format(
		        limit, (struct irm_span){ (int32_t)(code / 4), (enum irm_unit)(code % 4) });
	}
	group->stage = keep(
	        tally, irm_key_text(data, IRM_BY_STAGE, key[query->n_by], query->names, buffer));
	group->party =
	        said[GROUP_PARTY] > 1 ? keep(tally, data->parties.text[said[GROUP_PARTY] - 2]) : "";
	group->time_limit = keep(tally, limit);
	return group->stage && group->party && group->time_limit;
}

static struct irm_tally_row row_of(const uint32_t *tail, int64_t count)
{
	return (struct irm_tally_row){
		.days = tail[0] == UINT32_MAX ? IRM_DAY_NONE : (int32_t)tail[0],
		.event = (int8_t)(tail[1] == UINT32_MAX ? -1 : (int)tail[1]),
		.late = (int8_t)(tail[2] == UINT32_MAX ? -1 : (int)tail[2]),
		.count = count,
	};
}

/* Room for the groups and rows that were counted, after those that are there. */
static bool make_room(struct irm_tally *tally, const struct counting *in)
{
	struct irm_tally_group *groups =
	        realloc(tally->groups, (tally->n_groups + in->groups.n + 1) * sizeof *groups);
	if (groups)
		tally->groups = groups;
	struct irm_tally_row *rows =
	        realloc(tally->rows, (tally->n_rows + in->rows.n + 1) * sizeof *rows);
	if (rows)
		tally->rows = rows;
	return groups && rows;
}

/* Both counters are sorted, and a group's rows follow each other in the order of the groups. */
static enum irm_code append(struct irm_tally *tally, struct counting *in, struct irm_err *err)
{
	const struct irm_query *query = in->query;
	size_t width = query->n_by + 1, row = 0;
	if (irm_counter_sort(&in->rows) || irm_counter_sort(&in->groups) || !make_room(tally, in))
		return irm_err_memory(err);
	for (size_t g = 0; g < in->groups.n; g++) {
		struct irm_tally_group *group = &tally->groups[tally->n_groups++];
		const uint32_t *key = in->groups.keys + g * width;
		*group = (struct irm_tally_group){ .as_of = query->as_of, .first = tally->n_rows };
		if (!fill_group(tally, group, query, key, in->groups.counts + g * GROUP_COLUMNS))
			return irm_err_memory(err);
		for (; row < in->rows.n; row++, group->n++) {
			const uint32_t *row_key = in->rows.keys + row * in->rows.width;
			if (memcmp(row_key, key, width * sizeof *key) != 0)
				break;
			tally->rows[tally->n_rows++] =
			        row_of(row_key + width, in->rows.counts[row]);
		}
	}
	return IRM_OK;
}

static enum irm_code count_query(struct irm_tally *tally, const struct irm_query *query,
                                 struct irm_err *err)
{
	struct counting in = { .query = query };
	irm_counter_init(&in.rows, query->n_by + TAIL, 1);
	irm_counter_init(&in.groups, query->n_by + 1, GROUP_COLUMNS);
	enum irm_code code = irm_observe_all(query, count_one, &in, err);
	if (!code)
		code = append(tally, &in, err);
	irm_counter_release(&in.rows);
	irm_counter_release(&in.groups);
	return code;
}

enum irm_code irm_tally_count(struct irm_tally **out, const struct irm_query *queries, size_t n,
                              struct irm_err *err)
{
	struct irm_tally *tally = calloc(1, sizeof *tally);
	if (!tally)
		return irm_err_memory(err);
	tally->n_keys = queries->n_by;
	tally->key_names = calloc(queries->n_by + 1, sizeof *tally->key_names);
	enum irm_code code = tally->key_names ? IRM_OK : irm_err_memory(err);
	for (size_t k = 0; !code && k < queries->n_by; k++)
		tally->key_names[k] = irm_key_name(queries->by[k]);
	for (size_t i = 0; !code && i < n; i++)
		code = count_query(tally, &queries[i], err);
	if (code)
		irm_tally_free(tally);
	else
		*out = tally;
	return code;
}

void irm_tally_write(const struct irm_tally *tally, struct irm_writer *out)
{
	irm_writer_column(out, "as_of");
	for (size_t k = 0; k < tally->n_keys; k++)
		irm_writer_column(out, tally->key_names[k]);
	irm_writer_columns(out, "stage,party,time_limit,days,event,late,count");
	for (size_t g = 0; g < tally->n_groups; g++) {
		const struct irm_tally_group *group = &tally->groups[g];
		for (size_t i = group->first; i < group->first + group->n; i++) {
			const struct irm_tally_row *row = &tally->rows[i];
			irm_writer_day(out, group->as_of);
			for (size_t k = 0; k < tally->n_keys; k++)
				irm_writer_text(out, group->keys[k]);
			irm_writer_text(out, group->stage);
			irm_writer_text(out, group->party);
			irm_writer_text(out, group->time_limit);
			const int32_t cells[] = { row->days, row->event, row->late };
			for (size_t c = 0; c < 3; c++) {
				if (cells[c] < 0)
					irm_writer_empty(out);
				else
					irm_writer_count(out, cells[c]);
			}
			irm_writer_count(out, row->count);
			irm_writer_row(out);
		}
	}
}

void irm_tally_free(struct irm_tally *tally)
{
	if (!tally)
		return;
	free(tally->key_names);
	free(tally->groups);
	free(tally->rows);
	irm_arena_release(&tally->arena);
	free(tally);
}
