// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/detail/concave_integral.hpp>
#include <credence/clv/detail/pareto_nbd_moments.hpp>
#include <credence/math/random.hpp>
#include <cstddef>

namespace test_pareto_nbd_moments {

using namespace credence::detail;

/// ln ∫ e^(p w + c D), D as ln((M+T)/(M+y)).
double log_integral_of(pareto_integrand const& own) {
  double const all = own.less + own.age;
  return log_concave_integral(
      [&](double w) {
        return own.by.by_w * w +
               own.by.by_more * std::log1p(all * -std::expm1(-w) / (own.more - own.less + all * std::exp(-w)));
      },
      0, own.reach);
}
double top_of(pareto_integrand const& own) {
  return own.by.by_w * own.reach + own.by.by_more * std::log1p((own.age - own.seen) / (own.more + own.seen));
}
double quick(pareto_integrand const& own, std::size_t points) {
  double const top = top_of(own);
  double const found = points == 8    ? pareto_integral_of<8>(own, top)
                       : points == 12 ? pareto_integral_of<12>(own, top)
                       : points == 16 ? pareto_integral_of<16>(own, top)
                                      : pareto_integral_of<24>(own, top);
  return top + std::log(found);
}
/// Customers of all sorts, drawn evenly in logarithms.
pareto_integrand drawn(credence::math::random_stream& draws) {
  auto const between = [&](double low, double high) { return low * std::pow(high / low, draws.uniform()); };
  double const r = between(0.01, 50);
  double const s = between(0.01, 50);
  double const alpha = between(0.1, 500);
  double const beta = draws.uniform() < 0.3 ? alpha * between(0.8, 1.2) : between(0.1, 500);
  pareto_integrand own;
  double const frequency = draws.uniform() < 0.4 ? 0 : std::floor(between(1, 500));
  own.age = between(1, 200);
  own.seen = frequency == 0 ? 0 : own.age * draws.uniform();
  own.by = pareto_exponent_of(beta <= alpha, r + frequency, s);
  own.less = beta <= alpha ? beta : alpha;
  own.more = beta <= alpha ? alpha : beta;
  own.reach = std::log1p((own.age - own.seen) / (own.less + own.seen));
  return own;
}

TEST_CASE("pareto_nbd_moments: as few points as are taken are enough") {
  credence::math::random_stream draws(1);
  std::size_t taken[4] = {};
  double worst = 0;
  for (int round = 0; round < 40'000; ++round) {
    pareto_integrand own = drawn(draws);
    std::size_t const points = pareto_points_for(own);
    ++taken[points == 0 ? 0 : points == 8 ? 1 : points == 24 ? 3 : 2];
    if (points == 0) continue;
    double const error = std::fabs(quick(own, points) - log_integral_of(own));
    if (error > worst) worst = error;
  }
  for (std::size_t const many : taken) CHECK(many > 500);
  CHECK(worst < 1e-12);
}
TEST_CASE("pareto_nbd_moments: moments are those of the same integrand") {
  credence::math::random_stream draws(2);
  pareto_stretch stretch;
  pareto_integrand owns[pareto_lanes];
  for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
    pareto_integrand own;
    while (pareto_points_for(own = drawn(draws)) == 0) {
    }
    owns[lane] = own;
    stretch.by_w[lane] = own.by.by_w;
    stretch.by_more[lane] = own.by.by_more;
    stretch.less[lane] = own.less;
    stretch.more[lane] = own.more;
    stretch.age[lane] = own.age;
    stretch.half[lane] = (own.reach - own.from) / 2;
    stretch.middle[lane] = own.reach - stretch.half[lane];
    stretch.at_middle[lane] = std::exp(-stretch.middle[lane]);
    stretch.top[lane] = top_of(own);
  }
  pareto_moments moments;
  pareto_moments_of<24>(stretch, moments);
  for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
    pareto_integrand const& own = owns[lane];
    // By 200 pieces of 8 points each.
    double sums[pareto_moments::count] = {};
    double const all = own.less + own.age;
    constexpr int steps = 200;
    for (int step = 0; step < steps; ++step)
      for (int at = 0; at < 8; ++at) {
        auto const& rule = credence::math::gauss_legendre_points<8>;
        double const w = own.from + (own.reach - own.from) * (step + rule.nodes[at]) / steps;
        double const y = all * std::exp(-w) - own.less;
        double const d = std::log((own.more + own.age) / (own.more + y));
        double const mass = rule.weights[at] * 2 / steps * std::exp(own.by.by_w * w + own.by.by_more * d - top_of(own));
        double const u = own.less / (own.less + y) - own.less / (own.less + own.age);
        double const v = own.more / (own.more + y) - own.more / (own.more + own.age);
        double const of[] = {1, w, u, d, v};
        for (int first = 0, place = 5; first < 5; ++first) {
          sums[first] += mass * of[first];
          for (int second = first; first > 0 && second < 5; ++second, ++place)
            sums[place] += mass * of[first] * of[second];
        }
      }
    for (int moment = 0; moment < pareto_moments::count; ++moment) {
      CAPTURE(moment);
      CHECK(std::fabs(moments.of[moment][lane] - sums[moment]) <= 1e-10 * std::fabs(sums[moment]) + 1e-13 * sums[0]);
    }
  }
}

TEST_CASE("pareto_nbd_moments: short stretches keep the digits of what is small beside m and M") {
  // u and v are about w times m/(m+T) and M/(M+T) there, times an age of a billionth.
  pareto_stretch stretch;
  for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
    stretch.by_w[lane] = 1e9;
    stretch.by_more[lane] = 1e9;
    stretch.less[lane] = 1e9;
    stretch.more[lane] = 2e9;
    stretch.age[lane] = 1;
    stretch.middle[lane] = stretch.half[lane] = 0.5e-9;
    stretch.at_middle[lane] = std::exp(-0.5e-9);
    stretch.top[lane] = 0;
  }
  pareto_moments moments;
  pareto_moments_of<16, true>(stretch, moments);
  // The mean of w where the density is e^(1.5e9 w) on [0, 1e-9].
  double const mean = 1e-9 * (std::exp(1.5) / std::expm1(1.5) - 1 / 1.5);
  auto const mean_of = [&](int moment) { return moments.of[moment][0] / moments.of[pareto_moments::one][0]; };
  CHECK(mean_of(pareto_moments::w) == doctest::Approx(mean).epsilon(1e-12));
  CHECK(mean_of(pareto_moments::u) == doctest::Approx(mean).epsilon(1e-8));
  CHECK(mean_of(pareto_moments::d) == doctest::Approx(mean / 2).epsilon(1e-8));
  CHECK(mean_of(pareto_moments::uu) == doctest::Approx(mean_of(pareto_moments::ww)).epsilon(1e-8));
  // And is the same where both are good.
  for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
    stretch.by_w[lane] = stretch.by_more[lane] = stretch.less[lane] = 10;
    stretch.more[lane] = 20;
    stretch.middle[lane] = stretch.half[lane] = 0.049;
    stretch.at_middle[lane] = std::exp(-0.049);
  }
  pareto_moments others;
  pareto_moments_of<16, true>(stretch, moments);
  pareto_moments_of<16>(stretch, others);
  for (int moment = 0; moment < pareto_moments::count; ++moment)
    CHECK(moments.of[moment][1] == doctest::Approx(others.of[moment][1]).epsilon(1e-13));
}

}  // namespace test_pareto_nbd_moments
