// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/real.hpp>
#include <credence/math/delta_interval.hpp>
#include <string>

#include "math/fitted_waits.hpp"
#include "support/error_of.hpp"

namespace test_delta_interval {

using namespace fitted_waits;

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
