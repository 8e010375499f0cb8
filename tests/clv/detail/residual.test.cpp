// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/clv_reference.hpp"

#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/detail/cnbd_k_law.hpp>
#include <credence/clv/detail/residual.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/core/real.hpp>

namespace test_residual {

namespace {

using credence::detail::purchases;
using credence::detail::residual_of;

constexpr double for_ever = credence::infinite_number();

/// A law that is asked by the general rule, whatever form of its own it has.
template <class Law>
struct by_the_rule {
  Law law;
  double alive(purchases const& own) const { return law.alive(own); }
  double alive_after(purchases const& own, double ahead) const { return law.alive_after(own, ahead); }
  double expected_after(purchases const& own, double ahead) const { return law.expected_after(own, ahead); }
  double expected_for_ever(purchases const& own) const { return law.expected_for_ever(own); }
  double mean_lifetime(purchases const& own) const { return law.mean_lifetime(own); }
};

/// All purchases come at the rate 1 while a customer is there, who leaves at the rate 1: everything has a closed form.
struct exponential_law {
  double alive(purchases const&) const { return 0.25; }
  double alive_after(purchases const&, double ahead) const { return 0.25 * std::exp(-ahead); }
  double expected_after(purchases const&, double ahead) const { return 0.25 * -std::expm1(-ahead); }
  double expected_for_ever(purchases const&) const { return 0.25; }
  double mean_lifetime(purchases const&) const { return 1; }
};
/// Who stays has the chance (1 + t)^−s, for a tail as heavy as one likes.
struct tail_law {
  double s = 1;
  double alive(purchases const&) const { return 1; }
  double alive_after(purchases const&, double ahead) const { return std::exp(-s * std::log1p(ahead)); }
  double expected_after(purchases const&, double ahead) const {
    return s == 1 ? std::log1p(ahead) : std::expm1((1 - s) * std::log1p(ahead)) / (1 - s);
  }
  double expected_for_ever(purchases const&) const { return s > 1 ? 1 / (s - 1) : for_ever; }
  double mean_lifetime(purchases const& own) const { return expected_for_ever(own); }
};

bool same(double left, double right, double within) { return std::fabs(left / right - 1) < within; }

}  // namespace

TEST_CASE("residual: an exponential lifetime, in closed form") {
  exponential_law const law;
  for (double const delta : {1e-8, 1e-4, 0.01, 1.0, 10.0, -0.01}) {
    CAPTURE(delta);
    if (delta > 0) {
      CHECK(same(residual_of(law, {}, delta, for_ever), 0.25 / (1 + delta), 1e-13));
    } else {
      CHECK(residual_of(law, {}, delta, for_ever) == for_ever);
    }
    for (double const horizon : {1e-6, 0.1, 1.0, 52.0}) {
      CAPTURE(horizon);
      CHECK(
          same(residual_of(law, {}, delta, horizon), 0.25 * -std::expm1(-(1 + delta) * horizon) / (1 + delta), 1e-11));
    }
  }
  CHECK(residual_of(law, {}, 0, for_ever) == 0.25);
  CHECK(residual_of(law, {}, 0, 2.0) == law.expected_after({}, 2.0));
  CHECK(residual_of(law, {}, 0.1, 0) == 0);
  CHECK(residual_of(law, {}, 0, 0) == 0);
  auto const life = credence::detail::lifetime_of(law, {}, 0.05, 3.0);
  CHECK(life.mean == 1);
  CHECK(life.status == credence::lifetime_status::finite_mean);
  CHECK(same(life.median, std::log(2.0), 1e-12));
  CHECK(same(life.restricted_mean, -std::expm1(-3.0), 1e-13));
  CHECK(same(life.discounted_mean, 1 / 1.05, 1e-13));
  CHECK(credence::detail::lifetime_of(law, {}, -0.05, 3.0).discounted_mean == for_ever);
  CHECK(credence::is_nan(credence::detail::lifetime_of(law, {}, 0, credence::not_a_number()).restricted_mean));
}

TEST_CASE("residual: heavy tails, against mpmath") {
  // mpmath at 50 digits: ∫ e^(−δu) (1+u)^(−s) du, printed by tests/reference/residual.py.
  struct {
    double s, delta, horizon, value;
  } const cases[] = {
      {0.001, 1e-8, 1, 0.999613794783185065},   {0.001, 1e-8, 52, 51.8418200621856959},
      {0.001, 1e-8, 1e9, 98227113.0315219123},  {0.001, 1e-8, for_ever, 98231559.5020395769},
      {0.001, 0.001, 1, 0.999114216245450641},  {0.001, 0.001, 52, 50.5175900083680723},
      {0.001, 0.001, 1e9, 993.682959076349904}, {0.001, 0.001, for_ever, 993.682959076349904},
      {0.001, 1, 1, 0.631912178103714385},      {0.001, 1, 52, 0.999403918506311599},
      {0.001, 1, 1e9, 0.999403918506311599},    {0.001, 1, for_ever, 0.999403918506311599},
      {0.001, 10, 1, 0.099986307812877736},     {0.001, 10, 52, 0.0999908444435791754},
      {0.001, 10, 1e9, 0.0999908444435791754},  {0.001, 10, for_ever, 0.0999908444435791754},
      {0.5, 1e-8, 1, 0.828427120840947193},     {0.5, 1e-8, 52, 12.5602173385247907},
      {0.5, 1e-8, 1e9, 17722.4014236249215},    {0.5, 1e-8, for_ever, 17722.5386862872129},
      {0.5, 0.001, 1, 0.828036727056278123},    {0.5, 0.001, 52, 12.3200084279002501},
      {0.5, 0.001, 1e9, 54.1046562436242547},   {0.5, 0.001, for_ever, 54.1046562436242547},
      {0.5, 1, 1, 0.538650560872187427},        {0.5, 1, 52, 0.757872156141312106},
      {0.5, 1, 1e9, 0.757872156141312106},      {0.5, 1, for_ever, 0.757872156141312106},
      {0.5, 10, 1, 0.0956055259146226031},      {0.5, 10, 52, 0.0956086612930276727},
      {0.5, 10, 1e9, 0.0956086612930276727},    {0.5, 10, for_ever, 0.0956086612930276727},
      {1, 1e-8, 1, 0.693147177491417125},       {1, 1e-8, 52, 3.97029143325510617},
      {1, 1e-8, 1e9, 17.8434611105165585},      {1, 1e-8, for_ever, 17.8434652674854844},
      {1, 0.001, 1, 0.692840424290735751},      {1, 0.001, 52, 3.92290667003419152},
      {1, 0.001, 1e9, 6.33787407032548798},     {1, 0.001, for_ever, 6.33787407032548798},
      {1, 1, 1, 0.463421992663104573},          {1, 1, 52, 0.596347362323194074},
      {1, 1, 1e9, 0.596347362323194074},        {1, 1, for_ever, 0.596347362323194074},
      {1, 10, 1, 0.0915611675211741973},        {1, 10, 52, 0.0915633339397880819},
      {1, 10, 1e9, 0.0915633339397880819},      {1, 10, for_ever, 0.0915633339397880819},
      {1.7, 1e-8, 1, 0.549182559683500216},     {1.7, 1e-8, 52, 1.33987438188528133},
      {1.7, 1e-8, 1e9, 1.42856074121476145},    {1.7, 1e-8, for_ever, 1.42856074121672764},
      {1.7, 0.001, 1, 0.548961329593572949},    {1.7, 0.001, 52, 1.33363791975348437},
      {1.7, 0.001, 1e9, 1.39935606665439165},   {1.7, 0.001, for_ever, 1.39935606665439165},
      {1.7, 1, 1, 0.381322378068659739},        {1.7, 1, 52, 0.448954774631007581},
      {1.7, 1, 1e9, 0.448954774631007581},      {1.7, 1, for_ever, 0.448954774631007581},
      {1.7, 10, 1, 0.086409925697045384},       {1.7, 10, 52, 0.0864112178844264015},
      {1.7, 10, 1e9, 0.0864112178844264015},    {1.7, 10, for_ever, 0.0864112178844264015},
      {30, 1e-8, 1, 0.0344827585441452419},     {30, 1e-8, 52, 0.0344827586083743842},
      {30, 1e-8, 1e9, 0.0344827586083743842},   {30, 1e-8, for_ever, 0.0344827586083743842},
      {30, 0.001, 1, 0.0344815270750460563},    {30, 0.001, 52, 0.0344815271392064194},
      {30, 0.001, 1e9, 0.0344815271392064194},  {30, 0.001, for_ever, 0.0344815271392064194},
      {30, 1, 1, 0.0332951566777534043},        {30, 1, 52, 0.0332951566998103422},
      {30, 1, 1e9, 0.0332951566998103422},      {30, 1, for_ever, 0.0332951566998103422},
      {30, 10, 1, 0.0254715127908910192},       {30, 10, 52, 0.0254715127908927307},
      {30, 10, 1e9, 0.0254715127908927307},     {30, 10, for_ever, 0.0254715127908927307},
  };
  for (auto const& own : cases) {
    CAPTURE(own.s);
    CAPTURE(own.delta);
    CAPTURE(own.horizon);
    tail_law const law{own.s};
    CHECK(same(residual_of(law, {}, own.delta, own.horizon), own.value, 1e-11));
    if (own.horizon == for_ever)
      CHECK(same(credence::detail::lifetime_of(law, {}, own.delta, for_ever).discounted_mean, own.value, 1e-11));
  }
}

TEST_CASE("residual: money of later that counts for more than any number is infinite, not NaN") {
  purchases const own{2, 30, 38, 0};
  double const growing = std::log(0.5);
  for (double const horizon : {1'100.0, 1e4, 1e9}) {
    CHECK(residual_of(credence::bg_nbd({.r = .243, .alpha = 4.414, .a = .793, .b = 2.426}).law(), own, growing,
                      horizon) == credence::infinite_number());
    CHECK(residual_of(credence::mbg_nbd({.r = .5, .alpha = 6.2, .a = .89, .b = 1.6}).law(), own, growing, horizon) ==
          credence::infinite_number());
  }
}

TEST_CASE("residual: medians beyond everything, and as near as can be") {
  auto const median = [](tail_law const& law) { return credence::detail::lifetime_of(law, {}, 0, 1.0).median; };
  CHECK(same(median({1}), 1.0, 1e-12));
  CHECK(same(median({0.01}), std::expm1(100 * std::log(2.0)), 1e-10));
  CHECK(median({1e-4}) == for_ever);
  CHECK(same(median({1e6}), std::expm1(1e-6 * std::log(2.0)), 1e-12));
  CHECK(credence::detail::lifetime_of(tail_law{0.5}, {}, 0, 1.0).status == credence::lifetime_status::infinite_mean);
}

TEST_CASE("residual: the rows of the reference, by the general rule") {
  // One of each, where the reference is not at hand: shared/reference/clv_extra.csv, clv.md 3.1.
  credence::bg_nbd const bg{{.r = 0.243, .alpha = 4.414, .a = 0.793, .b = 2.426}};
  CHECK(same(residual_of(bg.law(), {2, 30.43, 38.86, 0}, 0.0027, 52), 1.4614967756035364165, 1e-12));
  credence::pareto_nbd const pareto{{.r = 0.5629966, .alpha = 12.559037, .s = 0.4081095, .beta = 10.5148048}};
  double const delta = 0.0027;
  by_the_rule<decltype(pareto.law())> const ruled{pareto.law()};
  CHECK(same(residual_of(ruled, {7, 35, 77.86, 0}, delta, for_ever), 1.8641833280713295707, 1e-11));
  for (auto const& row : clv_reference("BG/NBD "))
    if (row.quantity.starts_with("DERT(52"))
      CHECK(same(residual_of(bg.law(), {row.args[0], row.args[1], row.args[2], 0}, 0.0027, 52), row.value, 1e-11));
  credence::mbg_nbd const mbg{{.r = 0.525, .alpha = 6.183, .a = 0.891, .b = 1.614}};
  for (auto const& row : clv_reference("MBG/NBD "))
    if (row.quantity.starts_with("DERT(52"))
      CHECK(same(residual_of(mbg.law(), {row.args[0], row.args[1], row.args[2], 0}, 0.0027, 52), row.value, 1e-11));
}

TEST_CASE("residual: the general rule agrees with a law's own form") {
  credence::pareto_nbd const pareto{{.r = 0.553, .alpha = 10.578, .s = 0.606, .beta = 11.669}};
  by_the_rule<decltype(pareto.law())> const ruled{pareto.law()};
  purchases const own{2, 30.43, 38.86, 0};
  for (double const delta : {1e-8, 1e-3, 1.0, 10.0})
    for (double const horizon : {1.0, 52.0, 1e6, for_ever}) {
      CAPTURE(delta);
      CAPTURE(horizon);
      CHECK(same(residual_of(ruled, own, delta, horizon), residual_of(pareto.law(), own, delta, horizon), 1e-10));
    }
}

TEST_CASE("residual: purchases in step, against a rule of many more points") {
  for (int const k : {3, 12})
    for (double const delta : {1e-3, 1.0}) {
      credence::detail::cnbd_k_law<true> const law{k, 0.5, 6, 0.79, 2.4};
      purchases const own{40, 15.6, 16, 0};
      double sum = 0;
      for (double place = -20; place < 4.2; place += 0x1p-5)
        sum += 0x1p-5 * std::exp(place - std::exp(place)) * law.expected_after(own, std::exp(place) / delta);
      CAPTURE(k);
      CAPTURE(delta);
      CHECK(same(residual_of(law, own, delta, for_ever), sum, 1e-10));
    }
}

}  // namespace test_residual
