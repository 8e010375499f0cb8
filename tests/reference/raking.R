# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
# Values for tests/survey/weighting.test.cpp, by R's survey package (4.1-1).
suppressMessages(library(survey))
options(digits = 15)

# 400 people from the generator of Lehmer (16807, modulo 2^31 - 1), which the test runs too.
seed <- 20261124
draw <- function(below) {
  seed <<- (seed * 16807) %% 2147483647
  floor(seed / 2147483647 * below)
}
people <- do.call(rbind, lapply(1:400, function(row) {
  sex <- if (draw(100) < 63) "f" else "m"
  age <- c(0, 0, 1, 1, 1, 2, 2, 3, 3, 4)[draw(10) + 1]
  region <- c(10, 10, 20, 20, 20, 30, 40)[draw(7) + 1]
  score <- min(10, draw(8) + if (sex == "f") 3 else age)
  data.frame(sex = sex, age = age, region = region, score = score, base = 0.5 + draw(7) / 4)
}))
people$net <- (people$score >= 9) - (people$score <= 6)
sexes <- data.frame(sex = c("f", "m"), Freq = c(.52, .48) * 1000)
ages <- data.frame(age = 0:4, Freq = c(180, 240, 260, 190, 130))
regions <- data.frame(region = c(10, 20, 30, 40), Freq = c(.31, .27, .24, .18) * 1000)

show <- function(name, design) {
  w <- weights(design) / mean(weights(design))
  given <- svymean(~net, svydesign(ids = ~1, weights = w, data = people))
  cat(name, "\n first weights", format(w[1:6], digits = 15), "\n sum of squares", format(sum(w^2), digits = 15),
      "\n design effect", format(length(w) * sum(w^2) / sum(w)^2, digits = 15), "\n nps", format(100 * coef(given), digits = 15),
      "se, weights given", format(100 * SE(given), digits = 15),
      "se, targets known", format(100 * SE(svymean(~net, design)), digits = 15), "\n")
}
tight <- list(maxit = 10000, epsilon = 1e-15, verbose = FALSE)
plain <- svydesign(ids = ~1, weights = ~rep(1, 400), data = people)
based <- svydesign(ids = ~1, weights = ~base, data = people)
show("plain", plain)
show("post-stratified by region", postStratify(plain, ~region, regions))
show("post-stratified by region, base weights", postStratify(based, ~region, regions))
show("raked by sex and age", rake(plain, list(~sex, ~age), list(sexes, ages), control = tight))
show("raked by sex, age, region, base weights",
     rake(based, list(~sex, ~age, ~region), list(sexes, ages, regions), control = tight))

# The examples of ?postStratify and ?rake: schools of California, drawn by district.
data(api)
dclus1 <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
print(table(apiclus1$stype, apiclus1$sch.wide))
types <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
posted <- weights(postStratify(dclus1, ~stype, types))
raked <- weights(rake(dclus1, list(~stype, ~sch.wide), list(types, wide), control = tight))
cells <- !duplicated(apiclus1[c("stype", "sch.wide")])
print(data.frame(apiclus1[cells, c("stype", "sch.wide")], posted = format(posted[cells], digits = 15),
                 raked = format(raked[cells], digits = 15)))
