#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""One debiasing pass in numpy over the published reviews: CPU seconds of one thread.
usage: OMP_NUM_THREADS=1 benchmarks/peers/reviews_numpy.py [RUNS]

Written for speed: the columns are arrays of whole numbers already, from 0 on, and sums are taken by bincount. Once with
the products' and the raters' biases only, and once with the debiased scores of the products too, which rater_bias
always answers. The rows are those of benchmarks/reviews_inputs.hpp.
"""
import sys
import time

import numpy

rows, products, users = 10_000_000, 100_000, 1_000_000


def mixed(words):
    """The last step of murmur3, as benchmarks/inputs.hpp has it."""
    words = words.astype(numpy.uint32)
    words ^= words >> numpy.uint32(16)
    words *= numpy.uint32(0x85EBCA6B)
    words ^= words >> numpy.uint32(13)
    words *= numpy.uint32(0xC2B2AE35)
    return words ^ (words >> numpy.uint32(16))


def columns():
    at = numpy.arange(rows, dtype=numpy.uint32)
    drawn = mixed(at ^ numpy.uint32(0x51ED270B)).astype(numpy.uint64)
    product = ((((drawn * drawn) >> numpy.uint64(32)) * numpy.uint64(products)) >> numpy.uint64(32)).astype(numpy.uint32)
    user = mixed(at ^ numpy.uint32(0x3C6EF372)) % numpy.uint32(users)
    quality = mixed(product + numpy.uint32(77)) % numpy.uint32(1000)
    pleased = (3 * (mixed(at ^ numpy.uint32(0xA54FF53A)) % numpy.uint32(1000)) + quality) // 4
    stars = 1 + sum((pleased >= cut).astype(numpy.int8) for cut in (100, 160, 250, 450))
    assert int(stars.sum()) == 43_035_940 and int(product.sum()) == 333_375_226_039
    assert int(user.sum()) == 4_999_713_307_971
    return product, user, stars.astype(numpy.int8)


def biases(product, user, stars, scores):
    mean = stars.mean(dtype=numpy.float64)
    apart = stars - mean
    ratings = numpy.bincount(product, minlength=products)
    of_product = numpy.bincount(product, apart, minlength=products) / (25 + ratings)
    given = numpy.bincount(user, minlength=users)
    of_user = numpy.bincount(user, apart - of_product[product], minlength=users) / (10 + given)
    if not scores:
        return of_product, of_user
    fair = mean + numpy.bincount(product, apart - of_user[user], minlength=products) / (25 + ratings)
    return of_product, of_user, fair


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    arrays = columns()
    wide = [array.astype(numpy.int64) for array in arrays[:2]] + [arrays[2]]
    for name, given in (("32-bit keys", arrays), ("64-bit keys", wide)):
        for scores in (False, True):
            taken = []
            for _ in range(runs):
                before = time.process_time()
                answer = biases(*given, scores)
                taken.append(time.process_time() - before)
            print(f"{name}, {'with' if scores else 'without'} scores: median {sorted(taken)[runs // 2]:.3f} s, "
                  f"least {min(taken):.3f} s; " + ", ".join(f"{column[5]:.15g}" for column in answer))
