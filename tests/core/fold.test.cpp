// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <forward_list>
#include <iterator>
#include <list>
#include <span>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <credence/core/fold.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/nps.hpp>

#include "core/counting.hpp"
#include "core/executors.hpp"

namespace test_fold {

using credence::fold;
using credence::mean_accumulator;
using credence::nps_accumulator;

namespace {

struct survey {
  int score = 0;
  double weight = 1;
};

nps_accumulator pushed(std::vector<int> const& scores) {
  nps_accumulator one_by_one;
  for (int const score : scores) one_by_one(score);
  return one_by_one;
}
std::vector<int> scores_of(std::size_t count) {
  std::vector<int> scores(count);
  for (std::size_t at = 0; at < count; ++at) scores[at] = static_cast<int>(at * 7 % 13) - 1;  // some off the scale
  return scores;
}

constexpr std::array known{0, 6, 7, 8, 9, 10, 11, -1};
constexpr auto folded = fold(known, nps_accumulator{});
static_assert(folded.state().counts == std::array<std::uint64_t, 3>{2, 2, 2} && folded.state().rejected.off_scale == 2);

}  // namespace

TEST_CASE("every kind of range gives the same, about the sizes of blocks and chunks") {
  for (std::size_t const size : {0U, 1U, 2'047U, 2'048U, 2'049U, 65'535U, 65'537U}) {
    std::vector<int> const scores = scores_of(size);
    nps_accumulator const expected = pushed(scores);
    CHECK(fold(scores, nps_accumulator{}) == expected);
    CHECK(fold(std::span(scores), nps_accumulator{}) == expected);
    CHECK(fold(std::vector(scores), nps_accumulator{}) == expected);
    CHECK(fold(std::deque<int>(scores.begin(), scores.end()), nps_accumulator{}) == expected);
    CHECK(fold(std::list<int>(scores.begin(), scores.end()), nps_accumulator{}) == expected);
    CHECK(fold(std::forward_list<int>(scores.begin(), scores.end()), nps_accumulator{}) == expected);
    CHECK(fold(std::vector<std::int8_t>(scores.begin(), scores.end()), nps_accumulator{}) == expected);
    CHECK(fold(std::vector<long long>(scores.begin(), scores.end()), nps_accumulator{}) == expected);
    CHECK(fold(std::vector<double>(scores.begin(), scores.end()), nps_accumulator{}) == expected);
    CHECK(fold(scores, nps_accumulator{}, [](int score) { return static_cast<short>(score); }) == expected);
    std::vector<survey> rows;
    for (int const score : scores) rows.push_back({score, 2});
    CHECK(fold(rows, nps_accumulator{}, &survey::score) == expected);
    CHECK(fold(backwards{}, rows, nps_accumulator{}, &survey::score) == expected);
    CHECK(fold(rows, nps_accumulator{}, &survey::score, &survey::weight).result().count == expected.result().count);
  }
}

TEST_CASE("input ranges that can be read only once, and ranges with sentinels") {
  std::istringstream numbers("9 10 3 7 11");
  using from_stream = std::istream_iterator<int>;
  between const once(std::counted_iterator(from_stream(numbers), 4), std::default_sentinel);
  CHECK(fold(once, nps_accumulator{}) == pushed({9, 10, 3, 7}));
  CHECK(fold(counting{11}, nps_accumulator{}) == pushed({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  CHECK(fold(counting_with_sentinel(200'000), mean_accumulator{}).result().value == 99'999.5);
  CHECK(fold(backwards{}, counting_with_sentinel(200'000), mean_accumulator{}) ==
        fold(counting{200'000}, mean_accumulator{}));
  int const plain[] = {9, 0};
  CHECK(fold(plain, nps_accumulator{}) == pushed({9, 0}));
  std::vector<bool> const flags{true, false, true};
  CHECK(fold(flags, mean_accumulator{}).result().value == doctest::Approx(2.0 / 3));
}

TEST_CASE("a block is not folded past the rows that there are, and each row is projected once") {
  for (std::size_t const size : {0U, 5U, 2'048U, 5'000U}) {
    std::vector<int> const scores = scores_of(size);
    std::size_t calls = 0;
    fold(scores, nps_accumulator{}, [&calls](int score) {
      ++calls;
      return score;
    });
    CHECK(calls == size);
  }
}

TEST_CASE("whatever a projection throws comes through, and the caller's accumulator is as it was") {
  nps_accumulator const kept = pushed({9, 9, 1});
  nps_accumulator acc = kept;
  std::vector<int> const scores = scores_of(3'000);
  auto const failing = [&scores](int const& score) {
    if (&score == &scores[2'500]) throw std::length_error("half way");
    return score;
  };
  CHECK_THROWS_WITH_AS(fold(scores, acc, failing), "half way", std::length_error);
  CHECK(acc == kept);
  acc = fold(scores, acc);
  nps_accumulator both = kept;
  both += pushed(scores);
  CHECK(acc == both);
}

TEST_CASE("a raise names the row of this range, not what the accumulator had seen before") {
  nps_accumulator raising({.on_invalid = credence::on_invalid::raise});
  for (int times = 0; times < 10; ++times) raising(9);
  CHECK_THROWS_WITH_AS(fold(std::vector{9, 9, 12}, raising), "credence: sample 2 is 12, which is off the scale",
                       credence::invalid_sample);
  CHECK_THROWS_WITH_AS(raising(12), "credence: sample 10 is 12, which is off the scale", credence::invalid_sample);
  CHECK(raising.result().count == 10);
}

TEST_CASE("rounded states are cut by rows alone: any accumulator that was given joins first") {
  std::vector<double> values(150'000);
  for (std::size_t at = 0; at < values.size(); ++at) values[at] = 0.1 * static_cast<double>(at % 77);
  mean_accumulator chunks;
  for (std::size_t from = 0; from < values.size(); from += 65'536) {
    mean_accumulator chunk;
    for (std::size_t at = from; at < values.size() && at < from + 65'536; ++at) chunk(values[at]);
    chunks += chunk;
  }
  CHECK(fold(values, mean_accumulator{}) == chunks);
  CHECK(fold(in_order{}, values, mean_accumulator{}) == chunks);
  CHECK(fold(std::list<double>(values.begin(), values.end()), mean_accumulator{}) == chunks);
}

}  // namespace test_fold
