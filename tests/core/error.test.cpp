// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include <credence/core/error.hpp>

namespace test_error {

using credence::error;
using credence::invalid_sample;
using credence::detail::shown;

static_assert(std::is_base_of_v<std::runtime_error, error> && std::is_base_of_v<error, invalid_sample>);

TEST_CASE("a message shows a number as short as reads back the same") {
  CHECK(shown(0.1) == "0.1");
  CHECK(shown(1.5) == "1.5");
  CHECK(shown(-3.0) == "-3");
  CHECK(shown(0.1 + 0.2) == "0.30000000000000004");
  CHECK(std::stod(shown(1.0 / 3)) == 1.0 / 3);
  CHECK(shown(1e300) == "1e+300");
  CHECK(shown(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(shown(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(shown(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(shown(std::int8_t{-7}) == "-7");
  CHECK(shown("web") == "\"web\"");
  CHECK(shown(std::string(40, 'x')).size() == 42);
}

TEST_CASE("a wrong argument is named with its value and what is allowed") {
  CHECK_THROWS_WITH_AS(credence::detail::wrong_argument("nps_options::confidence", 1.5, "it must lie in (0, 1)"),
                       "credence: nps_options::confidence is 1.5; it must lie in (0, 1)", error);
  CHECK_THROWS_WITH_AS(credence::detail::wrong_argument("method", std::string_view("t"), "use another"),
                       "credence: method is \"t\"; use another", error);
}

TEST_CASE("an invalid sample knows its position, and can be told another") {
  invalid_sample const complaint("is missing", 3);
  CHECK(std::string(complaint.what()) == "credence: sample 3 is missing");
  CHECK(complaint.position() == 3);
  invalid_sample const moved = complaint.at(std::uint64_t{1} << 40);
  CHECK(std::string(moved.what()) == "credence: sample 1099511627776 is missing");
  CHECK(moved.position() == std::uint64_t{1} << 40);
  CHECK(complaint.position() == 3);
}

TEST_CASE("at_row gives an invalid sample the row's position when it is thrown, and leaves other exceptions alone") {
  std::uint64_t row = 0;
  auto const run = [&row](auto action) { credence::detail::at_row([&row] { return row; }, action); };
  CHECK_THROWS_WITH_AS(run([&row] {
                         row = 41;
                         throw invalid_sample("is missing", 0);
                       }),
                       "credence: sample 41 is missing", invalid_sample);
  CHECK_THROWS_WITH_AS(run([] { throw error("credence: other"); }), "credence: other", error);
  CHECK_THROWS_AS(run([] { throw 7; }), int);
  run([&row] { row = 42; });
  CHECK(row == 42);
}

}  // namespace test_error
