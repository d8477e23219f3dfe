# irm-proportion --compare: Newcombe's limits of a difference, the score limits of a ratio.

wilson_of <- function(x, n, level) {
	z <- qnorm(1 - (1 - level) / 2)
	p <- x / n
	root <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
	list(p = p, lo = (p + z^2 / (2 * n) - root) / (1 + z^2 / n),
	     hi = (p + z^2 / (2 * n) + root) / (1 + z^2 / n))
}

newcombe <- function(x1, n1, x2, n2, level) {
	a <- wilson_of(x1, n1, level)
	b <- wilson_of(x2, n2, level)
	d <- a$p - b$p
	c(d - sqrt((a$p - a$lo)^2 + (b$hi - b$p)^2), d + sqrt((a$hi - a$p)^2 + (b$p - b$lo)^2))
}

# The chi-squared of a ratio where p2 is the likeliest: solved from the slope of the likelihood. Where
# all of one are there, the slope loses that one's factor, and can be up to the end.
score_of_ratio <- function(x1, n1, x2, n2, ratio) {
	not1 <- n1 - x1
	not2 <- n2 - x2
	slope <- function(p2) # times what keeps it finite
		(x1 + x2) * (if (not2 > 0) 1 - p2 else 1) * (if (not1 > 0) 1 - ratio * p2 else 1) -
			not1 * ratio * p2 * (if (not2 > 0) 1 - p2 else 1) -
			not2 * p2 * (if (not1 > 0) 1 - ratio * p2 else 1)
	top <- min(1, 1 / ratio)
	p2 <- if (ratio == 1) (x1 + x2) / (n1 + n2) else if (slope(top) >= 0) top else uniroot(slope, c(0, top), tol = 1e-15 * top, maxiter = 10000)$root
	part <- function(x, n, p) if (abs(x - n * p) < 1e-12 * n) 0 else (x - n * p)^2 / (n * p * (1 - p))
	part(x1, n1, p2 * ratio) + part(x2, n2, p2)
}

score_limits <- function(x1, n1, x2, n2, level) {
	if (x1 == 0 && x2 == 0)
		return(c(NA, NA))
	z2 <- qchisq(level, 1)
	gap <- function(log_ratio) score_of_ratio(x1, n1, x2, n2, exp(log_ratio)) - z2
	at <- if (x1 == 0) log((0.5 / n1) / (x2 / n2)) else if (x2 == 0) log((x1 / n1) / (0.5 / n2)) else
		log((x1 / n1) / (x2 / n2))
	while (gap(at) > 0)
		at <- at + if (x1 == 0) -1 else 1
	end <- function(step) {
		out <- at + step
		while (gap(out) < 0)
			out <- out + step
		exp(uniroot(gap, sort(c(at, out)), tol = 1e-13, maxiter = 10000)$root)
	}
	c(if (x1 == 0) 0 else end(-0.5), if (x2 == 0) NA else end(0.5))
}

check_pairs <- function(name, pairs, level) {
	expected <- t(mapply(function(x1, n1, x2, n2) {
		ratio <- if (x2 == 0) NA else (x1 / n1) / (x2 / n2)
		c(x1 / n1 - x2 / n2, newcombe(x1, n1, x2, n2, level), ratio, score_limits(x1, n1, x2, n2, level))
	}, pairs$x1, pairs$n1, pairs$x2, pairs$n2))
	rows <- data.frame(x = c(rbind(pairs$x1, pairs$x2)), n = c(rbind(pairs$n1, pairs$n2)))
	found <- run_program("irm-proportion", c("--compare", "--level", level), rows)
	names <- c("difference", "difference_lo", "difference_hi", "ratio", "ratio_lo", "ratio_hi")
	for (i in seq_along(names)) {
		# both cancel where a limit is near 0; a solved limit has 1e-11 or so
		same <- ifelse(is.na(expected[, i]), found[[names[i]]] == "",
			       abs(as.numeric(found[[names[i]]]) - expected[, i]) <=
				       1e-9 * abs(expected[, i]) + 1e-14)
		if (all(same %in% TRUE)) {
			counts$passed <- counts$passed + 1
			next
		}
		row <- which(!(same %in% TRUE))[1]
		fail(paste(name, level), names[i], " of ", toString(pairs[row, ]), " and ", sum(!same) - 1,
		     " more: expected ", format(expected[row, i], digits = 15), ", found ",
		     found[[names[i]]][row])
	}
}

small <- expand.grid(n1 = c(1, 2, 5), n2 = c(1, 3, 4), x1 = 0:5, x2 = 0:4)
small <- small[small$x1 <= small$n1 & small$x2 <= small$n2, ]
for (level in c(0.5, 0.95, 0.999))
	check_pairs("small pairs", small, level)
set.seed(8)
n <- matrix(round(10^runif(400, 1, 4)), 200)
check_pairs("pairs at random", data.frame(x1 = rbinom(200, n[, 1], runif(200)), n1 = n[, 1],
	x2 = rbinom(200, n[, 2], runif(200)), n2 = n[, 2]), 0.95)
check_pairs("large pairs", data.frame(x1 = c(5e8, 123456789, 1e9 - 1, 300), n1 = 1e9,
	x2 = c(5e8 + 1e5, 987654321, 1e9 - 5, 200), n2 = 1e9), 0.95)
# prop.test() without correction rejects a ratio of 1 just where the limits of this level exclude it
test <- prop.test(c(56, 48), c(70, 80), correct = FALSE)
check <- run_program("irm-proportion", c("--compare", "--level", format(1 - test$p.value, digits = 17)),
	data.frame(x = c(56, 48), n = c(70, 80)))
compare("pearson's test", check["ratio_lo"], data.frame(ratio_lo = 1))
