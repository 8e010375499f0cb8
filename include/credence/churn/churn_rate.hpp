// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_RATE_HPP
#define CREDENCE_CHURN_CHURN_RATE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/churn_rate_accumulator.hpp>
#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/churn_rate_result.hpp>
#include <credence/churn/detail/churn_answer.hpp>
#include <credence/churn/detail/most_frequent.hpp>
#include <credence/churn/detail/poisson_interval.hpp>
#include <credence/churn/detail/read_span.hpp>
#include <credence/churn/roles.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/named_arguments.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Argument>
concept projects = !named_argument<Argument>;

inline void check_churn_options(churn_rate_options const& options) {
  options.check_fields([](char const* argument, auto const& value, std::string_view allowed) -> bool {
    wrong_argument(argument, value, allowed);
  });
  check_window(options);
}

using churn_rate_call =
    call_shape<churn_rate_options, call_terms{.further = 1, .takes_design = true, .takes_executor = true},
               argument_kind::projection, argument_kind::projection>;

struct churn_rate_function : optioned_calls<churn_rate_function, churn_rate_options, churn_rate_call> {
  template <class Executor, class Range, class KeyOf, class Start, projects End, class... Named>
  static auto answer(Executor&, churn_rate_options const& options, Range& rows, KeyOf const& key, Start const& start,
                     End const& end, Named const&... named) {
    return of_spans(options, rows, key, start, end, named...);
  }
  template <class Executor, class Range, class Start, class End, class... Named>
  static auto answer(Executor& run, churn_rate_options const& options, Range& rows, Start const& start, End const& end,
                     Named const&... named) {
    if constexpr (sizeof...(Named) == 0) {
      return each_a_customer(run, options, rows, start, end);
    } else {
      return of_spans(options, rows, not_given{}, start, end, named...);
    }
  }

 private:
  template <class Executor, class Range, class Start, class End>
  static churn_rate_result each_a_customer(Executor& run, churn_rate_options const& options, Range& rows,
                                           Start const& start, End const& end) {
    if constexpr (check_spans<Range, not_given, Start, End, not_given>()) {
      check_churn_options(options);
      churn_rate_accumulator const empty(options);
      if constexpr (std::is_same_v<Executor, calling_thread>) {
        static_cast<void>(run);
        return credence::fold(rows, empty, start, end).result();
      } else {
        return credence::fold(run, rows, empty, start, end).result();
      }
    } else {
      return {};
    }
  }
  template <class Range, class KeyOf, class Start, class End, class... Named>
  static auto of_spans(churn_rate_options const& options, Range& rows, KeyOf const& key, Start const& start,
                       End const& end, Named const&... named) {
    constexpr bool known = taking<reason_argument>::all<Named...>;
    static_assert(known, "credence: behind the end stands, if anything, reason_of(&row::reason)");
    auto const reasons = detail::picked<reason_argument>(named...);
    if constexpr (!known) {
      return churn_rate_result{};
    } else if constexpr (!is_given<std::remove_const_t<decltype(reasons)>>) {
      if constexpr (check_spans<Range, KeyOf, Start, End, not_given>()) {
        check_churn_options(options);
        churn_window_state state;
        return told(options, detail::gathered_spans(options.on_invalid, rows, key, start, end, not_given{}), state,
                    state);
      } else {
        return churn_rate_result{};
      }
    } else {
      using reason_type = std::remove_const_t<decltype(reasons.projection)>;
      constexpr bool fits = projection_of<reason_type, Range>;
      static_assert(fits, "credence: the projection of reason_of cannot be applied to these rows");
      if constexpr (fits) {
        if constexpr (check_spans<Range, KeyOf, Start, End, reason_type>()) {
          check_churn_options(options);
          return by_reason(options,
                           detail::gathered_spans(options.on_invalid, rows, key, start, end, reasons.projection));
        } else {
          return churn_rate_by_reason<int>{};
        }
      } else {
        return churn_rate_by_reason<int>{};
      }
    }
  }
  template <class List, class Sink>
  static churn_rate_result told(churn_rate_options const& options, List const& list, churn_window_state& state,
                                Sink& sink) {
    list.each_customer([&](churn_span const* spans, std::size_t count) { sink.tally(options, spans, count, sink); });
    state.rows = list.rows;
    state.rejected = list.rejected;
    return detail::churn_answer(options, state);
  }

