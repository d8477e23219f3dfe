#!/usr/bin/env bats
# irm-check: each rule fires, and does not on what comes near; lines, options, exit statuses.
load helper

FINDINGS=$ROOT/tests/golden/findings.csv

# edit PACKAGE EDIT...: 'TABLE+ROW' adds a row, 'TABLE:SCRIPT' runs sed on the table
edit() {
  local package=$1 table file
  shift
  for change; do
    table=${change%%[+:]*}
    file=$package/$table.csv
    [ -f "$file" ] || head -n 1 "$ROOT/datasets/fictional/$table.csv" >"$file"
    if [[ $change == "$table+"* ]]; then
      printf '%s\n' "${change#*+}" >>"$file"
    else
      cp "$file" before
      sed -i "${change#*:}" "$file"
      ! cmp -s before "$file" || { echo "no effect: $change"; return 1; }
    fi
  done
}

# check RULE EDIT...: what the rule finds in the made-up package with these edits, into $rows
check() {
  local rule=$1
  shift
  rm -rf made-up
  made_up_package made-up
  edit made-up "$@" || return 1
  "$BIN/irm-check" -d made-up --only "$rule" >found.csv || [ $? -eq 1 ]
  rows=$(tail -n +2 found.csv)
}

# fires RULE TABLE,LINE,KEY EDIT...: it finds that, and nothing else, in the words of tests/golden/findings.csv.
# UPDATE=1 adds what is not there.
fires() {
  check "$1" "${@:3}"
  local severity
  [ -f rules.csv ] || "$BIN/irm-check" --list -f csv >rules.csv
  severity=$(sed -n "s/^$1,\([a-z]*\),.*/\1/p" rules.csv)
  [ -z "$UPDATE" ] || grep -qxF -- "$rows" "$FINDINGS" || printf '%s\n' "$rows" >>"$FINDINGS"
  contains "$rows" "$severity,$1,$2," && [ "$(wc -l <<<"$rows")" -eq 1 ] && grep -qxF -- "$rows" "$FINDINGS" || {
    cat found.csv
    return 1
  }
}

# near RULE EDIT...: it finds nothing
near() {
  check "$@"
  same "$rows" ''
}

@test "calendar: circles and order of stages" {
  fires from-milestone-loop 'milestones,3,"FIC,self_assessment"' 'milestones:s/^FIC,self_assessment,2,started/FIC,self_assessment,2,self_assessment/'
  near from-milestone-loop 'milestones:s/^FIC,self_assessment,2,started/FIC,self_assessment,2,dialogue/;s/^FIC,dialogue,3,self_assessment/FIC,dialogue,3,started/'
  fires from-milestone-not-earlier 'milestones,3,"FIC,self_assessment"' 'milestones:s/^FIC,self_assessment,2,started/FIC,self_assessment,2,summary_agreed/'
  near from-milestone-not-earlier 'milestones:s/^FIC,dialogue,3,self_assessment/FIC,dialogue,3,started/'
}

@test "calendar: time limits" {
  # 2 months and 3 weeks are 77 to 83 days
  fires time-limit-contradicted 'milestones,5,"FIC,summary_agreed"' 'milestones:s/,started,6,month/,started,76,day/'
  near time-limit-contradicted 'milestones:s/,started,6,month/,started,77,day/'
  near time-limit-contradicted 'milestones:s/,started,6,month/,started,2,month/;s/,self_assessment,3,week/,self_assessment,,/'
  fires time-limit-without-beginning 'milestones,2,"FIC,started"' 'milestones:s/^FIC,started,1,,,/FIC,started,1,,3,week/'
  near time-limit-without-beginning 'milestones:s/,started,6,month/,,,/'
}

@test "calendar: scope and release" {
  fires findings-never-released 'mechanisms,2,FIC' 'milestones:s/,joint,yes,/,joint,no,/'
  near findings-never-released 'milestones:s/,joint,yes,/,joint,no,/' 'needs:2,$d'
  fires cycle-without-scope 'cycles,3,FIC-2' 'scope:/FIC-2/d'
  near cycle-without-scope 'scope:/FIC-2/d' 'reviews:/^FIC-2/d' 'events:/^FIC-2/d'
  fires scope-chapter-unknown 'scope,3,"FIC-2,ii"' 'scope:s/FIC-2,II/FIC-2,ii/'
  near scope-chapter-unknown 'scope+FIC-2,III'
  fires article-in-no-scope 'articles,5,"FCC,60"' 'articles+FCC,60,VI,Assistance'
  near article-in-no-scope 'articles+FCC,60,II,Assistance'
  near article-in-no-scope 'articles+OTHER,60,VI,Assistance'
}

