// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/net_score.hpp>
#include <vector>

namespace test_coverage {

// How often a nominal 95 % interval of NPS holds the true score, exactly: over all outcomes of n answers, the sum of
// the probabilities of those whose interval holds it. The references are an enumeration in R, to three digits.

namespace {

using credence::net_score_interval;

struct coverage {
  double wald = 0;
  double t = 0;
  double adjusted = 0;
  double score = 0;
};

coverage coverage_of(int samples, double negative, double neutral, double positive) {
  std::vector<double> log_factorial(static_cast<std::size_t>(samples) + 1, 0.0);
  for (std::size_t at = 1; at < log_factorial.size(); ++at)
    log_factorial[at] = log_factorial[at - 1] + std::log(static_cast<double>(at));
  double const truth = positive - negative;
  coverage found;
  for (int detractors = 0; detractors <= samples; ++detractors) {
    for (int passives = 0; passives <= samples - detractors; ++passives) {
      int const promoters = samples - detractors - passives;
      double const probability = std::exp(
          log_factorial.back() - log_factorial[static_cast<std::size_t>(detractors)] -
          log_factorial[static_cast<std::size_t>(passives)] - log_factorial[static_cast<std::size_t>(promoters)] +
          detractors * std::log(negative) + passives * std::log(neutral) + promoters * std::log(positive));
      double const size = samples;
      credence::observed_net_score const outcome{detractors / size, passives / size, promoters / size, size};
      auto const add = [&](double& sum, net_score_interval method) {
        credence::interval const bounds = interval_of(outcome, method, .95);
        if (bounds.lower <= truth && truth <= bounds.upper) sum += probability;
      };
      add(found.wald, net_score_interval::wald);
      add(found.t, net_score_interval::t);
      add(found.adjusted, net_score_interval::adjusted_wald);
      add(found.score, net_score_interval::score);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("coverage: of the four intervals of NPS, by enumeration") {
  struct reference {
    int samples;
    double negative, neutral, positive;
    double wald, t, adjusted, score;
  };
  reference const rows[] = {{10, .01, .04, .95, .400, .401, .914, .962}, {10, .1, .3, .6, .873, .955, .947, .961},
                            {30, .05, .15, .8, .916, .932, .963, .965},  {30, .01, .04, .95, .784, .785, .976, .957},
                            {100, .3, .2, .5, .946, .950, .948, .951},   {100, .01, .04, .95, .906, .907, .970, .961}};
  for (reference const& row : rows) {
    coverage const found = coverage_of(row.samples, row.negative, row.neutral, row.positive);
    CAPTURE(row.samples);
    CAPTURE(row.positive);
    CHECK(std::fabs(found.wald - row.wald) < .00051);
    CHECK(std::fabs(found.t - row.t) < .00051);
    CHECK(std::fabs(found.adjusted - row.adjusted) < .00051);
    CHECK(std::fabs(found.score - row.score) < .00051);
    CHECK(found.score > .9469);
  }
}

}  // namespace test_coverage
