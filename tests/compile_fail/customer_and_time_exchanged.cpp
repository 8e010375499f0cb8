// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a bare number, which says nothing of its unit; wrap it
// at most: 22 lines
#include <chrono>
#include <credence/retention/n_day_retention.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
};

auto found(std::vector<event> const& events) { return credence::n_day_retention(events, &event::time, &event::user); }
