// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/clv_reference.hpp"
#include "support/error_of.hpp"
#include "support/shared_data.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <credence/clv/covariates.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/simulate.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/random.hpp>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace test_pareto_nbd {

namespace {

using credence::infinite_number;
using credence::pareto_nbd;
using credence::period_rate;
using credence::purchase_history;

/// Schmittlein, Morrison and Colombo's model of CDNOW, as Fader, Hardie and Lee published it in 2005.
pareto_nbd const published{{.r = 0.553, .alpha = 10.578, .s = 0.606, .beta = 11.669}};
/// BTYD's.
pareto_nbd const by_btyd{{.r = 0.5533971433, .alpha = 10.5801985436, .s = 0.6060624971, .beta = 11.6562236702}};

/// Within a relative error; of what is below 1e-290 only that it is.
bool agrees(double value, double expected, double error = 1e-12) {
  return std::fabs(value - expected) <= error * std::fabs(expected) + 1e-290;
}
credence::residual_options at_force(double delta) {
  return {.discount = period_rate{std::expm1(delta)}, .horizon = {}};
}

/// What a row of the reference asks.
double answered(pareto_nbd const& model, clv_reference_row const& row) {
  std::string_view const asked = row.quantity;
  std::vector<double> const& args = row.args;
  if (asked == "E[X(t)]") return model.expected_purchases(args[0]);
  if (asked == "P(X(t)=x)") return model.purchase_count_probability(static_cast<int>(args[1]), args[0]);
  if (asked == "P(X(39,78]=0)") return model.purchase_count_probability(static_cast<int>(args[2]), args[0], args[1]);
  purchase_history const own{args[0], args[1], args[2]};
  if (asked == "loglik(x,tx,T)") return model.log_likelihood(own);
  if (asked == "P(alive|x,tx,T)") return model.probability_alive(own);
  if (asked == "P(alive at T+39|x,tx,T)") return model.probability_alive(own, 39);
  if (asked == "P(at least one in (T,T+39]|x,tx,T)") return model.probability_of_purchase(own, 39);
  if (asked.starts_with("CET(t=")) return model.expected_purchases(own, std::stod(row.quantity.substr(6)));
  if (asked == "DERT(d=0.0027|x,tx,T)") return model.discounted_residual_transactions(own, at_force(0.0027));
  if (asked == "DERT(52 weeks delta=.0027|x,tx,T)") {
    credence::residual_options bounded = at_force(0.0027);
    bounded.horizon = 52;
    return model.discounted_residual_transactions(own, bounded);
  }
  FAIL("an unknown quantity: " << row.quantity);
  return 0;
}

/// tests/reference/pareto_nbd.py: parameters, history; ln L, ln J, P(at least one purchase in the next 10), which are
/// below 1e-308 where they say 0.
struct hard_case {
  double r, alpha, s, beta, frequency, recency, age, log_likelihood, log_odds, buys;
};
constexpr hard_case hard_cases[] = {
    {.553, 10.578, .606, 11.669, 100000, 38, 39, 662962.76865611893, 2025.6306681009796, 0},
    {.553, 10.578, .606, 11.669, 100000, 1, 39, 806370.72257099593, 145433.58458297798, 0},
    {.553, 10.578, 1, 11.669, 2, 30.43, 38.86, -10.042076547562482, -1.3530713019744147, 0.27470539026607588},
    {.553, 1e6, .606, .001, 3, 20, 39, -46.663140367931693, -0.69543506873203959, 2.2078834072229225e-5},
    {.553, .001, .606, 1e6, 3, 20, 39, -16.051635862395415, -10.085815087974334, 0.55555509278838734},
    {.553, .001, .606, 1e6, 0, 0, 39, -5.8459236685957307, -9.8565045682608504, 0.11857618486721225},
    {5, .001, 100, 1e3, 2, 1e-5, 39, 6.1548847016207147, 66.763445934364212, 5.9256461691977566e-30},
    {.5, .001, 1, 1e3, 0, 0, 1e9, -6.4574451240698731, 21.173576991221245, 3.1871488669261706e-18},
    {.553, 10.578, .606, 11.669, 0, 0, 1e-6, -5.2278309652251663e-8, -16.773321594444248, 0.26004792234462748},
    {.553, 10.578, .606, 11.669, 7, 2e-7, 1e-6, -9.3485349722476231, -16.99646490004893, 0.92734917190805265},
    {.553, 10.578, .606, 11.669, 12, 5e8, 1e9, -245.46740645530939, 6.0430330413765576, 2.9734568896966613e-10},
    {.553, 10.578, .606, 11.669, 4, 38.99999904632568359375, 39, -15.305431664428019, -18.289133128956914,
     0.54102740212100974},
    {1e-8, 1e8, 1e-8, 1e-8, 1, 1, 39, -36.841362062111456, -17.122244640428782, 9.9999948217995281e-8},
    {1e8, 1e-8, 1e8, 1e8, 1, 1, 39, -1842068076.3952366, 366356186.88147896, 0},
    {1e8, 1e8, 1e-8, 1e8, 40, 1, 39, -37.568346282763569, 1.15864571209429, 0.23890260675614939},
    {50, .01, 50, .02, 300, 10, 400, 204.27733504836936, 1473.0329931165008, 0},
    {2, 30, 3, .002, 100000, 1e-3, 39, 711184.92521032549, 83316.141316786376, 0},
    {20, 100, .3, 1, 1000, 20, 39, 1205.7780796083065, 143.72033002199155, 3.8248213503864152e-63},
};

struct customer {
  double frequency = 0;
  double recency = 0;
  double age = 0;
};
/// CDNOW's 2,357 customers in weeks, whose days are whole; none where the data are not at hand.
std::vector<customer> cdnow() {
  std::vector<customer> customers;
  auto const path = shared_data("clv/cdnow_btyd_cbs.csv");
  if (!path) return customers;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    customer own;
    double id = 0;
    REQUIRE(std::sscanf(line.c_str(), "%lf,%lf,%lf,%lf", &id, &own.frequency, &own.recency, &own.age) == 4);
    own.recency = std::round(own.recency * 7) / 7;
    own.age = std::round(own.age * 7) / 7;
    customers.push_back(own);
  }
  return customers;
}

}  // namespace

