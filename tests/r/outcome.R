# irm-survival --outcome against survfit() of a factor (multi-state: Aalen & Johansen).

# R's jackknife takes weights for what they are not here: rows as often as they count.
multi_fit <- function(rows, outcomes, type) {
	rows <- expand(rows)
	rows$state <- factor(ifelse(rows$event == 1, rows$kind, "open"), levels = c("open", outcomes))
	survfit(Surv(days, state) ~ 1, data = rows, conf.type = type, influence = TRUE)
}

# The figures of a point; a share of 0 has no limits, in no kind of them.
figures_at <- function(fit, k, i)
	data.frame(incidence = fit$pstate[i, k], se = fit$std.err[i, k],
		   lo = ifelse(fit$pstate[i, k] == 0, NA, fit$lower[i, k]),
		   hi = ifelse(fit$pstate[i, k] == 0, NA, fit$upper[i, k]))

# The mean days in a state and its error, from R's influence of each row on the share.
mean_in <- function(fit, k, tau) {
	keep <- fit$time <= tau
	width <- diff(c(fit$time[keep], tau))
	influence <- matrix(fit$influence.pstate[, seq_len(sum(keep)) + dim(fit$influence.pstate)[2] -
		length(fit$time), k], ncol = sum(keep))
	data.frame(rmean = sum(fit$pstate[keep, k] * width), rmean_se = sqrt(sum((influence %*% width)^2)))
}

check_outcome <- function(name, rows, type, tau = max(rows$days), means = TRUE) {
	if (is.null(rows$count))
		rows$count <- 1
	rows$kind <- as.character(rows$kind)
	outcomes <- sort(unique(rows$kind[rows$event == 1]), method = "radix")
	fit <- multi_fit(rows, outcomes, type)
	options <- c("--outcome", "kind", "--conf-type", type, "--tau", tau)
	at <- max(which(fit$time <= tau))
	found <- run_program("irm-survival", options, rows)
	expected <- do.call(rbind, lapply(seq_along(outcomes), function(k)
		cbind(outcome = outcomes[k], n = sum(rows$count),
		      events = sum(rows$count[rows$event == 1 & rows$kind == outcomes[k]]),
		      figures_at(fit, k + 1, at), mean_in(fit, k + 1, tau), tau = tau)))
	compare(paste(name, type), found, expected)
	compare(paste(name, type, "--curve"), run_program("irm-survival", c("--curve", options), rows),
		do.call(rbind, lapply(seq_along(outcomes), function(k)
			cbind(outcome = outcomes[k], time = fit$time, at_risk = fit$n.risk[, 1],
			      events = fit$n.event[, k + 1],
			      censored = if (is.matrix(fit$n.censor)) fit$n.censor[, 1] else fit$n.censor,
			      figures_at(fit, k + 1, seq_along(fit$time))))))
}

mgus <- with(mgus2, data.frame(days = ifelse(pstat == 1, ptime, futime), event = pmax(pstat, death),
	kind = ifelse(pstat == 1, "progression", "death")))
graft <- data.frame(days = transplant$futime, event = as.numeric(transplant$event != "censored"),
	kind = transplant$event)
edge_outcomes <- list(
	"one outcome" = data.frame(days = c(1, 2, 2, 3), event = c(1, 1, 0, 1), kind = "a"),
	"day 0, ties on the last day" = data.frame(days = c(0, 0, 1, 4, 4, 4), event = c(1, 0, 1, 1, 1, 0),
		kind = c("b", "", "a", "a", "b", "a")),
	"all end so" = data.frame(days = c(2, 3, 3), event = 1, kind = c("a", "b", "b")),
	"counts" = data.frame(days = c(1, 2, 3, 5), event = c(1, 1, 0, 1), kind = c("x", "y", "", "x"),
		count = c(20, 35, 4, 100)))
for (type in c("log-log", "log", "plain")) {
	check_outcome("mgus2", mgus, type)
	check_outcome("transplant", graft[!is.na(graft$days), ], type)
	for (name in names(edge_outcomes))
		check_outcome(name, edge_outcomes[[name]], type)
}
check_outcome("mgus2 to month 100", mgus, "log-log", tau = 100)
for (case in 1:40) {
	n <- sample(3:15, 1)
	check_outcome(paste("outcomes at random", case), data.frame(days = sample(0:8, n, replace = TRUE),
		event = c(1, rbinom(n - 1, 1, 0.7)), kind = sample(c("a", "b", "c"), n, replace = TRUE)), "log-log")
}
# With one outcome and late entries the share is 1 - survival, with Greenwood's error.
one <- cbind(entered_rows[["mgus2 on the scale of age"]], kind = "end")
fit <- entered_fit(cbind(one, count = 1), "log")
found <- run_program("irm-survival", c("--curve", "--outcome", "kind"), one)
open <- fit$surv > 0
compare("one outcome, entries", found[open, c("time", "at_risk", "incidence", "se")],
	data.frame(time = fit$time, at_risk = fit$n.risk, incidence = 1 - fit$surv,
		   se = fit$surv * fit$std.err)[open, ])
