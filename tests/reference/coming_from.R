# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
#
# The R side of docs/how-to/coming-from.md: reads the page's rows and prints the lines that its program prints.
#   Rscript tests/reference/coming_from.R | grep -vxFf docs/how-to/coming-from.md    # prints nothing: all agree
# R 4.2.2, survey 4.1-1, psych 2.2.9, boot 1.3-28.1, as Debian 12 has them. What they have no call for is written out, or
# left out. Run from the repository's root.
suppressMessages({library(survey); library(psych); library(boot)})
page <- readLines("docs/how-to/coming-from.md")
from <- which(page == "```csv")[1]
to <- from + which(page[-(1:from)] == "```")[1]
df <- read.csv(text = page[(from + 1):(to - 1)])
df$date <- as.Date(df$date)
count <- nrow(df)
show <- function(name, ...) {
  figures <- sub("NaN", "nan", sprintf("%.6g", c(...)))
  cat(paste0(name, ": ", paste(figures, collapse = " "), "\n"))
}
z <- qnorm(.975)

# One figure.
df$net <- (df$score >= 9) - (df$score <= 6)
show("NPS", 100 * mean(df$net))
show("NPS, Wald", 100 * (mean(df$net) + c(-1, 1) * z * sqrt(mean(df$net^2) - mean(df$net)^2) / sqrt(count)))
show("mean, sd, se", mean(df$score), sd(df$score), sd(df$score) / sqrt(count))
show("mean, t", t.test(df$score)$conf.int)
show("median", median(df$stars))
show("stars", table(factor(df$stars, 1:5)))
df$top <- as.numeric(df$stars >= 4)
satisfied <- sum(df$top)
show("CSAT", mean(df$top))
show("CSAT, Wilson", prop.test(satisfied, count, correct = FALSE)$conf.int)
show("CSAT, Clopper-Pearson", binom.test(satisfied, count)$conf.int)
show("CSAT, Jeffreys", qbeta(c(.025, .975), satisfied + .5, count - satisfied + .5))

# Weights and designs.
weighted <- svydesign(~1, weights = ~weight, data = df)
top <- svymean(~top, weighted)
show("weighted share, se", coef(top), SE(top))
net <- svymean(~net, weighted)
show("weighted NPS, se", 100 * coef(net), 100 * SE(net))
show("stratified, se", SE(svymean(~score, svydesign(~1, strata = ~channel, weights = ~weight, data = df))))
designed <- svydesign(~branch, strata = ~channel, weights = ~weight, data = df, nest = TRUE)
show("stratified and clustered, se", SE(svymean(~score, designed)))
ratio <- svyratio(~score, ~stars, weighted)
show("ratio, se", coef(ratio), SE(ratio))
raked <- rake(svydesign(~1, weights = rep(1, count), data = df), list(~channel, ~branch),
              list(data.frame(channel = c("web", "store"), Freq = count * c(.4, .6)),
                   data.frame(branch = 1:3, Freq = count * c(.5, .3, .2))),
              control = list(maxit = 200, epsilon = 1e-12))
show("raked, first weight", weights(raked)[1])
show("raked NPS, design effect", 100 * coef(svymean(~net, raked)), count * sum(weights(raked)^2) / sum(weights(raked))^2)

# Groups and months.
for (channel in unique(df$channel)) {
  own <- df$score[df$channel == channel]
  show(channel, length(own), mean(own), sd(own))
}
month <- cut(df$date, "month")  # the empty one too
for (name in levels(month)) show(substr(name, 1, 7), sum(month == name), mean(df$score[month == name]))

