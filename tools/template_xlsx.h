/* The template of irm-followup as a workbook. */
#ifndef IRM_TOOLS_TEMPLATE_XLSX_H
#define IRM_TOOLS_TEMPLATE_XLSX_H

#include <stdio.h>

#include "review/followup.h"

/* Writes a workbook (Office Open XML) onto `stream`, which a message calls `name`; a process of its
 * own makes it.
 *
 * The first sheet, measures, has the columns of that table and nothing else, so that what a
 * spreadsheet saves as CSV loads. A status is chosen from a list; another date than a day on or
 * after the release is asked about, for a vague one is text. What a recommendation says stands in
 * the comment of its cell, and in the second sheet, recommendations. Every text is a string, so one
 * that begins with = + - or @ is never run.
 *
 * The same list and day give the same bytes: the day, query->as_of, stands for the clock.
 * IRM_INPUT: a text is longer than a cell holds. IRM_SYSTEM: no memory, no temporary file, cannot
 * write.  Tests: tests/cli/irm-followup.bats */
IRM_CHECK enum irm_code template_xlsx_write(FILE *stream, const char *name,
                                            const struct irm_template *list,
                                            const struct irm_query *query, struct irm_err *err);

#endif
