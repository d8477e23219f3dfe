#include "tools/load_target.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"
#include "tools/interrupt.h"

static bool is_there(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0;
}

static void remove_temporary(void *context)
{
	const struct load_target *target = context;
	if (target->temporary)
		irm_db_remove(target->temporary);
}

static enum irm_code make_temporary(struct load_target *target, struct irm_err *err)
{
	static const char suffix[] = ".XXXXXX";
	size_t length = strlen(target->path);
	target->temporary = malloc(length + sizeof suffix);
	if (!target->temporary)
		return irm_err_memory(err);
	memcpy(target->temporary, target->path, length);
	memcpy(target->temporary + length, suffix, sizeof suffix);
	int fd = mkstemp(target->temporary);
	if (fd < 0) {
		free(target->temporary);
		target->temporary = NULL;
		return irm_err_errno(err, target->path, "cannot write");
	}
	mode_t mask = umask(0);
	umask(mask);
	bool failed = fchmod(fd, 0666 & ~mask) != 0;
	if (close(fd) || failed)
		return irm_err_errno(err, target->path, "cannot write");
	return IRM_OK;
}

enum irm_code load_target_open(struct load_target *target, struct irm_err *err)
{
	if (is_there(target->path))
		return irm_db_open_writable(&target->db, target->path, err);
	interrupt_hold();
	enum irm_code code = make_temporary(target, err);
	interrupt_undo(remove_temporary, target);
	if (code)
		return code;
	return irm_db_create(&target->db, target->temporary, err);
}

enum irm_code load_target_open_copy(struct load_target *target, struct irm_err *err)
{
	sqlite3 *db = NULL;
	if (!is_there(target->path))
		return irm_db_create(&target->db, ":memory:", err);
	if (irm_db_open(&db, target->path, err))
		return err->code;
	enum irm_code code = irm_db_copy(&target->db, db, err);
	irm_db_close(db);
	return code;
}

/* A link takes no other file's place, as rename() would; where the file system has none, the name
 * must be free a moment before. */
static enum irm_code put_in_place(struct load_target *target, struct irm_err *err)
{
	bool done = link(target->temporary, target->path) == 0;
	if (!done && errno != EEXIST && !is_there(target->path))
		done = rename(target->temporary, target->path) == 0;
	if (done)
		return IRM_OK;
	target->taken = is_there(target->path);
	irm_err_errno(err, target->path, "cannot write");
	if (target->taken)
		irm_err_set(err, IRM_SYSTEM, "another load made the file meanwhile");
	return irm_err_place(err, target->path, 0, 0);
}

enum irm_code load_target_close(struct load_target *target, struct irm_err *err)
{
	/* SQLite knows the absolute path; the user knows the one that was given. */
	const char *absolute = target->db ? sqlite3_db_filename(target->db, "main") : NULL;
	if (absolute && *absolute && strcmp(err->file, absolute) == 0)
		snprintf(err->file, sizeof err->file, "%s", target->path);
	irm_db_close(target->db);
	target->db = NULL;
	if (!target->temporary)
		return err->code;
	if (!err->code)
		(void)!put_in_place(target, err);
	irm_db_remove(target->temporary);
	/* The name that was asked for, not the temporary one, is what a message shows. */
	const char *end = strrchr(target->temporary, '/');
	size_t length = strlen(err->file), part = strlen(end ? end : target->temporary);
	if (length >= part && strcmp(err->file + length - part, end ? end : target->temporary) == 0)
		snprintf(err->file, sizeof err->file, "%s", target->path);
	interrupt_hold();
	free(target->temporary);
	target->temporary = NULL;
	interrupt_undo(NULL, NULL);
	return err->code;
}
