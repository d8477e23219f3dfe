#!/usr/bin/env bats
# irm-plot: kinds, formats and presets; messages; texts that neither overlap nor leave the page.
load helper

TABLES=$BATS_TEST_DIRNAME/../golden/tables
GOLDEN=$BATS_TEST_DIRNAME/../golden

# A line a chart: name, kind, table, further options
charts() {
  cat <<'END'
rates bars rates-region
rates-groups bars rates-region-milestone
delays bars delays-region-stage --x stage --group region
delays-limit bars delays-region --limit 60
articles bars assist-article
status stacked status-region
status-percent stacked status-region --percent
status-whole stacked status
assist heatmap assist-article-region
assist-chapter heatmap assist-chapter-region
curves steps curve-region --limit 180
curve steps curve
curves-rising steps curve-cycle --rising
END
}

# each_chart COMMAND: calls it with a name, a preset and the arguments of irm-plot
each_chart() {
  while read -r name kind table options; do
    for preset in slide print web; do
      # shellcheck disable=SC2086 # options are words
      "$1" "$name" "$preset" "$kind" "$TABLES/$table.csv" --preset "$preset" $options
    done
  done < <(charts)
}

# Fails where two texts of a table of boxes overlap by more than half a unit, or one leaves the page
check_boxes() {
  sed 's/"[^"]*"/text/' "$1" | awk -F, -v name="$2" '
    NR == 2 { w = $4; h = $5 }
    NR > 2 { n++; x[n] = $2; y[n] = $3; r[n] = $2 + $4; b[n] = $3 + $5; t[n] = $6 " " $1 }
    END {
      for (i = 1; i <= n; i++) {
        if (x[i] < -0.5 || y[i] < -0.5 || r[i] > w + 0.5 || b[i] > h + 0.5) { bad = 1; print name ": " t[i] " leaves the page" }
        for (j = 1; j < i; j++)
          if (x[i] + 0.5 < r[j] && x[j] + 0.5 < r[i] && y[i] + 0.5 < b[j] && y[j] + 0.5 < b[i]) { bad = 1; print name ": " t[i] " over " t[j] }
      }
      if (!n) { bad = 1; print name ": no texts" }
      exit bad
    }'
}

boxes_are_apart() {
  local name=$1 preset=$2
  shift 2
  "$BIN/irm-plot" "$@" --boxes --fictional --source 'A source' --note 'A note' -o boxes.csv
  check_boxes boxes.csv "$name $preset"
}

@test "no two texts overlap and none leaves the page, of every kind in every preset" {
  each_chart boxes_are_apart
}

large_enough() {
  shift
  [ "$1" = slide ] || return 0
  shift
  "$BIN/irm-plot" "$@" --boxes -o boxes.csv
  sed 's/"[^"]*"/text/' boxes.csv | awk -F, 'NR > 2 && $7 < 28 { print; bad = 1 } END { exit bad }'
}

@test "no text of a slide is smaller than 28 of 1080 pixels, and none is shortened" {
  each_chart large_enough
  while read -r _ kind table options; do
    # shellcheck disable=SC2086
    "$BIN/irm-plot" "$kind" "$TABLES/$table.csv" --preset slide --boxes $options >boxes.csv
    [ "$(grep -c ',yes$' boxes.csv)" = 0 ]
  done < <(charts)
}

golden_texts() {
  local name=$1 preset=$2
  shift 2
  [ "$preset" != print ] || return 0
  "$BIN/irm-plot" "$@" --boxes | sed 1,2d | sed -E 's/^("[^"]*"|[^",]*),[^,]*,[^,]*,[^,]*,[^,]*,([^,]*),.*/\2: \1/' >texts
  [ -z "$UPDATE" ] || cp texts "$GOLDEN/$name-$preset.txt"
  diff -u "$GOLDEN/$name-$preset.txt" texts
}

@test "golden: the texts on each chart are those wanted" {
  each_chart golden_texts
}

