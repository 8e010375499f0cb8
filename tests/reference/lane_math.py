#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Prints the coefficients of include/credence/clv/detail/lane_math.hpp: polynomials through Chebyshev's points.

    python3 tests/reference/lane_math.py        (needs mpmath)
"""
from mpmath import cos, exp, log, lu_solve, matrix, mp, mpf, nstr, pi, sqrt

mp.dps = 40


def through_chebyshev_points(function, first, last, degree):
    count = degree + 1
    powers, values = matrix(count, count), matrix(count, 1)
    for row in range(count):
        x = (first + last) / 2 + (last - first) / 2 * cos(pi * (2 * row + 1) / (2 * count))
        for column in range(count):
            powers[row, column] = x**column
        values[row] = function(x)
    return [nstr(coefficient, 18) for coefficient in lu_solve(powers, values)]


def of_log(square):
    f = sqrt(square)
    return (log((1 + f) / (1 - f)) / f - 2) / square


reach = log(mpf(2)) / 2 + mpf("1e-4")
print("(e^r - 1 - r) / r^2:", *through_chebyshev_points(lambda r: (exp(r) - 1 - r) / r**2, -reach, reach, 9), sep="\n  ")
widest = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.001")
print("(log((1 + f)/(1 - f))/f - 2) / f^2:", *through_chebyshev_points(of_log, mpf(0), widest, 6), sep="\n  ")
