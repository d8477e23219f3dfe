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
	char *path;      /* NULL: standard output */
	char *temporary; /* NULL: written directly */
	bool committed;
};

/* A file that is there and is not a regular one (a pipe, a device) is written directly. */
static bool is_special(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

/* Opens path's temporary neighbour with the mode that the file has, or that a new one gets. */
static int open_temporary(struct irm_output *out)
{
	static const char suffix[] = ".XXXXXX";
	size_t length = strlen(out->path);
	out->temporary = malloc(length + sizeof suffix);
	if (!out->temporary)
		return -1;
	memcpy(out->temporary, out->path, length);
	memcpy(out->temporary + length, suffix, sizeof suffix);
	int fd = mkstemp(out->temporary);
	if (fd < 0) {
		free(out->temporary);
		out->temporary = NULL;
		return -1;
	}
	struct stat status;
	mode_t mask = umask(0);
	umask(mask);
	mode_t mode = stat(out->path, &status) == 0 ? status.st_mode & 0777 : 0666 & ~mask;
	if (fchmod(fd, mode)) {
		close(fd);
		return -1;
	}
	return fd;
}

static enum irm_code open_file(struct irm_output *out, const char *path, struct irm_err *err)
{
	out->path = strdup(path);
	if (!out->path)
		return irm_err_memory(err);
	int fd = is_special(path) ? open(path, O_WRONLY) : open_temporary(out);
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

enum irm_code irm_output_commit(struct irm_output *out, struct irm_err *err)
{
	const char *name = out->path ? out->path : "standard output";
	bool failed = ferror(out->stream) != 0;
	errno = 0;
	if (fflush(out->stream))
		failed = true;
	if (out->temporary && !failed && fsync(fileno(out->stream)))
		failed = true;
	if (out->path) {
		if (fclose(out->stream))
			failed = true;
		out->stream = NULL;
	}
	if (failed) {
		if (!errno)
			errno = EIO;
		return irm_err_errno(err, name, "cannot write");
	}
	if (out->temporary && rename(out->temporary, out->path))
		return irm_err_errno(err, name, "cannot write");
	out->committed = true;
	return IRM_OK;
}

void irm_output_free(struct irm_output *out)
{
	if (!out)
		return;
	if (out->path && out->stream)
		fclose(out->stream);
	if (out->temporary && !out->committed)
		unlink(out->temporary);
	free(out->temporary);
	free(out->path);
	free(out);
}
