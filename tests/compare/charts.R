# The three charts by ggplot2 (r-cran-ggplot2) as it draws them by default, its labels and limits asked for.
#   Rscript --vanilla charts.R TABLES OUT svg|pdf|png
suppressPackageStartupMessages(library(ggplot2))
given <- commandArgs(trailingOnly = TRUE)
format <- given[3]
read <- function(name) read.csv(file.path(given[1], paste0(name, ".csv")), na.strings = "")
page <- function(name, chart) {
  file <- file.path(given[2], paste0(name, "-ggplot2.", format))
  switch(format,
         svg = svg(file, 20, 11.25),
         pdf = cairo_pdf(file, 20, 11.25),
         png = png(file, 1920, 1080, res = 96, type = "cairo"))
  print(chart + theme_grey(base_size = 24))
  invisible(dev.off())
}

rates <- read("rates-region")
page("bars", ggplot(rates, aes(region, rate)) + geom_col() +
       geom_errorbar(aes(ymin = rate_lo, ymax = rate_hi), width = 0.3) +
       scale_y_continuous(labels = function(x) paste0(100 * x, "%")) +
       labs(title = "Completion rate by region", x = NULL, y = NULL))

curve <- read("curve-region")
page("steps", ggplot(curve, aes(time, survival, colour = region, fill = region)) +
       geom_ribbon(aes(ymin = lo, ymax = hi), alpha = 0.2, colour = NA) + geom_step() +
       labs(title = "Share still open by days", x = "Days", y = NULL))

needs <- read("assist-article-region")
needs$article <- factor(needs$article, unique(needs$article))
page("heatmap", ggplot(needs, aes(region, article, fill = rate)) + geom_tile() +
       geom_text(aes(label = round(100 * rate))) +
       labs(title = "Reviews that name a need by article and region", x = NULL, y = NULL))
