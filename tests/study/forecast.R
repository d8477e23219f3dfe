# How good irm-forecast is on mechanisms that are not made as it thinks, and on real records.
# Rscript tests/study/forecast.R [MECHANISMS] [DRAWS] prints the tables of tests/study/forecast.md; BUILD: where the tools
# are.
#
# The generator: log-normal steps, accelerated (not proportional hazards) by region, by a pace of each State that all its
# reviews share, by a drift of the calendar year (a slope and a random walk) and by cycle.
arguments <- commandArgs(TRUE)
mechanisms <- if (length(arguments) > 0) as.integer(arguments[1]) else 120L
draws <- if (length(arguments) > 1) arguments[2] else "300"
tool <- file.path(Sys.getenv("BUILD", "build"), "bin", "irm-forecast")
milestones <- c("started", "focal_point", "self_assessment", "desk_review", "dialogue", "report_agreed")
day <- function(text) as.integer(as.Date(text))
last_day <- day("2022-12-31")

backtest <- function(package, period, ...) {
  out <- tempfile(fileext = ".csv")
  status <- system2(tool, c("-d", package, "--backtest", period, "--draws", draws, "--each", "-o", out, ...))
  stopifnot(status == 0)
  read.csv(out)
}

# State codes XAA, XAB, ... XZZ
codes <- function(n) paste0("X", rep(LETTERS, each = 26), rep(LETTERS, 26))[seq_len(n)]

draw_review <- function(start, scale, spread, slope, walk) {
  days <- start
  for (gap in seq_along(scale)) {
    from <- days[gap]
    year <- pmin(pmax((from - day("2010-01-01")) / 365.25, 0), length(walk) - 1)
    pace <- exp(slope * year + walk[floor(year) + 1])
    days[gap + 1] <- from + round(scale[gap] * pace * exp(rnorm(1, 0, spread[gap])))
  }
  days
}

draw_mechanism <- function(folder, states, together) {
  write_to <- function(name, table) {
    write.csv(table, file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE, na = "")
  }
  regions <- c("AFR", "APG", "EEG", "GRULAC", "WEOG")
  region <- sample(regions, states, TRUE, c(54, 54, 23, 33, 29))
  region_pace <- setNames(exp(rnorm(5, 0, 0.2)), regions)
  state_pace <- exp(rnorm(states, 0, 0.4))
  slope <- rnorm(1, 0, 0.06)
  walk <- cumsum(c(0, rnorm(14, 0, 0.08)))
  medians <- c(35, 90, 80, 120, 150) * exp(rnorm(5, 0, 0.3))
  spread <- runif(5, 0.5, 0.9)
  shift <- round(rnorm(12, 0, 40))
  reviews <- events <- NULL
  for (cycle in 1:2) {
    first <- c(2010, 2015)[cycle]
    cycle_pace <- exp(rnorm(1, 0, 0.25))
    for (i in seq_len(states)) {
      review <- sprintf("C%d-%s", cycle, codes(states)[i])
      year <- first + (i - 1) %% 4
      start <- if (together) {
        day(sprintf("%d-06-15", year)) + shift[year - 2009] + sample(0:20, 1)
      } else {
        day(sprintf("%d-03-01", year)) + sample(0:300, 1)
      }
      days <- draw_review(start, medians * cycle_pace * region_pace[region[i]] * state_pace[i], spread, slope, walk)
      reviews <- rbind(reviews, data.frame(review = review, cycle = paste0("C", cycle), year = year, state = codes(states)[i]))
      events <- rbind(events, data.frame(review = review, milestone = milestones, day = days))
    }
  }
  events <- events[events$day <= last_day, ]
  dir.create(folder)
  writeLines('{"name": "study", "as_of": "2022-12-31"}', file.path(folder, "datapackage.json"))
  write_to("mechanisms", data.frame(mechanism = "M", name = "Fictional", convention = NA))
  write_to("cycles", data.frame(cycle = c("C1", "C2"), mechanism = "M", name = NA, starts = c("2010-01-01", "2015-01-01"), ends = NA))
  write_to("milestones", data.frame(mechanism = "M", milestone = milestones, position = seq_along(milestones),
    from_milestone = c(NA, "started", "started", "self_assessment", "desk_review", "started"), time_limit = c(NA, 1, 2, 1, 2, 6),
    unit = c(NA, rep("month", 5)), party = NA, releases_findings = "no", label = NA, source = NA))
  write_to("regions", data.frame(region = regions, name = NA, position = 1:5))
  write_to("states", data.frame(state = codes(states), name = NA, region = region, party_since = NA))
  write_to("reviews", cbind(reviews, reviewer_1 = NA, reviewer_2 = NA, reviewer_3 = NA, dialogue = "country_visit",
    replaces = NA, discontinued = NA, observed_until = NA))
  write_to("events", data.frame(events[, 1:2], date = format(as.Date(events$day, "1970-01-01")), source = NA))
}

# The part of each stretch lo..hi that lies in the middle `share` of 0 to 1
within <- function(lo, hi, share) {
  from <- (1 - share) / 2
  ifelse(hi > lo, pmax(0, pmin(hi, 1 - from) - pmax(lo, from)) / pmax(hi - lo, 1e-12), lo > from & lo < 1 - from)
}

