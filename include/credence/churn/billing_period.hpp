// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_BILLING_PERIOD_HPP
#define CREDENCE_CHURN_BILLING_PERIOD_HPP

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <credence/core/detail/calendar_shapes.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How often a customer is billed. Quarters, half-years and years are so many months; the others so many days, of which
/// a month has as many as its `month_length` says.
enum class billing_period : std::uint8_t { day, week, two_weeks, four_weeks, month, quarter, half_year, year };
constexpr std::string_view name_of(billing_period period) {
  switch (period) {
    case billing_period::day: return "day";
    case billing_period::week: return "week";
    case billing_period::two_weeks: return "two_weeks";
    case billing_period::four_weeks: return "four_weeks";
    case billing_period::month: return "month";
    case billing_period::quarter: return "quarter";
    case billing_period::half_year: return "half_year";
    case billing_period::year: return "year";
  }
  return {};
}

/// How many days a month has where amounts of days and weeks are made monthly.
enum class month_length : std::uint8_t {
  gregorian_mean,   ///< 30.436875: a twelfth of the mean year of 365.2425 days (the default)
  two_decimals,     ///< 30.44
  weeks_of_a_year,  ///< 52 weeks ÷ 12: 30⅓
  thirty_days       ///< 30
};
constexpr std::string_view name_of(month_length length) {
  switch (length) {
    case month_length::gregorian_mean: return "gregorian_mean";
    case month_length::two_decimals: return "two_decimals";
    case month_length::weeks_of_a_year: return "weeks_of_a_year";
    case month_length::thirty_days: return "thirty_days";
  }
  return {};
}

namespace detail {

/// A month as a fraction of a billing period.
struct month_share {
  std::int64_t top = 1;
  std::int64_t bottom = 1;  ///< 0 where the period cannot be
};
[[nodiscard]] constexpr month_share days_of_month(month_length length) {
  switch (length) {
    case month_length::gregorian_mean: break;
    case month_length::two_decimals: return {761, 25};
    case month_length::weeks_of_a_year: return {91, 3};
    case month_length::thirty_days: return {30, 1};
  }
  return {48'699, 1'600};
}
[[nodiscard]] constexpr month_share share_of_days(std::int64_t days, month_length length) {
  month_share share = days_of_month(length);
  // Beyond a hundred thousand years it is none.
  share.bottom = days > 0 && days <= 36'524'250 ? share.bottom * days : 0;
  return share;
}
[[nodiscard]] constexpr month_share share_of(billing_period period, month_length length) {
  switch (period) {
    case billing_period::day: return share_of_days(1, length);
    case billing_period::week: return share_of_days(7, length);
    case billing_period::two_weeks: return share_of_days(14, length);
    case billing_period::four_weeks: return share_of_days(28, length);
    case billing_period::month: return {1, 1};
    case billing_period::quarter: return {1, 3};
    case billing_period::half_year: return {1, 6};
    case billing_period::year: return {1, 12};
  }
  return {1, 0};
}

/// amount·top ÷ bottom, half a unit away from zero; none where it does not fit. What is left of the division times top
/// does: bottom is below 2³⁶, top below 2¹⁶.
[[nodiscard]] constexpr std::optional<std::int64_t> rounded_share(std::int64_t amount, month_share const& share) {
  std::int64_t const most = share.top == 1 ? latest_micros : latest_micros / share.top - 1;
  std::int64_t const whole = amount / share.bottom;
  if (whole > most || whole < -most) return std::nullopt;
  std::int64_t const part = amount % share.bottom * share.top;
  std::int64_t const rest = part % share.bottom;
  std::int64_t const rounded = part / share.bottom + (2 * rest >= share.bottom) - (-2 * rest >= share.bottom);
  return whole * share.top + rounded;  // |rounded| ≤ top, for which `most` leaves room; 0 where it need not
}

template <class Length>
inline constexpr bool is_billing_length = std::same_as<Length, billing_period> || duration_shaped<Length> ||
                                          (std::is_arithmetic_v<Length> && !std::same_as<Length, bool>);
template <class Amount>
inline constexpr bool is_plain_amount = std::is_arithmetic_v<Amount> && !std::same_as<Amount, bool>;

/// Is this integer one of 64 bits with a sign?
template <class Integer>
[[nodiscard]] constexpr bool fits_word(Integer const& own) {
  return !std::is_unsigned_v<Integer> || static_cast<std::uint64_t>(own) <= static_cast<std::uint64_t>(latest_micros);
}

/// A real amount, or one of a period that is not of whole days.
template <class Amount>
[[nodiscard]] std::optional<Amount> real_share(Amount amount, double share) {
  double const monthly = static_cast<double>(amount) * share;
  if constexpr (std::is_floating_point_v<Amount>) {
    return static_cast<Amount>(monthly);
  } else {
    double const rounded = (std::round)(monthly);
    // One beyond the greatest is a power of two, and so a double.
    double const beyond = 2.0 * static_cast<double>((std::numeric_limits<Amount>::max)() / 2 + 1);
    if (!(rounded < beyond && rounded >= static_cast<double>((std::numeric_limits<Amount>::min)())))
      return std::nullopt;
    return static_cast<Amount>(rounded);
  }
}
template <class Amount>
[[nodiscard]] std::optional<Amount> monthly(Amount amount, month_share const& share) {
  if (share.bottom == 0) return std::nullopt;
  if constexpr (std::is_floating_point_v<Amount>) {
    return real_share(amount, static_cast<double>(share.top) / static_cast<double>(share.bottom));
  } else {
    if (!fits_word(amount)) return std::nullopt;
    std::optional<std::int64_t> const own = rounded_share(static_cast<std::int64_t>(amount), share);
    if (!own || (std::is_unsigned_v<Amount> && *own < 0)) return std::nullopt;
    Amount const narrowed = static_cast<Amount>(*own);
    return static_cast<std::int64_t>(narrowed) == *own ? std::optional<Amount>(narrowed) : std::nullopt;
  }
}

template <class Amount, class Length>
[[nodiscard]] auto per_month_of(Amount const& amount, Length const& length, month_length month) {
  if constexpr (is_optional<Amount>) {
    using answer = decltype(detail::per_month_of(*amount, length, month));
    return amount ? detail::per_month_of(*amount, length, month) : answer();
  } else if constexpr (is_optional<Length>) {
    using answer = decltype(detail::per_month_of(amount, *length, month));
    return length ? detail::per_month_of(amount, *length, month) : answer();
  } else {
    constexpr bool fits = is_plain_amount<Amount> && is_billing_length<Length>;
    static_assert(fits,
                  "credence: per_month takes an amount that is a plain number, and of a billing period its days, a "
                  "std::chrono duration or a credence::billing_period");
    if constexpr (!fits) {
      return std::optional<double>();
    } else if constexpr (std::same_as<Length, billing_period>) {
      return detail::monthly(amount, share_of(length, month));
    } else if constexpr (std::is_integral_v<Length>) {
      return detail::monthly(amount, share_of_days(fits_word(length) ? static_cast<std::int64_t>(length) : 0, month));
    } else {
      double days = 0;
      if constexpr (duration_shaped<Length>) {
        std::int64_t const micros = time_span(length).micros;
        if (micros % one_day.micros == 0) return detail::monthly(amount, share_of_days(micros / one_day.micros, month));
        days = static_cast<double>(micros) / static_cast<double>(one_day.micros);
      } else {
        days = static_cast<double>(length);
      }
      if (!is_finite(days) || !(days > 0)) return std::optional<Amount>();
      month_share const own = days_of_month(month);
      return detail::real_share(amount, static_cast<double>(own.top) / static_cast<double>(own.bottom) / days);
    }
  }
}

template <class Amount, class Length>
struct per_month_projection {
  Amount amount;
  Length length;
  month_length month;

