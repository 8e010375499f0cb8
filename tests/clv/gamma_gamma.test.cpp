// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include "support/clv_reference.hpp"
#include "support/error_of.hpp"
#include "support/shared_data.hpp"

#include <credence/clv/gamma_gamma.hpp>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace test_gamma_gamma {

using credence::gamma_gamma;

namespace {

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within).scale(0); }

struct customer {
  double frequency = 0;
  double monetary_value = 0;
  double weight = 1;
};
gamma_gamma const published{{.p = 6.25, .q = 3.74, .gamma = 15.44}};  // of CDNOW: Fader & Hardie (2013)
double const no_number = std::numeric_limits<double>::quiet_NaN();

/// CDNOW's 2,357 customers; empty, and said so, where the file is absent.
std::vector<customer> cdnow() {
  std::vector<customer> rows;
  auto const path = shared_data("clv/cdnow_btyd_cbs.csv");
  if (!path) return rows;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> const fields = clv_reference_detail::fields_of(line);
    rows.push_back({std::stod(fields[1]), std::stod(fields[5])});
  }
  return rows;
}

/// Customers of the model itself, by a simple generator: shapes must be whole, so that draws are sums.
std::vector<customer> drawn(std::uint64_t count, std::uint64_t seed) {
  std::uint64_t state = seed * 0x9E37'79B9'7F4A'7C15u + 1;
  auto const exponential = [&] {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return -std::log((static_cast<double>(state >> 11) + .5) / 0x1p53);
  };
  auto const gamma = [&](int shape) {
    double sum = 0;
    for (int each = 0; each < shape; ++each) sum += exponential();
    return sum;
  };
  std::vector<customer> rows;
  for (std::uint64_t at = 0; at < count; ++at) {
    double const rate = gamma(3) / 15;  // q = 3, γ = 15
    int const purchases = static_cast<int>(exponential() * 2);
    customer own{static_cast<double>(purchases)};
    for (int each = 0; each < purchases; ++each) own.monetary_value += gamma(4) / rate / purchases;  // p = 4
    rows.push_back(own);
  }
  return rows;
}

}  // namespace

TEST_CASE("gamma_gamma: values of clv_mpmath.csv and of the papers") {
  CHECK(published.expected_spend({.count = 2, .mean = 22.35}) == about(24.663713910761154856));
  CHECK(published.expected_spend({.count = 500, .mean = 30}) == about(30.004571991278047408));
  CHECK(published.expected_spend() == about(35.218978102189781022));
  CHECK(published.log_likelihood({.count = 7, .mean = 73.74}) == about(-6.0548673107222289279));
  // BTYD's spend.expected.value and spend.marginal.likelihood, run here.
  CHECK(published.expected_spend({.count = 2, .mean = 40}) == about(39.14041995, 1e-9));
  CHECK(published.density({.count = 2, .mean = 40}) == about(.01280775084, 1e-9));
  for (clv_reference_row const& row : clv_reference("Gamma-Gamma ")) {
    CAPTURE(row.quantity);
    if (row.args.empty()) {
      CHECK(published.expected_spend() == about(row.value));
    } else {
      credence::spend_history const own{row.args[0], row.args[1]};
      bool const is_likelihood = row.quantity.find("loglik") == 0;
      CHECK((is_likelihood ? published.log_likelihood(own) : published.expected_spend(own)) == about(row.value));
    }
  }
}

