# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Writes the reference tables tests/survey/*_table.inc and tests/inference/*_table.inc, from the papers' definitions and
mpmath with 50 digits, each value rounded once to double.

    python3 tests/reference/survey_oracle.py [table ...]    (all of them when none is named; needs mpmath)

Nothing here follows the library's formulas: the score intervals of net scores maximise the likelihood under the
hypothesis by its slope (and where all classes were seen, that is checked against the multiplier form
p_c = n_c/(n + l(s_c - t))), the tail quantiles are roots of mpmath's incomplete beta function, and everything closed is
written as its source has it.
"""
import random
import sys
from fractions import Fraction
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 50
TESTS = Path(__file__).resolve().parent.parent
TINY = mpf(10) ** -45


def root(function, low, high, digits=36):
    """The root of a function that changes sign once, by Ridders' method: never leaves the bracket."""
    f_low, f_high = function(low), function(high)
    if f_low == 0:
        return low
    if f_high == 0:
        return high
    assert (f_low > 0) != (f_high > 0), (low, high, f_low, f_high)
    before = None
    while True:
        middle = (low + high) / 2
        f_middle = function(middle)
        if f_middle == 0:
            return middle
        step = (middle - low) * f_middle / mp.sqrt(f_middle * f_middle - f_low * f_high)
        at = middle + step if f_low > f_high else middle - step
        value = function(at)
        near = max(abs(at), mpf(10) ** -12) * mpf(10) ** -digits
        if value == 0 or (before is not None and abs(at - before) <= near) or abs(high - low) <= near:
            return at
        before = at
        ends = sorted([(low, f_low), (middle, f_middle), (at, value), (high, f_high)])
        for (one, f_one), (two, f_two) in zip(ends, ends[1:]):
            if (f_one > 0) != (f_two > 0):
                low, f_low, high, f_high = one, f_one, two, f_two


def z_of(confidence):
    return mp.sqrt(2) * mp.erfinv(mpf(confidence))


def t_of(confidence, degrees):
    tail = (1 - mpf(confidence)) / 2
    above = lambda t: mp.betainc(mpf(degrees) / 2, mpf(1) / 2, 0, degrees / (degrees + t * t), regularized=True) / 2 - tail
    high = mpf(1)
    while above(high) > 0:
        high *= 4
    return root(above, mpf(0), high)


# --- one net score ---


def constrained(counts, t):
    """Under E s = t: q, the likeliest share of -1 (that of 1 is then q + t), and the slope of the log-likelihood in t."""
    negative, neutral, positive = counts
    low, high = max(mpf(0), -t), (1 - t) / 2

    def slope_of_q(q):  # times its denominators, which are positive
        value = mpf(0)
        shares = [(negative, q, 1), (positive, q + t, 1), (neutral, 1 - 2 * q - t, -2)]
        for at, (count, share, factor) in enumerate(shares):
            if count:
                term = mpf(factor * count)
                for other, (other_count, other_share, _) in enumerate(shares):
                    if other != at and other_count:
                        term *= other_share
                value += term
        return value

    inside = (high - low) * TINY
    q, dq_dt = low, -1 if t < 0 else 0
    if slope_of_q(high - inside) >= 0:
        q, dq_dt = high, mpf(-1) / 2
    elif slope_of_q(low + inside) > 0:
        q = root(slope_of_q, low + inside, high - inside)
        dq_dt = 0  # the slope in q is zero there
    slope = mpf(0)
    if negative and dq_dt:
        slope += negative / q * dq_dt
    if positive:
        slope += positive / (q + t) * (1 + dq_dt)
    if neutral:
        slope -= neutral / (1 - 2 * q - t) * (1 + 2 * dq_dt)
    if negative and neutral and positive and abs(t) < 0.999999:  # the multiplier form, and that the slope is its multiplier
        total = negative + neutral + positive
        for count, score, share in ((negative, -1, q), (neutral, 0, 1 - 2 * q - t), (positive, 1, q + t)):
            assert abs(share * (total + slope * (score - t)) - count) < total * mpf(10) ** -20, (counts, t)
    return q, slope


