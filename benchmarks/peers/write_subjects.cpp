// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// The customers that survival is measured on, as CSV on standard output for its peers: day, left, x1, x5.
#include <cstdio>
#include <cstdlib>

#include "../subjects.hpp"

int main() {
  std::printf("day,left,x1,x5\n");
  for (inputs::subject const& each : inputs::subjects())
    std::printf("%d,%d,%d,%.17g\n", each.day, each.has_left, each.x1, each.x5);
  return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
