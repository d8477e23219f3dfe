/* An output appears whole or not at all. */
#include "unit.h"

#include <errno.h>
#include <sys/wait.h>

#include "base/output.h"

static struct irm_output *open_output(const char *path)
{
	struct irm_output *out = NULL;
	struct irm_err err;
	if (irm_output_open(&out, path, &err))
		fail_msg("%s: %s", err.file, err.message);
	return out;
}

static void write_all(const char *path, const char *text)
{
	struct irm_err err;
	struct irm_output *out = open_output(path);
	fputs(text, irm_output_stream(out));
	assert_int_equal(irm_output_commit(out, &err), IRM_OK);
	irm_output_free(out);
}

static void test_a_file_appears_when_it_is_complete(void **state)
{
	(void)state;
	struct irm_err err;
	struct irm_output *out = open_output("out.csv");
	fputs("a,b\n", irm_output_stream(out));
	fflush(irm_output_stream(out));
	assert_int_equal(access("out.csv", F_OK), -1);
	assert_int_equal(irm_output_commit(out, &err), IRM_OK);
	irm_output_free(out);
	same_file("written", "out.csv", "a,b\n");
	assert_int_equal(entries_of("."), 1);
}

static void test_what_is_not_committed_leaves_nothing(void **state)
{
	(void)state;
	struct irm_output *out = open_output("out.csv");
	fputs("half", irm_output_stream(out));
	irm_output_free(out);
	assert_int_equal(entries_of("."), 0);
	irm_output_free(NULL);
}

static void test_the_old_file_stays_until_then(void **state)
{
	(void)state;
	write_text("out.csv", "old\n");
	struct irm_output *out = open_output("out.csv");
	fputs("half", irm_output_stream(out));
	same_file("while writing", "out.csv", "old\n");
	irm_output_free(out);
	same_file("given up", "out.csv", "old\n");
	write_all("out.csv", "new\n");
	same_file("committed", "out.csv", "new\n");
	assert_int_equal(entries_of("."), 1);
}

static void test_the_mode_is_kept_or_the_masks(void **state)
{
	(void)state;
	struct stat status;
	mode_t mask = umask(027);
	write_all("new", "x");
	umask(mask);
	assert_int_equal(stat("new", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0640);
	assert_int_equal(chmod("new", 0604), 0);
	write_all("new", "y");
	assert_int_equal(stat("new", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0604);
}

static void test_a_link_stays_one(void **state)
{
	(void)state;
	struct stat status;
	assert_int_equal(mkdir("there", 0700), 0);
	write_text("there/file", "old\n");
	assert_int_equal(symlink("there/file", "link"), 0);
	write_all("link", "new\n");
	assert_int_equal(lstat("link", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	same_file("through the link", "there/file", "new\n");
	assert_int_equal(entries_of("there"), 1);
}

static void test_names_with_spaces_and_quotes(void **state)
{
	(void)state;
	write_all("a 'b' \"c\" \n.csv", "x\n");
	same_file("odd name", "a 'b' \"c\" \n.csv", "x\n");
}

static void test_a_full_disk_is_told(void **state)
{
	(void)state;
	static const size_t lengths[] = { 1, 4096, 1 << 20 };
	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct irm_err err;
		struct irm_output *out = open_output("/dev/full");
		for (size_t n = 0; n < lengths[i]; n++)
			putc('x', irm_output_stream(out));
		assert_int_equal(irm_output_commit(out, &err), IRM_SYSTEM);
		same_error("/dev/full", &err, "/dev/full: cannot write: No space left on device");
		irm_output_free(out);
	}
}

static void test_places_that_cannot_be_written(void **state)
{
	(void)state;
	static const struct {
		const char *path, *error;
	} cases[] = {
		{ "nowhere/out.csv", "nowhere/out.csv: cannot write: No such file or directory" },
		{ "file/out.csv", "file/out.csv: cannot write: Not a directory" },
		{ ".", ".: cannot write: Is a directory" },
	};
	write_text("file", "");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_output *out = NULL;
		struct irm_err err;
		same_number(cases[i].path, irm_output_open(&out, cases[i].path, &err), IRM_SYSTEM);
		same_error(cases[i].path, &err, cases[i].error);
		assert_null(out);
	}
	assert_int_equal(entries_of("."), 1);
	struct irm_output *out = NULL;
	struct irm_err err;
	assert_int_equal(irm_output_open(&out, "", &err), IRM_USAGE);
	same_error("no name", &err, "expected the name of a file, found nothing");
}

/* Run as nobody, who may write neither the folder nor the file: 0 where both are told. */
static int try_as_nobody(void)
{
	struct irm_output *out = NULL;
	struct irm_err err;
	if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
		return 2;
	if (irm_output_open(&out, "locked/new", &err) != IRM_SYSTEM ||
	    strcmp(err.message, "cannot write: Permission denied") != 0)
		return 3;
	if (irm_output_open(&out, "open/read-only", &err) != IRM_SYSTEM ||
	    strcmp(err.message, "cannot write: Permission denied") != 0)
		return 4;
	return 0;
}

static void test_who_may_not_write_does_not(void **state)
{
	(void)state;
	assert_int_equal(chmod(".", 0755), 0);
	assert_int_equal(mkdir("locked", 0700), 0);
	assert_int_equal(chmod("locked", 0555), 0);
	assert_int_equal(mkdir("open", 0700), 0);
	assert_int_equal(chmod("open", 0777), 0);
	write_text("open/read-only", "old");
	assert_int_equal(chmod("open/read-only", 0444), 0);
	pid_t child = fork();
	if (child == 0)
		_exit(try_as_nobody());
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	same_file("as it was", "open/read-only", "old");
	assert_int_equal(entries_of("open"), 1);
}

static void test_a_pipe_is_written_directly(void **state)
{
	(void)state;
	struct stat status;
	char got[8] = "";
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	char path[32];
	snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
	write_all(path, "x\n");
	close(ends[1]);
	assert_int_equal(read(ends[0], got, sizeof got - 1), 2);
	close(ends[0]);
	assert_string_equal(got, "x\n");
	assert_int_equal(stat("/dev/null", &status), 0);
	write_all("/dev/null", "x\n");
	assert_int_equal(stat("/dev/null", &status), 0);
	assert_true(S_ISCHR(status.st_mode));
}

static void test_standard_output(void **state)
{
	(void)state;
	static const char *const names[] = { NULL, "-" };
	struct irm_err err;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct irm_output *out = open_output(names[i]);
		assert_ptr_equal(irm_output_stream(out), stdout);
		assert_int_equal(irm_output_commit(out, &err), IRM_OK);
		irm_output_free(out);
	}
	assert_int_equal(fflush(stdout), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_a_file_appears_when_it_is_complete),
		in_folder(test_what_is_not_committed_leaves_nothing),
		in_folder(test_the_old_file_stays_until_then),
		in_folder(test_the_mode_is_kept_or_the_masks),
		in_folder(test_a_link_stays_one),
		in_folder(test_names_with_spaces_and_quotes),
		cmocka_unit_test(test_a_full_disk_is_told),
		in_folder(test_places_that_cannot_be_written),
		in_folder(test_who_may_not_write_does_not),
		in_folder(test_a_pipe_is_written_directly),
		cmocka_unit_test(test_standard_output),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
