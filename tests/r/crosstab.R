# irm-crosstab against chisq.test(), fisher.test(), pchisq(ncp =) and p.adjust().

# The rows of a table of counts, shuffled; zeros left out now and then.
rows_of_table <- function(counts) {
	rows <- data.frame(a = paste0("r", c(row(counts))), b = paste0("c", c(col(counts))),
			   count = c(counts))
	rows[sample(nrow(rows)), ]
}

# The noncentrality at which the share `tail` lies above chisq, or below it.
noncentrality <- function(chisq, df, tail, above) {
	gap <- function(ncp) log(pchisq(chisq, df, ncp, lower.tail = !above)) - log(tail)
	if (if (above) gap(0) >= 0 else gap(0) <= 0)
		return(0)
	uniroot(gap, c(0, chisq + df + 10), extendInt = "yes", tol = 1e-13 * (chisq + df), maxiter = 10000)$root
}

v_limits <- function(chisq, df, most, level) {
	tail <- (1 - level) / 2
	pmin(1, sqrt(c(noncentrality(chisq, df, tail, TRUE), noncentrality(chisq, df, tail, FALSE)) / most))
}

# fisher.test() of a 2 x 2 table lists all it could be: with large counts, its two tails.
fisher_p <- function(counts) {
	if (!all(dim(counts) == 2) || sum(counts) < 1e6)
		return(fisher.test(counts, workspace = 2e7)$p.value)
	m <- sum(counts[1, ]); n <- sum(counts[2, ]); k <- sum(counts[, 1])
	centre <- round(m * k / (m + n))
	x <- max(0, k - n, centre - 2e6):min(k, m, centre + 2e6)
	d <- dhyper(x, m, n, k)
	sum(d[d <= dhyper(counts[1, 1], m, n, k) * (1 + 1e-7)])
}

# R gives p to a few units of 1e-16 of 1 less; what is printed has 10 digits. Limits are solved by both.
near <- function(found, expected, tolerance)
	is.na(found) == is.na(expected) & (is.na(expected) | abs(found - expected) <= tolerance * abs(expected) + 1e-15)

check_crosstab <- function(name, counts, level = 0.95, fisher = fisher_p(counts)) {
	test <- suppressWarnings(chisq.test(counts, correct = FALSE))
	chisq <- unname(test$statistic)
	df <- unname(test$parameter)
	most <- sum(counts) * (min(dim(counts)) - 1)
	limits <- v_limits(chisq, df, most, level)
	rows <- rows_of_table(counts)
	found <- run_program("irm-crosstab", c("-q", "--level", level), rows)
	compare(name, found[c("chisq", "df", "p", "cramers_v", "fisher_p", "fisher_method", "fisher_se")],
		data.frame(chisq = chisq, df = df, p = pchisq(chisq, df, lower.tail = FALSE),
			   cramers_v = sqrt(chisq / most), fisher_p = fisher, fisher_method = "exact",
			   fisher_se = NA_real_))
	compare_within(paste(name, "limits"), found[c("cramers_v_lo", "cramers_v_hi")],
		data.frame(cramers_v_lo = limits[1], cramers_v_hi = limits[2]), 1e-8)
	p <- 2 * pnorm(-abs(c(t(test$stdres))))
	# of 1e9 expected chisq.test() takes as many away: its residual of 5 keeps 7 digits or so
	found <- run_program("irm-crosstab", c("-q", "--cells"), rows)
	compare_within(paste(name, "--cells"), found,
		data.frame(count = c(t(counts)), expected = c(t(test$expected)),
			   residual = c(t(test$stdres)), p = p, p_adjusted = p.adjust(p, "BH")),
		if (max(counts) > 1e6) 1e-6 else 1e-8)
	compare(paste(name, "--cells"), found[c("row", "col")],
		data.frame(row = paste0("r", c(t(row(counts)))), col = paste0("c", c(t(col(counts))))))
}

compare_within <- function(name, found, expected, tolerance) {
	for (column in names(expected)) {
		if (all(near(as.numeric(found[[column]]), expected[[column]], tolerance)))
			counts$passed <- counts$passed + 1
		else
			fail(name, column, ": expected ", format(expected[[column]], digits = 15), ", found ",
			     found[[column]])
	}
}

check_crosstab("job satisfaction", matrix(c(1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11), 4)[, 1:3])
check_crosstab("tea", matrix(c(3, 1, 1, 3), 2))
check_crosstab("titanic, class and survival", apply(Titanic, c(1, 4), sum)[1:2, ])
check_crosstab("hair and eyes", apply(HairEyeColor, c(1, 2), sum)[c(1, 4), 3:4])
check_crosstab("4 x 3", matrix(c(4, 1, 7, 3, 2, 5, 1, 6, 3, 9, 2, 4), 4))
check_crosstab("2 x 5", matrix(c(3, 0, 5, 2, 1, 8, 4, 4, 0, 9), 2))
check_crosstab("a cell of 0 and one of all", matrix(c(30, 0, 0, 40), 2))
check_crosstab("independent", matrix(c(10, 20, 20, 40), 2))
check_crosstab("at 80%", matrix(c(12, 5, 7, 9), 2), level = 0.8)
check_crosstab("1e5", matrix(c(50100, 49900, 49800, 50200), 2))
check_crosstab("1e9", matrix(c(250010000, 249990000, 249995000, 250005000), 2))
check_crosstab("1e9, far from even", matrix(c(3, 40, 999999957, 1e9), 2))
for (case in 1:120) {
	rows <- sample(2:4, 1)
	columns <- sample(2:3, 1)
	made <- matrix(rpois(rows * columns, sample(c(1, 3, 6, 9), 1)), rows)
	if (all(rowSums(made) > 0, colSums(made) > 0) && any(made != made[1]))
		check_crosstab(paste("at random", case, rows, "x", columns), made)
}
for (case in 1:40)
	check_crosstab(paste("2 x 2 at random", case), matrix(rpois(4, sample(c(20, 200, 5000), 1)) + 1, 2))

# Drawn: within five of its standard errors of the exact p, which R knows of these.
drawn <- matrix(c(30, 22, 25, 18, 31, 20, 24, 27, 19, 22, 33, 21, 17, 26, 20, 29), 4)
found <- run_program("irm-crosstab", c("-q", "--seed", "7"), rows_of_table(drawn))
simulated <- fisher.test(drawn, simulate.p.value = TRUE, B = 1e6)$p.value
if (found$fisher_method == "monte-carlo" &&
    abs(as.numeric(found$fisher_p) - simulated) < 5 * as.numeric(found$fisher_se)) {
	counts$passed <- counts$passed + 1
} else {
	fail("drawn", "expected p about ", simulated, ", found ", found$fisher_p)
}

no_crosstab <- data.frame(chisq = NA_real_, df = NA_real_, p = NA_real_, cramers_v = NA_real_,
	fisher_p = NA_real_, cramers_v_lo = NA_real_, cramers_v_hi = NA_real_, fisher_method = "",
	fisher_se = NA_real_)
compare("one row", run_program("irm-crosstab", "-q", data.frame(a = "x", b = c("u", "v"), count = 3)), no_crosstab)
