// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call takes no design and no weight by name
// at most: 15 lines
#include <credence/core/design.hpp>
#include <credence/core/fold.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int channel, score;
};

int main() {
  credence::fold(std::vector<survey>{}, credence::nps_accumulator{}, &survey::score,
                 credence::weighted_by(&survey::channel));
}
