// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: text is no projection
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int channel, score;
};

int main() { return credence::nps(std::vector<survey>{}, "score", {.confidence = 0.9}) ? 0 : 1; }
