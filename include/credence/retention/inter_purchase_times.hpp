// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_INTER_PURCHASE_TIMES_HPP
#define CREDENCE_RETENTION_INTER_PURCHASE_TIMES_HPP

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
#include <credence/math/student_t.hpp>
#include <credence/retention/detail/interpolated.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct inter_purchase_times_options {
  std::optional<instant> observed_until{};  ///< purchases from then on do not count
  number confidence = 0.95;                 ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `inter_purchase_times`, in days of 24 hours; NaN where nobody bought twice.
struct inter_purchase_times_result {
  double value = not_a_number();               ///< the mean of all gaps
  credence::interval interval;                 ///< of it: customers, not gaps, are independent
  double standard_error = not_a_number();      ///< of the value; NaN for one customer
  double median = not_a_number();              ///< of all gaps, by linear interpolation, as the quartiles
  double lower_quartile = not_a_number();      ///<
  double upper_quartile = not_a_number();      ///<
  double shortest = not_a_number();            ///<
  double longest = not_a_number();             ///<
  double standard_deviation = not_a_number();  ///< of the gaps; NaN for one
  std::uint64_t gaps = 0;                      ///< between purchases of one customer
  std::uint64_t customers = 0;                 ///< who have any
  std::uint64_t count = 0;                     ///< purchases used
  std::uint64_t rejected = 0;                  ///< purchases left out
  credence::rejections rejections;             ///< and why

  explicit constexpr operator bool() const { return gaps != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("median", self.median);
    visit("lower_quartile", self.lower_quartile);
    visit("upper_quartile", self.upper_quartile);
    visit("shortest", self.shortest);
    visit("longest", self.longest);
    visit("standard_deviation", self.standard_deviation);
    visit("gaps", self.gaps);
    visit("customers", self.customers);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(inter_purchase_times_result const&, inter_purchase_times_result const&) = default;
};

namespace detail {

struct inter_purchase_times_function
    : times_calls<inter_purchase_times_function, inter_purchase_times_options, inter_purchase_times_result> {
  template <class History>
  static inter_purchase_times_result of(History const& history, inter_purchase_times_options const& options) {
    check_confidence("inter_purchase_times_options::confidence", options.confidence);
    auto const log = history.state().settled();
    inter_purchase_times_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    result.interval.confidence = options.confidence;
    std::int64_t const until = detail::end_of_log(options.observed_until, history.state());
    struct customer {
      double sum;
      double gaps;
    };
    std::vector<double> gaps;
    std::vector<customer> customers;
    for (std::size_t number = 0; number + 1 < log.begins.size(); ++number) {
      customer own{0, 0};
      for (std::size_t at = log.begins[number] + 1; at < log.begins[number + 1] && log.when[at] < until; ++at) {
        double const days = (static_cast<double>(log.when[at]) - static_cast<double>(log.when[at - 1])) / 86.4e9;
        gaps.push_back(days);
        own.sum += days;
        own.gaps += 1;
      }
      if (own.gaps > 0) customers.push_back(own);
    }
    result.gaps = gaps.size();
    result.customers = customers.size();
    if (!result) return result;
    // In order: then the sums do not know in which order customers came.
    std::sort(gaps.begin(), gaps.end());
    std::sort(customers.begin(), customers.end(), [](customer const& one, customer const& other) {
      return one.sum < other.sum || (one.sum == other.sum && one.gaps < other.gaps);
    });
    double const many = static_cast<double>(gaps.size());
    double sum = 0;
    for (double const gap : gaps) sum += gap;
    result.value = sum / many;
    double squares = 0;
    for (double const gap : gaps) squares += (gap - result.value) * (gap - result.value);
    if (gaps.size() > 1) result.standard_deviation = std::sqrt(squares / (many - 1));
    result.median = interpolated(gaps, 0.5);
    result.lower_quartile = interpolated(gaps, 0.25);
    result.upper_quartile = interpolated(gaps, 0.75);
    result.shortest = gaps.front();
    result.longest = gaps.back();
    if (customers.size() < 2) return result;
    double residuals = 0;
    for (customer const& own : customers) {
      double const residual = own.sum - result.value * own.gaps;
      residuals += residual * residual;
    }
    double const independent = static_cast<double>(customers.size());
    result.standard_error = std::sqrt(residuals * independent / (independent - 1)) / many;
    double const half = math::student_t_critical(options.confidence, independent - 1) * result.standard_error;
    result.interval.lower = (std::max)(result.value - half, 0.0);
    result.interval.upper = result.value + half;
    return result;
  }
};

}  // namespace detail

/// How long is it from one purchase to the next? `inter_purchase_times(orders, &order::customer, &order::time)`, or of
/// a history that `activity_times` gathered: mean, median, quartiles and spread of the gaps of all customers, in days.
/// The error of the mean Σgaps/n is that of a ratio, with customers as what is independent: √(C/(C−1)·Σ(sum −
/// mean·gaps)²)/n over C customers, by t with C − 1 degrees of freedom. Gaps that observation cuts off are not among
/// them: the longest are seen too seldom, and the mean is rather too short. Purchases of one customer at one time are
/// one. Throws `credence::error` for wrong options. O(purchases · log purchases).
inline constexpr detail::inter_purchase_times_function inter_purchase_times{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
