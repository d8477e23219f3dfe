#include "review/names.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "store/db.h"
#include "store/load.h"

/* Keys are "column US code"; the name of key i is name[i]. */
struct irm_names_of {
	struct irm_intern keys;
	struct irm_arena texts;
	const char **name;
	size_t size;
};

/* Each gives column, code, name. Labels come first: what is there is kept. */
static const char *const queries[] = {
	"SELECT kind, code, label FROM t_labels WHERE lang = :lang ORDER BY kind, code",
	"SELECT 'region', region, name FROM t_regions WHERE id > 0 ORDER BY region",
	"SELECT 'state', state, name FROM t_states ORDER BY state",
	"SELECT 'milestone', milestone, label FROM t_milestones AS s "
	"JOIN t_mechanisms AS m ON m.id = s.mechanism ORDER BY m.mechanism, position",
	/* their numbers say more in another language than English titles */
	"SELECT 'article', article, title FROM t_articles WHERE id > 0 AND :lang = 'en' "
	"ORDER BY convention, article",
	"SELECT 'cycle', cycle, name FROM t_cycles WHERE id > 0 ORDER BY cycle",
	"SELECT 'mechanism', mechanism, name FROM t_mechanisms WHERE id > 0 ORDER BY mechanism",
	"SELECT 'topic', topic, label FROM t_topics ORDER BY topic, convention, article",
	"SELECT 'type', type, name FROM t_ta_types WHERE id > 0 ORDER BY type",
};

static bool make_key(char *key, size_t size, const char *column, const char *code)
{
	return (size_t)snprintf(key, size, "%s\x1f%s", column, code) < size;
}

static enum irm_code keep(struct irm_names_of *names, const char *column, const char *code,
                          const char *name, struct irm_err *err)
{
	char key[1024];
	size_t before = names->keys.n;
	if (!make_key(key, sizeof key, column, code))
		return IRM_OK; /* no chart has room for such a code either */
	uint32_t id = irm_intern_add(&names->keys, key);
	if (id == IRM_NO_ID)
		return irm_err_memory(err);
	if (names->keys.n == before)
		return IRM_OK;
	if (id >= names->size) {
		size_t size = names->size ? names->size * 2 : 64;
		const char **grown = realloc(names->name, size * sizeof *grown);
		if (!grown)
			return irm_err_memory(err);
		names->name = grown;
		names->size = size;
	}
	names->name[id] = irm_arena_text(&names->texts, name, strlen(name));
	return names->name[id] ? IRM_OK : irm_err_memory(err);
}

static enum irm_code read_query(struct irm_names_of *names, sqlite3 *db, const char *sql,
                                const char *lang, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row;
	if (irm_db_prepare(&query, db, sql, err))
		return err->code;
	int at = sqlite3_bind_parameter_index(query, ":lang");
	if (at)
		sqlite3_bind_text(query, at, lang, -1, SQLITE_STATIC);
	enum irm_code code;
	while (!(code = irm_db_step(query, &row, err)) && row) {
		bool has_name = sqlite3_column_type(query, 2) != SQLITE_NULL;
		const char *column = (const char *)sqlite3_column_text(query, 0);
		const char *own = (const char *)sqlite3_column_text(query, 1);
		const char *name = (const char *)sqlite3_column_text(query, 2);
		if (!column || !own || (has_name && !name))
			code = irm_err_memory(err);
		else if (has_name && *name)
			code = keep(names, column, own, name, err);
		if (code)
			break;
	}
	sqlite3_finalize(query);
	return code;
}

enum irm_code irm_names_of_open(struct irm_names_of **out, const char *source, const char *lang,
                                struct irm_err *err)
{
	sqlite3 *db = NULL;
	struct irm_names_of *names = calloc(1, sizeof *names);
	if (!names)
		return irm_err_memory(err);
	enum irm_code code = irm_source_open(&db, source, err);
	for (size_t i = 0; !code && i < sizeof queries / sizeof *queries; i++)
		code = read_query(names, db, queries[i], lang ? lang : "en", err);
	irm_db_close(db);
	if (code)
		irm_names_of_free(names);
	else
		*out = names;
	return code;
}

const char *irm_names_of_find(const struct irm_names_of *names, const char *column,
                              const char *code)
{
	char key[1024];
	const char *kind = strcmp(column, "stage") == 0 ? "milestone" : column;
	if (!make_key(key, sizeof key, kind, code))
		return NULL;
	uint32_t id = irm_intern_find(&names->keys, key);
	return id == IRM_NO_ID ? NULL : names->name[id];
}

void irm_names_of_free(struct irm_names_of *names)
{
	if (!names)
		return;
	irm_intern_release(&names->keys);
	irm_arena_release(&names->texts);
	free(names->name);
	free(names);
}
