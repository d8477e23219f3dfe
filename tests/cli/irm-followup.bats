#!/usr/bin/env bats
# irm-followup: measures taken after reviews, against a count by SQL over the CSV files; the template,
# filled in as a workbook and loaded again.
load helper
load records

COLUMNS_WANTED=status,eligible,measures,rate,rate_lo,rate_hi,unknown
TEMPLATE_WANTED=review,article,recommendation,status,date,text,source

# followup_sql DAY KEY: as_of, key, status, eligible, measures, unknown in any order; the key is one of
# a review, or article, chapter
followup_sql() {
  sql <<END
WITH released AS (SELECT * FROM placed p WHERE EXISTS (SELECT 1 FROM milestones m JOIN dated d ON d.review = p.review
    AND d.position >= m.position + 0 AND d.last <= '$1' WHERE m.mechanism = p.mechanism AND m.releases_findings = 'yes')),
asked AS (SELECT r.*, a.convention, a.article, a.chapter, f.position FROM released r JOIN scope USING (cycle)
  JOIN mechanisms k ON k.mechanism = r.mechanism
  JOIN articles a ON a.chapter = scope.chapter AND a.convention = k.convention
  JOIN findings f ON f.review = r.review AND f.article = a.article AND f.kind = 'recommendation'),
told AS (SELECT a.*, CASE
    WHEN m.review IS NULL THEN CASE WHEN a.observed_until <> '' AND a.observed_until < '$1' THEN 'unknown' ELSE 'none' END
    WHEN $(first_day m.date) > '$1' THEN 'none'
    WHEN $(last_day m.date) > '$1' OR m.status = '' THEN 'unknown' ELSE m.status END AS is_status
  FROM asked a LEFT JOIN measures m ON m.review = a.review AND m.article = a.article AND m.recommendation = a.position),
statuses(status) AS (VALUES ('planned'), ('under_way'), ('completed'), ('none'))
SELECT '$1', t.$2, s.status, count(*), sum(t.is_status = s.status), sum(t.is_status = 'unknown')
FROM told t CROSS JOIN statuses s GROUP BY 2, 3;
END
}

estimates() {
  awk -F, -v OFS=, "$WILSON"' { print $1, $2, $3, $4, $5, wilson($5, $4 - $6), $6 }'
}

# followed DIR: the made-up package with recommendations, and measures of some: XAA has three that are
# released, XAB one; those of XAC and of the second review of XAA are not
followed() {
  made_up_package "$1"
  cat >"$1/findings.csv" <<'END'
review,article,kind,position,summary,source
FIC-1-XAA,15,good_practice,1,A register of gifts,made up
FIC-1-XAA,15,recommendation,2,Reform the law on bribery,made up
FIC-1-XAA,15,recommendation,10,"Train judges, and ""pay"" them",made up
FIC-1-XAA,16,recommendation,1,"=HYPERLINK(""https://example.org"";""Reform"")",made up
FIC-1-XAB,16,recommendation,1,Reform the law on foreign bribery,
FIC-1-XAB,5,recommendation,1,A law on prevention,out of scope
FIC-1-XAC,15,recommendation,1,Reform the law in draft,not released
FIC-2-XAA,5,recommendation,1,Reform the law on prevention,not released
END
  cat >"$1/measures.csv" <<'END'
review,article,recommendation,status,date,text,source
FIC-1-XAA,15,2,completed,2019-08-31,A law,note
FIC-1-XAA,15,10,under_way,[2020-12-01..2021-01-31],Training,note
FIC-1-XAB,16,1,planned,2019-02-11,,note
FIC-1-XAB,5,1,completed,2020-01-01,Out of scope,note
FIC-1-XAB,16,7,completed,2020-01-01,Of no recommendation,note
END
}

@test "followup: columns, with and without keys" {
  run_tool -0 irm-followup -d "$(fictional)"
  same "${lines[0]}" "as_of,$COLUMNS_WANTED"
  [ "${#lines[@]}" -eq 5 ]
  run_tool -0 irm-followup -d "$(fictional)" --by article,status,region
  same "${lines[0]}" "as_of,article,region,$COLUMNS_WANTED"
}

