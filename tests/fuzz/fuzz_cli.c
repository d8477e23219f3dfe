/* The option parser on any arguments, a NUL between. */
#include <stddef.h>
#include <string.h>

#include "scratch.h"
#include "tools/cli.h"

#define ARGUMENTS_MOST 64

struct options {
	struct cli_common common;
	bool flag;
	const char *text;
	double number;
	int64_t whole;
	struct cli_list list;
};

static const struct cli_option own_options[] = {
	{ CLI_FLAG, 'a', "flag", NULL, offsetof(struct options, flag), "a flag" },
	{ CLI_TEXT, 't', "text", "TEXT", offsetof(struct options, text), "a text" },
	{ CLI_NUMBER, 'n', "number", "N", offsetof(struct options, number), "a number" },
	{ CLI_WHOLE, 'w', "whole", "N", offsetof(struct options, whole), "a whole number" },
	{ CLI_LIST, 0, "list", "X", offsetof(struct options, list), "texts" },
	{ .kind = CLI_END },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cli_tool tool = { .name = "irm-fuzz",
		                 .summary = "a tool of the tests",
		                 .operands = size % 2 ? "[FILE]..." : NULL,
		                 .groups = CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_TABLE |
		                           CLI_OUTPUT,
		                 .own = own_options,
		                 .example = "  irm fuzz" };
	struct options options = { .common = CLI_COMMON_INIT };
	char name[] = "irm-fuzz", *text = calloc(1, size + 1);
	char *argv[ARGUMENTS_MOST + 2] = { name };
	int argc = 1;
	struct irm_err err = { .code = IRM_OK };
	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	/* These two end the program. */
	for (size_t at = 0; at < size; at += strlen(text + at) + 1)
		if (strcmp(text + at, "--help") == 0 || strcmp(text + at, "--version") == 0)
			goto done;
	for (size_t at = 0; at < size && argc <= ARGUMENTS_MOST; at += strlen(text + at) + 1)
		argv[argc++] = text + at;
	if (!cli_parse(&tool, argc, argv, &options, &err) && options.common.level > 1)
		abort();
	(void)!cli_finish(&tool, &options.common, &err);
done:
	free(text);
	return 0;
}
