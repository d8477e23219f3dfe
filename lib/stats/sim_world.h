/* What happened in a fictional mechanism, and what was recorded of it: drawn whole, then written
 * table by table. For lib/stats/sim*.c only. */
#ifndef IRM_STATS_SIM_WORLD_H
#define IRM_STATS_SIM_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/sim.h"
#include "stats/sim_model.h"
#include "table/writer.h"

#define IRM_SIM_NOBODY    (-1)
#define IRM_SIM_CODE_SIZE 48

enum irm_sim_dialogue {
	IRM_SIM_UNKNOWN,
	IRM_SIM_NONE,
	IRM_SIM_VISIT,
	IRM_SIM_ONLINE,
	IRM_SIM_JOINT
};

/* How a day was recorded. */
enum irm_sim_fault {
	IRM_SIM_EXACT,
	IRM_SIM_MISSING, /* a row without a date, or no row */
	IRM_SIM_MONTH,   /* month only */
	IRM_SIM_YEAR,    /* year only */
	IRM_SIM_BEFORE,  /* on or before the day it was entered */
	IRM_SIM_SLIP,    /* a year early: contradicts the other dates */
};

struct irm_sim_state {
	uint8_t region; /* IRM_SIM_REGIONS: none */
	uint8_t pace;
	int32_t party_since;
};

struct irm_sim_review {
	int32_t mechanism, cycle; /* from 0; cycle within the mechanism */
	int32_t state, reviewers[2], year;
	int32_t replaces; /* index of the review it replaces, or IRM_SIM_NOBODY */
	int32_t discontinued, observed_until; /* IRM_DAY_NONE: not */
	int32_t days[IRM_SIM_MILESTONES]; /* also those after as_of; IRM_DAY_NONE: no dialogue */
	int32_t entered[IRM_SIM_MILESTONES];
	uint8_t faults[IRM_SIM_MILESTONES]; /* of enum irm_sim_fault */
	uint8_t dialogue;                   /* of enum irm_sim_dialogue */
};

struct irm_sim_need {
	int32_t review;
	uint8_t article, paragraph, type; /* paragraph 0: all */
};

struct irm_sim_finding {
	int32_t review;
	uint8_t article, kind, position; /* kind: index into irm_sim_kinds */
};
extern const char *const irm_sim_kinds[3];
#define IRM_SIM_RECOMMENDATION 2

struct irm_sim_world {
	struct irm_sim_plan plan;
	int32_t as_of;
	int32_t mechanisms, cycles; /* cycles: of each mechanism */
	size_t n_states, n_reviews, n_needs, n_findings;
	struct irm_sim_state *states;
	struct irm_sim_review *reviews;
	struct irm_sim_need *needs;
	struct irm_sim_finding *findings;
};

/* Draws everything. The caller frees *out with irm_sim_world_free(); untouched on error. */
IRM_CHECK enum irm_code irm_sim_world_new(struct irm_sim_world **out,
                                          const struct irm_sim_plan *plan, struct irm_err *err);
void irm_sim_world_free(struct irm_sim_world *world);

/* The number of States and of cycles a mechanism that a plan comes to. IRM_USAGE: out of range. */
IRM_CHECK enum irm_code irm_sim_sizes(size_t *states, int32_t *cycles,
                                      const struct irm_sim_plan *plan, struct irm_err *err);

/* The region of State `i` of `n`: in proportion, the last State has none. The same for every seed.
 * Into regions[n]. */
void irm_sim_place(uint8_t regions[], size_t n);

/* Adds the needs and the findings of all reviews whose findings are released. */
IRM_CHECK enum irm_code irm_sim_draw_findings(struct irm_sim_world *world, struct irm_err *err);

/* The last day that the records of a review reach. */
int32_t irm_sim_last(const struct irm_sim_world *world, const struct irm_sim_review *review);

/* Whether a milestone was passed and entered by then. */
bool irm_sim_has(const struct irm_sim_world *world, const struct irm_sim_review *review,
                 int milestone);

/* Makes room for one more item of `size` bytes; the array, moved, or NULL where there is no memory:
 * then the old one stays. It doubles at each power of two. */
void *irm_sim_room(void *array, size_t n, size_t size);

/* Codes: XAA ..., FICTION, FIC-1, FIC-1-XAA (-R: started again). */
void irm_sim_state_code(char out[IRM_SIM_CODE_SIZE], int64_t state);
void irm_sim_mechanism_code(char out[IRM_SIM_CODE_SIZE], int32_t mechanism);
void irm_sim_cycle_code(char out[IRM_SIM_CODE_SIZE], int32_t mechanism, int32_t cycle);
void irm_sim_review_code(char out[IRM_SIM_CODE_SIZE], const struct irm_sim_review *review);

/* A table and what writes its rows; `rng` is the table's own stream. */
struct irm_sim_table {
	const char *name; /* NULL ends a list */
	void (*write)(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng);
};
extern const struct irm_sim_table irm_sim_calendar_tables[]; /* sim_calendar.c */
extern const struct irm_sim_table irm_sim_review_tables[];   /* sim_reviews.c */
extern const struct irm_sim_table irm_sim_finding_tables[];  /* sim_findings.c */

/* Writes the table of names in other languages; sim_labels.c. */
void irm_sim_write_labels(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng);

/* Writes a cell: text as printf makes it; a date, some of them vague when there are faults. */
void irm_sim_put(struct irm_writer *out, const char *fmt, ...) IRM_PRINTF(2, 3);
void irm_sim_put_date(struct irm_writer *out, struct irm_date date);
void irm_sim_put_vague(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng,
                       int32_t day);

/* The month or the year of a day, as a date. */
struct irm_date irm_sim_month(int32_t day);
struct irm_date irm_sim_year(int32_t day);

#endif
