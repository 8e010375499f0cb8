// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/error.hpp>
#include <credence/math/detail/likelihood_in_parts.hpp>
#include <cstddef>

#include "support/error_of.hpp"

namespace test_likelihood_in_parts {

namespace detail = credence::math::detail;
using credence::math::likelihood_sums;

// The tasks from the last to the first: an order that a sum would show.
struct backwards {
  template <class Task>
  void operator()(std::size_t count, Task task) const {
    while (count-- != 0) task(count);
  }
};

credence::math::second_order<2> term_of(std::size_t number) {
  auto const x = credence::math::variable<2>(1 / (1.0 + static_cast<double>(number)), 0);
  return x * credence::math::variable<2>(0.1 * static_cast<double>(number % 7), 1);
}

TEST_CASE("likelihood_in_parts: every part once, and the same bits in any order") {
  for (std::size_t const count :
       {std::size_t{0}, std::size_t{1}, std::size_t{256}, std::size_t{257}, std::size_t{1'000}}) {
    CAPTURE(count);
    credence::detail::calling_thread own;
    backwards run;
    likelihood_sums const serial = detail::likelihood_in_parts(own, 2, count, term_of);
    CHECK(serial == detail::likelihood_in_parts(run, 2, count, term_of));
    likelihood_sums plain(2);
    for (std::size_t number = 0; number < count; ++number) plain.add(term_of(number));
    CHECK(serial == plain);
    CHECK(serial.second(1, 0) == doctest::Approx(static_cast<double>(count)));
    CHECK(serial == detail::likelihood_in_parts(run, 2, count, [](std::size_t number) {
            likelihood_sums one(2);
            one.add(term_of(number));
            return one;
          }));
  }
}

TEST_CASE("likelihood_in_parts: what a part throws is thrown, the first of them") {
  backwards run;
  auto const failing = [](std::size_t number) -> likelihood_sums {
    if (number >= 3) throw credence::error(number == 3 ? "first" : "later");
    return likelihood_sums(1);
  };
  CHECK(error_of([&] { (void)detail::likelihood_in_parts(run, 1, 5, failing); }) == "first");
}

}  // namespace test_likelihood_in_parts
