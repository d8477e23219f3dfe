#include "plots/levels.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/intern.h"

static enum irm_code too_many(const struct irm_table *table, int column, size_t max,
                              struct irm_err *err)
{
	irm_err_at(err, irm_table_file(table), 0, 0,
	           "column '%s' has more than %zu values, too many to draw",
	           irm_table_name(table, (size_t)column), max);
	irm_err_hint(err, "choose fewer with --where, or another column with --x and --group");
	return err->code;
}

static enum irm_code keep_levels(struct irm_levels *out, size_t index[], struct irm_arena *arena,
                                 const struct irm_table *table, struct irm_intern *seen, size_t max,
                                 struct irm_err *err)
{
	size_t rows = irm_table_rows(table);
	for (size_t i = 0; i < rows; i++) {
		uint32_t id = irm_intern_add(seen, irm_table_text(table, i, (size_t)out->column));
		if (id == IRM_NO_ID)
			return irm_err_memory(err);
		if (id >= max)
			return too_many(table, out->column, max, err);
		index[i] = id;
	}
	out->n = seen->n;
	out->code = irm_arena_alloc(arena, out->n * sizeof *out->code);
	if (!out->code)
		return irm_err_memory(err);
	for (size_t i = rows; i-- > 0;)
		out->code[index[i]] = irm_table_text(table, i, (size_t)out->column);
	return IRM_OK;
}

enum irm_code irm_levels_read(struct irm_levels *out, size_t index[], struct irm_arena *arena,
                              const struct irm_table *table, int column, size_t max,
                              struct irm_err *err)
{
	*out = (struct irm_levels){ .column = column, .n = 1 };
	if (column < 0) {
		memset(index, 0, irm_table_rows(table) * sizeof *index);
		out->code = irm_arena_alloc(arena, sizeof *out->code);
		if (!out->code)
			return irm_err_memory(err);
		out->code[0] = "";
		return IRM_OK;
	}
	struct irm_intern seen = { 0 };
	enum irm_code code = keep_levels(out, index, arena, table, &seen, max, err);
	irm_intern_release(&seen);
	return code;
}

size_t irm_levels_find(const struct irm_levels *levels, const char *code)
{
	size_t i = 0;
	while (i < levels->n && strcmp(levels->code[i], code) != 0)
		i++;
	return i;
}

/* after[a * n + b]: some row of b follows one of a under the same level of the other key; waits[b]:
 * how many such levels a there are. */
static void find_order(bool after[], size_t waits[], const size_t index[], const size_t other[],
                       size_t last[], size_t rows, size_t n)
{
	for (size_t i = 0; i < rows; i++) {
		size_t before = last[other[i]]; /* counted from 1; 0: none */
		last[other[i]] = index[i] + 1;
		if (!before || before - 1 == index[i])
			continue;
		bool *known = &after[(before - 1) * n + index[i]];
		waits[index[i]] += !*known;
		*known = true;
	}
}

/* The first level that is not placed (place[i] is 0) and waits for none; the first of all that are
 * not placed where rows contradict each other. */
static size_t next_level(const size_t waits[], const size_t place[], size_t n)
{
	size_t first = n;
	for (size_t i = n; i-- > 0;)
		if (!place[i])
			first = i;
	for (size_t i = first; i < n; i++)
		if (!place[i] && !waits[i])
			return i;
	return first;
}

enum irm_code irm_levels_arrange(struct irm_levels *levels, size_t index[], const size_t other[],
                                 struct irm_arena *arena, size_t rows, size_t n_other,
                                 struct irm_err *err)
{
	size_t n = levels->n;
	bool *after = irm_arena_alloc(arena, n * n * sizeof *after);
	size_t *waits = irm_arena_alloc(arena, n * sizeof *waits);
	size_t *last = irm_arena_alloc(arena, n_other * sizeof *last);
	size_t *place = irm_arena_alloc(arena, n * sizeof *place); /* from 1 */
	const char **code = irm_arena_alloc(arena, n * sizeof *code);
	if (!after || !waits || !last || !place || !code)
		return irm_err_memory(err);
	find_order(after, waits, index, other, last, rows, n);
	for (size_t i = 0; i < n; i++) {
		size_t level = next_level(waits, place, n);
		place[level] = i + 1;
		code[i] = levels->code[level];
		for (size_t b = 0; b < n; b++)
			waits[b] -= after[level * n + b] && !place[b];
	}
	for (size_t i = 0; i < rows; i++)
		index[i] = place[index[i]] - 1;
	levels->code = code;
	return IRM_OK;
}
