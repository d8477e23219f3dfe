#include "base/intern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a, 64 bits, of one text after another. */
static uint64_t hash(const char *start, const char *rest)
{
	uint64_t h = 14695981039346656037u;
	for (const char *p = start; *p; p++)
		h = (h ^ (unsigned char)*p) * 1099511628211u;
	for (const char *p = rest; *p; p++)
		h = (h ^ (unsigned char)*p) * 1099511628211u;
	return h ^ (h >> 32);
}

static bool is_both(const char *text, const char *start, size_t length, const char *rest)
{
	return strncmp(text, start, length) == 0 && strcmp(text + length, rest) == 0;
}

/* The slot that holds the two texts as one, or the empty one where they would go. */
static uint32_t *find_slot(const struct irm_intern *intern, const char *start, const char *rest)
{
	size_t at = (size_t)hash(start, rest) & (intern->capacity - 1), length = strlen(start);
	while (intern->slot[at] &&
	       !is_both(intern->text[intern->slot[at] - 1], start, length, rest))
		at = (at + 1) & (intern->capacity - 1);
	return &intern->slot[at];
}

/* Doubles the table: at most half of it is ever full. */
static int grow(struct irm_intern *intern)
{
	size_t capacity = intern->capacity ? intern->capacity * 2 : 64;
	const char **text = realloc(intern->text, capacity / 2 * sizeof *text);
	if (!text)
		return -1;
	intern->text = text;
	uint32_t *slot = calloc(capacity, sizeof *slot);
	if (!slot)
		return -1;
	free(intern->slot);
	intern->slot = slot;
	intern->capacity = capacity;
	for (size_t id = 0; id < intern->n; id++)
		*find_slot(intern, text[id], "") = (uint32_t)id + 1;
	return 0;
}

uint32_t irm_intern_add(struct irm_intern *intern, const char *text)
{
	uint32_t id = irm_intern_find(intern, text);
	if (id != IRM_NO_ID)
		return id;
	if (intern->n >= intern->capacity / 2 && grow(intern))
		return IRM_NO_ID;
	const char *copy = irm_arena_text(&intern->texts, text, strlen(text));
	if (!copy || intern->n >= IRM_NO_ID - 1)
		return IRM_NO_ID;
	uint32_t *slot = find_slot(intern, text, "");
	intern->text[intern->n] = copy;
	*slot = (uint32_t)++intern->n;
	return *slot - 1;
}

uint32_t irm_intern_find(const struct irm_intern *intern, const char *text)
{
	return irm_intern_find_joined(intern, text, "");
}

uint32_t irm_intern_find_joined(const struct irm_intern *intern, const char *start,
                                const char *rest)
{
	if (!intern->capacity)
		return IRM_NO_ID;
	uint32_t slot = *find_slot(intern, start, rest);
	return slot ? slot - 1 : IRM_NO_ID;
}

void irm_intern_release(struct irm_intern *intern)
{
	irm_arena_release(&intern->texts);
	free(intern->text);
	free(intern->slot);
	memset(intern, 0, sizeof *intern);
}
