#include "review/calendar.h"

enum irm_happened irm_date_by(struct irm_date date, int32_t day)
{
	if (irm_date_is_none(date) || date.first > day)
		return IRM_NOT_YET;
	return date.last <= day ? IRM_HAPPENED : IRM_IN_BETWEEN;
}

bool irm_calendar_has(const struct irm_dataset *data, uint32_t review, uint32_t milestone)
{
	return !(data->milestones[milestone].is_dialogue &&
	         data->reviews[review].dialogue == IRM_NO_DIALOGUE);
}

struct irm_date irm_date_counted(struct irm_date date, bool middle)
{
	int32_t day = middle ? irm_date_middle(date) : IRM_DAY_NONE;
	return day == IRM_DAY_NONE ? date : irm_date_of_day(day);
}

/* The earlier of a day and another that may be none. */
static int32_t earlier(int32_t a, int32_t b)
{
	return b != IRM_DAY_NONE && b < a ? b : a;
}

void irm_calendar_dates(const struct irm_dataset *data, uint32_t review, bool middle,
                        struct irm_date *dates)
{
	const struct irm_review *r = &data->reviews[review];
	const struct irm_mechanism *mechanism = &data->mechanisms[r->mechanism];
	const struct irm_date *recorded = irm_dataset_dates(data, r);
	int32_t earliest = IRM_DAY_NONE; /* of the last days of the later milestones with a date */
	for (uint32_t i = mechanism->n; i-- > 0;) {
		dates[i] = irm_date_counted(recorded[i], middle);
		bool has = irm_calendar_has(data, review, mechanism->first + i);
		if (!irm_date_is_none(dates[i]))
			earliest = earlier(dates[i].last, earliest);
		else if (has && earliest != IRM_DAY_NONE)
			dates[i] = (struct irm_date){ IRM_DAY_PAST, earliest };
	}
}

enum irm_happened irm_calendar_reached(const struct irm_dataset *data, uint32_t review,
                                       const struct irm_date *dates, uint32_t at, int32_t day)
{
	const struct irm_review *r = &data->reviews[review];
	uint32_t n = data->mechanisms[r->mechanism].n;
	for (uint32_t i = at; i < n; i++)
		if (irm_date_by(dates[i], day) == IRM_HAPPENED)
			return IRM_HAPPENED;
	bool records_end = r->observed_until != IRM_DAY_NONE && r->observed_until < day;
	if (irm_date_is_none(dates[at]) && records_end)
		return IRM_IN_BETWEEN;
	return irm_date_by(dates[at], day);
}

/* When a milestone was reached, which those after it show to have been no later than they. */
static struct irm_date narrowed(const struct irm_date *dates, uint32_t at, uint32_t n)
{
	struct irm_date date = dates[at];
	if (irm_date_is_none(date))
		date = (struct irm_date){ IRM_DAY_PAST, IRM_DAY_FUTURE };
	for (uint32_t i = at + 1; i < n; i++)
		if (!irm_date_is_none(dates[i]) && dates[i].last < date.last &&
		    dates[i].last >= date.first)
			date.last = dates[i].last;
	return date;
}

bool irm_calendar_released(struct irm_date *on, const struct irm_dataset *data, uint32_t review,
                           const struct irm_date *dates, int32_t day)
{
	const struct irm_mechanism *mechanism = &data->mechanisms[data->reviews[review].mechanism];
	for (uint32_t i = 0; i < mechanism->n; i++) {
		if (!data->milestones[mechanism->first + i].releases_findings ||
		    irm_calendar_reached(data, review, dates, i, day) != IRM_HAPPENED)
			continue;
		*on = narrowed(dates, i, mechanism->n);
		return true;
	}
	return false;
}

bool irm_calendar_counts(const struct irm_dataset *data, uint32_t review, int32_t day)
{
	const struct irm_review *r = &data->reviews[review];
	if (r->discontinued != IRM_DAY_NONE && r->discontinued <= day)
		return false;
	if (r->replaces == IRM_NONE)
		return true;
	int32_t since = data->reviews[r->replaces].discontinued;
	return since != IRM_DAY_NONE && since <= day;
}

int32_t irm_calendar_seen_until(const struct irm_dataset *data, uint32_t review, int32_t day)
{
	const struct irm_review *r = &data->reviews[review];
	return earlier(earlier(day, r->observed_until), r->discontinued);
}

size_t irm_calendar_room(const struct irm_dataset *data)
{
	size_t most = 1;
	for (size_t i = 0; i < data->n_mechanisms; i++)
		if (data->mechanisms[i].n > most)
			most = data->mechanisms[i].n;
	return most;
}
