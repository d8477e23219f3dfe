/* Counts by key: a hash table from tuples of small numbers to a row of counts. */
#ifndef IRM_BASE_COUNTER_H
#define IRM_BASE_COUNTER_H

#include <stddef.h>
#include <stdint.h>

/* irm_counter_init() before use, irm_counter_release() after. Rows lie side by side: key i is
 * keys[i * width], its counts are counts[i * columns]. */
struct irm_counter {
	size_t width, columns; /* numbers of a key; counts of a row */
	uint32_t *keys;
	int64_t *counts;
	size_t n, size;
	uint32_t *slots; /* row + 1; 0: empty */
	size_t capacity;
};

void irm_counter_init(struct irm_counter *counter, size_t width, size_t columns);
void irm_counter_release(struct irm_counter *counter);

/* The counts of a key, zeros where it is new; NULL where there is no memory. Valid until the next
 * call. */
int64_t *irm_counter_at(struct irm_counter *counter, const uint32_t *key);

/* Orders the rows by key, number by number. After that no key can be added. -1: no memory. */
int irm_counter_sort(struct irm_counter *counter);

#endif
