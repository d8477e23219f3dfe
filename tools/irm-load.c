/* irm-load - packages and CSV files into a SQLite file.  Manual: irm-load.1 */
#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/number.h"
#include "store/db.h"
#include "store/descriptor.h"
#include "store/load.h"
#include "store/package.h"
#include "store/schema.h"
#include "tools/cli.h"
#include "tools/load_target.h"

struct options {
	struct cli_common common;
	bool extra_columns, describe, replace, dry_run;
	const char *on, *as_of, *table, *package, *delimiter, *encoding, *revert;
	int64_t wait;
	struct irm_load_options how;
	int64_t reverted;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 'd', "data", "FILE", offsetof(struct cli_common, source),
	  "the SQLite file to load into (else $IRM_SOURCE, else irm.db)" },
	{ CLI_TEXT, 0, "on", "DATE", offsetof(struct options, on),
	  "the day that the load is recorded under (else today)" },
	{ CLI_FLAG, 0, "replace", NULL, offsetof(struct options, replace),
	  "remove the rows that a table delivered no longer has" },
	{ CLI_FLAG, 0, "dry-run", NULL, offsetof(struct options, dry_run),
	  "print what would change, by table, and change nothing" },
	{ CLI_TEXT, 0, "revert", "LOAD", offsetof(struct options, revert),
	  "load nothing: undo that load, by a new one that inverts it" },
	{ CLI_TEXT, 0, "table", "NAME", offsetof(struct options, table),
	  "the table of the one CSV file (- is stdin)" },
	{ CLI_TEXT, 0, "package", "NAME", offsetof(struct options, package),
	  "the package that single CSV files are of (else the only one)" },
	{ CLI_TEXT, 0, "as-of", "DAY", offsetof(struct options, as_of),
	  "the day up to which that package's records are complete now" },
	{ CLI_TEXT, 0, "delimiter", "CHAR", offsetof(struct options, delimiter),
	  "what stands between columns (a comma); 'tab' for a tab" },
	{ CLI_TEXT, 0, "encoding", "NAME", offsetof(struct options, encoding),
	  "of the files (UTF-8), such as UTF-16 or WINDOWS-1252" },
	{ CLI_WHOLE, 0, "wait", "SECONDS", offsetof(struct options, wait),
	  "how long to wait for another load to end (5)" },
	{ CLI_FLAG, 0, "extra-columns", NULL, offsetof(struct options, extra_columns),
	  "pass over columns that no table has" },
	{ CLI_FLAG, 0, "describe", NULL, offsetof(struct options, describe),
	  "load nothing: print PACKAGE's datapackage.json, its schemas made anew" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-load",
	"load packages (folders of CSV files) into a SQLite file: all of it or nothing",
	"[OPTION]... PACKAGE|FILE.csv...",
	CLI_OUTPUT | CLI_TABLE,
	own_options,
	"  irm-load -d irm.db datasets/upr\n"
	"  irm-load -d irm.db --on 2026-11-24 --as-of 2026-11-20 reviews.csv events.csv",
};