def variance_at(counts, t):
    return 2 * constrained(counts, t)[0] + t - t * t


def value_of(counts):
    return (mpf(counts[2]) - counts[0]) / sum(counts)


def score_interval(counts, confidence):
    total, value, z = sum(counts), value_of(counts), z_of(confidence)

    def bound(sign, end):
        excess = lambda t: sign * (value - t) - z * mp.sqrt(variance_at(counts, t) / total)
        beside = value - sign * mpf(10) ** -30
        return end if value == end else root(excess, end + sign * mpf(10) ** -40, beside, 30)

    return bound(1, mpf(-1)), bound(-1, mpf(1))


def plain_variance(counts):
    total = mpf(sum(counts))
    return (counts[0] + counts[2]) / total - value_of(counts) ** 2


def clipped(low, high, ends):
    return max(low, mpf(ends[0])), min(high, mpf(ends[1]))


def adjusted(counts):
    return counts[0] + mpf(3) / 4, counts[1] + mpf(3) / 2, counts[2] + mpf(3) / 4


def wald_interval(counts, confidence):
    half = z_of(confidence) * mp.sqrt(plain_variance(counts) / sum(counts))
    return clipped(value_of(counts) - half, value_of(counts) + half, (-1, 1))


def t_interval(counts, confidence):
    total = sum(counts)
    half = t_of(confidence, total - 1) * mp.sqrt(plain_variance(counts) / (total - 1))
    return clipped(value_of(counts) - half, value_of(counts) + half, (-1, 1))


CONFIDENCES = [0.5, 0.9, 0.95, 0.999999]
ONE_SAMPLE = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1), (30, 20, 50), (0, 0, 10),
              (0, 10, 0), (250, 250, 500), (10, 0, 0), (0, 3, 997), (1, 0, 999), (999, 0, 1), (0, 999, 1), (5, 90, 5),
              (500, 0, 500), (342, 968, 1436), (10 ** 10, 0, 0), (0, 10 ** 10, 0), (0, 0, 10 ** 10),
              (0, 1, 10 ** 10 - 1), (1, 10 ** 10 - 2, 1), (1, 0, 10 ** 10 - 1), (3 * 10 ** 9, 2 * 10 ** 9, 5 * 10 ** 9)]


def one_samples():
    random.seed(20261122)
    drawn = []
    for _ in range(24):
        total = int(10 ** random.uniform(0.5, 6))
        shares = sorted(random.random() ** 2 for _ in range(2))
        first = int(total * shares[0])
        second = int(total * (shares[1] - shares[0]))
        drawn.append(random.choice([(first, second, total - first - second), (total - first - second, second, first)]))
    return ONE_SAMPLE + drawn


def net_score_rows():
    rows = []
    for counts in one_samples():
        for confidence in CONFIDENCES:
            score = score_interval(counts, confidence)
            wald = wald_interval(counts, confidence)
            agresti = wald_interval(adjusted(counts), confidence)
            rows.append(tuple(float(count) for count in counts) + (confidence,) + score + wald + agresti)
    return rows


def net_score_t_rows():
    rows = []
    for counts in one_samples():
        if 1 < sum(counts) <= 5000:
            rows += [tuple(float(count) for count in counts) + (c,) + t_interval(counts, c) for c in CONFIDENCES]
    return rows


# --- two net scores ---


def pair_error(one, two, difference):
    """The standard error of the difference under the likeliest pair of net scores that differ by `difference`."""
    low, high = max(mpf(-1), difference - 1), min(mpf(1), difference + 1)

    def slope(t):  # squeezed into -1...1, for it has poles at the ends
        steepness = constrained(one, t)[1] + constrained(two, t - difference)[1]
        return steepness / (sum(one) + sum(two) + abs(steepness))

    inside = (high - low) * mpf(10) ** -40
    if slope(low + inside) <= 0:
        t = low
    elif slope(high - inside) >= 0:
        t = high
    else:
        t = root(slope, low + inside, high - inside, 30)
    return mp.sqrt(variance_at(one, t) / sum(one) + variance_at(two, t - difference) / sum(two))


