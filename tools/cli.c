#include "tools/cli.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/nearest.h"
#include "base/number.h"
#include "base/text.h"
#include "stats/proportion.h"
#include "tools/interrupt.h"

#ifndef IRM_VERSION
#define IRM_VERSION "unknown"
#endif

#define COMMON(member) offsetof(struct cli_common, member)

/* The options that have one meaning everywhere; groups 0: every tool takes it. */
static const struct {
	unsigned group;
	struct cli_option option;
} common_options[] = {
	{ CLI_SOURCE,
	  { CLI_TEXT, 'd', "data", "SOURCE", COMMON(source),
	    "SQLite file or package folder (else $IRM_SOURCE, else irm.db)" } },
	{ CLI_QUERY,
	  { CLI_TEXT, 0, "as-of", "DAY", COMMON(as_of),
	    "figures as at this day, or a session's first (else the source's as_of)" } },
	{ CLI_QUERY,
	  { CLI_TEXT, 0, "known-at", "DATE|LOAD", COMMON(known_at),
	    "as the file stood after that load, or the last one by that day" } },
	{ CLI_QUERY, { CLI_TEXT, 0, "by", "COL[,COL...]", COMMON(by), "keys of the figures" } },
	{ CLI_QUERY,
	  { CLI_LIST, 0, "where", "COL=V[,V...]", COMMON(where),
	    "only these; also COL!=V, COL<=V, COL>=V; repeatable" } },
	{ CLI_QUERY, { CLI_FLAG, 0, "total", NULL, COMMON(total), "add rows whose key is 'all'" } },
	{ CLI_QUERY,
	  { CLI_FLAG, 0, "names", NULL, COMMON(names), "print names for the codes of keys" } },
	{ CLI_QUERY,
	  { CLI_TEXT, 0, "imprecise", "middle|unknown", COMMON(imprecise),
	    "what a vague date counts as (unknown)" } },
	{ CLI_LIMITS,
	  { CLI_TEXT, 0, "ci", "METHOD|none", COMMON(ci), "limits of shares (wilson)" } },
	{ CLI_LIMITS,
	  { CLI_NUMBER, 0, "level", "SHARE", COMMON(level), "level of the limits (0.95)" } },
	{ CLI_TABLE,
	  { CLI_TEXT, 'f', "format", "FORMAT", COMMON(format),
	    "csv, tsv, json, jsonl, md or table" } },
	{ CLI_OUTPUT,
	  { CLI_TEXT, 'o', "output", "FILE", COMMON(output), "write here, whole or not at all" } },
	{ 0, { CLI_FLAG, 'q', "quiet", NULL, COMMON(quiet), "no notes on stderr" } },
	{ 0, { CLI_FLAG, 'v', "verbose", NULL, COMMON(verbose), "say more on stderr" } },
	{ 0, { CLI_FLAG, 0, "help", NULL, COMMON(help), "this text" } },
	{ 0, { CLI_FLAG, 0, "version", NULL, COMMON(version), "the version" } },
};
#define N_COMMON     (sizeof common_options / sizeof *common_options)
#define OPTIONS_MOST 64

/* The options of a tool, its own first: they may stand for a common one of the same name. */
static size_t list_options(const struct cli_tool *tool, const struct cli_option *list[OPTIONS_MOST])
{
	size_t n = 0;
	for (const struct cli_option *o = tool->own; o && o->kind != CLI_END; o++)
		list[n++] = o;
	for (size_t i = 0; i < N_COMMON; i++)
		if (!common_options[i].group || (common_options[i].group & tool->groups))
			list[n++] = &common_options[i].option;
	return n;
}

static void print_option(const struct cli_option *o)
{
	char left[64];
	char letter[5] = "    ";
	if (o->letter)
		snprintf(letter, sizeof letter, "-%c, ", o->letter);
	snprintf(left, sizeof left, "  %s--%s%s%s", letter, o->name, o->value ? "=" : "",
	         o->value ? o->value : "");
	printf(strlen(left) < 30 ? "%-30s%s\n" : "%s\n                              %s\n", left,
	       o->help);
}

static void print_help(const struct cli_tool *tool)
{
	const struct cli_option *list[OPTIONS_MOST];
	size_t n = list_options(tool, list);
	printf("usage: %s %s\n%s\n\n", tool->name, tool->operands ? tool->operands : "[OPTION]...",
	       tool->summary);
	for (size_t i = 0; i < n; i++)
		print_option(list[i]);
	if (tool->example)
		printf("\nexample:\n%s\n", tool->example);
	printf("\nExit status: 0 done, 1 the answer is no, 2 wrong usage, 3 bad input, "
	       "4 the system failed.\nMore: man %s, man irm-definitions\n",
	       tool->name);
}

