-- The tables of a package in SQLite.
--
-- A table t_NAME holds integer keys; the view NAME over it shows the package's columns, with codes and
-- days as text. Days are counted from 1970-01-01. A date that may be vague is kept as written (EDTF)
-- and as its first and last possible day, NULL where that end is open.
-- No key is NULL: a row with NULL in its key leaves no trace in a changeset. Where a key refers to a
-- row and means "no one in particular", it refers to the row 0, whose code is 'all'.
-- Constraints are named for their rule: the name is what a message shows.

PRAGMA application_id = 0x49524D31; -- "IRM1"
PRAGMA user_version = 1;

-- What was delivered: which packages, up to which day their records are complete, which tables each has.
-- A table that was never delivered is unknown, not empty.
CREATE TABLE t_packages (
	id INTEGER PRIMARY KEY,
	package TEXT NOT NULL CONSTRAINT package_is_named CHECK (package <> '') UNIQUE,
	as_of INTEGER
) STRICT;

CREATE TABLE t_delivered (
	package INTEGER NOT NULL REFERENCES t_packages (id),
	table_name TEXT NOT NULL,
	PRIMARY KEY (package, table_name)
) STRICT, WITHOUT ROWID;

CREATE VIEW packages AS
	SELECT package, date(as_of * 86400, 'unixepoch') AS as_of FROM t_packages;

CREATE TABLE t_mechanisms (
	id INTEGER PRIMARY KEY,
	mechanism TEXT NOT NULL,
	name TEXT,
	convention TEXT,
	CONSTRAINT mechanism_code_is_given CHECK (mechanism <> ''),
	UNIQUE (mechanism)
) STRICT;

CREATE VIEW mechanisms AS
	SELECT t.mechanism,
		t.name,
		t.convention
	FROM t_mechanisms AS t
	WHERE t.id > 0;

CREATE TABLE t_cycles (
	id INTEGER PRIMARY KEY,
	cycle TEXT NOT NULL,
	mechanism INTEGER NOT NULL REFERENCES t_mechanisms (id),
	name TEXT,
	starts INTEGER,
	ends INTEGER,
	CONSTRAINT cycle_code_is_given CHECK (cycle <> ''),
	UNIQUE (cycle)
) STRICT;

CREATE VIEW cycles AS
	SELECT t.cycle,
		mechanism_row.mechanism AS mechanism,
		t.name,
		date(t.starts * 86400, 'unixepoch') AS starts,
		date(t.ends * 86400, 'unixepoch') AS ends
	FROM t_cycles AS t
	JOIN t_mechanisms AS mechanism_row ON mechanism_row.id = t.mechanism
	WHERE t.id > 0;

CREATE TABLE t_articles (
	id INTEGER PRIMARY KEY,
	convention TEXT NOT NULL,
	article TEXT NOT NULL,
	chapter TEXT NOT NULL,
	title TEXT,
	CONSTRAINT article_code_is_given CHECK (article <> ''),
	UNIQUE (convention, article)
) STRICT;

CREATE VIEW articles AS
	SELECT t.convention,
		t.article,
		t.chapter,
		t.title
	FROM t_articles AS t
	WHERE t.id > 0;

CREATE TABLE t_scope (
	cycle INTEGER NOT NULL REFERENCES t_cycles (id),
	chapter TEXT NOT NULL,
	PRIMARY KEY (cycle, chapter)
) STRICT, WITHOUT ROWID;

CREATE VIEW scope AS
	SELECT cycle_row.cycle AS cycle,
		t.chapter
	FROM t_scope AS t
	JOIN t_cycles AS cycle_row ON cycle_row.id = t.cycle;

CREATE TABLE t_milestones (
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
	CONSTRAINT position_is_held_once UNIQUE (mechanism, position),
	UNIQUE (mechanism, milestone)
) STRICT;

CREATE VIEW milestones AS
	SELECT mechanism_row.mechanism AS mechanism,
		t.milestone,
		t.position,
		from_milestone_row.milestone AS from_milestone,
		t.time_limit,
		t.unit,
		t.party,
		t.releases_findings,
		t.label,
		t.source
	FROM t_milestones AS t
	JOIN t_mechanisms AS mechanism_row ON mechanism_row.id = t.mechanism
	LEFT JOIN t_milestones AS from_milestone_row ON from_milestone_row.id = t.from_milestone;

CREATE TABLE t_regions (
	id INTEGER PRIMARY KEY,
	region TEXT NOT NULL,
	name TEXT,
	position INTEGER,
	CONSTRAINT region_code_is_given CHECK (region <> '' AND region <> 'unassigned'),
	UNIQUE (region)
) STRICT;

