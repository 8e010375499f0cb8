#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Values for tests/churn/: churn_scores.py CHURN_FOLDER, which holds telco_logit_test_scores.csv.

The line of calibration with its errors, by Newton's method with exact sums; the calibration error of bins of equal
count; the tail of Kolmogorov's distribution by mpmath.
"""
import csv
import math
import pathlib
import sys

import mpmath

with open(pathlib.Path(sys.argv[1], "telco_logit_test_scores.csv"), encoding="utf-8") as file:
    rows = sorted((float(row["p"]), int(row["y"])) for row in csv.DictReader(file))

odds = [math.log(p) - math.log1p(-p) for p, _ in rows]
intercept, slope = 0.0, 1.0
for _ in range(30):
    fitted = [1 / (1 + math.exp(-(intercept + slope * each))) for each in odds]
    level = math.fsum(y - chance for chance, (_, y) in zip(fitted, rows))
    tilt = math.fsum((y - chance) * each for chance, each, (_, y) in zip(fitted, odds, rows))
    zero, one, two = (math.fsum(chance * (1 - chance) * each**power for chance, each in zip(fitted, odds))
                      for power in range(3))
    determinant = zero * two - one * one
    intercept += (two * level - one * tilt) / determinant
    slope += (zero * tilt - one * level) / determinant
print("line", intercept, slope, math.sqrt(two / determinant), math.sqrt(zero / determinant))

whole, rest = divmod(len(rows), 10)
apart, at = 0.0, 0
for number in range(10):
    part = rows[at:at + whole + (number < rest)]
    at += len(part)
    apart += abs(math.fsum(y - p for p, y in part))
print("equal counts", apart / len(rows))

mpmath.mp.dps = 40
for text in "0.3 0.5 0.8 0.99 1 1.2 2 3 5".split():
    x = mpmath.mpf(text)
    if x < 1:
        tail = 1 - mpmath.sqrt(2 * mpmath.pi) / x * sum(
            mpmath.exp(-(2 * k - 1)**2 * mpmath.pi**2 / (8 * x * x)) for k in range(1, 60))
    else:
        tail = 2 * sum((-1)**(k - 1) * mpmath.exp(-2 * k * k * x * x) for k in range(1, 60))
    print("tail", text, mpmath.nstr(tail, 18))
