// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/detail/retained_margins.hpp>
#include <credence/core/real.hpp>

namespace test_retained_margins {

TEST_CASE("retained_margins: sums, and when a sum is reached, against the terms") {
  using credence::first_margin;
  for (auto const first : {first_margin::at_once, first_margin::after_a_period})
    for (double const retention : {0.0, 0.5, 0.9, 1.0})
      for (double const discount : {-0.05, 0.0, 1e-9, 0.2}) {
        credence::detail::retained_margins const each(retention, discount, first);
        double sum = 0;
        double term = first == first_margin::at_once ? 1 : retention / (1 + discount);
        CHECK(each.sum(0) == 0);
        for (int number = 1; number <= 40; ++number) {
          CHECK(each.at(number) == doctest::Approx(term).epsilon(1e-12));
          double const before = sum;
          sum += term;
          CHECK(each.sum(number) == doctest::Approx(sum).epsilon(1e-12));
          double const wanted = before + term / 2;
          if (term > 1e-9) CHECK(std::ceil(each.periods_until(wanted)) == number);
          term *= retention / (1 + discount);
        }
        if (retention < 1 + discount)
          CHECK_FALSE(credence::is_finite(each.periods_until(each.sum(credence::infinite_number()) + 0.1)));
      }
  CHECK(credence::detail::multiplied(0, credence::infinite_number()) == 0);
  CHECK(credence::detail::multiplied(credence::infinite_number(), 0) == 0);
  CHECK(credence::detail::multiplied(-1, credence::infinite_number()) == -credence::infinite_number());
}

}  // namespace test_retained_margins
