#!/usr/bin/env bats
# irm-findings: good practices, challenges and recommendations, against a count by SQL over the CSV files.
load helper
load records

COLUMNS_WANTED=kind,eligible,reviews,findings,rate,rate_lo,rate_hi
LIST_WANTED=as_of,cycle,review,article,kind,position,summary,source

# findings_sql DAY KEY: as_of, key, kind, eligible, reviews, findings in any order. The key is one of a
# review, or article, chapter, topic. A review is asked of all articles of its cycle's scope.
findings_sql() {
  local asked='asked AS (SELECT * FROM scoped)'
  [ "$2" != topic ] || asked='asked AS (SELECT s.*, t.topic FROM scoped s JOIN topics t USING (convention, article))'
  sql <<END
WITH released AS (SELECT * FROM placed p WHERE EXISTS (SELECT 1 FROM milestones m JOIN dated d ON d.review = p.review
    AND d.position >= m.position + 0 AND d.last <= '$1' WHERE m.mechanism = p.mechanism AND m.releases_findings = 'yes')),
scoped AS (SELECT r.*, a.convention, a.article, a.chapter FROM released r JOIN scope USING (cycle)
  JOIN mechanisms k ON k.mechanism = r.mechanism
  JOIN articles a ON a.chapter = scope.chapter AND a.convention = k.convention),
$asked,
kinds(kind) AS (VALUES ('good_practice'), ('challenge'), ('recommendation'))
SELECT '$1', a.$2, k.kind, count(DISTINCT a.review), count(DISTINCT f.review), count(f.review)
FROM asked a CROSS JOIN kinds k LEFT JOIN findings f ON f.review = a.review AND f.article = a.article AND f.kind = k.kind GROUP BY 2, 3;
END
}

estimates() {
  awk -F, -v OFS=, "$WILSON"' { print $0, wilson($5, $4) }'
}

# found DIR: the made-up package with findings: of XAA and XAB, whose findings are released, and of
# XAC and the second review of XAA, whose are not
found() {
  made_up_package "$1"
  cat >"$1/findings.csv" <<'END'
review,article,kind,position,summary,source
FIC-1-XAA,15,good_practice,1,A register of gifts,made up
FIC-1-XAA,15,recommendation,2,Reform the law on bribery,made up
FIC-1-XAA,15,recommendation,10,"Train judges, and pay them",made up
FIC-1-XAB,16,recommendation,1,Reform the law on foreign bribery,
FIC-1-XAB,5,recommendation,1,A law on prevention,out of scope
FIC-1-XAB,all,challenge,1,Few resources,made up
FIC-1-XAC,15,recommendation,1,Reform the law in draft,not released
FIC-2-XAA,5,recommendation,1,Reform the law on prevention,not released
END
}

@test "findings: columns, with and without keys" {
  run_tool -0 irm-findings -d "$(fictional)"
  same "${lines[0]}" "as_of,$COLUMNS_WANTED"
  [ "${#lines[@]}" -eq 4 ]
  run_tool -0 irm-findings -d "$(fictional)" --by article,kind,region
  same "${lines[0]}" "as_of,article,region,$COLUMNS_WANTED"
}

@test "findings: counts are those of SQL, rates and limits those of awk" {
  records "$ROOT/datasets/fictional"
  for day in 2024-12-31 2016-10-15; do
    for key in article chapter topic region cycle year state; do
      echo "$day $key"
      findings_sql "$day" "$key" | tr -d '"' | sort | estimates >wanted
      [ -s wanted ]
      irm-findings -q -d package.db --as-of "$day" --by "$key" >got.csv
      near wanted <(tail -n +2 got.csv | sort)
    done
  done
}

@test "findings: a made-up mechanism, by hand" {
  found made-up
  # Two reviews have released findings; article 5 is out of their cycle's scope
  run_tool -0 irm-findings -q -d made-up --by article --total --ci none
  same "$output" "as_of,article,$COLUMNS_WANTED
2020-12-31,15,good_practice,2,1,1,0.5,,
2020-12-31,15,challenge,2,0,0,0,,
2020-12-31,15,recommendation,2,1,2,0.5,,
2020-12-31,16,good_practice,2,0,0,0,,
2020-12-31,16,challenge,2,0,0,0,,
2020-12-31,16,recommendation,2,1,1,0.5,,
2020-12-31,all,good_practice,2,1,1,0.5,,
2020-12-31,all,challenge,2,0,0,0,,
2020-12-31,all,recommendation,2,2,3,1,,"
  # the challenge of no particular article counts where articles are not asked for
  run_tool -0 irm-findings -q -d made-up --ci none
  same "${lines[2]}" 2020-12-31,challenge,2,1,1,0.5,,
}

