// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_REASONS_RESULT_HPP
#define CREDENCE_CHURN_CHURN_REASONS_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// One cause of `churn_reasons`.
template <class Key>
struct churn_reason {
  Key reason{};
  std::uint64_t count = 0;                 ///< customers who left for it
  double share = not_a_number();           ///< of all who left, in 0…1
  credence::interval interval;             ///< of the share
  double standard_error = not_a_number();  ///< of the share
  double value_lost = not_a_number();      ///< in the unit of the amounts; NaN where no value was asked for
  double share_of_value = not_a_number();  ///< of all value lost, in 0…1; NaN where none was

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("reason", self.reason);
    visit("count", self.count);
    visit("share", self.share);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("value_lost", self.value_lost);
    visit("share_of_value", self.share_of_value);
  }
  friend bool operator==(churn_reason const&, churn_reason const&) = default;
};

/// Two causes, by their places among `reasons`: the share of the first less that of the second.
struct churn_reason_difference {
  std::size_t first = 0;
  std::size_t second = 0;
  comparison difference;
  double adjusted_p_value = not_a_number();  ///< for the number of pairs
  bool differs = false;                      ///< is it below 1 − confidence?

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("first", self.first);
    visit("second", self.second);
    visit("difference", self.difference);
    visit("adjusted_p_value", self.adjusted_p_value);
    visit("differs", self.differs);
  }
  friend constexpr bool operator==(churn_reason_difference const&, churn_reason_difference const&) = default;
};

/// The answer of `churn_reasons`: `for (auto const& cause : found) cause.share`, the most frequent first, equal ones in
/// the order of their encoded keys.
template <class Key>
struct churn_reasons_result {
  std::vector<churn_reason<Key>> reasons;
  std::vector<churn_reason_difference> differences;  ///< of the most frequent ones, each pair once
  double value_lost = not_a_number();                ///< all of it; NaN where no value was asked for
  std::uint64_t count = 0;                           ///< customers used
  std::uint64_t rejected = 0;                        ///< customers left out
  credence::rejections rejections;                   ///< and why

  [[nodiscard]] auto begin() const { return reasons.begin(); }
  [[nodiscard]] auto end() const { return reasons.end(); }
  [[nodiscard]] std::size_t size() const { return reasons.size(); }
  [[nodiscard]] churn_reason<Key> const& operator[](std::size_t at) const { return reasons[at]; }
  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("reasons", self.reasons);
    visit("differences", self.differences);
    visit("value_lost", self.value_lost);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(churn_reasons_result const&, churn_reasons_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
