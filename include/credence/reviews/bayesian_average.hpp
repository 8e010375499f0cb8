// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_BAYESIAN_AVERAGE_HPP
#define CREDENCE_REVIEWS_BAYESIAN_AVERAGE_HPP

#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/mean_state.hpp>
#include <credence/inference/detail/moments_accumulator.hpp>
#include <credence/reviews/bayesian_average_result.hpp>
#include <credence/reviews/detail/item_score.hpp>
#include <credence/reviews/detail/normal_posterior.hpp>
#include <credence/reviews/detail/remembered_criticals.hpp>

// The mean of the ratings of an item together with `prior_weight` ratings of `prior_mean`, which every item is given:
// (C·m + Σw·r)/(m + Σw). Few ratings leave it near C, many near their own mean.

namespace credence {
inline namespace CREDENCE_ABI {

struct bayesian_average_options {
  std::optional<number> scale_min{};     ///< ratings below are rejected; unset: -1e150, as squares must not overflow
  std::optional<number> scale_max{};     ///< ratings above are rejected; unset: 1e150
  std::optional<number> prior_mean{};    ///< C, in the ratings' unit; unset: the catalogue's, which `ranking` finds
  std::optional<number> prior_weight{};  ///< m, how many ratings it stands for, 0 or more; unset: the catalogue's
  std::optional<number> deviation{};     ///< of one rating about its item's mean, where that is known
  number confidence = 0.95;              ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr double lowest() const { return scale_min ? scale_min->value : -1e150; }
  [[nodiscard]] constexpr double highest() const { return scale_max ? scale_max->value : 1e150; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    if (!detail::check_ascending(
            {{"bayesian_average_options::scale_min", lowest()}, {"bayesian_average_options::scale_max", highest()}},
            complain))
      return false;
    if (prior_mean && !(is_finite(*prior_mean) && *prior_mean >= -1e150 && *prior_mean <= 1e150))
      return complain("bayesian_average_options::prior_mean", prior_mean->value, "it must lie within -1e150 and 1e150");
    if (prior_weight && !(is_finite(*prior_weight) && *prior_weight >= 0 && *prior_weight <= 1e100))
      return complain("bayesian_average_options::prior_weight", prior_weight->value, "it must lie within 0 and 1e100");
    if (deviation && !(is_finite(*deviation) && *deviation > 0))
      return complain("bayesian_average_options::deviation", deviation->value, "it must be a finite number above 0");
    return detail::check_confidence_option("bayesian_average_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("prior_mean", self.prior_mean);
    visit("prior_weight", self.prior_weight);
    visit("deviation", self.deviation);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(bayesian_average_options const&, bayesian_average_options const&) = default;
};

/// Moments of ratings; see `bayesian_average`. It may be made, pushed to and merged without a prior: only the answer
/// needs one.
class bayesian_average_accumulator
    : public detail::moments_accumulator<bayesian_average_accumulator, bayesian_average_options> {
  using base = detail::moments_accumulator<bayesian_average_accumulator, bayesian_average_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.bayesian_average"; }

  /// For catalogues: see reviews/detail/item_score.hpp.
  class scoring {
   public:
    /// Throws `credence::error` where the prior is unset.
    explicit scoring(bayesian_average_options const& options)
        : posterior_(prior_option("prior_mean", options.prior_mean), prior_option("prior_weight", options.prior_weight),
                     options.deviation, options.confidence),
          values_(options.lowest(), options.highest()),
          criticals_(options.confidence) {}

    [[nodiscard]] detail::item_score operator()(detail::counted_values const& item) const {
      detail::value_sums const ratings(item, values_);
      double const own = ratings.mean();
      return {posterior_.mean(static_cast<double>(ratings.count), own), own, ratings.count};
    }
    [[nodiscard]] detail::shown_score in_full(detail::counted_values const& item) const {
      detail::value_sums const ratings(item, values_);
      real_moments moments{static_cast<double>(ratings.count), ratings.mean(), 0};
      for (std::size_t value = values_.first; value < values_.end(item); ++value) {
        double const apart = static_cast<double>(value) - moments.mean;
        moments.squared_deviations += static_cast<double>(item.counts[value]) * (apart * apart);
      }
      auto const [value, bounds] = posterior_.of_counted(moments, criticals_);
      return {{value, moments.mean, ratings.count}, bounds};
    }
    [[nodiscard]] bayesian_average_result answer(detail::mean_state const& state) const {
      return posterior_.answer(state);
    }

   private:
    static double prior_option(char const* name, std::optional<number> const& given) {
      if (!given)
        detail::raise(error(detail::joined({"credence: bayesian_average_options::", name,
                                            " is unset; only ranking() can take it from its catalogue, one item has "
                                            "none: give it"})));
      return *given;
    }

    detail::normal_posterior posterior_;
    detail::whole_values values_;
    detail::remembered_criticals criticals_;
  };

  [[nodiscard]] static bayesian_average_result answer(bayesian_average_options const& options,
                                                      state_type const& state) {
    return scoring(options).answer(state);
  }
};

/// The mean rating drawn towards a prior, in the ratings' unit, so that few ratings do not outdo many:
/// `bayesian_average(reviews, &review::stars, {.prior_mean = 3.5, .prior_weight = 25})`. A weight, as the third
/// argument, is evidence: a review of weight w counts as w reviews. The interval is that of the normal model whose
/// prior these are: with `deviation` σ value ∓ z·σ/√(m + n), else Student's with n degrees of freedom (n − 1 where m is
/// 0: the t interval of `mean`), NaN for fewer than two ratings, and where they and the prior tell no spread. NaN,
/// infinities, empty optionals and what is off the scale (±1e150 unless given) are left out and counted. No good
/// rating: the prior mean, `count` 0; NaN where `prior_weight` is 0. Integers are summed exactly. Throws
/// `credence::error` for a prior that is unset, and for options that contradict each other. O(rows), no allocation.
/// Source: Gelman et al. (2013), Bayesian Data Analysis, 3.3; as IMDb ranks its top 250.
inline constexpr metric<bayesian_average_accumulator> bayesian_average{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
