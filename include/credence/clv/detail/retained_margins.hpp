// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_RETAINED_MARGINS_HPP
#define CREDENCE_CLV_DETAIL_RETAINED_MARGINS_HPP

#include <cmath>
#include <optional>

#include <credence/clv/first_margin.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// Sums of a margin that comes period after period, from those who are still there.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// An option that has no default which would be right for most.
[[nodiscard]] inline double needed(char const* option, std::optional<number> const& given) {
  if (!given) raise(error(joined({"credence: ", option, " is not set; it must be given"})));
  return given->value;
}
[[nodiscard]] inline double finite_option(char const* option, double given) {
  if (!is_finite(given)) wrong_argument(option, given, "it must be a finite number");
  return given;
}
[[nodiscard]] inline double cost_option(char const* option, double given) {
  if (!is_finite(given) || given < 0) wrong_argument(option, given, "it must be finite, and 0 or more");
  return given;
}
[[nodiscard]] inline double share_option(char const* option, double given) {
  if (!is_finite(given) || given < 0 || given > 1) wrong_argument(option, given, "it must lie in 0 to 1");
  return given;
}
[[nodiscard]] inline double rate_option(char const* option, double given) {
  if (!is_finite(given) || !(given > -1)) wrong_argument(option, given, "a rate must be finite and greater than -1");
  return given;
}

/// A margin that is there `times` over; nothing for ever is nothing.
[[nodiscard]] inline double multiplied(double margin, double times) {
  if (margin == 0 || times == 0) return 0;
  if (is_finite(times)) return margin * times;
  return margin > 0 ? infinite_number() : -infinite_number();
}

/// What one unit of margin a period comes to, with q = r ÷ (1 + d) of each left to the next, for the first `periods` of
/// them, whole or infinite.
struct retained_margins {
  double kept;       // q
  double gap;        // 1 − q, which may be small or negative
  double log_kept;   // ln q, −∞ where nobody stays
  double beginning;  // what the first one counts

  retained_margins(double retention, double discount, first_margin first)
      : kept(retention / (1 + discount)),
        gap(((1 - retention) + discount) / (1 + discount)),
        log_kept(kept > 0 ? std::log1p(-gap) : -infinite_number()),
        beginning(first == first_margin::at_once ? 1 : kept) {}

  [[nodiscard]] double sum(double periods) const {
    if (periods == 0 || beginning == 0) return 0;
    if (kept == 0) return beginning;
    if (!is_finite(periods)) return gap > 0 ? beginning / gap : infinite_number();
    return gap == 0 ? beginning * periods : beginning * (-std::expm1(periods * log_kept) / gap);
  }
  /// How many periods, whole but for what may be rounded away, until the sum is `wanted` > 0; +∞ for never.
  [[nodiscard]] double periods_until(double wanted) const {
    if (wanted <= beginning) return 1;
    if (!(wanted < sum(infinite_number()))) return infinite_number();
    return gap == 0 ? wanted / beginning : std::log1p(-wanted / beginning * gap) / log_kept;
  }
  /// What the one of period `number`, counted from 1, counts.
  [[nodiscard]] double at(double number) const {
    if (number == 1) return beginning;
    return kept == 0 ? 0 : beginning * std::exp((number - 1) * log_kept);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