static enum irm_code unknown_option(const struct cli_tool *tool, const char *word,
                                    struct irm_err *err)
{
	const struct cli_option *list[OPTIONS_MOST];
	const char *names[OPTIONS_MOST];
	size_t n = list_options(tool, list);
	for (size_t i = 0; i < n; i++)
		names[i] = list[i]->name;
	irm_err_set(err, IRM_USAGE, "there is no option '%.60s'", word);
	const char *near = irm_nearest(word + strspn(word, "-"), names, n);
	if (near && word[0] == '-' && word[1] == '-')
		irm_err_hint(err, "did you mean '--%s'? see %s --help", near, tool->name);
	else
		irm_err_hint(err, "see %s --help", tool->name);
	return err->code;
}

static const struct cli_option *find_option(const struct cli_tool *tool, const char *name,
                                            size_t length, char letter)
{
	const struct cli_option *list[OPTIONS_MOST];
	size_t n = list_options(tool, list);
	for (size_t i = 0; i < n; i++) {
		if (letter ? list[i]->letter == letter
		           : strlen(list[i]->name) == length &&
		                     strncmp(list[i]->name, name, length) == 0)
			return list[i];
	}
	return NULL;
}

static enum irm_code wrong_value(const struct cli_option *o, const char *expected,
                                 const char *value, struct irm_err *err)
{
	return irm_err_set(err, IRM_USAGE, "--%s: expected %s, found '%.60s'", o->name, expected,
	                   value);
}

static enum irm_code append(struct cli_list *list, const char *value, struct irm_err *err)
{
	const char **items = realloc(list->items, (list->n + 1) * sizeof *items);
	if (!items)
		return irm_err_memory(err);
	list->items = items;
	items[list->n++] = value;
	return IRM_OK;
}

static enum irm_code store(const struct cli_option *o, void *options, const char *value,
                           struct irm_err *err)
{
	void *at = (char *)options + o->offset;
	switch (o->kind) {
	case CLI_FLAG:
		*(bool *)at = true;
		break;
	case CLI_TEXT:
		*(const char **)at = value;
		break;
	case CLI_LIST:
		return append(at, value, err);
	case CLI_NUMBER:
		if (irm_number_parse(at, value, err))
			return wrong_value(o, "a number such as 0.95", value, err);
		break;
	case CLI_WHOLE:
		if (irm_integer_parse(at, value, err) || *(int64_t *)at < 0)
			return wrong_value(o, "a whole number", value, err);
		break;
	case CLI_END:
		break;
	}
	return IRM_OK;
}

/* Reads the option at argv[*i] and, where it needs one, its value. */
static enum irm_code take_option(const struct cli_tool *tool, char **argv, int *i, void *options,
                                 struct irm_err *err)
{
	const char *word = argv[*i], *value = NULL;
	const struct cli_option *o;
	if (word[1] == '-') {
		size_t length = strcspn(word + 2, "=");
		o = find_option(tool, word + 2, length, 0);
		value = word[2 + length] ? word + 3 + length : NULL;
	} else {
		o = find_option(tool, NULL, 0, word[1]);
		value = o && o->value && word[2] ? word + 2 : NULL;
		if (o && !o->value && word[2])
			o = NULL; /* flags are not run together */
	}
	if (!o)
		return unknown_option(tool, word, err);
	if (!o->value && value)
		return irm_err_set(err, IRM_USAGE, "--%s takes no value", o->name);
	if (o->value && !value) {
		if (!argv[*i + 1])
			return irm_err_set(err, IRM_USAGE, "--%s needs a value: %s", o->name,
			                   o->value);
		value = argv[++*i];
	}
	return store(o, options, value, err);
}

static enum irm_code check_operands(const struct cli_tool *tool, const struct cli_common *common,
                                    struct irm_err *err)
{
	if (common->n_operands == 0 || tool->operands)
		return IRM_OK;
	irm_err_set(err, IRM_USAGE, "expected options only, found '%.60s'", common->operands[0]);
	irm_err_hint(err, "see %s --help", tool->name);
	return err->code;
}

/* --help and --version win over what else stands there, and over a full disk they do not. */
static void leave_early(const struct cli_tool *tool, const struct cli_common *common)
{
	if (!common->help && !common->version)
		return;
	if (common->help)
		print_help(tool);
	else
		printf("%s (irmkit) %s\n", tool->name, IRM_VERSION);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "%s: cannot write: standard output\n", tool->name);
		exit(IRM_SYSTEM);
	}
	exit(IRM_OK);
}

enum irm_code cli_parse(const struct cli_tool *tool, int argc, char **argv, void *options,
                        struct irm_err *err)
{
	struct cli_common *common = options;
	gsl_set_error_handler_off();
	common->operands = calloc((size_t)argc + 1, sizeof *common->operands);
	if (!common->operands)
		return irm_err_memory(err);
	bool ended = false;
	for (int i = 1; i < argc; i++) {
		if (ended || argv[i][0] != '-' || !argv[i][1])
			common->operands[common->n_operands++] = argv[i];
		else if (strcmp(argv[i], "--") == 0)
			ended = true;
		else if (take_option(tool, argv, &i, options, err))
			return err->code;
		leave_early(tool, common);
	}
	if (!(common->level > 0 && common->level < 1))
		return irm_err_set(err, IRM_USAGE, "--level: expected a share between 0 and 1");
	enum irm_format format;
	if (common->format && irm_format_parse(&format, common->format, err))
		return err->code;
	if (common->source && !*common->source)
		return irm_err_set(err, IRM_USAGE, "-d: expected a source, found nothing");
	return check_operands(tool, common, err);
}

