// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Ten million customers with a score of full precision, against std::sort of the scores alone; and what shares one
// sort.

#include <credence/churn/churn_scores.hpp>
#include <credence/churn/expected_maximum_profit.hpp>
#include <credence/churn/lift.hpp>
#include <credence/churn/roc_auc.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "events.hpp"

namespace {

struct scored_customer {
  double score;
  bool has_left;
};

std::size_t customers() { return (std::min)(inputs::rows, std::size_t{10'000'000}); }

/// Who scores s leaves with a chance of s/2; scores are even in 0…1.
std::vector<scored_customer> made(std::uint64_t levels) {
  std::vector<scored_customer> rows(customers());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    std::uint64_t const drawn = inputs::detail::draw(21, at);
    double const exact = static_cast<double>(drawn >> 11) * 0x1p-53;
    double const chance = static_cast<double>(inputs::detail::draw(22, at) >> 11) * 0x1p-53;
    double const score = levels == 0 ? exact : static_cast<double>(inputs::detail::scaled(drawn, levels));
    rows[at] = {score, chance < exact / 2};
  }
  return rows;
}
std::vector<scored_customer> const& distinct() {
  static std::vector<scored_customer> const kept = made(0);
  return kept;
}
std::vector<scored_customer> const& tied() {
  static std::vector<scored_customer> const kept = made(1'000);
  return kept;
}
credence::churn_scores_accumulator const& gathered() {
  static auto const kept = credence::churn_scores(distinct(), &scored_customer::score, &scored_customer::has_left);
  return kept;
}

void sort_all(std::vector<scored_customer> const& rows) {
  std::vector<double> scores(rows.size());
  for (std::size_t at = 0; at < rows.size(); ++at) scores[at] = rows[at].score;
  std::sort(scores.begin(), scores.end());
  bench::expect(scores.front() <= scores[scores.size() / 2] && scores[scores.size() / 2] <= scores.back(), "the order");
}

void expect_auc(std::vector<scored_customer> const& rows) {
  double const found = credence::roc_auc(rows, &scored_customer::score, &scored_customer::has_left).value;
  // A quarter leaves. Of those the density of scores is 2s, of the others (2 − s)·2/3: 13/18.
  bench::expect(found > 0.72 && found < 0.7245, "the AUC");
}

bench::enter const auc{{.name = "churn/roc_auc_to_sort",
                        .credence = [] { expect_auc(distinct()); },
                        .floor = [] { sort_all(distinct()); },
                        .at_most = 1.5,
                        .items = customers}};

bench::enter const auc_of_ties{{.name = "churn/roc_auc_of_ties_to_sort",
                                .credence = [] { expect_auc(tied()); },
                                .floor = [] { sort_all(tied()); },
                                .at_most = 1.5,
                                .items = customers}};

bench::enter const lift{{.name = "churn/lift_gathered_to_sort",
                         .credence =
                             [] {
                               // The best tenth leaves at a rate of 0.475, all at 0.25.
                               double const found = credence::lift(gathered(), {.quantile = 0.1}).value;
                               bench::expect(found > 1.8 && found < 2, "the lift");
                             },
                         .floor = [] { sort_all(distinct()); },
                         .at_most = 0.25,
                         .items = customers}};

bench::enter const profit{{.name = "churn/profit_gathered_to_sort",
                           .credence =
                               [] {
                                 auto const found = credence::expected_maximum_profit(gathered());
                                 bench::expect(found.value > 0 && found.fraction > 0 && found.fraction < 1,
                                               "the profit");
                               },
                           .floor = [] { sort_all(distinct()); },
                           .at_most = 0.5,
                           .items = customers}};

}  // namespace
