// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/bootstrap.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <cstdint>
#include <vector>

namespace test_bootstrap {

namespace {

struct answer {
  double score;
  double weight;
};
std::vector<answer> answers() {
  std::vector<answer> rows;
  for (int each = 0; each < 40; ++each) rows.push_back({0.25 * each * each, 1.0 + each % 3});
  return rows;
}

}  // namespace

TEST_CASE("bootstrap: R's boot 1.3-28.1 on the same replicates; tests/reference/bootstrap.R") {
  std::vector<double> replicates;
  for (int each = 1; each < 1000; ++each) replicates.push_back(std::pow(each * 37 % 1000, 1.5) / 1000);
  double const left_out[] = {3, 1, 1, 0, -0.5, -4.5};  // less their mean 0: R's L with its sign turned
  auto const acceleration = [&] {
    credence::detail::acceleration_sum sum;
    for (double const each : left_out) sum(each, 0, 1);
    return sum.value();
  };
  credence::bootstrap_options options;
  auto const bca = credence::detail::summed_up(10.25, 6, replicates, options, acceleration);
  CHECK(bca.interval.lower == doctest::Approx(0.16108405704986517).epsilon(1e-13));
  CHECK(bca.interval.upper == doctest::Approx(30.67519395357836842).epsilon(1e-13));
  CHECK(bca.bias == doctest::Approx(2.3959491288634283).epsilon(1e-13));
  CHECK(bca.standard_error == doctest::Approx(9.4826146510764477).epsilon(1e-13));
  CHECK(bca.replicates == 999);
  options.interval_method = credence::bootstrap_method::percentile;
  auto const plain = credence::detail::summed_up(10.25, 6, replicates, options, acceleration);
  CHECK(plain.interval.lower == doctest::Approx(0.125).epsilon(1e-14));
  CHECK(plain.interval.upper == doctest::Approx(30.444365242192191).epsilon(1e-14));
  CHECK(credence::detail::replicate_quantile(replicates, 0.0333) ==
        doctest::Approx(0.19219759341803849).epsilon(1e-13));
  CHECK(credence::detail::replicate_quantile(replicates, 0.0001) == 0.001);
  CHECK(credence::detail::replicate_quantile(replicates, 0.9999) ==
        doctest::Approx(31.57535429729965770).epsilon(1e-14));
}

TEST_CASE("bootstrap: of rows, near the plain error of the mean, and by stream alone") {
  auto const rows = answers();
  auto const mean = credence::mean(rows, &answer::score);
  auto const found = credence::bootstrap(rows, credence::mean_accumulator{}, &answer::score, {.replicates = 4000});
  REQUIRE(found);
  CHECK(found.value == mean.value);
  CHECK(found.count == 40);
  CHECK(found.replicates == 4000);
  // √((n − 1)/n) of the standard error; 4,000 replicates know it to about 1.2 %.
  CHECK(found.standard_error == doctest::Approx(mean.standard_error * std::sqrt(39.0 / 40)).epsilon(0.05));
  CHECK(std::fabs(found.bias) < 4 * found.standard_error / std::sqrt(4000.0));
  CHECK(found.interval.lower < found.value);
  CHECK(found.interval.upper > found.value);
  auto const plain =
      credence::bootstrap(rows, credence::mean_accumulator{}, &answer::score,
                          {.replicates = 4000, .interval_method = credence::bootstrap_method::percentile});
  CHECK(found.interval.upper > plain.interval.upper);  // skewed to the right: bca moves up
  CHECK(found.interval.lower > plain.interval.lower);
  auto const threaded = credence::bootstrap(credence::threads{3}, rows, credence::mean_accumulator{}, &answer::score,
                                            {.replicates = 4000});
  CHECK(threaded == found);
  CHECK(credence::bootstrap(rows, credence::mean_accumulator{}, &answer::score, {.replicates = 4000, .seed = 1}) !=
        found);
  auto const weighted =
      credence::bootstrap(rows, credence::mean_accumulator{}, &answer::score, &answer::weight, {.replicates = 2000});
  CHECK(weighted.value == credence::mean(rows, &answer::score, &answer::weight).value);
  CHECK(weighted.value != found.value);
  CHECK(weighted == credence::bootstrap(credence::threads{2}, rows, credence::mean_accumulator{}, &answer::score,
                                        &answer::weight, {.replicates = 2000}));
}

TEST_CASE("bootstrap: the halving leaves out one sample at a time, in order") {
  std::vector<double> const samples{1, 2, 4, 8, 16};
  std::vector<double> left_out;
  credence::mean_accumulator const none;
  credence::detail::leave_one_out(
      none, none, samples, 0, 5, [](auto& into, double one) { into(one); }, left_out);
  REQUIRE(left_out.size() == 5);
  for (std::size_t at = 0; at < 5; ++at) CHECK(left_out[at] == doctest::Approx((31 - samples[at]) / 4).epsilon(1e-14));
}

TEST_CASE("bootstrap: nothing, one sample, all alike, dirty samples, wrong options") {
  credence::mean_accumulator const mean;
  auto const nothing = credence::bootstrap(std::vector<double>{}, mean);
  CHECK_FALSE(nothing);
  CHECK(nothing.count == 0);
  CHECK(credence::is_nan(nothing.value));
  CHECK(credence::is_nan(nothing.interval.lower));
  for (auto const& rows : {std::vector<double>{3}, std::vector<double>{3, 3, 3, 3}}) {
    auto const same = credence::bootstrap(rows, mean, {.replicates = 100});
    CHECK(same.value == 3);
    CHECK(same.interval.lower == 3);
    CHECK(same.interval.upper == 3);
    CHECK(same.standard_error == 0);
    CHECK(same.bias == 0);
  }
  // Of one good row and one bad, a quarter of the replicates hold no good one.
  auto const dirty = credence::bootstrap(std::vector<double>{3, credence::not_a_number()}, mean, {.replicates = 1000});
  CHECK(dirty.count == 1);
  CHECK(dirty.replicates == doctest::Approx(750).epsilon(0.08));
  CHECK(dirty.interval.upper == 3);
  credence::mean_accumulator const raising(credence::mean_options{.on_invalid = credence::on_invalid::raise});
  CHECK_THROWS_AS((void)credence::bootstrap(std::vector<double>{3, credence::not_a_number()}, raising),
                  credence::invalid_sample);
  CHECK_THROWS_AS((void)credence::bootstrap(std::vector<double>{3}, mean, {.replicates = 1}), credence::error);
  CHECK_THROWS_AS((void)credence::bootstrap(std::vector<double>{3}, mean, {.confidence = 1}), credence::error);
}

}  // namespace test_bootstrap
