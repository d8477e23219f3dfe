/* Names for codes, for people who read charts: from the tables of a source, and its labels. */
#ifndef IRM_REVIEW_NAMES_H
#define IRM_REVIEW_NAMES_H

#include "base/err.h"

struct irm_names_of;

/* Reads the names of a source: States, regions, milestones, articles, cycles, mechanisms, topics,
 * types, and with a language other than "en" the labels of that language, which come first;
 * articles without one have no name then. `lang` NULL is "en". The caller frees *out with
 * irm_names_of_free(); untouched on error. */
IRM_CHECK enum irm_code irm_names_of_open(struct irm_names_of **out, const char *source,
                                          const char *lang, struct irm_err *err);

/* The name of a code under a column ("region", "stage" or "milestone", "article" ...); NULL where
 * there is none. Valid as long as the names. */
const char *irm_names_of_find(const struct irm_names_of *names, const char *column,
                              const char *code);

/* NULL is fine. */
void irm_names_of_free(struct irm_names_of *names);

#endif
