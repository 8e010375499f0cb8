# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Values of tests/survival/{concordance,aalen_johansen,gray_test}.test.cpp that the reference file does not hold.
# usage: Rscript tests/reference/survival_events.R FOLDER_OF_survival_CSVs; needs r-cran-survival and r-cran-cmprsk
suppressMessages({library(survival); library(cmprsk)})
options(digits = 15)
folder <- commandArgs(TRUE)[1]
lung <- read.csv(file.path(folder, "lung.csv"))
cat("concordance of lung ~ age, weights 1 + i %% 3\n")
lung$w <- 1 + seq_len(nrow(lung)) %% 3
found <- concordance(Surv(time, status) ~ age, lung, weights = w)
print(c(found$concordance, sqrt(found$var)))

mgus2 <- read.csv(file.path(folder, "mgus2_cr.csv"))
mgus2$ev <- factor(mgus2$ev, c("cens", "pcm", "death"))
cat("survfit of mgus2 at 12, 60, 120, 240: probabilities, errors\n")
fit <- summary(survfit(Surv(etime, ev) ~ 1, mgus2), times = c(12, 60, 120, 240))
print(cbind(fit$time, fit$pstate, fit$std.err), digits = 15)
cat("the same, entry at age %% 7 where before the time; without weights\n")
mgus2$entry <- ifelse(mgus2$age %% 7 < mgus2$etime, mgus2$age %% 7, 0)
mgus2$w <- 1 + mgus2$id %% 3
late <- mgus2[mgus2$entry < mgus2$etime, ]
fit <- summary(survfit(Surv(entry, etime, ev) ~ 1, late, id = id), times = c(12, 60, 120, 240))
print(cbind(fit$time, fit$pstate, fit$std.err), digits = 15)
cat("weights 1 + id %% 3\n")
fit <- summary(survfit(Surv(etime, ev) ~ 1, mgus2, weights = w, id = id), times = c(12, 60, 120, 240))
print(cbind(fit$time, fit$pstate, fit$std.err), digits = 15)
cat("each row as often as its weight\n")
many <- mgus2[rep(seq_len(nrow(mgus2)), mgus2$w), ]
fit <- summary(survfit(Surv(etime, ev) ~ 1, many), times = c(12, 60, 120, 240))
print(cbind(fit$time, fit$pstate, fit$std.err), digits = 15)
cat("intervals of survfit at 60, by kind\n")
for (kind in c("log", "plain", "log-log", "logit")) {
  fit <- summary(survfit(Surv(etime, ev) ~ 1, mgus2, conf.type = kind), times = 60)
  print(c(fit$lower, fit$upper), digits = 15)
}
cat("cuminc, all in one, at 12, 60, 120, 240\n")
print(timepoints(cuminc(mgus2$etime, as.integer(mgus2$ev) - 1), c(12, 60, 120, 240)), digits = 15)
cat("Gray's test: by sex; rho 1; by sex, strata of age; by four groups of age\n")
code <- as.integer(mgus2$ev) - 1
quarter <- mgus2$age %% 4
print(cuminc(mgus2$etime, code, mgus2$sex)$Tests, digits = 15)
print(cuminc(mgus2$etime, code, mgus2$sex, rho = 1)$Tests, digits = 15)
print(cuminc(mgus2$etime, code, mgus2$sex, strata = quarter)$Tests, digits = 15)
print(cuminc(mgus2$etime, code, quarter)$Tests, digits = 15)
print(cuminc(mgus2$etime, code, quarter, rho = -0.5)$Tests, digits = 15)
