#include "store/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "store/db.h"
#include "store/history.h"
#include "store/loader.h"
#include "store/migrate.h"
#include "store/package.h"
#include "store/retire.h"

/* The package of single files where the database has none yet. */
#define UNNAMED_PACKAGE "records"

static enum irm_code bind_and_run(sqlite3 *db, const char *sql, int64_t id, const char *text,
                                  int32_t day, struct irm_err *err)
{
	sqlite3_stmt *statement = NULL;
	bool row;
	if (irm_db_prepare(&statement, db, sql, err))
		return err->code;
	if (sqlite3_bind_parameter_index(statement, ":id"))
		sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, ":id"), id);
	sqlite3_bind_text(statement, sqlite3_bind_parameter_index(statement, ":text"), text, -1,
	                  SQLITE_STATIC);
	if (day != IRM_DAY_NONE)
		sqlite3_bind_int(statement, sqlite3_bind_parameter_index(statement, ":day"), day);
	enum irm_code code = irm_db_step(statement, &row, err);
	sqlite3_finalize(statement);
	return code;
}

static enum irm_code find_package(struct irm_loader *loader, const char *name, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	if (irm_db_prepare(&query, loader->db, "SELECT id FROM t_packages WHERE package = :text",
	                   err))
		return err->code;
	sqlite3_bind_text(query, 1, name, -1, SQLITE_STATIC);
	enum irm_code code = irm_db_step(query, &row, err);
	if (!code && row)
		loader->package = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return code;
}

/* Single files belong to the package that is named, else to the only one there is. */
static enum irm_code name_package(const struct irm_loader *loader, struct irm_package *package,
                                  struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	const char *name = loader->options->package;
	if (irm_db_prepare(&query, loader->db, "SELECT min(package), count(*) FROM t_packages",
	                   err) ||
	    irm_db_step(query, &row, err)) {
		sqlite3_finalize(query);
		return err->code;
	}
	int packages = sqlite3_column_int(query, 1);
	if (!name && packages)
		name = (const char *)sqlite3_column_text(query, 0);
	if (name || !packages)
		package->name = strdup(name ? name : UNNAMED_PACKAGE);
	enum irm_code code = package->name ? IRM_OK : irm_err_memory(err);
	if (!code && !loader->options->package && packages > 1) {
		code = irm_err_set(err, IRM_USAGE,
		                   "the file has %d packages: say of which the files are",
		                   packages);
		irm_err_hint(err, "--package=NAME");
	}
	sqlite3_finalize(query);
	return code;
}

/* A folder's as_of takes the place of the old one, if only by not being said; single files leave it
 * where they say none. */
static enum irm_code keep_package(struct irm_loader *loader, const struct irm_package *package,
                                  struct irm_err *err)
{
	const char *sql = package->folder || loader->options->has_as_of
	                          ? "INSERT INTO t_packages (package, as_of) VALUES (:text, :day) "
	                            "ON CONFLICT (package) DO UPDATE SET as_of = excluded.as_of"
	                          : "INSERT INTO t_packages (package, as_of) VALUES (:text, :day) "
	                            "ON CONFLICT (package) DO NOTHING";
	int32_t as_of = package->as_of;
	if (!package->folder && loader->options->has_as_of)
		as_of = loader->options->as_of;
	if (bind_and_run(loader->db, sql, 0, package->name, as_of, err))
		return err->code;
	return find_package(loader, package->name, err);
}

/* What the history calls a file: a package's by the package, a single one by its own name. */
static void name_file(char *name, size_t size, const struct irm_package *package, size_t table)
{
	const char *path = package->resources[table].path;
	const char *slash = strrchr(path, '/');
	if (package->folder)
		snprintf(name, size, "%.*s/%s.csv", (int)(size - 64), package->name,
		         irm_schemas[table].table);
	else
		snprintf(name, size, "%s", slash ? slash + 1 : path);
}

static enum irm_code load_tables(struct irm_loader *loader, const struct irm_package *package,
                                 struct irm_intern seen[], struct irm_err *err)
{
	enum irm_code code = IRM_OK;
	for (size_t i = 0; !code && i < irm_schemas_n; i++) {
		char name[256];
		if (!package->resources[i].path)
			continue;
		name_file(name, sizeof name, package, i);
		code = irm_file_load(loader, i, &package->resources[i], name, &seen[i], err);
		if (!code)
			code = bind_and_run(loader->db,
			                    "INSERT INTO t_delivered (package, table_name) "
			                    "VALUES (:id, :text) ON CONFLICT DO NOTHING",
			                    loader->package, irm_schemas[i].table, IRM_DAY_NONE,
			                    err);
	}
	return code;
}