@test "what ends before it starts" {
  fires ends-before-it-starts 'cycles,2,FIC-1' 'cycles:s/2018-01-01,/2018-01-01,2017-12-31/'
  near ends-before-it-starts 'cycles:s/2018-01-01,/2018-01-01,2018-01-01/'
  fires ends-before-it-starts 'sessions,2,s1' 'sessions+s1,IRG,First,2019-05-02,2019-05-01,,'
  near ends-before-it-starts 'sessions+s1,IRG,First,2019-05-02,2019-05-02,,'
  fires ends-before-it-starts 'assistance,2,a1' 'assistance+a1,,,,2019-06,2019-05,'
  near ends-before-it-starts 'assistance+a1,,,,2019-06,2019,'
}

@test "reviewing States" {
  fires reviewer-is-reviewed 'reviews,2,FIC-1-XAA' 'reviews:s/^FIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,/FIC-1-XAA,FIC-1,2018,XAA,XAB,XAA,/'
  near reviewer-is-reviewed 'reviews:s/,XAB,XAC,,country/,XAC,XAB,XAD,country/'
  fires reviewer-twice 'reviews,2,FIC-1-XAA' 'reviews:s/,XAB,XAC,,country/,XAB,XAC,XAB,country/'
  near reviewer-twice 'reviews:s/,XAB,XAC,,country/,XAB,XAC,XAD,country/'
  near reviewer-twice 'reviews:s/,XAB,XAC,,country/,XAB,,,country/'
  # XAB reviews XAA, XAD and twice XAE, of which one was discontinued
  near reviewer-over-three 'reviews:s/^FIC-1-XAC,FIC-1,2019,XAC,XAD,XAA,/FIC-1-XAC,FIC-1,2019,XAC,XAD,XAE,/'
  fires reviewer-over-three 'states,3,XAB' 'reviews:s/^FIC-1-XAC,FIC-1,2019,XAC,XAD,XAA,/FIC-1-XAC,FIC-1,2019,XAC,XAD,XAB,/'
  near reviewer-never 'reviews:s/,FIC-1,2018,XAE,XAA,XAB,/,FIC-1,2018,XAE,XAD,XAB,/' 'reviews:s/^FIC-1-XAC,FIC-1,2019,XAC,XAD,XAA,/FIC-1-XAC,FIC-1,2019,XAC,XAD,XAE,/' 'reviews:s/^FIC-2-XAA,FIC-2,2020,XAA,XAC,XAD,/FIC-2-XAA,FIC-2,2020,XAA,,,/'
  fires reviewer-never 'states,6,XAE' 'reviews:s/^FIC-2-XAA,FIC-2,2020,XAA,XAC,XAD,/FIC-2-XAA,FIC-2,2020,XAA,,,/'
}

@test "regions of reviewing States" {
  fires reviewers-none-of-region 'reviews,2,FIC-1-XAA' 'reviews:s/^FIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,/FIC-1-XAA,FIC-1,2018,XAA,XAD,XAC,/' 'reviews:/^FIC-2/d' 'events:/^FIC-2/d'
  near reviewers-none-of-region 'reviews:/^FIC-2/d' 'events:/^FIC-2/d'
  near reviewers-none-of-region 'reviews:s/^FIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,/FIC-1-XAA,FIC-1,2018,XAA,XAE,XAC,/' 'reviews:/^FIC-2/d' 'events:/^FIC-2/d'
  fires reviewers-all-of-region 'reviews,2,FIC-1-XAA' 'states:s/^XAC,Fictional State XAC,APG/XAC,Fictional State XAC,AFR/' 'reviews:/^FIC-1-X[BCDE]/d;/^FIC-1-XA[BCDE]/d;/^FIC-2/d' 'events:/^FIC-1-XA[BCDE]/d;/^FIC-2/d' 'needs:/XAB/d'
  near reviewers-all-of-region 'reviews:s/^FIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,/FIC-1-XAA,FIC-1,2018,XAA,XAB,,/'
  fires state-without-region 'states,6,XAE'
  near state-without-region 'states:s/XAE,,/XAE,AFR,/'
  fires state-name-twice 'states,3,XAB' 'states:s/^XAB,Fictional State XAB/XAB,fictional state XAA /'
  near state-name-twice 'states:s/^XAB,Fictional State XAB/XAB,/;s/^XAC,Fictional State XAC/XAC,/'
}

