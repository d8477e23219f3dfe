#!/usr/bin/env bats
# irm-openness: documents and participation, against a count by SQL over the CSV files.
load helper
load records

COLUMNS_WANTED=item,eligible,reviews,rate,rate_lo,rate_hi,unknown

# open_sql DAY KEY: as_of, key, item, eligible, reviews, unknown in any order
open_sql() {
  sql <<END
WITH $(counting "$1"),
last AS (SELECT mechanism, max(position + 0) AS position FROM milestones GROUP BY 1),
complete AS (SELECT c.* FROM counting c JOIN last USING (mechanism)
  WHERE EXISTS (SELECT 1 FROM dated d WHERE d.review = c.review AND d.position = last.position AND d.last <= '$1')),
talked AS (SELECT c.* FROM counting c JOIN milestones m ON m.mechanism = c.mechanism AND m.milestone = 'dialogue'
  WHERE c.dialogue <> 'none' AND EXISTS (SELECT 1 FROM dated d
    WHERE d.review = c.review AND d.position >= m.position + 0 AND d.last <= '$1')),
kinds(item) AS (VALUES ('self_assessment'), ('executive_summary'), ('country_report'), ('civil_society_report'), ('follow_up')),
sectors(item) AS (VALUES ('civil_society'), ('academia'), ('media'), ('private_sector')),
out AS (SELECT review, kind AS item, min($(first_day published)) AS first, min($(last_day published)) AS last FROM documents GROUP BY 1, 2
  UNION ALL SELECT review, sector, CASE date WHEN '' THEN '0001-01-01' ELSE $(first_day date) END,
    CASE date WHEN '' THEN '0001-01-01' ELSE $(last_day date) END FROM participation WHERE step = 'dialogue'),
asked AS (SELECT * FROM complete, kinds UNION ALL SELECT * FROM talked, sectors)
SELECT '$1', a.$2, a.item, count(*), sum(ifnull(out.last <= '$1', 0)),
  sum(ifnull(out.first <= '$1' AND out.last > '$1', 0) OR (out.review IS NULL AND a.observed_until <> '' AND a.observed_until < '$1'))
FROM asked a LEFT JOIN out ON out.review = a.review AND out.item = a.item GROUP BY 2, 3;
END
}

estimates() {
  awk -F, -v OFS=, "$WILSON"' { print $1, $2, $3, $4, $5, wilson($5, $4 - $6), $6 }'
}

# opened: the made-up package with documents and participation: XAA and XAB are complete, and had
# their dialogues; XAA is reviewed twice, the second time not yet complete.
opened() {
  made_up_package "$1"
  cat >"$1/documents.csv" <<'END'
review,kind,language,published,symbol,url
FIC-1-XAA,executive_summary,en,2018-10-01,,
FIC-1-XAA,executive_summary,fr,2019-01-01,,
FIC-1-XAB,executive_summary,en,[2020-12-01..2021-01-31],,
FIC-1-XAB,country_report,en,2019-02-11,,
FIC-2-XAA,executive_summary,en,2020-12-02,,
END
  cat >"$1/participation.csv" <<'END'
review,step,sector,mode,date
FIC-1-XAA,dialogue,civil_society,in_person,2018-05-04
FIC-1-XAB,dialogue,civil_society,online,
FIC-1-XAB,self_assessment,media,online,2018-06-01
END
}

@test "openness: columns, with and without keys" {
  run_tool -0 irm-openness -d "$(fictional)"
  same "${lines[0]}" "as_of,$COLUMNS_WANTED"
  [ "${#lines[@]}" -eq 10 ]
  run_tool -0 irm-openness -d "$(fictional)" --by region,item,cycle
  same "${lines[0]}" "as_of,region,cycle,$COLUMNS_WANTED"
}

@test "openness: counts are those of SQL, rates and limits those of awk" {
  for package in fictional uncac upr; do
    records "$ROOT/datasets/$package"
    sqlite3 records.db 'CREATE TABLE IF NOT EXISTS participation (review, step, sector, mode, date)'
    day=$(days_of "$ROOT/datasets/$package" | head -n 1)
    items='self_assessment|executive_summary|country_report|civil_society_report|follow_up'
    [ $package != fictional ] || items="$items|civil_society|academia|media|private_sector"
    for as_of in "$day" 2013-06-30; do
      for key in region cycle year state dialogue; do
        echo "$package $as_of $key"
        open_sql "$as_of" "$key" | tr -d '"' | { grep -E ",($items)," || true; } | sort | estimates >wanted
        irm-openness -q -d package.db --as-of "$as_of" --by "$key" >got.csv
        near wanted <(tail -n +2 got.csv | sort)
        [ "$as_of" != "$day" ] || [ -s wanted ]
      done
    done
  done
}

