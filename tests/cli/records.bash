# A second count of the records, from the CSV files by SQL alone, for tests to compare the tools with.

# first_day COLUMN, last_day COLUMN: SQL for the first and the last possible day of a date
first_day() {
  echo "CASE WHEN $1 LIKE '[..%' THEN '0001-01-01' WHEN $1 LIKE '[%' THEN substr($1, 2, 10)
    WHEN length($1) = 4 THEN $1 || '-01-01' WHEN length($1) = 7 THEN $1 || '-01' WHEN $1 = '' THEN '0001-01-01' ELSE $1 END"
}
last_day() {
  echo "CASE WHEN $1 LIKE '[..%' THEN substr($1, 4, 10) WHEN $1 LIKE '[%..]' THEN '9999-12-31' WHEN $1 LIKE '[%' THEN substr($1, 14, 10)
    WHEN length($1) = 4 THEN $1 || '-12-31' WHEN length($1) = 7 THEN date($1 || '-01', '+1 month', '-1 day')
    WHEN $1 = '' THEN '9999-12-31' ELSE $1 END"
}

# records PACKAGE: loads it into ./package.db, and reads its tables as they stand into ./records.db,
# where `dated` holds the events that have a date, with its first and last possible day and the
# position of their milestone
records() {
  rm -f records.db package.db
  irm-load -d package.db "$1"
  for table in mechanisms cycles scope articles milestones regions states reviews events needs ta_types topics sessions findings documents \
    participation measures contacts; do
    [ ! -f "$1/$table.csv" ] || echo ".import --csv \"$1/$table.csv\" $table"
  done | sqlite3 records.db
  sqlite3 records.db <<'END'
CREATE TABLE placed AS
  SELECT r.*, c.mechanism, CASE s.region WHEN '' THEN 'unassigned' ELSE s.region END AS region
  FROM reviews r JOIN cycles c USING (cycle) JOIN states s USING (state);
CREATE TABLE dated AS
  SELECT e.review, e.milestone, m.position + 0 AS position,
    CASE WHEN date LIKE '[..%' THEN '0001-01-01' WHEN date LIKE '[%' THEN substr(date, 2, 10)
      WHEN length(date) = 4 THEN date || '-01-01' WHEN length(date) = 7 THEN date || '-01'
      ELSE date END AS first,
    CASE WHEN date LIKE '[..%' THEN substr(date, 4, 10) WHEN date LIKE '[%..]' THEN '9999-12-31'
      WHEN date LIKE '[%' THEN substr(date, 14, 10) WHEN length(date) = 4 THEN date || '-12-31'
      WHEN length(date) = 7 THEN date(date || '-01', '+1 month', '-1 day')
      ELSE date END AS last
  FROM events e JOIN placed p USING (review)
    JOIN milestones m ON m.mechanism = p.mechanism AND m.milestone = e.milestone
  WHERE date <> '';
CREATE INDEX dated_review ON dated (review, position);
END
}

# counting DAY: SQL for the reviews that count on that day
counting() {
  cat <<END
counting AS (SELECT p.* FROM placed p LEFT JOIN reviews old ON old.review = p.replaces
  WHERE (p.discontinued = '' OR p.discontinued > '$1')
    AND (p.replaces = '' OR (old.discontinued <> '' AND old.discontinued <= '$1')))
END
}

# sql: the answer of records.db to the SQL on stdin, as CSV without a header
sql() {
  sqlite3 -csv records.db | tr -d '\r'
}

# days_of PACKAGE: days to ask about: the package's own, and some before
days_of() {
  sed -n 's/.*"as_of": "\([0-9-]*\)".*/\1/p' "$1/datapackage.json"
  printf '%s\n' 2005-12-14 2011-06-06 2013-06-30 2019-10-15
}

# shuffled PACKAGE COPY: a copy of a package with the rows of its tables in another order
shuffled() {
  mkdir "$2"
  cp "$1"/datapackage.json "$2"
  for file in "$1"/*.csv; do
    { head -n 1 "$file"; tail -n +2 "$file" | shuf --random-source="$file"; } >"$2/${file##*/}"
  done
}

