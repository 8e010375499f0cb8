#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Writes the accuracy tables tests/math/*_table.inc: arguments as hexadecimal doubles, and the value of the function at
exactly those doubles, from mpmath with 50 digits, rounded once to double.

    python3 tests/reference/math_tables.py [table ...]      (all of them when none is named; needs mpmath)

Every value is computed by another way than the library's: erfc, loggamma and beta are mpmath's; the incomplete beta
function is a hypergeometric series of positive terms (DLMF 8.17.8), or for large shapes a tanh-sinh integral, and where
both are feasible one is checked against the other; the incomplete gamma function likewise (DLMF 8.11.4); binomial tails are
added up term by term.
"""
import random
import sys
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 50
FOLDER = Path(__file__).resolve().parent.parent / "math"
SMALLEST = 2.2250738585072014e-308


def logarithmic(first, last, count):
    """`count` doubles from first to last, evenly spaced in their logarithm, with ragged last digits."""
    low, high = mp.log(mpf(first)), mp.log(mpf(last))
    return [float(mp.exp(low + (high - low) * k / (count - 1))) for k in range(count)]


def linear(first, last, count):
    return [float(mpf(first) + (mpf(last) - mpf(first)) * k / (count - 1)) for k in range(count)]


def invert(function, slope, start):
    """The root of an increasing function by Newton's method at 50 digits."""
    x = mpf(start)
    for _ in range(200):
        step = function(x) / slope(x)
        x -= step
        if abs(step) <= abs(x) * mpf(10) ** -40:
            return x
    raise ArithmeticError("no convergence")


def upper_tail(x):
    return mp.erfc(mpf(x) / mp.sqrt(2)) / 2


def upper_quantile(p):
    """Newton on log Q(x) = log p: concave, so it converges from anywhere."""
    if p == mpf(1) / 2:
        return mpf(0)
    if p > mpf(1) / 2:
        return -upper_quantile(1 - p)
    mp.dps += 40  # near 1/2 the root is a small difference
    try:
        return +invert(lambda x: mp.log(p) - mp.log(upper_tail(x)),
                       lambda x: mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi) / upper_tail(x), mpf(0))
    finally:
        mp.dps -= 40


def normal_tail_rows():
    points = linear(-38.4, 38.4, 161) + linear(-3.1, 3.1, 83) + logarithmic(1e-300, 1, 25)
    return [(x, upper_tail(x)) for x in points if upper_tail(x) >= SMALLEST]


def normal_quantile_rows():
    points = logarithmic(1.01e-307, 0.5, 150) + linear(0.001, 0.999, 101)
    points += [0.5 - d for d in logarithmic(1e-16, 0.3, 30)] + [0.5 + d for d in logarithmic(1e-15, 0.49, 40)]
    points += [1 - d for d in logarithmic(1.2e-16, 0.1, 30)] + [0.25, 0.75, 0.025, 0.975]
    return [(p, -upper_quantile(p)) for p in points]


def normal_critical_rows():
    points = [0.5, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 0.9999] + linear(0.01, 0.99, 99)
    points += [1 - d for d in logarithmic(1.2e-16, 0.1, 60)] + logarithmic(1e-300, 0.5, 60)
    # A confidence of 1e-300 leaves its tail that close to 1/2; the series' next term is c^3.
    return [(c, mpf(c) * mp.sqrt(mp.pi / 2) if c < 1e-20 else upper_quantile((1 - mpf(c)) / 2)) for c in points]


def log_gamma_rows():
    points = logarithmic(1e-300, 1e-3, 30) + logarithmic(1e-3, 0.4, 40) + linear(0.4, 12, 200)
    points += logarithmic(12, 1e300, 80) + [0.5, 1.5, 2.5, 10.0, 171.0, 9.9999999999999982]
    points += [c + sign * d for c in (1.0, 2.0) for sign in (-1, 1) for d in logarithmic(1e-15, 0.3, 25)]
    return [(x, mp.loggamma(mpf(x))) for x in points]


def log_beta_rows():
    mp.dps += 320  # gammas of 1e-300 next to gammas of 1e12
    try:
        sides = logarithmic(1e-300, 1e-3, 3) + logarithmic(1e-3, 1e12, 15) + [0.5, 9.99, 10.0, 1e300]
        rows = []
        for a in sides:
            for b in sides:
                rows.append((a, b, mp.loggamma(mpf(a)) + mp.loggamma(mpf(b)) - mp.loggamma(mpf(a) + mpf(b))))
        return rows
    finally:
        mp.dps -= 320


