# irm-survival against survfit() of R's package survival: each figure on data sets that come with it
# and on edge cases, in three kinds of limits.
suppressMessages(library(survival))

# What print(survfit) does for the median (minmin in survival:::survmean), for any quantile.
quantile_printed <- function(share, time, p) {
	tolerance <- .Machine$double.eps^0.5
	keep <- !is.na(share) & share < 1 - p + tolerance
	if (!any(keep))
		return(NA_real_)
	time <- time[keep]
	share <- share[keep]
	if (abs(share[1] - (1 - p)) < tolerance && any(share < share[1]))
		(time[1] + time[min(which(share < share[1]))]) / 2
	else
		time[1]
}

fit_of <- function(rows, type, level)
	survfit(Surv(days, event) ~ 1, data = rows, weights = rows$count, conf.type = type,
		conf.int = level)

summary_of <- function(rows, type, level, tau) {
	fit <- fit_of(rows, type, level)
	printed <- survival:::survmean(fit, rmean = tau)$matrix
	data.frame(n = sum(rows$count), events = printed[["events"]], median = printed[["median"]],
		   median_lo = printed[[8]], median_hi = printed[[9]],
		   q25 = quantile_printed(fit$surv, fit$time, 0.25),
		   q75 = quantile_printed(fit$surv, fit$time, 0.75),
		   rmean = printed[["rmean"]], rmean_se = printed[["se(rmean)"]], tau = tau)
}

curve_of <- function(rows, type, level) {
	fit <- fit_of(rows, type, level)
	data.frame(time = fit$time, at_risk = fit$n.risk, events = fit$n.event,
		   censored = fit$n.censor, survival = fit$surv, se = fit$surv * fit$std.err,
		   lo = fit$lower, hi = fit$upper)
}

# The rows of each key; keys in the order that the program gives them.
split_rows <- function(data) {
	if (is.null(data$key))
		return(list(data))
	keys <- sort(unique(data$key), method = "radix") # radix: by number, or by bytes
	lapply(keys, function(key) data[data$key == key, ])
}

with_key <- function(rows, figures) {
	if (is.null(rows$key))
		return(figures)
	cbind(key = rep(as.character(rows$key[1]), nrow(figures)), figures)
}

check_survival <- function(name, data, type, level = 0.95, tau = NULL) {
	options <- c("--conf-type", type, "--level", level, if (!is.null(data$key)) c("--by", "key"),
		     if (!is.null(tau)) c("--tau", tau))
	if (is.null(data$count))
		data$count <- 1
	groups <- split_rows(data)
	if (is.null(tau))
		tau <- min(sapply(groups, function(rows) max(rows$days)))
	name <- paste(name, type)
	compare(name, run_program("irm-survival", options, data),
		do.call(rbind, lapply(groups, function(rows)
			with_key(rows, summary_of(rows, type, level, tau)))))
	compare(paste(name, "--curve"), run_program("irm-survival", c("--curve", options), data),
		do.call(rbind, lapply(groups, function(rows)
			with_key(rows, curve_of(rows, type, level)))))
}

rows_of <- function(days, event, key = NULL) {
	rows <- data.frame(days = round(days), event = as.numeric(event))
	if (!is.null(key))
		rows$key <- if (is.factor(key)) gsub(",", "", as.character(key)) else key
	rows[complete.cases(rows), ]
}

