#include "stats/check_delays.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "review/observe.h"

struct done {
	uint32_t review, milestone;
	int32_t days;
};

/* The finished observations, as many as there are. */
struct collecting {
	struct done *done;
	size_t n, size;
};

static enum irm_code collect(void *context, const struct irm_observation *seen, struct irm_err *err)
{
	struct collecting *in = context;
	if (seen->event != 1)
		return IRM_OK;
	if (in->n == in->size) {
		size_t size = in->size ? in->size * 2 : 256;
		struct done *grown = realloc(in->done, size * sizeof *grown);
		if (!grown)
			return irm_err_memory(err);
		in->done = grown;
		in->size = size;
	}
	in->done[in->n++] = (struct done){ seen->review, seen->milestone, seen->days };
	return IRM_OK;
}

static int by_milestone(const void *a, const void *b)
{
	const struct done *x = a, *y = b;
	if (x->milestone != y->milestone)
		return x->milestone < y->milestone ? -1 : 1;
	return (x->review > y->review) - (x->review < y->review);
}

bool irm_outlier_limits(const int32_t days[], size_t n, double work[], double *lo, double *hi,
                        double *median)
{
	if (n < IRM_OUTLIER_LEAST)
		return false;
	double *logs = work;
	for (size_t i = 0; i < n; i++)
		logs[i] = log1p((double)days[i]);
	double mad = gsl_stats_mad(logs, 1, n, work + n);
	double middle = gsl_stats_median(logs, 1, n);
	*lo = expm1(middle - IRM_OUTLIER_MADS * mad);
	*hi = expm1(middle + IRM_OUTLIER_MADS * mad);
	*median = expm1(middle);
	return mad > 0;
}

/* The outliers among done[n] of one stage. */
static enum irm_code judge(struct irm_check *check, const struct done *done, size_t n,
                           struct irm_err *err)
{
	double lo = 0, hi = 0, median = 0;
	enum irm_code code = IRM_OK;
	int32_t *days = malloc(n * sizeof *days);
	double *work = malloc(2 * n * sizeof *work);
	if (!days || !work) {
		free(days);
		free(work);
		return irm_err_memory(err);
	}
	for (size_t i = 0; i < n; i++)
		days[i] = done[i].days;
	bool judged = irm_outlier_limits(days, n, work, &lo, &hi, &median);
	for (size_t i = 0; judged && !code && i < n; i++)
		if (days[i] < lo || days[i] > hi)
			code = irm_check_found_event(
			        check, done[i].review, done[i].milestone, err,
			        "%d days; of %zu reviews the median is %.0f, and %.0f to %.0f is "
			        "plausible",
			        (int)days[i], n, median, fmax(0, ceil(lo)), floor(hi));
	free(days);
	free(work);
	return code;
}

static enum irm_code find_implausible(struct irm_check *check, struct irm_err *err)
{
	struct collecting all = { .n = 0 };
	enum irm_code code = irm_observe_all(&check->query, collect, &all, err);
	if (!code && all.n)
		qsort(all.done, all.n, sizeof *all.done, by_milestone);
	for (size_t i = 0, end; !code && i < all.n; i = end) {
		for (end = i; end < all.n && all.done[end].milestone == all.done[i].milestone;)
			end++;
		code = judge(check, all.done + i, end - i, err);
	}
	free(all.done);
	return code;
}

static const struct irm_check_rule rules[] = {
	{ .id = "implausible-delay",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a stage took far fewer or far more days than it mostly does",
	  .advice = "Of stages with 20 or more finished reviews: log(days + 1) beyond the median "
	            "plus "
	            "or minus 5 median absolute deviations (scaled by 1.4826). It may be true; a "
	            "mistyped year looks like this.",
	  .table = "events",
	  .find = find_implausible },
};

const struct irm_check_group irm_check_delays = { rules, sizeof rules / sizeof *rules };
