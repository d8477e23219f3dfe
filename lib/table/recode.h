/* Text of another encoding into UTF-8, piece by piece, through iconv. Private to lib/table. */
#ifndef IRM_TABLE_RECODE_H
#define IRM_TABLE_RECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define IRM_RECODE_GROWTH 4 /* a byte becomes at most so many */

struct irm_recode;

/* From `encoding`, a name that iconv knows (UTF-16, WINDOWS-1252), to UTF-8. The caller frees *out
 * with irm_recode_free(); untouched on error. IRM_USAGE: no such encoding; IRM_SYSTEM: no memory.
 */
IRM_CHECK enum irm_code irm_recode_open(struct irm_recode **out, const char *encoding,
                                        struct irm_err *err);
void irm_recode_free(struct irm_recode *recode);

/* Turns bytes[n] into UTF-8 at out[IRM_RECODE_GROWTH * n].
 *
 * used  how many of the bytes were turned: the beginning of a character at the end is left, and is
 *       to come again in front of the bytes that follow
 * last  no bytes follow: such a beginning is an error
 * made  bytes at `out`, those before an error included
 *
 * IRM_INPUT without a place: bytes that are none of the encoding; tells their offset in the whole.
 */
IRM_CHECK enum irm_code irm_recode_run(struct irm_recode *recode, const char *bytes, size_t n,
                                       bool last, size_t *used, char *out, size_t *made,
                                       struct irm_err *err);

#endif
