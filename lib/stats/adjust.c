#include "stats/adjust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

struct ranked {
	double p;
	size_t at;
};

static const char *const names[] = { "holm", "bh" };
#define N_NAMES (sizeof names / sizeof names[0])

enum irm_code irm_adjust_parse(enum irm_adjust *out, const char *name, struct irm_err *err)
{
	for (size_t i = 0; i < N_NAMES; i++) {
		if (strcmp(name, names[i]) == 0) {
			*out = (enum irm_adjust)i;
			return IRM_OK;
		}
	}
	irm_err_set(err, IRM_USAGE, "no adjustment is called '%.60s'", name);
	irm_err_hint_nearest(err, name, names, N_NAMES);
	return IRM_USAGE;
}

static int by_p(const void *a, const void *b)
{
	double x = ((const struct ranked *)a)->p, y = ((const struct ranked *)b)->p;
	return (x > y) - (x < y);
}

/* From the smallest on, none below the one before it. */
static void holm(double out[], const struct ranked *ranked, size_t n)
{
	double most = 0;
	for (size_t i = 0; i < n; i++) {
		most = fmax(most, fmin(ranked[i].p * (double)(n - i), 1));
		out[ranked[i].at] = most;
	}
}

/* From the greatest down, none above the one before it. */
static void benjamini_hochberg(double out[], const struct ranked *ranked, size_t n)
{
	double least = 1;
	for (size_t i = n; i-- > 0;) {
		least = fmin(least, (double)n / (double)(i + 1) * ranked[i].p);
		out[ranked[i].at] = least;
	}
}

enum irm_code irm_adjust_p(double out[], const double p[], size_t n, enum irm_adjust method,
                           struct irm_err *err)
{
	struct ranked *ranked = calloc(n + 1, sizeof *ranked);
	size_t tests = 0;
	if (!ranked)
		return irm_err_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (!isnan(p[i]))
			ranked[tests++] = (struct ranked){ p[i], i };
		out[i] = (double)NAN;
	}
	if (tests > 0)
		qsort(ranked, tests, sizeof *ranked, by_p);
	if (method == IRM_ADJUST_HOLM)
		holm(out, ranked, tests);
	else
		benjamini_hochberg(out, ranked, tests);
	free(ranked);
	return IRM_OK;
}
