// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_SCORE_CALLS_HPP
#define CREDENCE_CHURN_DETAIL_SCORE_CALLS_HPP

#include <type_traits>

#include <credence/churn/churn_scores.hpp>
#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/version.hpp>

// The calls that the judgements of a score share.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What a score must be for a judgement: a number, more of it for who is more likely to leave, or the probability.
enum class score_kind { any, probability };

/// `rows, score, label [, {options}]`, or a `churn_scores_accumulator` in the place of the first three:
/// `Derived::of(ranked_scores, options)` answers both.
template <class Derived, class Options, class Result, score_kind Kind = score_kind::any>
struct score_calls
    : optioned_calls<
          Derived, Options,
          call_shape<Options, call_terms{.takes_history = true}, argument_kind::projection, argument_kind::projection>,
          std::type_identity<Result>> {
  template <class Executor, class Range, class Score, class Label>
  static Result answer(Executor&, Options const& options, Range& rows, Score const& score, Label const& label) {
    return answer_of(detail::gathered_scores(options.on_invalid, rows, score, label,
                                             Kind == score_kind::any ? score_scale{} : probability_scale),
                     options);
  }
  template <class Gathered>
  static Result answer_of(Gathered const& gathered, Options const& options) {
    constexpr bool good = std::is_same_v<Gathered, churn_scores_accumulator>;
    static_assert(
        good,
        "credence: this is asked of a churn_scores_accumulator, which churn_scores(rows, &row::score, &row::has_left) "
        "gathers");
    if constexpr (good) {
      churn_scores_state const& state = gathered.state();
      return state.positives.in_order([&](auto const& positives) {
        return state.negatives.in_order([&](auto const& negatives) {
          ranked_scores const ranked{positives, negatives, state.rejected};
          if constexpr (Kind == score_kind::any) {
            return Derived::of(ranked, options);
          } else {
            return Derived::of(probabilities_of(ranked, options.on_invalid), options);
          }
        });
      });
    } else {
      return {};
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
