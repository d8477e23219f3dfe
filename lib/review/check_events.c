/* Rules of the table events: dates of milestones against each other and against their frame. */
#include <stdio.h>

#include "review/check.h"

/* e: an event, r: its review, m: its milestone */
#define EVENT \
	"t_events AS e JOIN t_reviews AS r ON r.id = e.review " \
	"JOIN t_milestones AS m ON m.id = e.milestone "
#define KEY      "SELECT r.review, m.milestone, "
#define IN_ORDER " ORDER BY r.review, m.position"

/* Adds a code to a list, as far as there is room. */
static void append(char *list, size_t size, size_t *used, const char *code)
{
	if (*used < size)
		*used += (size_t)snprintf(list + *used, size - *used, "%s%s", *used ? ", " : "",
		                          code);
}

/* The milestones without a date before the last one with a date; the first milestone has a rule of
 * its own. */
static enum irm_code find_gaps(struct irm_check *check, struct irm_err *err)
{
	const struct irm_dataset *data = check->data;
	for (uint32_t i = 0; i < data->n_reviews; i++) {
		const struct irm_review *review = &data->reviews[i];
		const struct irm_mechanism *mechanism = &data->mechanisms[review->mechanism];
		const struct irm_date *dates = irm_dataset_dates(data, review);
		char missing[512] = "";
		size_t used = 0;
		uint32_t last = mechanism->n;
		while (last > 0 && irm_date_is_none(dates[last - 1]))
			last--;
		for (uint32_t k = 1; k < last; k++) {
			const struct irm_milestone *m = &data->milestones[mechanism->first + k];
			bool has = !m->is_dialogue || review->dialogue != IRM_NO_DIALOGUE;
			if (has && irm_date_is_none(dates[k]))
				append(missing, sizeof missing, &used, m->code);
		}
		if (used && irm_check_found_event(check, i, mechanism->first + last - 1, err,
		                                  "no date for what comes before it: %s", missing))
			return err->code;
	}
	return IRM_OK;
}

static enum irm_code find_first(struct irm_check *check, struct irm_err *err)
{
	const struct irm_dataset *data = check->data;
	for (uint32_t i = 0; i < data->n_reviews; i++) {
		const struct irm_review *review = &data->reviews[i];
		const struct irm_mechanism *mechanism = &data->mechanisms[review->mechanism];
		const struct irm_date *dates = irm_dataset_dates(data, review);
		uint32_t k = 0;
		while (k < mechanism->n && irm_date_is_none(dates[k]))
			k++;
		if (k > 0 && k < mechanism->n &&
		    irm_check_found_event(check, i, mechanism->first + k, err,
		                          "dated, and the review's beginning, '%s', is not",
		                          data->milestones[mechanism->first].code))
			return err->code;
	}
	return IRM_OK;
}

