/* Who holds a file that a load waits for. */
#include "unit.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <time.h>

#include "store/db.h"
#include "store/holder.h"

/* Another process that holds a lock on a byte of a file, until it is let go. */
struct other {
	pid_t pid;
	int stop;
};

/* Where SQLite says that it locks: the writer of a log, of a file without one. */
enum { WRITER_OF_LOG = 120, WRITER_OF_FILE = 0x40000001 };

static struct other begin_other(const char *path, off_t byte, short type)
{
	struct other other;
	int ready[2], stop[2];
	char c = 'x';
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(stop), 0);
	other.pid = fork();
	if (other.pid == 0) {
		struct flock lock = {
			.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1
		};
		int fd = open(path, O_RDWR | O_CREAT, 0600);
		close(stop[1]);
		if (fd < 0 || fcntl(fd, F_SETLK, &lock) || write(ready[1], &c, 1) != 1)
			_exit(1);
		_exit(read(stop[0], &c, 1) < 0);
	}
	close(ready[1]);
	close(stop[0]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	other.stop = stop[1];
	return other;
}

static void end_other(const struct other *other)
{
	int status;
	close(other->stop);
	assert_int_equal(waitpid(other->pid, &status, 0), other->pid);
	assert_int_equal(status, 0);
}

/* The message, in which that process began between these moments. */
static void same_holder(const char *name, const struct irm_err *err, pid_t pid, time_t from,
                        time_t to)
{
	char expected[300], said[400];
	char *program = read_bytes("/proc/self/comm", NULL); /* under valgrind another one */
	program[strcspn(program, "\n")] = '\0';
	for (time_t began = from; began <= to; began++) {
		struct tm tm;
		char since[64];
		assert_non_null(localtime_r(&began, &tm));
		strftime(since, sizeof since, "%Y-%m-%d at %H:%M", &tm);
		snprintf(expected, sizeof expected,
		         "another load holds the file: process %d (%s), begun on %s", (int)pid,
		         program, since);
		if (strcmp(err->message, expected) == 0)
			break;
	}
	free(program);
	snprintf(said, sizeof said, "a.db: %s (wait for it to end: --wait=SECONDS)", expected);
	same_error(name, err, said);
}

static void test_the_process_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *name, *path;
		off_t byte;
		short type;
		bool told;
	} cases[] = {
		{ "the writer of a log", "a.db-shm", WRITER_OF_LOG, F_WRLCK, true },
		{ "the byte before", "a.db-shm", WRITER_OF_LOG - 1, F_WRLCK, false },
		{ "the byte after", "a.db-shm", WRITER_OF_LOG + 1, F_WRLCK, false },
		{ "the writer of a file", "a.db", WRITER_OF_FILE, F_WRLCK, true },
		{ "a reader of it", "a.db", WRITER_OF_FILE + 1, F_RDLCK, false },
		{ "one that keeps writers out", "a.db", WRITER_OF_FILE, F_RDLCK, true },
		{ "of another file", "b.db", WRITER_OF_FILE, F_WRLCK, false },
	};
	write_text("a.db", "x");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_SYSTEM, .file = "a.db", .message = "locked" };
		time_t from = time(NULL) - 2;
		struct other other = begin_other(cases[i].path, cases[i].byte, cases[i].type);
		int input = close_input();
		irm_holder_tell("a.db", &err);
		open_input(input);
		same_number(cases[i].name, err.code, IRM_SYSTEM);
		if (cases[i].told)
			same_holder(cases[i].name, &err, other.pid, from, time(NULL) + 2);
		else
			same_error(cases[i].name, &err,
			           "a.db: another process holds the file (wait for it to end: "
			           "--wait=SECONDS)");
		end_other(&other);
		unlink("a.db-shm");
	}
}

/* The one who waits for a writer hears of it, and begins when it has ended. */
static void test_who_begins_to_write_is_told(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	time_t from = time(NULL) - 2;
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_OK);
	irm_db_wait(db, 0);
	struct other other = begin_other("a.db", WRITER_OF_FILE, F_WRLCK);
	assert_int_equal(irm_db_begin(db, &err), IRM_SYSTEM);
	assert_non_null(strstr(err.file, "/a.db"));
	snprintf(err.file, sizeof err.file, "a.db");
	same_holder("begin", &err, other.pid, from, time(NULL) + 2);
	end_other(&other);
	assert_int_equal(irm_db_begin(db, &err), IRM_OK);
	/* within a transaction: no one else holds the file */
	assert_int_equal(irm_db_begin(db, &err), IRM_SYSTEM);
	err.file[0] = '\0';
	same_error("twice", &err, "cannot start a transaction within a transaction");
	irm_db_close(db);
	assert_int_equal(irm_db_create(&db, ":memory:", &err), IRM_OK);
	assert_int_equal(irm_db_begin(db, &err), IRM_OK);
	assert_int_equal(irm_db_begin(db, &err), IRM_SYSTEM);
	same_error("in memory", &err, "(memory): cannot start a transaction within a transaction");
	irm_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_the_process_is_told),
		in_folder(test_who_begins_to_write_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
