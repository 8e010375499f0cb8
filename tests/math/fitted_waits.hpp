// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_MATH_FITTED_WAITS_HPP
#define CREDENCE_TESTS_MATH_FITTED_WAITS_HPP

#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>
#include <credence/math/second_order.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

// Two nested models of how long one waits, fitted: what reports, tests and intervals of fits are tried on.

namespace fitted_waits {

namespace math = credence::math;
using credence::fit_status;

inline doctest::Approx to(double expected, double error = 1e-9) {
  return doctest::Approx(expected).scale(0).epsilon(error);
}

// Waiting times of rate exp(slope × covariate) × rate, and the plain ones, whose estimates are known in closed form.
struct waiting {
  double rate;
  double slope;
  static waiting from_parameters(double const* natural) { return {natural[0], natural[1]}; }
  bool operator==(waiting const&) const = default;
};
struct plain_waiting {
  double rate;
  static plain_waiting from_parameters(double const* natural) { return {natural[0]}; }
};

inline std::vector<double> const times = {0.5, 1.0, 4.0, 2.5, 0.25, 3.0, 1.75, 6.0};
inline std::vector<double> const covariates = {1, 1, -1, 0, 2, -1, 0, -2};

inline math::maximum_result search(bool with_slope, double penalty = 0) {
  return math::maximise(
      [=](std::vector<double> const& point) {
        using pair_number = math::second_order<2>;
        math::likelihood_sums sums(point.size());
        for (std::size_t at = 0; at < times.size(); ++at) {
          pair_number const log_rate = math::variable<2>(point[0], 0) +
                                       covariates[at] * (with_slope ? math::variable<2>(point[1], 1) : 0.0);
          pair_number const term = log_rate - times[at] * exp(log_rate);
          if (with_slope) {
            sums.add(term);
          } else {
            math::second_order<1> first(term.value);
            first.gradient[0] = term.gradient[0];
            first.hessian[0] = term.hessian[0];
            sums.add(first);
          }
        }
        if (penalty != 0) sums.penalise(point, penalty);
        return sums;
      },
      std::vector<double>(with_slope ? 2 : 1, 0.0));
}

inline math::likelihood_terms terms(std::vector<std::string> names, double penalty = 0) {
  math::likelihood_terms result;
  result.names = std::move(names);
  result.logarithms = 1;
  result.count = times.size();
  result.observations = static_cast<double>(times.size());
  result.rejected = 3;
  result.penalty = penalty;
  return result;
}

inline auto const plain = math::report_of<plain_waiting>(search(false), terms({"rate"}));
inline auto const sloped = math::report_of<waiting>(search(true), terms({"rate", "slope"}));

}  // namespace fitted_waits

#endif
