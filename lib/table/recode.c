#include "table/recode.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct irm_recode {
	iconv_t cd;
	unsigned long long done; /* bytes turned so far */
	char encoding[64];
};

enum irm_code irm_recode_open(struct irm_recode **out, const char *encoding, struct irm_err *err)
{
	struct irm_recode *r = calloc(1, sizeof *r);
	if (!r)
		return irm_err_memory(err);
	snprintf(r->encoding, sizeof r->encoding, "%s", encoding);
	/* iconv would take "" for the locale's, and "//" for an option of its own. */
	bool is_name = *encoding && !strchr(encoding, '/') && strlen(encoding) < sizeof r->encoding;
	const iconv_t none = (iconv_t)-1; /* NOLINT(performance-no-int-to-ptr): POSIX has it so */
	r->cd = is_name ? iconv_open("UTF-8", encoding) : none;
	if (r->cd != none) {
		*out = r;
		return IRM_OK;
	}
	free(r);
	if (is_name && errno == ENOMEM)
		return irm_err_memory(err);
	irm_err_set(err, IRM_USAGE, "there is no encoding '%.60s'", encoding);
	irm_err_hint(err, "such as UTF-8, UTF-16, WINDOWS-1252, WINDOWS-1256; iconv -l lists them");
	return err->code;
}

void irm_recode_free(struct irm_recode *r)
{
	if (!r)
		return;
	iconv_close(r->cd);
	free(r);
}

enum irm_code irm_recode_run(struct irm_recode *r, const char *bytes, size_t n, bool last,
                             size_t *used, char *out, size_t *made, struct irm_err *err)
{
	union {
		const char *given;
		char *taken; /* iconv does not write there, and says so in no prototype */
	} from = { bytes };
	char *to = out;
	size_t left = n, room = n * IRM_RECODE_GROWTH;
	size_t result = iconv(r->cd, &from.taken, &left, &to, &room);
	int why = errno;
	*used = n - left;
	*made = (size_t)(to - out);
	r->done += *used;
	if (result != (size_t)-1 || (why == EINVAL && !last))
		return IRM_OK;
	if (why != EILSEQ && why != EINVAL)
		return irm_err_set(err, IRM_SYSTEM, "cannot convert from %s: %s", r->encoding,
		                   strerror(why));
	return irm_err_set(err, IRM_INPUT, "expected %s, found the byte 0x%02X at byte %llu",
	                   r->encoding, (unsigned)(unsigned char)bytes[*used], r->done + 1);
}
