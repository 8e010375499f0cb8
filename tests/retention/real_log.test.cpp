// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/history.hpp>
#include <credence/interop/threads.hpp>
#include <credence/retention.hpp>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "retention/logs.hpp"
#include "support/shared_data.hpp"

namespace test_real_log {

// The commits of a real project, each with its author and the offset of the author's clock: monthly cohorts in UTC and
// by each author's own clock, against tables that were made without this library.

using credence::calendar_day;
using credence::calendar_month;

namespace {

struct commit {
  std::int64_t when = 0;
  std::int64_t who = 0;
  std::chrono::minutes offset{};
};
using cells = std::map<std::pair<std::int64_t, std::int64_t>, std::uint64_t>;  // of a cohort's month, so much later

/// Numbers of a file with one line of names.
std::vector<std::vector<std::int64_t>> numbers_of(std::filesystem::path const& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  std::vector<std::vector<std::int64_t>> all;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    std::vector<std::int64_t>& own = all.emplace_back();
    for (std::string field; std::getline(fields, field, ',');) own.push_back(std::stoll(field));
  }
  return all;
}

template <class Table>
cells cells_of(Table const& table) {
  cells all;
  for (auto const& cohort : table)
    for (auto const& cell : cohort)
      if (std::uint64_t const active = cell.retained + cell.so_far; active != 0)
        all[{cohort.period.index, cell.period}] = active;
  return all;
}
cells expected(std::filesystem::path const& file) {
  cells all;
  for (auto const& own : numbers_of(file)) all[{own[0], own[1]}] = static_cast<std::uint64_t>(own[2]);
  return all;
}

template <class Time>
void hold_to(std::vector<commit> const& rows, Time const& time, cells const& known) {
  auto const table = credence::cohort_retention(rows, &commit::who, time, calendar_month{});
  CHECK(cells_of(table) == known);
  CHECK(table.count == rows.size());
  CHECK(table.rejected == 0);
  // Every month but the last has ended; in that nobody is said to be lost.
  for (auto const& cohort : table)
    for (std::size_t at = 0; at < cohort.cells.size(); ++at) CHECK(cohort[at].mature == (at + 1 < cohort.cells.size()));
  for (auto const& cohort : table)
    if (cohort[0].mature) CHECK(cohort[0].rate == 1);
  // Of months and of days, in two threads, from shards in any order, and from bytes.
  auto const daily = credence::activity(rows, &commit::who, time, calendar_day{});
  CHECK(text_of(credence::cohort_retention(daily, calendar_month{})) == text_of(table));
  CHECK(text_of(credence::cohort_retention(credence::threads{2}, rows, &commit::who, time, calendar_month{})) ==
        text_of(table));
  generator random(2009);
  std::vector<credence::activity_accumulator<std::int64_t, calendar_day>> parts;
  for (auto const& shard : split(rows, 7, random))
    parts.push_back(credence::activity(shard, &commit::who, time, calendar_day{}));
  auto const together = merged(parts, random);
  CHECK(together == daily);
  auto const bytes = credence::to_bytes(together);
  CHECK(bytes == credence::to_bytes(daily));
  auto const read = credence::from_bytes<credence::activity_accumulator<std::int64_t, calendar_day>>(bytes);
  CHECK(cells_of(credence::cohort_retention(read, calendar_month{})) == known);
}

}  // namespace

TEST_CASE("retention: a real log, month by month, in UTC and by each author's clock") {
  auto const events = shared_data("retention/events.csv");
  auto const utc = shared_data("retention/expected_month_utc.csv");
  auto const local = shared_data("retention/expected_month_local.csv");
  if (!events || !utc || !local) return;
  std::vector<commit> rows;
  for (auto const& own : numbers_of(*events)) rows.push_back({own[0], own[1], std::chrono::minutes{own[2]}});
  CHECK(rows.size() == 7'860);
  cells const known_utc = expected(*utc);
  cells const known_local = expected(*local);
  CHECK(known_utc.size() == 1'033);
  CHECK(known_local.size() == 1'037);
  hold_to(rows, credence::epoch_seconds(&commit::when), known_utc);
  hold_to(rows, credence::local(credence::epoch_seconds(&commit::when), &commit::offset), known_local);
}

}  // namespace test_real_log
