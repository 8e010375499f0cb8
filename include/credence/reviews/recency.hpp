// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RECENCY_HPP
#define CREDENCE_REVIEWS_RECENCY_HPP

#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include <credence/core/error.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/half_life.hpp>
#include <credence/reviews/detail/review_weight.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct recency_options {
  time_span half_life = detail::half_a_year;  ///< a review so much older counts half; 180 days, and more than 0
  std::optional<instant> observed_until{};    ///< when a review counts in full; must be given
};

namespace detail {

template <class Time>
struct recency_weight {
  using review_weight_type = recency_weight;
  Time time;
  time_span half_life;
  instant observed_until;

  template <class Row>
  requires requires(Time const& own, Row& row) { detail::project(own, row); }
  double operator()(Row& row) const {
    auto&& told = detail::project(time, row);
    if constexpr (check_time<decltype(told)>()) {
      instant const when = detail::instant_of(told);
      if (!when.is_known() || when > observed_until) return not_a_number();
      double const age = static_cast<double>(elapsed(when.micros, observed_until.micros));
      return told_weight(std::exp2(-age / static_cast<double>(half_life.micros)));
    } else {
      return not_a_number();
    }
  }
};

struct recency_function {
  template <class Time>
  [[nodiscard]] auto operator()(Time time, recency_options options) const {
    check_length("recency_options::half_life", options.half_life,
                 [](char const* argument, double value, std::string_view allowed) -> bool {
                   wrong_argument(argument, value, allowed);
                 });
    if (!options.observed_until || !options.observed_until->is_known())
      detail::raise(
          error("credence: recency_options::observed_until is not a known time; it must be when a review counts in "
                "full, as {.observed_until = now}"));
    return recency_weight<Time>{std::move(time), options.half_life, *options.observed_until};
  }
};

}  // namespace detail

/// A review counts half as much a half-life ago: `recency(&review::time, {.half_life = std::chrono::days{180},
/// .observed_until = now})`, the weight 2^(−age/half-life) in 0…1 with the age at `observed_until`; below 1e-100 it is
/// 0. A time that is missing, cannot be told or lies after `observed_until` has a weight of NaN, and its review is
/// rejected as `bad_weight`. A projection of the row, that stands where a weight stands, alone or in a product:
/// `recency(…) * verified(…)`. A mean does not change with `observed_until`, where evidence is counted it does: an item
/// without new reviews loses what it had, and a Bayesian average goes back to its prior. Throws `credence::error` for a
/// half-life that is not above 0, and where `observed_until` is unset.
inline constexpr detail::recency_function recency{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
