#include "plots/deck.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/nearest.h"
#include "plots/words.h"

/* A table of the plan, read once however many charts are of it. */
struct source {
	const char *path;
	struct irm_table *table;
};

struct chart {
	const char *name, *kind;
	const struct irm_table *table;
	struct irm_chart_request request;
};

struct irm_deck {
	struct irm_table *plan;
	struct chart *chart;   /* [rows of the plan] */
	struct source *source; /* [n_sources] */
	size_t n_sources;
	struct irm_chart_request common; /* what holds where the plan says nothing */
	struct irm_arena arena;
};

enum value { TEXT, NUMBER, YES_NO, OWN };

/* The columns of a plan, and where a value is kept in a request. */
static const struct column {
	const char *name;
	enum value value;
	size_t offset;
} columns[] = {
	{ "chart", OWN, 0 },
	{ "kind", OWN, 0 },
	{ "table", OWN, 0 },
	{ "title", TEXT, offsetof(struct irm_chart_request, title) },
	{ "subtitle", TEXT, offsetof(struct irm_chart_request, subtitle) },
	{ "note", TEXT, offsetof(struct irm_chart_request, note) },
	{ "source", TEXT, offsetof(struct irm_chart_request, source) },
	{ "x", TEXT, offsetof(struct irm_chart_request, columns.x) },
	{ "y", TEXT, offsetof(struct irm_chart_request, columns.y) },
	{ "group", TEXT, offsetof(struct irm_chart_request, columns.group) },
	{ "lo", TEXT, offsetof(struct irm_chart_request, columns.lo) },
	{ "hi", TEXT, offsetof(struct irm_chart_request, columns.hi) },
	{ "facet", TEXT, offsetof(struct irm_chart_request, columns.facet[0]) },
	{ "limit", NUMBER, offsetof(struct irm_chart_request, limit) },
	{ "page", NUMBER, offsetof(struct irm_chart_request, page) },
	{ "percent", YES_NO, offsetof(struct irm_chart_request, percent) },
	{ "rising", YES_NO, offsetof(struct irm_chart_request, rising) },
	{ "no_limits", YES_NO, offsetof(struct irm_chart_request, columns.no_limits) },
	{ "fictional", YES_NO, offsetof(struct irm_chart_request, fictional) },
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

static const struct column *find_column(const char *name)
{
	for (size_t i = 0; i < N_COLUMNS; i++)
		if (!strcmp(columns[i].name, name))
			return &columns[i];
	return NULL;
}

/* The columns whose words are those of a language. */
static const char *const spoken[] = { "title", "subtitle", "note", "source" };
enum { N_SPOKEN = sizeof spoken / sizeof spoken[0] };

/* Whether a column is one of these with a language after it: "title_fr". */
static bool is_spoken(const char *name)
{
	for (size_t i = 0; i < N_SPOKEN; i++) {
		size_t n = strlen(spoken[i]);
		if (strncmp(name, spoken[i], n) != 0 || name[n] != '_')
			continue;
		for (size_t l = 0; irm_words_language(l); l++)
			if (!strcmp(name + n + 1, irm_words_language(l)))
				return true;
	}
	return false;
}

/* Every column of the plan is one that a plan has. */
static enum irm_code check_header(const struct irm_table *plan, struct irm_err *err)
{
	const char *names[N_COLUMNS];
	for (size_t i = 0; i < N_COLUMNS; i++)
		names[i] = columns[i].name;
	for (size_t c = 0; c < irm_table_columns(plan); c++) {
		const char *name = irm_table_name(plan, c);
		if (find_column(name) || is_spoken(name))
			continue;
		irm_err_at(err, irm_table_file(plan), 1, (long)c + 1,
		           "a plan has no column '%.80s'", name);
		irm_err_hint_nearest(err, name, names, N_COLUMNS);
		return err->code;
	}
	return IRM_OK;
}

static enum irm_code wrong(const struct irm_deck *deck, size_t row, size_t column,
                           const char *wanted, struct irm_err *err)
{
	return irm_err_at(err, irm_table_file(deck->plan), irm_table_line(deck->plan, row),
	                  (long)column + 1, "expected %s, found '%.80s'", wanted,
	                  irm_table_text(deck->plan, row, column));
}

/* Puts a value where the column says; an empty one leaves what is there. */
static enum irm_code read_value(struct irm_deck *deck, size_t row, size_t c, struct irm_err *err)
{
	const struct column *column = find_column(irm_table_name(deck->plan, c));
	const char *text = irm_table_text(deck->plan, row, c);
	if (!column || column->value == OWN || !*text)
		return IRM_OK;
	char *place = (char *)&deck->chart[row].request + column->offset;
	if (column->value == NUMBER)
		return irm_table_number((double *)(void *)place, deck->plan, row, c, err);
	if (column->value == TEXT) {
		memcpy(place, &text, sizeof text);
		return IRM_OK;
	}
	bool yes = !strcmp(text, "yes");
	if (!yes && strcmp(text, "no") != 0)
		return wrong(deck, row, c, "yes or no", err);
	*(bool *)(void *)place = yes;
	return IRM_OK;
}

/* A name that can be a file's, and no other chart's. */
static enum irm_code read_name(struct irm_deck *deck, size_t row, size_t c, struct irm_err *err)
{
	const char *name = irm_table_text(deck->plan, row, c);
	if (!*name || *name == '.' || strlen(name) > 200)
		return wrong(deck, row, c, "the name of a chart, without a dot before it", err);
	for (const char *s = name; *s; s++)
		if (*s == '/' || (unsigned char)*s < ' ')
			return wrong(deck, row, c, "a name without '/'", err);
	for (size_t i = 0; i < row; i++)
		if (!strcmp(deck->chart[i].name, name))
			return irm_err_at(err, irm_table_file(deck->plan),
			                  irm_table_line(deck->plan, row), (long)c + 1,
			                  "a second chart '%.80s' (the first is line %ld)", name,
			                  irm_table_line(deck->plan, i));
	deck->chart[row].name = name;
	return IRM_OK;
}

static enum irm_code read_kind(struct irm_deck *deck, size_t row, size_t c, struct irm_err *err)
{
	const char *names[32];
	size_t n = 0;
	const char *kind = irm_table_text(deck->plan, row, c);
	for (; irm_chart_kind(n) && n < 32; n++) {
		names[n] = irm_chart_kind(n);
		if (!strcmp(kind, names[n])) {
			deck->chart[row].kind = names[n];
			return IRM_OK;
		}
	}
	irm_err_at(err, irm_table_file(deck->plan), irm_table_line(deck->plan, row), (long)c + 1,
	           "no kind of chart '%.80s'", kind);
	irm_err_hint_nearest(err, kind, names, n);
	return err->code;
}

/* The path of a table, seen from where the program stands. */
static const char *path_of(struct irm_deck *deck, const char *table)
{
	const char *plan = irm_table_file(deck->plan);
	const char *slash = strrchr(plan, '/');
	if (!slash || *table == '/')
		return table;
	size_t folder = (size_t)(slash - plan) + 1;
	size_t length = strlen(table);
	char *path = irm_arena_alloc(&deck->arena, folder + length + 1);
	if (!path)
		return NULL;
	memcpy(path, plan, folder);
	memcpy(path + folder, table, length + 1);
	return path;
}

static enum irm_code read_table(struct irm_deck *deck, size_t row, size_t c, struct irm_err *err)
{
	const char *name = irm_table_text(deck->plan, row, c);
	if (!*name || !strcmp(name, "-"))
		return wrong(deck, row, c, "the name of a CSV file", err);
	const char *path = path_of(deck, name);
	if (!path)
		return irm_err_memory(err);
	size_t i = 0;
	while (i < deck->n_sources && strcmp(deck->source[i].path, path) != 0)
		i++;
	if (i == deck->n_sources) {
		if (irm_table_read(&deck->source[i].table, path, err)) {
			if (!err->hint[0])
				irm_err_hint(err, "named by %.150s:%ld:%zu",
				             irm_table_file(deck->plan),
				             irm_table_line(deck->plan, row), c + 1);
			return err->code;
		}
		deck->source[i].path = path;
		deck->n_sources++;
	}
	deck->chart[row].table = deck->source[i].table;
	return IRM_OK;
}

static enum irm_code read_rows(struct irm_deck *deck, struct irm_err *err)
{
	size_t name, kind, table;
	if (irm_table_need(&name, deck->plan, "chart", err) ||
	    irm_table_need(&kind, deck->plan, "kind", err) ||
	    irm_table_need(&table, deck->plan, "table", err))
		return err->code;
	for (size_t row = 0; row < irm_table_rows(deck->plan); row++) {
		deck->chart[row].request = deck->common;
		if (read_name(deck, row, name, err) || read_kind(deck, row, kind, err) ||
		    read_table(deck, row, table, err))
			return err->code;
		for (size_t c = 0; c < irm_table_columns(deck->plan); c++)
			if (read_value(deck, row, c, err))
				return err->code;
	}
	return IRM_OK;
}

/* As many charts as the plan has rows, and at most as many tables. */
static enum irm_code make_room(struct irm_deck *deck, struct irm_err *err)
{
	size_t rows = irm_table_rows(deck->plan);
	if (check_header(deck->plan, err))
		return err->code;
	if (!rows)
		return irm_err_at(err, irm_table_file(deck->plan), 1, 0,
		                  "the plan has a header but no rows: no chart to draw");
	deck->chart = irm_arena_alloc(&deck->arena, rows * sizeof *deck->chart);
	deck->source = irm_arena_alloc(&deck->arena, rows * sizeof *deck->source);
	return deck->chart && deck->source ? IRM_OK : irm_err_memory(err);
}

enum irm_code irm_deck_read(struct irm_deck **out, const char *path,
                            const struct irm_chart_request *common, struct irm_err *err)
{
	struct irm_deck *deck = calloc(1, sizeof *deck);
	if (!deck)
		return irm_err_memory(err);
	deck->common = *common;
	enum irm_code code = irm_table_read(&deck->plan, path, err);
	if (!code)
		code = make_room(deck, err);
	if (!code)
		code = read_rows(deck, err);
	if (code)
		irm_deck_free(deck);
	else
		*out = deck;
	return code;
}

void irm_deck_free(struct irm_deck *deck)
{
	if (!deck)
		return;
	for (size_t i = 0; i < deck->n_sources; i++)
		irm_table_free(deck->source[i].table);
	irm_table_free(deck->plan);
	irm_arena_release(&deck->arena);
	free(deck);
}

size_t irm_deck_charts(const struct irm_deck *deck)
{
	return irm_table_rows(deck->plan);
}

const char *irm_deck_name(const struct irm_deck *deck, size_t i)
{
	return deck->chart[i].name;
}

/* A text of the plan in a language, else without one, else what holds for all. */
static const char *text_of(const struct irm_deck *deck, size_t row, const char *name,
                           const char *lang, const char *otherwise)
{
	char column[32];
	snprintf(column, sizeof column, "%s_%.8s", name, lang);
	for (int i = 0; i < 2; i++) {
		int c = irm_table_find(deck->plan, i ? name : column);
		const char *text = c < 0 ? "" : irm_table_text(deck->plan, row, (size_t)c);
		if (*text)
			return text;
	}
	return otherwise;
}

void irm_deck_speak(struct irm_deck *deck, const char *lang, void *context)
{
	const struct irm_chart_request *common = &deck->common;
	for (size_t row = 0; row < irm_table_rows(deck->plan); row++) {
		struct irm_chart_request *request = &deck->chart[row].request;
		request->title = text_of(deck, row, "title", lang, common->title);
		request->subtitle = text_of(deck, row, "subtitle", lang, common->subtitle);
		request->note = text_of(deck, row, "note", lang, common->note);
		request->source = text_of(deck, row, "source", lang, common->source);
		request->context = context;
	}
}

/* What irm_chart_draw() says of an option is said of the plan's column: "--x: the table has no
 * column 'regoin'" at its field. */
static void blame_plan(const struct irm_deck *deck, size_t i, struct irm_err *err)
{
	long field = 0;
	if (!strncmp(err->message, "--", 2)) {
		char name[16] = "";
		size_t n = strcspn(err->message + 2, ": ");
		if (n < sizeof name) {
			memcpy(name, err->message + 2, n);
			for (char *s = name; *s; s++)
				*s = *s == '-' ? '_' : *s;
			field = irm_table_find(deck->plan, name) + 1L;
		}
		size_t cut = err->message[2 + n] == ':' ? 2 + n + 2 : 2;
		memmove(err->message, err->message + cut, strlen(err->message + cut) + 1);
	}
	err->code = IRM_INPUT;
	irm_err_place(err, irm_table_file(deck->plan), irm_table_line(deck->plan, i), field);
}

/* Says of an error whose chart it was. */
static enum irm_code blame(const struct irm_deck *deck, size_t i, struct irm_err *err)
{
	if (err->code == IRM_USAGE && !err->file[0])
		blame_plan(deck, i, err);
	else if (err->code == IRM_INPUT && !err->hint[0])
		irm_err_hint(err, "for chart '%.80s', line %ld of the plan", deck->chart[i].name,
		             irm_table_line(deck->plan, i));
	return err->code;
}

enum irm_code irm_deck_draw(const struct irm_deck *deck, size_t i, struct irm_canvas *canvas,
                            FILE *stream, enum irm_canvas_format format, struct irm_err *err)
{
	const struct chart *chart = &deck->chart[i];
	if (irm_chart_draw(canvas, stream, format, chart->kind, &chart->request, chart->table, err))
		return blame(deck, i, err);
	return IRM_OK;
}

enum irm_code irm_deck_describe(char out[IRM_DESCRIPTION_SIZE], const struct irm_deck *deck,
                                size_t i, struct irm_canvas *canvas, struct irm_err *err)
{
	const struct chart *chart = &deck->chart[i];
	if (irm_chart_describe(out, canvas, chart->kind, &chart->request, chart->table, err))
		return blame(deck, i, err);
	return IRM_OK;
}
