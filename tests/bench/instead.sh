#!/bin/sh
# The same with what one would use instead: the sqlite3 shell for the file and the counts, R with
# its survival package for the delays and the charts.  instead.sh PACKAGE OUT.
# Its figures leave out vague dates, discontinued reviews and limits, which it would take more to do.
set -eu
package=$1
here=$(cd "$(dirname "$0")" && pwd)
cd "$2"
rm -f irm.db
for table in mechanisms cycles scope articles milestones regions states reviews events needs; do
  printf '.import --csv %s/%s.csv %s\n' "$package" "$table" "$table"
done | sqlite3 irm.db
sqlite3 -csv -header irm.db >status.csv <<'END'
WITH last AS (
  SELECT review, milestone, max(CAST(position AS INTEGER))
  FROM events JOIN milestones USING (milestone) GROUP BY review)
SELECT region, milestone AS stage, count(*) AS reviews
FROM reviews JOIN states USING (state) LEFT JOIN last USING (review) GROUP BY 1, 2;
END
sqlite3 -csv -header irm.db >rates.csv <<'END'
SELECT region, milestone, 1.0 * count(*) / eligible AS rate
FROM events JOIN reviews USING (review) JOIN states USING (state)
  JOIN (SELECT region, count(*) AS eligible
        FROM reviews JOIN states USING (state) GROUP BY 1) USING (region)
GROUP BY 1, 2;
END
sqlite3 -csv -header irm.db >needs.csv <<'END'
WITH done AS (
  SELECT review, cycle, region FROM events JOIN reviews USING (review) JOIN states USING (state)
  WHERE milestone = 'summary_agreed'),
eligible AS (
  SELECT article, region, count(*) AS n
  FROM done JOIN scope USING (cycle) JOIN articles USING (chapter) GROUP BY 1, 2)
SELECT article, region, 1.0 * count(DISTINCT review) / n AS rate
FROM needs JOIN done USING (review) JOIN eligible USING (article, region) GROUP BY 1, 2;
END
Rscript --vanilla "$here/instead.R" "$package"
