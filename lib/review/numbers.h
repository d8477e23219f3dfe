/* The articles of a number: assistance names a number, and conventions share them. */
#ifndef IRM_REVIEW_NUMBERS_H
#define IRM_REVIEW_NUMBERS_H

#include "review/dataset.h"

struct irm_number {
	const char *code; /* the dataset's */
	uint32_t article; /* in irm_dataset.articles */
};

/* irm_numbers_init() before use, irm_numbers_release() after. */
struct irm_numbers {
	struct irm_number *rows; /* by code, then article */
	size_t n;
};

/* Of the dataset, which must outlive it. IRM_SYSTEM: no memory. O(n log n) time. */
IRM_CHECK enum irm_code irm_numbers_init(struct irm_numbers *numbers,
                                         const struct irm_dataset *data, struct irm_err *err);
void irm_numbers_release(struct irm_numbers *numbers);

/* The articles of that number, *n of them side by side; the first stands for all where only the
 * number counts. *n is 0 where there is none. O(log n) time. */
const struct irm_number *irm_numbers_find(const struct irm_numbers *numbers, const char *code,
                                          size_t *n);

#endif
