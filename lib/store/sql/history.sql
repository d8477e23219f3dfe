-- What a file of version 2 has beside its records: the loads, and what each of them changed.
--
-- The records as they stood after a load are the records now with the changes of all later loads
-- inverted, newest first. A load is never taken out: it is undone by another one.

PRAGMA user_version = 2;

CREATE TABLE t_loads (
	id INTEGER PRIMARY KEY CONSTRAINT load_number_is_positive CHECK (id > 0),
	day INTEGER, -- NULL: the rows were there before the file kept a history
	reverts INTEGER REFERENCES t_loads (id),
	added INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	removed INTEGER NOT NULL
) STRICT;

CREATE TABLE t_load_files (
	load INTEGER NOT NULL REFERENCES t_loads (id),
	position INTEGER NOT NULL,
	file TEXT NOT NULL,
	sha256 TEXT NOT NULL CONSTRAINT sha256_is_hexadecimal CHECK (length(sha256) = 64),
	row_count INTEGER NOT NULL,
	PRIMARY KEY (load, position)
) STRICT, WITHOUT ROWID;

-- A changeset of SQLite's session extension, in parts that one after another make the whole.
CREATE TABLE t_load_changes (
	load INTEGER NOT NULL REFERENCES t_loads (id),
	part INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (load, part)
) STRICT;

-- The highest id that a row of a table ever had: an id is not given again to another row, so that
-- what a load removed can come back.
CREATE TABLE t_last_ids (
	table_name TEXT PRIMARY KEY,
	id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW loads AS
	SELECT id AS load,
		date(day * 86400, 'unixepoch') AS "on",
		(SELECT count(*) FROM t_load_files AS f WHERE f.load = l.id) AS files,
		added,
		changed,
		removed,
		reverts
	FROM t_loads AS l;

CREATE VIEW load_files AS
	SELECT load, file, sha256, row_count FROM t_load_files;