death <- subset(colon, etype == 2)
data_sets <- list(
	lung = rows_of(lung$time, lung$status == 2),
	"lung by sex" = rows_of(lung$time, lung$status == 2, lung$sex),
	"veteran by celltype" = rows_of(veteran$time, veteran$status, veteran$celltype),
	"ovarian by rx" = rows_of(ovarian$futime, ovarian$fustat, ovarian$rx),
	"aml by x" = rows_of(aml$time, aml$status, aml$x),
	"colon by rx" = rows_of(death$time, death$status, death$rx),
	"kidney by disease" = rows_of(kidney$time, kidney$status, kidney$disease),
	"pbc by stage" = rows_of(pbc$time, pbc$status == 2, pbc$stage),
	"rotterdam by size" = rows_of(rotterdam$dtime, rotterdam$death, rotterdam$size),
	"gbsg by grade" = rows_of(gbsg$rfstime, gbsg$status, gbsg$grade),
	"mgus2 by sex" = rows_of(mgus2$futime, mgus2$death, mgus2$sex),
	"transplant by abo" = rows_of(transplant$futime, transplant$event == "ltx", transplant$abo),
	"stanford2" = rows_of(stanford2$time, stanford2$status),
	"myeloid by trt" = rows_of(myeloid$futime, myeloid$death, myeloid$trt),
	"retinopathy by trt" = rows_of(retinopathy$futime, retinopathy$status, retinopathy$trt),
	"flchain by age" = rows_of(flchain$futime, flchain$death, flchain$age)
)

# Small ones at random: ties everywhere, day 0, survival exactly at the quartiles.
set.seed(20190603)
random_rows <- do.call(rbind, lapply(1:400, function(case) {
	n <- sample(12, 1)
	data.frame(days = sample(0:8, n, replace = TRUE), event = rbinom(n, 1, 0.6),
		   count = sample(c(1, 1, 1, 2, 5), n, replace = TRUE), key = case)
}))

edge_cases <- list(
	"all censored" = data.frame(days = c(3, 5, 9), event = 0),
	"one row, ended" = data.frame(days = 7, event = 1),
	"one row, open" = data.frame(days = 7, event = 0),
	"ties on the last day" = data.frame(days = c(2, 4, 6, 6, 6), event = c(1, 1, 1, 0, 1)),
	"day 0" = data.frame(days = c(0, 0, 0, 3, 4), event = c(1, 0, 1, 1, 0)),
	"only day 0" = data.frame(days = c(0, 0), event = c(1, 0)),
	"flat at one half to the end" = data.frame(days = c(1, 2, 3, 4), event = c(1, 1, 0, 0)),
	"flat at one half, then a drop" = data.frame(days = c(1, 2, 3, 7), event = c(1, 1, 0, 1)),
	"flat at the quartiles" = data.frame(days = c(1, 5, 9, 20), event = 1),
	"limits that rise again" = data.frame(days = c(1, 2, 3, 4, 5, 60), event = c(1, 1, 1, 1, 1, 0),
					      count = c(9, 8, 7, 6, 5, 1)),
	"counts of 1e9" = data.frame(days = c(10, 20, 20, 30, 40), event = c(1, 1, 0, 1, 0),
				     count = c(1e9, 3e9, 123456789, 2e9, 7)),
	"one half but for 1 of 1e9" = data.frame(days = c(1, 5, 9), event = c(1, 1, 0),
						 count = c(5e8 - 1, 1, 5e8)),
	"one half but for 100 of 1e9" = data.frame(days = c(1, 5, 9), event = c(1, 1, 0),
						   count = c(5e8 - 100, 100, 5e8)),
	"down to 1 of 1e9" = data.frame(days = c(1, 5, 9), event = c(1, 1, 0),
					count = c(1e9 - 2, 1, 1)),
	"a day to the end of int32" = data.frame(days = c(1, 2147483647), event = c(1, 0)),
	"at random" = random_rows
)

for (type in c("log-log", "log", "plain")) {
	for (name in names(data_sets))
		check_survival(name, data_sets[[name]], type)
	for (name in names(edge_cases))
		check_survival(name, edge_cases[[name]], type)
}
check_survival("lung at 90%", data_sets$lung, "log-log", level = 0.9)
check_survival("lung at 99.9%", data_sets$lung, "log", level = 0.999)
check_survival("lung by sex to day 500", data_sets[["lung by sex"]], "log-log", tau = 500)
check_survival("lung by sex to day 2000", data_sets[["lung by sex"]], "log-log", tau = 2000)
check_survival("lung by sex to day 0", data_sets[["lung by sex"]], "log-log", tau = 0)
