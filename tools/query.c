#include "tools/query.h"

enum irm_code cli_query(struct irm_dataset **data, struct irm_query *query,
                        const struct cli_common *common, unsigned allowed, unsigned never_key,
                        struct irm_err *err)
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
	if (irm_dataset_open(data, cli_source(common), err))
		return err->code;
	return irm_query_read(query, *data, &text, allowed, never_key, err);
}
