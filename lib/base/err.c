#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#undef irm_err_set
#undef irm_err_at
#undef irm_err_memory
#undef irm_err_errno

/* Keeps the end of a name that is too long: the end tells files apart. */
static void set_file(struct irm_err *err, const char *file)
{
	size_t length = strlen(file), room = sizeof err->file - 1;
	if (length <= room)
		snprintf(err->file, sizeof err->file, "%s", file);
	else
		snprintf(err->file, sizeof err->file, "...%s", file + (length - (room - 3)));
}

static void set_message(struct irm_err *err, enum irm_code code, const char *fmt, va_list args)
        IRM_PRINTF(3, 0);

static void set_message(struct irm_err *err, enum irm_code code, const char *fmt, va_list args)
{
	memset(err, 0, sizeof *err);
	err->code = code;
	vsnprintf(err->message, sizeof err->message, fmt, args);
}

enum irm_code irm_err_set(struct irm_err *err, enum irm_code code, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	set_message(err, code, fmt, args);
	va_end(args);
	return code;
}

enum irm_code irm_err_at(struct irm_err *err, const char *file, long line, long field,
                         const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	set_message(err, IRM_INPUT, fmt, args);
	va_end(args);
	return irm_err_place(err, file, line, field);
}

enum irm_code irm_err_place(struct irm_err *err, const char *file, long line, long field)
{
	if (err->file[0])
		return err->code;
	set_file(err, file);
	err->line = line;
	err->field = field;
	return err->code;
}

void irm_err_hint(struct irm_err *err, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vsnprintf(err->hint, sizeof err->hint, fmt, args);
	va_end(args);
}

enum irm_code irm_err_memory(struct irm_err *err)
{
	return irm_err_set(err, IRM_SYSTEM, "out of memory");
}

enum irm_code irm_err_errno(struct irm_err *err, const char *path, const char *doing)
{
	int number = errno;
	irm_err_set(err, IRM_SYSTEM, "%s: %s", doing, strerror(number));
	return irm_err_place(err, path, 0, 0);
}
