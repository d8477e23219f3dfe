/* The nearest right word, for error messages. */
#ifndef IRM_BASE_NEAREST_H
#define IRM_BASE_NEAREST_H

#include <stddef.h>

#include "base/err.h"

/* The one of words[n] that `word` most likely meant: the same but for case, one of which the other
 * is a beginning, or at most a third of its letters away, and one at least (insertions, deletions,
 * replacements, neighbours exchanged; the first of equals). NULL where nothing is near. NULL words
 * are passed over. Source: the restricted edit distance of Damerau 1964, CACM 7(3):171-176. */
const char *irm_nearest(const char *word, const char *const words[], size_t n);

/* Hints "did you mean 'x'?" where one is near, else lists words[n], as many as there is room for.
 */
void irm_err_hint_nearest(struct irm_err *err, const char *word, const char *const words[],
                          size_t n);

#endif
