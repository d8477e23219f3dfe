# Called by run: folder of the scripts, folder of the programs, folder to write to.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
source(file.path(folder, "compare.R"))
source(file.path(folder, "survival.R"))
for (name in c("logrank", "entry", "outcome", "hazard"))
	source(file.path(folder, paste0(name, ".R")))
for (name in c("proportion", "compare_two", "crosstab", "trend", "smooth"))
	source(file.path(folder, paste0(name, ".R")))
cat(sprintf("r: %d passed, %d failed\n", counts$passed, counts$failed))
quit(status = as.integer(counts$failed > 0))
