/* For realpath(), of X/Open, with a NULL buffer */
#define _XOPEN_SOURCE 700
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct irm_output {
	FILE *stream;
	char *path;      /* as it was named; NULL: standard output */
	char *place;     /* the same, links followed; NULL: written directly */
	char *temporary; /* NULL: written directly */
	bool committed;
};

/* The name that a file's temporary neighbour is renamed to: a link stays one, to the new file. A
 * file that may not be written is not replaced either. NULL, with errno, where it cannot be. */
static char *place_of(const char *path, bool exists)
{
	if (!exists)
		return strdup(path);
	return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) ? NULL : realpath(path, NULL);
}

/* Opens the temporary neighbour; `old` is the file that is there already, or NULL. */
static int open_temporary(struct irm_output *out, const struct stat *old)
{
	static const char suffix[] = ".XXXXXX";
	out->place = place_of(out->path, old != NULL);
	size_t length = out->place ? strlen(out->place) : 0;
	char *name = out->place ? malloc(length + sizeof suffix) : NULL;
	if (!name)
		return -1;
	memcpy(name, out->place, length);
	memcpy(name + length, suffix, sizeof suffix);
	int fd = mkstemp(name);
	if (fd < 0) {
		free(name);
		return -1;
	}
	out->temporary = name;
	mode_t mask = umask(0);
	umask(mask);
	if (fchmod(fd, old ? old->st_mode & 0777 : 0666 & ~mask)) {
		close(fd);
		return -1;
	}
	return fd;
}

static enum irm_code open_file(struct irm_output *out, const char *path, struct irm_err *err)
{
	struct stat status;
	out->path = strdup(path);
	if (!out->path)
		return irm_err_memory(err);
	/* A file that is there and is not a regular one (a pipe, a device) is written directly. */
	bool exists = stat(path, &status) == 0;
	int fd = exists && !S_ISREG(status.st_mode) ? open(path, O_WRONLY)
	                                            : open_temporary(out, exists ? &status : NULL);
	if (fd < 0)
		return irm_err_errno(err, path, "cannot write");
	out->stream = fdopen(fd, "w");
	if (!out->stream) {
		close(fd);
		return irm_err_errno(err, path, "cannot write");
	}
	return IRM_OK;
}

enum irm_code irm_output_open(struct irm_output **out, const char *path, struct irm_err *err)
{
	if (path && !*path)
		return irm_err_set(err, IRM_USAGE, "expected the name of a file, found nothing");
	struct irm_output *output = calloc(1, sizeof *output);
	if (!output)
		return irm_err_memory(err);
	if (!path || strcmp(path, "-") == 0)
		output->stream = stdout;
	else if (open_file(output, path, err)) {
		irm_output_free(output);
		return err->code;
	}
	*out = output;
	return IRM_OK;
}

FILE *irm_output_stream(struct irm_output *out)
{
	return out->stream;
}

static const char *name_of(const struct irm_output *out)
{
	return out->path ? out->path : "standard output";
}

enum irm_code irm_output_flush(struct irm_output *out, struct irm_err *err)
{
	errno = 0;
	if (!fflush(out->stream) && !ferror(out->stream))
		return IRM_OK;
	errno = errno ? errno : EIO;
	return irm_err_errno(err, name_of(out), "cannot write");
}

enum irm_code irm_output_commit(struct irm_output *out, struct irm_err *err)
{
	const char *name = name_of(out);
	bool failed = ferror(out->stream) != 0;
	errno = 0;
	if (fflush(out->stream))
		failed = true;
	if (out->temporary && !failed && fsync(fileno(out->stream)))
		failed = true;
	int why = errno;
	if (out->path) {
		if (fclose(out->stream))
			failed = true;
		why = why ? why : errno;
		out->stream = NULL;
	}
	if (failed) {
		errno = why ? why : EIO;
		return irm_err_errno(err, name, "cannot write");
	}
	if (out->temporary && rename(out->temporary, out->place))
		return irm_err_errno(err, name, "cannot write");
	out->committed = true;
	return IRM_OK;
}

void irm_output_discard(const struct irm_output *out)
{
	if (out->temporary && !out->committed)
		unlink(out->temporary);
}

void irm_output_free(struct irm_output *out)
{
	if (!out)
		return;
	if (out->path && out->stream)
		(void)fclose(out->stream);
	irm_output_discard(out);
	free(out->temporary);
	free(out->place);
	free(out->path);
	free(out);
}
