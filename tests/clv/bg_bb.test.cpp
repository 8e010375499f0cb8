// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include "support/clv_reference.hpp"
#include "support/error_of.hpp"
#include "support/shared_data.hpp"

#include <credence/clv/bg_bb.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace test_bg_bb {

using credence::bg_bb;

namespace {

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within).scale(0); }

struct donor {
  double frequency = 0;
  double recency = 0;
  double age = 6;
  double weight = 1;
};
// 11,104 donors won in 1995 and asked each year to 2001 (Fader, Hardie & Shang 2010, table 1).
std::vector<donor> const donors{{6, 6, 6, 1203}, {5, 6, 6, 728}, {4, 6, 6, 512}, {3, 6, 6, 357}, {2, 6, 6, 234},
                                {1, 6, 6, 129},  {5, 5, 6, 335}, {4, 5, 6, 284}, {3, 5, 6, 225}, {2, 5, 6, 173},
                                {1, 5, 6, 119},  {4, 4, 6, 240}, {3, 4, 6, 181}, {2, 4, 6, 155}, {1, 4, 6, 78},
                                {3, 3, 6, 322},  {2, 3, 6, 255}, {1, 3, 6, 129}, {2, 2, 6, 613}, {1, 2, 6, 277},
                                {1, 1, 6, 1091}, {0, 0, 6, 3464}};
bg_bb const published{{.alpha = 1.203522, .beta = .749714, .gamma = .656712, .delta = 2.783441}};

double dert(bg_bb const& model, donor const& own, double rate) {
  return model.discounted_residual_transactions(own, {.discount = credence::period_rate{rate}});
}

/// L from the formula of the paper: sums of products of beta functions.
double likelihood(std::array<double, 4> const& at, donor const& own) {
  auto const beta = [](double one, double other) {
    return std::tgamma(one) * std::tgamma(other) / std::tgamma(one + other);
  };
  double const x = own.frequency;
  double sum = beta(at[0] + x, at[1] + own.age - x) * beta(at[2], at[3] + own.age);
  for (double left = 0; left < own.age - own.recency; ++left)
    sum += beta(at[0] + x, at[1] + own.recency - x + left) * beta(at[2] + 1, at[3] + own.recency + left);
  return sum / (beta(at[0], at[1]) * beta(at[2], at[3]));
}

}  // namespace

TEST_CASE("bg_bb: values of clv_mpmath.csv") {
  CHECK(published.probability_alive({.frequency = 2, .recency = 4, .age = 6}) == about(.58965956950793812061));
  CHECK(published.expected_purchases({.frequency = 2, .recency = 4, .age = 6}, 5) == about(1.0576091268034424719));
  CHECK(published.probability_alive({.frequency = 0, .recency = 0, .age = 6}) == about(.10813444549549615309));
  double sum = 0;
  double expected = 0;
  for (donor const& each : donors) {
    sum += each.weight * published.log_likelihood(each);
    expected += each.weight * published.expected_purchases(each, 5);
  }
  CHECK(sum == about(-33225.581274534719085, 1e-12));
  CHECK(expected == about(12884.19436415497811, 1e-12));
  // Fader & Hardie's note 010, in more digits.
  double const by_opportunities[] = {.4985440934, .9233520141, 1.29687894, 1.632316768, 1.938146865, 2.220180914};
  for (int count = 1; count <= 6; ++count)
    CHECK(published.expected_purchases(count) == about(by_opportunities[count - 1], 1e-9));
  double const by_count[] = {3454.861426, 1888.649136, 1348.882113, 1113.380842, 1017.926639, 1027.172643, 1253.127202};
  for (int count = 0; count <= 6; ++count)
    CHECK(11104 * published.purchase_count_probability(count, 6) == about(by_count[count], 1e-9));

  for (clv_reference_row const& row : clv_reference("BG/BB ")) {
    if (row.args.size() != 3) continue;
    CAPTURE(row.quantity);
    donor const own{row.args[0], row.args[1], row.args[2]};
    bool const is_alive = row.quantity.find("P(alive") == 0;
    CHECK((is_alive ? published.probability_alive(own) : published.expected_purchases(own, 5)) == about(row.value));
  }
}

