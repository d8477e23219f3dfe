# The three charts by gnuplot (gnuplot-nox) as it draws them by default, its labels and limits asked for.
#   gnuplot -c charts.gp TABLES OUT svg|pdf|png     TABLES/needs.dat: the heatmap's table as a matrix
tables = ARG1; out = ARG2; ending = ARG3
if (ending eq 'svg') set terminal svg size 1920,1080 font ',24'
if (ending eq 'pdf') set terminal pdfcairo size 20in,11.25in font ',24'
if (ending eq 'png') set terminal pngcairo size 1920,1080 font ',24'
set datafile separator ','

set output out.'/bars-gnuplot.'.ending
set title 'Completion rate by region'
set style data histograms
set style histogram errorbars
set style fill solid
set yrange [0:1]
plot tables.'/rates-region.csv' using 7:8:9:xtic(2) every ::1 notitle

set output out.'/steps-gnuplot.'.ending
set title 'Share still open by days'
set xlabel 'Days'
set style fill transparent solid 0.2 noborder
plot for [r in 'AFR APG EEG GRULAC WEOG'] tables.'/curve-region.csv' \
       using (strcol(1) eq r ? $2 : NaN):8:9 every ::1 with filledcurves notitle, \
     for [r in 'AFR APG EEG GRULAC WEOG'] tables.'/curve-region.csv' \
       using (strcol(1) eq r ? $2 : NaN):6 every ::1 with steps linewidth 2 title r

set output out.'/heatmap-gnuplot.'.ending
set title 'Reviews that name a need by article and region'
unset xlabel
set autoscale
plot tables.'/needs.dat' matrix rowheaders columnheaders using 1:2:3 with image notitle, \
     '' matrix rowheaders columnheaders using 1:2:(sprintf('%.0f', 100 * $3)) with labels notitle
set output
