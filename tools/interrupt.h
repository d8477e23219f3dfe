/* A signal that ends the program takes back first what it has begun: a file that is not complete.
 *
 * That is for SIGINT, SIGTERM, SIGHUP, SIGPIPE and SIGXFSZ, where they are not ignored; then the
 * program ends by the signal, as if nothing had caught it. One thing at a time is known here: the
 * last that was begun. */
#ifndef IRM_TOOLS_INTERRUPT_H
#define IRM_TOOLS_INTERRUPT_H

#include <sys/types.h>

/* Holds the signals back, while a thing is begun or ended. */
void interrupt_hold(void);

/* From now on a signal calls undo(context) first, NULL: nothing; and lets the signals through. It
 * runs within a signal's handler: it may remove files, and take no memory. `context` is kept until
 * the next call. */
void interrupt_undo(void (*undo)(void *context), void *context);

/* From now on a signal kills that process, which works for this one, before it undoes anything; 0:
 * none. Lets the signals through. */
void interrupt_worker(pid_t worker);

#endif
