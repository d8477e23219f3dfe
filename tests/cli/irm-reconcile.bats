#!/usr/bin/env bats
# irm-reconcile: every outcome by hand on a made-up package, against SQL on the real one.
load helper
load records

HEADER=as_of,cycle,metric,region,article,published,computed,difference,source,outcome,reason

# published FIGURE...: as_of,cycle,metric,region,article,value[,unit] a figure, into ./made-up
published() {
  made_up_package made-up
  echo as_of,cycle,metric,region,article,value,unit,source >made-up/published.csv
  for figure; do
    [[ $figure == *,*,*,*,*,*,* ]] || figure=$figure,
    echo "$figure,A document" >>made-up/published.csv
  done
}

# ledger LINE...: into ./ledger.csv
ledger() {
  printf '%s\n' as_of,cycle,metric,region,article,difference,explanation "$@" >ledger.csv
}

# becomes STATUS ROW FIGURE: the one figure's published and computed value, difference, outcome, reason
becomes() {
  published "$3"
  run_tool "-$1" irm-reconcile -d made-up -f csv
  same "$(cut -d, -f6-8,10- <<<"${lines[1]}" | tr -d '"')" "$2"
  [ "${#lines[@]}" -eq 2 ]
}

@test "reconcile: a figure that agrees, exit 0" {
  published 2018-08-31,FIC-1,executive_summaries_finalised,all,all,1
  run_tool -0 irm-reconcile -d made-up
  same "$output" "$HEADER
2018-08-31,FIC-1,executive_summaries_finalised,all,all,1,1,0,A document,agrees,"
  [ -z "$stderr" ]
}

@test "reconcile: a different day, exit 1" {
  becomes 1 '2,1,-1,unexplained,different day: 32 days after, the records give it as at 2019-02-01 and later' \
    2018-12-31,FIC-1,executive_summaries_finalised,all,all,2
  becomes 1 '0,1,1,unexplained,different day: 4 days before, the records give it as at 2018-08-30 and earlier' \
    2018-09-03,FIC-1,executive_summaries_finalised,all,all,0
}

@test "reconcile: the end of the year gives it" {
  becomes 1 '1,2,1,unexplained,different day: 181 days before, the records give it as at 2018-08-31 to 2019-01-31' \
    2019-07-31,FIC-1,executive_summaries_finalised,all,all,1
}

@test "reconcile: records of a review that end early make it unknown, not zero" {
  published 2020-06-30,FIC-1,executive_summaries_finalised,all,all,3
  sed -i 's/^FIC-1-XAD,.*/FIC-1-XAD,FIC-1,2019,XAD,XAC,XAB,,none,,,2019-06-01/' made-up/reviews.csv
  run_tool -1 irm-reconcile -d made-up
  contains "$output" '3,2,-1,A document,unexplained,"records missing: 1 more unknown on that day, so 2 to 3"'
  sed -i 's/,3,,A document/,5,,A document/' made-up/published.csv
  run_tool -1 irm-reconcile -d made-up
  contains "$output" '"records missing: 1 more unknown on that day, so 2 to 3; there are not so many on record"'
  sed -i 's/,5,,A document/,2,,A document/' made-up/published.csv
  run_tool -0 irm-reconcile -d made-up
  contains "$output" '2,2,0,A document,agrees,1 more unknown on that day'
}

@test "reconcile: another way of counting" {
  published 2020-06-30,all,states_parties,all,all,5
  echo 'EUU,Union of fictional States,,2012-01-01' >>made-up/states.csv
  run_tool -1 irm-reconcile -d made-up
  contains "$output" ',5,6,1,A document,unexplained,"different count: it is the number of States with party_since by the day, without the European Union (EUU)"'
}

@test "reconcile: not computable, for want of a rule, of a table, of a review, of a day; exit 0" {
  becomes 0 '3,,,not_computable,no rule knows the metric: irm-reconcile --rules lists them' 2019,all,happiness,all,all,3
  becomes 0 '3,,,not_computable,no table says who signed the Transparency Pledge' \
    2019,all,transparency_pledge_signatories,all,all,3
  becomes 0 '3,,,not_computable,no table '\''findings'\' 2019-06-30,all,challenges_identified,all,all,3
  becomes 0 '3,,,not_computable,no table '\''documents'\' 2019-06-30,all,parallel_reports_total,all,all,3
  becomes 0 '3,,,not_computable,the records end on 2020-12-31' 2021-01-01,all,reviews,all,all,3
  becomes 0 ',,,not_computable,the document'\''s value is not given' 2019-06-30,all,reviews,all,all,
  becomes 0 '3,,,not_computable,it is of an article, and what it counts is of none' 2019-06-30,all,reviews,all,15,3
  becomes 0 '3,,,not_computable,there is no State '\''XZZ'\' 2019-06-30,all,good_practices_XZZ,all,all,3
}

