#!/usr/bin/env bats
# irm-load: single files, pipes, deliveries that replace, dry runs, days, reverts.
load helper

setup() {
  cd "$BATS_TEST_TMPDIR"
  made_up_package p
  irm-load -d a.db --on 2021-01-01 p
}

# fault STATUS MESSAGE ARGUMENT...: nothing on stdout, that on stderr, and the file as it was
fault() {
  local status=$1 message=$2
  shift 2
  cp a.db was.db
  run_tool "-$status" irm-load -d a.db "$@"
  same "$stderr" "irm-load: $message"
  [ -z "$output" ]
  cmp a.db was.db
}

# rows SQL
rows() {
  sqlite3 a.db "$1"
}

# rows_of FILE: all records, as text
rows_of() {
  for view in $(sqlite3 "$1" "SELECT name FROM sqlite_schema WHERE type = 'view' AND name NOT LIKE 'load%' ORDER BY 1"); do
    echo "$view"
    sqlite3 "$1" "SELECT * FROM $view " | sort
  done
}

@test "a single file is loaded into the table it is named for" {
  mkdir new
  printf 'review,milestone,date,source\nFIC-1-XAC,dialogue,2020-12-20,made up\n' >new/events.csv
  irm-load -d a.db --on 2021-02-01 new/events.csv
  same "$(rows "SELECT date FROM events WHERE review = 'FIC-1-XAC' AND milestone = 'dialogue'")" 2020-12-20
  same "$(rows 'SELECT * FROM packages')" 'made-up|2020-12-31'
  same "$(rows 'SELECT load, file, row_count FROM load_files WHERE load = 2')" '2|events.csv|1'
}

