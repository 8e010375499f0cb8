// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/math/polygamma.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_polygamma {

namespace {

namespace math = credence::math;

constexpr tables::row<2> digamma_table[] = {
#include "math/digamma_table.inc"
};
constexpr tables::row<2> trigamma_table[] = {
#include "math/trigamma_table.inc"
};
constexpr tables::row<3> increment_table[] = {
#include "math/digamma_increment_table.inc"
};
constexpr tables::row<3> decrement_table[] = {
#include "math/trigamma_decrement_table.inc"
};

double const none = credence::not_a_number();
double const infinity = credence::infinite_number();
double const largest = (std::numeric_limits<double>::max)();

// What a step far below 1 costs above the seam.
auto const bound_of = [](double plain, double by_step) {
  return [=](tables::row<3> const& cells) {
    return cells[0] > 9.0 && cells[1] < 1.0 ? plain + by_step / cells[1] : plain;
  };
};

}  // namespace

TEST_CASE("table: digamma, absolute where it is below 1") {
  tables::check(digamma_table, math::digamma, 3e-15, tables::error_beside_one);
}
TEST_CASE("table: trigamma") { tables::check(trigamma_table, math::trigamma, 2e-15); }
TEST_CASE("table: digamma increment") {
  tables::check(increment_table, math::digamma_increment, bound_of(2e-15, 2e-17));
}
TEST_CASE("table: trigamma decrement") {
  tables::check(decrement_table, math::trigamma_decrement, bound_of(3e-15, 4e-17));
}

TEST_CASE("polygamma: ends") {
  CHECK(math::digamma(0.0) < -largest);
  CHECK(math::digamma(1e-305) == doctest::Approx(-1e305));
  CHECK(math::digamma(infinity) > largest);
  CHECK(math::digamma(largest) == doctest::Approx(709.782712893384));
  CHECK(math::trigamma(0.0) > largest);
  CHECK(math::trigamma(infinity) == 0.0);
  for (double const wrong : {none, -1.0, -infinity}) {
    CHECK(credence::is_nan(math::digamma(wrong)));
    CHECK(credence::is_nan(math::trigamma(wrong)));
    CHECK(credence::is_nan(math::digamma_increment(wrong, 1.0)));
    CHECK(credence::is_nan(math::digamma_increment(1.0, wrong)));
    CHECK(credence::is_nan(math::trigamma_decrement(wrong, 1.0)));
    CHECK(credence::is_nan(math::trigamma_decrement(1.0, wrong)));
  }
  CHECK(math::digamma_increment(1e-200, 0.0) == 0.0);
  CHECK(math::digamma_increment(1e-200, 1e-200) == doctest::Approx(5e199));
  CHECK(math::digamma_increment(1e-200, 3.0) == doctest::Approx(1e200));
  CHECK(math::digamma_increment(3.0, 0.0) == 0.0);
  CHECK(math::trigamma_decrement(30.0, 0.0) == 0.0);
}

}  // namespace test_polygamma
