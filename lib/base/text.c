#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Decodes one character; its length in bytes, 0 where it is malformed. */
static size_t decode(const char *text, size_t length, uint32_t *point)
{
	const unsigned char *s = (const unsigned char *)text;
	if (s[0] < 0x80) {
		*point = s[0];
		return 1;
	}
	size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (s[0] < 0xC2 || s[0] > 0xF4 || n > length)
		return 0;
	uint32_t value = s[0] & (0xFFu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (s[i] & 0x3Fu);
	}
	if (value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*point = value;
	return n;
}

size_t irm_utf8_valid(const char *text, size_t length)
{
	size_t at = 0;
	while (at < length) {
		uint32_t point;
		size_t n = decode(text + at, length - at, &point);
		if (!n || point == 0)
			break;
		at += n;
	}
	return at;
}

size_t irm_utf8_step(const char *text, size_t length)
{
	uint32_t point;
	size_t n = decode(text, length, &point);
	return n ? n : 1;
}

static bool is_combining(uint32_t c)
{
	return (c >= 0x0300 && c <= 0x036F) || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
	       (c >= 0x200B && c <= 0x200F) || (c >= 0x20D0 && c <= 0x20FF) || c == 0xFEFF;
}

static bool is_wide(uint32_t c)
{
	return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
	       (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
	       (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
	       (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
	       (c >= 0x20000 && c <= 0x3FFFD);
}

/* What would steer a terminal, or turn the reading direction of what follows. */
static bool is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

size_t irm_text_width(const char *text)
{
	size_t width = 0;
	for (size_t left = strlen(text); left;) {
		uint32_t point = 0;
		size_t n = decode(text, left, &point);
		if (!n || (is_unsafe(point) && point < 0x80))
			width += strlen("\\xNN");
		else if (is_unsafe(point))
			width += strlen("\\u{NNNN}");
		else if (!is_combining(point))
			width += is_wide(point) ? 2 : 1;
		n = n ? n : 1;
		text += n;
		left -= n;
	}
	return width;
}

void irm_text_show(FILE *stream, const char *text)
{
	for (size_t left = strlen(text); left;) {
		uint32_t point = 0;
		size_t n = decode(text, left, &point);
		if (!n || (is_unsafe(point) && point < 0x80))
			fprintf(stream, "\\x%02X", (unsigned)(unsigned char)*text);
		else if (is_unsafe(point))
			fprintf(stream, "\\u{%04X}", (unsigned)point);
		else
			(void)fwrite(text, 1, n, stream);
		n = n ? n : 1;
		text += n;
		left -= n;
	}
}
