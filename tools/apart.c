#include "tools/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/interrupt.h"

static bool send(int to, const void *bytes, size_t size)
{
	const char *at = bytes;
	while (size) {
		ssize_t n = write(to, at, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		size -= (size_t)n;
	}
	return true;
}

static bool receive(int from, void *bytes, size_t size)
{
	char *at = bytes;
	while (size) {
		ssize_t n = read(from, at, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		size -= (size_t)n;
	}
	return true;
}

/* The other process. It ends as a program does, so that what looks for lost memory is called. */
static _Noreturn void work_apart(apart_work *work, void *context, const void *result, size_t size,
                                 int to)
{
	struct irm_err err = { .code = IRM_OK };
	interrupt_undo(NULL, NULL); /* who waits undoes what was begun */
	int nothing = open("/dev/null", O_WRONLY);
	if (nothing < 0 || dup2(nothing, STDERR_FILENO) < 0)
		_exit(EXIT_FAILURE);
	if (nothing != STDERR_FILENO)
		close(nothing);
	err.code = work(context, &err);
	exit(send(to, &err, sizeof err) && send(to, result, size) ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* Whether a signal comes from outside; others are those of a crash, or of want of memory. */
static bool is_order(int number)
{
	return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGPIPE ||
	       number == SIGXFSZ;
}

/* How it ended, where it did not tell. */
static enum irm_code explain(int status, struct irm_err *err)
{
	if (WIFSIGNALED(status) && is_order(WTERMSIG(status)))
		raise(WTERMSIG(status));
	if (WIFSIGNALED(status))
		return irm_err_set(err, IRM_SYSTEM, "no memory (a library ended by signal %d)",
		                   WTERMSIG(status));
	return irm_err_set(err, IRM_SYSTEM, "no memory (a library ended with status %d)",
	                   WEXITSTATUS(status));
}

/* Waits until the worker has told how it went, and has ended. */
static enum irm_code hear(pid_t worker, int from, void *result, size_t size, struct irm_err *err)
{
	struct irm_err told;
	int status = 0;
	bool known = receive(from, &told, sizeof told) && receive(from, result, size);
	while (waitpid(worker, &status, 0) < 0)
		if (errno != EINTR)
			return irm_err_errno(err, "another process", "cannot wait for");
	interrupt_hold();
	interrupt_worker(0);
	if (!known || !WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
		return explain(status, err);
	if (told.code != IRM_OK)
		*err = told;
	return told.code;
}

enum irm_code apart_run(apart_work *work, void *context, void *result, size_t size,
                        struct irm_err *err)
{
	int ends[2];
	if (pipe(ends))
		return irm_err_errno(err, "another process", "cannot start");
	interrupt_hold();
	pid_t worker = fork();
	if (worker == 0) {
		close(ends[0]);
		work_apart(work, context, result, size, ends[1]);
	}
	interrupt_worker(worker);
	close(ends[1]);
	enum irm_code code = worker < 0 ? irm_err_errno(err, "another process", "cannot start")
	                                : hear(worker, ends[0], result, size, err);
	close(ends[0]);
	return code;
}