@test "openness: a made-up mechanism, by hand" {
  opened made-up
  # Complete are FIC-1-XAA and -XAB; XAB's summary may be out or not; two languages are one document
  run_tool -0 irm-openness -q -d made-up --ci none
  same "$output" "as_of,$COLUMNS_WANTED
2020-12-31,self_assessment,2,0,0,,,0
2020-12-31,executive_summary,2,1,1,,,1
2020-12-31,country_report,2,1,0.5,,,0
2020-12-31,civil_society_report,2,0,0,,,0
2020-12-31,follow_up,2,0,0,,,0
2020-12-31,civil_society,2,2,1,,,0
2020-12-31,academia,2,0,0,,,0
2020-12-31,media,2,0,0,,,0
2020-12-31,private_sector,2,0,0,,,0"
  run_tool -0 irm-openness -q -d made-up --ci none --imprecise middle --where item=executive_summary
  same "${lines[1]}" 2020-12-31,executive_summary,2,2,1,,,0
}

@test "openness: from the day on which the first language is out" {
  opened made-up
  row() { irm-openness -q -d made-up --where item=executive_summary --ci none "$@" | sed 1d; }
  same "$(row --as-of 2018-08-30)" ''
  same "$(row --as-of 2018-09-30)" 2018-09-30,executive_summary,1,0,0,,,0
  same "$(row --as-of 2018-10-01)" 2018-10-01,executive_summary,1,1,1,,,0
}

@test "openness: in person and online apart, and their total" {
  opened made-up
  run_tool -0 irm-openness -q -d made-up --by mode --total --ci none --where item=civil_society,follow_up
  same "$output" "as_of,mode,$COLUMNS_WANTED
2020-12-31,in_person,civil_society,2,1,0.5,,,0
2020-12-31,online,civil_society,2,1,0.5,,,0
2020-12-31,all,civil_society,2,2,1,,,0"
  run_tool -0 irm-openness -q -d made-up --by dialogue --where mode=online,in_person --where item=civil_society --ci none
  same "$output" "as_of,dialogue,$COLUMNS_WANTED
2020-12-31,country_visit,civil_society,2,2,1,,,0"
}

@test "openness: a review without a dialogue, one that was discontinued, are not eligible" {
  opened made-up
  echo 'FIC-1-XAD,summary_agreed,2019-10-01,made up' >>made-up/events.csv
  run_tool -0 irm-openness -q -d made-up --where item=civil_society,follow_up --ci none
  same "$output" "as_of,$COLUMNS_WANTED
2020-12-31,follow_up,3,0,0,,,0
2020-12-31,civil_society,2,2,1,,,0"
  sed -i 's/^\(FIC-1-XAB,.*country_visit,,\),/\12020-06-30,/' made-up/reviews.csv
  grep -q 2020-06-30 made-up/reviews.csv
  run_tool -0 irm-openness -q -d made-up --where item=civil_society --ci none
  same "${lines[1]}" 2020-12-31,civil_society,1,1,1,,,0
}

@test "openness: --time, by hand" {
  opened made-up
  # XAA: agreed 2018-08-31, summary 2018-10-01: 31 days; XAB: agreed 2019-02-01, report after 10;
  # what is not out is open for 853 and 699 days; the standard error of the mean: (853 - 10) / 2 / sqrt(2)
  run_tool -0 irm-openness -q -d made-up --time --ci none
  same "$output" 'as_of,item,n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau,unknown
2020-12-31,self_assessment,2,0,,,,,,853,0,853,0
2020-12-31,executive_summary,1,1,31,,,31,31,31,0,31,1
2020-12-31,country_report,2,1,10,,,10,,431.5,298.0455083,853,0
2020-12-31,civil_society_report,2,0,,,,,,853,0,853,0
2020-12-31,follow_up,2,0,,,,,,853,0,853,0'
}

@test "openness: --time is what irm-survival makes of the same days" {
  opened made-up
  printf 'days,event\n853,0\n10,1\n' | irm-survival -q | sed -n 2p >wanted
  irm-openness -q -d made-up --time --where item=country_report | sed -n 2p | cut -d, -f3-12 >got
  cmp wanted got
  irm-openness -q -d "$(fictional)" --time --by region >all.csv
  [ "$(grep -c country_report all.csv)" -ge 5 ]
}

