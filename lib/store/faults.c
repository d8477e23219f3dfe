#include "store/faults.h"

void irm_faults_add(struct irm_faults *faults, const struct irm_err *err)
{
	if (faults->n < IRM_FAULTS_KEPT)
		faults->kept[faults->n] = *err;
	faults->n++;
}
