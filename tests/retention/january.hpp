// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_RETENTION_JANUARY_HPP
#define CREDENCE_TESTS_RETENTION_JANUARY_HPP

#include <chrono>

// Events of a few customers, told by the day of January 2026.

struct event {
  int who;
  std::chrono::sys_seconds when;
};
constexpr auto on = [](int of_january) {
  using namespace std::chrono;
  return sys_days{2026y / 1 / 1} + days{of_january - 1};
};

#endif
