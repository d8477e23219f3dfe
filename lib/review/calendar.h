/* The mechanism's calendar on a day: which milestones of a review have happened by then. */
#ifndef IRM_REVIEW_CALENDAR_H
#define IRM_REVIEW_CALENDAR_H

#include "review/dataset.h"

enum irm_happened { IRM_NOT_YET, IRM_IN_BETWEEN, IRM_HAPPENED };

/* Whether a date has come by a day: it has when its last possible day is not after it, has not when
 * its first possible day is after it, and is in between (unknown) otherwise. No date has not. */
enum irm_happened irm_date_by(struct irm_date date, int32_t day);

/* A date as a calculation takes it: with `middle`, a vague one that has both ends is its middle
 * day. */
struct irm_date irm_date_counted(struct irm_date date, bool middle);

/* A review's dates for a calculation, into dates[n milestones of its mechanism]:
 *  - with `middle`, a vague date that has both ends is its middle day;
 *  - a missing date of a milestone that has a later one with a date (by position) is vague: on or
 *    before the earliest of the last possible days of those later ones, whatever the day.
 * A milestone that the review does not have (dialogue, where it has none) stays without a date. */
void irm_calendar_dates(const struct irm_dataset *data, uint32_t review, bool middle,
                        struct irm_date *dates);

/* Whether the review has the milestone (index in irm_dataset.milestones): all but a dialogue where
 * the record says that there is none. */
bool irm_calendar_has(const struct irm_dataset *data, uint32_t review, uint32_t milestone);

/* Whether a milestone is reached by `day`, of dates as irm_calendar_dates() gives them; `at` is its
 * place among its mechanism's milestones. A later milestone that has happened proves it reached;
 * one without a date is unknown where the review's records do not reach `day`. */
enum irm_happened irm_calendar_reached(const struct irm_dataset *data, uint32_t review,
                                       const struct irm_date *dates, uint32_t at, int32_t day);

/* Whether a review's findings are released by `day`: the first of its mechanism's milestones that
 * releases them is reached. *on is when that was, a vague date where it is not a known day; a later
 * milestone narrows it. `dates` as irm_calendar_dates() gives them. */
bool irm_calendar_released(struct irm_date *on, const struct irm_dataset *data, uint32_t review,
                           const struct irm_date *dates, int32_t day);

/* Whether a review counts among its cycle's reviews on `day`: it is not discontinued by then, and a
 * review that replaces another counts from the day that one was discontinued. */
bool irm_calendar_counts(const struct irm_dataset *data, uint32_t review, int32_t day);

/* How far a review is seen on `day`: the earliest of that day, of the day up to which its records
 * reach, and of the day it was discontinued. */
int32_t irm_calendar_seen_until(const struct irm_dataset *data, uint32_t review, int32_t day);

/* The most milestones that any mechanism has: the room that irm_calendar_dates() needs. */
size_t irm_calendar_room(const struct irm_dataset *data);

#endif
