// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/detail/tied_times.hpp>

namespace test_tied_times {

using credence::detail::tied_until;

TEST_CASE("tied_times: a part in 10^12, nothing at 0") {
  CHECK(tied_until(0) == 0);
  CHECK(tied_until(.3) >= .1 + .2);
  CHECK(tied_until(1) > 1 + 9e-13);
  CHECK(tied_until(1) < 1 + 11e-13);
  CHECK(tied_until(1e300) < 1.0000001e300);
}

}  // namespace test_tied_times
