#include "store/codes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

#define OWNER_SIZE 12 /* digits of a uint32_t, the separator and the end */

static size_t prefix(char out[OWNER_SIZE], uint32_t owner)
{
	return (size_t)snprintf(out, OWNER_SIZE, "%u\x1f", owner);
}

/* "owner US code"; the caller frees it. */
static char *make_key(uint32_t owner, const char *code)
{
	char start[OWNER_SIZE];
	size_t n = prefix(start, owner), m = strlen(code);
	char *key = malloc(n + m + 1);
	if (key) {
		memcpy(key, start, n);
		memcpy(key + n, code, m + 1);
	}
	return key;
}

uint32_t irm_codes_find(const struct irm_codes *codes, uint32_t owner, const char *code)
{
	char start[OWNER_SIZE];
	prefix(start, owner);
	return irm_intern_find_joined(&codes->keys, start, code);
}

uint32_t irm_codes_add(struct irm_codes *codes, uint32_t owner, const char *code)
{
	if (codes->keys.n == codes->size) {
		size_t size = codes->size ? codes->size * 2 : 64;
		struct irm_coded *grown = realloc(codes->code, size * sizeof *grown);
		if (!grown)
			return IRM_NO_ID;
		codes->code = grown;
		codes->size = size;
	}
	size_t before = codes->keys.n;
	char *key = make_key(owner, code);
	uint32_t index = key ? irm_intern_add(&codes->keys, key) : IRM_NO_ID;
	free(key);
	if (index != IRM_NO_ID && codes->keys.n > before)
		codes->code[index] = (struct irm_coded){ .id = ++codes->last_id };
	return index;
}

const char *irm_codes_nearest(const struct irm_codes *codes, uint32_t owner, const char *code)
{
	char start[OWNER_SIZE];
	size_t n = prefix(start, owner), found = 0;
	const char **names = malloc((codes->keys.n + 1) * sizeof *names);
	if (!names)
		return NULL;
	for (size_t i = 0; i < codes->keys.n; i++)
		if (codes->code[i].defined && strncmp(codes->keys.text[i], start, n) == 0)
			names[found++] = codes->keys.text[i] + n;
	const char *nearest = irm_nearest(code, names, found);
	free(names);
	return nearest;
}

void irm_codes_release(struct irm_codes *codes)
{
	irm_intern_release(&codes->keys);
	free(codes->code);
	memset(codes, 0, sizeof *codes);
}
