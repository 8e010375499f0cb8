// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/bg_bb_law.hpp>
#include <credence/math/second_order.hpp>

#include <array>
#include <cmath>
#include <cstddef>

#include <doctest/doctest.h>

namespace test_bg_bb_law {

using law = credence::detail::bg_bb_law;
using credence::rejection;

TEST_CASE("bg_bb_law: which histories can be") {
  CHECK_FALSE(law::fault({0, 0, 6}));
  CHECK_FALSE(law::fault({6, 6, 6}));
  CHECK_FALSE(law::fault({0, 0, 0}));
  CHECK(law::fault({3, 2, 6}) == rejection::bad_time);
  CHECK(law::fault({1, 0, 6}) == rejection::bad_time);
  CHECK(law::fault({0, 1, 6}) == rejection::bad_time);
  CHECK(law::fault({1, 1.5, 6}) == rejection::bad_time);
  CHECK(law::fault({1, 1, 6.5}) == rejection::bad_time);
  CHECK(law::fault({1, 7, 6}) == rejection::bad_time);
  CHECK(law::fault({1.5, 2, 6}) == rejection::off_scale);
  CHECK(law::fault({credence::not_a_number(), 2, 6}) == rejection::not_a_number);
}

TEST_CASE("bg_bb_law: derivatives are those of central differences") {
  std::array<double, 4> const at{1.2, .75, .66, 2.8};
  for (credence::detail::purchases const& own : {credence::detail::purchases{2, 4, 6}, {0, 0, 6}, {5, 9, 40}}) {
    std::array<credence::math::second_order<4>, 4> numbers;
    for (std::size_t place = 0; place < 4; ++place) numbers[place] = credence::math::variable<4>(at[place], place);
    auto const found = law::log_likelihood_at(numbers, own);
    for (std::size_t place = 0; place < 4; ++place) {
      auto shifted = at;
      shifted[place] = at[place] + 1e-4;
      double const above = law::log_likelihood_at(shifted, own);
      shifted[place] = at[place] - 1e-4;
      double const below = law::log_likelihood_at(shifted, own);
      CHECK(found.gradient[place] == doctest::Approx((above - below) / 2e-4).epsilon(1e-6));
      CHECK(found.second(place, place) ==
            doctest::Approx((above - 2 * found.value + below) / 1e-8).epsilon(1e-4).scale(1));
    }
  }
}

TEST_CASE("bg_bb_law: time alive is a sum over opportunities") {
  law const own{.8, 1.7, 1.4, 2.2};
  credence::detail::purchases const donor{2, 4, 6};
  double sum = 0;
  for (double next = 1; next <= 9; ++next) sum += std::exp(-.07 * next) * own.alive_after(donor, next - 1);
  CHECK(own.time_alive(donor, .07, 9) == doctest::Approx(sum).epsilon(1e-13));
  CHECK(own.time_alive(donor, .07, 0) == 0);
  CHECK(own.time_alive(donor, 0, credence::infinite_number()) ==
        doctest::Approx(own.alive(donor) * own.mean_lifetime(donor)));
}

TEST_CASE("bg_bb_law: histories of any probability are counted once") {
  // Σ over x, t_x of C(t_x − 1, x − 1) f(x, t_x, n) is 1.
  law const own{.5, 1.3, 2.1, .4};
  double sum = std::exp(own.log_likelihood({0, 0, 12}));
  for (double last = 1; last <= 12; ++last) {
    double ways = 1;
    for (double count = 1; count <= last; ++count) {
      sum += ways * std::exp(own.log_likelihood({count, last, 12}));
      ways *= (last - count) / count;
    }
  }
  CHECK(sum == doctest::Approx(1).epsilon(1e-13));
}

}  // namespace test_bg_bb_law
