// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/bg_bb.hpp>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/mbg_cnbd_k.hpp>
#include <credence/clv/nbd.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/predict.hpp>
#include <credence/math/delta_interval.hpp>
#include <functional>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "clv/fitted.hpp"
#include "support/error_of.hpp"

namespace test_predict {

using clv_fitted::customer;
using credence::predict;
namespace {

doctest::Approx about(double value, double within = 1e-11) {
  return doctest::Approx(value).epsilon(within).scale(1e-250);
}
double const none = std::numeric_limits<double>::quiet_NaN();

/// Runs tasks backwards.
struct backwards {
  void operator()(std::size_t count, std::function<void(std::size_t)> const& task) const {
    while (count != 0) task(--count);
  }
};

template <class Model>
void check_each(Model const& model, std::vector<customer> const& rows, double ahead) {
  auto const found = predict(model, rows, ahead);
  REQUIRE(found.size() == rows.size());
  double all = 0;
  double alive = 0;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    INFO(at, " ", rows[at].frequency, " ", rows[at].age);
    CHECK(found[at].key == rows[at].key);
    CHECK(found[at].probability_alive == about(model.probability_alive(rows[at])));
    CHECK(found[at].expected_purchases == about(model.expected_purchases(rows[at], ahead)));
    CHECK(found[at].probability_of_purchase == about(model.probability_of_purchase(rows[at], ahead)));
    all += found[at].expected_purchases;
    alive += found[at].probability_alive;
  }
  CHECK(found.count == rows.size());
  CHECK(found.expected_purchases == about(all));
  CHECK(found.expected_alive == about(alive));
  CHECK(found.intervals.empty());
}

}  // namespace

