#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Values for tests/inference/{trend,before_after}.test.cpp, by numpy, scipy and statsmodels (0.13.5)."""
import numpy as np
import scipy.stats as st
import statsmodels.api as sm


def mann_kendall(values):
    count = len(values)
    score = sum(np.sign(values[b] - values[a]) for a in range(count) for b in range(a + 1, count))
    ties = np.unique(values, return_counts=True)[1]
    variance = (count * (count - 1) * (2 * count + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18
    z = (score - np.sign(score)) / np.sqrt(variance)
    return score, score / (count * (count - 1) / 2), z, 2 * st.norm.sf(abs(z))


x = np.array([0, 1, 2, 3, 4, 6, 7, 8, 9, 10.0])
y = np.array([30, 33.5, 31, 36, 38, 37, 41, 40.5, 44, 41])
se = np.array([2, 1.5, 2.5, 1, 2, 1.2, 3, 2, 1.5, 2])
fit = sm.WLS(y, sm.add_constant(x), weights=1 / se**2).fit()
print("weighted", repr(fit.params[1]), repr(fit.bse[1]), repr(fit.pvalues[1]))
centre = np.average(x, weights=1 / se**2)
print("sampling", 1 / np.sqrt(np.sum((x - centre) ** 2 / se**2)), centre, np.average(y, weights=1 / se**2))
print("ranks", mann_kendall(y), st.theilslopes(y, x, 0.95))
tied = np.array([5, 5, 6, 7, 7, 7, 8, 2, 9, 9, 10, 4.0])
fit = sm.OLS(tied, sm.add_constant(np.arange(12))).fit()
print("tied", fit.params[1], fit.bse[1], fit.pvalues[1], mann_kendall(tied), st.theilslopes(tied, np.arange(12), 0.9))

time = np.arange(24)
series = np.array([30, 31.5, 29, 32, 33, 31, 34, 33.5, 35, 34, 36, 35.5, 41, 43, 42, 45, 44, 47, 46.5, 49, 48, 51, 50, 52.5])
since = time - 12
after = (since >= 0).astype(float)
design = np.column_stack([np.ones(24), since, after, after * since])
for lags in (2, 0, 5):
    fit = sm.OLS(series, design).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    print("segments", lags, [repr(v) for v in fit.params], [repr(v) for v in fit.bse], [repr(v) for v in fit.pvalues])
