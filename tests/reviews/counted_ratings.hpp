// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_REVIEWS_COUNTED_RATINGS_HPP
#define CREDENCE_TESTS_REVIEWS_COUNTED_RATINGS_HPP

#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/reviews/detail/item_score.hpp>
#include <cstddef>
#include <cstdint>
#include <vector>

// Ratings given by how often each value occurs, as published examples and a catalogue's counters give them.

namespace counted_ratings {

/// counts[k] ratings of the value lowest + k.
template <class Accumulator>
Accumulator accumulated(std::vector<std::uint64_t> const& counts, typename Accumulator::options_type options = {},
                        int lowest = 0) {
  typename Accumulator::state_type state;
  for (std::size_t at = 0; at < counts.size(); ++at)
    Accumulator::push_times(options, state, lowest + static_cast<int>(at), counts[at]);
  return {options, state};
}

#if defined(__FAST_MATH__) || defined(__FMA__) || defined(__aarch64__)  // one formula, compiled twice, is rounded twice
inline constexpr double most_apart = 1e-14;
#else
inline constexpr double most_apart = 1e-15;
#endif

/// Equal to within so much of their size, or both NaN.
inline bool same(double one, double other, double apart = most_apart) {
  if (credence::is_nan(one) || credence::is_nan(other)) return credence::is_nan(one) && credence::is_nan(other);
  return std::fabs(one - other) <= apart * std::fabs(other);
}

inline bool close(double one, double other, double error = 1e-12) {
  return std::fabs(one - other) <= error * (std::fabs(other) > 1 ? std::fabs(other) : 1);
}

/// Items of few and of many ratings of the values 0 … 11.
inline std::vector<std::vector<std::uint64_t>> items() {
  std::vector<std::vector<std::uint64_t>> found{std::vector<std::uint64_t>(12, 0), {}, {0, 0, 0, 1}, {7}};
  std::uint64_t word = 88'172'645'463'325'252;
  for (std::size_t item = 0; item < 200; ++item) {
    std::vector<std::uint64_t> counts(1 + item % 12);
    for (std::uint64_t& count : counts) {
      word ^= word << 13;
      word ^= word >> 7;
      word ^= word << 17;
      count = (word >> 33) >> word % 31;
      if (word % 5 == 0) count = 0;
    }
    found.push_back(counts);
  }
  return found;
}

/// A catalogue's scoring answers what an accumulator does that was pushed the same.
template <class Accumulator>
void check_scoring(typename Accumulator::options_type const& options) {
  typename Accumulator::scoring const scoring(options);
  for (std::vector<std::uint64_t> const& counts : items()) {
    CAPTURE(counts.size());
    auto const result = accumulated<Accumulator>(counts, options).result();
    credence::detail::counted_values const item{counts.data(), counts.size()};
    credence::detail::item_score const score = scoring(item);
    CHECK(same(score.value, result.value));
    CHECK(score.count == result.count);
    if constexpr (requires { result.satisfied_share; }) {
      CHECK(same(score.mean, result.satisfied_share));
    } else {
      CHECK(same(score.mean, result.mean, 1e-14));
    }
    credence::detail::shown_score const shown = scoring.in_full(item);
    CHECK(same(shown.score.value, score.value));
    CHECK(same(shown.score.mean, score.mean));
    CHECK(shown.score.count == score.count);
    credence::interval const bounds = shown.interval;
    if constexpr (requires { result.interval; }) {
      CHECK(same(bounds.lower, result.interval.lower, 1e-13));
      CHECK(same(bounds.upper, result.interval.upper, 1e-13));
      CHECK(bounds.confidence == result.interval.confidence);
    } else {
      CHECK(credence::is_nan(bounds.lower));
      CHECK(credence::is_nan(bounds.upper));
    }
  }
}

}  // namespace counted_ratings

#endif
