// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_SURVIVAL_TEST_RESULT_HPP
#define CREDENCE_SURVIVAL_SURVIVAL_TEST_RESULT_HPP

#include <cstdint>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// A group of customers that is compared with others.
template <class Key>
struct survival_test_group {
  Key key{};
  std::uint64_t count = 0;  ///< customers
  std::uint64_t left = 0;   ///< of whom so many were seen to leave, for the cause where one is asked for
  double observed = 0;      ///< Σ weight·d of the group: with weight 1, how many left
  double expected = 0;      ///< Σ weight·d·n_g/n: how many would have, were all groups alike

  /// Above 1 the group leaves faster than all together. NaN where nothing was expected.
  [[nodiscard]] double ratio() const { return expected > 0 ? observed / expected : not_a_number(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("count", self.count);
    visit("left", self.left);
    visit("observed", self.observed);
    visit("expected", self.expected);
  }
  friend bool operator==(survival_test_group const&, survival_test_group const&) = default;
};

/// The answer of `log_rank` and of `gray_test`. NaN where nobody left while two groups were at risk.
template <class Key>
struct survival_test_result {
  double chi_squared = not_a_number();           ///< of "all groups leave alike"
  double degrees_of_freedom = 0;                 ///< groups that can be told apart, less one
  double p_value = not_a_number();               ///< in 0…1
  std::vector<survival_test_group<Key>> groups;  ///< in the order in which they came
  std::vector<double> covariance;                ///< of observed − expected, row by row
  std::uint64_t strata = 0;                      ///< within which groups were compared
  std::uint64_t count = 0;                       ///< customers used
  std::uint64_t rejected = 0;                    ///< rows left out
  credence::rejections rejections;               ///< and why

  explicit operator bool() const { return !is_nan(chi_squared); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("chi_squared", self.chi_squared);
    visit("degrees_of_freedom", self.degrees_of_freedom);
    visit("p_value", self.p_value);
    visit("groups", self.groups);
    visit("covariance", self.covariance);
    visit("strata", self.strata);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(survival_test_result const&, survival_test_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