def pair_interval(one, two, confidence):
    difference, z = value_of(one) - value_of(two), z_of(confidence)

    def bound(sign, end):
        excess = lambda d: sign * (difference - d) - z * pair_error(one, two, d)
        beside = difference - sign * mpf(10) ** -20
        return end if difference == end else root(excess, end + sign * mpf(10) ** -25, beside, 22)

    return bound(1, mpf(-2)), bound(-1, mpf(2))


def two_sided(z):
    return mp.erfc(abs(z) / mp.sqrt(2))


PAIRS = [((30, 20, 50), (40, 20, 40)), ((0, 0, 10), (0, 0, 7)), ((10, 0, 0), (0, 0, 10)), ((0, 0, 10), (0, 5, 0)),
         ((0, 5, 0), (0, 9, 0)), ((1, 0, 0), (0, 0, 1)), ((1, 1, 1), (1, 1, 1)), ((5, 0, 5), (0, 10, 0)),
         ((0, 3, 97), (1, 0, 49)), ((2, 1, 7), (300, 200, 500)), ((0, 0, 3), (250, 250, 500)),
         ((342, 968, 1436), (400, 900, 1300)), ((50, 0, 50), (0, 50, 50)), ((1, 0, 10 ** 6), (0, 0, 10 ** 6)),
         ((3 * 10 ** 9, 2 * 10 ** 9, 5 * 10 ** 9), (3 * 10 ** 9 + 10 ** 5, 2 * 10 ** 9, 5 * 10 ** 9)),
         ((3, 4, 5), (3 * 10 ** 9, 2 * 10 ** 9, 5 * 10 ** 9)), ((0, 0, 10 ** 10), (0, 0, 10 ** 10))]


def pairs():
    random.seed(20261123)
    draw = lambda: tuple(int(10 ** random.uniform(0, 3) * random.random()) for _ in range(3))
    return PAIRS + [pair for pair in ((draw(), draw()) for _ in range(22)) if sum(pair[0]) and sum(pair[1])]


def net_score_pair_rows():
    """Six counts, confidence; score: lower, upper, error under no difference, p; wald and adjusted Wald: the same."""
    mp.dps = 120  # the likeliest pair is looked for down to 1e-65 from the ends of the scale
    rows = []
    for at, (one, two) in enumerate(pairs()):
        confidence = CONFIDENCES[(at + 2) % 4]
        difference = value_of(one) - value_of(two)
        row = tuple(float(count) for count in one + two) + (confidence,)
        error = pair_error(one, two, mpf(0))
        row += pair_interval(one, two, confidence) + (error, two_sided(difference / error) if error else mpf(1))
        for first, second in ((one, two), (adjusted(one), adjusted(two))):
            apart = value_of(first) - value_of(second)
            error = mp.sqrt(plain_variance(first) / sum(first) + plain_variance(second) / sum(second))
            half = z_of(confidence) * error
            p = two_sided(apart / error) if error else mpf(1 if apart == 0 else 0)
            row += clipped(apart - half, apart + half, (-2, 2)) + (error, p)
        rows.append(row)
    mp.dps = 50
    return rows


# --- shares ---


def wilson(k, n, z):
    p, n = mpf(k) / n, mpf(n)
    half = z * mp.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = p + z * z / (2 * n) - half, p + z * z / (2 * n) + half
    return low / (1 + z * z / n) if k else mpf(0), high / (1 + z * z / n)


def agresti_coull(k, n, z):
    size = n + z * z
    centre = (k + z * z / 2) / size
    half = z * mp.sqrt(centre * (1 - centre) / size)
    return clipped(centre - half, centre + half, (0, 1))


