#include "store/parts.h"

#include <stdlib.h>
#include <string.h>

#include "store/db.h"

enum irm_code irm_parts_write(struct irm_parts *parts, sqlite3 *db, int64_t load,
                              struct irm_err *err)
{
	*parts = (struct irm_parts){ .buffer = malloc(IRM_PART_SIZE) };
	if (!parts->buffer)
		return irm_err_memory(err);
	if (irm_db_prepare(&parts->statement, db,
	                   "INSERT INTO t_load_changes (load, part, bytes) VALUES (?, ?, ?)", err))
		return err->code;
	sqlite3_bind_int64(parts->statement, 1, load);
	return IRM_OK;
}

enum irm_code irm_parts_read(struct irm_parts *parts, sqlite3 *db, int64_t load,
                             struct irm_err *err)
{
	*parts = (struct irm_parts){ .left = 0 };
	if (irm_db_prepare(&parts->statement, db,
	                   "SELECT bytes FROM t_load_changes WHERE load = ? ORDER BY part", err))
		return err->code;
	sqlite3_bind_int64(parts->statement, 1, load);
	return IRM_OK;
}

static int write_part(struct irm_parts *parts)
{
	if (!parts->used)
		return SQLITE_OK;
	sqlite3_bind_int64(parts->statement, 2, ++parts->part);
	sqlite3_bind_blob(parts->statement, 3, parts->buffer, parts->used, SQLITE_STATIC);
	sqlite3_step(parts->statement);
	parts->used = 0;
	return sqlite3_reset(parts->statement);
}

int irm_parts_put(void *context, const void *bytes, int n)
{
	struct irm_parts *parts = context;
	const char *from = bytes;
	while (n > 0) {
		int room = IRM_PART_SIZE - parts->used, piece = n < room ? n : room;
		memcpy(parts->buffer + parts->used, from, (size_t)piece);
		parts->used += piece;
		from += piece;
		n -= piece;
		int code = parts->used == IRM_PART_SIZE ? write_part(parts) : SQLITE_OK;
		if (code)
			return code;
	}
	return SQLITE_OK;
}

int irm_parts_get(void *context, void *bytes, int *n)
{
	struct irm_parts *parts = context;
	while (!parts->left) {
		int code = sqlite3_step(parts->statement);
		if (code != SQLITE_ROW) {
			*n = 0;
			return code == SQLITE_DONE ? SQLITE_OK : code;
		}
		parts->bytes = sqlite3_column_blob(parts->statement, 0);
		parts->left = sqlite3_column_bytes(parts->statement, 0);
		if (!parts->bytes && parts->left)
			return SQLITE_NOMEM;
	}
	if (parts->left < *n)
		*n = parts->left;
	memcpy(bytes, parts->bytes, (size_t)*n);
	parts->bytes += *n;
	parts->left -= *n;
	return SQLITE_OK;
}

enum irm_code irm_parts_flush(struct irm_parts *parts, struct irm_err *err)
{
	return write_part(parts) ? irm_db_error(sqlite3_db_handle(parts->statement), err) : IRM_OK;
}

void irm_parts_close(struct irm_parts *parts)
{
	sqlite3_finalize(parts->statement);
	free(parts->buffer);
	*parts = (struct irm_parts){ .left = 0 };
}