CREATE VIEW regions AS
	SELECT t.region,
		t.name,
		t.position
	FROM t_regions AS t
	WHERE t.id > 0;

CREATE TABLE t_states (
	id INTEGER PRIMARY KEY,
	state TEXT NOT NULL,
	name TEXT,
	region INTEGER REFERENCES t_regions (id),
	party_since INTEGER,
	CONSTRAINT state_code_is_given CHECK (state <> ''),
	UNIQUE (state)
) STRICT;

CREATE VIEW states AS
	SELECT t.state,
		t.name,
		region_row.region AS region,
		date(t.party_since * 86400, 'unixepoch') AS party_since
	FROM t_states AS t
	LEFT JOIN t_regions AS region_row ON region_row.id = t.region;

CREATE TABLE t_reviews (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL,
	cycle INTEGER NOT NULL REFERENCES t_cycles (id),
	year INTEGER,
	state INTEGER NOT NULL REFERENCES t_states (id),
	reviewer_1 INTEGER REFERENCES t_states (id),
	reviewer_2 INTEGER REFERENCES t_states (id),
	reviewer_3 INTEGER REFERENCES t_states (id),
	dialogue TEXT CONSTRAINT dialogue_is_a_known_word CHECK (dialogue IN ('country_visit', 'online_visit', 'joint_meeting', 'none')),
	replaces INTEGER REFERENCES t_reviews (id) DEFERRABLE INITIALLY DEFERRED,
	discontinued INTEGER,
	observed_until INTEGER,
	package INTEGER NOT NULL REFERENCES t_packages (id),
	CONSTRAINT review_code_is_given CHECK (review <> ''),
	CONSTRAINT a_review_does_not_replace_itself CHECK (replaces <> id),
	UNIQUE (review)
) STRICT;

CREATE VIEW reviews AS
	SELECT t.review,
		cycle_row.cycle AS cycle,
		t.year,
		state_row.state AS state,
		reviewer_1_row.state AS reviewer_1,
		reviewer_2_row.state AS reviewer_2,
		reviewer_3_row.state AS reviewer_3,
		t.dialogue,
		replaces_row.review AS replaces,
		date(t.discontinued * 86400, 'unixepoch') AS discontinued,
		date(t.observed_until * 86400, 'unixepoch') AS observed_until
	FROM t_reviews AS t
	JOIN t_cycles AS cycle_row ON cycle_row.id = t.cycle
	JOIN t_states AS state_row ON state_row.id = t.state
	LEFT JOIN t_states AS reviewer_1_row ON reviewer_1_row.id = t.reviewer_1
	LEFT JOIN t_states AS reviewer_2_row ON reviewer_2_row.id = t.reviewer_2
	LEFT JOIN t_states AS reviewer_3_row ON reviewer_3_row.id = t.reviewer_3
	LEFT JOIN t_reviews AS replaces_row ON replaces_row.id = t.replaces;

CREATE TABLE t_events (
	review INTEGER NOT NULL REFERENCES t_reviews (id),
	milestone INTEGER NOT NULL REFERENCES t_milestones (id),
	date TEXT,
	date_first INTEGER,
	date_last INTEGER,
	source TEXT,
	PRIMARY KEY (review, milestone)
) STRICT, WITHOUT ROWID;

CREATE VIEW events AS
	SELECT review_row.review AS review,
		milestone_row.milestone AS milestone,
		t.date,
		t.source
	FROM t_events AS t
	JOIN t_reviews AS review_row ON review_row.id = t.review
	JOIN t_milestones AS milestone_row ON milestone_row.id = t.milestone;

CREATE TABLE t_ta_types (
	id INTEGER PRIMARY KEY,
	type TEXT NOT NULL,
	name TEXT,
	CONSTRAINT type_code_is_given CHECK (type <> ''),
	UNIQUE (type)
) STRICT;

CREATE VIEW ta_types AS
	SELECT t.type,
		t.name
	FROM t_ta_types AS t
	WHERE t.id > 0;

CREATE TABLE t_needs (
	review INTEGER NOT NULL REFERENCES t_reviews (id),
	article INTEGER NOT NULL REFERENCES t_articles (id),
	paragraph TEXT NOT NULL,
	type INTEGER NOT NULL REFERENCES t_ta_types (id),
	source TEXT,
	PRIMARY KEY (review, article, paragraph, type)
) STRICT, WITHOUT ROWID;