def beta_quantile(p, a, b):
    if a == 1:  # 1 - (1 - x)^b
        return -mp.expm1(mp.log1p(-p) / b)
    if b == 1:
        return mp.exp(mp.log(p) / a)
    return root(lambda x: mp.betainc(a, b, 0, x, regularized=True) - p, TINY, 1 - TINY, 25)


def exact(k, n, confidence, half):
    tail = (1 - mpf(confidence)) / 2
    low = mpf(0) if k == 0 else beta_quantile(tail, k + half, n - k + (half or 1))
    high = mpf(1) if k == n else 1 - beta_quantile(tail, n - k + half, k + (half or 1))
    return low, high


def share_cases():
    random.seed(20261124)
    cases = [(0, 1), (1, 1), (0, 2), (1, 2), (0, 10), (1, 10), (5, 10), (9, 10), (10, 10), (90, 100), (600, 1000),
             (0, 1000), (1, 1000), (999, 1000), (2153, 2625)]
    for _ in range(20):
        n = int(10 ** random.uniform(0.5, 3.5))
        cases.append((random.randint(0, n), n))
    return cases


def closed_share_rows():
    rows = []
    huge = [(0, 10 ** 10), (10 ** 10, 10 ** 10), (1, 10 ** 10), (10 ** 10 - 1, 10 ** 10), (4 * 10 ** 9, 10 ** 10)]
    for k, n in share_cases() + huge:
        for confidence in CONFIDENCES:
            z = z_of(confidence)
            half = z * mp.sqrt(mpf(k) * (n - k) / mpf(n) ** 3)
            wald = clipped(mpf(k) / n - half, mpf(k) / n + half, (0, 1))
            rows.append((float(k), float(n), confidence) + wilson(k, n, z) + agresti_coull(k, n, z) + wald)
    return rows


def exact_share_rows():
    rows = []
    for k, n in share_cases() + [(0, 10 ** 10), (10 ** 10, 10 ** 10)]:
        for confidence in CONFIDENCES:
            rows.append((float(k), float(n), confidence) + exact(k, n, confidence, 0)
                        + (exact(k, n, confidence, mpf(1) / 2) if n < 10 ** 9 else (mpf(-1), mpf(-1))))
    return rows


def share_pair_rows():
    """Newcombe's method 10, and the pooled score test."""
    rows = []
    cases = [(c, d) for c in share_cases()[:12] for d in share_cases()[4:20:3]]
    cases += [((10 ** 9, 10 ** 10), (10 ** 9 + 10 ** 5, 10 ** 10)), ((0, 10 ** 10), (1, 10))]
    for at, ((k, n), (l, m)) in enumerate(cases):
        confidence = CONFIDENCES[at % 4]
        z = z_of(confidence)
        p, q = mpf(k) / n, mpf(l) / m
        (p_low, p_high), (q_low, q_high) = wilson(k, n, z), wilson(l, m, z)
        lower = p - q - mp.sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
        upper = p - q + mp.sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
        pooled = mpf(k + l) / (n + m)
        error = mp.sqrt(pooled * (1 - pooled) * (mpf(1) / n + mpf(1) / m))
        p_value = two_sided((p - q) / error) if error else mpf(1)
        rows.append((float(k), float(n), float(l), float(m), confidence, lower, upper, error, p_value))
    return rows


# --- weights and means ---


def weighted_samples():
    """(case, value 0...10 or not whole, weight): a few dozen samples a case, of very unequal weights in some."""
    random.seed(20261125)
    rows = []
    for case, (count, spread, whole) in enumerate([(2, 0, True), (5, 1, True), (40, 1, True), (40, 20, True),
                                                   (60, 3, False), (25, 100, False)]):
        for _ in range(count):
            value = random.randint(0, 10) if whole else random.uniform(-3, 12)
            rows.append((float(case), float(value), 10 ** random.uniform(-spread / 2, spread / 2)))
    return rows


