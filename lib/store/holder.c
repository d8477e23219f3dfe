#include "store/holder.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Where SQLite locks. Source: https://www.sqlite.org/walformat.html (WAL_WRITE_LOCK, of the file
 * NAME-shm) and https://www.sqlite.org/fileformat.html (the lock-byte page, RESERVED). */
#define WAL_WRITE_BYTE 120
#define RESERVED_BYTE  0x40000001

/* The process that holds a lock on that byte of the file; 0: none, or none that can be told. */
static pid_t holder_of(const char *path, off_t byte)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1
	};
	int fd = open(path, O_RDWR);
	if (fd < 0)
		return 0;
	bool is_told = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	close(fd);
	return is_told && lock.l_pid > 0 ? lock.l_pid : 0;
}

static bool read_line(pid_t pid, const char *name, char *line, size_t size)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%jd/%s", (intmax_t)pid, name);
	FILE *file = fopen(path, "r");
	bool got = file && fgets(line, (int)size, file);
	if (file)
		(void)fclose(file);
	if (got)
		line[strcspn(line, "\n")] = '\0';
	return got;
}

/* When the process began: field 22 of its stat, in ticks since the system's start. 0: unknown. */
static time_t began(pid_t pid)
{
	char line[1024];
	struct timespec up;
	unsigned long long ticks = 0;
	if (!read_line(pid, "stat", line, sizeof line) || clock_gettime(CLOCK_BOOTTIME, &up))
		return 0;
	/* Field 2 is a name that may hold anything, in parentheses. */
	const char *field = strrchr(line, ')');
	for (int i = 2; field && i < 22; i++)
		field = strchr(field + 1, ' ');
	long per_second = sysconf(_SC_CLK_TCK);
	if (!field || per_second <= 0 || sscanf(field, "%llu", &ticks) != 1)
		return 0;
	return time(NULL) - up.tv_sec + (time_t)(ticks / (unsigned long long)per_second);
}

void irm_holder_tell(const char *path, struct irm_err *err)
{
	char beside[4096], program[64] = "", since[64] = "";
	snprintf(beside, sizeof beside, "%s-shm", path);
	pid_t pid = holder_of(beside, WAL_WRITE_BYTE);
	if (!pid)
		pid = holder_of(path, RESERVED_BYTE);
	time_t start = pid ? began(pid) : 0;
	struct tm tm;
	if (start && localtime_r(&start, &tm) &&
	    !strftime(since, sizeof since, ", begun on %Y-%m-%d at %H:%M", &tm))
		since[0] = '\0';
	char name[32];
	if (pid && read_line(pid, "comm", name, sizeof name))
		snprintf(program, sizeof program, " (%s)", name);
	char file[sizeof err->file];
	memcpy(file, err->file, sizeof file);
	if (pid)
		irm_err_set(err, IRM_SYSTEM, "another load holds the file: process %jd%s%s",
		            (intmax_t)pid, program, since);
	else
		irm_err_set(err, IRM_SYSTEM, "another process holds the file");
	irm_err_hint(err, "wait for it to end: --wait=SECONDS");
	irm_err_place(err, file, 0, 0);
}
