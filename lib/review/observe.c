#include "review/observe.h"

#include <stdlib.h>

#include "review/calendar.h"

static bool exists(const struct irm_date *dates, uint32_t from, uint32_t n, int32_t as_of)
{
	for (uint32_t i = from; i < n; i++)
		if (irm_date_by(dates[i], as_of) == IRM_HAPPENED)
			return true;
	return false;
}

/* On time or late, of an observation that is known and has a limit. */
static int8_t judge(const struct irm_observation *seen, int32_t cut_off, bool stopped)
{
	bool decided =
	        seen->due != IRM_DAY_NONE && seen->due < cut_off && !(stopped && seen->event == 0);
	if (!decided)
		return -1;
	return seen->ended > seen->due ? 1 : 0;
}

bool irm_observe(struct irm_observation *out, const struct irm_query *query,
                 const struct irm_date *dates, uint32_t review, uint32_t milestone)
{
	const struct irm_dataset *data = query->data;
	const struct irm_review *r = &data->reviews[review];
	const struct irm_mechanism *mechanism = &data->mechanisms[r->mechanism];
	const struct irm_milestone *m = &data->milestones[milestone];
	if (m->from == IRM_NONE || !irm_calendar_has(data, review, milestone) ||
	    !exists(dates, m->from - mechanism->first, mechanism->n, query->as_of))
		return false;
	struct irm_date from = dates[m->from - mechanism->first];
	struct irm_date to = dates[milestone - mechanism->first];
	int32_t cut_off = irm_calendar_seen_until(data, review, query->as_of);
	bool stopped = r->discontinued != IRM_DAY_NONE && r->discontinued <= query->as_of;
	*out = (struct irm_observation){ review,       milestone,    IRM_DAY_NONE, IRM_DAY_NONE,
		                         IRM_DAY_NONE, IRM_DAY_NONE, -1,           -1 };
	if (irm_date_is_day(from)) {
		out->began = from.first;
		out->due = m->limit.count ? irm_day_add(from.first, m->limit) : IRM_DAY_NONE;
	}
	int8_t event = -1;
	if (irm_date_by(to, query->as_of) == IRM_NOT_YET) {
		out->ended = cut_off;
		event = 0;
	} else if (irm_date_is_day(to)) {
		out->ended = to.first;
		event = 1;
	}
	if (event < 0 || out->began == IRM_DAY_NONE || out->ended < out->began)
		return true;
	out->event = event;
	out->days = out->ended - out->began;
	out->late = judge(out, cut_off, stopped);
	return true;
}

static bool keeps_milestone(const struct irm_query *query, uint32_t milestone)
{
	const struct irm_milestone *m = &query->data->milestones[milestone];
	uint32_t party = m->party == IRM_NONE ? IRM_VALUE_UNKNOWN : m->party;
	return irm_query_keeps(query, IRM_BY_STAGE, m->stage) &&
	       irm_query_keeps(query, IRM_BY_MILESTONE, m->stage) &&
	       irm_query_keeps(query, IRM_BY_PARTY, party);
}

enum irm_code irm_observe_all(const struct irm_query *query,
                              enum irm_code (*each)(void *context,
                                                    const struct irm_observation *seen,
                                                    struct irm_err *err),
                              void *context, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	if (!dates)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	for (uint32_t review = 0; review < data->n_reviews && !code; review++) {
		if (!irm_query_keeps_review(query, review))
			continue;
		const struct irm_mechanism *mechanism =
		        &data->mechanisms[data->reviews[review].mechanism];
		irm_calendar_dates(data, review, query->middle, dates);
		for (uint32_t i = 0; i < mechanism->n && !code; i++) {
			struct irm_observation seen;
			if (keeps_milestone(query, mechanism->first + i) &&
			    irm_observe(&seen, query, dates, review, mechanism->first + i))
				code = each(context, &seen, err);
		}
	}
	free(dates);
	return code;
}
