// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Built with -O2 -ffast-math. What is promised there: what is turned away, every count and `operator bool` are the
// same, sums keep their compensation, and values and intervals agree to 1e-9. Nothing is said of the sign or the bits
// of a NaN.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <credence/credence.hpp>
#include <credence/interop/threads.hpp>

using namespace credence;  // NOLINT

namespace {

// Made of bits that the compiler cannot know, so that it cannot reason about them either.
double made(std::uint64_t bits) {
  std::uint64_t volatile hidden = bits;
  return std::bit_cast<double>(std::uint64_t{hidden});
}
double const quiet_nan = made(0x7ff8'0000'0000'0000);
double const negative_nan = made(0xfff8'0000'0000'0001);
double const infinite = made(0x7ff0'0000'0000'0000);

bool close(double value, double expected) { return std::fabs(value - expected) <= 1e-9 * std::fabs(expected); }
template <class Result>
void check_close(Result const& result, double value, double lower, double upper, double error) {
  CHECK(close(result.value, value));
  CHECK(close(result.interval.lower, lower));
  CHECK(close(result.interval.upper, upper));
  CHECK(close(result.standard_error, error));
}

// 50 promoters, 30 passives, 20 detractors.
std::vector<int> hundred_scores() {
  std::vector<int> scores(100, 3);
  for (std::size_t at = 0; at < 80; ++at) scores[at] = at < 50 ? 9 : 7;
  return scores;
}

}  // namespace

TEST_CASE("NaN and infinity are known for what they are") {
  CHECK(is_nan(quiet_nan));
  CHECK(is_nan(negative_nan));
  CHECK_FALSE(is_nan(infinite));
  CHECK_FALSE(is_finite(quiet_nan));
  CHECK_FALSE(is_finite(-infinite));
  CHECK(is_finite(made(0x7fef'ffff'ffff'ffff)));
}

TEST_CASE("dirty scores and weights are turned away by reason, and counted") {
  std::vector<double> const scores{9, quiet_nan, 3, infinite, negative_nan, -infinite, 10, -1, 11};
  nps_result const counted = nps(scores);
  CHECK(counted.count == 3);
  CHECK(counted.rejections.not_a_number == 2);
  CHECK(counted.rejections.off_scale == 4);
  CHECK(mean(scores).rejections.not_a_number == 2);
  CHECK(mean(scores).rejections.off_scale == 2);
  CHECK(close(mean(scores).value, 32.0 / 5));
  std::vector<double> const weights{1, quiet_nan, 0, -1, infinite, 2, made(0x8000'0000'0000'0000), 1e-101, 1e101};
  std::vector<std::optional<double>> const answers{9, 9, 9, 9, 9, 3, std::nullopt, quiet_nan, 9};
  auto const weight = [&](std::optional<double> const& answer) {
    return weights[static_cast<std::size_t>(&answer - answers.data())];
  };
  auto const weighted = nps(
      answers, [](auto const& answer) { return answer; }, weight);
  CHECK(weighted.count == 3);
  CHECK(weighted.rejections.bad_weight == 4);
  CHECK(weighted.rejections.missing == 1);
  CHECK(weighted.rejections.not_a_number == 1);
  CHECK(close(weighted.value, -100.0 / 3));
  CHECK_THROWS_AS((void)nps(scores, {.on_invalid = on_invalid::raise}), invalid_sample);
}

TEST_CASE("wrong options are refused, those that are no numbers too") {
  CHECK_THROWS_AS((void)nps(std::vector{9}, {.confidence = quiet_nan}), error);
  CHECK_THROWS_AS((void)nps(std::vector{9}, {.passive_from = quiet_nan}), error);
  CHECK_THROWS_AS((void)csat(std::vector{9}, {.scale_max = infinite}), error);
  CHECK_THROWS_AS((void)whole(quiet_nan), error);
  CHECK_THROWS_AS((void)whole(infinite), error);
}

TEST_CASE("operator bool says whether there is an answer") {
  CHECK_FALSE(nps(std::vector<int>{}));
  CHECK_FALSE(nps(std::vector<double>{quiet_nan}));
  CHECK_FALSE(mean(std::vector<double>{}));
  CHECK_FALSE(csat(std::vector<int>{9}));
  CHECK(nps(std::vector<int>{9}));
  CHECK(mean(std::vector<double>{0}));
  CHECK_FALSE(nps(std::vector<int>{9}, detail::identity{}, [](int) { return 0.0; }));
}

TEST_CASE("sums keep the small terms that large ones would swallow") {
  compensated_sum sum;
  for (double const term : {1e16, 1.0, -1e16}) sum += term;
  CHECK(sum.value() == 1);
  compensated_sum tenths;
  for (int times = 0; times < 1'000'000; ++times) tenths += 0.1;
  CHECK(std::fabs(tenths.value() - 100'000) < 1e-10);  // a plain sum is out by 1e-6
  compensated_sum merged;
  for (double const large : {1e16, -1e16}) {
    compensated_sum part;
    part += large;
    part += 0.25;
    merged += part;
  }
  CHECK(merged.value() == 0.5);
  double const third = made(0x3fd5'5555'5555'5555);
  compensated_sum products;
  for (int times = 0; times < 3; ++times) products += third * third;
  for (int times = 0; times < 3; ++times) products += -(third * third);
  CHECK(products.value() == 0);
}

TEST_CASE("real moments of neighbours far from zero") {
  real_moments moments;
  for (double const value : {1e9 + 1, 1e9 + 2, 1e9 + 3}) moments.push(value, 1);
  CHECK(close(moments.mean, 1e9 + 2));
  CHECK(std::fabs(moments.squared_deviations - 2) < 1e-6);
  CHECK(moments.valid());
  CHECK_FALSE(real_moments{quiet_nan, 0, 0}.valid());
  CHECK_FALSE(real_moments{1, infinite, 0}.valid());
  CHECK_FALSE(real_moments{1, 0, quiet_nan}.valid());
}

TEST_CASE("values and intervals agree with those of a strict build") {
  auto const scores = hundred_scores();
  auto const is_promoter = [](int score) { return score >= 9; };
  check_close(nps(scores), 30, 13.9551416142, 44.3393066336, 7.81024967591);
  check_close(nps(scores, {.interval_method = nps_interval::wald}), 30, 14.692191925, 45.307808075, 7.81024967591);
  check_close(nps(scores, {.interval_method = nps_interval::t}), 30, 14.4246980162, 45.5753019838, 7.81024967591);
  check_close(nps(scores, {.interval_method = nps_interval::adjusted_wald}), 30, 14.0511301788, 44.2012970057,
              7.81024967591);
  auto const weight = [&scores](int const& score) {
    return 0.25 * static_cast<double>(1 + (&score - scores.data()) % 4);
  };
  check_close(nps(scores, detail::identity{}, weight), 29.2, 11.5841960821, 44.8379151345, 8.56007174519);
  auto const share_by = [&](share_interval method) { return share(scores, is_promoter, {.interval_method = method}); };
  check_close(share_by(share_interval::wilson), 0.5, 0.403831530366, 0.596168469634, 0.05);
  check_close(share_by(share_interval::clopper_pearson), 0.5, 0.398321129503, 0.601678870497, 0.05);
  check_close(share_by(share_interval::jeffreys), 0.5, 0.403173950896, 0.596826049104, 0.05);
  check_close(share_by(share_interval::wald), 0.5, 0.402001800773, 0.597998199227, 0.05);
  check_close(mean(scores), 7.2, 6.74700187013, 7.65299812987, 0.228300705477);
  auto const difference = compare(nps(scores), nps(std::vector{9, 9, 10, 3, 7}));
  CHECK(close(difference.interval.lower, -56.6380723331));
  CHECK(close(difference.interval.upper, 66.734867606));
  CHECK(close(difference.p_value, 0.793430099717));
}

TEST_CASE("threads give the same bits, and bytes come back") {
  std::vector<double> values(200'000);
  for (std::size_t at = 0; at < values.size(); ++at) values[at] = 0.1 * static_cast<double>(at % 97);
  mean_accumulator const serial = fold(values, mean_accumulator{});
  CHECK(fold(threads{4}, values, mean_accumulator{}) == serial);
  CHECK(from_bytes<mean_accumulator>(to_bytes(serial)) == serial);
  auto wrong = serial.state();
  wrong.reals.mean = quiet_nan;
  CHECK_FALSE(try_from_bytes<mean_accumulator>(to_bytes(mean_accumulator({}, wrong))));
}
