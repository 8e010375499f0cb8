// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/beta_geometric_run.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <initializer_list>

namespace test_beta_geometric_run {

using credence::detail::beta_geometric_run;

constexpr std::size_t width = beta_geometric_run::width;
constexpr double alpha = 4.4;
constexpr double big_r = 2.3;
constexpr double log_odds = -0.7;

struct strip {
  double recency[width];
  double age[width];
  double weight[width];
};

// Silences from none to nearly all of the age, and u on both sides of 0.
strip drawn(double oldest) {
  strip made{};
  for (std::size_t at = 0; at < width; ++at) {
    double const part = static_cast<double>(at) / (width - 1);
    made.age[at] = oldest * (0.1 + 0.9 * part);
    made.recency[at] = made.age[at] * (static_cast<double>((at * 7) % width) / (width - 1));
    made.weight[at] = static_cast<double>(at % 3);
  }
  return made;
}

void check_against_formulas(beta_geometric_run const& run, strip const& own, bool weighted, double times) {
  double log_growth = 0, share = 0, share_squares = 0, softplus = 0, left = 0, left_gap = 0, left_slope = 0,
         left_bend = 0, both = 0, both_gap = 0, both_gaps = 0, both_slope = 0, both_slopes = 0, both_mixed = 0;
  for (std::size_t at = 0; at < width; ++at) {
    double const weight = times * (weighted ? own.weight[at] : 1);
    double const a = alpha + own.age[at];
    double const b = alpha + own.recency[at];
    double const tau = own.age[at] / a;
    double const rho = std::log(a / b);
    double const u = log_odds + big_r * rho;
    double const kappa = alpha * (a - b) / (a * b);
    double const s = 1 / (1 + std::exp(-u));
    double const q = s * (1 - s);
    log_growth += weight * std::log(a / alpha);
    share += weight * tau;
    share_squares += weight * tau * tau;
    softplus += weight * std::log(1 + std::exp(u));
    left += weight * s;
    left_gap += weight * s * rho;
    left_slope += weight * s * kappa;
    left_bend += weight * s * kappa * (1 - alpha / a - alpha / b);
    both += weight * q;
    both_gap += weight * q * rho;
    both_gaps += weight * q * rho * rho;
    both_slope += weight * q * kappa;
    both_slopes += weight * q * kappa * kappa;
    both_mixed += weight * q * rho * kappa;
  }
  auto const near_to = [](double expected) { return doctest::Approx(expected).epsilon(1e-12); };
  CHECK(run.log_growth() == near_to(log_growth));
  CHECK(run.share() == near_to(share));
  CHECK(run.share_squares() == near_to(share_squares));
  CHECK(run.softplus() == near_to(softplus));
  CHECK(run.left() == near_to(left));
  CHECK(run.left_gap() == near_to(left_gap));
  CHECK(run.left_slope() == near_to(left_slope));
  CHECK(run.left_bend() == near_to(left_bend));
  CHECK(run.both() == near_to(both));
  CHECK(run.both_gap() == near_to(both_gap));
  CHECK(run.both_gaps() == near_to(both_gaps));
  CHECK(run.both_slope() == near_to(both_slope));
  CHECK(run.both_slopes() == near_to(both_slopes));
  CHECK(run.both_mixed() == near_to(both_mixed));
}

TEST_CASE("beta_geometric_run: the sums are what they are said to be") {
  for (double const oldest : {1e-3, 40.0, 1e6}) {
    strip const own = drawn(oldest);
    beta_geometric_run plain(alpha, big_r, log_odds);
    plain.add<false, true>(own.recency, own.age, nullptr);
    check_against_formulas(plain, own, false, 1);
    beta_geometric_run weighted(alpha, big_r, log_odds);
    weighted.add<true, true>(own.recency, own.age, own.weight);
    check_against_formulas(weighted, own, true, 1);
  }
}

TEST_CASE("beta_geometric_run: as many as a run may hold do not overflow") {
  strip const own = drawn(1e9);
  beta_geometric_run run(alpha, big_r, log_odds);
  std::size_t const strips = beta_geometric_run::most / width;
  for (std::size_t number = 0; number < strips; ++number) run.add<false, true>(own.recency, own.age, nullptr);
  check_against_formulas(run, own, false, static_cast<double>(strips));
}

TEST_CASE("beta_geometric_run: where all are alive there is nothing but growth") {
  strip const own = drawn(40);
  beta_geometric_run run(alpha, big_r, 0);
  run.add<false, false>(own.recency, own.age, nullptr);
  double log_growth = 0;
  for (double const age : own.age) log_growth += std::log(1 + age / alpha);
  CHECK(run.log_growth() == doctest::Approx(log_growth).epsilon(1e-13));
  CHECK(run.softplus() == 0);
  CHECK(run.left() == 0);
  CHECK(run.both_mixed() == 0);
}

}  // namespace test_beta_geometric_run
