// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: no match
// mentions: nps_options
// at most: 62 lines
#include <credence/survey/nps.hpp>
#include <vector>

int main() { return static_cast<int>(credence::nps(std::vector<int>{}, {.confidance = 0.9}).count); }
