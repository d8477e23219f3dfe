/* The codes of a table whose rows have ids, while a load resolves references. */
#ifndef IRM_STORE_CODES_H
#define IRM_STORE_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/intern.h"

/* A code, which is the last column of its table's key; `owner` is what the key's other column
 * refers to (a milestone's mechanism, an article's convention), 0 where there is none. */
struct irm_coded {
	int64_t id;      /* of the row in SQLite */
	uint32_t parent; /* index of what the row belongs to: a review's cycle, a cycle's mechanism,
	                    a mechanism's convention */
	bool defined;    /* its row has been read: until then it was only referred to */
};

/* All zero is empty; irm_codes_release() frees. */
struct irm_codes {
	struct irm_intern keys; /* "owner US code" */
	struct irm_coded *code; /* [keys.n] */
	size_t size;
	int64_t last_id;
};

/* The index of a code, or IRM_NO_ID where it is unknown; needs no memory. */
uint32_t irm_codes_find(const struct irm_codes *codes, uint32_t owner, const char *code);

/* The index of a code, added with a new id where it is unknown; IRM_NO_ID: no memory. */
uint32_t irm_codes_add(struct irm_codes *codes, uint32_t owner, const char *code);

/* The code of the owner that is nearest to `code`, or NULL. */
const char *irm_codes_nearest(const struct irm_codes *codes, uint32_t owner, const char *code);

void irm_codes_release(struct irm_codes *codes);

#endif