def beta_front(a, b, x):
    """x^a (1 - x)^b / B(a, b), with digits to spare for a and b of 1e12."""
    return mp.exp(a * mp.log(x) + b * mp.log1p(-x) - (mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)))


def beta_series_length(a, b, x):
    """About how many terms beta_lower_series takes: up to the largest term, and down again."""
    largest = max((x * (a + b) - a) / (1 - x), mpf(0))
    return largest + 12 * mp.sqrt((a + largest + 1) / (1 - x)) / (1 if x > 0.001 else 3)


def beta_lower_series(a, b, x):
    """I / front as a hypergeometric series of positive terms (DLMF 8.17.8)."""
    term = total = 1 / a
    n = 0
    while term > total * mpf(10) ** (8 - mp.dps):
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return total


def beta_lower_integral(a, b, x):
    """I / front as an integral down to where the density has fallen by exp(-80)."""
    slope, spread = a - (a + b) * x, 1 / mp.sqrt((a + b) * x * (1 - x))
    step = min(spread, 1 / max(slope, mpf(10) ** -300))
    points = [mpf(0)]
    y = 1 - x

    def density(t):  # t = log odds below x
        return mp.exp(-a * t - (a + b) * mp.log1p(x * mp.expm1(-t)))

    while density(points[-1]) > mp.exp(-80):
        points.append(points[-1] + 3 * step)
    return mp.quad(density, points)


