-- From version 1 to what history.sql goes on from. Foreign keys are off meanwhile.
--
-- Version 1 had UNIQUE (mechanism, position): a load in which two milestones exchange their positions
-- could then neither be made nor be inverted.

PRAGMA legacy_alter_table = ON;

CREATE TABLE t_new (
	id INTEGER PRIMARY KEY,
	mechanism INTEGER NOT NULL REFERENCES t_mechanisms (id),
	milestone TEXT NOT NULL,
	position INTEGER NOT NULL,
	from_milestone INTEGER REFERENCES t_milestones (id) DEFERRABLE INITIALLY DEFERRED,
	time_limit INTEGER,
	unit TEXT CONSTRAINT unit_is_a_known_word CHECK (unit IN ('day', 'week', 'month')),
	party TEXT,
	releases_findings TEXT CONSTRAINT releases_findings_is_a_known_word CHECK (releases_findings IN ('yes', 'no')),
	label TEXT,
	source TEXT,
	CONSTRAINT time_limit_is_positive CHECK (time_limit > 0),
	CONSTRAINT time_limit_has_a_unit CHECK (time_limit IS NULL OR unit IS NOT NULL),
	CONSTRAINT position_is_positive CHECK (position > 0),
	UNIQUE (mechanism, milestone)
) STRICT;

INSERT INTO t_new SELECT * FROM t_milestones;
DROP TABLE t_milestones;
ALTER TABLE t_new RENAME TO t_milestones;

PRAGMA legacy_alter_table = OFF;
