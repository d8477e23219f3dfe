#!/bin/sh
# The main job with irmkit: ours.sh PACKAGE OUT.  Loads, four tables, six charts.
set -eu
package=$1
cd "$2"
db=irm.db
rm -f "$db"
irm-load -q -d "$db" "$package"
irm-status -d "$db" --by region >status.csv
irm-delays -d "$db" --by region --total >delays.csv
irm-rates -d "$db" --by region >rates.csv
irm-assist -d "$db" --by article,region >needs.csv
irm-delays -d "$db" --each | irm-survival -q --curve --by stage,region >curves.csv
irm-plot stacked -d "$db" --x region --y reviews --group stage -o status.svg status.csv
irm-plot bars -d "$db" --x stage --y median --group region -o delays.svg delays.csv
irm-plot heatmap -d "$db" --x region --y on_time_rate --group stage -o on-time.svg delays.csv
irm-plot bars -d "$db" --x milestone --y rate --group region -o rates.svg rates.csv
irm-plot heatmap -d "$db" --x region --y rate --group article -o needs.svg needs.csv
grep '^stage\|^self_assessment,' curves.csv | irm-plot steps -d "$db" --group region -o curves.svg
