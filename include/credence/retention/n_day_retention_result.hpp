// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_N_DAY_RETENTION_RESULT_HPP
#define CREDENCE_RETENTION_N_DAY_RETENTION_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/period.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/retention/detail/share.hpp>
#include <credence/retention/retention_mode.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct n_day_retention_options {
  std::vector<whole> days{1, 7, 30};  ///< the N, in periods since the first; ascending, 0 to 100,000
  retention_mode mode = retention_mode::on;
  time_span window = detail::one_day;       ///< where no policy is given: the length of a period
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else the last event
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The customers who came back on day N.
struct n_day_retention_day {
  std::int64_t day = 0;          ///< N
  std::uint64_t retained = 0;    ///< of the eligible
  std::uint64_t eligible = 0;    ///< customers whose day N has ended
  double rate = not_a_number();  ///< of them, in 0…1; NaN where nobody is eligible
  credence::interval interval;   ///< Wilson's, in 0…1

  explicit constexpr operator bool() const { return eligible != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("day", self.day);
    visit("retained", self.retained);
    visit("eligible", self.eligible);
    visit("rate", self.rate);
    visit("interval", self.interval);
  }
  friend constexpr bool operator==(n_day_retention_day const&, n_day_retention_day const&) = default;
};

/// The answer of `n_day_retention`: `for (auto const& each : found) each.rate`.
struct n_day_retention_result {
  std::vector<n_day_retention_day> days;  ///< as they were asked for
  std::uint64_t customers = 0;            ///< who began before observation ended
  std::uint64_t after_end = 0;            ///< customers left out: they began later
  std::uint64_t count = 0;                ///< events used
  std::uint64_t rejected = 0;             ///< events left out
  credence::rejections rejections;        ///< and why

  [[nodiscard]] auto begin() const { return days.begin(); }
  [[nodiscard]] auto end() const { return days.end(); }
  [[nodiscard]] std::size_t size() const { return days.size(); }
  [[nodiscard]] n_day_retention_day const& operator[](std::size_t at) const { return days[at]; }
  explicit operator bool() const { return customers != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("days", self.days);
    visit("customers", self.customers);
    visit("after_end", self.after_end);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(n_day_retention_result const&, n_day_retention_result const&) = default;
};

namespace detail {

inline void check_n_day(n_day_retention_options const& options) {
  check_confidence("n_day_retention_options::confidence", options.confidence);
  std::int64_t before = -1;
  for (whole const day : options.days) {
    if (day <= before || day > 100'000)
      wrong_argument("n_day_retention_options::days", day.value, "they must ascend, from 0 to 100,000");
    before = day;
  }
  if (options.window.micros <= 0 || options.window.micros > latest_micros / 1'000'000)
    wrong_argument("n_day_retention_options::window", static_cast<double>(options.window.micros) / 1e6,
                   "seconds; it must be above 0 and below 106 days");
}

inline void add_day(n_day_retention_result& result, n_day_retention_options const& options, std::int64_t day,
                    std::uint64_t retained, std::uint64_t eligible) {
  n_day_retention_day own;
  own.day = day;
  own.retained = retained;
  own.eligible = eligible;
  tell_share(own.rate, own.interval, retained, eligible, options.confidence);
  result.days.push_back(own);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
