/* Which process is writing to a database. Private to lib/store. */
#ifndef IRM_STORE_HOLDER_H
#define IRM_STORE_HOLDER_H

#include "base/err.h"

/* Sets the message of a writer that waited in vain: the process that holds the lock, its program,
 * and the day and time it began, as far as the system tells. It asks the kernel who holds SQLite's
 * own lock, so nothing is left behind by a process that died. Call it as the last thing before the
 * database is closed: POSIX drops the locks of a file when any descriptor of it is closed. */
void irm_holder_tell(const char *path, struct irm_err *err);

#endif
