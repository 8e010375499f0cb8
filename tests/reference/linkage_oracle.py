# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Reference values of spearman and linkage, from scipy and statsmodels: python3 tests/reference/linkage_oracle.py

The rows are those of tests/inference/linkage.test.cpp. Slopes and their errors are statsmodels' OLS with errors
clustered by unit; the errors of rho, which no peer has, are delete-one-unit jackknives, to be near to.
"""
import numpy
import scipy.stats
import statsmodels.api as sm

rows = []
scores = {}
for unit in range(24):
    for period in range(9):
        scores[unit, period] = (unit * 7 + period * 5 + unit * period * 3) % 11 + unit % 4
for unit in range(24):
    for period in range(9):
        if (unit * 3 + period) % 10 == 0:
            continue
        noise = (unit * 5 + period * 3 + unit * period) % 13
        rows.append((unit, period, scores[unit, period], 0.75 * scores.get((unit, period - 2), 6) + noise * 0.5))
known = {(unit, period): (score, outcome) for unit, period, score, outcome in rows}


def pairs(lag, within):
    found = [
        (unit, score, known[unit, period + lag][1])
        for unit, period, score, _ in rows
        if (unit, period + lag) in known
    ]
    units = numpy.array([one[0] for one in found])
    first = numpy.array([one[1] for one in found], float)
    second = numpy.array([one[2] for one in found])
    if within:
        for unit in set(units):
            first[units == unit] -= first[units == unit].mean()
            second[units == unit] -= second[units == unit].mean()
    return units, numpy.round(first, 9), numpy.round(second, 9)


for within in (False, True):
    for lag in range(-3, 4):
        units, first, second = pairs(lag, within)
        rho = scipy.stats.spearmanr(first, second)[0]
        fit = sm.OLS(second, sm.add_constant(first)).fit(cov_type="cluster", cov_kwds={"groups": units})
        names = sorted(set(units))
        left = numpy.array([scipy.stats.spearmanr(first[units != u], second[units != u])[0] for u in names])
        jackknife = numpy.sqrt((len(names) - 1) / len(names) * ((left - left.mean()) ** 2).sum())
        print(
            f"{'within' if within else 'all':7}{lag:3} n {len(first)} units {len(names)} rho {rho:.15g} "
            f"slope {fit.params[1]:.15g} error {fit.bse[1]:.15g} jackknife {jackknife:.6g}"
        )

units, first, second = pairs(0, False)
rho, p_value = scipy.stats.spearmanr(first[:40], second[:40])
z, error = numpy.arctanh(rho), numpy.sqrt((1 + rho**2 / 2) / 37)
critical = scipy.stats.norm.ppf(0.975)
print(f"spearman {rho:.15g} p {p_value:.15g} {numpy.tanh(z - critical * error):.15g} {numpy.tanh(z + critical * error):.15g}")