TEST_CASE("pareto_nbd: every row of the reference") {
  for (auto const& row : clv_reference("Pareto/NBD ")) {
    CAPTURE(row.model);
    CAPTURE(row.quantity);
    pareto_nbd const model{{.r = parameter_of(row, "r"),
                            .alpha = parameter_of(row, "alpha"),
                            .s = parameter_of(row, "s"),
                            .beta = parameter_of(row, "beta")}};
    // Ten digits are quoted of one row, from BTYD.
    CHECK(agrees(answered(model, row), row.value, row.quantity == "P(X(39,78]=0)" ? 1e-10 : 1e-12));
  }
}
TEST_CASE("pareto_nbd: some of those rows where the reference is not at hand") {
  // shared/reference/clv_mpmath.csv and clv_extra.csv, by mpmath.
  purchase_history const own{.frequency = 2, .recency = 30.43, .age = 38.86};
  CHECK(agrees(published.log_likelihood(own), -9.5542832451504058334));
  CHECK(agrees(published.probability_alive(own), 0.8691675591530111916));
  CHECK(agrees(published.probability_alive(own, 39), 0.61455272960506124812));
  CHECK(agrees(published.probability_of_purchase(own, 39), 0.59193727639353622274));
  CHECK(agrees(published.expected_purchases(own, 39), 1.4551231932576024225));
  CHECK(agrees(published.expected_purchases(39), 1.213002844281015733));
  CHECK(agrees(published.discounted_residual_transactions(own, at_force(0.0027)), 6.4837735677307385064));
  CHECK(published.probability_alive({.frequency = 132, .recency = 200, .age = 200}) == 1);
  // A customer whom the textbook's hypergeometric functions cannot answer for.
  pareto_nbd const steep{{.r = 10.465, .alpha = .00798565181, .s = 3.0516, .beta = 2.82}};
  CHECK(agrees(steep.probability_alive({.frequency = 50, .recency = 1, .age = 37}), 1.4171442912866074339e-96));
  CHECK(steep.probability_alive({.frequency = 500, .recency = 1, .age = 37}) == 0);
  // Fader, Hardie and Lee (2005): DERT at 15 % a year of a customer of CDNOW.
  pareto_nbd const note{{.r = .5629966, .alpha = 12.559037, .s = .4081095, .beta = 10.5148048}};
  CHECK(agrees(note.discounted_residual_transactions({.frequency = 7, .recency = 35, .age = 77.86}, at_force(0.0027)),
               1.8641833280713295707));
}
TEST_CASE("pareto_nbd: what BTYD says") {
  // BTYD 2.4.3, as shared/reference/clv.md quotes it, to ten digits.
  auto const near_to = [](double expected) { return doctest::Approx(expected).epsilon(1e-9); };
  CHECK(by_btyd.probability_alive({.frequency = 0, .recency = 0, .age = 39}) == near_to(.2941633358));
  CHECK(by_btyd.probability_alive({.frequency = 5, .recency = 30, .age = 39}) == near_to(.8107646745));
  CHECK(by_btyd.probability_alive({.frequency = 20, .recency = 30, .age = 39}) == near_to(.3443799471));
  CHECK(by_btyd.log_likelihood({.frequency = 3, .recency = 4, .age = 6}) == near_to(-8.047004984));
  CHECK(by_btyd.expected_purchases(52) == near_to(1.473112689));
  CHECK(by_btyd.expected_purchases({.frequency = 25, .recency = 20, .age = 39}, 52) == near_to(.003091789614));
  CHECK(by_btyd.purchase_count_probability(10, 1, 2) == near_to(4.40031973e-12));
  CHECK(by_btyd.purchase_count_probability(0, 39, 78) == near_to(.7902604092));
  pareto_nbd const note{{.r = .5629966, .alpha = 12.559037, .s = .4081095, .beta = 10.5148048}};
  double const later[] = {2.19915545,  2.843534406, 2.867128391, 2.445410079, 1.840501924,
                          1.262416472, .8096181195, .4948036194, .2920247016, .1679275086};
  double frequency = 1;
  for (double const expected : later)
    CHECK(note.discounted_residual_transactions({.frequency = frequency++, .recency = 30, .age = 77.86},
                                                at_force(0.0027)) == near_to(expected));
}