def linearised(scores, weights):
    """Mean, linearised standard error and Kish's count of one weighted sample."""
    n, total = len(scores), mp.fsum(weights)
    mean = mp.fsum(w * s for w, s in zip(weights, scores)) / total
    error = mp.sqrt(mpf(n) / (n - 1) * mp.fsum((w * (s - mean) / total) ** 2 for w, s in zip(weights, scores)))
    return mean, error, total ** 2 / mp.fsum(w * w for w in weights)


def weighted_answer_rows():
    """Case; NPS in -1...1 of the values on 0...10: value, error, Kish; share from 7 on: value, error, Kish; mean: value,
    error, Kish, standard deviation, lower and upper t bound of 0.95."""
    rows = []
    samples = weighted_samples()
    for case in sorted({row[0] for row in samples}):
        on_scale = [(mpf(v), mpf(w)) for c, v, w in samples if c == case and 0 <= v <= 10]
        values, weights = [v for v, _ in on_scale], [w for _, w in on_scale]
        row = (case,) + linearised([mpf((v >= 9) - (v < 7)) for v in values], weights)
        row += linearised([mpf(v >= 7) for v in values], weights)
        mean, error, kish = linearised(values, weights)
        deviation = mp.sqrt(mpf(len(values)) / (len(values) - 1)
                            * mp.fsum(w * (v - mean) ** 2 for v, w in on_scale) / mp.fsum(weights))
        half = t_of(0.95, len(values) - 1) * error
        rows.append(row + (mean, error, kish, deviation, mean - half, mean + half))
    return rows


def mean_case(case):
    """Whole numbers by a rule that the test repeats: x -> (6364136223846793005 x + 1442695040888963407) mod 2^64, the
    top `bits` of it, less `offset`."""
    count, bits, offset = [(2, 4, 0), (100, 4, 0), (1000, 8, 128), (500, 32, 2 ** 31), (300, 63, 0),
                           (300, 64, 2 ** 63), (1000, 4, -10 ** 15)][case]
    state, values = 1, []
    for _ in range(count):
        state = (6364136223846793005 * state + 1442695040888963407) % 2 ** 64
        values.append((state >> (64 - bits)) - offset)
    return values


def mean_rows():
    """Case, confidence, mean, standard deviation, standard error, lower, upper; exact up to the square root."""
    rows = []
    for case in range(7):
        values = mean_case(case)
        n = len(values)
        mean = Fraction(sum(values), n)
        variance = (Fraction(sum(v * v for v in values)) - n * mean * mean) / (n - 1)
        real = lambda fraction: mpf(fraction.numerator) / fraction.denominator
        for confidence in CONFIDENCES:
            half = t_of(confidence, n - 1) * mp.sqrt(real(variance / n))
            rows.append((float(case), confidence, real(mean), mp.sqrt(real(variance)), mp.sqrt(real(variance / n)),
                         real(mean) - half, real(mean) + half))
    return rows


TABLES = {
    "inference/net_score": net_score_rows,
    "inference/net_score_t": net_score_t_rows,
    "inference/net_score_pair": net_score_pair_rows,
    "inference/share_closed": closed_share_rows,
    "inference/share_exact": exact_share_rows,
    "inference/share_pair": share_pair_rows,
    "inference/mean": mean_rows,
    "survey/weighted_sample": weighted_samples,
    "survey/weighted_answer": weighted_answer_rows,
}


def text(value):
    return value.hex() if isinstance(value, float) else "%.17g" % float(value)


def write(name):
    rows = TABLES[name]()
    with open(TESTS / (name + "_table.inc"), "w", encoding="ascii") as out:
        out.write("// SPDX-License-Identifier: BSL-1.0\n// Copyright the credence authors\n")
        out.write("// Written by tests/reference/survey_oracle.py, which says what the columns are.\n")
        for row in rows:
            out.write("{" + ", ".join(text(value) for value in row) + "},\n")
    print("%s: %d rows" % (name, len(rows)))


if __name__ == "__main__":
    for chosen in sys.argv[1:] or TABLES:
        write(chosen)
