// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_FLOOR_BG_NBD_PASS_HPP
#define CREDENCE_BENCHMARKS_FLOOR_BG_NBD_PASS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace bare {

struct bg_nbd_parameters {
  double r = 0.243;
  double alpha = 4.414;
  double a = 0.793;
  double b = 2.426;
};

/// The *unit* that all work on lifetime value is told in: one plain pass of the BG/NBD log-likelihood, with two
/// logarithms, an exponential and a log1p for each repeat buyer, one logarithm for the others, and gamma terms from a
/// table by x. Columns of x, t_x and T, which have `size()` and `[]`.
template <class Column>
double bg_nbd_pass(Column const& frequency, Column const& recency, Column const& age,
                   bg_nbd_parameters const& at = {}) {
  double most = 0;
  for (std::size_t row = 0; row < frequency.size(); ++row) most = (std::max)(most, frequency[row]);
  std::vector<double> table(static_cast<std::size_t>(most) + 1);
  std::vector<double> log_of(table.size());
  double const constant = at.r * std::log(at.alpha) - std::lgamma(at.r) + std::lgamma(at.a + at.b) - std::lgamma(at.b);
  for (std::size_t x = 0; x < table.size(); ++x) {
    double const count = static_cast<double>(x);
    table[x] = constant + std::lgamma(at.r + count) + std::lgamma(at.b + count) - std::lgamma(at.a + at.b + count);
    log_of[x] = x == 0 ? 0 : std::log(at.a) - std::log(at.b + count - 1);
  }
  double sum = 0;
  for (std::size_t row = 0; row < frequency.size(); ++row) {
    double const x = frequency[row];
    double own = -(at.r + x) * std::log(at.alpha + age[row]);
    if (x > 0) {
      double const left = log_of[static_cast<std::size_t>(x)] - (at.r + x) * std::log(at.alpha + recency[row]);
      own = (std::max)(own, left) + std::log1p(std::exp(-std::fabs(own - left)));
    }
    sum += table[static_cast<std::size_t>(x)] + own;
  }
  return sum;
}

}  // namespace bare

#endif
