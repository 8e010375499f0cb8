# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
# The intervals in tests/inference/bootstrap.test.cpp, from R's boot 1.3-28.1 given the same replicates.
library(boot)
t <- sort((((1:999) * 37) %% 1000)^1.5 / 1000)
print(boot:::perc.ci(t, .95), digits = 17)
print(boot:::norm.inter(t, c(.0333, .5, .98, .0001, .9999)), digits = 17)
L <- c(-3, -1, -1, 0, 0.5, 4.5)
t0 <- 10.25
w <- qnorm(sum(t < t0) / 999); a <- sum(L^3) / (6 * sum(L^2)^1.5)
z <- w + qnorm(c(.025, .975))
print(boot:::norm.inter(t, pnorm(w + z / (1 - a * z))), digits = 17)
print(c(mean(t) - t0, sd(t)), digits = 17)
