/* Memory that dies together: rows of a load, interned texts, a chart's layout. */
#ifndef IRM_BASE_ARENA_H
#define IRM_BASE_ARENA_H

#include <stddef.h>

/* All zero is an empty arena; irm_arena_release() frees everything it gave. */
struct irm_arena {
	struct irm_arena_block *blocks; /* newest first */
};

/* `size` zeroed bytes, aligned for any type; NULL where there is no memory. Under a sanitizer each
 * piece is an allocation of its own, so that a byte past its end is seen. */
void *irm_arena_alloc(struct irm_arena *arena, size_t size);

/* A copy of `length` bytes with a NUL after them; NULL where there is no memory. */
char *irm_arena_text(struct irm_arena *arena, const char *text, size_t length);

/* Everything it gave is gone, and the arena can be used again; a block of memory is kept for that.
 */
void irm_arena_clear(struct irm_arena *arena);

/* Frees everything; the arena is empty and can be used again. */
void irm_arena_release(struct irm_arena *arena);

#endif
