/* Codes to small whole numbers and back: 0, 1, 2 ... in the order of first appearance. */
#ifndef IRM_BASE_INTERN_H
#define IRM_BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define IRM_NO_ID UINT32_MAX

/* All zero is empty; irm_intern_release() frees what it holds. */
struct irm_intern {
	struct irm_arena texts;
	const char **text; /* [n] by id */
	uint32_t *slot;    /* [capacity] open addressing: id + 1, 0 where empty */
	size_t n, capacity;
};

/* The id of `text`, a new one where it was not seen; IRM_NO_ID where there is no memory. */
uint32_t irm_intern_add(struct irm_intern *intern, const char *text);

/* The id of `text`, or IRM_NO_ID. */
uint32_t irm_intern_find(const struct irm_intern *intern, const char *text);

/* The id of the text that `start` and `rest` are together, or IRM_NO_ID; needs no memory. */
uint32_t irm_intern_find_joined(const struct irm_intern *intern, const char *start,
                                const char *rest);

/* The text of an id that was given; valid as long as the intern. */
static inline const char *irm_intern_text(const struct irm_intern *intern, uint32_t id)
{
	return intern->text[id];
}

void irm_intern_release(struct irm_intern *intern);

#endif