TEST_CASE("predict: what the model says of each, by curves and without") {
  std::vector<customer> rows = clv_fitted::customers(3'000);
  rows[7].frequency = 200'000;  // beyond all curves
  rows[7].recency = rows[7].age;
  check_each(credence::bg_nbd(clv_fitted::parameters()), rows, 39);
  check_each(credence::bg_nbd({.r = 3, .alpha = 0.01, .a = 1, .b = 0.2}), rows, 500);
  check_each(credence::bg_nbd(clv_fitted::parameters()), rows, 0);
  rows.resize(400);
  check_each(credence::pareto_nbd({.r = .553, .alpha = 10.578, .s = .606, .beta = 11.669}), rows, 39);
  for (customer& own : rows) own.age = own.recency = own.frequency > 0 ? 5 : 0;  // all alike
  check_each(credence::bg_nbd(clv_fitted::parameters()), rows, 39);
}

TEST_CASE("predict: the published customer, with the intervals of the delta method") {
  std::vector<customer> rows = clv_fitted::customers(500);
  rows[0] = {"published", 2, 30.43, 38.86, 22.35, 1, 39};
  rows[1] = {"once", 0, 0, 30, 0, 0, 39};
  auto const fit = clv_fitted::report();
  auto const found = predict(fit, rows, 39.0);
  REQUIRE(found.intervals.size() == rows.size());
  CHECK(found[0].expected_purchases == about(1.226, 1e-3));  // Fader, Hardie and Lee 2005
  for (std::size_t const at : {0U, 2U, 30U, 200U}) {
    auto const expected = credence::delta_interval(
        fit, [&](credence::bg_nbd const& model) { return std::log(model.expected_purchases(rows[at], 39.0)); });
    CHECK(found.intervals[at].expected_purchases.lower == about(std::exp(expected.interval.lower), 1e-6));
    CHECK(found.intervals[at].expected_purchases.upper == about(std::exp(expected.interval.upper), 1e-6));
    CHECK(found.intervals[at].expected_purchases.confidence == 0.95);
    auto const odds = [](double share) { return std::log(share / (1 - share)); };
    auto const buys = credence::delta_interval(
        fit, [&](credence::bg_nbd const& model) { return odds(model.probability_of_purchase(rows[at], 39.0)); });
    CHECK(odds(found.intervals[at].probability_of_purchase.lower) == about(buys.interval.lower, 1e-6));
    CHECK(odds(found.intervals[at].probability_of_purchase.upper) == about(buys.interval.upper, 1e-6));
    if (rows[at].frequency == 0) continue;
    auto const alive = credence::delta_interval(
        fit, [&](credence::bg_nbd const& model) { return odds(model.probability_alive(rows[at])); });
    CHECK(odds(found.intervals[at].probability_alive.lower) == about(alive.interval.lower, 1e-6));
    CHECK(odds(found.intervals[at].probability_alive.upper) == about(alive.interval.upper, 1e-6));
  }
  // BG/NBD is sure of who never came back.
  CHECK(found.intervals[1].probability_alive.lower == 1);
  CHECK(found.intervals[1].probability_alive.upper == 1);
  CHECK(predict(fit, rows, 39.0, {.intervals = false}).intervals.empty());
  CHECK(predict(fit, rows, 39.0, {.intervals = false}).customers == found.customers);
  CHECK(predict(fit, rows, 39.0, {.confidence = 0.5}).intervals[0].expected_purchases.lower >
        found.intervals[0].expected_purchases.lower);
}

TEST_CASE("predict: the same bits by any executor, and of rows that are read once") {
  std::vector<customer> const rows = clv_fitted::customers(40'000);
  credence::bg_nbd const model(clv_fitted::parameters());
  auto const found = predict(model, rows, 39.0);
  CHECK(predict(backwards{}, model, rows, 39.0) == found);
  std::list<customer> const listed(rows.begin(), rows.end());
  CHECK(predict(model, listed, 39.0) == found);
  std::vector<credence::purchase_history> const unnamed{{2, 30.43, 38.86}, {0, 0, 5}};
  CHECK(predict(model, unnamed, 39.0)[1].key == 1);
}

TEST_CASE("predict: a model without churn is not asked who is alive") {
  std::vector<customer> const rows = clv_fitted::customers(50);
  credence::nbd const model({.r = .385, .alpha = 12.07});
  auto const found = predict(model, rows, 39.0);
  static_assert(
      std::is_same_v<decltype(found), credence::predictions<credence::purchase_prediction<std::string>> const>);
  CHECK(found[3].expected_purchases == about(model.expected_purchases(rows[3], 39.0)));
  CHECK(credence::is_nan(found.expected_alive));
}

TEST_CASE("predict: opportunities, and purchases in stages, whose recency is not forgotten") {
  credence::bg_bb const donors({.alpha = 1.204, .beta = .750, .gamma = .657, .delta = 2.783});
  std::vector<credence::purchase_history> const asked{{6, 6, 6}, {2, 4, 6}, {0, 0, 6}, {5, 4, 6}};
  auto const found = predict(donors, asked, 5);
  CHECK(found.count == 3);
  CHECK(found.rejected == 1);  // five times at four opportunities
  for (std::size_t at = 0; at < 3; ++at) {
    CHECK(found[at].expected_purchases == about(donors.expected_purchases(asked[at], 5)));
    CHECK(found[at].probability_alive == about(donors.probability_alive(asked[at])));
  }
  CHECK(error_of([&] { static_cast<void>(predict(donors, asked, 1.5)); }).find("whole number of opportunities") !=
        std::string::npos);
  credence::mbg_cnbd_k const regular({.k = 3, .r = .5, .alpha = 6, .a = .9, .b = 1.6});
  std::vector<customer> rows = clv_fitted::customers(100);
  check_each(regular, rows, 20);
}

TEST_CASE("predict: rows that cannot be are answered by NaN, and counted") {
  struct row {
    std::optional<double> frequency;
    double recency;
    double age;
  };
  std::vector<row> const rows{{2, 30, 38}, {{}, 0, 5}, {1.5, 2, 5}, {none, 2, 5}, {1, 6, 5}, {0, 1, 5}, {0, 0, 5}};
  credence::bg_nbd const model(clv_fitted::parameters());
  auto const found = predict(model, rows, 39.0);
  CHECK(found.size() == 7);
  CHECK(found.count == 2);
  CHECK(found.rejected == 5);
  CHECK(found.rejections.missing == 1);
  CHECK(found.rejections.off_scale == 1);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.bad_time == 2);
  CHECK(credence::is_nan(found[1].expected_purchases));
  CHECK(found[6].probability_alive == 1);
  CHECK_FALSE(predict(model, std::vector<row>{}, 39.0));
  CHECK(error_of([&] {
          static_cast<void>(predict(model, rows, 39.0, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 1 is missing") != std::string::npos);
  for (double const wrong : {-1.0, none, std::numeric_limits<double>::infinity()})
    CHECK(error_of([&] { static_cast<void>(predict(model, rows, wrong)); }).find("`ahead`") != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(predict(model, rows, 1.0, {.confidence = 1}));
        }).find("predict_options::confidence") != std::string::npos);
  credence::likelihood_report<credence::bg_nbd> const failed;
  CHECK(error_of([&] { static_cast<void>(predict(failed, rows, 1.0)); }).find("degenerate_data") != std::string::npos);
}

}  // namespace test_predict
