# irm-assist --smooth against the same integrals by integrate(), one within the other: the marginal
# likelihood with lbeta(), the mean m uniform, the shrinkage M / (M + mean n) uniform. A limit is
# right where the mixture has its tail below it. The tool sums at fixed nodes, so 1e-6.

log_likelihood <- function(m, M, x, n)
	rowSums(mapply(function(x, n)
		lbeta(m * M + x, (1 - m) * M + n - x) - lbeta(m * M, (1 - m) * M), x, n))

# The integral of the likelihood times what(m, M), over both.
both <- function(what, x, n, top) {
	over_mean <- function(B) {
		M <- mean(n) * B / (1 - B)
		f <- function(m) exp(log_likelihood(m, M, x, n) - top) * what(m, M)
		# in pieces: the top of the likelihood may be narrow
		sum(sapply(1:16, function(i) integrate(f, (i - 1) / 16, i / 16, rel.tol = 1e-9,
						       subdivisions = 400)$value))
	}
	sum(sapply(1:4, function(i) integrate(Vectorize(over_mean), (i - 1) / 4, i / 4,
					      rel.tol = 1e-7)$value))
}

smooth_is_right <- function(name, table, level) {
	x <- table$with_need
	n <- table$eligible
	means <- seq(0.001, 0.999, by = 0.001)
	top <- max(sapply(c(0.1, 1, 10, 1000), function(by)
		max(log_likelihood(means, mean(n) * by, x, n))))
	all <- both(function(m, M) 1, x, n, top)
	i <- which.max(abs(x / n - sum(x) / sum(n))) # the region that moves most
	shape <- function(m, M) list(a = m * M + x[i], b = (1 - m) * M + n[i] - x[i])
	below <- function(limit) both(function(m, M) {
		s <- shape(m, M)
		pbeta(limit, s$a, s$b)
	}, x, n, top) / all
	expected <- c(both(function(m, M) (m * M + x[i]) / (M + n[i]), x, n, top) / all,
		      (1 - level) / 2, (1 + level) / 2)
	found <- c(table$smoothed[i], below(table$smoothed_lo[i]), below(table$smoothed_hi[i]))
	# a lower limit that is printed 0 has more below it than its tail
	off <- abs(found - expected)
	if (table$smoothed_lo[i] == 0)
		off[2] <- 0
	if (any(off > 1e-6))
		return(fail(name, "expected ", toString(expected), ", found ", toString(found)))
	counts$passed <- counts$passed + 1
}

run_assist <- function(...) {
	output <- file.path(work, "smooth.csv")
	source <- file.path(folder, "../../datasets/fictional")
	status <- system2(file.path(programs, "irm-assist"),
			  c("-q", "-d", source, "--smooth", ...), stdout = output)
	if (status != 0)
		stop("irm-assist ended with status ", status)
	table <- read.csv(output)
	table[table$region != "unassigned", ]
}

smooth_cases <- list(c("--by", "article,region"), c("--by", "chapter,region"),
		     c("--by", "type,region", "--level", "0.9"),
		     c("--by", "article,region", "--as-of", "2013-06-30"))
for (options in smooth_cases) {
	table <- run_assist(options)
	level <- if ("--level" %in% options) 0.9 else 0.95
	groups <- split(table, table[[2]])
	for (group in groups[seq(1, length(groups), by = max(1, length(groups) %/% 4))])
		if (nrow(group) > 1)
			smooth_is_right(paste(c("smooth", options, group[1, 2]), collapse = " "), group,
					level)
}
