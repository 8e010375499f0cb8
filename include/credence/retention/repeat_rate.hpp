// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_REPEAT_RATE_HPP
#define CREDENCE_RETENTION_REPEAT_RATE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/history/detail/times_calls.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/retention/detail/share.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct repeat_rate_options {
  whole purchases = 2;                      ///< how many make a customer a repeat customer; at least 2
  std::optional<time_span> within{};        ///< of the first purchase, the end not counted; unset: ever
  std::optional<instant> observed_until{};  ///< up to when events were looked for; unset: the last event
  number confidence = 0.95;                 ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `repeat_rate`; NaN where nobody is eligible.
struct repeat_rate_result {
  double value = not_a_number();           ///< the share of the eligible who bought again, in 0…1
  credence::interval interval;             ///< Wilson's, in 0…1
  double standard_error = not_a_number();  ///< of the value
  std::uint64_t customers = 0;             ///< eligible: who bought, and so long ago that `within` is over
  std::uint64_t repeating = 0;             ///< of them, those with so many purchases
  std::uint64_t too_recent = 0;            ///< customers left out: `within` was not over yet
  std::uint64_t count = 0;                 ///< purchases used
  std::uint64_t rejected = 0;              ///< purchases left out
  credence::rejections rejections;         ///< and why

  explicit constexpr operator bool() const { return customers != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("customers", self.customers);
    visit("repeating", self.repeating);
    visit("too_recent", self.too_recent);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(repeat_rate_result const&, repeat_rate_result const&) = default;
};

namespace detail {

struct repeat_rate_function : times_calls<repeat_rate_function, repeat_rate_options, repeat_rate_result> {
  template <class History>
  static repeat_rate_result of(History const& history, repeat_rate_options const& options) {
    check_confidence("repeat_rate_options::confidence", options.confidence);
    if (options.purchases < 2)
      wrong_argument("repeat_rate_options::purchases", options.purchases.value, "it must be at least 2");
    if (options.within && options.within->micros <= 0)
      wrong_argument("repeat_rate_options::within", static_cast<double>(options.within->micros) / 1e6,
                     "seconds; it must be above 0");
    auto const log = history.state().settled();
    repeat_rate_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    std::int64_t const until = detail::end_of_log(options.observed_until, history.state());
    for (std::size_t number = 0; number + 1 < log.begins.size(); ++number) {
      auto const begin = log.when.begin() + static_cast<std::ptrdiff_t>(log.begins[number]);
      auto const end = log.when.begin() + static_cast<std::ptrdiff_t>(log.begins[number + 1]);
      if (begin == end || *begin >= until) continue;
      std::int64_t const over = options.within ? saturated_sum(*begin, options.within->micros) : until;
      if (over > until) {
        ++result.too_recent;
        continue;
      }
      ++result.customers;
      result.repeating += std::lower_bound(begin, end, over) - begin >= options.purchases.value;
    }
    tell_share(result.value, result.interval, result.repeating, result.customers, options.confidence);
    if (result)
      result.standard_error = std::sqrt(result.value * (1 - result.value) / static_cast<double>(result.customers));
    return result;
  }
};

}  // namespace detail

struct compare_repeat_rate_options {
  number confidence = 0.95;
};
/// Two groups of customers: the score test of two shares, and Newcombe's interval of their difference.
[[nodiscard]] inline comparison compare(repeat_rate_result const& first, repeat_rate_result const& second,
                                        compare_repeat_rate_options const& options = {}) {
  auto const observed = [](repeat_rate_result const& result) {
    return result ? observed_share{result.value, static_cast<double>(result.customers)} : observed_share{};
  };
  return compare(observed(first), observed(second), options.confidence);
}

/// Which share of customers bought again? `repeat_rate(orders, &order::customer, &order::time)`, or of a history that
/// `activity_times` gathered. With `within` only purchases so soon after the first count, and only customers for whom
/// that time is over when observation ends: who bought yesterday is no failure. Purchases of one customer at one time
/// are one. Throws `credence::error` for wrong options. O(purchases).
inline constexpr detail::repeat_rate_function repeat_rate{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
