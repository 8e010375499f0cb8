// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_FLOOR_RFM_LOOP_HPP
#define CREDENCE_BENCHMARKS_FLOOR_RFM_LOOP_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bare {

struct rfm_row {
  std::uint64_t key;
  double frequency;
  double recency;
  double age;
  double monetary_value;
  double log_gaps;
};

/// From a log in the order of time to (x, t_x, T) in weeks by day, the mean of the repeat days' spend and Σ ln gap:
/// what is known of a customer stands in a table of open addressing that is as large as it will have to be.
template <class Rows, class KeyOf>
std::vector<rfm_row> rfm_loop(Rows const& rows, KeyOf key_of, std::size_t customers, std::int64_t until_seconds) {
  struct slot {
    std::uint64_t key = 0;
    std::int32_t first = 0;
    std::int32_t last = 0;
    std::uint32_t repeats = 0;
    bool is_taken = false;
    std::int64_t cents = 0;
    double log_gaps = 0;
  };
  std::size_t size = 16;
  int bits = 4;
  while (size < 2 * customers) size *= 2, ++bits;
  std::vector<slot> table(size);
  for (auto const& row : rows) {
    std::uint64_t const key = key_of(row);
    std::size_t at = static_cast<std::size_t>((key * 0x9e37'79b9'7f4a'7c15U) >> (64 - bits));
    while (table[at].is_taken && table[at].key != key) at = (at + 1) & (size - 1);
    slot& own = table[at];
    std::int32_t const day = static_cast<std::int32_t>(row.seconds / 86'400);
    if (!own.is_taken) {
      own.is_taken = true;
      own.key = key;
      own.first = own.last = day;
      continue;
    }
    if (day != own.last) {
      own.log_gaps += std::log((day - own.last) / 7.0);
      own.last = day;
      ++own.repeats;
    }
    if (day != own.first) own.cents += row.cents;
  }
  std::vector<rfm_row> found;
  found.reserve(customers);
  std::int32_t const until = static_cast<std::int32_t>(until_seconds / 86'400);
  for (slot const& own : table)
    if (own.is_taken)
      found.push_back({own.key, static_cast<double>(own.repeats), (own.last - own.first) / 7.0,
                       (until - own.first) / 7.0, own.repeats == 0 ? 0 : static_cast<double>(own.cents) / own.repeats,
                       own.log_gaps});
  return found;
}

}  // namespace bare

#endif
