// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/spend_table.hpp>

#include <cmath>

#include <doctest/doctest.h>

namespace test_spend_table {

using credence::detail::spend_table;

TEST_CASE("spend_table: stretches, samples and moments") {
  spend_table table(true);
  for (int at = 0; at < 20'000; ++at) table.push({1.0 + at % 4, std::exp(at % 3 - 1.0)}, at % 2 + 1.0);
  CHECK(table.stretches() == 3);
  CHECK(table.block(2).count == 20'000 - 2 * spend_table::stretch);
  CHECK(table.block(2).counts[0] == 1.0 + 2 * spend_table::stretch % 4);
  CHECK(table.block(1).weight_at(3) == 2);
  CHECK(table.block(0).totals[1] == 2);
  CHECK(table.block(0).log_totals[1] == doctest::Approx(std::log(2)));
  spend_table const some = table.sample(16);
  CHECK(some.size() == 1'250);
  CHECK(some.block(0).totals[1] == table.block(0).totals[24]);
  CHECK(some.block(0).weight_at(1) == table.block(0).weight_at(24));

  // A weight is repetition.
  spend_table repeated(false);
  for (int at = 0; at < 20'000; ++at)
    for (int again = 0; again < at % 2 + 1; ++again) repeated.push({1.0 + at % 4, std::exp(at % 3 - 1.0)}, 1);
  auto const weighted = table.moments();
  auto const plain = repeated.moments();
  CHECK(weighted.weight == 30'000);
  CHECK(weighted.mean_log == doctest::Approx(plain.mean_log).scale(1));
  CHECK(weighted.variance == doctest::Approx(plain.variance));
  CHECK(weighted.variance == doctest::Approx(2.0 / 3).epsilon(1e-3));
  CHECK(weighted.inverse_count == doctest::Approx(plain.inverse_count));
  CHECK(weighted.slope == doctest::Approx(plain.slope).scale(1));
  CHECK(weighted.greatest_count == 4);
  CHECK(spend_table(false).moments().weight == 0);
}

}  // namespace test_spend_table
