/* A package: a folder of CSV files with datapackage.json (Frictionless Tabular Data Package). */
#ifndef IRM_STORE_PACKAGE_H
#define IRM_STORE_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/rules.h"
#include "store/schema.h"

/* The file of a table. */
struct irm_resource {
	char *path;              /* NULL: the package has none; "-" is standard input */
	char *encoding;          /* as the descriptor says; NULL: UTF-8 */
	char delimiter;          /* as the descriptor says; 0: a comma */
	struct irm_rules *rules; /* of its Table Schema; NULL: none */
};

struct irm_package {
	char *folder;  /* NULL: single files */
	char *name;    /* the descriptor's, else the folder's own; NULL: single files */
	int32_t as_of; /* the day up to which the records are complete; IRM_DAY_NONE: not said */
	struct irm_resource *resources; /* [irm_schemas_n] */
};

/* Reads the descriptor, where there is one, and looks which tables the folder has. The caller frees
 * *out with irm_package_free(); untouched on error. IRM_INPUT: a folder without tables, a CSV file
 * named for none, a descriptor that is no JSON object, whose as_of is no day, or that contradicts
 * the files or the tables; IRM_SYSTEM: cannot be read. */
IRM_CHECK enum irm_code irm_package_open(struct irm_package **out, const char *folder,
                                         struct irm_err *err);

/* The same without what the descriptor says of the files, which may be wrong. */
IRM_CHECK enum irm_code irm_package_look(struct irm_package **out, const char *folder,
                                         struct irm_err *err);

/* The same of single CSV files, each named for its table; `table` names that of the one file where
 * it is not NULL, and then "-" is standard input. IRM_USAGE: a file named for no table, two of one
 * table, a spreadsheet. */
IRM_CHECK enum irm_code irm_package_of_files(struct irm_package **out, const char *const files[],
                                             size_t n, const char *table, struct irm_err *err);
void irm_package_free(struct irm_package *package);

/* Whether `path` is a folder. */
bool irm_package_is_folder(const char *path);

/* Hints at the command that turns a spreadsheet into CSV, where `path` is named like one; whether
 * it is. `table` names the CSV file in the command. */
bool irm_package_hint_spreadsheet(struct irm_err *err, const char *path, const char *table);

#endif
