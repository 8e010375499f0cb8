// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_SHRUNK_RATING_HPP
#define CREDENCE_REVIEWS_SHRUNK_RATING_HPP

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/detail/satisfied_scale.hpp>
#include <credence/reviews/detail/item_score.hpp>
#include <credence/reviews/detail/satisfied_votes.hpp>

// The share of the satisfied r, drawn towards a half by what n votes leave in doubt: r − (r − ½)·2^(−log₁₀(n + 1)).
// Every tenfold of votes halves the doubt.

namespace credence {
inline namespace CREDENCE_ABI {

struct shrunk_rating_options {
  number satisfied_from = 1;          ///< votes from here on are satisfied; `true` is 1; 4 for stars
  std::optional<number> scale_min{};  ///< votes below are rejected; unset: none is
  std::optional<number> scale_max{};  ///< votes above are rejected; unset: none is
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::class_scale<2> scale() const { return detail::satisfied_scale(*this); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_satisfied_scale(*this,
                                         {"shrunk_rating_options::scale_min", "shrunk_rating_options::satisfied_from",
                                          "shrunk_rating_options::scale_max"},
                                         complain);
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
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(shrunk_rating_options const&, shrunk_rating_options const&) = default;
};

/// The answer of `shrunk_rating`. Everything is NaN or 0 where no vote was good, or Σw = 0.
struct shrunk_rating_result {
  double value = not_a_number();            ///< in 0…1
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
    visit("satisfied_share", self.satisfied_share);
    visit("satisfied", self.satisfied);
    visit("count", self.count);
    visit("weight", self.weight);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(shrunk_rating_result const&, shrunk_rating_result const&) = default;
};

/// Counts of the satisfied and the others; see `shrunk_rating`.
class shrunk_rating_accumulator
    : public detail::class_accumulator<shrunk_rating_accumulator, shrunk_rating_options, 2> {
  using base = detail::class_accumulator<shrunk_rating_accumulator, shrunk_rating_options, 2>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.shrunk_rating"; }

  /// For catalogues: see reviews/detail/item_score.hpp.
  class scoring {
   public:
    explicit scoring(shrunk_rating_options const& options) : votes_(options.scale()) {}

    [[nodiscard]] detail::item_score operator()(detail::counted_values const& item) const {
      detail::satisfied_votes const votes = votes_.of(item);
      return {shrunk(votes), votes.share(), votes.count};
    }
    /// Without an interval: the rule knows no error.
    [[nodiscard]] detail::shown_score in_full(detail::counted_values const& item) const { return {(*this)(item), {}}; }

    [[nodiscard]] static double shrunk(detail::satisfied_votes const& votes) {
      double const rating = votes.share();
      return rating - (rating - 0.5) * std::exp2(-std::log10(votes.weight + 1));
    }

   private:
    detail::counted_votes votes_;
  };

  [[nodiscard]] static shrunk_rating_result answer(shrunk_rating_options const&, state_type const& state) {
    shrunk_rating_result result;
    result.value = scoring::shrunk(detail::answer_votes(result, state));
    return result;
  }
};

/// The share of the satisfied drawn towards a half, in 0…1: `shrunk_rating(votes, &vote::positive)`, or of stars with
/// `{.satisfied_from = 4}`. The rule by which SteamDB rates games: r − (r − ½)·2^(−log₁₀(n + 1)). It has no interval:
/// it is a rule of thumb without a model of how votes come about, so that nothing says how far off it may be; for that
/// ask `wilson_lower_bound`. A weight, as the third argument, is evidence: n = Σw. NaN, infinities, empty optionals and
/// what is off a given scale are left out and counted. No good vote: `count` 0, the rest NaN. Throws `credence::error`
/// for options that contradict each other. O(rows), no allocation.
/// Source: SteamDB (2017), "Introducing Steam Database's new rating algorithm".
inline constexpr metric<shrunk_rating_accumulator> shrunk_rating{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