CREATE VIEW needs AS
	SELECT review_row.review AS review,
		article_row.article AS article,
		t.paragraph,
		type_row.type AS type,
		t.source
	FROM t_needs AS t
	JOIN t_reviews AS review_row ON review_row.id = t.review
	JOIN t_articles AS article_row ON article_row.id = t.article
	JOIN t_ta_types AS type_row ON type_row.id = t.type;

CREATE TABLE t_assistance (
	id INTEGER PRIMARY KEY,
	activity TEXT NOT NULL,
	topic TEXT,
	provider TEXT,
	beneficiary TEXT,
	starts TEXT,
	starts_first INTEGER,
	starts_last INTEGER,
	ends TEXT,
	ends_first INTEGER,
	ends_last INTEGER,
	source TEXT,
	CONSTRAINT activity_code_is_given CHECK (activity <> ''),
	UNIQUE (activity)
) STRICT;

CREATE VIEW assistance AS
	SELECT t.activity,
		t.topic,
		t.provider,
		t.beneficiary,
		t.starts,
		t.ends,
		t.source
	FROM t_assistance AS t;

CREATE TABLE t_assistance_targets (
	activity INTEGER NOT NULL REFERENCES t_assistance (id),
	line TEXT NOT NULL,
	state INTEGER REFERENCES t_states (id),
	region INTEGER REFERENCES t_regions (id),
	article TEXT,
	type INTEGER REFERENCES t_ta_types (id),
	PRIMARY KEY (activity, line)
) STRICT, WITHOUT ROWID;

CREATE VIEW assistance_targets AS
	SELECT activity_row.activity AS activity,
		t.line,
		state_row.state AS state,
		region_row.region AS region,
		t.article,
		type_row.type AS type
	FROM t_assistance_targets AS t
	JOIN t_assistance AS activity_row ON activity_row.id = t.activity
	LEFT JOIN t_states AS state_row ON state_row.id = t.state
	LEFT JOIN t_regions AS region_row ON region_row.id = t.region
	LEFT JOIN t_ta_types AS type_row ON type_row.id = t.type;

CREATE TABLE t_findings (
	review INTEGER NOT NULL REFERENCES t_reviews (id),
	article INTEGER NOT NULL REFERENCES t_articles (id),
	kind TEXT NOT NULL CONSTRAINT kind_is_a_known_word CHECK (kind IN ('good_practice', 'challenge', 'recommendation')),
	position TEXT NOT NULL,
	summary TEXT,
	source TEXT,
	PRIMARY KEY (review, article, kind, position)
) STRICT, WITHOUT ROWID;

CREATE VIEW findings AS
	SELECT review_row.review AS review,
		article_row.article AS article,
		t.kind,
		t.position,
		t.summary,
		t.source
	FROM t_findings AS t
	JOIN t_reviews AS review_row ON review_row.id = t.review
	JOIN t_articles AS article_row ON article_row.id = t.article;

CREATE TABLE t_documents (
	review INTEGER NOT NULL REFERENCES t_reviews (id),
	kind TEXT NOT NULL CONSTRAINT kind_is_a_known_word CHECK (kind IN ('self_assessment', 'executive_summary', 'country_report', 'civil_society_report', 'follow_up')),
	language TEXT NOT NULL,
	published TEXT,
	published_first INTEGER,
	published_last INTEGER,
	symbol TEXT,
	url TEXT,
	PRIMARY KEY (review, kind, language)
) STRICT, WITHOUT ROWID;

CREATE VIEW documents AS
	SELECT review_row.review AS review,
		t.kind,
		t.language,
		t.published,
		t.symbol,
		t.url
	FROM t_documents AS t
	JOIN t_reviews AS review_row ON review_row.id = t.review;

CREATE TABLE t_participation (
	review INTEGER NOT NULL REFERENCES t_reviews (id),
	step TEXT NOT NULL,
	sector TEXT NOT NULL CONSTRAINT sector_is_a_known_word CHECK (sector IN ('civil_society', 'academia', 'media', 'private_sector')),
	mode TEXT CONSTRAINT mode_is_a_known_word CHECK (mode IN ('in_person', 'online')),
	date TEXT,
	date_first INTEGER,
	date_last INTEGER,
	PRIMARY KEY (review, step, sector)
) STRICT, WITHOUT ROWID;

CREATE VIEW participation AS
	SELECT review_row.review AS review,
		t.step,
		t.sector,
		t.mode,
		t.date
	FROM t_participation AS t
	JOIN t_reviews AS review_row ON review_row.id = t.review;

