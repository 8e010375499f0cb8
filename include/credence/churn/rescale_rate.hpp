// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_RESCALE_RATE_HPP
#define CREDENCE_CHURN_RESCALE_RATE_HPP

#include <cmath>

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The churn rate of one length of time as one of another: c over `from_length` T is 1 − (1 − c)^(t/T) over `to_length`
/// t, with a constant hazard. Lengths are plain numbers in one unit, above 0 and finite; `rate` is in 0…1, and a NaN
/// stays one. No digits are lost where it is small. Throws `credence::error` for anything else.
/// `rescale_rate(monthly, 1, 12)` is the rate of a year.
[[nodiscard]] inline double rescale_rate(double rate, number from_length, number to_length) {
  if (is_nan(rate)) return rate;
  if (!(rate >= 0 && rate <= 1)) detail::wrong_argument("rate", rate, "it must lie between 0 and 1");
  if (!is_finite(from_length) || !(from_length > 0))
    detail::wrong_argument("from_length", from_length.value, "it must be finite and above 0");
  if (!is_finite(to_length) || !(to_length > 0))
    detail::wrong_argument("to_length", to_length.value, "it must be finite and above 0");
  if (rate == 0 || rate == 1) return rate;  // whatever the lengths: their quotient may be infinite
  return -std::expm1(std::log1p(-rate) * (to_length / from_length));
}
/// The same of lengths with a unit: `rescale_rate(rate, std::chrono::days{30}, std::chrono::days{365})`.
[[nodiscard]] inline double rescale_rate(double rate, time_span from_length, time_span to_length) {
  return rescale_rate(rate, number(static_cast<double>(from_length.micros)),
                      number(static_cast<double>(to_length.micros)));
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
