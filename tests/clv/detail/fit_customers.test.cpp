// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/fit_customers.hpp>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"

#include <credence/clv/nbd.hpp>
#include <credence/core/real.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace test_fit_customers {

using credence::fit;
using credence::fit_status;
using credence::nbd;

struct customer {
  double frequency;
  double recency;
  std::optional<double> age;
  double weight = 1;
};

// A few shapes of customers, again and again, with ages of their own where asked for: an easy likelihood.
std::vector<customer> drawn(std::size_t count, bool distinct) {
  std::vector<customer> made;
  std::uint32_t state = 1;
  for (std::size_t at = 0; at < count; ++at) {
    state = state * 1664525U + 1013904223U;
    double const frequency = std::floor(std::pow(static_cast<double>(state >> 8) / 16777216.0, 4) * 9);
    double const age = 27 + (distinct ? static_cast<double>(at % 100'003) / 10'000 : static_cast<double>(at % 12));
    made.push_back({frequency, frequency > 0 ? age / 2 : 0, age});
  }
  return made;
}

template <class Report>
void check_same(Report const& left, Report const& right, double within) {
  REQUIRE(left.parameters.size() == right.parameters.size());
  CHECK(left.log_likelihood == doctest::Approx(right.log_likelihood).epsilon(1e-13));
  for (std::size_t at = 0; at < left.parameters.size(); ++at) {
    CHECK(left.parameters[at] == doctest::Approx(right.parameters[at]).epsilon(within));
    CHECK(left.standard_errors[at] == doctest::Approx(right.standard_errors[at]).epsilon(within * 100));
  }
}

TEST_CASE("a fit finds the baseline of CDNOW (reference: Newton to 1e-9, and BTYDplus)") {
  auto const file = shared_data("clv/cdnow_btyd_cbs.csv");
  if (!file) return;
  std::ifstream lines(*file);
  std::vector<customer> customers;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    double id = 0;
    customer own{};
    char comma = 0;
    double age = 0;
    fields >> id >> comma >> own.frequency >> comma >> own.recency >> comma >> age;
    own.age = age;
    customers.push_back(own);
  }
  auto const report = fit<nbd>(customers);
  CHECK(report.status == fit_status::converged);
  CHECK(report.count == 2'357);
  CHECK(report.log_likelihood == doctest::Approx(-9763.657614673).epsilon(1e-12));
  CHECK(report.model().r == doctest::Approx(0.38476614).epsilon(3e-8));
  CHECK(report.model().alpha == doctest::Approx(12.07202285).epsilon(1e-9));
}

TEST_CASE("a fit: weights are repetition, likes are put together, and tasks give the same bits") {
  auto customers = drawn(4'000, true);
  auto const once = fit<nbd>(customers);
  REQUIRE(once);
  auto repeated = customers;
  for (std::size_t at = 0; at < customers.size(); ++at)
    for (std::size_t more = 0; more < at % 3; ++more) repeated.push_back(customers[at]);
  for (std::size_t at = 0; at < customers.size(); ++at) customers[at].weight = 1.0 + static_cast<double>(at % 3);
  auto const weighted = fit<nbd>(customers, credence::weighted_by(&customer::weight));
  auto const written = fit<nbd>(repeated, &customer::frequency, &customer::recency, &customer::age);
  CHECK(weighted.count == 4'000);
  CHECK(weighted.observations == static_cast<double>(repeated.size()));
  CHECK(written.count == repeated.size());
  check_same(weighted, written, 1e-9);
  CHECK(once.log_likelihood > weighted.log_likelihood);

  auto const alike = drawn(4'000, false);  // compressed
  auto told_apart = alike;
  for (std::size_t at = 0; at < alike.size(); ++at)
    told_apart[at].age = *alike[at].age + 1e-14 * static_cast<double>(at % 301);
  check_same(fit<nbd>(alike), fit<nbd>(told_apart), 1e-8);

  auto const many = drawn(150'000, true);  // begun by a sample
  auto backwards = [](std::size_t count, auto const& task) {
    for (std::size_t at = count; at-- > 0;) task(at);
  };
  auto const serial = fit<nbd>(many);
  CHECK(serial == fit<nbd>(backwards, many));
  CHECK(serial.gradient_norm < 1e-9);
}

TEST_CASE("a fit: time in another unit scales what has a unit") {
  auto customers = drawn(2'000, true);
  auto const weekly = fit<nbd>(customers, {.unit = std::chrono::weeks{1}});
  for (customer& own : customers) own = {own.frequency, own.recency * 7, *own.age * 7};
  auto const daily = fit<nbd>(customers);
  CHECK(daily.model().r == doctest::Approx(weekly.model().r).epsilon(1e-8));
  CHECK(daily.model().alpha == doctest::Approx(7 * weekly.model().alpha).epsilon(1e-8));
  CHECK(daily.standard_errors[1] == doctest::Approx(7 * weekly.standard_errors[1]).epsilon(1e-6));
  CHECK(weekly.model().unit == credence::time_span(std::chrono::weeks{1}));
  CHECK(!daily.model().unit);
}

TEST_CASE("a fit: who weighs 0 is not there") {
  auto customers = drawn(200, true);
  for (customer& own : customers) own.weight = own.frequency > 0 ? 0 : 1;
  auto const nobody_back = fit<nbd>(customers, credence::weighted_by(&customer::weight));
  CHECK(nobody_back.status == fit_status::degenerate_data);
  CHECK(nobody_back.reason.find("no customer bought again") != std::string::npos);
  for (customer& own : customers) own.weight = 0;
  auto const nobody = fit<nbd>(customers, credence::weighted_by(&customer::weight));
  CHECK(nobody.status == fit_status::degenerate_data);
  CHECK(nobody.reason == "there are no customers");
  CHECK(nobody.count == customers.size());
}

TEST_CASE("a fit is as quick whatever the unit of time") {
  auto customers = drawn(2'000, true);
  auto const weekly = fit<nbd>(customers);
  for (double const scale : {1e-9, 604'800.0, 604'800e6}) {  // a week in microseconds
    auto scaled = customers;
    for (customer& own : scaled) own = {own.frequency, own.recency * scale, *own.age * scale};
    auto const other = fit<nbd>(scaled);
    REQUIRE(other);
    CHECK(other.evaluations == weekly.evaluations);
    CHECK(other.model().alpha == doctest::Approx(scale * weekly.model().alpha).epsilon(1e-8));
  }
}

TEST_CASE("a fit: purchases at random, all customers alike, are a ridge") {
  // Counts of Poisson(0.3), as they come: r and alpha have no end.
  std::vector<customer> const alike{{0, 0, 30, 3700}, {1, 9, 30, 1120}, {2, 9, 30, 162}, {3, 9, 30, 17}, {4, 9, 30, 1}};
  auto const found = fit<nbd>(alike, credence::weighted_by(&customer::weight));
  CHECK(found.status == fit_status::flat_ridge);
  CHECK(found.reason == "the likelihood hardly changes along (r +0.71, alpha +0.71) in logarithms");
}

TEST_CASE("a fit leaves out and counts what cannot be, or raises it by its place") {
  auto customers = drawn(500, true);
  auto const clean = fit<nbd>(customers);
  double const nan = credence::not_a_number();
  std::vector<customer> const wrong{
      {nan, 0, 3.0},  {1.5, 1, 3.0}, {-1, 0, 3.0}, {1, 4, 3.0},          {0, 1, 3.0},
      {1, -1, 3.0},   {0, 0, -1.0},  {0, 0, nan},  {1, 1, std::nullopt}, {0, 0, credence::infinite_number()},
      {1, 1, 3.0, -2}};
  customers.insert(customers.end(), wrong.begin(), wrong.end());
  auto const dirty = fit<nbd>(customers, credence::weighted_by(&customer::weight));
  CHECK(dirty.count == 500);
  CHECK(dirty.rejected == 11);
  CHECK(dirty.rejections.not_a_number == 2);
  CHECK(dirty.rejections.off_scale == 2);
  CHECK(dirty.rejections.bad_time == 5);
  CHECK(dirty.rejections.missing == 1);
  CHECK(dirty.rejections.bad_weight == 1);
  check_same(dirty, clean, 1e-9);
  try {
    static_cast<void>(fit<nbd>(customers, {.on_invalid = credence::on_invalid::raise}));
    FAIL("nothing was raised");
  } catch (credence::invalid_sample const& raised) {
    CHECK(raised.position() == 500);
  }
}

TEST_CASE("a fit to too little says so, and wrong options are refused") {
  std::vector<customer> customers;
  CHECK(fit<nbd>(customers).status == fit_status::degenerate_data);
  CHECK(fit<nbd>(customers).reason == "there are no customers");
  customers.push_back({2, 3, 4.0});
  CHECK(fit<nbd>(customers).reason == "there is one customer only");
  customers.assign(50, customer{0, 0, 10.0});
  auto const report = fit<nbd>(customers);
  CHECK(report.reason == "no customer bought again, so that nothing tells how often they do");
  CHECK(error_of([&] { static_cast<void>(report.model()); }).find("degenerate_data") != std::string::npos);
  customers.assign(50, customer{3, 5, 10.0});
  CHECK(!fit<nbd>(customers));  // all identical: rates that do not differ
  CHECK(error_of([&] { static_cast<void>(fit<nbd>(customers, {.penalty = -1})); }) ==
        "credence: purchase_fit_options::penalty is -1; it must be finite, and 0 or more");
  CHECK(error_of([&] { static_cast<void>(fit<nbd>(customers, {.max_iterations = 0})); }) ==
        "credence: purchase_fit_options::max_iterations is 0; it must be at least 1");
  customers = drawn(300, true);
  auto const stopped = fit<nbd>(customers, {.max_iterations = 1});
  CHECK(stopped.status == fit_status::iteration_limit);
  auto const free = fit<nbd>(customers);
  auto const held = fit<nbd>(customers, {.penalty = 5});
  CHECK(held.log_likelihood < free.log_likelihood);
  CHECK(std::fabs(std::log(held.model().alpha)) < std::fabs(std::log(free.model().alpha)));
}

}  // namespace test_fit_customers
