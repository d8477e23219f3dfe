/* An output that appears whole or not at all.
 *
 * A regular file is written beside its place under a temporary name and renamed when it is
 * complete; a link to it stays one, its mode is kept. Standard output, pipes and devices are
 * written directly. */
#ifndef IRM_BASE_OUTPUT_H
#define IRM_BASE_OUTPUT_H

#include <stdio.h>

#include "base/err.h"

struct irm_output;

/* Opens `path` for writing; NULL or "-" is standard output. The caller frees *out with
 * irm_output_free(); it is untouched on error. IRM_USAGE: an empty name; IRM_SYSTEM:
 * cannot be written, no memory. */
IRM_CHECK enum irm_code irm_output_open(struct irm_output **out, const char *path,
                                        struct irm_err *err);

/* The stream to write to; it belongs to `out` and must not be closed. */
FILE *irm_output_stream(struct irm_output *out);

/* Writes what the stream still holds: for a process that only writes, where another one commits.
 * IRM_SYSTEM where any write failed. */
IRM_CHECK enum irm_code irm_output_flush(struct irm_output *out, struct irm_err *err);

/* Flushes and closes, and puts the file in its place. IRM_SYSTEM where any write failed (disk
 * full): then nothing has changed at `path`. Call it at most once, before irm_output_free(). */
IRM_CHECK enum irm_code irm_output_commit(struct irm_output *out, struct irm_err *err);

/* Removes what was not committed, and nothing else: for the handler of a signal that ends the
 * program. */
void irm_output_discard(const struct irm_output *out);

/* Frees, and removes what was not committed. NULL is fine. */
void irm_output_free(struct irm_output *out);

#endif
