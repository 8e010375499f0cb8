// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a bare number, which says nothing of its unit; wrap it
// at most: 32 lines
#include <chrono>
#include <credence/retention/cohort_retention.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
  long long ticks;
};

auto found(std::vector<event> const& events) {
  return credence::cohort_retention(events, &event::user, &event::ticks, credence::calendar_month{});
}
