// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/real.hpp>
#include <credence/inference/p_adjustment.hpp>
#include <cstddef>
#include <limits>
#include <vector>

namespace test_p_adjustment {

using credence::adjusted;
using credence::p_adjustment;

TEST_CASE("adjusted: Holm and Benjamini–Hochberg, as R 4's p.adjust") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> const p_values{.01, .04, .03, nan, .005, .5};
  std::vector<double> const holm{.04, .09, .09, nan, .025, .5};
  std::vector<double> const hochberg{.025, .05, .05, nan, .025, .5};
  std::vector<double> const by_holm = adjusted(p_values, p_adjustment::holm);
  std::vector<double> const by_hochberg = adjusted(p_values, p_adjustment::benjamini_hochberg);
  for (std::size_t at = 0; at < p_values.size(); ++at) {
    if (at == 3) {
      CHECK(credence::is_nan(by_holm[at]));
      CHECK(credence::is_nan(by_hochberg[at]));
    } else {
      CHECK(by_holm[at] == doctest::Approx(holm[at]).epsilon(1e-14));
      CHECK(by_hochberg[at] == doctest::Approx(hochberg[at]).epsilon(1e-14));
    }
  }
  // R's p.adjust(c(.01, .04, .03, .005), "holm") is .03 .06 .06 .02.
  std::vector<double> const four = adjusted({.01, .04, .03, .005}, p_adjustment::holm);
  CHECK(four[0] == doctest::Approx(.03).epsilon(1e-14));
  CHECK(four[1] == doctest::Approx(.06).epsilon(1e-14));
  CHECK(four[2] == doctest::Approx(.06).epsilon(1e-14));
  CHECK(four[3] == doctest::Approx(.02).epsilon(1e-14));
  CHECK(adjusted({}, p_adjustment::holm).empty());
  CHECK(adjusted({.7, .8}, p_adjustment::holm) == std::vector<double>{1, 1});
  CHECK(adjusted({.01, .02}, p_adjustment::none) == std::vector<double>{.01, .02});
}

}  // namespace test_p_adjustment
