// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/survey/bootstrap.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/likert.hpp>
#include <credence/survey/net_sentiment.hpp>
#include <vector>

#include "survey/counted.hpp"

namespace test_bootstrap {

TEST_CASE("bootstrap: an NPS and a share from their counts") {
  auto const nps = counted_nps(150, 250, 600).result();
  auto const found = credence::bootstrap(nps);
  CHECK(found.value == 45);
  CHECK(found.count == 1000);
  CHECK(found.replicates == 10'000);
  CHECK(found.standard_error == doctest::Approx(nps.standard_error).epsilon(0.03));
  CHECK(std::fabs(found.bias) < 4 * nps.standard_error / 100);
  CHECK(found.interval.lower == doctest::Approx(nps.interval.lower).epsilon(0.01));
  CHECK(found.interval.upper == doctest::Approx(nps.interval.upper).epsilon(0.01));
  CHECK(credence::bootstrap(nps) == found);
  CHECK(credence::bootstrap(nps, {.seed = 3}) != found);

  auto const share = counted_share(30, 100).result();
  auto const of_share = credence::bootstrap(share, {.confidence = 0.9});
  CHECK(of_share.value == 0.3);
  CHECK(of_share.standard_error == doctest::Approx(share.standard_error).epsilon(0.03));
  CHECK(of_share.interval.lower == doctest::Approx(0.23).epsilon(0.05));
  CHECK(of_share.interval.upper == doctest::Approx(0.38).epsilon(0.05));
}

TEST_CASE("bootstrap: of counts as of the rows that were counted") {
  std::vector<int> scores;
  for (int each = 0; each < 60; ++each) scores.push_back(each % 11);
  auto const counted = credence::bootstrap(credence::nps(scores));
  auto const of_rows = credence::bootstrap(scores, credence::nps_accumulator{});
  CHECK(counted.value == of_rows.value);
  CHECK(counted.standard_error == doctest::Approx(of_rows.standard_error).epsilon(0.04));
  CHECK(std::fabs(counted.interval.lower - of_rows.interval.lower) < 3.4);  // two steps of 100/60
  CHECK(std::fabs(counted.interval.upper - of_rows.interval.upper) < 3.4);
}

TEST_CASE("bootstrap: no answers, one class only, huge counts, weights") {
  CHECK_FALSE(credence::bootstrap(credence::nps_result{}));
  CHECK_FALSE(credence::bootstrap(credence::share_result{}));
  auto const all = credence::bootstrap(counted_nps(0, 0, 7).result());
  CHECK(all.value == 100);
  CHECK(all.interval.lower == 100);
  CHECK(all.interval.upper == 100);
  CHECK(all.standard_error == 0);
  auto const huge = counted_share(std::uint64_t{1} << 50, std::uint64_t{1} << 52).result();
  CHECK(credence::bootstrap(huge).standard_error == doctest::Approx(huge.standard_error).epsilon(0.03));
  credence::nps_accumulator weighted;
  weighted(9, 2.0);
  CHECK_THROWS_AS((void)credence::bootstrap(weighted.result()), credence::error);
  CHECK_THROWS_AS((void)credence::bootstrap(credence::nps_result{}, {.replicates = 0}), credence::error);
}

TEST_CASE("bootstrap: a likert question by each measure, and net sentiment") {
  std::vector<int> answers;
  for (int at = 0; at < 400; ++at) answers.push_back(at * at % 7 % 5 + 1);
  for (credence::likert_measure const measure :
       {credence::likert_measure::mean_score, credence::likert_measure::top_share,
        credence::likert_measure::net_share}) {
    auto const result = credence::likert(answers, {.measure = measure});
    auto const found = credence::bootstrap(result);
    CHECK(found.value == about(result.value));
    CHECK(found.count == 400);
    CHECK(found.standard_error == doctest::Approx(result.standard_error).epsilon(.03));
    CHECK(found.interval.lower == doctest::Approx(result.interval.lower).epsilon(.03));
    CHECK(found.interval.upper == doctest::Approx(result.interval.upper).epsilon(.03));
  }
  auto const sentiment = credence::net_sentiment(answers, {.negative_to = 2, .positive_from = 4});
  auto const net = credence::likert(answers, {.measure = credence::likert_measure::net_share});
  CHECK(credence::bootstrap(sentiment) == credence::bootstrap(net));
  CHECK_FALSE(credence::bootstrap(credence::likert_result{}));
  CHECK_FALSE(credence::bootstrap(credence::net_sentiment_result{}));
  credence::likert_accumulator weighted;
  weighted(4, 2.0);
  CHECK_THROWS_AS((void)credence::bootstrap(weighted.result()), credence::error);
}

}  // namespace test_bootstrap
