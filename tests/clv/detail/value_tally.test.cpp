// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/detail/value_tally.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/host_types.hpp>
#include <utility>
#include <vector>

namespace test_value_tally {

using cents = credence::money_traits<long>;

TEST_CASE("value_tally: customers, their mean and their cohorts") {
  credence::detail::value_tally<int, cents> tally(0.5);
  credence::detail::cohort_values<cents> cohorts(600, 4);
  using spans = std::vector<std::pair<std::int64_t, cents::sum_type>>;
  cohorts.add(spans{{600, cents::sum_type(10L)}, {602, cents::sum_type(30L)}});
  cohorts.add(spans{{600, cents::sum_type(20L)}});
  cohorts.add(spans{{603, cents::sum_type(7L)}});
  tally.add(1, 2, cents::sum_type(40L));
  tally.add(2, 1, cents::sum_type(20L));
  tally.add(3, 1, cents::sum_type(7L));
  tally.tell_mean(0.95);
  cohorts.tell(tally, credence::calendar_month{}, 602);
  CHECK(tally.result.value == doctest::Approx(0.5 * 67 / 3));
  CHECK(tally.result.customers[0].value == 20);
  CHECK(tally.result.revenue == 67);
  REQUIRE(tally.result.cohorts.size() == 2);
  CHECK(tally.result.cohorts[0].customers == 2);
  CHECK(tally.result.cohorts[0].cumulative == std::vector<double>{7.5, 7.5, 15});
  CHECK(tally.result.cohorts[0].value == 15);
  CHECK(tally.result.cohorts[1].cumulative.empty());
  CHECK(tally.result.cohorts[1].value == 3.5);
}

}  // namespace test_value_tally
