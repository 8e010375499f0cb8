// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// What is asked of a log of ten million events, against the bare loops that do the least work for it.

#include <credence/retention.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <credence/interop/threads.hpp>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "events.hpp"

namespace {

using inputs::event;

constexpr auto when = [](event const& each) { return credence::epoch_seconds(each.seconds); };
credence::instant until() { return credence::epoch_seconds(inputs::last_second); }
std::size_t event_count() { return inputs::events().size(); }

// Identifiers as hosts have them: counted up, or 32 and 64 bits of anything.
constexpr auto dense = [](event const& each) { return each.customer; };
constexpr auto wide_32 = [](event const& each) { return each.customer * 2'654'435'761U; };
constexpr auto wide_64 = [](event const& each) { return (each.customer + 1) * 0x9e37'79b9'7f4a'7c15U; };

/// Customers of the first month who came back in the next.
std::uint64_t came_back() {
  static std::uint64_t const known = [] {
    std::vector<std::uint8_t> seen(inputs::customers());
    for (event const& each : inputs::events()) {
      std::int64_t const day = (each.seconds - inputs::first_second) / 86'400;
      if (day < 60) seen[each.customer] |= static_cast<std::uint8_t>(day < 31 ? 1 : 2);
    }
    return static_cast<std::uint64_t>(std::count(seen.begin(), seen.end(), std::uint8_t{3}));
  }();
  return known;
}

constexpr std::size_t months = 24;
/// The month of each day.
std::vector<std::uint32_t> const& months_of_days() {
  static std::vector<std::uint32_t> const kept = [] {
    std::vector<std::uint32_t> all;
    credence::calendar_month const policy;
    std::int64_t const first = policy.index_of(credence::epoch_seconds(inputs::first_second));
    for (std::int64_t day = 0; day < inputs::event_days; ++day)
      all.push_back(static_cast<std::uint32_t>(
          policy.index_of(credence::epoch_seconds(inputs::first_second + day * 86'400)) - first));
    return all;
  }();
  return kept;
}
void count_mask(std::uint32_t mask, std::vector<std::uint64_t>& cells) {
  if (mask == 0) return;
  auto const first = static_cast<std::size_t>(std::countr_zero(mask));
  for (; mask != 0; mask &= mask - 1)
    ++cells[first * months + static_cast<std::size_t>(std::countr_zero(mask)) - first];
}

/// A mask of months a customer, then the masks counted.
void bare_dense_cohorts() {
  std::vector<std::uint32_t> masks(inputs::customers());
  std::vector<std::uint32_t> const& month_of = months_of_days();
  for (event const& each : inputs::events())
    masks[each.customer] |= 1U << month_of[static_cast<std::size_t>((each.seconds - inputs::first_second) / 86'400)];
  std::vector<std::uint64_t> cells(months * months);
  for (std::uint32_t const mask : masks) count_mask(mask, cells);
  bench::expect(cells[1] == came_back(), "who came back");
}
/// The same in a table with open addressing, twice as large as it has to be.
template <class Key, class KeyOf>
void bare_hashed_cohorts(KeyOf key_of) {
  struct slot {
    Key key;
    std::uint32_t mask;
  };
  std::vector<slot> slots(std::bit_ceil(2 * inputs::customers()));
  std::size_t const last = slots.size() - 1;
  std::vector<std::uint32_t> const& month_of = months_of_days();
  for (event const& each : inputs::events()) {
    Key const key = key_of(each);
    std::size_t at = inputs::detail::mix(key) & last;
    while (slots[at].mask != 0 && slots[at].key != key) at = (at + 1) & last;
    slots[at].key = key;
    slots[at].mask |= 1U << month_of[static_cast<std::size_t>((each.seconds - inputs::first_second) / 86'400)];
  }
  std::vector<std::uint64_t> cells(months * months);
  for (slot const& own : slots) count_mask(own.mask, cells);
  bench::expect(cells[1] == came_back(), "who came back");
}
template <class KeyOf>
void cohorts(KeyOf key_of) {
  auto const table = credence::cohort_retention(inputs::events(), key_of, when, credence::calendar_month{},
                                                {.observed_until = until()});
  bench::expect(table[0][1].retained == came_back(), "who came back");
  bench::expect(table.size() == months && table[0][1].interval.upper > table[0][1].rate, "the intervals");
}

bench::enter const dense_cohorts{{.name = "cohorts/dense",
                                  .credence = [] { cohorts(dense); },
                                  .floor = bare_dense_cohorts,
                                  .at_most = 1.2,
                                  .items = event_count}};
bench::enter const hashed_cohorts_32{{.name = "cohorts/32_bits",
                                      .credence = [] { cohorts(wide_32); },
                                      .floor = [] { bare_hashed_cohorts<std::uint32_t>(wide_32); },
                                      .at_most = 1.2,
                                      .items = event_count}};
bench::enter const hashed_cohorts_64{{.name = "cohorts/64_bits",
                                      .credence = [] { cohorts(wide_64); },
                                      .floor = [] { bare_hashed_cohorts<std::uint64_t>(wide_64); },
                                      .at_most = 1.2,
                                      .items = event_count}};
/// CPU time of two threads against that of one: what it costs to share the work.
bench::enter const shared_cohorts{{.name = "cohorts/threads_2_to_1",
                                   .credence =
                                       [] {
                                         auto const table = credence::cohort_retention(
                                             credence::threads{2}, inputs::events(), wide_64, when,
                                             credence::calendar_month{}, {.observed_until = until()});
                                         bench::expect(table[0][1].retained == came_back(), "who came back");
                                       },
                                   .floor = [] { cohorts(wide_64); },
                                   .items = event_count}};

/// What entering alone costs, against reading the rows.
void bare_reading() {
  std::uint64_t sum = 0;
  for (event const& each : inputs::events()) sum += static_cast<std::uint64_t>(each.seconds) ^ each.customer;
  bench::expect(sum != 0, "the rows");
}
template <class Policy>
void gathered() {
  auto const history = credence::activity(inputs::events(), dense, when, Policy{});
  bench::expect(history.state().rows == event_count(), "the events entered");
}
bench::enter const by_month{{.name = "activity/by_month_to_reading",
                             .credence = gathered<credence::calendar_month>,
                             .floor = bare_reading,
                             .items = event_count}};
bench::enter const by_day{{.name = "activity/by_day_to_reading",
                           .credence = gathered<credence::calendar_day>,
                           .floor = bare_reading,
                           .items = event_count}};

std::uint64_t first_day_users() {
  static std::uint64_t const known = [] {
    std::vector<std::uint8_t> seen(inputs::customers());
    for (event const& each : inputs::events()) seen[each.customer] |= each.seconds < inputs::first_second + 86'400;
    return static_cast<std::uint64_t>(std::count(seen.begin(), seen.end(), std::uint8_t{1}));
  }();
  return known;
}
/// A bit a customer, cleared every day.
void bare_daily() {
  std::vector<std::uint64_t> bits(inputs::customers() / 64 + 1);
  std::vector<std::uint64_t> users(static_cast<std::size_t>(inputs::event_days));
  std::int64_t today = 0;
  std::uint64_t count = 0;
  for (event const& each : inputs::events()) {
    std::int64_t const day = (each.seconds - inputs::first_second) / 86'400;
    if (day != today) {
      users[static_cast<std::size_t>(today)] = count;
      count = 0;
      std::fill(bits.begin(), bits.end(), 0);
      today = day;
    }
    std::uint64_t& word = bits[each.customer / 64];
    count += ~(word >> (each.customer % 64)) & 1;
    word |= std::uint64_t{1} << (each.customer % 64);
  }
  users[static_cast<std::size_t>(today)] = count;
  bench::expect(users[0] == first_day_users(), "the users of the first day");
}
template <class Policy>
void active(Policy const& policy) {
  auto const found = credence::active_users(inputs::events(), dense, when, policy);
  bench::expect(found[0].users == first_day_users(), "the users of the first day");
}
bench::enter const daily{{.name = "active_users/daily",
                          .credence = [] { active(credence::calendar_day{}); },
                          .floor = bare_daily,
                          .at_most = 1.5,
                          .items = event_count}};
// What has no bare loop worth the name: see ../peers/duckdb_retention.mjs.
bench::enter const four_weeks{{.name = "active_users/28_days_daily",
                               .credence =
                                   [] {
                                     active(credence::sliding{std::chrono::days{28}, std::chrono::days{1}});
                                   },
                               .items = event_count}};
bench::enter const weekly_lifecycle{
    {.name = "lifecycle/weekly",
     .credence =
         [] {
           auto const found = credence::lifecycle(inputs::events(), dense, when, credence::calendar_week{});
           bench::expect(found[0].new_customers == found[0].active() && found[1].dormant > 0, "the first week");
         },
     .items = event_count}};
bench::enter const n_day{
    {.name = "n_day_retention/on_and_on_or_after",
     .credence =
         [] {
           auto const times = credence::activity_times(inputs::events(), dense, when);
           credence::n_day_retention_options options{.days = {1, 7, 14, 30, 60, 90}, .observed_until = until()};
           auto const on = credence::n_day_retention(times, options);
           options.mode = credence::retention_mode::on_or_after;
           auto const after = credence::n_day_retention(times, options);
           bench::expect(on[0].eligible == after[0].eligible && on[0].retained < after[0].retained, "day 1");
         },
     .items = event_count}};

}  // namespace
