/* SQL that gives the rows of t_TABLE as a package has them: codes for ids, days as text.
 * Private to lib/store. */
#ifndef IRM_STORE_TEXTSQL_H
#define IRM_STORE_TEXTSQL_H

#include <sqlite3.h>

#include "store/schema.h"

/* Appends the expression for a column of the row `t` of `database` ("main"); it may be NULL. */
void irm_textsql_column(sqlite3_str *sql, const char *database, const struct irm_column *column);

/* Appends the expressions for the key columns, ", " between. */
void irm_textsql_key(sqlite3_str *sql, const char *database, const struct irm_schema *schema);

#endif
