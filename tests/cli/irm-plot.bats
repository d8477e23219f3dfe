#!/usr/bin/env bats
# irm-plot: kinds, formats and presets; messages; texts that neither overlap nor leave the page.
load helper
load boxes

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
dots dots rates-region-cycle
dots-gap dots assist-gap
dots-rates dots assist-gap --y rate,addressed_rate
dots-limit dots delays-region-stage --x stage --group region --limit 60
lines lines rates-days
lines-year lines rates-days --y reached --facet region
lines-names lines rates-region-milestone --x milestone --group region
curves steps curve-region --limit 180
curve steps curve
curves-rising steps curve-cycle --rising
timeline timeline each
tiles tiles status-state
tiles-figure tiles rates-state
funnel funnel rates-funnel
funnel-facet funnel rates-region-cycle
histogram histogram each --limit 60
fan fan forecast
fan-actual fan backtest
bars-facet bars rates-region-milestone --x milestone --facet region
steps-facet steps curve-cycle --facet cycle
stacked-facet stacked status-region --x region --facet stage
heatmap-facet heatmap assist-chapter-region --facet region
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

# The boxes of the texts of each chart in each preset, made once: as it is, and with all that may stand
# around it.
setup_file() {
  each_chart make_boxes
}

make_boxes() {
  local boxes=$BATS_FILE_TMPDIR/$1-$2
  shift 2
  "$BIN/irm-plot" "$@" --boxes -o "$boxes.plain"
  "$BIN/irm-plot" "$@" --boxes --fictional --source 'A source' --note 'A note' -o "$boxes.noted"
}

boxes_are_apart() {
  check_boxes "$BATS_FILE_TMPDIR/$1-$2.noted" "$1 $2"
}

@test "no two texts overlap and none leaves the page, of every kind in every preset" {
  each_chart boxes_are_apart
}

large_enough() {
  [ "$2" = slide ] || return 0
  sed 's/"[^"]*"/text/' "$BATS_FILE_TMPDIR/$1-$2.plain" |
    awk -F, 'NR > 2 && ($7 < 28 || $NF == "yes") { print; bad = 1 } END { exit bad }'
}

@test "no text of a slide is smaller than 28 of 1080 pixels, and none is shortened" {
  each_chart large_enough
}