@test "followup: counts are those of SQL, rates and limits those of awk" {
  records "$ROOT/datasets/fictional"
  for day in 2024-12-31 2016-10-15; do
    for key in article chapter region cycle year state; do
      echo "$day $key"
      followup_sql "$day" "$key" | tr -d '"' | sort | estimates >wanted
      [ -s wanted ]
      irm-followup -q -d package.db --as-of "$day" --by "$key" >got.csv
      near wanted <(tail -n +2 got.csv | sort)
    done
  done
}

@test "followup: a made-up mechanism, by hand" {
  followed made-up
  # Four recommendations are released; one of them may be under way or not
  run_tool -0 irm-followup -d made-up --ci none
  same "$output" "as_of,$COLUMNS_WANTED
2020-12-31,planned,4,1,0.3333333333,,,1
2020-12-31,under_way,4,0,0,,,1
2020-12-31,completed,4,1,0.3333333333,,,1
2020-12-31,none,4,1,0.3333333333,,,1"
  same "$stderr" 'irm-followup: note: 1 measures answer no recommendation on record'
  run_tool -0 irm-followup -q -d made-up --ci none --imprecise middle --where status=under_way
  same "${lines[1]}" 2020-12-31,under_way,4,1,0.25,,,0
  run_tool -0 irm-followup -q -d made-up --by article --total --where status=none,completed --ci none
  same "$output" "as_of,article,$COLUMNS_WANTED
2020-12-31,15,completed,2,1,1,,,1
2020-12-31,15,none,2,0,0,,,1
2020-12-31,16,completed,2,0,0,,,0
2020-12-31,16,none,2,1,0.5,,,0
2020-12-31,all,completed,4,1,0.3333333333,,,1
2020-12-31,all,none,4,1,0.3333333333,,,1"
}

@test "followup: from the day on which a measure is taken" {
  followed made-up
  row() { irm-followup -q -d made-up --where article=15 --where status=completed --ci none "$@" | sed 1d; }
  same "$(row --as-of 2018-08-30)" ''
  same "$(row --as-of 2019-08-30)" 2019-08-30,completed,2,0,0,,,0
  same "$(row --as-of 2019-08-31)" 2019-08-31,completed,2,1,0.5,,,0
}

@test "followup: --time, by hand and as irm-survival" {
  followed made-up
  # XAA, released 2018-08-31: 365 days, one vague, one open for 853; XAB, released 2019-02-01: 10 days
  printf 'days,event\n365,1\n853,0\n10,1\n' | irm-survival -q | sed -n 2p >wanted
  run_tool -0 irm-followup -q -d made-up --time
  same "${lines[0]}" as_of,n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau,unknown
  same "${lines[1]}" "2020-12-31,$(cat wanted),1"
  printf 'days,event\n365,1\n853,0\n853,0\n699,0\n' | irm-survival -q | sed -n 2p >wanted
  # what is under way is not completed
  run_tool -0 irm-followup -q -d made-up --time --where status=completed
  same "${lines[1]}" "2020-12-31,$(cat wanted),0"
}

@test "followup: --complete, by hand" {
  followed made-up
  # XAA reported on one, perhaps two, of three; XAB on its one
  run_tool -0 irm-followup -q -d made-up --complete --ci none --by state
  same "$output" 'as_of,state,reported,eligible,reviews,rate,rate_lo,rate_hi,unknown
2020-12-31,XAA,any,1,1,1,,,0
2020-12-31,XAA,all,1,0,0,,,0
2020-12-31,XAB,any,1,1,1,,,0
2020-12-31,XAB,all,1,1,1,,,0'
  echo 'FIC-1-XAA,16,1,planned,2020-12-30,,note' >>made-up/measures.csv
  run_tool -0 irm-followup -q -d made-up --complete --ci none
  same "$output" 'as_of,reported,eligible,reviews,rate,rate_lo,rate_hi,unknown
2020-12-31,any,2,2,1,,,0
2020-12-31,all,2,1,1,,,1'
  run_tool -2 irm-followup -d made-up --complete --by article
  contains "$stderr" "there is no key 'article' here"
}

