#!/usr/bin/env bats
# scripts/demo: what it leaves in build/demo/.  Runs where it has run.
load helper

setup() {
  demo=$ROOT/build/demo
  [ -d "$demo/charts" ] || skip 'scripts/demo has not run here'
  cd "$BATS_TEST_TMPDIR"
}

@test "demo: a database for every package" {
  for package in "$ROOT"/datasets/*/datapackage.json; do
    [ -s "$demo/$(basename "$(dirname "$package")").db" ]
  done
}

@test "demo: at least ten charts, each as SVG and as PDF, all of them readable" {
  [ "$(find "$demo/charts" -name '*.svg' | wc -l)" -ge 10 ]
  for svg in "$demo"/charts/*.svg; do
    rsvg-convert -o chart.png "$svg"
    pdftotext "${svg%.svg}.pdf" chart.txt
    [ "$(pdfinfo "${svg%.svg}.pdf" | awk '/^Pages/ { print $2 }')" = 1 ]
  done
  [ "$(find "$demo/charts" -type f | wc -l)" -eq "$(($(find "$demo/charts" -name '*.svg' | wc -l) * 2))" ]
}

@test "demo: each chart names its source" {
  for pdf in "$demo"/charts/*.pdf; do
    pdftotext "$pdf" - | grep -q '^Source: ' || { echo "$pdf"; false; }
  done
}

@test "demo: each chart of fictional States says so on itself, and no other does" {
  for pdf in "$demo"/charts/*.pdf; do
    said=$(pdftotext "$pdf" - | grep -ci fictional || :)
    case $pdf in
      */fictional-*) [ "$said" -ge 1 ] || { echo "$pdf does not say it"; false; } ;;
      *) [ "$said" -eq 0 ] || { echo "$pdf says it"; false; } ;;
    esac
  done
}

@test "demo: no chart shortens a text" {
  for log in "$ROOT"/build/check/demo.log; do
    [ -e "$log" ] || continue
    ! grep -n 'shortened to fit' "$log"
  done
}

@test "demo: every table has rows, and a day in as_of where its figures hold at one" {
  for table in "$demo"/tables/*.csv; do
    [ "$(wc -l <"$table")" -ge 2 ] || { echo "$table"; false; }
    case $table in
      *-curve*.csv) ;;
      *) [ "$(head -c 6 "$table")" = as_of, ] ;;
    esac
  done
}

@test "demo: the figures that the records are known for" {
  row=$(grep ',all,consent,' "$demo/tables/consent-delays.csv")
  [[ $row == 2014-04-02,all,consent,state_under_review,,140,133,7,0,1012.5,901,1107,* ]]
  grep -q ',unassigned,consent,' "$demo/tables/consent-delays.csv"
  [[ $(grep '2014-04-02,all,consent' "$demo/tables/consent-rates.csv") == 2014-04-02,all,consent,140,133,0,0.95,* ]]
}

@test "demo: nothing that no source calls late is late" {
  irm delays -d "$demo/uncac.db" --each >each.csv
  awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR > 1 && $at["event"] == 0 && $at["days_late"] > 0 { print; bad = 1 } END { exit bad }' each.csv
}

@test "demo: the timeline of real reviews shows nobody as overdue, and each of its days has a source" {
  pdftotext "$demo/charts/uncac-days.pdf" days.txt
  contains "$(cat days.txt)" 'Dialogue'
  run -1 grep -iE 'overdue|time limit' days.txt
  # what is drawn: a day of the past whose beginning is unknown and that has a source
  awk -F, 'NR > 1 && $9 == "" && $11 != "" && $11 < $1 && $15 != "" { print $2 "," $7 "," $11 }' "$demo/tables/uncac-each.csv" >drawn
  while read -r event; do
    grep -q "^$event," "$ROOT/datasets/uncac/events.csv" || { echo "$event"; false; }
  done <drawn
  [ "$(grep -cE ' · UNCAC-[12]$' days.txt)" -eq "$(cut -d, -f1 drawn | sort -u | wc -l)" ]
  [ "$(grep -cE ' · UNCAC-[12]$' days.txt)" -eq "$(grep -oE '[0-9]+ reviews' days.txt | grep -oE '[0-9]+')" ]
}

@test "the picture of the README is the one that the demo draws" {
  cmp "$ROOT/plots/gallery/readme.svg" "$demo/charts/consent-curves.svg"
}