same_bytes() {
  local name=$1 preset=$2 ending
  shift 2
  for ending in svg pdf png; do
    [ "$ending" != png ] || [ "$preset" = slide ] || continue
    "$BIN/irm-plot" "$@" -o "a.$ending"
    LC_ALL=${other:-C} TZ=Pacific/Auckland "$BIN/irm-plot" "$@" -o "b.$ending"
    cmp "a.$ending" "b.$ending"
    case $(file -b "a.$ending") in
      "SVG Scalable Vector Graphics image" | "PDF document, version 1.5"* | "PNG image data"*) ;;
      *) file "a.$ending"; return 1 ;;
    esac
  done
  grep -aq '2000010100000' a.pdf
}

@test "SVG, PDF and PNG: the same bytes twice, in another locale and time zone" {
  other=$(locale -a | grep -Ei '^(de|fr|ru|tr)_.*utf' | head -1) || :
  each_chart same_bytes
}

@test "a PDF has one page, text, its fonts embedded and its title" {
  run_tool -0 irm-plot bars "$TABLES/rates-region.csv" --title 'One <title> & more' -o a.pdf
  [ "$(pdfinfo a.pdf | awk '/^Pages/ { print $2 }')" = 1 ]
  contains "$(pdfinfo a.pdf)" 'One <title> & more'
  contains "$(pdftotext a.pdf -)" 'One <title> & more'
  ! pdffonts a.pdf | tail -n +3 | awk '{ print $(NF - 4) }' | grep -v yes
}

@test "sizes: slide 1920 by 1080, print 160 mm wide, web 960 wide" {
  run_tool -0 irm-plot bars "$TABLES/rates-region.csv" --preset slide
  contains "$output" 'width="1920px" height="1080px"'
  run_tool -0 irm-plot bars "$TABLES/rates-region.csv" --preset print
  contains "$output" 'width="453.5pt"'
  run_tool -0 irm-plot bars "$TABLES/rates-region.csv"
  contains "$output" 'width="960px"'
  run_tool -0 irm-plot bars "$TABLES/rates-region.csv" --preset slide -o a.png
  contains "$(file a.png)" '1920 x 1080'
}

@test "the table comes from standard input, from '-' or from a file: the same chart" {
  "$BIN/irm-plot" bars "$TABLES/rates-region.csv" >a.svg
  "$BIN/irm-plot" bars <"$TABLES/rates-region.csv" >b.svg
  "$BIN/irm-plot" bars - <"$TABLES/rates-region.csv" >c.svg
  cmp a.svg b.svg
  cmp a.svg c.svg
}

texts() {
  "$BIN/irm-plot" "$@" --boxes
}

@test "fictional: the badge where State, cycle or review codes say so, or --fictional does" {
  printf 'as_of,state,n\n2020-01-01,XAB,3\n' >a.csv
  contains "$(texts bars a.csv)" 'Fictional States: not real data'
  printf 'as_of,cycle,n\n2020-01-01,FIC-1,3\n' >a.csv
  contains "$(texts bars a.csv)" 'Fictional States: not real data'
  printf 'as_of,region,fictional,n\n2020-01-01,AFR,yes,3\n' >a.csv
  contains "$(texts bars a.csv)" 'Fictional States: not real data'
  printf 'as_of,state,n\n2020-01-01,KEN,3\n' >a.csv
  [[ $(texts bars a.csv) != *ictional* ]]
  contains "$(texts bars a.csv --fictional)" 'Fictional States: not real data'
}

@test "-d: names from a package, and the badge where its States are fictional" {
  made_up_package package
  printf 'as_of,region,milestone,rate\n2020-01-01,AFR,summary_agreed,0.5\n2020-01-01,APG,summary_agreed,0.4\n' >a.csv
  run texts bars a.csv -d package
  contains "$output" 'African States'
  contains "$output" 'Summary agreed'
  contains "$output" 'Fictional States: not real data'
  run_tool -4 irm-plot bars a.csv -d nowhere
}

@test "the note line: day in words, n, source; title, subtitle and note as given" {
  run texts bars "$TABLES/rates-region.csv" --source 'UNODC, IRG' --title Title --subtitle Sub --note Nota
  for text in 'As of 30 October 2019 · n = 150 · Thin lines show confidence limits.' 'Source: UNODC, IRG' Title Sub Nota; do
    contains "$output" "$text"
  done
  printf 'as_of,region,n\n2020-01-01,AFR,1\n2021-01-01,AFR,2\n' >a.csv
  run texts bars a.csv
  contains "$output" '1 January 2021'
  contains "$output" 'As of the days shown'
}

