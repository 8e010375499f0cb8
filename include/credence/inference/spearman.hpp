// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_SPEARMAN_HPP
#define CREDENCE_INFERENCE_SPEARMAN_HPP

#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/ranks.hpp>
#include <credence/math/normal.hpp>
#include <credence/math/student_t.hpp>

// Do two quantities rise and fall together, on whatever scale? Spearman's ρ is the correlation of their ranks.

namespace credence {
inline namespace CREDENCE_ABI {

struct spearman_options {
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `spearman`. NaN where there are fewer than two pairs, or either side never varies.
struct spearman_result {
  double value = not_a_number();           ///< ρ, in −1…1
  credence::interval interval;             ///< in −1…1; NaN for fewer than four pairs, and where ρ is ±1
  double standard_error = not_a_number();  ///< of ρ, of independent pairs
  double p_value = not_a_number();         ///< of no monotone relation, two-sided, in 0…1; NaN for fewer than 3 pairs
  std::uint64_t count = 0;                 ///< pairs used
  std::uint64_t rejected = 0;              ///< pairs left out
  credence::rejections rejections;         ///< and why, by the first of the two that is not good

  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("p_value", self.p_value);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(spearman_result const&, spearman_result const&) = default;
};

namespace detail {

/// A sample within ±1e150, so that squares do not overflow, or NaN where it was turned away and counted.
template <class Value>
[[nodiscard]] double real_or_rejected(Value const& value, credence::on_invalid policy, rejections& rejected,
                                      std::uint64_t position) {
  return detail::accepts_real(value, 1e150, policy, rejected, position) ? detail::real_of(value) : not_a_number();
}

/// The interval of a correlation on Fisher's scale, atanh ρ, where its error is more alike everywhere.
[[nodiscard]] inline interval fisher_interval(double value, double error, double critical, double confidence) {
  interval bounds{not_a_number(), not_a_number(), confidence};
  if (!(error > 0) || !(std::fabs(value) < 1)) return bounds;
  double const centre = std::atanh(value);
  double const half = critical * error / (1 - value * value);
  bounds.lower = std::tanh(centre - half);
  bounds.upper = std::tanh(centre + half);
  return bounds;
}

struct spearman_function : refusal<values_call<spearman_options, argument_kind::projection, argument_kind::projection>,
                                   std::type_identity<spearman_result>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> First, projection_of<Range> Second>
  spearman_result operator()(Range&& rows, First first, Second second, spearman_options options = {}) const {
    check_confidence("spearman_options::confidence", options.confidence);
    spearman_result result;
    result.interval.confidence = options.confidence;
    if constexpr (number_check::of<projected<Range, First>, projected<Range, Second>>()) {
      std::vector<double> left;
      std::vector<double> right;
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& row = *at;
        double const one =
            detail::real_or_rejected(detail::project(first, row), options.on_invalid, result.rejections, position);
        if (is_nan(one)) continue;
        double const other =
            detail::real_or_rejected(detail::project(second, row), options.on_invalid, result.rejections, position);
        if (is_nan(other)) continue;
        left.push_back(one);
        right.push_back(other);
      }
      result.count = left.size();
      result.rejected = result.rejections.total();
      result.value = rank_correlation_of(left, right).value;
      add_error(result, options.confidence);
    }
    return result;
  }

 private:
  static void add_error(spearman_result& result, double confidence) {
    double const pairs = static_cast<double>(result.count);
    double const unexplained = 1 - result.value * result.value;
    if (!result || pairs < 3) return;
    result.p_value =
        unexplained > 0
            ? 2 * math::student_t_upper_tail(std::fabs(result.value) * std::sqrt((pairs - 2) / unexplained), pairs - 2)
            : 0;
    if (pairs < 4) return;
    result.standard_error = unexplained * std::sqrt((1 + result.value * result.value / 2) / (pairs - 3));
    result.interval =
        fisher_interval(result.value, result.standard_error, math::normal_critical(confidence), confidence);
  }
};

}  // namespace detail

/// Spearman's ρ of two quantities: `spearman(rows, &branch::nps, &branch::revenue)`, the correlation of their ranks,
/// equal values sharing the middle one. Interval: Fisher's z with Bonett and Wright's error √((1 + ρ²/2)/(n − 3)); p: t
/// with n − 2 degrees of freedom. Pairs must be independent of each other: for units seen again and again see
/// `linkage`. Pairs with a side that is missing, NaN or beyond ±1e150 are left out and counted. Throws
/// `credence::error` for a confidence outside (0, 1). O(n log n); keeps the pairs. Source: Bonett and Wright (2000),
/// Psychometrika 65, 23.
inline constexpr detail::spearman_function spearman{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