static enum irm_code retire(struct irm_loader *loader, const struct irm_package *package,
                            const struct irm_intern seen[], struct irm_err *err)
{
	const struct irm_intern *delivered[IRM_TABLES_MOST] = { NULL };
	const char *files[IRM_TABLES_MOST] = { NULL };
	for (size_t i = 0; i < irm_schemas_n; i++) {
		files[i] = package->resources[i].path;
		delivered[i] = files[i] ? &seen[i] : NULL;
	}
	return irm_retire(loader, delivered, files, err);
}

/* Two milestones may exchange their positions, so that it is the whole that must be right. */
static enum irm_code check_positions(struct irm_loader *loader, const struct irm_package *package,
                                     struct irm_err *err)
{
	const char *file = package->resources[irm_schema_find("milestones") - irm_schemas].path;
	sqlite3_stmt *query = NULL;
	bool row = false;
	if (!file)
		return IRM_OK;
	enum irm_code code = irm_db_prepare(&query, loader->db,
	                                    "SELECT m.mechanism, s.position, min(s.milestone), "
	                                    "max(s.milestone) FROM t_milestones AS s "
	                                    "JOIN t_mechanisms AS m ON m.id = s.mechanism "
	                                    "GROUP BY s.mechanism, s.position HAVING count(*) > 1 "
	                                    "ORDER BY 1, 2",
	                                    err);
	while (!code && !(code = irm_db_step(query, &row, err)) && row) {
		struct irm_err fault;
		irm_err_at(&fault, file, 0, 0,
		           "the position %lld of the mechanism '%.60s' is held by '%.60s' and "
		           "'%.60s'",
		           sqlite3_column_int64(query, 1),
		           (const char *)sqlite3_column_text(query, 0),
		           (const char *)sqlite3_column_text(query, 2),
		           (const char *)sqlite3_column_text(query, 3));
		irm_faults_add(loader->faults, &fault);
	}
	sqlite3_finalize(query);
	if (!code && loader->faults->n) {
		*err = loader->faults->kept[0];
		code = err->code;
	}
	return code;
}

static enum irm_code load_package(struct irm_loader *loader, const struct irm_package *package,
                                  struct irm_err *err)
{
	struct irm_intern seen[IRM_TABLES_MOST] = { { .n = 0 } };
	enum irm_code code = keep_package(loader, package, err);
	if (!code)
		code = load_tables(loader, package, seen, err);
	if (!code && loader->options->replace)
		code = retire(loader, package, seen, err);
	if (!code)
		code = check_positions(loader, package, err);
	for (size_t i = 0; i < IRM_TABLES_MOST; i++)
		irm_intern_release(&seen[i]);
	return code;
}

static enum irm_code load_folder(struct irm_loader *loader, const char *folder, struct irm_err *err)
{
	struct irm_package *package = NULL;
	if (irm_package_open(&package, folder, err)) {
		if (err->code == IRM_INPUT)
			irm_faults_add(loader->faults, err);
		return err->code;
	}
	enum irm_code code = load_package(loader, package, err);
	irm_package_free(package);
	return code;
}

static enum irm_code load_files(struct irm_loader *loader, const char *const files[], size_t n,
                                struct irm_err *err)
{
	struct irm_package *package = NULL;
	if (irm_package_of_files(&package, files, n, loader->options->table, err))
		return err->code;
	enum irm_code code = name_package(loader, package, err);
	if (!code)
		code = load_package(loader, package, err);
	irm_package_free(package);
	return code;
}

static enum irm_code load_sources(struct irm_loader *loader, const char *const sources[], size_t n,
                                  struct irm_err *err)
{
	const char **files = calloc(n + 1, sizeof *files);
	size_t n_files = 0;
	enum irm_code code = files ? irm_loader_read_codes(loader, err) : irm_err_memory(err);
	for (size_t i = 0; !code && i < n; i++) {
		if (!irm_package_is_folder(sources[i]))
			files[n_files++] = sources[i];
		else
			code = load_folder(loader, sources[i], err);
	}
	if (!code && n_files)
		code = load_files(loader, files, n_files, err);
	free(files);
	return code;
}

/* The transaction that a load is, with what belongs to it. */
struct work {
	struct irm_migration migration;
	struct irm_recording *recording; /* NULL: not recorded */
};

static enum irm_code begin(struct work *work, sqlite3 *db, bool record, struct irm_err *err)
{
	if (irm_migration_begin(&work->migration, db, err))
		return err->code;
	if (irm_db_begin(db, err) || irm_migration_run(&work->migration, db, err))
		return err->code;
	return record ? irm_recording_begin(&work->recording, db, err) : IRM_OK;
}

