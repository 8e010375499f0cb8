// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_RESPONSE_RATE_HPP
#define CREDENCE_SURVEY_RESPONSE_RATE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/linearised.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/math/normal.hpp>
#include <credence/survey/disposition.hpp>

// How many of those who were asked answered. With I complete and P partial interviews, R refusals, N who were not
// reached, O others, and U of whom it is not known whether they should have been asked at all:
// (I [+ P]) / (I + P + R + N + O + e·U). AAPOR's rates are its cases: RR1 (partial ones not counted, e = 1), RR2
// (counted, e = 1), RR3 and RR4 (e estimated), RR5 and RR6 (e = 0).

namespace credence {
inline namespace CREDENCE_ABI {

/// Does a partial answer count as one?
enum class partial_answers : std::uint8_t { counted, not_counted };
constexpr std::string_view name_of(partial_answers policy) {
  switch (policy) {
    case partial_answers::counted: return "counted";
    case partial_answers::not_counted: return "not_counted";
  }
  return {};
}

struct response_rate_options {
  partial_answers partial = partial_answers::counted;
  number eligible_share = 1;  ///< e, in 0…1: of those of unknown eligibility, how many were eligible
  number confidence = 0.95;   ///< of the interval, in (0, 1)
  share_interval interval_method = share_interval::wilson;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    if (!(eligible_share >= 0.0 && eligible_share <= 1.0))
      return complain("response_rate_options::eligible_share", eligible_share.value, "it must lie within 0 and 1");
    return detail::check_confidence_option("response_rate_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("partial", self.partial);
    visit("eligible_share", self.eligible_share);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(response_rate_options const&, response_rate_options const&) = default;
};

/// The answer of `response_rate`. Everything is NaN or 0 where nobody who should have been asked was.
struct response_rate_result {
  double value = not_a_number();           ///< in 0…1
  credence::interval interval;             ///< in 0…1
  double standard_error = not_a_number();  ///< of the value
  std::uint64_t count = 0;                 ///< invitations, those not eligible among them
  std::uint64_t complete = 0;
  std::uint64_t partial = 0;
  std::uint64_t refusals = 0;
  std::uint64_t non_contacts = 0;
  std::uint64_t others = 0;
  std::uint64_t unknown_eligibility = 0;
  std::uint64_t not_eligible = 0;
  double known_eligible_share = not_a_number();  ///< eligible ÷ (eligible + not eligible): CASRO's estimate of e
  bool weighted = false;                         ///< did any invitation come with a weight?
  double effective_count = 0;                    ///< Kish's, of those who should have answered
  std::uint64_t rejected = 0;                    ///< rows left out
  credence::rejections rejections;               ///< and why
  sampling_design design;                        ///< taken into account; `design_effect` is NaN where there are weights

  /// Is there an answer?
  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("count", self.count);
    visit("complete", self.complete);
    visit("partial", self.partial);
    visit("refusals", self.refusals);
    visit("non_contacts", self.non_contacts);
    visit("others", self.others);
    visit("unknown_eligibility", self.unknown_eligibility);
    visit("not_eligible", self.not_eligible);
    visit("known_eligible_share", self.known_eligible_share);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend constexpr bool operator==(response_rate_result const&, response_rate_result const&) = default;
};

namespace detail {

/// For each disposition what a row adds to the answers, and to those who should have answered.
struct response_parts {
  std::array<double, dispositions> top{};
  std::array<double, dispositions> bottom{};

  explicit constexpr response_parts(response_rate_options const& options)
      : top{1, options.partial == partial_answers::counted ? 1.0 : 0.0}, bottom{1, 1, 1, 1, 1, options.eligible_share,
                                                                                0} {}
};

/// The share and size that interval methods made for counts are given.
[[nodiscard]] inline observed_share observed(response_rate_result const& result) {
  if (!result) return {};
  double const variance = result.value * (1 - result.value);
  double const error = result.standard_error;
  double const size = error > 0 ? variance / (error * error) : result.effective_count;
  double const most = static_cast<double>(result.count - result.not_eligible);
  return {result.value, size < most ? size : most};
}

}  // namespace detail

/// Counts of dispositions; see `response_rate`.
class response_rate_accumulator : public accumulator_base<response_rate_accumulator, response_rate_options,
                                                          detail::class_counts<detail::dispositions>> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.response_rate"; }

  /// Counts are exact; sums of weights are rounded.
  template <class... Values>
  static constexpr bool exact = sizeof...(Values) == 1;

  using value_check = detail::outcome_check;

  template <class Outcome>
  static constexpr void push(response_rate_options const& options, state_type& state, Outcome const& outcome) {
    if constexpr (value_check::of<Outcome>()) {
      if (std::size_t const found = sorted(options, state, outcome); found < detail::dispositions)
        ++state.counts[found];
    }
  }
  template <class Outcome, class Weight>
  static constexpr void push(response_rate_options const& options, state_type& state, Outcome const& outcome,
                             Weight const& weight) {
    if constexpr (value_check::of<Outcome, Weight>()) {
      std::size_t const found = sorted(options, state, outcome);
      if (found == detail::dispositions) return;
      if (!detail::is_weight(weight))
        return detail::turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      ++state.counts[found];
      state.weighted[found].add(detail::real_of(weight));
    }
  }
  template <class Outcome>
  static constexpr void pull(response_rate_options const& options, state_type& state, Outcome const& outcome) {
    response_rate_options counting = options;
    counting.on_invalid = on_invalid::reject;
    state_type one;
    push(counting, one, outcome);
    state.subtract(one);
  }

  template <class Outcome>
  static void linearise(response_rate_options const& options, detail::linearised_ratio& into, double weight,
                        Outcome const& outcome) {
    detail::response_parts const parts(options);
    std::size_t const found = detail::outcome_of(outcome);
    into.push(weight * parts.top[found], weight * parts.bottom[found]);
  }
  template <class Range, class Plan, class Value>
  [[nodiscard]] static auto answer_designed(response_rate_options const& options, Range& rows, Plan const& plan,
                                            Value const& value) {
    return detail::answer_designed<response_rate_accumulator>(options, rows, plan, value);
  }

  [[nodiscard]] static response_rate_result answer(response_rate_options const& options, state_type const& state,
                                                   std::optional<detail::designed_answer> const& designed = {}) {
    response_rate_result result;
    detail::class_shares<detail::dispositions> const all(state);
    result.count = all.count;
    result.complete = state.counts[0];
    result.partial = state.counts[1];
    result.refusals = state.counts[2];
    result.non_contacts = state.counts[3];
    result.others = state.counts[4];
    result.unknown_eligibility = state.counts[5];
    result.not_eligible = state.counts[6];
    result.weighted = all.weighted;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    detail::response_parts const parts(options);
    double const bottom = all.mean_score(parts.bottom);
    double const known = 1 - all.shares[5];
    if (!(bottom > 0)) return result;
    if (known > 0) result.known_eligible_share = (known - all.shares[6]) / known;
    result.value = all.mean_score(parts.top) / bottom;
    // Linearised: a row's residual depends on its disposition alone, and its mean over the rows is 0.
    std::array<double, detail::dispositions> residuals{};
    double squares = 0;
    for (std::size_t at = 0; at < detail::dispositions; ++at) {
      residuals[at] = (parts.top[at] - result.value * parts.bottom[at]) / bottom;
      squares += all.squares[at] * parts.bottom[at] * parts.bottom[at];
    }
    result.effective_count = bottom * bottom / squares;
    result.standard_error = all.standard_error(residuals, 0);
    if (designed) {
      result.standard_error = designed->standard_error;
      result.design = detail::reported(*designed, all.variance(residuals, 0));
    }
    result.interval = (result.weighted || designed) && options.interval_method == share_interval::wald
                          ? detail::error_interval(result.value,
                                                   math::normal_critical(options.confidence) * result.standard_error, 0,
                                                   1, options.confidence)
                          : interval_of(detail::observed(result), options.interval_method, options.confidence);
    return result;
  }

 private:
  template <class Outcome>
  static constexpr std::size_t sorted(response_rate_options const& options, state_type& state, Outcome const& outcome) {
    std::size_t const found = detail::outcome_of(outcome);
    if (found < detail::dispositions) return found;
    bool const missing = !detail::has_answer(outcome);
    detail::turn_away(options.on_invalid, state.rejected, missing ? rejection::missing : rejection::off_scale,
                      static_cast<double>(found), state.seen());
    return detail::dispositions;
  }
};

/// The response rate, in 0…1: `response_rate(invitations, &invitation::answer)`, where the value is an optional (empty:
/// no answer), a bool, or a `disposition`. AAPOR's RR2 by default; the others by `partial` and `eligible_share`.
/// Interval: Wilson; with weights and designs that of the effective size, as for `share`. Rows that are `not_eligible`
/// are outside the rate, and in the sample. An empty optional of a disposition is `missing`, and left out. Nobody
/// eligible: no answer. Throws `credence::error` for an `eligible_share` outside 0…1. O(rows), no allocation. Source:
/// AAPOR, Standard Definitions (2023), 10th edition.
inline constexpr metric<response_rate_accumulator> response_rate{};

struct response_rate_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

/// Two of independent samples, the first less the second, in −1…1: as two shares. NaN where either has no answer.
[[nodiscard]] inline comparison compare(response_rate_result const& first, response_rate_result const& second,
                                        response_rate_comparison_options options = {}) {
  detail::check_confidence("response_rate_comparison_options::confidence", options.confidence);
  return compare(detail::observed(first), detail::observed(second), options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
