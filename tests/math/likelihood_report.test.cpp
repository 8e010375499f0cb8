// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/describe.hpp>
#include <credence/math/likelihood_report.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "math/fitted_waits.hpp"
#include "support/error_of.hpp"

namespace test_likelihood_report {

using namespace fitted_waits;

static_assert(credence::described<credence::likelihood_report<waiting>>);

TEST_CASE("likelihood_report: natural units, against the closed form") {
  double const total = 19.0;
  REQUIRE(plain);
  CHECK(plain.model().rate == to(8 / total));
  CHECK(plain.parameters[0] == plain.model().rate);
  CHECK(plain.standard_errors[0] == to(std::sqrt(8.0) / total, 1e-6));  // rate ÷ √n
  CHECK(plain.covariance[0] == to(8 / total / total, 1e-6));
  double const log_likelihood = 8 * std::log(8 / total) - 8;
  CHECK(plain.log_likelihood == to(log_likelihood, 1e-13));
  CHECK(plain.aic == to(2 - 2 * log_likelihood, 1e-13));
  CHECK(plain.bic == to(std::log(8.0) - 2 * log_likelihood, 1e-13));
  CHECK(plain.count == 8);
  CHECK(plain.rejected == 3);
  CHECK(plain.evaluations == plain.iterations + 1);
  CHECK(plain.parameter_names == std::vector<std::string>{"rate"});
  CHECK(plain.reason.empty());
  CHECK(plain.penalty == 0);

  // The slope is no logarithm: its unit stays. By hand: the negative Hessian in (log rate, slope) at the maximum.
  REQUIRE(sloped);
  double sums[3] = {0, 0, 0};
  for (std::size_t at = 0; at < times.size(); ++at) {
    double const hazard = times[at] * sloped.parameters[0] * std::exp(sloped.parameters[1] * covariates[at]);
    sums[0] += hazard;
    sums[1] += hazard * covariates[at];
    sums[2] += hazard * covariates[at] * covariates[at];
  }
  double const determinant = sums[0] * sums[2] - sums[1] * sums[1];
  double const rate = sloped.parameters[0];
  CHECK(sloped.covariance[0] == to(rate * rate * sums[2] / determinant, 1e-5));
  CHECK(sloped.covariance[1] == doctest::Approx(-rate * sums[1] / determinant).epsilon(1e-5));
  CHECK(sloped.covariance[2] == sloped.covariance[1]);
  CHECK(sloped.covariance[3] == to(sums[0] / determinant, 1e-5));
  CHECK(sloped.standard_errors[1] == std::sqrt(sloped.covariance[3]));
}

TEST_CASE("likelihood_report: the log-likelihood is without its penalty") {
  math::maximum_result const found = search(true, 2.0);
  auto const report = math::report_of<waiting>(found, terms({"rate", "slope"}, 2.0));
  REQUIRE(report);
  CHECK(report.penalty == 2.0);
  CHECK(report.log_likelihood > found.log_likelihood);
  CHECK(report.log_likelihood < sloped.log_likelihood);
  CHECK(std::fabs(report.parameters[1]) < std::fabs(sloped.parameters[1]));
}

TEST_CASE("likelihood_report: what failed has its reason, and no model") {
  math::maximum_result found;
  found.status = fit_status::flat_ridge;
  found.point = {1.0, 2.0};
  found.direction = {0.7071, 0.7071};
  math::likelihood_terms both = terms({"r", "alpha"});
  both.logarithms = 2;
  auto const ridge = math::report_of<waiting>(found, both);
  CHECK(!ridge);
  CHECK(ridge.reason == "the likelihood hardly changes along (r +0.71, alpha +0.71) in logarithms");
  CHECK(ridge.parameters[1] == to(std::exp(2.0)));
  CHECK(ridge.covariance.empty());
  CHECK(ridge.standard_errors.empty());
  CHECK(credence::is_nan(ridge.aic));
  CHECK(error_of([&] { (void)ridge.model(); }).find("flat_ridge: the likelihood hardly") != std::string::npos);
  // What has no end is told from what is level, and the way up is given.
  math::maximum_result endless = found;
  endless.log_likelihood = 1e4;
  endless.sums = math::likelihood_sums(2);
  endless.sums.gradient = {-30.0, -20.0};
  CHECK(math::report_of<waiting>(endless, both).reason ==
        "the likelihood still grows, however far out, along (r -0.71, alpha -0.71) in logarithms");
  both.logarithms = 1;
  found.direction = {-0.1, 0.99};
  CHECK(math::report_of<waiting>(found, both).reason ==
        "the likelihood hardly changes along (log r -0.1, alpha +0.99)");
  found.direction = {0.01, 0.99};
  CHECK(math::report_of<waiting>(found, both).reason == "the likelihood hardly changes along (alpha +0.99)");

  found.status = fit_status::boundary;
  found.side = -1;
  CHECK(math::report_of<waiting>(found, both).reason == "the likelihood does not fall as r goes to 0");
  found.index = 1;
  CHECK(math::report_of<waiting>(found, both).reason == "the likelihood does not fall as alpha falls without end");
  found.side = 1;
  CHECK(math::report_of<waiting>(found, both).reason == "the likelihood does not fall as alpha grows without end");
  found.status = fit_status::degenerate_data;
  both.reason = "nobody came back";
  CHECK(math::report_of<waiting>(found, both).reason == "nobody came back");
  CHECK(!credence::likelihood_report<waiting>());
}

}  // namespace test_likelihood_report
