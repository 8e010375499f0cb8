// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call takes no options; give them to its accumulator
// at most: 16 lines
#include <credence/core/group_by.hpp>
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() {
  credence::group_by(std::vector<survey>{}, &survey::channel, credence::nps_accumulator{}, &survey::score,
                     credence::nps_options{});
}
