#include "tools/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ };
#define N_SIGNALS (sizeof signals / sizeof *signals)

/* A handler sees nothing but what is static. It is changed while the signals are held back. */
static struct {
	void (*undo)(void *context);
	void *context;
	pid_t worker;
} begun;

/* The signal is held back until this returns, and ends the program then. */
static void handle(int number)
{
	if (begun.worker > 0) {
		kill(begun.worker, SIGKILL);
		waitpid(begun.worker, NULL, 0);
	}
	if (begun.undo)
		begun.undo(begun.context);
	(void)signal(number, SIG_DFL);
	raise(number);
}

static void fill(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < N_SIGNALS; i++)
		sigaddset(set, signals[i]);
}

void interrupt_hold(void)
{
	sigset_t set;
	fill(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

void interrupt_undo(void (*undo)(void *context), void *context)
{
	struct sigaction action = { .sa_handler = handle }, old;
	fill(&action.sa_mask);
	begun.undo = undo;
	begun.context = context;
	for (size_t i = 0; i < N_SIGNALS; i++)
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
	sigprocmask(SIG_UNBLOCK, &action.sa_mask, NULL);
}

void interrupt_worker(pid_t worker)
{
	sigset_t set;
	fill(&set);
	begun.worker = worker;
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}
