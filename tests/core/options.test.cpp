// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <credence/core/options.hpp>

namespace test_options {

using credence::detail::check_ascending;
using credence::detail::check_confidence_option;

namespace {

// What would be thrown, as text; empty where nothing is wrong.
struct heard {
  std::string& text;
  bool operator()(char const* name, double value, std::string_view allowed) const {
    text = std::string(name) + " is " + credence::detail::shown(value) + "; " + std::string(allowed);
    return false;
  }
};

std::string ascending(double low, double middle, double high) {
  std::string text;
  bool const good = check_ascending({{"low", low}, {"middle", middle}, {"high", high}}, heard{text});
  CHECK(good == text.empty());
  return text;
}

constexpr bool quiet(double low, double high) {
  return check_ascending({{"low", low}, {"high", high}}, [](auto const&...) { return false; });
}
static_assert(quiet(1, 5) && quiet(1, 1));

}  // namespace

TEST_CASE("the first option that contradicts the one before is named, with both values") {
  CHECK(ascending(0, 7, 10).empty());
  CHECK(ascending(7, 7, 7).empty());
  CHECK(ascending(0, 11, 10) == "high is 10; it must not be less than middle, which is 11");
  CHECK(ascending(5, 4, 3) == "middle is 4; it must not be less than low, which is 5");
}

TEST_CASE("what is not finite is refused before any order is asked about") {
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK(ascending(9, 1, infinity) == "high is inf; it must be a finite number");
  CHECK(ascending(credence::not_a_number(), 1, 2) == "low is nan; it must be a finite number");
  CHECK(ascending(0, -infinity, 2) == "middle is -inf; it must be a finite number");
}

TEST_CASE("a confidence") {
  std::string text;
  CHECK(check_confidence_option("confidence", 0.9, heard{text}));
  CHECK(text.empty());
  CHECK_FALSE(check_confidence_option("confidence", 0, heard{text}));
  CHECK(text == "confidence is 0; it must lie strictly between 0 and 1");
}

TEST_CASE("an option that is a list is shown whole") {
  CHECK(credence::detail::shown_option(std::vector<double>{1, .5}) == "(1, 0.5)");
  CHECK(credence::detail::shown_option(std::vector<double>{}) == "()");
}

}  // namespace test_options
