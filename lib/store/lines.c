#include "store/lines.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define KEY_MOST 4200 /* a row's key has 4095 bytes at most: lib/store/row.c */

static bool make_key(char key[KEY_MOST], const char *table, const char *rest)
{
	return (size_t)snprintf(key, KEY_MOST, "%s\x1f%s", table, rest) < KEY_MOST;
}

int irm_lines_add(struct irm_lines *lines, const char *table, const char *key, long line)
{
	char full[KEY_MOST];
	if (!make_key(full, table, key))
		return 0;
	uint32_t id = irm_intern_add(&lines->keys, full);
	if (id == IRM_NO_ID)
		return -1;
	if (id >= lines->size) {
		size_t size = lines->size ? lines->size * 2 : 1024;
		long *grown = realloc(lines->line, size * sizeof *grown);
		if (!grown)
			return -1;
		lines->line = grown;
		lines->size = size;
	}
	lines->line[id] = line;
	return 0;
}

long irm_lines_find(const struct irm_lines *lines, const char *table, const char *key)
{
	char full[KEY_MOST];
	if (!make_key(full, table, key))
		return 0;
	uint32_t id = irm_intern_find(&lines->keys, full);
	return id == IRM_NO_ID ? 0 : lines->line[id];
}

void irm_lines_release(struct irm_lines *lines)
{
	irm_intern_release(&lines->keys);
	free(lines->line);
	*lines = (struct irm_lines){ .line = NULL };
}
