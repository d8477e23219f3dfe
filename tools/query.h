/* The query options of cli.h against a dataset. */
#ifndef IRM_TOOLS_QUERY_H
#define IRM_TOOLS_QUERY_H

#include <sqlite3.h>

#include "review/query.h"
#include "tools/cli.h"

/* As cli_query(), with parts of the records (bits of enum irm_part) that it does not read. */
IRM_CHECK enum irm_code cli_query_parts(struct irm_dataset **data, struct irm_query *query,
                                        const struct cli_common *common, unsigned parts,
                                        unsigned allowed, unsigned never_key, struct irm_err *err);

/* The same, and the database stays open: the caller closes *db with irm_db_close(), whatever comes.
 */
IRM_CHECK enum irm_code cli_query_open(sqlite3 **db, struct irm_dataset **data,
                                       struct irm_query *query, const struct cli_common *common,
                                       unsigned parts, unsigned allowed, unsigned never_key,
                                       struct irm_err *err);

/* Opens the source that -d names and reads the query. The caller frees *data with
 * irm_dataset_free() and releases *query, which may be all zero, with irm_query_release(), whatever
 * comes. */
IRM_CHECK enum irm_code cli_query(struct irm_dataset **data, struct irm_query *query,
                                  const struct cli_common *common, unsigned allowed,
                                  unsigned never_key, struct irm_err *err);

#endif
