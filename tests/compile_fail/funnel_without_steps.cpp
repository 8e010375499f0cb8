// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is funnel(rows, user, time, steps(predicates...), {options})
// at most: 22 lines
#include <chrono>
#include <credence/retention/funnel.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
};

auto found(std::vector<event> const& events) {
  return credence::funnel(events, &event::user, &event::time, {.strictly_later = true});
}
