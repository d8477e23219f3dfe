/* UTF-8 text from outside: whether it is any, and how it is shown on a terminal. */
#ifndef IRM_BASE_TEXT_H
#define IRM_BASE_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* How many of text[length]'s first bytes are well-formed UTF-8 without NUL; `length`: all.
 * Source: RFC 3629 (no overlong forms, no surrogates, nothing above U+10FFFF). */
size_t irm_utf8_valid(const char *text, size_t length);

/* Bytes of the character that begins at text[0] of `length` > 0; 1 where it is malformed. */
size_t irm_utf8_step(const char *text, size_t length);

/* Columns that text takes on a terminal as irm_text_show() writes it: 2 for East Asian wide, 0 for
 * combining marks. */
size_t irm_text_width(const char *text);

/* Writes text so that a terminal only shows it: control characters (C0, DEL, C1), bidirectional
 * overrides and malformed bytes become \xNN or \u{NNNN}. */
void irm_text_show(FILE *stream, const char *text);

#endif
