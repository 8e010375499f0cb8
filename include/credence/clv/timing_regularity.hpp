// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_TIMING_REGULARITY_HPP
#define CREDENCE_CLV_TIMING_REGULARITY_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/history/detail/times_calls.hpp>
#include <credence/math/student_t.hpp>

// Do customers buy at random, or by habit?

namespace credence {
inline namespace CREDENCE_ABI {

struct timing_regularity_options {
  whole least_purchases = 3;  ///< of a customer who is looked at, 3 or more: fewer have no two gaps
  number confidence = 0.95;   ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `timing_regularity`. NaN without a pair of gaps.
struct timing_regularity_result {
  double value = not_a_number();           ///< k: 1 at random, above regular, below in clumps; +∞ for gaps all alike
  credence::interval interval;             ///< in 0…∞; NaN for fewer than two customers
  double standard_error = not_a_number();  ///< of k; NaN for fewer than two customers
  double p_value = not_a_number();         ///< of k = 1, two-sided, in 0…1
  double spread = not_a_number();          ///< mean of (M − ½)², in 0…¼: 1/12 at random
  std::uint64_t pairs = 0;                 ///< of gaps, one behind the other, each gap in one pair
  std::uint64_t customers = 0;             ///< who have any
  std::uint64_t count = 0;                 ///< purchases used
  std::uint64_t rejected = 0;              ///< purchases left out
  credence::rejections rejections;         ///< and why

  explicit constexpr operator bool() const { return pairs != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("p_value", self.p_value);
    visit("spread", self.spread);
    visit("pairs", self.pairs);
    visit("customers", self.customers);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(timing_regularity_result const&, timing_regularity_result const&) = default;
};

namespace detail {

/// k of the spread of M ~ Beta(k, k), which is 1 ÷ (4(2k + 1)).
[[nodiscard]] inline double stages_of_spread(double spread) {
  if (spread == 0) return infinite_number();
  return (std::fmax)(0.125 / spread - 0.5, 0.0);
}

struct timing_regularity_function
    : times_calls<timing_regularity_function, timing_regularity_options, timing_regularity_result> {
  template <class History>
  static timing_regularity_result of(History const& history, timing_regularity_options const& options) {
    check_confidence("timing_regularity_options::confidence", options.confidence);
    if (options.least_purchases.value < 3)
      wrong_argument("timing_regularity_options::least_purchases", options.least_purchases.value,
                     "it must be at least 3");
    timing_regularity_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    result.interval.confidence = options.confidence;
    auto const log = history.state().settled();
    std::vector<customer> customers;
    for (std::size_t number = 0; number + 1 < log.begins.size(); ++number) {
      std::size_t const from = log.begins[number];
      std::size_t const until = log.begins[number + 1];
      if (until - from < static_cast<std::size_t>(options.least_purchases.value)) continue;
      customer own;
      for (std::size_t at = from; at + 2 < until; at += 2) {
        // Subtracted as doubles: microseconds at both ends of time are further apart than an integer holds.
        double const first = static_cast<double>(log.when[at + 1]) - static_cast<double>(log.when[at]);
        double const second = static_cast<double>(log.when[at + 2]) - static_cast<double>(log.when[at + 1]);
        double const off = first / (first + second) - 0.5;
        own.squares += off * off;
        own.pairs += 1;
      }
      customers.push_back(own);
    }
    estimate(result, std::move(customers), options.confidence);
    return result;
  }

 private:
  struct customer {
    double squares = 0;
    double pairs = 0;
  };

  /// A ratio of totals, whose error is that of independent customers.
  static void estimate(timing_regularity_result& result, std::vector<customer> customers, double confidence) {
    // In order of size: then the sums do not know in which order customers came.
    std::sort(customers.begin(), customers.end(), [](customer const& left, customer const& right) {
      return std::pair(left.squares, left.pairs) < std::pair(right.squares, right.pairs);
    });
    double squares = 0;
    double pairs = 0;
    for (customer const& own : customers) {
      squares += own.squares;
      pairs += own.pairs;
    }
    result.customers = customers.size();
    result.pairs = static_cast<std::uint64_t>(pairs);
    if (!result) return;
    result.spread = squares / pairs;
    result.value = stages_of_spread(result.spread);
    double const number = static_cast<double>(customers.size());
    if (number < 2 || !(result.spread > 0)) return;
    double deviations = 0;
    for (customer const& own : customers) {
      double const deviation = own.squares - result.spread * own.pairs;
      deviations += deviation * deviation;
    }
    // Of ln spread: it is 2k + 1, but for a factor, and its errors are alike for every k.
    double const error = std::sqrt(number / (number - 1) * deviations) / squares;
    double const half = math::student_t_critical(confidence, number - 1) * error;
    result.interval.lower = stages_of_spread(result.spread * std::exp(half));
    result.interval.upper = stages_of_spread(result.spread * std::exp(-half));
    result.standard_error = error * 0.125 / result.spread;
    double const off = std::fabs(std::log(12 * result.spread));
    result.p_value = error > 0 ? 2 * math::student_t_upper_tail(off / error, number - 1) : off > 0 ? 0.0 : 1.0;
  }
};

}  // namespace detail

/// How regular purchases are: `timing_regularity(orders, &order::customer, &order::placed)`, the k of gaps between
/// purchases that are Erlang(k), by the estimator of Wheat and Morrison. Two gaps of a customer, one behind the other,
/// share their time as M : 1 − M, and M is Beta(k, k), whatever his rate, and whether he leaves later:
///   k = (1 − 4v) ÷ (8v), v the mean of (M − ½)²
/// over all pairs of gaps, each gap in one pair at most. Near 1: take `bg_nbd`, `mbg_nbd` or `pareto_nbd`. Clearly
/// above, as the interval says: take `bg_cnbd_k` or `mbg_cnbd_k`, which choose their k by likelihood.
///
/// Purchases of a customer at one time are one: if times are days, gaps are whole days, and short gaps look regular.
/// The interval is on the scale of ln v with Student's t, customers being independent of each other. It may be asked of
/// an `activity_times_accumulator` too. Throws `credence::error` for options that cannot be. O(purchases).
/// Source: Wheat and Morrison (1990), Journal of Marketing Research 27, 87; all pairs, and the error, are ours.
inline constexpr detail::timing_regularity_function timing_regularity{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
