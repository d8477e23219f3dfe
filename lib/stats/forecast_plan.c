#include "stats/forecast_plan.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "review/key.h"

/* Copies what stands before `sign` into word[size]; where the rest begins, or NULL. */
static const char *split(const char *text, const char *sign, char word[], size_t size)
{
	const char *at = strstr(text, sign);
	if (!at || (size_t)(at - text) >= size)
		return NULL;
	memcpy(word, text, (size_t)(at - text));
	word[at - text] = '\0';
	return at + strlen(sign);
}

enum irm_code irm_forecast_shock_parse(struct irm_forecast_shock *out, const char *text,
                                       struct irm_err *err)
{
	char from[16], to[16];
	struct irm_err ignored;
	const char *rest = split(text, "..", from, sizeof from);
	const char *factor = rest ? split(rest, "=", to, sizeof to) : NULL;
	if (!factor || irm_day_parse(&out->from, from, &ignored) ||
	    irm_day_parse(&out->to, to, &ignored) || out->to < out->from ||
	    irm_number_parse(&out->factor, factor, &ignored) || out->factor < 0)
		return irm_err_set(err, IRM_USAGE,
		                   "--shock: expected FROM..TO=FACTOR such as "
		                   "2020-03-15..2021-12-31=0.5, found '%.60s'",
		                   text);
	return IRM_OK;
}

static bool has_limit(const struct irm_dataset *data, uint32_t stage)
{
	for (size_t i = 0; i < data->n_milestones; i++)
		if (data->milestones[i].stage == stage && data->milestones[i].limit.count)
			return true;
	return false;
}

enum irm_code irm_forecast_what_if_parse(struct irm_forecast_what_if *out,
                                         const struct irm_dataset *data, const char *text,
                                         struct irm_err *err)
{
	char stage[128];
	struct irm_err ignored;
	const char *how = split(text, "=", stage, sizeof stage);
	*out = (struct irm_forecast_what_if){ .limit = how && strcmp(how, "limit") == 0 };
	if (!how || !*stage ||
	    (!out->limit && (irm_number_parse(&out->factor, how, &ignored) || !(out->factor > 0))))
		return irm_err_set(err, IRM_USAGE,
		                   "--what-if: expected MILESTONE=limit or MILESTONE=FACTOR such "
		                   "as desk_review=0.8, found '%.60s'",
		                   text);
	if (irm_key_value(&out->stage, data, IRM_BY_MILESTONE, stage, err))
		return err->code;
	if (out->limit && !has_limit(data, out->stage))
		return irm_err_set(err, IRM_USAGE, "--what-if: '%.60s' has no time limit", stage);
	return IRM_OK;
}