@test "reviews drawn again" {
  fires replaced-review-not-discontinued 'reviews,6,FIC-1-XAE' 'reviews:s/,2019-06-30,/,,/'
  near replaced-review-not-discontinued 'reviews:s/,online_visit,FIC-1-XAE,/,online_visit,,/' 'reviews:s/,2019-06-30,/,,/'
  fires replaces-another-state-or-cycle 'reviews,7,FIC-1-XAE-b' 'reviews:s/^FIC-1-XAE-b,FIC-1,2019,XAE/FIC-1-XAE-b,FIC-1,2019,XAA/'
  fires replaces-another-state-or-cycle 'reviews,7,FIC-1-XAE-b' 'reviews:s/^FIC-1-XAE-b,FIC-1/FIC-1-XAE-b,FIC-2/'
  near replaces-another-state-or-cycle 'reviews:s/^FIC-1-XAE-b,FIC-1,2019,XAE,XAC/FIC-1-XAE-b,FIC-1,2020,XAE,XAD/'
  fires replaced-twice 'reviews,9,FIC-1-XAE-c' 'reviews+FIC-1-XAE-c,FIC-1,2019,XAE,,,,,FIC-1-XAE,,'
  near replaced-twice 'reviews+FIC-1-XAE-c,FIC-1,2019,XAE,,,,,FIC-1-XAE-b,,'
  fires two-live-reviews 'reviews,9,FIC-1-XAA-b' 'reviews+FIC-1-XAA-b,FIC-1,2019,XAA,,,,,,,'
  near two-live-reviews 'reviews+FIC-2-XAB,FIC-2,2019,XAB,,,,,,,' 'reviews+FIC-1-XAA-b,FIC-1,2019,XAA,,,,,FIC-1-XAA,,'
  near two-live-reviews 'reviews+FIC-1-XAA-b,FIC-1,2019,XAA,,,,,,2019-01-01,'
  fires discontinued-not-replaced 'reviews,6,FIC-1-XAE' 'reviews:s/,online_visit,FIC-1-XAE,/,online_visit,,/'
  near discontinued-not-replaced
  fires begun-before-it-replaces 'events,15,"FIC-1-XAE-b,started"' 'events:s/^FIC-1-XAE-b,started,2019-07-01/FIC-1-XAE-b,started,2019-06-29/'
  near begun-before-it-replaces 'events:s/^FIC-1-XAE-b,started,2019-07-01/FIC-1-XAE-b,started,2019-06-30/'
}

@test "years, and how far records reach" {
  fires year-outside-cycle 'reviews,2,FIC-1-XAA' 'reviews:s/^FIC-1-XAA,FIC-1,2018/FIC-1-XAA,FIC-1,2017/'
  near year-outside-cycle 'reviews:s/^FIC-1-XAA,FIC-1,2018/FIC-1-XAA,FIC-1,/'
  fires year-outside-cycle 'reviews,8,FIC-2-XAA' 'cycles:s/2020-01-01,/2020-01-01,2021-12-31/' 'reviews:s/^FIC-2-XAA,FIC-2,2020/FIC-2-XAA,FIC-2,2022/'
  near year-outside-cycle 'cycles:s/2020-01-01,/2020-01-01,2021-12-31/' 'reviews:s/^FIC-2-XAA,FIC-2,2020/FIC-2-XAA,FIC-2,2021/'
  fires year-after-as-of 'reviews,8,FIC-2-XAA' 'reviews:s/^FIC-2-XAA,FIC-2,2020/FIC-2-XAA,FIC-2,2021/'
  near year-after-as-of
  fires observed-until-after-package 'reviews,2,FIC-1-XAA' 'reviews:s/,XAB,XAC,,country_visit,,,/,XAB,XAC,,country_visit,,,2021-01-01/'
  near observed-until-after-package 'reviews:s/,XAB,XAC,,country_visit,,,/,XAB,XAC,,country_visit,,,2020-12-31/'
}

@test "order of milestones" {
  fires milestones-out-of-order 'events,3,"FIC-1-XAA,self_assessment"' 'events:s/2018-04-15/2018-02-28/'
  fires milestones-out-of-order 'events,3,"FIC-1-XAA,self_assessment"' 'events:s/2018-04-15/[..2018-02-28]/'
  near milestones-out-of-order 'events:s/2018-04-15/2018-03-01/'
  near milestones-out-of-order 'events:s/2018-04-15/2018-03/'
  fires vague-date-spans-later-milestone 'events,3,"FIC-1-XAA,self_assessment"' 'events:s/2018-04-15/[2018-04-15..]/'
  fires vague-date-spans-later-milestone 'events,3,"FIC-1-XAA,self_assessment"' 'events:s/2018-04-15/2018/'
  near vague-date-spans-later-milestone 'events:s/2018-04-15/[2018-04-01..2018-05-04]/'
  near vague-date-spans-later-milestone 'events:s/2018-04-15/[2018-09-01..]/'
}

@test "events and their frame" {
  fires event-before-cycle 'events,2,"FIC-1-XAA,started"' 'events:s/^FIC-1-XAA,started,2018-03-01/FIC-1-XAA,started,2017-12/'
  near event-before-cycle 'events:s/^FIC-1-XAA,started,2018-03-01/FIC-1-XAA,started,[2017-12-01..2018-01-01]/'
  fires event-after-observed-until 'events,16,"FIC-2-XAA,started"' 'reviews:s/^FIC-2-XAA.*/FIC-2-XAA,FIC-2,2020,XAA,XAC,XAD,,,,,2020-11-30/'
  near event-after-observed-until 'reviews:s/^FIC-2-XAA.*/FIC-2-XAA,FIC-2,2020,XAA,XAC,XAD,,,,,2020-12-01/'
  fires event-after-discontinued 'events,14,"FIC-1-XAE,started"' 'events:s/^FIC-1-XAE,started,2018-03-01/FIC-1-XAE,started,2019-07/'
  near event-after-discontinued 'events:s/^FIC-1-XAE,started,2018-03-01/FIC-1-XAE,started,2019-06-30/'
  fires dialogue-that-was-none 'events,17,"FIC-1-XAD,dialogue"' 'events+FIC-1-XAD,dialogue,2019-06,made up'
  near dialogue-that-was-none 'events+FIC-1-XAD,dialogue,,made up' 'events+FIC-1-XAD,summary_agreed,2019-09,made up'
}

