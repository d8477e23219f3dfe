/* The one error type. It lies on the caller's stack and is passed last; nothing in it needs
 * freeing.
 *
 * A function that can fail returns an enum irm_code and fills `err` where the fault is found;
 * callers pass it up unchanged. The codes are the exit statuses of the tools. */
#ifndef IRM_BASE_ERR_H
#define IRM_BASE_ERR_H

#include "base/attr.h"

enum irm_code {
	IRM_OK = 0,     /* done */
	IRM_NO = 1,     /* done, and the answer is no (a tool's word, never a library's) */
	IRM_USAGE = 2,  /* wrong option, unknown key or value */
	IRM_INPUT = 3,  /* bad input: a file, a table or a database that is none */
	IRM_SYSTEM = 4, /* the file system, the store or memory failed */
};

struct irm_err {
	enum irm_code code;
	long line;  /* from 1; 0 where there is none */
	long field; /* from 1; 0 where there is none */
	char file[256];
	char message[512];
	char hint[256]; /* what to do or the nearest right word; may be empty */
};

/* Fills `err` with a code and a message (lower case, no full stop: what was found, what was
 * expected, values in single quotes) and returns the code, so that `return irm_err_set(...)` is
 * a whole error path. Clears place and hint. `err` may not be NULL. */
enum irm_code irm_err_set(struct irm_err *err, enum irm_code code, const char *fmt, ...)
        IRM_PRINTF(3, 4);

/* The same for bad input (IRM_INPUT) at a place: `file` as the user knows it, line and field from
 * 1, or 0 where there is none. A file name that is too long keeps its end. */
enum irm_code irm_err_at(struct irm_err *err, const char *file, long line, long field,
                         const char *fmt, ...) IRM_PRINTF(5, 6);

/* Adds the place to an error that was set without one, as by a parser that knows only its text;
 * an error that has a file keeps it. Returns the error's code. */
enum irm_code irm_err_place(struct irm_err *err, const char *file, long line, long field);

/* Adds a hint: a sentence without a full stop, such as "did you mean 'events'?". */
void irm_err_hint(struct irm_err *err, const char *fmt, ...) IRM_PRINTF(2, 3);

/* No memory: the message needs none. */
enum irm_code irm_err_memory(struct irm_err *err);

/* A failed system call on `path`: the message names it and says what errno says. */
enum irm_code irm_err_errno(struct irm_err *err, const char *path, const char *doing);

/* The analyser of clang-tidy sees one file at a time: without these it would have an error path go
 * on with IRM_OK. */
#ifdef __clang_analyzer__
#define irm_err_set(err, what, ...) \
	((void)irm_err_set((err), (what), __VA_ARGS__), (err)->code = (what))
#define irm_err_at(err, ...)    ((void)irm_err_at((err), __VA_ARGS__), (err)->code = IRM_INPUT)
#define irm_err_memory(err)     ((void)irm_err_memory(err), (err)->code = IRM_SYSTEM)
#define irm_err_errno(err, ...) ((void)irm_err_errno((err), __VA_ARGS__), (err)->code = IRM_SYSTEM)
#endif

#endif
