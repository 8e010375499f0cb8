// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <credence/core/moments.hpp>

#if __has_include(<boost/multiprecision/cpp_int.hpp>)
#include <boost/multiprecision/cpp_int.hpp>
#define HAS_BOOST 1
#endif

using credence::integer_moments;
using credence::real_moments;

namespace {

template <class Integer>
constexpr integer_moments of(std::vector<Integer> const& values) {
  integer_moments moments;
  for (Integer const value : values) moments.push(value);
  return moments;
}
constexpr bool known() {
  integer_moments moments;
  for (int value = 1; value <= 4; ++value) moments.push(value);
  return moments.count == 4 && moments.mean() == 2.5 && moments.squared_deviations() == 5;
}
static_assert(known());

// The mean and the squared deviations of weighted samples by two passes, in a wider type.
struct oracle {
  long double weight = 0;
  long double mean = 0;
  long double squared_deviations = 0;

  oracle(std::vector<double> const& values, std::vector<double> const& weights) {
    long double sum = 0;
    for (std::size_t at = 0; at < values.size(); ++at) {
      weight += weights[at];
      sum += static_cast<long double>(weights[at]) * values[at];
    }
    mean = sum / weight;
    for (std::size_t at = 0; at < values.size(); ++at)
      squared_deviations += weights[at] * (values[at] - mean) * (values[at] - mean);
  }
};
void check_close(real_moments const& moments, oracle const& expected) {
  auto const relative = [](double value, long double right) {
    return static_cast<double>(std::fabs((value - right) / right));
  };
  CHECK(relative(moments.weight, expected.weight) < 1e-14);
  CHECK(relative(moments.mean, expected.mean) < 1e-14);
  // Deviations are as good as the samples themselves are: a last digit of |mean| is that much of a standard deviation.
  double const deviation = std::sqrt(static_cast<double>(expected.squared_deviations / expected.weight));
  double const condition = 1 + std::fabs(moments.mean) / deviation;
  CHECK(relative(moments.squared_deviations, expected.squared_deviations) < 1e-15 * condition + 1e-14);
}

}  // namespace

#if HAS_BOOST
TEST_CASE_TEMPLATE("integer moments are exact, to the extremes of the type", Integer, std::int8_t, std::uint8_t,
                   std::int32_t, std::int64_t, std::uint64_t) {
  using boost::multiprecision::cpp_int;
  using limits = std::numeric_limits<Integer>;
  std::mt19937_64 random(3);
  auto const as_integer = []<std::size_t Words>(credence::wide_integer<Words> const& value) {
    cpp_int total = 0;
    for (std::size_t at = Words; at-- != 0;) total = (total << 64) + value.words[at];
    return value.negative() ? cpp_int(total - (cpp_int(1) << 64 * Words)) : total;
  };
  integer_moments moments;
  cpp_int sum = 0;
  cpp_int squares = 0;
  for (int round = 0; round < 3'000; ++round) {
    std::uint64_t const kind = random() % 3;
    Integer const value = kind == 0 ? limits::min() : kind == 1 ? limits::max() : static_cast<Integer>(random());
    moments.push(value);
    sum += value;
    squares += cpp_int(value) * value;
    REQUIRE(as_integer(moments.sum) == sum);
    REQUIRE(as_integer(moments.squares) == squares);
  }
  // n·Σx² − (Σx)² exactly, then two roundings.
  cpp_int const difference = squares * 3'000 - sum * sum;
  double const deviations = difference.convert_to<double>() / 3'000;
  CHECK(std::fabs(moments.squared_deviations() / deviations - 1) < 4e-16);
  CHECK(moments.valid());
}
#endif

TEST_CASE("neighbours at the end of the type keep their variance, which doubles would lose") {
  std::int64_t const most = std::numeric_limits<std::int64_t>::max();
  CHECK(of(std::vector{most, most - 1, most - 2}).squared_deviations() == 2);
  CHECK(of(std::vector{most, std::numeric_limits<std::int64_t>::min()}).mean() == -0.5);
  CHECK(of(std::vector<std::uint64_t>{~std::uint64_t{}, ~std::uint64_t{} - 2}).squared_deviations() == 2);
  CHECK(of(std::vector{most, most}).squared_deviations() == 0);
}

