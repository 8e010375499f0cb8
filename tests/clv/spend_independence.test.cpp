// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/spend_independence.hpp>
#include <credence/inference/spearman.hpp>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "clv/fitted.hpp"
#include "support/error_of.hpp"

namespace test_spend_independence {

using credence::spend_independence;
namespace {
doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within); }
struct row {
  int frequency;
  std::optional<double> monetary_value;
};
using several = std::vector<row>;
}  // namespace

TEST_CASE("spend_independence: CDNOW, as R's cor.test has it") {
  auto const customers = clv_fitted::cdnow();
  if (customers.empty()) return;
  auto const found = spend_independence(customers);
  CHECK(found.count == 946);
  CHECK(found.once == 2'357 - 946);
  CHECK(found.value == about(0.1138879193912549));  // R 4.2 cor.test; 0.11 in Fader, Hardie and Lee 2005
  CHECK(found.p_value == about(0.000448684917281));
  CHECK(found.interval.lower == about(0.0505159353909));
  CHECK(found.interval.upper == about(0.1763464910911));
  CHECK(found.ranks.value == about(0.2063015165839176));
}

TEST_CASE("spend_independence: exact, degenerate and bad input") {
  CHECK(spend_independence(several{{1, 2.0}, {2, 4.0}, {3, 6.0}}).value == about(1));
  CHECK(spend_independence(several{{1, 2.0}, {2, 4.0}, {3, 6.0}}).p_value == doctest::Approx(0).scale(1));
  CHECK(spend_independence(several{{1, 6.0}, {2, 4.0}, {3, 2.0}, {0, 9.0}}).value == about(-1));
  CHECK_FALSE(spend_independence(several{}));
  CHECK_FALSE(spend_independence(several{{1, 2.0}}));
  CHECK_FALSE(spend_independence(several{{1, 2.0}, {1, 3.0}}));
  CHECK_FALSE(spend_independence(several{{1, 2.0}, {3, 2.0}}));
  // Means of those alike that rounding moves off them: 7·(0.1/7), 7·(3/7).
  several spend_alike;
  several frequency_alike;
  for (int at = 1; at <= 7; ++at) {
    spend_alike.push_back({at, 0.1});
    frequency_alike.push_back({3, 0.1 + at * at});
  }
  CHECK_FALSE(spend_independence(spend_alike));
  CHECK(credence::is_nan(spend_independence(spend_alike).p_value));
  CHECK_FALSE(spend_independence(frequency_alike));
  CHECK(credence::is_nan(spend_independence(several{{1, 2.0}, {2, 3.0}, {4, 1.0}}).interval.lower));
  several const dirty{{1, 2.0}, {2, {}}, {-1, 3.0}, {0, {}}, {3, std::numeric_limits<double>::quiet_NaN()}, {2, 5.0}};
  auto const found = spend_independence(dirty);
  CHECK(found.count == 2);
  CHECK(found.once == 1);
  CHECK(found.rejected == 3);
  CHECK(spend_independence(dirty, &row::frequency, &row::monetary_value).value == found.value);
  CHECK(error_of([&] {
          static_cast<void>(spend_independence(dirty, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 1 is missing") != std::string::npos);
  CHECK(error_of([&] { static_cast<void>(spend_independence(dirty, {.confidence = 0})); }).find("::confidence") !=
        std::string::npos);
}

}  // namespace test_spend_independence
