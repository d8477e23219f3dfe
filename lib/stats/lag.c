#include "stats/lag.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "stats/km.h"
#include "store/db.h"
#include "store/firsts.h"

struct reading {
	struct irm_lag *lag;
	size_t at;     /* the row of the load at hand */
	int32_t *days; /* [n] the lags of all loads, in the order of the loads */
	size_t n, size;
};

static enum irm_code read_loads(struct irm_lag *lag, sqlite3 *db, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	enum irm_code code = irm_db_prepare(&query, db, "SELECT count(*) FROM t_loads", err);
	if (!code)
		code = irm_db_step(query, &row, err);
	size_t most = !code && row ? (size_t)sqlite3_column_int64(query, 0) : 0;
	sqlite3_finalize(query);
	query = NULL;
	lag->rows = calloc(most + 1, sizeof *lag->rows);
	if (!lag->rows)
		return irm_err_memory(err);
	if (!code)
		code = irm_db_prepare(&query, db,
		                      "SELECT id, day FROM t_loads ORDER BY id "
		                      "LIMIT -1 OFFSET 1",
		                      err);
	while (!code && !(code = irm_db_step(query, &row, err)) && row) {
		struct irm_lag_row *r = &lag->rows[lag->n++];
		r->load = sqlite3_column_int64(query, 0);
		r->on = sqlite3_column_type(query, 1) == SQLITE_INTEGER
		                ? sqlite3_column_int(query, 1)
		                : IRM_DAY_NONE;
	}
	sqlite3_finalize(query);
	lag->rows[lag->n++].on = IRM_DAY_NONE; /* all */
	return code;
}

static enum irm_code add_days(struct reading *reading, int32_t days, struct irm_err *err)
{
	if (reading->n == reading->size) {
		size_t size = reading->size ? reading->size * 2 : 256;
		int32_t *more = realloc(reading->days, size * sizeof *more);
		if (!more)
			return irm_err_memory(err);
		reading->days = more;
		reading->size = size;
	}
	reading->days[reading->n++] = days;
	return IRM_OK;
}

static enum irm_code take(void *context, const struct irm_first *first, struct irm_err *err)
{
	struct reading *reading = context;
	struct irm_lag *lag = reading->lag;
	while (reading->at + 1 < lag->n && lag->rows[reading->at].load < first->load)
		reading->at++;
	struct irm_lag_row *row = &lag->rows[reading->at];
	if (row->load != first->load)
		return IRM_OK; /* the first load */
	if (!irm_date_is_day(first->date) || row->on == IRM_DAY_NONE) {
		row->unknown++;
		return IRM_OK;
	}
	row->events++;
	int32_t days = row->on - first->date.first;
	return add_days(reading, days > 0 ? days : 0, err);
}

static enum irm_code describe(struct irm_lag_row *row, const int32_t *days, struct irm_err *err)
{
	struct irm_curve *curve = NULL;
	size_t n = (size_t)row->events;
	uint8_t *event = malloc(n + 1);
	if (!event)
		return irm_err_memory(err);
	memset(event, 1, n + 1);
	enum irm_code code = irm_km_fit(&curve, days, event, NULL, n, err);
	free(event);
	if (code)
		return code;
	row->median = irm_km_quantile(curve, 0.5).day;
	row->q90 = irm_km_quantile(curve, 0.9).day;
	row->longest = n ? curve->last : (double)NAN;
	irm_curve_free(curve);
	return IRM_OK;
}

static enum irm_code describe_all(struct reading *reading, struct irm_err *err)
{
	struct irm_lag *lag = reading->lag;
	struct irm_lag_row *all = &lag->rows[lag->n - 1];
	const int32_t *days = reading->days;
	enum irm_code code = IRM_OK;
	for (size_t i = 0; !code && i + 1 < lag->n; i++) {
		code = describe(&lag->rows[i], days + all->events, err);
		all->events += lag->rows[i].events;
		all->unknown += lag->rows[i].unknown;
	}
	return code ? code : describe(all, days, err);
}

enum irm_code irm_lag_read(struct irm_lag **out, sqlite3 *db, struct irm_err *err)
{
	struct reading reading = { .lag = calloc(1, sizeof *reading.lag) };
	if (!reading.lag)
		return irm_err_memory(err);
	enum irm_code code = read_loads(reading.lag, db, err);
	/* Room for one at least: there is an address to begin at. */
	if (!code && !(reading.days = malloc(sizeof *reading.days)))
		code = irm_err_memory(err);
	if (!code)
		code = irm_firsts(db, take, &reading, err);
	if (!code)
		code = describe_all(&reading, err);
	free(reading.days);
	if (code)
		irm_lag_free(reading.lag);
	else
		*out = reading.lag;
	return code;
}

void irm_lag_free(struct irm_lag *lag)
{
	if (lag)
		free(lag->rows);
	free(lag);
}
