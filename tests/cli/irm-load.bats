#!/usr/bin/env bats
# irm-load: all of it or nothing, every fault with file:line:field.
load helper

setup() {
  cd "$BATS_TEST_TMPDIR"
  made_up_package p
}

# fault NAME MESSAGE: loads p into a new file and into one that has records; both times it ends with
# exit 3 and tells just that, the new file does not appear, and the other is as it was, to the byte.
fault() {
  [ -e good.db ] || { made_up_package good && irm-load -d good.db good; }
  cp good.db was.db
  for db in new.db good.db; do
    run_tool irm-load -d "$db" p
    [ "$status" -eq 3 ] || { echo "$1: exit $status"; return 1; }
    [ -z "$output" ]
    contains "$stderr" "irm-load: $2" || { echo "($1)"; return 1; }
  done
  [ ! -e new.db ] || { echo "$1: new.db is there"; return 1; }
  cmp good.db was.db || { echo "$1: good.db has changed"; return 1; }
  [ -z "$(find . -maxdepth 1 -name '*.db*' ! -name good.db ! -name was.db)" ]
}

# header TABLE TEXT: puts another header over a table
header() {
  sed -i "1s/.*/$2/" "p/$1.csv"
}

# only TABLE ROWS: a table has these rows alone
only() {
  sed -i 1q "p/$1.csv"
  printf '%b\n' "$2" >>"p/$1.csv"
}

@test "a package is loaded, and says nothing" {
  run_tool -0 irm-load -d a.db p
  [ -z "$output$stderr" ]
  same "$(sqlite3 a.db 'SELECT count(*) FROM reviews')" 7
  same "$(find . -maxdepth 1 -name 'a.db*')" ./a.db
}

@test "--verbose counts the rows" {
  run_tool -0 irm-load -v -d a.db p
  [ -z "$output" ]
  contains "$stderr" 'irm-load: note: events: 15 rows'
  contains "$stderr" 'irm-load: note: a.db: 46 rows in all'
  run_tool -0 irm-load -v -q -d b.db p
  [ -z "$output$stderr" ]
}

@test "header: a wrong name, with the nearest right one" {
  header states state,name,regoin,party_since
  fault 'wrong name' "p/states.csv:1:3: the table 'states' has no column 'regoin' (did you mean 'region'?)"
  contains "$stderr" "irm-load: p/states.csv:1: the column 'region' is missing"
}

@test "header: a missing, an extra and a double column" {
  header states state,name,region
  fault missing "p/states.csv:1: the column 'party_since' is missing"
  header states state,name,region,party_since,remark
  fault extra "p/states.csv:1:5: the table 'states' has no column 'remark'"
  header states state,name,region,name,party_since
  fault double "p/states.csv:1:4: the column 'name' stands twice"
}

@test "header: semicolons for commas" {
  sed -i 's/,/;/g' p/states.csv
  fault semicolons 'p/states.csv:1:1: expected commas between the columns, found semicolons'
}

@test "header: an empty file, an empty line" {
  : >p/states.csv
  fault 'empty file' 'p/states.csv:1: expected a header row, found an empty file'
  echo >p/states.csv
  fault 'empty line' 'p/states.csv:1: expected a header row, found an empty line'
}

@test "a header alone is a table without rows" {
  sed -i 1q p/needs.csv
  run_tool -0 irm-load -d a.db p
  same "$(sqlite3 a.db 'SELECT count(*) FROM needs')" 0
}

@test "dates: no such day, another order, a spreadsheet's number, no day where one must be" {
  only events FIC-1-XAA,started,2020-02-30,
  fault 'no such day' "p/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '2020-02-30' (the calendar has no such day)"
  only events FIC-1-XAA,started,30/02/2020,
  fault slashes "p/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '30/02/2020' (write the year first: YYYY-MM-DD)"
  only events FIC-1-XAA,started,43831,
  fault number "p/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '43831' (a spreadsheet's day number? as a day it is 2020-01-01)"
  made_up_package p
  only states XAA,Aland,AFR,2010-02-30
  fault 'no such day, in a column of days' "p/states.csv:2:4: expected a day such as 2019-10-30, found '2010-02-30' (the calendar has no such day)"
  only states XAA,Aland,AFR,2010-02
  fault 'vague, in a column of days' "p/states.csv:2:4: expected a day such as 2019-10-30, found '2010-02' (a vague date cannot stand here)"
}

