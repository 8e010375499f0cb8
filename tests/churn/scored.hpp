// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_CHURN_SCORED_HPP
#define CREDENCE_TESTS_CHURN_SCORED_HPP

#include <credence/churn/churn_scores.hpp>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <vector>

#include "support/shared_data.hpp"

// Customers with a score and what came of them, for the tests of what judges a score.

namespace scored {

struct customer {
  std::optional<double> score;
  std::optional<int> left;
  double other = 0;  ///< another score
};

inline double const no_number = std::numeric_limits<double>::quiet_NaN();
inline double const infinity = std::numeric_limits<double>::infinity();

inline credence::churn_scores_accumulator gathered(std::vector<customer> const& customers) {
  return credence::churn_scores(customers, &customer::score, &customer::left);
}

/// So many customers, with scores of 0, 1/levels … 1 that say a little of who leaves.
inline std::vector<customer> random_customers(std::size_t count, std::uint64_t levels, std::uint64_t seed) {
  std::uint64_t word = seed * 2 + 1;
  auto const below = [&word](std::uint64_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return (word >> 11) % limit;
  };
  std::vector<customer> customers(count);
  for (customer& each : customers) {
    std::uint64_t const level = below(levels + 1);
    each.score = static_cast<double>(level) / static_cast<double>(levels);
    each.left = below(3 * levels) < levels / 2 + level;
    each.other = static_cast<double>((level + below(levels + 1)) / 2) / static_cast<double>(levels);
  }
  return customers;
}

/// IBM's Telco customers that a logistic regression did not see, and what it says of them; empty where the file is not.
inline std::vector<customer> telco() {
  std::vector<customer> customers;
  auto const file = shared_data("churn/telco_logit_test_scores.csv");
  if (!file) return customers;
  std::FILE* const input = std::fopen(file->string().c_str(), "r");
  if (input == nullptr) return customers;
  int left = 0;
  double score = 0;
  if (std::fscanf(input, "y,p\n") == 0)
    while (std::fscanf(input, "%d,%lf", &left, &score) == 2) customers.push_back({score, left, 0});
  std::fclose(input);
  return customers;
}

}  // namespace scored

#endif
