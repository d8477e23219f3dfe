/* Numbers from and to text, the same in every locale. */
#ifndef IRM_BASE_NUMBER_H
#define IRM_BASE_NUMBER_H

#include <stdint.h>

#include "base/err.h"

#define IRM_NUMBER_SIZE 32

/* A finite decimal number: digits with an optional sign, '.' and exponent; no spaces, no
 * hexadecimal, no "inf". IRM_INPUT without a place; '1,5' and '1 000' get a hint. */
IRM_CHECK enum irm_code irm_number_parse(double *out, const char *text, struct irm_err *err);

/* A whole number that int64_t holds; "12.0" is none. */
IRM_CHECK enum irm_code irm_integer_parse(int64_t *out, const char *text, struct irm_err *err);

/* Up to 10 significant digits, '.', no trailing zeros, no "-0"; "" for NAN. */
void irm_number_format(char out[IRM_NUMBER_SIZE], double number);

#endif