TEST_CASE("bg_bb: all columns of clv_bgbb_donations.csv") {
  CHECK(dert(published, {6, 6}, .1) == about(5.9099169282427, 1e-12));
  CHECK(published.expected_purchase_probability(donor{6, 6}) == about(.905734722319316, 1e-12));
  CHECK(published.expected_dropout_probability(donor{0, 0}) == about(.310326002370654, 1e-12));
  auto const path = shared_data("../reference/clv_bgbb_donations.csv");
  if (!path) return;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  int rows = 0;
  for (; std::getline(file, line); ++rows) {
    std::vector<double> const row = clv_reference_detail::numbers_of(line, ',');
    donor const own{row[0], row[1], row[2]};
    CHECK(published.probability_alive(own) == about(row[5]));
    CHECK(published.expected_purchases(own, 5) == about(row[6]));
    CHECK(dert(published, own, .1) == about(row[7]));
    CHECK(published.expected_purchase_probability(own) == about(row[8]));
    CHECK(published.expected_dropout_probability(own) == about(row[9]));
  }
  CHECK(rows == 22);
}

TEST_CASE("bg_bb: answers are sums over all that may happen") {
  // Every history of three further opportunities, by ratios of likelihoods of the paper's formula.
  std::array<double, 4> const at{.8, 1.7, 1.4, 2.2};
  bg_bb const model{{.alpha = at[0], .beta = at[1], .gamma = at[2], .delta = at[3]}};
  for (donor const& own : {donor{2, 4, 6}, donor{0, 0, 5}, donor{3, 3, 3}, donor{1, 2, 3}}) {
    CHECK(model.log_likelihood(own) == about(std::log(likelihood(at, own))));
    double expected = 0;
    double none = 0;
    double whole = 0;
    double discounted = 0;
    for (unsigned bought = 0; bought < 8; ++bought) {
      donor later{own.frequency, own.recency, own.age + 3};
      double worth = 0;
      for (unsigned next = 0; next < 3; ++next)
        if ((bought >> next & 1u) != 0) {
          later.frequency += 1;
          later.recency = own.age + next + 1;
          worth += std::pow(1.05, -(next + 1.0));
        }
      double const chance = likelihood(at, later) / likelihood(at, own);
      whole += chance;
      expected += chance * (later.frequency - own.frequency);
      discounted += chance * worth;
      if (bought == 0) none = chance;
    }
    CHECK(whole == about(1));
    CHECK(model.expected_purchases(own, 3) == about(expected));
    CHECK(model.expected_purchases(own, 1, 3) == about(expected - model.expected_purchases(own, 1)));
    CHECK(model.probability_of_purchase(own, 3) == about(1 - none));
    CHECK(model.discounted_residual_transactions(own, {credence::period_rate{.05}, 3}) == about(discounted));
    // Who buys at the next opportunity is alive there, and buys with the p of one who is.
    donor const bought{own.frequency + 1, own.age + 1, own.age + 1};
    double const buys = (at[0] + own.frequency) / (at[0] + at[1] + own.age);
    CHECK(model.probability_alive(own) == about(likelihood(at, bought) / likelihood(at, own) / buys));
    CHECK(model.probability_alive(own, 2) ==
          about(model.probability_alive(own) * (at[3] + own.age + 1) / (at[2] + at[3] + own.age + 1) *
                (at[3] + own.age + 2) / (at[2] + at[3] + own.age + 2)));
    // One more purchase after the last, as long as that is not the end: p(1 − θ), of one who is alive.
    if (own.recency == own.age)
      CHECK(model.posterior_moment(own, 1, 0) - model.posterior_moment(own, 1, 1) ==
            about(likelihood(at, bought) / likelihood(at, own)));
    CHECK(model.posterior_moment(own, 2, 1) < model.posterior_moment(own, 1, 1));
    CHECK(model.posterior_moment(own, 0, 0) == about(1));
  }
  double mass = 0;
  double mean = 0;
  for (int count = 0; count <= 9; ++count) {
    mass += model.purchase_count_probability(count, 9);
    mean += count * model.purchase_count_probability(count, 9);
  }
  CHECK(mass == about(1));
  CHECK(mean == about(model.expected_purchases(9)));
  CHECK(model.purchase_count_probability(10, 9) == 0);
  CHECK(model.purchase_count_probability(0, 0) == 1);
}

