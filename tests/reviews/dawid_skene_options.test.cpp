// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/reviews/dawid_skene_options.hpp>
#include <limits>
#include <string>

#include "support/error_of.hpp"

namespace test_dawid_skene_options {

using credence::dawid_skene_options;

TEST_CASE("dawid_skene_options: what they may be") {
  auto const complaint = [](dawid_skene_options const& options) {
    return error_of([&] { credence::detail::check_options(options); });
  };
  CHECK(complaint({}) == "no error");
  CHECK(complaint({.prior_right = 1e100, .prior_wrong = .1, .prior_items = 7, .tolerance = 0, .max_iterations = 1}) ==
        "no error");
  CHECK(complaint({.prior_right = -1}).find("dawid_skene_options::prior_right is -1") != std::string::npos);
  CHECK(complaint({.prior_wrong = std::nan("")}).find("prior_wrong") != std::string::npos);
  CHECK(complaint({.prior_items = 1e101}).find("prior_items") != std::string::npos);
  // Beside 1e100 labels that were right, the chance of what is wrong would be 0, and its logarithm no number.
  CHECK(complaint({.prior_right = 1e100, .prior_wrong = 1e-300}).find("prior_wrong") != std::string::npos);
  CHECK(complaint({.tolerance = 1}).find("dawid_skene_options::tolerance is 1;") != std::string::npos);
  CHECK(complaint({.tolerance = std::numeric_limits<double>::infinity()}).find("tolerance") != std::string::npos);
  CHECK(complaint({.max_iterations = 0}).find("dawid_skene_options::max_iterations is 0") != std::string::npos);
  CHECK(name_of(credence::rater_confusion::one_coin) == "one_coin");
  CHECK(name_of(credence::rater_confusion::full) == "full");
}

}  // namespace test_dawid_skene_options