@test "limits: drawn where there are any, not spoken of where there are none" {
  cut -d, -f1-7 "$TABLES/rates-region.csv" >a.csv
  [[ $(texts bars a.csv) != *limits* ]]
  sed -E '2,$s/,[^,]*,[^,]*$/,,/' "$TABLES/rates-region.csv" >b.csv
  [[ $(texts bars b.csv) != *limits* ]]
}

@test "an empty figure is n/a, zero is 0%" {
  printf 'region,n,rate\nAFR,3,0\nAPG,0,\n' >a.csv
  run texts bars a.csv
  contains "$output" 'n/a'
  contains "$output" '0%'
  run texts heatmap a.csv
  contains "$output" 'No figure: not zero'
}

@test "--x, --y and --group name columns; a wrong name: exit 2 and the nearest" {
  contains "$(texts bars "$TABLES/rates-region.csv" --y reached)" 'Reached by region'
  contains "$(texts bars "$TABLES/rates-region-milestone.csv" --x milestone --group region)" 'by milestone and region'
  run_tool -2 irm-plot bars "$TABLES/rates-region.csv" --y rat -o a.svg
  contains "$stderr" "irm-plot: --y: the table has no column 'rat' (did you mean 'rate'?"
  [ ! -e a.svg ]
  for option in x group lo hi; do
    run_tool -2 irm-plot bars "$TABLES/rates-region.csv" --$option regoin
    contains "$stderr" "--$option: the table has no column 'regoin' (did you mean 'region'?"
  done
}

@test "wrong kind, preset, theme, ending, too many files, none: exit 2" {
  run_tool -2 irm-plot bar "$TABLES/rates-region.csv"
  contains "$stderr" "irm-plot: no kind of chart 'bar' (did you mean 'bars'?"
  run_tool -2 irm-plot bars --preset slides "$TABLES/rates-region.csv"
  contains "$stderr" "no preset 'slides' (did you mean 'slide'?"
  run_tool -2 irm-plot bars --theme drak "$TABLES/rates-region.csv"
  contains "$stderr" "no theme 'drak' (did you mean 'dark'?"
  run_tool -2 irm-plot bars "$TABLES/rates-region.csv" -o a.jpg
  contains "$stderr" "cannot tell the format of 'a.jpg' from its ending"
  [ ! -e a.jpg ]
  run_tool -2 irm-plot bars a b
  contains "$stderr" "one file at most, found 'b' too"
  run_tool -2 irm-plot
  contains "$stderr" 'no kind of chart named; expected one of bars, stacked, steps, heatmap'
  run_tool -2 irm-plot bars --limit 60 "$TABLES/rates-region.csv"
  contains "$stderr" '--limit is for days'
  run_tool -2 irm-plot stacked --limit 60 "$TABLES/status.csv"
  contains "$stderr" '--limit is for bars and steps, not for stacked'
  run_tool -2 irm-plot bars --percent "$TABLES/status.csv"
  contains "$stderr" '--percent is for stacked, not for bars'
  run_tool -2 irm-plot bars --rising "$TABLES/status.csv"
  contains "$stderr" '--rising is for steps, not for bars'
  run_tool -2 irm-plot steps --limit 0 "$TABLES/curve.csv"
  contains "$stderr" '--limit: expected days of more than 0'
}

