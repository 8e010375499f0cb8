// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/mbg_nbd.hpp>

#include "support/cdnow.hpp"
#include "support/clv_reference.hpp"
#include "support/error_of.hpp"

#include <credence/core/real.hpp>
#include <credence/math/fit.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace test_mbg_nbd {

using credence::mbg_nbd;

mbg_nbd const model{{.r = .525, .alpha = 6.183, .a = .891, .b = 1.614}};
constexpr credence::purchase_history two{.frequency = 2, .recency = 30.43, .age = 38.86};

// From shared/reference/clv_mpmath.csv and clv_extra.csv, by mpmath.
TEST_CASE("mbg_nbd: values of the published formulas") {
  CHECK(model.log_likelihood(two) == doctest::Approx(-9.4855513145339315392).epsilon(1e-14));
  CHECK(model.log_likelihood({.age = 39}) == doctest::Approx(-0.54047212122250198473).epsilon(1e-14));
  CHECK(model.probability_alive({.age = 39}) == doctest::Approx(.38934764866359720366).epsilon(1e-14));
  CHECK(model.probability_alive({.age = 39}, 39) == doctest::Approx(.35359887006866419347).epsilon(1e-13));
  CHECK(model.probability_of_purchase(two, 39) == doctest::Approx(.55999409082229314028).epsilon(1e-13));
  CHECK(model.expected_purchases(two, 39) == doctest::Approx(1.2629606232673656765).epsilon(1e-13));
  CHECK(model.expected_purchases(78) == doctest::Approx(1.8047575775531416551).epsilon(1e-13));
  CHECK(model.purchase_count_probability(0, 39) == doctest::Approx(.58247318949328896996).epsilon(1e-13));
}

TEST_CASE("mbg_nbd: every row of the reference") {
  for (clv_reference_row const& row : clv_reference("MBG/NBD ")) {
    CAPTURE(row.model);
    CAPTURE(row.quantity);
    mbg_nbd const own{{.r = parameter_of(row, "r"),
                       .alpha = parameter_of(row, "alpha"),
                       .a = parameter_of(row, "a"),
                       .b = parameter_of(row, "b")}};
    CHECK(std::fabs(clv_answer(own, row) - row.value) <= 1e-13 * std::fabs(row.value));
  }
}

TEST_CASE("mbg_nbd: counts of new customers sum to one, and to their mean") {
  double all = 0;
  double mean = 0;
  for (int count = 0; count < 2'000; ++count) {
    double const mass = model.purchase_count_probability(count, 39);
    all += mass;
    mean += count * mass;
  }
  CHECK(all == doctest::Approx(1).epsilon(1e-12));
  CHECK(mean == doctest::Approx(model.expected_purchases(39)).epsilon(1e-10));
  CHECK(model.purchase_count_probability(0, 0) == 1);
  CHECK(model.purchase_count_probability(1, 0) == 0);
}

TEST_CASE("mbg_nbd: those who never came back are mostly lost") {
  CHECK(model.probability_alive({.age = 1e-9}) == doctest::Approx(1.614 / (.891 + 1.614)).epsilon(1e-9));
  CHECK(model.probability_alive({.age = 1e6}) < 1e-2);
}

// shared/reference/clv.md: Newton to a last step under 1e-9 with mpmath.
TEST_CASE("mbg_nbd: the maximum of CDNOW and its standard errors") {
  std::vector<cdnow_customer> const customers = cdnow_customers();
  if (customers.empty()) return;
  auto const fit = credence::fit<mbg_nbd>(customers);
  REQUIRE(fit.status == credence::fit_status::converged);
  CHECK(fit.log_likelihood == doctest::Approx(-9582.135715554).epsilon(1e-12));
  std::array<double, 4> const expected{.52484315909, 6.18308527945, .89135939075, 1.61400224029};
  std::array<double, 4> const errors{.08326821, .69562064, .15478993, .53749481};
  std::array<double, 4> const found = fit.model().parameters();
  for (std::size_t at = 0; at < 4; ++at) {
    CHECK(found[at] == doctest::Approx(expected[at]).epsilon(1e-9));
    CHECK(fit.standard_errors[at] == doctest::Approx(errors[at]).epsilon(1e-5));
  }
}

TEST_CASE("mbg_nbd: wrong parameters are named") {
  CHECK(error_of([] { mbg_nbd({.r = 1, .alpha = 1, .a = -1, .b = 1}); }) ==
        "credence: mbg_nbd_parameters::a is -1; it must be positive and finite");
  CHECK(error_of([] {
          mbg_nbd({.r = 1, .alpha = 1, .a = 1, .b = credence::not_a_number()});
        }).find("mbg_nbd_parameters::b") != std::string::npos);
  CHECK(error_of([] { mbg_nbd({.r = 0, .alpha = 1, .a = 1, .b = 1}); }).find("::r is 0") != std::string::npos);
  CHECK(error_of([] { mbg_nbd({.r = 1, .alpha = credence::infinite_number(), .a = 1, .b = 1}); }).find("::alpha") !=
        std::string::npos);
}

TEST_CASE("mbg_nbd: other parameters keep the unit") {
  mbg_nbd const weekly{{.r = .525, .alpha = 6.183, .a = .891, .b = 1.614, .unit = std::chrono::weeks{1}}};
  std::array<double, 4> const other{1, 2, 3, 4};
  mbg_nbd const moved = weekly.with_parameters(other.data());
  CHECK(moved.parameters() == other);
  CHECK(moved.unit == weekly.unit);
}

}  // namespace test_mbg_nbd
