// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/compare_roc_auc.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_compare_roc_auc {

using scored::customer;

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within); }

auto compared(std::vector<customer> const& customers, credence::compare_roc_auc_options options = {}) {
  return credence::compare_roc_auc(customers, &customer::score, &customer::other, &customer::left, options);
}

/// DeLong's covariances from every pair: Σ over customers of one kind of (V − A)(W − B).
struct pairwise {
  std::vector<double> first_left, second_left, first_stayed, second_stayed;
  double first = 0;
  double second = 0;

  explicit pairwise(std::vector<customer> const& customers) {
    auto const won = [](double one, double other) { return one > other ? 1.0 : one == other ? 0.5 : 0.0; };
    std::vector<customer> kinds[2];
    for (customer const& each : customers) kinds[*each.left].push_back(each);
    first_left.resize(kinds[1].size());
    second_left.resize(kinds[1].size());
    first_stayed.resize(kinds[0].size());
    second_stayed.resize(kinds[0].size());
    for (std::size_t one = 0; one < kinds[1].size(); ++one)
      for (std::size_t other = 0; other < kinds[0].size(); ++other) {
        double const by_first = won(*kinds[1][one].score, *kinds[0][other].score);
        double const by_second = won(kinds[1][one].other, kinds[0][other].other);
        first_left[one] += by_first / static_cast<double>(kinds[0].size());
        second_left[one] += by_second / static_cast<double>(kinds[0].size());
        first_stayed[other] += by_first / static_cast<double>(kinds[1].size());
        second_stayed[other] += by_second / static_cast<double>(kinds[1].size());
      }
    for (double const each : first_left) first += each / static_cast<double>(first_left.size());
    for (double const each : second_left) second += each / static_cast<double>(second_left.size());
  }
  [[nodiscard]] double covariance(bool one_is_second, bool other_is_second) const {
    auto const of = [&](std::vector<double> const& one, std::vector<double> const& other) {
      double const count = static_cast<double>(one.size());
      double sum = 0;
      for (std::size_t at = 0; at < one.size(); ++at)
        sum += (one[at] - (one_is_second ? second : first)) * (other[at] - (other_is_second ? second : first));
      return sum / (count - 1) / count;
    };
    return of(one_is_second ? second_left : first_left, other_is_second ? second_left : first_left) +
           of(one_is_second ? second_stayed : first_stayed, other_is_second ? second_stayed : first_stayed);
  }
};

TEST_CASE("compare_roc_auc: covariances of every pair, with heavy ties") {
  for (std::uint64_t const levels : {3U, 20U, 10'000U}) {
    CAPTURE(levels);
    std::vector<customer> const customers = scored::random_customers(240, levels, 3 + levels);
    pairwise const known(customers);
    auto const found = compared(customers);
    double const one = known.covariance(false, false);
    double const other = known.covariance(true, true);
    double const both = known.covariance(false, true);
    CHECK(found.first == about(known.first));
    CHECK(found.second == about(known.second));
    CHECK(found.difference == about(known.first - known.second));
    CHECK(found.standard_error == about(std::sqrt(one + other - 2 * both)));
    CHECK(found.correlation == about(both / std::sqrt(one * other)));
    CHECK(found.z == about(found.difference / found.standard_error));
    CHECK(found.p_value == about(std::erfc(std::fabs(found.z) / std::sqrt(2.0))));
    CHECK(found.interval.upper == about(found.difference + 1.959963984540054 * found.standard_error));
    CHECK(found.samples == credence::sample_design::paired);
    CHECK(found.count == 240);
  }
}

TEST_CASE("compare_roc_auc: a score and itself, upside down, and with nothing to say") {
  std::vector<customer> customers = scored::random_customers(240, 20, 9);
  for (customer& each : customers) each.other = 5 * *each.score - 3;
  auto const same = compared(customers);
  CHECK(same.difference == 0);
  CHECK(same.standard_error == 0);
  CHECK(same.p_value == 1);
  CHECK(same.correlation == about(1));
  for (customer& each : customers) each.other = -*each.score;
  CHECK(compared(customers).correlation == about(-1));
  CHECK(compared(customers).second == about(1 - same.first));
  for (customer& each : customers) each.other = 4;
  CHECK(compared(customers).second == 0.5);
  CHECK(credence::is_nan(compared(customers).correlation));
}

TEST_CASE("compare_roc_auc: bad input") {
  CHECK_FALSE(compared({}));
  CHECK_FALSE(compared({{0.5, 1, 0.5}, {0.6, 1, 0.5}}));
  auto const one_of_each = compared({{0.5, 1, 0.5}, {0.6, 0, 0.2}});
  CHECK(one_of_each.difference == -1);
  CHECK(credence::is_nan(one_of_each.p_value));
  // One score tells all apart, the other none: an error of 0 says nothing of how sure that is.
  auto const told_apart = compared({{0.9, 1, 1.0}, {0.8, 1, 1.0}, {0.3, 0, 1.0}, {0.2, 0, 1.0}});
  CHECK(told_apart.difference == 0.5);
  CHECK(credence::is_nan(told_apart.interval.upper));
  CHECK(credence::is_nan(told_apart.p_value));
  std::vector<customer> const dirty{{0.5, 1, 0.5}, {{}, 1, 0.5},   {0.5, 1, scored::no_number},
                                    {0.5, 3, 0.5}, {0.5, {}, 0.5}, {0.2, 0, 0.5}};
  auto const found = compared(dirty);
  CHECK(found.count == 2);
  CHECK(found.rejected == 4);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 1);
  CHECK(error_of([&] { static_cast<void>(compared(dirty, {.on_invalid = credence::on_invalid::raise})); }) ==
        "credence: sample 1 is missing");
  CHECK(error_of([&] {
          static_cast<void>(compared(dirty, {.confidence = 2}));
        }).find("compare_roc_auc_options::confidence is 2") != std::string::npos);
}

}  // namespace test_compare_roc_auc
