/* Memory that ends where a test wants it to. One that includes this has a malloc() of its own; with
 * the sanitizers and valgrind, which have theirs, memory never ends. */
#ifndef IRM_TESTS_SCARCE_H
#define IRM_TESTS_SCARCE_H

#include "fixture.h"

#if defined __SANITIZE_ADDRESS__
#define SCARCE_NEVER
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SCARCE_NEVER
#endif
#endif

static struct {
	long at;   /* which piece, counted from now on, is refused; 0: none */
	bool once; /* the next is given again */
	long held; /* pieces that are given and not given back */
	bool refused;
} scarce;

#ifndef SCARCE_NEVER
/* What glibc's malloc is called where something else stands before it */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *piece, size_t size);
void __libc_free(void *piece);

/* SQLite's own pieces are not counted: fixture_sweep() is for those. */
static bool scarce_gives(void)
{
	if (*fixture_inside())
		return true;
	if (scarce.at == 1) {
		scarce.refused = true;
		scarce.at = scarce.once ? 0 : 1;
		return false;
	}
	scarce.at -= scarce.at > 1;
	scarce.held++;
	return true;
}

void *malloc(size_t size)
{
	return scarce_gives() ? __libc_malloc(size) : NULL;
}

void *calloc(size_t n, size_t size)
{
	return scarce_gives() ? __libc_calloc(n, size) : NULL;
}

void *realloc(void *piece, size_t size)
{
	if (!scarce_gives())
		return NULL;
	scarce.held -= piece && !*fixture_inside();
	return __libc_realloc(piece, size);
}

void free(void *piece)
{
	scarce.held -= piece && !*fixture_inside();
	__libc_free(piece);
}
#endif

static inline void scarce_over(void)
{
	scarce.at = 0;
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

/* Calls `attempt` with memory that ends at its first piece, at its second, and so on, until it is
 * enough; then without that one piece alone, which libc may do without. Else it fails for want of
 * memory; where it answers, it compares the answer itself once scarce_over() has given memory back.
 * It frees all that it has. At least `least` pieces must have been missed. */
static inline void scarce_sweep(const char *name,
                                enum irm_code (*attempt)(void *context, struct irm_err *err),
                                void *context, long least)
{
	bool is_ours = scarce_is_ours();
	for (int once = 0; once < 2; once++)
		for (long n = 1;; n++) {
			struct irm_err err = { .code = IRM_OK };
			long held = scarce.held;
			scarce.refused = false;
			scarce.once = once;
			scarce.at = n;
			enum irm_code code = attempt(context, &err);
			scarce_over();
			if (code && (code != IRM_SYSTEM || !strstr(err.message, "out of memory")))
				fail_msg("%s, piece %ld: code %d, %s", name, n, (int)code,
				         err.message);
			if (!code && scarce.refused && !once)
				fail_msg("%s, piece %ld: nobody missed it", name, n);
			if (scarce.held != held)
				fail_msg("%s, piece %ld: %ld are not given back", name, n,
				         scarce.held - held);
			if (scarce.refused)
				continue;
			if (n <= least && is_ours)
				fail_msg("%s: %ld pieces are all", name, n - 1);
			break;
		}
}

#endif