@test "reconcile: a vague as_of agrees on any of its days" {
  becomes 0 '2,2,0,agrees,as at 2019-02-01 to 2019-02-28' 2019-02,FIC-1,executive_summaries_finalised,all,all,2
  becomes 0 '1,1,0,agrees,as at 2018-08-31 to 2018-12-31' 2018,FIC-1,executive_summaries_finalised,all,all,1
  becomes 0 '1,1,0,agrees,as at 2018-08-31 to 2018-09-30' '[..2018-09-30],FIC-1,executive_summaries_finalised,all,all,1'
  becomes 1 '3,2,-1,unexplained,no day of 2019 gives it: 1 to 2; the records show no likely reason' 2019,FIC-1,executive_summaries_finalised,all,all,3
}

@test "reconcile: words that make a value rough" {
  becomes 0 '3,2,-1,agrees,taken for 2 to 2' '2019-06-30,all,reviews_started,AFR,all,3,reviews (almost)'
  becomes 0 '1,2,1,agrees,taken for 2 to 2' '2019-06-30,all,reviews_started,AFR,all,1,reviews (over)'
  becomes 1 '3,2,-1,unexplained,the records show no likely reason' '2019-06-30,FIC-1,reviews_started,AFR,all,3,reviews (more than two)'
}

# A package with every table that a rule counts, by hand: XAA and XAB are of AFR, and their findings are
# released, on 2018-08-31 and 2019-02-01; those of XAC are not.
full() {
  published "$@"
  cat >made-up/findings.csv <<'END'
review,article,kind,position,summary,source
FIC-1-XAA,15,good_practice,1,,
FIC-1-XAA,15,good_practice,2,,
FIC-1-XAA,5,good_practice,1,,
FIC-1-XAA,all,good_practice,1,,
FIC-1-XAA,15,challenge,1,,
FIC-1-XAB,16,challenge,1,,
FIC-1-XAB,15,recommendation,1,,
FIC-1-XAC,15,challenge,1,,
END
  cat >made-up/measures.csv <<'END'
review,article,recommendation,status,date,text,source
FIC-1-XAB,15,1,completed,2020-02,,
FIC-1-XAB,15,2,planned,2020-01-01,,
END
  cat >made-up/documents.csv <<'END'
review,kind,language,published,symbol,url
FIC-1-XAA,executive_summary,en,2018-10-01,,
FIC-1-XAA,executive_summary,fr,2019-01-15,,
FIC-1-XAA,civil_society_report,en,2018-11-01,,
FIC-1-XAB,civil_society_report,en,2019-11-01,,
FIC-2-XAA,civil_society_report,en,,,
END
  cat >made-up/participation.csv <<'END'
review,step,sector,mode,date
FIC-1-XAA,dialogue,civil_society,,2018-05-04
FIC-1-XAA,dialogue,academia,,2018-05-04
FIC-1-XAB,dialogue,media,,2018-08
END
}

# gives FIGURE VALUE OUTCOME: the full package's value of it
gives() {
  full "$1,$2"
  run_tool irm-reconcile -d made-up -f tsv
  same "$(cut -f 7,10 <<<"${lines[1]}" | tr '\t' ,)" "$2,agrees"
}