@test "dates: a backwards interval" {
  only events 'FIC-1-XAA,started,[2019-10-30..2019-10-01],'
  fault backwards "p/events.csv:2:3: expected an interval whose first day comes first, found '[2019-10-30..2019-10-01]'"
}

@test "quotes: unclosed, stray" {
  only states 'XAA,"Aland,AFR,\nXAB,Beland,AFR,'
  fault unclosed 'p/states.csv:2:2: found a quote that is never closed'
  only states 'XAA,Aland,AFR,\nXAB,Be"land,AFR,'
  fault stray 'p/states.csv:3:2: found a stray quote'
}

@test "bytes: NUL, Latin-1, UTF-16 with and without a mark" {
  only states 'XAA,Ala\0nd,AFR,'
  fault NUL 'p/states.csv:2:2: expected text, found a NUL byte'
  only states 'XAA,Cura\xe7ao,AFR,'
  fault Latin-1 'p/states.csv:2:2: expected UTF-8, found the byte 0xE7 at byte 5 of the field (is it Windows-1252?'
  for encoding in UTF-16 UTF-16LE UTF-16BE; do
    made_up_package good
    iconv -f UTF-8 -t $encoding good/states.csv >p/states.csv
    fault $encoding 'p/states.csv:1:1: expected UTF-8, found what looks like UTF-16'
  done
}

@test "rows: too short, too long, empty" {
  only states 'XAA,Aland,AFR'
  fault short 'p/states.csv:2: expected 4 fields as in the header, found 3'
  only states 'XAA,Aland,AFR,,5'
  fault long 'p/states.csv:2: expected 4 fields as in the header, found 5'
  only states 'XAA,Aland,AFR,\n\nXAB,Beland,AFR,'
  fault empty 'p/states.csv:3: found an empty line'
}

@test "keys: double, empty" {
  only states 'XAA,Aland,AFR,\nXAB,Beland,AFR,\nXAA,Again,AFR,'
  fault double "p/states.csv:4:1: the key 'XAA' stands twice in this file"
  only states ',Aland,AFR,'
  fault empty "p/states.csv:2:1: the key column 'state' is empty"
  made_up_package p
  only needs FIC-1-XAA,,1,training,
  fault "empty, where 'all' can stand" "p/needs.csv:2:2: the key column 'article' is empty ('all' stands for no one in particular)"
}

@test "references: no such State, review, milestone, article, region" {
  only reviews 'FIC-1-XAA,FIC-1,2018,XAA,,,,,,,\nFIC-1-XAX,FIC-1,2018,XAX,,,,,,,'
  fault State "p/reviews.csv:3:4: there is no state 'XAX' (did you mean 'XAA'?)"
  made_up_package p
  only events FIC-1-XAZ,started,2018-03-01,
  fault review "p/events.csv:2:1: there is no review 'FIC-1-XAZ' (did you mean 'FIC-1-XAA'?)"
  only events FIC-1-XAA,dialouge,2018-03-01,
  fault milestone "p/events.csv:2:2: there is no milestone 'dialouge' (did you mean 'dialogue'?)"
  made_up_package p
  sed -i '2s/,15,/,99,/' p/needs.csv
  fault article "p/needs.csv:2:2: there is no article '99'"
  made_up_package p
  sed -i '2s/AFR/AFRR/' p/states.csv
  fault region "p/states.csv:2:3: there is no region 'AFRR' (did you mean 'AFR'?)"
  made_up_package p
  sed -i '7s/FIC-1-XAE,,/FIC-1-XXX,,/' p/reviews.csv
  fault 'review that is replaced' "p/reviews.csv:7:9: there is no row 'FIC-1-XXX' in this table"
}

@test "references: to rows that no file and no earlier load brought" {
  rm p/states.csv
  run_tool -3 irm-load -d new.db p
  contains "$stderr" "irm-load: p/reviews.csv:2:4: there is no state 'XAA'"
  [ ! -e new.db ]
  made_up_package q
  irm-load -d a.db q
  run_tool -0 irm-load -d a.db p
}

