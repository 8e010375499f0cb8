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

auto const part = [](likelihood_sums& sums, std::size_t first, std::size_t last) {
  for (std::size_t row = first; row < last; ++row) {
    auto const x = credence::math::variable<2>(1 / (1.0 + static_cast<double>(row)), 0);
    sums.add(x * credence::math::variable<2>(0.1 * static_cast<double>(row % 7), 1));
  }
};

TEST_CASE("likelihood_in_parts: every row once, and the same bits in any order") {
  for (std::size_t const rows : {std::size_t{0}, std::size_t{1}, detail::likelihood_chunk, detail::likelihood_chunk + 1,
                                 300 * detail::likelihood_chunk - 5}) {
    CAPTURE(rows);
    credence::detail::calling_thread own;
    backwards run;
    likelihood_sums const serial = detail::likelihood_in_parts(own, 2, rows, part);
    CHECK(serial == detail::likelihood_in_parts(run, 2, rows, part));
    likelihood_sums plain(2);
    part(plain, 0, rows);
    CHECK(serial.size() == 2);
    CHECK(serial.value() == doctest::Approx(plain.value()).epsilon(1e-14));
    CHECK(serial.gradient[1] == doctest::Approx(plain.gradient[1]).epsilon(1e-12));
    CHECK(serial.second(1, 0) == doctest::Approx(static_cast<double>(rows)));
  }
}

TEST_CASE("likelihood_in_parts: what a part throws is thrown") {
  backwards run;
  auto const failing = [](likelihood_sums&, std::size_t first, std::size_t) {
    if (first >= detail::likelihood_chunk) throw credence::error(first == detail::likelihood_chunk ? "first" : "later");
  };
  CHECK(error_of([&] { (void)detail::likelihood_in_parts(run, 1, 5 * detail::likelihood_chunk, failing); }) == "first");
}

}  // namespace test_likelihood_in_parts
