/* The full-text look-up: an index in memory that lives as long as the question. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "review/findings.h"

#define INDEX_SQL \
	"CREATE VIRTUAL TABLE found USING fts5 (summary, tokenize = 'unicode61 remove_diacritics " \
	"2')"
/* What is found stands between marks, so that passages can be counted. */
#define MATCH_SQL \
	"SELECT rowid, highlight(found, 0, char(1), '') FROM found WHERE found MATCH :query " \
	"ORDER BY rowid"

static enum irm_code failed(sqlite3 *db, struct irm_err *err)
{
	if (!db || sqlite3_errcode(db) == SQLITE_NOMEM)
		return irm_err_memory(err);
	return irm_err_set(err, IRM_SYSTEM, "the look-up failed: %.200s", sqlite3_errmsg(db));
}

static enum irm_code fill(sqlite3 *db, const struct irm_findings_list *list,
                          const struct irm_dataset *data, struct irm_err *err)
{
	sqlite3_stmt *insert = NULL;
	int code = sqlite3_exec(db, INDEX_SQL, NULL, NULL, NULL);
	if (!code)
		code = sqlite3_prepare_v2(db, "INSERT INTO found (rowid, summary) VALUES (?1, ?2)",
		                          -1, &insert, NULL);
	for (size_t i = 0; !code && i < list->n; i++) {
		sqlite3_bind_int64(insert, 1, (sqlite3_int64)i);
		sqlite3_bind_text(insert, 2, data->findings[list->at[i]].summary, -1,
		                  SQLITE_STATIC);
		code = sqlite3_step(insert) == SQLITE_DONE ? SQLITE_OK : sqlite3_errcode(db);
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	return code ? failed(db, err) : IRM_OK;
}

/* SQLite words what is wrong with the query. */
static enum irm_code no_query(sqlite3 *db, const char *text, struct irm_err *err)
{
	const char *said = sqlite3_errmsg(db);
	if (sqlite3_errcode(db) == SQLITE_NOMEM)
		return irm_err_memory(err);
	irm_err_set(err, IRM_USAGE, "--match: expected words to look for, found '%.100s' (%.200s)",
	            text, strncmp(said, "fts5: ", 6) == 0 ? said + 6 : said);
	irm_err_hint(err, "quote what has signs in it: '\"anti-corruption\"'");
	return err->code;
}

static int marks(const char *text)
{
	int n = 0;
	for (; *text; text++)
		n += *text == '\x01';
	return n;
}

/* Keeps the rows that are found, in their order. */
static enum irm_code keep_found(sqlite3 *db, struct irm_findings_list *list,
                                const struct irm_dataset *data, const char *text,
                                struct irm_err *err)
{
	sqlite3_stmt *found = NULL;
	size_t kept = 0;
	if (sqlite3_prepare_v2(db, MATCH_SQL, -1, &found, NULL))
		return failed(db, err);
	sqlite3_bind_text(found, 1, text, -1, SQLITE_STATIC);
	int code;
	while ((code = sqlite3_step(found)) == SQLITE_ROW) {
		size_t row = list->at[sqlite3_column_int64(found, 0)];
		const char *marked = (const char *)sqlite3_column_text(found, 1);
		list->matches[kept] =
		        marked ? marks(marked) - marks(data->findings[row].summary) : 0;
		list->at[kept++] = row;
	}
	enum irm_code answer = code == SQLITE_DONE ? IRM_OK : no_query(db, text, err);
	sqlite3_finalize(found);
	list->n = kept;
	return answer;
}

enum irm_code irm_findings_match(struct irm_findings_list *list, const struct irm_dataset *data,
                                 const char *text, struct irm_err *err)
{
	if (!text[strspn(text, " \t\n")]) {
		irm_err_set(err, IRM_USAGE, "--match: expected words to look for, found nothing");
		return err->code;
	}
	list->matches = calloc(list->n + 1, sizeof *list->matches);
	if (!list->matches)
		return irm_err_memory(err);
	sqlite3 *db = NULL;
	enum irm_code code = IRM_OK;
	if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE, NULL))
		code = failed(db, err);
	if (!code)
		code = fill(db, list, data, err);
	if (!code)
		code = keep_found(db, list, data, text, err);
	sqlite3_close(db);
	return code;
}