TEST_CASE("pareto_nbd: parameters and histories far from the ordinary") {
  for (hard_case const& at : hard_cases) {
    pareto_nbd const model{{at.r, at.alpha, at.s, at.beta}};
    purchase_history const own{at.frequency, at.recency, at.age};
    CAPTURE(at.r);
    CAPTURE(at.alpha);
    CAPTURE(at.frequency);
    CAPTURE(at.age);
    credence::detail::purchases const plain{at.frequency, at.recency, at.age, 0};
    using law = credence::detail::pareto_nbd_law;
    double const log_odds = law::log_left_odds_in_pieces(model.parameters(), plain);
    CHECK(agrees(model.log_likelihood(own), at.log_likelihood));
    // An exponent of a size is not known better than to its last digits.
    CHECK(std::fabs(log_odds - at.log_odds) <= 1e-13 + 1e-15 * std::fabs(at.log_odds));
    CHECK(std::fabs(law::log_left_odds(model.parameters(), plain) - at.log_odds) <=
          1e-12 + 1e-15 * std::fabs(at.log_odds));
    CHECK(agrees(model.probability_alive(own), 1 / (1 + std::exp(at.log_odds))));
    CHECK(agrees(model.probability_of_purchase(own, 10), at.buys));
  }
}
TEST_CASE("pareto_nbd: discounted purchases to come") {
  struct {
    double r, alpha, s, beta, frequency, recency, age, delta, horizon, expected;
  } const cases[] = {
      {.553, 10.578, .606, 11.669, 2, 30.43, 38.86, 1e-6, 0, 246.11886106641189},
      {.553, 10.578, 1, 11.669, 2, 30.43, 38.86, 1e-3, 0, 5.3604740335140616},
      {.553, 10.578, 1, 11.669, 2, 30.43, 38.86, 5, 0, 0.0081747914540797257},
      {.553, 10.578, 3, 1e5, 2, 30.43, 38.86, 2, 1e4, 0.025811529658276079},
      {.553, 10.578, .606, 11.669, 2, 30.43, 38.86, -.01, 100, 5.0413547554449854},
      {.553, 10.578, 40, 11.669, 2, 30.43, 38.86, 1e-12, 0, 2.9851065680021919e-5},
      {.553, 10.578, .606, 1e-6, 2, 1e-6, 1e-5, 1e-3, 1e6, 0.0029069461416957162},
  };
  for (auto const& at : cases) {
    CAPTURE(at.expected);
    credence::detail::pareto_nbd_law const law{at.r, at.alpha, at.s, at.beta};
    CHECK(agrees(
        law.residual({at.frequency, at.recency, at.age, 0}, at.delta, at.horizon > 0 ? at.horizon : infinite_number()),
        at.expected));
  }
  purchase_history const own{.frequency = 2, .recency = 30.43, .age = 38.86};
  CHECK(published.discounted_residual_transactions(own, {}) == infinite_number());
  CHECK(published.discounted_residual_transactions(own, at_force(-0.01)) == infinite_number());
  pareto_nbd const leaving{{.r = 0.553, .alpha = 10.578, .s = 3, .beta = 11.669}};
  CHECK(agrees(leaving.discounted_residual_transactions(own, {}), leaving.expected_purchases(own, 1e15)));
  // Without a discount the horizon is that of an expectation.
  CHECK(published.discounted_residual_transactions(own, {.discount = {}, .horizon = 39}) ==
        published.expected_purchases(own, 39));
}
TEST_CASE("pareto_nbd: numbers of purchases") {
  struct {
    double r, alpha, s, beta;
    long count;
    double from, until, expected;
  } const cases[] = {
      {.5533971433, 10.5801985436, .6060624971, 11.6562236702, 0, 39, 78, 0.79026040923870706},
      {.5533971433, 10.5801985436, .6060624971, 11.6562236702, 10, 1, 2, 4.4003197298858978e-12},
      {.553, 10.578, 1, 11.669, 3, 5, 44, 0.030642386752869631},
      {3, .001, .606, 11.669, 20000, 0, 39, 9.1775659267180078e-6},
      {3, .001, 2, 1e-3, 50, 0, 39, 0.00015246807699637889},
      {.553, 1e6, .606, 1e-3, 2, 0, 1000000.0, 4.9309458577398376e-7},
      {40, 2, .606, 11.669, 700, 0, 39, 0.0013655585093482503},
      {.553, 10.578, .606, 11.669, 100000, 0, 1000, 0},
  };
  for (auto const& at : cases) {
    CAPTURE(at.expected);
    pareto_nbd const model{{at.r, at.alpha, at.s, at.beta}};
    CHECK(agrees(model.purchase_count_probability(at.count, at.from, at.until), at.expected, 1e-12));
    if (at.from == 0)
      CHECK(model.purchase_count_probability(at.count, at.until) ==
            model.purchase_count_probability(at.count, 0, at.until));
  }
  double all = 0;
  double mean = 0;
  double later = 0;
  for (int count = 0; count < 3'000; ++count) {
    double const mass = published.purchase_count_probability(count, 39);
    all += mass;
    mean += count * mass;
    later += count * published.purchase_count_probability(count, 39, 78);
  }
  CHECK(all == doctest::Approx(1).epsilon(1e-12));
  CHECK(mean == doctest::Approx(published.expected_purchases(39)).epsilon(1e-12));
  CHECK(later == doctest::Approx(published.expected_purchases(78) - published.expected_purchases(39)).epsilon(1e-12));
  CHECK(published.purchase_count_probability(0, 0) == 1);
  CHECK(published.purchase_count_probability(1, 0) == 0);
  CHECK(published.purchase_count_probability(0, 5, 5) == 1);
}

