#!/usr/bin/env bats
# Charts of tables that nobody would make on purpose: a sound one, or a line that says why not. The cases of
# a test are the charts of one plan, which tests/gallery/check draws in one process: a start of irm-plot for
# each would take most of the time.
load helper

# Each test has its tables, and a plan of charts of them.
setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  mkdir svg
  echo chart,kind,table,x,y,group,facet,limit,page,percent,rising,title,subtitle,note,source >plan.csv
  tables=0 charts=0
}

# take_table: what a test has written to a.csv is the table of the charts that follow
take_table() {
  [ -e a.csv ] || return 0
  tables=$((tables + 1))
  mv a.csv "$tables.csv"
}

# sound KIND [--OPTION VALUE]...: a chart of the last table, for `all_sound`
sound() {
  local -A of=()
  local kind=$1
  shift
  take_table
  while [ $# -gt 0 ]; do
    case $1 in
      --percent | --rising) of[${1#--}]=yes ;;
      *)
        of[${1#--}]=$2
        shift
        ;;
    esac
    shift
  done
  charts=$((charts + 1))
  printf '%s,%s,%s.csv,%s,"%s",%s,%s,%s,%s,%s,%s,"%s","%s","%s","%s"\n' "c$charts" "$kind" "$tables" "${of[x]}" "${of[y]}" "${of[group]}" \
    "${of[facet]}" "${of[limit]}" "${of[page]}" "${of[percent]}" "${of[rising]}" "${of[title]}" "${of[subtitle]}" "${of[note]}" "${of[source]}" >>plan.csv
}

# all_sound [svg]: fails where a chart is not; each takes the next preset, all of them where SOAK is set.
# With svg the pictures are read by another program too.
all_sound() {
  local preset presets=('')
  [ -z "$SOAK" ] || presets=(slide print print-wide web square)
  for preset in "${presets[@]}"; do
    # shellcheck disable=SC2086 # none or one
    run "$BUILD/tests/gallery/check" plan.csv sound "${1:--}" $preset
    [ "$status" -eq 0 ] || { echo "$output"; return 1; }
    [ "${lines[-1]}" = "gallery: $charts passed, 0 failed" ]
  done
  [ $# -eq 0 ] || rsvg-convert --unlimited -f pdf -o a.pdf svg/*.svg
}

# refused KIND MESSAGE [OPTION]...: irm-plot refuses the last table: exit 3, a line
refused() {
  local kind=$1 message=$2
  shift 2
  take_table
  run_tool -3 irm-plot "$kind" "$tables.csv" "$@"
  contains "$stderr" "$message"
  [ "${#stderr_lines[@]}" -eq 1 ]
}

# every_kind: of a table with region, article, count, rate in it
every_kind() {
  sound bars --y rate
  sound bars --y count
  sound stacked --y count
  sound stacked --y count --percent
  sound heatmap --y rate
  sound heatmap --y count
  sound dots --y rate
  sound dots --y count,rate
  sound lines --y rate
  sound lines --y count --x article --group region
  sound tiles --x article --y rate
}

@test "hostile: one row, all equal, all zero, negative, tiny and huge values" {
  for values in 0.5 0 1; do
    printf 'region,article,count,rate\nAFR,5,%s,%s\n' $values $values >a.csv
    every_kind
  done
  for value in 1e-300 1e-12 1e12 1e290 1e300 -5 -1e12 0.3333333333; do
    printf 'region,article,count,rate\nAFR,5,%s,%s\nAFR,6,%s,1\nAPG,5,0,0.5\n' $value $value $value >a.csv
    every_kind
  done
  printf 'region,article,count,rate\nAFR,5,1e-12,0\nAFR,6,1e12,0\nAPG,5,-1e12,0\n' >a.csv
  every_kind
  # wide labels of ticks, in narrow panels
  for value in 703000 5000000000 999999999999; do
    printf 'region,party,article,count\n' >a.csv
    for party in A B C D E F; do printf 'AFR,%s,5,%s\nAPG,%s,5,12\n' $party $value $party >>a.csv; done
    for i in {1..5}; do
      sound bars --y count --facet party
      sound dots --y count --facet party --x region
    done
  done
  printf 'region,median,median_lo,median_hi\nAFR,-5,-9,-1\nAPG,5,,\nEEG,7,3,\nWEOG,,1,2\n' >a.csv
  sound bars
  sound dots
  all_sound
}

@test "hostile: NaN, inf and what is no number; no rows; missing limits" {
  for value in NaN inf -inf 1e400 0x10 1,5 '1 000'; do
    printf 'region,stage,rate,count\nAFR,a,"%s","%s"\n' "$value" "$value" >a.csv
    refused bars ':2:3: ' --y rate
    [ "$value" = NaN ] || continue
    for kind in dots heatmap lines; do refused $kind ':2:3: ' --y rate; done
    refused stacked ':2:4: ' --y count
    refused tiles ':2:3: ' --x region --y rate
    printf 'time,survival\n10,"%s"\n' "$value" >a.csv
    refused steps ':2:2: '
  done
  while read -r kind header; do
    echo "$header" >a.csv
    refused "$kind" ':1: the table has a header but no rows'
  done <<'END'
bars region,rate
stacked region,count
dots region,rate
lines region,rate
steps time,survival
heatmap region,article,rate
timeline as_of,review,stage,began,due,ended,event,days_late
tiles state,value
funnel milestone,eligible,reached
histogram days,event
fan date,expected
END
  for limits in , 0.1, ,0.9 0.9,0.1 0.1,0.9; do
    printf 'region,article,count,rate,rate_lo,rate_hi\nAFR,5,1,0.5,%s\nAPG,5,2,,%s\n' "$limits" "$limits" >a.csv
    every_kind
  done
  all_sound
}

@test "hostile: 60 categories, 400, 5,000; many groups" {
  for n in 1 2 13 60 190 400 5000; do
    seq 1 $n | awk 'BEGIN { print "article,rate,count" } { print $1 ",0." $1 % 10 "," $1 }' >a.csv
    sound bars
    sound stacked --x article --y count
    sound heatmap --y count
    sound dots
    sound lines
  done
  for g in 2 7 12 20 40; do
    seq 0 $((g * 8 - 1)) | awk -v g=$g 'BEGIN { print "article,region,rate,count" } { print int($1 / g) ",R" $1 % g ",0." $1 % 10 "," $1 % 50 }' >a.csv
    every_kind
  done
  all_sound
}

@test "hostile: labels of 200 characters, of one long word, of markup, of control characters" {
  long=$(printf 'a word and %.0s' {1..18})
  word=$(printf 'x%.0s' {1..200})
  for label in "$long" "$word" '<b>bold</b> & &amp; <' $'bell\a\033[31mred\x7f' $'\u202egnidaer' $'two\tcells' 'تقرير مرحلي' '报告阶段' ''; do
    printf 'region,article,count,rate\n"%s",5,1,0.2\nAPG,5,2,0.4\nAPG,"%s",2,0.4\n' "$label" "$label" >a.csv
    every_kind
    printf 'region,time,at_risk,survival\n"%s",5,3,0.5\n"%s",9,1,0.2\nAPG,4,3,0.3\n' "$label" "$label" >a.csv
    sound steps
  done
  printf 'region,rate\nAFR,0.5\n' >a.csv
  sound bars --title "$long$long$long" --subtitle "$word" --note "$long$long$long$long" --source "$word$word"
  all_sound svg
  run_tool -0 irm-plot bars "$tables.csv" --title '<b>&' --boxes
  contains "$output" '<b>&'
}

@test "hostile: rows twice, of a table with one key or two" {
  printf 'stage,reviews\na,1\nb,2\na,3\n' >a.csv
  refused stacked ":4: a second row for stage 'a' (the first is line 2)"
  printf 'region,stage,reviews\nAFR,a,1\nAFR,b,2\nAFR,a,3\n' >a.csv
  refused stacked ":4: a second row for region 'AFR' and stage 'a' (the first is line 2)" --x region --group stage
  refused stacked ":4: a second row for stage 'a' (the first is line 2)"
}

@test "hostile curves: one step, no limits, all gone at once, years" {
  printf 'time,survival\n0,0\n' >a.csv
  sound steps
  printf 'time,survival,lo,hi\n10,1,,\n20,0.5,0.2,0.8\n30,0,,\n' >a.csv
  sound steps
  printf 'time,survival,lo,hi\n10,1,,\n20000,0.5,0.2,0.8\n' >a.csv
  sound steps
  printf 'time,survival\n10,\n' >a.csv
  sound steps
  cp "$ROOT/tests/golden/tables/curve-region.csv" a.csv
  sound steps --limit 1000000
  all_sound
}

@test "hostile forecasts: one day, no bands, bands that cross, years apart, days beyond the calendar" {
  printf 'date,expected\n2024-06-30,0\n' >a.csv
  sound fan
  printf 'date,expected,lo50,hi50,lo90,hi90\n2024-06-30,,,,,\n' >a.csv
  sound fan
  printf 'date,expected,lo50,hi50,lo90,hi90\n2024-06-30,0.5,0.9,0.1,,1\n2024-07-01,0.7,,,,\n2025-07-01,0.7,0.6,0.8,0.1,0.9\n' >a.csv
  sound fan
  printf 'date,expected\n0001-01-01,1\n9999-12-31,1e290\n' >a.csv
  sound fan
  printf 'date,expected\n2024-06-30,-4\n2024-07-30,-2\n' >a.csv
  sound fan
  for bad in NaN inf 1e400 1,5; do
    printf 'date,expected\n2024-06-30,"%s"\n' "$bad" >a.csv
    refused fan ':2:2: '
  done
  for n in 3 17 48 49; do
    seq $n | awk 'BEGIN { print "cycle,date,expected" } { print "a rather long name of cycle " $1 ",2024-06-30,1"; print "a rather long name of cycle " $1 ",2025-06-30,2" }' >a.csv
    sound fan
  done
  { printf 'date,expected\n'; for y in {1000..5999}; do echo "$y-01-01,$y"; done; } >a.csv
  sound fan
  all_sound
}

@test "hostile panels: one, many, of long names, of nothing in common" {
  for n in 1 2 13 48; do
    seq $n | awk 'BEGIN { print "cycle,region,count,rate" } { print "C" $1 ",R" $1 "," $1 ",0." $1 % 10; print "C" $1 ",S" $1 "," $1 ",0." $1 % 10 }' >a.csv
    for kind in bars stacked dots heatmap; do
      sound $kind --facet cycle --x region
    done
  done
  long=$(printf 'a word and %.0s' {1..18})
  printf 'cycle,region,count\n"%s",A,1\n<b>&,B,2\n,C,3\n' "$long" >a.csv
  for kind in bars stacked dots heatmap; do
    sound $kind --facet cycle --y count
  done
  all_sound
}

@test "hostile timelines: one row, 5,000, long names, a day, centuries, ends before beginnings" {
  head=as_of,review,state,stage,began,due,ended,event,days_late
  printf '%s\n2020-06-30,R,XAA,dialogue,2020-06-30,,2020-06-30,0,\n' $head >a.csv
  sound timeline
  printf '%s\n2020-06-30,R,XAA,dialogue,0001-01-01,9999-12-31,2020-06-30,0,\n' $head >a.csv
  sound timeline
  printf '%s\n,,,,2020-06-30,2019-06-30,2018-06-30,1,-5\n' $head >a.csv
  sound timeline
  printf '%s\n2020-06-30,R,XAA,dialogue,2020-06-30,2019-06-30,2018-06-30,0,400\n' $head >a.csv
  sound timeline
  for n in 13 60 5000; do
    seq $n | awk -v head=$head 'BEGIN { print head } { print "2020-06-30,R" $1 ",S" $1 ",s" $1 % 9 ",2018-01-01,2018-05-01,2018-04-0" 1 + $1 % 9 ",1,0" }' >a.csv
    sound timeline
    for page in 1 2 1 1 1; do sound timeline --page $page; done
  done
  long=$(printf 'a word and %.0s' {1..18})
  word=$(printf 'x%.0s' {1..200})
  for label in "$long" "$word" '<b>&' $'\u202egnidaer' ''; do
    printf '%s\n2020-06-30,"%s","%s","%s",2019-06-30,2019-09-30,2020-06-30,0,270\n2020-06-30,R2,"%s",b,2019-06-30,2019-09-30,2019-12-30,1,270\n' $head "$label" "$label" "$label" "$label" >a.csv
    sound timeline
  done
  seq 20 | awk -v head=$head 'BEGIN { print head } { print "2020-06-30,R,S,s" $1 ",2018-01-01,,,," }' >a.csv
  sound timeline
  printf '%s\n2020-06-30,R,XAA,dialogue,2020-06-30,,2020-06-30,NaN,\n' $head >a.csv
  refused timeline ':2:'
  all_sound
}

@test "hostile tiles: one, 193, 5,000; long codes; many regions; figures of all sizes" {
  for n in 1 2 60 193 5000; do
    seq $n | awk 'BEGIN { print "state,region,stage,n,rate" } { print "S" $1 ",R" $1 % 6 ",s" $1 % 9 "," $1 % 7 ",0." $1 % 10 }' >a.csv
    sound tiles
    sound tiles --y rate
  done
  long=$(printf 'a word and %.0s' {1..18})
  word=$(printf 'x%.0s' {1..200})
  for label in "$long" "$word" '<b>&' $'\u202egnidaer' ''; do
    printf 'state,region,stage,rate\n"%s","%s","%s",0.5\nB,"%s",s,\n' "$label" "$label" "$label" "$label" >a.csv
    sound tiles
    sound tiles --y rate
  done
  printf 'state,value\nA,1e290\nB,-1e12\nC,1e-300\nD,\n' >a.csv
  sound tiles
  printf 'state,value\nA,inf\n' >a.csv
  refused tiles ':2:'
  for n in 24 25; do
    seq $n | awk 'BEGIN { print "state,region,stage" } { print "S" $1 ",R" $1 ",s" $1 }' >a.csv
    sound tiles
  done
  all_sound
}

@test "hostile funnels: none, one, many steps and cycles, huge numbers, long names" {
  printf 'milestone,eligible,reached,unknown\na,0,0,0\n' >a.csv
  sound funnel
  printf 'milestone,eligible,reached,unknown\na,,,\nb,,3,\nc,3,,\nd,3,0,3\n' >a.csv
  sound funnel
  printf 'milestone,eligible,reached,unknown\na,1e290,1,1e12\nb,1,1e-300,\n' >a.csv
  sound funnel
  for value in NaN inf -1; do
    printf 'milestone,eligible,reached\na,9,%s\n' $value >a.csv
    refused funnel ':2:'
  done
  for n in 8 60 101 5000; do
    seq $n | awk 'BEGIN { print "milestone,eligible,reached,unknown" } { print "m" $1 ",9000," 9000 - $1 "," $1 }' >a.csv
    sound funnel
    seq $n | awk 'BEGIN { print "cycle,milestone,eligible,reached" } { print "c" int($1 / 8) ",m" $1 % 8 ",9000,5" }' >a.csv
    sound funnel
  done
  long=$(printf 'a word and %.0s' {1..18})
  for label in "$long" "$(printf 'x%.0s' {1..200})" '<b>&' ''; do
    printf 'milestone,eligible,reached\n"%s",9,3\nb,9,2\n' "$label" >a.csv
    sound funnel
  done
  all_sound
}

@test "hostile histograms: a day, all open, years, 5,000, many stages" {
  for days in 0 1 23 24 1000 1e9 1e290 0.5; do
    for event in 0 1; do
      printf 'stage,days,event\na,%s,%s\na,0,1\n' $days $event >a.csv
      sound histogram
    done
  done
  for value in NaN inf -1 x; do
    printf 'stage,days,event\na,%s,1\n' $value >a.csv
    refused histogram ':2:'
  done
  for n in 1 7 48 49; do
    seq 5000 | awk -v n=$n 'BEGIN { print "stage,days,event" } { printf "a rather long name of a stage %d,%d,%d\n", $1 % n, $1 * 7 % 1009, $1 % 3 > 0 }' >a.csv
    sound histogram --limit 90
  done
  all_sound
}
