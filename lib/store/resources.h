/* The resources of a descriptor against the files of its package. Private to lib/store. */
#ifndef IRM_STORE_RESOURCES_H
#define IRM_STORE_RESOURCES_H

#include <jansson.h>

#include "store/package.h"

/* Reads what datapackage.json says of each file: its encoding, its delimiter, its Table Schema.
 * IRM_INPUT at `path`, the descriptor's: a file that is not there, or a resource that is none. */
IRM_CHECK enum irm_code irm_resources_read(struct irm_package *package, const json_t *root,
                                           const char *path, struct irm_err *err);

#endif
