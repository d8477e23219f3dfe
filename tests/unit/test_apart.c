/* Work in another process: what comes back, and what becomes of a crash. */
#include "tools/apart.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/unit.h"

struct sum {
	int a, b;
	int result;
	int elsewhere; /* is not brought back */
};

static enum irm_code add(void *context, struct irm_err *err)
{
	struct sum *sum = context;
	(void)err;
	sum->result = sum->a + sum->b;
	sum->elsewhere = 1;
	return IRM_OK;
}

static void test_result(void **state)
{
	(void)state;
	struct sum sum = { .a = 3, .b = 4 };
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(apart_run(add, &sum, &sum.result, sizeof sum.result, &err), IRM_OK);
	assert_int_equal(sum.result, 7);
	assert_int_equal(sum.elsewhere, 0);
	assert_int_equal(apart_run(add, &sum, NULL, 0, &err), IRM_OK);
}

static enum irm_code refuse(void *context, struct irm_err *err)
{
	return irm_err_at(err, context, 7, 2, "expected 'a', found 'b'");
}

static void test_error(void **state)
{
	(void)state;
	char name[] = "made-up.csv";
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(apart_run(refuse, name, NULL, 0, &err), IRM_INPUT);
	assert_string_equal(err.file, "made-up.csv");
	assert_int_equal(err.line, 7);
	assert_int_equal(err.field, 2);
	assert_string_equal(err.message, "expected 'a', found 'b'");
}

/* Ends as a library would that finds no memory; or by an order from outside. */
static enum irm_code end_by(void *context, struct irm_err *err)
{
	(void)err;
	const int *number = context;
	if (*number) {
		(void)signal(*number, SIG_DFL);
		raise(*number);
	}
	exit(3);
}

static void test_crash(void **state)
{
	(void)state;
	static const struct {
		int number;
		const char *message;
	} ends[] = {
		{ SIGABRT, "no memory (a library ended by signal 6)" },
		{ SIGSEGV, "no memory (a library ended by signal 11)" },
		{ SIGKILL, "no memory (a library ended by signal 9)" },
		{ 0, "no memory (a library ended with status 3)" },
	};
	for (size_t i = 0; i < COUNT(ends); i++) {
		int number = ends[i].number;
		struct irm_err err = { .code = IRM_OK };
		assert_int_equal(apart_run(end_by, &number, NULL, 0, &err), IRM_SYSTEM);
		assert_string_equal(err.message, ends[i].message);
	}
}

/* A signal that tells the worker to end ends who waits for it. */
static void test_order(void **state)
{
	(void)state;
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		int number = SIGTERM;
		struct irm_err err = { .code = IRM_OK };
		(void)!apart_run(end_by, &number, NULL, 0, &err);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_result),
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_crash),
		cmocka_unit_test(test_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
