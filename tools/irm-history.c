/* irm-history - the loads of a file, and what each changed.  Manual: irm-history.1 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "review/progress.h"
#include "stats/lag.h"
#include "store/db.h"
#include "store/diff.h"
#include "store/history.h"
#include "store/package.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	bool files, summary, lag;
	const char *diff, *since;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 'd', "data", "FILE", offsetof(struct cli_common, source),
	  "the SQLite file (else $IRM_SOURCE, else irm.db)" },
	{ CLI_FLAG, 0, "files", NULL, offsetof(struct options, files),
	  "the files that each load was made of, with their SHA-256" },
	{ CLI_TEXT, 0, "diff", "LOAD[..LOAD]", offsetof(struct options, diff),
	  "what that load changed, or what changed from after one to after another" },
	{ CLI_TEXT, 0, "since", "SESSION|DAY|LOAD", offsetof(struct options, since),
	  "what changed from the file as it stood then to the file as it is" },
	{ CLI_FLAG, 0, "summary", NULL, offsetof(struct options, summary),
	  "with --since: how many reviews reached which milestone" },
	{ CLI_FLAG, 0, "lag", NULL, offsetof(struct options, lag),
	  "how many days after its events each load recorded them" },
	{ CLI_FLAG, 0, "total", NULL, offsetof(struct cli_common, total),
	  "with --lag: add a row of all loads" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-history", "list the loads of a file, and what each changed",
	NULL,          CLI_TABLE | CLI_OUTPUT,
	own_options,   "  irm-history -d irm.db --since irg10 --summary",
};

static enum irm_code check_options(const struct options *options, struct irm_err *err)
{
	if (options->files + options->lag + (options->diff != NULL) + (options->since != NULL) > 1)
		return irm_err_set(err, IRM_USAGE,
		                   "--files, --diff, --since or --lag: one of them");
	if (options->summary && !options->since)
		return irm_err_set(err, IRM_USAGE, "--summary goes with --since");
	if (options->common.total && !options->lag)
		return irm_err_set(err, IRM_USAGE, "--total goes with --lag");
	return IRM_OK;
}

static enum irm_code open_file(sqlite3 **db, const struct options *options, struct irm_err *err)
{
	const char *source = cli_source(&options->common);
	if (!irm_package_is_folder(source))
		return irm_db_open(db, source, err) ? err->code : irm_db_run(*db, "BEGIN", err);
	irm_err_set(err, IRM_USAGE, "a package folder has no history");
	irm_err_hint(err, "load it into a file, and each delivery after it");
	return irm_err_place(err, source, 0, 0);
}

static void write_cell(struct irm_writer *out, sqlite3_stmt *row, int column)
{
	if (sqlite3_column_type(row, column) == SQLITE_INTEGER)
		irm_writer_count(out, sqlite3_column_int64(row, column));
	else
		irm_writer_text(out, (const char *)sqlite3_column_text(row, column));
}

/* A query's rows under its columns; a file of version 1 has none. */
static enum irm_code write_query(struct irm_writer *out, sqlite3 *db, const char *columns,
                                 const char *sql, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool kept = false, row = false;
	irm_writer_columns(out, columns);
	if (irm_history_is_kept(db, &kept, err) || !kept)
		return err->code;
	enum irm_code code = irm_db_prepare(&query, db, sql, err);
	while (!code && !(code = irm_db_step(query, &row, err)) && row) {
		for (int i = 0; i < sqlite3_column_count(query); i++)
			write_cell(out, query, i);
		irm_writer_row(out);
	}
	sqlite3_finalize(query);
	return code;
}

static enum irm_code list_loads(struct irm_writer *out, sqlite3 *db, struct irm_err *err)
{
	return write_query(out, db, "load,on,files,added,changed,removed",
	                   "SELECT id, date(day * 86400, 'unixepoch'), (SELECT count(*) FROM "
	                   "t_load_files AS f WHERE f.load = l.id), added, changed, removed "
	                   "FROM t_loads AS l ORDER BY id",
	                   err);
}

static enum irm_code list_files(struct irm_writer *out, sqlite3 *db, struct irm_err *err)
{
	return write_query(out, db, "load,file,rows,sha256",
	                   "SELECT load, file, row_count, sha256 FROM t_load_files "
	                   "ORDER BY load, position",
	                   err);
}

static void write_lag_row(struct irm_writer *out, const struct irm_lag_row *row)
{
	if (row->load)
		irm_writer_count(out, row->load);
	else
		irm_writer_text(out, "all");
	irm_writer_day(out, row->on);
	irm_writer_count(out, row->events);
	irm_writer_count(out, row->unknown);
	irm_writer_number(out, row->median);
	irm_writer_number(out, row->q90);
	irm_writer_number(out, row->longest);
	irm_writer_row(out);
}

