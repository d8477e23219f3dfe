/* Memory that comes to an end: each allocation of a call fails once. Before glibc's functions stand
 * those of the program itself; where sanitizers or valgrind put theirs there, none fails. */
#ifndef IRM_TESTS_MEMORY_H
#define IRM_TESTS_MEMORY_H

#include "unit.h"

#include <gsl/gsl_errno.h>

#ifdef __has_feature
#define MEMORY_IS_WATCHED __has_feature(address_sanitizer)
#elif defined __SANITIZE_ADDRESS__
#define MEMORY_IS_WATCHED 1
#else
#define MEMORY_IS_WATCHED 0
#endif

/* A stream to nowhere, whose buffer is there before memory ends; the caller closes it. */
static inline FILE *memory_stream(void)
{
	static char buffer[BUFSIZ];
	FILE *stream = fopen("/dev/null", "w");
	assert_non_null(stream);
	assert_int_equal(setvbuf(stream, buffer, _IOFBF, sizeof buffer), 0);
	return stream;
}

/* What one allocation after the other is to fail of: IRM_OK, and all given back. */
typedef enum irm_code memory_call(void *context, struct irm_err *err);

#if !MEMORY_IS_WATCHED
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static long memory_left, memory_live; /* allocations before the one that fails; blocks */
static bool memory_counts;

static inline bool memory_ends(void)
{
	return memory_counts && memory_left-- == 0;
}

static inline void *memory_block(void *block)
{
	memory_live += block != NULL;
	return block;
}

void *malloc(size_t size)
{
	return memory_ends() ? NULL : memory_block(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	return memory_ends() ? NULL : memory_block(__libc_calloc(n, size));
}

void *realloc(void *block, size_t size)
{
	if (memory_ends())
		return NULL;
	void *moved = __libc_realloc(block, size);
	return block ? moved : memory_block(moved);
}

void free(void *block)
{
	memory_live -= block != NULL;
	__libc_free(block);
}

/* Makes each allocation of the call fail in turn: it has to say so, and to keep nothing. */
static inline void memory_each_fails(const char *name, memory_call *call, void *context)
{
	enum irm_code code = IRM_SYSTEM;
	long k = 0;
	gsl_set_error_handler_off();
	for (; code; k++) {
		struct irm_err err = { .code = IRM_OK };
		long live = memory_live;
		memory_left = k;
		memory_counts = true;
		code = call(context, &err);
		memory_counts = false;
		if (memory_left == k && !code)
			return; /* others' functions stand before these */
		if (memory_live != live)
			fail_msg("%s: %ld blocks more after allocation %ld", name,
			         memory_live - live, k);
		if (memory_left < 0 && (code != IRM_SYSTEM || err.code != IRM_SYSTEM))
			fail_msg("%s: allocation %ld failed, and it says %d: %s", name, k, code,
			         err.message);
		if (memory_left >= 0 && code)
			fail_msg("%s: %s", name, err.message);
	}
	assert_true(k > 1);
}
#else
static inline void memory_each_fails(const char *name, memory_call *call, void *context)
{
	struct irm_err err = { .code = IRM_OK };
	if (call(context, &err))
		fail_msg("%s: %s", name, err.message);
}
#endif

#endif
