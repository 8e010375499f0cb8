// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Ten thousand replicates of a score, against the draws alone: three counts, so two binomial draws a replicate.

#include <credence/survey/bootstrap.hpp>

#include <cstdint>
#include <random>

#include "contest.hpp"

namespace {

constexpr std::size_t replicates = 10'000;
constexpr std::int64_t answers = 1'000;
constexpr double detractors = .15;
constexpr double promoters_of_rest = .6 / .85;

void expect_share(double drawn) {
  bench::expect(drawn / (static_cast<double>(replicates) * answers) > .74 &&
                    drawn / (static_cast<double>(replicates) * answers) < .76,
                "the share of promoters and detractors drawn");
}
void bootstrapped() {
  credence::nps_result result;
  result.count = answers;
  result.detractors = 150;
  result.promoters = 600;
  result.passives = 250;
  result.value = 45;
  auto const found = credence::bootstrap(result);
  bench::expect(found.interval.lower > 40 && found.interval.upper < 50 && found.replicates == replicates,
                "the bootstrap interval");
}
void drawn_by_std() {
  std::mt19937_64 words(1);
  double sum = 0;
  for (std::size_t times = 0; times < replicates; ++times) {
    std::int64_t const first = std::binomial_distribution<std::int64_t>(answers, detractors)(words);
    sum += static_cast<double>(first +
                               std::binomial_distribution<std::int64_t>(answers - first, promoters_of_rest)(words));
  }
  expect_share(sum);
}
void drawn_by_ours() {
  double sum = 0;
  for (std::size_t times = 0; times < replicates; ++times) {
    credence::math::random_stream draws(2026, times);
    std::uint64_t const first = draws.binomial(answers, detractors);
    sum += static_cast<double>(first + draws.binomial(answers - first, promoters_of_rest));
  }
  expect_share(sum);
}
std::size_t each_replicate() { return replicates; }

bench::enter const standard{{.name = "bootstrap/nps_to_std_draws",
                             .credence = bootstrapped,
                             .floor = drawn_by_std,
                             .at_most = 1,
                             .items = each_replicate}};
bench::enter const own{
    {.name = "bootstrap/nps_to_our_draws", .credence = bootstrapped, .floor = drawn_by_ours, .items = each_replicate}};

}  // namespace
