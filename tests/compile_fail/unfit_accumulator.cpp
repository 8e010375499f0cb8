// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this accumulator lacks something that the concept credence::accumulator asks for
// at most: 15 lines
#include <credence/core/fold.hpp>
#include <vector>

struct half_an_accumulator {
  struct options_type {};
  struct state_type {};
};

int main() { credence::fold(std::vector<int>{}, half_an_accumulator{}); }
