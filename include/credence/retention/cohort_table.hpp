// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_COHORT_TABLE_HPP
#define CREDENCE_RETENTION_COHORT_TABLE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/period.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/retention/detail/share.hpp>

// The answers of `cohort_retention`: a table of cohorts, each a row of cells, and the curve through them.

namespace credence {
inline namespace CREDENCE_ABI {

/// One cohort, some periods after its own. Rates are NaN where nobody is eligible.
struct retention_cell {
  std::int64_t period = 0;             ///< periods since the cohort's own; of a bracket the first
  std::int64_t last_period = 0;        ///< the same, but of a bracket the last
  std::uint64_t retained = 0;          ///< of the eligible, those who were active
  std::uint64_t eligible = 0;          ///< members for whom the period has ended; or whoever the rate is relative to
  double rate = not_a_number();        ///< retained ÷ eligible, in 0…1; relative to the previous period beyond, too
  credence::interval interval;         ///< Wilson's, in 0…1; none where the rate is no share
  bool mature = false;                 ///< had the period ended, for every member?
  std::uint64_t so_far = 0;            ///< members who were active in it though it has not ended for them
  double value = not_a_number();       ///< Σ of the amounts in it, in the host's unit; NaN without amounts
  double value_rate = not_a_number();  ///< value ÷ that of period 0, where mature

  /// Is there a rate?
  constexpr explicit operator bool() const { return !is_nan(rate); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("period", self.period);
    visit("last_period", self.last_period);
    visit("retained", self.retained);
    visit("eligible", self.eligible);
    visit("rate", self.rate);
    visit("interval", self.interval);
    visit("mature", self.mature);
    visit("so_far", self.so_far);
    visit("value", self.value);
    visit("value_rate", self.value_rate);
  }
  friend constexpr bool operator==(retention_cell const&, retention_cell const&) = default;
};

/// The customers who began in one period, in the order of cells.
struct retention_cohort {
  time_period period;      ///< in which they began
  std::string name;        ///< of the period, `2026-03`
  std::uint64_t size = 0;  ///< how many they are
  std::vector<retention_cell> cells;

  [[nodiscard]] auto begin() const { return cells.begin(); }
  [[nodiscard]] auto end() const { return cells.end(); }
  [[nodiscard]] retention_cell const& operator[](std::size_t at) const { return cells[at]; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("size", self.size);
    visit("cells", self.cells);
  }
  friend bool operator==(retention_cohort const&, retention_cohort const&) = default;
};

/// The customers with one property: what `cohort_of` answers of their first event.
template <class Key>
struct property_cohort {
  Key key{};
  std::uint64_t size = 0;
  std::vector<retention_cell> cells;

  [[nodiscard]] auto begin() const { return cells.begin(); }
  [[nodiscard]] auto end() const { return cells.end(); }
  [[nodiscard]] retention_cell const& operator[](std::size_t at) const { return cells[at]; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("size", self.size);
    visit("cells", self.cells);
  }
  friend bool operator==(property_cohort const&, property_cohort const&) = default;
};

/// How cohorts are put together into a curve.
enum class curve_weights : std::uint8_t {
  eligible,  ///< each customer counts alike (the default): Σ retained ÷ Σ eligible
  cohorts    ///< each cohort counts alike: the mean of their rates, those of 0 too
};
constexpr std::string_view name_of(curve_weights weights) {
  switch (weights) {
    case curve_weights::eligible: return "eligible";
    case curve_weights::cohorts: return "cohorts";
  }
  return {};
}

/// One point of a retention curve: the cohorts that are old enough.
struct retention_point {
  std::int64_t period = 0;       ///< periods since the cohort's own; of a bracket the first
  std::int64_t last_period = 0;  ///< the same, but of a bracket the last
  std::uint64_t retained = 0;
  std::uint64_t eligible = 0;
  double rate = not_a_number();        ///< in 0…1
  credence::interval interval;         ///< Wilson's; for the mean of cohorts, of as many trials as it is worth
  std::uint64_t cohorts = 0;           ///< that have a rate here
  double value_rate = not_a_number();  ///< Σ value ÷ Σ value of period 0, of mature cohorts; NaN without amounts

  constexpr explicit operator bool() const { return !is_nan(rate); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("period", self.period);
    visit("last_period", self.last_period);
    visit("retained", self.retained);
    visit("eligible", self.eligible);
    visit("rate", self.rate);
    visit("interval", self.interval);
    visit("cohorts", self.cohorts);
    visit("value_rate", self.value_rate);
  }
  friend constexpr bool operator==(retention_point const&, retention_point const&) = default;
};

/// The answer of `cohort_retention`: `for (auto const& cohort : table) for (auto const& cell : cohort) …`. Cohorts
/// without members are left out; cells go up to the last period that observation reached into.
template <class Cohort>
struct cohort_table {
  std::vector<Cohort> cohorts;      ///< in the order of time, or of their keys
  std::uint64_t customers = 0;      ///< in all cohorts
  std::uint64_t without_start = 0;  ///< customers left out: nothing of what they did begins a cohort
  std::uint64_t after_end = 0;      ///< customers left out: they began when observation had ended
  std::uint64_t count = 0;          ///< events used
  std::uint64_t rejected = 0;       ///< events left out
  credence::rejections rejections;  ///< and why
  double confidence = 0.95;         ///< of the intervals

  [[nodiscard]] auto begin() const { return cohorts.begin(); }
  [[nodiscard]] auto end() const { return cohorts.end(); }
  [[nodiscard]] std::size_t size() const { return cohorts.size(); }
  [[nodiscard]] bool empty() const { return cohorts.empty(); }
  [[nodiscard]] Cohort const& operator[](std::size_t at) const { return cohorts[at]; }
  explicit operator bool() const { return customers != 0; }

  /// One point for every cell of the longest cohort. A cohort counts where its cell has a rate: one that nobody of was
  /// retained counts as 0, and one that is not mature not at all.
  [[nodiscard]] std::vector<retention_point> curve(curve_weights weights = curve_weights::eligible) const {
    std::vector<retention_point> points;
    std::size_t longest = 0;
    for (Cohort const& cohort : cohorts) longest = (std::max)(longest, cohort.cells.size());
    for (std::size_t at = 0; at < longest; ++at) points.push_back(point_at(at, weights));
    return points;
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("cohorts", self.cohorts);
    visit("customers", self.customers);
    visit("without_start", self.without_start);
    visit("after_end", self.after_end);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("confidence", self.confidence);
  }
  friend bool operator==(cohort_table const&, cohort_table const&) = default;

 private:
  [[nodiscard]] retention_point point_at(std::size_t at, curve_weights weights) const {
    retention_point point;
    double rates = 0;
    double spread = 0;  // Σ 1/n, of which the variance of the mean is made
    double value = 0;
    double first_value = 0;
    bool shares = true;  // relative to the previous period a rate need not be one
    for (Cohort const& cohort : cohorts) {
      if (at >= cohort.cells.size()) continue;
      retention_cell const& cell = cohort.cells[at];
      point.period = cell.period;
      point.last_period = cell.last_period;
      if (cell.mature && !is_nan(cell.value)) {
        value += cell.value;
        first_value += cohort.cells[0].value;
      }
      if (!cell) continue;
      ++point.cohorts;
      point.retained += cell.retained;
      point.eligible += cell.eligible;
      shares = shares && !is_nan(cell.interval.lower);
      rates += cell.rate;
      spread += 1 / static_cast<double>(cell.eligible);
    }
    point.interval.confidence = confidence;
    if (first_value != 0) point.value_rate = value / first_value;
    if (point.cohorts == 0) return point;
    double const many = static_cast<double>(point.cohorts);
    double const eligible = static_cast<double>(point.eligible);
    bool const pooled = weights == curve_weights::eligible;
    point.rate = pooled ? static_cast<double>(point.retained) / eligible : rates / many;
    if (shares) detail::set_interval(point.interval, point.rate, pooled ? eligible : many * many / spread, confidence);
    return point;
  }
};

struct compare_retention_options {
  number confidence = 0.95;
};

/// Two cohorts, so many periods after their own: the score test of two shares, and Newcombe's interval of the
/// difference. Only of rates that are shares; none where either cell has no rate.
[[nodiscard]] inline comparison compare(retention_cell const& first, retention_cell const& second,
                                        compare_retention_options const& options = {}) {
  auto const observed = [](retention_cell const& cell) {
    bool const is_share = !is_nan(cell.interval.lower);
    return is_share ? observed_share{cell.rate, static_cast<double>(cell.eligible)} : observed_share{};
  };
  return compare(observed(first), observed(second), options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