@test "openness: --languages, by hand" {
  opened made-up
  run_tool -0 irm-openness -q -d made-up --languages --where item=executive_summary,country_report
  same "$output" 'as_of,item,languages,reviews
2020-12-31,executive_summary,2,1
2020-12-31,executive_summary,,1
2020-12-31,country_report,0,1
2020-12-31,country_report,1,1'
  run_tool -0 irm-openness -q -d made-up --languages --where item=executive_summary --as-of 2018-12-31
  same "${lines[1]}" 2018-12-31,executive_summary,1,1
}

@test "openness: languages add up to the eligible" {
  irm-openness -q -d "$(fictional)" --languages --by region | awk -F, 'NR > 1 { n[$2 "," $3] += $5 }
    END { for (k in n) print k "," n[k] }' | sort >got
  irm-openness -q -d "$(fictional)" --by region --where item=self_assessment,executive_summary,country_report,civil_society_report,follow_up |
    awk -F, 'NR > 1 { print $2 "," $3 "," $4 }' | sort >wanted
  cmp wanted got
}

# with_contacts DIR: a package whose contacts have names and addresses that no output may show
with_contacts() {
  opened "$1"
  cat >"$1/contacts.csv" <<'END'
state,role,name,email,consent_date
XAA,focal_point,Fictional Jane,jane@secret.example,2019-01-01
XAB,focal_point,Fictional John,john@secret.example,
XAC,focal_point,Fictional Joan,joan@secret.example,2021-06-01
XAA,Fictional Jill jill@secret.example,Fictional Jill,jill@secret.example,2018-01-01
XAE,expert,Fictional Jack,jack@secret.example,2018-01-01
END
}

@test "openness: --contacts counts who consented by the day" {
  with_contacts made-up
  run_tool -0 irm-openness -d made-up --contacts --by region --total --ci none
  same "$output" 'as_of,region,role,contacts,consented,rate,rate_lo,rate_hi
2020-12-31,AFR,focal_point,2,1,0.5,,
2020-12-31,AFR,other,1,1,1,,
2020-12-31,APG,focal_point,1,0,0,,
2020-12-31,unassigned,expert,1,1,1,,
2020-12-31,all,expert,1,1,1,,
2020-12-31,all,focal_point,3,1,0.3333333333,,
2020-12-31,all,other,1,1,1,,'
  run_tool -0 irm-openness -d made-up --contacts --by state --where state=XAC --as-of 2021-06-01 --ci none
  same "${lines[1]}" 2021-06-01,XAC,focal_point,1,1,1,,
  run_tool -2 irm-openness -d made-up --contacts --by year
  contains "$stderr" "there is no key 'year' here"
  fault 3 irm-openness "the source has no table 'contacts': who may be named is not recorded" -d "$ROOT/datasets/uncac" --contacts
}

@test "openness: counts of contacts are those of SQL" {
  records "$ROOT/datasets/fictional"
  sql >wanted <<'END'
SELECT s.region, c.role, count(*), sum(c.consent_date <> '' AND c.consent_date <= '2016-12-31')
FROM contacts c JOIN states s USING (state) WHERE s.region <> '' GROUP BY 1, 2 ORDER BY 1, 2;
END
  [ -s wanted ]
  irm-openness -d package.db --contacts --by region --as-of 2016-12-31 --where 'region!=unassigned' |
    sed 1d | cut -d, -f2-5 | sort >got
  sort wanted | cmp - got
}

@test "openness: no name and no address leaves the file, in messages neither" {
  with_contacts made-up
  leaks() { grep -iE 'secret|jane|john|joan|jill|jack'; }
  irm-load -d made-up.db made-up
  for source in made-up made-up.db; do
    for mode in '' --time --languages --contacts; do
      for format in csv json table md; do
        # shellcheck disable=SC2086 # no word where there is no mode
        irm-openness -d $source $mode -f $format --total -v >said 2>&1
        [ -s said ]
        run ! leaks <said
      done
    done
    irm-openness -d $source --contacts --by state,region --names >said 2>&1
    run ! leaks <said
  done
  # rows shifted by a column, of no State, with a key that stands twice, with a stray quote
  for row in 'XAA,expert,,Fictional Jane,jane@secret.example' 'Fictional Jane,expert,jane@secret.example,,' \
    'XAA,other,Fictional Jane,jane@secret.example,2019-02-30 jane' 'XAA,Fictional Jill jill@secret.example,,,' \
    'XAA,expert,"Fictional Jane,x"y,,'; do
    cp -r made-up faulty
    echo "$row" >>faulty/contacts.csv
    run -3 --separate-stderr irm-openness -d faulty --contacts
    contains "$stderr" contacts.csv:7
    run ! leaks <<<"$stderr$output"
    rm -r faulty
  done
  sed -i 1d made-up/contacts.csv
  run -3 --separate-stderr irm-openness -d made-up --contacts
  contains "$stderr" contacts.csv:1
  run ! leaks <<<"$stderr$output"
}

