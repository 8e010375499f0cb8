// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/real.hpp>
#include <credence/reviews/shrunk_rating.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reviews/counted_ratings.hpp"
#include "support/error_of.hpp"

namespace test_shrunk_rating {

using counted_ratings::close;
using credence::is_nan;
using credence::shrunk_rating;
using credence::shrunk_rating_accumulator;
using credence::shrunk_rating_result;

namespace {

struct vote {
  std::optional<double> stars;
  double weight;
};

shrunk_rating_result of(std::uint64_t satisfied, std::uint64_t count) {
  static constexpr credence::shrunk_rating_options options;
  shrunk_rating_accumulator::state_type state;
  shrunk_rating_accumulator::push_times(options, state, false, count - satisfied);
  shrunk_rating_accumulator::push_times(options, state, true, satisfied);
  return shrunk_rating_accumulator(options, state).result();
}

}  // namespace

// SteamDB's own function, run for this project.
TEST_CASE("shrunk_rating: agrees with SteamDB's") {
  CHECK(close(of(1, 1).value, .5941636475090435));
  CHECK(close(of(48, 49).value, .8318747107949406));
  CHECK(close(of(48, 60).value, .7129671065222775));
  CHECK(close(of(900, 1000).value, .8500150417160607));
  CHECK(close(of(9000, 10000).value, .8750007525260368));
}

TEST_CASE("shrunk_rating: every tenfold of votes halves the doubt") {
  CHECK(close(of(9, 9).value, .75));
  CHECK(close(of(99, 99).value, .875));
  CHECK(close(of(0, 9).value, .25));
  std::uint64_t const many = std::uint64_t{1} << 33;
  CHECK(of(many, many).count == many);
  CHECK(close(of(many, many).value, 1 - .5 * std::pow(static_cast<double>(many) + 1, -std::log10(2.))));
  std::vector<vote> const votes{{5, 4}, {4, 2}, {1, 3}, {2, 0}};
  auto const found = shrunk_rating(votes, &vote::stars, &vote::weight, {.satisfied_from = 4});
  CHECK(close(found.value, 6. / 9 - (6. / 9 - .5) / 2));
  CHECK(found.weight == 9);
  CHECK(found.count == 4);
  CHECK(found.satisfied == 2);
  CHECK(close(found.satisfied_share, 6. / 9));
}

TEST_CASE("shrunk_rating: what says nothing, what is dirty, and what is wrong") {
  auto const none = shrunk_rating(std::vector<vote>{}, &vote::stars);
  CHECK_FALSE(none);
  CHECK(is_nan(none.value));
  std::vector<vote> const votes{{credence::not_a_number(), 1}, {{}, 1}, {7, 1}, {0, -1}};
  auto const found = shrunk_rating(votes, &vote::stars, &vote::weight, {.scale_max = 5});
  CHECK_FALSE(found);
  CHECK(is_nan(found.value));
  CHECK(found.rejections == credence::rejections{1, 1, 1, 1, 0});
  CHECK(error_of([&] {
          static_cast<void>(shrunk_rating(votes, &vote::stars, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 0 ") != std::string::npos);
  CHECK(error_of([] { shrunk_rating_accumulator({.scale_min = 2}); }) ==
        "credence: shrunk_rating_options::satisfied_from is 1; it must not be less than "
        "shrunk_rating_options::scale_min, which is 2");
}

TEST_CASE("shrunk_rating: retracted, merged and stored") {
  shrunk_rating_accumulator acc;
  CHECK_THROWS_AS(acc.retract(1), credence::error);
  for (int vote = 0; vote < 10; ++vote) acc(vote % 3 != 0);
  shrunk_rating_accumulator const before = acc;
  acc(true);
  acc.retract(true);
  CHECK(acc == before);
  acc += before;
  CHECK(acc.result().value == of(12, 20).value);
  CHECK(credence::from_bytes<shrunk_rating_accumulator>(credence::to_bytes(acc)) == acc);
}

}  // namespace test_shrunk_rating
