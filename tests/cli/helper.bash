# What the tests of the tools share: `load helper` at the top of each .bats file.
# BUILD (environment; else build): where the tools stand that are tested.
bats_require_minimum_version 1.5.0

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in
  /*) ;;
  *) BUILD=$ROOT/$BUILD ;;
esac
BIN=$BUILD/bin
PATH=$BIN:$PATH
export LC_ALL=C.UTF-8 TZ=UTC
unset IRM_SOURCE MAKEFLAGS MFLAGS MAKELEVEL
export ROOT BUILD BIN PATH

# Each test stands in an empty folder of its own, $BATS_TEST_TMPDIR.
setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
}

# fictional: prints a file with the records of datasets/fictional, loaded once for all tests of a file: tools
# take a tenth of the time of reading the folder. That both give the same bytes is tested apart.
fictional() {
  local file=$BATS_FILE_TMPDIR/fictional.db
  [ -e "$file" ] || irm-load -q -d "$file" "$ROOT/datasets/fictional"
  echo "$file"
}

# run_tool [-STATUS] irm-TOOL ARGUMENT...: runs a tool that was built; then $status, $output (what
# stood on stdout), $stderr and the arrays of their lines, $lines and $stderr_lines. With -STATUS
# the test fails on another exit status.
run_tool() {
  local want=()
  if [[ $1 =~ ^-[0-9]+$ ]]; then
    want=("$1")
    shift
  fi
  local tool=$1
  shift
  run "${want[@]}" --separate-stderr "$BIN/$tool" "$@"
}

# same TEXT WANTED: fails with a diff where they are not equal
same() {
  diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$1")
}

# contains TEXT PART: fails and shows the text where the part does not stand in it
contains() {
  [[ $1 == *"$2"* ]] || {
    printf "not found: '%s'\nin:\n%s\n" "$2" "$1"
    return 1
  }
}

# made_up_package DIR: a tiny valid package of a fictional mechanism, complete as at 2020-12-31.
# Cycle FIC-1 (chapter III) and FIC-2 (chapter II); four States in two regions and XAE without one;
# FIC-1-XAA done, FIC-1-XAB late, FIC-1-XAC open and overdue, FIC-1-XAD with a vague date,
# FIC-1-XAE drawn again as FIC-1-XAE-b.
made_up_package() {
  mkdir -p "$1"
  cat >"$1/datapackage.json" <<'END'
{
  "profile": "tabular-data-package",
  "name": "made-up",
  "title": "A fictional mechanism, for tests",
  "version": "1.0.0",
  "as_of": "2020-12-31",
  "resources": []
}
END
  cat >"$1/mechanisms.csv" <<'END'
mechanism,name,convention
FIC,Fictional mechanism,FCC
END
  cat >"$1/cycles.csv" <<'END'
cycle,mechanism,name,starts,ends
FIC-1,FIC,First cycle,2018-01-01,
FIC-2,FIC,Second cycle,2020-01-01,
END
  cat >"$1/scope.csv" <<'END'
cycle,chapter
FIC-1,III
FIC-2,II
END
  cat >"$1/articles.csv" <<'END'
convention,article,chapter,title
FCC,5,II,Policies
FCC,15,III,Bribery
FCC,16,III,Foreign bribery
END
  cat >"$1/milestones.csv" <<'END'
mechanism,milestone,position,from_milestone,time_limit,unit,party,releases_findings,label,source
FIC,started,1,,,,secretariat,no,Review begun,rule 1
FIC,self_assessment,2,started,2,month,state_under_review,no,Self-assessment submitted,rule 2
FIC,dialogue,3,self_assessment,3,week,joint,no,Dialogue closed,rule 3
FIC,summary_agreed,4,started,6,month,joint,yes,Summary agreed,rule 4
END
  cat >"$1/regions.csv" <<'END'
region,name,position
AFR,African States,1
APG,Asia-Pacific States,2
END
  cat >"$1/states.csv" <<'END'
state,name,region,party_since
XAA,Fictional State XAA,AFR,2010-01-01
XAB,Fictional State XAB,AFR,2010-01-01
XAC,Fictional State XAC,APG,2010-01-01
XAD,Fictional State XAD,APG,2010-01-01
XAE,Fictional State XAE,,2010-01-01
END
  cat >"$1/reviews.csv" <<'END'
review,cycle,year,state,reviewer_1,reviewer_2,reviewer_3,dialogue,replaces,discontinued,observed_until
FIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,,country_visit,,,
FIC-1-XAB,FIC-1,2018,XAB,XAA,XAD,,country_visit,,,
FIC-1-XAC,FIC-1,2019,XAC,XAD,XAA,,joint_meeting,,,
FIC-1-XAD,FIC-1,2019,XAD,XAC,XAB,,none,,,
FIC-1-XAE,FIC-1,2018,XAE,XAA,XAB,,,,2019-06-30,
FIC-1-XAE-b,FIC-1,2019,XAE,XAC,XAB,,online_visit,FIC-1-XAE,,
FIC-2-XAA,FIC-2,2020,XAA,XAC,XAD,,,,,
END
  cat >"$1/events.csv" <<'END'
review,milestone,date,source
FIC-1-XAA,started,2018-03-01,made up
FIC-1-XAA,self_assessment,2018-04-15,made up
FIC-1-XAA,dialogue,2018-05-04,made up
FIC-1-XAA,summary_agreed,2018-08-31,made up
FIC-1-XAB,started,2018-03-01,made up
FIC-1-XAB,self_assessment,2018-06-15,made up
FIC-1-XAB,dialogue,2018-08-01,made up
FIC-1-XAB,summary_agreed,2019-02-01,made up
FIC-1-XAC,started,2019-03-01,made up
FIC-1-XAC,self_assessment,2019-04-30,made up
FIC-1-XAD,started,2019-03-01,made up
FIC-1-XAD,self_assessment,2019-04,made up
FIC-1-XAE,started,2018-03-01,made up
FIC-1-XAE-b,started,2019-07-01,made up
FIC-2-XAA,started,2020-12-01,made up
END
  cat >"$1/ta_types.csv" <<'END'
type,name
training,Training
drafting,Drafting of laws
END
  cat >"$1/needs.csv" <<'END'
review,article,paragraph,type,source
FIC-1-XAA,15,1,training,made up
FIC-1-XAA,15,2,training,made up
FIC-1-XAB,16,all,drafting,made up
END
}