/// J by the textbook: Fader and Hardie (2005), a note on the derivation of the Pareto/NBD model. The Gauss series.
double textbook_odds(pareto_nbd const& model, purchase_history const& own) {
  double const all = model.r + own.frequency.value + model.s;
  double const more = model.alpha > model.beta ? model.alpha : model.beta;
  double const second = model.alpha > model.beta ? model.s + 1 : model.r + own.frequency.value;
  auto const part = [&](double y) {
    double const z = std::fabs(model.alpha - model.beta) / (more + y);
    double sum = 1;
    double term = 1;
    for (int at = 0; at < 5'000; ++at) {
      term *= (all + at) * (second + at) / ((all + 1 + at) * (at + 1)) * z;
      sum += term;
    }
    return sum / std::pow(more + y, all);
  };
  return std::pow(model.alpha + own.age.value, model.r + own.frequency.value) *
         std::pow(model.beta + own.age.value, model.s) * model.s / all *
         (part(own.recency.value) - part(own.age.value));
}
TEST_CASE("pareto_nbd: the closed form, where it can be computed") {
  purchase_history const histories[] = {{0, 0, 39}, {1, 1.7, 38.9}, {2, 30.4, 38.9}, {10, 20, 39}, {3, 1, 200}};
  for (pareto_nbd const& model :
       {published, pareto_nbd{{2, 3, 1, 9}}, pareto_nbd{{.5, 20, 3, 4}}, pareto_nbd{{1, 5, 1, 5}}})
    for (purchase_history const& own : histories) {
      double const odds = textbook_odds(model, own);
      CAPTURE(model.alpha);
      CAPTURE(own.frequency.value);
      CHECK(model.probability_alive(own) == doctest::Approx(1 / (1 + odds)).epsilon(1e-10));
      double const log_odds = credence::detail::pareto_nbd_law::log_left_odds<double>(
          model.parameters(), {own.frequency.value, own.recency.value, own.age.value, 0});
      CHECK(log_odds == doctest::Approx(std::log(odds)).epsilon(1e-10));
    }
}
TEST_CASE("pareto_nbd: another unit of time changes nothing but the unit") {
  credence::math::random_stream draws(5, 0);
  for (int round = 0; round < 50; ++round) {
    double const age = 1 + 80 * draws.uniform();
    double const frequency = std::floor(20 * draws.uniform());
    double const recency = frequency == 0 ? 0 : age * draws.uniform();
    pareto_nbd const days{{published.r, published.alpha * 7, published.s, published.beta * 7}};
    purchase_history const in_weeks{frequency, recency, age};
    purchase_history const in_days{frequency, recency * 7, age * 7};
    CHECK(agrees(days.probability_alive(in_days), published.probability_alive(in_weeks)));
    CHECK(agrees(days.expected_purchases(in_days, 70), published.expected_purchases(in_weeks, 10)));
    CHECK(agrees(days.probability_of_purchase(in_days, 70), published.probability_of_purchase(in_weeks, 10)));
    CHECK(days.log_likelihood(in_days) ==
          doctest::Approx(published.log_likelihood(in_weeks) - frequency * std::log(7)).epsilon(1e-12));
    CHECK(agrees(published.expected_purchases(in_weeks, 3, 10),
                 published.expected_purchases(in_weeks, 10) - published.expected_purchases(in_weeks, 3)));
  }
}
TEST_CASE("pareto_nbd: how long customers stay") {
  purchase_history const own{.frequency = 2, .recency = 30.43, .age = 38.86};
  auto const endless = published.remaining_lifetime(own, {.horizon = 52, .discount = period_rate{0.0027}});
  CHECK(endless.status == credence::lifetime_status::infinite_mean);
  CHECK(endless.mean == infinite_number());
  // Pareto: half are left after (β+T)(2^(1/s) − 1).
  CHECK(agrees(endless.median, (11.669 + 38.86) * (std::exp2(1 / 0.606) - 1), 1e-9));
  CHECK(agrees(endless.restricted_mean, credence::detail::pareto_time(0.606, 11.669 + 38.86, 52), 1e-10));
  pareto_nbd const leaving{{.r = 0.553, .alpha = 10.578, .s = 3, .beta = 11.669}};
  CHECK(agrees(leaving.remaining_lifetime(own).mean, (11.669 + 38.86) / 2));
  CHECK(leaving.remaining_lifetime(own).status == credence::lifetime_status::finite_mean);
}
TEST_CASE("pareto_nbd: nothing to look at, and nothing ahead") {
  CHECK(published.probability_alive({0, 0, 0}) == 1);
  CHECK(published.log_likelihood({0, 0, 0}) == 0);
  CHECK(published.expected_purchases({0, 0, 0}, 39) ==
        doctest::Approx(published.expected_purchases(39)).epsilon(1e-14));
  CHECK(published.expected_purchases({2, 30, 38}, 0) == 0);
  CHECK(published.probability_of_purchase({2, 30, 38}, 0) == 0);
  CHECK(published.probability_alive({2, 38, 38}) == 1);
  pareto_nbd const even{{.r = 0.553, .alpha = 10.578, .s = 1, .beta = 11.669}};
  CHECK(agrees(even.expected_purchases(39), 0.553 / 10.578 * 11.669 * std::log1p(39 / 11.669)));
}
TEST_CASE("pareto_nbd: many at once, and those that cannot be") {
  std::vector<customer> const customers{
      {2, 30.43, 38.86}, {0, 5, 10}, {1.5, 1, 2}, {3, 4, credence::not_a_number()}, {0, 0, 39}};
  std::array<double, 5> alive{};
  CHECK(published.probability_alive(customers, alive.begin()) == alive.end());
  CHECK(agrees(alive[0], published.probability_alive(customers[0])));
  for (std::size_t at : {1u, 2u, 3u}) CHECK(credence::is_nan(alive[at]));
  CHECK(agrees(alive[4], published.probability_alive(customers[4])));
}
TEST_CASE("pareto_nbd: what is refused") {
  CHECK(error_of([] {
          static_cast<void>(pareto_nbd{{.r = 0, .alpha = 1, .s = 1, .beta = 1}});
        }).find("pareto_nbd_parameters::r") != std::string::npos);
  CHECK(error_of([] {
          static_cast<void>(pareto_nbd{{.r = 1, .alpha = -1, .s = 1, .beta = 1}});
        }).find("pareto_nbd_parameters::alpha") != std::string::npos);
  CHECK(error_of([] {
          static_cast<void>(pareto_nbd{{.r = 1, .alpha = 1, .s = infinite_number(), .beta = 1}});
        }).find("pareto_nbd_parameters::s") != std::string::npos);
  CHECK(error_of([] {
          static_cast<void>(pareto_nbd{{.r = 1, .alpha = 1, .s = 1, .beta = credence::not_a_number()}});
        }).find("pareto_nbd_parameters::beta") != std::string::npos);
  CHECK(error_of([] { static_cast<void>(published.purchase_count_probability(-1, 0, 39)); }).find("`count`") !=
        std::string::npos);
  CHECK(error_of([] { static_cast<void>(published.purchase_count_probability(1, 40, 39)); }).find("`until`") !=
        std::string::npos);
  CHECK(error_of([] {
          static_cast<void>(published.probability_alive({2, 39, 38}));
        }).find("no such purchase history") != std::string::npos);
}

