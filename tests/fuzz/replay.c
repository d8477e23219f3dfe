/* Gives files to a target without the fuzzer: for coverage and valgrind. */
#include "scratch.h"

static void replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END))
		abort();
	long size = ftell(file);
	uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
	rewind(file);
	if (!data || size < 0 || fread(data, 1, (size_t)size, file) != (size_t)size)
		abort();
	fclose(file);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
}

/* The names must be absolute: a target may stand elsewhere. */
int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	return 0;
}
