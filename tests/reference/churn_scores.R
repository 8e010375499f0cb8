# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Lines of calibration and Kolmogorov-Smirnov p values for tests/churn/, from R alone.
# Rscript tests/reference/churn_scores.R CHURN_FOLDER, which holds telco_logit_test_scores.csv
line <- function(p, y) {
  fit <- glm(y ~ qlogis(p), family = binomial, control = glm.control(epsilon = 1e-15, maxit = 100))
  cat(sprintf("%.17g", c(coef(fit), sqrt(diag(vcov(fit))))), "\n")
}
telco <- read.csv(file.path(commandArgs(TRUE)[1], "telco_logit_test_scores.csv"))
line(telco$p, telco$y)  # its errors are those of the step before the last: see churn_scores.py
line(c(.05, .1, .1, .2, .2, .2, .3, .4, .4, .5, .6, .6, .7, .8, .9, .9, .95, .99, .02, .5),
     c(0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0))
line(c(1e-300, 1e-12, .3, .999999999999, .5, .2, 1e-5), c(0, 1, 0, 1, 1, 0, 0))
known <- ks.test(c(1, 2, 2, 3, 5, 5, 5, 8), c(0, 1, 2, 2, 3, 3, 4, 6, 7), exact = FALSE)
cat(sprintf("%.17g", known$p.value), "\n")
