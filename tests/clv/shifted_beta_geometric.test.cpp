// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include "support/clv_reference.hpp"
#include "support/error_of.hpp"

#include <credence/clv/shifted_beta_geometric.hpp>

#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace test_shifted_beta_geometric {

using credence::shifted_beta_geometric;
using counts = std::vector<double>;

namespace {

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within).scale(0); }

// Fader & Hardie (2007): of 1,000 customers, the first seven renewals, which both sources fit to.
counts const regular{1000, 631, 468, 382, 326, 289, 262, 241};
counts const high_end{1000, 869, 743, 653, 593, 551, 517, 491};
shifted_beta_geometric const of_regular{{.alpha = 0.704, .beta = 1.182}};
shifted_beta_geometric const of_high_end{{.alpha = 0.668, .beta = 3.806}};

double residual(shifted_beta_geometric const& model, int renewal, double rate) {
  return model.discounted_residual_lifetime(renewal, {.discount = credence::period_rate{rate}});
}

}  // namespace

TEST_CASE("shifted_beta_geometric: values of clv_mpmath.csv") {
  // Computed with mpmath from the published formulas.
  CHECK(of_regular.survival(1) == about(0.6267232237539766702));
  CHECK(of_regular.survival(12) == about(0.17006257680605059881));
  CHECK(of_high_end.retention_rate(12) == about(0.95683081297660591961));
  CHECK(residual(of_regular, 1, .10) == about(2.9646621461320315146));
  CHECK(residual(of_regular, 8, .05) == about(10.683921429618984833));
  CHECK(residual(of_high_end, 1, .10) == about(5.4148560483740405746));

  for (clv_reference_row const& row : clv_reference("sBG ")) {
    if (row.model.find("alpha=") == std::string::npos || row.args.empty()) continue;
    CAPTURE(row.model);
    CAPTURE(row.quantity);
    CAPTURE(row.args[0]);
    shifted_beta_geometric const model{{.alpha = parameter_of(row, "alpha"), .beta = parameter_of(row, "beta")}};
    if (row.quantity == "S(t)") {
      CHECK(model.survival(row.args[0]) == about(row.value));
    } else if (row.quantity == "retention r(t)") {
      CHECK(model.retention_rate(row.args[0]) == about(row.value));
      CHECK(model.churn_rate(row.args[0]) == about(1 - row.value));
    } else {
      double const rate = row.quantity.find("d=0.10") != std::string::npos ? .10 : .05;
      CHECK(residual(model, static_cast<int>(row.args[0]), rate) == about(row.value));
    }
  }
}

TEST_CASE("shifted_beta_geometric: answers agree with sums written out") {
  double const alpha = 2.5;
  double const beta = 0.3;
  shifted_beta_geometric const model{{.alpha = alpha, .beta = beta}};
  double survival = 1;
  double whole = 1;
  double next_ten = 0;
  for (int renewal = 1; renewal <= 3'000'000; ++renewal) {
    survival *= (beta + renewal - 1) / (alpha + beta + renewal - 1);
    whole += survival;
    if (renewal > 4 && renewal <= 14) next_ten += survival / model.survival(4) * std::pow(1.02, 5 - renewal);
  }
  CHECK(model.expected_lifetime() == about(whole, 1e-8));  // the sum lacks its tail
  CHECK(model.expected_lifetime() == about((alpha + beta - 1) / (alpha - 1)));
  CHECK(model.discounted_residual_lifetime(5, {.discount = credence::period_rate{.02}, .renewals = 10}) ==
        about(next_ten));
  CHECK(model.probability_alive(4, 10) == about(model.survival(14) / model.survival(4)));
  CHECK(model.expected_customers(500, 4, 10) == about(500 * model.survival(14) / model.survival(4)));
  CHECK(model.churn_rate(3) == about(1 - model.retention_rate(3)));
  counts curve;
  model.survival(2, 5, std::back_inserter(curve));
  REQUIRE(curve.size() == 4);
  CHECK(curve[3] == model.survival(5));
  // The log-likelihood, in multinomial form.
  double sum = 0;
  for (int renewal = 1; renewal < 8; ++renewal) {
    auto const at = static_cast<std::size_t>(renewal);
    sum += (regular[at - 1] - regular[at]) * std::log(model.survival(renewal - 1) - model.survival(renewal));
  }
  CHECK(model.log_likelihood(regular) == about(sum + regular[7] * std::log(model.survival(7))));

  CHECK_FALSE(credence::is_finite(of_regular.expected_lifetime()));
  CHECK_FALSE(credence::is_finite(residual(of_regular, 1, 0)));
  CHECK_FALSE(credence::is_finite(residual(model, 1, -.01)));
  CHECK(of_regular.discounted_residual_lifetime(1, {.renewals = 0}) == 0);
}

