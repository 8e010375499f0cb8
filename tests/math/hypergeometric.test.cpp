// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <cmath>
#include <credence/math/hypergeometric.hpp>

#include "math/tables.hpp"

namespace test_hypergeometric {

namespace {

namespace math = credence::math;

constexpr tables::row<4> table[] = {
#include "math/hypergeometric_one_table.inc"
};

}  // namespace

TEST_CASE("table: 2F1(1, b; c; 1 - complement)") { tables::check(table, math::hypergeometric_one_complement, 1e-13); }

TEST_CASE("hypergeometric: its first terms, and closed forms") {
  CHECK(math::hypergeometric_one(0.3, 0.8, 0.0) == 1.0);
  CHECK(math::hypergeometric_one(1.0, 2.0, 0.3) == doctest::Approx(-std::log(0.7) / 0.3).epsilon(1e-15));
  CHECK(math::hypergeometric_one(2.0, 5.0, 0.01) ==
        doctest::Approx(1 + 2 / 5.0 * 0.01 + 2 * 3 / 30.0 * 1e-4 + 24 / 210.0 * 1e-6 + 120 / 1680.0 * 1e-8)
            .epsilon(1e-11));
}

TEST_CASE("hypergeometric: the limit, and no answer outside the domain") {
  CHECK(math::hypergeometric_one(1.0, 4.0, 1.0) == doctest::Approx(1.5));
  CHECK(math::hypergeometric_one(1.0, 2.0, 1.0) > 1e308);
  CHECK(math::hypergeometric_one(1.0, 1.5, 1.0) > 1e308);
  double const none = credence::not_a_number();
  double const endless = credence::infinite_number();
  for (double const wrong : {none, -1.0, -endless, endless}) {
    CHECK(credence::is_nan(math::hypergeometric_one(wrong, 2.0, 0.5)));
    CHECK(credence::is_nan(math::hypergeometric_one(1.0, wrong, 0.5)));
    CHECK(credence::is_nan(math::hypergeometric_one(1.0, 2.0, wrong)));
  }
  CHECK(credence::is_nan(math::hypergeometric_one(0.0, 2.0, 0.5)));
  CHECK(credence::is_nan(math::hypergeometric_one(2.0, 2.0, 0.5)));
  CHECK(credence::is_nan(math::hypergeometric_one(1.0, 2.0, 1.1)));
}

}  // namespace test_hypergeometric
