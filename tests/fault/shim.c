/* A library to preload: makes the k-th call of a kind fail.
 *
 * FAULT=KIND:K (environment) says which:
 *   alloc   an allocation finds no memory           alloc+  and every later one
 *   eio     a call on a file fails with EIO         eio+    and every later one
 *   enospc  a call that needs room, with ENOSPC     enospc+ and every later one
 *   short   a write takes half of what it is given  short+  and every later one
 *   kill    SIGKILL before a call on a file         tear    SIGKILL after half of a write
 *   int     SIGINT before a call on a file
 * K = 0 only counts. FAULT_REPORT names a file, which gets "CALLS LIVE" at exit: the calls of that
 * kind, and the blocks that were allocated after the start of main() and never freed.
 *
 * The C library's own stdio does not pass here; tests/fault/run fills a disk for that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What glibc's malloc is called where something else stands before it */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

enum kind { NONE, ALLOC, EIO_CALL, ENOSPC_CALL, SHORT_WRITE, KILL, TEAR, INTERRUPT };

static enum kind kind;
static bool lasting, counting;
static long at, live;
static long *calls; /* of this process and of those that it forks: a tool may work in another */

__attribute__((constructor)) static void start(void)
{
	static const struct {
		const char *name;
		enum kind kind;
	} kinds[] = { { "alloc", ALLOC },       { "eio", EIO_CALL }, { "enospc", ENOSPC_CALL },
		      { "short", SHORT_WRITE }, { "kill", KILL },    { "tear", TEAR },
		      { "int", INTERRUPT } };
	const char *fault = getenv("FAULT");
	for (size_t i = 0; fault && i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(fault, kinds[i].name, strlen(kinds[i].name)) == 0)
			kind = kinds[i].kind;
	const char *colon = fault ? strchr(fault, ':') : NULL;
	lasting = colon && colon > fault && colon[-1] == '+';
	at = colon ? atol(colon + 1) : 0;
	calls = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
	             0);
	if (calls == MAP_FAILED)
		abort();
	counting = true;
}

__attribute__((destructor)) static void stop(void)
{
	char text[64];
	const char *path = getenv("FAULT_REPORT");
	counting = false;
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	int n = snprintf(text, sizeof text, "%ld %ld\n", *calls, live);
	if (fd < 0 || write(fd, text, (size_t)n) != n)
		abort();
	close(fd);
}

/* Whether this call of a kind is one that fails. */
static bool fails(enum kind of)
{
	if (!counting || of != kind)
		return false;
	long call = __atomic_add_fetch(calls, 1, __ATOMIC_RELAXED);
	return at > 0 && (call == at || (lasting && call > at));
}

/* --- memory ------------------------------------------------------------------------------------
 */

/* A block from before main() that is freed after it counts as one the less: the same in each run.
 */
static void *counted(void *block)
{
	live += counting && block;
	return block;
}

/* jansson 2.14 takes no notice when the buffer of a text that it reads cannot grow, and reads past
 * its end: such blocks, of 32, 64, 128... bytes, it always gets. */
static bool is_spared(const void *caller, size_t size)
{
	Dl_info from;
	return size >= 32 && (size & (size - 1)) == 0 && dladdr(caller, &from) && from.dli_fname &&
	       strstr(from.dli_fname, "/libjansson.");
}

static bool no_memory(const void *caller, size_t size)
{
	if (kind != ALLOC || !counting || is_spared(caller, size))
		return false;
	bool failed = fails(ALLOC);
	if (failed)
		errno = ENOMEM;
	return failed;
}

void *malloc(size_t size)
{
	return no_memory(__builtin_return_address(0), size) ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	return no_memory(__builtin_return_address(0), n * size) ? NULL
	                                                        : counted(__libc_calloc(n, size));
}

void *realloc(void *block, size_t size)
{
	if (no_memory(__builtin_return_address(0), size))
		return NULL;
	void *moved = __libc_realloc(block, size);
	live += counting && !block && moved;
	live -= counting && block && !size;
	return moved;
}

void free(void *block)
{
	live -= counting && block;
	__libc_free(block);
}

/* --- files -------------------------------------------------------------------------------------
 */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Whether the call fails; `grows`: it may need room on the disk. Sets errno. */
static bool broken(bool grows)
{
	if (fails(KILL))
		raise(SIGKILL);
	if (fails(INTERRUPT))
		raise(SIGINT);
	bool is_full = grows && fails(ENOSPC_CALL), failed = fails(EIO_CALL);
	if (is_full || failed)
		errno = is_full ? ENOSPC : EIO;
	return is_full || failed;
}

#define OPEN(name) \
	int name(const char *path, int flags, ...) \
	{ \
		va_list args; \
		va_start(args, flags); \
		mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0; \
		va_end(args); \
		return broken(flags & O_CREAT) ? -1 : REAL(name)(path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

#define CALL(type, name, grows, parameters, arguments) \
	type name parameters \
	{ \
		return broken(grows) ? (type)-1 : REAL(name) arguments; \
	}
CALL(ssize_t, read, false, (int fd, void *to, size_t n), (fd, to, n))
CALL(ssize_t, pread, false, (int fd, void *to, size_t n, off_t from), (fd, to, n, from))
CALL(ssize_t, pread64, false, (int fd, void *to, size_t n, off64_t from), (fd, to, n, from))
CALL(int, fsync, true, (int fd), (fd))
CALL(int, fdatasync, true, (int fd), (fd))
CALL(int, ftruncate, true, (int fd, off_t size), (fd, size))
CALL(int, ftruncate64, true, (int fd, off64_t size), (fd, size))
CALL(int, posix_fallocate64, true, (int fd, off64_t from, off64_t n), (fd, from, n))
CALL(int, fchmod, false, (int fd, mode_t mode), (fd, mode))
CALL(int, mkstemp, true, (char *name), (name))
CALL(int, mkstemp64, true, (char *name), (name))
CALL(int, link, true, (const char *from, const char *to), (from, to))
CALL(int, rename, true, (const char *from, const char *to), (from, to))

CALL(void *, mmap64, false,
     (void *where, size_t n, int protection, int flags, int fd, off64_t from),
     (where, n, protection, flags, fd, from))

#define WRITE(name, parameters, ...) \
	ssize_t name parameters \
	{ \
		if (broken(true)) \
			return -1; \
		bool is_torn = fails(TEAR); \
		if ((is_torn || fails(SHORT_WRITE)) && n > 1) \
			n /= 2; \
		ssize_t written = REAL(name)(__VA_ARGS__); \
		if (is_torn) \
			raise(SIGKILL); \
		return written; \
	}
WRITE(write, (int fd, const void *from, size_t n), fd, from, n)
WRITE(pwrite, (int fd, const void *from, size_t n, off_t to), fd, from, n, to)
WRITE(pwrite64, (int fd, const void *from, size_t n, off64_t to), fd, from, n, to)

int fcntl64(int fd, int command, ...)
{
	va_list args;
	va_start(args, command);
	void *argument = va_arg(args, void *);
	va_end(args);
	return broken(false) ? -1 : REAL(fcntl64)(fd, command, argument);
}

FILE *fopen64(const char *path, const char *mode)
{
	return broken(mode[0] != 'r') ? NULL : REAL(fopen64)(path, mode);
}

FILE *fdopen(int fd, const char *mode)
{
	return broken(false) ? NULL : REAL(fdopen)(fd, mode);
}