  /// A window that remembers its leavings.
  struct reason_sink : churn_window_state {
    std::vector<churn_leaving> left;

    void leaves(churn_leaving const& leaving) {
      churn_window_state::leaves(leaving);
      left.push_back(leaving);
    }
  };
  template <class Reason>
  static churn_rate_by_reason<Reason> by_reason(churn_rate_options const& options, span_list<Reason> const& list) {
    churn_rate_by_reason<Reason> result;
    reason_sink sink;
    result.rate = told(options, list, sink, sink);
    std::vector<std::uint64_t> const there = sink.there();
    std::vector<poisson_rate> parts(list.reasons.size());
    std::vector<std::uint64_t> lost(list.reasons.size());
    for (churn_leaving const& leaving : sink.left) {
      if (!counts_in(options.denominator, leaving)) continue;
      double const weight = options.denominator == churn_denominator::daily
                                ? 1 / static_cast<double>(there[static_cast<std::size_t>(leaving.day)])
                                : 1 / result.rate.exposed;
      poisson_rate& part = parts[leaving.reason];
      part.value += weight;
      part.variance += weight * weight;
      ++lost[leaving.reason];
    }
    double largest = 0;
    for (std::uint64_t const day : there)
      largest = day == 0 ? largest : (std::max)(largest, 1 / static_cast<double>(day));
    if (there.empty() && result.rate) largest = 1 / result.rate.exposed;
    bool const is_share = options.denominator == churn_denominator::start_of_period ||
                          options.denominator == churn_denominator::start_plus_new;
    auto ordered = detail::ordered_keys<Reason>(
        list.reasons.size(), [&](std::size_t at) -> decltype(auto) { return list.reasons.keys[at]; },
        [&](std::size_t at) { return lost[at] != 0; });
    detail::most_frequent_first(ordered, [&](std::size_t at) { return lost[at]; });
    for (auto const& [text, at] : ordered) {
      churn_reason_rate<Reason> own;
      own.reason = list.reasons.keys[at];
      own.lost = lost[at];
      own.interval.confidence = options.confidence;
      if (result.rate) {
        double const many = static_cast<double>(lost[at]);
        own.value = options.denominator == churn_denominator::daily ? parts[at].value : many / result.rate.exposed;
        parts[at].largest_weight = largest;
        own.interval = is_share ? interval_of(observed_share{own.value, result.rate.exposed}, options.interval_method,
                                              options.confidence)
                                : detail::poisson_interval_of(parts[at], options.confidence);
      }
      result.reasons.push_back(std::move(own));
    }
    return result;
  }
};

}  // namespace detail

/// Which share of the customers was lost in a window [from, to)? `churn_rate(subscriptions, &subscription::start,
/// &subscription::end, {.from = march, .to = april})`; every row a customer, an end that is an empty optional still
/// open. `churn_rate(rows, &row::customer, &row::start, &row::end, {…})` takes the rows of a customer together: spans
/// that overlap or touch are one, a gap between two is a leaving and a return. `reason_of(&row::reason)` behind them
/// splits the rate by reason.
///
/// value = lost ÷ exposed, both as `churn_rate_options::denominator` has them; see docs/reference/churn-rate.md. A
/// start or an end at the first moment of the window lies in it, and one at its last, `to`, does not. Where the rate is
/// a share its interval is one of a share; the others are Poisson's, exact, and of `daily` by Fay and Feuer. A span
/// that ends before it starts, or whose times cannot be told, is `bad_time`; one without a start is missing. Throws
/// `credence::error` for wrong options, a window that is unset or does not end after it begins. O(spans), and sorting
/// them where customers are named. Calls without a customer and a reason run on an executor that stands first.
inline constexpr detail::churn_rate_function churn_rate{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
