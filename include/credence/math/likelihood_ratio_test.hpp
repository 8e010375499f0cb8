// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_LIKELIHOOD_RATIO_TEST_HPP
#define CREDENCE_MATH_LIKELIHOOD_RATIO_TEST_HPP

#include <cmath>
#include <cstdint>
#include <string_view>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/chi_squared.hpp>
#include <credence/math/likelihood_report.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Of `likelihood_ratio_test`.
struct likelihood_ratio_result {
  double statistic = not_a_number();     ///< 2·(log-likelihood of the larger − of the smaller), never below 0
  std::uint64_t degrees_of_freedom = 0;  ///< parameters of the larger less those of the smaller
  double p_value = not_a_number();       ///< of so large a statistic, were the smaller model true; in 0…1

  constexpr explicit operator bool() const { return !is_nan(p_value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("statistic", self.statistic);
    visit("degrees_of_freedom", self.degrees_of_freedom);
    visit("p_value", self.p_value);
  }
  friend constexpr bool operator==(likelihood_ratio_result const&, likelihood_ratio_result const&) = default;
};

namespace detail {

[[nodiscard]] inline likelihood_ratio_result likelihood_ratio(fit_summary const& smaller,
                                                              likelihood_estimates const& few,
                                                              fit_summary const& larger,
                                                              likelihood_estimates const& many) {
  auto const refuse = [](std::string_view why) { raise(error(joined({"credence: likelihood_ratio_test: ", why}))); };
  auto const refuse_unless_converged = [&](fit_summary const& fit, std::string_view which) {
    if (!fit)
      refuse(
          joined({"the fit of the ", which, " model ended with the status ", name_of(fit.status), ": ", fit.advice()}));
  };
  refuse_unless_converged(smaller, "smaller");
  refuse_unless_converged(larger, "larger");
  if (few.penalty != 0 || many.penalty != 0)
    refuse("a penalised likelihood has no such test; fit both without a penalty");
  if (smaller.count != larger.count || !(std::fabs(few.observations - many.observations) <= 1e-9 * few.observations))
    refuse(joined({"the models were fitted to different data, of ", shown(smaller.count), " and ", shown(larger.count),
                   " rows; fit both to the same"}));
  if (few.parameters.size() >= many.parameters.size())
    refuse("the second model must have more parameters than the first, which must be a special case of it");
  likelihood_ratio_result result;
  double const gain = larger.log_likelihood - smaller.log_likelihood;
  if (gain < -1e-9 * (std::fmax)(1.0, std::fabs(smaller.log_likelihood)))
    refuse(joined({"the larger model is less likely than the smaller, by ", shown(-gain),
                   ", so that the smaller is no special case of it"}));
  result.statistic = gain > 0 ? 2 * gain : 0;
  result.degrees_of_freedom = many.parameters.size() - few.parameters.size();
  result.p_value = math::chi_squared_upper_tail(result.statistic, static_cast<double>(result.degrees_of_freedom));
  return result;
}

}  // namespace detail

/// Does the larger of two nested models say more than chance would? Twice the gain in log-likelihood, against the
/// chi-squared distribution with a degree of freedom for each further parameter.
///
/// Both are reports of fits to the same rows, and the smaller model is the larger with some parameters held fixed, as a
/// model without covariates is the one with coefficients of 0; that is for the caller to know. Held at the edge of what
/// they may be (a variance of 0), the p-value is too large: about twice the true one for one parameter.
/// Throws `credence::error` unless both converged, without a penalty, to the same number of rows, the larger has more
/// parameters, and it is no less likely.
/// Source: Wilks (1938).
template <class Smaller, class Larger>
[[nodiscard]] likelihood_ratio_result likelihood_ratio_test(likelihood_report<Smaller> const& smaller,
                                                            likelihood_report<Larger> const& larger) {
  return detail::likelihood_ratio(smaller, smaller, larger, larger);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
