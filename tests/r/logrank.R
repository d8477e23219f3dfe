# irm-survival --test, --trend, --pairwise, --strata, --rho against survdiff().

expand <- function(rows) rows[rep(seq_len(nrow(rows)), rows$count), ]

test_row <- function(chisq, df)
	data.frame(chisq = chisq, df = df, p = pchisq(chisq, df, lower.tail = FALSE))
no_test <- data.frame(chisq = NA_real_, df = NA_real_, p = NA_real_)

# survdiff() knows no counts: rows as often as they count.
survdiff_row <- function(rows, rho, strata = FALSE) {
	formula <- if (strata) Surv(days, event) ~ key + strata(part) else Surv(days, event) ~ key
	test <- tryCatch(survdiff(formula, data = expand(rows), rho = rho), error = function(e) NULL)
	if (is.null(test))
		return(no_test)
	expected <- if (is.matrix(test$exp)) rowSums(test$exp) else test$exp
	df <- sum(expected > 0) - 1
	if (df < 1) no_test else test_row(test$chisq, df)
}

# Tarone's trend from what survdiff() gives.
trend_row <- function(rows, rho, scores, strata = FALSE) {
	formula <- if (strata) Surv(days, event) ~ key + strata(part) else Surv(days, event) ~ key
	test <- survdiff(formula, data = expand(rows), rho = rho)
	difference <- if (is.matrix(test$obs)) rowSums(test$obs - test$exp) else test$obs - test$exp
	test_row(sum(scores * difference)^2 / drop(scores %*% test$var %*% scores), 1)
}

# The sums over the days written out, for late entries and counts that no survdiff() holds.
plain_logrank <- function(rows, rho) {
	keys <- sort(unique(rows$key))
	entry <- if (is.null(rows$entry)) rep(-1, nrow(rows)) else
		ifelse(is.na(rows$entry) | rows$entry == 0, -1, rows$entry)
	difference <- expected <- numeric(length(keys))
	variance <- matrix(0, length(keys), length(keys))
	open <- 1
	for (day in sort(unique(rows$days[rows$event == 1]))) {
		risk <- sapply(keys, function(k) sum(rows$count[rows$key == k & rows$days >= day & entry < day]))
		ended <- sapply(keys, function(k)
			sum(rows$count[rows$key == k & rows$days == day & rows$event == 1]))
		n <- sum(risk)
		d <- sum(ended)
		weight <- open^rho
		difference <- difference + weight * (ended - d * risk / n)
		expected <- expected + d * risk / n
		if (n > 1)
			variance <- variance + weight^2 * d * (n - d) / (n - 1) *
				(diag(risk / n) - outer(risk, risk) / n^2)
		open <- open * (1 - d / n)
	}
	list(expected = expected, difference = difference, variance = variance)
}

plain_row <- function(rows, rho) {
	sums <- plain_logrank(rows, rho)
	keep <- which(sums$expected > 0)[-1]
	if (length(keep) == 0)
		return(no_test)
	chisq <- tryCatch(drop(sums$difference[keep] %*% solve(sums$variance[keep, keep, drop = FALSE],
		sums$difference[keep])), error = function(e) NULL)
	if (is.null(chisq)) no_test else test_row(chisq, length(keep))
}

check_tests <- function(name, rows, scores) {
	if (is.null(rows$count))
		rows$count <- 1
	for (rho in 0:1) {
		options <- c("--by", "key", "--rho", rho)
		label <- paste(name, "rho", rho)
		compare(paste(label, "--test"), run_program("irm-survival", c("--test", options), rows),
			survdiff_row(rows, rho))
		compare(paste(label, "--trend"), run_program("irm-survival", c("--trend", options), rows),
			trend_row(rows, rho, scores))
		if (is.null(rows$part))
			next
		compare(paste(label, "--strata"),
			run_program("irm-survival", c("--test", "--strata", "part", options), rows),
			survdiff_row(rows, rho, TRUE))
		compare(paste(label, "--trend --strata"),
			run_program("irm-survival", c("--trend", "--strata", "part", options), rows),
			trend_row(rows, rho, scores, TRUE))
	}
}

check_pairwise <- function(name, rows, method, rho) {
	if (is.null(rows$count))
		rows$count <- 1
	keys <- sort(unique(rows$key), method = "radix")
	pairs <- t(combn(keys, 2))
	tests <- do.call(rbind, apply(pairs, 1, function(pair)
		survdiff_row(rows[rows$key %in% pair, ], rho), simplify = FALSE))
	compare(paste(name, "--pairwise", method, "rho", rho),
		run_program("irm-survival", c("--by", "key", "--pairwise", method, "--rho", rho), rows),
		cbind(key_1 = as.character(pairs[, 1]), key_2 = as.character(pairs[, 2]), tests,
		      p_adjusted = p.adjust(tests$p, if (method == "bh") "BH" else "holm")))
}

with_part <- function(rows, part) {
	rows$part <- part
	rows
}

lung_rows <- rows_of(lung$time, lung$status == 2, lung$ph.ecog)
check_tests("lung by ph.ecog", lung_rows, 0:3)
check_tests("veteran by celltype",
	with_part(rows_of(veteran$time, veteran$status, as.character(veteran$celltype)), veteran$trt), 1:4)
