#!/usr/bin/env bats
# irm-load: many processes at once, files that cannot be written, older and damaged files.
load helper

setup() {
  cd "$BATS_TEST_TMPDIR"
  made_up_package p
}

teardown() {
  [ -z "${holder-}" ] || kill -9 "$holder" 2>/dev/null || :
  [ -z "${place-}" ] || rm -rf "$place"
}

# delivery NUMBER: p with every date of an event on another day
delivery() {
  made_up_package "p$1"
  sed -i "2,\$s/,[0-9-]*,made up\$/,2018-01-$(printf '%02d' "$1"),made up/" "p$1/events.csv"
}

# hold [SQL]: a writer that holds the file and waits for more on its standard input, our descriptor 9. Nothing of it
# may outlive a test, and it has none of bats' descriptors: bats waits until the last process lets go of them.
hold() {
  mkfifo go
  sqlite3 a.db <go >holder.out 2>&1 3>&- 4>&- &
  holder=$!
  exec 9>go
  printf '%s\n' 'BEGIN IMMEDIATE;' "$@" '.shell touch held' >&9
  until [ -e held ]; do
    kill -0 "$holder"
    sleep 0.05
  done
}
release() {
  echo 'ROLLBACK;' >&9
  exec 9>&-
  wait "$holder"
  holder=
}

@test "readers go on while a load runs, and see all of it or none" {
  for i in 1 2; do delivery $i; done
  irm-load -d a.db --on 2021-01-01 p1
  irm-delays -d a.db --each >is1
  irm-load -d b.db p2
  irm-delays -d b.db --each >is2
  ! cmp -s is1 is2
  ( for i in 1 2 3 4 5 6 7 8; do
      irm-load -d a.db --on 2021-01-01 --wait 60 p$((i % 2 + 1)) || echo "load $i" >>failed
    done
    touch done ) 3>&- &
  reads=0
  until [ -e done ]; do
    irm-delays -d a.db --each >seen 2>>failed
    cmp -s seen is1 || cmp -s seen is2 || echo "neither" >>failed
    reads=$((reads + 1))
  done
  wait
  [ ! -s failed ] || { cat failed; false; }
  [ "$reads" -gt 3 ]
  same "$(sqlite3 a.db 'PRAGMA integrity_check')" ok
  [ ! -e a.db-wal ]
}

@test "a reader reads while a writer holds the file" {
  irm-load -d a.db p
  irm-status -d a.db >free
  hold
  irm-status -d a.db >held-by-writer
  release
  cmp free held-by-writer
}

@test "a second load waits, then is told who holds the file; exit 4, and nothing changes" {
  irm-load -d a.db --on 2021-01-01 p
  hold
  run_tool -4 irm-load -d a.db --wait 0 p
  echo "$stderr"
  [[ $stderr =~ ^'irm-load: a.db: another load holds the file: process '([0-9]+)' (sqlite3), begun on '[0-9-]+' at '[0-9:]+' (wait for it to end: --wait=SECONDS)'$ ]]
  kill -0 "${BASH_REMATCH[1]}"
  start=$EPOCHSECONDS
  run_tool -4 irm-load -d a.db --wait 1 p
  [ $((EPOCHSECONDS - start)) -ge 1 ]
  irm-load -d a.db --on 2021-01-01 --wait 60 p 3>&- 4>&- 9>&- &
  waiting=$!
  sleep 0.5
  release
  wait "$waiting"
  same "$(sqlite3 a.db 'SELECT count(*) FROM loads')" 2
}

@test "a holder that died leaves no lock" {
  irm-load -d a.db --on 2021-01-01 p
  hold 'DELETE FROM t_events;'
  kill -9 "$holder"
  wait "$holder" || : # a signal sent is not yet a process ended
  irm-load -d a.db --on 2021-01-01 --wait 0 p
  same "$(sqlite3 a.db 'SELECT count(*) FROM events')" 15
}

@test "loads at once, into a file that is not there yet: none is lost" {
  for i in 1 2 3 4 5 6; do
    made_up_package "p$i"
    sed -i "s/\"name\": \"made-up\"/\"name\": \"package $i\"/" "p$i/datapackage.json"
    irm-load -d a.db --on 2021-01-01 --wait 60 "p$i" 3>&- 2>"said$i" &
  done
  wait
  cat said*
  same "$(sqlite3 a.db 'SELECT count(*) FROM packages')" 6
  same "$(sqlite3 a.db 'SELECT group_concat(load) FROM loads')" 1,2,3,4,5,6
  same "$(find . -name 'a.db*')" ./a.db
}

