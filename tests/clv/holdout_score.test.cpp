// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/holdout_score.hpp>
#include <limits>
#include <string>
#include <vector>

#include "clv/fitted.hpp"
#include "support/error_of.hpp"

namespace test_holdout_score {

using clv_fitted::customer;
using credence::holdout_score;
namespace {

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within); }
credence::bg_nbd const model(clv_fitted::parameters());

template <class Predict>
void check_errors(credence::prediction_errors const& found, std::vector<customer> const& rows, Predict const& predict) {
  double absolute = 0;
  double squares = 0;
  double bias = 0;
  double all = 0;
  for (customer const& own : rows) {
    double const error = predict(own) - own.holdout_frequency;
    absolute += std::fabs(error);
    squares += error * error;
    bias += error;
    all += predict(own);
  }
  double const count = static_cast<double>(rows.size());
  CHECK(found.mean_absolute_error == about(absolute / count));
  CHECK(found.root_mean_squared_error == about(std::sqrt(squares / count)));
  CHECK(found.bias == about(bias / count).scale(1));
  CHECK(found.predicted == about(all));
}
void check_all(std::vector<customer> const& rows) {
  auto const found = holdout_score(model, rows);
  CHECK(found.count == rows.size());
  double purchases = 0;
  double ages = 0;
  for (customer const& own : rows) {
    purchases += own.frequency;
    ages += own.age;
  }
  check_errors(found.model, rows,
               [](customer const& own) { return model.expected_purchases(own, own.holdout_duration); });
  check_errors(found.mean_rate, rows, [&](customer const& own) { return purchases / ages * own.holdout_duration; });
  check_errors(found.own_rate, rows,
               [](customer const& own) { return own.age > 0 ? own.frequency / own.age * own.holdout_duration : 0; });
  REQUIRE(found.calibration.size() == 8);
  for (std::size_t bin = 0; bin < 8; ++bin) {
    double customers = 0;
    double predicted = 0;
    double actual = 0;
    for (customer const& own : rows) {
      if (bin < 7 ? own.frequency != static_cast<double>(bin) : own.frequency < 7) continue;
      ++customers;
      predicted += model.expected_purchases(own, own.holdout_duration);
      actual += own.holdout_frequency;
    }
    CHECK(found.calibration[bin].frequency == bin);
    CHECK(static_cast<double>(found.calibration[bin].customers) == customers);
    CHECK(found.calibration[bin].predicted == about(predicted / customers));
    CHECK(found.calibration[bin].actual == about(actual / customers).scale(1));
  }
}

}  // namespace

TEST_CASE("holdout_score: errors, baselines and bins, one by one") { check_all(clv_fitted::customers(2'000)); }

TEST_CASE("holdout_score: CDNOW's 39 weeks after 39 weeks") {
  auto const customers = clv_fitted::cdnow();
  if (customers.empty()) return;
  check_all(customers);
  auto const found = holdout_score(clv_fitted::report(), customers);
  CHECK(found.actual == 1'882);
  // The model beats both baselines; own rates overrate those who were there for long ago.
  CHECK(found.model.mean_absolute_error < found.mean_rate.mean_absolute_error);
  CHECK(found.model.root_mean_squared_error < found.mean_rate.root_mean_squared_error);
  CHECK(found.model.root_mean_squared_error < found.own_rate.root_mean_squared_error);
}

TEST_CASE("holdout_score: bad input") {
  std::vector<customer> rows = clv_fitted::customers(4);
  rows[0].holdout_frequency = -1;
  rows[1].holdout_duration = std::numeric_limits<double>::infinity();
  rows[2].holdout_frequency = std::numeric_limits<double>::quiet_NaN();
  auto const found = holdout_score(model, rows);
  CHECK(found.count == 1);
  CHECK(found.rejections.off_scale == 1);
  CHECK(found.rejections.bad_time == 1);
  CHECK(found.rejections.not_a_number == 1);
  auto const nobody = holdout_score(model, std::vector<customer>{});
  CHECK_FALSE(nobody);
  CHECK(credence::is_nan(nobody.model.mean_absolute_error));
  CHECK(credence::is_nan(nobody.calibration[0].actual));
  std::vector<customer> newborn(2);
  auto const no_holdout = holdout_score(model, newborn);  // as of a table without calibration: nothing to be right in
  CHECK_FALSE(no_holdout);
  CHECK(no_holdout.rejections.missing == 2);
  CHECK(credence::is_nan(no_holdout.model.mean_absolute_error));
  CHECK(holdout_score(model, rows, {.open_bin = 1}).calibration.size() == 2);
  CHECK(error_of([&] { static_cast<void>(holdout_score(model, rows, {.open_bin = 0})); }).find("::open_bin is 0") !=
        std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(holdout_score(model, rows, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 0") != std::string::npos);
}

}  // namespace test_holdout_score