# is_json FILE, is_jsonl FILE: fails where it is none
is_json() {
  [ "$(sqlite3 :memory: "SELECT json_valid(readfile('$1'))")" = 1 ]
}
is_jsonl() {
  { echo '['; sed "\$!s/\$/,/" "$1"; echo ']'; } >lines.json
  is_json lines.json
  [ "$(sqlite3 :memory: "SELECT json_array_length(readfile('lines.json'))")" -eq "$(wc -l <"$1")" ]
}

# json_as_csv FILE COLUMN...: an array of objects as CSV with a header, unknown empty
json_as_csv() {
  local file=$1 columns
  shift
  (IFS=,; echo "$*")
  columns=$(printf ", json_extract(value, '$.%s')" "$@")
  sqlite3 -csv :memory: "SELECT ${columns#, } FROM json_each(readfile('$file')) ORDER BY key" | tr -d '\r'
}

# formats TOOL ARGUMENT...: every format of a table says what its CSV says. For tables without
# commas, quotes, backslashes and bars in their cells.
formats() {
  local header n
  "$@" -f csv >formats.csv
  header=$(head -n 1 formats.csv)
  n=$(wc -l <formats.csv)
  "$@" -f json >formats.json
  is_json formats.json
  # shellcheck disable=SC2046 # one word a column
  diff <(canonical <formats.csv) <(json_as_csv formats.json $(tr , ' ' <<<"$header") | canonical)
  "$@" -f jsonl >formats.jsonl
  [ "$(wc -l <formats.jsonl)" -eq $((n - 1)) ]
  is_jsonl formats.jsonl
  "$@" -f tsv | tr '\t' , | diff formats.csv -
  "$@" -f md >formats.md
  [ "$(sed -n 2p formats.md | tr -d ' |-')" = '' ]
  sed '2d; s/^| //; s/ |$//; s/ | /,/g; s/\\//g; s/|  |/||/g' formats.md | diff formats.csv -
  "$@" -f table >formats.txt
  [ "$(wc -l <formats.txt)" -eq "$n" ]
  diff <(tr -d ',' <formats.csv) <(tr -d ' ' <formats.txt)
}

# canonical: numbers of a CSV by value: SQLite writes 1.0 where the tools write 1
canonical() {
  awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/) $i = sprintf("%.10g", $i); print }' |
    tr -d '"'
}

# near WANTED GOT: two CSV files with the same text and numbers within 1e-9
near() {
  paste -d '\n' "$1" "$2" | awk -F, '
    NR % 2 { n = split($0, a); next }
    { bad = NF != n
      for (i = 1; i <= n; i++)
        if ($i != a[i] && !($i != "" && a[i] != "" && $i + 0 == $i && a[i] + 0 == a[i] &&
            ($i - a[i]) ^ 2 < 1e-18)) bad = 1
      if (bad) { print "wanted: " join(a, n) "\nfound:  " $0; failed = 1 } }
    function join(list, n, i, text) { for (i = 1; i <= n; i++) text = text (i > 1 ? "," : "") list[i]; return text }
    END { exit failed || NR % 2 }'
}

# For awk: wilson(x, n), the columns rate, rate_lo and rate_hi at level 0.95
# shellcheck disable=SC2034 # by the tests
WILSON='function wilson(x, n,    z, p, m, h) {
  if (n == 0) return ",,"
  z = 1.959963984540054; p = x / n
  m = (p + z * z / (2 * n)) / (1 + z * z / n)
  h = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
  return sprintf("%.10g,%.10g,%.10g", p, x == 0 ? 0 : m - h, x == n ? 1 : m + h)
}'

