/* A tally of any bytes. */
#include "review/tally.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct irm_tally *tally = NULL;
	struct irm_err err;
	scratch_enter();
	scratch_put("tally.csv", data, size);
	if (!irm_tally_read(&tally, "tally.csv", &err))
		irm_tally_free(tally);
	return 0;
}