# Tests.
web <- df$score[df$channel == "web"]
store <- df$score[df$channel == "store"]
welch <- t.test(web, store)
show("Welch", mean(web) - mean(store), welch$statistic, welch$p.value)
show("Welch, interval", welch$conf.int)
paired <- t.test(df$score, df$before, paired = TRUE)
show("paired", paired$estimate, paired$statistic, paired$p.value)
show("paired, interval", paired$conf.int)
tops <- tapply(df$top, df$channel, sum)[c("web", "store")]
sizes <- table(df$channel)[c("web", "store")]
show("two shares, p", suppressWarnings(prop.test(tops, sizes, correct = FALSE))$p.value)
wilson <- function(which) suppressWarnings(prop.test(tops[which], sizes[which], correct = FALSE))$conf.int
p <- tops / sizes
l <- c(wilson(1)[1], wilson(2)[1])
u <- c(wilson(1)[2], wilson(2)[2])
show("two shares, Newcombe", p[1] - p[2] - sqrt((p[1] - l[1])^2 + (u[2] - p[2])^2),
     p[1] - p[2] + sqrt((u[1] - p[1])^2 + (p[2] - l[2])^2))
rho <- cor.test(df$score, df$stars, method = "spearman", exact = FALSE)
show("Spearman", rho$estimate, rho$p.value)
of <- function(figure) as.vector(tapply(df$score, month, figure))
line <- lm(of(mean) ~ seq_along(levels(month)), weights = 1 / of(function(own) var(own) / length(own)))
show("WLS slope, se, p", summary(line)$coefficients[2, c(1, 2, 4)])
ranks <- cor.test(seq_len(count), df$before, method = "kendall", exact = FALSE, continuity = TRUE)
score <- sum(sapply(1:(count - 1), function(at) sum(sign(df$before[-(1:at)] - df$before[at]))))
show("Mann-Kendall S, z, p", score, ranks$statistic, ranks$p.value)
df$month <- as.integer(month)
later <- data.frame(branch = df$branch, month = df$month - 1, after = df$stars)
led <- merge(df, later)
show("linkage, one month, rho", cor(led$score, led$after, method = "spearman"), nrow(led))
p_values <- c(.01, .04, .03, .20)
show("Holm", p.adjust(p_values, "holm"))
show("Benjamini-Hochberg", p.adjust(p_values, "BH"))

# Agreement.
alpha <- psych::alpha(df[c("stars", "speed", "staff")])
show("Cronbach's alpha", alpha$total$raw_alpha, unlist(alpha$feldt[c("lower.ci", "upper.ci")]))
icc <- ICC(df[c("ann", "bob", "cy")], lmer = FALSE)$results
show("ICC(2), ICC(3)", icc$ICC[2:3])
show("ICC(2), interval", icc[2, c("lower bound", "upper bound")])
kappa <- suppressWarnings(cohen.kappa(df[c("ann", "bob")]))
show("Cohen's kappa, se", kappa$kappa, sqrt(kappa$var.kappa))
show("Cohen's kappa, quadratic", kappa$weighted.kappa)
set.seed(2026)
drawn <- boot(df$score, function(values, at) mean(values[at]), R = 9999)
show("bootstrap, se", round(sd(drawn$t), 1))

# Reviews.
show("Bayesian average", (3.5 * 25 + sum(df$stars)) / (25 + nrow(df)))
show("Wilson, lower", prop.test(9, 12, correct = FALSE)$conf.int[1])
latest <- df[!duplicated(df[c("channel", "branch")], fromLast = TRUE), ]
show("latest: count, mean", nrow(latest), mean(latest$stars))
said <- data.frame(comment = rep(0:11, 3), rater = rep(1:3, each = 12), value = unlist(df[c("ann", "bob", "cy")]))
z <- ave(said$value, said$rater, FUN = function(own) (own - mean(own)) / sqrt(mean((own - mean(own))^2)))
show("z by rater, comment 1", mean(z[said$comment == 1]))
show("additive, bob less ann", coef(lm(value ~ factor(rater) + factor(comment), said))[["factor(rater)2"]])

# Dirty answers.
dirty <- c(9, 10, NA, 11, 6)
good <- dirty[!is.na(dirty) & dirty >= 0 & dirty <= 10]
show("dirty", 100 * (mean(good >= 9) - mean(good <= 6)), length(good), sum(is.na(dirty)),
     sum(!is.na(dirty) & (dirty < 0 | dirty > 10)))
