// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_SEARCH_HPP
#define CREDENCE_CLV_DETAIL_SEARCH_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>

// How the maximum of a likelihood of many customers is found, whatever they are asked about.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// θ = e^φ.
template <std::size_t Size>
[[nodiscard]] std::array<double, Size> natural_of(std::vector<double> const& logs) {
  std::array<double, Size> natural{};
  for (std::size_t at = 0; at < Size; ++at) natural[at] = std::exp(logs[at]);
  return natural;
}
/// φ = ln θ.
template <std::size_t Size>
[[nodiscard]] std::vector<double> logs_of(std::array<double, Size> const& natural) {
  std::vector<double> logs;
  for (double const parameter : natural)
    logs.push_back(std::log(is_finite(parameter) && parameter > 1e-30 && parameter < 1e30 ? parameter : 1.0));
  return logs;
}

/// The maximum of `likelihood(table, point)`, less the penalty. Where customers are many, every sixteenth of them tells
/// where to begin.
template <class Table, class Likelihood>
[[nodiscard]] math::maximum_result maximum_of(Table const& table, std::vector<double> const& start, double penalty,
                                              math::maximise_options const& options, Likelihood const& likelihood) {
  constexpr std::size_t sampled_from = 65'536;
  constexpr std::size_t stride = 16;
  auto const held = [&](Table const& customers, double strength) {
    return [&customers, &likelihood, strength](std::vector<double> const& point) {
      math::likelihood_sums sums = likelihood(customers, point);
      if (strength != 0) sums.penalise(point, strength);
      return sums;
    };
  };
  if (table.size() < sampled_from) return math::maximise(held(table, penalty), start, options);
  Table const some = table.sample(stride);
  return math::maximise_from_sample(held(some, penalty / static_cast<double>(stride)), held(table, penalty), start,
                                    options);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
