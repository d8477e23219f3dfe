# irm-survival with the column entry against survfit(Surv(entry, days, event)), and --quantile.

# An entry of 0 or none is from the start, day 0 included: for R, from before it.
entered_fit <- function(rows, type) {
	rows$entry <- ifelse(is.na(rows$entry) | rows$entry == 0, -1, rows$entry)
	survfit(Surv(entry, days, event) ~ 1, data = rows, weights = rows$count, conf.type = type)
}

quantile_columns <- function(fit, shares) {
	all <- list()
	for (p in shares) {
		name <- paste0(if (p < 0.1) "q0" else "q", 100 * p)
		if (!(p %in% c(0.25, 0.75)))
			all[[name]] <- quantile_printed(fit$surv, fit$time, p)
		all[[paste0(name, "_lo")]] <- quantile_printed(fit$lower, fit$time, p)
		all[[paste0(name, "_hi")]] <- quantile_printed(fit$upper, fit$time, p)
	}
	data.frame(all, check.names = FALSE)
}

check_entry <- function(name, rows, type) {
	if (is.null(rows$count))
		rows$count <- 1
	fit <- entered_fit(rows, type)
	fit$start.time <- 0
	tau <- max(rows$days)
	printed <- survival:::survmean(fit, rmean = tau)$matrix
	options <- c("--conf-type", type)
	compare(paste(name, type), run_program("irm-survival", c(options, "--quantile", "0.05,0.9,0.25,0.975"), rows),
		data.frame(n = sum(rows$count), events = printed[["events"]], median = printed[["median"]],
			   median_lo = printed[[8]], median_hi = printed[[9]],
			   q25 = quantile_printed(fit$surv, fit$time, 0.25),
			   q75 = quantile_printed(fit$surv, fit$time, 0.75), rmean = printed[["rmean"]],
			   rmean_se = printed[["se(rmean)"]], tau = tau,
			   quantile_columns(fit, c(0.05, 0.9, 0.25, 0.975)), check.names = FALSE))
	compare(paste(name, type, "--curve"), run_program("irm-survival", c(options, "--curve"), rows),
		data.frame(time = fit$time, at_risk = fit$n.risk, events = fit$n.event,
			   censored = fit$n.censor, survival = fit$surv,
			   se = ifelse(fit$surv > 0, fit$surv * fit$std.err, NA), lo = fit$lower, hi = fit$upper))
}

entered_rows <- list(
	"mgus2 on the scale of age" = late[, c("entry", "days", "event")],
	"heart" = data.frame(entry = floor(heart$start), days = ceiling(heart$stop), event = heart$event),
	"few at first" = data.frame(entry = c(0, 3, 5, 5, NA), days = c(2, 6, 7, 9, 0), event = c(1, 1, 0, 1, 1)),
	"all at risk end early" = data.frame(entry = c(0, 3, 4), days = c(2, 6, 7), event = 1),
	"counts of 1e9" = data.frame(entry = c(0, 5, 7), days = c(6, 9, 12), event = c(1, 1, 0),
				     count = c(1e9, 2e9, 123456789)))
for (type in c("log-log", "log", "plain"))
	for (name in names(entered_rows))
		check_entry(name, entered_rows[[name]], type)
for (case in 1:60) {
	n <- sample(2:20, 1)
	rows <- data.frame(entry = sample(0:6, n, replace = TRUE), days = 0, event = rbinom(n, 1, 0.6),
			   count = sample(c(1, 1, 3), n, replace = TRUE))
	rows$days <- rows$entry + sample(1:8, n, replace = TRUE)
	check_entry(paste("entries at random", case), rows, "log-log")
}
