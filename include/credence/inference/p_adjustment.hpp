// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_P_ADJUSTMENT_HPP
#define CREDENCE_INFERENCE_P_ADJUSTMENT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What to hold down when many tests are made at once.
enum class p_adjustment : std::uint8_t {
  holm,  ///< the chance of even one false alarm, whatever the tests have to do with each other (the default)
  benjamini_hochberg,  ///< the share of false alarms among all alarms, for tests that do not work against each other
  none                 ///< nothing: of twenty tests of nothing, one will sound
};
constexpr std::string_view name_of(p_adjustment method) {
  switch (method) {
    case p_adjustment::holm: return "holm";
    case p_adjustment::benjamini_hochberg: return "benjamini_hochberg";
    case p_adjustment::none: return "none";
  }
  return {};
}

/// p-values adjusted for their number, in their order; NaN stay NaN and do not count. With m of them, sorted:
///   holm                the k-th smallest (from 0) times m − k, never less than one before it
///   benjamini_hochberg  the k-th smallest times m/(k + 1), never more than one after it
/// at most 1. O(m log m). Source: Holm (1979); Benjamini and Hochberg (1995); R's p.adjust.
[[nodiscard]] inline std::vector<double> adjusted(std::vector<double> const& p_values, p_adjustment method) {
  std::vector<double> result = p_values;
  if (method == p_adjustment::none) return result;
  std::vector<std::size_t> order;
  for (std::size_t at = 0; at < p_values.size(); ++at)
    if (!is_nan(p_values[at])) order.push_back(at);
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return p_values[left] < p_values[right]; });
  double const tests = static_cast<double>(order.size());
  if (method == p_adjustment::holm) {
    double highest = 0;
    for (std::size_t place = 0; place < order.size(); ++place) {
      highest = (std::max)(highest, (std::min)(1.0, p_values[order[place]] * (tests - static_cast<double>(place))));
      result[order[place]] = highest;
    }
  } else {
    double lowest = 1;
    for (std::size_t place = order.size(); place-- != 0;) {
      lowest = (std::min)(lowest, p_values[order[place]] * tests / static_cast<double>(place + 1));
      result[order[place]] = lowest;
    }
  }
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
