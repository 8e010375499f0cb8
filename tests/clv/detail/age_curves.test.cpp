// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/detail/age_curves.hpp>
#include <credence/clv/purchase_history.hpp>
#include <limits>

namespace test_age_curves {

using credence::detail::age_curves;
using credence::detail::customer_ages;
using credence::detail::purchases;
namespace {

/// Two answers with the singularities that laws have, and a count of how often they are asked for.
struct counted {
  int* asked;
  double scale;
  double rough;
  void operator()(purchases const& own, double* out) const {
    ++*asked;
    double const known = scale + own.age;
    out[0] = (1 + own.frequency) / known;
    out[1] = std::log1p(40 / known) + rough * std::fabs(own.age - 7);
  }
};
customer_ages ages_between(double least, double greatest) {
  customer_ages ages;
  for (int at = 0; at <= 3'000; ++at)
    ages.add({static_cast<double>(at % 3 == 0 ? 1 : 0), 0, least + (greatest - least) * at / 3'000, 0});
  return ages;
}

}  // namespace

TEST_CASE("age_curves: to a few units of the last digits, asked of a few ages only") {
  for (double const scale : {1e-3, 4.4, 1e4})
    for (double const greatest : {0.0, 12.0, 520.0, 1e6}) {
      int asked = 0;
      age_curves<counted> const curves({&asked, scale, 0}, 2, scale, ages_between(0, greatest));
      int const built = asked;
      INFO(scale, " ", greatest, " ", built);
      CHECK(built < 1'000);
      for (int at = 0; at <= 100; ++at) {
        purchases const own{static_cast<double>(at % 2), 0, greatest * at / 100, 0};
        double found[2];
        curves(own, found);
        double expected[2];
        int beside = 0;
        counted{&beside, scale, 0}(own, expected);
        CHECK(std::fabs(found[0] / expected[0] - 1) < 1e-11);
        CHECK(std::fabs(found[1] / expected[1] - 1) < 1e-11);
      }
      CHECK(asked == built);
    }
}

TEST_CASE("age_curves: few customers, a kink and what is infinite are asked for themselves") {
  int asked = 0;
  age_curves<counted> const kinked({&asked, 4.4, 1}, 2, 4.4, ages_between(0, 20));
  int const built = asked;
  double found[2];
  kinked({1, 3, 7.5, 0}, found);
  CHECK(asked == built + 1);
  kinked({5'000, 3, 7.5, 0}, found);
  kinked({2, 3, 7.5, 0}, found);  // a frequency that nobody has
  CHECK(asked == built + 3);
  CHECK(found[0] == 3 / (4.4 + 7.5));
  age_curves<counted> const endless({&asked, 4.4, std::numeric_limits<double>::infinity()}, 2, 4.4,
                                    ages_between(0, 20));
  endless({1, 3, 8, 0}, found);
  CHECK_FALSE(credence::is_finite(found[1]));
  age_curves<counted> const nobody({&asked, 4.4, 0}, 2, 4.4, customer_ages{});
  nobody({1, 3, 8, 0}, found);
  CHECK(found[0] == 2 / 12.4);
}

}  // namespace test_age_curves