# as_nobody COMMAND...: as a user who owns nothing here
as_nobody() {
  setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

# A place that others can reach, with the tools, and a file in a folder
public_place() {
  [ "$(id -u)" -eq 0 ] || skip 'root only'
  place=$(mktemp -d /tmp/irm-public-XXXXXX)
  mkdir "$place/media"
  cp "$BIN/irm-status" "$BIN/irm-load" "$place"
  irm-load -d "$place/media/a.db" p
  chmod 755 "$place" "$place/media"
}


@test "a folder or a file that may not be written is read all the same, and nothing is left there" {
  public_place
  irm-status -d p >wanted
  as_nobody "$place/irm-status" -d "$place/media/a.db" >got
  cmp wanted got
  chmod 666 "$place/media/a.db"
  as_nobody "$place/irm-status" -d "$place/media/a.db" >got
  cmp wanted got
  chmod 777 "$place/media"
  chmod 444 "$place/media/a.db"
  as_nobody "$place/irm-status" -d "$place/media/a.db" >got
  cmp wanted got
  same "$(ls "$place/media")" a.db
  cp "$place/media/a.db" was.db
  chmod 777 "$place"
  cp -r p "$place/p"
  chmod -R a+rX "$place/p"
  run -4 as_nobody "$place/irm-load" -d "$place/media/a.db" "$place/p"
  same "$output" "irm-load: $place/media/a.db: cannot write: Permission denied"
  as_nobody "$place/irm-load" -d "$place/media/a.db" --dry-run "$place/p"
  cmp "$place/media/a.db" was.db
}

@test "names that a URI would read otherwise" {
  public_place
  mv "$place/media/a.db" "$place/media/a?b#c%20 d.db"
  chmod 444 "$place"/media/*
  as_nobody "$place/irm-status" -d "$place/media/a?b#c%20 d.db" >got
  as_nobody "$place/irm-status" -d "/$place/media/a?b#c%20 d.db" >got2
  irm-status -d p >wanted
  cmp wanted got
  cmp wanted got2
}

# version_1 FILE PACKAGE: the package in a file of version 1
version_1() {
  irm-load -d from.db "$2"
  sqlite3 "$1" <"$BATS_TEST_DIRNAME/version-1.sql"
  {
    echo "ATTACH 'from.db' AS f; BEGIN;"
    for table in $(sqlite3 "$1" "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 't\_%' ESCAPE '\\'"); do
      echo "INSERT OR IGNORE INTO main.$table SELECT * FROM f.$table;"
    done
    echo 'COMMIT;'
  } | sqlite3 "$1"
  rm from.db
}

@test "a file of version 1 is read as it is" {
  version_1 a.db p
  cp a.db was.db
  for tool in irm-status irm-delays irm-rates irm-assist; do
    "$tool" -d p >folder
    "$tool" -d a.db >file
    cmp folder file
  done
  run_tool -0 irm-history -d a.db
  same "$output" load,on,files,added,changed,removed
  run_tool -2 irm-status -d a.db --known-at 1
  same "$stderr" 'irm-status: --known-at: the file keeps no history yet (the next irm-load begins it)'
  cmp a.db was.db
}

@test "a file of version 1 is migrated by the next load, with a copy kept" {
  version_1 a.db p
  cp a.db was.db
  sed -i '/^FIC-1-XAA,dialogue/d' p/events.csv
  irm-load -d a.db --on 2021-01-01 --replace p
  same "$(ls a.db*)" 'a.db
a.db.v1.bak'
  same "$(sqlite3 a.db.v1.bak .dump)" "$(sqlite3 was.db .dump)"
  run_tool -0 irm-history -d a.db
  same "$output" 'load,on,files,added,changed,removed
1,,0,0,0,0
2,2021-01-01,11,0,0,1'
  made_up_package p
  irm-status -d p >folder
  irm-status -d a.db --known-at 1 >file
  cmp folder file
  irm-load -d b.db p
  objects="SELECT name, replace(sql, '\"', '') FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY 1"
  same "$(sqlite3 a.db "$objects")" "$(sqlite3 b.db "$objects")"
  same "$(sqlite3 a.db 'PRAGMA foreign_key_check; PRAGMA integrity_check; PRAGMA journal_mode; PRAGMA user_version')" "ok
wal
2"
  run_tool -2 irm-load -d a.db --revert 1
  same "$stderr" 'irm-load: load 1 has no changes on record'
}

@test "a migration that fails changes nothing and leaves no copy; none is written over" {
  version_1 a.db p
  cp a.db was.db
  sed -i 's/2018-03-01/2018-03-32/' p/events.csv
  run_tool -3 irm-load -d a.db p
  cmp a.db was.db
  same "$(ls a.db*)" a.db
  made_up_package p
  echo mine >a.db.v1.bak
  irm-load -d a.db p
  same "$(cat a.db.v1.bak)" mine
  same "$(sqlite3 a.db.v1.bak.2 'PRAGMA user_version')" 1
  same "$(ls a.db*)" 'a.db
a.db.v1.bak
a.db.v1.bak.2'
}

@test "a damaged file is told before anything is taken from it" {
  irm-load -d a.db p
  size=$(stat -c %s a.db)
  for page in 5 9 20 30; do
    cp a.db bad.db
    head -c 4096 /dev/zero | tr '\0' '\377' | dd of=bad.db bs=4096 seek=$page conv=notrunc status=none
    run_tool irm-status -d bad.db
    [ "$status" -eq 3 ] || { echo "page $page of $size: $status: $stderr"; false; }
    contains "$stderr" 'irm-status: bad.db: the database is damaged: '
    run_tool -3 irm-load -d bad.db p
    contains "$stderr" 'take a copy of it that is whole, or load its packages anew'
  done
}

@test "a database that lacks a table, or would run something, is refused or kept quiet" {
  irm-load -d a.db p
  cp a.db bad.db
  sqlite3 bad.db 'DROP VIEW loads; DROP TABLE t_load_changes; DROP TABLE t_load_files'
  run_tool -3 irm-load -d bad.db p
  contains "$stderr" 'no such table'
  cp a.db bad.db
  sqlite3 bad.db "CREATE TRIGGER t AFTER UPDATE ON t_packages BEGIN DELETE FROM t_events; END"
  sed -i 's/2020-12-31/2021-01-31/' p/datapackage.json
  irm-load -d bad.db p
  same "$(sqlite3 bad.db 'SELECT count(*) FROM events')" 15
}
