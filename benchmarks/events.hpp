// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_EVENTS_HPP
#define CREDENCE_BENCHMARKS_EVENTS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "draws.hpp"
#include "inputs.hpp"

// The log of events that retention is measured on: a million customers with ten events each on average, over the 731
// days of 2024 and 2025, in the order of time. Held to its checksums when it is made.

namespace inputs {

inline constexpr std::uint64_t all_customers = 1'000'000;
inline constexpr std::int64_t first_second = 1'704'067'200;  ///< 2024-01-01
inline constexpr std::int64_t event_days = 731;
inline constexpr std::int64_t last_second = first_second + event_days * 86'400;  ///< beyond the last event

struct event {
  std::int64_t seconds;
  std::uint32_t customer;
  std::uint32_t cents;
};

namespace detail {

inline std::vector<event> events_of(std::uint64_t customers) {
  constexpr std::uint64_t span = event_days * 86'400;
  constexpr std::array<std::uint32_t, 4> prices{900, 1'900, 4'900, 9'900};
  struct numbered {
    event own;
    std::uint64_t at;
  };
  std::vector<numbered> made;
  for (std::uint64_t customer = 0; customer < customers; ++customer) {
    std::uint64_t const more = scaled(draw(1, customer / 2), 10);
    std::uint64_t const count = customer % 2 == 1 ? 10 + more : 10 - more;
    std::uint64_t const start = scaled(draw(2, customer), span);
    std::uint64_t const product = ((draw(3, customer) >> 32) * (draw(4, customer) >> 32)) >> 32;
    std::uint64_t const life = (std::min)((product * span) >> 32, span - 1 - start);
    std::uint32_t const price = prices[draw(5, customer) >> 62];
    for (std::uint64_t at = 0; at < count; ++at) {
      std::uint64_t const drawn = draw(6, customer * 32 + at);
      std::uint64_t const after = at == 0 ? 0 : scaled(drawn, life + 1);
      made.push_back({{first_second + static_cast<std::int64_t>(start + after), static_cast<std::uint32_t>(customer),
                       price + ((drawn & 7) == 0 ? 1'000U : 0U)},
                      at});
    }
  }
  std::sort(made.begin(), made.end(), [](numbered const& one, numbered const& other) {
    if (one.own.seconds != other.own.seconds) return one.own.seconds < other.own.seconds;
    if (one.own.customer != other.own.customer) return one.own.customer < other.own.customer;
    return one.at < other.at;
  });
  std::vector<event> events;
  events.reserve(made.size());
  for (numbered const& each : made) events.push_back(each.own);
  return events;
}

}  // namespace detail

/// How many customers there are: as many times fewer than a million as there are fewer rows.
inline std::uint64_t customers() { return (std::max)(all_customers * rows / all_rows / 2 * 2, std::uint64_t{1'000}); }

inline std::vector<event> const& events() {
  static std::vector<event> const kept = [] {
    std::vector<event> made = detail::events_of(customers());
    std::uint64_t cents = 0;
    for (event const& each : made) cents += each.cents;
    if (customers() == all_customers && (cents != 45'309'420'000 || made.front().seconds != 1'704'067'203)) {
      std::fprintf(stderr, "the log is not the published one: %llu cents\n", static_cast<unsigned long long>(cents));
      std::exit(1);
    }
    return made;
  }();
  return kept;
}

}  // namespace inputs

#endif