@test "words, numbers and rules" {
  sed -i 's/country_visit/country-visit/' p/reviews.csv
  fault word "p/reviews.csv:2:8: found 'country-visit' as dialogue (did you mean 'country_visit'?)"
  made_up_package p
  sed -i '2s/,2018,/,2018.5,/' p/reviews.csv
  fault number "p/reviews.csv:2:3: expected a whole number, found '2018.5'"
  made_up_package p
  only milestones FIC,started,1,,3,,,no,,
  fault rule 'p/milestones.csv:2: the row breaks a rule: time limit has a unit'
}

@test "a fault stands at its field after a quoted field of several lines" {
  only states 'XAA,"A\n\nland",AFR,\nXAB,Beland,NONE,'
  fault position "p/states.csv:5:3: there is no region 'NONE'"
}

@test "every fault of a file is found: 20 in full, the others counted" {
  sed -i 1q p/states.csv
  for i in $(seq 10 40); do echo "X$i,,NONE," >>p/states.csv; done
  run_tool -3 irm-load -d new.db p
  [ "$(grep -c "there is no region 'NONE'" <<<"$stderr")" -eq 20 ]
  contains "${stderr_lines[0]}" 'irm-load: p/states.csv:2:3: '
  contains "${stderr_lines[19]}" 'irm-load: p/states.csv:21:3: '
  same "${stderr_lines[20]}" 'irm-load: and 11 more faults in this file'
  [ "${#stderr_lines[@]}" -eq 21 ]
}

@test "just 20 faults: none is counted" {
  sed -i 1q p/states.csv
  for i in $(seq 10 29); do echo "X$i,,NONE," >>p/states.csv; done
  run_tool -3 irm-load -d new.db p
  [ "${#stderr_lines[@]}" -eq 20 ]
  [[ $stderr != *more* ]]
}

@test "a fault in the second package takes the first back" {
  made_up_package q
  echo FIC-9,II >>q/scope.csv
  run_tool -3 irm-load -d new.db p q
  contains "$stderr" "irm-load: q/scope.csv:4:1: there is no cycle 'FIC-9'"
  [ ! -e new.db ]
}

@test "packages that are none: no tables, a file named for no table, no folder" {
  mkdir empty
  run_tool -3 irm-load -d new.db empty
  contains "$stderr" 'irm-load: empty: expected a package, found a folder without tables'
  cp p/events.csv p/event.csv
  fault 'named for none' "p/event.csv: the file is named for no table (did you mean 'events'?)"
  rm p/event.csv
  run_tool -4 irm-load -d new.db nowhere
  same "$stderr" 'irm-load: nowhere: cannot read: No such file or directory'
  [ ! -e new.db ]
}

@test "descriptors that are none" {
  echo '{"as_of": "2020-12-31",}' >p/datapackage.json
  fault JSON 'p/datapackage.json:1: expected a JSON descriptor: '
  echo '{"as_of": "2020-02-30"}' >p/datapackage.json
  fault as_of "p/datapackage.json: expected a day such as 2019-10-30, found '2020-02-30' (the calendar has no such day)"
  echo '[]' >p/datapackage.json
  fault array 'p/datapackage.json:1: expected a JSON object'
}

# refused NAME MESSAGE: loading into bad.db is refused with exit 3, and it stays as it is
refused() {
  cp bad.db was.db
  run_tool irm-load -d bad.db p
  [ "$status" -eq 3 ] || { echo "$1: exit $status: $stderr"; return 1; }
  contains "$stderr" "irm-load: bad.db: $2" || { echo "($1)"; return 1; }
  cmp bad.db was.db
  run_tool irm-status -d bad.db --as-of 2020-12-31
  [ "$status" -eq 3 ] || { echo "$1, read: exit $status: $stderr"; return 1; }
  [ -z "$output" ]
  cmp bad.db was.db
}