@test "what is missing of events" {
  fires first-milestone-missing 'events,2,"FIC-1-XAA,self_assessment"' 'events:/^FIC-1-XAA,started/d'
  fires first-milestone-missing 'events,3,"FIC-1-XAA,self_assessment"' 'events:s/^FIC-1-XAA,started,2018-03-01/FIC-1-XAA,started,/'
  near first-milestone-missing 'events:/^FIC-1-XAA/d'
  fires milestone-missing 'events,4,"FIC-1-XAA,summary_agreed"' 'events:/^FIC-1-XAA,dialogue/d'
  contains "$rows" 'no date for what comes before it: dialogue'
  near milestone-missing 'events+FIC-1-XAD,summary_agreed,2019-09,made up'
  near milestone-missing 'events:/^FIC-1-XAA,started/d'
  fires event-without-date 'events,2,"FIC-1-XAA,started"' 'events:s/^FIC-1-XAA,started,2018-03-01/FIC-1-XAA,started,/'
  near event-without-date 'events:s/^FIC-1-XAA,started,2018-03-01/FIC-1-XAA,started,[..2018-03-01]/'
  fires event-without-source 'events,2,"FIC-1-XAA,started"' 'events:s/^FIC-1-XAA,started,2018-03-01,made up/FIC-1-XAA,started,2018-03-01,/'
  near event-without-source 'events:s/^FIC-1-XAA,started,2018-03-01,made up/FIC-1-XAA,started,,/'
}

@test "dates in the future" {
  fires date-in-the-future 'events,16,"FIC-2-XAA,started"' 'events:s/2020-12-01/2021-01-01/'
  near date-in-the-future 'events:s/2020-12-01/2020-12-31/'
  near date-in-the-future 'events:s/2020-12-01/[2020-12-31..2021-01-31]/'
  fires date-in-the-future 'reviews,6,FIC-1-XAE' 'reviews:s/2019-06-30/2021-01-01/'
  fires date-in-the-future 'documents,2,"FIC-1-XAA,country_report,en"' 'documents+FIC-1-XAA,country_report,en,2021,,'
  fires date-in-the-future 'participation,2,"FIC-1-XAA,dialogue,media"' 'participation+FIC-1-XAA,dialogue,media,online,2021-02'
  fires date-in-the-future 'measures,2,"FIC-1-XAA,15,1"' 'measures+FIC-1-XAA,15,1,completed,2021,,'
  near date-in-the-future 'measures+FIC-1-XAA,15,1,planned,2021,,'
  fires date-in-the-future 'contacts,2,"XAA,focal_point"' 'contacts+XAA,focal_point,Fictional Person,,2021-01-01'
  near date-in-the-future 'contacts+XAA,focal_point,Fictional Person,,2020-12-31'
}

@test "needs and findings" {
  fires need-out-of-scope 'needs,5,"FIC-1-XAA,5,1,training"' 'needs+FIC-1-XAA,5,1,training,made up'
  near need-out-of-scope 'needs+FIC-1-XAA,all,1,all,made up' 'needs+FIC-1-XAB,15,1,training,made up'
  fires finding-out-of-scope 'findings,2,"FIC-1-XAA,5,challenge,1"' 'findings+FIC-1-XAA,5,challenge,1,,'
  near finding-out-of-scope 'findings+FIC-1-XAA,16,challenge,1,,'
  fires need-before-release 'reviews,4,FIC-1-XAC' 'needs+FIC-1-XAC,15,1,training,made up'
  near need-before-release 'needs+FIC-1-XAC,15,1,training,made up' 'events+FIC-1-XAC,summary_agreed,[2020-12-01..],made up'
  near need-before-release 'needs+FIC-1-XAC,15,1,training,made up' 'reviews:s/^FIC-1-XAC.*/FIC-1-XAC,FIC-1,2019,XAC,XAD,XAA,,joint_meeting,,,2020-06-30/'
  fires finding-before-release 'reviews,4,FIC-1-XAC' 'findings+FIC-1-XAC,15,challenge,1,,'
  near finding-before-release 'findings+FIC-1-XAB,15,challenge,1,,'
}

