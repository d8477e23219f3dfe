/* The CSV reader on any bytes. The first byte chooses delimiter and encoding. */
#include <string.h>

#include "scratch.h"
#include "table/reader.h"

static void read_all(struct irm_reader *reader)
{
	const struct irm_record *record = NULL;
	struct irm_err err;
	while (!irm_reader_next(reader, &record, &err) && record)
		for (size_t i = 0; i < record->n; i++)
			if (strlen(record->fields[i]) > SIZE_MAX / 2 || record->line < 1)
				abort();
	irm_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char delimiters[] = { 0, ';', '\t', ' ' };
	static const char *const encodings[] = { NULL, "UTF-16", "WINDOWS-1252", "UTF-7" };
	struct irm_reader *reader = NULL;
	struct irm_err err;
	if (!size)
		return 0;
	struct irm_reader_options options = { .delimiter = delimiters[data[0] & 3],
		                              .encoding = encodings[data[0] >> 2 & 3],
		                              .has_options = data[0] & 16 };
	if (!irm_reader_open_text(&reader, "text", (const char *)data + 1, size - 1, &err))
		read_all(reader);
	scratch_enter();
	scratch_put("a.csv", data + 1, size - 1);
	if (!irm_reader_open_with(&reader, "a.csv", &options, &err))
		read_all(reader);
	return 0;
}