def beta_sides(a, b, x):
    """I_x(a, b) and its complement."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    digits = mp.dps
    try:
        mp.dps = 400  # the other tail is 1 less the one computed: it may be 1e-300
        if min(a, b) > 1e6:
            if x * (a + b) > a:
                upper, lower = beta_sides(b, a, 1 - x)
                return lower, upper
            mp.dps = 80
            front = beta_front(a, b, x)
            mp.dps = 40
            ratio = beta_lower_integral(a, b, x)
            if max(a, b) < 1e8:  # the two formulas, against each other
                assert abs(beta_lower_series(a, b, x) / ratio - 1) < mpf(10) ** -22, (a, b, x)
            return front * ratio, 1 - front * ratio
        if beta_series_length(a, b, x) > beta_series_length(b, a, 1 - x):
            a, b, x, mirrored = b, a, 1 - x, True
        else:
            mirrored = False
        natural = x * (a + b) <= a and a >= 1  # then this tail is the smaller one
        mp.dps = 60 if natural else 400
        value = beta_front(a, b, x) * beta_lower_series(a, b, x)
        return (1 - value, value) if mirrored else (value, 1 - value)
    finally:
        mp.dps = digits


def beta_points():
    """(a, b, x) over all sizes of a and b, with x from the middle far into either tail, in units of its spread."""
    points = []
    for a in logarithmic(1e-3, 1e12, 21) + [0.5, 1.0]:
        for b in logarithmic(1.3e-3, 0.9e12, 16) + [0.5, 1.0]:
            z = random.choice([-1, 1]) * random.choice([0.01, 0.3, 1, 1, 2, 2, 3, 4, 6, 9, 15, 25, 36])
            odds = mp.log(mpf(a) / mpf(b)) + z * mp.sqrt(1 / mpf(a) + 1 / mpf(b))
            x = float(1 / (1 + mp.exp(-odds)))
            length = min(beta_series_length(a, b, mpf(x)), beta_series_length(b, a, 1 - mpf(x))) if 1e-40 < x < 1 else 0
            if 1e-300 < x < 1 and (length < 1e5 or min(a, b) > 1e6):  # the rest are tails far below 1e-300
                points.append((a, b, x))
    return points


BETA_ROWS = []


def beta_rows():
    if not BETA_ROWS:
        random.seed(20240229)
        for a, b, x in beta_points():
            lower, upper = beta_sides(a, b, x)
            if min(lower, upper) > SMALLEST * 1e5:
                BETA_ROWS.append((a, b, x, lower, upper))
    return BETA_ROWS


def moved(x, p, exact, slope):
    """The quantile of the double p, given that of the number `exact` it was rounded from."""
    return mpf(x) + (mpf(p) - exact) / slope


def beta_quantile_rows(upper_tail_given):
    rows = []
    for a, b, x, lower, upper in beta_rows():
        exact, sign = (upper, -1) if upper_tail_given else (lower, 1)
        if exact < 0.9:  # nearer to 1 the double says too little about x
            p = float(exact)
            slope = sign * beta_front(mpf(a), mpf(b), mpf(x)) / (mpf(x) * (1 - mpf(x)))
            rows.append((p, a, b, moved(x, p, exact, slope)))
    return rows


def student_t_tail(t, degrees):
    """P(T > t) for t >= 0, with the digits that a tail of 1e-300 wants."""
    t, degrees = mpf(t), mpf(degrees)
    half, square = degrees / 2, t * t
    if square < degrees * 3:  # from the middle: a series in y = t^2 / (degrees + t^2)
        y = square / (degrees + square)
        digits, mp.dps = mp.dps, 360
        try:
            front = mp.exp(half * mp.log1p(-y) + mp.log(y) / 2) / mp.beta(half, 0.5) if t > 0 else mpf(0)
            term = total = mpf(2)
            n = 0
            while term > total * mpf(10) ** -345:
                term *= y * (half + 0.5 + n) / (1.5 + n)
                total += term
                n += 1
            return (1 - front * total) / 2
        finally:
            mp.dps = digits
    lower, _ = beta_sides(half, 0.5, degrees / (degrees + square))
    return lower / 2


def student_t_points():
    points = []
    usual = [1.0, 2.0, 3.0, 4.0, 5.0, 9.0, 29.0, 2745.0]
    for degrees in logarithmic(0.01, 1e6, 24) + logarithmic(1e7, 1e15, 9) + usual:
        for _ in range(12):
            t = float(mp.exp(random.uniform(-3, 3.4)))
            if random.random() < 0.25:
                t = float(mp.exp(random.uniform(-40, 40)))
            points.append((t, degrees))
    return points


T_ROWS = []


def student_t_rows():
    if not T_ROWS:
        random.seed(20240301)
        for t, degrees in student_t_points():
            if degrees > 1000 and t > 36:
                continue
            tail = student_t_tail(t, degrees)
            if tail > SMALLEST * 1e5:
                T_ROWS.append((t, degrees, tail))
    return T_ROWS


def student_t_density(t, degrees):
    t, degrees = mpf(t), mpf(degrees)
    with mp.workdps(80):
        return mp.exp(-(degrees + 1) / 2 * mp.log1p(t * t / degrees)) / mp.sqrt(degrees) / mp.beta(degrees / 2, 0.5)


def student_t_quantile_rows():
    rows = []
    for t, degrees, tail in student_t_rows():
        p = float(tail)
        if t > 1e-3:  # nearer to 0 the double p says too little about t
            rows.append((p, degrees, moved(-t, p, tail, student_t_density(t, degrees))))
    return rows


def student_t_critical_rows():
    rows = []
    for t, degrees, tail in student_t_rows():
        exact = 1 - 2 * tail
        confidence = float(exact)
        if confidence < 0.9999:
            rows.append((confidence, degrees, moved(t, confidence, exact, 2 * student_t_density(t, degrees))))
    return rows


def binomial_rows():
    """P(X <= k) added up term by term."""
    random.seed(20240302)
    rows = []
    for trials in [1, 2, 3, 7, 20, 100, 346, 1000, 2746]:
        for p in [1e-9, 0.001, 0.05, 0.3, 0.5, 0.82, 0.975]:
            for _ in range(7):
                k = min(trials - 1, max(0, round(random.gauss(trials * p, 2 * (trials * p * (1 - p)) ** 0.5))))
                terms = [mp.binomial(trials, j) * mpf(p) ** j * (1 - mpf(p)) ** (trials - j) for j in range(trials + 1)]
                lower, upper = mp.fsum(terms[: k + 1]), mp.fsum(terms[k:])
                if (k, trials, p, lower, upper) not in rows and min(lower, upper) > 1e-290:
                    rows.append((k, trials, p, lower, upper))
    return rows


def gamma_front(a, x):
    """x^a exp(-x) / Gamma(a)."""
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a))


def gamma_lower_series(a, x):
    """P / front as a series of positive terms (DLMF 8.11.4)."""
    term = total = 1 / a
    n = 0
    while term > total * mpf(10) ** (8 - mp.dps):
        n += 1
        term *= x / (a + n)
        total += term
    return total


def gamma_tail_integral(a, x, side):
    """A tail / front as a tanh-sinh integral in log x, outwards to where the density has fallen by exp(-120)."""
    step = min(1 / mp.sqrt(x), 1 / max(abs(a - x), mpf(10) ** -300))
    points = [mpf(0)]

    def density(t):
        return mp.exp(side * a * t - x * mp.expm1(side * t))

    while density(points[-1]) > mp.exp(-120):
        points.append(points[-1] + 3 * step)
    return mp.quad(density, points)


def gamma_sides(a, x):
    """P(a, x) and Q(a, x)."""
    a, x = mpf(a), mpf(x)
    digits = mp.dps
    try:
        if max(a, x) > 2e5:
            mp.dps = 60
            side = -1 if x < a else 1
            value = gamma_front(a, x) * gamma_tail_integral(a, x, side)
            if a < 1e7:  # the two formulas, against each other
                series = gamma_front(a, x) * gamma_lower_series(a, x)
                assert abs(series / (value if side < 0 else 1 - value) - 1) < mpf(10) ** -22, (a, x)
        else:
            side = -1
            mp.dps = 60 if x < a and a >= 1 else 420  # the other tail is 1 less this one, and may be 1e-300
            value = gamma_front(a, x) * gamma_lower_series(a, x)
        return (value, 1 - value) if side < 0 else (1 - value, value)
    finally:
        mp.dps = digits


GAMMA_ROWS = []


def gamma_rows():
    """(a, x, P, Q) over all sizes of a, with x from the middle far into either tail, in units of its spread."""
    if not GAMMA_ROWS:
        random.seed(20261126)
        for a in logarithmic(1e-3, 1e4, 36) + logarithmic(3e5, 1e15, 15) + [0.5, 1.0, 2.0, 5.0, 10.0, 999.5, 1000.5]:
            for _ in range(7):
                z = random.choice([-1, 1]) * random.choice([0.01, 0.3, 1, 2, 3, 4, 6, 9, 15, 25, 36])
                x = float(mpf(a) * mp.exp(z / mp.sqrt(mpf(a))))
                if a < 1:
                    x = random.choice([x, float(mp.exp(random.uniform(-30, 6)))])
                if not 1e-300 < x < 1e300 or (1e4 < max(a, x) and x > 1.5 * a) or (a < 1e4 < x):
                    continue
                lower, upper = gamma_sides(a, x)
                if min(lower, upper) > SMALLEST * 1e5:
                    GAMMA_ROWS.append((a, x, lower, upper))
    return GAMMA_ROWS


def gamma_quantile_rows(upper_tail_given):
    rows = []
    for a, x, lower, upper in gamma_rows():
        exact, sign = (upper, -1) if upper_tail_given else (lower, 1)
        if exact < 0.9:  # nearer to 1 the double says too little about x
            p = float(exact)
            rows.append((p, a, moved(x, p, exact, sign * gamma_front(mpf(a), mpf(x)) / mpf(x))))
    return rows


def polygamma_rows(order):
    points = logarithmic(1e-140, 1e-3, 20) + logarithmic(1e-3, 0.4, 30) + linear(0.4, 12, 150) + logarithmic(12, 1e15, 40)
    points += [9.9999999999999982, 10.0, 1.0, 2.0, 1.4616321449683623, 1.46163214496836]
    return [(x, mp.psi(order, mpf(x))) for x in points]


def polygamma_difference_rows(order):
    mp.dps += 40
    try:
        sides = logarithmic(1e-6, 1e9, 26) + [0.25, 1.0, 9.99, 10.0]
        steps = logarithmic(1e-3, 1e9, 14) + [1.0, 2.0]
        sign = -1 if order == 1 else 1
        return [(x, more, sign * (mp.psi(order, mpf(x) + mpf(more)) - mp.psi(order, mpf(x)))) for x in sides for more in steps]
    finally:
        mp.dps -= 40


def log_gamma_increment_rows():
    mp.dps += 40
    try:
        sides = logarithmic(1e-300, 1e-3, 4) + logarithmic(1e-3, 1e15, 30) + [1.0, 9.99, 10.0]
        steps = logarithmic(1e-3, 1e12, 14) + [0.0, 1.0, 2.0, 7.0]
        return [(x, more, mp.loggamma(mpf(x) + mpf(more)) - mp.loggamma(mpf(x))) for x in sides for more in steps]
    finally:
        mp.dps -= 40


def hypergeometric_one_rows():
    """By mpmath's own 2F1, with digits to spare for its cancellation near z = 1."""
    mp.dps += 60
    try:
        rows = []
        for complement in logarithmic(1e-6, 0.9, 12) + [1.0, 0.0026, 1 / 11.0]:
            for b in [0.05, 0.7, 1.0, 4.5, 60.0, 1500.0]:
                for more in [0.01, 0.3, 1.0, 1.5, 2.0, 17.0, 900.0]:
                    c = b + more
                    rows.append((b, c, complement, mp.hyp2f1(1, mpf(b), mpf(c), 1 - mpf(complement))))
        return rows
    finally:
        mp.dps -= 60


