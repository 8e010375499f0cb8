// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_RATE_OPTIONS_HPP
#define CREDENCE_CHURN_CHURN_RATE_OPTIONS_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/period.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What the customers lost in a window are divided by.
enum class churn_denominator : std::uint8_t {
  start_of_period,  ///< of those there when the window begins, the share that was lost (the default)
  start_plus_new,   ///< of those and the ones who joined within it, the share that was lost
  average,          ///< all lost ÷ the mean of how many there are when it begins and when it ends; may exceed 1
  daily,            ///< Σ over days of those lost on the day ÷ those there when it began; may exceed 1
  exposure          ///< leavings ÷ the time that customers were at risk: a rate per `unit`, not a share
};
constexpr std::string_view name_of(churn_denominator denominator) {
  switch (denominator) {
    case churn_denominator::start_of_period: return "start_of_period";
    case churn_denominator::start_plus_new: return "start_plus_new";
    case churn_denominator::average: return "average";
    case churn_denominator::daily: return "daily";
    case churn_denominator::exposure: return "exposure";
  }
  return {};
}

/// Is a customer lost who left and came back within the window?
enum class returning_customers : std::uint8_t {
  not_lost,  ///< no, for they are there when it ends (the default)
  lost       ///< yes: everyone who left within it
};
constexpr std::string_view name_of(returning_customers policy) {
  switch (policy) {
    case returning_customers::not_lost: return "not_lost";
    case returning_customers::lost: return "lost";
  }
  return {};
}

namespace detail {

inline constexpr std::int64_t most_churn_days = 1'000'000;

template <class Complain>
constexpr bool check_window_end(char const* argument, std::optional<instant> const& end, Complain const& complain) {
  return (!end || end->is_known()) ||
         complain(argument, static_cast<double>(end->micros) / 1e6, "seconds after 1970; no time that can be told");
}
template <class Complain>
constexpr bool check_unit(char const* argument, time_span unit, Complain const& complain) {
  return unit.micros > 0 || complain(argument, static_cast<double>(unit.micros) / 1e6, "seconds; it must be above 0");
}

}  // namespace detail

struct churn_rate_options {
  std::optional<instant> from{};  ///< where the window begins; must be set
  std::optional<instant> to{};    ///< where it ends, itself not in it; must be set, and later than `from`
  churn_denominator denominator = churn_denominator::start_of_period;
  returning_customers returning = returning_customers::not_lost;
  time_span unit = detail::one_day;                         ///< of time at risk, for `exposure`
  number confidence = 0.95;                                 ///< of the interval, in (0, 1)
  share_interval interval_method = share_interval::wilson;  ///< where the rate is a share
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  /// Only a push, or a call with rows, asks for the window itself: answers may be asked for without it.
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    if (!detail::check_window_end("churn_rate_options::from", from, complain) ||
        !detail::check_window_end("churn_rate_options::to", to, complain))
      return false;
    if (from.has_value() != to.has_value())
      return complain(from ? "churn_rate_options::to" : "churn_rate_options::from", "unset", "a window has two ends");
    if (from && to->micros <= from->micros)
      return complain("churn_rate_options::to", static_cast<double>(to->micros) / 1e6,
                      "seconds after 1970; the window must end after it begins");
    if (from && denominator == churn_denominator::daily &&
        detail::elapsed(from->micros, to->micros) / static_cast<std::uint64_t>(detail::one_day.micros) >=
            static_cast<std::uint64_t>(detail::most_churn_days))
      return complain("churn_rate_options::to", static_cast<double>(to->micros) / 1e6,
                      "seconds after 1970; day by day a window has fewer than 1,000,000 days");
    return detail::check_unit("churn_rate_options::unit", unit, complain) &&
           detail::check_confidence_option("churn_rate_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.from, self.to, self.denominator, self.returning);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("from", self.from);
    visit("to", self.to);
    visit("denominator", self.denominator);
    visit("returning", self.returning);
    visit("unit", self.unit);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(churn_rate_options const&, churn_rate_options const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
