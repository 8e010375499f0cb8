// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PURCHASE_TRACKING_RESULT_HPP
#define CREDENCE_CLV_PURCHASE_TRACKING_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <credence/core/number.hpp>
#include <credence/core/period.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Times are in the unit of the model, from the first purchase of all on.
struct purchase_tracking_options {
  number period = 1;                           ///< how long a period is; > 0
  time_span same_purchase = detail::one_day;   ///< orders of a customer within one such span are one purchase
  std::optional<number> calibration = {};      ///< the end of what the model was fitted to, if known
  std::optional<instant> observed_until = {};  ///< up to when orders were looked for; unset: the last of them
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// Repeat purchases of all customers in one period.
struct tracked_period {
  double end = 0;                  ///< of the period
  double expected = 0;             ///< in it, by the model
  double actual = 0;               ///< in it, as they came
  double expected_cumulative = 0;  ///< up to its end
  double actual_cumulative = 0;    ///< up to its end

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("end", self.end);
    visit("expected", self.expected);
    visit("actual", self.actual);
    visit("expected_cumulative", self.expected_cumulative);
    visit("actual_cumulative", self.actual_cumulative);
  }
  friend constexpr bool operator==(tracked_period const&, tracked_period const&) = default;
};

/// The answer of `purchase_tracking`.
struct purchase_tracking_result {
  std::vector<tracked_period> periods;          ///< whole ones only, in the order of time
  double total_error = not_a_number();          ///< expected ÷ actual − 1, of all periods
  double calibration_error = not_a_number();    ///< the same of those that end by the end of calibration
  double holdout_error = not_a_number();        ///< and of those that begin at or after it
  double mean_absolute_error = not_a_number();  ///< of a period, in purchases
  std::uint64_t customers = 0;                  ///< who had come by the end
  std::uint64_t count = 0;                      ///< orders, or counts, used
  std::uint64_t rejected = 0;                   ///< orders left out
  credence::rejections rejections;              ///< and why

  [[nodiscard]] auto begin() const { return periods.begin(); }
  [[nodiscard]] auto end() const { return periods.end(); }
  [[nodiscard]] std::size_t size() const { return periods.size(); }
  [[nodiscard]] tracked_period const& operator[](std::size_t at) const { return periods[at]; }
  explicit operator bool() const { return !periods.empty(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("periods", self.periods);
    visit("total_error", self.total_error);
    visit("calibration_error", self.calibration_error);
    visit("holdout_error", self.holdout_error);
    visit("mean_absolute_error", self.mean_absolute_error);
    visit("customers", self.customers);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(purchase_tracking_result const&, purchase_tracking_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
