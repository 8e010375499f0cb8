// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_REASONS_HPP
#define CREDENCE_CHURN_CHURN_REASONS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/churn_reasons_result.hpp>
#include <credence/churn/detail/most_frequent.hpp>
#include <credence/core/design.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/push_activity.hpp>
#include <credence/inference/p_adjustment.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct churn_reasons_options {
  whole compared =
      10;  ///< so many of the most frequent are tested against each other, each pair of them; at most 1,000
  p_adjustment adjustment = p_adjustment::holm;             ///< for the number of pairs
  number confidence = 0.95;                                 ///< of the intervals, in (0, 1), and of `differs`
  share_interval interval_method = share_interval::wilson;  ///< of the shares
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

/// Two shares of one sample of n, of first and second of its members: their difference d has the variance
/// (p₁ + p₂ − d²)/n, and (p₁ + p₂)/n if there were none, of which z is made, as McNemar's is.
[[nodiscard]] inline comparison compare_within(std::uint64_t first, std::uint64_t second, std::uint64_t all,
                                               double confidence) {
  double const size = static_cast<double>(all);
  double const one = static_cast<double>(first) / size;
  double const two = static_cast<double>(second) / size;
  comparison result;
  result.samples = sample_design::paired;
  result.difference = one - two;
  double const error = std::sqrt((one + two - result.difference * result.difference) / size);
  result.interval = error_interval(result.difference, math::normal_critical(confidence) * error, -1, 1, confidence);
  result.standard_error = std::sqrt((one + two) / size);
  result.z = result.difference / result.standard_error;
  result.p_value = 2 * math::normal_upper_tail(std::fabs(result.z));
  return result;
}

using churn_reasons_call = call_shape<churn_reasons_options, call_terms{.further = 1}, argument_kind::projection>;

struct churn_reasons_function : optioned_calls<churn_reasons_function, churn_reasons_options, churn_reasons_call> {
  template <class Executor, class Range, class Reason, class Value = not_given>
  static auto answer(Executor&, churn_reasons_options const& options, Range& rows, Reason const& reason,
                     Value const& value = {}) {
    if constexpr (check_present_key<projected<Range, Reason>>() && check_value<Range, Value>()) {
      check_options(options);
      return of<present_key<projected<Range, Reason>>>(options, rows, reason, value);
    } else {
      return churn_reasons_result<int>{};
    }
  }

