# irm-proportion against prop.test(), binom.test() and qbeta().

wilson <- function(x, n, level)
	suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int)

# binom.test() lists all n outcomes for its p-value: above 1e5, what it calls for its limits.
clopper_pearson <- function(x, n, level) {
	if (n <= 1e5)
		return(binom.test(x, n, conf.level = level)$conf.int)
	tail <- (1 - level) / 2
	c(if (x == 0) 0 else qbeta(tail, x, n - x + 1),
	  if (x == n) 1 else qbeta(1 - tail, x + 1, n - x))
}

# 0 at x = 0 and 1 at x = n: Brown, Cai & DasGupta 2001, section 4.1.
jeffreys <- function(x, n, level) {
	tail <- (1 - level) / 2
	c(if (x == 0) 0 else qbeta(tail, x + 0.5, n - x + 0.5),
	  if (x == n) 1 else qbeta(1 - tail, x + 0.5, n - x + 0.5))
}

agresti_coull <- function(x, n, level) {
	z <- qnorm(1 - (1 - level) / 2)
	more <- n + z^2
	centre <- (x + z^2 / 2) / more
	half <- z * sqrt(centre * (1 - centre) / more)
	c(max(centre - half, 0), min(centre + half, 1))
}

methods <- list(wilson = wilson, "clopper-pearson" = clopper_pearson, jeffreys = jeffreys,
		"agresti-coull" = agresti_coull)
cases <- do.call(rbind, c(
	lapply(1:12, function(n) data.frame(x = 0:n, n = n)),
	lapply(c(29, 54, 121, 192, 1000, 10007, 1e5, 1e6, 1e9, 1e12), function(n)
		data.frame(x = unique(round(c(0, 1, 5, n * c(0.01, 0.3, 0.5, 0.9), n - 1, n))), n = n))))

for (method in names(methods)) {
	for (level in c(0.5, 0.9, 0.95, 0.999)) {
		limits <- mapply(methods[[method]], cases$x, cases$n, MoreArgs = list(level = level))
		compare(paste("proportion", method, level),
			run_program("irm-proportion", c("--ci", method, "--level", level), cases),
			data.frame(cases, rate = cases$x / cases$n, rate_lo = limits[1, ],
				   rate_hi = limits[2, ]))
	}
}
