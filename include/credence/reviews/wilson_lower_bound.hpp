// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_WILSON_LOWER_BOUND_HPP
#define CREDENCE_REVIEWS_WILSON_LOWER_BOUND_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/detail/satisfied_scale.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/math/normal.hpp>
#include <credence/reviews/detail/item_score.hpp>
#include <credence/reviews/detail/satisfied_votes.hpp>

// The share of the satisfied, p of n votes, that the votes make sure of: the lower end of Wilson's interval,
// (p + z²/2n − z√(p(1−p)/n + z²/4n²)) / (1 + z²/n).

namespace credence {
inline namespace CREDENCE_ABI {

struct wilson_lower_bound_options {
  number satisfied_from = 1;          ///< votes from here on are satisfied; `true` is 1; 4 for stars
  std::optional<number> scale_min{};  ///< votes below are rejected; unset: none is
  std::optional<number> scale_max{};  ///< votes above are rejected; unset: none is
  number confidence = 0.95;           ///< in (0, 1)
  bool one_sided = false;  ///< false: the lower end of the two-sided interval, z = 1.96 at 0.95; true: z = 1.6449
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::class_scale<2> scale() const { return detail::satisfied_scale(*this); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_satisfied_scale(
               *this,
               {"wilson_lower_bound_options::scale_min", "wilson_lower_bound_options::satisfied_from",
                "wilson_lower_bound_options::scale_max"},
               complain) &&
           detail::check_confidence_option("wilson_lower_bound_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.satisfied_from, self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("satisfied_from", self.satisfied_from);
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("confidence", self.confidence);
    visit("one_sided", self.one_sided);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(wilson_lower_bound_options const&, wilson_lower_bound_options const&) = default;
};

/// The answer of `wilson_lower_bound`. Everything is NaN or 0 where no vote was good, or Σw = 0.
struct wilson_lower_bound_result {
  double value = not_a_number();            ///< the lower bound, in 0…1
  credence::interval interval;              ///< Wilson's, two-sided at any rate, in 0…1
  double satisfied_share = not_a_number();  ///< in 0…1, of the weight
  std::uint64_t satisfied = 0;              ///< votes from `satisfied_from` on
  std::uint64_t count = 0;                  ///< votes used
  double weight = 0;                        ///< Σw, the evidence: the count where there are no weights
  std::uint64_t rejected = 0;               ///< votes left out
  credence::rejections rejections;          ///< and why

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && weight > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("satisfied_share", self.satisfied_share);
    visit("satisfied", self.satisfied);
    visit("count", self.count);
    visit("weight", self.weight);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(wilson_lower_bound_result const&, wilson_lower_bound_result const&) = default;
};

/// Counts of the satisfied and the others; see `wilson_lower_bound`.
class wilson_lower_bound_accumulator
    : public detail::class_accumulator<wilson_lower_bound_accumulator, wilson_lower_bound_options, 2> {
  using base = detail::class_accumulator<wilson_lower_bound_accumulator, wilson_lower_bound_options, 2>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.wilson_lower_bound"; }

  /// For catalogues: see reviews/detail/item_score.hpp.
  class scoring {
   public:
    explicit scoring(wilson_lower_bound_options const& options)
        : confidence_(options.confidence),
          critical_(math::normal_critical(options.confidence)),
          critical_below_(options.one_sided ? math::normal_quantile(options.confidence) : critical_),
          votes_(options.scale()) {}

    [[nodiscard]] detail::item_score operator()(detail::counted_values const& item) const {
      detail::satisfied_votes const votes = votes_.of(item);
      return {lower_bound(votes), votes.share(), votes.count};
    }
    [[nodiscard]] detail::shown_score in_full(detail::counted_values const& item) const {
      detail::satisfied_votes const votes = votes_.of(item);
      interval const both = bounds(votes);
      double const lower = critical_below_ == critical_ ? both.lower : lower_bound(votes);
      return {{lower, votes.share(), votes.count}, both};
    }

    [[nodiscard]] double lower_bound(detail::satisfied_votes const& votes) const {
      return wilson(votes, critical_below_).lower;
    }
    [[nodiscard]] interval bounds(detail::satisfied_votes const& votes) const { return wilson(votes, critical_); }

   private:
    [[nodiscard]] interval wilson(detail::satisfied_votes const& votes, double critical) const {
      if (!(votes.weight > 0)) return {not_a_number(), not_a_number(), confidence_};
      return detail::wilson_bounds({votes.share(), votes.weight}, critical, confidence_);
    }

    double confidence_;
    double critical_;
    double critical_below_;
    detail::counted_votes votes_;
  };

  [[nodiscard]] static wilson_lower_bound_result answer(wilson_lower_bound_options const& options,
                                                        state_type const& state) {
    wilson_lower_bound_result result;
    detail::satisfied_votes const votes = detail::answer_votes(result, state);
    scoring const rule(options);
    result.value = rule.lower_bound(votes);
    result.interval = rule.bounds(votes);
    return result;
  }
};

/// The share of the satisfied that the votes make sure of, in 0…1, to rank items with few votes and with many:
/// `wilson_lower_bound(votes, &vote::positive)`, or of stars with `{.satisfied_from = 4}`. The lower end of Wilson's
/// interval. A weight, as the third argument, is evidence: a vote of weight w counts as w votes, n = Σw. NaN,
/// infinities, empty optionals and what is off a given scale are left out and counted. No good vote: `count` 0, the
/// rest NaN. Throws `credence::error` for options that contradict each other. O(rows), no allocation.
/// Source: Wilson (1927), JASA 22, 209; for ranking, Miller (2009), "How not to sort by average rating".
inline constexpr metric<wilson_lower_bound_accumulator> wilson_lower_bound{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