/* Commits, or after an error rolls back. */
static enum irm_code end(struct work *work, sqlite3 *db, enum irm_code code, struct irm_err *err)
{
	struct irm_err ignored;
	if (!code)
		code = irm_migration_keep_copy(&work->migration, err);
	if (!code)
		code = irm_db_run(db, "COMMIT", err);
	bool committed = !code, recorded = committed && work->recording;
	if (code && !sqlite3_get_autocommit(db) && irm_db_run(db, "ROLLBACK", &ignored))
		code = err->code; /* what went wrong first is what is told */
	irm_recording_free(work->recording);
	irm_migration_release(&work->migration, db, committed);
	if (recorded)
		irm_db_use_wal(db);
	err->code = code;
	return code;
}

enum irm_code irm_load_packages(sqlite3 *db, const char *const sources[], size_t n,
                                const struct irm_load_options *options, struct irm_faults *faults,
                                struct irm_load_counts *counts, struct irm_err *err)
{
	static const struct irm_load_options none = { .record = false };
	struct irm_loader loader = { .db = db,
		                     .options = options ? options : &none,
		                     .faults = faults };
	struct work work = { .recording = NULL };
	struct irm_load_counts ignored;
	if (!counts)
		counts = &ignored;
	faults->n = 0;
	memset(counts, 0, sizeof *counts);
	enum irm_code code = begin(&work, db, loader.options->record, err);
	if (!code)
		code = load_sources(&loader, sources, n, err);
	if (!code && work.recording)
		code = irm_loader_keep_ids(&loader, err);
	if (!code && work.recording)
		code = irm_recording_end(work.recording, options->day, loader.files, loader.n_files,
		                         0, &counts->load, &counts->changes, err);
	code = end(&work, db, code, err);
	memcpy(counts->rows, loader.rows, sizeof loader.rows);
	for (size_t i = 0; i < IRM_TABLES_MOST; i++)
		irm_codes_release(&loader.codes[i]);
	irm_intern_release(&loader.conventions);
	free(loader.files);
	return code;
}

enum irm_code irm_load_revert(sqlite3 *db, int64_t load, int32_t day,
                              struct irm_load_counts *counts, struct irm_err *err)
{
	struct work work = { .recording = NULL };
	memset(counts, 0, sizeof *counts);
	enum irm_code code = begin(&work, db, true, err);
	if (!code)
		code = irm_history_undo(db, load, err);
	if (!code)
		code = irm_recording_end(work.recording, day, NULL, 0, load, &counts->load,
		                         &counts->changes, err);
	return end(&work, db, code, err);
}

enum irm_code irm_source_open(sqlite3 **out, const char *source, struct irm_err *err)
{
	return irm_source_open_lines(out, source, NULL, err);
}

enum irm_code irm_source_open_lines(sqlite3 **out, const char *source, struct irm_lines *lines,
                                    struct irm_err *err)
{
	struct irm_load_options options = { .lines = lines };
	if (!irm_package_is_folder(source))
		return irm_db_open(out, source, err);
	sqlite3 *db = NULL;
	struct irm_faults *faults = calloc(1, sizeof *faults);
	if (!faults)
		return irm_err_memory(err);
	enum irm_code code = irm_db_create(&db, ":memory:", err);
	if (!code)
		code = irm_load_packages(db, &source, 1, &options, faults, NULL, err);
	if (code == IRM_INPUT && faults->n > 1 && !err->hint[0])
		irm_err_hint(err, "%zu more faults: irm-load lists them", faults->n - 1);
	free(faults);
	if (code)
		irm_db_close(db);
	else
		*out = db;
	return code;
}

enum irm_code irm_source_open_at(sqlite3 **out, const char *source, const char *known_at,
                                 struct irm_err *err)
{
	if (!known_at)
		return irm_source_open(out, source, err);
	if (irm_package_is_folder(source)) {
		irm_err_set(err, IRM_USAGE, "--known-at: a package folder has no history");
		irm_err_hint(err, "load it into a file, and each delivery after it");
		return err->code;
	}
	sqlite3 *db = NULL;
	int64_t load = 0;
	if (irm_db_open(&db, source, err))
		return err->code;
	enum irm_code code =
	        irm_db_run(db, "BEGIN", err); /* the loads and the rows of one moment */
	if (!code)
		code = irm_history_find(db, "--known-at", known_at, &load, err);
	if (!code)
		code = irm_history_copy(out, db, load, err);
	irm_db_close(db);
	return code;
}
