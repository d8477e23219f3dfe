/* A package: a folder of CSV files with datapackage.json (Frictionless Tabular Data Package). */
#ifndef IRM_STORE_PACKAGE_H
#define IRM_STORE_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/schema.h"

struct irm_package {
	char *folder;
	char *name;    /* the descriptor's, else the folder's own */
	int32_t as_of; /* the day up to which the records are complete; IRM_DAY_NONE: not said */
	char **files;  /* [irm_schemas_n] the file of each table, NULL where it has none */
};

/* Reads the descriptor, where there is one, and looks which tables the folder has. The caller frees
 * *out with irm_package_free(); untouched on error. IRM_INPUT: a folder without tables, a CSV file
 * named for none, a descriptor that is no JSON object or whose as_of is no day; IRM_SYSTEM: cannot
 * be read. */
IRM_CHECK enum irm_code irm_package_open(struct irm_package **out, const char *folder,
                                         struct irm_err *err);
void irm_package_free(struct irm_package *package);

/* Whether `path` is a folder. */
bool irm_package_is_folder(const char *path);

#endif
