/* Observations: one review, one stage; when it began, was due, ended or was cut off. */
#ifndef IRM_REVIEW_OBSERVE_H
#define IRM_REVIEW_OBSERVE_H

#include "review/query.h"

struct irm_observation {
	uint32_t review;
	uint32_t milestone; /* that the stage leads to, in irm_dataset.milestones */
	int32_t began;      /* IRM_DAY_NONE: unknown */
	int32_t due;        /* began + time limit; IRM_DAY_NONE: no limit, or unknown */
	int32_t ended;      /* where it ended, or was cut off; IRM_DAY_NONE: unknown */
	int32_t days;       /* ended - began; IRM_DAY_NONE: the observation is unknown */
	int8_t event;       /* 1 ended, 0 open (right-censored), -1 unknown */
	int8_t late; /* 1 after its due day, 0 decided and on time, -1 undecided or no limit */
};

/* The observation of the stage that leads to a milestone, as at query->as_of, by the definitions of
 * irm-definitions(7). `dates` are the review's, as irm_calendar_dates() gives them. False where
 * there is none: the milestone ends no stage, the review has no such milestone, or neither what the
 * stage runs from nor any later milestone has happened. */
bool irm_observe(struct irm_observation *out, const struct irm_query *query,
                 const struct irm_date *dates, uint32_t review, uint32_t milestone);

/* Calls `each` for every observation of every review that the query keeps (its filters of reviews,
 * stages and parties), by review and position; stops at the first error that it returns. */
IRM_CHECK enum irm_code irm_observe_all(const struct irm_query *query,
                                        enum irm_code (*each)(void *context,
                                                              const struct irm_observation *seen,
                                                              struct irm_err *err),
                                        void *context, struct irm_err *err);

#endif