@test "databases that are none of ours" {
  echo 'no database, but a text that is longer than a header of one hundred bytes, so that it is read as one' >bad.db
  refused text 'file is not a database'
  : >bad.db
  refused empty 'expected a database'
  rm bad.db
  sqlite3 bad.db 'CREATE TABLE notes (text)'
  refused "another program's" 'expected a database made by irm-load, found one of another program'
  rm bad.db
  irm-load -d bad.db p
  sqlite3 bad.db 'PRAGMA user_version = 1000'
  refused newer 'the database is of version 1000, newer than this program'
}

@test "a damaged database: exit 3, no crash, no change" {
  irm-load -d good.db p
  size=$(stat -c %s good.db)
  bad=0
  for i in $(seq 0 19); do
    cp good.db bad.db
    # 600 bytes at one of 20 places, the marks in the header left as they are
    printf '\xa5%.0s' $(seq 600) |
      dd of=bad.db bs=1 seek=$((100 + (size - 700) * i / 19)) conv=notrunc status=none
    cp bad.db was.db
    run_tool irm-status -d bad.db --as-of 2020-12-31
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ] || { echo "place $i: exit $status: $stderr"; false; }
    cmp bad.db was.db
    bad=$((bad + (status == 3)))
  done
  echo "$bad of 20 told"
  [ "$bad" -ge 3 ]
  head -c $((size / 2)) good.db >bad.db
  refused 'cut in half' 'database disk image is malformed'
}

@test "a folder where the database should be" {
  mkdir folder.db
  run_tool -3 irm-load -d folder.db p
  contains "$stderr" 'irm-load: folder.db: expected a database'
}

@test "--extra-columns passes over columns that no table has, and over nothing else" {
  header states state,remark,name,region,party_since
  sed -i '2,$s/,/,"a, b",/' p/states.csv
  fault extra "p/states.csv:1:2: the table 'states' has no column 'remark'"
  run_tool -0 irm-load --extra-columns -d a.db p
  same "$(sqlite3 a.db "SELECT name FROM states WHERE state = 'XAA'")" 'Fictional State XAA'
  header states state,remark,name,region,since
  run_tool -3 irm-load --extra-columns -d b.db p
  contains "$stderr" "p/states.csv:1: the column 'party_since' is missing"
}

@test "columns may stand in any order" {
  awk -F, -v OFS=, '{ print $4, $2, $1, $3 }' p/states.csv >states.csv
  irm-load -d a.db p
  mv states.csv p/states.csv
  irm-load -d b.db p
  same "$(sqlite3 b.db 'SELECT * FROM states ORDER BY 1')" "$(sqlite3 a.db 'SELECT * FROM states ORDER BY 1')"
}

@test "rows are merged by key; the same again changes nothing" {
  irm-load -d a.db p
  sqlite3 a.db .dump | grep '^INSERT INTO t_' | grep -v '^INSERT INTO t_load' | sort >first
  irm-load -d a.db p
  sqlite3 a.db .dump | grep '^INSERT INTO t_' | grep -v '^INSERT INTO t_load' | sort >second
  diff first second
  only states XAB,Renamed,,
  irm-load -d a.db p
  same "$(sqlite3 a.db 'SELECT * FROM states ORDER BY 1 LIMIT 3')" "XAA|Fictional State XAA|AFR|2010-01-01
XAB|Renamed||
XAC|Fictional State XAC|APG|2010-01-01"
}

@test "a byte-order mark, CRLF, lone CR and quoted line feeds are read" {
  irm-load -d a.db p
  sed 's/$/\r/' p/states.csv >states.csv
  { printf '\xef\xbb\xbf'; cat states.csv; } >p/states.csv
  tr '\n' '\r' <p/reviews.csv >reviews.csv
  mv reviews.csv p/reviews.csv
  sed -i 's/^\([^,]*\),/"\1",/' p/events.csv
  irm-load -d b.db p
  for table in states reviews events; do
    same "$(sqlite3 b.db "SELECT * FROM $table ORDER BY 1, 2")" "$(sqlite3 a.db "SELECT * FROM $table ORDER BY 1, 2")"
  done
  only states 'XAA,"A\nland ""I"", "" ",AFR,'
  irm-load -d b.db p
  same "$(sqlite3 b.db "SELECT name FROM states WHERE state = 'XAA'")" 'A
land "I", " '
}