static enum irm_code list_lags(const struct options *options, sqlite3 *db, struct irm_err *err)
{
	struct irm_writer *out = options->common.writer;
	struct irm_lag *lag = NULL;
	bool kept = false;
	irm_writer_columns(out, "load,on,events,unknown,median,q90,max");
	if (irm_history_is_kept(db, &kept, err) || !kept || irm_lag_read(&lag, db, err))
		return err->code;
	size_t n = options->common.total ? lag->n : lag->n - 1; /* that of all stands last */
	for (size_t i = 0; i < n; i++)
		write_lag_row(out, &lag->rows[i]);
	irm_lag_free(lag);
	return IRM_OK;
}

/* LOAD: from the load before it; LOAD..LOAD: from after the first to after the second. */
static enum irm_code find_range(sqlite3 *db, const char *text, int64_t *from, int64_t *to,
                                struct irm_err *err)
{
	const char *dots = strstr(text, "..");
	if (!dots) {
		enum irm_code code = irm_history_find(db, "--diff", text, to, err);
		*from = code ? 0 : *to - 1;
		return code;
	}
	char *first = strndup(text, (size_t)(dots - text));
	if (!first)
		return irm_err_memory(err);
	enum irm_code code = irm_history_find(db, "--diff", first, from, err);
	if (!code)
		code = irm_history_find(db, "--diff", dots + 2, to, err);
	free(first);
	return code;
}

static enum irm_code write_difference(void *context, const struct irm_difference *difference,
                                      struct irm_err *err)
{
	(void)err;
	struct irm_writer *out = context;
	irm_writer_text(out, difference->table);
	irm_writer_text(out, difference->key);
	irm_writer_text(out, difference->column);
	irm_writer_text(out, difference->before);
	irm_writer_text(out, difference->after);
	irm_writer_row(out);
	return IRM_OK;
}

static void write_progress(struct irm_writer *out, const struct irm_dataset *before,
                           const struct irm_dataset *after, const struct irm_counter *counts)
{
	irm_writer_columns(out, "since,as_of,cycle,milestone,reviews");
	for (size_t i = 0; i < counts->n; i++) {
		const uint32_t *key = counts->keys + i * counts->width;
		irm_writer_day(out, before->as_of);
		irm_writer_day(out, after->as_of);
		irm_writer_text(out, after->cycles[key[0]].code);
		irm_writer_text(out, after->milestones[key[1]].code);
		irm_writer_count(out, counts->counts[i * counts->columns]);
		irm_writer_row(out);
	}
}

static enum irm_code summarize(struct irm_writer *out, sqlite3 *before, sqlite3 *after,
                               struct irm_err *err)
{
	struct irm_dataset *old = NULL, *new = NULL;
	struct irm_counter counts = { .n = 0 };
	if (!irm_dataset_read(&old, before, 0, err) && !irm_dataset_read(&new, after, 0, err) &&
	    !irm_progress_count(&counts, old, new, err))
		write_progress(out, old, new, &counts);
	irm_counter_release(&counts);
	irm_dataset_free(old);
	irm_dataset_free(new);
	return err->code;
}

static enum irm_code compare(const struct options *options, sqlite3 *db, struct irm_err *err)
{
	struct irm_writer *out = options->common.writer;
	sqlite3 *before = NULL, *after = NULL;
	int64_t from = 0, to = 0;
	enum irm_code code = options->diff
	                             ? find_range(db, options->diff, &from, &to, err)
	                             : irm_history_find(db, "--since", options->since, &from, err);
	if (!code && options->since)
		code = irm_history_last(db, &to, err);
	if (!code)
		code = irm_history_copy(&before, db, from, err);
	if (!code)
		code = irm_history_copy(&after, db, to, err);
	if (!code && options->summary)
		code = summarize(out, before, after, err);
	else if (!code) {
		irm_writer_columns(out, "table,key,column,before,after");
		code = irm_diff(before, after, write_difference, out, err);
	}
	irm_db_close(before);
	irm_db_close(after);
	return code;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct irm_err err = { .code = IRM_OK };
	sqlite3 *db = NULL;
	if (!cli_parse(&tool, argc, argv, &options, &err) && !check_options(&options, &err) &&
	    !open_file(&db, &options, &err) && !cli_writer(&options.common, &err)) {
		if (options.diff || options.since)
			(void)!compare(&options, db, &err);
		else if (options.lag)
			(void)!list_lags(&options, db, &err);
		else if (options.files)
			(void)!list_files(options.common.writer, db, &err);
		else
			(void)!list_loads(options.common.writer, db, &err);
	}
	irm_db_close(db);
	return cli_finish(&tool, &options.common, &err);
}