const char *cli_source(const struct cli_common *common)
{
	const char *from_environment = getenv("IRM_SOURCE");
	if (common->source)
		return common->source;
	return from_environment && *from_environment ? from_environment : "irm.db";
}

enum irm_code cli_table(struct irm_table **out, const struct cli_common *common,
                        struct irm_err *err)
{
	if (common->n_operands > 1)
		return irm_err_set(err, IRM_USAGE, "expected one file, found '%.60s' too",
		                   common->operands[1]);
	return irm_table_read(out, common->n_operands ? common->operands[0] : "-", err);
}

static void discard_output(void *file)
{
	irm_output_discard(file);
}

enum irm_code cli_output(struct cli_common *common, struct irm_err *err)
{
	if (common->file)
		return IRM_OK;
	interrupt_hold();
	enum irm_code code = irm_output_open(&common->file, common->output, err);
	interrupt_undo(code ? NULL : discard_output, common->file);
	return code;
}

/* The width of the terminal, 0 where it is not known. */
static size_t terminal_width(int fd)
{
	struct winsize size;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	const char *columns = getenv("COLUMNS");
	int64_t width = 0;
	struct irm_err ignored;
	if (columns && irm_integer_parse(&width, columns, &ignored) == IRM_OK && width > 0)
		return (size_t)width;
	return 0;
}

enum irm_code cli_writer(struct cli_common *common, struct irm_err *err)
{
	if (common->writer)
		return IRM_OK;
	enum irm_format format = IRM_CSV;
	if (common->format && irm_format_parse(&format, common->format, err))
		return err->code;
	if (cli_output(common, err))
		return err->code;
	FILE *stream = irm_output_stream(common->file);
	bool is_terminal = isatty(fileno(stream));
	if (!common->format && is_terminal)
		format = IRM_ALIGNED;
	size_t width = is_terminal ? terminal_width(fileno(stream)) : 0;
	return irm_writer_new(&common->writer, stream, format, width, err);
}

void cli_say(const struct cli_tool *tool, const struct irm_err *err)
{
	fprintf(stderr, "%s: ", tool->name);
	if (err->file[0]) {
		irm_text_show(stderr, err->file);
		if (err->line)
			fprintf(stderr, ":%ld", err->line);
		if (err->field)
			fprintf(stderr, ":%ld", err->field);
		fputs(": ", stderr);
	}
	irm_text_show(stderr, err->message);
	if (err->hint[0]) {
		fputs(" (", stderr);
		irm_text_show(stderr, err->hint);
		fputs(")", stderr);
	}
	putc('\n', stderr);
}

void cli_note(const struct cli_tool *tool, const struct cli_common *common, const char *fmt, ...)
{
	if (common->quiet)
		return;
	char text[512];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	fprintf(stderr, "%s: note: ", tool->name);
	irm_text_show(stderr, text);
	putc('\n', stderr);
}

void cli_note_few(const struct cli_tool *tool, const struct cli_common *common, size_t rows)
{
	if (rows && !(common->ci && strcmp(common->ci, "none") == 0))
		cli_note(tool, common,
		         "%zu %s on fewer than %d reviews: limits of so few are rough", rows,
		         rows == 1 ? "row rests" : "rows rest", IRM_FEW);
}

/* `common` is the first member of the tool's options. */
static void free_lists(const struct cli_tool *tool, struct cli_common *common)
{
	for (const struct cli_option *o = tool->own; o && o->kind != CLI_END; o++) {
		struct cli_list *list = (void *)((char *)common + o->offset);
		if (o->kind == CLI_LIST) {
			free(list->items);
			*list = (struct cli_list){ .n = 0 };
		}
	}
	free(common->where.items);
	common->where = (struct cli_list){ .n = 0 };
}

int cli_finish(const struct cli_tool *tool, struct cli_common *common, struct irm_err *err)
{
	if (err->code <= IRM_NO) {
		enum irm_code answer = err->code;
		struct irm_err late = { .code = IRM_OK };
		if ((common->writer && irm_writer_finish(common->writer, &late)) ||
		    (common->file && irm_output_commit(common->file, &late)))
			*err = late;
		else
			err->code = answer;
	}
	if (err->code > IRM_NO)
		cli_say(tool, err);
	irm_writer_free(common->writer);
	interrupt_hold();
	irm_output_free(common->file);
	interrupt_undo(NULL, NULL);
	free(common->operands);
	free_lists(tool, common);
	return (int)err->code;
}
