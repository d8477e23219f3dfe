#include "tools/template_xlsx.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "tools/apart.h"

#define SECONDS_OF_A_DAY 86400
#define TEXT_COLUMNS     5

/* The columns of the sheet measures. */
enum { REVIEW, ARTICLE, RECOMMENDATION, STATUS, DATE, TEXT, SOURCE };
static const char *const column_names[IRM_TEMPLATE_COLUMNS] = {
	"review", "article", "recommendation", "status", "date", "text", "source"
};
static const double widths[IRM_TEMPLATE_COLUMNS] = { 16, 10, 17, 14, 14, 60, 40 };

struct book {
	lxw_workbook *workbook;
	lxw_worksheet *measures, *texts;
	lxw_format *bold, *plain, *day; /* of headers, of what is filled in, of dates */
	const struct irm_query *query;
	lxw_error error; /* the first */
};

static void keep(struct book *book, lxw_error error)
{
	if (!book->error)
		book->error = error;
}

/* A string, whatever it begins with; an empty one is a cell to fill in. */
static void put(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                const char *text, lxw_format *format)
{
	if (*text)
		keep(book, worksheet_write_string(sheet, row, column, text, format));
	else
		keep(book, worksheet_write_blank(sheet, row, column, format));
}

static lxw_datetime datetime_of(int32_t day)
{
	int year, month, mday;
	irm_day_to_civil(day, &year, &month, &mday);
	return (lxw_datetime){ .year = year, .month = month, .day = mday };
}

/* Days that spreadsheets count: theirs begin in 1900, and February of that year is wrong. */
static bool has_serial(struct irm_date date)
{
	return irm_date_is_day(date) && date.first >= irm_day_from_civil(1900, 3, 1);
}

static void put_date(struct book *book, lxw_row_t row, const struct irm_template_row *from,
                     const char *text)
{
	if (from->measure && from->measure->has_date && has_serial(from->measure->date)) {
		lxw_datetime day = datetime_of(from->measure->date.first);
		keep(book, worksheet_write_datetime(book->measures, row, DATE, &day, book->day));
	} else {
		put(book, book->measures, row, DATE, text, book->day);
	}
}

static void add_status_list(struct book *book, lxw_row_t row)
{
	char title[] = "status", message[] = "planned, under_way or completed";
	char planned[] = "planned", under_way[] = "under_way", completed[] = "completed";
	char *statuses[] = { planned, under_way, completed, NULL };
	lxw_data_validation list = {
		.validate = LXW_VALIDATION_TYPE_LIST,
		.value_list = statuses,
		.error_title = title,
		.error_message = message,
	};
	keep(book, worksheet_data_validation_cell(book->measures, row, STATUS, &list));
}

static void add_date_rule(struct book *book, lxw_row_t row, struct irm_date released)
{
	char title[] = "date";
	char message[] = "A day after the findings were released, as 2024-05-31. A month or a year "
	                 "alone can be kept.";
	struct irm_date first = irm_date_of_day(irm_day_from_civil(1900, 3, 1));
	if (has_serial(irm_date_of_day(released.first)))
		first = irm_date_of_day(released.first);
	lxw_data_validation rule = {
		.validate = LXW_VALIDATION_TYPE_DATE,
		.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
		.minimum_datetime = datetime_of(first.first),
		.value_datetime = datetime_of(first.first),
		.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
		.error_title = title,
		.error_message = message,
	};
	keep(book, worksheet_data_validation_cell(book->measures, row, DATE, &rule));
}

/* The library writes control characters of a comment as they are, which XML does not have. */
static void add_comment(struct book *book, lxw_row_t row, const char *text)
{
	char *clean = *text ? strdup(text) : NULL;
	if (!clean) {
		keep(book, *text ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR);
		return;
	}
	for (char *p = clean; *p; p++)
		if ((unsigned char)*p < ' ' && *p != '\n' && *p != '\t')
			*p = ' ';
	keep(book, worksheet_write_comment(book->measures, row, RECOMMENDATION, clean));
	free(clean);
}

static void write_measure(struct book *book, lxw_row_t row, const struct irm_template_row *from)
{
	char date[IRM_DATE_SIZE];
	const char *cells[IRM_TEMPLATE_COLUMNS];
	irm_template_cells(from, book->query->data, date, cells);
	for (lxw_col_t c = 0; c < IRM_TEMPLATE_COLUMNS; c++)
		if (c != DATE)
			put(book, book->measures, row, c, cells[c], book->plain);
	put_date(book, row, from, cells[DATE]);
	add_status_list(book, row);
	add_date_rule(book, row, from->released);
	add_comment(book, row, from->recommendation->summary);
}