check_tests("colon by rx", with_part(data_sets[["colon by rx"]], death$extent), 1:3)
check_tests("rotterdam by grade", with_part(rows_of(rotterdam$dtime, rotterdam$death, rotterdam$grade),
	rotterdam$meno), 2:3)
check_tests("flchain by group", rows_of(flchain$futime, flchain$death, flchain$flc.grp), 1:10)
check_tests("two strata of two groups", data.frame(key = c("a", "b", "a", "b", "a", "b"),
	days = c(1, 2, 3, 3, 5, 4), event = c(1, 1, 0, 1, 1, 1), count = c(4, 3, 2, 5, 1, 7),
	part = c(1, 1, 1, 2, 2, 2)), 1:2)
for (method in c("holm", "bh")) {
	for (rho in 0:1) {
		check_pairwise("veteran", data_sets[["veteran by celltype"]], method, rho)
		check_pairwise("flchain", rows_of(flchain$futime, flchain$death, flchain$flc.grp), method, rho)
	}
}

# Random groups with ties everywhere; a group may expect nothing, or all end on one day.
for (case in 1:150) {
	n <- sample(3:30, 1)
	rows <- data.frame(days = sample(0:9, n, replace = TRUE), event = rbinom(n, 1, 0.6),
			   count = sample(c(1, 1, 2, 7), n, replace = TRUE),
			   key = sample(c("a", "b", "c"), n, replace = TRUE))
	for (rho in 0:1)
		compare(paste("at random", case, "rho", rho),
			run_program("irm-survival", c("--test", "--by", "key", "--rho", rho), rows),
			survdiff_row(rows, rho))
}

no_tests <- list(
	"one group" = data.frame(key = 1, days = 1:4, event = 1),
	"all on one day" = data.frame(key = c(1, 1, 2, 2), days = 5, event = 1),
	"all censored" = data.frame(key = c(1, 1, 2, 2), days = 3:6, event = 0),
	"one row" = data.frame(key = 1, days = 3, event = 1),
	"groups that never meet" = data.frame(key = c(1, 1, 2, 2), days = c(1, 2, 1, 2), event = 1,
					      part = c(1, 1, 2, 2)))
for (name in names(no_tests))
	for (option in c("--test", "--trend"))
		compare(paste(name, option), run_program("irm-survival", c(option, "--by", "key",
			if (!is.null(no_tests[[name]]$part)) c("--strata", "part")), no_tests[[name]]), no_test)
compare("no event in a group", run_program("irm-survival", c("--test", "--by", "key"),
	data.frame(key = c(1, 1, 1, 2, 2), days = c(1, 2, 4, 3, 5), event = c(1, 1, 1, 0, 0))),
	survdiff_row(data.frame(key = c(1, 1, 1, 2, 2), days = c(1, 2, 4, 3, 5), event = c(1, 1, 1, 0, 0),
				count = 1), 0))

# Counts of 1e9: a difference of 1e-5 of the group.
large <- data.frame(key = rep(1:3, each = 4), days = c(10, 20, 30, 40, 10, 20, 30, 40, 10, 20, 30, 40),
	event = c(1, 1, 1, 0), count = c(1e9, 2e9, 1e9, 3e9, 1.00005e9, 2e9, 1e9, 3e9, 1, 3, 2, 5))
for (rho in 0:1)
	compare(paste("counts of 1e9, rho", rho),
		run_program("irm-survival", c("--test", "--by", "key", "--rho", rho), large),
		plain_row(large, rho))

# Late entries: the sums written out, and the score test of coxph(), which for exact ties is log-rank's.
for (case in 1:40) {
	n <- sample(10:40, 1)
	rows <- data.frame(entry = sample(0:5, n, replace = TRUE), days = 0, event = rbinom(n, 1, 0.7),
			   count = 1, key = sample(1:3, n, replace = TRUE))
	rows$days <- rows$entry + sample(1:9, n, replace = TRUE)
	for (rho in 0:1)
		compare(paste("entries", case, "rho", rho),
			run_program("irm-survival", c("--test", "--by", "key", "--rho", rho), rows),
			plain_row(rows, rho))
}
late <- mgus2[mgus2$age * 12 < mgus2$age * 12 + mgus2$futime, ]
late <- data.frame(entry = round(late$age * 12), days = round(late$age * 12 + late$futime),
	event = late$death, key = late$sex, count = 1)
for (rho in 0:1)
	compare(paste("mgus2 on the scale of age, rho", rho),
		run_program("irm-survival", c("--test", "--by", "key", "--rho", rho), late), plain_row(late, rho))
graft_rows <- data.frame(entry = floor(heart$start), days = ceiling(heart$stop), event = heart$event,
	key = heart$transplant)
fit <- coxph(Surv(entry, days, event) ~ key, data = graft_rows, ties = "exact")
compare("heart, coxph", run_program("irm-survival", c("--test", "--by", "key"), graft_rows),
	test_row(unname(fit$score), 1))
