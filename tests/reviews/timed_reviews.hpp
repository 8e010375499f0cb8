// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_REVIEWS_TIMED_REVIEWS_HPP
#define CREDENCE_TESTS_REVIEWS_TIMED_REVIEWS_HPP

#include <credence/core/real.hpp>
#include <credence/core/time.hpp>
#include <cstdint>
#include <optional>
#include <vector>

/// A review as the tests of scores with time, and of weights, have it: one row type for all of them.
struct timed_review {
  std::optional<credence::instant> time;
  std::optional<double> stars;
  double weight = 1;
  std::optional<bool> verified = true;
  double helpful = 0;
  double votes = 0;
  std::optional<int> user = 1;
  int product = 0;
};

inline credence::instant second(std::int64_t since_1970) {
  return credence::instant::from_micros(since_1970 * 1'000'000);
}

/// Some years of reviews with heavy ties, in no order of time; now and then one that is dirty.
inline std::vector<timed_review> timed_reviews(std::size_t count, bool dirty = false) {
  std::vector<timed_review> rows(count);
  std::uint64_t word = 20'261'126;
  auto const below = [&word](std::uint64_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return (word >> 11) % limit;
  };
  for (timed_review& row : rows) {
    row.time = second(1'600'000'000 + static_cast<std::int64_t>(below(1'000)) * 86'400);
    row.stars = static_cast<double>(below(5)) + 1;
    row.weight = static_cast<double>(below(5)) / 4;
    row.verified = below(3) != 0;
    row.votes = static_cast<double>(below(20));
    row.helpful = static_cast<double>(below(static_cast<std::uint64_t>(row.votes) + 1));
    row.user = static_cast<int>(below(10));
    row.product = static_cast<int>(below(4));
    if (!dirty) continue;
    std::uint64_t const kind = below(20);
    if (kind == 0) row.time.reset();
    if (kind == 1) row.time = credence::instant::from_micros(credence::detail::latest_micros);
    if (kind == 2) row.stars.reset();
    if (kind == 3) row.stars = credence::not_a_number();
    if (kind == 4) row.stars = credence::infinite_number();
    if (kind == 5) row.weight = -1;
  }
  return rows;
}

#endif
