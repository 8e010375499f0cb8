// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/detail/decayed_moments.hpp>
#include <cstdint>

namespace test_decayed_moments {

using credence::instant;
using credence::time_span;
using credence::detail::decayed_moments;

TEST_CASE("decayed_moments: a power of two of any distance, or nothing") {
  for (std::uint64_t distance = 0; distance < 9'000; ++distance)
    CHECK(credence::detail::halved(distance) == (distance > 1022 ? 0 : std::ldexp(1.0, -static_cast<int>(distance))));
  CHECK(credence::detail::halved(~std::uint64_t{}) == 0);
}

TEST_CASE("decayed_moments: halving rounds nothing, however often a later sample comes") {
  time_span const half_life = time_span::from_micros(1'000);
  auto const push = [&](decayed_moments& state, std::int64_t when, double value) {
    state.push(instant::from_micros(when), half_life, value, 1);
  };
  decayed_moments often;
  decayed_moments once;
  push(often, 7, 4);
  push(once, 7, 4);
  // What is merged from elsewhere weighs nothing itself, but moves the time on.
  for (std::int64_t when = 1'007; when <= 30'007; when += 1'000) {
    decayed_moments later;
    later.push(instant::from_micros(when), half_life, 2, 1e-90);
    often += later;
  }
  once.push(instant::from_micros(30'007), half_life, 2, 1e-90);
  CHECK(often.once.weight == once.once.weight);
  CHECK(often.twice.weight == once.twice.weight);
  CHECK(often.once.weight == std::exp2(.007) * std::exp2(-30));
  CHECK(often.valid(credence::decayed_mean_options{.half_life = half_life}));
  decayed_moments broken = often;
  ++broken.period;
  CHECK_FALSE(broken.valid(credence::decayed_mean_options{.half_life = half_life}));
  CHECK_FALSE(often.valid(credence::decayed_mean_options{.half_life = half_life, .observed_until = instant{}}));
}

}  // namespace test_decayed_moments