def scaled_exponential_integral_rows():
    rows = []
    for z in logarithmic(1e-8, 1e8, 49) + [0.25, 0.5, 0.49999999999999994, 1.0]:
        for s in [1e-6, 0.1, 0.49, 0.5, 0.6, 0.9999999, 1.0, 1.0000001, 1.3, 1.5, 2.0, 2.7, 3.0, 7.5, 11.99, 12.0, 40.0, 1e4]:
            z_, s_ = mpf(z), mpf(s)
            value = mp.exp(z_) * mp.expint(s_, z_) if z < 200 else mp.quad(
                lambda u: mp.exp(-u) * (1 + u / z_) ** (-s_), [0, 1, 5, 20, 80, 300]) / z_
            rows.append((s, z, value))
    return rows


TABLES = {
    "normal_tail": normal_tail_rows,
    "normal_quantile": normal_quantile_rows,
    "normal_critical": normal_critical_rows,
    "log_gamma": log_gamma_rows,
    "log_beta": log_beta_rows,
    "log_gamma_increment": log_gamma_increment_rows,
    "digamma": lambda: polygamma_rows(0),
    "trigamma": lambda: polygamma_rows(1),
    "digamma_increment": lambda: polygamma_difference_rows(0),
    "trigamma_decrement": lambda: polygamma_difference_rows(1),
    "hypergeometric_one": hypergeometric_one_rows,
    "scaled_exponential_integral": scaled_exponential_integral_rows,
    "incomplete_beta": lambda: [(a, b, x, lower) for a, b, x, lower, _ in beta_rows()],
    "incomplete_beta_complement": lambda: [(a, b, x, upper) for a, b, x, _, upper in beta_rows()],
    "beta_quantile": lambda: beta_quantile_rows(False),
    "beta_upper_quantile": lambda: beta_quantile_rows(True),
    "binomial_lower": lambda: [(float(k), float(n), p, lower) for k, n, p, lower, _ in binomial_rows()],
    "binomial_upper": lambda: [(float(k), float(n), p, upper) for k, n, p, _, upper in binomial_rows()],
    "incomplete_gamma": lambda: [(a, x, lower) for a, x, lower, _ in gamma_rows()],
    "incomplete_gamma_complement": lambda: [(a, x, upper) for a, x, _, upper in gamma_rows()],
    "gamma_quantile": lambda: gamma_quantile_rows(False),
    "gamma_upper_quantile": lambda: gamma_quantile_rows(True),
    "student_t_tail": student_t_rows,
    "student_t_quantile": student_t_quantile_rows,
    "student_t_critical": student_t_critical_rows,
}


def text(value):
    return float(value).hex() if isinstance(value, float) else "%.17g" % float(value)


def write(name):
    rows = TABLES[name]()
    with open(FOLDER / (name + "_table.inc"), "w", encoding="ascii") as out:
        out.write("// SPDX-License-Identifier: BSL-1.0\n// Copyright the credence authors\n")
        out.write("// Written by tests/reference/math_tables.py: arguments, then the value.\n")
        for row in rows:
            out.write("{" + ", ".join(text(value) for value in row) + "},\n")
    print("%s: %d rows" % (name, len(rows)))


if __name__ == "__main__":
    for chosen in sys.argv[1:] or TABLES:
        write(chosen)
