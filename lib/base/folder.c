/* For realpath(), of X/Open, with a NULL buffer */
#define _XOPEN_SOURCE 700
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct irm_folder {
	char *path;      /* its place, without links and without a '/' at the end */
	char *temporary; /* NULL: not made yet, or committed */
	DIR *dir;        /* of temporary: open, so that to remove it takes no memory */
	mode_t mode;
};

/* "left" and "right" with `between` in the middle; NULL where there is no memory. */
static char *join(const char *left, const char *between, const char *right)
{
	size_t size = strlen(left) + strlen(between) + strlen(right) + 1;
	char *text = malloc(size);
	if (text)
		snprintf(text, size, "%s%s%s", left, between, right);
	return text;
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Whether the folder has nothing in it; errno where it cannot be read. */
static bool is_empty(const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		return false;
	bool empty = true;
	const struct dirent *entry;
	errno = 0;
	while (empty && (entry = readdir(dir)))
		empty = is_dots(entry->d_name);
	closedir(dir);
	return empty;
}

/* The place as one that can be renamed to: a link followed, no '/' at the end. */
static char *place_of(const char *path, bool exists)
{
	if (exists)
		return realpath(path, NULL);
	char *place = strdup(path);
	for (size_t n = place ? strlen(place) : 0; n > 1 && place[n - 1] == '/'; n--)
		place[n - 1] = '\0';
	return place;
}

/* What is there already: nothing or an empty folder is fine. */
static enum irm_code check_place(const char *path, const struct stat *status, struct irm_err *err)
{
	if (!S_ISDIR(status->st_mode))
		return irm_err_set(err, IRM_USAGE, "'%.200s' is there already and is no folder",
		                   path);
	errno = 0;
	if (is_empty(path))
		return IRM_OK;
	if (errno)
		return irm_err_errno(err, path, "cannot read");
	irm_err_set(err, IRM_USAGE, "'%.200s' is there already and is not empty", path);
	irm_err_hint(err, "name a new folder, or an empty one");
	return err->code;
}

static enum irm_code find_place(struct irm_folder *folder, const char *path, struct irm_err *err)
{
	struct stat status;
	bool exists = stat(path, &status) == 0;
	if (exists && check_place(path, &status, err))
		return err->code;
	mode_t mask = umask(0);
	umask(mask);
	folder->mode = exists ? status.st_mode & 07777 : 0777 & ~mask;
	folder->path = place_of(path, exists);
	return folder->path ? IRM_OK : irm_err_errno(err, path, "cannot write");
}

static enum irm_code make_temporary(struct irm_folder *folder, struct irm_err *err)
{
	char *name = folder->path ? join(folder->path, ".", "XXXXXX") : NULL;
	if (!name)
		return irm_err_memory(err);
	if (!mkdtemp(name)) {
		irm_err_errno(err, folder->path, "cannot write");
		free(name);
		return err->code;
	}
	folder->temporary = name;
	folder->dir = opendir(name);
	return folder->dir ? IRM_OK : irm_err_errno(err, folder->path, "cannot write");
}

enum irm_code irm_folder_open(struct irm_folder **out, const char *path, struct irm_err *err)
{
	if (!*path)
		return irm_err_set(err, IRM_USAGE, "expected the name of a folder, found nothing");
	struct irm_folder *folder = calloc(1, sizeof *folder);
	if (!folder)
		return irm_err_memory(err);
	if (find_place(folder, path, err) || make_temporary(folder, err)) {
		irm_folder_free(folder);
		return err->code;
	}
	*out = folder;
	return IRM_OK;
}

const char *irm_folder_path(const struct irm_folder *folder)
{
	return folder->temporary;
}

enum irm_code irm_folder_create(FILE **out, struct irm_folder *folder, const char *name,
                                struct irm_err *err)
{
	char *path = join(folder->temporary, "/", name);
	if (!path)
		return irm_err_memory(err);
	FILE *file = fopen(path, "w");
	if (file)
		*out = file;
	else
		irm_err_errno(err, folder->path, "cannot write");
	free(path);
	return file ? IRM_OK : err->code;
}

enum irm_code irm_folder_close(FILE *file, struct irm_folder *folder, struct irm_err *err)
{
	bool failed = ferror(file) != 0;
	errno = 0;
	if (fflush(file) || (!failed && fsync(fileno(file))))
		failed = true;
	int why = errno;
	if (fclose(file))
		failed = true;
	if (!failed)
		return IRM_OK;
	errno = why ? why : EIO;
	return irm_err_errno(err, folder->path, "cannot write");
}

enum irm_code irm_folder_commit(struct irm_folder *folder, struct irm_err *err)
{
	if (chmod(folder->temporary, folder->mode) || rename(folder->temporary, folder->path))
		return irm_err_errno(err, folder->path, "cannot write");
	free(folder->temporary);
	folder->temporary = NULL;
	return IRM_OK;
}

void irm_folder_discard(const struct irm_folder *folder)
{
	const struct dirent *entry;
	if (!folder->temporary)
		return;
	if (folder->dir)
		rewinddir(folder->dir);
	while (folder->dir && (entry = readdir(folder->dir)))
		if (!is_dots(entry->d_name))
			unlinkat(dirfd(folder->dir), entry->d_name, 0);
	rmdir(folder->temporary);
}

void irm_folder_free(struct irm_folder *folder)
{
	if (!folder)
		return;
	irm_folder_discard(folder);
	if (folder->dir)
		closedir(folder->dir);
	free(folder->temporary);
	free(folder->path);
	free(folder);
}