# same_from_file_and_folder PACKAGE COMMAND...: a loaded file gives the bytes that the folder gives
same_from_file_and_folder() {
  local package=$1 base=${1##*/} folder_status=0 file_status=0
  shift
  [ -e "$base.db" ] || irm-load -d "$base.db" "$package"
  "$@" -d "$package" >folder.out 2>folder.err || folder_status=$?
  "$@" -d "$base.db" >file.out 2>file.err || file_status=$?
  [ "$folder_status" -eq "$file_status" ]
  cmp folder.out file.out
  cmp folder.err file.err
}

# wrong_question TOOL: what every tool with keys says of wrong ones
wrong_question() {
  local package=$ROOT/datasets/upr
  fault 2 "$1" "there is no key 'regoin' here (did you mean 'region'?)" -d "$package" --by regoin
  fault 2 "$1" "there is no key 'regoin' here (did you mean 'region'?)" -d "$package" --where regoin=AFR
  fault 2 "$1" "--by: the key 'region' stands twice" -d "$package" --by region,region
  fault 2 "$1" "the source has no region 'AFS' (did you mean 'AFR'?)" -d "$package" --where region=AFS
  fault 2 "$1" "the source has no region 'afr' (did you mean 'AFR'?)" -d "$package" --where region=afr
  fault 2 "$1" "the source has no cycle 'UPR-3' (did you mean 'UPR-1'?)" -d "$package" --where cycle=UPR-3
  fault 2 "$1" "expected a year, found '2O12'" -d "$package" --where year=2O12
  fault 2 "$1" "--where: expected COL=VALUE, found 'region'" -d "$package" --where region
  fault 2 "$1" "--where: expected COL=VALUE, found 'year>2012'" -d "$package" --where 'year>2012'
  fault 2 "$1" "--where: <= takes one value that has an order" -d "$package" --where 'year<=2009,2010'
  fault 2 "$1" "--where: >= takes one value that has an order" -d "$package" --where 'region>=unassigned'
  fault 2 "$1" "--as-of: expected a day such as 2019-10-30 or a session, found '2014-02-30' (the calendar has no such day)" \
    -d "$package" --as-of 2014-02-30
  fault 2 "$1" "--as-of: expected a day such as 2019-10-30 or a session, found 'irg1O' (did you mean the session 'irg10'?)" \
    -d "$ROOT/datasets/uncac" --as-of irg1O
  fault 2 "$1" "--as-of: the first day of the session 'cosp02' is not recorded" -d "$ROOT/datasets/uncac" --as-of cosp02
  fault 2 "$1" "--imprecise: found 'midle' (did you mean 'middle'?)" -d "$package" --imprecise midle
  fault 2 "$1" "there is no format 'jsno' (did you mean 'json'?)" -d "$ROOT/datasets/untoc" -f jsno
  fault 2 "$1" "there is no option '--totals' (did you mean '--total'? see $1 --help)" -d "$package" --totals
  fault 2 "$1" "expected options only, found 'upr' (see $1 --help)" upr
}

# wrong_source TOOL SOURCE: sources that are none, and places where nothing can be written
wrong_source() {
  fault 4 "$1" 'none.db: cannot read: No such file or directory' -d none.db
  fault 4 "$1" 'irm.db: cannot read: No such file or directory'
  IRM_SOURCE=other.db fault 4 "$1" 'other.db: cannot read: No such file or directory'
  mkdir -p nothing
  fault 3 "$1" 'nothing: expected a package, found a folder without tables (a package has CSV files such as reviews.csv and events.csv)' -d nothing
  : >empty.db
  fault 3 "$1" 'empty.db: expected a database or a package folder, found an empty file' -d empty.db
  run -4 bash -c "'$1' -d '$2' >/dev/full"
  same "$output" "$1: standard output: cannot write: No space left on device"
  fault 4 "$1" 'none/out.csv: cannot write: No such file or directory' -d "$2" -o none/out.csv
  IRM_SOURCE=$2 "$1" >by-variable.csv
  "$1" -d "$2" -o by-option.csv
  cmp by-variable.csv by-option.csv
}

# fault STATUS TOOL MESSAGE ARGUMENT...: nothing on stdout, one line on stderr, the status
fault() {
  local wanted=$1 tool=$2 message=$3
  shift 3
  run_tool "-$wanted" "$tool" "$@"
  # shellcheck disable=SC2154 # run sets stderr
  same "$stderr" "$tool: $message"
  [ -z "$output" ]
}
