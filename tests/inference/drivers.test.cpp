// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <credence/inference/drivers.hpp>
#include <credence/math/random.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "support/attitude.hpp"

namespace test_drivers {

using credence::drivers;
using credence::drivers_result;
using credence::drivers_status;

namespace {

doctest::Approx about(double value, double within = 1e-11) { return doctest::Approx(value).epsilon(within); }

auto const rating = [](std::array<int, 7> const& row) { return row[0]; };
auto const others = [](std::array<int, 7> const& row) {
  return std::array{row[1], row[2], row[3], row[4], row[5], row[6]};
};

struct respondent {
  std::optional<double> overall;
  std::vector<double> items;
};
std::vector<respondent> made(std::size_t count, std::size_t items, std::uint64_t seed) {
  std::vector<respondent> rows(count);
  auto const next = [&seed] {
    seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return static_cast<double>(seed >> 40) / 0x1p24;
  };
  for (respondent& each : rows) {
    double const common = next();
    double sum = next();
    for (std::size_t at = 0; at < items; ++at) {
      each.items.push_back(next() + common);
      sum += each.items.back() * static_cast<double>(at % 4);
    }
    each.overall = sum;
  }
  return rows;
}

}  // namespace

TEST_CASE("drivers: R's attitude, LMG of relaimpo and Johnson's relative weights") {
  drivers_result const found = drivers(attitude, rating, others);
  REQUIRE(found);
  CHECK(found.status == drivers_status::ok);
  CHECK(found.count == 30);
  CHECK(found.r_squared == about(.7326019925311, 1e-12));
  std::vector<double> const shapley{.370816194319, .050903792972, .155765990169,
                                    .120345079404, .006588722546, .028182213122};
  std::vector<double> const relative{.362760199658, .056002278779, .163610910751,
                                     .121780399688, .008255466496, .020192737159};
  double sum = 0;
  double johnson = 0;
  double pratt = 0;
  for (std::size_t at = 0; at < 6; ++at) {
    CHECK(found.drivers[at].shapley_share == about(shapley[at], 1e-9));
    CHECK(found.drivers[at].relative_weight == about(relative[at], 1e-9));
    sum += found.drivers[at].shapley_share;
    johnson += found.drivers[at].relative_weight;
    pratt += found.drivers[at].pratt_share;
  }
  CHECK(sum == about(found.r_squared));
  CHECK(johnson == about(found.r_squared));
  CHECK(pratt == about(found.r_squared));
  // lm(rating ~ .)'s coefficient of complaints, 0.61318761, times sd(complaints)/sd(rating).
  CHECK(found.drivers[0].coefficient == about(0.61318761 * 13.314757186 / 12.172561796, 1e-6));
  CHECK(found.drivers[0].correlation == about(0.825417570, 1e-8));
}

TEST_CASE("drivers: shares are those of all orders, by brute force") {
  std::vector<respondent> const rows = made(60, 4, 9);
  drivers_result const found = drivers(rows, &respondent::overall, &respondent::items);
  // R² of a subset, asked of the metric itself.
  auto const fit = [&](unsigned subset) {
    if (subset == 0) return 0.0;
    return drivers(rows, &respondent::overall,
                   [subset](respondent const& each) {
                     std::vector<double> taken;
                     for (std::size_t at = 0; at < 4; ++at)
                       if (subset >> at & 1U) taken.push_back(each.items[at]);
                     return taken;
                   })
        .r_squared;
  };
  std::array<unsigned, 4> order{0, 1, 2, 3};
  std::array<double, 4> gains{};
  do {
    unsigned subset = 0;
    for (unsigned const driver : order) {
      gains[driver] += (fit(subset | 1U << driver) - fit(subset)) / 24;
      subset |= 1U << driver;
    }
  } while (std::next_permutation(order.begin(), order.end()));
  for (std::size_t at = 0; at < 4; ++at) CHECK(found.drivers[at].shapley_share == about(gains[at], 1e-9));
}

TEST_CASE("drivers: collinear, constant, too few") {
  std::vector<respondent> rows = made(50, 3, 5);
  double const plain = drivers(rows, &respondent::overall, &respondent::items).r_squared;
  for (respondent& each : rows) each.items.push_back(each.items[0]);
  drivers_result const twice = drivers(rows, &respondent::overall, &respondent::items);
  CHECK(twice.status == drivers_status::collinear);
  CHECK(twice.r_squared == about(plain, 1e-9));
  CHECK(twice.drivers[3].shapley_share == about(twice.drivers[0].shapley_share, 1e-9));
  CHECK(twice.drivers[3].relative_weight == about(twice.drivers[0].relative_weight, 1e-9));
  for (respondent& each : rows) each.items[3] = 7;
  drivers_result const constant = drivers(rows, &respondent::overall, &respondent::items);
  CHECK(constant.status == drivers_status::collinear);
  CHECK(constant.r_squared == about(plain, 1e-12));
  CHECK(constant.drivers[3].shapley_share == doctest::Approx(0));
  CHECK(credence::is_nan(constant.drivers[3].correlation));
  for (respondent& each : rows) each.overall = 3;
  CHECK(drivers(rows, &respondent::overall, &respondent::items).status == drivers_status::no_variation);
  CHECK_FALSE(drivers(rows, &respondent::overall, &respondent::items));
  rows.resize(5);
  CHECK(drivers(rows, &respondent::overall, &respondent::items).status == drivers_status::too_few);
  rows.clear();
  CHECK_FALSE(drivers(rows, &respondent::overall, &respondent::items));
}

TEST_CASE("drivers: who left something out, too many drivers, unlike numbers") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<respondent> rows = made(40, 3, 5);
  drivers_result const clean = drivers(rows, &respondent::overall, &respondent::items);
  rows.push_back({std::nullopt, {1, 2, 3}});
  rows.push_back({1, {1, nan, 3}});
  rows.push_back({1, {1, 2, std::numeric_limits<double>::infinity()}});
  drivers_result const dirty = drivers(rows, &respondent::overall, &respondent::items);
  CHECK(dirty.r_squared == clean.r_squared);
  CHECK(dirty.rejected == 3);
  CHECK(dirty.rejections.missing == 1);
  CHECK(dirty.rejections.not_a_number == 1);
  CHECK(dirty.rejections.off_scale == 1);
  CHECK_THROWS_AS(static_cast<void>(drivers(rows, &respondent::overall, &respondent::items,
                                            {.on_invalid = credence::on_invalid::raise})),
                  credence::invalid_sample);
  CHECK_THROWS_WITH_AS(static_cast<void>(drivers(made(30, 21, 1), &respondent::overall, &respondent::items)),
                       "credence: the number of drivers is 21; at most 20 can be shared out exactly; leave out those "
                       "that say the same",
                       credence::error);
  rows.push_back({1, {1, 2}});
  CHECK_THROWS_AS(static_cast<void>(drivers(rows, &respondent::overall, &respondent::items)), credence::error);
}