@test "reconcile: what each rule counts, by hand" {
  gives 2018-12-31,all,good_practices_identified,all,all 3 # article 5 is not in FIC-1's scope
  gives 2018-12-31,all,good_practices_XAA,all,all 3
  gives 2018-12-31,all,good_practices_XAA_both_cycles,all,all 3
  gives 2018-12-31,all,good_practices_identified,all,15 2
  gives 2018-12-31,FIC-1,good_practices_XAA_chapter_III,all,all 2 # the one of no article is of no chapter
  gives 2018-12-31,FIC-1,good_practices_XAA_chapter_II,all,all 0
  gives 2019-01-31,all,challenges_identified,all,all 1
  gives 2019-02-01,all,challenges_identified,all,all 2 # XAC's are not released
  gives 2019-02-01,all,challenges_identified,all,16 1
  gives 2019-02-01,all,challenges_identified,APG,all 0
  gives 2020-02-29,all,recommendations_XAB_implemented,all,all 1
  gives 2020-02-28,all,recommendations_XAB_implemented,all,all 0
  gives 2018-10-01,all,executive_summaries_published,all,all 1 # one review, two languages
  gives 2019-06-01,FIC-1,executive_summaries_published_second_year,all,all 0
  gives 2018-12-31,all,parallel_reports_total,all,all 1
  gives 2019-12-31,FIC-1,parallel_reports_total,all,all 2
  gives 2019-12-31,FIC-1,parallel_reports_in_year,all,all 1
  gives 2018-12-31,FIC-1,parallel_reports_in_year,all,all 1
  gives 2018-10-31,FIC-1,parallel_reports_in_year,all,all 0
  gives 2019-12-31,all,countries_with_civil_society_review_report,all,all 2
  gives 2019-12-31,all,countries_with_technical_assistance_needs,all,all 2
  gives 2018-12-31,all,technical_assistance_needs_identified,all,all 2
  gives 2018-12-31,FIC-1,reviews_first_year,all,all 3
  gives 2019-06-29,FIC-1,reviews_first_year,all,all 3
  gives 2019-06-30,FIC-1,reviews_first_year,all,all 2 # discontinued on this day
  gives 2019-06-30,FIC-1,reviews_second_year,all,all 3 # and drawn again
  gives 2018-08-01,all,country_visits_or_joint_meetings,all,all 2
  gives 2018-07-31,all,country_visits_or_joint_meetings,all,all 1
}

@test "reconcile: a document of one year or the next is unknown in both" {
  full 2019-12-31,FIC-1,parallel_reports_in_year,all,all,1 2018-12-31,FIC-1,parallel_reports_in_year,all,all,1 \
    2020-12-31,FIC-1,parallel_reports_in_year,all,all,2
  printf '%s\n' 'FIC-1-XAC,civil_society_report,en,[2018-12-01..2019-02-01],,' FIC-1-XAD,civil_society_report,en,2020-01-01,, \
    FIC-1-XAE-b,civil_society_report,en,2020-12-31,, >>made-up/documents.csv
  run_tool -0 irm-reconcile -d made-up -f tsv
  same "$(cut -f 1,7,11 <<<"$output" | tail -n +2 | tr '\t' ,)" '2018-12-31,1,1 more unknown on that day
2019-12-31,1,1 more unknown on that day
2020-12-31,2,'
}

@test "reconcile: reviews of a package without the table are left out, and it is said" {
  published 2018-12-31,all,technical_assistance_needs_identified,all,all,2
  mkdir more
  printf '{"name": "more", "as_of": "2020-12-31"}' >more/datapackage.json
  { head -n 1 made-up/reviews.csv; echo FIC-2-XAB,FIC-2,2020,XAB,,,,,,,; } >more/reviews.csv
  head -n 1 made-up/events.csv >more/events.csv
  irm-load -q -d both.db made-up
  irm-load -q -d both.db more
  run_tool -0 irm-reconcile -d both.db
  contains "$output" "2,2,0,A document,agrees,1 of 8 reviews are of packages without the table 'needs'"
}

@test "reconcile: shares are of those that have begun, or else of others" {
  full '2018-12-31,FIC-1,share_reviews_engaging_other_stakeholders,all,all,67,per cent'
  run_tool -0 irm-reconcile -d made-up # XAA and XAB of these and XAE
  contains "$output" ',67,66.66666667,-0.3333333333,A document,agrees,'
  full '2018-12-31,FIC-1,share_reviews_engaging_other_stakeholders,all,all,100,per cent'
  run_tool -1 irm-reconcile -d made-up
  contains "$output" 'different count: it is the number of reviews in which somebody took part, of those whose findings are released'
  full '2018-01-01,FIC-1,share_reviews_engaging_other_stakeholders,all,all,0,per cent'
  run_tool -0 irm-reconcile -d made-up
  contains "$output" 'not_computable,there are no reviews to take the share of'
}

