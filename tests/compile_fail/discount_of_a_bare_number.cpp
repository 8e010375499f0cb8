// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a bare number does not say of what time it is a rate
// at most: 20 lines
#include <credence/clv/nbd.hpp>

int main() {
  credence::nbd const model{{.r = 0.4, .alpha = 12}};
  return model.discounted_residual_transactions({.age = 4}, {.discount = 0.1}) > 0.5 ? 0 : 1;
}
