# irm-survival --periods against the same sums written out and poisson.test().

# poisson.test() lists the outcomes for its p-value: above 1e5, what it calls for its limits.
garwood <- function(events) {
	if (events <= 1e5)
		return(poisson.test(events)$conf.int)
	c(qgamma(0.025, events), qgamma(0.975, events + 1))
}

hazards_of <- function(rows, length) {
	entry <- if (is.null(rows$entry)) 0 else ifelse(is.na(rows$entry), 0, rows$entry)
	from <- length * seq(0, max(0, ceiling(max(rows$days) / length) - 1))
	do.call(rbind, lapply(from, function(a) {
		b <- a + length
		inside <- pmax(0, pmin(rows$days, b) - pmax(entry, a))
		person_days <- sum(rows$count * inside)
		events <- sum(rows$count[rows$event == 1 & rows$days <= b & (rows$days > a | a == 0)])
		limits <- if (person_days > 0) garwood(events) / person_days else c(NA, NA)
		data.frame(from = a, to = b,
			   at_risk = sum(rows$count[entry <= a & (rows$days > a | a == 0)]),
			   person_days = person_days, events = events,
			   hazard = if (person_days > 0) events / person_days else NA_real_,
			   lo = limits[1], hi = limits[2])
	}))
}

check_hazards <- function(name, rows, length) {
	if (is.null(rows$count))
		rows$count <- 1
	compare(paste(name, "--periods", length),
		run_program("irm-survival", c("--periods", length), rows), hazards_of(rows, length))
}

for (length in c(1, 7, 30, 365, 5000)) {
	check_hazards("lung", data_sets$lung, length)
	check_hazards("entries", entered_rows$heart, length)
}
check_hazards("day 0", data.frame(days = c(0, 0, 0, 3, 4), event = c(1, 0, 1, 1, 0)), 2)
check_hazards("only day 0", data.frame(days = c(0, 0), event = c(1, 0)), 30)
check_hazards("all censored", data.frame(days = c(3, 5, 9), event = 0), 4)
check_hazards("counts", data.frame(days = c(10, 20, 30, 60), event = c(1, 1, 1, 0),
	count = c(1e9, 123456, 99999, 1e6)), 30)
check_hazards("counts of 1e9", data.frame(days = c(10, 20, 20, 30), event = c(1, 1, 0, 1),
	count = c(3e9, 1e5, 1e9, 99999)), 10)
