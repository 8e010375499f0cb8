// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_STAR_LOWER_BOUND_HPP
#define CREDENCE_REVIEWS_STAR_LOWER_BOUND_HPP

#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/math/normal.hpp>
#include <credence/reviews/detail/item_score.hpp>
#include <credence/reviews/detail/star_posterior.hpp>

// The mean of stars that the ratings make sure of: with n_k ratings of s_k stars and a_k pseudo-ratings of a Dirichlet
// prior, N = Σn_k, A = Σa_k: f = Σ s_k(n_k + a_k)/(N + A), and f − z√((Σ s_k²(n_k + a_k)/(N + A) − f²)/(N + A + 1)).

namespace credence {
inline namespace CREDENCE_ABI {

struct star_lower_bound_options {
  whole scale_min = 1;          ///< the lowest point
  whole scale_max = 5;          ///< the highest point
  std::vector<double> prior{};  ///< pseudo-ratings of each point, the lowest first; empty: one of each
  number confidence = 0.95;     ///< in (0, 1)
  bool one_sided = true;        ///< true: z = 1.6449 at 0.95; false: the lower end of the two-sided interval, z = 1.96
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::level_scale levels() const { return {scale_min, scale_max}; }
  template <class Complain>
  bool check_fields(Complain const& complain) const {
    if (!levels().check_fields("star_lower_bound_options::scale_min", "star_lower_bound_options::scale_max", complain))
      return false;
    if (!prior.empty() && prior.size() != levels().levels())
      return complain("the size of star_lower_bound_options::prior", prior.size(),
                      detail::joined({"it must have a number for each of the ", detail::shown(levels().levels()),
                                      " points of the scale, or none"}));
    for (double const& ratings : prior)
      if (!(is_finite(ratings) && ratings >= 0 && ratings <= 1e100))
        return complain("a number of star_lower_bound_options::prior", ratings, "it must lie within 0 and 1e100");
    return detail::check_confidence_option("star_lower_bound_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("prior", self.prior);
    visit("confidence", self.confidence);
    visit("one_sided", self.one_sided);
    visit("on_invalid", self.on_invalid);
  }
  friend bool operator==(star_lower_bound_options const&, star_lower_bound_options const&) = default;
};

/// The answer of `star_lower_bound`: without ratings the prior's.
struct star_lower_bound_result {
  double value = not_a_number();           ///< the lower bound of the mean, in points of the scale
  credence::interval interval;             ///< of the mean, two-sided at any rate
  double posterior_mean = not_a_number();  ///< f, of ratings and prior
  double standard_error = not_a_number();  ///< of f: the deviation of its posterior
  double mean = not_a_number();            ///< of the ratings alone
  std::uint64_t count = 0;                 ///< ratings used
  double weight = 0;                       ///< N = Σw, the evidence: the count where there are no weights
  std::uint64_t rejected = 0;              ///< ratings left out
  credence::rejections rejections;         ///< and why

  /// Is there an answer that is not the prior's?
  constexpr explicit operator bool() const { return count != 0 && weight > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("posterior_mean", self.posterior_mean);
    visit("standard_error", self.standard_error);
    visit("mean", self.mean);
    visit("count", self.count);
    visit("weight", self.weight);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(star_lower_bound_result const&, star_lower_bound_result const&) = default;
};

/// Counts of every point of a scale; see `star_lower_bound`.
class star_lower_bound_accumulator
    : public detail::level_accumulator<star_lower_bound_accumulator, star_lower_bound_options> {
  using base = detail::level_accumulator<star_lower_bound_accumulator, star_lower_bound_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.star_lower_bound"; }

  /// For catalogues: see reviews/detail/item_score.hpp.
  class scoring {
   public:
    explicit scoring(star_lower_bound_options const& options)
        : confidence_(options.confidence),
          critical_(math::normal_critical(options.confidence)),
          critical_below_(options.one_sided ? math::normal_quantile(options.confidence) : critical_),
          posterior_(options.levels(), options.prior),
          values_(static_cast<double>(options.scale_min), static_cast<double>(options.scale_max)) {}

    [[nodiscard]] detail::item_score operator()(detail::counted_values const& item) const {
      detail::value_sums const ratings(item, values_);
      return {lower_bound(posterior_.of(item)), ratings.mean(), ratings.count};
    }
    [[nodiscard]] detail::shown_score in_full(detail::counted_values const& item) const {
      detail::value_sums const ratings(item, values_);
      detail::star_mean const found = posterior_.of(item);
      return {{lower_bound(found), ratings.mean(), ratings.count}, bounds(found)};
    }

    [[nodiscard]] double lower_bound(detail::star_mean const& found) const {
      return found.value - critical_below_ * found.standard_error;
    }
    [[nodiscard]] interval bounds(detail::star_mean const& found) const {
      double const half = critical_ * found.standard_error;
      return {found.value - half, found.value + half, confidence_};
    }
    [[nodiscard]] star_lower_bound_result answer(detail::level_counts const& state) const {
      star_lower_bound_result result;
      result.count = state.total();
      result.weight = detail::star_posterior::weight_of(state);
      result.rejected = state.rejected.total();
      result.rejections = state.rejected;
      detail::star_mean const found = posterior_.of(state);
      result.value = lower_bound(found);
      result.interval = bounds(found);
      result.posterior_mean = found.value;
      result.mean = posterior_.mean_of_ratings(state);
      result.standard_error = found.standard_error;
      return result;
    }

   private:
    double confidence_;
    double critical_;
    double critical_below_;
    detail::star_posterior posterior_;
    detail::whole_values values_;
  };

  [[nodiscard]] static star_lower_bound_result answer(star_lower_bound_options const& options,
                                                      state_type const& state) {
    return scoring(options).answer(state);
  }
};

/// The mean of stars that the ratings make sure of, in points of the scale, to rank items with few ratings and with
/// many: `star_lower_bound(reviews, &review::stars, {.scale_max = 5, .confidence = 0.95})`. The lower bound of the mean
/// under the Dirichlet posterior of the distribution of stars, by its normal approximation, which may leave the scale.
/// The points are whole numbers, of at most 1,001; ratings between or beyond them are left out as `off_scale`, NaN and
/// empty optionals as what they are. A weight, as the third argument, is evidence: a review of weight w counts as w
/// reviews. No good rating: the prior's answer, `count` 0. Where ratings and prior all lie on one point, which only a
/// prior with zeros allows, they tell no spread: bounds and error are NaN; without either, all is. Throws
/// `credence::error` for options that contradict each other. O(rows), two allocations.
/// Source: Miller (2014), "Ranking items with star ratings".
inline constexpr metric<star_lower_bound_accumulator> star_lower_bound{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
