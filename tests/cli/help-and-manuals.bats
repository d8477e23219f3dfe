#!/usr/bin/env bats
# --help, --version, man page and parser of every tool say the same.
load helper

# The tools that were built, one a line
tools() {
  find "$BIN" -maxdepth 1 -type f -perm -u+x -name 'irm*' -printf '%f\n' | sort
}

# The tools with options of their own: `irm` only runs them
parsing_tools() {
  tools | grep -vx irm
}

# The long options that a tool's --help lists
help_options() {
  "$BIN/$1" --help | grep -oE '^ +(-., )?--[a-z0-9-]+' | grep -oE -e '--[a-z0-9-]+$' | sort -u
}

# A man page as plain text, unfolded
manual() {
  mandoc -T utf8 -O width=1000 "$ROOT/tools/$1" | sed 's/.\x08//g'
}

# The long options that a man page lists: those that begin a line
manual_options() {
  manual "$1.1" | grep -oE '^ +(-., +)?--[a-z0-9-]+' | grep -oE -e '--[a-z0-9-]+$' | sort -u
}

@test "there are tools, and each has its manual" {
  [ "$(tools | wc -l)" -ge 10 ]
  for tool in $(tools); do
    [ -f "$ROOT/tools/$tool.1" ] || { echo "no tools/$tool.1"; false; }
  done
  for page in "$ROOT"/tools/*.1; do
    [ -x "$BIN/$(basename "$page" .1)" ] || { echo "$page: no such tool"; false; }
  done
}

@test "--help: exit 0, usage, what it does, an example, on stdout" {
  for tool in $(tools); do
    echo "$tool"
    run_tool -0 "$tool" --help
    [ -z "$stderr" ]
    [[ ${lines[0]} == "usage: $tool"* ]]
    grep -q '^example' <<<"$output"
    grep -q "^ .*irm" <<<"$(sed -n '/^example/,$p' <<<"$output")"
    [ "$(wc -L <<<"$output")" -le 120 ]
  done
}

@test "--version: the tool, the project, the number" {
  for tool in $(tools); do
    run_tool -0 "$tool" --version
    [[ $output =~ ^$tool\ \(irmkit\)\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "$tool: $output"; false; }
  done
}

@test "--help and --version on a full disk: exit 4" {
  for tool in $(tools); do
    for option in --help --version; do
      run -4 bash -c "'$BIN/$tool' $option >/dev/full"
    done
  done
}

@test "every option of --help stands in the manual, and the other way round" {
  bad=
  for tool in $(parsing_tools); do
    diff -u --label "$tool --help" --label "$tool.1" <(help_options "$tool") <(manual_options "$tool") || bad=1
  done
  [ -z "$bad" ]
}

@test "every option of --help is one that the parser takes" {
  for tool in $(parsing_tools); do
    for option in $(help_options "$tool"); do
      run_tool "$tool" "$option" --help </dev/null
      [[ $stderr != *'there is no option'* ]] || { echo "$tool $option: $stderr"; false; }
    done
  done
}

@test "the manuals: what mandoc says of them is no warning" {
  cd "$ROOT/tools"
  run mandoc -T lint -W warning ./*.1 ./*.7
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "the manuals: name line, synopsis, exit status, an example, and the way to the definitions" {
  for tool in $(tools); do
    echo "$tool"
    page=$(manual "$tool.1")
    grep -qE "^ +$tool [–—-] " <<<"$page"
    for section in SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES; do
      grep -qx "$section" <<<"$page" || { echo "no section $section"; false; }
    done
    grep -q 'irm-definitions(7)' <<<"$page"
  done
}

@test "the summary of --help is the name line of the manual" {
  for tool in $(parsing_tools); do
    summary=$("$BIN/$tool" --help | sed -n 2p)
    contains "$(manual "$tool.1" | grep -E "^ +$tool [–—-] ")" "$summary"
  done
}

@test "every tool stands in irm-definitions(7), and nothing that is none" {
  page=$(manual irm-definitions.7)
  for tool in $(parsing_tools); do
    grep -q "$tool" <<<"$page" || { echo "irm-definitions.7 leaves out $tool"; false; }
  done
  for tool in $(grep -oE 'irm-[a-z]+' <<<"$page" | sort -u | grep -vx irm-definitions); do
    [ -x "$BIN/$tool" ] || { echo "irm-definitions.7 speaks of $tool"; false; }
  done
}

@test "an unknown option: exit 2 and the nearest one" {
  for tool in $(parsing_tools); do
    run_tool -2 "$tool" --verson
    [ -z "$output" ]
    contains "$stderr" "$tool: there is no option '--verson' (did you mean '--version'?"
  done
}

@test "an option without its value, a value where none is taken: exit 2" {
  for tool in $(parsing_tools); do
    run_tool -2 "$tool" --quiet=yes
    contains "$stderr" '--quiet takes no value'
    for option in $("$BIN/$tool" --help | grep -oE '^ +(-., )?--[a-z0-9-]+=' | grep -oE -e '--[a-z0-9-]+'); do
      run_tool -2 "$tool" "$option"
      contains "$stderr" "$option needs a value"
    done
  done
}

@test "short options are taken as the long ones, joined or apart" {
  for tool in $(parsing_tools); do
    run_tool "$tool" -q --version
    [ "$status" -eq 0 ]
    run_tool -2 "$tool" -Z
    contains "$stderr" "there is no option '-Z'"
  done
}
