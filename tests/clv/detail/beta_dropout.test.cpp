// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/beta_dropout.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

namespace test_beta_dropout {

using credence::detail::beta_dropout;

struct known {
  double ahead, shape, rate, a, b, stays, buys;
};
constexpr known table[] = {
#include "beta_dropout_table.inc"
};

TEST_CASE("beta_dropout: as integrated with 40 digits") {
  for (known const& row : table) {
    beta_dropout const own{row.shape, row.rate, row.a, row.b};
    CAPTURE(row.ahead);
    CAPTURE(row.shape);
    CAPTURE(row.rate);
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(std::fabs(own.stays(row.ahead) - row.stays) <= (1e-13 + 2e-16 * (row.a + row.b)) * row.stays);
    CHECK(std::fabs(own.buys(row.ahead) - row.buys) <= 1e-13 * row.buys);
  }
}

TEST_CASE("beta_dropout: nothing happens in no time, and more in more") {
  beta_dropout const own{.shape = 2.5, .rate = 40, .a = .8, .b = 3};
  CHECK(own.stays(0) == 1);
  CHECK(own.buys(0) == 0);
  // Across z = 0.9, where the series give way to the integral, and far beyond.
  double stays = 1;
  double buys = 0;
  for (double ahead = 1e-9; ahead < 1e9; ahead *= 1.7) {
    CHECK(own.stays(ahead) < stays);
    CHECK(own.buys(ahead) > buys);
    stays = own.stays(ahead);
    buys = own.buys(ahead);
  }
  for (double const ahead : {359.99, 360.01}) {
    CHECK(own.stays(ahead) == doctest::Approx(own.stays(360)).epsilon(1e-4));
    CHECK(own.buys(ahead) == doctest::Approx(own.buys(360)).epsilon(1e-4));
  }
}

// By mpmath: 2F1(R, a; a + b; -v).
TEST_CASE("beta_dropout: where a sum is as great as its factor is small") {
  beta_dropout const own{.shape = 360, .rate = 1, .a = 380, .b = 400};
  CHECK(own.stays(8) == doctest::Approx(1.8584592784083110768e-216).epsilon(1e-11));
  CHECK(own.buys(8) == doctest::Approx(779.0 / 379).epsilon(1e-12));  // he is gone: E[1 ÷ p]
  double stays = 1;
  for (double ahead = 1e-3; ahead < 10; ahead *= 1.1) {
    CHECK(own.stays(ahead) < stays);
    stays = own.stays(ahead);
    CHECK(stays > 0);
  }
}

// By mpmath: 2F1(R, a; a + b; -v).
TEST_CASE("beta_dropout: rates and dropouts that differ by many powers of ten, far ahead") {
  beta_dropout const own{.shape = .027795724646243514, .rate = 1, .a = .01974933744465064, .b = 7.718440432804014};
  CHECK(own.stays(1e10) == doctest::Approx(.91531581186673462).epsilon(1e-13));
  CHECK(own.stays(1e20) == doctest::Approx(.72995532464489404).epsilon(1e-13));
  CHECK(own.stays(1e30) == doctest::Approx(.54184757402869608).epsilon(1e-13));
}

TEST_CASE("beta_dropout: the two ways to a + b = 1 and a = 1 meet") {
  for (double const step : {1e-9, -1e-9}) {
    beta_dropout const own{.shape = .25, .rate = 44, .a = 1, .b = 2.5};
    beta_dropout const beside{.shape = .25, .rate = 44, .a = 1 + step, .b = 2.5};
    CHECK(beside.buys(20) == doctest::Approx(own.buys(20)).epsilon(1e-8));
    beta_dropout const sum_of_one{.shape = .25, .rate = 44, .a = .3, .b = .7};
    beta_dropout const next{.shape = .25, .rate = 44, .a = .3, .b = .7 + step};
    CHECK(next.buys(20) == doctest::Approx(sum_of_one.buys(20)).epsilon(1e-8));
  }
}

}  // namespace test_beta_dropout