golden_texts() {
  [ "$2" != print ] || return 0
  sed 1,2d "$BATS_FILE_TMPDIR/$1-$2.plain" |
    sed -E 's/^("[^"]*"|[^",]*),[^,]*,[^,]*,[^,]*,[^,]*,([^,]*),.*/\2: \1/' >texts
  [ -z "$UPDATE" ] || cp texts "$GOLDEN/$1-$2.txt"
  diff -u "$GOLDEN/$1-$2.txt" texts
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

@test "dots: two columns on one axis; limits of a rate are not those of its count" {
  run texts dots "$TABLES/assist-gap.csv"
  contains "$output" '11 · 4'
  contains "$output" '0 · n/a'
  [[ $output != *limits* ]]
  run texts dots "$TABLES/assist-gap.csv" --y rate,addressed_rate
  contains "$output" '26% · 36%'
  contains "$output" 'Thin lines show confidence limits. Hollow: of fewer than 5.'
  [[ $(texts bars "$TABLES/assist-gap.csv" --y addressed) != *limits* ]]
  run_tool -2 irm-plot dots "$TABLES/assist-gap.csv" --y rate,addressed
  contains "$stderr" "'rate' and 'addressed' cannot stand on one axis: one is a share"
  run_tool -2 irm-plot dots "$TABLES/assist-gap.csv" --y rate,adressed
  contains "$stderr" "--y: the table has no column 'adressed' (did you mean 'addressed'?"
  run_tool -2 irm-plot dots "$TABLES/rates-region-cycle.csv" --y eligible,reached
  contains "$stderr" "no room for column 'cycle'"
}

@test "bars and heatmap: a share of fewer than 5 has a mark, one of 5 has none, nor has a count" {
  for kind in bars heatmap; do
    printf 'region,n,rate\nAFR,4,0.5\nAPG,,0.4\n' >a.csv
    contains "$(texts $kind a.csv)" '*: of fewer than 5.'
    contains "$(texts $kind a.csv | grep '^50')" '*,'
    sed 's/,4,/,5,/' a.csv >b.csv
    [[ $(texts $kind b.csv) != *fewer* ]]
    [[ $(texts $kind b.csv) != *'*,'* ]]
  done
  printf 'region,n,median\nAFR,4,50\n' >a.csv
  [[ $(texts bars a.csv) != *fewer* ]]
}

@test "dots: a share of fewer than 5 is hollow, one of 5 is not" {
  printf 'region,n,rate\nAFR,4,0.5\n' >a.csv
  contains "$(texts dots a.csv)" 'Hollow: of fewer than 5.'
  printf 'region,n,rate\nAFR,5,0.5\n' >a.csv
  [[ $(texts dots a.csv) != *Hollow* ]]
}

@test "fan: a panel for each cycle and milestone, the legend tells the bands, recorded figures are marked" {
  run texts fan "$TABLES/forecast.csv"
  [ "$(grep -c ',panel,' <<<"$output")" = 2 ]
  contains "$output" 'Forecast of the number of reviews by cycle · Report agreed'
  contains "$output" 'In nine of ten draws'
  [[ $output != *Recorded* ]]
  run texts fan "$TABLES/backtest.csv"
  contains "$output" 'Recorded'
  contains "$output" 'Forecast of the share of reviews · FIC-2 · Report agreed'
  printf 'date,expected\n2024-06-30,3\n2024-01-31,4\n' >a.csv
  run_tool -3 irm-plot fan a.csv
  contains "$stderr" 'a.csv:3:1: days do not go up within a forecast'
  printf 'date,expected\n30/06/2024,3\n' >a.csv
  run_tool -3 irm-plot fan a.csv
  contains "$stderr" 'a.csv:2:1: '
  printf 'day,expected\n2024-06-30,3\n' >a.csv
  run_tool -3 irm-plot fan a.csv
  contains "$stderr" "no column 'date': fan draws the table of irm-forecast"
  contains "$(texts fan a.csv --x day)" 'Expected'
}

@test "lines: days, years and numbers have a scale, other keys do not; gaps and few are told" {
  run texts lines "$TABLES/rates-days.csv"
  contains "$output" 'Completion rate by day and region · Report agreed'
  contains "$output" 'Bands show confidence limits. Hollow: of fewer than 5. Gaps: no figure.'
  contains "$output" 'Jan 2018,'
  [ "$(grep ',value,' <<<"$output" | cut -d, -f1 | paste -sd' ')" = '100% 88%' ]
  printf 'year,cycle,rate\n2009,C1,0.5\n2012,C1,0.6\n' >a.csv
  contains "$(texts lines a.csv)" 'Jan 2010,'
  printf 'score,rate\n10,0.5\n5,0.6\n20,0.7\n' >a.csv
  contains "$(texts lines a.csv)" '15,'
  printf 'stage,rate\nb,0.5\na,0.6\n' >a.csv
  [ "$(texts lines a.csv | grep ',category,' | cut -d, -f1 | paste -sd' ')" = 'B A' ]
  run_tool -2 irm-plot lines a.csv --limit 3
  contains "$stderr" '--limit is for days'
}

@test "lines: the order of rows changes nothing" {
  { sed -n 1p "$TABLES/rates-days.csv"; sed 1d "$TABLES/rates-days.csv" | sort -t, -k2,2 -k1,1r; } >a.csv
  "$BIN/irm-plot" lines "$TABLES/rates-days.csv" -o b.svg
  "$BIN/irm-plot" lines a.csv -o c.svg
  cmp b.svg c.svg
}

@test "timeline: limits, milestones, open and overdue; what has no day is left out and counted" {
  run texts timeline "$TABLES/each.csv"
  contains "$output" 'As of 30 June 2020 · 6 reviews · Upright strokes: time limits. Dashed line: the day of the figures. 1 without a known day is not drawn.'
  for text in XAA, FIC-1-XAD, FIC-1-XAD-R, Overdue, 'Open, observed' Dialogue; do
    contains "$output" "$text"
  done
  [[ $output != *XAF* ]]
  contains "$output" 'Fictional States: not real data'
  # nothing late, nothing overdue; nothing open, nothing said of it
  awk -F, 'NR == 1 || $13 == 1' "$TABLES/each.csv" >a.csv
  run texts timeline a.csv
  [[ $output != *Overdue* && $output != *Open,* ]]
  # a limit that has passed is overdue only where the records say so
  sed 's/,0,386,/,0,,/; s/,0,303,/,0,,/' "$TABLES/each.csv" >a.csv
  [[ $(texts timeline a.csv) != *Overdue* ]]
}

@test "timeline: a row of unknown end at the day of the figures has not come, whatever its source" {
  printf 'as_of,review,stage,began,due,ended,event,days_late,source\n2020-06-30,R1,dialogue,,,2020-06-30,,,A source\n' >a.csv
  run_tool -3 irm-plot timeline a.csv
  contains "$stderr" 'no stage of any review has a known day'
  printf 'as_of,review,stage,began,due,ended,event,days_late,source\n2020-06-30,R1,dialogue,,,2009-11-13,,,\n' >a.csv
  run_tool -3 irm-plot timeline a.csv
}

# many N: a table of N reviews
many() {
  seq "$1" | awk 'BEGIN { print "as_of,review,stage,began,due,ended,event,days_late" }
    { print "2020-06-30,R" $1 ",dialogue,2018-01-" 10 + $1 % 20 ",2018-05-01,2018-04-" 10 + $1 % 20 ",1,0" }'
}

@test "timeline: 190 States take pages; a PDF holds them all, --page chooses one" {
  many 190 >a.csv
  run_tool -0 irm-plot timeline a.csv --preset print -o a.pdf
  [ "$(pdfinfo a.pdf | awk '/^Pages/ { print $2 }')" = 4 ]
  for page in 1 2 3 4; do
    contains "$(pdftotext -f $page -l $page a.pdf -)" "Page $page of 4"
    run_tool -0 irm-plot timeline a.csv --preset print --page $page --boxes -o $page.csv
    check_boxes $page.csv "page $page"
  done
  [ "$(cat ?.csv | grep -c ',category,')" = 190 ]
  [ "$(cat ?.csv | grep ',category,' | cut -d, -f1 | sort -u | wc -l)" = 190 ]
  for ending in svg png; do
    run_tool -2 irm-plot timeline a.csv --preset print -o a.$ending
    contains "$stderr" '4 pages: only a PDF holds them all (choose one with --page, or write to a .pdf)'
    [ ! -e a.$ending ]
  done
  run_tool -0 irm-plot timeline a.csv --preset print --page 4 -o a.svg
  run_tool -2 irm-plot timeline a.csv --preset print --page 5 -o a.pdf
  contains "$stderr" '--page: there are 4 pages'
  run_tool -2 irm-plot timeline a.csv --page 1.5
  contains "$stderr" '--page: expected a whole number of 1 or more'
  run_tool -2 irm-plot bars a.csv --page 1
  contains "$stderr" '--page is for timeline, not for bars'
  run_tool -2 irm-plot timeline a.csv --facet review
  contains "$stderr" '--facet is not for timeline'
  [[ $(texts timeline a.csv) != *'Page 1'* ]]
}

@test "timeline: bad tables" {
  run_tool -3 irm-plot timeline "$TABLES/status.csv"
  contains "$stderr" "expected a column 'review'"
  contains "$stderr" 'irm-delays --each'
  sed '2s/2018-03-10/soon/' "$TABLES/each.csv" >a.csv
  run_tool -3 irm-plot timeline a.csv
  contains "$stderr" 'a.csv:2:10: '
  sed '3s/^2020-06-30/2020-07-01/' "$TABLES/each.csv" >a.csv
  run_tool -3 irm-plot timeline a.csv
  contains "$stderr" 'several days in as_of: a timeline shows one'
}

@test "tiles: a tile a State by region; a number besides the colour; the unknown last" {
  run texts tiles "$TABLES/status-state.csv"
  [ "$(grep ',region,' <<<"$output" | cut -d, -f1 | paste -sd'|')" = 'AFR · 3|APG · 1|WEOG · 1|None recorded · 1' ]
  [ "$(grep ',tile,' <<<"$output" | cut -d, -f1 | paste -sd' ')" = 'XAB XAC XAF XAE XAA XAD' ]
  [ "$(grep ',legend,' <<<"$output" | cut -d, -f1 | paste -sd'|')" = '1  Dialogue|2  Report agreed|3  Started|4  None recorded' ]
  [ "$(grep ',value,' <<<"$output" | cut -d, -f1 | paste -sd' ')" = '4 2 1 1 1 3' ]
  contains "$output" '6 States'
  contains "$output" 'Fictional States: not real data'
}

@test "tiles: figures, of fewer than 5 with a mark, none as none" {
  run texts tiles "$TABLES/rates-state.csv"
  contains "$output" '*: of fewer than 5.'
  contains "$output" '50%*,'
  contains "$output" '100%,'
  contains "$output" 'No figure: not zero'
  [ "$(grep ',value,' <<<"$output" | cut -d, -f1 | paste -sd' ')" = '50%* 100% 0%' ]
  run_tool -3 irm-plot tiles "$TABLES/rates-region.csv"
  contains "$stderr" "no column 'state': tiles draws a State a row"
  run_tool -2 irm-plot tiles "$TABLES/status-state.csv" --y reviews --group stage
  contains "$stderr" 'by --y or by --group, not by both'
  sed '$s/XAF/XAA/' "$TABLES/status-state.csv" >a.csv
  run_tool -3 irm-plot tiles a.csv
  contains "$stderr" "a.csv:7: a second row for State 'XAA' (the first is line 2)"
}

@test "funnel: reached of eligible and known, unknown apart, of fewer than 5 with a mark" {
  run texts funnel "$TABLES/rates-funnel.csv"
  [ "$(grep ',value,' <<<"$output" | cut -d, -f1 | paste -sd'|')" = '12 of 12 · 100%|9 of 10 · 90%|1 of 4 · 25%*|n/a' ]
  contains "$output" 'Per cent: of those that are known. *: of fewer than 5. n/a: no figure.'
  contains "$output" 'Unknown,'
  sed 's/,9,2,/,9,0,/; s/,1,2,/,1,0,/; s/,12,,12,/,12,,0,/' "$TABLES/rates-funnel.csv" >a.csv
  [[ $(texts funnel a.csv) != *Unknown,* ]]
  run texts funnel "$TABLES/rates-region-milestone.csv"
  [ "$(grep -c ',panel,' <<<"$output")" = 5 ]
  [ "$(grep -c '^[0-9]* of .*,value,' <<<"$output")" = 20 ]
}

@test "funnel: bad tables" {
  printf 'milestone,eligible,reached\nstarted,3,4\n' >a.csv
  run_tool -3 irm-plot funnel a.csv
  contains "$stderr" 'a.csv:2:3: more reached than there are eligible and known'
  printf 'milestone,eligible,reached\nstarted,3,-1\n' >a.csv
  run_tool -3 irm-plot funnel a.csv
  contains "$stderr" 'a.csv:2:3: expected a number of reviews, 0 or more'
  printf 'milestone,reached\nstarted,3\n' >a.csv
  run_tool -3 irm-plot funnel a.csv
  contains "$stderr" "expected a column 'eligible'"
  printf 'milestone,eligible,reached\nstarted,3,1\nstarted,3,1\n' >a.csv
  run_tool -3 irm-plot funnel a.csv
  contains "$stderr" "a.csv:3: a second row for 'started' (the first is line 2)"
  run_tool -3 irm-plot funnel "$TABLES/status.csv"
  contains "$stderr" "no column 'milestone': funnel draws the table of irm-rates"
}

@test "histogram: done and open apart, the unknown counted, the limit told" {
  run texts histogram "$TABLES/each.csv"
  [ "$(grep ',panel,' <<<"$output" | cut -d, -f1 | paste -sd'|')" = 'Self assessment|Dialogue|Report agreed' ]
  contains "$output" 'n = 5'
  contains "$output" '"n = 2, and 2 unknown"'
  contains "$output" 'Hatched: still open when last seen, so at least that long.'
  contains "$output" 'Open so far,'
  awk -F, 'NR == 1 || $7 == "dialogue" && $13 == 1' "$TABLES/each.csv" >a.csv
  run texts histogram a.csv --limit 30
  [[ $output != *Open* && $output != *Hatched* ]]
  contains "$output" 'Time limit: 30 days'
  contains "$output" 'n = 1 · A bar is 2 days wide.'
  run_tool -3 irm-plot histogram "$TABLES/status.csv"
  contains "$stderr" "expected a column 'event'"
  printf 'days,event\n-1,1\n' >a.csv
  run_tool -3 irm-plot histogram a.csv
  contains "$stderr" 'a.csv:2:1: expected days of 0 or more'
  printf 'stage,days,event\na,,\nb,,\n' >a.csv
  run_tool -3 irm-plot histogram a.csv
  contains "$stderr" 'no row has known days: nothing to draw'
}

@test "--facet: the same scales, the same colours, a title and an n each" {
  printf 'cycle,region,n,rate\nC1,AFR,10,0.1\nC1,APG,10,0.12\nC2,APG,7,0.9\n' >a.csv
  run texts bars a.csv --facet cycle
  contains "$output" 'Rate by region and cycle'
  [ "$(grep ',tick,' <<<"$output" | cut -d, -f1 | sort | uniq -c | awk '{ print $1 }' | sort -u)" = 2 ]
  contains "$output" 'n = 20'
  contains "$output" 'n = 7'
  run_tool -2 irm-plot bars a.csv --facet cylce
  contains "$stderr" "--facet: the table has no column 'cylce' (did you mean 'cycle'?"
  run_tool -2 irm-plot bars a.csv --facet region --x region
  contains "$stderr" "--facet: column 'region' is named twice"
  seq 60 | awk 'BEGIN { print "cycle,region,rate" } { print $1 ",AFR,0.5" }' >b.csv
  run_tool -3 irm-plot bars b.csv --facet cycle
  contains "$stderr" "more than 48 panels by column 'cycle'"
}

# named FILE: how often each category is named in panels, at most, and whether any name is cut
named() {
  irm-plot stacked "$1" --x region --facet stage --preset print --boxes |
    awk -F, '$6 == "category" { n[$1]++; if ($8 != "no") cut = 1 }
      END { for (name in n) if (n[name] > most) most = n[name]; print most + 0, cut + 0 }'
}

@test "--facet: the same categories are named once a row where each panel has no room for them" {
  {
    echo region,stage,reviews
    for stage in 1 2 3 4 5 6 7 8; do
      for region in "Northeasternmost mountainous States" "Southwesternmost archipelagoes and islands" "Circumnavigated peninsulas and others" "Intercontinental territories" Plains; do
        echo "$region,$stage,$stage"
      done
    done
  } >a.csv
  same "$(named a.csv)" '3 0'
  # another category in one of them, and each has its own; few have room
  sed 's/Plains,8/Deserts,8/' a.csv >b.csv
  same "$(named b.csv | cut -d' ' -f1)" 8
  awk -F, 'NR == 1 || $2 < 3' a.csv >c.csv
  same "$(named c.csv)" '2 0'
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
  contains "$stderr" 'no kind of chart named; expected one of bars, stacked, dots, lines, steps, heatmap, timeline, tiles, funnel, histogram, fan'
  run_tool -2 irm-plot bars --limit 60 "$TABLES/rates-region.csv"
  contains "$stderr" '--limit is for days'
  run_tool -2 irm-plot stacked --limit 60 "$TABLES/status.csv"
  contains "$stderr" '--limit is for bars, dots, lines, steps and histogram, not for stacked'
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

@test "a line feed in a label is a space; a title is not read as markup" {
  printf 'region,rate\n"two\nlines",0.5\n' >a.csv
  contains "$(texts bars a.csv)" 'two lines'
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

@test "articles bear number and name; the number alone where most names would be cut" {
  run -0 texts bars "$TABLES/assist-article.csv" -d "$ROOT/datasets/uncac" --preset web
  contains "$output" $'\n27\u00a0Participation and attempt,'
  run -0 texts bars "$TABLES/assist-article.csv" -d "$ROOT/datasets/uncac" --preset slide
  contains "$output" $'\n27,'
  [[ $output != *Participation* && $output != *,yes* ]]
  printf 'region,article,reviews\nAFR,7,3\nAFR,12,4\nAFR,17,9\nAPG,7,3\n' >a.csv
  contains "$(texts stacked a.csv --x region --group article -d "$ROOT/datasets/uncac" --lang ar --digits arabic)" $'٧\u00a0القطاع'
}

@test "States bear their codes where most names would be cut" {
  contains "$(texts timeline "$TABLES/each.csv" -d "$ROOT/datasets/fictional" --preset print-wide --lang ru)" 'Вымышленное государство XAB,'
  run -0 texts timeline "$TABLES/each.csv" -d "$ROOT/datasets/fictional" --preset square --lang ru
  contains "$output" $'\nXAB,'
  [[ $output != *Вымышленное\ гос* && $output != *,yes* ]]
}

@test "bars: names are whole where there is any way; bars are no hairs" {
  for preset in slide square; do
    run -0 texts bars "$TABLES/delays-region-stage.csv" --x stage --group region -d "$ROOT/datasets/fictional" --preset $preset --lang ru
    [[ $output != *,yes* ]]
    contains "$output" 'Результат кабинетного обзора представлен,'
  done
  run -0 texts stacked "$TABLES/status-region.csv" -d "$ROOT/datasets/fictional" --preset slide --lang ru
  [[ $output != *,yes* ]] # two lines, which were balanced and then cut
}

@test "articles bear their numbers where their names have no room" {
  table=$TABLES/assist-chapter-region.csv
  contains "$(texts heatmap "$table" -d "$ROOT/datasets/fictional" --preset print)" 'Fictional article 5,'
  run -0 texts heatmap "$table" -d "$ROOT/datasets/fictional" --preset print --facet region
  [[ $output != *'Fictional article'* ]]
  contains "$output" 'African States'
  [ "$(grep -c '^5,.*,category,' <<<"$output")" = 6 ]
  run_tool -2 irm-plot heatmap "$TABLES/assist-article-region.csv" -d "$ROOT/datasets/fictional" --preset square
  contains "$stderr" 'do not fit on the page'
}

@test "steps: the numbers at risk give way to the curves on a page that does not grow" {
  for preset in slide print; do
    run texts steps "$TABLES/curve-region.csv" -d "$ROOT/datasets/fictional" --lang fr --preset $preset --limit 180 \
      --title 'Un titre qui prend deux lignes de la page, quand il est aussi long que celui-ci' --subtitle 'Et un sous-titre' \
      --note 'Une note' --source 'Une source'
    [ "$status" = 0 ]
    [ "$(grep -c ',risk,' <<<"$output")" = 0 ] || [ $preset = print ]
  done
  contains "$(texts steps "$TABLES/curve-region.csv" --preset slide)" ,risk,
}