@test "shuffled rows give the same views" {
  irm-load -d a.db p
  for file in p/*.csv; do
    { head -n 1 "$file"; tail -n +2 "$file" | shuf --random-source=<(yes 7); } >shuffled
    mv shuffled "$file"
  done
  irm-load -d b.db p
  for file in p/*.csv; do
    table=$(basename "$file" .csv)
    same "$(sqlite3 b.db "SELECT * FROM $table" | sort)" "$(sqlite3 a.db "SELECT * FROM $table" | sort)"
  done
}

# The rows of a CSV file in the order of the schema, numbers and empty fields as SQLite prints them
rows_of() {
  sqlite3 :memory: -cmd ".import --csv '$1' f" -separator $'\x1f' "SELECT $2 FROM f" | sort
}

@test "every package of datasets: the views have the rows of the files" {
  n=0
  for package in "$ROOT"/datasets/*/datapackage.json; do
    package=$(dirname "$package")
    rm -f a.db
    irm-load -d a.db "$package"
    for file in "$package"/*.csv; do
      table=$(basename "$file" .csv)
      columns=$(sqlite3 a.db "SELECT group_concat(name, ', ') FROM pragma_table_info('$table')")
      wanted=$columns
      [ "$table" != published ] || wanted=${columns/value/"CASE value WHEN '' THEN '' ELSE CAST(value AS REAL) END AS value"}
      rows_of "$file" "$wanted" >wanted
      sqlite3 a.db -separator $'\x1f' "SELECT $columns FROM $table" | sort >found
      diff -q wanted found || { diff wanted found | head; echo "$package: $table"; false; }
      n=$((n + 1))
    done
  done
  [ "$n" -ge 20 ]
}

@test "--describe: a described folder loads, and is described the same" {
  cp -r p q
  irm-load --describe p >q/datapackage.json
  same "$(sqlite3 :memory: "SELECT d ->> 'name', d ->> 'as_of', d ->> 'title', json_array_length(d, '\$.resources')
    FROM (SELECT readfile('q/datapackage.json') AS d)")" 'made-up|2020-12-31|A fictional mechanism, for tests|11'
  same "$(sqlite3 :memory: "SELECT value -> 'schema' -> 'primaryKey', value -> 'schema' -> 'foreignKeys'
    FROM json_each(readfile('q/datapackage.json'), '\$.resources') WHERE value ->> 'name' = 'events'")" \
    '["review","milestone"]|[{"fields":"review","reference":{"resource":"reviews","fields":"review"}}]'
  run_tool -0 irm-load -d a.db q
  irm-load --describe q -o again.json
  cmp again.json q/datapackage.json
  rm p/datapackage.json
  irm-load --describe p >alone.json
  same "$(sqlite3 :memory: "SELECT readfile('alone.json') ->> 'name'")" p
  run_tool -2 irm-load --describe p q
  contains "$stderr" 'irm-load: --describe takes one package'
  run -4 bash -c "irm-load --describe p >/dev/full"
  contains "$output" 'No space left on device'
}

@test "the packages of datasets are described by what --describe prints" {
  for package in "$ROOT"/datasets/*/datapackage.json; do
    irm-load --describe "$(dirname "$package")" >now.json
    diff -u "$package" now.json
  done
}

@test "wrong usage: exit 2, and no file" {
  run_tool -2 irm-load -d new.db
  contains "$stderr" 'irm-load: expected a package to load'
  run_tool -2 irm-load -d new.db --extra-colums p
  contains "$stderr" "there is no option '--extra-colums' (did you mean '--extra-columns'?"
  run_tool -2 irm-load p -d
  contains "$stderr" '--data needs a value'
  run_tool -2 irm-load --by region -d new.db p
  [ ! -e new.db ]
}

@test "the file: \$IRM_SOURCE, else irm.db" {
  irm-load p
  [ -e irm.db ]
  IRM_SOURCE=other.db irm-load p
  [ -e other.db ]
}

