// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/math/gamma.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_gamma {

namespace {

namespace math = credence::math;

constexpr tables::row<2> gamma_table[] = {
#include "math/log_gamma_table.inc"
};
constexpr tables::row<3> beta_table[] = {
#include "math/log_beta_table.inc"
};

constexpr tables::row<3> increment_table[] = {
#include "math/log_gamma_increment_table.inc"
};

double const none = credence::not_a_number();
double const infinity = std::numeric_limits<double>::infinity();
double const largest = (std::numeric_limits<double>::max)();

}  // namespace

TEST_CASE("table: log gamma") { tables::check(gamma_table, math::log_gamma, 2e-15); }

TEST_CASE("table: log beta, relative to the larger of 1 and its size") {
  tables::check(beta_table, math::log_beta, 4e-15, tables::error_beside_one);
}

TEST_CASE("table: log gamma's increment, relative to the larger of 1 and its size") {
  tables::check(increment_table, math::log_gamma_increment, 4e-15, tables::error_beside_one);
}

TEST_CASE("gamma: ends") {
  CHECK(math::log_gamma(1.0) == 0.0);
  CHECK(math::log_gamma(2.0) == 0.0);
  CHECK(math::log_gamma(0.0) > largest);
  CHECK(math::log_gamma(infinity) > largest);
  CHECK(math::log_gamma(1e306) > largest);
  CHECK(math::log_beta(0.0, 1.0) > largest);
  CHECK(math::log_beta(3.0, infinity) < -largest);
}

TEST_CASE("gamma: no answer outside the domain") {
  CHECK(credence::is_nan(math::log_gamma(none)));
  CHECK(credence::is_nan(math::log_gamma(-1e-300)));
  CHECK(credence::is_nan(math::log_gamma(-infinity)));
  for (double const wrong : {none, -1.0, infinity}) {
    CHECK(credence::is_nan(math::log_gamma_increment(wrong, 1.0)));
    CHECK(credence::is_nan(math::log_gamma_increment(1.0, wrong)));
  }
  CHECK(credence::is_nan(math::log_beta(none, 1.0)));
  CHECK(credence::is_nan(math::log_beta(1.0, none)));
  CHECK(credence::is_nan(math::log_beta(-1.0, 1.0)));
  CHECK(credence::is_nan(math::log_beta(0.0, infinity)));
  CHECK(credence::is_nan(math::log_beta(infinity, infinity)));
}

TEST_CASE("gamma: the recurrence holds across every seam") {
  for (double x = 0.05; x < 30.0; x += 0.05) {
    CHECK(math::log_gamma(x + 1.0) - math::log_gamma(x) == doctest::Approx(std::log(x)).scale(10.0).epsilon(1e-14));
    CHECK(math::log_beta(x, 7.0) == math::log_beta(7.0, x));
  }
}

}  // namespace test_gamma
