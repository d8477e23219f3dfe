#!/usr/bin/env bats
# irm-plot --deck: many charts of one plan, complete or absent; faults with the plan's line and field.
load helper
load boxes

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  mkdir plans
  ln -s "$ROOT/tests/golden/tables" plans/tables
}

# plan LINE...: plans/plan.csv; the first line is the header
plan() {
  printf '%s\n' "$@" >plans/plan.csv
}

three() {
  plan chart,kind,table,title,source,limit,percent,facet \
    'rates,bars,tables/rates-region.csv,Completion by region,A source,,,' \
    'status,stacked,tables/status-region.csv,,,,yes,' \
    'delays,bars,tables/delays-region.csv,Delays,,60,no,'
}

@test "one PDF: a page and a bookmark a chart, in the plan's order; the deck's title" {
  three
  run_tool -0 irm-plot --deck plans/plan.csv --title 'A <deck>' --source 'Of all' -o deck.pdf
  [ "$(pdfinfo deck.pdf | awk '/^Pages/ { print $2 }')" = 3 ]
  contains "$(pdfinfo deck.pdf)" 'A <deck>'
  contains "$(pdftotext -f 1 -l 1 deck.pdf -)" 'Source: A source'
  contains "$(pdftotext -f 2 -l 2 deck.pdf -)" 'Share of reviews by region and stage'
  contains "$(pdftotext -f 2 -l 2 deck.pdf -)" 'Source: Of all'
  contains "$(pdftotext -f 3 -l 3 deck.pdf -)" 'Time limit: 60 days'
  [ "$(grep -a -c '/Title (Completion by region)' deck.pdf)" = 1 ]
  grep -aq '/Outlines' deck.pdf
}

@test "a page of the deck is the chart that is drawn alone, whatever was drawn before it" {
  three
  run_tool -0 irm-plot --deck plans/plan.csv -o pictures --pictures png,svg
  [ "$(ls pictures)" = $'delays.png\ndelays.svg\nrates.png\nrates.svg\nstatus.png\nstatus.svg' ]
  "$BIN/irm-plot" bars plans/tables/delays-region.csv --title Delays --limit 60 -o alone.png
  cmp alone.png pictures/delays.png
  "$BIN/irm-plot" --deck plans/plan.csv -o one.pdf
  "$BIN/irm-plot" --deck plans/plan.csv >two.pdf
  cmp one.pdf two.pdf
}

@test "pages of a deck have the heights of their charts; a timeline takes several" {
  plan chart,kind,table 'a,bars,tables/rates-region.csv' 'b,heatmap,tables/assist-article-region.csv' 'c,timeline,tables/each.csv'
  run_tool -0 irm-plot --deck plans/plan.csv --preset print -o deck.pdf
  [ "$(pdfinfo -f 1 -l 3 deck.pdf | awk '/^Page .*size:/ { print $6 }' | sort -u | wc -l)" = 3 ]
}

@test "the boxes of a deck are those of its charts" {
  three
  run_tool -0 irm-plot --deck plans/plan.csv --boxes
  [ "${lines[0]}" = chart,lang,text,x,y,w,h,role,size,shortened ]
  "$BIN/irm-plot" bars plans/tables/delays-region.csv --title Delays --limit 60 --boxes -o alone.csv
  same "$(grep '^delays,' <<<"$output" | sed 's/^delays,en,//')" "$(sed 1d alone.csv)"
}

@test "alt of a deck: a row a chart and language, in the words of the chart alone" {
  three
  run_tool -0 irm-plot --deck plans/plan.csv --alt --lang en,fr
  [ "$(wc -l <<<"$output")" = 7 ]
  [ "${lines[0]}" = chart,lang,alt ]
  for lang in en fr; do
    alone=$(irm-plot bars plans/tables/rates-region.csv --title 'Completion by region' --source 'A source' --lang $lang --alt)
    contains "$output" "rates,$lang,\"$alone\""
    alone=$(irm-plot stacked plans/tables/status-region.csv --percent --lang $lang --alt)
    contains "$output" "status,$lang,\"$alone\""
  done
  sed -i 's/,60,no,/,60,no,stge/' plans/plan.csv
  run_tool -3 irm-plot --deck plans/plan.csv --alt
  contains "$stderr" "plans/plan.csv:4:8: the table has no column 'stge'"
}

@test "languages: all in one run, a chapter each, the plan's words in each, the same as alone" {
  plan chart,kind,table,title,title_fr,title_ar,source \
    'rates,bars,tables/rates-region.csv,Completion,Achèvement,الإنجاز,A source' \
    'status,stacked,tables/status-region.csv,,,,'
  # cairo 1.16 loses two arrays of each font with PostScript outlines that it puts into a PDF: the Chinese one
  ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 run_tool -0 irm-plot --deck plans/plan.csv --lang all -o deck.pdf
  [ "$(pdfinfo deck.pdf | awk '/^Pages/ { print $2 }')" = 12 ]
  contains "$(pdftotext -f 1 -l 1 deck.pdf -)" 'Completion'
  contains "$(pdftotext -f 3 -l 3 deck.pdf -)" 'Achèvement'
  contains "$(pdftotext -f 5 -l 5 deck.pdf -)" 'Completion'
  run_tool -0 irm-plot --deck plans/plan.csv --lang fr,ru,fr --pictures svg,png -o pictures
  [ "$(ls pictures | grep -c png)" = 4 ]
  "$BIN/irm-plot" bars plans/tables/rates-region.csv --lang fr --title 'Achèvement' --source 'A source' -o alone.png
  cmp alone.png pictures/rates-fr.png
  "$BIN/irm-plot" stacked plans/tables/status-region.csv --lang ru -o alone.png
  cmp alone.png pictures/status-ru.png
  run_tool -0 irm-plot --deck plans/plan.csv --lang en,ar --digits arabic --boxes
  [ "$(sed 1d <<<"$output" | cut -d, -f1,2 | uniq | paste -sd' ')" = 'rates,en status,en rates,ar status,ar' ]
  run_tool -2 irm-plot --deck plans/plan.csv --lang fr,de -o new
  contains "$stderr" "'de'"
  [ ! -e new ]
  plan chart,kind,table,title_de 'rates,bars,tables/rates-region.csv,Quote'
  run_tool -3 irm-plot --deck plans/plan.csv -o new
  contains "$stderr" "plans/plan.csv:1:4: a plan has no column 'title_de'"
}

