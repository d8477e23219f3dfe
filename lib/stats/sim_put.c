/* Codes and cells of the fictional tables. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stats/sim_world.h"

/* Two letters name 676 States, then come three (17576), and so on. */
void irm_sim_state_code(char out[IRM_SIM_CODE_SIZE], int64_t state)
{
	int letters = 2;
	int64_t size = INT64_C(26) * 26;
	for (; state >= size; size *= 26, letters++)
		state -= size;
	out[0] = 'X';
	out[letters + 1] = '\0';
	for (int i = letters; i > 0; i--, state /= 26)
		out[i] = (char)('A' + state % 26);
}

void irm_sim_mechanism_code(char out[IRM_SIM_CODE_SIZE], int32_t mechanism)
{
	if (mechanism)
		snprintf(out, IRM_SIM_CODE_SIZE, "FICTION%d", mechanism + 1);
	else
		snprintf(out, IRM_SIM_CODE_SIZE, "FICTION");
}

void irm_sim_cycle_code(char out[IRM_SIM_CODE_SIZE], int32_t mechanism, int32_t cycle)
{
	if (mechanism)
		snprintf(out, IRM_SIM_CODE_SIZE, "FIC%d-%d", mechanism + 1, cycle + 1);
	else
		snprintf(out, IRM_SIM_CODE_SIZE, "FIC-%d", cycle + 1);
}

void irm_sim_review_code(char out[IRM_SIM_CODE_SIZE], const struct irm_sim_review *review)
{
	char state[IRM_SIM_CODE_SIZE];
	irm_sim_cycle_code(out, review->mechanism, review->cycle);
	irm_sim_state_code(state, review->state);
	size_t length = strlen(out);
	snprintf(out + length, IRM_SIM_CODE_SIZE - length, "-%s%s", state,
	         review->replaces == IRM_SIM_NOBODY ? "" : "-R");
}

void irm_sim_put(struct irm_writer *out, const char *fmt, ...)
{
	char text[256];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	irm_writer_text(out, text);
}

void irm_sim_put_date(struct irm_writer *out, struct irm_date date)
{
	char text[IRM_DATE_SIZE];
	irm_date_format(text, date);
	irm_writer_text(out, text);
}

struct irm_date irm_sim_month(int32_t day)
{
	int year, month, mday;
	irm_day_to_civil(day, &year, &month, &mday);
	int32_t first = irm_day_from_civil(year, month, 1);
	return (struct irm_date){ first,
		                  irm_day_add(first, (struct irm_span){ 1, IRM_UNIT_MONTH }) - 1 };
}

struct irm_date irm_sim_year(int32_t day)
{
	int year, month, mday;
	irm_day_to_civil(day, &year, &month, &mday);
	return (struct irm_date){ irm_day_from_civil(year, 1, 1),
		                  irm_day_from_civil(year, 12, 31) };
}

void irm_sim_put_vague(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng,
                       int32_t day)
{
	int32_t share = irm_sim_pick(rng, 1000);
	struct irm_date date = irm_date_of_day(day);
	if (world->plan.no_faults)
		share = 999;
	if (share < 120)
		date = irm_sim_month(day);
	else if (share < 150)
		date = irm_sim_year(day);
	else if (share < 200)
		date.first = IRM_DAY_PAST;
	irm_sim_put_date(out, date);
}