@test "measures" {
  fires measure-before-release 'measures,2,"FIC-1-XAA,15,1"' 'measures+FIC-1-XAA,15,1,completed,2018-07,,'
  near measure-before-release 'measures+FIC-1-XAA,15,1,completed,2018-08,,'
  fires measure-without-recommendation 'measures,2,"FIC-1-XAA,15,1"' 'measures+FIC-1-XAA,15,1,planned,,,' 'findings+FIC-1-XAA,15,challenge,1,,'
  near measure-without-recommendation 'measures+FIC-1-XAA,15,1,planned,,,' 'findings+FIC-1-XAA,15,recommendation,1,,'
  near measure-without-recommendation 'measures+FIC-1-XAA,15,1,planned,,,' 'findings+FIC-1-XAB,15,challenge,1,,'
}

@test "documents" {
  fires document-before-agreement 'documents,2,"FIC-1-XAA,country_report,en"' 'documents+FIC-1-XAA,country_report,en,2018-08-30,,'
  near document-before-agreement 'documents+FIC-1-XAA,country_report,en,2018-08,,'
  fires document-before-agreement 'documents,2,"FIC-1-XAA,self_assessment,en"' 'documents+FIC-1-XAA,self_assessment,en,2018-04-14,,'
  near document-before-agreement 'documents+FIC-1-XAA,civil_society_report,en,2018-04-14,,'
  fires document-before-agreement 'documents,2,"FIC-1-XAA,executive_summary,en"' 'documents+FIC-1-XAA,executive_summary,en,2018-08-30,,'
  fires report-without-agreement 'documents,2,"FIC-1-XAC,country_report,en"' 'documents+FIC-1-XAC,country_report,en,,,'
  near report-without-agreement 'documents+FIC-1-XAA,country_report,en,,,' 'documents+FIC-1-XAC,executive_summary,en,,,'
  fires document-of-two-dates 'documents,3,"FIC-1-XAA,country_report,fr"' 'documents+FIC-1-XAA,country_report,en,2018-10-01,,' 'documents+FIC-1-XAA,country_report,fr,2018-11-01,,'
  near document-of-two-dates 'documents+FIC-1-XAA,country_report,en,2018-10-01,,' 'documents+FIC-1-XAA,country_report,fr,2018-10,,'
  fires language-code 'documents,2,"FIC-1-XAA,country_report,English"' 'documents+FIC-1-XAA,country_report,English,,,'
  fires language-code 'labels,2,"state,XAA,FR"' 'labels+state,XAA,FR,Etat'
  near language-code 'documents+FIC-1-XAA,country_report,en,,,' 'documents+FIC-1-XAA,country_report,zh-Hans,,,' 'labels+state,XAA,all,'
}

@test "symbols" {
  local a='documents+FIC-1-XAA,country_report,en,,FIC/1,'
  check symbol-of-two-documents "$a" 'documents+FIC-1-XAA,executive_summary,en,,FIC/1,'
  [ "$(wc -l <<<"$rows")" -eq 2 ]
  contains "$rows" "warning,symbol-of-two-documents,documents,3,\"FIC-1-XAA,executive_summary,en\",'FIC/1' is the symbol of 2 documents"
  near symbol-of-two-documents "$a" 'documents+FIC-1-XAA,country_report,fr,,FIC/1,' 'documents+FIC-1-XAB,country_report,fr,,,'
}

@test "participation" {
  fires participation-without-dialogue 'participation,2,"FIC-1-XAD,dialogue,media"' 'participation+FIC-1-XAD,dialogue,media,,'
  near participation-without-dialogue 'participation+FIC-1-XAD,self_assessment,media,,' 'participation+FIC-1-XAA,dialogue,media,,'
  fires participation-in-another-dialogue 'participation,2,"FIC-1-XAA,online_visit,media"' 'participation+FIC-1-XAA,online_visit,media,,'
  near participation-in-another-dialogue 'participation+FIC-1-XAA,country_visit,media,,' 'participation+FIC-1-XAE,online_visit,media,,'
  fires mode-against-dialogue 'participation,2,"FIC-1-XAA,dialogue,media"' 'participation+FIC-1-XAA,dialogue,media,online,'
  fires mode-against-dialogue 'participation,2,"FIC-1-XAE-b,online_visit,media"' 'participation+FIC-1-XAE-b,online_visit,media,in_person,'
  near mode-against-dialogue 'participation+FIC-1-XAA,dialogue,media,in_person,' 'participation+FIC-1-XAA,self_assessment,media,online,' 'participation+FIC-1-XAE-b,dialogue,media,online,'
  fires participation-after-its-step 'participation,2,"FIC-1-XAA,dialogue,media"' 'participation+FIC-1-XAA,dialogue,media,,2018-05-05'
  fires participation-after-its-step 'participation,2,"FIC-1-XAA,country_visit,media"' 'participation+FIC-1-XAA,country_visit,media,,2018-05-05'
  near participation-after-its-step 'participation+FIC-1-XAA,dialogue,media,,2018-05' 'participation+FIC-1-XAC,dialogue,media,,2020-01-01'
  fires participation-step-unknown 'participation,2,"FIC-1-XAA,workshop,media"' 'participation+FIC-1-XAA,workshop,media,,'
  near participation-step-unknown 'participation+FIC-1-XAA,summary_agreed,media,,' 'participation+FIC-1-XAA,follow_up,media,,'
}

