// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <optional>
#include <vector>

#include "math/tables.hpp"
#include "survey/counted.hpp"

// The references were computed with 50 digits: see tests/reference/survey_oracle.py.

using credence::mean;
using credence::mean_accumulator;
using credence::mean_options;
using credence::mean_result;

namespace {

// Case, confidence, mean, standard deviation, standard error, lower, upper.
constexpr tables::row<7> table[] = {
#include "inference/mean_table.inc"
};

// The script's whole numbers: the top bits of a linear congruential sequence, less an offset.
struct rule {
  int count;
  int bits;
  std::uint64_t offset;
};
constexpr rule rules[] = {{2, 4, 0},
                          {100, 4, 0},
                          {1000, 8, 128},
                          {500, 32, std::uint64_t{1} << 31},
                          {300, 63, 0},
                          {300, 64, std::uint64_t{1} << 63},
                          {1000, 4, 0 - std::uint64_t{1'000'000'000'000'000}}};

std::vector<std::int64_t> numbers_of(rule const& chosen) {
  std::vector<std::int64_t> numbers;
  std::uint64_t state = 1;
  for (int at = 0; at < chosen.count; ++at) {
    state = 6364136223846793005U * state + 1442695040888963407U;
    numbers.push_back(static_cast<std::int64_t>((state >> (64 - chosen.bits)) - chosen.offset));
  }
  return numbers;
}

enum class plain : std::uint8_t { one = 1, four = 4 };
enum class worth : std::uint8_t { little, much };

}  // namespace

template <>
struct credence::real_traits<worth> {
  static double to_real(worth value) { return value == worth::much ? 10 : .5; }
};

TEST_CASE("mean: integers of all sizes, to the last digits") {
  double worst = 0;
  for (tables::row<7> const& row : table) {
    std::vector<std::int64_t> const numbers = numbers_of(rules[static_cast<std::size_t>(row[0])]);
    mean_result const result = mean(numbers, {.confidence = row[1]});
    CHECK(result.count == numbers.size());
    double const got[] = {result.value, result.standard_deviation, result.standard_error, result.interval.lower,
                          result.interval.upper};
    // The bounds are compared with the larger of themselves and the half width, of which they are a difference.
    for (std::size_t at = 0; at < 5; ++at) {
      double const size = at < 3 ? std::fabs(row[at + 2])
                                 : std::fmax(std::fabs(row[at + 2]), std::fabs(row[2] - row[at + 2]));
      worst = std::fmax(worst, std::fabs(got[at] - row[at + 2]) / size);
    }
  }
  CHECK(worst <= 1e-13 * tables::leeway);
}

TEST_CASE("mean: of reals, next to an offset that cancels") {
  // values 1e9 + {4, 7, 13, 16}: mean 1e9 + 10, Σ(x−x̄)² = 90 (Chan, Golub and LeVeque 1983)
  for (double const offset : {0.0, 1e3, 1e6, 1e9}) {
    mean_result const result = mean(std::vector<double>{offset + 4, offset + 7, offset + 13, offset + 16});
    CAPTURE(offset);
    CHECK(result.value == about(offset + 10, 1e-15));
    CHECK(result.standard_deviation == about(std::sqrt(30.0), 1e-8));
    CHECK(result.standard_error == about(std::sqrt(30.0) / 2, 1e-8));
  }
  std::vector<double> many;
  for (int at = 0; at < 200'000; ++at) many.push_back(1e6 + at % 7);
  mean_result const result = mean(many);
  double exact = 0;
  double squares = 0;
  for (double const value : many) exact += value - 1e6;
  exact /= 200'000;
  for (double const value : many) squares += (value - 1e6 - exact) * (value - 1e6 - exact);
  CHECK(result.value == about(1e6 + exact, 1e-14));
  CHECK(result.standard_deviation == about(std::sqrt(squares / 199'999), 1e-12));
}

TEST_CASE("mean: an integer and the real equal to it are the same sample") {
  std::vector<int> const whole{3, 1, 4, 1, 5, 9, 2, 6};
  std::vector<double> const real(whole.begin(), whole.end());
  mean_result const one = mean(whole);
  mean_result const two = mean(real);
  CHECK(one.value == about(two.value, 1e-15));
  CHECK(one.standard_error == about(two.standard_error, 1e-14));
  CHECK(one.interval.lower == about(two.interval.lower, 1e-14));
  mean_accumulator mixed;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    if (at % 2 == 0)
      mixed(whole[at]);
    else
      mixed(real[at]);
  }
  CHECK(mixed.result().value == about(two.value, 1e-15));
  CHECK(mixed.result().standard_deviation == about(two.standard_deviation, 1e-14));
  CHECK(mixed.result().count == 8);
}

TEST_CASE("mean: weighted, by its definition") {
  struct row {
    double value;
    double weight;
  };
  std::vector<row> const rows{{1, 2}, {5, .5}, {-3, 1}, {8, 0}, {2, 4}};
  double weights = 0;
  double sum = 0;
  double squares = 0;
  for (row const& each : rows) {
    weights += each.weight;
    sum += each.weight * each.value;
    squares += each.weight * each.weight;
  }
  double const centre = sum / weights;
  double error = 0;
  double spread = 0;
  for (row const& each : rows) {
    error += std::pow(each.weight * (each.value - centre), 2);
    spread += each.weight * std::pow(each.value - centre, 2);
  }
  mean_result const result = mean(rows, &row::value, &row::weight);
  CHECK(result.weighted);
  CHECK(result.count == 5);
  CHECK(result.value == about(centre));
  CHECK(result.standard_error == about(std::sqrt(5.0 / 4 * error) / weights));
  CHECK(result.standard_deviation == about(std::sqrt(5.0 / 4 * spread / weights)));
  CHECK(result.effective_count == about(weights * weights / squares));
  // equal weights: as without
  std::vector<double> const plain{1, 5, -3, 8, 2};
  mean_result const equal = mean(
      plain, [](double value) { return value; }, [](double) { return 3; });
  CHECK(equal.standard_error == about(mean(plain).standard_error));
  CHECK(equal.standard_deviation == about(mean(plain).standard_deviation));
  CHECK(equal.interval.upper == about(mean(plain).interval.upper));
}

TEST_CASE("mean: no sample, one sample, samples all alike") {
  mean_result const nothing = mean(std::vector<double>{});
  CHECK_FALSE(nothing);
  CHECK(credence::is_nan(nothing.value));
  mean_result const one = mean(std::vector<int>{7});
  CHECK(one);
  CHECK(one.value == 7);
  CHECK(credence::is_nan(one.standard_error));
  CHECK(credence::is_nan(one.standard_deviation));
  CHECK(credence::is_nan(one.interval.lower));
  mean_result const alike = mean(std::vector<double>{.1, .1, .1});
  CHECK(alike.value == .1);
  CHECK(alike.standard_error == 0);
  CHECK(alike.interval.lower == .1);
  mean_accumulator weightless;
  weightless(3, 0);
  weightless(4, 0.0);
  CHECK_FALSE(weightless.result());
  CHECK(weightless.result().count == 2);
  CHECK(weightless.result().effective_count == 0);
  CHECK(credence::is_nan(weightless.result().value));
  weightless(5, 1);
  CHECK(weightless.result().value == 5);
}

TEST_CASE("mean: dirty samples, and a scale") {
  std::vector<std::optional<double>> const dirty{1, std::nullopt, no_number, infinity, -infinity, 3};
  mean_result const result = mean(dirty);
  CHECK(result.value == 2);
  CHECK(result.rejections.missing == 1);
  CHECK(result.rejections.not_a_number == 1);
  CHECK(result.rejections.off_scale == 2);
  mean_result const scaled = mean(std::vector<int>{0, 1, 5, 6}, {.scale_min = 1, .scale_max = 5});
  CHECK(scaled.value == 3);
  CHECK(scaled.rejected == 2);
  mean_accumulator weighted;
  weighted(1, -1);
  weighted(1, no_number);
  weighted(1, infinity);
  weighted(1, std::optional<double>{});
  CHECK(weighted.result().rejections.bad_weight == 4);
  CHECK(weighted.result().count == 0);
  auto const complaint = [](mean_options const& options) { return message_of([&] { mean_accumulator acc(options); }); };
  CHECK(contains(complaint({.scale_min = 5, .scale_max = 1}), "mean_options::scale_max is 1"));
  CHECK(contains(complaint({.scale_min = 5, .scale_max = 1}), "mean_options::scale_min, which is 5"));
  CHECK(contains(complaint({.confidence = no_number}), "mean_options::confidence is nan"));
  mean_accumulator raising(mean_options{.on_invalid = credence::on_invalid::raise});
  raising(1.5);
  mean_accumulator const before = raising;
  CHECK_THROWS_AS(raising(no_number), credence::invalid_sample);
  CHECK_THROWS_AS(raising(2.0, -1.0), credence::invalid_sample);
  CHECK(raising == before);
}

TEST_CASE("mean: integers wider than a double's digits are laid on the scale exactly") {
  std::int64_t const coarse = std::int64_t{1} << 53;
  std::vector<std::int64_t> const numbers{coarse, coarse + 1};
  CHECK(mean(numbers, {.scale_max = 0x1p53}).count == 1);
  CHECK(mean(std::list<std::int64_t>(numbers.begin(), numbers.end()), {.scale_max = 0x1p53}).count == 1);
}

TEST_CASE("mean: the ends of 64 bits are summed exactly") {
  using limits = std::numeric_limits<std::int64_t>;
  std::vector<std::int64_t> numbers(1000, limits::max());
  numbers.resize(2000, limits::min());
  CHECK(mean(numbers).value == -.5);
  CHECK(mean(numbers).standard_deviation == about(0x1p63 * std::sqrt(2000.0 / 1999), 1e-15));
  CHECK(mean(std::vector<std::uint64_t>(3, std::numeric_limits<std::uint64_t>::max())).standard_deviation == 0);
  CHECK(mean(std::vector<std::uint64_t>(3, std::numeric_limits<std::uint64_t>::max())).value == 0x1p64);
  mean_accumulator acc;
  acc(limits::max());
  for (int times = 0; times < 40; ++times) acc += acc;
  acc(0);
  CHECK(acc.result().count == (std::uint64_t{1} << 40) + 1);
  CHECK(acc.result().value == about(0x1p63 * (0x1p40 / (0x1p40 + 1)), 1e-15));
}

TEST_CASE_TEMPLATE("mean: a block is its values one by one", Value, std::int8_t, std::uint8_t, std::int16_t,
                   std::uint16_t, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, bool, char) {
  // Of all sizes, and as wide as short sums can take, which is looked at 1,024 at a time: there, just within and
  // beyond.
  std::vector<std::int64_t> const wide = numbers_of({3000, 64, 0});
  Value values[3000];
  for (std::size_t at = 0; at < 3000; ++at) {
    int const bits = at < 1000 ? 64 : at < 2048 ? 26 : 27;
    values[at] = static_cast<Value>(wide[at] >> (64 - bits));
  }
  for (mean_options const& options :
       {mean_options{}, mean_options{.scale_min = -5.5, .scale_max = 100}, mean_options{.scale_min = 200},
        mean_options{.scale_min = -1e300, .scale_max = -1e299}, mean_options{.scale_max = .5}}) {
    for (std::size_t const first : {std::size_t{0}, std::size_t{1024}}) {
      for (std::size_t const count : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{257}, 3000 - first}) {
        mean_accumulator by_block(options);
        mean_accumulator one_by_one(options);
        by_block.push_many(values + first, count);
        for (std::size_t at = 0; at < count; ++at) one_by_one(values[first + at]);
        CHECK(by_block == one_by_one);
      }
    }
    auto state = mean_accumulator(options).state();
    mean_accumulator five_times(options);
    mean_accumulator::push_times(options, state, values[0], 5);
    for (int times = 0; times < 5; ++times) five_times(values[0]);
    CHECK(mean_accumulator(options, state) == five_times);
  }
}

TEST_CASE_TEMPLATE("mean: squares of a whole stretch of the largest fit their short sums", Value, std::int8_t,
                   std::uint8_t, std::int16_t, std::uint16_t, std::int32_t) {
  for (bool const negative : {false, true}) {
    Value const most = sizeof(Value) > 2 ? static_cast<Value>(negative ? -(1 << 26) : (1 << 26) - 1)
                       : negative        ? std::numeric_limits<Value>::min()
                                         : std::numeric_limits<Value>::max();
    std::vector<Value> const values(40'000, most);
    mean_accumulator by_block;
    mean_accumulator one_by_one;
    by_block.push_many(values.data(), values.size());
    for (Value const each : values) one_by_one(each);
    CHECK(by_block == one_by_one);
  }
}

TEST_CASE("mean: retract undoes a push, and refuses what it can tell was never there") {
  mean_accumulator acc;
  acc(3);
  acc(std::numeric_limits<std::int64_t>::min());
  mean_accumulator const before = acc;
  acc(-7);
  acc.retract(-7);
  acc(std::optional<int>{});
  acc.retract(std::optional<int>{});
  acc(std::numeric_limits<std::uint64_t>::max());
  acc.retract(std::numeric_limits<std::uint64_t>::max());
  CHECK(acc == before);
  acc.retract(std::numeric_limits<std::int64_t>::min());
  acc.retract(3);
  CHECK(acc == mean_accumulator{});
  CHECK_THROWS_AS(acc.retract(3), credence::error);
  CHECK_THROWS_AS(acc.retract(std::optional<int>{}), credence::error);
  acc(3);
  CHECK_THROWS_AS(acc.retract(4), credence::error);
  CHECK(acc.result().value == 3);
}

TEST_CASE("mean: an enum is its number, or the one that the host says") {
  std::vector<plain> const numbers{plain::one, plain::four};
  CHECK(mean(numbers).value == 2.5);
  static_assert(mean_accumulator::exact<plain> && mean_accumulator::exact<std::optional<plain>>);
  std::vector<worth> const said{worth::little, worth::much};
  CHECK(mean(said).value == 5.25);
  CHECK(mean(std::vector<std::optional<worth>>{worth::much, std::nullopt}).value == 10);
  static_assert(!mean_accumulator::exact<worth> && !mean_accumulator::exact<std::optional<worth>>);
}

TEST_CASE("mean: beside a score, in one pass") {
  std::vector<std::int8_t> const scores{9, 10, 6, 8};
  auto const both = credence::fold(scores, credence::tee(mean_accumulator{}, credence::nps_accumulator{}));
  CHECK(both.get<mean_accumulator>().result().value == 8.25);
  CHECK(both.get<credence::nps_accumulator>().result().value == 25);
}

static_assert([] {
  mean_accumulator acc;
  acc(3);
  acc(5);
  acc(2.5);
  acc(1, 2.0);
  mean_accumulator other;
  other(-8);
  acc += other;
  acc.retract(5);
  return acc.state().integers.count == 2 && acc.state().integers.sum == credence::wide_integer<2>(-5) &&
         acc.state().integers.squares == credence::wide_integer<3>(73) && acc.state().real_count == 2;
}());