TEST_CASE("pareto_nbd: the fit to CDNOW") {
  std::vector<customer> const customers = cdnow();
  if (customers.empty()) return;
  auto const fit = credence::fit<pareto_nbd>(customers);
  REQUIRE(fit.status == credence::fit_status::converged);
  // shared/reference/clv.md: Newton's method to a last step below 1e-9.
  double const parameters[] = {.55327704685, 10.5776834633, .60623998914, 11.6687352892};
  double const errors[] = {.04762793, .84272253, .18728134, 6.2111135};
  for (std::size_t at = 0; at < 4; ++at) {
    CHECK(fit.parameters[at] == doctest::Approx(parameters[at]).epsilon(1e-8));
    CHECK(fit.standard_errors[at] == doctest::Approx(errors[at]).epsilon(1e-7));
  }
  CHECK(fit.log_likelihood == doctest::Approx(-9594.976178940).epsilon(1e-12));
  // At that maximum, shared/reference/clv.md.
  auto const model = fit.model();
  customer const first = customers.front();
  CHECK(model.probability_alive(first) == doctest::Approx(.8691342636).epsilon(1e-8));
  CHECK(model.expected_purchases(first, 39) == doctest::Approx(1.455201702).epsilon(1e-8));
  CHECK(model.discounted_residual_transactions(first, at_force(std::log(1.1) / 52)) ==
        doctest::Approx(8.156292747).epsilon(1e-8));
  double const masses[] = {.6084188621, .1683818301, .0820930712, .0474387826};
  for (int count = 0; count < 4; ++count) {
    double sum = 0;
    for (customer const& own : customers) sum += model.purchase_count_probability(count, own.age);
    CHECK(sum / 2357 == doctest::Approx(masses[count]).epsilon(1e-3));  // from CLVTools' own optimum
  }
}
TEST_CASE("pareto_nbd: fits find again what customers were drawn from") {
  // Longer lifetimes than CDNOW's tell s and β apart well enough for errors to be those of a normal.
  pareto_nbd const truth{{.r = 1.2, .alpha = 8, .s = 1.5, .beta = 30}};
  double squares = 0;
  double worst = 0;
  for (int seed = 1; seed <= 20; ++seed) {
    auto const fit = credence::fit<pareto_nbd>(
        credence::simulate(truth, {.customers = 3'000, .age = 80, .least_age = 30, .seed = seed}));
    CAPTURE(seed);
    REQUIRE(fit.status == credence::fit_status::converged);
    for (std::size_t at = 0; at < 4; ++at) {
      double const off = (fit.parameters[at] - truth.parameters()[at]) / fit.standard_errors[at];
      squares += off * off;
      worst = (std::max)(worst, std::fabs(off));
    }
  }
  CHECK(worst < 3.5);
  CHECK(squares / 80 > 0.6);
  CHECK(squares / 80 < 1.6);
}
TEST_CASE("pareto_nbd: lifetimes that are all alike lie on a ridge, and are said to") {
  // Lifetimes differ less than those of one rate of leaving for all: s and β have no bound, and only s/β is told.
  credence::math::random_stream draws(8, 0);
  std::vector<customer> customers;
  for (int who = 0; who < 4'000; ++who) {
    double const leaves = 15 + 10 * draws.uniform();
    customer own{0, 0, 39};
    double at = 0;
    while ((at -= std::log(1 - draws.uniform()) * 6) < (leaves < 39 ? leaves : 39)) {
      own.recency = at;
      ++own.frequency;
    }
    customers.push_back(own);
  }
  auto const fit = credence::fit<pareto_nbd>(customers);
  CHECK(fit.status == credence::fit_status::flat_ridge);
  CHECK(fit.reason.find("beta +0.") != std::string::npos);
}
TEST_CASE("pareto_nbd: covariates multiply the rates of purchase and of leaving") {
  credence::math::random_stream draws(21, 0);
  struct member {
    double frequency, recency, age, is_member;
  };
  std::vector<member> members;
  for (int who = 0; who < 400; ++who) {
    double const is_member = who % 2;
    // Exponential rates: r = s = 1.
    double const buys = -std::log(1 - draws.uniform()) / 10 * std::exp(0.7 * is_member);
    double const leaves = -std::log(1 - draws.uniform()) / 30;
    double const last = -std::log(1 - draws.uniform()) / leaves;
    member own{0, 0, 50, is_member};
    double at = 0;
    while ((at -= std::log(1 - draws.uniform()) / buys) < (last < 50 ? last : 50)) {
      own.recency = at;
      ++own.frequency;
    }
    members.push_back(own);
  }
  auto const fit = credence::fit<pareto_nbd>(members, credence::purchase_covariates(&member::is_member));
  REQUIRE(fit);
  CHECK(std::fabs(fit.parameters[4] - 0.7) < 3 * fit.standard_errors[4]);
  CHECK(fit.model().at({1.0}).alpha ==
        doctest::Approx(fit.parameters[1] * std::exp(-fit.parameters[4])).epsilon(1e-12));
}

}  // namespace test_pareto_nbd
