-- From the depositary's table (from/) to the tables of the package. Run by ../build.sh.
.import --csv from/uncac_signatures.csv parties
.import --csv from/state_names.csv names

.read names/labels.sql

CREATE TABLE groups(region, name, position, as_found);
INSERT INTO groups VALUES
    ('AFR', 'African States', 1, 'African'),
    ('APG', 'Asia-Pacific States', 2, 'Asia-Pacific'),
    ('EEG', 'Eastern European States', 3, 'Eastern European'),
    ('GRULAC', 'Latin American and Caribbean States', 4, 'Latin American and Caribbean'),
    ('WEOG', 'Western European and other States', 5, 'Western European and other');

-- Who acceded or succeeded without signing is no row of this package.
CREATE VIEW signatories AS
SELECT iso3, 'UNCAC-consent-' || iso3 AS review, regional_group, signature, nullif(consent, '') AS consent, source
FROM parties WHERE signature <> '';

.mode csv
.headers on
.separator , "\n"

.once out/mechanisms.csv
SELECT 'UNCAC-consent' AS mechanism,
    'Consent to be bound by the United Nations Convention against Corruption' AS name, 'UNCAC' AS convention;

.once out/cycles.csv
SELECT 'UNCAC-consent' AS cycle, 'UNCAC-consent' AS mechanism, 'Signatories of the Convention' AS name,
    min(signature) AS starts, NULL AS ends
FROM signatories;

.once out/milestones.csv
SELECT 'UNCAC-consent' AS mechanism, column1 AS milestone, column2 AS position, column3 AS from_milestone,
    NULL AS time_limit, NULL AS unit, 'state_under_review' AS party, 'no' AS releases_findings, column4 AS label,
    (SELECT min(source) FROM signatories) AS source
FROM (VALUES ('signed', 1, NULL, 'Signature'),
             ('consent', 2, 'signed', 'Consent to be bound'))
ORDER BY position;

.once out/regions.csv
SELECT region, name, position FROM groups ORDER BY position;

.once out/states.csv
SELECT s.iso3 AS state, n.name, g.region, s.consent AS party_since
FROM signatories s LEFT JOIN names n USING (iso3) LEFT JOIN groups g ON g.as_found = s.regional_group
ORDER BY state;

.once out/reviews.csv
SELECT review, 'UNCAC-consent' AS cycle, NULL AS year, iso3 AS state, NULL AS reviewer_1, NULL AS reviewer_2,
    NULL AS reviewer_3, 'none' AS dialogue, NULL AS replaces, NULL AS discontinued, NULL AS observed_until
FROM signatories ORDER BY review;

.once out/events.csv
SELECT review, milestone, date, source
FROM (SELECT review, 'signed' AS milestone, 1 AS position, signature AS date, source FROM signatories
      UNION ALL
      SELECT review, 'consent', 2, consent, source FROM signatories WHERE consent IS NOT NULL)
ORDER BY review, position;

.once out/labels.csv
SELECT kind, code, lang, label FROM worded
WHERE kind <> 'state' OR code IN (SELECT iso3 FROM signatories)
ORDER BY kind, code, lang;
