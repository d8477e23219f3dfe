/* The faults of a file: all are counted, the first are kept in full. */
#ifndef IRM_STORE_FAULTS_H
#define IRM_STORE_FAULTS_H

#include <stddef.h>

#include "base/err.h"

#define IRM_FAULTS_KEPT 20

struct irm_faults {
	struct irm_err kept[IRM_FAULTS_KEPT]; /* the first of them, in order */
	size_t n;                             /* how many there are */
};

/* Adds a copy of `err`. */
void irm_faults_add(struct irm_faults *faults, const struct irm_err *err);

#endif
