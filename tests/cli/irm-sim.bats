#!/usr/bin/env bats
# irm-sim: what it writes, what it refuses
load helper

# A folder below the test's own, in which nothing else comes to stand
setup() {
  mkdir "$BATS_TEST_TMPDIR/here"
  cd "$BATS_TEST_TMPDIR/here" || return 1
}

# rows TABLE: the file without its header
rows() {
  tail -n +2 "$1"
}

# none COMMAND...: what it is given on stdin has no line that COMMAND prints
none() {
  run "$@"
  [ -z "$output" ]
}

@test "the committed package is made again byte for byte, in any locale and time zone" {
  command=$(sed -n 's/^    irm sim -o fictional //p' "$ROOT/datasets/fictional/README.md")
  [ -n "$command" ]
  # shellcheck disable=SC2086 # words of a command
  LC_ALL=C TZ=Pacific/Kiritimati run_tool -0 irm-sim -o fictional $command
  [ -z "$output$stderr" ]
  diff -r -x README.md "$ROOT/datasets/fictional" fictional
}

@test "every table is there and has rows; nothing is left beside the folder" {
  run_tool -0 irm-sim -o made --seed 1
  [ "$(find . -mindepth 1 -maxdepth 1 | wc -l)" -eq 1 ]
  [ "$(find made -name '*.csv' | wc -l)" -eq 22 ]
  for table in made/*.csv; do
    [ "$(wc -l <"$table")" -gt 1 ] || { echo "$table is empty"; false; }
  done
  [ "$(jq '.resources | length' made/datapackage.json)" -eq 22 ]
  contains "$(jq -r .title made/datapackage.json)" FICTIONAL
  [ "$(jq -r .as_of made/datapackage.json)" = 2024-12-31 ]
}

@test "only fictional States, and every free text says so" {
  run_tool -0 irm-sim -o made --seed 1
  rows made/states.csv | none grep -vE '^X[A-Z]{2},Fictional State X[A-Z]{2},'
  for table in events needs findings measures assistance published; do
    rows "made/$table.csv" | none grep -v Fictional
  done
  rows made/contacts.csv | none grep -v '@example.org,'
}

@test "--seed: the same number the same package, another another one" {
  run_tool -0 irm-sim -o a --seed 5 --states 30
  run_tool -0 irm-sim -o b --seed=5 --states=30
  run_tool -0 irm-sim -o c --seed 6 --states 30
  diff -r a b
  run ! cmp -s a/events.csv c/events.csv
}

@test "--states, --mechanisms, --events give the size" {
  run_tool -0 irm-sim -o a --seed 5 --states 30 --mechanisms 3
  [ "$(wc -l <a/states.csv)" -eq 31 ]
  [ "$(wc -l <a/mechanisms.csv)" -eq 4 ]
  [ "$(wc -l <a/cycles.csv)" -eq 7 ]
  run_tool -0 irm-sim -o b --seed 5 --events 20000
  n=$(wc -l <b/events.csv)
  [ "$n" -gt 19000 ] && [ "$n" -lt 21000 ]
  run_tool -0 irm-sim -o c --seed 5 --events 20000 --states 100
  n=$(wc -l <c/events.csv)
  [ "$n" -gt 19000 ] && [ "$n" -lt 21000 ]
  [ "$(wc -l <c/states.csv)" -eq 101 ]
}

@test "--no-faults: only known days, no restarts, nothing cut short" {
  run_tool -0 irm-sim -o made --seed 1 --no-faults
  rows made/events.csv | cut -d, -f3 | none grep -vE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
  [ "$(wc -l <made/reviews.csv)" -eq 301 ]
  rows made/reviews.csv | none grep -v ',,,$'
}

@test "the faults are there: vague, missing, contradictory dates, restarts, reviews cut short" {
  made=$ROOT/datasets/fictional
  grep -qE ',[0-9]{4}-[0-9]{2},' "$made/events.csv"
  grep -qE ',[0-9]{4},' "$made/events.csv"
  grep -qF ',[..' "$made/events.csv"
  grep -qE '(assessment|review|dialogue|summary_agreed),,' "$made/events.csv"
  grep -qE -- '-R,.*,FIC-[12]-X[A-Z]{2},' "$made/reviews.csv"
  grep -qE ',[0-9]{4}-[0-9]{2}-[0-9]{2}$' "$made/reviews.csv"
}

@test "--truth: each cycle, stage and region, on stdout" {
  run_tool -0 irm-sim -o made --seed 1 --truth
  same "${lines[0]}" 'cycle,stage,region,median,share_late'
  [ "${#lines[@]}" -eq 99 ]
  [ "$(printf '%s\n' "${lines[@]:1}" | cut -d, -f3 | sort -u | tr '\n' ' ')" = 'AFR APG EEG GRULAC WEOG all unassigned ' ]
  # Seed and faults do not change it
  first=$output
  run_tool -0 irm-sim -o other --seed 2 --truth --no-faults
  same "$output" "$first"
  run_tool -0 irm-sim -o third --seed 1 --truth -f json
  [ "$(jq length <<<"$output")" -eq 98 ]
}

@test "a folder that is there: an empty one is filled, another refused" {
  mkdir empty full
  echo x >full/x
  echo x >file
  run_tool -0 irm-sim -o empty/ --seed 1 --states 3
  [ -f empty/events.csv ]
  run_tool -2 irm-sim -o full --seed 1
  contains "$stderr" "irm-sim: 'full' is there already and is not empty"
  [ "$(ls full)" = x ]
  run_tool -2 irm-sim -o file --seed 1
  contains "$stderr" "'file' is there already and is no folder"
  [ "$(cat file)" = x ]
  [ "$(find . -mindepth 1 -maxdepth 1 | wc -l)" -eq 3 ]
}

@test "what must be given, and wrong values: exit 2, no folder" {
  while IFS='|' read -r arguments message; do
    # shellcheck disable=SC2086 # words of a command
    run_tool -2 irm-sim $arguments
    contains "$stderr" "$message"
    [ -z "$output" ]
    [ -z "$(ls)" ]
  done <<'END'
|expected -o FOLDER and --seed N
-o made|expected -o FOLDER and --seed N
--seed 1|expected -o FOLDER and --seed N
-o made --seed x|--seed: expected a whole number, found 'x'
-o made --seed -1|--seed: expected a whole number
-o made --seed 1 --states 0|--states: expected 1 or more, found '0'
-o made --seed 1 --states 10000001|states: expected 0 to 10000000, found '10000001'
-o made --seed 1 --mechanisms 0|--mechanisms: expected 1 or more, found '0'
-o made --seed 1 --mechanisms 1001|mechanisms: expected 1 to 1000, found '1001'
-o made --seed 1 --events 0|--events: expected 1 or more, found '0'
-o made --seed 1 --events 1.5|--events: expected a whole number, found '1.5'
-o made --seed 1 --truth -f word|there is no format 'word'
-o made --seed 1 more|expected options only, found 'more'
END
}

@test "a place that cannot be written: exit 4, nothing left" {
  echo x >file
  for place in missing/made /proc/made file/made; do
    run_tool -4 irm-sim -o "$place" --seed 1 --states 3
    contains "$stderr" "irm-sim: $place: cannot write: "
  done
  same "$(ls)" file
}

@test "a full disk under --truth: exit 4" {
  run -4 bash -c "'$BIN/irm-sim' -o made --seed 1 --states 3 --truth >/dev/full"
}
