#include "base/counter.h"

#include <stdlib.h>
#include <string.h>

void irm_counter_init(struct irm_counter *c, size_t width, size_t columns)
{
	memset(c, 0, sizeof *c);
	c->width = width;
	c->columns = columns;
}

void irm_counter_release(struct irm_counter *c)
{
	free(c->keys);
	free(c->counts);
	free(c->slots);
	memset(c, 0, sizeof *c);
}

/* FNV-1a over the numbers, with a last mix of the high bits into the low ones. */
static uint64_t hash(const uint32_t *key, size_t width)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < width; i++)
		h = (h ^ key[i]) * 1099511628211u;
	return h ^ (h >> 29);
}

static uint32_t *find_slot(const struct irm_counter *c, const uint32_t *key)
{
	size_t at = (size_t)hash(key, c->width) & (c->capacity - 1);
	while (c->slots[at] &&
	       memcmp(c->keys + (c->slots[at] - 1) * c->width, key, c->width * sizeof *key) != 0)
		at = (at + 1) & (c->capacity - 1);
	return &c->slots[at];
}

/* At most half of the slots are ever full. */
static int grow(struct irm_counter *c)
{
	size_t size = c->size ? c->size * 2 : 64;
	uint32_t *keys = realloc(c->keys, size * (c->width + 1) * sizeof *keys);
	if (keys)
		c->keys = keys;
	int64_t *counts = realloc(c->counts, size * (c->columns + 1) * sizeof *counts);
	if (counts)
		c->counts = counts;
	uint32_t *slots = calloc(size * 2, sizeof *slots);
	if (!keys || !counts || !slots) {
		free(slots);
		return -1;
	}
	free(c->slots);
	c->slots = slots;
	c->capacity = size * 2;
	c->size = size;
	for (size_t i = 0; i < c->n; i++)
		*find_slot(c, c->keys + i * c->width) = (uint32_t)i + 1;
	return 0;
}

int64_t *irm_counter_at(struct irm_counter *c, const uint32_t *key)
{
	if (c->n == c->size && grow(c))
		return NULL;
	uint32_t *slot = find_slot(c, key);
	if (!*slot) {
		if (c->width)
			memcpy(c->keys + c->n * c->width, key, c->width * sizeof *key);
		memset(c->counts + c->n * c->columns, 0, c->columns * sizeof *c->counts);
		*slot = (uint32_t)++c->n;
	}
	return c->counts + (*slot - 1) * c->columns;
}

/* Merges two ascending runs of row numbers. */
static void merge(const struct irm_counter *c, const size_t *a, size_t na, const size_t *b,
                  size_t nb, size_t *out)
{
	while (na || nb) {
		int take_a = nb == 0;
		if (na && nb) {
			const uint32_t *x = c->keys + *a * c->width, *y = c->keys + *b * c->width;
			size_t i = 0;
			while (i < c->width && x[i] == y[i])
				i++;
			take_a = i == c->width || x[i] < y[i];
		}
		*out++ = take_a ? *a : *b;
		a += take_a ? 1 : 0;
		b += take_a ? 0 : 1;
		na -= take_a ? 1 : 0;
		nb -= take_a ? 0 : 1;
	}
}

/* Row numbers in the order of their keys; `work` has room for as many. qsort() would need the
 * counter in a global. */
static size_t *sorted_rows(const struct irm_counter *c, size_t *rows, size_t *work)
{
	for (size_t i = 0; i < c->n; i++)
		rows[i] = i;
	for (size_t run = 1; run < c->n; run *= 2) {
		for (size_t at = 0; at < c->n; at += 2 * run) {
			size_t middle = at + run < c->n ? at + run : c->n;
			size_t end = middle + run < c->n ? middle + run : c->n;
			merge(c, rows + at, middle - at, rows + middle, end - middle, work + at);
		}
		size_t *swap = rows;
		rows = work;
		work = swap;
	}
	return rows;
}

int irm_counter_sort(struct irm_counter *c)
{
	size_t *rows = malloc((c->n + 1) * 2 * sizeof *rows);
	uint32_t *keys = malloc((c->n + 1) * (c->width + 1) * sizeof *keys);
	int64_t *counts = malloc((c->n + 1) * (c->columns + 1) * sizeof *counts);
	if (!rows || !keys || !counts) {
		free(rows);
		free(keys);
		free(counts);
		return -1;
	}
	const size_t *order = sorted_rows(c, rows, rows + c->n);
	for (size_t i = 0; i < c->n; i++) {
		memcpy(keys + i * c->width, c->keys + order[i] * c->width, c->width * sizeof *keys);
		memcpy(counts + i * c->columns, c->counts + order[i] * c->columns,
		       c->columns * sizeof *counts);
	}
	free(rows);
	free(c->keys);
	free(c->counts);
	free(c->slots);
	c->keys = keys;
	c->counts = counts;
	c->slots = NULL;
	c->size = c->n;
	c->capacity = 0;
	return 0;
}
