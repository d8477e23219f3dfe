#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define BLOCK_SIZE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK_SIZE 1
#endif
#endif
#ifndef BLOCK_SIZE
#define BLOCK_SIZE 65536
#endif

struct irm_arena_block {
	struct irm_arena_block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

static struct irm_arena_block *add_block(struct irm_arena *arena, size_t size)
{
	struct irm_arena_block *block = calloc(1, sizeof *block + size);
	if (!block)
		return NULL;
	block->size = size;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *irm_arena_alloc(struct irm_arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		return NULL;
	size_t align = alignof(max_align_t);
	size_t padded = BLOCK_SIZE ? (size + align - 1) / align * align : size;
	struct irm_arena_block *block = arena->blocks;
	if (!block || !BLOCK_SIZE || block->size - block->used < padded)
		block = add_block(arena, BLOCK_SIZE > padded ? BLOCK_SIZE : padded);
	if (!block)
		return NULL;
	void *piece = block->bytes + block->used;
	block->used += padded;
	return piece;
}

char *irm_arena_text(struct irm_arena *arena, const char *text, size_t length)
{
	char *copy = irm_arena_alloc(arena, length + 1);
	if (copy && length)
		memcpy(copy, text, length);
	return copy;
}

void irm_arena_clear(struct irm_arena *arena)
{
	struct irm_arena_block *kept = arena->blocks;
	if (!kept || kept->size != BLOCK_SIZE) {
		irm_arena_release(arena);
		return;
	}
	arena->blocks = kept->next;
	irm_arena_release(arena);
	memset(kept->bytes, 0, kept->used);
	kept->used = 0;
	kept->next = NULL;
	arena->blocks = kept;
}

void irm_arena_release(struct irm_arena *arena)
{
	while (arena->blocks) {
		struct irm_arena_block *next = arena->blocks->next;
		free(arena->blocks);
		arena->blocks = next;
	}
}
