# What the tests of charts share: `load boxes` after the helper.

# Fails where two texts of a table of boxes overlap by more than half a unit, or one leaves the page
check_boxes() {
  sed 's/"[^"]*"/text/' "$1" | awk -F, -v name="$2" '
    NR == 2 { w = $4; h = $5 }
    NR > 2 { n++; x[n] = $2; y[n] = $3; r[n] = $2 + $4; b[n] = $3 + $5; t[n] = $6 " " $1 }
    END {
      for (i = 1; i <= n; i++) {
        if (x[i] < -0.5 || y[i] < -0.5 || r[i] > w + 0.5 || b[i] > h + 0.5) { bad = 1; print name ": " t[i] " leaves the page" }
        for (j = 1; j < i; j++)
          if (x[i] + 0.5 < r[j] && x[j] + 0.5 < r[i] && y[i] + 0.5 < b[j] && y[j] + 0.5 < b[i]) { bad = 1; print name ": " t[i] " over " t[j] }
      }
      if (!n) { bad = 1; print name ": no texts" }
      exit bad
    }'
}
