#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Writes tests/math/fisher_f_table.inc; run it in the root of the repository."""
import random

import mpmath as m

m.mp.dps = 40
random.seed(5)
degrees = [0.5, 1, 2, 3, 5, 9.5, 20, 64, 137.5, 400]
rows = []
for _ in range(120):
    above, below = random.choice(degrees), random.choice(degrees)
    x = float(m.exp(random.uniform(-3, 3)))
    w = m.mpf(above) * x / (m.mpf(above) * x + below)
    try:
        lower = m.betainc(m.mpf(above) / 2, m.mpf(below) / 2, 0, w, regularized=True)
        upper = m.betainc(m.mpf(above) / 2, m.mpf(below) / 2, w, 1, regularized=True)
    except ValueError:  # mpmath did not converge
        continue
    if min(lower, upper) > m.mpf(10) ** -200 and abs(lower + upper - 1) < m.mpf(10) ** -30:
        rows.append((x, float(above), float(below), lower, upper))
with open("tests/math/fisher_f_table.inc", "w") as table:
    table.write("// x, degrees above, degrees below, P(F <= x), P(F > x): tests/reference/fisher_f_table.py, mpmath at 40 digits\n")
    for x, above, below, lower, upper in rows:
        table.write("{%r, %r, %r, %s, %s},\n" % (x, above, below, m.nstr(lower, 20), m.nstr(upper, 20)))
