// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call must be told how time is cut into periods; write a policy behind the projections
// at most: 22 lines
#include <chrono>
#include <credence/retention/cohort_retention.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
};

auto found(std::vector<event> const& events) { return credence::cohort_retention(events, &event::user, &event::time); }
