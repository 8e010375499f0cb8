#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Krippendorff's alpha in numpy, of 5 raters, 200,000 units and points 1 to 5 with a fifth missing: CPU seconds of one
thread. usage: OMP_NUM_THREADS=1 benchmarks/peers/krippendorff_numpy.py [RUNS]

Written for speed: the ratings are a matrix already, each unit's points are counted by comparisons, and what agrees is
one product of matrices. The table is that of benchmarks/agreement/krippendorff_alpha.bench.cpp, to the last rating.
"""
import sys
import time

import numpy

units, raters, points = 200_000, 5, 5


def mixed(words):
    """The last step of murmur3, as benchmarks/inputs.hpp has it."""
    words = words.astype(numpy.uint32)
    words ^= words >> numpy.uint32(16)
    words *= numpy.uint32(0x85EBCA6B)
    words ^= words >> numpy.uint32(13)
    words *= numpy.uint32(0xC2B2AE35)
    return words ^ (words >> numpy.uint32(16))


def table():
    at = numpy.arange(units * raters, dtype=numpy.uint32)
    truth = mixed(at // numpy.uint32(raters) + numpy.uint32(1)) % numpy.uint32(points)
    draw = mixed(at + numpy.uint32(0x9E3779B9))
    value = numpy.where(draw % numpy.uint32(10) < 7, truth, (draw >> numpy.uint32(8)) % numpy.uint32(points)) + 1.0
    value[(draw >> numpy.uint32(16)) % numpy.uint32(5) == 0] = numpy.nan
    return value.reshape(units, raters).T.copy()


def alpha(ratings, scale):
    values = numpy.unique(ratings[~numpy.isnan(ratings)])
    counts = numpy.stack([(ratings == value).sum(0) for value in values], 1).astype(float)
    size = counts.sum(1)
    counts = counts[size > 1]
    size = size[size > 1]
    together = counts.T @ (counts / (size - 1)[:, None]) - numpy.diag((counts / (size - 1)[:, None]).sum(0))
    each = counts.sum(0)
    if scale == "nominal":
        apart = 1.0 - numpy.eye(len(values))
    elif scale == "interval":
        apart = (values[:, None] - values) ** 2
    else:
        middle = numpy.cumsum(each) - each / 2
        apart = (middle[:, None] - middle) ** 2
    expected = (numpy.outer(each, each) * apart).sum() / (each.sum() - 1)
    return 1 - (together * apart).sum() / expected


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    ratings = table()
    for scale in ("nominal", "ordinal", "interval"):
        taken = []
        for _ in range(runs):
            before = time.process_time()
            value = alpha(ratings, scale)
            taken.append(time.process_time() - before)
        print(f"{scale}: alpha {value:.12f}, median {sorted(taken)[runs // 2]:.4f} s, least {min(taken):.4f} s")
