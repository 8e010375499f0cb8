// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: retract
// at most: 18 lines
#include <credence/survey/nps.hpp>

int main() {
  credence::nps_accumulator acc;
  acc(9, 2.0);
  acc.retract(9, 2.0);
}
