# irm-delays --trend against coxph(): its score test with exact ties is the log-rank test for trend, and its
# variance at 0 the first step's.

run_delays <- function(options) {
	output <- file.path(work, "delays.csv")
	source <- file.path(folder, "..", "..", "datasets", "fictional")
	if (system2(file.path(programs, "irm-delays"), c("-d", source, options), stdout = output) != 0)
		stop("irm-delays failed")
	read.csv(output, colClasses = "character", check.names = FALSE, na.strings = character())
}

trend_of <- function(rows, level) {
	none <- data.frame(ratio = NA_real_, ratio_lo = NA_real_, ratio_hi = NA_real_, chisq = NA_real_,
			   df = NA_real_, p = NA_real_)
	if (length(unique(rows$year)) < 2 || sum(rows$event) == 0)
		return(none)
	fit <- suppressWarnings(coxph(Surv(days, event) ~ year, rows, ties = "exact", init = 0,
				      control = coxph.control(iter.max = 0)))
	# against the ends expected in each year, the later ones have more or fewer
	sign <- sign(sum(residuals(fit, "martingale") * rows$year))
	se <- sqrt(fit$var[1, 1])
	slope <- sign * sqrt(fit$score) * se
	z <- qnorm(1 - (1 - level) / 2)
	data.frame(ratio = exp(slope), ratio_lo = exp(slope - z * se), ratio_hi = exp(slope + z * se),
		   chisq = fit$score, df = 1, p = pchisq(fit$score, 1, lower.tail = FALSE))
}

each <- run_delays("--each")
each <- each[each$days != "" & each$event != "" & each$year != "", ]
for (column in c("days", "event", "year"))
	each[[column]] <- as.numeric(each[[column]])

check_trend <- function(keys, level) {
	by <- if (length(keys)) c("--by", paste(keys, collapse = ",")) else character()
	found <- run_delays(c("--trend", "--level", level, by))
	expected <- do.call(rbind, lapply(seq_len(nrow(found)), function(i) {
		rows <- each[each$stage == found$stage[i], ]
		for (key in keys)
			rows <- rows[rows[[key]] == found[[key]][i], ]
		cbind(n = nrow(rows), done = sum(rows$event),
		      first_year = if (nrow(rows)) min(rows$year) else NA_real_,
		      last_year = if (nrow(rows)) max(rows$year) else NA_real_, trend_of(rows, level))
	}))
	compare(paste("trend", toString(keys)), found[names(expected)], expected)
}
check_trend(character(), 0.95)
check_trend("cycle", 0.8)
check_trend(c("cycle", "region"), 0.95)
