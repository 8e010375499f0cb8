// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/churn/gains.hpp>
#include <credence/churn/lift.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_gains {

using scored::customer;

TEST_CASE("gains: down to each part's end it is lift at that quantile, and the parts make up the whole") {
  for (std::uint64_t const levels : {1U, 8U, 20'000U}) {
    CAPTURE(levels);
    auto const gathered = scored::gathered(scored::random_customers(211, levels, 5 + levels));
    auto const found = credence::gains(gathered, {.bins = 7});
    REQUIRE(found.size() == 7);
    double positives = 0;
    std::uint64_t customers = 0;
    for (std::size_t at = 0; at < 7; ++at) {
      auto const down_to = credence::lift(gathered, {.quantile = static_cast<double>(at + 1) / 7});
      positives += found[at].positives;
      customers += found[at].customers;
      CHECK(found[at].cumulative_customers == down_to.contacted);
      CHECK(found[at].cumulative_lift == doctest::Approx(down_to.value).epsilon(1e-12));
      CHECK(found[at].cumulative_share == doctest::Approx(down_to.captured).epsilon(1e-12));
      CHECK(found[at].threshold == down_to.threshold);
      CHECK(found[at].rate ==
            doctest::Approx(found[at].positives / static_cast<double>(found[at].customers)).epsilon(1e-12));
      CHECK(found[at].lift == doctest::Approx(found[at].rate / found.base_rate).epsilon(1e-12));
    }
    CHECK(positives == doctest::Approx(static_cast<double>(found.positives)).epsilon(1e-12));
    CHECK(customers == found.count);
    CHECK(found[6].cumulative_share == 1);
    CHECK(found[6].cumulative_lift == doctest::Approx(1).epsilon(1e-15));
  }
}

TEST_CASE("gains: bad input") {
  std::vector<customer> const customers{{1, 1, 0}, {2, 0, 0}, {3, 1, 0}};
  auto const found = credence::gains(customers, &customer::score, &customer::left, {.bins = 5});
  REQUIRE(found.size() == 5);
  CHECK(found[0].customers == 0);
  CHECK(credence::is_nan(found[0].rate));
  CHECK(credence::is_nan(found[0].cumulative_lift));
  CHECK(found[0].cumulative_share == 0);
  CHECK(found[1].customers == 1);
  CHECK(found[1].rate == 1);
  CHECK_FALSE(credence::gains(scored::gathered({})));
  CHECK_FALSE(credence::gains(scored::gathered({{1, 0, 0}, {2, 0, 0}})));
  CHECK(credence::gains(scored::gathered({{1, 0, 0}, {2, 0, 0}})).negatives == 2);
  for (long const bins : {0L, -1L, 100'001L})
    CHECK(error_of([&] {
            static_cast<void>(credence::gains(scored::gathered({}), {.bins = bins}));
          }).find("gains_options::bins is") != std::string::npos);
}

}  // namespace test_gains
