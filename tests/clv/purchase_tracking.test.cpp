// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/purchase_tracking.hpp>
#include <cstdint>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "clv/fitted.hpp"
#include "support/error_of.hpp"
#include "support/shared_data.hpp"

namespace test_purchase_tracking {

using credence::purchase_tracking;
namespace {

doctest::Approx about(double value, double within = 1e-11) { return doctest::Approx(value).epsilon(within); }
credence::time_span const week = std::chrono::hours{168};

struct order {
  std::optional<int> customer;
  credence::instant placed;
};
credence::instant day(std::int64_t number) {
  return credence::instant::from_micros(number * 86'400'000'000 + 3'600'000'000);
}

std::vector<double> weekly_of_cdnow() {
  std::vector<double> counts;
  auto const path = shared_data("clv/cdnow_weekly_cum_repeat_transactions.csv");
  if (!path) return counts;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  for (double before = 0; std::getline(file, line);) {
    double const cumulative = std::stod(line.substr(line.find(',') + 1));
    counts.push_back(cumulative - before);
    before = cumulative;
  }
  return counts;
}
std::vector<order> log_of_cdnow() {
  std::vector<order> log;
  auto const path = shared_data("clv/cdnow_sample_log.csv");
  if (!path) return log;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::size_t const at = line.find(',', line.find(',') + 1) + 1;
    std::chrono::year_month_day const date{std::chrono::year(std::stoi(line.substr(at, 4))),
                                           std::chrono::month(static_cast<unsigned>(std::stoi(line.substr(at + 5, 2)))),
                                           std::chrono::day(static_cast<unsigned>(std::stoi(line.substr(at + 8, 2))))};
    log.push_back({std::stoi(line), std::chrono::sys_days(date)});
  }
  return log;
}

}  // namespace