 private:
  template <class Range, class Value>
  struct amount_of {
    using type = typename answer_type<std::remove_cvref_t<projected<Range, Value>>>::type;
  };
  template <class Range>
  struct amount_of<Range, not_given> {
    using type = void;
  };
  template <class Range, class Value>
  static constexpr bool check_value() {
    if constexpr (is_given<Value>) {
      return check_amount<projected<Range, Value>>();
    } else {
      return true;
    }
  }
  static void check_options(churn_reasons_options const& options) {
    check_confidence("churn_reasons_options::confidence", options.confidence);
    if (options.compared.value < 0 || options.compared.value > 1'000)
      wrong_argument("churn_reasons_options::compared", options.compared.value, "it must lie between 0 and 1000");
  }

  /// Of those who left for one reason.
  template <class Sum>
  struct tally {
    std::uint64_t count = 0;
    Sum sum{};
  };
  /// An amount that may be added, or it is turned away: one below zero is no loss.
  template <class Amount, class Sum, class Own>
  static bool takes(Own const& amount, Sum& sum, on_invalid policy, rejections& rejected, std::uint64_t row) {
    rejection reason = rejection::off_scale;
    Sum alone{};
    bool const good = detail::add_amount(alone, amount, reason);
    if (!good || money_traits<Amount>::to_real(alone) < 0) {
      turn_away(policy, rejected, good ? rejection::off_scale : reason, good ? money_traits<Amount>::to_real(alone) : 0,
                row);
      return false;
    }
    static_cast<void>(detail::add_amount(sum, amount, reason));
    return true;
  }

  template <class Key, class Range, class Reason, class Value>
  static churn_reasons_result<Key> of(churn_reasons_options const& options, Range& rows, Reason const& reason,
                                      Value const& value) {
    using amount = typename amount_of<Range, Value>::type;
    using sum_type = sum_of_value<amount>;
    churn_reasons_result<Key> result;
    group_table<Key, tally<sum_type>> table;
    sum_type total{};
    std::uint64_t done = 0;
    auto const end = std::ranges::end(rows);
    at_row([&] { return done; },
           [&] {
             for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
               auto&& row = *at;
               auto&& cause = detail::project(reason, row);
               if (!detail::has_answer(cause)) {
                 turn_away(options.on_invalid, result.rejections, rejection::missing, 0, done);
                 continue;
               }
               if constexpr (is_given<Value>) {
                 auto&& lost = detail::project(value, row);
                 if (!takes<amount>(lost, total, options.on_invalid, result.rejections, done)) continue;
                 rejection none = rejection::off_scale;
                 static_cast<void>(detail::add_amount(place_of(table, cause).sum, lost, none));
               }
               ++place_of(table, cause).count;
               ++result.count;
             }
           });
    result.rejected = result.rejections.total();
    auto ordered = detail::ordered_keys<Key>(
        table.size(), [&](std::size_t at) -> decltype(auto) { return table.keys[at]; },
        [](std::size_t) { return true; });
    detail::most_frequent_first(ordered, [&](std::size_t at) { return table.states[at].count; });
    double all = 0;
    if constexpr (is_given<Value>) all = result.value_lost = money_traits<amount>::to_real(total);
    for (auto const& [text, at] : ordered) {
      churn_reason<Key> own;
      own.reason = table.keys[at];
      own.count = table.states[at].count;
      double const trials = static_cast<double>(result.count);
      own.share = static_cast<double>(own.count) / trials;
      own.standard_error = std::sqrt(own.share * (1 - own.share) / trials);
      own.interval = interval_of({own.share, trials}, options.interval_method, options.confidence);
      if constexpr (is_given<Value>) {
        own.value_lost = money_traits<amount>::to_real(table.states[at].sum);
        if (all > 0) own.share_of_value = own.value_lost / all;
      }
      result.reasons.push_back(std::move(own));
    }
    tell_differences(result, options);
    return result;
  }
  template <class Table, class Cause>
  static auto& place_of(Table& table, Cause const& cause) {
    if constexpr (is_optional<Cause>) {
      return table.states[table.find_or_add(*cause)];
    } else {
      return table.states[table.find_or_add(cause)];
    }
  }
  template <class Result>
  static void tell_differences(Result& result, churn_reasons_options const& options) {
    std::size_t const compared = (std::min)(result.reasons.size(), static_cast<std::size_t>(options.compared.value));
    std::vector<double> p_values;
    for (std::size_t first = 0; first < compared; ++first)
      for (std::size_t second = first + 1; second < compared; ++second) {
        churn_reason_difference own{first, second, {}, not_a_number(), false};
        own.difference = detail::compare_within(result.reasons[first].count, result.reasons[second].count, result.count,
                                                options.confidence);
        p_values.push_back(own.difference.p_value);
        result.differences.push_back(own);
      }
    std::vector<double> const after = adjusted(p_values, options.adjustment);
    for (std::size_t pair = 0; pair < after.size(); ++pair) {
      result.differences[pair].adjusted_p_value = after[pair];
      result.differences[pair].differs = after[pair] < 1 - options.confidence;
    }
  }
};

}  // namespace detail

/// Why do customers leave? Of the customers who left, one a row, the share of each cause: `churn_reasons(lost,
/// &lost::reason)`, and of the value that they took along: `churn_reasons(lost, &lost::reason, &lost::revenue)`, any
/// `money_like`, summed exactly where it is integers of minor units. Shares of one sample depend on each other: pairs
/// are tested by z = (n₁ − n₂)/√(n₁ + n₂), with p-values adjusted for the number of pairs, and the interval of a
/// difference is d ∓ z·√((p₁ + p₂ − d²)/n). An empty optional, of the reason or of the value, is missing, and so is its
/// row; a value below zero or infinite is off the scale. Throws `credence::error` for wrong options. O(rows + causes ·
/// log causes + pairs).
inline constexpr detail::churn_reasons_function churn_reasons{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
