// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: nps_accumulator
// at most: 12 lines
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

int main() {
  credence::nps_accumulator acc;
  acc += credence::csat_accumulator{};
}