@test "openness: what was not delivered is no answer of zero" {
  nothing="the source has no table 'documents' and none 'participation': what was published and who took part is not recorded"
  fault 3 irm-openness "$nothing" -d "$ROOT/datasets/uncac-consent"
  fault 3 irm-openness "the source has no table 'participation': who took part in these dialogues is not recorded" \
    -d "$ROOT/datasets/uncac" --by mode
  fault 3 irm-openness "the source has no table 'documents': what these reviews published is not recorded" \
    -d "$ROOT/datasets/uncac-consent" --time
  opened first
  opened second
  rm second/documents.csv
  sed -i 's/FIC/FID/g; s/FCC/FCD/g; s/made-up/second/' second/*.csv second/datapackage.json
  irm-load -d both.db first second
  run_tool -0 irm-openness -d both.db --where item=executive_summary
  contains "$stderr" 'irm-openness: note: 7 reviews are left out: their package has no table of documents'
  same "$output" "$(irm-openness -q -d first --where item=executive_summary)"
  run_tool -0 irm-openness -q -d both.db --where item=civil_society --ci none
  same "${lines[1]}" 2020-12-31,civil_society,4,4,1,,,0
}

@test "openness: an item of which nothing is on record is named" {
  run_tool -0 irm-openness -d "$ROOT/datasets/upr" --where item=country_report,follow_up
  contains "$stderr" 'irm-openness: note: nothing is on record of follow_up: 0 holds only where the records list all there is'
  run_tool -0 irm-openness -d "$ROOT/datasets/upr" --where item=country_report
  [[ $stderr != *'nothing is on record'* ]]
}

@test "openness: regions and cycles add up to the totals" {
  irm-openness -q -d "$(fictional)" --by region,cycle --total | awk -F, 'NR > 1 { for (c = 5; c <= 6; c++) {
      if ($2 == "all" && $3 == "all") total[$4 c] = $c; else if ($2 != "all" && $3 != "all") part[$4 c] += $c } }
    END { for (k in total) { n++; if (part[k] != total[k]) { print k, part[k], total[k]; bad = 1 } } exit bad || n != 18 }'
}

@test "openness: --where keeps the rows that --by shows" {
  irm-openness -q -d "$(fictional)" --by region >by.csv
  same "$(irm-openness -q -d "$(fictional)" --by region --where region=AFR --where 'item>=academia')" \
    "$(grep -E 'as_of|,AFR,(academia|media|private_sector),' by.csv)"
  fault 2 irm-openness "the source has no item 'country_raport' (did you mean 'country_report'?)" \
    -d "$(fictional)" --where item=country_raport
  fault 2 irm-openness '--time, --languages or --contacts: one of them' -d "$(fictional)" --time --contacts
}

@test "openness: every format says the same" {
  formats irm-openness -q -d "$(fictional)" --by region --total
  formats irm-openness -q -d "$(fictional)" --time
  formats irm-openness -q -d "$(fictional)" --contacts
}

@test "openness: folder and file give the same bytes" {
  for package in uncac-consent upr uncac untoc fictional; do
    for mode in '' --time --languages; do
      # shellcheck disable=SC2086 # no word where there is no mode
      same_from_file_and_folder "$ROOT/datasets/$package" irm-openness --by region,cycle --total $mode
    done
  done
  same_from_file_and_folder "$ROOT/datasets/fictional" irm-openness --contacts --by state --total
}

@test "openness: the order of rows, the locale and the time zone change nothing" {
  shuffled "$ROOT/datasets/fictional" fictional
  for mode in --total --time --languages --contacts; do
    irm-openness -d "$(fictional)" --by region $mode >wanted
    irm-openness -d fictional --by region $mode | cmp wanted -
    LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-openness -d fictional --by region $mode | cmp wanted -
  done
}

@test "openness: as the file stood after a load" {
  opened made-up
  irm-load -d irm.db --on 2020-12-31 made-up
  irm-openness -q -d irm.db >wanted
  sed -i 's/2018-10-01/2030-10-01/; s/2019-01-01/2030-01-01/' made-up/documents.csv
  irm-load -d irm.db --on 2021-01-31 made-up
  run ! cmp wanted <(irm-openness -q -d irm.db)
  irm-openness -q -d irm.db --known-at 1 | cmp wanted -
}

@test "openness: wrong questions" {
  wrong_question irm-openness
}

@test "openness: no source, nowhere to write" {
  wrong_source irm-openness "$ROOT/datasets/fictional"
}
