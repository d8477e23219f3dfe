#!/bin/sh
# Rebuilds the CSV files of every package that has a build.sql from the package's from/ folder.
# build.sh           writes them beside the build.sql
# build.sh --check   builds elsewhere and compares; exit status 1 where a committed file differs
set -eu
LC_ALL=C
export LC_ALL

check=no
case "$#,${1-}" in
    0,) ;;
    1,--check) check=yes ;;
    *) echo "usage: build.sh [--check]" >&2; exit 2 ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# build NAME: the tables of the package NAME, made in $work/NAME/out
build() {
    mkdir -p "$work/$1/out"
    cp -R "$here/$1/from" "$here/$1/build.sql" "$here/names" "$work/$1/"
    # A short row is only a warning to the shell: any word on stderr counts as a failure.
    (cd "$work/$1" && sqlite3 -batch -bail -init /dev/null :memory: <build.sql) 2>"$work/$1/said" || {
        echo "build.sh: $1: build.sql failed" >>"$work/$1/said"
    }
    if [ -s "$work/$1/said" ]; then
        cat "$work/$1/said" >&2
        exit 3
    fi
    # Unknown is an empty field, never a quoted empty text.
    if grep -nE '(^|,)""(,|$)' "$work/$1"/out/*.csv >&2; then
        echo "build.sh: $1: a quoted empty field" >&2
        exit 3
    fi
}

status=0
for sql in "$here"/*/build.sql; do
    name=$(basename "$(dirname "$sql")")
    build "$name"
    if [ "$check" = no ]; then
        cp "$work/$name"/out/*.csv "$here/$name/"
        continue
    fi
    mkdir "$work/$name/committed"
    for f in "$here/$name"/*.csv; do
        if [ -e "$f" ]; then cp "$f" "$work/$name/committed/"; fi
    done
    (cd "$work/$name" && diff -r -u committed out) || status=1
done
exit "$status"
