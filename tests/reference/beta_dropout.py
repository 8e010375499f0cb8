#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Writes tests/clv/detail/beta_dropout_table.inc: E[(1 + pv)^-R] and E[(1 - (1 + pv)^-R) / p] over p ~ Beta(a, b), at
exactly these doubles, by integration over logit p with 40 digits around where the integrand is greatest. mpmath's
hyp2f1 is no check of the hard ones: at a = 1e4, R = 1e3 it answers 1e1683.

    python3 tests/reference/beta_dropout.py        (about two minutes; needs mpmath)
"""
from pathlib import Path

from mpmath import exp, expm1, log, log1p, loggamma, mp, mpf, nstr, quad, sqrt

mp.dps = 40

#        ahead, shape R, rate, a, b
CASES = [
    (39.0, 2.243, 43.274, 0.793, 4.426), (2.0, 0.243, 43.414, 0.793, 2.426), (39.0, 0.243, 4.414, 0.793, 2.426),
    (20.0, 0.25, 44.0, 1.0, 2.5), (20.0, 5.25, 44.0, 1.0, 7.5), (520.0, 3.25, 24.0, 1.0, 5.5),
    (20.0, 0.25, 44.0, 0.3, 0.7), (20.0, 0.25, 44.0, 0.3, 0.5), (20.0, 0.25, 44.0, 0.001, 0.001),
    (520.0, 0.25, 4.0, 2.0, 0.001), (39.0, 0.243, 1e6, 0.793, 2.426), (39.0, 0.243, 1e-6, 0.793, 2.426),
    (1e5, 1.243, 2e-6, 0.793, 3.426), (39.0, 1000.25, 104.0, 0.793, 1002.426), (39.0, 100000.25, 1004.0, 0.793, 1e5),
    (1e5, 100000.25, 1004.0, 0.793, 1e5), (39.0, 2.25, 1e9, 0.793, 4.426), (1e9, 2.25, 100.0, 0.793, 4.426),
    (1e-6, 2.25, 44.0, 0.793, 4.426), (39.0, 5.0, 100.0, 50.0, 60.0), (520.0, 5.0, 139.0, 1000.0, 3.0),
    (39.0, 0.3, 43.0, 3.0, 1000.0), (39.0, 0.3, 43.0, 0.001, 1e4), (520.0, 1000.3, 104.0, 3.0, 2000.0),
    (39.0, 50.0, 40.0, 0.5, 0.8), (39.0, 503.0, 420.0, 2.0, 8.0), (39.0, 2000.0, 49.0, 0.3, 0.2),
    (1.0, 0.25, 43.0, 1e4, 1e4), (39.0, 3.25, 24.0, 1e4, 10003.0), (520.0, 1000.25, 104.0, 100.0, 1100.0),
    (1.0, 0.001, 1.0, 20.0, 2.0), (4000.0, 0.01, 0.1, 0.5, 300.0),
]


def mean(function, a, b, tilt):
    """Of function(p) times the density, integrated in pieces of the width of density times exp(tilt(p))."""
    def log_integrand(y):
        p = 1 / (1 + exp(-y))
        return -a * log1p(exp(-y)) - b * log1p(exp(y)) + tilt(p)

    low, high = mpf(-200), mpf(200)
    for _ in range(200):  # the integrand has one top
        third = (high - low) / 3
        if log_integrand(low + third) < log_integrand(high - third):
            low += third
        else:
            high -= third
    top = (low + high) / 2
    step = mpf("1e-3")
    bend = (2 * log_integrand(top) - log_integrand(top + step) - log_integrand(top - step)) / step**2
    width = min(1 / sqrt(bend), mpf(2)) if bend > 0 else mpf(2)

    def integrand(y):
        p = 1 / (1 + exp(-y))
        return exp(-a * log1p(exp(-y)) - b * log1p(exp(y)) - constant) * function(p)

    constant = loggamma(a) + loggamma(b) - loggamma(a + b)
    ends = [top + width * place for place in range(-24, 25)]
    reach = mpf(1)
    while reach * min(a, b) < 110:
        reach *= 2
        ends += [top - 24 * width - reach * 2, top + 24 * width + reach * 2]
    return quad(integrand, sorted(set(ends)))


def main():
    lines = []
    for ahead, shape, rate, a, b in CASES:
        v, size, left, stay = mpf(ahead) / mpf(rate), mpf(shape), mpf(a), mpf(b)
        stays = mean(lambda p: exp(-size * log1p(p * v)), left, stay, lambda p: -size * log1p(p * v))
        buys = mean(lambda p: -expm1(-size * log1p(p * v)) / p, left, stay,
                    lambda p: log(-expm1(-size * log1p(p * v)) / p))
        numbers = ", ".join(repr(number) for number in (ahead, shape, rate, a, b))
        lines.append(f"{{{numbers}, {nstr(stays, 17)}, {nstr(buys, 17)}}},")
    folder = Path(__file__).resolve().parent.parent / "clv" / "detail"
    head = "// SPDX-License-Identifier: BSL-1.0\n// Copyright the credence authors\n"
    head += "// By tests/reference/beta_dropout.py: ahead, shape, rate, a, b, stays, buys.\n"
    (folder / "beta_dropout_table.inc").write_text(head + "\n".join(lines) + "\n")


main()
