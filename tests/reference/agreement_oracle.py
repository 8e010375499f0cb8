# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Reference values of cohen_kappa and fleiss_kappa, from statsmodels: python3 tests/reference/agreement_oracle.py

Fleiss's kappa of unequal numbers of ratings and its error (Gwet 2008) are written out, and a jackknife over units is
beside them.
"""
import numpy
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

tables = {
    "2x2": [[20, 5], [10, 15]],
    "3x3": [[10, 2, 1], [3, 8, 2], [0, 4, 9]],
    "4x4": [[22, 4, 0, 1], [3, 31, 7, 0], [1, 9, 18, 5], [0, 2, 6, 41]],
}
for name, table in tables.items():
    for weights in (None, "linear", "quadratic"):
        kappa = cohens_kappa(numpy.array(table), wt=weights)
        print(f"{name} {weights} {kappa.kappa:.15g} {kappa.std_kappa:.15g} {kappa.kappa_low:.15g} {kappa.kappa_upp:.15g}")


def gwet(counts):
    counts = numpy.array(counts, float)
    sizes = counts.sum(1)
    shares = (counts / sizes[:, None]).mean(0)
    agreed = ((counts * (counts - 1)).sum(1) / sizes / (sizes - 1))
    expected = (shares**2).sum()
    kappa = (agreed.mean() - expected) / (1 - expected)
    own = (agreed - expected) / (1 - expected)
    by_unit = (counts * shares).sum(1) / sizes
    moved = own - 2 * (1 - kappa) * (by_unit - expected) / (1 - expected)
    units = len(counts)
    return kappa, numpy.sqrt(((moved - kappa) ** 2).sum() / units / (units - 1))


fleiss = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
          [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]
unequal = [[(unit * 7 + category * 5 + unit * category) % 4 + (category == unit % 3) * 3 for category in range(3)]
           for unit in range(30)]
for name, counts in (("Fleiss", fleiss), ("unequal", unequal)):
    counts = [row for row in counts if sum(row) > 1]
    kappa, error = gwet(counts)
    left = numpy.array([gwet(counts[:at] + counts[at + 1:])[0] for at in range(len(counts))])
    units = len(counts)
    jackknife = numpy.sqrt((units - 1) / units * ((left - left.mean()) ** 2).sum())
    peer = fleiss_kappa(numpy.array(counts)) if name == "Fleiss" else float("nan")
    print(f"{name} {kappa:.15g} error {error:.15g} jackknife {jackknife:.6g} statsmodels {peer:.15g}")
