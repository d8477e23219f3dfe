#include "tools/query.h"

#include "store/db.h"
#include "store/load.h"

enum irm_code cli_query_open(sqlite3 **db, struct irm_dataset **data, struct irm_query *query,
                             const struct cli_common *common, unsigned parts, unsigned allowed,
                             unsigned never_key, struct irm_err *err)
{
	struct irm_query_text text = {
		.as_of = common->as_of,
		.by = common->by,
		.imprecise = common->imprecise,
		.where = common->where.items,
		.n_where = common->where.n,
		.total = common->total,
		.names = common->names,
	};
	if (irm_source_open_at(db, cli_source(common), common->known_at, err) ||
	    irm_dataset_read(data, *db, parts, err))
		return err->code;
	return irm_query_read(query, *data, &text, allowed, never_key, err);
}

enum irm_code cli_query_parts(struct irm_dataset **data, struct irm_query *query,
                              const struct cli_common *common, unsigned parts, unsigned allowed,
                              unsigned never_key, struct irm_err *err)
{
	sqlite3 *db = NULL;
	enum irm_code code =
	        cli_query_open(&db, data, query, common, parts, allowed, never_key, err);
	irm_db_close(db);
	return code;
}

enum irm_code cli_query(struct irm_dataset **data, struct irm_query *query,
                        const struct cli_common *common, unsigned allowed, unsigned never_key,
                        struct irm_err *err)
{
	return cli_query_parts(data, query, common, 0, allowed, never_key, err);
}