TEST_CASE("gamma_gamma: rows, in bulk, and where there is no mean") {
  std::vector<customer> const rows{{2, 22.35}, {0, 0}, {0, no_number}, {1.5, 20}, {1, -3}, {1, no_number}};
  std::vector<double> found;
  published.expected_spend(rows, std::back_inserter(found));
  REQUIRE(found.size() == 6);
  CHECK(found[0] == published.expected_spend({.count = 2, .mean = 22.35}));
  CHECK(found[0] == published.expected_spend(rows[0]));
  CHECK(found[1] == published.expected_spend());
  CHECK(found[2] == published.expected_spend());
  for (std::size_t at = 3; at < 6; ++at) CHECK(credence::is_nan(found[at]));
  struct counted {
    double frequency, monetary_value;
    std::uint64_t spend_count;  // counts, where both are there
  };
  CHECK(published.expected_spend(counted{1, 22.35, 2}) == found[0]);
  gamma_gamma const heavy{{.p = .5, .q = .9, .gamma = 10}};
  CHECK_FALSE(credence::is_finite(heavy.expected_spend()));
  CHECK(heavy.expected_spend({.count = 1, .mean = 5}) == about(.5 * 15 / .4));
  gamma_gamma const heavier{{.p = .05, .q = .9, .gamma = 10}};
  CHECK_FALSE(credence::is_finite(heavier.expected_spend({.count = 2, .mean = 5})));
  CHECK(heavier.expected_spend({.count = 3, .mean = 5}) == about(.05 * 25 / .05));
  CHECK(published.log_likelihood({.count = 0}) == 0);
}

TEST_CASE("gamma_gamma: the density of a mean integrates to 1, and to its mean") {
  double mass = 0;
  double mean = 0;
  for (double place = -12; place < 22; place += 1.0 / 64) {  // in ln m̄
    double const spend = std::exp(place);
    double const part = published.density({.count = 3, .mean = spend}) * spend / 64;
    mass += part;
    mean += part * spend;
  }
  CHECK(mass == about(1));
  CHECK(mean == about(published.expected_spend()));
}

TEST_CASE("gamma_gamma: the fit of CDNOW") {
  std::vector<customer> rows = cdnow();
  if (rows.empty()) return;
  auto const found = credence::fit<gamma_gamma>(rows);
  REQUIRE(found);
  CHECK(found.count == 946);
  CHECK(found.without_purchases == 1411);
  CHECK(found.rejected == 0);
  CHECK(found.model().p == about(6.249572271850, 1e-9));
  CHECK(found.model().q == about(3.744224667086, 1e-9));
  CHECK(found.model().gamma == about(15.443520960983, 1e-9));
  CHECK(found.log_likelihood == about(-4055.917694802, 1e-11));
  CHECK(found.standard_errors[0] == about(1.19005534, 1e-7));
  CHECK(found.standard_errors[1] == about(.29013307, 1e-7));
  CHECK(found.standard_errors[2] == about(4.1594228, 1e-7));
  // In another currency only γ changes; a weight is repetition; projections say the same as members.
  for (customer& each : rows) each.monetary_value *= 1e6;
  auto const dear = credence::fit<gamma_gamma>(rows, &customer::frequency, &customer::monetary_value);
  CHECK(dear.model().p == about(found.model().p, 1e-8));
  CHECK(dear.model().gamma == about(1e6 * found.model().gamma, 1e-8));
  for (customer& each : rows) each.weight = 4;
  auto const heavy = credence::fit<gamma_gamma>(rows, credence::weighted_by(&customer::weight));
  CHECK(heavy.observations == 4 * 946);
  CHECK(heavy.standard_errors[0] == about(dear.standard_errors[0] / 2, 1e-7));
}

TEST_CASE("gamma_gamma: the fit recovers what customers were drawn from") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    auto const found = credence::fit<gamma_gamma>(drawn(20'000, seed));
    REQUIRE(found);
    double const truth[] = {4, 3, 15};
    for (std::size_t at = 0; at < 3; ++at)
      CHECK(std::fabs(found.parameters[at] - truth[at]) < 3.5 * found.standard_errors[at]);
  }
}