TEST_CASE("purchase_tracking: BTYD's expected cumulative purchases of CDNOW, and the actual ones") {
  auto const customers = clv_fitted::cdnow();
  if (customers.empty()) return;
  credence::pareto_nbd const model({.r = .55, .alpha = 10.56, .s = .61, .beta = 11.64, .unit = week});
  auto const found = purchase_tracking(model, customers, weekly_of_cdnow(), {.calibration = 39});
  REQUIRE(found.size() == 78);
  // BTYD 2.4.3, pnbd.ExpectedCumulativeTransactions.
  CHECK(found[9].expected_cumulative == about(428.7696, 1e-6));
  CHECK(found[38].expected_cumulative == about(2513.2719, 1e-7));
  CHECK(found[77].expected_cumulative == about(4235.5488, 1e-7));
  CHECK(found[77].actual_cumulative == 4'339);
  CHECK(found[1].actual == 19);
  CHECK(found.total_error == about(4235.5488 / 4'339 - 1, 1e-5));
  CHECK(found.calibration_error == about(2513.2719 / found[38].actual_cumulative - 1, 1e-5));
  CHECK(found.holdout_error == about((4235.5488 - 2513.2719) / (4'339 - found[38].actual_cumulative) - 1, 1e-5));

  // The same from the log itself.
  auto const logged = purchase_tracking(model, log_of_cdnow(), &order::customer, &order::placed, {.calibration = 39});
  CHECK(logged.customers == 2'357);
  REQUIRE(logged.size() >= 77);
  for (std::size_t at = 0; at < 77; ++at) {
    CHECK(logged[at].actual == found[at].actual);
    CHECK(logged[at].expected_cumulative == about(found[at].expected_cumulative));
  }
}

TEST_CASE("purchase_tracking: a log by hand") {
  credence::bg_nbd const model(clv_fitted::parameters(week));
  // First purchases on days 100, 103 and 114; a repeat in weeks 1, 2 and 4; two orders of one day are one purchase.
  std::vector<order> const log{{1, day(100)}, {2, day(103)}, {1, day(104)}, {1, day(104)}, {3, day(114)},
                               {2, day(108)}, {2, day(108)}, {1, day(121)}, {2, day(131)}};
  auto const found =
      purchase_tracking(model, log, &order::customer, &order::placed, {.calibration = 2, .observed_until = day(131)});
  CHECK(found.customers == 3);
  CHECK(found.count == 8);
  REQUIRE(found.size() == 4);
  std::vector<double> const actual{1, 1, 0, 1};
  double cumulative = 0;
  double apart = 0;
  for (std::size_t at = 0; at < 4; ++at) {
    double const end = static_cast<double>(at + 1);
    CHECK(found[at].end == end);
    CHECK(found[at].actual == actual[at]);
    double expected = model.expected_purchases(end) + model.expected_purchases(end - 3.0 / 7);
    if (end > 2) expected += model.expected_purchases(end - 2);
    CHECK(found[at].expected_cumulative == about(expected));
    CHECK(found[at].expected == about(expected - cumulative));
    apart += std::fabs(expected - cumulative - actual[at]);
    cumulative = expected;
  }
  CHECK(found.mean_absolute_error == about(apart / 4));
  CHECK(found.total_error == about(cumulative / 3 - 1));
  CHECK(found.calibration_error == about(found[1].expected_cumulative / 2 - 1));
  CHECK(found.holdout_error == about(cumulative - found[1].expected_cumulative - 1));
  auto const longer = purchase_tracking(model, log, &order::customer, &order::placed, {.period = 2.0});
  CHECK(longer.size() == 2);
  CHECK(longer[0].actual == 2);
  CHECK(longer[1].expected_cumulative == about(found[3].expected_cumulative));
  CHECK(credence::is_nan(longer.holdout_error));
}

TEST_CASE("purchase_tracking: times at both ends of what can be counted") {
  credence::bg_nbd const model(clv_fitted::parameters(week));
  constexpr std::int64_t latest = (std::numeric_limits<std::int64_t>::max)();
  auto const at = [](std::int64_t micros) { return credence::instant::from_micros(micros); };
  std::vector<order> const log{{1, at(-latest)}, {1, at(latest - 1)}, {2, at(latest - 1)}};
  double const weeks = 2 * static_cast<double>(latest) / 604'800e6;
  for (std::int64_t const span : {std::int64_t{1}, std::int64_t{86'400'000'000}, latest}) {
    auto const found =
        purchase_tracking(model, log, &order::customer, &order::placed,
                          {.period = weeks / 4, .same_purchase = credence::time_span::from_micros(span)});
    CHECK(found.customers == 2);
    REQUIRE(found.size() >= 3);
    CHECK(found[0].actual == 0);
    CHECK(found[2].actual == (span == latest ? 1 : 0));
  }
  // An end after all times says nothing that the log does not.
  std::vector<order> const three_weeks{{1, day(0)}, {1, day(20)}};
  auto const unending =
      purchase_tracking(model, three_weeks, &order::customer, &order::placed, {.observed_until = at(latest)});
  CHECK(unending.size() == 3);
  CHECK(unending.periods == purchase_tracking(model, three_weeks, &order::customer, &order::placed).periods);
}

TEST_CASE("purchase_tracking: bad input and wrong options") {
  credence::bg_nbd const model(clv_fitted::parameters(week));
  std::vector<order> const log{{1, day(1)},
                               {{}, day(2)},
                               {1, credence::instant::from_micros((std::numeric_limits<std::int64_t>::min)())},
                               {1, day(3)}};
  auto const found = purchase_tracking(model, log, &order::customer, &order::placed);
  CHECK(found.count == 2);
  CHECK(found.rejections.missing == 1);
  CHECK(found.rejections.bad_time == 1);
  CHECK_FALSE(found);  // no whole week
  CHECK_FALSE(purchase_tracking(model, std::vector<order>{}, &order::customer, &order::placed));
  CHECK_FALSE(purchase_tracking(model, std::vector<clv_fitted::customer>{}, std::vector<double>{}));
  auto const complaint = [](auto const& call) { return error_of([&] { static_cast<void>(call()); }); };
  using options = credence::purchase_tracking_options;
  auto const names = [&](options const& own, char const* text) {
    return complaint([&] { return purchase_tracking(model, log, &order::customer, &order::placed, own); }).find(text) !=
           std::string::npos;
  };
  CHECK(names({.period = 0}, "::period is 0"));
  CHECK(names({.period = 1e-9}, "1000000 periods"));
  CHECK(names({.same_purchase = credence::time_span::from_micros(0)}, "::same_purchase"));
  CHECK(names({.calibration = -1}, "::calibration is -1"));
  CHECK(names({.observed_until = credence::instant::from_micros((std::numeric_limits<std::int64_t>::min)())},
              "observed_until is a time that cannot be"));
  CHECK(names({.on_invalid = credence::on_invalid::raise}, "sample 1 is missing"));
  credence::bg_nbd const timeless(clv_fitted::parameters());
  CHECK(complaint([&] { return purchase_tracking(timeless, log, &order::customer, &order::placed); }).find("`.unit`") !=
        std::string::npos);
  CHECK(complaint([&] {
          return purchase_tracking(timeless, clv_fitted::customers(3), std::vector<double>{1, -1});
        }).find("sample 1 is -1") != std::string::npos);
}

}  // namespace test_purchase_tracking
