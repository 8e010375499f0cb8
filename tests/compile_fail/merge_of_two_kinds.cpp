// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: only accumulators of one type merge
// at most: 10 lines
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

int main() {
  credence::nps_accumulator acc;
  acc += credence::csat_accumulator{};
}
