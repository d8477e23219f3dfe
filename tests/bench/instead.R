# Delays and six charts in R: Rscript instead.R PACKAGE
suppressPackageStartupMessages(library(survival))
package <- commandArgs(trailingOnly = TRUE)[1]
read <- function(file) read.csv(file, na.strings = "", colClasses = "character")
records <- function(name) read(file.path(package, paste0(name, ".csv")))

events <- records("events")
events$date <- as.Date(events$date, optional = TRUE)
milestones <- records("milestones")
reviews <- merge(records("reviews"), records("states")[, c("state", "region")])
dates <- reshape(events[, c("review", "milestone", "date")], idvar = "review",
                 timevar = "milestone", direction = "wide")
all <- merge(reviews, dates, by = "review")
as_of <- max(events$date, na.rm = TRUE)
stages <- do.call(rbind, lapply(which(!is.na(milestones$from_milestone)), function(i) {
  began <- all[[paste0("date.", milestones$from_milestone[i])]]
  ended <- all[[paste0("date.", milestones$milestone[i])]]
  data.frame(stage = milestones$milestone[i], region = all$region,
             days = as.numeric(pmin(ended, as_of, na.rm = TRUE) - began), event = as.numeric(!is.na(ended)))
}))
stages <- stages[!is.na(stages$days) & stages$days >= 0, ]
fit <- survfit(Surv(days, event) ~ stage + region, stages, conf.type = "log-log")
delays <- summary(fit, rmean = "common")$table
write.csv(delays, "delays.csv")

chart <- function(name, draw) {
  svg(paste0(name, ".svg"), 10, 6)
  draw()
  invisible(dev.off())
}
cross <- function(file, value, row, column) {
  table <- read(file)
  table[[value]] <- as.numeric(table[[value]])
  xtabs(as.formula(paste(value, "~", row, "+", column)), table)
}
chart("status", function() barplot(cross("status.csv", "reviews", "stage", "region"), legend.text = TRUE))
chart("rates", function() barplot(cross("rates.csv", "rate", "region", "milestone"), beside = TRUE, legend.text = TRUE))
chart("needs", function() heatmap(cross("needs.csv", "rate", "article", "region"), Rowv = NA, Colv = NA, scale = "none"))
medians <- xtabs(delays[, "median"] ~ sub(",.*", "", rownames(delays)) + sub(".*, ", "", rownames(delays)))
chart("delays", function() barplot(medians, beside = TRUE, legend.text = TRUE))
chart("on-time", function() heatmap(medians, Rowv = NA, Colv = NA, scale = "none"))
first <- stages[stages$stage == "self_assessment", ]
chart("curves", function() plot(survfit(Surv(days, event) ~ region, first), col = 1:5))