@test "languages: names of each come from the source" {
  plan chart,kind,table 'rates,bars,tables/rates-region.csv'
  run_tool -0 irm-plot --deck plans/plan.csv --lang all -d "$ROOT/datasets/uncac" --boxes
  contains "$output" 'African States'
  [ "$(grep -c '^rates,.*,category,' <<<"$output")" = 36 ]
  [ "$(grep '^rates,.*,category,' <<<"$output" | cut -d, -f3 | sort -u | wc -l)" -ge 30 ]
}

@test "faults of a plan: exit 3, its line and field, the nearest word, and no file" {
  fault() {
    run_tool -3 irm-plot --deck plans/plan.csv -o deck.pdf
    contains "$stderr" "irm-plot: plans/plan.csv:$1"
    [ "${#stderr_lines[@]}" = 1 ]
    [ -z "$(find . -name 'deck*')" ]
    run_tool -3 irm-plot --deck plans/plan.csv -o deck
    [ -z "$(find . -name 'deck*')" ]
  }
  good=a,bars,tables/rates-region.csv
  plan chart,kind,tabel "$good"
  fault "1:3: a plan has no column 'tabel' (did you mean 'table'?"
  plan chart,kind a,bars
  fault "1: expected a column 'table'"
  plan chart,kind,table
  fault '1: the plan has a header but no rows'
  plan chart,kind,table "$good" b,bar,tables/rates-region.csv
  fault "3:2: no kind of chart 'bar' (did you mean 'bars'?"
  plan chart,kind,table "$good" "$good"
  fault "3:1: a second chart 'a' (the first is line 2)"
  for name in '' a/b ..; do
    plan chart,kind,table "$good" "$name,bars,tables/rates-region.csv"
    fault '3:1: expected '
  done
  plan chart,kind,table "$good" b,bars,
  fault "3:3: expected the name of a CSV file"
  plan chart,kind,table,x "$good," b,bars,tables/rates-region.csv,regoin
  fault "3:4: the table has no column 'regoin' (did you mean 'region'?"
  plan chart,kind,table,limit "$good," b,stacked,tables/status.csv,60
  fault '3:4: limit is for bars, dots, lines, steps and histogram, not for stacked'
  plan chart,kind,table,limit "$good,soon"
  fault '2:4: '
  plan chart,kind,table,percent "$good,true"
  fault "2:4: expected yes or no, found 'true'"
  plan chart,kind,table,no_limits "$good," b,stacked,tables/status.csv,yes
  fault '3:4: no-limits is for bars, dots, lines and steps, not for stacked'
}

@test "faults of a table stand at their place in it, and name the chart; a missing one is exit 4" {
  printf 'region,rate\nAFR,half\n' >plans/a.csv
  plan chart,kind,table good,bars,tables/rates-region.csv bad,bars,a.csv
  run_tool -3 irm-plot --deck plans/plan.csv -o deck.pdf
  contains "$stderr" 'irm-plot: plans/a.csv:2:2: '
  contains "$stderr" "for chart 'bad', line 3 of the plan"
  [ ! -e deck.pdf ]
  plan chart,kind,table bad,bars,nowhere.csv
  run_tool -4 irm-plot --deck plans/plan.csv -o deck.pdf
  contains "$stderr" 'plans/nowhere.csv: '
  contains "$stderr" 'named by plans/plan.csv:2:3'
}

@test "usage: what a deck is not; a folder that has something in it is left alone" {
  three
  for name in a.svg a.png; do
    run_tool -2 irm-plot --deck plans/plan.csv -o $name
    contains "$stderr" "a deck is one .pdf or a folder, not '$name'"
  done
  run_tool -2 irm-plot --deck plans/plan.csv -o /dev/full
  contains "$stderr" "'/dev/full' is there already and is no folder"
  run_tool -2 irm-plot bars --deck plans/plan.csv -o a.pdf
  contains "$stderr" "--deck: the plan names kinds and tables, found 'bars' too"
  run_tool -2 irm-plot --deck plans/plan.csv -o a.pdf --pictures svg
  run_tool -2 irm-plot --deck plans/plan.csv -o a --pictures svg,jpg
  contains "$stderr" "--pictures: expected svg, png or pdf, found 'jpg'"
  run_tool -2 irm-plot bars plans/tables/rates-region.csv --pictures svg
  mkdir full
  touch full/mine
  run_tool -2 irm-plot --deck plans/plan.csv -o full
  contains "$stderr" "'full' is there already and is not empty"
  [ "$(ls full)" = mine ]
  run_tool -0 irm-plot --deck plans/plan.csv -o new/
  [ "$(ls new | wc -l)" = 3 ]
}

@test "a deck that cannot be written: exit 4" {
  three
  run_tool -4 irm-plot --deck plans/plan.csv -o nowhere/deck.pdf
  run_tool -4 irm-plot --deck plans/plan.csv -o nowhere/deck
  ln -s /dev/full full.pdf
  run_tool -4 irm-plot --deck plans/plan.csv -o full.pdf
  contains "$stderr" 'No space left'
}