TEST_CASE("bg_bb: for ever, and how long customers stay") {
  bg_bb const model{{.alpha = .8, .beta = 1.7, .gamma = 2.4, .delta = 2.2}};
  donor const own{2, 4, 6};
  double alive = 1;
  double whole = 0;
  double discounted = 0;
  double first_ten = 0;
  int median = 0;
  for (int next = 1; next <= 3'000'000; ++next) {
    whole += alive;
    discounted += alive * std::pow(1.02, -next);
    if (next <= 10) first_ten += alive;
    if (alive > .5) median = next;
    alive *= (2.2 + 6 + next) / (2.4 + 2.2 + 6 + next);
  }
  auto const left = model.remaining_lifetime(own, {.horizon = 10, .discount = credence::period_rate{.02}});
  CHECK(left.mean == about(whole, 1e-7));  // the sum lacks its tail
  CHECK(left.discounted_mean == about(discounted));
  CHECK(left.restricted_mean == about(first_ten));
  CHECK(left.median == median);
  CHECK(left.status == credence::lifetime_status::finite_mean);
  CHECK(model.discounted_residual_transactions(own, {}) ==
        about(left.mean * model.probability_alive(own) * 2.8 / 8.5, 1e-12));
  CHECK(dert(model, own, 1e-6) == about(model.discounted_residual_transactions(own, {}), 5e-5));
  auto const heavy = published.remaining_lifetime(own);
  CHECK(heavy.status == credence::lifetime_status::infinite_mean);
  CHECK(credence::is_finite(heavy.median));
  CHECK_FALSE(credence::is_finite(published.discounted_residual_transactions(own, {})));
}

