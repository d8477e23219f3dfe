/* What the unit tests of lib/base, lib/table, lib/store and tools/cli share: cmocka with what it
 * wants before it, and files in a temporary folder. */
#ifndef IRM_TESTS_UNIT_H
#define IRM_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h wants the four above before it */
#include <cmocka.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Fails, naming the case, where two texts differ. */
static inline void same_text(const char *name, const char *found, const char *expected)
{
	if (strcmp(found, expected) != 0)
		fail_msg("%s: expected \"%s\", found \"%s\"", name, expected, found);
}

/* Fails, naming the case, where two numbers differ. */
static inline void same_number(const char *name, long long found, long long expected)
{
	if (found != expected)
		fail_msg("%s: expected %lld, found %lld", name, expected, found);
}

/* Fails, naming the case, unless the error says so: "file:line:field: message (hint)", with what
 * there is of it. */
static inline void same_error(const char *name, const struct irm_err *err, const char *expected)
{
	char text[1200];
	size_t n = (size_t)snprintf(text, sizeof text, "%s", err->file);
	if (err->line)
		n += (size_t)snprintf(text + n, sizeof text - n, ":%ld", err->line);
	if (err->field)
		n += (size_t)snprintf(text + n, sizeof text - n, ":%ld", err->field);
	n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n ? ": " : "", err->message);
	if (err->hint[0])
		snprintf(text + n, sizeof text - n, " (%s)", err->hint);
	same_text(name, text, expected);
}

static inline void write_bytes(const char *path, const void *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static inline void write_text(const char *path, const char *text)
{
	write_bytes(path, text, strlen(text));
}

/* What a file holds, with a NUL after it; the caller frees it. */
static inline char *read_bytes(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	size_t size = 1 << 16, n = 0;
	char *bytes = malloc(size);
	assert_non_null(bytes);
	for (size_t got; (got = fread(bytes + n, 1, size - n - 1, file)) > 0;) {
		n += got;
		size = n + (1 << 16);
		bytes = realloc(bytes, size);
		assert_non_null(bytes);
	}
	assert_int_equal(fclose(file), 0);
	bytes[n] = '\0';
	if (length)
		*length = n;
	return bytes;
}

static inline void same_file(const char *name, const char *path, const char *expected)
{
	char *text = read_bytes(path, NULL);
	same_text(name, text, expected);
	free(text);
}

/* Whether tests are to walk their paths, but not the same ones often: under valgrind
 * (UNIT_TENTH=1), where that is some forty times slower. */
static inline bool is_brief(void)
{
	return getenv("UNIT_TENTH") != NULL;
}

/* How often a test repeats itself: all of n, but a tenth where it is to be brief. What such a test
 * asserts holds at any number. */
static inline int rounds(int n)
{
	return is_brief() ? n / 10 : n;
}

/* From case to case of a table whose every case loads records: each, but every third where tests
 * are to be brief. */
static inline size_t stride(void)
{
	return is_brief() ? 3 : 1;
}

/* The next file that is opened is number 0, as where a program begins without an input; the result
 * goes to open_input() after it. */
static inline int close_input(void)
{
	int input = dup(0);
	close(0);
	return input;
}

static inline void open_input(int input)
{
	if (input < 0)
		return; /* there was none before */
	dup2(input, 0);
	close(input);
}

/* How many entries a folder has. */
static inline size_t entries_of(const char *folder)
{
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	size_t n = 0;
	for (const struct dirent *entry; (entry = readdir(dir));)
		n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(dir);
	return n;
}

static inline void remove_tree(const char *path)
{
	char inner[4096];
	struct stat status;
	if (lstat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
		unlink(path);
		return;
	}
	chmod(path, 0700);
	DIR *dir = opendir(path);
	for (const struct dirent *entry; dir && (entry = readdir(dir));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		int n = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		if (n > 0 && (size_t)n < sizeof inner)
			remove_tree(inner);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

/* Setup and teardown of a test that stands in an empty folder of its own. */
static inline int enter_folder(void **state)
{
	static char folder[64];
	snprintf(folder, sizeof folder, "/tmp/irm-unit-XXXXXX");
	*state = folder;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static inline int leave_folder(void **state)
{
	if (chdir("/"))
		return -1;
	remove_tree(*state);
	return 0;
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

#endif
