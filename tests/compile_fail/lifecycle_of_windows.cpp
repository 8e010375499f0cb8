// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: lifecycle compares a period with the one before
// at most: 18 lines
#include <chrono>
#include <credence/retention/lifecycle.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
};

auto found(std::vector<event> const& events) {
  return credence::lifecycle(events, &event::user, &event::time, credence::sliding{});
}