TEST_CASE("bg_bb: the fit of the donors") {
  auto const found = credence::fit<bg_bb>(donors, credence::weighted_by(&donor::weight));
  REQUIRE(found);
  CHECK(found.observations == 11104);
  CHECK(found.count == 22);
  double const about_published[] = {1.203522, .749714, .656712, 2.783441};
  for (std::size_t at = 0; at < 4; ++at) CHECK(found.parameters[at] == about(about_published[at], 2e-5));
  CHECK(found.log_likelihood >= -33225.581274534719);
  CHECK(found.log_likelihood == about(-33225.5812745, 1e-9));
  // The same donors one by one, in a shuffled order, and by projections.
  std::vector<donor> each;
  for (donor const& pattern : donors) each.insert(each.end(), static_cast<std::size_t>(pattern.weight), pattern);
  for (std::size_t at = each.size(); at > 1; --at) std::swap(each[at - 1], each[at * 7'919 % at]);
  auto const spread = credence::fit<bg_bb>(each, &donor::frequency, &donor::recency, &donor::age);
  CHECK(spread.count == 11104);
  for (std::size_t at = 0; at < 4; ++at) {
    CHECK(spread.parameters[at] == about(found.parameters[at], 1e-9));
    CHECK(spread.standard_errors[at] == about(found.standard_errors[at], 1e-6));
  }
}

TEST_CASE("bg_bb: what is no donor, and what says nothing") {
  std::vector<donor> rows = donors;
  double const no_number = std::numeric_limits<double>::quiet_NaN();
  for (donor const& bad : {donor{3, 2, 6},
                           {1, 0, 6},
                           {0, 2, 6},
                           {2, 7, 6},
                           {1.5, 2, 6},
                           {1, 1.5, 6},
                           {1, 1, 6.5},
                           {0, 0, 1e9},
                           {no_number, 1, 6},
                           {1, 1, 6, -1}})
    rows.push_back(bad);
  auto const clean = credence::fit<bg_bb>(donors, credence::weighted_by(&donor::weight));
  auto const dirty = credence::fit<bg_bb>(rows, credence::weighted_by(&donor::weight));
  CHECK(dirty.parameters == clean.parameters);
  CHECK(dirty.rejected == 10);
  CHECK(dirty.rejections.bad_time == 7);
  CHECK(dirty.rejections.off_scale == 1);
  CHECK(dirty.rejections.not_a_number == 1);
  CHECK(dirty.rejections.bad_weight == 1);
  std::vector<double> alive;
  published.probability_alive(rows, std::back_inserter(alive));
  CHECK(alive[0] == published.probability_alive(rows[0]));
  for (std::size_t at = 22; at < 31; ++at) CHECK(credence::is_nan(alive[at]));
  published.expected_purchases(rows, 5, alive.begin());
  CHECK(alive[3] == published.expected_purchases(rows[3], 5));
  published.expected_purchases(rows, 2, 5, alive.begin());
  CHECK(alive[3] == published.expected_purchases(rows[3], 2, 5));
  published.probability_of_purchase(rows, 5, alive.begin());
  CHECK(alive[3] == published.probability_of_purchase(rows[3], 5));
  published.discounted_residual_transactions(rows, {credence::period_rate{.1}}, alive.begin());
  CHECK(alive[3] == dert(published, rows[3], .1));

  CHECK(credence::fit<bg_bb>(std::vector<donor>{}).status == credence::fit_status::degenerate_data);
  CHECK(credence::fit<bg_bb>(std::vector<donor>{{0, 0, 6}, {0, 0, 5}}).status == credence::fit_status::degenerate_data);
  CHECK_FALSE(credence::fit<bg_bb>(std::vector<donor>(9, {6, 6, 6})));
  auto const brief = credence::fit<bg_bb>(std::vector<donor>{{1, 1, 1}, {0, 0, 2}, {1, 2, 2}, {2, 2, 2}});
  CHECK(brief.status == credence::fit_status::degenerate_data);
  CHECK(brief.advice().find("no customer had three opportunities") == 0);
}

TEST_CASE("bg_bb: wrong calls") {
  auto const names = [](auto const& call, char const* text) { return error_of(call).find(text) != std::string::npos; };
  CHECK(names([] { (void)bg_bb({.alpha = 1, .beta = 1, .gamma = 0, .delta = 1}); }, "parameters::gamma is 0"));
  CHECK(names([] { (void)published.probability_alive({.frequency = 2, .recency = 1, .age = 6}); },
              "no such history of opportunities: frequency 2, recency 1, age 6"));
  CHECK(names([] { (void)published.expected_purchases(-1); }, "`within` is -1"));
  CHECK(names([] { (void)published.expected_purchases(donors[0], 3, 2); }, "`until` is 2"));
  CHECK(names([] { (void)published.expected_purchases(donors[0], 1.5); }, "it must be a whole number"));
  CHECK(names(
      [] {
        (void)published.discounted_residual_transactions(donors[0], {{}, 1.5});
      },
      "residual_options::horizon is 1.5"));
  CHECK(names([] { (void)dert(published, {2, 1}, .1); }, "no such history"));
  CHECK(names([] { (void)published.discounted_residual_transactions(donors[0], {credence::annual_rate{.1}}); },
              "`.unit`"));
  bg_bb const yearly{{published.alpha, published.beta, published.gamma, published.delta, std::chrono::years{1}}};
  CHECK(yearly.discounted_residual_transactions(donors[0], {credence::annual_rate{.1}}) ==
        about(dert(published, donors[0], .1)));
}

TEST_CASE("bg_bb: parameters and customers far out") {
  for (double const one : {1e-8, 1.0, 1e8})
    for (double const other : {1e-8, 1.0, 1e8}) {
      bg_bb const model{{.alpha = one, .beta = other, .gamma = other, .delta = one}};
      for (donor const& own : {donor{0, 0, 1}, {3, 5, 9}, {100'000, 100'000, 100'000}, {1, 1, 100'000}, {0, 0, 0}}) {
        CAPTURE(one);
        CAPTURE(other);
        CAPTURE(own.age);
        CHECK(credence::is_finite(model.log_likelihood(own)));
        CHECK(model.probability_alive(own) <= 1 + 1e-12);
        CHECK(model.probability_of_purchase(own, 10) <= 1 + 1e-12);
        CHECK(model.expected_purchases(own, 10) <= 10 * (1 + 1e-12));
        CHECK(credence::is_finite(dert(model, own, .01)));
      }
    }
}

}  // namespace test_bg_bb
