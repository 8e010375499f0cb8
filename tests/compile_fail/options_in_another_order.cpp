// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// flags: -Werror
// expect: declaration order
// mentions: scale_max
// at most: 7 lines
#include <credence/survey/nps.hpp>
#include <vector>

int main() { return credence::nps(std::vector<int>{}, {.confidence = 0.9, .scale_max = 5}) ? 0 : 1; }
