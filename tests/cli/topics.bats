#!/usr/bin/env bats
# The views of topics that irm-definitions(7) names: each is run, and is what SQL counts.
load helper
load records

# The section of the page on topics, a line a line
section() {
  mandoc -T utf8 -O width=1000 "$ROOT/tools/irm-definitions.7" | sed 's/.\x08//g' |
    sed -n '/^   Topics$/,/^   Published figures$/p'
}

# commands: those of the section, as a user types them
commands() {
  section | grep -oE '^ +(irm|sqlite3) .*' | sed 's/^ *//'
}

# topics_of PACKAGE: the names of its topics
topics_of() {
  tail -n +2 "$ROOT/datasets/$1/topics.csv" | cut -d, -f 1 | sort -u
}

@test "topics: every command of the page runs, and finds something" {
  ln -s "$ROOT/datasets" datasets
  [ "$(commands | wc -l)" -ge 9 ]
  while read -r command; do
    run -0 --separate-stderr bash -c "$command"
    [[ $command == 'irm load '* ]] || [ "${#lines[@]}" -ge 2 ] || { echo "$command: $output"; false; }
  done < <(commands)
}

@test "topics: the page names those of the real package, each with a view, and the fiction has them all" {
  section | grep -oE '^ {11}[a-z][0-9a-z-]+$' | sed 's/^ *//' | grep -vx covid-19 | sort >named
  same "$(cat named)" "$(topics_of uncac)"
  while read -r topic; do
    [ "$(commands | grep -c "topic=$topic ")" -eq 1 ] || { echo "$topic: no view"; false; }
    diff <(grep "^$topic," "$ROOT/datasets/uncac/topics.csv" | cut -d, -f 3) \
      <(grep "^$topic," "$ROOT/datasets/fictional/topics.csv" | cut -d, -f 3)
  done <named
  # as the briefing has them
  for article in article-6:6 article-9:9 article-13:13 emergency-procurement:9 victims:32 victims:35 political-finance:7 \
    beneficial-ownership:12 beneficial-ownership:14 beneficial-ownership:52; do
    grep -q "^${article%:*},UNCAC,${article#*:}," "$ROOT/datasets/uncac/topics.csv"
  done
}

@test "topics: a view counts the reviews that looked at one of its articles, and those with a need there" {
  records "$ROOT/datasets/fictional"
  day=$(days_of "$ROOT/datasets/fictional" | head -n 1)
  for topic in $(topics_of uncac); do
    run_tool -0 irm-assist -d "$ROOT/datasets/fictional" --where "topic=$topic" --ci none
    wanted=$(sql <<END
WITH looked AS (SELECT DISTINCT p.review FROM placed p JOIN scope s USING (cycle) JOIN articles a ON a.chapter = s.chapter
    JOIN topics t ON t.article = a.article AND t.topic = '$topic'
  WHERE EXISTS (SELECT 1 FROM milestones m JOIN dated d ON d.review = p.review AND d.position >= m.position + 0
    AND d.last <= '$day' WHERE m.mechanism = p.mechanism AND m.releases_findings = 'yes'))
SELECT count(DISTINCT l.review), count(DISTINCT n.review), count(n.review) FROM looked l LEFT JOIN (SELECT n.review
    FROM needs n JOIN topics t ON t.article = n.article AND t.topic = '$topic'
    JOIN placed p ON p.review = n.review JOIN articles a ON a.article = n.article
    JOIN scope s ON s.cycle = p.cycle AND s.chapter = a.chapter) n USING (review)
END
    )
    same "$topic,$(cut -d, -f 2-4 <<<"${lines[1]}")" "$topic,$wanted"
  done
}

@test "topics: assistance under the pandemic's topic began in its years" {
  irm-load -q -d fic.db "$ROOT/datasets/fictional"
  [ "$(sqlite3 fic.db "SELECT count(*) FROM assistance WHERE topic = 'covid-19'")" -gt 0 ]
  same "$(sqlite3 fic.db "SELECT activity FROM t_assistance WHERE topic = 'covid-19' AND
    (starts_last < unixepoch('2020-03-11') / 86400 OR starts_first > unixepoch('2022-12-31') / 86400)")" ''
}
