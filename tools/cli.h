/* What every tool shares: one option parser whose tables also give --help, the common options, the
 * output, and the way an error is told. A tool's main() parses, calls the library, writes, and
 * returns cli_finish(). */
#ifndef IRM_TOOLS_CLI_H
#define IRM_TOOLS_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/output.h"
#include "table/table.h"
#include "table/writer.h"

/* How an option's value is kept at its offset in the tool's options. */
enum cli_kind {
	CLI_FLAG,   /* bool: set true */
	CLI_TEXT,   /* const char *: the last one given */
	CLI_LIST,   /* struct cli_list: all that were given */
	CLI_NUMBER, /* double: a finite decimal number */
	CLI_WHOLE,  /* int64_t: a whole number >= 0 */
	CLI_END,
};

struct cli_list {
	const char **items; /* point into argv; the array is freed by cli_finish() */
	size_t n;
};

struct cli_option {
	enum cli_kind kind;
	char letter;       /* 0: no short form */
	const char *name;  /* without the dashes */
	const char *value; /* what --help calls the value; NULL for a flag */
	size_t offset;     /* offsetof(struct options, member) */
	const char *help;
};

/* Which of the common options a tool takes. */
enum cli_group {
	CLI_SOURCE = 1,  /* -d */
	CLI_QUERY = 2,   /* --as-of --known-at --by --where --total --imprecise --names */
	CLI_LIMITS = 4,  /* --ci --level */
	CLI_TABLE = 8,   /* -f */
	CLI_OUTPUT = 16, /* -o */
};

/* The first member of every tool's struct options, named `common`. */
struct cli_common {
	const char *source, *as_of, *known_at, *by, *imprecise, *ci, *format, *output;
	struct cli_list where;
	bool total, names, quiet, verbose, help, version;
	double level;              /* of limits, 0-1 */
	struct irm_output *file;   /* -o or standard output; opened by cli_output() */
	struct irm_writer *writer; /* opened by cli_writer() */
	const char **operands;     /* what is no option; points into argv */
	size_t n_operands;
};
#define CLI_COMMON_INIT \
	{ \
		.level = 0.95 \
	}

struct cli_tool {
	const char *name;     /* "irm-delays" */
	const char *summary;  /* one line, lower case */
	const char *operands; /* how --help shows them: "[OPTION]... FILE"; NULL: none are taken */
	unsigned groups;      /* of enum cli_group */
	const struct cli_option *own;
	const char *example; /* for --help: one or more lines, each a command */
};

/* Parses argv into `options`, whose first member is the struct cli_common. --help and --version
 * print and exit 0. `--` ends the options; long options take `--name=value` and `--name value`,
 * whole names only. IRM_USAGE with the nearest option. */
IRM_CHECK enum irm_code cli_parse(const struct cli_tool *tool, int argc, char **argv, void *options,
                                  struct irm_err *err);

/* The source that -d names, else $IRM_SOURCE, else irm.db. */
const char *cli_source(const struct cli_common *common);

/* Reads the table that the one operand names, standard input without one. The caller frees it. */
IRM_CHECK enum irm_code cli_table(struct irm_table **out, const struct cli_common *common,
                                  struct irm_err *err);

/* Opens the output (-o FILE, else standard output) once; later calls give the same one. */
IRM_CHECK enum irm_code cli_output(struct cli_common *common, struct irm_err *err);

/* Opens the output and a writer on it in the format asked for: -f, else an aligned table on a
 * terminal and CSV elsewhere. */
IRM_CHECK enum irm_code cli_writer(struct cli_common *common, struct irm_err *err);

/* Says on stderr, escaped for a terminal: "irm-delays: file:line:field: message" and the hint. */
void cli_say(const struct cli_tool *tool, const struct irm_err *err);

/* A remark on stderr ("irm-survival: note: ..."), not with --quiet. */
void cli_note(const struct cli_tool *tool, const struct cli_common *common, const char *fmt, ...)
        IRM_PRINTF(3, 4);

/* The note that so many rows rest on fewer than IRM_FEW reviews; none where limits are not asked
 * for. */
void cli_note_few(const struct cli_tool *tool, const struct cli_common *common, size_t rows);

/* Ends the table and the output, tells the error if there is one, frees what `common` owns, and
 * gives the exit status: `err`'s code, or IRM_SYSTEM when output failed. */
int cli_finish(const struct cli_tool *tool, struct cli_common *common, struct irm_err *err);

#endif
