// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/revenue_movements.hpp>
#include <credence/core/time_projection.hpp>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "../../benchmarks/events.hpp"
#include "support/shared_data.hpp"

// Ten million events, and every cell of what an independent query answered of them, in doubles and in cents. The
// answers are not ours to ship; without them, without an optimiser, or under a sanitizer, this is skipped.

namespace test_churn_benchmark_answers {

/// The numbers of a JSON file in their order, quoted or not; NaN for null. None where it is absent.
std::vector<double> numbers_of(std::string const& name) {
  auto const path = shared_data("../reference/benchmark_answers/" + name + ".json");
  if (!path) return {};
  std::ifstream file(*path);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<double> numbers;
  for (char const* at = text.c_str(); *at != '\0';) {
    bool const is_null = *at == 'n';
    char* end = nullptr;
    double const number = is_null ? std::nan("") : std::strtod(at, &end);
    if (is_null || end != at) numbers.push_back(number);
    at = is_null ? at + 4 : end != at ? end : at + 1;
  }
  return numbers;
}

bool skipped() {
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__) || defined(_GLIBCXX_DEBUG)
  MESSAGE("skipped: ten million events want an optimiser");
  return true;
#else
  return numbers_of("mrr").empty();
#endif
}

TEST_CASE("revenue_movements: ten million events, and every cell is what an independent query answers") {
  if (skipped()) return;
  auto const& events = inputs::events();
  REQUIRE(events.size() == 10'000'000);
  constexpr std::size_t columns = 10;
  std::vector<double> const known = numbers_of("mrr");
  auto const found = credence::revenue_movements(
      events, &inputs::event::customer, credence::epoch_seconds(&inputs::event::seconds), &inputs::event::cents);
  REQUIRE(found.size() == 24);
  REQUIRE(known.size() == found.size() * columns);
  for (std::size_t at = 0; at < found.size(); ++at) {
    auto const& month = found[at];
    double const* const own = known.data() + at * columns;
    CHECK(static_cast<double>(month.period.index - 2024 * 12) == own[0]);
    CHECK(month.closing == own[1]);
    CHECK(month.opening == own[2]);
    CHECK(month.new_business == own[3]);
    CHECK(month.reactivation == own[4]);
    CHECK(month.expansion == own[5]);
    CHECK(month.contraction == own[6]);
    CHECK(month.churn == own[7]);
    if (std::isnan(own[8])) {
      CHECK(std::isnan(month.gross_retention));
      CHECK(std::isnan(month.net_retention));
      continue;
    }
    CHECK(std::fabs(month.gross_retention - own[8]) <= 1e-14);
    CHECK(std::fabs(month.net_retention - own[9]) <= 1e-14);
  }
}

}  // namespace test_churn_benchmark_answers