@test "bad tables: exit 3, and no file" {
  printf 'region,rate\n' >a.csv
  run_tool -3 irm-plot bars a.csv -o a.svg
  contains "$stderr" 'a.csv:1: the table has a header but no rows: nothing to draw'
  printf 'region,rate\nAFR,NaN\n' >a.csv
  run_tool -3 irm-plot bars a.csv -o a.svg
  contains "$stderr" 'irm-plot: a.csv:2:2: '
  printf 'region,rate\nAFR,0.1\nAFR,0.2\n' >a.csv
  run_tool -3 irm-plot bars a.csv -o a.svg
  contains "$stderr" "a.csv:3: a second row for region 'AFR' (the first is line 2)"
  printf 'region,colour\nAFR,red\n' >a.csv
  run_tool -3 irm-plot bars a.csv -o a.svg
  contains "$stderr" 'a.csv:1: no column that this kind of chart draws; expected one of rate, median'
  printf 'region,count\nAFR,-1\n' >a.csv
  run_tool -3 irm-plot stacked a.csv -o a.svg
  contains "$stderr" 'a.csv:2:2: a negative number cannot be stacked'
  run_tool -3 irm-plot steps a.csv -o a.svg
  contains "$stderr" "a.csv:1: no column 'time': steps draws the table of irm-survival --curve"
  printf 'time,survival\n5,0.5\n3,0.4\n' >a.csv
  run_tool -3 irm-plot steps a.csv -o a.svg
  contains "$stderr" 'a.csv:3:1: days do not go up within a curve'
  printf 'time,survival\n5,1.5\n' >a.csv
  run_tool -3 irm-plot steps a.csv -o a.svg
  contains "$stderr" 'a.csv:2:2: expected a share from 0 to 1'
  [ ! -e a.svg ]
}

@test "an output that cannot be written, a table that is not there: exit 4" {
  run_tool -4 irm-plot bars "$TABLES/rates-region.csv" -o nowhere/a.svg
  run_tool -4 irm-plot bars nowhere.csv
  for ending in svg pdf png; do
    ln -s /dev/full "full.$ending"
    run_tool -4 irm-plot bars "$TABLES/rates-region.csv" -o "full.$ending"
    contains "$stderr" 'irm-plot: '
  done
  run -4 bash -c "'$BIN/irm-plot' bars '$TABLES/rates-region.csv' >/dev/full"
}

# Fails unless irm-plot makes a sound chart or says in a line why it does not (exit 2 or 3)
sound() {
  local preset
  for preset in slide print web; do
    run_tool irm-plot "$@" --preset "$preset" --boxes -o boxes.csv
    case $status in
      0) check_boxes boxes.csv "$* $preset" ;;
      2 | 3) [ "${#stderr_lines[@]}" -eq 1 ] ;;
      *) echo "$* $preset: exit $status: $stderr"; return 1 ;;
    esac
  done
  [ "$status" -ne 0 ] || {
    "$BIN/irm-plot" "$@" -o a.svg --quiet
    rsvg-convert --unlimited -o a.png a.svg
  }
}

# every_kind FILE: a table with region, article, count, rate, rate_lo, rate_hi in it
every_kind() {
  sound bars "$1" --y rate
  sound bars "$1" --y count
  sound stacked "$1" --y count
  sound stacked "$1" --y count --percent
  sound heatmap "$1" --y rate
  sound heatmap "$1" --y count
}

@test "hostile: one row, all equal, all zero, negative, tiny and huge values" {
  for values in 0.5 0 1; do
    printf 'region,article,count,rate\nAFR,5,%s,%s\n' $values $values >a.csv
    every_kind a.csv
  done
  for value in 1e-300 1e-12 1e12 1e290 1e300 -5 -1e12 0.3333333333; do
    printf 'region,article,count,rate\nAFR,5,%s,%s\nAFR,6,%s,1\nAPG,5,0,0.5\n' $value $value $value >a.csv
    every_kind a.csv
  done
  printf 'region,article,count,rate\nAFR,5,1e-12,0\nAFR,6,1e12,0\nAPG,5,-1e12,0\n' >a.csv
  every_kind a.csv
  printf 'region,median,median_lo,median_hi\nAFR,-5,-9,-1\nAPG,5,,\nEEG,7,3,\nWEOG,,1,2\n' >a.csv
  sound bars a.csv
}

