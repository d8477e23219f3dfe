/* Memory that ends where a test wants it to: libc's, by a malloc() of its own in a test that
 * includes this, and SQLite's. With the sanitizers and valgrind, which have a malloc() too, libc's
 * never ends. */
#ifndef IRM_TESTS_SCARCE_H
#define IRM_TESTS_SCARCE_H

#include "fixture.h"

#include <errno.h>
#include <gsl/gsl_errno.h>

#if defined __SANITIZE_ADDRESS__
#define SCARCE_NEVER
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SCARCE_NEVER
#endif
#endif

/* The pieces of libc, or those of SQLite. */
struct scarce_kind {
	long at;   /* which piece, counted from now on, is refused; 0: none */
	bool once; /* the next is given again */
	bool refused;
};

static struct {
	struct scarce_kind libc, sqlite;
	bool in_sqlite; /* it is SQLite that asks */
	long held;      /* of libc's pieces those that are not given back */
	sqlite3_mem_methods methods;
} scarce;

static inline bool scarce_gives(struct scarce_kind *kind)
{
	if (kind->at != 1) {
		kind->at -= kind->at > 1;
		return true;
	}
	kind->refused = true;
	errno = ENOMEM;
	kind->at = kind->once ? 0 : 1;
	return false;
}

#ifndef SCARCE_NEVER
/* What glibc's malloc is called where something else stands before it */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *piece, size_t size);
void __libc_free(void *piece);

static bool scarce_libc_gives(void)
{
	if (scarce.in_sqlite)
		return true;
	bool given = scarce_gives(&scarce.libc);
	scarce.held += given;
	return given;
}

void *malloc(size_t size)
{
	return scarce_libc_gives() ? __libc_malloc(size) : NULL;
}

void *calloc(size_t n, size_t size)
{
	return scarce_libc_gives() ? __libc_calloc(n, size) : NULL;
}

void *realloc(void *piece, size_t size)
{
	if (!scarce_libc_gives())
		return NULL;
	scarce.held -= piece && !scarce.in_sqlite;
	return __libc_realloc(piece, size);
}

void free(void *piece)
{
	scarce.held -= piece && !scarce.in_sqlite;
	__libc_free(piece);
}
#endif

static inline void *scarce_sqlite_realloc(void *piece, int size)
{
	void *given = NULL;
	scarce.in_sqlite = true;
	if (scarce_gives(&scarce.sqlite))
		given = piece ? scarce.methods.xRealloc(piece, size) : scarce.methods.xMalloc(size);
	scarce.in_sqlite = false;
	return given;
}

static inline void *scarce_sqlite_malloc(int size)
{
	return scarce_sqlite_realloc(NULL, size);
}

static inline void scarce_sqlite_free(void *piece)
{
	scarce.in_sqlite = true;
	scarce.methods.xFree(piece);
	scarce.in_sqlite = false;
}

/* Puts this before SQLite's own memory; before anything else of SQLite is called. */
static inline void scarce_begin(void)
{
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &scarce.methods), SQLITE_OK);
	sqlite3_mem_methods ours = scarce.methods;
	ours.xMalloc = scarce_sqlite_malloc;
	ours.xRealloc = scarce_sqlite_realloc;
	ours.xFree = scarce_sqlite_free;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), SQLITE_OK);
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
}

/* Gives memory again. */
static inline void scarce_over(void)
{
	scarce.libc.at = scarce.sqlite.at = 0;
}

/* What fails without memory. Where it answers, it compares the answer itself, once scarce_over()
 * has given memory back. It frees all that it has. */
typedef enum irm_code scarce_attempt(void *context, struct irm_err *err);

/* One attempt, without the n-th piece of a kind; an error must be that of memory. */
static inline enum irm_code scarce_try(const char *name, struct scarce_kind *kind, long n,
                                       bool once, scarce_attempt *attempt, void *context)
{
	struct irm_err err = { .code = IRM_OK };
	*kind = (struct scarce_kind){ .at = n, .once = once };
	enum irm_code code = attempt(context, &err);
	scarce_over();
	bool said = strstr(err.message, "out of memory") || strstr(err.message, strerror(ENOMEM));
	if (code && (code != IRM_SYSTEM || !said))
		fail_msg("%s, piece %ld: code %d, %s", name, n, (int)code, err.message);
	return code;
}

/* Whether it is our malloc() that is called. */
static inline bool scarce_is_ours(void)
{
	long before = scarce.held;
	void *volatile piece = malloc(1);
	bool counted = scarce.held != before;
	free(piece);
	return counted;
}

/* A stream to nowhere, whose buffer is there before memory ends; the caller closes it. */
static inline FILE *scarce_stream(void)
{
	static char buffer[BUFSIZ];
	FILE *stream = fopen("/dev/null", "w");
	assert_non_null(stream);
	assert_int_equal(setvbuf(stream, buffer, _IOFBF, sizeof buffer), 0);
	return stream;
}

/* Attempts it with libc's memory ending at its first piece, at its second, and so on, until it is
 * enough; then without that one piece alone, which libc may do without. At least `least` pieces
 * must have been missed. */
static inline void scarce_sweep(const char *name, scarce_attempt *attempt, void *context,
                                long least)
{
	bool is_ours = scarce_is_ours();
	gsl_set_error_handler_off(); /* it would end the program */
	for (int once = 0; once < 2; once++)
		for (long n = 1;; n++) {
			long held = scarce.held;
			enum irm_code code =
			        scarce_try(name, &scarce.libc, n, once, attempt, context);
			if (!code && scarce.libc.refused && !once)
				fail_msg("%s, piece %ld: nobody missed it", name, n);
			if (scarce.held != held)
				fail_msg("%s, piece %ld: %ld are not given back", name, n,
				         scarce.held - held);
			if (scarce.libc.refused)
				continue;
			if (n <= least && is_ours)
				fail_msg("%s: %ld pieces are all", name, n - 1);
			break;
		}
}

/* The same with SQLite's, of whose many pieces each `step`-th is looked at. */
static inline void scarce_sweep_sqlite(const char *name, scarce_attempt *attempt, void *context,
                                       long step)
{
	for (int once = 0; once < 2; once++)
		for (long n = 1;; n += is_brief() ? step * 20 : step) {
			/* SQLite does without some: an answer is compared, no more */
			if (scarce_try(name, &scarce.sqlite, n, once, attempt, context) == IRM_OK &&
			    !scarce.sqlite.refused)
				break;
		}
}

#endif
