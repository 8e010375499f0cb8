// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_DETAIL_RATIO_PAIRS_HPP
#define CREDENCE_AGREEMENT_DETAIL_RATIO_PAIRS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

[[nodiscard]] inline double ratio_difference(double one, double other) {
  double const quotient = one + other > 0 ? (one - other) / (one + other) : 0;
  return quotient * quotient;
}
[[nodiscard]] inline double ratio_pairs_one_by_one(std::span<double const> values) {
  double sum = 0;
  for (std::size_t one = 1; one < values.size(); ++one)
    for (std::size_t other = 0; other < one; ++other) sum += ratio_difference(values[one], values[other]);
  return 2 * sum;
}

/// Σ ((c − k)/(c + k))² over the ordered pairs of many values, none negative, without looking at the pairs. In
/// logarithms the difference is tanh²((a − b)/2), which is smooth: values are cut into cells of at most 1, each is
/// replaced by 16 Chebyshev nodes that carry its weights, and nodes stand for values. The nearest singularity is π from
/// the real line, twelve half-widths away, so that sixteen nodes leave 1e-16. From 40 apart the difference is 1.
/// O(n·16), and 256 for each of the pairs of cells within 40.
[[nodiscard]] inline double ratio_pairs_by_cells(std::span<double const> values) {
  constexpr std::size_t nodes = 16;
  std::vector<double> logarithms;
  double zeros = 0;
  for (double const value : values) value > 0 ? logarithms.push_back(std::log(value)) : void(++zeros);
  double const positive = static_cast<double>(logarithms.size());
  double sum = 2 * zeros * positive;  // of 0 and any other the difference is 1
  if (logarithms.empty()) return sum;
  auto const [lowest, highest] = std::minmax_element(logarithms.begin(), logarithms.end());
  double const start = *lowest;
  double const range = *highest - start;
  if (!(range > 0)) return sum;
  std::size_t const cells = static_cast<std::size_t>(std::ceil(range));
  double const width = range / static_cast<double>(cells);
  std::array<double, nodes> place{};     // of the nodes within a cell, in −1…1
  std::array<double, nodes> strength{};  // of the barycentric formula
  for (std::size_t at = 0; at < nodes; ++at) {
    double const angle = (static_cast<double>(2 * at + 1)) * 3.14159265358979324 / (2 * static_cast<double>(nodes));
    place[at] = std::cos(angle);
    strength[at] = (at % 2 == 0 ? 1 : -1) * std::sin(angle);
  }
  std::vector<std::array<double, nodes>> weights(cells);
  std::vector<double> counts(cells, 0.0);
  for (double const logarithm : logarithms) {
    std::size_t const cell = (std::min)(cells - 1, static_cast<std::size_t>((logarithm - start) / width));
    double const within = 2 * ((logarithm - start) / width - static_cast<double>(cell)) - 1;
    ++counts[cell];
    std::array<double, nodes> share{};
    double whole = 0;
    std::size_t hit = nodes;
    for (std::size_t at = 0; at < nodes; ++at) {
      if (within == place[at]) hit = at;
      share[at] = strength[at] / (within - place[at]);
      whole += share[at];
    }
    if (hit != nodes) {
      ++weights[cell][hit];
    } else {
      for (std::size_t at = 0; at < nodes; ++at) weights[cell][at] += share[at] / whole;
    }
  }
  // One kernel for each distance between cells.
  std::size_t const reach = (std::min)(cells, static_cast<std::size_t>(40 / width) + 2);
  std::array<double, nodes * nodes> kernel{};
  for (std::size_t apart = 0; apart < reach; ++apart) {
    for (std::size_t one = 0; one < nodes; ++one)
      for (std::size_t other = 0; other < nodes; ++other) {
        double const tangent = std::tanh((static_cast<double>(apart) + (place[one] - place[other]) / 2) * width / 2);
        kernel[one * nodes + other] = tangent * tangent;
      }
    for (std::size_t cell = 0; cell + apart < cells; ++cell) {
      if (!(counts[cell] > 0 && counts[cell + apart] > 0)) continue;
      double pair = 0;
      for (std::size_t one = 0; one < nodes; ++one) {
        double row = 0;
        for (std::size_t other = 0; other < nodes; ++other) row += kernel[one * nodes + other] * weights[cell][other];
        pair += row * weights[cell + apart][one];
      }
      sum += apart == 0 ? pair : 2 * pair;
    }
  }
  double beyond = 0;  // values in cells too far away to be within reach
  for (std::size_t cell = reach; cell < cells; ++cell) {
    beyond += counts[cell - reach];
    sum += 2 * beyond * counts[cell];
  }
  return sum;
}

[[nodiscard]] inline double ratio_pairs(std::span<double const> values) {
  return values.size() < 512 ? ratio_pairs_one_by_one(values) : ratio_pairs_by_cells(values);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
