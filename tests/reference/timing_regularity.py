#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""timing_regularity.py cdnow_sample_log.csv: the numbers of CDNOW in tests/clv/timing_regularity.test.cpp, from the
formulas of docs/reference/timing-regularity.md. Student's quantile is of mpmath."""
import csv
import datetime
import math
import sys

import mpmath

days = {}
with open(sys.argv[1], encoding="ascii") as log:
    for row in csv.DictReader(log):
        days.setdefault(row["id"], set()).add(datetime.date.fromisoformat(row["date"]).toordinal())
customers = []
for bought in days.values():
    times = sorted(bought)
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    pairs = [(gaps[at], gaps[at + 1]) for at in range(0, len(gaps) - 1, 2)]
    if pairs:
        customers.append((math.fsum((one / (one + two) - 0.5) ** 2 for one, two in pairs), len(pairs)))
number = len(customers)
squares = math.fsum(own for own, _ in customers)
pairs = sum(count for _, count in customers)
spread = squares / pairs
deviations = math.fsum((own - spread * count) ** 2 for own, count in customers)
error = math.sqrt(number / (number - 1) * deviations) / squares
degrees = number - 1


def tail(t):
    return mpmath.betainc(degrees / 2, 0.5, 0, degrees / (degrees + t * t), regularized=True) / 2


quantile = float(mpmath.findroot(lambda t: tail(t) - 0.025, 1.96))
k = (1 - 4 * spread) / (8 * spread)
print("pairs", pairs, "customers", number)
print("k", repr(k), "standard error", repr(error / (8 * spread)))
print("interval", [repr(0.125 / (spread * math.exp(way * quantile * error)) - 0.5) for way in (1, -1)])
print("p", float(2 * tail(abs(math.log(12 * spread)) / error)))
