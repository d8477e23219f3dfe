/* A file for targets whose parser takes a path, in a folder of TMPDIR. */
#ifndef IRM_FUZZ_SCRATCH_H
#define IRM_FUZZ_SCRATCH_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Makes a folder of this process's own the one it stands in; once. */
static inline void scratch_enter(void)
{
	static int entered;
	const char *given = getenv("TMPDIR");
	char folder[512];
	if (entered)
		return;
	snprintf(folder, sizeof folder, "%s/irm-fuzz-XXXXXX", given ? given : "/tmp");
	if (!mkdtemp(folder) || chdir(folder))
		abort();
	entered = 1;
}

/* The file `name` holds `data`, and nothing else. */
static inline void scratch_put(const char *name, const uint8_t *data, size_t size)
{
	int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (file < 0)
		abort();
	for (size_t done = 0; done < size;) {
		ssize_t n = write(file, data + done, size - done);
		if (n <= 0)
			abort();
		done += (size_t)n;
	}
	close(file);
}

#endif
