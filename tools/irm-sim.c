/* irm-sim - a fictional mechanism of any size, with known truth.  Manual: irm-sim.1 */
#include <stddef.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/folder.h"
#include "stats/sim.h"
#include "tools/cli.h"
#include "tools/interrupt.h"

#define NOT_GIVEN (-1)

struct options {
	struct cli_common common;
	const char *folder;
	int64_t seed, states, mechanisms, events;
	bool no_faults, truth;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 'o', "output", "FOLDER", offsetof(struct options, folder),
	  "the package's folder: a new or an empty one" },
	{ CLI_WHOLE, 0, "seed", "N", offsetof(struct options, seed),
	  "the same number makes the same package" },
	{ CLI_WHOLE, 0, "states", "N", offsetof(struct options, states), "fictional States (150)" },
	{ CLI_WHOLE, 0, "mechanisms", "N", offsetof(struct options, mechanisms),
	  "fictional mechanisms, of two cycles each (1)" },
	{ CLI_WHOLE, 0, "events", "N", offsetof(struct options, events),
	  "about so many events: by more States, or with --states more cycles" },
	{ CLI_FLAG, 0, "no-faults", NULL, offsetof(struct options, no_faults),
	  "exact, complete records" },
	{ CLI_FLAG, 0, "truth", NULL, offsetof(struct options, truth),
	  "print the true medians and shares, too" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-sim",
	.summary = "write a package of an invented mechanism's records",
	.operands = NULL,
	.groups = CLI_TABLE,
	.own = own_options,
	.example = "  irm sim -o mechanism --seed 1\n"
	           "  irm sim -o large --seed 1 --events 1000000 --truth > truth.csv",
};

/* What must be given, and what may not be 0. */
static enum irm_code check_options(const struct options *opts, struct irm_err *err)
{
	const struct {
		const char *name;
		int64_t value;
	} counts[] = { { "states", opts->states },
		       { "mechanisms", opts->mechanisms },
		       { "events", opts->events } };
	if (!opts->folder || opts->seed == NOT_GIVEN) {
		irm_err_set(err, IRM_USAGE, "expected -o FOLDER and --seed N");
		irm_err_hint(err, "see irm-sim --help");
		return err->code;
	}
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (counts[i].value == 0)
			return irm_err_set(err, IRM_USAGE, "--%s: expected 1 or more, found '0'",
			                   counts[i].name);
	return IRM_OK;
}

static void write_truth(struct irm_writer *out, const struct irm_sim_truth *rows, size_t n)
{
	irm_writer_columns(out, "cycle,stage,region,median,share_late");
	for (size_t i = 0; i < n; i++) {
		irm_writer_text(out, rows[i].cycle);
		irm_writer_text(out, rows[i].stage);
		irm_writer_text(out, rows[i].region);
		irm_writer_count(out, rows[i].median);
		irm_writer_number(out, rows[i].share_late);
		irm_writer_row(out);
	}
}

/* The writer is opened first: a wrong --format leaves no folder. */
static void discard_folder(void *folder)
{
	irm_folder_discard(folder);
}

static enum irm_code write_package(const char *path, const struct irm_sim_plan *plan,
                                   struct irm_err *err)
{
	struct irm_folder *folder = NULL;
	interrupt_hold();
	enum irm_code code = irm_folder_open(&folder, path, err);
	interrupt_undo(code ? NULL : discard_folder, folder);
	if (!code)
		code = irm_sim_write(folder, plan, err);
	if (!code)
		code = irm_folder_commit(folder, err);
	interrupt_hold();
	irm_folder_free(folder);
	interrupt_undo(NULL, NULL);
	return code;
}

static enum irm_code run(struct options *opts, struct irm_err *err)
{
	struct irm_sim_plan plan = IRM_SIM_PLAN_INIT;
	struct irm_sim_truth *rows = NULL;
	size_t n = 0;
	plan.seed = opts->seed;
	plan.states = opts->states == NOT_GIVEN ? 0 : opts->states;
	plan.mechanisms = opts->mechanisms == NOT_GIVEN ? 1 : opts->mechanisms;
	plan.events = opts->events == NOT_GIVEN ? 0 : opts->events;
	plan.no_faults = opts->no_faults;
	enum irm_code code = opts->truth ? cli_writer(&opts->common, err) : IRM_OK;
	if (!code && opts->truth)
		code = irm_sim_truth(&rows, &n, &plan, err);
	if (!code)
		code = write_package(opts->folder, &plan, err);
	if (!code && opts->truth)
		write_truth(opts->common.writer, rows, n);
	free(rows);
	return code;
}

int main(int argc, char **argv)
{
	struct options opts = {
		.common = CLI_COMMON_INIT,
		.seed = NOT_GIVEN,
		.states = NOT_GIVEN,
		.mechanisms = NOT_GIVEN,
		.events = NOT_GIVEN,
	};
	struct irm_err err = { .code = IRM_OK };
	if (cli_parse(&tool, argc, argv, &opts, &err) == IRM_OK &&
	    check_options(&opts, &err) == IRM_OK)
		(void)run(&opts, &err);
	return cli_finish(&tool, &opts.common, &err);
}
