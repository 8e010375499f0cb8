// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_GRAY_TEST_HPP
#define CREDENCE_SURVIVAL_GRAY_TEST_HPP

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/score_test.hpp>
#include <credence/survival/detail/compared_incidences.hpp>
#include <credence/survival/detail/grouped_times.hpp>
#include <credence/survival/detail/survival_state.hpp>
#include <credence/survival/leaving_cause.hpp>

// Do groups of customers leave for one cause alike, whatever else they leave for?

namespace credence {
inline namespace CREDENCE_ABI {

struct gray_test_options {
  leaving_cause cause = 1;  ///< the cause that is compared; all others compete with it
  number rho = 0;           ///< differences count (1 − F)^ρ: above 0 for early, below 0 for late ones
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// A group of a `gray_test_result`.
template <class Key>
struct gray_test_group {
  Key key{};
  std::uint64_t count = 0;  ///< customers
  std::uint64_t left = 0;   ///< of whom so many were seen to leave for the cause
  double observed = 0;      ///< Σ weight·d of the group: with ρ = 0, how many left for it
  double expected = 0;      ///< how many would have, were the incidences of all groups alike

  /// Above 1 more of the group leave for the cause than of all together. NaN where nothing was expected.
  [[nodiscard]] double ratio() const { return expected > 0 ? observed / expected : not_a_number(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("count", self.count);
    visit("left", self.left);
    visit("observed", self.observed);
    visit("expected", self.expected);
  }
  friend bool operator==(gray_test_group const&, gray_test_group const&) = default;
};

/// The answer of `gray_test`. NaN where nobody left for the cause while two groups were at risk.
template <class Key>
struct gray_test_result {
  double chi_squared = not_a_number();       ///< of "the incidence of the cause is one in all groups"
  double degrees_of_freedom = 0;             ///< groups that can be told apart, less one
  double p_value = not_a_number();           ///< in 0…1
  std::vector<gray_test_group<Key>> groups;  ///< in the order in which they came
  std::vector<double> covariance;            ///< of observed − expected, row by row
  std::uint64_t strata = 0;                  ///< within which groups were compared
  std::uint64_t count = 0;                   ///< customers used
  std::uint64_t rejected = 0;                ///< rows left out
  credence::rejections rejections;           ///< and why

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
  friend bool operator==(gray_test_result const&, gray_test_result const&) = default;
};

namespace detail {

struct gray_test_function : grouped_survival_calls<gray_test_function, gray_test_options> {
  template <class Key>
  static gray_test_result<Key> of(grouped_times<Key> const& gathered, gray_test_options const& options) {
    if (!is_finite(options.rho.value))
      wrong_argument("gray_test_options::rho", options.rho.value, "it must be a finite number");
    gray_test_result<Key> result;
    gathered.tell(result);
    result.strata = gathered.strata.size();
    for (Key const& key : gathered.keys) {
      gray_test_group<Key>& own = result.groups.emplace_back();
      own.key = key;
    }
    std::size_t const size = gathered.keys.size();
    check_group_count(size);
    result.covariance.assign(size * size, 0.0);
    for (std::vector<survival_state> const& stratum : gathered.strata) {
      compared_incidences compared(stratum, options.cause.number);
      compared.walk(options.rho.value);
      for (std::size_t one = 0; one < stratum.size(); ++one) {
        gray_test_group<Key>& own = result.groups[one];
        own.count += stratum[one].count();
        own.left += compared.events(one);
        own.observed += compared.observed(one);
        own.expected += compared.expected(one);
        for (std::size_t other = 0; other < stratum.size(); ++other)
          result.covariance[one * size + other] += compared.covariance(one, other);
      }
    }
    std::vector<double> scores(size);
    for (std::size_t at = 0; at < size; ++at) scores[at] = result.groups[at].observed - result.groups[at].expected;
    score_test const tested = detail::score_test_of(std::move(scores), result.covariance);
    result.chi_squared = tested.chi_squared;
    result.degrees_of_freedom = tested.degrees;
    result.p_value = tested.p_value;
    return result;
  }
};

}  // namespace detail

/// Do groups of customers leave for one cause alike, whatever else they leave for? `gray_test(customers,
/// &customer::months, &customer::cause [, weight], grouped_by(&customer::plan) [, stratified_by(&customer::country)]
/// [, weighted_by(…)], {.cause = 2})`, or of `group_by(customers, &customer::plan, survival_times_accumulator{}, …)`:
/// compares the incidences of a cause that `aalen_johansen` answers, where a `log_rank` of that cause alone would
/// compare how fast those leave who are still here. Who has left for another cause is counted among those who might
/// have left for this one: n(1 − F)/S of a group at each time, n at risk, S still here, F its incidence. χ² of observed
/// less expected, with as many degrees of freedom as groups less one.
///
/// What is taken for rows, times and causes, and what is left out, is as for `aalen_johansen`; weights count customers.
/// Throws `credence::error` for a cause below 1, a ρ that is not finite, more than a thousand groups, and customers
/// who entered late, of whom the test knows nothing. O(rows · log rows), and times × groups³. Source: Gray (1988),
/// Annals of Statistics 16, 1141; R's cmprsk.
inline constexpr detail::gray_test_function gray_test{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
