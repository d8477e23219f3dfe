#include "base/nearest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LONGEST 64

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Edit distance without regard to case; three rows are kept, for exchanged neighbours. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t rows[3][LONGEST + 1];
	for (size_t j = 0; j <= nb; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *now = rows[i % 3], *before = rows[(i - 1) % 3];
		const size_t *last = rows[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			char ca = lower(a[i - 1]), cb = lower(b[j - 1]);
			now[j] = least(least(before[j] + 1, now[j - 1] + 1),
			               before[j - 1] + (ca != cb));
			if (i > 1 && j > 1 && ca == lower(b[j - 2]) && lower(a[i - 2]) == cb)
				now[j] = least(now[j], last[j - 2] + 1);
		}
	}
	return rows[na % 3][nb];
}

const char *irm_nearest(const char *word, const char *const words[], size_t n)
{
	size_t length = strlen(word);
	const char *nearest = NULL;
	size_t best = length > LONGEST ? 0 : (length < 3 ? 1 : length / 3) + 1;
	for (size_t i = 0; i < n; i++) {
		size_t other = words[i] ? strlen(words[i]) : 0;
		if (!length || !other || other > LONGEST || length > LONGEST)
			continue;
		size_t far = distance(word, length, words[i], other);
		if (length >= 3 && strncasecmp(word, words[i], least(length, other)) == 0)
			far = least(far, 1);
		if (far < best && far < other) {
			best = far;
			nearest = words[i];
		}
	}
	return nearest;
}

void irm_err_hint_nearest(struct irm_err *err, const char *word, const char *const words[],
                          size_t n)
{
	const char *nearest = irm_nearest(word, words, n);
	if (nearest) {
		irm_err_hint(err, "did you mean '%s'?", nearest);
		return;
	}
	char list[sizeof err->hint] = "";
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		if (!words[i])
			continue;
		size_t length = strlen(words[i]);
		if (used + length + 24 > sizeof list) {
			snprintf(list + used, sizeof list - used, ", ...");
			break;
		}
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "",
		                         words[i]);
	}
	if (used)
		irm_err_hint(err, "one of: %s", list);
}
