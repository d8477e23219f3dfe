#!/usr/bin/env bats
# irm: runs the tools.
load helper

@test "irm NAME is irm-NAME, by its path and on PATH" {
  same "$("$BIN/irm" rates -d "$ROOT/datasets/upr" --by cycle)" "$("$BIN/irm-rates" -d "$ROOT/datasets/upr" --by cycle)"
  same "$(irm status -d "$ROOT/datasets/upr")" "$(irm-status -d "$ROOT/datasets/upr")"
  run_tool -2 irm rates --regoin
  contains "$stderr" "irm-rates: there is no option '--regoin'"
}

@test "--help names every tool that is built" {
  run_tool -0 irm --help
  for tool in "$BIN"/irm-*; do
    contains "$output" "  ${tool##*/irm-} "
  done
  run_tool -0 irm --version
  contains "$output" "irm (irmkit) "
}

@test "an unknown command: status 2, and the nearest" {
  run_tool -2 irm delay
  contains "$stderr" "irm: there is no command 'delay' (did you mean 'delays'?)"
  run_tool -2 irm
  contains "$stderr" "irm: expected a command"
}

@test "a tool that is not there: status 4" {
  cp "$BIN/irm" .
  run -4 ./irm rates
  contains "$output" "irm: cannot run irm-rates"
}
