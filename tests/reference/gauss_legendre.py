#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Prints the halves of the rules of Gauss and Legendre that include/credence/math/gauss_legendre.hpp holds: the nodes
in (0, 1/2) and their weights, from mpmath with 50 digits, by Newton's method on the Legendre polynomials.

    python3 tests/reference/gauss_legendre.py [points ...]
"""
import sys

from mpmath import mp, mpf

mp.dps = 50


def half_rule(points):
    rows = []
    for k in range(1, points // 2 + 1):
        x = mp.cos(mp.pi * (mpf(k) - mpf(1) / 4) / (points + mpf(1) / 2))
        for _ in range(60):
            below, here = mpf(1), x
            for n in range(2, points + 1):
                below, here = here, ((2 * n - 1) * x * here - (n - 1) * below) / n
            slope = points * (x * here - below) / (x * x - 1)
            step = here / slope
            x -= step
            if abs(step) < mpf(10) ** -45:
                break
        rows.append(((1 - x) / 2, 1 / ((1 - x * x) * slope * slope)))
    return rows


for chosen in map(int, sys.argv[1:] or [8, 12, 16, 24, 32, 48]):
    rows = half_rule(chosen)
    print("inline constexpr double gauss_legendre_nodes_%d[] = {%s};" % (chosen, ", ".join(mp.nstr(x, 18) for x, _ in rows)))
    print("inline constexpr double gauss_legendre_weights_%d[] = {%s};" % (chosen, ", ".join(mp.nstr(w, 18) for _, w in rows)))
