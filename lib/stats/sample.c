#include "stats/sample.h"

static enum irm_code check_row(const struct irm_sample *sample, size_t i, struct irm_err *err)
{
	if (sample->days[i] < 0)
		return irm_err_set(err, IRM_INPUT, "expected days from 0, found %ld",
		                   (long)sample->days[i]);
	if (sample->event[i] > 1)
		return irm_err_set(err, IRM_INPUT, "expected event 0 or 1, found %d",
		                   sample->event[i]);
	if (irm_sample_count(sample, i) < 1)
		return irm_err_set(err, IRM_INPUT, "expected a count from 1, found %lld",
		                   (long long)irm_sample_count(sample, i));
	if (irm_sample_entry(sample, i) >= sample->days[i])
		return irm_err_set(err, IRM_INPUT, "expected entry before days, %ld, found %ld",
		                   (long)sample->days[i], (long)irm_sample_entry(sample, i));
	return IRM_OK;
}

enum irm_code irm_sample_check(const struct irm_sample *sample, int64_t *total, struct irm_err *err)
{
	*total = 0;
	for (size_t i = 0; i < sample->n; i++) {
		if (check_row(sample, i, err))
			return err->code;
		if (__builtin_add_overflow(*total, irm_sample_count(sample, i), total))
			return irm_err_set(err, IRM_INPUT, "the counts add up to more than %lld",
			                   (long long)INT64_MAX);
	}
	return IRM_OK;
}
