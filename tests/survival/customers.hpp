// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SURVIVAL_CUSTOMERS_HPP
#define CREDENCE_TESTS_SURVIVAL_CUSTOMERS_HPP

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/shared_data.hpp"
#include "trust_report/csv.hpp"

/// One row type for who is told apart by a score, a cause or a group.
struct followed_customer {
  double time = 0;
  int cause = 0;  ///< 0: still here
  double score = 0;
  double weight = 1;
  double entry = -1;
  int group = 0;
  int stratum = 0;
};

/// Reads a file of shared data/survival, a row by `read(customer, value_of)`, `value_of(column)` a text; without the
/// rows for which it answers false. Nothing where the file is absent.
template <class Read>
std::vector<followed_customer> customers_of(std::string_view file, Read const& read) {
  std::vector<followed_customer> found;
  auto const path = shared_data(file);
  if (!path) return found;
  std::ifstream stream(*path, std::ios::binary);
  trust_report::csv_reader reader(stream);
  while (reader.next()) {
    followed_customer own;
    if (read(own, [&](std::string_view column) { return std::string(reader.field(reader.column(column))); }))
      found.push_back(own);
  }
  return found;
}

/// R's survival::mgus2: months to plasma cell malignancy (1) or death (2), as its vignette makes them; group 1 are men.
inline std::vector<followed_customer> mgus2() {
  return customers_of("survival/mgus2_cr.csv", [](followed_customer& own, auto const& value_of) {
    std::string const event = value_of("ev");
    int const age = std::atoi(value_of("age").c_str());
    own.time = std::atof(value_of("etime").c_str());
    own.cause = event == "pcm" ? 1 : event == "death" ? 2 : 0;
    own.group = value_of("sex") == "M";
    own.weight = 1 + std::atoi(value_of("id").c_str()) % 3;
    own.stratum = age % 4;
    own.entry = age % 7 < own.time ? age % 7 : 0;
    return true;
  });
}

/// Few times, scores, causes and groups, so that all of them are tied, some weights 0, and entries: xorshift64.
inline std::vector<followed_customer> tied_customers(std::size_t count, std::uint64_t seed, std::uint64_t times = 12) {
  std::vector<followed_customer> found(count);
  std::uint64_t word = seed * 0x9e37'79b9'7f4a'7c15U + 1;
  auto const below = [&word](std::uint64_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return static_cast<int>((word >> 11) % limit);
  };
  for (followed_customer& own : found) {
    own.time = below(times) + 1;
    own.cause = below(4) % 3;
    own.score = below(7) - 3;
    own.weight = below(5);
    own.entry = below(2) == 0 ? -1 : below(static_cast<std::uint64_t>(own.time));
    own.group = below(3);
    own.stratum = below(2);
  }
  return found;
}

#endif
