// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_FUNNEL_RESULT_HPP
#define CREDENCE_RETENTION_FUNNEL_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct funnel_options {
  std::optional<time_span> within{};        ///< of the first step all must be taken, its end counted; unset: whenever
  bool strictly_later = false;              ///< must each step be later than the one before, or may it be as late?
  std::optional<instant> observed_until{};  ///< up to when events were looked for; unset: the last event
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The customers who reached one step. Times are in seconds, of those who reached it, each by their first way to the
/// furthest step they reached; NaN where nobody did.
struct funnel_step {
  std::int64_t step = 0;                       ///< from 1
  std::uint64_t reached = 0;                   ///< customers who took it, and all before, in order
  double from_first = not_a_number();          ///< their share of those who began, in 0…1
  credence::interval from_first_interval;      ///< Wilson's
  double from_previous = not_a_number();       ///< their share of those who reached the step before, in 0…1
  credence::interval from_previous_interval;   ///< Wilson's
  double median_since_first = not_a_number();  ///< seconds from the first step
  double mean_since_first = not_a_number();
  double median_since_previous = not_a_number();  ///< seconds from the step before
  double mean_since_previous = not_a_number();

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("step", self.step);
    visit("reached", self.reached);
    visit("from_first", self.from_first);
    visit("from_first_interval", self.from_first_interval);
    visit("from_previous", self.from_previous);
    visit("from_previous_interval", self.from_previous_interval);
    visit("median_since_first", self.median_since_first);
    visit("mean_since_first", self.mean_since_first);
    visit("median_since_previous", self.median_since_previous);
    visit("mean_since_previous", self.mean_since_previous);
  }
  friend constexpr bool operator==(funnel_step const&, funnel_step const&) = default;
};

/// The answer of `funnel`: `for (auto const& step : found) step.from_previous`.
struct funnel_result {
  std::vector<funnel_step> steps;
  std::uint64_t customers = 0;      ///< who began, so long ago that `within` is over
  std::uint64_t too_recent = 0;     ///< customers left out: `within` was not over for any of their beginnings
  std::uint64_t never_began = 0;    ///< customers who took other steps, but not the first
  std::uint64_t after_end = 0;      ///< customers left out: they took no step before observation ended
  std::uint64_t count = 0;          ///< events used, those that are no step too
  std::uint64_t rejected = 0;       ///< events left out
  credence::rejections rejections;  ///< and why

  [[nodiscard]] auto begin() const { return steps.begin(); }
  [[nodiscard]] auto end() const { return steps.end(); }
  [[nodiscard]] std::size_t size() const { return steps.size(); }
  [[nodiscard]] funnel_step const& operator[](std::size_t at) const { return steps[at]; }
  explicit operator bool() const { return customers != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("steps", self.steps);
    visit("customers", self.customers);
    visit("too_recent", self.too_recent);
    visit("never_began", self.never_began);
    visit("after_end", self.after_end);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(funnel_result const&, funnel_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
