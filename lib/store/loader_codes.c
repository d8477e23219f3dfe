/* The codes and ids that a database has, before a load adds to them. */
#include <string.h>

#include "store/db.h"
#include "store/loader.h"

/* The queries that give the codes of a database: owner (text), code, id, parent (text). */
static const struct {
	const char *table, *sql;
} code_queries[] = {
	{ "mechanisms", "SELECT '', mechanism, id, ifnull(convention, '') FROM t_mechanisms" },
	{ "cycles", "SELECT '', cycle, c.id, m.mechanism FROM t_cycles AS c "
	            "JOIN t_mechanisms AS m ON m.id = c.mechanism" },
	{ "articles", "SELECT convention, article, id, '' FROM t_articles" },
	{ "milestones", "SELECT m.mechanism, milestone, s.id, '' FROM t_milestones AS s "
	                "JOIN t_mechanisms AS m ON m.id = s.mechanism" },
	{ "regions", "SELECT '', region, id, '' FROM t_regions" },
	{ "states", "SELECT '', state, id, '' FROM t_states" },
	{ "reviews", "SELECT '', review, r.id, c.cycle FROM t_reviews AS r "
	             "JOIN t_cycles AS c ON c.id = r.cycle" },
	{ "ta_types", "SELECT '', type, id, '' FROM t_ta_types" },
	{ "assistance", "SELECT '', activity, id, '' FROM t_assistance" },
	{ "sessions", "SELECT '', session, id, '' FROM t_sessions" },
};

static size_t table_index(const char *table)
{
	return (size_t)(irm_schema_find(table) - irm_schemas);
}

/* The index that a code's owner or parent has among the codes it is one of. *failed: no memory. */
static uint32_t resolve(struct irm_loader *loader, const char *table, bool is_owner,
                        const char *text, bool *failed)
{
	bool under_mechanism = strcmp(table, is_owner ? "milestones" : "cycles") == 0;
	if (under_mechanism)
		return irm_codes_find(&loader->codes[table_index("mechanisms")], 0, text);
	if (strcmp(table, is_owner ? "articles" : "mechanisms") == 0) {
		uint32_t convention = irm_intern_add(&loader->conventions, text);
		*failed |= convention == IRM_NO_ID;
		return convention;
	}
	if (!is_owner && strcmp(table, "reviews") == 0)
		return irm_codes_find(&loader->codes[table_index("cycles")], 0, text);
	return is_owner ? UINT32_MAX : 0; /* owner + 1 is 0: there is none */
}

static enum irm_code keep_code(struct irm_loader *loader, const char *table, sqlite3_stmt *row,
                               struct irm_err *err)
{
	const char *owner = (const char *)sqlite3_column_text(row, 0);
	const char *text = (const char *)sqlite3_column_text(row, 1);
	const char *parent = (const char *)sqlite3_column_text(row, 3);
	int64_t id = sqlite3_column_int64(row, 2);
	if (!owner || !text || !parent)
		return irm_err_memory(err);
	if (id == 0)
		return IRM_OK; /* 'all' is known without being looked up */
	struct irm_codes *codes = &loader->codes[table_index(table)];
	int64_t last_id = codes->last_id;
	bool failed = false;
	uint32_t index =
	        irm_codes_add(codes, resolve(loader, table, true, owner, &failed) + 1, text);
	uint32_t above = resolve(loader, table, false, parent, &failed);
	if (failed || index == IRM_NO_ID)
		return irm_err_memory(err);
	codes->last_id = last_id; /* the row has its id: none was given */
	codes->code[index] = (struct irm_coded){
		.id = id,
		.parent = above,
		.defined = true,
	};
	if (id > codes->last_id)
		codes->last_id = id;
	return IRM_OK;
}

static enum irm_code read_ids(struct irm_loader *loader, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row = true;
	enum irm_code code =
	        irm_db_prepare(&query, loader->db, "SELECT table_name, id FROM t_last_ids", err);
	while (!code && !(code = irm_db_step(query, &row, err)) && row) {
		const char *table = (const char *)sqlite3_column_text(query, 0);
		if (!table) {
			code = irm_err_memory(err);
			break;
		}
		const struct irm_schema *schema = irm_schema_find(table);
		struct irm_codes *codes = schema ? &loader->codes[schema - irm_schemas] : NULL;
		if (codes && sqlite3_column_int64(query, 1) > codes->last_id)
			codes->last_id = sqlite3_column_int64(query, 1);
	}
	sqlite3_finalize(query);
	return code;
}

enum irm_code irm_loader_keep_ids(const struct irm_loader *loader, struct irm_err *err)
{
	sqlite3_stmt *insert = NULL;
	bool row;
	enum irm_code code =
	        irm_db_prepare(&insert, loader->db,
	                       "INSERT INTO t_last_ids (table_name, id) VALUES (?, ?) "
	                       "ON CONFLICT (table_name) DO UPDATE SET id = excluded.id",
	                       err);
	for (size_t i = 0; !code && i < irm_schemas_n; i++) {
		if (!irm_schemas[i].has_id)
			continue;
		sqlite3_bind_text(insert, 1, irm_schemas[i].table, -1, SQLITE_STATIC);
		sqlite3_bind_int64(insert, 2, loader->codes[i].last_id);
		code = irm_db_step(insert, &row, err);
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	return code;
}

enum irm_code irm_loader_read_codes(struct irm_loader *loader, struct irm_err *err)
{
	for (size_t i = 0; i < sizeof code_queries / sizeof *code_queries; i++) {
		sqlite3_stmt *query = NULL;
		bool row = true;
		if (irm_db_prepare(&query, loader->db, code_queries[i].sql, err))
			return err->code;
		enum irm_code code = IRM_OK;
		while (!code && !(code = irm_db_step(query, &row, err)) && row)
			code = keep_code(loader, code_queries[i].table, query, err);
		sqlite3_finalize(query);
		if (code)
			return code;
	}
	return read_ids(loader, err);
}
