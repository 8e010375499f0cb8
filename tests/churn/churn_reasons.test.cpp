// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/churn_reasons.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_churn_reasons {

using credence::churn_reasons;

struct lost {
  std::optional<std::string> reason;
  std::optional<std::int64_t> cents;
  double euros = 0;
};

std::vector<lost> sample() {
  std::vector<lost> rows;
  for (int row = 0; row < 20; ++row) {
    char const* const reason = row < 9 ? "price" : row < 14 ? "service" : row < 19 ? "moved" : "died";
    rows.push_back({reason, row < 9 ? 1 : 100, row < 9 ? .01 : 1});
  }
  return rows;
}

TEST_CASE("churn reasons: shares, in order, and Wilson's intervals") {
  auto const rows = sample();
  auto const found = churn_reasons(rows, &lost::reason);
  REQUIRE(found.size() == 4);
  CHECK(found.count == 20);
  CHECK(found[0].reason == "price");
  CHECK(found[0].share == .45);
  // R 4.2.2: prop.test(9, 20, correct = FALSE)$conf.int
  CHECK(found[0].interval.lower == doctest::Approx(0.2581979).epsilon(1e-6));
  CHECK(found[0].interval.upper == doctest::Approx(0.6579147).epsilon(1e-6));
  CHECK(found[0].standard_error == doctest::Approx(std::sqrt(.45 * .55 / 20)).epsilon(1e-15));
  CHECK(found[1].reason == "moved");  // as many as "service", and before it
  CHECK(found[2].reason == "service");
  CHECK(found[3].count == 1);
  CHECK(std::isnan(found[0].value_lost));
  CHECK(std::isnan(found.value_lost));
}

TEST_CASE("churn reasons: pairs are tested as shares of one sample, and adjusted") {
  auto const rows = sample();
  auto const found = churn_reasons(rows, &lost::reason, {.confidence = .9});
  REQUIRE(found.differences.size() == 6);
  auto const& widest = found.differences[2];  // 9 and 1 of 20
  CHECK(widest.first == 0);
  CHECK(widest.second == 3);
  CHECK(widest.difference.difference == doctest::Approx(.4).epsilon(1e-15));
  CHECK(widest.difference.z == doctest::Approx(8 / std::sqrt(10.0)).epsilon(1e-14));
  // R 4.2.2: 2 * pnorm(-8 / sqrt(10)); mcnemar.test with correct = FALSE gives the same.
  CHECK(widest.difference.p_value == doctest::Approx(0.0114120363860).epsilon(1e-9));
  CHECK(widest.adjusted_p_value == doctest::Approx(6 * 0.0114120363860).epsilon(1e-9));
  CHECK(widest.differs);
  double const half = 1.6448536269514722 * std::sqrt((.5 - .16) / 20);
  CHECK(widest.difference.interval.lower == doctest::Approx(.4 - half).epsilon(1e-13));
  CHECK(widest.difference.interval.upper == doctest::Approx(.4 + half).epsilon(1e-13));
  CHECK_FALSE(found.differences[3].differs);  // 5 and 5
  CHECK(found.differences[3].adjusted_p_value == 1);
  CHECK(churn_reasons(rows, &lost::reason, {.compared = 2}).differences.size() == 1);
  CHECK(churn_reasons(rows, &lost::reason, {.compared = 0}).differences.empty());
}

TEST_CASE("churn reasons: weighted by the value that was lost, exactly") {
  auto const rows = sample();
  auto const found = churn_reasons(rows, &lost::reason, &lost::cents);
  CHECK(found.value_lost == 1109);
  CHECK(found[0].value_lost == 9);
  CHECK(found[0].share_of_value == 9.0 / 1109);
  CHECK(found[1].share_of_value == 500.0 / 1109);
  auto const reals = churn_reasons(rows, &lost::reason, &lost::euros);
  CHECK(reals[1].share_of_value == doctest::Approx(500.0 / 1109).epsilon(1e-14));
  std::vector<lost> huge(3, {"price", (std::numeric_limits<std::int64_t>::max)()});
  huge[2].reason = "moved";
  CHECK(churn_reasons(huge, &lost::reason, &lost::cents)[0].share_of_value == doctest::Approx(2.0 / 3).epsilon(1e-15));
  std::vector<lost> const nothing(2, {"price", 0});
  CHECK(std::isnan(churn_reasons(nothing, &lost::reason, &lost::cents)[0].share_of_value));
}

TEST_CASE("churn reasons: counted again") {
  std::mt19937 draw(3);
  std::vector<int> reasons;
  std::map<int, std::uint64_t> known;
  for (int row = 0; row < 3000; ++row) {
    reasons.push_back(static_cast<int>(draw() % 7 * (draw() % 5)) - 3);
    ++known[reasons.back()];
  }
  auto const found = churn_reasons(reasons, [](int reason) { return reason; });
  CHECK(found.size() == known.size());
  double shares = 0;
  for (auto const& cause : found) {
    CHECK(cause.count == known[cause.reason]);
    shares += cause.share;
  }
  CHECK(shares == doctest::Approx(1).epsilon(1e-14));
  for (std::size_t at = 1; at < found.size(); ++at) CHECK(found[at - 1].count >= found[at].count);
}

TEST_CASE("churn reasons: dirty rows, none, and wrong options") {
  std::vector<lost> rows = sample();
  rows.push_back({{}, 5, 1});
  rows.push_back({"price", {}, std::numeric_limits<double>::quiet_NaN()});
  rows.push_back({"price", -5, -1});
  rows.push_back({"other", 5, std::numeric_limits<double>::infinity()});
  auto const cents = churn_reasons(rows, &lost::reason, &lost::cents);
  CHECK(cents.count == 21);
  CHECK(cents.rejections.missing == 2);
  CHECK(cents.rejections.off_scale == 1);
  CHECK(cents.rejected == 3);
  auto const euros = churn_reasons(rows, &lost::reason, &lost::euros);
  CHECK(euros.rejections.missing == 1);
  CHECK(euros.rejections.not_a_number == 1);
  CHECK(euros.rejections.off_scale == 2);
  CHECK(euros.size() == 4);  // no cause of a row that was left out
  CHECK(error_of([&] { churn_reasons(rows, &lost::reason, {.on_invalid = credence::on_invalid::raise}); }) ==
        "credence: sample 20 is missing");
  rows.erase(rows.begin() + 20, rows.begin() + 22);
  CHECK(error_of([&] {
          churn_reasons(rows, &lost::reason, &lost::cents, {.on_invalid = credence::on_invalid::raise});
        }) == "credence: sample 20 is -5, which is off the scale");
  rows.clear();
  auto const none = churn_reasons(rows, &lost::reason, &lost::cents);
  CHECK_FALSE(none);
  CHECK(none.size() == 0);
  CHECK(none.value_lost == 0);
  CHECK(error_of([&] {
          churn_reasons(rows, &lost::reason, {.confidence = 1});
        }).find("churn_reasons_options::confidence") != std::string::npos);
  CHECK(error_of([&] {
          churn_reasons(rows, &lost::reason, {.compared = -1});
        }).find("churn_reasons_options::compared") != std::string::npos);
}

}  // namespace test_churn_reasons
