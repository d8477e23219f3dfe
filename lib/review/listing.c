#include "review/listing.h"

#include <stdlib.h>

struct listing {
	const struct irm_query *query;
	struct irm_writer *out;
};

static void write_header(struct irm_writer *out)
{
	irm_writer_columns(out, "as_of,review,cycle,year,state,region,stage,party,began,due,ended,"
	                        "days,event,days_late,source");
}

static void write_or_empty(struct irm_writer *out, int32_t number)
{
	if (number < 0)
		irm_writer_empty(out);
	else
		irm_writer_count(out, number);
}

static void write_observation(const struct listing *list, const struct irm_observation *seen)
{
	static const enum irm_key keys[] = { IRM_BY_REVIEW, IRM_BY_CYCLE, IRM_BY_YEAR, IRM_BY_STATE,
		                             IRM_BY_REGION };
	const struct irm_query *query = list->query;
	const struct irm_dataset *data = query->data;
	const struct irm_milestone *m = &data->milestones[seen->milestone];
	struct irm_writer *out = list->out;
	char buffer[16];
	irm_writer_day(out, query->as_of);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		uint32_t value = irm_key_of_review(data, keys[i], seen->review);
		irm_writer_text(out, irm_key_text(data, keys[i], value, query->names, buffer));
	}
	irm_writer_text(out, irm_key_text(data, IRM_BY_STAGE, m->stage, query->names, buffer));
	irm_writer_text(out, m->party == IRM_NONE ? "" : data->parties.text[m->party]);
	irm_writer_day(out, seen->began);
	irm_writer_day(out, seen->due);
	irm_writer_day(out, seen->ended);
	write_or_empty(out, seen->days);
	write_or_empty(out, seen->event);
	write_or_empty(out, seen->late == 1 ? seen->ended - seen->due : seen->late);
	irm_writer_text(out, irm_dataset_source(data, seen->review, seen->milestone));
	irm_writer_row(out);
}

static enum irm_code write_each(void *context, const struct irm_observation *seen,
                                struct irm_err *err)
{
	(void)err;
	write_observation(context, seen);
	return IRM_OK;
}

enum irm_code irm_listing_write(const struct irm_query *query, struct irm_writer *out,
                                struct irm_err *err)
{
	struct listing list = { query, out };
	write_header(out);
	return irm_observe_all(query, write_each, &list, err);
}

struct late_ones {
	struct irm_observation *seen;
	size_t n, size;
};

static enum irm_code keep_late(void *context, const struct irm_observation *seen,
                               struct irm_err *err)
{
	struct late_ones *late = context;
	if (seen->late != 1)
		return IRM_OK;
	if (late->n == late->size) {
		size_t size = late->size ? late->size * 2 : 64;
		struct irm_observation *grown = realloc(late->seen, size * sizeof *grown);
		if (!grown)
			return irm_err_memory(err);
		late->seen = grown;
		late->size = size;
	}
	late->seen[late->n++] = *seen;
	return IRM_OK;
}

static int latest_first(const void *a, const void *b)
{
	const struct irm_observation *x = a, *y = b;
	int32_t late_x = x->ended - x->due, late_y = y->ended - y->due;
	if (late_x != late_y)
		return late_x > late_y ? -1 : 1;
	if (x->review != y->review)
		return x->review < y->review ? -1 : 1;
	return (x->milestone > y->milestone) - (x->milestone < y->milestone);
}

enum irm_code irm_listing_write_late(const struct irm_query *query, struct irm_writer *out,
                                     struct irm_err *err)
{
	struct listing list = { query, out };
	struct late_ones late = { .n = 0 };
	write_header(out);
	enum irm_code code = irm_observe_all(query, keep_late, &late, err);
	if (!code && late.n)
		qsort(late.seen, late.n, sizeof *late.seen, latest_first);
	for (size_t i = 0; !code && i < late.n; i++)
		write_observation(&list, &late.seen[i]);
	free(late.seen);
	return code;
}
