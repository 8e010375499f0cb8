# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Prints the rows of "heavy tails" in tests/clv/detail/residual.test.cpp: the discounted time that is left where the
share (1 + u)^-s is there after u. Closed forms of mpmath's incomplete gamma: with v = 1 + u,
the integral of e^(-d u) (1 + u)^-s from 0 to h is e^d d^(s-1) (Gamma(1-s, d) - Gamma(1-s, d (1+h)))."""

import mpmath

mpmath.mp.dps = 50
for s in ("0.001", "0.5", "1", "1.7", "30"):
    for delta in ("1e-8", "0.001", "1", "10"):
        for horizon in ("1", "52", "1e9", "inf"):
            shape, d = mpmath.mpf(s), mpmath.mpf(delta)
            rest = mpmath.mpf(0) if horizon == "inf" else mpmath.gammainc(1 - shape, d * (1 + mpmath.mpf(horizon)))
            value = mpmath.exp(d) * d ** (shape - 1) * (mpmath.gammainc(1 - shape, d) - rest)
            named = "for_ever" if horizon == "inf" else horizon
            print(f"      {{{s}, {delta}, {named}, {mpmath.nstr(value, 18)}}},")
