# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""The posterior intervals of tests/reviews/bayesian_average.test.cpp: mean μ of ratings r ~ N(μ, σ²), μ ~ N(C, σ²/m),
p(σ²) ∝ 1/σ². A rating of weight w is one whose density is raised to the power w. Prior times likelihood is
σ⁻ᵖ·exp(−E(μ)/2σ²) for log σ; over all σ that is E(μ)^(−p/2) times what is the same for each μ, and over μ it is summed
numerically: nothing is taken from what is known of Student's t.

    python3 tests/reference/bayesian_average.py
"""
import math


def density(ratings, prior_mean, prior_weight, mean):
    exponent = sum(weight * (value - mean) ** 2 for value, weight in ratings)
    power = sum(weight for _, weight in ratings)
    if prior_weight > 0:  # else μ is flat too
        exponent += prior_weight * (mean - prior_mean) ** 2
        power += 1
    return exponent ** (-power / 2)


def quantile(ratings, prior_mean, prior_weight, probability):
    # The trapezoid rule over the whole line, of μ = at ∓ exp(u), where it converges exponentially.
    steps = [math.exp(step / 20) for step in range(-800, 801)]

    def excess(at):
        low, high = (math.fsum(density(ratings, prior_mean, prior_weight, at + side * step) * step for step in steps)
                     for side in (-1, 1))
        return low / (low + high) - probability

    below, above = -20.0, 20.0
    for _ in range(56):
        middle = (below + above) / 2
        if excess(middle) < 0:
            below = middle
        else:
            above = middle
    return (below + above) / 2


CASES = [
    ([(5, 1), (4, 1), (4, 1), (2, 1), (5, 1), (3, 1)], 3.5, 5, .95),
    ([(5, 1), (4, 1), (4, 1), (2, 1), (5, 1), (3, 1)], 3.5, 0, .9),
    ([(5, .5), (1, 2), (4, 1.25), (3, .75)], 4, .5, .8),
]
for ratings, prior_mean, prior_weight, confidence in CASES:
    bounds = [quantile(ratings, prior_mean, prior_weight, (1 + side * confidence) / 2) for side in (-1, 1)]
    print(prior_mean, prior_weight, confidence, *bounds)