@test "reconcile: the ledger explains a difference, and exit 0" {
  published 2018-12-31,FIC-1,executive_summaries_finalised,all,all,2 2018-12-31,FIC-1,reviews,all,all,4
  run_tool -1 irm-reconcile -d made-up --metric executive_summaries_finalised
  ledger '2018-12-31,FIC-1,executive_summaries_finalised,all,all,,"A document of 2019, counted late"'
  run_tool -1 irm-reconcile -d made-up --ledger ledger.csv -v
  contains "$output" '2,1,-1,A document,explained,"A document of 2019, counted late"'
  same "$stderr" 'irm-reconcile: note: 0 agree, 1 are explained, 1 unexplained, 0 not computable'
  ledger 2018-12-31,FIC-1,executive_summaries_finalised,all,all,-1,Counted 2018-12-31,FIC-1,reviews,all,all,1,Replaced
  run_tool -0 irm-reconcile -d made-up --ledger ledger.csv
  [ -z "$stderr" ]
}

@test "reconcile: stale lines of the ledger are told, with their line" {
  published 2018-12-31,FIC-1,executive_summaries_finalised,all,all,1 2018-12-31,FIC-1,reviews,all,all,4 \
    2018-12-31,all,happiness,all,all,1
  ledger 2018-12-31,FIC-1,executive_summaries_finalised,all,all,,Why 2018-12-31,FIC-1,reviews,all,all,7,Why \
    2018-12-31,all,happiness,all,all,,Why 2018-12-30,all,happiness,all,all,,Why
  run_tool -1 irm-reconcile -d made-up --ledger ledger.csv -o out.csv
  same "$stderr" "irm-reconcile: note: ledger.csv:2: stale: the figure does not differ
irm-reconcile: note: ledger.csv:3: stale: the difference is 1, and 7 is explained
irm-reconcile: note: ledger.csv:4: stale: the figure cannot be computed
irm-reconcile: note: ledger.csv:5: stale: no such figure is published"
  run_tool -1 irm-reconcile -d made-up --ledger ledger.csv -q
  [ -z "$stderr" ]
  # figures that are not asked for are neither used nor stale
  run_tool -0 irm-reconcile -d made-up --ledger ledger.csv --metric happiness
  same "$stderr" "irm-reconcile: note: ledger.csv:4: stale: the figure cannot be computed
irm-reconcile: note: ledger.csv:5: stale: no such figure is published"
}

@test "reconcile: a ledger with faults, exit 3 and the place" {
  published 2018-12-31,FIC-1,reviews,all,all,4
  local key=2018-12-31,FIC-1,reviews,all,all
  ledger "$key,,"
  fault 3 irm-reconcile 'ledger.csv:2:7: explanation: expected a text, found an empty field' -d made-up --ledger ledger.csv
  ledger "$key,,Why" "$key,,Why not"
  fault 3 irm-reconcile 'ledger.csv:3: the figure stands twice: line 2 explains it too' -d made-up --ledger ledger.csv
  ledger "$key,one,Why"
  fault 3 irm-reconcile "ledger.csv:2:6: expected a number such as 0.25, found 'one'" -d made-up --ledger ledger.csv
  ledger
  sed -i 's/explanation/explanations/' ledger.csv
  fault 3 irm-reconcile "ledger.csv:1:7: a ledger has no column 'explanations' (did you mean 'explanation'?)" \
    -d made-up --ledger ledger.csv
  ledger "2018-12-31,,reviews,all,all,,Why"
  fault 3 irm-reconcile 'ledger.csv:2:2: cycle: expected a text, found an empty field' -d made-up --ledger ledger.csv
  echo as_of,cycle,metric,region,explanation >ledger.csv
  run_tool -3 irm-reconcile -d made-up --ledger ledger.csv
  contains "$stderr" "irm-reconcile: ledger.csv:1: expected a column 'article'"
  fault 4 irm-reconcile 'none.csv: cannot read: No such file or directory' -d made-up --ledger none.csv
  # without the column difference, and in another order, it is read
  printf '%s\n' explanation,as_of,metric,cycle,article,region Why,2018-12-31,reviews,FIC-1,all,all >ledger.csv
  run_tool -0 irm-reconcile -d made-up --ledger ledger.csv
}

