/* Writes the datapackage.json of a package: what people and other programs read its tables by.
 * Source: Frictionless Data, Data Package and Table Schema, version 1. */
#ifndef IRM_STORE_DESCRIPTOR_H
#define IRM_STORE_DESCRIPTOR_H

#include <stdio.h>

#include "base/err.h"

/* The pattern of a date that may be vague (EDTF), as our Table Schemas have it. */
extern const char irm_edtf_pattern[];

/* Writes to `stream` the descriptor that `folder` has (name, title, as_of, sources ... as they
 * stand; none is fine) with its `resources` made anew: a Table Schema for each table that the
 * folder has a file of, with types, constraints, primary and foreign keys. IRM_INPUT, IRM_SYSTEM as
 * irm_package_open(). */
IRM_CHECK enum irm_code irm_descriptor_write(FILE *stream, const char *folder, struct irm_err *err);

#endif