@test "followup: --template prints the columns of measures, with what was reported" {
  followed made-up
  run_tool -0 irm-followup -d made-up --template XAA
  same "$output" "$TEMPLATE_WANTED
FIC-1-XAA,15,2,completed,2019-08-31,A law,note
FIC-1-XAA,15,10,under_way,[2020-12-01..2021-01-31],Training,note
FIC-1-XAA,16,1,,,,"
  [ -z "$stderr" ]
  same "$output" "$(irm-followup -d made-up --template XAA -f csv)"
  run_tool -0 irm-followup -d made-up --template XAA --where article=16 -f md
  same "${lines[0]}" '| review | article | recommendation | status | date | text | source |'
  same "${lines[2]}" '| FIC-1-XAA | 16 | 1 |  |  |  |  |'
  run_tool -0 irm-followup -d made-up --template XAC
  same "$output" "$TEMPLATE_WANTED"
  same "$stderr" 'irm-followup: note: no recommendation to XAC is released by 2020-12-31'
  fault 2 irm-followup "the source has no state 'XAZ' (did you mean 'XAA'?)" -d made-up --template XAZ
  fault 2 irm-followup '--by and --total go with counts, not with --template' -d made-up --template XAA --total
  fault 2 irm-followup '--format: xlsx goes with --template' -d made-up -f xlsx
  fault 2 irm-followup '--time, --complete or --template: one of them' -d made-up --template XAA --time
}

@test "followup: a template that comes back as it was changes no figure" {
  followed made-up
  rm made-up/measures.csv
  irm-load -d irm.db --on 2020-12-31 made-up
  irm-followup -d irm.db --template XAA >template.csv
  same "$(wc -l <template.csv)" 4
  irm-load -d irm.db --on 2021-01-01 --table measures template.csv
  run_tool -0 irm-followup -q -d irm.db --where state=XAA --ci none
  same "${lines[4]}" 2020-12-31,none,3,3,1,,,0
  irm-followup -d irm.db --template XAA | cmp template.csv -
}

@test "followup: the workbook: the same bytes, whatever the clock, the zone and the locale" {
  followed made-up
  irm-load -d made-up.db made-up
  irm-followup -d made-up --template XAA -f xlsx -o a.xlsx
  file a.xlsx | grep -q 'Microsoft Excel 2007+'
  sleep 2.1 # times of an archive have a step of two seconds
  irm-followup -d made-up.db --template XAA -f xlsx | cmp a.xlsx -
  shuffled made-up other
  LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-followup -d other --template XAA -f xlsx | cmp a.xlsx -
  unzip -p a.xlsx docProps/core.xml | grep -q '2020-12-31T00:00:00Z'
  irm-followup -d made-up --template XAA -f xlsx --as-of 2020-12-30 >b.xlsx
  run ! cmp -s a.xlsx b.xlsx
}

@test "followup: the workbook: lists, rules for dates, the texts, and no formula" {
  followed made-up
  irm-followup -d made-up --template XAA -f xlsx -o a.xlsx
  unzip -q a.xlsx -d a
  sheet=a/xl/worksheets/sheet1.xml
  for row in 2 3 4; do
    grep -q "sqref=\"D$row\"><formula1>\"planned,under_way,completed\"</formula1>" $sheet
    # 2018-08-31, the day of the release
    grep -q "type=\"date\" operator=\"greaterThanOrEqual\"[^>]* sqref=\"E$row\"><formula1>43343</formula1>" $sheet
  done
  grep -q '<c r="E2" s="[0-9]*"><v>43708</v></c>' $sheet # 2019-08-31
  run ! grep '<f>' a/xl/worksheets/sheet*.xml
  for text in 'Reform the law on bribery' 'Train judges, and &quot;pay&quot; them' '=HYPERLINK('; do
    grep -q "$text" a/xl/comments1.xml || grep -q "${text//&quot;/\"}" a/xl/comments1.xml
    grep -q "$text" a/xl/sharedStrings.xml || grep -q "${text//&quot;/\"}" a/xl/sharedStrings.xml
  done
  grep -q 'name="measures".*name="recommendations"' a/xl/workbook.xml
}