static const struct irm_check_rule rules[] = {
	{ .id = "milestones-out-of-order",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a milestone is dated before one that comes before it",
	  .advice = "Its stage would end before it begins: irm-delays counts it as unknown. "
	            "Compare both sources; where the true day is not known, write what is "
	            "(2019-10, [..2019-10-30]). Only dates that cannot be in order are reported.",
	  .queries = { { "events",
	                 KEY "printf('dated %s, and ''%s'', which comes before it, %s', e.date, "
	                     "b.milestone, o.date), max(o.date_first) FROM " EVENT
	                     "JOIN t_events AS o ON o.review = e.review JOIN t_milestones AS b ON "
	                     "b.id = o.milestone WHERE (b.position < m.position OR b.id = "
	                     "m.from_milestone) AND o.date_first > e.date_last GROUP BY e.review, "
	                     "e.milestone" IN_ORDER } } },
	{ .id = "date-in-the-future",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a record of what has happened is dated after the day of the records",
	  .advice =
	          "The day is --as-of, else the source's own. Either the year is mistyped, or the "
	          "package's as_of was not moved on with its rows. Planned measures may lie ahead.",
	  .queries = { { "events",
	                 KEY "printf('dated %s, after %s', e.date, day(:as_of)) FROM " EVENT
	                     "WHERE e.date_first > :as_of" IN_ORDER },
	               { "reviews", "SELECT review, printf('discontinued %s, after %s', "
	                            "day(discontinued), day(:as_of)) FROM t_reviews WHERE "
	                            "discontinued > :as_of ORDER BY review" },
	               { "documents",
	                 "SELECT r.review, d.kind, d.language, printf('published %s, after %s', "
	                 "d.published, day(:as_of)) FROM t_documents AS d JOIN t_reviews AS r ON "
	                 "r.id = d.review WHERE d.published_first > :as_of ORDER BY 1, 2, 3" },
	               { "participation",
	                 "SELECT r.review, p.step, p.sector, printf('dated %s, after %s', p.date, "
	                 "day(:as_of)) FROM t_participation AS p JOIN t_reviews AS r ON r.id = "
	                 "p.review WHERE p.date_first > :as_of ORDER BY 1, 2, 3" },
	               { "measures", "SELECT r.review, a.article, s.recommendation, printf('%s %s, "
	                             "after %s', ifnull(s.status, 'taken'), s.date, day(:as_of)) "
	                             "FROM t_measures AS s JOIN t_reviews AS r ON r.id = s.review "
	                             "JOIN t_articles AS a ON a.id = s.article WHERE s.date_first "
	                             "> :as_of AND s.status IS NOT 'planned' ORDER BY 1, 2, 3" },
	               { "contacts",
	                 "SELECT s.state, c.role, printf('consent of %s, after %s', "
	                 "day(c.consent_date), day(:as_of)) FROM t_contacts AS c JOIN t_states AS "
	                 "s ON s.id = c.state WHERE c.consent_date > :as_of ORDER BY 1, 2" } } },
	{ .id = "event-before-cycle",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a milestone is dated before its cycle began",
	  .advice = "Reviews may be prepared before their cycle is opened. Else the year is "
	            "mistyped, the review stands under the wrong cycle, or cycles.starts is too "
	            "late.",
	  .queries = { { "events", KEY "printf('dated %s, before the cycle ''%s'' began on %s', "
	                               "e.date, c.cycle, day(c.starts)) FROM " EVENT
	                               "JOIN t_cycles AS c ON c.id = r.cycle WHERE e.date_last < "
	                               "c.starts" IN_ORDER } } },
	{ .id = "event-after-observed-until",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a milestone is dated after the records of its review end",
	  .advice = "The review's observed_until, else its package's as_of, says how far its "
	            "records reach. A stage that begins on a known day after that end is "
	            "contradictory; a vague date is not reported.",
	  .queries = { { "events",
	                 KEY "printf('dated %s, and the review''s records end on %s', e.date, "
	                     "day(ifnull(r.observed_until, p.as_of))) FROM " EVENT
	                     "JOIN t_packages AS p ON p.id = r.package WHERE e.date_first > "
	                     "ifnull(r.observed_until, p.as_of) AND e.date_first = e.date_last AND "
	                     "e.date_first <= :as_of" IN_ORDER } } },
	{ .id = "event-after-discontinued",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a milestone is dated after its review was discontinued",
	  .advice = "What happened after the restart belongs to the review that replaces this one.",
	  .queries = { { "events", KEY "printf('dated %s, and the review was discontinued on %s', "
	                               "e.date, day(r.discontinued)) FROM " EVENT
	                               "WHERE e.date_first > r.discontinued" IN_ORDER } } },
	{ .id = "dialogue-that-was-none",
	  .severity = IRM_SEVERITY_ERROR,
	  .reason = "a dialogue is dated in a review whose dialogue is 'none'",
	  .advice = "The review has no such stage, so the date is in no figure. Either the date or "
	            "reviews.dialogue is wrong.",
	  .queries = { { "events", KEY
	                 "printf('dated %s, and reviews.dialogue is ''none''', e.date) FROM " EVENT
	                 "WHERE m.milestone = 'dialogue' AND r.dialogue = 'none' AND e.date IS NOT "
	                 "NULL" IN_ORDER } } },
	{ .id = "first-milestone-missing",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "milestones of a review are dated, and its first one is not",
	  .advice = "All stages that run from the first milestone are unknown in irm-delays.",
	  .table = "events",
	  .find = find_first },
	{ .id = "milestone-missing",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a later milestone is dated, and earlier ones are not",
	  .advice = "The later date proves that they were reached by then, no more: their stages, "
	            "and those that run from them, are unknown in irm-delays.",
	  .table = "events",
	  .find = find_gaps },
	{ .id = "vague-date-spans-later-milestone",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a vague date reaches beyond the date of a later milestone",
	  .advice = "It cannot have been later than that: the date can be written narrower.",
	  .queries = { { "events",
	                 KEY "printf('dated %s, and not later than ''%s'' of %s', e.date, "
	                     "b.milestone, o.date), min(o.date_last) FROM " EVENT
	                     "JOIN t_events AS o ON o.review = e.review JOIN t_milestones AS b ON "
	                     "b.id = o.milestone WHERE b.position > m.position AND e.date_first IS "
	                     "NOT e.date_last AND o.date_last < ifnull(e.date_last, 9e9) AND "
	                     "o.date_last >= ifnull(e.date_first, -9e9) GROUP BY e.review, "
	                     "e.milestone" IN_ORDER } } },
	{ .id = "event-without-date",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "an event has no date",
	  .advice = "It counts as if the row were not there. What is known of the day can be "
	            "written: [..2019-10-30] for 'by that day'.",
	  .queries = { { "events",
	                 KEY "'no date' FROM " EVENT "WHERE e.date IS NULL" IN_ORDER } } },
	{ .id = "event-without-source",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "an event has no source",
	  .advice =
	          "A figure can be traced to the document behind it only where the row names one.",
	  .queries = { { "events",
	                 KEY "printf('dated %s, by no source', e.date) FROM " EVENT
	                     "WHERE e.date IS NOT NULL AND e.source IS NULL" IN_ORDER } } },
};

const struct irm_check_group irm_check_events = { rules, sizeof rules / sizeof *rules };