@test "hostile: 60 categories, 400, 5,000; many groups" {
  for n in 1 2 13 60 190 400 5000; do
    seq 1 $n | awk 'BEGIN { print "article,rate,count" } { print $1 ",0." $1 % 10 "," $1 }' >a.csv
    sound bars a.csv
    sound stacked a.csv --x article --y count
    sound heatmap a.csv --y count
  done
  for g in 2 7 12 20 40; do
    seq 0 $((g * 8 - 1)) | awk -v g=$g 'BEGIN { print "article,region,rate,count" } { print int($1 / g) ",R" $1 % g ",0." $1 % 10 "," $1 % 50 }' >a.csv
    every_kind a.csv
  done
}

@test "hostile: labels of 200 characters, of one long word, of markup, of control characters" {
  long=$(printf 'a word and %.0s' {1..18})
  word=$(printf 'x%.0s' {1..200})
  for label in "$long" "$word" '<b>bold</b> & &amp; <' $'bell\a\033[31mred\x7f' $'\u202egnidaer' $'two\tcells' 'تقرير مرحلي' '报告阶段' ''; do
    printf 'region,article,count,rate\n"%s",5,1,0.2\nAPG,5,2,0.4\nAPG,"%s",2,0.4\n' "$label" "$label" >a.csv
    every_kind a.csv
    printf 'region,time,at_risk,survival\n"%s",5,3,0.5\n"%s",9,1,0.2\nAPG,4,3,0.3\n' "$label" "$label" >a.csv
    sound steps a.csv
  done
  printf 'region,rate\nAFR,0.5\n' >a.csv
  sound bars a.csv --title "$long$long$long" --subtitle "$word" --note "$long$long$long$long" --source "$word$word"
  run texts bars a.csv --title '<b>&'
  contains "$output" '<b>&'
}

@test "a line feed in a label is a space; a title is not read as markup" {
  printf 'region,rate\n"two\nlines",0.5\n' >a.csv
  contains "$(texts bars a.csv)" 'two lines'
}

@test "hostile curves: one step, no limits, all gone at once, years" {
  printf 'time,survival\n0,0\n' >a.csv
  sound steps a.csv
  printf 'time,survival,lo,hi\n10,1,,\n20,0.5,0.2,0.8\n30,0,,\n' >a.csv
  sound steps a.csv
  printf 'time,survival,lo,hi\n10,1,,\n20000,0.5,0.2,0.8\n' >a.csv
  sound steps a.csv
  printf 'time,survival\n10,\n' >a.csv
  sound steps a.csv
  sound steps "$TABLES/curve-region.csv" --limit 1000000
}

@test "a shortened text is said on stderr, unless --quiet" {
  printf 'region,rate\n%s,0.5\n%s,0.5\n' "$(printf 'x%.0s' {1..300})" "$(printf 'y%.0s' {1..300})" >a.csv
  run_tool -0 irm-plot bars a.csv -o a.svg
  contains "$stderr" '2 texts are shortened to fit'
  run_tool -0 irm-plot bars a.csv -o a.svg --quiet
  [ -z "$stderr" ]
}

@test "levels stand in the order that the rows of each group agree on" {
  cat >a.csv <<'END'
as_of,cycle,stage,reviews
2020-01-01,C1,dialogue,1
2020-01-01,C1,report_agreed,5
2020-01-01,C2,started,2
2020-01-01,C2,dialogue,1
2020-01-01,C2,summary_agreed,1
2020-01-01,C2,report_agreed,1
2020-01-01,C2,,1
END
  run texts stacked a.csv
  [ "$(grep ,legend, <<<"$output" | cut -d, -f1 | paste -sd' ')" = 'Started Dialogue Summary agreed Report agreed None recorded' ]
}

@test "stacked: days stand on the axis, never on each other" {
  printf 'as_of,stage,reviews\n2020-01-01,a,1\n2020-01-01,b,2\n2021-01-01,a,2\n2021-01-01,b,1\n' >a.csv
  run texts stacked a.csv
  contains "$output" 'Number of reviews by day and stage'
  contains "$output" 'n = 3'
  run_tool -2 irm-plot stacked a.csv --group as_of
  contains "$stderr" 'days cannot be stacked'
  printf 'as_of,stage,reviews\n2020-01-01,a,1\n2021-01-01,a,4\n' >a.csv
  contains "$(texts stacked a.csv)" 'n = 1–4'
}