@test "followup: the workbook: a text that no cell holds, control characters, an article of no number" {
  followed made-up
  printf 'FIC-1-XAA,all,recommendation,1,bell \007 and <tag> & "quotes",made up\n' | tr -d '"' >>made-up/findings.csv
  irm-followup -d made-up --template XAA -f xlsx -o a.xlsx
  unzip -q a.xlsx -d a
  for part in a/xl/comments1.xml a/xl/sharedStrings.xml; do
    grep -q '&lt;tag&gt; &amp; quotes' "$part"
    run ! grep -P '[\x00-\x08\x0b\x0c\x0e-\x1f]' "$part"
  done
  printf 'FIC-1-XAA,16,recommendation,2,%033000d,made up\n' 0 >>made-up/findings.csv
  fault 3 irm-followup "a text is longer than the 32767 characters of a spreadsheet's cell: take -f csv" \
    -d made-up --template XAA -f xlsx -o b.xlsx
  [ ! -e b.xlsx ]
}

# as_csv FILE.xlsx: its first sheet, as a spreadsheet saves it
as_csv() {
  soffice "-env:UserInstallation=file://$PWD/office" --headless --convert-to \
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' --outdir "$PWD" "$1" >office.log 2>&1
  [ -s "${1%.xlsx}.csv" ] || { cat office.log; return 1; }
}

