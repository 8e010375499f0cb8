# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
#
# Reference values of the survey metrics under designs, from R's survey package (4.1-1 when they were made):
#   Rscript tests/reference/survey_family.R
# The rows are those of tests/survey/asked.hpp. Strata are drawn with replacement; clusters are nested in them.
suppressMessages(library(survey))
options(digits = 15)
rows <- read.table(header = TRUE, text = "
ease  a  b  c  spent orders outcome weight stratum cluster
7     5  4 NA  120.5  3     0       1.5    1       1
6     4  4  5   80    2     0       2.0    1       1
2     1  2  3   15.25 1     1       1.0    1       2
5    NA  5  4  200    4     0       2.5    1       2
7     5  5  5   60    2     2       0.5    1       3
4     3  3  2    0    0     3       3.0    2       4
1     1 NA  1   42    1     5       1.0    2       4
6     4  3  4  310    6     0       1.0    2       5
3     2  2 NA   18    2     4       2.0    2       5
7     5  4  4   99.9  3     6       1.0    3       6
5     4  5  3   75    1     0       4.0    3       6
6     3  4  5  130    5     5       1.25   3       7
4     2  3  4   20    1     1       0.75   3       7
")
designs <- list(
  plain = svydesign(~1, data = rows, weights = rep(1, nrow(rows))),
  weighted = svydesign(~1, data = rows, weights = ~weight),
  strata = svydesign(~1, data = rows, weights = ~weight, strata = ~stratum),
  clusters = svydesign(~cluster, data = rows, weights = ~weight, strata = ~stratum)
)
show <- function(name, value, error) cat(sprintf("%-24s %.15g %.15g\n", name, value, error))
for (name in names(designs)) {
  design <- designs[[name]]
  design <- update(design,
    top = ifelse(ease >= 5, 1, 0), net = ifelse(ease >= 5, 1, 0) - ifelse(ease <= 3, 1, 0),
    answered = ifelse(outcome %in% c(0, 1), 1, 0), asked = ifelse(outcome == 6, 0, ifelse(outcome == 5, .5, 1)),
    blanks = (is.na(a) + is.na(b) + is.na(c)) / 3,
    ta = ifelse(is.na(a), 0, a >= 4), tb = ifelse(is.na(b), 0, b >= 4), tc = ifelse(is.na(c), 0, c >= 4),
    na = ifelse(is.na(a), 0, (a >= 4) - (a < 3)), nb = ifelse(is.na(b), 0, (b >= 4) - (b < 3)),
    nc = ifelse(is.na(c), 0, (c >= 4) - (c < 3)),
    ha = !is.na(a), hb = !is.na(b), hc = !is.na(c)
  )
  for (of in c("ease", "top", "net", "blanks")) {
    found <- svymean(as.formula(paste("~", of)), design)
    show(paste(name, of), coef(found), SE(found))
  }
  found <- svyratio(~spent, ~orders, design)
  show(paste(name, "ratio"), coef(found), SE(found))
  found <- svyratio(~answered, ~asked, design)
  show(paste(name, "response"), coef(found), SE(found))
  index <- function(tops, what) {
    # All ratios of three by three totals and their covariances; those of each item with itself are the shares.
    found <- svyratio(tops, ~ ha + hb + hc, design, covmat = TRUE)
    own <- c(1, 5, 9)
    show(paste(name, what), mean(as.vector(coef(found))[own]), sqrt(sum(vcov(found)[own, own])) / 3)
  }
  index(~ ta + tb + tc, "trust")
  index(~ na + nb + nc, "net trust")
}
