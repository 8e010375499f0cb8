# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# The same questions of a million customers, in R: CPU seconds, median and least.
# usage: write_subjects | Rscript benchmarks/peers/survival.R [RUNS]; needs r-cran-survival
suppressMessages(library(survival))
runs <- max(1, as.integer(commandArgs(TRUE)[1]), na.rm = TRUE)
subjects <- read.csv(file("stdin"))
cat("R", as.character(getRversion()), "survival", as.character(packageVersion("survival")), nrow(subjects), "rows\n")
measure <- function(name, work) {
  seconds <- replicate(runs, { gc(); before <- proc.time(); answer <<- work(); sum((proc.time() - before)[1:2]) })
  cat(sprintf("%-24s %8.3f %8.3f   %.16g\n", name, median(seconds), min(seconds), answer))
}
cat(sprintf("%-24s %8s %8s\n", "", "median", "least"))
measure("survfit", function() summary(survfit(Surv(day, left) ~ 1, subjects), times = 365)$surv)
measure("survdiff, two groups", function() survdiff(Surv(day, left) ~ x1, subjects)$chisq)
measure("concordance", function()
  concordance(Surv(day, left) ~ x5, subjects, reverse = TRUE)$concordance)
