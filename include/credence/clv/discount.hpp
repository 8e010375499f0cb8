// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DISCOUNT_HPP
#define CREDENCE_CLV_DISCOUNT_HPP

#include <cmath>
#include <optional>
#include <type_traits>

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// What money of later is worth today. A rate without its unit is the commonest mistake with a lifetime value, so that
// each says of what it is.

namespace credence {
inline namespace CREDENCE_ABI {

/// A rate of interest a year, as 0.10: it needs to be known how long the model's unit of time is.
struct annual_rate {
  number rate = 0;
};
/// A rate of interest for one unit of the model's time.
struct period_rate {
  number rate = 0;
};

/// One or the other: `.discount = annual_rate{0.10}`. By default nothing is discounted.
class discount_rate {
 public:
  constexpr discount_rate() = default;
  constexpr discount_rate(annual_rate const& own) : rate_(own.rate), is_annual_(true) {}
  constexpr discount_rate(period_rate const& own) : rate_(own.rate) {}
  /// Refused in a sentence: a number by itself does not say of what it is a rate.
  template <class Arithmetic>
  requires std::is_arithmetic_v<Arithmetic>
  constexpr discount_rate(Arithmetic const&) {
    constexpr bool says_of_what = !std::is_arithmetic_v<Arithmetic>;
    static_assert(says_of_what,
                  "credence: a bare number does not say of what time it is a rate; write credence::annual_rate{0.10}, "
                  "or credence::period_rate{0.002} for one of a unit of the model's time");
  }

  [[nodiscard]] constexpr double rate() const { return rate_; }
  [[nodiscard]] constexpr bool is_annual() const { return is_annual_; }
  friend constexpr bool operator==(discount_rate const&, discount_rate const&) = default;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("rate", self.rate_);
    visit("is_annual", self.is_annual_);
  }

 private:
  double rate_ = 0;
  bool is_annual_ = false;
};

namespace detail {

/// Microseconds in the mean year of the Gregorian calendar, 365.2425 days, as `std::chrono::years` has it.
inline constexpr double micros_a_year = 31'556'952e6;

/// δ = ln(1 + rate) for one unit of time. Throws `credence::error`, naming the option, for a rate that is no number or
/// at most −1, and, naming `unit`, for an annual one where the unit is not known.
[[nodiscard]] inline double log_discount(char const* option, discount_rate const& discount,
                                         std::optional<time_span> const& unit) {
  if (!is_finite(discount.rate()) || !(discount.rate() > -1))
    wrong_argument(option, discount.rate(), "a rate must be finite and greater than -1");
  double const force = std::log1p(discount.rate());
  if (!discount.is_annual()) return force;
  if (!unit || unit->micros <= 0)
    raise(error(joined({"credence: ", option,
                        " is an annual rate, but how long a unit of the model's time is, is not known: set `.unit` of "
                        "the model or of what it was fitted to, as rfm does, or give a period_rate"})));
  return force * (static_cast<double>(unit->micros) / micros_a_year);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
