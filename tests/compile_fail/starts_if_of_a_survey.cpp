// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: cohort_of and steps are of retention
// at most: 27 lines
#include <chrono>
#include <credence/retention/cohort_retention.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct event {
  int user;
  std::chrono::sys_seconds time;
  double amount;
  bool is_signup;
};

auto found(std::vector<event> const& events) {
  return credence::nps(events, &event::amount, credence::starts_if(&event::is_signup));
}
