// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a floating-point number is no key
// at most: 28 lines
#include <chrono>
#include <credence/retention/lifecycle.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
  double amount;
};

auto found(std::vector<event> const& events) {
  return credence::lifecycle(events, &event::amount, &event::time, credence::calendar_week{});
}