@test "contacts" {
  fires contact-without-consent 'contacts,2,"XAA,focal_point"' 'contacts+XAA,focal_point,Fictional Person,,'
  fires contact-without-consent 'contacts,2,"XAA,focal_point"' 'contacts+XAA,focal_point,,someone@example.org,'
  near contact-without-consent 'contacts+XAA,focal_point,Fictional Person,someone@example.org,2019-01-01' 'contacts+XAB,focal_point,,,'
  for address in someone 'someone@example' '@example.org' 'a@b@example.org' 'some one@example.org'; do
    fires email-malformed 'contacts,2,"XAA,focal_point"' "contacts+XAA,focal_point,,$address,2019-01-01"
  done
  near email-malformed 'contacts+XAA,focal_point,,some.one+irm@mail.example.org,2019-01-01' 'contacts+XAB,focal_point,,,'
}

@test "assistance" {
  local a='assistance+a1,Fictional topic,Fictional Agency,,2009-06,2011,'
  fires assistance-before-party 'assistance_targets,2,"a1,1"' "$a" 'assistance_targets+a1,1,XAA,,15,'
  near assistance-before-party "$a" 'assistance_targets+a1,1,XAA,,15,' 'assistance:s/2009-06/[2009-06-01..2010-01-01]/'
  near assistance-before-party "$a" 'assistance_targets+a1,1,,AFR,15,'
  fires target-of-no-one 'assistance_targets,2,"a1,1"' "$a" 'assistance_targets+a1,1,,,15,'
  near target-of-no-one "$a" 'assistance_targets+a1,1,,AFR,15,' 'assistance_targets+a1,2,XAA,,15,'
  fires assistance-without-target 'assistance,2,a1' "$a"
  near assistance-without-target "$a" 'assistance_targets+a1,1,XAA,,15,'
  fires target-of-another-region 'assistance_targets,2,"a1,1"' "$a" 'assistance_targets+a1,1,XAA,APG,15,'
  near target-of-another-region "$a" 'assistance_targets+a1,1,XAA,AFR,15,' 'assistance_targets+a1,2,,APG,15,'
  fires assistance-twice 'assistance,3,a2' "$a" 'assistance+a2,Fictional topic,Fictional Agency,,2009-06,2011,'
  near assistance-twice "$a" 'assistance+a2,Fictional topic,Fictional Agency,,2009-06,2012,'
}

@test "codes that differ in case or spaces" {
  check codes-differ-in-case-or-spaces 'states+xaa,Another,,'
  same "$rows" "warning,codes-differ-in-case-or-spaces,states,7,xaa,'xaa' and 'XAA' differ only in case or spaces"
  check codes-differ-in-case-or-spaces 'needs+FIC-1-XAA,15,1 ,training,made up'
  same "$rows" "warning,codes-differ-in-case-or-spaces,needs,5,\"FIC-1-XAA,15,1 ,training\",'1 ' and '1' differ only in case or spaces"
  near codes-differ-in-case-or-spaces 'states+XAF,Another,,' 'needs+FIC-1-XAB,15,1 ,training,made up' 'needs+FIC-1-XAA,16,1 ,training,made up'
  fires spaces-around-a-code 'ta_types,4,travel ' 'ta_types+travel ,Travel'
  fires spaces-around-a-code $'ta_types,4,\u00a0travel' $'ta_types+\u00a0travel,Travel'
  near spaces-around-a-code 'ta_types+study travel,Travel'
}

@test "labels and published figures" {
  fires label-of-unknown-code 'labels,2,"state,XAZ,fr"' 'labels+state,XAZ,fr,Etat'
  near label-of-unknown-code 'labels+state,XAA,fr,Etat' 'labels+milestone,started,fr,x' 'labels+chapter,II,fr,x' 'labels+chart,XAZ,fr,x'
  fires published-metric-not-computed 'published,2,"2019,all,happiness,all,all"' 'published+2019,all,happiness,all,all,1,,'
  fires published-metric-not-computed 'published,2,"2019,all,good_practices_XAA_chapter_ii,all,all"' \
    'published+2019,all,good_practices_XAA_chapter_ii,all,all,1,,'
  fires published-metric-not-computed 'published,2,"2019,all,transparency_pledge_signatories,all,all"' \
    'published+2019,all,transparency_pledge_signatories,all,all,1,,'
  near published-metric-not-computed 'published+2019,FIC-1,reviews_completed,all,all,1,,' \
    'published+2019,FIC-1,good_practices_XAA_chapter_II,all,all,1,,'
  fires published-after-as-of 'published,2,"2021,all,reviews,all,all"' 'published+2021,all,reviews,all,all,1,,'
  near published-after-as-of 'published+2020,all,reviews,all,all,1,,'
}

