// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this type is no family of models that can be fitted
// at most: 20 lines
#include <credence/math/fit.hpp>
#include <vector>

int main() {
  std::vector<int> const orders{1, 2, 3};
  credence::fit<int>(orders);
}
