// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/real.hpp>
#include <credence/math/maximise.hpp>
#include <cstddef>
#include <fstream>
#include <string>
#include <vector>

#include "support/shared_data.hpp"

namespace test_maximise {

namespace math = credence::math;
using credence::fit_status;
using pair_number = math::second_order<2>;
using likelihood = math::likelihood_sums;

doctest::Approx to(double expected, double error = 1e-9) { return doctest::Approx(expected).scale(0).epsilon(error); }

// Of two logarithms, from one term that is written with them.
template <class Term>
auto of_two(Term const& term) {
  return [term](std::vector<double> const& point) {
    likelihood sums(2);
    sums.add(term(math::variable<2>(point[0], 0), math::variable<2>(point[1], 1)));
    return sums;
  };
}

// The shifted beta-geometric model of Fader and Hardie (2007): customers alive after each renewal.
auto renewals(std::vector<double> const& alive) {
  return of_two([alive](pair_number const& log_alpha, pair_number const& log_beta) {
    pair_number const alpha = exp(log_alpha);
    pair_number const beta = exp(log_beta);
    pair_number const whole = math::log_beta(alpha, beta);
    pair_number sum = 0;
    for (std::size_t at = 1; at < alive.size(); ++at)
      sum += (alive[at - 1] - alive[at]) * (math::log_beta(alpha + 1.0, beta + static_cast<double>(at - 1)) - whole);
    return sum + alive.back() * (math::log_beta(alpha, beta + static_cast<double>(alive.size() - 1)) - whole);
  });
}

// The negative binomial model of counts over one unit of time.
auto counts(std::vector<double> const& seen) {
  return of_two([seen](pair_number const& log_r, pair_number const& log_alpha) {
    pair_number const r = exp(log_r);
    pair_number const alpha = exp(log_alpha);
    pair_number sum = 0;
    for (double const count : seen)
      sum += (count > 0 ? -math::log_beta(r, pair_number(count)) : pair_number(0)) - r * log1p(1.0 / alpha) -
             count * log(alpha + 1.0);
    return sum;
  });
}

// Maxima of clv.md 3.3 (Fader and Hardie 2007), to more digits by mpmath 1.3 with 30 of them.
TEST_CASE("maximise: two known maxima, from near and from far, in few passes") {
  auto const regular = renewals({1000, 631, 468, 382, 326, 289, 262, 241});
  auto const high_end = renewals({1000, 869, 743, 653, 593, 551, 517, 491});
  std::uint64_t worst = 0;
  for (double const first : {-6.0, 0.0, 3.0, 10.0}) {
    for (double const second : {-6.0, 0.0, 3.0, 10.0}) {
      CAPTURE(first);
      CAPTURE(second);
      math::maximum_result const found = math::maximise(regular, {first, second});
      CHECK(found.status == fit_status::converged);
      CHECK(std::exp(found.point[0]) == to(.70407729847352));
      CHECK(std::exp(found.point[1]) == to(1.18204302620948));
      CHECK(found.log_likelihood == to(-1680.26518846328700, 1e-13));
      math::maximum_result const other = math::maximise(high_end, {first, second});
      CHECK(std::exp(other.point[0]) == to(.66808835110645));
      CHECK(std::exp(other.point[1]) == to(3.80609496405827));
      if (found.evaluations > worst) worst = found.evaluations;
    }
  }
  CHECK(worst <= 20);
  math::maximum_result const decent = math::maximise(regular, {-0.5, 0.5});
  CHECK(decent.evaluations <= 6);
  CHECK(decent.iterations + 1 == decent.evaluations);
  CHECK(decent.gradient_norm < 1e-6);

  // The last step was taken unseen: it brings the gradient down to nothing all the same.
  likelihood const there = regular(decent.point);
  CHECK(math::detail::largest_of(there.gradient) < 1e-8);
  CHECK(there.value() == to(decent.log_likelihood, 1e-14));
  // The covariance times the negative Hessian is one.
  double across = 0;
  double along = 0;
  for (std::size_t at = 0; at < 2; ++at) {
    along -= decent.covariance[at] * there.second(at, 0);
    across -= decent.covariance[at] * there.second(at, 1);
  }
  CHECK(along == to(1.0, 1e-5));
  CHECK(std::fabs(across) < 1e-5);
}

TEST_CASE("maximise: an objective that is good to seven digits only") {
  auto const exact = renewals({1000, 631, 468, 382, 326, 289, 262, 241});
  auto const rough = [&](std::vector<double> const& point) {
    likelihood sums = exact(point);
    // Noise that depends on the point's last digits, as of a quadrature.
    sums.gradient[0] += 1e-5 * std::sin(1e12 * point[0]);
    sums.gradient[1] += 1e-5 * std::sin(1e12 * point[1]);
    return sums;
  };
  math::maximum_result const found = math::maximise(rough, {-0.5, 0.5});
  CHECK(found.status == fit_status::converged);
  CHECK(std::exp(found.point[0]) == to(.70407729847352, 1e-6));
  // A last step so short may not shrink any more.
  math::maximum_result const exacting = math::maximise(rough, {-0.5, 0.5}, {.step_tolerance = 1e-6});
  CHECK(exacting.status == fit_status::converged);
  CHECK(exacting.evaluations <= found.evaluations + 2);
}

TEST_CASE("maximise: a ridge has a direction") {
  // Counts less spread than Poisson's: the best of all are r and alpha without end, at their ratio.
  std::vector<double> const even(50, 2.0);
  for (double const start : {-3.0, 0.0, 4.0}) {
    math::maximum_result const found = math::maximise(counts(even), {start, 1.0});
    CHECK(found.status == fit_status::flat_ridge);
    REQUIRE(found.direction.size() == 2);
    CHECK(found.direction[0] == doctest::Approx(0.7071).epsilon(1e-3));
    CHECK(found.direction[1] == doctest::Approx(0.7071).epsilon(1e-3));
    CHECK(found.covariance.empty());
    CHECK(found.evaluations < 40);
  }
  // Level from the start: only the sum of the two is in it.
  auto const sum_only =
      of_two([](pair_number const& x, pair_number const& y) { return -(x + y - 3.0) * (x + y - 3.0); });
  math::maximum_result const level = math::maximise(sum_only, {5.0, 1.0});
  CHECK(level.status == fit_status::flat_ridge);
  CHECK(level.direction[0] == doctest::Approx(-level.direction[1]));
  CHECK(level.evaluations < 8);
  // Begun on the ridge, where no step gains anything, however short steps have to be.
  math::maximum_result const on_it = math::maximise(sum_only, {2.0, 1.0}, {.first_radius = 0.01});
  CHECK(on_it.status == fit_status::flat_ridge);
  CHECK(on_it.evaluations == 1);
  // Nor is it moved along the ridge, by rounding.
  auto const slanted = of_two([](pair_number const& x, pair_number const& y) {
    return -(0.3 * x + 0.7 * y - 3.0) * (0.3 * x + 0.7 * y - 3.0);
  });
  math::maximum_result const still = math::maximise(slanted, {1.7, 1.1});
  CHECK(still.status == fit_status::flat_ridge);
  CHECK(0.7 * still.point[0] - 0.3 * still.point[1] == to(0.7 * 1.7 - 0.3 * 1.1, 1e-6));
  // All but level: the maximum is there, but rounding decides where.
  auto const all_but = of_two([](pair_number const& x, pair_number const& y) {
    return -(x - y) * (x - y) - 1e-10 * (x + y - 3.0) * (x + y - 3.0);
  });
  math::maximum_result const nearly = math::maximise(all_but, {1.0, 2.0});
  CHECK(nearly.status == fit_status::flat_ridge);
  CHECK(nearly.direction[0] == doctest::Approx(nearly.direction[1]));
  // A parameter that is in nothing is a boundary of none, and named.
  auto const first_only = of_two([](pair_number const& x, pair_number const& y) { return -x * x + 0.0 * y; });
  math::maximum_result const unused = math::maximise(first_only, {1.0, 1.0});
  CHECK(unused.status == fit_status::boundary);
  CHECK(unused.index == 1);
}

TEST_CASE("maximise: what grows until rounding hides it ran off, and is no lack of iterations") {
  auto const endless = of_two([](pair_number const& x, pair_number const& y) {
    pair_number sum = 5.0 * x + 5.0 * y - 1e-3 * (x - y) * (x - y);
    if (x.value > 30) sum += 1e4 * std::sin(1e9 * x.value);  // of the value, not of its slope
    return sum;
  });
  math::maximum_result const found = math::maximise(endless, {0.0, 0.0});
  CHECK(found.status == fit_status::flat_ridge);
  CHECK(found.direction[0] == doctest::Approx(found.direction[1]).epsilon(0.1));
  CHECK(found.iterations < 200);
}

TEST_CASE("maximise: a plain that is no ridge") {
  // So far out r and alpha are level; nearer in there is a maximum.
  std::vector<double> const spread = {0, 0, 0, 0, 0, 1, 0, 2, 9, 0, 0, 14, 1};
  math::maximum_result const near_by = math::maximise(counts(spread), {0.0, 0.0});
  REQUIRE(near_by);
  for (double const start : {9.0, 20.0, 30.0}) {
    math::maximum_result const found = math::maximise(counts(spread), {start, 2.0});
    CHECK(found.status == fit_status::converged);
    CHECK(found.point[0] == to(near_by.point[0]));
    CHECK(found.evaluations == found.iterations + (start > 15 ? 2 : 1));
  }
}

TEST_CASE("maximise: a parameter that runs off is named, with its side") {
  // No event in 100 units of time: the rate is 0.
  auto const none = of_two([](pair_number const& log_rate, pair_number const& other) {
    return -100.0 * exp(log_rate) - (other - 1.0) * (other - 1.0);
  });
  // Nothing but events: the probability is 1, its odds have no end.
  auto const all = of_two([](pair_number const& other, pair_number const& log_odds) {
    return -30.0 * softplus(-log_odds) - other * other;
  });
  for (double const start : {-2.0, 0.0, 2.0}) {
    math::maximum_result const low = math::maximise(none, {start, 0.5});
    CHECK(low.status == fit_status::boundary);
    CHECK(low.index == 0);
    CHECK(low.side == -1);
    CHECK(low.evaluations < 30);
    math::maximum_result const high = math::maximise(all, {0.5, start});
    CHECK(high.status == fit_status::boundary);
    CHECK(high.index == 1);
    CHECK(high.side == 1);
  }
  // And one that gains without end.
  auto const endless = of_two([](pair_number const& x, pair_number const& y) { return x * 3.0 - y * y; });
  math::maximum_result const off = math::maximise(endless, {0.0, 0.5});
  CHECK(off.status == fit_status::boundary);
  CHECK(off.index == 0);
  CHECK(off.side == 1);
}

TEST_CASE("maximise: nothing to learn, no number, a wall, a saddle, a limit") {
  auto const nothing = of_two([](pair_number const&, pair_number const&) { return pair_number(0); });
  CHECK(math::maximise(nothing, {1.0, 1.0}).status == fit_status::degenerate_data);
  auto const broken = of_two([](pair_number const& x, pair_number const&) { return x * credence::not_a_number(); });
  CHECK(math::maximise(broken, {1.0, 1.0}).status == fit_status::degenerate_data);
  // No number beyond 1: the steps that lead there are refused.
  auto const walled = of_two([](pair_number const& x, pair_number const& y) { return log(1.0 - x) + 4.0 * x - y * y; });
  math::maximum_result const inside = math::maximise(walled, {-4.0, 2.0});
  CHECK(inside.status == fit_status::converged);
  CHECK(inside.point[0] == to(0.75));
  // Started where the gradient is 0, between two maxima.
  auto const saddle = of_two([](pair_number const& x, pair_number const& y) {
    return -(x * x - 1.0) * (x * x - 1.0) - (y - 2.0) * (y - 2.0);
  });
  math::maximum_result const beside = math::maximise(saddle, {0.0, 2.0});
  CHECK(beside.status == fit_status::converged);
  CHECK(std::fabs(beside.point[0]) == to(1.0));
  math::maximum_result const stopped = math::maximise(saddle, {5.0, 9.0}, {.max_iterations = 1});
  CHECK(stopped.status == fit_status::iteration_limit);
  CHECK(stopped.evaluations == 2);
  // Of no parameters, the one point there is.
  auto const constant = [](std::vector<double> const&) { return likelihood(0); };
  CHECK(math::maximise(constant, {}).status == fit_status::converged);
}

TEST_CASE("maximise: a penalty pulls to 0") {
  auto const objective = counts({0, 1, 0, 3, 7, 0, 2});
  auto const penalised = [&](std::vector<double> const& at) {
    likelihood sums = objective(at);
    sums.penalise(at, 1e3);
    return sums;
  };
  math::maximum_result const pulled = math::maximise(penalised, {1.0, 1.0});
  CHECK(pulled.status == fit_status::converged);
  CHECK(math::detail::largest_of(pulled.point) < 0.01);
  CHECK(math::detail::largest_of(penalised(pulled.point).gradient) < 1e-8);
}

TEST_CASE("maximise: from a sample, and from the start where that has no maximum") {
  auto const whole = renewals({1000, 631, 468, 382, 326, 289, 262, 241});
  auto const sample = renewals({100, 63, 47, 38, 32, 29, 26, 24});
  math::maximum_result const direct = math::maximise(whole, {3.0, 3.0});
  math::maximum_result const found = math::maximise_from_sample(sample, whole, {3.0, 3.0});
  CHECK(found.evaluations < direct.evaluations);
  CHECK(found.evaluations <= 4);
  CHECK(found.point[0] == to(direct.point[0], 1e-9));
  auto const nobody_left = renewals({5, 5, 5});
  CHECK(!math::maximise(nobody_left, {3.0, 3.0}));
  CHECK(math::maximise_from_sample(nobody_left, whole, {3.0, 3.0}).evaluations == direct.evaluations);
}

// Maximum and standard errors: clv.md 3.1.
TEST_CASE("maximise: BG/NBD of CDNOW") {
  auto const file = shared_data("clv/cdnow_btyd_cbs.csv");
  if (!file) return;
  std::ifstream rows(*file);
  std::string line;
  std::getline(rows, line);
  std::vector<double> cells;
  while (std::getline(rows, line)) {
    char const* at = line.c_str();
    for (int column = 0; column < 4; ++column) {
      char* end = nullptr;
      cells.push_back(std::strtod(at, &end));
      at = end + 1;
    }
  }
  using number = math::second_order<4>;
  auto const objective = [&](std::vector<double> const& point) {
    likelihood sums(4);
    number const r = exp(math::variable<4>(point[0], 0));
    number const alpha = exp(math::variable<4>(point[1], 1));
    number const a = exp(math::variable<4>(point[2], 2));
    number const b = exp(math::variable<4>(point[3], 3));
    for (std::size_t row = 0; row < cells.size(); row += 4) {
      double const x = cells[row + 1];
      double const recency = cells[row + 2];
      double const age = cells[row + 3];
      number term = log_gamma(r + x) - log_gamma(r) - r * log1p(age / alpha) - x * log(alpha + age) +
                    math::log_beta(a, b + x) - math::log_beta(a, b);
      if (x > 0) term += softplus(log(a) - log(b + (x - 1)) + (r + x) * log1p((age - recency) / (alpha + recency)));
      sums.add(term);
    }
    return sums;
  };
  for (std::vector<double> const& start :
       {std::vector<double>{-1, 1, 0, 1}, {0, 0, 0, 0}, {3, 6, -3, -3}, {-4, -4, 4, 4}, {0, 8, 0, 0}}) {
    math::maximum_result const found = math::maximise(objective, start);
    CAPTURE(start[0]);
    CAPTURE(found.evaluations);
    CHECK(found.status == fit_status::converged);
    double const expected[] = {.24259452243, 4.41360201901, .792922017247, 2.42590677690};
    double const errors[] = {.01255737, .37822393, .18573372, .7054142};
    for (std::size_t at = 0; at < 4; ++at) {
      double const natural = std::exp(found.point[at]);
      CHECK(natural == to(expected[at]));
      CHECK(natural * std::sqrt(found.covariance[at * 5]) == to(errors[at], 1e-5));
    }
    CHECK(found.log_likelihood == to(-9582.429206674, 1e-12));
    CHECK(found.evaluations <= 16);
  }
}

}  // namespace test_maximise
