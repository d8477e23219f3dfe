/* irm-load - packages into a SQLite file.  Manual: irm-load.1 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"
#include "store/descriptor.h"
#include "store/load.h"
#include "store/package.h"
#include "store/schema.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	bool extra_columns;
	bool describe;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 'd', "data", "FILE", offsetof(struct cli_common, source),
	  "the SQLite file to load into (else $IRM_SOURCE, else irm.db)" },
	{ CLI_FLAG, 0, "extra-columns", NULL, offsetof(struct options, extra_columns),
	  "pass over columns that no table has" },
	{ CLI_FLAG, 0, "describe", NULL, offsetof(struct options, describe),
	  "load nothing: print PACKAGE's datapackage.json, its schemas made anew" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-load",
	"load packages (folders of CSV files) into a SQLite file: all of it or nothing",
	"[OPTION]... PACKAGE...",
	CLI_OUTPUT,
	own_options,
	"  irm-load -d irm.db datasets/upr",
};

/* A database that is not there yet is made beside its place and put there when it is complete. */
struct target {
	const char *path;
	char *temporary; /* NULL: the file is there, and a transaction keeps it whole */
	sqlite3 *db;
};

static enum irm_code open_target(struct target *target, struct irm_err *err)
{
	struct stat status;
	if (stat(target->path, &status) == 0)
		return irm_db_open_writable(&target->db, target->path, err);
	static const char suffix[] = ".XXXXXX";
	size_t length = strlen(target->path);
	target->temporary = malloc(length + sizeof suffix);
	if (!target->temporary)
		return irm_err_memory(err);
	memcpy(target->temporary, target->path, length);
	memcpy(target->temporary + length, suffix, sizeof suffix);
	int fd = mkstemp(target->temporary);
	if (fd < 0) {
		free(target->temporary);
		target->temporary = NULL;
		return irm_err_errno(err, target->path, "cannot write");
	}
	mode_t mask = umask(0);
	umask(mask);
	if (fchmod(fd, 0666 & ~mask) || close(fd))
		return irm_err_errno(err, target->path, "cannot write");
	return irm_db_create(&target->db, target->temporary, err);
}

static enum irm_code close_target(struct target *target, struct irm_err *err)
{
	irm_db_close(target->db);
	if (target->temporary && !err->code && rename(target->temporary, target->path))
		irm_err_errno(err, target->path, "cannot write");
	if (target->temporary && err->code)
		unlink(target->temporary);
	/* The name that was asked for, not the temporary one, is what a message shows. */
	if (target->temporary && strcmp(err->file, target->temporary) == 0)
		snprintf(err->file, sizeof err->file, "%s", target->path);
	free(target->temporary);
	return err->code;
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
	int64_t rows = 0;
	for (size_t i = 0; i < irm_schemas_n; i++) {
		rows += counts->rows[i];
		if (options->common.verbose && counts->rows[i])
			cli_note(&tool, &options->common, "%s: %" PRId64 " rows",
			         irm_schemas[i].table, counts->rows[i]);
	}
	if (options->common.verbose)
		cli_note(&tool, &options->common, "%s: %" PRId64 " rows in all", path, rows);
}

static enum irm_code load(const struct options *options, struct irm_faults *faults,
                          struct irm_err *err)
{
	const struct cli_common *common = &options->common;
	struct target target = { .path = cli_source(common) };
	struct irm_load_options how = { .extra_columns = options->extra_columns };
	struct irm_load_counts counts;
	if (!open_target(&target, err) &&
	    !irm_load_packages(target.db, common->operands, common->n_operands, &how, faults,
	                       &counts, err))
		say_counts(options, &counts, target.path);
	return close_target(&target, err);
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
	struct options options = { .common = CLI_COMMON_INIT };
	struct irm_err err = { .code = IRM_OK };
	struct irm_faults *faults = calloc(1, sizeof *faults);
	if (!faults)
		irm_err_memory(&err);
	else if (!cli_parse(&tool, argc, argv, &options, &err)) {
		if (options.common.n_operands == 0) {
			irm_err_set(&err, IRM_USAGE, "expected a package to load");
			irm_err_hint(&err, "such as irm-load -d irm.db datasets/upr");
		} else if (options.describe) {
			(void)!describe(&options, &err);
		} else if (load(&options, faults, &err)) {
			say_faults(faults, &err);
		}
	}
	free(faults);
	return cli_finish(&tool, &options.common, &err);
}
