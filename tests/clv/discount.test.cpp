// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/clv/discount.hpp>
#include <optional>
#include <string>

#include "support/error_of.hpp"

namespace test_discount {

using credence::annual_rate;
using credence::discount_rate;
using credence::period_rate;
using credence::time_span;
using credence::detail::log_discount;

double force_of(discount_rate const& rate, std::optional<time_span> const& unit = {}) {
  return log_discount("options::discount", rate, unit);
}

TEST_CASE("discounts are ln(1 + rate) for a unit of time") {
  CHECK(force_of({}) == 0);
  CHECK(force_of(period_rate{0.02}) == doctest::Approx(std::log(1.02)).epsilon(1e-15));
  CHECK(force_of(period_rate{-0.02}) == doctest::Approx(std::log(0.98)).epsilon(1e-15));
  // A year of the Gregorian calendar has 365.2425 days, as std::chrono::years has it.
  CHECK(force_of(annual_rate{0.10}, std::chrono::days{1}) == doctest::Approx(std::log(1.1) / 365.2425).epsilon(1e-14));
  CHECK(force_of(annual_rate{0.10}, std::chrono::years{1}) == doctest::Approx(std::log(1.1)).epsilon(1e-15));
  CHECK(force_of(period_rate{0.02}, std::chrono::days{1}) == force_of(period_rate{0.02}));
  int const percent = 1;  // whatever is arithmetic
  CHECK(force_of(period_rate{percent}) == doctest::Approx(std::log(2.0)));
}

TEST_CASE("discounts that cannot be are refused, and an annual one without a unit") {
  CHECK(error_of([] { static_cast<void>(force_of(period_rate{-1})); }) ==
        "credence: options::discount is -1; a rate must be finite and greater than -1");
  CHECK(error_of([] { static_cast<void>(force_of(annual_rate{std::nan("")})); }) != "no error");
  for (std::optional<time_span> const& unit : {std::optional<time_span>{}, std::optional<time_span>(time_span{})})
    CHECK(error_of([&] { static_cast<void>(force_of(annual_rate{0.1}, unit)); }).find("set `.unit`") !=
          std::string::npos);
}

}  // namespace test_discount
