// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_SCORES_HPP
#define CREDENCE_CHURN_CHURN_SCORES_HPP

#include <cstdint>
#include <iterator>
#include <string_view>
#include <type_traits>
#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/error.hpp>
#include <credence/core/gathering_options.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// Customers of whom a score was told before it was known whether they leave, and whether they left: what every question
// about the score is answered from.

namespace credence {
inline namespace CREDENCE_ABI {

using churn_scores_options = gathering_options;

/// What a `churn_scores_accumulator` holds. A positive is a customer with what the score foretells: who left.
struct churn_scores_result {
  std::uint64_t count = 0;          ///< customers used
  std::uint64_t positives = 0;      ///< who left
  std::uint64_t negatives = 0;      ///< who stayed
  std::uint64_t rejected = 0;       ///< customers left out
  credence::rejections rejections;  ///< and why: what was wrong with the score, else with the label

  /// Did some leave, and some not? Else no score can be told from another.
  explicit constexpr operator bool() const { return positives != 0 && negatives != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(churn_scores_result const&, churn_scores_result const&) = default;
};

namespace detail {

/// Where scores may lie.
struct score_scale {
  double lowest = -0x1.fffffffffffffp1023;
  double highest = 0x1.fffffffffffffp1023;
};
inline constexpr score_scale probability_scale{0, 1};

/// Is this a number on the scale? Otherwise it is turned away.
template <class Value>
[[nodiscard]] bool accepts_score(Value const& value, score_scale const& scale, on_invalid policy, rejections& rejected,
                                 std::uint64_t position) {
  return detail::accepts_between(value, scale.lowest, scale.highest, policy, rejected, position);
}

struct churn_scores_state {
  real_bag positives;
  real_bag negatives;
  credence::rejections rejected;

  template <class Score, class Label>
  void push(Score const& score, Label const& label, score_scale const& scale, on_invalid policy) {
    std::uint64_t const position = positives.size() + negatives.size() + rejected.total();
    if (!detail::accepts_score(score, scale, policy, rejected, position)) return;
    if (!detail::accepts_flag(label, policy, rejected, position)) return;
    (detail::real_of(label) == 1 ? positives : negatives).add(detail::real_of(score));
  }
  /// Puts them in order, so that who asks need not sort a copy.
  void settle() {
    positives.settle();
    negatives.settle();
  }
  churn_scores_state& operator+=(churn_scores_state const& other) {
    positives += other.positives;
    negatives += other.negatives;
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] bool valid(churn_scores_options const&) const { return rejected.valid(); }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
  }
  friend bool operator==(churn_scores_state const&, churn_scores_state const&) = default;
};

}  // namespace detail

/// The scores of those who left and of those who stayed: `churn_scores_accumulator seen; seen(score, has_left);`. A
/// score is any finite number, more of it for who is held more likely to leave; as doubles, so that integers beyond 2⁵³
/// may become tied. A label is a bool, or a number that is 0 or 1. What is missing, a NaN, infinite or another label is
/// left out and counted. Merges by union for any split by row; equal when they hold the same. 8 bytes a customer.
class churn_scores_accumulator
    : public accumulator_base<churn_scores_accumulator, churn_scores_options, detail::churn_scores_state> {
  using base = accumulator_base<churn_scores_accumulator, churn_scores_options, detail::churn_scores_state>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.churn_scores"; }
  template <class...>
  static constexpr bool exact = true;

  template <class Score, class Label>
  static void push(churn_scores_options const& options, detail::churn_scores_state& state, Score const& score,
                   Label const& label) {
    if constexpr (detail::number_check::of<Score, Label>()) state.push(score, label, {}, options.on_invalid);
  }
  [[nodiscard]] static churn_scores_result answer(churn_scores_options const&,
                                                  detail::churn_scores_state const& state) {
    churn_scores_result result;
    result.positives = state.positives.size();
    result.negatives = state.negatives.size();
    result.count = result.positives + result.negatives;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    return result;
  }
};

namespace detail {

/// Gathers the scores of rows, in order.
template <class Range, class Score, class Label>
churn_scores_accumulator gathered_scores(on_invalid policy, Range& rows, Score const& score, Label const& label,
                                         score_scale const& scale = {}) {
  churn_scores_state state;
  if constexpr (number_check::of<projected<Range, Score>, projected<Range, Label>>()) {
    std::uint64_t done = 0;
    auto const end = std::ranges::end(rows);
    at_row([&] { return done; },
           [&] {
             for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
               auto&& row = *at;
               state.push(detail::project(score, row), detail::project(label, row), scale, policy);
             }
           });
    state.settle();
  }
  return {churn_scores_options{policy}, std::move(state)};
}

struct churn_scores_function
    : optioned_calls<
          churn_scores_function, churn_scores_options,
          call_shape<churn_scores_options, call_terms{}, argument_kind::projection, argument_kind::projection>,
          std::type_identity<churn_scores_accumulator>> {
  template <class Executor, class Range, class Score, class Label>
  static churn_scores_accumulator answer(Executor&, churn_scores_options const& options, Range& rows,
                                         Score const& score, Label const& label) {
    return detail::gathered_scores(options.on_invalid, rows, score, label);
  }
};

}  // namespace detail

/// What scores say, and what came of it: `auto const gathered = churn_scores(customers, &customer::score,
/// &customer::has_left)`, a `churn_scores_accumulator` that is in order, so that `roc_auc(gathered)`, `lift(gathered)`
/// and their like need not sort again. O(customers).
inline constexpr detail::churn_scores_function churn_scores{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