TEST_CASE("many of one value are the same as one by one, and a retracted one was never there") {
  for (std::int64_t const value : {std::int64_t{0}, std::int64_t{-7}, std::numeric_limits<std::int64_t>::min()}) {
    integer_moments at_once;
    integer_moments one_by_one;
    at_once.push(value, 0);
    CHECK(at_once == integer_moments{});
    at_once.push(value, 1'000);
    for (int times = 0; times < 1'000; ++times) one_by_one.push(value);
    CHECK(at_once == one_by_one);
    at_once.push(5);
    at_once.retract(5);
    CHECK(at_once == one_by_one);
    for (int times = 0; times < 1'000; ++times) at_once.retract(value);
    CHECK(at_once == integer_moments{});
  }
}

TEST_CASE("integer moments merge in any order and with themselves") {
  std::vector<int> const left{3, -4, 5};
  std::vector<int> const right{1'000'000, -2};
  integer_moments merged = of(left);
  merged += of(right);
  integer_moments turned = of(right);
  turned += of(left);
  CHECK(merged == of(std::vector{3, -4, 5, 1'000'000, -2}));
  CHECK(turned == merged);
  merged += merged;
  CHECK(merged.count == 10);
  CHECK(merged.mean() == turned.mean());
}

TEST_CASE("sums that no integers have are not valid") {
  CHECK(integer_moments{}.valid());
  CHECK_FALSE(integer_moments{0, credence::wide_integer<2>(1), {}}.valid());
  CHECK_FALSE(integer_moments{2, credence::wide_integer<2>(10), credence::wide_integer<3>(49)}.valid());  // below 50
  CHECK(integer_moments{2, credence::wide_integer<2>(10), credence::wide_integer<3>(50)}.valid());
  CHECK_FALSE(integer_moments{2, {}, credence::wide_integer<3>(-1)}.valid());
}

TEST_CASE("real moments agree with two passes, whatever the weights and however they are cut") {
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (double const offset : {0.0, 1e6, -1e9}) {
    std::vector<double> values(2'000);
    std::vector<double> weights(values.size());
    real_moments whole;
    real_moments merged;
    real_moments part;
    for (std::size_t at = 0; at < values.size(); ++at) {
      values[at] = offset + uniform(random);
      weights[at] = at % 7 == 0 ? 0 : std::exp(6 * uniform(random));
      whole.push(values[at], weights[at]);
      part.push(values[at], weights[at]);
      if (random() % 50 == 0) {
        merged += part;
        part = {};
      }
    }
    merged += part;
    oracle const expected(values, weights);
    check_close(whole, expected);
    check_close(merged, expected);
  }
}

TEST_CASE("the deviations of neighbours far from zero are exact, where Σx² would have lost them") {
  real_moments moments;
  for (double const value : {1e9 + 1, 1e9 + 2, 1e9 + 3}) moments.push(value, 1);
  CHECK(moments.mean == 1e9 + 2);
  CHECK(moments.squared_deviations == 2);
}

TEST_CASE("real moments: nothing adds nothing, and a weight of zero is nothing") {
  real_moments moments;
  moments.push(7, 0);
  moments += real_moments{};
  CHECK(moments == real_moments{});
  real_moments other;
  other.push(3, 2);
  moments += other;
  CHECK(moments == other);
  other += real_moments{};
  other.push(1e300, 0);
  CHECK(moments == other);
  other += other;
  CHECK(other == real_moments{4, 3, 0});
}

TEST_CASE("real moments that no samples have are not valid") {
  double const infinity = std::numeric_limits<double>::infinity();
  double const nan = credence::not_a_number();
  CHECK(real_moments{}.valid());
  CHECK(real_moments{1, -5, 0}.valid());
  for (real_moments const& wrong : {real_moments{-1, 0, 0}, real_moments{1, 0, -1}, real_moments{0, 1, 0},
                                    real_moments{0, 0, 1}, real_moments{infinity, 0, 0}, real_moments{1, infinity, 0},
                                    real_moments{nan, 0, 0}, real_moments{1, nan, 0}, real_moments{1, 0, nan}})
    CHECK_FALSE(wrong.valid());
}
