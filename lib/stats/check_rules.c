#include "stats/check_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "stats/check_delays.h"

#define RULES_MOST 128

static const struct irm_check_group *const groups[] = {
	&irm_check_calendar, &irm_check_reviews,   &irm_check_events,     &irm_check_delays,
	&irm_check_findings, &irm_check_documents, &irm_check_assistance, &irm_check_codes,
};
#define N_GROUPS (sizeof groups / sizeof *groups)

size_t irm_check_rules_n(void)
{
	size_t n = 0;
	for (size_t g = 0; g < N_GROUPS; g++)
		n += groups[g]->n;
	return n;
}

const struct irm_check_rule *irm_check_rule_at(size_t i)
{
	size_t g = 0;
	while (i >= groups[g]->n)
		i -= groups[g++]->n;
	return &groups[g]->rules[i];
}

enum irm_code irm_check_rule_find(size_t *out, const char *id, struct irm_err *err)
{
	const char *ids[RULES_MOST];
	size_t n = irm_check_rules_n();
	for (size_t i = 0; i < n && i < RULES_MOST; i++) {
		ids[i] = irm_check_rule_at(i)->id;
		if (strcmp(ids[i], id) != 0)
			continue;
		*out = i;
		return IRM_OK;
	}
	irm_err_set(err, IRM_USAGE, "there is no rule '%.60s'", id);
	const char *near = irm_nearest(id, ids, n);
	if (near)
		irm_err_hint(err, "did you mean '%s'?", near);
	else
		irm_err_hint(err, "irm-check --list shows them");
	return err->code;
}

static enum irm_code mark(bool marked[], const char *ids, struct irm_err *err)
{
	while (*ids) {
		char id[64];
		size_t at = 0, length = strcspn(ids, ",");
		snprintf(id, sizeof id, "%.*s", (int)(length < 63 ? length : 63), ids);
		if (irm_check_rule_find(&at, id, err))
			return err->code;
		marked[at] = true;
		ids += length + (ids[length] == ',');
	}
	return IRM_OK;
}

enum irm_code irm_check_choose(bool chosen[], const char *only, const char *ignore,
                               struct irm_err *err)
{
	bool ignored[RULES_MOST] = { false };
	size_t n = irm_check_rules_n(), left = 0;
	for (size_t i = 0; i < n; i++)
		chosen[i] = !only;
	if ((only && mark(chosen, only, err)) || (ignore && mark(ignored, ignore, err)))
		return err->code;
	for (size_t i = 0; i < n; i++) {
		chosen[i] = chosen[i] && !ignored[i];
		left += chosen[i];
	}
	return left ? IRM_OK : irm_err_set(err, IRM_USAGE, "no rule is left to run");
}
