// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_TOLERANCE_RESULT_HPP
#define CREDENCE_CHURN_TOLERANCE_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What the k-th bad experience does.
struct tolerance_step {
  std::uint64_t experience = 0;            ///< k, from 1
  std::uint64_t customers = 0;             ///< who had a k-th
  std::uint64_t exposed = 0;               ///< of them, those whose window was over when observation ended
  std::uint64_t lost = 0;                  ///< of those, who left within it
  double value = not_a_number();           ///< lost ÷ exposed, in 0…1; NaN where nobody was exposed
  credence::interval interval;             ///< of the value
  double cumulative = not_a_number();      ///< 1 − Π(1 − value) up to here: left by the k-th, in 0…1
  double standard_error = not_a_number();  ///< of the cumulative, by Greenwood; NaN where all were lost

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("experience", self.experience);
    visit("customers", self.customers);
    visit("exposed", self.exposed);
    visit("lost", self.lost);
    visit("value", self.value);
    visit("interval", self.interval);
    visit("cumulative", self.cumulative);
    visit("standard_error", self.standard_error);
  }
  friend constexpr bool operator==(tolerance_step const&, tolerance_step const&) = default;
};

/// The answer of `tolerance`: `for (auto const& step : found) step.value`, or `found[0]` for the first experience.
struct tolerance_result {
  std::vector<tolerance_step> steps;  ///< from the first on, to the last that anybody had
  std::uint64_t customers = 0;        ///< who had a bad experience while they were observed
  std::uint64_t conflicting = 0;      ///< customers whose rows say different times of leaving: the earliest was taken
  std::uint64_t count = 0;            ///< experiences used
  std::uint64_t rejected = 0;         ///< experiences left out
  credence::rejections rejections;    ///< and why

  [[nodiscard]] auto begin() const { return steps.begin(); }
  [[nodiscard]] auto end() const { return steps.end(); }
  [[nodiscard]] std::size_t size() const { return steps.size(); }
  [[nodiscard]] tolerance_step const& operator[](std::size_t at) const { return steps[at]; }
  explicit operator bool() const { return !steps.empty() && steps.front().exposed != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("steps", self.steps);
    visit("customers", self.customers);
    visit("conflicting", self.conflicting);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(tolerance_result const&, tolerance_result const&) = default;
};

template <class Key>
struct tolerance_group {
  Key key{};
  std::vector<tolerance_step> steps;  ///< as of `tolerance_result`, of the experiences of this group
  double expected = not_a_number();   ///< how many would be lost at its steps if groups did not differ
  std::uint64_t lost = 0;             ///< how many were

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("steps", self.steps);
    visit("expected", self.expected);
    visit("lost", self.lost);
  }
  friend bool operator==(tolerance_group const&, tolerance_group const&) = default;
};

/// The answer of `tolerance` with `grouped_by`: all together, the curve of each group in the order of their encoded
/// keys, and whether they differ.
template <class Key>
struct tolerance_groups {
  tolerance_result all;
  std::vector<tolerance_group<Key>> groups;
  double chi_squared = not_a_number();  ///< of the log-rank test over k; NaN where there is nothing to compare
  double degrees_of_freedom = 0;        ///< groups that can be told apart, less 1
  double p_value = not_a_number();      ///< under "no difference", in 0…1

  [[nodiscard]] auto begin() const { return groups.begin(); }
  [[nodiscard]] auto end() const { return groups.end(); }
  [[nodiscard]] std::size_t size() const { return groups.size(); }
  [[nodiscard]] tolerance_group<Key> const& operator[](std::size_t at) const { return groups[at]; }
  explicit operator bool() const { return degrees_of_freedom > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("all", self.all);
    visit("groups", self.groups);
    visit("chi_squared", self.chi_squared);
    visit("degrees_of_freedom", self.degrees_of_freedom);
    visit("p_value", self.p_value);
  }
  friend bool operator==(tolerance_groups const&, tolerance_groups const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