@test "reconcile: nothing published is bad input, a table without rows is not" {
  made_up_package made-up
  fault 3 irm-reconcile "the source has no table 'published': there is nothing to compare with" -d made-up
  published
  run_tool -0 irm-reconcile -d made-up
  same "$output" "$HEADER"
}

@test "reconcile: --metric, --where keep figures; the mechanism keeps reviews too" {
  local source=$ROOT/datasets/fictional
  run_tool irm-reconcile -d "$source" --metric reviews_completed
  [ "$(grep -c ,reviews_completed, <<<"$output")" -eq 19 ]
  [ "${#lines[@]}" -eq 20 ]
  run_tool -0 irm-reconcile -d "$source" --where region=AFR,APG --where cycle!=FIC-1
  same "$(cut -d, -f 2,4 <<<"$output" | tail -n +2)" 'FIC-2,AFR
FIC-2,APG'
  fault 2 irm-reconcile "--metric: no published figure is 'reviews_complete' (did you mean 'reviews_completed'?)" \
    -d "$source" --metric reviews_complete
  fault 2 irm-reconcile "the source has no cycle 'FIC-3' (did you mean 'FIC-1'?)" -d "$source" --where cycle=FIC-3
  fault 2 irm-reconcile "there is no key 'state' here (one of: mechanism, region, cycle)" -d "$source" --where state=XAA
}

