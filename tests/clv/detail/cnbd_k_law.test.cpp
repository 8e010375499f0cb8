// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/clv/detail/cnbd_k_law.hpp>
#include <credence/core/real.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/second_order.hpp>

namespace test_cnbd_k_law {

namespace {

using credence::detail::purchases;
template <bool LeavesAtOnce>
using law_of = credence::detail::cnbd_k_law<LeavesAtOnce>;

/// The likelihood of one customer as it is written down, in plain numbers.
double written_down(std::array<double, 4> const& natural, purchases const& own, int k, bool leaves_at_once) {
  auto const [r, alpha, a, b] = natural;
  namespace math = credence::math;
  double const shape = r + k * own.frequency;
  double const left = own.frequency + (leaves_at_once ? 1 : 0);
  double open = 0;
  for (int done = 0; done < k; ++done)
    open += std::exp(math::log_gamma(shape + done) - math::log_gamma(shape) - math::log_gamma(done + 1)) *
            std::pow((own.age - own.recency) / (alpha + own.age), done);
  double const stays = open * std::pow(alpha + own.age, -shape);
  double const gone = left > 0 ? a / (b + left - 1) * std::pow(alpha + own.recency, -shape) : 0;
  return (k - 1) * own.log_gaps - own.frequency * math::log_gamma(k) + math::log_gamma(shape) - math::log_gamma(r) +
         r * std::log(alpha) + math::log_beta(a, b + left) - math::log_beta(a, b) + std::log(stays + gone);
}

purchases const customers[] = {{0, 0, 20, 0},    {1, 20, 20, 2.9957}, {2, 10, 20, 3.04452243772342},
                               {5, 15, 20, 5.5}, {0, 0, 0, 0},        {40, 19, 20, -30}};

template <bool LeavesAtOnce>
void check_derivatives() {
  std::array<double, 4> const natural{0.9, 6, 0.8, 2.5};
  for (int const k : {1, 2, 5}) {
    for (auto const& own : customers) {
      CAPTURE(k);
      CAPTURE(own.frequency);
      using number = credence::math::second_order<4>;
      std::array<number, 4> variables;
      for (std::size_t at = 0; at < 4; ++at) variables[at] = credence::math::variable<4>(natural[at], at);
      number const whole = law_of<LeavesAtOnce>::log_likelihood_at(variables, own, k);
      auto const value_at = [&](std::array<double, 4> const& there) {
        return law_of<LeavesAtOnce>::log_likelihood_at(there, own, k);
      };
      CHECK(whole.value == doctest::Approx(value_at(natural)).epsilon(1e-13));
      CHECK(whole.value == doctest::Approx(written_down(natural, own, k, LeavesAtOnce)).epsilon(1e-11));
      for (std::size_t at = 0; at < 4; ++at) {
        double const step = 1e-4 * natural[at];
        auto upper = natural, lower = natural;
        upper[at] += step;
        lower[at] -= step;
        CHECK(whole.gradient[at] ==
              doctest::Approx((value_at(upper) - value_at(lower)) / (2 * step)).epsilon(1e-6).scale(1));
        CHECK(whole.second(at, at) ==
              doctest::Approx((value_at(upper) - 2 * value_at(natural) + value_at(lower)) / (step * step))
                  .epsilon(1e-4)
                  .scale(1));
      }
    }
  }
}

template <bool LeavesAtOnce>
void check_finite() {
  double const sizes[] = {1e-8, 1, 1e8};
  purchases const odd[] = {
      {0, 0, 1e-6, 0}, {0, 0, 1e9, 0}, {1e5, 1, 1e9, -1e6}, {1e5, 1e9, 1e9, 9e5}, {1, 0, 1e-6, -20}};
  for (double const r : sizes)
    for (double const alpha : sizes)
      for (double const a : sizes)
        for (double const b : sizes)
          for (auto const& own : odd)
            for (int const k : {1, 2, 6}) {
              law_of<LeavesAtOnce> const law{k, r, alpha, a, b};
              CAPTURE(own.frequency);
              CAPTURE(own.age);
              CAPTURE(r);
              CAPTURE(alpha);
              CAPTURE(a);
              CAPTURE(b);
              REQUIRE(credence::is_finite(law.log_likelihood(own)));
              REQUIRE(law.alive(own) >= 0);
              REQUIRE(law.alive(own) <= 1);
              REQUIRE(credence::is_finite(law.buys_within(own, 1)));
            }
}

}  // namespace

TEST_CASE("cnbd_k_law: the likelihood as written down, and its derivatives") {
  check_derivatives<false>();
  check_derivatives<true>();
}

TEST_CASE("cnbd_k_law: a number for every parameter and customer") {
  check_finite<false>();
  check_finite<true>();
}

TEST_CASE("cnbd_k_law: probabilities of counts add up to one, and to their mean; time has no unit") {
  law_of<true> const law{3, 0.9, 6, 0.9, 2.5};
  double sum = 0, mean = 0;
  for (int count = 0; count < 600; ++count) {
    sum += law.mass(count, 20);
    mean += count * law.mass(count, 20);
  }
  CHECK(sum == doctest::Approx(1).epsilon(1e-12));
  CHECK(mean == doctest::Approx(law.expected(20)).epsilon(1e-12));
  law_of<true> const daily{3, 0.9, 42, 0.9, 2.5};
  CHECK(daily.expected_after({2, 70, 140, 0}, 105) ==
        doctest::Approx(law.expected_after({2, 10, 20, 0}, 15)).epsilon(1e-12));
  CHECK(law.mass(0, 0) == 1);
  CHECK(law.mass(2, 0) == 0);
}

TEST_CASE("cnbd_k_law: for ever is the end of ever longer") {
  law_of<false> const law{2, 2.5, 6, 3.5, 2.5};
  purchases const own{3, 12, 20, 0};
  CHECK(law.expected_for_ever(own) == doctest::Approx(law.expected_after(own, 1e12)).epsilon(1e-10));
  // The mean of a lifetime is the integral of who is left, here by trapezoids in ln t.
  double integral = 0;
  for (double place = -30; place < 30; place += 0.0625)
    integral += 0.0625 * std::exp(place) * law.alive_after(own, std::exp(place)) / law.alive(own);
  CHECK(law.mean_lifetime(own) == doctest::Approx(integral).epsilon(1e-9));
  CHECK(law_of<false>{2, 0.4, 6, 3.5, 2.5}.mean_lifetime({0, 0, 20, 0}) == credence::infinite_number());
  CHECK(law_of<false>{2, 2.5, 6, 1, 2.5}.mean_lifetime(own) == credence::infinite_number());
  CHECK(law_of<false>{2, 2.5, 6, 1, 2.5}.expected_for_ever(own) == credence::infinite_number());
}

}  // namespace test_cnbd_k_law
