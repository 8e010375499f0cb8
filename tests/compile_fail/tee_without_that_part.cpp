// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this tee has no part, or more than one, of that type; ask for it by index
// at most: 8 lines
#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

int main() {
  auto const both = credence::tee(credence::nps_accumulator{}, credence::nps_accumulator{});
  return both.get<credence::csat_accumulator>().valid();
}
