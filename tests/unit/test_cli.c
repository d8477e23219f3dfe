/* The option parser that every tool shares, its output, and how an error is told. */
#include "unit.h"

#include <sys/wait.h>

#include "tools/cli.h"

struct options {
	struct cli_common common;
	bool flag;
	const char *text;
	struct cli_list list;
	double number;
	int64_t whole;
};

static const struct cli_option own[] = {
	{ CLI_FLAG, 'x', "flag", NULL, offsetof(struct options, flag), "a flag" },
	{ CLI_TEXT, 't', "text", "TEXT", offsetof(struct options, text), "a text" },
	{ CLI_LIST, 0, "list", "ITEM", offsetof(struct options, list), "a list" },
	{ CLI_NUMBER, 0, "number", "NUMBER", offsetof(struct options, number), "a number" },
	{ CLI_WHOLE, 0, "whole", "N", offsetof(struct options, whole), "a whole number" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = { "irm-try", "try the parser", "[OPTION]... FILE...", 31,
	                              own,       "  irm-try -x a" };
static const struct cli_tool no_operands = { "irm-try", "try the parser", NULL, 31, own, NULL };
static const struct cli_tool bare = { "irm-try", "try the parser", NULL, 0, NULL, NULL };

#define MOST 12

/* A command line as one text, words between blanks; "" gives an empty word. */
static enum irm_code parse(const struct cli_tool *with, const char *line, struct options *options,
                           struct irm_err *err)
{
	static char words[400];
	char *argv[MOST + 1] = { NULL };
	int argc = 0;
	*options = (struct options){ .common = CLI_COMMON_INIT };
	snprintf(words, sizeof words, "irm-try %s", line);
	char *rest = NULL;
	for (char *w = strtok_r(words, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
		assert_true(argc < MOST);
		if (strcmp(w, "\"\"") == 0)
			*w = '\0';
		argv[argc++] = w;
	}
	err->code = IRM_OK;
	return cli_parse(with, argc, argv, options, err);
}

/* All that was parsed, in one line. */
static void show(char *out, size_t size, const struct options *o)
{
	const struct cli_common *c = &o->common;
	size_t n = (size_t)snprintf(out, size, "x=%d t=%s n=%g w=%lld q=%d v=%d d=%s l=", o->flag,
	                            o->text ? o->text : "-", o->number, (long long)o->whole,
	                            c->quiet, c->verbose, c->source ? c->source : "-");
	for (size_t i = 0; i < o->list.n; i++)
		n += (size_t)snprintf(out + n, size - n, "%s;", o->list.items[i]);
	n += (size_t)snprintf(out + n, size - n, " :");
	for (size_t i = 0; i < c->n_operands; i++)
		n += (size_t)snprintf(out + n, size - n, "%s;", c->operands[i]);
}

static void release(struct options *o)
{
	free(o->common.operands);
	free(o->common.where.items);
	free(o->list.items);
}

static void test_lines_that_are_right(void **state)
{
	(void)state;
	static const struct {
		const char *line, *expected;
	} cases[] = {
		{ "", "x=0 t=- n=0 w=0 q=0 v=0 d=- l= :" },
		{ "a b", "x=0 t=- n=0 w=0 q=0 v=0 d=- l= :a;b;" },
		{ "-x", "x=1 t=- n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--flag a", "x=1 t=- n=0 w=0 q=0 v=0 d=- l= :a;" },
		{ "-t y", "x=0 t=y n=0 w=0 q=0 v=0 d=- l= :" },
		{ "-ty", "x=0 t=y n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--text y", "x=0 t=y n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--text=y=z", "x=0 t=y=z n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--text=", "x=0 t= n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--text \"\"", "x=0 t= n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--text --flag", "x=0 t=--flag n=0 w=0 q=0 v=0 d=- l= :" },
		{ "-t -- -x", "x=1 t=-- n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--text=1 --text=2", "x=0 t=2 n=0 w=0 q=0 v=0 d=- l= :" },
		{ "--list a --list=b --list c", "x=0 t=- n=0 w=0 q=0 v=0 d=- l=a;b;c; :" },
		{ "--number 0.5 --whole=12", "x=0 t=- n=0.5 w=12 q=0 v=0 d=- l= :" },
		{ "--number=-1e3 --whole 0", "x=0 t=- n=-1000 w=0 q=0 v=0 d=- l= :" },
		{ "a -x b -q c -v", "x=1 t=- n=0 w=0 q=1 v=1 d=- l= :a;b;c;" },
		{ "-- -x --no", "x=0 t=- n=0 w=0 q=0 v=0 d=- l= :-x;--no;" },
		{ "a -- -- b", "x=0 t=- n=0 w=0 q=0 v=0 d=- l= :a;--;b;" },
		{ "- -x", "x=1 t=- n=0 w=0 q=0 v=0 d=- l= :-;" },
		{ "\"\"", "x=0 t=- n=0 w=0 q=0 v=0 d=- l= :;" },
		{ "-d irm.db", "x=0 t=- n=0 w=0 q=0 v=0 d=irm.db l= :" },
		{ "--data=a.db", "x=0 t=- n=0 w=0 q=0 v=0 d=a.db l= :" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct options options;
		struct irm_err err;
		char found[300];
		if (parse(&tool, cases[i].line, &options, &err))
			fail_msg("%s: %s", cases[i].line, err.message);
		show(found, sizeof found, &options);
		same_text(cases[i].line, found, cases[i].expected);
		release(&options);
	}
}

static void test_lines_that_are_wrong(void **state)
{
	(void)state;
	static const struct {
		const struct cli_tool *tool;
		const char *line, *error;
	} cases[] = {
		{ &tool, "--flga",
		  "there is no option '--flga' (did you mean '--flag'? see irm-try --help)" },
		{ &tool, "--FLAG",
		  "there is no option '--FLAG' (did you mean '--flag'? see irm-try --help)" },
		{ &tool, "--fla",
		  "there is no option '--fla' (did you mean '--flag'? see irm-try "
		  "--help)" },
		{ &tool, "--flags=1",
		  "there is no option '--flags=1' (did you mean '--flag'? see irm-try --help)" },
		{ &tool, "--zzzzzz", "there is no option '--zzzzzz' (see irm-try --help)" },
		{ &tool, "-Z", "there is no option '-Z' (see irm-try --help)" },
		{ &tool, "-xv", "there is no option '-xv' (see irm-try --help)" },
		{ &tool, "--=x", "there is no option '--=x' (see irm-try --help)" },
		{ &tool, "-=", "there is no option '-=' (see irm-try --help)" },
		{ &tool, "--flag=yes", "--flag takes no value" },
		{ &tool, "--flag=", "--flag takes no value" },
		{ &tool, "--text", "--text needs a value: TEXT" },
		{ &tool, "-x -t", "--text needs a value: TEXT" },
		{ &tool, "--number=1,5", "--number: expected a number such as 0.95, found '1,5'" },
		{ &tool, "--number=nan", "--number: expected a number such as 0.95, found 'nan'" },
		{ &tool, "--number=", "--number: expected a number such as 0.95, found ''" },
		{ &tool, "--whole=1.5", "--whole: expected a whole number, found '1.5'" },
		{ &tool, "--whole -3", "--whole: expected a whole number, found '-3'" },
		{ &tool, "--level 0", "--level: expected a share between 0 and 1" },
		{ &tool, "--level 1", "--level: expected a share between 0 and 1" },
		{ &tool, "--level 95", "--level: expected a share between 0 and 1" },
		{ &no_operands, "-x a b", "expected options only, found 'a' (see irm-try --help)" },
		{ &no_operands, "-- -x", "expected options only, found '-x' (see irm-try --help)" },
		{ &bare, "--format csv", "there is no option '--format' (see irm-try --help)" },
		{ &bare, "-d a.db", "there is no option '-d' (see irm-try --help)" },
		{ &bare, "-o a.csv", "there is no option '-o' (see irm-try --help)" },
		{ &bare, "--as-of 2020-01-01",
		  "there is no option '--as-of' (see irm-try --help)" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct options options;
		struct irm_err err;
		same_number(cases[i].line, parse(cases[i].tool, cases[i].line, &options, &err),
		            IRM_USAGE);
		same_error(cases[i].line, &err, cases[i].error);
		release(&options);
	}
}

/* What a child writes to stdout and stderr, and its exit status. */
struct heard {
	char out[8192], said[2048];
	int status;
};

static void hear(struct heard *heard, void (*child)(void))
{
	fflush(stdout);
	fflush(stderr);
	pid_t pid = fork();
	if (pid == 0) {
		if (!freopen("out", "w", stdout) || !freopen("said", "w", stderr))
			_exit(98);
		child();
		_exit(99);
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	heard->status = WEXITSTATUS(status);
	char *out = read_bytes("out", NULL), *said = read_bytes("said", NULL);
	snprintf(heard->out, sizeof heard->out, "%s", out);
	snprintf(heard->said, sizeof heard->said, "%s", said);
	free(out);
	free(said);
}

static void ask_for_help(void)
{
	struct options options;
	struct irm_err err;
	if (parse(&tool, "-x --help --nothing", &options, &err))
		_exit(97);
}

static void ask_for_version(void)
{
	struct options options;
	struct irm_err err;
	if (parse(&tool, "--version", &options, &err))
		_exit(97);
}

static void test_help_shows_every_option_and_leaves(void **state)
{
	(void)state;
	static const char *const parts[] = {
		"usage: irm-try [OPTION]... FILE...\ntry the parser\n\n",
		"\n  -x, --flag                  a flag\n",
		"\n      --list=ITEM             a list\n",
		"\n  -t, --text=TEXT             a text\n",
		"\n  -d, --data=SOURCE           ",
		"--as-of=",
		"--by=",
		"--where=",
		"--total",
		"--ci=",
		"--level=",
		"-f, --format=",
		"-o, --output=",
		"-q, --quiet",
		"-v, --verbose",
		"--help",
		"--version",
		"\nexample:\n  irm-try -x a\n",
	};
	struct heard heard;
	hear(&heard, ask_for_help);
	assert_int_equal(heard.status, IRM_OK);
	assert_string_equal(heard.said, "");
	for (size_t i = 0; i < COUNT(parts); i++)
		if (!strstr(heard.out, parts[i]))
			fail_msg("no \"%s\" in:\n%s", parts[i], heard.out);
	hear(&heard, ask_for_version);
	assert_int_equal(heard.status, IRM_OK);
	assert_int_equal(strncmp(heard.out, "irm-try (irmkit) ", 17), 0);
}

/* What the next child says or finishes with. */
static struct irm_err told;

static void say_it(void)
{
	cli_say(&tool, &told);
	fflush(stderr);
	_exit(0);
}

static void test_an_error_is_one_line_safe_for_a_terminal(void **state)
{
	(void)state;
	struct heard heard;
	irm_err_at(&told, "a b.csv", 12, 4, "found '%s'", "x");
	irm_err_hint(&told, "did you mean 'y'?");
	hear(&heard, say_it);
	assert_string_equal(heard.said, "irm-try: a b.csv:12:4: found 'x' (did you mean 'y'?)\n");
	irm_err_at(&told, "a.csv", 12, 0, "no");
	hear(&heard, say_it);
	assert_string_equal(heard.said, "irm-try: a.csv:12: no\n");
	irm_err_set(&told, IRM_USAGE, "no");
	hear(&heard, say_it);
	assert_string_equal(heard.said, "irm-try: no\n");
	irm_err_at(&told, "\x1b[1m.csv", 1, 1, "a\nb\xe9");
	irm_err_hint(&told, "\x07");
	hear(&heard, say_it);
	assert_string_equal(heard.said, "irm-try: \\x1B[1m.csv:1:1: a\\x0Ab\\xE9 (\\x07)\n");
}

static bool quiet;

static void note_it(void)
{
	struct cli_common common = CLI_COMMON_INIT;
	common.quiet = quiet;
	cli_note(&tool, &common, "%d rows\n", 3);
	fflush(stderr);
	_exit(0);
}

static void test_notes_are_told_unless_quiet(void **state)
{
	(void)state;
	struct heard heard;
	quiet = false;
	hear(&heard, note_it);
	assert_string_equal(heard.said, "irm-try: note: 3 rows\\x0A\n");
	quiet = true;
	hear(&heard, note_it);
	assert_string_equal(heard.said, "");
}

/* Writes a table of one row with the options of `line`, then finishes with `told`. */
static const char *line_of_child;

static void write_and_finish(void)
{
	struct options options;
	struct irm_err err;
	if (!parse(&tool, line_of_child, &options, &err) && !cli_writer(&options.common, &err)) {
		irm_writer_columns(options.common.writer, "a,b");
		irm_writer_text(options.common.writer, "x");
		irm_writer_count(options.common.writer, 1);
		irm_writer_row(options.common.writer);
		if (told.code)
			err = told;
	}
	int status = cli_finish(&tool, &options.common, &err);
	fflush(NULL);
	_exit(status);
}

static void test_tables_go_where_and_how_they_are_asked_for(void **state)
{
	(void)state;
	static const struct {
		const char *line, *out, *file, *said;
		int status;
	} cases[] = {
		{ "", "a,b\nx,1\n", NULL, "", 0 },
		{ "-f tsv", "a\tb\nx\t1\n", NULL, "", 0 },
		{ "-f table", "a  b\nx  1\n", NULL, "", 0 },
		{ "--format=jsonl -o -", "{\"a\":\"x\",\"b\":1}\n", NULL, "", 0 },
		{ "-o f.csv", "", "a,b\nx,1\n", "", 0 },
		{ "-f jsn", "", NULL, "irm-try: there is no format 'jsn' (did you mean 'json'?)\n",
		  2 },
		{ "-f jsn -o f.csv", "", NULL,
		  "irm-try: there is no format 'jsn' (did you mean 'json'?)\n", 2 },
		{ "-o no/f.csv", "", NULL,
		  "irm-try: no/f.csv: cannot write: No such file or directory\n", 4 },
		{ "-o /dev/full", "", NULL,
		  "irm-try: /dev/full: cannot write: No space left on device\n", 4 },
	};
	told.code = IRM_OK;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct heard heard;
		line_of_child = cases[i].line;
		hear(&heard, write_and_finish);
		same_number(cases[i].line, heard.status, cases[i].status);
		same_text(cases[i].line, heard.said, cases[i].said);
		same_text(cases[i].line, heard.out, cases[i].out);
		if (cases[i].file)
			same_file(cases[i].line, "f.csv", cases[i].file);
		else
			assert_int_equal(access("f.csv", F_OK), -1);
		unlink("f.csv");
		unlink("out");
		unlink("said");
		assert_int_equal(entries_of("."), 0);
	}
}

static void test_the_status_is_the_errors_code(void **state)
{
	(void)state;
	static const enum irm_code codes[] = { IRM_NO, IRM_USAGE, IRM_INPUT, IRM_SYSTEM };
	line_of_child = "-o f.csv";
	for (size_t i = 0; i < COUNT(codes); i++) {
		struct heard heard;
		irm_err_set(&told, codes[i], "no");
		hear(&heard, write_and_finish);
		assert_int_equal(heard.status, codes[i]);
		/* 'the answer is no' is an answer: the output is there, and nothing is told */
		assert_string_equal(heard.said, codes[i] == IRM_NO ? "" : "irm-try: no\n");
		assert_int_equal(access("f.csv", F_OK), codes[i] == IRM_NO ? 0 : -1);
		unlink("f.csv");
	}
	line_of_child = "-o /dev/full";
	struct heard heard;
	irm_err_set(&told, IRM_NO, "no");
	hear(&heard, write_and_finish);
	assert_int_equal(heard.status, IRM_SYSTEM);
}

static void test_the_source(void **state)
{
	(void)state;
	struct cli_common common = CLI_COMMON_INIT;
	assert_int_equal(unsetenv("IRM_SOURCE"), 0);
	assert_string_equal(cli_source(&common), "irm.db");
	assert_int_equal(setenv("IRM_SOURCE", "", 1), 0);
	assert_string_equal(cli_source(&common), "irm.db");
	assert_int_equal(setenv("IRM_SOURCE", "env.db", 1), 0);
	assert_string_equal(cli_source(&common), "env.db");
	common.source = "own.db";
	assert_string_equal(cli_source(&common), "own.db");
	assert_int_equal(unsetenv("IRM_SOURCE"), 0);
}

static void test_the_end_frees_the_lists_of_a_tool_too(void **state)
{
	(void)state;
	struct options options;
	struct irm_err err;
	assert_int_equal(parse(&tool, "--list a --list=b --where region=AFR x", &options, &err),
	                 IRM_OK);
	assert_int_equal(options.list.n, 2);
	assert_int_equal(cli_finish(&tool, &options.common, &err), 0);
	assert_null(options.list.items);
	assert_null(options.common.where.items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_that_are_right),
		cmocka_unit_test(test_lines_that_are_wrong),
		in_folder(test_help_shows_every_option_and_leaves),
		in_folder(test_an_error_is_one_line_safe_for_a_terminal),
		in_folder(test_notes_are_told_unless_quiet),
		in_folder(test_tables_go_where_and_how_they_are_asked_for),
		in_folder(test_the_status_is_the_errors_code),
		cmocka_unit_test(test_the_source),
		cmocka_unit_test(test_the_end_frees_the_lists_of_a_tool_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