TEST_CASE("shifted_beta_geometric: the fit finds the maxima of clv.md") {
  auto const first = credence::fit<shifted_beta_geometric>(regular);
  REQUIRE(first);
  CHECK(first.model().alpha == about(.70407732, 1e-6));
  CHECK(first.model().beta == about(1.18204307, 1e-6));
  CHECK(first.log_likelihood == about(-1680.26518846, 1e-9));
  CHECK(first.log_likelihood == about(first.model().log_likelihood(regular), 1e-12));
  CHECK(first.count == 8);
  CHECK(first.observations == 1000);
  // Errors as from a Hessian by central differences of an independent program.
  CHECK(first.standard_errors[0] == about(.0655990, 1e-4));
  CHECK(first.standard_errors[1] == about(.152476, 1e-4));
  auto const second = credence::fit<shifted_beta_geometric>(std::vector<int>(high_end.begin(), high_end.end()));
  CHECK(second.model().alpha == about(.66808833, 1e-6));
  CHECK(second.model().beta == about(3.80609480, 1e-6));
  CHECK(second.log_likelihood == about(-1611.15814739, 1e-9));
  CHECK(100 * second.model().survival(12) == about(37.799907, 1e-7));
}

TEST_CASE("shifted_beta_geometric: several cohorts are one likelihood, whatever their lengths") {
  // A customer of weight two is two customers; a cohort cut short says what was seen of it.
  std::vector<counts> const cohorts{regular, high_end, {500, 400, 350}};
  auto const found = credence::fit<shifted_beta_geometric>(cohorts);
  REQUIRE(found);
  shifted_beta_geometric const& model = found.model();
  double sum = 0;
  for (counts const& each : cohorts) sum += model.log_likelihood(each);
  CHECK(found.log_likelihood == about(sum, 1e-12));
  CHECK(found.observations == 2500);
  CHECK(found.count == 19);
  struct cohort {
    std::string plan;
    counts alive;
  };
  std::vector<cohort> const named{{"a", regular}, {"b", high_end}, {"c", {500, 400, 350}}};
  CHECK(credence::fit<shifted_beta_geometric>(named, &cohort::alive).log_likelihood == found.log_likelihood);
  counts doubled = regular;
  for (double& each : doubled) each *= 2;
  auto const once = credence::fit<shifted_beta_geometric>(std::vector<counts>{regular, regular});
  auto const twice = credence::fit<shifted_beta_geometric>(doubled);
  CHECK(once.parameters == twice.parameters);
  CHECK(once.standard_errors == twice.standard_errors);
}

TEST_CASE("shifted_beta_geometric: a count that cannot be is left out, and losses around it are known to fall there") {
  double const no_number = std::numeric_limits<double>::quiet_NaN();
  counts const dirty{1000, 631, no_number, 382, 383, 289, -1, 241};
  auto const found = credence::fit<shifted_beta_geometric>(dirty);
  REQUIRE(found);
  CHECK(found.count == 5);
  CHECK(found.rejected == 3);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 2);
  auto const& model = found.model();
  auto const lost = [&](int from, int until) { return std::log(model.survival(from) - model.survival(until)); };
  double const sum = 369 * lost(0, 1) + 249 * lost(1, 3) + 93 * lost(3, 5) + 48 * lost(5, 7) +
                     241 * std::log(model.survival(7));
  CHECK(found.log_likelihood == about(sum, 1e-12));
  // A cohort first seen after two renewals is known only from there on.
  std::vector<std::optional<int>> const late{{}, {}, 468, 382, 326};
  CHECK(model.log_likelihood(late) ==
        about(86 * (lost(2, 3) - std::log(model.survival(2))) + 56 * (lost(3, 4) - std::log(model.survival(2))) +
              326 * std::log(model.survival(4) / model.survival(2))));
  std::string const complaint = error_of(
      [&] { (void)credence::fit<shifted_beta_geometric>(dirty, {.on_invalid = credence::on_invalid::raise}); });
  CHECK(complaint.find("sample 2 is not a number") != std::string::npos);
  std::string const rise = error_of([] {
    (void)credence::fit<shifted_beta_geometric>(std::vector{10, 8, 9}, {.on_invalid = credence::on_invalid::raise});
  });
  CHECK(rise.find("sample 2 is 9, which is off the scale") != std::string::npos);
}

