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
#include <credence/survival/survival_test_result.hpp>

// Do groups of customers leave for one cause alike, whatever else they leave for?

namespace credence {
inline namespace CREDENCE_ABI {

struct gray_test_options {
  leaving_cause cause = 1;  ///< the cause that is compared; all others compete with it
  number rho = 0;           ///< differences count (1 − F)^ρ: above 0 for early, below 0 for late ones
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// Their `left` and `observed` are of the cause alone, and `expected` is how many would have left for it, were the
/// incidences of all groups alike.
template <class Key>
using gray_test_group = survival_test_group<Key>;
template <class Key>
using gray_test_result = survival_test_result<Key>;

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
