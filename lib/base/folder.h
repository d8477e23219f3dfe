/* A folder that appears whole or not at all: it is filled beside its place under a temporary name,
 * and renamed when it is complete. Test: tests/unit/test_folder.c */
#ifndef IRM_BASE_FOLDER_H
#define IRM_BASE_FOLDER_H

#include <stdio.h>

#include "base/err.h"

struct irm_folder;

/* Begins a folder at `path`, where there is none yet or an empty one. The caller frees *out with
 * irm_folder_free(); untouched on error. IRM_USAGE: something is there already; IRM_SYSTEM: cannot
 * be written, no memory. */
IRM_CHECK enum irm_code irm_folder_open(struct irm_folder **out, const char *path,
                                        struct irm_err *err);

/* Where its files lie until it is complete; valid as long as `folder`. */
const char *irm_folder_path(const struct irm_folder *folder);

/* Creates the file `name` (without '/') in it, or empties it. The caller closes *out with
 * irm_folder_close(). IRM_SYSTEM: cannot be written, no memory. */
IRM_CHECK enum irm_code irm_folder_create(FILE **out, struct irm_folder *folder, const char *name,
                                          struct irm_err *err);

/* Closes a file of the folder. IRM_SYSTEM where any write to it failed (disk full). */
IRM_CHECK enum irm_code irm_folder_close(FILE *file, struct irm_folder *folder,
                                         struct irm_err *err);

/* Puts the folder in its place. IRM_SYSTEM: that failed, and nothing has changed at its path. Call
 * it at most once, after all files are closed. */
IRM_CHECK enum irm_code irm_folder_commit(struct irm_folder *folder, struct irm_err *err);

/* Removes what was not committed, and nothing else: for the handler of a signal that ends the
 * program. */
void irm_folder_discard(const struct irm_folder *folder);

/* Frees, and removes what was not committed. NULL is fine. */
void irm_folder_free(struct irm_folder *folder);

#endif