# Reviews of 24 more States, whose self-assessments take 1 to 2 months
many() {
  made_up_package made-up
  for i in $(seq 24); do
    printf 'X%02d,Fictional State,AFR,\n' "$i" >>made-up/states.csv
    printf 'FIC-1-X%02d,FIC-1,2018,X%02d,,,,,,,\n' "$i" "$i" >>made-up/reviews.csv
    printf 'FIC-1-X%02d,started,2018-03-01,made up\nFIC-1-X%02d,self_assessment,2018-04-%02d,made up\n' "$i" "$i" "$i" >>made-up/events.csv
  done
}

@test "implausible delays: a year mistyped, and one that is only late" {
  many
  run_tool -0 irm-check -d made-up --only implausible-delay
  same "$output" 'severity,rule,table,line,key,message'
  sed -i 's/^FIC-1-X07,self_assessment,2018-/FIC-1-X07,self_assessment,2021-/' made-up/events.csv
  sed -i 's/"as_of": "2020/"as_of": "2022/' made-up/datapackage.json
  run_tool -0 irm-check -d made-up --only implausible-delay
  [[ ${lines[1]} == 'warning,implausible-delay,events,30,"FIC-1-X07,self_assessment","1133 days; of 27 reviews the median is '* ]]
  [ "${#lines[@]}" -eq 2 ]
  sed -i 's/^FIC-1-X07,self_assessment,2021-04/FIC-1-X07,self_assessment,2018-06/' made-up/events.csv
  run_tool -0 irm-check -d made-up --only implausible-delay
  [ "${#lines[@]}" -eq 1 ]
}

@test "implausible delays: 19 finished reviews are too few" {
  many
  sed -i 's/"as_of": "2020/"as_of": "2022/' made-up/datapackage.json
  sed -i 's/^FIC-1-X07,self_assessment,2018-/FIC-1-X07,self_assessment,2021-/' made-up/events.csv
  sed -i '/^FIC-1-X1[0-4],self_assessment/d;/^FIC-1-XA.,self_assessment/d' made-up/events.csv
  run_tool -0 irm-check -d made-up --only implausible-delay
  [ "${#lines[@]}" -eq 1 ]
  sed -i 's/^FIC-1-X14,started,/FIC-1-X14,self_assessment,2018-04-14,made up\n&/' made-up/events.csv
  run_tool -0 irm-check -d made-up --only implausible-delay
  [ "${#lines[@]}" -eq 2 ]
}

# The reviews and stages that irm-delays --each has a beginning and an end of, and no days
contradictory() {
  "$BIN/irm-delays" -d "$1" --each >each.csv
  sqlite3 -csv :memory: ".import --csv each.csv e" \
    "SELECT review, stage FROM e WHERE began <> '' AND ended <> '' AND days = '' ORDER BY 1, 2" | tr -d '\r'
}

@test "every contradictory observation that irm-delays leaves out is reported" {
  for seed in 1 2 3 4 5 6; do
    rm -rf generated
    irm-sim -o generated --seed "$seed" --states 60
    # cut some reviews off in the middle of their events
    sed -i "/^FIC-[12]-X[A-F][B$seed-9D],/s/,\([^,]*\),\([^,]*\)\$/,\1,2012-06-01/" generated/reviews.csv
    sed -i "/^FIC-[12]-X[A-F]C,/s/,\([^,]*\),\([^,]*\)\$/,2013-03-01,\2/" generated/reviews.csv
    contradictory generated >wanted
    [ "$(wc -l <wanted)" -gt 3 ]
    "$BIN/irm-check" -d generated -f csv >found.csv || [ $? -eq 1 ]
    while IFS=, read -r review stage; do
      from=$(sed -n "s/^FICTION,$stage,[0-9]*,\([^,]*\),.*/\1/p" generated/milestones.csv)
      grep -qE "^error,(milestones-out-of-order|event-after-[a-z-]*|date-in-the-future),events,[0-9]+,\"$review,($stage|$from)\"" found.csv || {
        echo "seed $seed: $review $stage is not reported"
        return 1
      }
    done <wanted
  done
}

@test "a database gives the same, without lines" {
  irm-load -d records.db "$ROOT/datasets/fictional"
  run_tool -1 irm-check -d "$ROOT/datasets/fictional"
  from_folder=$(sed -E 's/^([a-z]+,[a-z-]+,[a-z_]+),[0-9]+,/\1,,/' <<<"$output")
  run_tool -1 irm-check -d records.db
  same "$output" "$from_folder"
}

