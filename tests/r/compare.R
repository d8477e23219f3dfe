# Runs a program on a table and compares what it prints, column by column, with what R computes.

programs <- arguments[2]
work <- arguments[3]
counts <- new.env()
counts$passed <- 0
counts$failed <- 0

# The table that a program prints for `data`; every column as text.
run_program <- function(program, options, data) {
	input <- file.path(work, "input.csv")
	output <- file.path(work, "output.csv")
	text <- data
	for (name in names(text))
		if (is.numeric(text[[name]]))
			text[[name]] <- ifelse(is.na(text[[name]]), "", sprintf("%.0f", text[[name]]))
	write.csv(text, input, row.names = FALSE, quote = FALSE, na = "")
	status <- system2(file.path(programs, program), c(options, input), stdout = output)
	if (status != 0)
		stop(program, " ended with status ", status)
	read.csv(output, colClasses = "character", check.names = FALSE, na.strings = character())
}

# Programs print 10 significant digits, so up to 5e-10 of a number is rounding; 1e-9 leaves as much
# again for two ways of summing. 1e-15 lets differences of numbers near 1 be 0 in one of the two.
is_near <- function(found, expected)
	ifelse(is.na(found) | is.na(expected), is.na(found) & is.na(expected),
	       abs(found - expected) <= 1e-9 * abs(expected) + 1e-15)

fail <- function(name, ...) {
	counts$failed <- counts$failed + 1
	if (counts$failed <= 20)
		cat("r: ", name, ": ", ..., "\n", sep = "")
}

# One test a column of `expected`; keys are compared as text.
compare <- function(name, found, expected) {
	if (!identical(names(found), names(expected)))
		return(fail(name, "expected columns ", toString(names(expected)), ", found ",
			    toString(names(found))))
	if (nrow(found) != nrow(expected))
		return(fail(name, "expected ", nrow(expected), " rows, found ", nrow(found)))
	for (column in names(expected)) {
		right <- expected[[column]]
		if (is.logical(right)) # all unknown
			right <- as.numeric(right)
		same <- if (is.numeric(right)) is_near(as.numeric(found[[column]]), right)
			else found[[column]] == right
		if (all(same)) {
			counts$passed <- counts$passed + 1
			next
		}
		row <- which(!same)[1]
		fail(name, column, " in row ", row, " and ", sum(!same) - 1, " more: expected ",
		     format(right[row], digits = 15), ", found ", found[[column]][row])
	}
}
