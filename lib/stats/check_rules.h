/* All rules of irm-check, of this layer and those before it. */
#ifndef IRM_STATS_CHECK_RULES_H
#define IRM_STATS_CHECK_RULES_H

#include <stdbool.h>

#include "review/check.h"

/* The number of rules, and the i-th: by subject, in the order in which they are listed and run. */
size_t irm_check_rules_n(void);
const struct irm_check_rule *irm_check_rule_at(size_t i);

/* The place of the rule of that id. IRM_USAGE, with the nearest. */
IRM_CHECK enum irm_code irm_check_rule_find(size_t *out, const char *id, struct irm_err *err);

/* Which rules to run, into chosen[irm_check_rules_n()]: those of `only` (ids, commas between; NULL:
 * all) without those of `ignore`. IRM_USAGE: an unknown rule, or none is left. */
IRM_CHECK enum irm_code irm_check_choose(bool chosen[], const char *only, const char *ignore,
                                         struct irm_err *err);

#endif