TEST_CASE("shifted_beta_geometric: data that say nothing, or not enough") {
  using credence::fit_status;
  auto const of = [](counts const& alive) { return credence::fit<shifted_beta_geometric>(alive); };
  CHECK(of({}).status == fit_status::degenerate_data);
  CHECK(of({10}).status == fit_status::degenerate_data);
  CHECK(of({0, 0}).status == fit_status::degenerate_data);
  CHECK(of({10, 10, 10}).status == fit_status::degenerate_data);
  CHECK(of({10, 10, 10}).advice().find("no customer was lost") == 0);
  CHECK(of({10, 0, 0}).advice().find("all customers were lost at the first renewal") == 0);
  CHECK(of({10, 6}).status == fit_status::flat_ridge);
  CHECK(of({10, 6}).advice().find("there are 2 parameters, and counts before and after this many renewals: 1") == 0);
  // Of customers who are all alike α and β run off together.
  CHECK(of({1000, 500, 250, 125, 62}).status == fit_status::flat_ridge);
  CHECK_THROWS_AS((void)of({1000, 500, 250, 125, 62}).model(), credence::error);
  // A penalty makes even that a model.
  CHECK(credence::fit<shifted_beta_geometric>(counts{10, 6}, {.penalty = .1}));
  CHECK(of({1e15, 5e14, 4e14, 3.5e14}));
}

TEST_CASE("shifted_beta_geometric: wrong calls") {
  auto const names = [](auto const& call, char const* text) { return error_of(call).find(text) != std::string::npos; };
  CHECK(names([] { (void)shifted_beta_geometric({.alpha = 0, .beta = 1}); }, "parameters::alpha is 0"));
  CHECK(names([] { (void)of_regular.survival(-1); }, "`renewals` is -1"));
  CHECK(names([] { (void)of_regular.retention_rate(0); }, "`renewal` is 0"));
  CHECK(names([] { (void)of_regular.expected_customers(-1, 0, 1); }, "`customers` is -1"));
  CHECK(names([] { (void)of_regular.discounted_residual_lifetime(1, {.renewals = -2}); }, "::renewals is -2"));
  CHECK(names([] { (void)of_regular.discounted_residual_lifetime(1, {.discount = credence::annual_rate{.1}}); },
              "`.unit`"));
  CHECK(names([] { (void)credence::fit<shifted_beta_geometric>(regular, {.penalty = -1}); }, "::penalty is -1"));
  CHECK(names([] { (void)credence::fit<shifted_beta_geometric>(regular, {.max_iterations = 0}); },
              "::max_iterations is 0"));
  CHECK(names([] { (void)credence::fit<shifted_beta_geometric>(regular, {.unit = std::chrono::seconds{0}}); },
              "::unit is 0"));
  auto const yearly = credence::fit<shifted_beta_geometric>(regular, {.unit = std::chrono::years{1}});
  CHECK(yearly.model().discounted_residual_lifetime(1, {.discount = credence::annual_rate{.1}}) ==
        about(residual(yearly.model(), 1, .1)));
}

TEST_CASE("shifted_beta_geometric: parameters far out") {
  for (double const alpha : {1e-8, 1e-3, 1.0, 1e8})
    for (double const beta : {1e-8, 1.0, 1e8}) {
      CAPTURE(alpha);
      CAPTURE(beta);
      shifted_beta_geometric const model{{.alpha = alpha, .beta = beta}};
      CHECK(model.retention_rate(1) == about(beta / (alpha + beta)));
      CHECK(model.churn_rate(1) == about(alpha / (alpha + beta)));
      CHECK(credence::is_finite(model.log_likelihood(regular)));
      CHECK(credence::is_finite(residual(model, 1, .01)));
    }
}

}  // namespace test_shifted_beta_geometric
