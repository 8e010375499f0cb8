# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""The oracle of tests/survey/design.test.cpp: linearised standard errors of a weighted mean by numpy, written from the
formula SE^2 = sum_h (1 - n_h/N_h) n_h/(n_h - 1) sum_i (z_i - mean z)^2 (Cochran 1977; Lumley 2004), two passes over the
rows. numpy 1.24; usage: python3 designs.py"""
import numpy

# score, weight, stratum, cluster, clusters of the stratum in the population
rows = [(9, 1.5, 1, 1, 9), (10, 2.0, 1, 1, 9), (3, 1.0, 1, 2, 9), (7, 2.5, 1, 2, 9), (9, 0.5, 1, 3, 9),
        (6, 3.0, 2, 1, 4), (10, 1.0, 2, 1, 4), (8, 1.0, 2, 2, 4), (2, 2.0, 2, 2, 4),
        (9, 1.0, 3, 5, 7), (0, 4.0, 3, 5, 7)]
score, weight, stratum, cluster, population = (numpy.array(column, float) for column in zip(*rows))


def error(values, strata=None, clusters=None, sizes=None, about_the_mean=False):
    z = weight * (values - (weight * values).sum() / weight.sum()) / weight.sum()
    strata = numpy.zeros(len(z)) if strata is None else strata
    clusters = numpy.arange(len(z)) if clusters is None else clusters
    total = 0.0
    for h in numpy.unique(strata):
        inside = strata == h
        units = numpy.array([z[inside & (clusters == c)].sum() for c in numpy.unique(clusters[inside])])
        n = len(units)
        unseen = 1 if sizes is None else 1 - n / sizes[inside][0]
        if n > 1:
            total += unseen * n / (n - 1) * ((units - units.mean()) ** 2).sum()
        elif about_the_mean:
            total += unseen * units[0] ** 2
    return total ** 0.5


if __name__ == "__main__":
    net = (score >= 9).astype(float) - (score < 7)
    for name, values, scale in (("nps", net, 100), ("mean", score, 1)):
        for what, arguments in (("clusters", dict(clusters=cluster)),
                                ("strata, clusters", dict(strata=stratum, clusters=cluster)),
                                ("strata, clusters, population", dict(strata=stratum, clusters=cluster,
                                                                      sizes=population)),
                                ("the same about the mean", dict(strata=stratum, clusters=cluster, sizes=population,
                                                                 about_the_mean=True)),
                                ("strata", dict(strata=stratum))):
            print(f"{name}: {what}: {scale * error(values, **arguments):.15g}")
