#!/usr/bin/env bats
# irm-plot on tables that nobody would make on purpose: a sound chart, or one line that says why not.
load helper
load boxes

PRESETS=(slide print web)

# Fails unless irm-plot makes a sound chart or says in a line why it does not (exit 2 or 3). Each call
# takes the next preset; where SOAK is set, all of them.
sound() {
  local preset presets=("${PRESETS[calls++ % 3]}")
  [ -z "$SOAK" ] || presets=("${PRESETS[@]}")
  for preset in "${presets[@]}"; do
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

# every_kind FILE: a table with region, article, count, rate, rate_lo, rate_hi in it. Ten calls, so
# that each kind meets another preset the next time.
every_kind() {
  sound bars "$1" --y rate
  sound bars "$1" --y count
  sound stacked "$1" --y count
  sound stacked "$1" --y count --percent
  sound heatmap "$1" --y rate
  sound heatmap "$1" --y count
  sound dots "$1" --y rate
  sound dots "$1" --y count,rate
  sound lines "$1" --y rate
  sound lines "$1" --y count --x article --group region
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
  sound dots a.csv
}

@test "hostile: 60 categories, 400, 5,000; many groups" {
  for n in 1 2 13 60 190 400 5000; do
    seq 1 $n | awk 'BEGIN { print "article,rate,count" } { print $1 ",0." $1 % 10 "," $1 }' >a.csv
    sound bars a.csv
    sound stacked a.csv --x article --y count
    sound heatmap a.csv --y count
    sound dots a.csv
    sound lines a.csv
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
  run_tool -0 irm-plot bars a.csv --title '<b>&' --boxes
  contains "$output" '<b>&'
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
  sound steps "$BATS_TEST_DIRNAME/../golden/tables/curve-region.csv" --limit 1000000
}

@test "hostile forecasts: one day, no bands, bands that cross, years apart, days beyond the calendar" {
  printf 'date,expected\n2024-06-30,0\n' >a.csv
  sound fan a.csv
  printf 'date,expected,lo50,hi50,lo90,hi90\n2024-06-30,,,,,\n' >a.csv
  sound fan a.csv
  printf 'date,expected,lo50,hi50,lo90,hi90\n2024-06-30,0.5,0.9,0.1,,1\n2024-07-01,0.7,,,,\n2025-07-01,0.7,0.6,0.8,0.1,0.9\n' >a.csv
  sound fan a.csv
  printf 'date,expected\n0001-01-01,1\n9999-12-31,1e290\n' >a.csv
  sound fan a.csv
  printf 'date,expected\n2024-06-30,-4\n2024-07-30,-2\n' >a.csv
  sound fan a.csv
  for bad in NaN inf 1e400 1,5; do
    printf 'date,expected\n2024-06-30,"%s"\n' "$bad" >a.csv
    sound fan a.csv
    [ "$status" = 3 ]
  done
  for n in 3 17 48 49; do
    seq $n | awk 'BEGIN { print "cycle,date,expected" } { print "a rather long name of cycle " $1 ",2024-06-30,1"; print "a rather long name of cycle " $1 ",2025-06-30,2" }' >a.csv
    sound fan a.csv
  done
  { printf 'date,expected\n'; for y in {1000..5999}; do echo "$y-01-01,$y"; done; } >a.csv
  sound fan a.csv
}

@test "hostile panels: one, many, of long names, of nothing in common" {
  for n in 1 2 13 48; do
    seq $n | awk 'BEGIN { print "cycle,region,count,rate" } { print "C" $1 ",R" $1 "," $1 ",0." $1 % 10; print "C" $1 ",S" $1 "," $1 ",0." $1 % 10 }' >a.csv
    for kind in bars stacked dots heatmap; do
      sound $kind a.csv --facet cycle --x region
    done
  done
  long=$(printf 'a word and %.0s' {1..18})
  printf 'cycle,region,count\n"%s",A,1\n<b>&,B,2\n,C,3\n' "$long" >a.csv
  for kind in bars stacked dots heatmap; do
    sound $kind a.csv --facet cycle --y count
  done
}

@test "hostile timelines: one row, 5,000, long names, a day, centuries, ends before beginnings" {
  head=as_of,review,state,stage,began,due,ended,event,days_late
  printf '%s\n2020-06-30,R,XAA,dialogue,2020-06-30,,2020-06-30,0,\n' $head >a.csv
  sound timeline a.csv
  printf '%s\n2020-06-30,R,XAA,dialogue,0001-01-01,9999-12-31,2020-06-30,0,\n' $head >a.csv
  sound timeline a.csv
  printf '%s\n,,,,2020-06-30,2019-06-30,2018-06-30,1,-5\n' $head >a.csv
  sound timeline a.csv
  printf '%s\n2020-06-30,R,XAA,dialogue,2020-06-30,2019-06-30,2018-06-30,0,400\n' $head >a.csv
  sound timeline a.csv
  for n in 13 60 5000; do
    seq $n | awk -v head=$head 'BEGIN { print head } { print "2020-06-30,R" $1 ",S" $1 ",s" $1 % 9 ",2018-01-01,2018-05-01,2018-04-0" 1 + $1 % 9 ",1,0" }' >a.csv
    sound timeline a.csv
    "$BIN/irm-plot" timeline a.csv --preset print --page 1 --boxes -o boxes.csv
    check_boxes boxes.csv "timeline of $n"
  done
  long=$(printf 'a word and %.0s' {1..18})
  word=$(printf 'x%.0s' {1..200})
  for label in "$long" "$word" '<b>&' $'\u202egnidaer' ''; do
    printf '%s\n2020-06-30,"%s","%s","%s",2019-06-30,2019-09-30,2020-06-30,0,270\n2020-06-30,R2,"%s",b,2019-06-30,2019-09-30,2019-12-30,1,270\n' $head "$label" "$label" "$label" "$label" >a.csv
    sound timeline a.csv
  done
  seq 20 | awk -v head=$head 'BEGIN { print head } { print "2020-06-30,R,S,s" $1 ",2018-01-01,,,," }' >a.csv
  sound timeline a.csv
  printf '%s\n2020-06-30,R,XAA,dialogue,2020-06-30,,2020-06-30,NaN,\n' $head >a.csv
  sound timeline a.csv
  [ "$status" = 3 ]
}

@test "hostile tiles: one, 193, 5,000; long codes; many regions; figures of all sizes" {
  for n in 1 2 60 193 5000; do
    seq $n | awk 'BEGIN { print "state,region,stage,n,rate" } { print "S" $1 ",R" $1 % 6 ",s" $1 % 9 "," $1 % 7 ",0." $1 % 10 }' >a.csv
    sound tiles a.csv
    sound tiles a.csv --y rate
  done
  long=$(printf 'a word and %.0s' {1..18})
  word=$(printf 'x%.0s' {1..200})
  for label in "$long" "$word" '<b>&' $'\u202egnidaer' ''; do
    printf 'state,region,stage,rate\n"%s","%s","%s",0.5\nB,"%s",s,\n' "$label" "$label" "$label" "$label" >a.csv
    sound tiles a.csv
    sound tiles a.csv --y rate
  done
  printf 'state,value\nA,1e290\nB,-1e12\nC,1e-300\nD,\n' >a.csv
  sound tiles a.csv
  printf 'state,value\nA,inf\n' >a.csv
  sound tiles a.csv
  [ "$status" = 3 ]
  for n in 24 25; do
    seq $n | awk 'BEGIN { print "state,region,stage" } { print "S" $1 ",R" $1 ",s" $1 }' >a.csv
    sound tiles a.csv
  done
}

@test "hostile funnels: none, one, many steps and cycles, huge numbers, long names" {
  printf 'milestone,eligible,reached,unknown\na,0,0,0\n' >a.csv
  sound funnel a.csv
  printf 'milestone,eligible,reached,unknown\na,,,\nb,,3,\nc,3,,\nd,3,0,3\n' >a.csv
  sound funnel a.csv
  printf 'milestone,eligible,reached,unknown\na,1e290,1,1e12\nb,1,1e-300,\n' >a.csv
  sound funnel a.csv
  for value in NaN inf -1; do
    printf 'milestone,eligible,reached\na,9,%s\n' $value >a.csv
    sound funnel a.csv
    [ "$status" = 3 ]
  done
  for n in 8 60 101 5000; do
    seq $n | awk 'BEGIN { print "milestone,eligible,reached,unknown" } { print "m" $1 ",9000," 9000 - $1 "," $1 }' >a.csv
    sound funnel a.csv
    seq $n | awk 'BEGIN { print "cycle,milestone,eligible,reached" } { print "c" int($1 / 8) ",m" $1 % 8 ",9000,5" }' >a.csv
    sound funnel a.csv
  done
  long=$(printf 'a word and %.0s' {1..18})
  for label in "$long" "$(printf 'x%.0s' {1..200})" '<b>&' ''; do
    printf 'milestone,eligible,reached\n"%s",9,3\nb,9,2\n' "$label" >a.csv
    sound funnel a.csv
  done
}

@test "hostile histograms: a day, all open, years, 5,000, many stages" {
  for days in 0 1 23 24 1000 1e9 1e290 0.5; do
    for event in 0 1; do
      printf 'stage,days,event\na,%s,%s\na,0,1\n' $days $event >a.csv
      sound histogram a.csv
    done
  done
  for value in NaN inf -1 x; do
    printf 'stage,days,event\na,%s,1\n' $value >a.csv
    sound histogram a.csv
    [ "$status" = 3 ]
  done
  for n in 1 7 48 49; do
    seq 5000 | awk -v n=$n 'BEGIN { print "stage,days,event" } { printf "a rather long name of a stage %d,%d,%d\n", $1 % n, $1 * 7 % 1009, $1 % 3 > 0 }' >a.csv
    sound histogram a.csv --limit 90
  done
}