CREATE TABLE t_measures (
	review INTEGER NOT NULL REFERENCES t_reviews (id),
	article INTEGER NOT NULL REFERENCES t_articles (id),
	recommendation TEXT NOT NULL,
	status TEXT CONSTRAINT status_is_a_known_word CHECK (status IN ('planned', 'under_way', 'completed')),
	date TEXT,
	date_first INTEGER,
	date_last INTEGER,
	text TEXT,
	source TEXT,
	PRIMARY KEY (review, article, recommendation)
) STRICT, WITHOUT ROWID;

CREATE VIEW measures AS
	SELECT review_row.review AS review,
		article_row.article AS article,
		t.recommendation,
		t.status,
		t.date,
		t.text,
		t.source
	FROM t_measures AS t
	JOIN t_reviews AS review_row ON review_row.id = t.review
	JOIN t_articles AS article_row ON article_row.id = t.article;

CREATE TABLE t_contacts (
	state INTEGER NOT NULL REFERENCES t_states (id),
	role TEXT NOT NULL,
	name TEXT,
	email TEXT,
	consent_date INTEGER,
	PRIMARY KEY (state, role)
) STRICT, WITHOUT ROWID;

CREATE VIEW contacts AS
	SELECT state_row.state AS state,
		t.role,
		t.name,
		t.email,
		date(t.consent_date * 86400, 'unixepoch') AS consent_date
	FROM t_contacts AS t
	JOIN t_states AS state_row ON state_row.id = t.state;

CREATE TABLE t_sessions (
	id INTEGER PRIMARY KEY,
	session TEXT NOT NULL,
	body TEXT CONSTRAINT body_is_a_known_word CHECK (body IN ('IRG', 'COSP', 'briefing')),
	name TEXT,
	starts INTEGER,
	ends INTEGER,
	place TEXT,
	symbol TEXT,
	CONSTRAINT session_code_is_given CHECK (session <> ''),
	UNIQUE (session)
) STRICT;

CREATE VIEW sessions AS
	SELECT t.session,
		t.body,
		t.name,
		date(t.starts * 86400, 'unixepoch') AS starts,
		date(t.ends * 86400, 'unixepoch') AS ends,
		t.place,
		t.symbol
	FROM t_sessions AS t;

CREATE TABLE t_topics (
	topic TEXT NOT NULL,
	convention TEXT NOT NULL,
	article INTEGER NOT NULL REFERENCES t_articles (id),
	label TEXT,
	PRIMARY KEY (topic, convention, article)
) STRICT, WITHOUT ROWID;

CREATE VIEW topics AS
	SELECT t.topic,
		t.convention,
		article_row.article AS article,
		t.label
	FROM t_topics AS t
	JOIN t_articles AS article_row ON article_row.id = t.article;

CREATE TABLE t_labels (
	kind TEXT NOT NULL,
	code TEXT NOT NULL,
	lang TEXT NOT NULL,
	label TEXT,
	PRIMARY KEY (kind, code, lang)
) STRICT, WITHOUT ROWID;

CREATE VIEW labels AS
	SELECT t.kind,
		t.code,
		t.lang,
		t.label
	FROM t_labels AS t;

CREATE TABLE t_published (
	as_of TEXT NOT NULL,
	as_of_first INTEGER,
	as_of_last INTEGER,
	cycle INTEGER NOT NULL REFERENCES t_cycles (id),
	metric TEXT NOT NULL,
	region INTEGER NOT NULL REFERENCES t_regions (id),
	article TEXT NOT NULL,
	value REAL,
	unit TEXT,
	source TEXT,
	PRIMARY KEY (as_of, cycle, metric, region, article)
) STRICT, WITHOUT ROWID;

CREATE VIEW published AS
	SELECT t.as_of,
		cycle_row.cycle AS cycle,
		t.metric,
		region_row.region AS region,
		t.article,
		t.value,
		t.unit,
		t.source
	FROM t_published AS t
	JOIN t_cycles AS cycle_row ON cycle_row.id = t.cycle
	JOIN t_regions AS region_row ON region_row.id = t.region;

-- The rows that 'all' refers to. A cycle needs a mechanism, and the mechanism of all has no code.
INSERT INTO t_mechanisms (id, mechanism) VALUES (0, 'all');
INSERT INTO t_cycles (id, cycle, mechanism) VALUES (0, 'all', 0);
INSERT INTO t_articles (id, convention, article, chapter) VALUES (0, 'all', 'all', 'all');
INSERT INTO t_regions (id, region) VALUES (0, 'all');
INSERT INTO t_ta_types (id, type) VALUES (0, 'all');
