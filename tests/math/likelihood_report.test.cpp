// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/describe.hpp>
#include <credence/math/delta_interval.hpp>
#include <credence/math/likelihood_ratio_test.hpp>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/maximise.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_likelihood_report {

namespace math = credence::math;
using credence::fit_status;

doctest::Approx to(double expected, double error = 1e-9) { return doctest::Approx(expected).scale(0).epsilon(error); }

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

std::vector<double> const times = {0.5, 1.0, 4.0, 2.5, 0.25, 3.0, 1.75, 6.0};
std::vector<double> const covariates = {1, 1, -1, 0, 2, -1, 0, -2};

math::maximum_result search(bool with_slope, double penalty = 0) {
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

math::likelihood_terms terms(std::vector<std::string> names, double penalty = 0) {
  math::likelihood_terms result;
  result.names = std::move(names);
  result.logarithms = 1;
  result.count = times.size();
  result.observations = static_cast<double>(times.size());
  result.rejected = 3;
  result.penalty = penalty;
  return result;
}

auto const plain = math::report_of<plain_waiting>(search(false), terms({"rate"}));
auto const sloped = math::report_of<waiting>(search(true), terms({"rate", "slope"}));

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

namespace test_likelihood_ratio_test {

using namespace test_likelihood_report;

TEST_CASE("likelihood_ratio_test: twice the gain, and its tail") {
  credence::likelihood_ratio_result const test = credence::likelihood_ratio_test(plain, sloped);
  CHECK(test);
  CHECK(test.statistic == to(2 * (sloped.log_likelihood - plain.log_likelihood)));
  CHECK(test.degrees_of_freedom == 1);
  CHECK(test.p_value == to(std::erfc(std::sqrt(test.statistic / 2))));
}

TEST_CASE("likelihood_ratio_test: refuses what is not nested, not converged, or not the same data") {
  auto const complaint = [](auto const& smaller, auto const& larger) {
    return error_of([&] { (void)credence::likelihood_ratio_test(smaller, larger); });
  };
  CHECK(complaint(sloped, plain).find("must have more parameters") != std::string::npos);
  CHECK(complaint(sloped, sloped).find("must have more parameters") != std::string::npos);
  auto other = sloped;
  other.count = 9;
  CHECK(complaint(plain, other) ==
        "credence: likelihood_ratio_test: the models were fitted to different data, of 8 and 9 rows; fit both to the "
        "same");
  other = sloped;
  other.observations = 8.5;
  CHECK(complaint(plain, other).find("different data") != std::string::npos);
  other = sloped;
  other.penalty = 1;
  CHECK(complaint(plain, other).find("penalised") != std::string::npos);
  other = sloped;
  other.status = fit_status::boundary;
  CHECK(complaint(plain, other).find("the larger model ended with the status boundary") != std::string::npos);
  other = sloped;
  other.log_likelihood = plain.log_likelihood - 0.5;
  CHECK(complaint(plain, other).find("less likely than the smaller, by 0.5") != std::string::npos);
  other.log_likelihood = plain.log_likelihood - 1e-12;
  CHECK(credence::likelihood_ratio_test(plain, other).p_value == 1.0);
}

}  // namespace test_likelihood_ratio_test

namespace test_delta_interval {

using namespace test_likelihood_report;

TEST_CASE("delta_interval: a parameter's own error, and a function's by its slope") {
  auto const of_rate = credence::delta_interval(plain, [](plain_waiting const& model) { return model.rate; });
  CHECK(of_rate);
  CHECK(of_rate.value == plain.model().rate);
  CHECK(of_rate.standard_error == to(plain.standard_errors[0]));
  CHECK(of_rate.interval.lower == to(of_rate.value - 1.959963984540054 * of_rate.standard_error));
  CHECK(of_rate.interval.upper == to(of_rate.value + 1.959963984540054 * of_rate.standard_error));
  CHECK(of_rate.interval.confidence == 0.95);

  auto const log_hazard = [](waiting const& model) { return std::log(model.rate) + 3 * model.slope; };
  auto const of_both = credence::delta_interval(sloped, log_hazard, {.confidence = 0.5});
  double const rate = sloped.parameters[0];
  double const variance = sloped.covariance[0] / rate / rate + 6 * sloped.covariance[1] / rate +
                          9 * sloped.covariance[3];
  CHECK(of_both.standard_error == to(std::sqrt(variance)));
  CHECK(of_both.interval.confidence == 0.5);
  CHECK(credence::delta_intervals(sloped, {.confidence = 0.5})(log_hazard) == of_both);
}

TEST_CASE("delta_interval: infinite answers have no bounds, failed fits no answers") {
  auto const endless = credence::delta_interval(plain, [](auto const&) { return credence::infinite_number(); });
  CHECK(!endless);
  CHECK(endless.value > 1e308);
  CHECK(credence::is_nan(endless.interval.lower));
  CHECK(credence::is_nan(endless.interval.upper));
  auto const torn = credence::delta_interval(plain, [](plain_waiting const& model) {
    return model.rate > plain.parameters[0] ? credence::not_a_number() : model.rate;
  });
  CHECK(!torn);
  CHECK(torn.value == plain.parameters[0]);
  CHECK(credence::is_nan(torn.standard_error));
  auto const one = [](auto const&) { return 1.0; };
  CHECK(credence::delta_interval(plain, one).standard_error == 0);
  CHECK(error_of([&] {
          (void)credence::delta_interval(plain, one, {.confidence = 1});
        }).find("delta_interval_options::confidence is 1") != std::string::npos);
  CHECK(error_of([&] {
          (void)credence::delta_interval(credence::likelihood_report<waiting>(), one);
        }).find("degenerate_data") != std::string::npos);
}

}  // namespace test_delta_interval
