// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: starts_if and returns_if take a projection that returns a bool
// at most: 29 lines
#include <chrono>
#include <credence/retention/cohort_retention.hpp>
#include <string>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
  std::string plan;
};

auto found(std::vector<event> const& events) {
  return credence::cohort_retention(events, &event::user, &event::time, credence::calendar_month{},
                                    credence::starts_if(&event::plan));
}
