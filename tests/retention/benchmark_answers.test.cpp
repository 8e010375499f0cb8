// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/io.hpp>
#include <credence/retention.hpp>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "../../benchmarks/events.hpp"
#include "support/shared_data.hpp"

// Ten million events, and every cell of what independent queries answered of them. The answers are not ours to ship;
// without them, without an optimiser, or under a sanitizer, this is skipped.

namespace {

using credence::calendar_day;
using credence::calendar_month;
using credence::calendar_week;
using inputs::event;

constexpr auto when = [](event const& each) { return credence::epoch_seconds(each.seconds); };

/// All numbers of a JSON file, whatever encloses them; none where it is absent.
std::vector<std::int64_t> numbers_of(std::string const& name) {
  auto const path = shared_data("../reference/benchmark_answers/" + name + ".json");
  if (!path) return {};
  std::ifstream file(*path);
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::int64_t> numbers;
  bool within = false;
  for (char const letter : text) {
    bool const digit = letter >= '0' && letter <= '9';
    if (digit && !within) numbers.push_back(0);
    if (digit) numbers.back() = 10 * numbers.back() + (letter - '0');
    within = digit;
  }
  return numbers;
}

bool skipped() {
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__) || defined(_GLIBCXX_DEBUG)
  MESSAGE("skipped: ten million events want an optimiser");
  return true;
#else
  return numbers_of("nday").empty();
#endif
}

/// A table has cells without a value, which equal nothing.
template <class Table>
std::string text_of(Table const& table) {
  std::ostringstream out;
  out << table;
  return out.str();
}

credence::instant until() { return credence::epoch_seconds(inputs::last_second); }

}  // namespace

TEST_CASE("ten million events: every cell is what independent queries answer") {
  if (skipped()) return;
  auto const& events = inputs::events();
  REQUIRE(events.size() == 10'000'000);
  std::int64_t const first_month = 2024 * 12;

  auto const days = credence::activity(events, &event::customer, when, calendar_day{});
  SUBCASE("the monthly cohort table, gathered by month and by day") {
    std::vector<std::int64_t> const known = numbers_of("cohort_join");
    std::map<std::pair<std::int64_t, std::int64_t>, std::uint64_t> cells;
    for (std::size_t at = 0; at < known.size(); at += 3)
      cells[{known[at], known[at + 1]}] = static_cast<std::uint64_t>(known[at + 2]);
    auto const by_month =
        credence::cohort_retention(events, &event::customer, when, calendar_month{}, {.observed_until = until()});
    CHECK(text_of(by_month) ==
          text_of(credence::cohort_retention(days, calendar_month{}, {.observed_until = until()})));
    CHECK(by_month.customers == 1'000'000);
    std::size_t found = 0;
    for (auto const& cohort : by_month) {
      for (auto const& cell : cohort) {
        auto const own = cells.find({cohort.period.index - first_month, cell.period});
        CHECK(cell.retained == (own == cells.end() ? 0 : own->second));
        CHECK(cell.mature);
        found += own != cells.end();
      }
    }
    CHECK(found == cells.size());
  }
  SUBCASE("trailing four weeks, day by day") {
    std::vector<std::int64_t> const known = numbers_of("mau28");
    auto const found = credence::active_users(days, credence::sliding{std::chrono::days{28}, std::chrono::days{1}},
                                              {.observed_until = until()});
    for (std::size_t at = 0; at < known.size() && known[at] <= 20'453; at += 2) {
      CHECK(found[at / 2].period.index == known[at]);
      CHECK(found[at / 2].users == static_cast<std::uint64_t>(known[at + 1]));
    }
  }
  SUBCASE("the lifecycle of weeks, but for the last, of three days") {
    std::vector<std::int64_t> const known = numbers_of("lifecycle");
    auto const found = credence::lifecycle(events, &event::customer, when, calendar_week{});
    CHECK(found.periods == credence::lifecycle(days, calendar_week{}).periods);
    for (std::size_t at = 0; at + 5 < known.size(); at += 5) {
      auto const& week = found[at / 5];
      CHECK(week.period.index == known[at]);
      CHECK(week.new_customers == static_cast<std::uint64_t>(known[at + 1]));
      CHECK(week.returning == static_cast<std::uint64_t>(known[at + 2]));
      CHECK(week.resurrecting == static_cast<std::uint64_t>(known[at + 3]));
      CHECK(week.dormant == static_cast<std::uint64_t>(known[at + 4]));
    }
  }
  SUBCASE("the months' active, new, retained, resurrected and churned") {
    std::vector<std::int64_t> const known = numbers_of("churn");
    auto const found = credence::lifecycle(days, calendar_month{});
    REQUIRE(known.size() == 6 * found.size());
    for (std::size_t at = 0; at < known.size(); at += 6) {
      auto const& month = found[at / 6];
      CHECK(month.period.index - first_month == known[at]);
      CHECK(month.active() == static_cast<std::uint64_t>(known[at + 1]));
      CHECK(month.new_customers == static_cast<std::uint64_t>(known[at + 2]));
      CHECK(month.returning == static_cast<std::uint64_t>(known[at + 3]));
      CHECK(month.resurrecting == static_cast<std::uint64_t>(known[at + 4]));
      CHECK(month.dormant == static_cast<std::uint64_t>(known[at + 5]));
    }
  }
  SUBCASE("day N, on and on or after") {
    std::vector<std::int64_t> const known = numbers_of("nday");
    auto const times = credence::activity_times(events, &event::customer, when);
    credence::n_day_retention_options options{.days = {1, 7, 14, 30, 60, 90}, .observed_until = until()};
    auto const on = credence::n_day_retention(times, options);
    options.mode = credence::retention_mode::on_or_after;
    auto const after = credence::n_day_retention(times, options);
    for (std::size_t at = 0; at < known.size(); at += 4) {
      CHECK(on[at / 4].day == known[at]);
      CHECK(on[at / 4].eligible == static_cast<std::uint64_t>(known[at + 1]));
      CHECK(after[at / 4].eligible == static_cast<std::uint64_t>(known[at + 1]));
      CHECK(on[at / 4].retained == static_cast<std::uint64_t>(known[at + 2]));
      CHECK(after[at / 4].retained == static_cast<std::uint64_t>(known[at + 3]));
    }
  }
}