  template <class Row>
  requires requires(Amount const& own, Length const& length_of, Row& row) {
    detail::project(own, row);
    requires is_billing_length<Length> || requires { detail::project(length_of, row); };
  }
  auto operator()(Row& row) const {
    if constexpr (is_billing_length<Length>) {
      return detail::per_month_of(detail::project(amount, row), length, month);
    } else {
      return detail::per_month_of(detail::project(amount, row), detail::project(length, row), month);
    }
  }
};

struct per_month_function {
  template <class Amount, class Length>
  [[nodiscard]] auto operator()(Amount amount, Length length, month_length month = month_length::gregorian_mean) const {
    if constexpr (is_plain_amount<typename answer_type<Amount>::type>) {
      return detail::per_month_of(amount, length, month);
    } else {
      return per_month_projection<Amount, Length>{std::move(amount), std::move(length), month};
    }
  }
};

}  // namespace detail

/// What an amount that is billed every so often comes to in a month: amount × month ÷ billing period. Of values,
/// `per_month(120'000, billing_period::year)`, an optional amount; of projections, the projection that returns it:
/// `revenue_movements(subscriptions, &s::customer, &s::start, &s::end, per_month(&s::cents, &s::billing_days))`. The
/// billing period is a number of days, a `std::chrono` duration or a `billing_period`, of the row or for all; with
/// `month_length::two_decimals` and so on behind it as vendors have months. Integers, of minor units, stay integers:
/// each is rounded once, half a unit away from zero, so that what is made of them is exact. Empty, and so counted as
/// missing, where an amount or a period is, where a period is not above zero, and where the result does not fit.
inline constexpr detail::per_month_function per_month{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