# One row: coverage of the bands, and scores against the two naive methods
summarise <- function(name, rows) {
  model <- rows[rows$method == "model", ]
  crps <- tapply(rows$crps, rows$method, mean)
  pinball <- tapply(rows$pinball, rows$method, mean)
  cat(sprintf("| %s | %d | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.2f | %.2f | %.0f | %.2f | %.2f | %.2f |\n", name, nrow(model),
    100 * mean(model$actual >= model$lo50 & model$actual <= model$hi50),
    100 * mean(model$actual >= model$lo90 & model$actual <= model$hi90),
    100 * mean(within(model$pit_lo, model$pit_hi, 0.5)), 100 * mean(within(model$pit_lo, model$pit_hi, 0.9)), mean(model$expected - model$actual),
    crps[["model"]], crps[["line"]], crps[["limits"]], 100 * (1 - crps[["model"]] / crps[["line"]]),
    pinball[["model"]], pinball[["line"]], pinball[["limits"]]))
}

header <- function() {
  cat("\n| records | forecasts | cover 50 | cover 90 | pit 50 | pit 90 | bias | CRPS | line | limits | % below line | pinball | line | limits |\n")
  cat("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
}

simulate <- function(mechanisms, together) {
  found <- NULL
  for (i in seq_len(mechanisms)) {
    set.seed(1000 + i)
    states <- c(30, 60, 120, 190)[(i - 1) %% 4 + 1]
    folder <- tempfile("mechanism")
    draw_mechanism(folder, states, together)
    rows <- backtest(folder, "2011-06-30..2020-06-30", "--seed", i)
    found <- rbind(found, cbind(rows, mechanism = i, states = states))
    unlink(folder, recursive = TRUE)
  }
  found
}

# The rows that are not of nearly complete milestones
wide <- function(rows) {
  forecast <- with(rows, paste(mechanism, as_of, cycle, milestone, date))
  rows[forecast %in% forecast[rows$method == "model" & rows$hi50 - rows$lo50 > 4], ]
}

simulated <- simulate(mechanisms, FALSE)
header()
summarise(sprintf("simulated, %d mechanisms", mechanisms), simulated)
for (n in sort(unique(simulated$states))) summarise(sprintf("of %d States", n), simulated[simulated$states == n, ])
summarise("50 % band over 4 reviews wide", wide(simulated))
months <- round(as.numeric(as.Date(simulated$date) - as.Date(simulated$as_of)) / 30.44)
for (n in sort(unique(months))) summarise(sprintf("%d months on", n), simulated[months == n, ])
for (n in milestones) summarise(n, simulated[simulated$milestone == n, ])
for (n in c("C1", "C2")) summarise(paste("cycle", n), simulated[simulated$cycle == n, ])
by_mechanism <- split(simulated, simulated$mechanism)
of_single <- function(name, inside) {
  cat(sprintf("\n%s of the 90 %% band, of single mechanisms: mean %.1f, standard error %.1f, quartiles %.1f to %.1f.\n", name,
    100 * mean(inside), 100 * sd(inside) / sqrt(mechanisms), 100 * quantile(inside, 0.25), 100 * quantile(inside, 0.75)))
}
model <- lapply(by_mechanism, function(r) r[r$method == "model", ])
of_single("Coverage", sapply(model, function(r) mean(r$actual >= r$lo90 & r$actual <= r$hi90)))
of_single("Share within the level", sapply(model, function(r) mean(within(r$pit_lo, r$pit_hi, 0.9))))

# The reviews of a year begin together, within three weeks, on days that vary from year to year by 40 days (sigma).
header()
few <- max(1, mechanisms %/% 3)
simulated <- simulate(few, TRUE)
summarise(sprintf("begun together, %d mechanisms", few), simulated)
summarise("50 % band over 4 reviews wide", wide(simulated))
for (n in milestones) summarise(n, simulated[simulated$milestone == n, ])

# The generator of irm-sim: log-normal and Weibull steps, paces of States, the second cycle 1.8 times as slow and begun
# over five years; with and without faults in the records.
sim <- file.path(dirname(tool), "irm-sim")
header()
for (faults in c(FALSE, TRUE)) {
  rows <- NULL
  for (i in seq_len(max(1, mechanisms %/% 6))) {
    folder <- tempfile("sim")
    options <- c("-o", folder, "--seed", i, "--states", 150, if (!faults) "--no-faults")
    stopifnot(system2(sim, options) == 0)
    rows <- rbind(rows, backtest(folder, "2011-06-30..2022-12-31", "--seed", i))
    unlink(folder, recursive = TRUE)
  }
  name <- sprintf("irm-sim, %d mechanisms", max(1, mechanisms %/% 6))
  summarise(if (faults) paste(name, "with faults") else name, rows)
  for (n in unique(rows$cycle)) summarise(n, rows[rows$cycle == n, ])
}

header()
consent <- backtest("datasets/uncac-consent", "2005-06-30..2013-12-31", "--where", "milestone=consent")
summarise("uncac-consent", consent)
upr <- backtest("datasets/upr", "2008-12-31..2013-12-31")
for (n in unique(upr$cycle)) {
  summarise(n, upr[upr$cycle == n, ])
  for (m in unique(upr$milestone)) summarise(paste(n, m), upr[upr$cycle == n & upr$milestone == m, ])
}
