// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: probability_alive
// at most: 60 lines
#include <credence/clv/nbd.hpp>

int main() {
  credence::nbd const model{{.r = 0.4, .alpha = 12}};
  return model.probability_alive({.frequency = 2, .recency = 3, .age = 4}) > 0.5 ? 0 : 1;
}