/* Today, on the clock of the place. */
static int32_t today(void)
{
	time_t now = time(NULL);
	struct tm tm;
	if (!localtime_r(&now, &tm))
		return 0;
	return irm_day_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

static enum irm_code read_day(int32_t *out, const char *option, const char *text,
                              struct irm_err *err)
{
	struct irm_err day;
	if (!text || irm_day_parse(out, text, &day) == IRM_OK)
		return IRM_OK;
	irm_err_set(err, IRM_USAGE, "--%s: expected a day such as 2019-10-30, found '%.60s'",
	            option, text);
	irm_err_hint(err, "%.255s", day.hint);
	return err->code;
}

static enum irm_code read_delimiter(char *out, const char *text, struct irm_err *err)
{
	if (!text)
		return IRM_OK;
	bool is_tab = strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0;
	*out = is_tab ? '\t' : text[0];
	if (is_tab || (strlen(text) == 1 && !strchr("\"\r\n", text[0])))
		return IRM_OK;
	return irm_err_set(err, IRM_USAGE,
	                   "--delimiter: expected one character or 'tab', found '%.60s'", text);
}

/* Options that have a meaning for single files only, or that exclude one another. */
static enum irm_code check_options(const struct options *options, struct irm_err *err)
{
	size_t files = 0, n = options->common.n_operands;
	for (size_t i = 0; i < n; i++)
		files += !irm_package_is_folder(options->common.operands[i]);
	if (options->revert && n)
		return irm_err_set(err, IRM_USAGE, "--revert loads nothing, found '%.60s'",
		                   options->common.operands[0]);
	if (options->revert && options->dry_run)
		return irm_err_set(err, IRM_USAGE, "--revert or --dry-run, not both");
	if (options->revert)
		return IRM_OK;
	if (n == 0) {
		irm_err_set(err, IRM_USAGE, "expected a package to load");
		irm_err_hint(err, "such as irm-load -d irm.db datasets/upr");
		return err->code;
	}
	if (options->table && (n != 1 || files != 1))
		return irm_err_set(err, IRM_USAGE, "--table takes one CSV file");
	if (!files && (options->package || options->as_of))
		return irm_err_set(err, IRM_USAGE,
		                   "--%s is for single CSV files: a package folder says its own",
		                   options->package ? "package" : "as-of");
	return IRM_OK;
}

static enum irm_code read_options(struct options *options, struct irm_err *err)
{
	struct irm_load_options *how = &options->how;
	*how = (struct irm_load_options){
		.extra_columns = options->extra_columns,
		.replace = options->replace,
		.encoding = options->encoding,
		.table = options->table,
		.package = options->package,
		.has_as_of = options->as_of != NULL,
		.record = true,
		.day = today(),
	};
	if (check_options(options, err) || read_day(&how->day, "on", options->on, err) ||
	    read_day(&how->as_of, "as-of", options->as_of, err) ||
	    read_delimiter(&how->delimiter, options->delimiter, err))
		return err->code;
	if (options->revert &&
	    (irm_integer_parse(&options->reverted, options->revert, err) || options->reverted < 1))
		return irm_err_set(err, IRM_USAGE,
		                   "--revert: expected the number of a load, found '%.60s'",
		                   options->revert);
	if (options->wait > INT_MAX / 1000)
		options->wait = INT_MAX / 1000;
	return IRM_OK;
}

/* All faults but the last of those kept: cli_finish() tells that one, err. */
static void say_faults(const struct irm_faults *faults, struct irm_err *err)
{
	size_t kept = faults->n < IRM_FAULTS_KEPT ? faults->n : IRM_FAULTS_KEPT;
	if (err->code != IRM_INPUT || !kept)
		return;
	for (size_t i = 0; i + 1 < kept; i++)
		cli_say(&tool, &faults->kept[i]);
	*err = faults->kept[kept - 1];
	if (faults->n > kept) {
		cli_say(&tool, err);
		irm_err_set(err, IRM_INPUT, "and %zu more faults in this file", faults->n - kept);
	}
}

static void say_counts(const struct options *options, const struct irm_load_counts *counts,
                       const char *path)
{
	const struct cli_common *common = &options->common;
	int64_t rows = 0, sums[3] = { 0, 0, 0 };
	for (size_t i = 0; i < irm_schemas_n; i++) {
		rows += counts->rows[i];
		sums[0] += counts->changes.added[i];
		sums[1] += counts->changes.changed[i];
		sums[2] += counts->changes.removed[i];
		if (common->verbose && counts->rows[i])
			cli_note(&tool, common, "%s: %" PRId64 " rows", irm_schemas[i].table,
			         counts->rows[i]);
	}
	if (!common->verbose)
		return;
	cli_note(&tool, common, "%s: %" PRId64 " rows in all", path, rows);
	cli_note(&tool, common,
	         "%s: load %" PRId64 ": %" PRId64 " added, %" PRId64 " changed, %" PRId64
	         " removed",
	         path, counts->load, sums[0], sums[1], sums[2]);
}

/* A row for each table that would change; the packages stand last. */
static void write_changes(struct irm_writer *out, const struct irm_changes *changes)
{
	irm_writer_columns(out, "table,added,changed,removed");
	for (size_t i = 0; i <= irm_schemas_n; i++) {
		if (!changes->added[i] && !changes->changed[i] && !changes->removed[i])
			continue;
		irm_writer_text(out, i < irm_schemas_n ? irm_schemas[i].table : "packages");
		irm_writer_count(out, changes->added[i]);
		irm_writer_count(out, changes->changed[i]);
		irm_writer_count(out, changes->removed[i]);
		irm_writer_row(out);
	}
}

static enum irm_code dry_run(struct options *options, struct irm_faults *faults,
                             struct irm_err *err)
{
	struct cli_common *common = &options->common;
	struct load_target target = { .path = cli_source(common) };
	struct irm_load_counts counts;
	if (!load_target_open_copy(&target, err) &&
	    !irm_load_packages(target.db, common->operands, common->n_operands, &options->how,
	                       faults, &counts, err) &&
	    !cli_writer(common, err))
		write_changes(common->writer, &counts.changes);
	return load_target_close(&target, err);
}

static enum irm_code run(struct options *options, struct load_target *target,
                         struct irm_faults *faults, struct irm_load_counts *counts,
                         struct irm_err *err)
{
	const struct cli_common *common = &options->common;
	irm_db_wait(target->db, (int)options->wait * 1000);
	if (options->revert)
		return irm_load_revert(target->db, options->reverted, options->how.day, counts,
		                       err);
	return irm_load_packages(target->db, common->operands, common->n_operands, &options->how,
	                         faults, counts, err);
}

static bool reads_stdin(const struct cli_common *common)
{
	for (size_t i = 0; i < common->n_operands; i++)
		if (strcmp(common->operands[i], "-") == 0)
			return true;
	return false;
}

/* Where another load makes the new file first, this one is loaded into that. */
static enum irm_code load(struct options *options, struct irm_faults *faults, struct irm_err *err)
{
	struct load_target target = { .path = cli_source(&options->common) };
	struct irm_load_counts counts = { .load = 0 };
	do {
		err->code = IRM_OK;
		target.taken = false;
		if (options->revert)
			(void)!irm_db_open_writable(&target.db, target.path, err);
		else
			(void)!load_target_open(&target, err);
		if (!err->code)
			(void)!run(options, &target, faults, &counts, err);
		(void)load_target_close(&target, err);
	} while (target.taken && !reads_stdin(&options->common));
	if (!err->code)
		say_counts(options, &counts, target.path);
	return err->code;
}

static enum irm_code describe(struct options *options, struct irm_err *err)
{
	struct cli_common *common = &options->common;
	if (common->n_operands != 1)
		return irm_err_set(err, IRM_USAGE, "--describe takes one package");
	return cli_output(common, err) ? err->code
	                               : irm_descriptor_write(irm_output_stream(common->file),
	                                                      common->operands[0], err);
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT, .wait = 5 };
	struct irm_err err = { .code = IRM_OK };
	struct irm_faults *faults = calloc(1, sizeof *faults);
	if (!faults)
		irm_err_memory(&err);
	else if (!cli_parse(&tool, argc, argv, &options, &err) && !read_options(&options, &err)) {
		if (options.describe)
			(void)!describe(&options, &err);
		else if (options.dry_run ? dry_run(&options, faults, &err)
		                         : load(&options, faults, &err))
			say_faults(faults, &err);
	}
	free(faults);
	return cli_finish(&tool, &options.common, &err);
}
