/* Work in a process of its own: for libraries that crash, or end the program, where memory ends.
 * What they left of a file can then be removed, and the tool says what it says of every fault. */
#ifndef IRM_TOOLS_APART_H
#define IRM_TOOLS_APART_H

#include <stddef.h>

#include "base/err.h"

/* Does some work and tells how it went. It runs in the other process: what it changes in memory
 * stays there, but for what apart_run() brings back; files are flushed before it returns. */
typedef enum irm_code apart_work(void *context, struct irm_err *err);

/* Calls work(context, err) in another process, whose stderr nobody reads, and returns its code and
 * error as if it had been called here; the `size` bytes at `result` are then as it left them. A
 * signal that ends it from outside (SIGINT, SIGPIPE ...) ends this process too. IRM_SYSTEM: it
 * crashed; there can be no other process. */
IRM_CHECK enum irm_code apart_run(apart_work *work, void *context, void *result, size_t size,
                                  struct irm_err *err);

#endif