@test "findings: the denominators of irm-assist" {
  for keys in article region,cycle chapter,region topic state; do
    irm-assist -d "$(fictional)" --by $keys --total | sed 's/,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*$//' >wanted
    irm-findings -q -d "$(fictional)" --by $keys --total --kind challenge |
      sed 's/,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*$//' | sed 's/,challenge,/,/; s/,kind,/,/' >got
    [ "$(wc -l <got)" -gt 3 ]
    cmp wanted got
  done
}

@test "findings: from the day on which they are released" {
  found made-up
  row() { irm-findings -q -d made-up --where article=15 --kind recommendation --ci none "$@" | sed 1d; }
  same "$(row --as-of 2018-08-30)" ''
  same "$(row --as-of 2018-08-31)" 2018-08-31,recommendation,1,1,2,1,,
  same "$(row --as-of 2019-02-01)" 2019-02-01,recommendation,2,1,2,0.5,,
  same "$(irm-findings -d made-up --state XAA --as-of 2018-08-30)" $LIST_WANTED
}

@test "findings: --kind keeps kinds, as --where kind does" {
  found made-up
  for kinds in recommendation good_practice,challenge; do
    same "$(irm-findings -q -d made-up --by article --kind $kinds)" "$(irm-findings -q -d made-up --by article --where kind=$kinds)"
    same "$(irm-findings -q -d made-up --by article --kind $kinds)" \
      "$(irm-findings -q -d made-up --by article | grep -E "as_of|,(${kinds/,/|}),")"
  done
  fault 2 irm-findings "the source has no kind 'recomendation' (did you mean 'recommendation'?)" -d made-up --kind recomendation
}

@test "findings: --state, the texts across the State's cycles" {
  found made-up
  run_tool -0 irm-findings -d made-up --state XAA
  same "$output" "$LIST_WANTED
2020-12-31,FIC-1,FIC-1-XAA,15,good_practice,1,A register of gifts,made up
2020-12-31,FIC-1,FIC-1-XAA,15,recommendation,2,Reform the law on bribery,made up
2020-12-31,FIC-1,FIC-1-XAA,15,recommendation,10,\"Train judges, and pay them\",made up"
  echo 'FIC-2-XAA,summary_agreed,2020-12-20,made up' >>made-up/events.csv
  run_tool -0 irm-findings -d made-up --state XAA --where 'article<=15' --kind recommendation
  same "${lines[3]}" '2020-12-31,FIC-2,FIC-2-XAA,5,recommendation,1,Reform the law on prevention,not released'
  [ "${#lines[@]}" -eq 4 ]
  run_tool -0 irm-findings -d made-up --state XAB
  same "$output" "$LIST_WANTED
2020-12-31,FIC-1,FIC-1-XAB,16,recommendation,1,Reform the law on foreign bribery,
2020-12-31,FIC-1,FIC-1-XAB,all,challenge,1,Few resources,made up"
  fault 2 irm-findings "the source has no state 'XAZ' (did you mean 'XAA'?)" -d made-up --state XAZ
  fault 2 irm-findings '--by and --total go with counts, not with --state or --match' -d made-up --state XAA --by article
}

@test "findings: the list has as many rows as are counted" {
  source=$(fictional)
  for state in XAA XAB XBA; do
    for kind in good_practice recommendation; do
      n=$(irm-findings -q -d "$source" --where state=$state --kind $kind --total | sed -n 2p | cut -d, -f5)
      same "$(irm-findings -d "$source" --state $state --kind $kind | sed 1d | wc -l)" "${n:-0}"
    done
  done
  n=$(irm-findings -q -d "$source" --where topic=bribery --kind recommendation | sed -n 2p | cut -d, -f5)
  [ "$n" -gt 0 ]
  same "$(irm-findings -d "$source" --match recommendation --where topic=bribery --kind recommendation | sed 1d | wc -l)" "$n"
}

@test "findings: --match, by hand" {
  found made-up
  run_tool -0 irm-findings -d made-up --match 'law AND reform'
  same "$output" "$LIST_WANTED,matches
2020-12-31,FIC-1,FIC-1-XAA,15,recommendation,2,Reform the law on bribery,made up,2
2020-12-31,FIC-1,FIC-1-XAB,16,recommendation,1,Reform the law on foreign bribery,,2"
  run_tool -0 irm-findings -d made-up --match '"foreign bribery" OR judge*' --state XAA
  same "$output" "$LIST_WANTED,matches
2020-12-31,FIC-1,FIC-1-XAA,15,recommendation,10,\"Train judges, and pay them\",made up,1"
  run_tool -0 irm-findings -d made-up --match nowhere
  same "$output" "$LIST_WANTED,matches"
}

