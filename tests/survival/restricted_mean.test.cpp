// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/restricted_mean.hpp>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "survival/seen.hpp"

namespace test_restricted_mean {

using credence::kaplan_meier;
using naive_survival::customer;
using naive_survival::seen;

credence::restricted_mean_result aml_of(int group, double horizon) {
  return kaplan_meier(seen(naive_survival::group_of(naive_survival::aml(), group))).restricted_mean(horizon);
}

// R 4.2.2, survival 3.5-3: survival:::survmean(survfit(Surv(time, status) ~ x, aml), rmean = 28)$matrix, and rmean 161
TEST_CASE("restricted_mean: R's aml up to 28, to the end, and the difference of its groups") {
  auto const maintained = aml_of(0, 28);
  auto const other = aml_of(1, 28);
  CHECK(maintained.value == doctest::Approx(23.375).epsilon(1e-13));
  CHECK(maintained.standard_error == doctest::Approx(2.042828965132697).epsilon(1e-12));
  CHECK(other.value == doctest::Approx(18.91666666666667).epsilon(1e-13));
  CHECK(other.standard_error == doctest::Approx(2.835953309354635).epsilon(1e-12));
  CHECK(aml_of(0, 161).value == doctest::Approx(52.6454545454545).epsilon(1e-12));
  CHECK(aml_of(0, 161).standard_error == doctest::Approx(19.82860279556258).epsilon(1e-12));
  CHECK(aml_of(1, 161).value == doctest::Approx(22.7083333333333).epsilon(1e-12));  // all have left by 45
  CHECK(aml_of(1, 161).standard_error == doctest::Approx(4.18094198103315).epsilon(1e-12));
  CHECK(maintained.count == 11);
  CHECK(maintained.interval.lower == doctest::Approx(23.375 - 1.959963984540054 * 2.042828965132697));
  CHECK(maintained.interval.upper == doctest::Approx(23.375 + 1.959963984540054 * 2.042828965132697));
  CHECK(aml_of(1, 6).interval.upper == 6);  // nobody stays longer than they are watched

  auto const difference = compare(maintained, other, {.confidence = .9});
  double const error = std::sqrt(2.042828965132697 * 2.042828965132697 + 2.835953309354635 * 2.835953309354635);
  CHECK(difference.difference == doctest::Approx(23.375 - 18.91666666666667).epsilon(1e-12));
  CHECK(difference.standard_error == doctest::Approx(error).epsilon(1e-12));
  CHECK(difference.z == doctest::Approx((23.375 - 18.91666666666667) / error).epsilon(1e-12));
  CHECK(difference.p_value == doctest::Approx(std::erfc(difference.z / std::sqrt(2))).epsilon(1e-10));
  CHECK(difference.interval.lower == doctest::Approx(4.458333333333333 - 1.6448536269514722 * error).epsilon(1e-10));
  CHECK(difference.interval.confidence == .9);
}

TEST_CASE("restricted_mean: its error is what leaving out one customer after the other says") {
  std::mt19937_64 random(31);
  std::vector<customer> all;
  for (int many = 0; many < 400; ++many)
    all.push_back({static_cast<double>(random() % 50), random() % 3 != 0, 1, -1, 0, 0});
  double const horizon = 30;
  double sum = 0, squares = 0;
  double const n = static_cast<double>(all.size());
  for (std::size_t out = 0; out < all.size(); ++out) {
    auto rest = all;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(out));
    double const mean = kaplan_meier(seen(rest)).restricted_mean(horizon).value;
    sum += mean;
    squares += mean * mean;
  }
  double const jackknife = std::sqrt((n - 1) / n * (squares - sum * sum / n));
  CHECK(kaplan_meier(seen(all)).restricted_mean(horizon).standard_error == doctest::Approx(jackknife).epsilon(.01));
}

TEST_CASE("restricted_mean: without customers its count is 0; what cannot be compared is refused or has no answer") {
  CHECK_FALSE(credence::restricted_mean_result{});
  auto const none = compare(credence::restricted_mean_result{}, aml_of(1, 28));
  CHECK(std::isnan(none.difference));
  CHECK(std::isnan(none.p_value));
  CHECK(error_of([] { static_cast<void>(compare(aml_of(0, 28), aml_of(1, 29))); }).find("same horizon") !=
        std::string::npos);
  CHECK(error_of([] {
          static_cast<void>(compare(aml_of(0, 28), aml_of(1, 28), {.confidence = 1}));
        }).find("confidence") != std::string::npos);
  auto const stay = kaplan_meier(seen({{9, 0, 1, -1, 0, 0}})).restricted_mean(5);
  auto const same = compare(stay, stay);
  CHECK(same.difference == 0);
  CHECK(same.p_value == 1);  // as two means without an error
}

}  // namespace test_restricted_mean