@test "places that cannot be written: exit 4" {
  run_tool -4 irm-load -d nowhere/a.db p
  contains "$stderr" 'irm-load: nowhere/a.db: cannot write: No such file or directory'
  run_tool -4 irm-load --describe p -o nowhere/d.json
  contains "$stderr" 'irm-load: nowhere/d.json: cannot write: No such file or directory'
}

# as_nobody COMMAND...: as one who may write nothing that is not open to all
as_nobody() {
  [ "$(id -u)" -eq 0 ] || { "$@"; return; }
  setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}

@test "a file and a folder without write permission: exit 4, no change" {
  chmod 755 . "$BATS_TEST_TMPDIR"
  irm-load -d a.db p
  chmod 444 a.db
  cp a.db was.db
  as_nobody "$BIN/irm-load" --version >/dev/null || skip 'nobody cannot reach the tools here'
  as_nobody test -r p/states.csv || skip 'nobody cannot reach this folder'
  run -4 as_nobody "$BIN/irm-load" -d a.db p
  cmp a.db was.db
  chmod 555 .
  run -4 as_nobody "$BIN/irm-load" -d new.db p
  contains "$output" 'irm-load: new.db: '
  chmod 755 .
  [ ! -e new.db ]
}

@test "a full disk: exit 4, the old file as it was, no new one" {
  irm-load -d a.db p
  cp a.db was.db
  # SIGXFSZ ignored, a write past the limit fails; the database needs more than 32 KiB
  for i in $(seq 3000); do echo "FIC-1-XAA,step $i,academia,in_person,2018"; done >rows
  { echo review,step,sector,mode,date; cat rows; } >p/participation.csv
  for db in new.db a.db; do
    run -4 --separate-stderr bash -c "trap '' XFSZ; ulimit -f 100; '$BIN/irm-load' -d $db p"
    [[ $stderr == irm-load:* ]]
  done
  [ ! -e new.db ]
  same "$(sqlite3 a.db .dump)" "$(sqlite3 was.db .dump)"
  [ -z "$(find . -maxdepth 1 -name '*.db*' ! -name a.db ! -name was.db)" ]
}

@test "odd names: spaces, quotes, line feeds, a dash at the start" {
  odd="a 'b' \"c\"
d"
  cp -r p "$odd"
  run_tool -0 irm-load -d "$odd.db" "$odd"
  [ -e "$odd.db" ]
  same "$(irm-status -d "$odd" --as-of 2020-12-31)" "$(irm-status -d "$odd.db" --as-of 2020-12-31)"
  cp -r p ./-p
  run_tool -0 irm-load -d e.db -- -p
  echo 'XAA,"' >>"$odd/states.csv"
  run_tool -3 irm-load -d f.db "$odd"
  contains "$stderr" "irm-load: a 'b' \"c\"\\x0Ad/states.csv:7:2: "
}

@test "a link to the file stays one" {
  mkdir there
  irm-load -d there/a.db p
  ln -s there/a.db link.db
  ln -s p q
  run_tool -0 irm-load -d b.db q
  only states XAA,Renamed,AFR,
  run_tool -0 irm-load -d link.db q
  [ -L link.db ]
  same "$(sqlite3 there/a.db "SELECT name FROM states WHERE state = 'XAA'")" Renamed
}

@test "a file that another program holds: exit 4 after a wait" {
  irm-load -d a.db p
  mkfifo hold
  sqlite3 a.db <hold >/dev/null &
  exec 9>hold
  echo 'BEGIN EXCLUSIVE; INSERT INTO t_labels VALUES (1, 2, 3, 4);' >&9
  for _ in $(seq 100); do
    sqlite3 a.db 'SELECT 1 FROM t_labels' >/dev/null 2>&1 || break
    sleep 0.05
  done
  run_tool -4 irm-load -d a.db p
  exec 9>&-
  wait
  contains "$stderr" 'irm-load: '
}

@test "the place, the time zone and the language change nothing" {
  irm-load -d a.db p
  LC_ALL=C TZ=Pacific/Kiritimati irm-load -d b.db p
  for table in reviews events states milestones; do
    same "$(sqlite3 b.db "SELECT * FROM $table")" "$(sqlite3 a.db "SELECT * FROM $table")"
  done
}