@test "findings: --match, queries that are none" {
  found made-up
  hint="(quote what has signs in it: '\"anti-corruption\"')"
  fault 2 irm-findings "--match: expected words to look for, found 'anti-corruption' (no such column: corruption) $hint" \
    -d made-up --match anti-corruption
  fault 2 irm-findings "--match: expected words to look for, found '\"law' (unterminated string) $hint" -d made-up --match '"law'
  for query in '(law' 'law)' 'AND' 'summary : ' 'NEAR(law' '^' "'; DROP TABLE found; --" $'\x1b[31m"' '*' 'rank:1'; do
    run_tool -2 irm-findings -d made-up --match "$query"
    [ -z "$output" ]
    contains "$stderr" 'irm-findings: --match: expected words to look for, found'
    [[ $stderr != *$'\x1b'* ]]
  done
  fault 2 irm-findings '--match: expected words to look for, found nothing' -d made-up --match ''
}

@test "findings: --match, hostile texts are texts" {
  found made-up
  cat >>made-up/findings.csv <<'END'
FIC-1-XAA,16,recommendation,20,"'); DROP TABLE found; --",made up
FIC-1-XAA,16,recommendation,21,"=HYPERLINK(""law"") * "" AND (",made up
END
  printf 'FIC-1-XAA,16,recommendation,22,law \001 and \001 law,made up\n' >>made-up/findings.csv
  irm-load -d made-up.db made-up
  for source in made-up made-up.db; do
    same "$(irm-findings -d $source --match '"drop table"' | sed 1d)" \
      "2020-12-31,FIC-1,FIC-1-XAA,16,recommendation,20,'); DROP TABLE found; --,made up,1"
    irm-findings -d $source --match hyperlink -f json >hyperlink.json
    same "$(sqlite3 :memory: "SELECT json_extract(readfile('hyperlink.json'), '\$[0].summary')")" '=HYPERLINK("law") * " AND ('
    same "$(irm-findings -d $source --match 'law' --where article=16 --state XAA | sed -n '$s/.*,//p')" 2
  done
  sqlite3 -readonly made-up.db 'SELECT count(*) FROM findings' | grep -qx 11
}

@test "findings: no table of findings is no answer of zero" {
  nothing="the source has no table 'findings': what these reviews found is not recorded"
  for package in uncac-consent upr uncac; do
    fault 3 irm-findings "$nothing" -d "$ROOT/datasets/$package"
    fault 3 irm-findings "$nothing" -d "$ROOT/datasets/$package" --match law
  done
  found first
  found second
  rm second/findings.csv
  sed -i 's/FIC/FID/g; s/FCC/FCD/g; s/made-up/second/' second/*.csv second/datapackage.json
  irm-load -d both.db first second
  run_tool -0 irm-findings -d both.db
  contains "$stderr" 'irm-findings: note: 7 reviews are left out: their package has no table of findings'
  same "$output" "$(irm-findings -q -d first)"
  fault 3 irm-findings "$nothing" -d both.db --where mechanism=FID
}

@test "findings: regions and cycles add up to the totals" {
  irm-findings -q -d "$(fictional)" --by region,cycle --total | awk -F, 'NR > 1 { for (c = 5; c <= 7; c++) {
      if ($2 == "all" && $3 == "all") total[$4 c] = $c; else if ($2 != "all" && $3 != "all") part[$4 c] += $c } }
    END { for (k in total) { n++; if (part[k] != total[k]) { print k, part[k], total[k]; bad = 1 } } exit bad || n != 9 }'
}

@test "findings: every format says the same" {
  formats irm-findings -q -d "$(fictional)" --by region --total
  irm-findings -d "$(fictional)" --state XAA >list.csv
  irm-findings -d "$(fictional)" --state XAA -f json >list.json
  # shellcheck disable=SC2046 # one word a column
  json_as_csv list.json $(tr , ' ' <<<"$LIST_WANTED") | tr -d '"' | cmp list.csv -
}

@test "findings: folder and file give the same bytes" {
  for package in uncac-consent upr uncac untoc fictional; do
    same_from_file_and_folder "$ROOT/datasets/$package" irm-findings --by article,region --total
  done
  same_from_file_and_folder "$ROOT/datasets/fictional" irm-findings --state XAA
  same_from_file_and_folder "$ROOT/datasets/fictional" irm-findings --match 'fictional'
}

@test "findings: the order of rows, the locale and the time zone change nothing" {
  shuffled "$ROOT/datasets/fictional" fictional
  for mode in '--by article,topic,region --total' '--state XAA' '--match chall*'; do
    # shellcheck disable=SC2086 # words
    irm-findings -q -d "$(fictional)" $mode >wanted
    [ "$(wc -l <wanted)" -gt 1 ]
    # shellcheck disable=SC2086
    irm-findings -q -d fictional $mode | cmp wanted -
    # shellcheck disable=SC2086
    LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-findings -q -d fictional $mode | cmp wanted -
  done
}

@test "findings: wrong questions" {
  wrong_question irm-findings
}

@test "findings: no source, nowhere to write" {
  wrong_source irm-findings "$ROOT/datasets/fictional"
}
