// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PURCHASE_RECORD_HPP
#define CREDENCE_HISTORY_DETAIL_PURCHASE_RECORD_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

#include <credence/core/error.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>
#include <credence/history/detail/activity_page.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/history/rfm_options.hpp>

// What x, t_x, T and the spend of a customer are made of, without the orders themselves.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// With sums of two words a record is as long as a line of the cache, and lies in one.
template <class Sum>
inline constexpr std::size_t record_alignment = sizeof(Sum) == 16 ? (std::max)(alignof(Sum), std::size_t{64})
                                                                  : (std::max)(alignof(Sum), alignof(std::int64_t));

/// The purchases of one customer, as they came in the order of time.
template <class Sum>
struct alignas(record_alignment<Sum>) purchase_record {
  using sum_type = Sum;

  std::int64_t first = 0;     ///< the first period with a purchase
  std::int64_t last = 0;      ///< and the last
  std::uint64_t periods = 0;  ///< how many there are; 0 where nothing was bought, and the rest says nothing
  double log_gaps = 0;
  Sum first_spend{};   ///< in the first period
  Sum repeat_spend{};  ///< in the others

  /// A purchase; answers whether it could be entered: not where it is before the last one.
  template <class Ruler>
  bool buy(Ruler const& ruler, std::int64_t period, Sum const& spend) {
    if (periods == 0) {
      first = last = period;
      periods = 1;
      first_spend = spend;
      return true;
    }
    if (period < last) return false;
    if (period != last) {
      log_gaps += ruler.log_between(last, period);
      last = period;
      ++periods;
    }
    (period == first ? first_spend : repeat_spend) += spend;
    return true;
  }
  /// A return is taken from the latest period with a purchase, up to its own. Answers whether that is known whatever is
  /// bought later; it is not where another purchase may still come between the first and it.
  bool give_back(std::int64_t period, Sum const& amount) {
    if (periods == 0 || period < last || (periods == 1 && period != first)) return false;
    (periods == 1 ? first_spend : repeat_spend) += amount;
    return true;
  }

  friend bool operator==(purchase_record const&, purchase_record const&) = default;
};

/// What was bought after calibration.
template <class Sum>
struct holdout_record {
  std::int64_t last = 0;
  std::uint64_t periods = 0;
  Sum spend{};

  bool buy(std::int64_t period, Sum const& amount) {
    if (periods != 0 && period < last) return false;
    periods += periods == 0 || period != last;
    last = period;
    spend += amount;
    return true;
  }
  bool give_back(std::int64_t period, Sum const& amount) {
    if (periods == 0 || period < last) return false;
    spend += amount;
    return true;
  }
};

/// What `rfm` is asked, in periods.
struct rfm_span {
  static constexpr std::int64_t always = (std::numeric_limits<std::int64_t>::max)();

  std::int64_t last_calibrated = always;  ///< the last period of calibration
  std::int64_t last_observed = always;    ///< and of all; `always` where that is the last with an order
};
template <class Grid>
[[nodiscard]] rfm_span span_of(rfm_options const& options, Grid const& grid) {
  detail::check_rfm(options);
  auto const last_before = [&](instant end) { return grid.index_of(instant::from_micros(end.micros - 1)); };
  rfm_span span;
  std::optional<instant> const until = options.observed_until ? options.observed_until : grid.observed_until;
  detail::check_end(until);
  if (until && until->is_known()) span.last_observed = last_before(*until);
  if (options.calibration_until) span.last_calibrated = last_before(*options.calibration_until);
  if (span.last_calibrated != rfm_span::always && span.last_calibrated > span.last_observed)
    raise(error("credence: rfm_options::calibration_until is after the end of observation"));
  return span;
}

[[noreturn, gnu::cold]] inline void refuse_return(std::uint64_t position) {
  raise(invalid_sample("has an amount below zero, a return, which rfm_options::returns says to raise", position));
}

/// Is this the amount of a return?
template <class Traits, class Sum>
[[nodiscard]] bool is_return(Sum const& sum) {
  if constexpr (std::is_same_v<Sum, wide_integer<2>>) {
    return sum.negative();
  } else if constexpr (std::is_same_v<Sum, no_sum>) {
    return false;
  } else {
    return Traits::to_real(sum) < 0;
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
