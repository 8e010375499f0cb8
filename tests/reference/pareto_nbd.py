#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Hard cases of Pareto/NBD for tests/clv/pareto_nbd.test.cpp, by mpmath at 50 digits from the defining integrals.

python3 tests/reference/pareto_nbd.py
"""
import mpmath as mp

mp.mp.dps = 50


def cut(exponent, low, high):
    """Pieces of [low, high] at which a concave exponent has fallen by some steps from its greatest."""
    a, b = low, high
    for _ in range(400):
        left, right = a + (b - a) / 3, b - (b - a) / 3
        if exponent(left) < exponent(right):
            a = left
        else:
            b = right
    best, top = (a + b) / 2, exponent((a + b) / 2)
    places = {low, high, best} if low < best < high else {low, high}
    for fall in (1, 4, 10, 25, 50, 100, 200):
        for end in (low, high):
            if top - exponent(end) > fall:
                near, far = best, end
                for _ in range(120):
                    middle = (near + far) / 2
                    if top - exponent(middle) > fall:
                        far = middle
                    else:
                        near = middle
                places.add(near)
    return sorted(places), top


def log_integral(exponent, low, high):
    low, high = mp.mpf(low), mp.mpf(high)
    places, top = cut(exponent, low, high)
    fine = []
    for a, b in zip(places, places[1:]):
        pieces = int(mp.ceil((b - a) / 2))
        fine += [a + (b - a) * i / pieces for i in range(pieces)]
    fine.append(places[-1])
    return top + mp.log(mp.quad(lambda w: mp.exp(exponent(w) - top), fine))


def log_odds(r, alpha, s, beta, x, tx, T):
    m = min(alpha, beta)

    def exponent(w):
        seen = (m + T) * mp.exp(-w)
        y = seen - m
        return ((r + x) * mp.log((alpha + T) / (alpha + y)) + s * mp.log((beta + T) / (beta + y))
                - mp.log(beta + y) + mp.log(seen))

    return mp.log(s) + log_integral(exponent, 0, mp.log((m + T) / (m + tx)))


def log_likelihood(r, alpha, s, beta, x, tx, T):
    base = (mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(alpha) + s * mp.log(beta) - (r + x) * mp.log(alpha + T)
            - s * mp.log(beta + T))
    return base if tx == T else base + mp.log1p(mp.exp(log_odds(r, alpha, s, beta, x, tx, T)))


def buys(r, alpha, s, beta, x, tx, T, t):
    alive = 1 if tx == T else 1 / (1 + mp.exp(log_odds(r, alpha, s, beta, x, tx, T)))
    a, b = alpha + T, beta + T
    m = min(a, b)
    integral = log_integral(lambda w: w + mp.log(m) - (r + x + 1) * mp.log1p(m * mp.expm1(w) / a)
                            - s * mp.log1p(m * mp.expm1(w) / b), 0, mp.log1p(t / m))
    return alive * (r + x) / a * mp.exp(integral)


def residual(r, alpha, s, beta, x, tx, T, delta, h):
    alive = 1 if tx == T else 1 / (1 + mp.exp(log_odds(r, alpha, s, beta, x, tx, T)))
    b = beta + T
    end = mp.log1p(h / b) if h is not None else mp.log1p(5000 / (delta * b))
    if delta < 0:
        integral = mp.log(b) + mp.log(mp.quad(lambda w: mp.exp((1 - s) * w - delta * b * mp.expm1(w)),
                                              [end * i / 64 for i in range(65)]))
    else:
        integral = mp.log(b) + log_integral(lambda w: (1 - s) * w - delta * b * mp.expm1(w), 0, end)
    return alive * (r + x) / (alpha + T) * mp.exp(integral)


def mass(r, alpha, s, beta, x, t0, t1):
    h = t1 - t0
    log_choose = mp.loggamma(r + x) - mp.loggamma(r) - mp.loggamma(x + 1)

    def bought(u):
        return log_choose + r * mp.log(alpha / (alpha + u)) + (x * mp.log(u / (alpha + u)) if x else 0)

    m = min(alpha, beta + t0)
    tiny = mp.mpf(10) ** -30
    inner = log_integral(lambda w: bought(m * mp.expm1(w)) - (s + 1) * mp.log(beta + t0 + m * mp.expm1(w)) + w
                         + mp.log(m) + s * mp.log(beta) + mp.log(s), tiny if x else 0, mp.log1p(h / m))
    return ((1 - (beta / (beta + t0)) ** s if x == 0 else 0) + mp.exp(bought(h)) * (beta / (beta + t1)) ** s
            + mp.exp(inner))


cases = [
    (".553,10.578,.606,11.669", "100000,38,39"), (".553,10.578,.606,11.669", "100000,1,39"),
    (".553,10.578,1,11.669", "2,30.43,38.86"), (".553,1e6,.606,.001", "3,20,39"), (".553,.001,.606,1e6", "3,20,39"),
    (".553,.001,.606,1e6", "0,0,39"), ("5,.001,100,1e3", "2,1e-5,39"), (".5,.001,1,1e3", "0,0,1e9"),
    (".553,10.578,.606,11.669", "0,0,1e-6"), (".553,10.578,.606,11.669", "7,2e-7,1e-6"),
    (".553,10.578,.606,11.669", "12,5e8,1e9"), (".553,10.578,.606,11.669", "4,38.99999904632568359375,39"),
    ("1e-8,1e8,1e-8,1e-8", "1,1,39"), ("1e8,1e-8,1e8,1e8", "1,1,39"), ("1e8,1e8,1e-8,1e8", "40,1,39"),
    ("50,.01,50,.02", "300,10,400"), ("2,30,3,.002", "100000,1e-3,39"), ("20,100,.3,1", "1000,20,39"),
]
for parameters, history in cases:
    p = [mp.mpf(n) for n in parameters.split(",")]
    h = [mp.mpf(n) for n in history.split(",")]
    print("{%s, %s, %s, %s, %s}," % (parameters, history, mp.nstr(log_likelihood(*p, *h), 17),
                                     mp.nstr(log_odds(*p, *h), 17), mp.nstr(buys(*p, *h, mp.mpf(10)), 17)))
print("residual: parameters, history, delta, horizon (0: for ever), value")
for parameters, history, delta, horizon in [
        (".553,10.578,.606,11.669", "2,30.43,38.86", "1e-6", None), (".553,10.578,1,11.669", "2,30.43,38.86", "1e-3", None),
        (".553,10.578,1,11.669", "2,30.43,38.86", "5", None), (".553,10.578,3,1e5", "2,30.43,38.86", "2", "1e4"),
        (".553,10.578,.606,11.669", "2,30.43,38.86", "-.01", "100"), (".553,10.578,40,11.669", "2,30.43,38.86", "1e-12", None),
        (".553,10.578,.606,1e-6", "2,1e-6,1e-5", "1e-3", "1e6")]:
    p = [mp.mpf(n) for n in parameters.split(",")]
    h = [mp.mpf(n) for n in history.split(",")]
    print("{%s, %s, %s, %s, %s}," % (parameters, history, delta, horizon or 0, mp.nstr(
        residual(*p, *h, mp.mpf(delta), mp.mpf(horizon) if horizon else None), 17)))
print("mass: parameters, count, from, until, value")
for parameters, count, t0, t1 in [
        (".5533971433,10.5801985436,.6060624971,11.6562236702", 0, 39, 78),
        (".5533971433,10.5801985436,.6060624971,11.6562236702", 10, 1, 2), (".553,10.578,1,11.669", 3, 5, 44),
        ("3,.001,.606,11.669", 20000, 0, 39), ("3,.001,2,1e-3", 50, 0, 39), (".553,1e6,.606,1e-3", 2, 0, 1e6),
        ("40,2,.606,11.669", 700, 0, 39), (".553,10.578,.606,11.669", 100000, 0, 1000)]:
    p = [mp.mpf(n) for n in parameters.split(",")]
    print("{%s, %s, %s, %s, %s}," % (parameters, count, t0, t1, mp.nstr(mass(*p, count, mp.mpf(t0), mp.mpf(t1)), 17)))
