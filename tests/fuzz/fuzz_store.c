/* A SQLite file of any bytes: opened, and where that works read as a dataset. */
#include "review/dataset.h"
#include "scratch.h"
#include "store/db.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct irm_dataset *dataset = NULL;
	sqlite3 *db = NULL;
	struct irm_err err;
	scratch_enter();
	scratch_put("irm.db", data, size);
	if (!irm_db_open(&db, "irm.db", &err)) {
		if (!irm_dataset_read(&dataset, db, ~0u, &err))
			irm_dataset_free(dataset);
		irm_db_close(db);
	}
	unlink("irm.db-wal");
	unlink("irm.db-shm");
	unlink("irm.db-journal");
	return 0;
}