TEST_CASE("drivers: twenty of them") {
  drivers_result const found = drivers(made(500, 20, 3), &respondent::overall, &respondent::items);
  double sum = 0;
  for (auto const& driver : found.drivers) sum += driver.shapley_share;
  CHECK(sum == about(found.r_squared, 1e-9));
  CHECK(found.r_squared > .9);
}

TEST_CASE("drivers: intervals are quantiles of the shares among respondents drawn again") {
  credence::drivers_options const options{.replicates = 199, .seed = 7, .confidence = .8};
  drivers_result const found = drivers(attitude, rating, others, options);
  CHECK(credence::is_nan(drivers(attitude, rating, others).drivers[0].interval.lower));
  std::vector<std::vector<double>> shares(6);
  for (std::uint64_t replicate = 0; replicate < 199; ++replicate) {
    credence::math::random_stream draws(7, replicate);
    std::vector<std::array<int, 7>> drawn;
    for (std::size_t at = 0; at < attitude.size(); ++at) drawn.push_back(attitude[draws.below(attitude.size())]);
    drivers_result const again = drivers(drawn, rating, others);
    for (std::size_t at = 0; at < 6; ++at) shares[at].push_back(again.drivers[at].shapley_share);
  }
  for (std::size_t at = 0; at < 6; ++at) {
    std::sort(shares[at].begin(), shares[at].end());
    CHECK(found.drivers[at].interval.lower == shares[at][19]);  // the 20th of 199: a tenth
    CHECK(found.drivers[at].interval.upper == shares[at][179]);
    CHECK(found.drivers[at].interval.lower < found.drivers[at].shapley_share);
    CHECK(found.drivers[at].interval.upper > found.drivers[at].shapley_share);
  }
  CHECK_THROWS_AS(static_cast<void>(drivers(attitude, rating, others, {.replicates = 1})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(drivers(attitude, rating, others, {.confidence = 1})), credence::error);
}

}  // namespace test_drivers
