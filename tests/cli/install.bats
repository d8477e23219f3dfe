#!/usr/bin/env bats
# make install, uninstall and dist, into a folder of the test's own.
load helper

# What was built with other flags (sanitizers) is not built again here
setup_file() {
  export STAGE=$BATS_FILE_TMPDIR/stage
  make -s -C "$BATS_TEST_DIRNAME/../.." BUILD="$BATS_FILE_TMPDIR/build" CFLAGS=-O0 install \
    DESTDIR="$STAGE" PREFIX=/usr >"$BATS_FILE_TMPDIR/log" 2>&1 || {
    cat "$BATS_FILE_TMPDIR/log"
    return 1
  }
}

@test "install puts programs, libraries, headers, manuals, completion and packages" {
  cd "$STAGE/usr"
  for tool in "$BIN"/irm*; do
    [ -x "bin/${tool##*/}" ]
  done
  for page in "$ROOT"/tools/*.1; do [ -f "share/man/man1/${page##*/}" ]; done
  [ -f share/man/man7/irm-definitions.7 ]
  for library in irm irmplot; do
    [ -f lib/lib$library.a ]
    [ -L lib/lib$library.so ]
    readelf -d lib/lib$library.so | grep -q "SONAME.*lib$library.so.0\]"
    [ -e lib/lib$library.so.0 ]
    [ -f lib/pkgconfig/lib$library.pc ]
  done
  [ -f include/irmkit/base/err.h ]
  [ -f include/irmkit/plots/canvas.h ]
  [ -f share/bash-completion/completions/irm ]
  [ -e share/bash-completion/completions/irm-delays ]
  for package in uncac-consent upr uncac untoc fictional; do
    [ -f share/irmkit/datasets/$package/datapackage.json ]
    [ -f share/irmkit/datasets/$package/reviews.csv ]
  done
}

@test "an installed tool finds its fellows, from anywhere" {
  cd /
  PATH=$STAGE/usr/bin:/usr/bin:/bin run -0 irm delays -d "$STAGE/usr/share/irmkit/datasets/upr" --by cycle
  contains "$output" 'as_of,cycle,stage'
}

@test "a program of one's own builds against the installed library" {
  cat >day.c <<'END'
#include <stdio.h>
#include "base/date.h"
#include "base/err.h"
int main(void)
{
	struct irm_err err = { .code = IRM_OK };
	puts(err.code == IRM_OK ? "ok" : "no");
	return 0;
}
END
  export PKG_CONFIG_PATH=$STAGE/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$STAGE
  # shellcheck disable=SC2046
  ${CC:-gcc} -std=c17 -D_POSIX_C_SOURCE=200809L -o day day.c $(pkg-config --cflags --libs libirm) -lcsv
  LD_LIBRARY_PATH=$STAGE/usr/lib run -0 ./day
  same "$output" ok
}

@test "the shared libraries need nothing that they do not name" {
  for library in irm irmplot; do
    LD_LIBRARY_PATH=$STAGE/usr/lib run ldd -r "$STAGE/usr/lib/lib$library.so"
    [ "$status" -eq 0 ]
    [[ $output != *'undefined symbol'* && $output != *'not found'* ]]
  done
}

@test "uninstall leaves nothing behind" {
  cp -a "$STAGE" gone
  make -s -C "$ROOT" BUILD="$BATS_FILE_TMPDIR/build" CFLAGS=-O0 uninstall DESTDIR="$PWD/gone" PREFIX=/usr
  run find gone ! -type d
  same "$output" ''
}

@test "dist packs what is committed" {
  git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1 || skip 'no git repository'
  run -0 make -s -C "$ROOT" BUILD="$PWD/build" dist
  run -0 tar -tzf build/irmkit-*.tar.gz
  contains "$output" /Makefile
}