/* What is recommended, row by row beside the other sheet. */
static void write_text(struct book *book, lxw_row_t row, const struct irm_template_row *from)
{
	char date[IRM_DATE_SIZE];
	const char *cells[IRM_TEMPLATE_COLUMNS];
	irm_template_cells(from, book->query->data, date, cells);
	for (int c = REVIEW; c <= RECOMMENDATION; c++)
		put(book, book->texts, row, (lxw_col_t)c, cells[c], book->plain);
	put(book, book->texts, row, 3, from->recommendation->summary, book->plain);
	put(book, book->texts, row, 4, from->recommendation->source, book->plain);
}

static void lay_out(struct book *book)
{
	static const char *const text_names[TEXT_COLUMNS] = { "review", "article", "recommendation",
		                                              "summary", "source" };
	for (lxw_col_t c = 0; c < IRM_TEMPLATE_COLUMNS; c++) {
		put(book, book->measures, 0, c, column_names[c], book->bold);
		keep(book, worksheet_set_column(book->measures, c, c, widths[c], NULL));
	}
	for (lxw_col_t c = 0; c < TEXT_COLUMNS; c++) {
		put(book, book->texts, 0, c, text_names[c], book->bold);
		keep(book, worksheet_set_column(book->texts, c, c, c == 3 ? 100 : 20, NULL));
	}
	worksheet_freeze_panes(book->measures, 1, 3);
	worksheet_freeze_panes(book->texts, 1, 0);
	/* numbers of articles are codes */
	worksheet_ignore_errors(book->measures, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:C1048576");
	worksheet_ignore_errors(book->texts, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:C1048576");
}

/* What the file says of itself: the day of the figures for the clock's. */
static void set_properties(struct book *book)
{
	char title[] = "Measures taken after reviews";
	lxw_doc_properties properties = {
		.title = title,
		.created = (time_t)book->query->as_of * SECONDS_OF_A_DAY,
	};
	keep(book, workbook_set_properties(book->workbook, &properties));
}

static void fill(struct book *book, const struct irm_template *list)
{
	book->measures = workbook_add_worksheet(book->workbook, "measures");
	book->texts = workbook_add_worksheet(book->workbook, "recommendations");
	book->bold = workbook_add_format(book->workbook);
	book->plain = workbook_add_format(book->workbook);
	book->day = workbook_add_format(book->workbook);
	if (!book->measures || !book->texts || !book->bold || !book->plain || !book->day) {
		keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	format_set_bold(book->bold);
	format_set_text_wrap(book->plain);
	format_set_align(book->plain, LXW_ALIGN_VERTICAL_TOP);
	format_set_num_format(book->day, "yyyy-mm-dd");
	format_set_align(book->day, LXW_ALIGN_VERTICAL_TOP);
	set_properties(book);
	lay_out(book);
	for (size_t i = 0; i < list->n; i++) {
		write_measure(book, (lxw_row_t)i + 1, &list->rows[i]);
		write_text(book, (lxw_row_t)i + 1, &list->rows[i]);
	}
}

static enum irm_code copy(FILE *from, FILE *to, const char *name, struct irm_err *err)
{
	char bytes[65536];
	size_t n;
	rewind(from);
	while ((n = fread(bytes, 1, sizeof bytes, from)) > 0)
		if (fwrite(bytes, 1, n, to) != n)
			return irm_err_errno(err, name, "cannot write");
	return ferror(from) ? irm_err_errno(err, "temporary file", "cannot read") : IRM_OK;
}

struct order {
	const char *path;
	const struct irm_template *list;
	const struct irm_query *query;
};

static enum irm_code make(void *context, struct irm_err *err)
{
	const struct order *order = context;
	struct book book = { .workbook = workbook_new(order->path), .query = order->query };
	if (!book.workbook)
		return irm_err_memory(err);
	fill(&book, order->list);
	keep(&book, workbook_close(book.workbook));
	if (book.error == LXW_NO_ERROR)
		return IRM_OK;
	if (book.error == LXW_ERROR_MEMORY_MALLOC_FAILED)
		return irm_err_memory(err);
	if (book.error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return irm_err_set(err, IRM_INPUT,
		                   "a text is longer than the 32767 characters of a spreadsheet's "
		                   "cell: take -f csv");
	return irm_err_set(err, IRM_SYSTEM, "cannot write the workbook: %.200s",
	                   lxw_strerror(book.error));
}

enum irm_code template_xlsx_write(FILE *stream, const char *name, const struct irm_template *list,
                                  const struct irm_query *query, struct irm_err *err)
{
	/* The library writes to a name only: that of an open file without one leaves nothing
	 * behind. */
	char path[32];
	FILE *file = tmpfile();
	if (!file)
		return irm_err_errno(err, "temporary file", "cannot write");
	snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
	struct order order = { path, list, query };
	/* libxlsxwriter 1.1 crashes where memory ends, and tells of errors on stderr, where a tool
	 * says one line */
	enum irm_code code = apart_run(make, &order, NULL, 0, err);
	if (!code)
		code = copy(file, stream, name, err);
	(void)fclose(file); /* which has no name: it is gone */
	return code;
}