# fill CELL TYPE VALUE: writes into an empty cell of the sheet in ./book, in XML
fill() {
  local sheet=book/xl/worksheets/sheet1.xml inner="<is><t xml:space=\"preserve\">$3</t></is>" type=' t="inlineStr"'
  [ "$2" = text ] || inner="<v>$3</v>" type=
  inner=${inner//&/'\&'}
  grep -q "<c r=\"$1\" s=\"[0-9]*\"/>" $sheet
  sed -i "s|<c r=\"$1\" s=\"\([0-9]*\)\"/>|<c r=\"$1\" s=\"\1\"$type>$inner</c>|" $sheet
}

@test "followup: printed as a workbook, filled in, saved as CSV, loaded, and counted" {
  followed made-up
  rm made-up/measures.csv
  irm-load -d irm.db --on 2020-12-31 made-up
  fault 3 irm-followup "the source has not both tables, 'findings' and 'measures': what followed these reviews is not recorded" -d irm.db
  irm-followup -d irm.db --template XAA -f xlsx -o template.xlsx
  mkdir book
  (cd book && unzip -q ../template.xlsx)
  fill D2 text completed
  fill E2 number 43708 # 2019-08-31 as spreadsheets count days
  fill F2 text '=1+1, said &quot;so&quot;'
  fill G2 text '@note'
  fill D3 text under_way
  fill E3 text 2020-11
  fill F3 text '-two, lines'
  (cd book && zip -q -r -X ../filled.xlsx .)
  as_csv filled.xlsx
  same "$(cat filled.csv)" "$TEMPLATE_WANTED
FIC-1-XAA,15,2,completed,2019-08-31,\"=1+1, said \"\"so\"\"\",@note
FIC-1-XAA,15,10,under_way,2020-11,\"-two, lines\",
FIC-1-XAA,16,1,,,,"
  irm-load -d irm.db --on 2021-02-01 --table measures filled.csv
  run_tool -0 irm-followup -q -d irm.db --where state=XAA --ci none
  same "$output" "as_of,$COLUMNS_WANTED
2020-12-31,planned,3,0,0,,,0
2020-12-31,under_way,3,1,0.3333333333,,,0
2020-12-31,completed,3,1,0.3333333333,,,0
2020-12-31,none,3,1,0.3333333333,,,0"
  # and the next template has it, so that nothing is reported twice; again through a spreadsheet
  irm-followup -d irm.db --template XAA >again.csv
  cmp filled.csv again.csv
  irm-followup -d irm.db --template XAA -f xlsx -o again.xlsx
  unzip -p again.xlsx 'xl/worksheets/*' | run ! grep '<f>'
  rm again.csv
  as_csv again.xlsx
  cmp filled.csv again.csv
}

@test "followup: what was not delivered is no answer of zero" {
  nothing="the source has not both tables, 'findings' and 'measures': what followed these reviews is not recorded"
  for package in uncac-consent upr uncac; do
    fault 3 irm-followup "$nothing" -d "$ROOT/datasets/$package"
  done
  fault 3 irm-followup "the source has no table 'findings': what these reviews recommend is not recorded" \
    -d "$ROOT/datasets/uncac" --template KEN
  followed first
  followed second
  rm second/measures.csv
  sed -i 's/FIC/FID/g; s/FCC/FCD/g; s/made-up/second/' second/*.csv second/datapackage.json
  irm-load -d both.db first second
  run_tool -0 irm-followup -d both.db
  contains "$stderr" 'irm-followup: note: 7 reviews are left out: their package has not both tables, findings and measures'
  same "$output" "$(irm-followup -q -d first)"
}

@test "followup: statuses and the unknown add up to the eligible; regions to the totals" {
  irm-followup -q -d "$(fictional)" --by region,article | awk -F, 'NR > 1 { sum[$2 $3] += $6; all[$2 $3] = $5; unknown[$2 $3] = $10 }
    END { for (k in sum) { n++; if (sum[k] + unknown[k] != all[k]) { print k; bad = 1 } } exit bad || n < 50 }'
  irm-followup -q -d "$(fictional)" --by region --total | awk -F, 'NR > 1 { for (c = 4; c <= 5; c++) {
      if ($2 == "all") total[$3 c] = $c; else part[$3 c] += $c } }
    END { for (k in total) { n++; if (part[k] != total[k]) { print k, part[k], total[k]; bad = 1 } } exit bad || n != 8 }'
}

@test "followup: every format says the same" {
  formats irm-followup -q -d "$(fictional)" --by region --total
  formats irm-followup -q -d "$(fictional)" --complete
}

@test "followup: folder and file give the same bytes" {
  for package in uncac-consent upr uncac untoc fictional; do
    for mode in '' --time; do
      # shellcheck disable=SC2086 # no word where there is no mode
      same_from_file_and_folder "$ROOT/datasets/$package" irm-followup --by article,region --total $mode
    done
  done
  same_from_file_and_folder "$ROOT/datasets/fictional" irm-followup --complete --by cycle,region
  same_from_file_and_folder "$ROOT/datasets/fictional" irm-followup --template XAF -f xlsx
}

@test "followup: the order of rows, the locale and the time zone change nothing" {
  shuffled "$ROOT/datasets/fictional" fictional
  for mode in '--by article,topic,region --total' '--time --by topic --total' '--complete --by cycle' '--template XAF'; do
    # shellcheck disable=SC2086 # words
    irm-followup -q -d "$(fictional)" $mode >wanted
    [ "$(wc -l <wanted)" -gt 1 ]
    # shellcheck disable=SC2086
    irm-followup -q -d fictional $mode | cmp wanted -
    # shellcheck disable=SC2086
    LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-followup -q -d fictional $mode | cmp wanted -
  done
}

@test "followup: wrong questions" {
  wrong_question irm-followup
  fault 2 irm-followup "the source has no status 'finished' (one of: planned, under_way, completed, none)" \
    -d "$(fictional)" --where status=finished
}

@test "followup: no source, nowhere to write" {
  wrong_source irm-followup "$ROOT/datasets/fictional"
  run -4 bash -c "irm-followup -d '$ROOT/datasets/fictional' --template XAF -f xlsx >/dev/full"
  same "$output" 'irm-followup: standard output: cannot write: No space left on device'
  fault 4 irm-followup 'none/a.xlsx: cannot write: No such file or directory' \
    -d "$(fictional)" --template XAF -f xlsx -o none/a.xlsx
}
