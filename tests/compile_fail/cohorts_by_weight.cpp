// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: behind the policy there are starts_if, returns_if and cohort_of
// at most: 26 lines
#include <chrono>
#include <credence/retention/cohort_retention.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
  double amount;
};

auto found(std::vector<event> const& events) {
  return credence::cohort_retention(events, &event::user, &event::time, credence::calendar_month{},
                                    credence::weighted_by(&event::amount));
}
