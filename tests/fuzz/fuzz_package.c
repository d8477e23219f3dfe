/* A package whose datapackage.json is any bytes, beside two tables that are sound. */
#include <string.h>

#include "scratch.h"
#include "store/package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char reviews[] = "review,cycle,year,state\nA,C,2020,XAA\n";
	static const char events[] = "review,milestone,date,source\n";
	struct irm_package *package = NULL;
	struct irm_err err;
	scratch_enter();
	scratch_put("reviews.csv", (const uint8_t *)reviews, sizeof reviews - 1);
	scratch_put("events.csv", (const uint8_t *)events, sizeof events - 1);
	scratch_put("datapackage.json", data, size);
	if (!irm_package_open(&package, ".", &err))
		irm_package_free(package);
	return 0;
}
