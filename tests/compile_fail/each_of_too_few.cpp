// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: `each` takes one projection for every part of the tee, in their order
// at most: 29 lines
#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int score;
};

int main() {
  std::vector<survey> const rows;
  auto const both = credence::tee(credence::nps_accumulator{}, credence::csat_accumulator{});
  return credence::fold(rows, both, credence::each(&survey::score)).valid();
}
