/* The Table Schema of a resource, where it asks for more than the tables themselves do.
 * Private to lib/store. Source: Frictionless Data, Table Schema, version 1. */
#ifndef IRM_STORE_RULES_H
#define IRM_STORE_RULES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/schema.h"

struct irm_rules;

/* Reads the Table Schema of the resource of a table. Its fields must be the header's, its primary
 * key the table's own. The caller frees *out with irm_rules_free(); NULL where it asks for nothing
 * more. IRM_INPUT, without a place: a schema that is none, or contradicts the table. */
IRM_CHECK enum irm_code irm_rules_read(struct irm_rules **out, const json_t *schema,
                                       const struct irm_schema *table, struct irm_err *err);
void irm_rules_free(struct irm_rules *rules);

/* Whether the header, whose columns stand at at[] or SIZE_MAX, has the fields and no others;
 * `extra`: fields that the table does not have are passed over. IRM_INPUT, without a place. */
IRM_CHECK enum irm_code irm_rules_check_header(const struct irm_rules *rules, const size_t at[],
                                               bool extra, struct irm_err *err);

/* The text as it counts: "" where missingValues has it. */
const char *irm_rules_text(const struct irm_rules *rules, const char *text);

/* Whether the text of a column holds what its field's constraints and type ask for; "" is missing.
 * IRM_INPUT, without a place; IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_rules_check(struct irm_rules *rules, size_t column, const char *text,
                                        struct irm_err *err);

#endif
