// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_HELPFULNESS_HPP
#define CREDENCE_REVIEWS_HELPFULNESS_HPP

#include <utility>

#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/normal.hpp>
#include <credence/reviews/detail/review_weight.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct helpfulness_options {
  number neutral = 0.5;      ///< the weight of a review that nobody voted on, in 0…1; 0.5 is Wilson's centre
  number confidence = 0.95;  ///< of the Wilson interval, in (0, 1): z² votes' worth of `neutral`
};

namespace detail {

template <class Helpful, class Votes>
struct helpfulness_weight {
  using review_weight_type = helpfulness_weight;
  Helpful helpful;
  Votes votes;
  double neutral;
  double prior_votes;

  template <class Row>
  requires requires(Helpful const& own, Votes const& all, Row& row) {
    detail::project(own, row);
    detail::project(all, row);
  }
  constexpr double operator()(Row& row) const {
    auto&& told = detail::project(helpful, row);
    auto&& beside = detail::project(votes, row);
    if constexpr (number_check::of<decltype(told), decltype(beside)>()) {
      double const yes = detail::real_or_none(told);
      double const all = detail::real_or_none(beside);
      if (!is_finite(yes) || !is_finite(all) || !(yes >= 0 && yes <= all)) return not_a_number();
      if (all == 0) return told_weight(neutral);  // a confidence next to 0 has no votes' worth of it
      return told_weight((yes + prior_votes * neutral) / (all + prior_votes));
    } else {
      return not_a_number();
    }
  }
};

struct helpfulness_function {
  template <class Helpful, class Votes>
  [[nodiscard]] auto operator()(Helpful helpful, Votes votes, helpfulness_options options = {}) const {
    check_fraction("helpfulness_options::neutral", options.neutral.value);
    check_confidence("helpfulness_options::confidence", options.confidence.value);
    double const critical = math::normal_critical(options.confidence);
    return helpfulness_weight<Helpful, Votes>{std::move(helpful), std::move(votes), options.neutral,
                                              critical * critical};
  }
};

}  // namespace detail

/// A review that readers found helpful counts more: `helpfulness(&review::helpful, &review::votes [, {options}])`, the
/// weight (k + z²·neutral)/(n + z²) in 0…1, for k of n votes that say so. With `neutral` 0.5 it is the centre of
/// Wilson's interval: few votes leave a review near what it counts for without any, and none at `neutral` itself. The
/// lower bound, with which items are ranked, would make a review with its first helpful vote (0.21 for 1 of 1) count
/// less than one that nobody looked at. Votes that are missing, NaN or infinite, and more helpful ones than there are,
/// have a weight of NaN, and the review is rejected as `bad_weight`. A projection of the row, that stands where a
/// weight stands, alone or in a product. Throws `credence::error` for wrong options. Source: Wilson (1927), Journal of
/// the American Statistical Association 22, 209.
inline constexpr detail::helpfulness_function helpfulness{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
