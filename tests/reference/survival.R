# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Values of tests/survival that ../shared/reference/survival_r.txt lacks: weights, late entry, tests of several
# groups. R 4.2.2 with survival 3.5-3. usage: Rscript survival.R FOLDER_OF_THE_DATA
suppressMessages(library(survival))
options(digits = 16, width = 200)
folder <- commandArgs(TRUE)[1]
heart <- read.csv(file.path(folder, "heart.csv"))
lung <- read.csv(file.path(folder, "lung.csv"))
aml <- read.csv(file.path(folder, "aml.csv"))

cat("heart, by transplant, entering at start\n")
fit <- survfit(Surv(start, stop, event) ~ transplant, heart)
print(summary(fit, times = c(5, 30, 100, 500)))
print(quantile(fit, c(.25, .5)))
cat("heart, pooled: cumulative hazard, together and one by one\n")
print(summary(survfit(Surv(start, stop, event) ~ 1, heart), times = c(5, 30, 100, 500))[c("time", "n.risk", "surv", "std.err", "cumhaz", "std.chaz")])
print(summary(survfit(Surv(start, stop, event) ~ 1, heart, ctype = 2, stype = 2), times = c(5, 30, 100, 500))[c("surv", "cumhaz", "std.chaz")])

cat("lung, weights 1 + i %% 3, i from 1\n")
lung$w <- 1 + seq_len(nrow(lung)) %% 3
fit <- survfit(Surv(time, status) ~ 1, lung, weights = w, robust = FALSE)
print(summary(fit, times = c(180, 365, 700))[c("n.risk", "surv", "std.err", "lower", "upper", "cumhaz", "std.chaz")])
print(quantile(fit, .5))
print(survival:::survmean(fit, rmean = 365)$matrix)
fit <- survfit(Surv(time, status) ~ 1, lung, weights = w, robust = FALSE, ctype = 2)
print(summary(fit, times = c(180, 365, 700))[c("cumhaz", "std.chaz")])

cat("lung, ph.ecog, rho 1; and within sex\n")
print(survdiff(Surv(time, status) ~ ph.ecog, lung, rho = 1)[c("obs", "exp", "chisq")])
within <- survdiff(Surv(time, status) ~ ph.ecog + strata(sex), lung)
print(rowSums(within$obs)); print(rowSums(within$exp)); print(within$var); print(within$chisq)
print(survdiff(Surv(time, status) ~ ph.ecog + strata(sex), lung, rho = .5)$chisq)
within <- survdiff(Surv(time, status) ~ sex + strata(inst), lung)
print(within$chisq); print(within$var); print(rowSums(within$exp))

cat("quantiles on a level stretch\n")
print(quantile(survfit(Surv(1:4, rep(1, 4)) ~ 1), c(.25, .5, .75)))
print(quantile(survfit(Surv(c(1, 2, 3, 9), c(1, 1, 0, 0)) ~ 1), c(.25, .5, .75)))
