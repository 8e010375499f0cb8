// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/log_space.hpp>

namespace test_log_space {

namespace math = credence::math;

TEST_CASE("log_space: the sums, and nothing overflows") {
  CHECK(math::softplus(0.0) == doctest::Approx(std::log(2.0)).epsilon(1e-15));
  CHECK(math::softplus(-40.0) == doctest::Approx(std::exp(-40.0)).epsilon(1e-15));
  CHECK(math::softplus(1000.0) == 1000.0);
  CHECK(math::softplus(-1000.0) == 0.0);
  CHECK(math::expit(0.0) == 0.5);
  CHECK(math::expit(-700.0) == doctest::Approx(std::exp(-700.0)).epsilon(1e-14));
  CHECK(math::expit(800.0) == 1.0);
  CHECK(math::expit(-800.0) == 0.0);
  CHECK(math::expit(1.3) + math::expit(-1.3) == doctest::Approx(1.0).epsilon(1e-15));
  CHECK(math::log_sum_exp(std::log(2.0), std::log(3.0)) == doctest::Approx(std::log(5.0)).epsilon(1e-15));
  CHECK(math::log_sum_exp(1000.0, 1000.0) == doctest::Approx(1000.0 + std::log(2.0)).epsilon(1e-15));
  double const values[] = {std::log(2.0) - 900, std::log(3.0) - 900, std::log(5.0) - 900};
  CHECK(math::log_sum_exp(values, 3) == doctest::Approx(std::log(10.0) - 900).epsilon(1e-15));
}

TEST_CASE("log_space: the logarithm of nothing, and no number") {
  double const nothing = -credence::infinite_number();
  double const none = credence::not_a_number();
  CHECK(math::log_sum_exp(nothing, 2.0) == 2.0);
  CHECK(math::log_sum_exp(2.0, nothing) == 2.0);
  CHECK(math::log_sum_exp(nothing, nothing) < -1e308);
  double const values[] = {nothing, 2.0, nothing};
  CHECK(math::log_sum_exp(values, 3) == 2.0);
  CHECK(math::log_sum_exp(values, 1) < -1e308);
  CHECK(math::log_sum_exp(values, 0) < -1e308);
  CHECK(credence::is_nan(math::log_sum_exp(none, 2.0)));
  CHECK(credence::is_nan(math::log_sum_exp(2.0, none)));
  double const broken[] = {1.0, none, 2.0};
  CHECK(credence::is_nan(math::log_sum_exp(broken, 3)));
}

}  // namespace test_log_space
