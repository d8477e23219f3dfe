/* What smoothing rates is worth, by simulation with known truth: smooth [TABLES]
 * A table is five regions with n reviews each. Their true rates are from a beta distribution of a
 * mean and a standard deviation; who names a need is binomial. */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "stats/proportion.h"
#include "stats/smooth.h"

#define REGIONS 5
#define LEVEL   0.95

struct sums {
	double raw, smoothed, raw_width, width; /* squared errors, lengths of limits */
	size_t raw_held, held, n;
};

static double square(double x)
{
	return x * x;
}

static void simulate(struct sums *sums, int64_t n, double mean, double sd, gsl_rng *rng)
{
	double precision = mean * (1 - mean) / square(sd) - 1, truth[REGIONS];
	int64_t x[REGIONS], of[REGIONS];
	struct irm_smoothed out[REGIONS];
	struct irm_err err;
	for (size_t i = 0; i < REGIONS; i++) {
		truth[i] =
		        sd > 0 ? gsl_ran_beta(rng, mean * precision, (1 - mean) * precision) : mean;
		x[i] = gsl_ran_binomial(rng, truth[i], (unsigned)n);
		of[i] = n;
	}
	if (irm_smooth(out, x, of, REGIONS, LEVEL, &err)) {
		fprintf(stderr, "smooth: %s\n", err.message);
		exit(1);
	}
	for (size_t i = 0; i < REGIONS; i++) {
		struct irm_interval raw = irm_proportion_limits(IRM_CI_WILSON, x[i], n, LEVEL);
		sums->raw += square((double)x[i] / (double)n - truth[i]);
		sums->smoothed += square(out[i].rate - truth[i]);
		sums->raw_held += raw.lo <= truth[i] && truth[i] <= raw.hi;
		sums->held += out[i].lo <= truth[i] && truth[i] <= out[i].hi;
		sums->raw_width += raw.hi - raw.lo;
		sums->width += out[i].hi - out[i].lo;
		sums->n++;
	}
}

static void write_row(const char *mean, const char *sd, int64_t n, size_t tables,
                      const struct sums *s)
{
	double rows = (double)s->n;
	printf("%lld,%s,%s,%zu,%.5f,%.5f,%.3f,%.3f,%.3f,%.3f,%.3f\n", (long long)n, mean, sd,
	       tables, s->raw / rows, s->smoothed / rows, 1 - s->smoothed / s->raw,
	       (double)s->raw_held / rows, (double)s->held / rows, s->raw_width / rows,
	       s->width / rows);
}

static void add(struct sums *all, const struct sums *one)
{
	all->raw += one->raw;
	all->smoothed += one->smoothed;
	all->raw_held += one->raw_held;
	all->held += one->held;
	all->raw_width += one->raw_width;
	all->width += one->width;
	all->n += one->n;
}

int main(int argc, char **argv)
{
	static const int64_t sizes[] = { 5, 10, 20, 40 };
	static const double means[] = { 0.1, 0.3, 0.5 }, sds[] = { 0, 0.05, 0.1, 0.15, 0.2 };
	long tables = argc > 1 ? strtol(argv[1], NULL, 10) : 200;
	if (argc > 2 || tables < 1) {
		fprintf(stderr, "usage: smooth [TABLES]\n");
		return 2;
	}
	gsl_set_error_handler_off();
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!rng)
		return 4;
	gsl_rng_set(rng, 1);
	printf("reviews,mean,sd,tables,mse_raw,mse_smoothed,mse_saved,raw_held,held,raw_width,"
	       "width\n");
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		struct sums all = { 0 };
		for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
			for (size_t d = 0; d < sizeof sds / sizeof *sds; d++) {
				char mean[16], sd[16];
				struct sums one = { 0 };
				for (long i = 0; i < tables; i++)
					simulate(&one, sizes[s], means[m], sds[d], rng);
				snprintf(mean, sizeof mean, "%g", means[m]);
				snprintf(sd, sizeof sd, "%g", sds[d]);
				write_row(mean, sd, sizes[s], (size_t)tables, &one);
				add(&all, &one);
			}
		}
		write_row("all", "all", sizes[s], 15 * (size_t)tables, &all);
	}
	gsl_rng_free(rng);
	return 0;
}