@test "several files: tables that others refer to come first, whatever their order" {
  printf 'state,name,region,party_since\nXAF,Fictional State XAF,AFR,\n' >states.csv
  printf 'review,cycle,year,state,reviewer_1,reviewer_2,reviewer_3,dialogue,replaces,discontinued,observed_until\nFIC-2-XAF,FIC-2,2020,XAF,XAA,,,,,,\n' >reviews.csv
  printf 'review,milestone,date,source\nFIC-2-XAF,started,2020-12-01,\n' >events.csv
  irm-load -d a.db --on 2021-02-01 events.csv reviews.csv states.csv
  same "$(rows "SELECT count(*) FROM events WHERE review = 'FIC-2-XAF'")" 1
  irm-load -d b.db --on 2021-02-01 p/*.csv
  same "$(sqlite3 b.db 'SELECT package FROM packages')" records
  irm-status -d b.db --as-of 2020-12-31 >single
  irm-status -d p >folder
  cmp single folder
}

@test "a pipe: --table names what stdin is; --as-of moves the package's day" {
  printf 'review,milestone,date,source\nFIC-1-XAC,dialogue,2021-01-20,\n' |
    irm-load -d a.db --on 2021-02-01 --table events --as-of 2021-01-31 -
  same "$(rows 'SELECT * FROM packages')" 'made-up|2021-01-31'
  same "$(rows 'SELECT file, row_count FROM load_files WHERE load = 2')" '-|1'
  same "$(rows 'SELECT sha256 FROM load_files WHERE load = 2')" \
    "$(printf 'review,milestone,date,source\nFIC-1-XAC,dialogue,2021-01-20,\n' | sha256sum | cut -d' ' -f1)"
  printf 'x\n' >export-7.csv
  run_tool -3 irm-load -d a.db --table regions export-7.csv
  contains "$stderr" "export-7.csv:1:1: the table 'regions' has no column 'x'"
}

@test "single files: which package, which table, is told where it is not clear" {
  printf 'region,name,position\n' >regions.csv
  cp regions.csv elsewhere.csv
  fault 2 "elsewhere.csv: the file is named for no table (say which it is: --table=NAME)" elsewhere.csv
  fault 2 "standard input has no name: say which table it is (--table=NAME -)" -
  fault 2 "--table: there is no table 'region' (did you mean 'regions'?)" --table region elsewhere.csv
  fault 2 "--table takes one CSV file" --table regions regions.csv elsewhere.csv
  fault 2 "--table takes one CSV file" --table regions p
  fault 2 "--package is for single CSV files: a package folder says its own" --package x p
  fault 2 "--as-of is for single CSV files: a package folder says its own" --as-of 2020-01-01 p
  fault 2 "--as-of: expected a day such as 2019-10-30, found '2020' (a vague date cannot stand here)" --as-of 2020 regions.csv
  mkdir again
  cp regions.csv again
  fault 2 "two files of the table 'regions': regions.csv, again/regions.csv" regions.csv again/regions.csv
  fault 4 "none.csv: cannot read: No such file or directory" none.csv
  cp -r p q
  sed -i 's/"name": "made-up"/"name": "other"/' q/datapackage.json
  irm-load -d a.db --on 2021-02-01 q
  fault 2 "the file has 2 packages: say of which the files are (--package=NAME)" regions.csv
  irm-load -d a.db --on 2021-02-01 --package other regions.csv
}

@test "without --replace a row that is taken out stays; with it it goes" {
  sed -i '/^FIC-1-XAA,dialogue/d; s/^FIC-1-XAB,dialogue,2018-08-01/FIC-1-XAB,dialogue,2018-08-02/' p/events.csv
  run_tool -0 irm-load -d a.db --dry-run p
  same "$output" "table,added,changed,removed
events,0,1,0"
  run_tool -0 irm-load -d a.db --dry-run --replace p
  same "$output" "table,added,changed,removed
events,0,1,1"
  irm-load -d a.db --on 2021-02-01 --replace p
  same "$(rows "SELECT count(*) FROM events WHERE review = 'FIC-1-XAA'")" 3
  irm-load -d new.db p
  same "$(rows_of a.db)" "$(rows_of new.db)"
}

@test "--replace: what hangs on a review goes with it, in any table, and a table not delivered stays" {
  sed -i '/FIC-1-XAB/d' p/reviews.csv p/events.csv p/needs.csv
  sed -i '/^XAB/d; s/XAB//' p/states.csv
  sed -i 's/XAB,/,/' p/reviews.csv
  sed -i 's/,XAB,/,,/' p/reviews.csv
  rm p/ta_types.csv
  sed -i '/drafting/d' p/needs.csv
  irm-load -d a.db --on 2021-02-01 --replace p
  same "$(rows "SELECT count(*) FROM t_reviews WHERE review = 'FIC-1-XAB'")" 0
  same "$(rows "SELECT count(*) FROM states WHERE state = 'XAB'")" 0
  same "$(rows 'SELECT group_concat(type) FROM (SELECT type FROM ta_types ORDER BY 1)')" drafting,training
  same "$(rows 'PRAGMA foreign_key_check')" ''
}

@test "--replace: a row that others still refer to is a fault, and nothing changes" {
  printf 'state,name,region,party_since\nXAA,,,\nXAB,,,\nXAC,,,\nXAD,,,\n' >states.csv
  fault 3 "states.csv: the row 'XAE' is gone, and reviews still refer to it (deliver reviews.csv too, or keep the row)" \
    --replace states.csv
  printf 'review,cycle,year,state,reviewer_1,reviewer_2,reviewer_3,dialogue,replaces,discontinued,observed_until\nFIC-2-XAA,FIC-2,2020,XAA,XAC,XAD,,,,,\n' >reviews.csv
  cp a.db was.db
  run_tool -3 irm-load -d a.db --replace reviews.csv
  contains "$stderr" "reviews.csv: the row 'FIC-1-XAA' is gone, and events still refer to it (deliver events.csv too, or keep the row)"
  cmp a.db was.db
}

@test "--replace takes from its own package, and from a table that no other package delivered" {
  mkdir q
  cp p/{mechanisms,cycles,articles,milestones,regions,states}.csv q
  printf '{"name": "second", "as_of": "2020-12-31"}\n' >q/datapackage.json
  printf 'review,cycle,year,state,reviewer_1,reviewer_2,reviewer_3,dialogue,replaces,discontinued,observed_until\nFIC-2-XAB,FIC-2,2020,XAB,,,,,,,\n' >q/reviews.csv
  irm-load -d a.db --on 2021-02-01 q
  # The second package has none of the first one's reviews, and fewer States: both stay
  sed -i '/^XAE/d' q/states.csv
  irm-load -d a.db --on 2021-02-02 --replace q
  same "$(rows 'SELECT count(*) FROM reviews')" 8
  same "$(rows 'SELECT count(*) FROM states')" 5
  # Its own review goes; needs.csv is of the first package alone, and hangs on reviews
  sed -i '/FIC-2-XAB/d' q/reviews.csv
  irm-load -d a.db --on 2021-02-03 --replace q
  same "$(rows 'SELECT count(*) FROM reviews')" 7
  # Only the first package delivered scope
  sed -i '/FIC-2,II/d' p/scope.csv
  irm-load -d a.db --on 2021-02-04 --replace p
  same "$(rows 'SELECT * FROM scope')" 'FIC-1|III'
}

@test "milestones may exchange their positions; two on one position are a fault" {
  sed -i 's/^FIC,dialogue,3/FIC,dialogue,4/; s/^FIC,summary_agreed,4/FIC,summary_agreed,3/' p/milestones.csv
  irm-load -d a.db --on 2021-02-01 p
  same "$(rows "SELECT group_concat(milestone) FROM (SELECT * FROM milestones ORDER BY position)")" \
    started,self_assessment,summary_agreed,dialogue
  run_tool -0 irm-status -d a.db --known-at 1
  irm-load -d a.db --on 2021-02-01 --revert 2
  sed -i 's/^FIC,dialogue,4/FIC,dialogue,3/' p/milestones.csv
  fault 3 "p/milestones.csv: the position 3 of the mechanism 'FIC' is held by 'dialogue' and 'summary_agreed'" p
}

@test "--dry-run changes nothing, needs no file and no permission to write, and tells faults" {
  run_tool -0 irm-load -d none.db --dry-run p
  [ ! -e none.db ]
  same "${lines[1]}" mechanisms,1,0,0
  same "${lines[-1]}" packages,1,0,0
  cp a.db was.db
  chmod 444 a.db
  sed -i 's/2020-12-31/2021-06-30/' p/datapackage.json
  run_tool -0 irm-load -d a.db --dry-run -f json p
  same "$output" '[
 {"table":"packages","added":0,"changed":1,"removed":0}
]'
  cmp a.db was.db
  sed -i 's/2018-03-01/2018-03-32/' p/events.csv
  run_tool -3 irm-load -d a.db --dry-run p
  contains "$stderr" 'p/events.csv:2:3:'
  [ -z "$output" ]
  cmp a.db was.db
  same "$(find . -maxdepth 1 -name 'a.db*' | wc -l)" 1
}

@test "--on: the day is recorded, days do not go back, and the clock touches nothing else" {
  run_tool -0 irm-load -v -d a.db --on 2021-03-01 p
  contains "$stderr" 'a.db: load 2: 0 added, 0 changed, 0 removed'
  fault 2 "the load would be of 2021-02-28, before the last one of 2021-03-01 (say --on with that day or a later one)" --on 2021-02-28 p
  fault 2 "--on: expected a day such as 2019-10-30, found '1.3.2021' (write the year first: YYYY-MM-DD)" --on 1.3.2021 p
  irm-load -d b.db p
  same "$(sqlite3 b.db 'SELECT "on" FROM loads')" "$(date +%F)"
  irm-load -d c.db --on 2021-03-01 p
  sqlite3 b.db "UPDATE t_loads SET day = 18687"
  same "$(sqlite3 b.db .dump)" "$(sqlite3 c.db .dump)"
}

@test "--revert: a load is undone by a new one" {
  rows_of a.db >before
  sed -i '/^FIC-1-XAA,dialogue/d; s/^FIC-1-XAB,dialogue,2018-08-01/FIC-1-XAB,dialogue,2018-08-02/; 2i FIC-1-XAD,summary_agreed,2020-01-01,' p/events.csv
  irm-load -d a.db --on 2021-02-01 --replace p
  rows_of a.db >after
  run_tool -0 irm-load -v -d a.db --on 2021-02-02 --revert 2
  contains "$stderr" 'a.db: load 3: 1 added, 1 changed, 1 removed'
  same "$(rows_of a.db)" "$(cat before)"
  irm-load -d a.db --on 2021-02-03 --revert 3
  same "$(rows_of a.db)" "$(cat after)"
  same "$(rows 'SELECT load, added, changed, removed, reverts FROM loads')" "1|46|0|0|
2|1|1|1|
3|1|1|1|2
4|1|1|1|3"
}

@test "--revert: where a later load stands in the way nothing changes" {
  sed -i 's/^FIC-1-XAB,dialogue,2018-08-01/FIC-1-XAB,dialogue,2018-08-02/' p/events.csv
  irm-load -d a.db --on 2021-02-01 p
  sed -i 's/^FIC-1-XAB,dialogue,2018-08-02/FIC-1-XAB,dialogue,2018-08-03/' p/events.csv
  irm-load -d a.db --on 2021-02-01 p
  fault 3 "load 2 cannot be undone: a later load changed the row 'FIC-1-XAB,dialogue' of events (undo the later loads first, newest first)" --revert 2
  irm-load -d a.db --on 2021-02-01 --revert 3
  irm-load -d a.db --on 2021-02-01 --revert 2
  # A State that a later review refers to
  printf 'XAF,Fictional State XAF,AFR,\n' >>p/states.csv
  irm-load -d a.db --on 2021-02-01 p
  printf 'FIC-2-XAF,FIC-2,2020,XAF,,,,,,,\n' >>p/reviews.csv
  irm-load -d a.db --on 2021-02-01 p
  fault 3 "load 6 cannot be undone: rows of later loads refer to what it added, or it removed what is no longer there (undo the later loads first, newest first)" --revert 6
  # A row that came again
  sed -i '/FIC-2-XAF/d' p/reviews.csv
  sed -i '/^XAF/d' p/states.csv
  irm-load -d a.db --on 2021-02-01 --replace p
  printf 'XAF,Fictional State again,AFR,\n' >>p/states.csv
  irm-load -d a.db --on 2021-02-01 p
  cp a.db was.db
  run_tool -3 irm-load -d a.db --revert 8
  contains "$stderr" 'load 8 cannot be undone: a later load added the row'
  cmp a.db was.db
  fault 2 "load 99 has no changes on record" --revert 99
  fault 2 "--revert: expected the number of a load, found 'last'" --revert last
  fault 2 "--revert loads nothing, found 'p'" --revert 1 p
  fault 2 "--revert or --dry-run, not both" --revert 1 --dry-run
}

@test "--revert: the as_of that a later load brought stays" {
  sed -i 's/2020-12-31/2021-01-31/; s/2018-08-01/2018-08-02/' p/datapackage.json p/events.csv
  irm-load -d a.db --on 2021-02-01 p
  sed -i 's/2021-01-31/2021-02-28/' p/datapackage.json
  irm-load -d a.db --on 2021-03-01 p
  irm-load -d a.db --on 2021-03-02 --revert 2
  same "$(rows 'SELECT as_of FROM packages')" 2021-02-28
  same "$(rows "SELECT date FROM events WHERE review = 'FIC-1-XAB' AND milestone = 'dialogue'")" 2018-08-01
}

@test "what was removed comes back under its own id" {
  sed -i '/^FIC-2-XAA/d' p/reviews.csv p/events.csv
  irm-load -d a.db --on 2021-02-01 --replace p
  printf 'FIC-2-XAB,FIC-2,2020,XAB,,,,,,,\n' >>p/reviews.csv
  irm-load -d a.db --on 2021-02-01 p
  irm-load -d a.db --on 2021-02-01 --revert 2
  same "$(rows 'SELECT count(DISTINCT id), count(*) FROM t_reviews')" '8|8'
}