TEST_CASE("gamma_gamma: an executor finds the same bits, and so many customers begin with a sample") {
  std::vector<customer> const rows = drawn(120'000, 3);
  auto const backwards = [](std::size_t count, auto const& task) {
    while (count-- != 0) task(count);
  };
  auto const one = credence::fit<gamma_gamma>(rows);
  REQUIRE(one);
  CHECK(one == credence::fit<gamma_gamma>(backwards, rows));
  CHECK(one.evaluations < 5);
}

TEST_CASE("gamma_gamma: what a fit is not made of") {
  using credence::fit_status;
  auto const of = [](std::vector<customer> const& rows) { return credence::fit<gamma_gamma>(rows); };
  CHECK(of({}).status == fit_status::degenerate_data);
  CHECK(of({{0, 0}, {0, 0}}).advice().find("there is no customer whose spend is known") == 0);
  CHECK(of({{3, 10}}).status == fit_status::degenerate_data);
  CHECK(of({{3, 10}, {1, 10}, {2, 10}}).advice().find("all customers spend the same") == 0);
  CHECK_FALSE(of({{3, 10}, {1, 12}}));
  // Of means of 100,000 purchases each, and of those that hardly differ, rounding leaves nothing to climb by.
  std::vector<customer> precise;
  std::vector<customer> close;
  for (int at = 0; at < 500; ++at) {
    precise.push_back({1e5, 20 + (at * 37 % 500) / 500.0});
    close.push_back({1.0 + at % 5, 10 + 1e-5 * (at * 37 % 500)});
  }
  CHECK(of(precise).status == fit_status::flat_ridge);
  CHECK(of(close).status == fit_status::flat_ridge);
  CHECK(of(close).advice().find("the likelihood hardly changes along (") == 0);

  std::vector<customer> rows = drawn(3'000, 5);
  auto const clean = of(rows);
  REQUIRE(clean);
  double const infinity = std::numeric_limits<double>::infinity();
  for (customer const& bad :
       {customer{1, 0}, {2, -5}, {1, no_number}, {no_number, 4}, {1.5, 4}, {-1, 4}, {1, infinity}})
    rows.push_back(bad);
  auto const dirty = of(rows);
  CHECK(dirty.parameters == clean.parameters);
  CHECK(dirty.rejected == 7);
  CHECK(dirty.rejections.off_scale == 5);
  CHECK(dirty.rejections.not_a_number == 2);
  CHECK(dirty.without_purchases == clean.without_purchases);
  CHECK(error_of([&] {
          (void)credence::fit<gamma_gamma>(rows, {.on_invalid = credence::on_invalid::raise});
        }).find("sample 3000 is 0, which is off the scale") != std::string::npos);
  rows[0].weight = -1;
  CHECK(credence::fit<gamma_gamma>(rows, credence::weighted_by(&customer::weight)).rejections.bad_weight == 1);
}

TEST_CASE("gamma_gamma: a mean that is missing is missed only of those who came back") {
  struct seen {
    int purchases;
    std::optional<double> mean_spend;
  };
  std::vector<seen> const rows{{0, {}}, {2, 10}, {1, {}}, {3, 25}, {1, 14}, {5, 31}};
  auto const found = credence::fit<gamma_gamma>(rows, &seen::purchases, &seen::mean_spend);
  CHECK(found.count == 4);
  CHECK(found.without_purchases == 1);
  CHECK(found.rejections.missing == 1);
}

TEST_CASE("gamma_gamma: wrong calls") {
  auto const names = [](auto const& call, char const* text) { return error_of(call).find(text) != std::string::npos; };
  CHECK(names([] { (void)gamma_gamma({.p = 1, .q = -1, .gamma = 1}); }, "parameters::q is -1"));
  CHECK(names([] { (void)published.expected_spend({.count = 1, .mean = 0}); }, "1 purchases of 0 in the mean"));
  CHECK(names([] { (void)published.expected_spend({.count = .5, .mean = 1}); }, "no such history of spend"));
  CHECK(names([] { (void)published.density({.count = 0}); }, "spend_history::count is 0"));
  CHECK(names([] { (void)credence::fit<gamma_gamma>(std::vector<customer>{}, {.penalty = no_number}); },
              "gamma_gamma_options::penalty is nan"));
  CHECK(names([] { (void)credence::fit<gamma_gamma>(std::vector<customer>{}, {.max_iterations = 0}); },
              "gamma_gamma_options::max_iterations is 0"));
}

}  // namespace test_gamma_gamma
