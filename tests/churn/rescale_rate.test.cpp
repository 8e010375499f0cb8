// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/churn/rescale_rate.hpp>
#include <string>

#include "support/error_of.hpp"

namespace test_rescale_rate {

using credence::rescale_rate;

TEST_CASE("rescale rate: there and back, and with digits where it is small") {
  CHECK(rescale_rate(.05, 1, 12) == doctest::Approx(1 - std::pow(.95, 12)).epsilon(1e-15));
  CHECK(rescale_rate(rescale_rate(.3, 12, 1), 1, 12) == doctest::Approx(.3).epsilon(1e-15));
  CHECK(rescale_rate(1e-18, 1, 12) == doctest::Approx(12e-18).epsilon(1e-15));
  CHECK(rescale_rate(.05, std::chrono::days{30}, std::chrono::days{365}) == rescale_rate(.05, 30, 365));
  CHECK(rescale_rate(0, 1, 7) == 0);
  CHECK(rescale_rate(0, 1e-200, 1e200) == 0);
  CHECK(rescale_rate(1, 7, 1) == 1);
  CHECK(std::isnan(rescale_rate(std::nan(""), 7, 1)));
}

TEST_CASE("rescale rate: wrong calls") {
  for (double const wrong : {-.1, 1.1, HUGE_VAL})
    CHECK(error_of([&] { static_cast<void>(rescale_rate(wrong, 1, 2)); }).find("rate is") != std::string::npos);
  for (double const wrong : {0.0, -1.0, HUGE_VAL, std::nan("")}) {
    CHECK(error_of([&] { static_cast<void>(rescale_rate(.1, wrong, 2)); }).find("from_length") != std::string::npos);
    CHECK(error_of([&] { static_cast<void>(rescale_rate(.1, 1, wrong)); }).find("to_length") != std::string::npos);
  }
}

}  // namespace test_rescale_rate
