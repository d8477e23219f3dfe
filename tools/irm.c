/* irm - runs the tools of irmkit: `irm delays ...` is `irm-delays ...`.  Manual: irm.1 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "tools/cli.h"

static const struct {
	const char *name, *does;
} commands[] = {
	{ "load", "packages into a SQLite file" },
	{ "history", "the loads, what each changed" },
	{ "check", "contradictions in the records" },
	{ "status", "where each review stands" },
	{ "delays", "how long stages take, limits kept" },
	{ "rates", "completion rates by milestone" },
	{ "assist", "technical-assistance needs" },
	{ "openness", "what was published, who took part" },
	{ "forecast", "when a cycle completes, how sure that is" },
	{ "survival", "Kaplan-Meier figures of any table" },
	{ "proportion", "shares of any table, with limits" },
	{ "crosstab", "whether two keys hang together" },
	{ "plot", "a table into a chart" },
	{ "sim", "a fictional mechanism of any size" },
};
#define N_COMMANDS (sizeof commands / sizeof *commands)

static const struct cli_tool tool = { "irm",
	                              "run a tool of irmkit",
	                              "COMMAND [OPTION]...",
	                              0,
	                              NULL,
	                              "  irm delays -d datasets/uncac-consent --by region" };

static int print_help(void)
{
	printf("usage: %s %s\n%s\n\n", tool.name, tool.operands, tool.summary);
	for (size_t i = 0; i < N_COMMANDS; i++)
		printf("  %-12s%s\n", commands[i].name, commands[i].does);
	printf("\n  %-12s%s\n  %-12s%s\n", "--help", "this text; irm COMMAND --help: a tool's",
	       "--version", "the version");
	printf("\nexample:\n%s\n\nMore: man irm, man irm-definitions\n", tool.example);
	return fflush(stdout) ? IRM_SYSTEM : IRM_OK;
}

/* The tool beside this program where it was called by its path, else the one on PATH. */
static void run(const char *self, const char *command, char **argv)
{
	const char *slash = strrchr(self, '/');
	size_t folder = slash ? (size_t)(slash - self) + 1 : 0;
	size_t size = folder + strlen(command) + sizeof "irm-";
	char *path = malloc(size);
	if (!path)
		return;
	snprintf(path, size, "%.*sirm-%s", (int)folder, self, command);
	argv[0] = path;
	if (slash)
		execv(path, argv);
	else
		execvp(path, argv);
	free(path);
}

static bool is_command(const char *word)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(word, commands[i].name) == 0)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct irm_err err = { .code = IRM_OK };
	const char *names[N_COMMANDS];
	for (size_t i = 0; i < N_COMMANDS; i++)
		names[i] = commands[i].name;
	const char *word = argc > 1 ? argv[1] : NULL;
	if (word && strcmp(word, "--help") == 0)
		return print_help();
	if (word && strcmp(word, "--version") == 0) {
		printf("irm (irmkit) %s\n", IRM_VERSION);
		return fflush(stdout) ? IRM_SYSTEM : IRM_OK;
	}
	if (!word) {
		irm_err_set(&err, IRM_USAGE, "expected a command");
		irm_err_hint_nearest(&err, "", names, N_COMMANDS);
	} else if (!is_command(word)) {
		irm_err_set(&err, IRM_USAGE, "there is no command '%.60s'", word);
		irm_err_hint_nearest(&err, word, names, N_COMMANDS);
	} else {
		run(argv[0], word, argv + 1);
		irm_err_set(&err, IRM_SYSTEM, "cannot run irm-%s: %s", word, strerror(errno));
	}
	cli_say(&tool, &err);
	return (int)err.code;
}
