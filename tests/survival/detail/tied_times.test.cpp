// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/detail/tied_times.hpp>
#include <vector>

namespace test_tied_times {

using credence::detail::tied_until;

TEST_CASE("tied_times: a part in 10^12, nothing at 0") {
  CHECK(tied_until(0) == 0);
  CHECK(tied_until(.3) >= .1 + .2);
  CHECK(tied_until(1) > 1 + 9e-13);
  CHECK(tied_until(1) < 1 + 11e-13);
  CHECK(tied_until(1e300) < 1.0000001e300);
}

TEST_CASE("step_after: the first beyond a time and what is one with it") {
  struct step {
    double time;
  };
  std::vector<step> const steps{{1}, {.1 + 2.9}, {4}};
  auto const place = [&](double time) { return credence::detail::step_after(steps, time) - steps.begin(); };
  CHECK(place(0) == 0);
  CHECK(place(1) == 1);
  CHECK(place(3 - 1e-15) == 2);
  CHECK(place(3.9) == 2);
  CHECK(place(9) == 3);
  std::vector<step> const none;
  CHECK(credence::detail::step_after(none, 1) == none.end());
}

}  // namespace test_tied_times
