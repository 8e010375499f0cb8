// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/roc_auc.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_roc_auc {

using scored::customer;

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within); }

/// Of the formula: every pair looked at.
struct pairwise {
  double value = 0;
  double error = 0;
  double tied = 0;

  explicit pairwise(std::vector<customer> const& customers) {
    std::vector<double> left;
    std::vector<double> stayed;
    for (customer const& each : customers) (*each.left == 1 ? left : stayed).push_back(*each.score);
    std::vector<double> of_left(left.size());
    std::vector<double> of_stayed(stayed.size());
    double const pairs = static_cast<double>(left.size()) * static_cast<double>(stayed.size());
    for (std::size_t one = 0; one < left.size(); ++one)
      for (std::size_t other = 0; other < stayed.size(); ++other) {
        double const won = left[one] > stayed[other] ? 1 : left[one] == stayed[other] ? 0.5 : 0;
        of_left[one] += won / static_cast<double>(stayed.size());
        of_stayed[other] += won / static_cast<double>(left.size());
        value += won / pairs;
        tied += (won == 0.5) / pairs;
      }
    error = std::sqrt(variance_of_mean(of_left) + variance_of_mean(of_stayed));
  }
  static double variance_of_mean(std::vector<double> const& values) {
    double const count = static_cast<double>(values.size());
    double mean = 0;
    for (double const each : values) mean += each / count;
    double squares = 0;
    for (double const each : values) squares += (each - mean) * (each - mean);
    return squares / (count - 1) / count;
  }
};

TEST_CASE("roc_auc: IBM's Telco customers (reference/retention-churn-survival.md, FORMULAS.md)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::roc_auc(customers, &customer::score, &customer::left);
  CHECK(found.count == 1'761);
  CHECK(found.positives == 459);
  CHECK(found.value == about(.8224668601012688, 1e-14));
  CHECK(found.standard_error == about(.0105635482804, 1e-11));
  CHECK(found.interval.lower == about(.80176269, 1e-8));
  CHECK(found.interval.upper == about(.84317103, 1e-8));
  CHECK(credence::roc_auc(scored::gathered(customers)) == found);
}

TEST_CASE("roc_auc: every pair looked at, with heavy ties") {
  for (std::uint64_t const levels : {1U, 4U, 30U, 100'000U}) {
    CAPTURE(levels);
    std::vector<customer> const customers = scored::random_customers(301, levels, 7 + levels);
    pairwise const known(customers);
    auto const found = credence::roc_auc(scored::gathered(customers));
    CHECK(found.value == about(known.value, 1e-13));
    CHECK(found.standard_error == about(known.error, 1e-12));
    CHECK(found.tied == about(known.tied, 1e-12));
    CHECK(found.interval.upper == about(known.value + 1.959963984540054 * known.error));
  }
}

TEST_CASE("roc_auc: the interval of log odds") {
  auto const gathered = scored::gathered(scored::random_customers(301, 30, 5));
  auto const found = credence::roc_auc(gathered, {.confidence = 0.9, .interval_method = credence::auc_interval::logit});
  double const centre = std::log(found.value / (1 - found.value));
  double const half = 1.6448536269514722 * found.standard_error / (found.value * (1 - found.value));
  CHECK(found.interval.lower == about(1 / (1 + std::exp(half - centre))));
  CHECK(found.interval.upper == about(1 / (1 + std::exp(-half - centre))));
  CHECK(found.interval.confidence == 0.9);
}

TEST_CASE("roc_auc: more pairs than 32 or 64 bits can count") {
  // Forty thousand of each with one score: 1.6 · 10⁹ tied pairs.
  std::vector<customer> customers(80'000, customer{0.5, 1, 0});
  for (std::size_t at = 0; at < customers.size(); at += 2) customers[at].left = 0;
  auto const tied = credence::roc_auc(scored::gathered(customers));
  CHECK(tied.value == 0.5);
  CHECK(tied.tied == 1);
  CHECK(tied.standard_error == 0);
  CHECK(credence::is_nan(tied.interval.lower));
  // 2¹²² pairs, told in three scores: half of the positives above all, half tied with half of the negatives.
  std::uint64_t const half = std::uint64_t{1} << 60;
  credence::detail::auc_tally tally(2 * half, 2 * half);
  tally.add(0, half);
  tally.add(half, half);
  tally.add(half, 0);
  CHECK(tally.value() == 0.875);
  CHECK(tally.tied() == 0.25);
  CHECK(tally.standard_error() == about(std::sqrt(2 * 0.015625 / 0x1p61), 1e-9));
}

TEST_CASE("roc_auc: what says nothing") {
  auto const of = [](std::vector<customer> const& customers) { return credence::roc_auc(scored::gathered(customers)); };
  CHECK_FALSE(of({}));
  auto const all_left = of({{0.1, 1, 0}, {0.9, 1, 0}, {scored::no_number, 0, 0}});
  CHECK_FALSE(all_left);
  CHECK(credence::is_nan(all_left.value));
  CHECK(all_left.positives == 2);
  CHECK(all_left.rejected == 1);
  auto const one_of_each = of({{0.1, 1, 0}, {0.9, 0, 0}});
  CHECK(one_of_each.value == 0);
  CHECK(credence::is_nan(one_of_each.standard_error));
  auto const apart = of({{0.1, 0, 0}, {0.2, 0, 0}, {0.7, 1, 0}, {0.9, 1, 0}});
  CHECK(apart.value == 1);
  CHECK(apart.standard_error == 0);
  CHECK(credence::is_nan(apart.interval.upper));
  CHECK(error_of([&] {
          static_cast<void>(credence::roc_auc(scored::gathered({}), {.confidence = 1}));
        }).find("roc_auc_options::confidence is 1") != std::string::npos);
}

TEST_CASE("roc_auc: two of independent samples") {
  auto const one = credence::roc_auc(scored::gathered(scored::random_customers(301, 30, 5)));
  auto const other = credence::roc_auc(scored::gathered(scored::random_customers(211, 9, 6)));
  credence::comparison const found = compare(one, other);
  double const error = std::hypot(one.standard_error, other.standard_error);
  CHECK(found.difference == about(one.value - other.value));
  CHECK(found.standard_error == about(error));
  CHECK(found.interval.lower == about(found.difference - 1.959963984540054 * error));
  CHECK(found.p_value == about(std::erfc(std::fabs(found.difference / error) / std::sqrt(2.0))));
  CHECK_FALSE(compare(one, credence::roc_auc_result{}));
  // All on one side by one score, all alike by the other: of four customers nothing is certain.
  credence::roc_auc_result told_apart;
  told_apart.value = 1;
  told_apart.standard_error = 0;
  credence::roc_auc_result alike = told_apart;
  alike.value = .5;
  credence::comparison const bare = compare(told_apart, alike);
  CHECK(bare.difference == .5);
  CHECK(credence::is_nan(bare.interval.lower));
  CHECK(credence::is_nan(bare.p_value));
  CHECK_THROWS_AS(static_cast<void>(compare(one, other, {.confidence = 0})), credence::error);
}

}  // namespace test_roc_auc
