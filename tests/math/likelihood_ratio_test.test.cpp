// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/likelihood_ratio_test.hpp>
#include <string>

#include "math/fitted_waits.hpp"
#include "support/error_of.hpp"

namespace test_likelihood_ratio_test {

using namespace fitted_waits;

TEST_CASE("likelihood_ratio_test: twice the gain, and its tail") {
  credence::likelihood_ratio_result const test = credence::likelihood_ratio_test(plain, sloped);
  CHECK(test);
  CHECK(test.statistic == to(2 * (sloped.log_likelihood - plain.log_likelihood)));
  CHECK(test.degrees_of_freedom == 1);
  CHECK(test.p_value == to(std::erfc(std::sqrt(test.statistic / 2))));
}

TEST_CASE("likelihood_ratio_test: refuses what is not nested, not converged, or not the same data") {
  auto const complaint = [](auto const& smaller, auto const& larger) {
    return error_of([&] { (void)credence::likelihood_ratio_test(smaller, larger); });
  };
  CHECK(complaint(sloped, plain).find("must have more parameters") != std::string::npos);
  CHECK(complaint(sloped, sloped).find("must have more parameters") != std::string::npos);
  auto other = sloped;
  other.count = 9;
  CHECK(complaint(plain, other) ==
        "credence: likelihood_ratio_test: the models were fitted to different data, of 8 and 9 rows; fit both to the "
        "same");
  other = sloped;
  other.observations = 8.5;
  CHECK(complaint(plain, other).find("different data") != std::string::npos);
  other = sloped;
  other.penalty = 1;
  CHECK(complaint(plain, other).find("penalised") != std::string::npos);
  other = sloped;
  other.status = fit_status::boundary;
  CHECK(complaint(plain, other).find("the larger model ended with the status boundary") != std::string::npos);
  other = sloped;
  other.log_likelihood = plain.log_likelihood - 0.5;
  CHECK(complaint(plain, other).find("less likely than the smaller, by 0.5") != std::string::npos);
  other.log_likelihood = plain.log_likelihood - 1e-12;
  CHECK(credence::likelihood_ratio_test(plain, other).p_value == 1.0);
}

}  // namespace test_likelihood_ratio_test
