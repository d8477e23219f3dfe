#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

#define PATH_SIZE 512

/* A new folder of the test's own; *state is its path. */
static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *path = malloc(PATH_SIZE);
	if (!path)
		return -1;
	snprintf(path, PATH_SIZE, "%s/irm-folder.XXXXXX", tmp ? tmp : "/tmp");
	*state = path;
	return mkdtemp(path) ? 0 : -1;
}

static void path_in(char out[PATH_SIZE], const char *folder, const char *name)
{
	assert_true(snprintf(out, PATH_SIZE, "%s/%s", folder, name) < PATH_SIZE);
}

/* Removes a folder of plain files and empty folders; the number of entries it had. */
static int clear(const char *path)
{
	int n = 0;
	char entry[PATH_SIZE];
	DIR *dir = opendir(path);
	const struct dirent *e;
	while (dir && (e = readdir(dir)))
		if (e->d_name[0] != '.') {
			path_in(entry, path, e->d_name);
			if (unlink(entry))
				clear(entry);
			n++;
		}
	if (dir)
		closedir(dir);
	(void)rmdir(path);
	return n;
}

static int tear_down(void **state)
{
	clear(*state);
	free(*state);
	return 0;
}

static void write_file(struct irm_folder *folder, const char *name, const char *text)
{
	struct irm_err err = { .code = IRM_OK };
	FILE *file = NULL;
	assert_int_equal(irm_folder_create(&file, folder, name, &err), IRM_OK);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(irm_folder_close(file, folder, &err), IRM_OK);
}

static void test_commit_whole(void **state)
{
	static const char *const names[] = { "new", "slash/", "empty" };
	char place[PATH_SIZE], file[PATH_SIZE];
	path_in(place, *state, "empty");
	assert_int_equal(mkdir(place, 0750), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct irm_err err = { .code = IRM_OK };
		struct irm_folder *folder = NULL;
		struct stat status;
		path_in(place, *state, names[i]);
		path_in(file, place, "a.csv");
		assert_int_equal(irm_folder_open(&folder, place, &err), IRM_OK);
		write_file(folder, "a.csv", "a\n");
		assert_int_not_equal(stat(file, &status), 0);
		assert_int_equal(irm_folder_commit(folder, &err), IRM_OK);
		irm_folder_free(folder);
		assert_int_equal(stat(file, &status), 0);
		assert_int_equal(stat(place, &status), 0);
		mode_t mask = umask(0);
		umask(mask);
		assert_int_equal(status.st_mode & 0777, i == 2 ? 0750 : 0777 & ~mask);
	}
	assert_int_equal(clear(*state), 3); /* nothing stays beside them */
}

static void test_free_removes(void **state)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_folder *folder = NULL;
	char place[PATH_SIZE];
	path_in(place, *state, "new");
	assert_int_equal(irm_folder_open(&folder, place, &err), IRM_OK);
	write_file(folder, "a.csv", "a\n");
	write_file(folder, "b.csv", "b\n");
	irm_folder_free(folder);
	irm_folder_free(NULL);
	assert_int_equal(clear(*state), 0);
}

static void test_open_refuses(void **state)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_folder *folder = NULL;
	char place[PATH_SIZE], name[PATH_SIZE];
	path_in(place, *state, "full");
	assert_int_equal(irm_folder_open(&folder, place, &err), IRM_OK);
	write_file(folder, "a.csv", "a\n");
	assert_int_equal(irm_folder_commit(folder, &err), IRM_OK);
	irm_folder_free(folder);
	folder = NULL;
	assert_int_equal(irm_folder_open(&folder, place, &err), IRM_USAGE);
	assert_non_null(strstr(err.message, "not empty"));
	path_in(name, place, "a.csv");
	assert_int_equal(irm_folder_open(&folder, name, &err), IRM_USAGE);
	assert_non_null(strstr(err.message, "no folder"));
	path_in(name, place, "a.csv/b");
	assert_int_equal(irm_folder_open(&folder, name, &err), IRM_SYSTEM);
	path_in(name, place, "missing/b");
	assert_int_equal(irm_folder_open(&folder, name, &err), IRM_SYSTEM);
	assert_int_equal(irm_folder_open(&folder, "", &err), IRM_USAGE);
	assert_null(folder);
}

/* Something came to the place meanwhile: it stays, and nothing is left beside it. */
static void test_commit_taken(void **state)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_folder *folder = NULL, *other = NULL;
	char place[PATH_SIZE];
	path_in(place, *state, "new");
	assert_int_equal(irm_folder_open(&folder, place, &err), IRM_OK);
	assert_int_equal(irm_folder_open(&other, place, &err), IRM_OK);
	write_file(folder, "a.csv", "a\n");
	write_file(other, "b.csv", "b\n");
	assert_int_equal(irm_folder_commit(other, &err), IRM_OK);
	assert_int_equal(irm_folder_commit(folder, &err), IRM_SYSTEM);
	irm_folder_free(folder);
	irm_folder_free(other);
	assert_int_equal(clear(*state), 1);
}

static void test_close_full(void **state)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_folder *folder = NULL;
	char place[PATH_SIZE];
	path_in(place, *state, "new");
	assert_int_equal(irm_folder_open(&folder, place, &err), IRM_OK);
	FILE *full = fopen("/dev/full", "w");
	assert_non_null(full);
	assert_true(fputs("a\n", full) >= 0);
	assert_int_equal(irm_folder_close(full, folder, &err), IRM_SYSTEM);
	irm_folder_free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_commit_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_free_removes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_open_refuses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_commit_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_close_full, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
