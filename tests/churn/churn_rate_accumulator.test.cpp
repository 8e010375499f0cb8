// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/churn_rate_accumulator.hpp>
#include <credence/core/bytes.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "churn/spans.hpp"
#include "support/error_of.hpp"

namespace test_churn_rate_accumulator {

using credence::churn_rate_accumulator;
using spans::at;

TEST_CASE("churn rate accumulator: parts merge into the whole, and come back from bytes") {
  auto const rows = spans::random_spans(5, 300, 1, 900);
  for (credence::churn_denominator const denominator : spans::denominators) {
    churn_rate_accumulator whole({.from = at(100), .to = at(333), .denominator = denominator});
    std::vector<churn_rate_accumulator> parts(3, whole);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      whole(rows[row].start, rows[row].end);
      parts[row % 2](rows[row].start, rows[row].end);
    }
    churn_rate_accumulator merged;
    for (auto const& part : parts) merged += part;
    CHECK(merged == whole);
    CHECK(merged.valid());
    CHECK(merged.result() == whole.result());
    CHECK(whole.result({.confidence = .5}).interval.confidence == .5);
    CHECK(credence::from_bytes<churn_rate_accumulator>(credence::to_bytes(whole)) == whole);
    CHECK(whole.result().count == 300);
  }
}

TEST_CASE("churn rate accumulator: another window, and none") {
  churn_rate_accumulator none;
  CHECK_FALSE(none.result());
  CHECK(none.valid());
  CHECK(error_of([&] { none(at(0), at(1)); }).find("churn_rate_options::from is \"unset\"") != std::string::npos);
  CHECK(none == churn_rate_accumulator());
  churn_rate_accumulator one({.from = at(0), .to = at(24)});
  one(at(-5), at(3));
  churn_rate_accumulator other({.from = at(0), .to = at(25)});
  other(at(-5), at(3));
  CHECK(error_of([&] { one += other; }).find("cannot be merged") != std::string::npos);
  CHECK(one.result().lost == 1);
  auto impossible = one.state();
  impossible.counts.lost_of_start = 2;
  CHECK_FALSE(churn_rate_accumulator(one.options(), impossible).valid());
}

}  // namespace test_churn_rate_accumulator
