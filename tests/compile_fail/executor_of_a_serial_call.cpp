// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call takes no executor
// at most: 15 lines
#include <credence/inference/spearman.hpp>
#include <credence/interop/threads.hpp>
#include <vector>

struct person {
  int before, after;
};

int main() {
  return credence::spearman(credence::threads{2}, std::vector<person>{}, &person::after, &person::before) ? 0 : 1;
}
