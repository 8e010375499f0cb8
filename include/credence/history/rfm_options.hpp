// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_RFM_OPTIONS_HPP
#define CREDENCE_HISTORY_RFM_OPTIONS_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <credence/core/error.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/period_walk.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a return is, a row with an amount below zero. It never is a purchase.
enum class order_returns : std::uint8_t {
  netted,   ///< taken from what its customer spent in the latest period with a purchase, up to its own (the default)
  dropped,  ///< left out and counted
  raised    ///< throws
};
constexpr std::string_view name_of(order_returns returns) {
  switch (returns) {
    case order_returns::netted: return "netted";
    case order_returns::dropped: return "dropped";
    case order_returns::raised: return "raised";
  }
  return {};
}

namespace detail {

inline constexpr time_span one_week = time_span::from_micros(std::int64_t{7} * 86'400'000'000);

}  // namespace detail

struct rfm_options {
  std::optional<time_span> unit = detail::one_week;  ///< what 1 is; unset: periods are counted
  order_returns returns = order_returns::netted;     ///< what becomes of amounts below zero
  bool first_purchase_in_spend = false;              ///< is the first period averaged too?
  std::optional<instant> observed_until{};           ///< up to when orders were looked for; unset: the last of them
  std::optional<instant> calibration_until{};        ///< what comes later is the holdout; unset: there is none
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

inline void check_unit(char const* argument, std::optional<time_span> const& unit) {
  if (unit && unit->micros <= 0)
    wrong_argument(argument, static_cast<double>(unit->micros) / 1e6, "seconds; it must be above 0");
}
inline void check_rfm(rfm_options const& options) {
  check_unit("rfm_options::unit", options.unit);
  check_end(options.observed_until);
  if (!options.calibration_until) return;
  if (!options.calibration_until->is_known())
    raise(error("credence: rfm_options::calibration_until is a time that cannot be, or is beyond all others"));
  if (options.observed_until && *options.observed_until < *options.calibration_until)
    wrong_argument("rfm_options::calibration_until", static_cast<double>(options.calibration_until->micros) / 1e6,
                   "seconds after 1970; it must not be after observed_until");
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