@test "reconcile: a source of several mechanisms mixes none" {
  made_up_package one
  made_up_package two
  sed -i 's/FIC/OTH/g' two/*.csv
  sed -i 's/"made-up"/"other"/' two/datapackage.json
  printf '%s\n' as_of,cycle,metric,region,article,value,unit,source 2019-06-30,all,reviews,all,all,6,, \
    2019-06-30,all,states_parties,all,all,5,, >one/published.csv
  irm-load -q -d both.db one two
  run_tool -0 irm-reconcile -d both.db
  contains "$output" 'the reviews are of several mechanisms: choose one by --where mechanism=CODE'
  contains "$output" 'the source has several mechanisms, and party_since says not of which convention'
  run_tool -0 irm-reconcile -d both.db --where mechanism=FIC --metric reviews
  contains "$output" ',6,6,0,,agrees,'
}

@test "reconcile: a vague day of the records, --imprecise middle" {
  published 2019-04-14,FIC-1,reviews_started,all,all,5 2019-04-16,FIC-1,country_visits_or_joint_meetings,all,all,2
  sed -i 's/^FIC-1-XAD,started,2019-03-01/FIC-1-XAD,started,2019-04/; /^FIC-1-XAD,self/d' made-up/events.csv
  run_tool irm-reconcile -d made-up --metric reviews_started
  contains "$output" ',5,4,-1,A document,unexplained,'
  run_tool -1 irm-reconcile -d made-up --metric reviews_started --imprecise middle
  contains "$output" 'different day: 1 day after, the records give it as at 2019-04-15'
}

@test "reconcile: --known-at gives the figures of an earlier file" {
  published 2018-12-31,FIC-1,executive_summaries_finalised,all,all,2
  irm-load -q -d past.db made-up --on 2021-01-01
  sed -i 's/^FIC-1-XAB,summary_agreed,2019-02-01/FIC-1-XAB,summary_agreed,2018-12-30/' made-up/events.csv
  irm-load -q -d past.db made-up --on 2021-02-01
  run_tool -0 irm-reconcile -d past.db
  run_tool -1 irm-reconcile -d past.db --known-at 2021-01-15
}

@test "reconcile: --rules, each with what it counts" {
  run_tool -0 irm-reconcile --rules
  same "${lines[0]}" metric,computed,rule
  contains "$output" $'\nreviews_completed,yes,reviews that have reached the last milestone\nreviews_completed,else,'
  contains "$output" $'\ntransparency_pledge_signatories,no,no table says who signed the Transparency Pledge'
  tail -n +2 <<<"$output" | none_empty
}
none_empty() {
  ! grep -E '^,|,,|,$'
}

@test "reconcile: the real packages, each figure computed, or what is missing is said" {
  local source=$ROOT/datasets/uncac
  run_tool -0 irm-reconcile -d "$source" --ledger "$source/reconcile/ledger.csv" -f tsv -v
  same "$stderr" 'irm-reconcile: note: 4 agree, 26 are explained, 0 unexplained, 43 not computable'
  [ "${#lines[@]}" -eq "$(wc -l <"$source/published.csv")" ]
  # computed, or the record that is missing
  same "$(awk -F'\t' 'NR > 1 && (($10 == "not_computable") != ($7 == "") || ($7 == "" && $11 !~ /^no table/))' <<<"$output")" ''
  # what the README says of each outcome
  for outcome in agrees:4 explained:26 not_computable:43; do
    grep -qE "^\| ${outcome%:*} \| ${outcome#*:} \|" "$source/README.md"
  done
  run_tool -0 irm-reconcile -d "$ROOT/datasets/untoc" -v -o /dev/null
  same "$stderr" 'irm-reconcile: note: 0 agree, 0 are explained, 0 unexplained, 9 not computable'
}

@test "reconcile: a difference that is no longer explained is found" {
  cp -R "$ROOT/datasets/uncac" copy
  sed -i 's/^TON,Tonga,APG,$/TON,Tonga,APG,2010-01-01/; s/^\(TON,[^,]*,[A-Z]*\),$/\1,2010-01-01/' copy/states.csv
  ! cmp -s copy/states.csv "$ROOT/datasets/uncac/states.csv"
  run_tool -1 irm-reconcile -d copy --ledger copy/reconcile/ledger.csv --metric states_parties
  contains "$stderr" 'stale: the difference is -3, and -4 is explained'
}

@test "reconcile: States parties and completed reviews are those of SQL, on every published day" {
  records "$ROOT/datasets/uncac"
  run irm-reconcile -d "$ROOT/datasets/uncac" --metric states_parties --metric reviews_completed -f csv
  grep -E '^[0-9]{4}-[0-9]{2}-[0-9]{2},' <<<"$output" | cut -d, -f 1-3,7 >found
  [ "$(wc -l <found)" -ge 13 ]
  while IFS=, read -r day _ metric computed; do
    if [ "$metric" = states_parties ]; then
      wanted=$(sql <<<"SELECT count(*) FROM states WHERE party_since <> '' AND party_since <= '$day'")
    else
      wanted=$(sql <<END
WITH $(counting "$day") SELECT count(DISTINCT c.review) FROM counting c JOIN dated d USING (review)
WHERE c.cycle = 'UNCAC-1' AND d.milestone = 'report_agreed' AND d.last <= '$day'
END
      )
    fi
    [ "$computed" = "$wanted" ] || { echo "$day $metric: $computed, SQL $wanted"; false; }
  done <found
}

@test "reconcile: a fictional mechanism without faults agrees in all, whatever the seed" {
  for seed in 1 2024; do
    irm-sim -o "world-$seed" --seed "$seed" --states 60 --no-faults
    run_tool -0 irm-reconcile -d "world-$seed" -v -o /dev/null
    [[ $stderr =~ ^irm-reconcile:\ note:\ [1-9][0-9]\ agree,\ 0\ are\ explained,\ 0\ unexplained,\ 0\ not\ computable$ ]]
  done
}

@test "reconcile: folder and file give the same bytes" {
  same_from_file_and_folder "$ROOT/datasets/fictional" irm-reconcile
  same_from_file_and_folder "$ROOT/datasets/uncac" irm-reconcile --ledger "$ROOT/datasets/uncac/reconcile/ledger.csv" -v
}

@test "reconcile: the order of rows, the locale and the time zone change nothing" {
  for package in fictional uncac; do
    shuffled "$ROOT/datasets/$package" "$package"
    run irm-reconcile -d "$ROOT/datasets/$package"
    same "$(LC_ALL=C TZ=Pacific/Kiritimati irm-reconcile -d "$package")" "$output"
  done
}

@test "reconcile: no source, nowhere to write, an empty stdin" {
  fault 4 irm-reconcile 'none.db: cannot read: No such file or directory' -d none.db
  run -4 bash -c "irm-reconcile -d '$ROOT/datasets/untoc' >/dev/full"
  same "$output" 'irm-reconcile: standard output: cannot write: No space left on device'
  fault 4 irm-reconcile 'none/out.csv: cannot write: No such file or directory' -d "$ROOT/datasets/untoc" -o none/out.csv
  run_tool -1 irm-reconcile -d "$ROOT/datasets/fictional" -o out.json -f json
  is_json out.json
}