@test "exit status: 1 with an error only; the worst come first" {
  made_up_package made-up
  run_tool -0 irm-check -d made-up
  same "$(cut -d, -f1 <<<"$output" | uniq | tail -n +2)" "$(printf 'note')"
  sed -i 's/2018-04-15/2018-02-28/' made-up/events.csv
  run_tool -1 irm-check -d made-up -v
  [[ ${lines[1]} == 'error,milestones-out-of-order,events,3,"FIC-1-XAA,self_assessment","dated 2018-02-28, and '"'started', which comes before it, 2018-03-01\"" ]]
  contains "$stderr" 'irm-check: note: 1 errors, 0 warnings, '
  run_tool -0 irm-check -d made-up --ignore milestones-out-of-order
}

@test "--as-of: the day that the records speak of, or a session" {
  made_up_package made-up
  echo 'session,body,name,starts,ends,place,symbol' >made-up/sessions.csv
  echo 's1,IRG,First,2019-06-01,2019-06-05,,' >>made-up/sessions.csv
  run_tool -1 irm-check -d made-up --as-of s1 --only date-in-the-future
  same "$(sed 1d <<<"$output" | cut -d, -f3-5)" 'events,15,"FIC-1-XAE-b
events,16,"FIC-2-XAA
reviews,6,FIC-1-XAE'
  run_tool -2 irm-check -d made-up --as-of never
}

@test "--only and --ignore: rules by name, the nearest for one that is none" {
  made_up_package made-up
  run_tool -0 irm-check -d made-up --only state-without-region,two-live-reviews --ignore two-live-reviews
  [ "${#lines[@]}" -eq 2 ]
  run_tool -2 irm-check -d made-up --only state-without-regions
  same "$stderr" "irm-check: there is no rule 'state-without-regions' (did you mean 'state-without-region'?)"
  run_tool -2 irm-check -d made-up --ignore nonsense-of-sorts-and-more
  contains "$stderr" 'irm-check --list shows them'
  run_tool -2 irm-check -d made-up --only two-live-reviews --ignore two-live-reviews
  same "$stderr" 'irm-check: no rule is left to run'
}

@test "--list: over 30 rules, each once, with a severity, a reason and a test" {
  run_tool -0 irm-check --list -f csv
  [ "${#lines[@]}" -gt 40 ]
  same "${lines[0]}" 'rule,severity,tables,reason,paragraph'
  while IFS=, read -r rule severity _; do
    [[ $rule =~ ^[a-z-]+$ && $severity =~ ^(error|warning|note)$ ]]
    [ "$rule" = implausible-delay ] || [ "$rule" = symbol-of-two-documents ] ||
      [ "$rule" = codes-differ-in-case-or-spaces ] || grep -q "fires $rule " "$BATS_TEST_FILENAME"
    [ "$rule" = implausible-delay ] || grep -q "near $rule" "$BATS_TEST_FILENAME"
  done < <(sed 1d <<<"$output")
  same "$(sed 1d <<<"$output" | cut -d, -f1 | sort | uniq -d)" ''
}

@test "--list in the manual: the same rules" {
  same "$(irm-check --list -f csv | sed 1d | cut -d, -f1 | sort)" \
    "$(sed -n '/^.SH RULES/,/^.SH /s/^\.B \([a-z-]*\)$/\1/p' "$ROOT/tools/irm-check.1" | sort)"
}

@test "--explain: what a rule looks at, what to do, what it rests on" {
  run_tool -0 irm-check --explain need-out-of-scope
  same "${lines[0]}" 'need-out-of-scope (error, needs)'
  contains "$output" 'rests on: Conference of the States Parties'
  run_tool -0 irm-check --explain two-live-reviews
  contains "$output" 'rests on: no paragraph that was seen'
  run_tool -2 irm-check --explain two-live
  for rule in $(irm-check --list -f csv | sed 1d | cut -d, -f1); do
    irm-check --explain "$rule" >/dev/null
  done
}

@test "formats, a full disk, no source, a folder with faults" {
  made_up_package made-up
  run_tool -0 irm-check -d made-up -f jsonl --only state-without-region
  same "$output" '{"severity":"note","rule":"state-without-region","table":"states","line":6,"key":"XAE","message":"no region"}'
  run -4 bash -c "'$BIN/irm-check' -d made-up >/dev/full"
  run_tool -4 irm-check -d nowhere
  echo 'FIC-1-XAZ,started,2018-03-01,made up' >>made-up/events.csv
  run_tool -3 irm-check -d made-up
  contains "$stderr" 'events.csv:17:1: '
}

@test "the real packages: what their READMEs explain, and nothing else" {
  for package in uncac uncac-consent untoc upr fictional; do
    "$BIN/irm-check" -d "$ROOT/datasets/$package" >found.csv || [ $? -eq 1 ]
    sed 1d found.csv | cut -d, -f2 | sort | uniq -c | awk '{ print $2, $1 }' >found
    sed -n '/^## What irm-check says/,$s/^| `\([a-z-]*\)` | [a-z]* | \([0-9]*\) |.*/\1 \2/p' \
      "$ROOT/datasets/$package/README.md" | sort >explained
    diff -u explained found || { echo "$package"; return 1; }
  done
}
